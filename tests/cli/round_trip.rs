//! Whatever a field may hold, `list` gives back as `add` took it: random records of every kind.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::desk::Desk;
use crate::made_up::{Chance, Ids, kinds_in_order, record};

/// Records tried a kind.
const TRIED: usize = 40;
/// Of these, so many at least must be free of errors, or the test tests nothing.
const TAKEN: usize = 3;

#[test]
fn what_add_takes_list_gives_back_for_every_kind() {
    let desk = Desk::new();
    let mut chance = Chance(0x5050_2026);
    let mut ids = Ids::new();
    let mut number = 0;
    for kind in kinds_in_order() {
        let mut given: BTreeMap<String, Json> = BTreeMap::new();
        let mut lines = String::new();
        for _ in 0..TRIED {
            number += 1;
            let record = record(kind, number, &mut chance, &ids);
            lines.push_str(&format!("{record}\n"));
            given.insert(record["id"].as_str().unwrap().to_string(), record);
        }
        let done = desk.feed(&["add", kind.key(), "--stream", "--warnings", "accept"], lines);
        let taken: Vec<String> = done.out.lines().map(str::to_string).collect();
        assert!(taken.len() >= TAKEN, "{}: {}", kind.key(), done.err);
        let listed = desk.list(kind.key());
        for id in &taken {
            let listed = listed
                .iter()
                .find(|record| record["id"].as_str() == Some(id))
                .expect("in the list");
            for (key, value) in given[id].as_object().unwrap() {
                assert_eq!(&listed[key], value, "{} {key} of {listed}", kind.key());
            }
        }
        ids.insert(kind.key(), taken);
    }
    desk.ok(&["check"]);
}
