//! The real program: which file comes out, what is refused.

use std::path::Path;
use std::process::{Command, Output};

use super::office::OFFICE;

fn sohoi(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sohoi"));
    command
        .args(words)
        .current_dir(folder)
        .env("SOHOI_DATA", folder.join("data"));
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_string()
}

#[test]
fn a_document_gets_a_name_of_its_own_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| sohoi(folder.path(), words);
    said(&run(&["setup", "--unit", OFFICE]));
    let words = ["report", "week", "--week", "2026-W21", "--format", "docx"];
    assert_eq!(said(&run(&words)), "bao-cao-tuan-2026-W21.docx");
    assert_eq!(said(&run(&words)), "bao-cao-tuan-2026-W21-2.docx");
    assert_eq!(
        said(&run(&["report", "week", "--date", "2026-05-20", "--out", "tuan.xlsx"])),
        "tuan.xlsx"
    );
    for name in [
        "bao-cao-tuan-2026-W21.docx",
        "bao-cao-tuan-2026-W21-2.docx",
        "tuan.xlsx",
    ] {
        assert!(
            std::fs::read(folder.path().join(name)).unwrap().starts_with(b"PK"),
            "{name}"
        );
    }
    // What was sent is kept, once.
    let closed = said(&run(&["list", "closed_report", "--format", "json"]));
    let closed: serde_json::Value = serde_json::from_str(&closed).unwrap();
    assert_eq!(closed.as_array().unwrap().len(), 1);
    assert_eq!(closed[0]["period"], "2026-W21");
}

#[test]
fn json_goes_to_standard_output_and_closes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| sohoi(folder.path(), words);
    said(&run(&["setup", "--unit", OFFICE]));
    let data = folder.path().join("data");
    let words = [
        "report",
        "--data",
        data.to_str().unwrap(),
        "week",
        "--week",
        "2026-W53",
        "--format",
        "json",
    ];
    let json: serde_json::Value = serde_json::from_str(&said(&run(&words))).unwrap();
    assert_eq!(json["period"]["to"], "2027-01-03");
    assert_eq!(json["lines"][0]["closed_year"], 0);
    assert_eq!(said(&run(&["list", "closed_report", "--format", "json"])), "[]");
}

#[test]
fn an_unknown_week_unit_or_day_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| sohoi(folder.path(), words);
    let code = |words: &[&str]| run(words).status.code();
    assert_eq!(code(&["report", "week"]), Some(1), "no office yet");
    said(&run(&["setup", "--unit", OFFICE]));
    for wrong in [
        &["report", "week", "--week", "2026-W54"][..],
        &["report", "week", "--week", "2026-05"],
        &["report", "week", "--unit", "P99-Z"],
        &["report", "week", "--date", "2026-02-31"],
        &["report", "week", "--from", "2026-05-20", "--to", "2026-05-10"],
    ] {
        let output = run(wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{wrong:?}");
    }
    assert_eq!(code(&["report", "week", "--format", "pdf"]), Some(2));
    assert_eq!(
        code(&["report", "week", "--week", "2026-W21", "--date", "2026-05-20"]),
        Some(2)
    );
}
