//! Index entries as an older version of the program wrote them, or not yet: put anew once, when the map is opened.
//!
//! The map keeps a number of what its entries are. One that is behind gets those of all records again, in transactions of
//! bounded size; interrupted, it is done again, for an entry put twice is the same.

use super::fault::StoreError;
use super::map::{Batch, Tree};
use super::read::Read;
use super::{Store, index};
use crate::domain::record::KINDS;

/// Where the number stands in [`Tree::Meta`].
const INDEXED: &[u8] = b"indexed";
/// The number of today's entries: with 2 came the days of roles and more figures in covers, with 3 the covers by id and
/// covers in few bytes instead of JSON.
const TODAY: u64 = 3;
/// Entries that are written at once.
const AT_ONCE: usize = 2000;

/// Puts the entries anew where they are not today's. Comes before anything that reads them.
///
/// # Errors
/// What the disk refuses; the map is then as far as it was, and is looked at again at the next opening.
pub(super) fn bring_up(store: &Store) -> Result<(), StoreError> {
    if store.meta_number(INDEXED)? >= TODAY {
        return Ok(());
    }
    let reader = store.reader();
    let mut batch = Batch::new();
    let mut held = 0;
    for kind in KINDS.iter().copied() {
        for entry in reader.scan(kind.key()) {
            for (key, cover) in index::entries(kind, &entry?) {
                batch.put(Tree::Index, key, cover);
                held += 1;
            }
            if held >= AT_ONCE {
                store.map.apply(&std::mem::take(&mut batch))?;
                held = 0;
            }
        }
    }
    batch.put(Tree::Meta, INDEXED, TODAY.to_le_bytes());
    store.map.apply(&batch)?;
    store.map.sync()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::entry::Entry;
    use crate::domain::reading;
    use crate::store::{Order, Warnings};
    use std::ops::Bound;

    fn add(store: &Store, kind: &'static str, fields: serde_json::Value) -> String {
        let mut txn = store.txn();
        let entry = txn.with(|read| {
            let mut entry = Entry::new(kind);
            entry.set("unit", Some(crate::domain::value::Value::Text("C12472-B".into())));
            for (key, json) in fields.as_object().unwrap() {
                let field = read.schema().fields_of(kind).find(|field| field.key == key).unwrap();
                entry.set(key, reading::from_json(field, json, read.known()).unwrap());
            }
            entry
        });
        let id = txn.save(entry, Warnings::Accept).unwrap();
        txn.commit().unwrap();
        id.to_string()
    }

    fn index_of(store: &Store) -> Vec<(Vec<u8>, Vec<u8>)> {
        let all = store
            .map
            .range(Tree::Index, Bound::Unbounded, Bound::Unbounded, Order::Forward);
        all.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_map_of_an_older_version_gets_the_entries_of_today() {
        let dir = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(dir.path()).unwrap();
        let unit = "C12472-B";
        let htx = add(
            &store,
            "cooperative",
            json!({"kind": "HTX", "name": "HTX An Khang", "unit": unit}),
        );
        let person = add(&store, "person", json!({"name": "Trần Thị Mai", "gender": "NU"}));
        let role = json!({"person": person, "cooperative": htx, "role": "GD", "from": "2026-05-18"});
        add(&store, "role", role);
        let today = index_of(&store);

        // As the first version left it: covers in JSON, none by id, the days of roles not there.
        let days = index::dated_prefix("role", "from");
        let mut older = Batch::new();
        for (key, value) in &today {
            if key.starts_with(b"f") || key.starts_with(&days) {
                older.remove(Tree::Index, key.clone());
            } else if key.starts_with(b"d") || key.starts_with(b"r") {
                older.put(Tree::Index, key.clone(), br#"["C12472-B"]"#.to_vec());
            } else {
                older.put(Tree::Index, key.clone(), value.clone());
            }
        }
        older.remove(Tree::Meta, INDEXED);
        store.map.apply(&older).unwrap();
        assert_eq!(index_of(&store).len() + 4, today.len());
        store.close().unwrap();
        drop(store);

        let (store, report) = Store::open(dir.path()).unwrap();
        assert_eq!(index_of(&store), today);
        assert_eq!(store.meta_number(INDEXED).unwrap(), TODAY);
        assert!(store.check(&report).unwrap().findings.is_empty());
    }
}
