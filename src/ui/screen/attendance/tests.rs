//! The grid as it is worked: before, keys, after, read from the store.

mod adding;
mod certificates;
mod keeping;
mod marking;

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Read, Store};
use crate::ui::grid::attendance::sheet::entries;
use crate::ui::harness::Harness;
use crate::ui::screen::Notice;
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
fn an_empty_list_says_that_it_can_be_copied_or_read_from_a_file() {
    let text = Office::new(0, json!({})).open().text();
    let bottom = text.lines().last().unwrap_or_default();
    assert!(
        bottom.contains("Alt-L") && bottom.contains("Alt-O nhập từ tệp"),
        "{text}"
    );
    let bottom_with_rows = Office::new(1, json!({})).open().text();
    assert!(bottom_with_rows.contains("Alt-A có mặt hết"), "{bottom_with_rows}");
}

#[test]
fn roles_are_in_the_language_of_the_interface() {
    let office = Office::new(1, json!({}));
    let mut harness = office.open();
    assert!(harness.text().contains("Giám đốc"), "{}", harness.text());
    harness.keys("ctrl-g l");
    let text = harness.text();
    assert!(!text.contains("Giám đốc") && text.contains("Director"), "{text}");
}

#[test]
fn a_long_message_covers_neither_the_line_nor_what_the_list_adds_up_to() {
    for size in [(60, 20), (80, 24), (120, 36)] {
        let mut harness = Office::new(30, json!({"to": "2026-05-22"})).open_at(size);
        harness.keys("alt-a");
        let long = Message::new("rất dài ".repeat(40), "");
        harness.app().tell(Notice::bad(long));
        harness.settle();
        let text = harness.text();
        for seen in ["rất dài", "Vắng (số", "Có mặt 30/30", "từng ngày 30 30", "Họ và tên"] {
            assert!(text.contains(seen), "{seen}: {text}");
        }
    }
}

#[test]
fn the_series_goes_on_from_the_number_just_typed() {
    let office = Office::new(3, json!({}));
    let mut harness = office.open();
    harness.keys("alt-a tab tab").typed("009").keys("enter alt-u ctrl-s");
    let numbers: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate_no")).collect();
    assert_eq!(
        numbers,
        ["009", "010", "011"].map(|number| Some(number.to_owned())),
        "{}",
        harness.text()
    );
}
