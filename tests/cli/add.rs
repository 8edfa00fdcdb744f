//! `add`: what is taken, what is refused, and that nothing of a refused request is written.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::json;

use crate::desk::{Desk, OFFICE};

#[test]
fn a_record_from_pairs_prints_its_id_and_stands_in_the_list() {
    let desk = Desk::new();
    let id = desk.cooperative("HTX Dược liệu An Khang");
    let list = desk.list("cooperative");
    assert_eq!(
        list,
        [json!({"id": id, "code": "HTX001", "kind": "HTX", "name": "HTX Dược liệu An Khang", "unit": OFFICE})]
    );
}

#[test]
fn pairs_take_all_that_the_form_takes() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let words = [
        "visit",
        "date=22/05/2026",
        "cooperative=htx001",
        "purposes=DANH_GIA,TU_VAN",
        "revenue=1,5 tr",
    ];
    desk.add(&[&words[..], &["finance_year=2025", "--warnings", "accept"]].concat());
    let visit = &desk.list("visit")[0];
    assert_eq!(visit["date"], "2026-05-22");
    assert_eq!(visit["purposes"], json!(["DANH_GIA", "TU_VAN"]));
    assert_eq!(visit["revenue"], 1_500_000);
}

#[test]
fn an_array_is_one_transaction_whose_records_see_each_other_in_order() {
    let desk = Desk::new();
    let people = json!([{"name": "Phạm Thị Hạnh", "code": "N1"}, {"name": "Đỗ Thu Hà", "code": "N2"}]);
    let done = desk.add_json("person", &people);
    assert_eq!(done.code, 0, "{}", done.err);
    let ids: Vec<&str> = done.out.lines().collect();
    let list = desk.list("person");
    assert_eq!(
        ids,
        list.iter()
            .map(|person| person["id"].as_str().unwrap())
            .collect::<Vec<_>>()
    );

    let chain = json!([
        {"kind": "THT", "name": "THT Nấm Đông Hải", "code": "T1"},
        {"kind": "HTX", "name": "HTX Nấm Đông Hải", "code": "H1", "predecessor": "T1"},
    ]);
    let done = desk.feed(
        &["add", "cooperative", "--json", "-", "--warnings", "accept"],
        chain.to_string(),
    );
    assert_eq!(done.code, 0, "{}", done.err);
    let founded = &desk.list_where("cooperative", &["--where", "code=H1"])[0];
    assert_eq!(founded["predecessor"].as_str(), done.out.lines().next());

    desk.ok(&["undo"]);
    assert!(
        desk.list("cooperative").is_empty(),
        "the array is taken back as a whole"
    );
}

#[test]
fn one_bad_record_keeps_the_whole_array_out_and_every_bad_one_is_named() {
    let desk = Desk::new();
    let array = json!([
        {"kind": "HTX", "name": "HTX Một"},
        {"kind": "HTX"},
        {"kind": "HTX", "name": "HTX Ba"},
        {"kind": "CTY", "name": "HTX Bốn", "colour": "xanh"},
        5,
    ]);
    let done = desk.add_json("cooperative", &array);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    let lines: Vec<&str> = done.err.lines().collect();
    assert!(lines[0].contains("bản ghi thứ 2, name"), "{}", done.err);
    assert!(
        lines
            .iter()
            .any(|line| line.contains("bản ghi thứ 4, kind") && line.contains("CTY")),
        "{}",
        done.err
    );
    assert!(
        lines.iter().any(|line| line.contains("bản ghi thứ 4, colour")),
        "{}",
        done.err
    );
    assert!(lines.iter().any(|line| line.contains("bản ghi thứ 5")), "{}", done.err);
    assert!(
        !done.err.contains("thứ 1,") && !done.err.contains("thứ 3,"),
        "{}",
        done.err
    );
    assert!(lines.last().unwrap().contains("Chưa ghi gì"), "{}", done.err);
    assert!(desk.list("cooperative").is_empty());
}

