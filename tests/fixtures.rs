//! Stores written by earlier versions of the program, as they were on the disk: each must open for ever.

use std::fs;
use std::path::Path;

use sohoi::store::{Read, Store};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// An office with a cooperative (edited), a person, a visit with the issue it opened, and a group deleted again.
#[test]
fn a_store_of_the_first_format_opens_with_all_its_records() {
    let dir = tempfile::tempdir().unwrap();
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/format-1")),
        dir.path(),
    );
    let (store, report) = Store::open(dir.path()).unwrap();
    let [note] = report.notes.as_slice() else {
        panic!("{:?}", report.notes)
    };
    assert!(note.en.contains("from format 1 to 3"), "{note:?}");
    let kept = dir.path().join("truoc-nang-cap-1/journal/00000001.log");
    assert!(kept.is_file(), "the folder as it was is kept");
    let reader = store.reader();
    let count = |kind: &str| reader.ids(kind).filter(|id| id.is_ok()).count();
    assert_eq!(["cooperative", "person", "visit", "issue"].map(count), [1, 1, 1, 1]);
    let cooperative = reader.scan("cooperative").next().unwrap().unwrap();
    assert_eq!(cooperative.text("name"), Some("HTX An Khang"));
    assert_eq!(cooperative.text("address"), Some("Thôn Đông"));
    assert_eq!(store.history(cooperative.id).unwrap().len(), 2);
    assert_eq!(store.settings().office.unit.as_deref(), Some("C12472-B"));
    assert!(store.check(&report).unwrap().findings.is_empty());
}
