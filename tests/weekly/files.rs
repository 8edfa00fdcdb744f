//! The report as files: what they say, and what never stands in them.

use chrono::NaiveDateTime;
use serde_json::json;
use sohoi::domain::text::Lang;
use sohoi::report::weekly::layout::{self, Frame};
use sohoi::report::weekly::{Remarks, json as as_json, letterhead, sheets, text};
use sohoi::report::{csv, docx, markdown, plain, xlsx};
use sohoi::store::Read;

use super::office::{OFFICE, Office};

/// A week as an office has them: a bit of everything.
fn sample() -> Office {
    let mut office = Office::on("2026-05-22");
    let at = office.cooperative("HTX", "HTX Dược liệu An Khang").to_string();
    let hanh = office.add(
        "person",
        json!({"name": "Phạm Thị Hạnh", "gender": "NU", "birth": "1979-03-08", "phone": "0912345678",
            "email": "hanh@example.vn", "address": "Thôn Bí Mật", "note": "ghi chú riêng"}),
    );
    let hanh = hanh.to_string();
    office.add(
        "role",
        json!({"person": hanh, "cooperative": at, "role": "GD", "from": "2024"}),
    );
    office.add(
        "measurement",
        json!({"date": "2026-04-14", "cooperative": at, "status": "DANG_HOAT_DONG"}),
    );
    office.add(
        "visit",
        json!({"date": "2026-05-20", "cooperative": at, "purposes": ["DANH_GIA", "TU_VAN"],
        "status": "TAM_NGUNG", "status_since": "2026-05-18", "difficulties": ["VON"],
        "difficulty_text": ["thiếu vốn lưu động"], "advice": "hướng dẫn hồ sơ vay", "next_visit": "2026-05-26"}),
    );
    let session = office.add(
        "training",
        json!({"title": "Quản trị HTX", "topics": ["QUAN_TRI"], "from": "2026-05-21"}),
    );
    let row = |person: Option<&str>, name: Option<&str>| json!({"training": session.to_string(), "person": person, "name": name, "gender": "NU", "state": "CO_MAT"});
    office.add("attendance", row(Some(&hanh), None));
    office.add("attendance", row(None, Some("Đỗ Thu Hà")));
    office.add(
        "support",
        json!({"date": "2026-05-19", "cooperative": at, "kind": "QUY_HTX", "granted": 120_000_000}),
    );
    office.add(
        "outreach",
        json!({"date": "2026-05-19", "form": "HOI_NGHI", "title": "Luật HTX", "sessions": 2, "reach": 1105}),
    );
    let plan = office.add(
        "plan",
        json!({"code": "KH-2026", "title": "Kế hoạch năm", "unit": OFFICE, "programme": "DA01",
        "from": "2026-01-01", "to": "2026-12-31"}),
    );
    let target = |code: &str, low: i64, high: Option<i64>| json!({"plan": plan.to_string(), "indicator": code, "period": "2026", "operator": ">=", "low": low, "high": high});
    office.add("target", target("COOPS_VISITED", 24, None));
    office.add("target", target("BOOTHS_CONFIRMED", 12, Some(15)));
    office.add(
        "report_text",
        json!({"report": "BC_TUAN", "period": "2026-W21", "unit": OFFICE, "part": "proposals",
        "text": "Đề nghị Hội LHPN tỉnh kết nối Quỹ hỗ trợ phát triển HTX cho HTX Dược liệu An Khang"}),
    );
    office
}

fn made() -> NaiveDateTime {
    "2026-05-22T16:00:00".parse().unwrap()
}

fn frame(office: &Office) -> Frame {
    let reader = office.store.reader();
    let set = &reader.settings().letterhead;
    let summary = office.week("2026-W21");
    Frame {
        letterhead: Some(letterhead::head(set, reader.known(), OFFICE, made().date())),
        signature: Some(letterhead::signature(set, reader.known(), OFFICE, made().date())),
        remarks: Remarks::kept(&reader, summary.period, OFFICE).unwrap(),
        ..Frame::default()
    }
}

