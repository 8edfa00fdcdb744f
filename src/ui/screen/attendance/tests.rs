//! The grid as it is worked: before, keys, after, read from the store.

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::settings::Settings;
use crate::store::{Read, Store, Warnings};
use crate::ui::grid::attendance::sheet::entries;
use crate::ui::harness::Harness;
use crate::ui::screen::grid::testing::{self, add, begin, with};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A store with a session of so many invited, half of them of a cooperative.
struct Office {
    store: Arc<Store>,
    training: Id,
    people: Vec<Id>,
}

const NAMES: [&str; 8] = [
    "Phạm Thị Hạnh",
    "Đỗ Thu Hà",
    "Bùi Thị Mến",
    "Nguyễn Thị Đào",
    "Trần Thị Bích Ngọc",
    "Vũ Thị Lụa",
    "Hoàng Văn Nam",
    "Lê Thị Thu",
];

impl Office {
    fn new(invited: usize, session: Json) -> Office {
        let store = Arc::new(Store::memory());
        begin(&store);
        let htx = add(
            &store,
            "cooperative",
            json!({"kind": "HTX", "name": "HTX Dược liệu An Khang"}),
        );
        let mut people = Vec::new();
        for at in 0..invited.max(NAMES.len()) {
            let name = match NAMES.get(at) {
                Some(name) => (*name).to_owned(),
                None => format!(
                    "Nguyễn Thị {}",
                    ["Mai", "Lan", "Cúc", "Huệ", "Nga", "Thủy", "Yến"][at % 7]
                ),
            };
            let gender = if name.contains("Văn") { "NAM" } else { "NU" };
            let person = add(
                &store,
                "person",
                json!({"name": name, "gender": gender, "phone": format!("09123{at:05}")}),
            );
            if at % 2 == 0 {
                let role = if at == 0 { "GD" } else { "THANH_VIEN" };
                add(
                    &store,
                    "role",
                    json!({"person": person.to_string(), "cooperative": htx.to_string(), "role": role, "from": "2024"}),
                );
            }
            people.push(person);
        }
        let usual = json!({"title": "Quản trị HTX cho nữ quản lý", "topics": ["QUAN_TRI"], "from": "2026-05-21"});
        let training = add(&store, "training", with(usual, session));
        for person in people.iter().take(invited) {
            add(
                &store,
                "attendance",
                json!({"training": training.to_string(), "person": person.to_string(), "state": "DANG_KY"}),
            );
        }
        Office {
            store,
            training,
            people,
        }
    }

    fn open(&self) -> Harness {
        self.open_at((80, 24))
    }

    fn open_at(&self, size: (u16, u16)) -> Harness {
        testing::open(&super::GROUND, super::body(), self.training, &self.store, size)
    }

    fn rows(&self) -> Vec<Entry> {
        entries(&self.store.reader(), self.training).unwrap()
    }

    /// Present `+`, absent `-`, registered `.`, completed `*`, a row each.
    fn states(&self) -> String {
        let sign = |entry: &Entry| match entry.text("state") {
            Some("CO_MAT") => '+',
            Some("VANG") => '-',
            Some("HOAN_THANH") => '*',
            _ => '.',
        };
        self.rows().iter().map(sign).collect()
    }
}

/// Of so many invited, after these keys and a save, the states are these.
fn after(invited: usize, keys: &str) -> String {
    let office = Office::new(invited, json!({}));
    office.open().keys(keys).keys("ctrl-s");
    office.states()
}

#[test]
fn everybody_is_present_but_for_the_numbers() {
    for (invited, keys, states) in [
        (5, "alt-a", "+++++"),
        (5, "alt-n", "-----"),
        (5, "alt-a 2 enter", "+-+++"),
        (5, "alt-a 2,4 enter", "+-+-+"),
        (5, "alt-a 2-4 enter", "+---+"),
        (5, "alt-n 1 enter", "+----"),
        (5, "2 enter", ".-..."),
        (5, "alt-a 9 enter", "....."),
        (5, "alt-a 2 enter ctrl-z", "+++++"),
        (5, "alt-a 2 enter ctrl-z ctrl-y", "+-+++"),
        (5, "alt-a ctrl-z", "....."),
        (5, "ctrl-t ctrl-t down ctrl-t", "++.+."),
        (5, "alt-a up ctrl-t", "-++++"),
        (5, "alt-a alt-delete", "++++"),
        (5, "alt-a alt-delete ctrl-z", "+++++"),
        (5, "f5", "+...."),
        (5, "f5 f5", "*...."),
        (5, "f5 f5 f5", "-...."),
        (5, "alt-a 3 enter ctrl-d", "++---"),
        (5, "f5 ctrl-d", "+++++"),
    ] {
        assert_eq!(after(invited, keys), states, "{keys}");
    }
}

