//! A journal that has lost a frame beside a map that has it: what the map has is written into the journal again, deletions
//! too, so that a map built anew from it later has the same.

#[path = "support/folder.rs"]
mod folder;

use std::path::Path;

use folder::open;
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::value::Value;
use sohoi::store::history::Deed;
use sohoi::store::{Read, Store, Warnings};

fn cooperative(store: &Store, name: &str) -> Id {
    let mut entry = Entry::new("cooperative");
    for (key, text) in [("kind", "HTX"), ("name", name), ("unit", "C12472-B")] {
        entry.set(key, Some(Value::Text(text.into())));
    }
    let mut txn = store.txn();
    let id = txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    id
}

fn delete(store: &Store, id: Id) -> u64 {
    let mut txn = store.txn();
    txn.delete("cooperative", id).unwrap();
    txn.commit().unwrap();
    store.version()
}

fn names(store: &Store) -> Vec<String> {
    let reader = store.reader();
    let all = reader.scan("cooperative").map(|entry| entry.unwrap());
    let mut names: Vec<String> = all.filter_map(|entry| entry.text("name").map(String::from)).collect();
    names.sort();
    names
}

/// Damages the frame with a number, by a byte of its payload.
fn damage(dir: &Path, store: Store, seq: u64) {
    let payload = store.journal().unwrap().frame(seq).unwrap().unwrap().payload;
    drop(store);
    let path = dir.join("journal/00000001.log");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(payload.len()).position(|part| part == payload).unwrap();
    bytes[at + payload.len() / 2] ^= 0x20;
    std::fs::write(&path, bytes).unwrap();
}

/// The store opened twice: as it is, and once more with its map gone; the same names are there both times.
fn opened_and_built_anew(dir: &Path) -> (Store, Vec<String>) {
    let (store, report) = open(dir).unwrap();
    let found = names(&store);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.vi.contains("không mất bản ghi nào")),
        "{:?}",
        report.notes
    );
    drop(store);
    std::fs::remove_file(dir.join("CURRENT")).unwrap();
    let (store, _) = open(dir).unwrap();
    assert_eq!(names(&store), found);
    (store, found)
}

#[test]
fn a_deletion_that_the_journal_has_lost_is_written_again_and_the_record_stays_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path()).unwrap();
    let gone = cooperative(&store, "HTX Đã giải thể");
    cooperative(&store, "HTX Còn lại");
    let lost = delete(&store, gone);
    cooperative(&store, "HTX Sau cùng");
    damage(dir.path(), store, lost);
    let (store, there) = opened_and_built_anew(dir.path());
    assert_eq!(there, ["HTX Còn lại", "HTX Sau cùng"]);
    assert_eq!(store.reader().grave(gone).unwrap().unwrap().title, "HTX Đã giải thể");
    let past = store.history(gone).unwrap();
    assert_eq!(past[0].deed, Deed::Deleted, "{past:?}");
}

#[test]
fn a_deleted_record_whose_entry_the_journal_has_lost_keeps_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path()).unwrap();
    let gone = cooperative(&store, "HTX Đã giải thể");
    let lost = store.version();
    cooperative(&store, "HTX Còn lại");
    delete(&store, gone);
    damage(dir.path(), store, lost);
    let (store, _) = open(dir.path()).unwrap();
    drop(store);
    std::fs::remove_file(dir.path().join("CURRENT")).unwrap();
    let (store, _) = open(dir.path()).unwrap();
    assert_eq!(names(&store), ["HTX Còn lại"]);
    assert_eq!(store.reader().grave(gone).unwrap().unwrap().title, "HTX Đã giải thể");
}

#[test]
fn undo_passes_over_what_was_only_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path()).unwrap();
    cooperative(&store, "HTX Trước");
    let lost = store.version();
    cooperative(&store, "HTX Sau");
    damage(dir.path(), store, lost);
    let (store, _) = open(dir.path()).unwrap();
    assert_eq!(names(&store), ["HTX Sau", "HTX Trước"]);
    store.undo().unwrap();
    assert_eq!(
        names(&store),
        ["HTX Trước"],
        "the officer's own last deed is taken back"
    );
}