#[test]
fn what_is_wrong_is_refused_with_exit_1_and_nothing_is_written() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let gone = desk.cooperative("HTX Đã Xóa");
    desk.ok(&["delete", &gone]);
    let visit = |more: &[&str]| {
        let words = [
            "add",
            "visit",
            "date=2026-05-20",
            "cooperative=HTX001",
            "purposes=DANH_GIA",
        ];
        desk.refused(&[&words[..], more].concat())
    };
    assert!(visit(&["colour=xanh"]).contains("không có trường \"colour\""));
    assert!(visit(&["menbers=5"]).contains("members"), "a near name is offered");
    assert!(visit(&["members=20", "members_women=30"]).contains("members_women"));
    assert!(visit(&["date=2026-02-31"]).contains("date"));
    assert!(visit(&["date=31/02/2026"]).contains("date"));
    assert!(visit(&["purposes=KHONG_CO"]).contains("KHONG_CO"));
    assert!(visit(&["cooperative=HTX999"]).contains("HTX999"));
    assert!(visit(&[&format!("cooperative={gone}")]).contains("cooperative"));
    assert!(visit(&["unit=khong-co"]).contains("khong-co"));
    assert!(visit(&["members=-1"]).contains("members"));
    assert!(visit(&["members=nhiều"]).contains("members"));
    assert!(desk.refused(&["add", "visit", "date=2026-05-20"]).contains("purposes"));
    assert!(desk.refused(&["add", "visist"]).contains("visit"));
    assert!(desk.list("visit").is_empty() && desk.list("issue").is_empty());
}

#[test]
fn what_is_no_json_is_refused_with_its_line_and_column() {
    let desk = Desk::new();
    for (input, place) in [
        ("{\n  \"name\": \"A\",\n  kind: 1}", "dòng 3, cột 3"),
        ("", "dòng 1"),
        ("[{}", "dòng 1, cột 3"),
    ] {
        let done = desk.feed(&["add", "cooperative", "--json", "-"], input);
        assert_eq!((done.code, done.out.as_str()), (1, ""), "{input}");
        assert!(
            done.err.contains("không phải JSON") && done.err.contains(place),
            "{input}: {}",
            done.err
        );
    }
    let done = desk.feed(&["--lang", "en", "add", "cooperative", "--json", "-"], "{} {}");
    assert!(
        done.err
            .starts_with("The input is no JSON: trailing characters, at line 1, column 4"),
        "{}",
        done.err
    );
    assert!(
        desk.refused(&["add", "cooperative", "--json", "không-có.json"])
            .contains("không-có.json")
    );
}

#[test]
fn a_file_is_read_as_windows_writes_it() {
    let desk = Desk::new();
    let text = json!({"kind": "HTX", "name": "HTX Bún khô An Bài"}).to_string();
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let with_mark = format!("\u{feff}{}", text.replace("Bún", "Miến"));
    for (name, bytes) in [("utf16.json", utf16), ("utf8.json", with_mark.into_bytes())] {
        let path = desk.folder().join(name);
        std::fs::write(&path, bytes).unwrap();
        desk.ok(&["add", "cooperative", "--json", path.to_str().unwrap()]);
    }
    let names = desk.list("cooperative");
    assert_eq!(
        (&names[0]["name"], &names[1]["name"]),
        (&json!("HTX Bún khô An Bài"), &json!("HTX Miến khô An Bài"))
    );
}

#[test]
fn in_json_a_string_or_a_number_serves_text_and_number_fields_alike() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let visit = json!({"date": "2026-05-20", "cooperative": "HTX001", "purposes": "DANH_GIA", "members": "45",
        "members_women": 30, "advice": 2026, "next_visit": null, "findings": ""});
    let done = desk.add_json("visit", &visit);
    assert_eq!(done.code, 0, "{}", done.err);
    let visit = &desk.list("visit")[0];
    assert_eq!(
        (&visit["members"], &visit["members_women"], &visit["advice"]),
        (&json!(45), &json!(30), &json!("2026"))
    );
    assert!(
        visit.get("next_visit").is_none() && visit.get("findings").is_none(),
        "empty fields are left out"
    );
}

#[test]
fn doubts_are_all_listed_and_refused_until_they_are_accepted() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let visit = [
        "add",
        "visit",
        "date=2099-01-01",
        "cooperative=HTX001",
        "purposes=DANH_GIA",
        "capital=0",
    ];
    let said = desk.refused(&visit);
    assert!(
        said.contains("cảnh báo, date") && said.contains("cảnh báo, capital"),
        "{said}"
    );
    assert!(said.contains("--warnings accept"), "{said}");
    assert!(desk.list("visit").is_empty());
    desk.ok(&[&visit[..], &["--warnings", "accept"]].concat());
    assert_eq!(desk.list("visit").len(), 1);
    let id = desk.list("visit")[0]["id"].as_str().unwrap().to_string();
    desk.ok(&["edit", &id, "advice=Hướng dẫn hồ sơ vay"]);
}