#[test]
fn thirty_invited_three_absent_saved_takes_nine_keys_in_the_grid() {
    let office = Office::new(30, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a").typed("4 11 25").keys("ctrl-s");
    let absent: Vec<usize> = office
        .states()
        .char_indices()
        .filter(|(_, c)| *c == '-')
        .map(|(at, _)| at + 1)
        .collect();
    assert_eq!(absent, [4, 11, 25]);
    assert_eq!(office.states().matches('+').count(), 27);
    assert!(
        harness.text().contains("Đã lưu 30 dòng điểm danh: có mặt 27/30."),
        "{}",
        harness.text()
    );
    assert!(!harness.text().contains("chưa lưu"));
}

#[test]
fn one_save_is_one_transaction_that_one_undo_takes_back() {
    let office = Office::new(5, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a ctrl-s");
    assert_eq!(office.states(), "+++++");
    harness.keys("ctrl-z");
    assert_eq!(office.states(), ".....");
    assert!(harness.text().contains("chưa điểm danh 5"), "{}", harness.text());
}

#[test]
fn a_number_that_is_not_on_the_list_holds_and_nothing_is_saved() {
    let office = Office::new(5, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a").typed("4 11").keys("ctrl-s");
    assert!(harness.text().contains("Không có số 11"), "{}", harness.text());
    assert_eq!(office.states(), ".....");
    harness.keys("backspace backspace ctrl-s");
    assert_eq!(office.states(), "+++-+");
}

#[test]
fn the_rows_named_are_shown_before_enter() {
    let office = Office::new(8, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a").typed("4 7");
    let text = harness.text();
    assert!(text.contains("4 Nguyễn Thị Đào, 7 Hoàng Văn Nam"), "{text}");
    assert_eq!(text.matches("vắng?").count(), 2, "{text}");
    assert!(text.contains("Có mặt 8/8 · nữ 7"), "{text}");
}

#[test]
fn somebody_on_record_who_came_by_is_found_by_name_or_telephone() {
    for typed in ["thi thu", "le thi thu", "N0008", "0912300007"] {
        let office = Office::new(3, json!({}));
        office.open().typed(typed).keys("enter ctrl-s");
        let rows = office.rows();
        assert_eq!(rows.len(), 4, "{typed}");
        assert_eq!(rows[3].reference("person"), Some(office.people[7]), "{typed}");
        assert_eq!(rows[3].text("state"), Some("CO_MAT"));
    }
}

#[test]
fn kind_and_cooperative_of_who_came_by_follow_from_the_role_on_that_day() {
    let office = Office::new(0, json!({}));
    office
        .open()
        .typed("hanh")
        .keys("enter")
        .typed("men")
        .keys("enter")
        .typed("do thu ha")
        .keys("enter ctrl-s");
    let rows = office.rows();
    let kinds: Vec<Option<&str>> = rows.iter().map(|row| row.text("kind")).collect();
    assert_eq!(kinds, [Some("QL_HTX"), Some("TV_HTX"), None]);
    assert!(rows[0].reference("cooperative").is_some() && rows[2].reference("cooperative").is_none());
}

#[test]
fn somebody_unknown_is_recorded_by_name_and_sex_in_vietnamese() {
    let office = Office::new(2, json!({}));
    let mut harness = office.open();
    harness.typed("nguyeenx vawn khoas").keys("enter");
    assert!(
        harness.text().contains("3 Nguyễn Văn Khóa (nam): có mặt."),
        "{}",
        harness.text()
    );
    harness.keys("ctrl-s");
    let row = &office.rows()[2];
    assert_eq!(
        (row.text("name"), row.text("gender")),
        (Some("Nguyễn Văn Khóa"), Some("NAM"))
    );
    assert_eq!(row.reference("person"), None);
}

#[test]
fn one_key_puts_somebody_unknown_on_record_with_the_list() {
    let office = Office::new(1, json!({}));
    office.open().typed("ddinhj thij sen 0987654321").keys("ctrl-n ctrl-s");
    let row = &office.rows()[1];
    let person = row.reference("person").unwrap();
    let person = office.store.reader().get("person", person).unwrap().unwrap();
    assert_eq!(person.text("name"), Some("Định Thị Sen"));
    assert_eq!(
        (person.text("gender"), person.text("phone")),
        (Some("NU"), Some("0987654321"))
    );
}

#[test]
fn a_name_on_the_list_does_what_its_number_would() {
    assert_eq!(after(5, "alt-a h a n h enter"), "-++++");
    assert_eq!(after(5, "alt-n h a n h enter"), "+----");
}

#[test]
fn a_namesake_is_put_on_the_list_by_going_down_to_the_name_alone() {
    let office = Office::new(0, json!({}));
    let mut harness = office.open();
    harness.typed("do thu ha");
    assert!(
        harness.text().contains("▶ Đỗ Thu Hà") && harness.text().contains("+ Do Thu Ha"),
        "{}",
        harness.text()
    );
    harness.keys("down enter ctrl-s");
    assert_eq!(office.rows()[0].text("name"), Some("Do Thu Ha"));
}

#[test]
fn a_list_is_copied_from_an_earlier_session_or_a_cooperative() {
    let office = Office::new(8, json!({}));
    let next = add(
        &office.store,
        "training",
        json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-22"}),
    );
    let office = Office {
        training: next,
        ..office
    };
    let mut harness = office.open();
    harness.keys("alt-l");
    assert!(
        harness.text().contains("Quản trị HTX cho nữ quản lý"),
        "{}",
        harness.text()
    );
    harness.keys("enter alt-a").typed("4").keys("ctrl-s");
    assert_eq!(office.states(), "+++-++++");
    harness.keys("alt-l").typed("an khang").keys("enter");
    assert!(
        harness.text().contains("Thêm 0 người") && harness.text().contains("4 người đã có sẵn"),
        "{}",
        harness.text()
    );
}

#[test]
fn who_is_added_to_a_session_that_lies_ahead_is_registered() {
    let office = Office::new(0, json!({"from": "2026-06-20"}));
    office.open().typed("hanh").keys("enter ctrl-s");
    assert_eq!(office.states(), ".");
}

#[test]
fn several_days_are_marked_one_by_one_or_all_together() {
    let office = Office::new(3, json!({"to": "2026-05-23"}));
    let mut harness = office.open();
    harness
        .keys("alt-a right")
        .typed("2")
        .keys("enter right")
        .typed("2 3")
        .keys("enter ctrl-s");
    let days: Vec<Vec<bool>> = office.rows().iter().map(|row| row.field("days")).collect();
    assert_eq!(
        days,
        [
            vec![true, true, true],
            vec![false, false, true],
            vec![true, false, true]
        ]
    );
    assert_eq!(office.states(), "+++");
    assert!(harness.text().contains("từng ngày 2 1 3"), "{}", harness.text());
    harness.keys("left left").typed("2").keys("ctrl-s");
    assert_eq!(office.states(), "+-+");
}

#[test]
fn certificates_are_numbered_by_series_for_those_present() {
    let office = Office::new(5, json!({}));
    let mut harness = office.open();
    harness
        .keys("alt-a")
        .typed("3")
        .keys("enter home tab tab")
        .typed("009/2026")
        .keys("alt-u ctrl-s");
    let numbers: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate_no")).collect();
    let number = |text: &str| Some(text.to_owned());
    assert_eq!(
        numbers,
        [
            number("009/2026"),
            number("010/2026"),
            None,
            number("011/2026"),
            number("012/2026")
        ]
    );
    let certificates: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate")).collect();
    assert_eq!(
        certificates
            .iter()
            .flatten()
            .filter(|code| *code == "GIAY_CHUNG_NHAN")
            .count(),
        4
    );
    assert_eq!(certificates[2].as_deref(), Some("KHONG"));
}

#[test]
fn certificates_typed_one_by_one_go_down_over_those_present() {
    let office = Office::new(4, json!({}));
    office
        .open()
        .keys("alt-a 2 enter home tab tab")
        .typed("A1")
        .keys("enter")
        .typed("A9")
        .keys("enter ctrl-s");
    let numbers: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate_no")).collect();
    assert_eq!(numbers, [Some("A1".into()), None, Some("A9".into()), None]);
}

#[test]
fn the_totals_name_women_managers_trained_for_the_first_time() {
    let office = Office::new(4, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a");
    assert!(harness.text().contains("nữ quản lý lần đầu 1"), "{}", harness.text());
    harness.keys("1 enter");
    assert!(!harness.text().contains("lần đầu"), "{}", harness.text());
    harness.keys("ctrl-z ctrl-s");
    let next = add(
        &office.store,
        "training",
        json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-22"}),
    );
    let office = Office {
        training: next,
        ..office
    };
    assert!(
        !office.open().typed("hanh").keys("enter").text().contains("lần đầu"),
        "she was trained the day before"
    );
}

#[test]
fn what_the_grid_does_not_show_stays_in_the_record() {
    let office = Office::new(1, json!({}));
    let mut entry = office.rows().remove(0);
    entry.set("note", Some(crate::domain::value::Value::Text("đến muộn".into())));
    let mut txn = office.store.txn();
    txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    office.open().keys("alt-a ctrl-s");
    assert_eq!(
        (office.rows()[0].text("note"), office.states().as_str()),
        (Some("đến muộn"), "+")
    );
}

#[test]
fn a_session_that_is_gone_is_told() {
    let office = Office::new(1, json!({}));
    let mut txn = office.store.txn();
    txn.delete("training", office.training).unwrap();
    txn.commit().unwrap();
    let mut harness = office.open();
    harness.keys("alt-a ctrl-s enter x");
    assert!(harness.text().contains("Lớp này không còn"), "{}", harness.text());
}

#[test]
fn an_empty_list_takes_every_key_without_harm() {
    let office = Office::new(0, json!({}));
    let mut harness = office.open();
    for key in "enter alt-a alt-n ctrl-t alt-delete f5 ctrl-d alt-u tab tab tab f5 alt-u ctrl-d enter 1 enter backspace up down pagedown home end space ctrl-z ctrl-s alt-k".split(' ') {
        harness.keys(key);
    }
    assert!(
        harness.text().contains("Chưa có ai trong danh sách."),
        "{}",
        harness.text()
    );
    assert_eq!(office.states(), "");
}

#[test]
fn a_list_left_by_a_kill_comes_back_from_its_draft_and_undo_drops_it() {
    let dir = tempfile::tempdir().unwrap();
    let memory = Office::new(0, json!({}));
    let (store, _) = Store::open(dir.path()).unwrap();
    store.set_settings(Settings::clone(&memory.store.settings())).unwrap();
    let training = add(
        &store,
        "training",
        json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-21"}),
    );
    add(
        &store,
        "attendance",
        json!({"training": training.to_string(), "name": "Vũ Thị Lụa", "gender": "NU", "state": "DANG_KY"}),
    );
    let office = Office {
        store: Arc::new(store),
        training,
        people: Vec::new(),
    };
    let mut harness = office.open();
    harness
        .keys("alt-a")
        .typed("ddinhj thij sen")
        .keys("enter tab tab")
        .typed("A7")
        .keys("enter");
    drop(harness);
    let draft = office.store.drafts().unwrap().remove(0);
    assert_eq!(office.states(), ".", "nothing is saved yet");
    let again = super::resume(&draft).unwrap();
    let setup = Harness::setup(again, Arc::clone(&office.store), Box::new(|_, _| None));
    let mut harness = Harness::over(setup, (80, 24));
    assert!(
        harness.text().contains("Có mặt 2/2") && harness.text().contains("A7"),
        "{}",
        harness.text()
    );
    harness.keys("ctrl-z");
    assert!(harness.text().contains("Có mặt 0/1"), "{}", harness.text());
    harness.keys("ctrl-y ctrl-s");
    assert_eq!(office.states(), "++");
    assert!(office.store.drafts().unwrap().is_empty(), "what is saved is no draft");
}

#[test]
fn the_grid_at_three_sizes() {
    let office = Office::new(30, json!({}));
    for (size, name) in [((80, 24), "80x24"), ((60, 20), "60x20"), ((160, 50), "160x50")] {
        let mut harness = office.open_at(size);
        harness.keys("alt-a").typed("4 11 25").keys("enter end pageup");
        insta::assert_snapshot!(format!("attendance_{name}"), harness.text());
    }
    let mut harness = office.open();
    harness.typed("hanh");
    insta::assert_snapshot!("attendance_walk_in", harness.text());
    let days = Office::new(12, json!({"to": "2026-05-25"}));
    let mut harness = days.open_at((60, 20));
    harness.keys("alt-a tab tab tab").typed("3").keys("enter");
    insta::assert_snapshot!("attendance_five_days_60x20", harness.text());
}

#[test]
fn the_draft_of_a_long_list_is_written_once_the_keys_rest() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path()).unwrap();
    begin(&store);
    let training = add(
        &store,
        "training",
        json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-21"}),
    );
    let mut txn = store.txn();
    for at in 0..210 {
        let mut row = Entry::new("attendance");
        row.set("training", Some(crate::domain::value::Value::Id(training)));
        let text = |text: String| Some(crate::domain::value::Value::Text(text));
        row.set("name", text(format!("Vũ Thị Lụa {}", ["A", "B"][at % 2])));
        row.set("state", text("DANG_KY".into()));
        txn.save(row, Warnings::Accept).unwrap();
    }
    txn.commit().unwrap();
    let store = Arc::new(store);
    let mut harness = testing::open(&super::GROUND, super::body(), training, &store, (80, 24));
    harness.keys("alt-a");
    assert!(store.drafts().unwrap().is_empty());
    assert!(harness.app().top().wakes_after().is_some());
    harness.settle();
    assert_eq!(store.drafts().unwrap().len(), 1);
    assert_eq!(
        harness.app().top().wakes_after(),
        None,
        "nothing wakes while nothing is to be kept"
    );
}
