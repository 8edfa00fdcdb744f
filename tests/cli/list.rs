//! `list` and `show`.

use serde_json::json;

use crate::desk::{Desk, OFFICE};

fn with_visits() -> Desk {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    desk.cooperative("HTX Đông Hải");
    for (date, code, purpose) in [
        ("2026-05-20", "HTX002", "DANH_GIA"),
        ("2026-05-18", "HTX001", "TU_VAN"),
        ("2026-05-22", "HTX001", "DANH_GIA"),
    ] {
        let (date, code) = (format!("date={date}"), format!("cooperative={code}"));
        desk.add(&[
            "visit",
            &date,
            &code,
            &format!("purposes={purpose},KHAO_SAT"),
            "--warnings",
            "accept",
        ]);
    }
    desk
}

fn dates(desk: &Desk, words: &[&str]) -> Vec<String> {
    let visits = desk.list_where("visit", words);
    visits
        .iter()
        .map(|visit| visit["date"].as_str().unwrap()[8..].to_string())
        .collect()
}

#[test]
fn records_are_found_by_value_by_reference_and_by_day() {
    let desk = with_visits();
    assert_eq!(dates(&desk, &[]), ["20", "18", "22"], "in the order of entry");
    assert_eq!(dates(&desk, &["--where", "cooperative=HTX001"]), ["18", "22"]);
    assert_eq!(dates(&desk, &["--where", "purposes=DANH_GIA"]), ["20", "22"]);
    assert_eq!(dates(&desk, &["--where", "purposes=KHAO_SAT,TU_VAN"]), ["18"]);
    assert_eq!(
        dates(
            &desk,
            &["--where", "purposes=DANH_GIA", "--where", "cooperative=htx001"]
        ),
        ["22"]
    );
    assert_eq!(dates(&desk, &["--where", "date=20/05/2026"]), ["20"]);
    assert_eq!(dates(&desk, &["--where", "next_visit="]), ["20", "18", "22"]);
    assert_eq!(dates(&desk, &["--where", "advice=x"]), Vec::<String>::new());
    assert_eq!(dates(&desk, &["--from", "2026-05-19"]), ["20", "22"]);
    assert_eq!(
        dates(&desk, &["--from", "18/05/2026", "--to", "2026-05-20"]),
        ["20", "18"],
        "both days included"
    );
    assert_eq!(
        dates(&desk, &["--where", "cooperative=HTX001", "--to", "2026-05-20"]),
        ["18"]
    );
    let id = desk.list("visit")[1]["id"].as_str().unwrap().to_string();
    assert_eq!(dates(&desk, &["--where", &format!("id={id}")]), ["18"]);
}

#[test]
fn records_are_sorted_by_a_field_forwards_or_backwards() {
    let desk = with_visits();
    assert_eq!(dates(&desk, &["--sort", "date"]), ["18", "20", "22"]);
    assert_eq!(dates(&desk, &["--sort", "-date"]), ["22", "20", "18"]);
    for name in ["Đỗ Thu Hà", "Nguyễn Thị Ánh", "Phạm Thị Hạnh", "Lê Văn Đức"] {
        desk.add(&["person", &format!("name={name}")]);
    }
    let people = desk.list_where("person", &["--sort", "name"]);
    let names: Vec<&str> = people.iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["Nguyễn Thị Ánh", "Lê Văn Đức", "Đỗ Thu Hà", "Phạm Thị Hạnh"],
        "by given name"
    );
}

#[test]
fn a_question_that_names_nothing_known_is_refused() {
    let desk = with_visits();
    for words in [
        &["list", "visits"][..],
        &["list", "visit", "--where", "colour=xanh"],
        &["list", "visit", "--where", "purposes=XANH"],
        &["list", "visit", "--where", "cooperative=HTX999"],
        &[
            "list",
            "visit",
            "--where",
            "cooperative=01890000-0000-7000-8000-000000000001",
        ],
        &["list", "visit", "--where", "unit=khong-co"],
        &["list", "visit", "--sort", "colour"],
        &["list", "visit", "--from", "2026-02-31"],
        &["list", "cooperative", "--from", "2026-01-01"],
        &["show", "HTX999"],
        &["show", "01890000-0000-7000-8000-000000000001"],
    ] {
        desk.refused(words);
    }
}

