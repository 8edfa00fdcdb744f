//! Whatever a field may hold, `list` gives back as `add` took it: random records of every kind.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use sohoi::domain::catalog;
use sohoi::domain::record::{KINDS, Kind};
use sohoi::domain::schema::{Field, FieldKind};

use crate::desk::{Desk, OFFICE};

/// Records tried a kind.
const TRIED: usize = 40;
/// Of these, so many at least must be free of errors, or the test tests nothing.
const TAKEN: usize = 3;

/// A small generator of numbers: the same seed, the same records.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn one<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            None
        } else {
            Some(&items[self.below(items.len())])
        }
    }

    fn some<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let start = self.below(items.len().max(1));
        let count = 1 + self.below(3);
        items
            .iter()
            .cycle()
            .skip(start)
            .take(count.min(items.len()))
            .cloned()
            .collect()
    }
}

/// The ids added so far, by kind.
type Ids = BTreeMap<&'static str, Vec<String>>;

const TEXTS: [&str; 6] = [
    "Thiếu vốn lưu động",
    "Nguyễn Thị Ánh Nguyệt",
    "a=b, c; d \"e\"",
    "HTX Đông Hải – Quỳnh Phụ",
    "Ừ thì được",
    "x",
];

fn codes(list: &str) -> Vec<&'static str> {
    catalog::list(list)
        .map(|list| list.codes.iter().map(|code| code.code).collect())
        .unwrap_or_default()
}

fn date(chance: &mut Chance) -> String {
    format!(
        "20{}-{:02}-{:02}",
        20 + chance.below(6),
        1 + chance.below(12),
        1 + chance.below(28)
    )
}

/// A value that a field may hold, in the form in which `list` writes it; none where nothing is there to refer to.
fn value(field: &Field, number: usize, chance: &mut Chance, ids: &Ids) -> Option<Json> {
    let of = |kind: &str| ids.get(kind).cloned().unwrap_or_default();
    Some(match field.kind {
        FieldKind::Text | FieldKind::Lines | FieldKind::Name | FieldKind::Plain => json!(chance.one(&TEXTS)?),
        FieldKind::Code => json!(format!("Mã-{number}")),
        FieldKind::Phone => json!(format!("09{:08}", chance.below(99_999_999))),
        FieldKind::TaxCode => json!(format!("10{:08}", chance.below(99_999_999))),
        FieldKind::Choice(list) => json!(chance.one(&codes(list))?),
        FieldKind::Choices(list) => json!(chance.some(&codes(list))),
        FieldKind::Ref(kind) => json!(chance.one(&of(kind))?),
        FieldKind::Refs(kind) => {
            let ids = of(kind);
            chance.one(&ids)?;
            json!(chance.some(&ids))
        }
        FieldKind::Unit => json!(OFFICE),
        FieldKind::Units => json!([OFFICE]),
        FieldKind::Date => json!(date(chance)),
        FieldKind::Partial => {
            let day = date(chance);
            json!(day[..*chance.one(&[4, 7, 10])?])
        }
        FieldKind::Year => json!(2015 + chance.below(11)),
        FieldKind::Count => json!(chance.below(60)),
        FieldKind::Money => json!(1 + chance.below(5_000_000_000)),
        FieldKind::Balance => json!(chance.below(2_000_000) as i64 - 1_000_000),
        FieldKind::Decimal => match chance.below(2) {
            0 => json!(chance.below(100)),
            _ => json!(chance.below(100) as f64 + 0.5),
        },
        FieldKind::Flag => json!(chance.below(2) == 0),
        FieldKind::Days => json!([true, chance.below(2) == 0]),
        FieldKind::Texts => json!(chance.some(&["Một, hai", "Ba", "Bốn"])),
        FieldKind::Counts(list) => json!({(*chance.one(&codes(list))?): chance.below(20)}),
        FieldKind::Period => json!(chance.one(&["2026-W21", "2026-05", "2026-Q2", "2026-H1", "2026"])?),
        FieldKind::Json => json!({"VISITS": {"this": 5, "ids": ["a", "b"]}}),
    })
}

/// A record with some of its fields filled, the required ones always.
fn record(kind: &'static dyn Kind, number: usize, chance: &mut Chance, ids: &Ids) -> Json {
    let mut record = Map::new();
    record.insert(
        "id".into(),
        json!(format!(
            "0189{:04x}-0000-7000-8000-{:012x}",
            chance.below(65_536),
            number
        )),
    );
    for field in kind.fields() {
        let wanted = field.is_required() || chance.below(3) == 0;
        if wanted && let Some(value) = value(field, number, chance, ids) {
            record.insert(field.key.to_string(), value);
        }
    }
    Json::Object(record)
}

#[test]
fn what_add_takes_list_gives_back_for_every_kind() {
    let desk = Desk::new();
    let mut chance = Chance(0x5050_2026);
    let mut ids = Ids::new();
    let mut number = 0;
    let mut waiting: Vec<&'static dyn Kind> = KINDS.to_vec();
    // Kinds that refer to others come after them.
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|kind| {
            let needs = |field: &Field| field.is_required() && field.kind.target().is_some_and(|of| of != kind.key());
            kind.fields()
                .iter()
                .filter(|field| needs(field))
                .all(|field| field.kind.target().is_some_and(|target| ids.contains_key(target)))
        });
        let kind = waiting.remove(ready.expect("required references make no circle"));
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
