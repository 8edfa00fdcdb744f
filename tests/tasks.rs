//! The officer's daily tasks, from the home screen over the demo office, in Telex: the keys of `tests/tasks/*.txt` are
//! pressed and counted one by one, and what they did is read from the saved records or the file that was written.

#[path = "support/demo.rs"]
mod demo;
#[path = "support/script.rs"]
mod script;

use chrono::{Days, NaiveDate};
use demo::{add, at_home, today};
use script::{Stroke, strokes};
use serde_json::json;
use sohoi::domain::catalog;
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::store::{Order, Read, Store};
use sohoi::ui::harness::Harness;
use std::sync::Arc;

/// A task: its keys, and how many they may be.
struct Task {
    name: &'static str,
    keys: &'static str,
    budget: usize,
}

const VISIT: Task = Task {
    name: "T1",
    keys: include_str!("tasks/t1_visit.txt"),
    budget: 75,
};
const ATTENDANCE: Task = Task {
    name: "T2",
    keys: include_str!("tasks/t2_attendance.txt"),
    budget: 15,
};
const BOOTHS: Task = Task {
    name: "T3",
    keys: include_str!("tasks/t3_booths.txt"),
    budget: 160,
};
const STATUS_BY_CODE: Task = Task {
    name: "T4",
    keys: include_str!("tasks/t4_code.txt"),
    budget: 5,
};
const STATUS_BY_NAME: Task = Task {
    name: "T4b",
    keys: include_str!("tasks/t4b_name.txt"),
    budget: 6,
};
const EXPORT: Task = Task {
    name: "T5",
    keys: include_str!("tasks/t5_export.txt"),
    budget: 3,
};

/// Does a task from the home screen, as long as it keeps to its budget.
fn done(task: &Task, store: &Arc<Store>) -> Harness {
    assert_eq!(store.settings().typing.method, "telex");
    let strokes = strokes(task.keys);
    println!("{}: {} keys of {}", task.name, strokes.len(), task.budget);
    assert!(
        strokes.len() <= task.budget,
        "{}: {} keys of {}",
        task.name,
        strokes.len(),
        task.budget
    );
    let mut harness = at_home(store);
    for stroke in strokes {
        match stroke {
            Stroke::Key(key) => harness.keys(key),
            Stroke::Letter(letter) => harness.typed(&letter.to_string()),
        };
    }
    harness.settle();
    harness
}

/// All records of a kind that name another.
fn of(store: &Store, whole: Id, kind: &'static str, field: &'static str) -> Vec<Entry> {
    let reader = store.reader();
    let items = reader.refers(whole, kind, field, Order::Forward);
    items
        .map(|item| {
            let id = item.expect("readable").id;
            reader.get(kind, id).expect("readable").expect("there")
        })
        .collect()
}

fn cooperative(store: &Store, code: &str) -> Entry {
    let reader = store.reader();
    let mut all = reader.scan("cooperative").map(|entry| entry.expect("readable"));
    all.find(|entry| entry.text("code") == Some(code)).expect("demo has it")
}

#[test]
fn a_visit_of_ten_fields() {
    let store = demo::store();
    let seven = cooperative(&store, "HTX007").id;
    let before = of(&store, seven, "visit", "cooperative").len();
    let harness = done(&VISIT, &store);
    let mut visits = of(&store, seven, "visit", "cooperative");
    assert_eq!(visits.len(), before + 1, "{}", harness.text());
    visits.sort_by_key(|visit| visit.id);
    let saved = visits.pop().expect("the new one");
    let json = |key: &str| saved.get(key).map_or(json!(null), |value| value.to_json());
    let officers: Vec<Id> = saved.field("officers");
    let officer = store.reader().get("person", officers[0]).expect("readable");
    assert_eq!(
        officer.expect("there").text("name"),
        store.settings().office.officer.as_deref()
    );
    for (key, wanted) in [
        ("date", json!("2026-05-22")),
        ("purposes", json!(["DANH_GIA"])),
        ("status", json!("DANG_HOAT_DONG")),
        ("members", json!(45)),
        ("members_women", json!(30)),
        ("difficulties", json!(["VON"])),
        ("difficulty_text", json!(["thiếu vốn lưu động"])),
        ("advice", json!("hướng dẫn hồ sơ vay")),
        ("next_visit", json!("2026-06-05")),
    ] {
        assert_eq!(json(key), wanted, "{key}");
    }
}

#[test]
fn attendance_of_thirty_invited_with_three_absent() {
    let store = demo::store();
    let people: Vec<Id> = store.reader().ids("person").take(30).map(Result::unwrap).collect();
    assert_eq!(people.len(), 30);
    let session = json!({"title": "Quản trị HTX", "topics": ["QUAN_TRI"], "from": today().to_string()});
    let training = add(&store, "training", &session);
    for person in &people {
        let row = json!({"training": training.to_string(), "person": person.to_string(), "state": "DANG_KY"});
        add(&store, "attendance", &row);
    }
    let harness = done(&ATTENDANCE, &store);
    let saved = of(&store, training, "attendance", "training");
    assert_eq!(saved.len(), 30, "{}", harness.text());
    for (place, person) in (1..).zip(&people) {
        let row = saved.iter().find(|row| row.reference("person") == Some(*person));
        let wanted = if [4, 11, 25].contains(&place) { "VANG" } else { "CO_MAT" };
        assert_eq!(
            row.and_then(|row| row.text("state")),
            Some(wanted),
            "number {place}:\n{}",
            harness.text()
        );
    }
}

