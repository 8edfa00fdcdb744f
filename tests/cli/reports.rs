//! `sohoi report half-year` and its like, as scripts and officers call them.

use std::fs;
use std::io::{Cursor, Read, Write};

use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::desk::{Desk, OFFICE};

fn with_a_visit() -> Desk {
    let desk = Desk::new();
    let coop = desk.cooperative("HTX An Khang");
    for date in ["2026-03-10", "2025-09-01"] {
        let (coop, date) = (format!("cooperative={coop}"), format!("date={date}"));
        desk.ok(&[
            "add",
            "visit",
            &coop,
            &date,
            "purposes=DANH_GIA",
            "--warnings",
            "accept",
        ]);
    }
    desk
}

fn read(path: &std::path::Path, part: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn an_offices_own_form_is_filled_in_and_a_wrong_name_in_it_is_told() {
    let desk = with_a_visit();
    let form = desk.folder().join("mau.docx");
    let write = |text: &str| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file("word/document.xml", SimpleFileOptions::default())
            .unwrap();
        let body = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
        archive.write_all(body.as_bytes()).unwrap();
        fs::write(&form, archive.finish().unwrap().into_inner()).unwrap();
    };
    write("{{unit}}: {{VISITS.year}} lượt, kỳ trước {{VISITS.previous}}, mới {{HTX_NEW.year}}");
    let out = desk.folder().join("bc.docx");
    let words = |out: &'static str| ["report", "half-year", "2026-H1", "--template", "FORM", "--out", out];
    let mut words = words("OUT");
    (words[4], words[6]) = (form.to_str().unwrap(), out.to_str().unwrap());
    desk.ok(&words);
    assert!(read(&out, "word/document.xml").contains("Xã Quỳnh Phụ: 1 lượt, kỳ trước 1, mới 0"));
    write("{{HTX_NEU.year}}");
    let other = desk.folder().join("khac.docx");
    words[6] = other.to_str().unwrap();
    let said = desk.refused(&words);
    assert!(said.contains("{{HTX_NEU.year}}") && !other.exists(), "{said}");
}

#[test]
fn units_stand_beside_the_whole_in_json_and_csv() {
    let desk = with_a_visit();
    let figures: Json =
        serde_json::from_str(&desk.ok(&["report", "half-year", "2026-H1", "--by-unit", "--format", "json"])).unwrap();
    let own = figures["units"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&own["unit"], &own["figures"]["VISITS"]), (&json!(OFFICE), &json!(1)));
    let visits = figures["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["code"] == "VISITS")
        .unwrap();
    assert_eq!((&visits["this"], &visits["previous"]), (&json!(1), &json!(1)));
    let csv = desk.ok(&["report", "year", "2026", "--by-unit", "--format", "csv"]);
    assert!(csv.contains("VISITS") && csv.contains("trực tiếp"), "{csv}");
}

#[test]
fn a_period_is_closed_once_and_again_only_when_asked() {
    let desk = with_a_visit();
    let file = |name: &str| desk.folder().join(name).to_str().unwrap().to_string();
    let written = |name: &str, more: &[&str]| {
        let out = file(name);
        desk.ok(&[&["report", "month", "2026-03", "--out", &out], more].concat());
    };
    written("a.docx", &[]);
    desk.ok(&[
        "add",
        "cooperative",
        "kind=THT",
        "name=THT Cói",
        "registered_on=2026-03-15",
        "origin=HOI_THANH_LAP",
        "--warnings",
        "accept",
    ]);
    let supplements = || {
        let json: Json = serde_json::from_str(&desk.ok(&["report", "month", "2026-03", "--format", "json"])).unwrap();
        json["supplements"].clone()
    };
    assert!(supplements().as_str().unwrap().contains("0 → 1 (+1)"));
    written("b.docx", &[]);
    assert!(supplements().is_string(), "writing it again is no closing");
    written("c.docx", &["--close"]);
    assert!(supplements().is_null());
}
