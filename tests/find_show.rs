//! `find` and `show` as scripts use them: the real program over a data folder.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

fn sohoi(data: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sohoi"));
    program
        .arg("--data")
        .arg(data)
        .args(words)
        .output()
        .expect("the program runs")
}

/// The answer of a request that is met.
fn answer(data: &Path, words: &[&str]) -> String {
    let output = sohoi(data, words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {told}");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

fn json(data: &Path, words: &[&str]) -> Json {
    serde_json::from_str(&answer(data, words)).expect("JSON")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    answer(folder.path(), &["setup", "--unit", "C12472-B", "--officer", "Hằng"]);
    let name = "name=HTX Dược liệu An Khang";
    answer(
        folder.path(),
        &["add", "cooperative", "kind=HTX", name, "registered_on=2020-03-01"],
    );
    folder
}

#[test]
fn find_answers_in_json_with_the_name_as_stored_and_with_nothing_where_nothing_is() {
    let folder = folder();
    let data = folder.path();
    let hits = json(data, &["find", "duoc lieu", "--json"]);
    let hit = hits[0].as_object().expect("an object");
    let keys: Vec<&str> = hit.keys().map(String::as_str).collect();
    assert_eq!(keys, ["kind", "id", "code", "title", "detail"]);
    assert_eq!(
        (&hit["kind"], &hit["code"]),
        (&Json::from("cooperative"), &Json::from("HTX001"))
    );
    assert_eq!(hit["title"], "HTX Dược liệu An Khang");
    assert_eq!(json(data, &["find", "khong co ai", "--json"]), serde_json::json!([]));
    assert_eq!(
        json(data, &["find", "an khang", "--kind", "person", "--json"]),
        serde_json::json!([])
    );
    assert!(answer(data, &["find", "an", "khang"]).contains("HTX Dược liệu An Khang"));
    assert_eq!(sohoi(data, &["find", "an", "--kind", "nothing"]).status.code(), Some(1));
}

#[test]
fn find_looks_in_notes_but_not_in_those_of_people() {
    let folder = folder();
    let data = folder.path();
    let visit = [
        "add",
        "visit",
        "cooperative=HTX001",
        "date=2026-05-22",
        "purposes=DANH_GIA",
        "advice=Thuê kho lạnh",
    ];
    let id = answer(data, &visit);
    answer(
        data,
        &["add", "person", "name=Phạm Thị Hạnh", "gender=NU", "note=bị bệnh hen"],
    );
    for words in [
        &["find", "kho lanh", "--json"][..],
        &["find", "=kho lạnh", "--json"],
        &["find", "kho", "--kind", "visit", "--json"],
    ] {
        assert_eq!(json(data, words)[0]["id"], id.as_str(), "{words:?}");
    }
    assert_eq!(json(data, &["find", "=benh hen", "--json"]), serde_json::json!([]));
}

#[test]
fn show_gives_each_figure_with_its_day_and_source() {
    let folder = folder();
    let data = folder.path();
    let visit = [
        "add",
        "visit",
        "cooperative=HTX001",
        "date=2026-05-22",
        "purposes=DANH_GIA",
        "workers=38",
        "workers_women=27",
    ];
    answer(
        data,
        &[
            &visit[..],
            &["status=TAM_NGUNG", "difficulties=VON", "next_visit=2026-06-05"],
        ]
        .concat(),
    );
    let figures = [
        "add",
        "measurement",
        "cooperative=HTX001",
        "date=2026-05-01",
        "members=45",
        "workers=42",
        "--warnings",
        "accept",
    ];
    answer(data, &figures);
    let shown = json(data, &["show", "htx001", "--json"]);
    let figure = |key: &str| shown["status"][key].clone();
    assert_eq!(
        figure("workers"),
        serde_json::json!({"value": 38, "on": "2026-05-22", "source": "visit"})
    );
    assert_eq!(
        figure("members"),
        serde_json::json!({"value": 45, "on": "2026-05-01", "source": "measurement"})
    );
    assert_eq!(figure("status")["value"], "TAM_NGUNG");
    assert_eq!(
        (&shown["women_share"], &shown["eligible"]),
        (&Json::from(71.1), &Json::from(true))
    );
    assert_eq!(
        (&shown["last_visit"], &shown["next_visit"]),
        (&Json::from("2026-05-22"), &Json::from("2026-06-05"))
    );
    assert_eq!(shown["open_issues"][0]["difficulty"], "VON");
    assert_eq!(shown["cooperative"]["name"], "HTX Dược liệu An Khang");
    for list in ["managers", "trainings", "booths", "supports", "products"] {
        assert_eq!(shown[list], serde_json::json!([]), "{list}");
    }
    let card = answer(data, &["show", "HTX001"]);
    assert!(
        card.starts_with("HTX DƯỢC LIỆU AN KHANG (HTX001)") && card.contains("TẠM NGỪNG"),
        "{card}"
    );
    assert!(answer(data, &["--lang", "en", "show", "HTX001"]).contains("SUSPENDED"));
}
