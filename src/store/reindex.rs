//! Index entries that an older version of the program did not write yet: added once, when its map is opened.
//!
//! The map keeps a number of which entries its records have. One that is behind gets those of the kinds that changed
//! since, in transactions of bounded size; interrupted, it is done again, for an entry put twice is the same.

use super::fault::StoreError;
use super::map::{Batch, Tree};
use super::read::Read;
use super::{Store, index};
use crate::domain::record::kind;

/// Where the number stands in [`Tree::Meta`].
const INDEXED: &[u8] = b"indexed";
/// The number of today's entries.
const TODAY: u64 = 3;
/// From which number on a kind has further entries, and why.
const ADDED: [(u64, &str); 6] = [
    // The days on which roles began and ended.
    (2, "role"),
    // More of the figures that were counted, and the officers who went.
    (2, "visit"),
    (2, "measurement"),
    // The cooperative that an attendee came from.
    (2, "attendance"),
    // What is known of each without reading it.
    (3, "person"),
    (3, "cooperative"),
];
/// Entries that are written at once.
const AT_ONCE: usize = 2000;

/// Adds what the map lacks.
///
/// # Errors
/// What the disk refuses; the map is then as far as it was, and is looked at again at the next opening.
pub(super) fn bring_up(store: &Store) -> Result<(), StoreError> {
    let found = store.meta_number(INDEXED)?;
    if found >= TODAY {
        return Ok(());
    }
    let reader = store.reader();
    for (_, key) in ADDED.iter().filter(|(since, _)| *since > found) {
        let Some(kind) = kind(key) else { continue };
        let mut batch = Batch::new();
        let mut held = 0;
        for entry in reader.scan(key) {
            for (key, cover) in index::entries(kind, &entry?) {
                batch.put(Tree::Index, key, cover);
                held += 1;
            }
            if held >= AT_ONCE {
                store.map.apply(&std::mem::take(&mut batch))?;
                held = 0;
            }
        }
        store.map.apply(&batch)?;
    }
    let mut done = Batch::new();
    done.put(Tree::Meta, INDEXED, TODAY.to_le_bytes());
    store.map.apply(&done)?;
    store.map.sync()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::entry::Entry;
    use crate::domain::reading;
    use crate::store::{Order, Warnings};

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

    #[test]
    fn the_days_of_roles_are_indexed_in_a_map_that_lacks_them() {
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
        let begun = |store: &Store| store.reader().dated("role", "from", None, None, Order::Forward).count();
        assert_eq!(begun(&store), 1);

        let mut older = Batch::new();
        for entry in store.map.range(
            Tree::Index,
            std::ops::Bound::Included(index::dated_prefix("role", "from").as_slice()),
            std::ops::Bound::Excluded(index::dated_prefix("role", "from\u{1}").as_slice()),
            Order::Forward,
        ) {
            older.remove(Tree::Index, entry.unwrap().0);
        }
        older.remove(Tree::Meta, INDEXED);
        store.map.apply(&older).unwrap();
        assert_eq!(begun(&store), 0);
        store.close().unwrap();
        drop(store);

        let (store, report) = Store::open(dir.path()).unwrap();
        assert_eq!(begun(&store), 1);
        assert_eq!(store.meta_number(INDEXED).unwrap(), TODAY);
        assert!(store.check(&report).unwrap().findings.is_empty());
    }
}