#[test]
fn twelve_booths_of_four_columns() {
    let store = demo::store();
    let ahead = today() + Days::new(200);
    let fair = json!({"title": "Hội chợ Tết", "kind": "HOI_CHO", "from": ahead.to_string(), "planned_booths": 12});
    let fair = add(&store, "fair", &fair);
    let harness = done(&BOOTHS, &store);
    let mut rows = of(&store, fair, "booth", "fair");
    let number = |row: &Entry| row.text("number").and_then(|text| text.parse::<usize>().ok());
    rows.sort_by_key(number);
    let found: Vec<(usize, String, String, String)> = rows
        .iter()
        .map(|row| {
            let exhibitor = row.reference("exhibitor").expect("a cooperative was chosen");
            let exhibitor = store.reader().get("cooperative", exhibitor).expect("readable");
            let code = exhibitor.and_then(|exhibitor| exhibitor.text("code").map(str::to_owned));
            let number = code.and_then(|code| code[3..].parse().ok());
            let text = |key: &str| row.text(key).unwrap_or("-").to_owned();
            let groups: Vec<String> = row.field("categories");
            (
                number.expect("a code"),
                groups.concat(),
                text("ocop_star"),
                text("state"),
            )
        })
        .collect();
    let (nu, lap, ocop, manh, kn) = ("HTX_NU", "HTX_THT_HOI", "OCOP", "THE_MANH", "KHOI_NGHIEP");
    let (registered, confirmed) = ("DANG_KY", "XAC_NHAN");
    // `2` in the state column confirms; where Enter passed it by, the new row is registered.
    let wanted = [
        (1, nu, "4", registered),
        (2, nu, "3", confirmed),
        (3, ocop, "5", registered),
        (4, nu, "-", registered),
        (5, lap, "0", confirmed),
        (6, nu, "3", registered),
        (7, nu, "4", confirmed),
        (8, kn, "0", registered),
        (9, nu, "3", confirmed),
        (10, manh, "-", registered),
        (11, nu, "4", confirmed),
        (12, ocop, "3", confirmed),
    ];
    let wanted =
        wanted.map(|(number, group, star, state)| (number, group.to_owned(), star.to_owned(), state.to_owned()));
    assert_eq!(found, wanted, "{}", harness.text());
}

/// The card of a cooperative stands on the screen with the status and the members last measured.
fn shows_the_card(harness: &Harness, store: &Store, code: &str) {
    let cooperative = cooperative(store, code);
    let visits = of(store, cooperative.id, "visit", "cooperative");
    let measured = of(store, cooperative.id, "measurement", "cooperative");
    let latest = |key: &str| {
        let all = visits.iter().chain(&measured);
        let known = all.filter_map(|entry| Some((entry.date("date").or(entry.date("as_of"))?, entry.get(key)?)));
        let last = known.max_by_key(|(day, _)| *day).expect("it was measured");
        last.1.to_json()
    };
    let status = latest("status");
    let label = catalog::list("htx_status").and_then(|list| list.get(status.as_str()?));
    let label = label.expect("a code of the list").label.vi.to_uppercase();
    let name = cooperative.text("name").expect("named").to_uppercase();
    let text = harness.text();
    let card: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once('│'))
        .map(|(_, card)| card)
        .collect();
    assert!(card[0].contains(&name) && card[0].contains(code), "{text}");
    assert!(card[1].contains(&label), "{label}:\n{text}");
    let members = format!("Thành viên {}", latest("members"));
    let spaced = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        card.iter().any(|line| spaced(line).starts_with(&members)),
        "{members}:\n{text}"
    );
}

#[test]
fn the_status_of_a_cooperative_by_its_code() {
    let store = demo::store();
    let harness = done(&STATUS_BY_CODE, &store);
    shows_the_card(&harness, &store, "HTX007");
}

#[test]
fn the_status_of_a_cooperative_by_its_name_without_tone_marks() {
    let store = demo::store();
    let harness = done(&STATUS_BY_NAME, &store);
    shows_the_card(&harness, &store, "HTX028");
}

#[test]
fn the_export_of_this_weeks_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    std::env::set_current_dir(folder.path()).expect("it is there");
    let store = demo::store();
    let harness = done(&EXPORT, &store);
    let files = std::fs::read_dir(folder.path()).expect("it is there");
    let files: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    assert_eq!(files.len(), 1, "{files:?}\n{}", harness.text());
    let file = std::fs::File::open(&files[0]).expect("it is there");
    let mut archive = zip::ZipArchive::new(file).expect("a document is a zip");
    let document = archive.by_name("word/document.xml").expect("its text");
    let document = std::io::read_to_string(document).expect("readable");
    let paragraphs: Vec<&str> = document.split("</w:p>").collect();
    let text: Vec<String> = paragraphs.iter().map(|paragraph| plain(paragraph)).collect();
    assert!(text.iter().any(|line| line == "BÁO CÁO TUẦN 21"), "{text:#?}");
    assert!(text.iter().any(|line| line.starts_with("(từ 18/5/2026 đến 24/5/2026;")));
    let week = NaiveDate::from_ymd_opt(2026, 5, 18);
    let reader = store.reader();
    let visits = reader.dated("visit", "date", week, Some(today()), Order::Forward);
    let visits = visits.map(|item| reader.get("visit", item.expect("readable").id));
    let visits = visits.map(|visit| visit.expect("readable").expect("there"));
    let at_place = visits.filter(|visit| visit.text("mode") != Some("DIEN_THOAI")).count();
    let label = text
        .iter()
        .position(|line| line.starts_with("Lượt thăm"))
        .expect("a line of visits");
    assert_eq!(text[label + 1], at_place.to_string());
}

/// The text of a paragraph of a document.
fn plain(paragraph: &str) -> String {
    let parts = paragraph.split('<').skip(1);
    parts
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text)
        .collect()
}
