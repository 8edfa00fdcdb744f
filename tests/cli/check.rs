//! `check`.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::desk::Desk;

#[test]
fn a_sound_store_is_found_sound_and_its_records_counted() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    desk.add(&["person", "name=Phạm Thị Hạnh", "birth=1985-06", "code=P1"]);
    desk.add(&[
        "visit",
        "date=2026-05-20",
        "cooperative=HTX001",
        "purposes=DANH_GIA",
        "difficulties=VON",
    ]);
    desk.add(&[
        "role",
        "person=P1",
        "cooperative=HTX001",
        "role=GD",
        "from=2019",
        "--warnings",
        "accept",
    ]);
    // What refers to a deleted record is no fault.
    desk.ok(&["delete", "HTX001"]);
    desk.ok(&["check"]);
    let report: Json = serde_json::from_str(&desk.ok(&["check", "--json"])).unwrap();
    assert_eq!(report["ok"], true);
    assert_eq!(report["findings"], Json::Array(Vec::new()));
    let count = |kind: &str| report["records"][kind].as_u64();
    assert_eq!(
        (count("visit"), count("issue"), count("cooperative")),
        (Some(1), Some(1), Some(0))
    );
}

/// The place in a file's written part, counted in percent.
fn damage(path: &Path, percent: usize) {
    let mut bytes = fs::read(path).unwrap();
    let written = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    bytes[written * percent / 100] ^= 0x24;
    fs::write(path, bytes).unwrap();
}

fn with_cooperatives(count: usize) -> Desk {
    let desk = Desk::new();
    let many: Vec<Json> = (0..count)
        .map(|number| {
            let letter = char::from(b'A' + number as u8);
            serde_json::json!({"kind": "HTX", "name": format!("HTX Thử {letter}")})
        })
        .collect();
    for one in many {
        assert_eq!(desk.add_json("cooperative", &one).code, 0);
    }
    desk
}

fn check(desk: &Desk, words: &[&str]) -> (i32, Json) {
    let done = desk.run(&[&["check", "--json"], words].concat());
    (
        done.code,
        serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {done:?}")),
    )
}

#[test]
fn a_damaged_journal_is_told_and_healed_from_a_backup() {
    let (desk, stick) = (with_cooperatives(9), tempfile::tempdir().unwrap());
    let stick = stick.path().to_str().unwrap();
    desk.ok(&["backup", "--out", stick]);
    damage(&desk.folder().join("journal/00000001.log"), 50);
    let (code, told) = check(&desk, &[]);
    assert_eq!((code, &told["ok"]), (1, &Json::Bool(false)), "{told}");
    assert!(
        told["findings"][0]["where"].as_str().unwrap().starts_with("journal"),
        "{told}"
    );
    // The map has what the journal lost: no record is gone.
    assert_eq!(told["findings"][0]["lost_at_most"], 0, "{told}");
    assert_eq!(desk.list("cooperative").len(), 9);
    let (code, mended) = check(&desk, &["--repair", "--backup", stick]);
    assert_eq!(code, 1, "{mended}");
    let (code, after) = check(&desk, &[]);
    assert_eq!((code, &after["ok"]), (0, &Json::Bool(true)), "{after}");
    assert_eq!(after["records"]["cooperative"], 9);
}

#[test]
fn what_journal_and_map_have_both_lost_is_counted_and_comes_back_from_a_backup() {
    let (desk, stick) = (with_cooperatives(9), tempfile::tempdir().unwrap());
    let stick = stick.path().to_str().unwrap();
    desk.ok(&["backup", "--out", stick]);
    damage(&desk.folder().join("journal/00000001.log"), 50);
    for file in fs::read_dir(desk.folder()).unwrap() {
        let path = file.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("sled-") {
            fs::remove_dir_all(path).unwrap();
        }
    }
    let (code, told) = check(&desk, &[]);
    assert_eq!(code, 1);
    let findings = told["findings"].as_array().unwrap();
    let lost: u64 = findings
        .iter()
        .filter_map(|finding| finding["lost_at_most"].as_u64())
        .sum();
    let there = desk.list("cooperative").len() as u64;
    assert!(there < 9 && there + lost >= 9, "{there} are there: {told}");
    assert!(findings.iter().any(|finding| finding["lost"].is_null()), "{told}");
    assert_eq!(check(&desk, &["--repair", "--backup", stick]).0, 1);
    let (code, after) = check(&desk, &[]);
    assert_eq!((code, &after["records"]["cooperative"]), (0, &Json::from(9)), "{after}");
}

#[test]
fn a_map_damaged_after_an_orderly_end_is_told_and_nothing_is_lost() {
    let desk = with_cooperatives(5);
    let current = fs::read_to_string(desk.folder().join("CURRENT")).unwrap();
    fs::remove_dir_all(desk.folder().join(current.trim())).unwrap();
    let (code, told) = check(&desk, &[]);
    assert_eq!((code, &told["records"]["cooperative"]), (1, &Json::from(5)), "{told}");
    assert_eq!(told["findings"][0]["lost_at_most"], 0, "{told}");
    assert_eq!(check(&desk, &[]).0, 0, "opening has mended it");
}

#[test]
fn a_folder_that_is_no_backup_changes_nothing() {
    let (desk, stick) = (with_cooperatives(2), tempfile::tempdir().unwrap());
    let done = desk.run(&["check", "--repair", "--backup", stick.path().to_str().unwrap()]);
    assert_eq!(done.code, 1);
    assert!(!done.err.trim().is_empty());
    assert_eq!(
        desk.run(&["check", "--backup", "x"]).code,
        2,
        "--backup goes with --repair"
    );
    desk.ok(&["check"]);
}

#[test]
fn records_changed_deleted_and_taken_back_agree_with_the_journal_also_in_a_map_built_anew() {
    let desk = with_cooperatives(3);
    desk.ok(&["edit", "HTX001", "address=Thôn Đông", "--warnings", "accept"]);
    desk.ok(&["delete", "HTX002"]);
    desk.ok(&["delete", "HTX003"]);
    desk.ok(&["undo"]);
    desk.ok(&["check"]);
    let current = fs::read_to_string(desk.folder().join("CURRENT")).unwrap();
    fs::remove_dir_all(desk.folder().join(current.trim())).unwrap();
    desk.ok(&["list", "cooperative"]);
    let (code, told) = check(&desk, &[]);
    assert_eq!((code, &told["records"]["cooperative"]), (0, &Json::from(2)), "{told}");
}