#[test]
fn the_report_reads_as_an_office_would_write_it() {
    let office = sample();
    let doc = layout::doc(&office.week("2026-W21"), &frame(&office), made());
    insta::assert_snapshot!("markdown", markdown::write(&doc));
    insta::assert_snapshot!("plain", plain::write(&doc));
}

#[test]
fn the_message_is_short_and_names_no_person_and_no_cooperative() {
    let office = sample();
    let message = text::write(&office.week("2026-W21"), &frame(&office), Lang::Vi);
    insta::assert_snapshot!("message", message);
    assert!(message.chars().count() < 900);
    for name in ["Hạnh", "Hà", "An Khang"] {
        assert!(!message.contains(name), "{name} in {message}");
    }
}

#[test]
fn no_report_tells_a_telephone_a_birth_an_address_or_a_note_of_a_person() {
    let office = sample();
    let (summary, frame) = (office.week("2026-W21"), frame(&office));
    let doc = layout::doc(&summary, &frame, made());
    let book = sheets::workbook(&office.store.reader(), &summary, &frame, made()).unwrap();
    let cells = book
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.table.rows)
        .flat_map(|row| &row.cells);
    let said = [
        markdown::write(&doc),
        String::from_utf8(csv::write(&layout::plain_table(&summary, &frame))).unwrap(),
        as_json::to_json(&summary, None, Lang::Vi).to_string(),
        cells.map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    ]
    .join("\n");
    assert!(said.contains("Phạm Thị Hạnh"), "the list of those trained names her");
    for private in [
        "0912345678",
        "0912 345 678",
        "hanh@example.vn",
        "Thôn Bí Mật",
        "ghi chú riêng",
        "1979",
    ] {
        assert!(!said.contains(private), "{private}");
    }
    assert!(docx::write(&doc).unwrap().len() > 3_000);
    assert!(xlsx::write(&book).unwrap().len() > 5_000);
}

#[test]
fn the_workbook_has_a_sheet_for_each_list_that_is_not_empty() {
    let office = sample();
    let book = sheets::workbook(
        &office.store.reader(),
        &office.week("2026-W21"),
        &frame(&office),
        made(),
    )
    .unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let lists = [
        "Lượt thăm",
        "Khó khăn",
        "Lớp tập huấn",
        "Người dự tập huấn",
        "Bồi dưỡng lần đầu",
        "Hỗ trợ",
        "Truyền thông",
    ];
    assert_eq!(names, [&["Tổng hợp", "Số liệu"][..], &lists[..]].concat());
}

#[test]
fn a_week_without_anything_still_gives_a_report() {
    let office = Office::on("2026-05-22");
    let summary = office.week("2026-W21");
    assert!(summary.is_quiet());
    let doc = markdown::write(&layout::doc(&summary, &frame(&office), made()));
    assert!(
        doc.contains("không phát sinh") && doc.contains("Không phát sinh"),
        "{doc}"
    );
    assert!(text::write(&summary, &frame(&office), Lang::Vi).contains("không phát sinh"));
}

#[test]
fn json_has_the_lines_that_scripts_rely_on() {
    let office = sample();
    let json = as_json::to_json(&office.week("2026-W21"), None, Lang::Vi);
    assert_eq!(
        json["period"],
        json!({"kind": "week", "iso": "2026-W21", "from": "2026-05-18", "to": "2026-05-24"})
    );
    assert_eq!(json["unit"], OFFICE);
    let line = |code: &str| {
        json["lines"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["code"] == code)
            .unwrap()
            .clone()
    };
    assert_eq!(line("COOPS_VISITED")["target"], json!({"low": 24, "high": null}));
    assert_eq!(line("BOOTHS_CONFIRMED")["target"], json!({"low": 12, "high": 15}));
    assert_eq!(line("VISITS")["target"], json!(null));
    assert_eq!(line("SUPPORT_GRANTED")["this"], 120_000_000);
    assert!(line("VISITS").get("closed_year").is_none());
}
