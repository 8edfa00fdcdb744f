//! The store as its users see it: the same tests over memory and over files.

mod finding;
mod opening;
mod saving;

use chrono::NaiveDate;
use serde_json::json;

use super::*;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;

fn fresh() -> (tempfile::TempDir, Vec<Store>) {
    let dir = tempfile::tempdir().unwrap();
    let (on_disk, _) = Store::open(dir.path()).unwrap();
    let stores = vec![Store::memory(), on_disk];
    for store in &stores {
        store.pin_clock(day(22), 1_779_408_000_000);
    }
    (dir, stores)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
}

fn filled(read: &dyn Read, kind: &str, fields: serde_json::Value) -> Entry {
    let mut entry = Entry::new(crate::domain::record::kind(kind).unwrap().key());
    entry.set("unit", Some(crate::domain::value::Value::Text("C12472-B".into())));
    for (key, json) in fields.as_object().unwrap() {
        let field = read.schema().fields_of(kind).find(|field| field.key == key).unwrap();
        entry.set(key, reading::from_json(field, json, read.known()).unwrap());
    }
    entry
}

fn add(store: &Store, kind: &str, fields: serde_json::Value) -> Id {
    let mut txn = store.txn();
    let entry = txn.with(|read| filled(read, kind, fields));
    let id = txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    id
}

fn change(store: &Store, kind: &str, id: Id, key: &str, value: &str) {
    let mut txn = store.txn();
    let mut entry = txn.with(|read| read.get(kind, id)).unwrap().unwrap();
    entry.set(key, Some(crate::domain::value::Value::Text(value.into())));
    txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
}

fn cooperative(store: &Store, name: &str) -> Id {
    add(store, "cooperative", json!({ "kind": "HTX", "name": name }))
}