#[test]
fn without_an_office_each_record_names_its_unit() {
    let desk = Desk::empty();
    let said = desk.refused(&["add", "cooperative", "kind=HTX", "name=HTX An Khang"]);
    assert!(said.contains("unit") && said.contains("setup"), "{said}");
    desk.ok(&[
        "add",
        "cooperative",
        "kind=HTX",
        "name=HTX An Khang",
        &format!("unit={OFFICE}"),
    ]);
    assert_eq!(desk.list("cooperative")[0]["unit"], OFFICE);
}

#[test]
fn the_ids_of_what_a_record_causes_are_not_printed() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let id = desk.add(&[
        "visit",
        "date=2026-05-20",
        "cooperative=HTX001",
        "purposes=DANH_GIA",
        "difficulties=VON,DAT_DAI_MAT_BANG",
    ]);
    let issues = desk.list("issue");
    assert_eq!(issues.len(), 2);
    assert!(issues.iter().all(|issue| issue["visit"].as_str() == Some(&id)));
}

#[test]
fn an_id_may_be_given_and_is_refused_where_it_is_taken() {
    let desk = Desk::new();
    let id = "01890000-0000-7000-8000-000000000001";
    let done = desk.add_json("cooperative", &json!({"id": id, "kind": "HTX", "name": "HTX An Khang"}));
    assert_eq!((done.code, done.out.trim()), (0, id), "{}", done.err);
    desk.ok(&["delete", id]);
    for name in ["HTX Khác", "HTX Khác nữa"] {
        let done = desk.add_json("cooperative", &json!({"id": id, "kind": "HTX", "name": name}));
        assert_eq!((done.code, done.out.as_str()), (1, ""));
        assert!(done.err.contains("id"), "{}", done.err);
    }
}

#[test]
fn a_stream_prints_an_id_a_line_and_goes_on_after_a_refused_one() {
    let desk = Desk::new();
    let lines = "{\"kind\":\"HTX\",\"name\":\"HTX Một\"}\r\n\
                 {\"kind\":\"HTX\"}\n\
                 không phải JSON\n\
                 \n\
                 {\"kind\":\"THT\",\"name\":\"THT Hai\",\"colour\":1}\n\
                 [{\"kind\":\"THT\",\"name\":\"THT Ba\"}]\n\
                 {\"kind\":\"THT\",\"name\":\"THT Bốn\"}";
    let done = desk.feed(&["add", "cooperative", "--stream"], lines);
    assert_eq!(done.code, 1);
    let saved = desk.list("cooperative");
    let ids: Vec<&str> = saved.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(done.out.lines().collect::<Vec<_>>(), ids);
    assert_eq!((ids.len(), &saved[1]["name"]), (2, &json!("THT Bốn")));
    for place in ["dòng 2", "dòng 3", "dòng 5", "dòng 6"] {
        assert!(done.err.contains(place), "{place}: {}", done.err);
    }
    assert!(
        !done.err.contains("dòng 1,") && !done.err.contains("dòng 4"),
        "{}",
        done.err
    );
    let clean = desk.feed(&["add", "person", "--stream"], "{\"name\":\"Phạm Thị Hạnh\"}\n");
    assert_eq!((clean.code, clean.out.lines().count(), clean.err.as_str()), (0, 1, ""));
}

#[test]
fn an_id_that_a_stream_has_printed_survives_the_program_being_killed() {
    let desk = Desk::new();
    let mut child = desk
        .command()
        .args(["add", "cooperative", "--stream"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut ids = Vec::new();
    for number in 0..3 {
        writeln!(input, "{}", json!({"kind": "HTX", "name": format!("HTX {number}")})).unwrap();
        // Answered while the stream is still open: each line by itself.
        ids.push(answers.next().unwrap().unwrap());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let saved = desk.list("cooperative");
    assert_eq!(
        saved
            .iter()
            .map(|record| record["id"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ids
    );
}

#[test]
fn an_empty_array_is_done_without_an_answer() {
    let desk = Desk::new();
    let done = desk.add_json("visit", &json!([]));
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
}