#[test]
fn json_leaves_out_the_kind_and_writes_references_as_ids() {
    let desk = with_visits();
    let visit = &desk.list("visit")[0];
    let cooperative = &desk.list("cooperative")[1];
    assert_eq!(visit["cooperative"], cooperative["id"]);
    assert_eq!(visit["unit"], OFFICE);
    assert!(
        visit.get("kind").is_none() && visit.get("_accepted").is_none(),
        "{visit}"
    );
    assert_eq!(cooperative["kind"], "HTX", "a field of that name is the record's own");
    let keys: Vec<&String> = cooperative.as_object().unwrap().keys().collect();
    assert_eq!(keys[..2], ["id", "code"]);
    assert_eq!(desk.list("fair"), Vec::<serde_json::Value>::new());
    assert_eq!(desk.ok(&["list", "fair", "--format", "json"]), "[]\n");
}

#[test]
fn the_table_speaks_the_language_asked_for_and_names_what_is_referred_to() {
    let desk = with_visits();
    let table = desk.ok(&["list", "visit"]);
    let first = table.lines().next().unwrap();
    assert!(first.starts_with("Ngày thăm") && first.ends_with("Id"), "{first}");
    assert!(
        table.contains("20/05/2026") && table.contains("HTX Đông Hải"),
        "{table}"
    );
    assert!(desk.ok(&["--lang", "en", "list", "visit"]).starts_with("Date of visit"));
    desk.ok(&["delete", "HTX002"]);
    assert!(desk.ok(&["list", "visit"]).contains("(đã xóa)"));
    let none = desk.run(&["list", "fair"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("không có bản ghi nào"), "{}", none.err);
}

#[test]
fn csv_has_the_keys_as_headings_and_the_values_as_in_json() {
    let desk = Desk::new();
    desk.add(&[
        "cooperative",
        "kind=HTX",
        "name=HTX \"Một, Hai\"",
        "note=-5",
        "sectors=TRONG_TROT",
    ]);
    let csv = desk.ok(&["list", "cooperative", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let headings = rows.headers().unwrap().clone();
    assert_eq!((&headings[0], &headings[1]), ("id", "code"));
    let row = rows.records().next().unwrap().unwrap();
    let at = |key: &str| &row[headings.iter().position(|heading| heading == key).unwrap()];
    assert_eq!(
        (at("code"), at("name"), at("note")),
        ("HTX001", "HTX \"Một, Hai\"", "'-5"),
        "no formula for a sheet"
    );
}

#[test]
fn list_unit_shows_the_offices_own_units_alone() {
    let desk = Desk::new();
    assert!(desk.list("unit").is_empty());
    desk.add(&[
        "unit",
        "uid=CH-QP-03",
        "name=Chi hội thôn 3",
        "level=CHI_HOI",
        &format!("parent={OFFICE}"),
    ]);
    let units = desk.list("unit");
    assert_eq!(
        (units.len(), &units[0]["uid"], &units[0]["parent"]),
        (1, &json!("CH-QP-03"), &json!(OFFICE))
    );
    desk.add(&["person", "name=Phạm Thị Hạnh", "unit=CH-QP-03"]);
    assert_eq!(desk.list_where("person", &["--where", "unit=CH-QP-03"]).len(), 1);
}

#[test]
fn show_gives_one_record_by_id_as_list_does() {
    let desk = with_visits();
    let visit = desk.list("visit").remove(0);
    let id = visit["id"].as_str().unwrap();
    let shown: serde_json::Value = serde_json::from_str(&desk.ok(&["show", id, "--json"])).unwrap();
    assert_eq!(shown, visit);
    let words = desk.ok(&["show", id]);
    assert!(
        words.contains("Ngày thăm: 20/05/2026") && words.contains("HTX Đông Hải"),
        "{words}"
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::Stdio;
    let desk = Desk::new();
    let many: Vec<_> = (0..400)
        .map(|n| json!({"name": format!("Người {n}"), "note": "x".repeat(500)}))
        .collect();
    let done = desk.feed(
        &["add", "person", "--json", "-", "--warnings", "accept"],
        json!(many).to_string(),
    );
    assert_eq!(done.code, 0, "{}", done.err);
    for format in ["json", "table", "csv"] {
        let words = ["list", "person", "--format", format];
        let mut child = desk
            .command()
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{format}"
        );
    }
}
