//! What goes out comes back the same, of every kind.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sohoi::domain::record::KINDS;
use sohoi::domain::schema::FieldKind;

use crate::desk::Desk;
use crate::made_up::{Chance, Ids, kinds_in_order, record};

/// Kinds after those that their required fields name, as they must be taken in.
fn in_order() -> Vec<&'static str> {
    let mut done: Vec<&'static str> = Vec::new();
    let mut left: Vec<_> = KINDS.to_vec();
    while !left.is_empty() {
        let ready = left.iter().position(|kind| {
            kind.fields().iter().all(|field| match field.kind {
                FieldKind::Ref(to) | FieldKind::Refs(to) => to == kind.key() || done.contains(&to),
                _ => true,
            })
        });
        let kind = left.remove(ready.unwrap_or(0));
        done.push(kind.key());
    }
    done
}

fn exported(desk: &Desk) -> BTreeMap<&'static str, Vec<Json>> {
    let export = |kind: &&'static str| {
        let out = desk.ok(&["export", kind, "--format", "json", "--personal"]);
        let mut records: Vec<Json> = serde_json::from_str(&out).unwrap();
        records.sort_by_key(|record| record["id"].to_string());
        records
    };
    in_order().into_iter().map(|kind| (kind, export(&kind))).collect()
}

#[test]
fn every_kind_exported_and_imported_into_an_empty_store_is_the_same() {
    for format in ["xlsx", "csv"] {
        let from = Desk::empty();
        let data = from.file("data").display().to_string();
        from.ok(&[
            "demo",
            "--data",
            &data,
            "--cooperatives",
            "12",
            "--weeks",
            "6",
            "--until",
            "2026-05-22",
        ]);
        let before = exported(&from);
        assert!(before.values().filter(|records| !records.is_empty()).count() > 10);
        let to = Desk::new();
        let into = |kind: &str| {
            let path = to.file(&format!("{kind}.{format}")).display().to_string();
            from.ok(&["export", kind, "--format", format, "--personal", "--out", &path]);
            to.import(&path, kind, &["--warnings", "accept"])
        };
        for (kind, records) in in_order().into_iter().map(|kind| (kind, &before[kind])) {
            if !records.is_empty() {
                let done = into(kind);
                assert_eq!(done.code, 0, "{kind}: {}{}", done.out, done.err);
            }
        }
        let after = exported(&to);
        for (kind, records) in &before {
            for (was, is) in records.iter().zip(&after[kind]) {
                assert_eq!(was, is, "{format} {kind}");
            }
            assert_eq!(records.len(), after[kind].len(), "{format} {kind}");
        }
        for (kind, records) in before.iter().filter(|(_, records)| !records.is_empty()) {
            let again = into(kind);
            let all = format!("Mới 0 · sửa 0 · không đổi {} ", records.len());
            assert!(again.out.starts_with(&all), "{kind}: {}{}", again.out, again.err);
        }
        to.ok(&["check"]);
    }
}

/// Random records made of every kind.
const TRIED: usize = 16;

#[test]
fn random_records_of_every_kind_come_back_the_same_and_a_second_time_change_nothing() {
    let from = Desk::new();
    let (mut chance, mut ids, mut number) = (Chance(0x1020_2026), Ids::new(), 0);
    for kind in kinds_in_order() {
        let mut lines = String::new();
        for _ in 0..TRIED {
            number += 1;
            lines.push_str(&format!("{}\n", record(kind, number, &mut chance, &ids)));
        }
        let done = from.feed(&["add", kind.key(), "--stream", "--warnings", "accept"], lines);
        let taken: Vec<String> = done.out.lines().map(str::to_owned).collect();
        assert!(!taken.is_empty(), "{}: {}", kind.key(), done.err);
        ids.insert(kind.key(), taken);
    }
    let before = exported(&from);
    assert_eq!(before.len(), KINDS.len());
    assert!(
        before.values().all(|records| !records.is_empty()),
        "every kind has records"
    );
    for format in ["xlsx", "csv"] {
        let to = Desk::new();
        let into = |kind: &str| {
            let path = to.file(&format!("{kind}.{format}")).display().to_string();
            from.ok(&["export", kind, "--format", format, "--personal", "--out", &path]);
            to.import(&path, kind, &["--warnings", "accept"])
        };
        for kind in in_order() {
            let done = into(kind);
            assert_eq!(done.code, 0, "{format} {kind}: {}{}", done.out, done.err);
        }
        let after = exported(&to);
        for (kind, records) in &before {
            for (was, is) in records.iter().zip(&after[kind]) {
                assert_eq!(was, is, "{format} {kind}");
            }
            assert_eq!(records.len(), after[kind].len(), "{format} {kind}");
        }
        for kind in in_order() {
            let again = into(kind);
            let all = format!("Mới 0 · sửa 0 · không đổi {} ", before[kind].len());
            assert!(
                again.out.starts_with(&all),
                "{format} {kind}: {}{}",
                again.out,
                again.err
            );
        }
    }
}
