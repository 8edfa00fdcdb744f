//! `backup` and `restore`.

use crate::desk::Desk;

fn all(desk: &Desk) -> String {
    ["cooperative", "visit", "issue"]
        .map(|kind| desk.ok(&["list", kind, "--format", "json"]))
        .concat()
}

fn with_a_visit() -> Desk {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    desk.add(&[
        "visit",
        "date=2026-05-20",
        "cooperative=HTX001",
        "purposes=DANH_GIA",
        "difficulties=VON",
    ]);
    desk
}

#[test]
fn a_restored_backup_has_every_record_and_the_office() {
    let (desk, stick, other) = (with_a_visit(), tempfile::tempdir().unwrap(), Desk::empty());
    let stick = stick.path().to_str().unwrap();
    desk.ok(&["backup", "--out", stick]);
    other.ok(&["restore", stick]);
    assert_eq!(all(&other), all(&desk));
    other.ok(&["check"]);
    // The office came along: a record without a unit is taken.
    other.cooperative("HTX Bình Minh");
}

#[test]
fn a_second_backup_adds_what_is_new() {
    let (desk, stick, other) = (with_a_visit(), tempfile::tempdir().unwrap(), Desk::empty());
    let stick = stick.path().to_str().unwrap();
    desk.ok(&["backup", "--out", stick]);
    desk.cooperative("HTX Bình Minh");
    desk.ok(&["backup", "--out", stick]);
    other.ok(&["restore", stick]);
    assert_eq!(all(&other), all(&desk));
}

#[test]
fn a_logbook_with_records_is_replaced_only_when_forced_and_the_old_one_is_kept() {
    let (desk, stick, other) = (with_a_visit(), tempfile::tempdir().unwrap(), Desk::new());
    let stick = stick.path().to_str().unwrap();
    desk.ok(&["backup", "--out", stick]);
    other.cooperative("HTX Khác");
    let before = all(&other);
    let refused = other.run(&["restore", stick]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(all(&other), before);
    other.ok(&["restore", stick, "--force"]);
    assert_eq!(all(&other), all(&desk));
    let kept = std::fs::read_dir(other.folder())
        .unwrap()
        .map(|file| file.unwrap().path());
    let kept = kept
        .into_iter()
        .find(|path| path.to_string_lossy().contains("truoc-khoi-phuc"))
        .unwrap();
    assert!(kept.join("journal").is_dir());
}

#[test]
fn a_folder_without_a_backup_and_a_moment_that_is_none_are_refused() {
    let (desk, empty) = (Desk::empty(), tempfile::tempdir().unwrap());
    let empty = empty.path().to_str().unwrap();
    assert_eq!(desk.run(&["restore", empty]).code, 1);
    assert_eq!(desk.run(&["restore", empty, "--until", "hôm qua"]).code, 1);
}
