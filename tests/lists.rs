//! Tables of records: filtered while typing, sorted by any column, deleted and brought back, left and come back to.

mod support;

use serde_json::json;
use sohoi::ui::harness::Harness;
use support::office::Office;

/// The lines of the table that hold a record, without the pointer.
fn rows(harness: &Harness) -> Vec<String> {
    let text = harness.text();
    let lines = text.lines().skip(3).take_while(|line| !line.trim().is_empty());
    lines
        .map(|line| line.trim_start_matches(['▶', '●', ' ']).to_owned())
        .collect()
}

fn codes(harness: &Harness) -> Vec<String> {
    rows(harness)
        .iter()
        .filter_map(|row| row.split_whitespace().next().map(str::to_owned))
        .collect()
}

#[test]
fn a_filter_narrows_without_tones_and_esc_shows_everything_on_the_same_row() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c l").typed("khanh");
    assert_eq!(codes(&harness), ["HTX031"], "{}", harness.text());
    harness.keys("enter");
    assert_eq!(codes(&harness), ["HTX031"]);
    harness.keys("esc");
    assert_eq!(codes(&harness).len(), 4);
    let text = harness.text();
    assert!(text.lines().any(|line| line.starts_with("▶ HTX031")), "{text}");
    assert_eq!(harness.app().depth(), 2, "Esc left the filter, not the table");
}

#[test]
fn what_fits_nothing_says_so() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c l").typed("khongco");
    assert!(harness.text().contains("Không có dòng nào hợp."), "{}", harness.text());
}

#[test]
fn a_column_is_sorted_by_one_key_and_turned_by_the_same_key() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c o");
    assert_eq!(codes(&harness), ["HTX007", "HTX012", "HTX031", "THT004"]);
    harness.keys("o");
    assert_eq!(codes(&harness), ["THT004", "HTX031", "HTX012", "HTX007"]);
}

#[test]
fn a_record_is_opened_and_left_to_the_same_row() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c down down enter");
    assert!(
        harness.text().contains("HTX Rau an toàn Khánh Linh"),
        "{}",
        harness.text()
    );
    harness.keys("esc");
    assert!(
        harness.text().lines().any(|line| line.starts_with("▶ HTX031")),
        "{}",
        harness.text()
    );
}

#[test]
fn a_change_is_saved_from_the_form_and_seen_in_the_table() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c down enter down").typed(" 2").keys("ctrl-s");
    assert!(harness.text().contains("HTX May Trà Lý 2"), "{}", harness.text());
    assert_eq!(harness.app().depth(), 2);
}

#[test]
fn deleting_can_be_undone_and_the_cursor_stays_in_its_place() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c down delete");
    assert_eq!(codes(&harness), ["HTX007", "HTX031", "THT004"]);
    assert!(harness.text().contains("Đã xóa"), "{}", harness.text());
    assert!(
        harness.text().lines().any(|line| line.starts_with("▶ HTX031")),
        "{}",
        harness.text()
    );
    harness.keys("ctrl-z");
    assert_eq!(codes(&harness).len(), 4);
}

#[test]
fn many_rows_are_sorted_and_filtered_on_a_thread() {
    let office = Office::new();
    let mut txn = office.store.txn();
    for at in 0..6_000 {
        let mut person = sohoi::domain::entry::Entry::new("person");
        let name = format!("Nguyễn Thị {} {at}", ["Lan", "Mai", "Hòa"][at % 3]);
        person.set("name", Some(sohoi::domain::value::Value::Text(name)));
        txn.save(person, sohoi::store::Warnings::Accept).unwrap();
    }
    txn.commit().unwrap();
    let mut harness = office.harness();
    harness.keys("g n");
    assert!(harness.text().contains("1/6001"), "{}", harness.text());
    harness.keys("l").typed("mai");
    harness.finish_task();
    assert!(harness.text().contains("1/2000"), "{}", harness.text());
}

#[test]
fn every_kind_has_a_table_and_a_form() {
    use sohoi::ui::screen::edit::EditScreen;
    use sohoi::ui::screen::list::ListScreen;
    use sohoi::ui::screen::{Cx, Screen};
    let office = Office::new();
    office.add("partner", json!({"name": "Liên minh HTX tỉnh", "kind": "LMHTX"}));
    for kind in sohoi::domain::record::KINDS {
        let key = kind.key();
        let opener = move |action: sohoi::ui::action::Action, cx: &Cx<'_>| -> Option<Box<dyn Screen>> {
            match action {
                sohoi::ui::action::Action::NewVisit => Some(Box::new(EditScreen::create(key, Vec::new(), cx)?)),
                sohoi::ui::action::Action::GoVisits => Some(Box::new(ListScreen::new(key, cx)?)),
                _ => None,
            }
        };
        for size in [(60, 20), (80, 24), (160, 50)] {
            let mut harness = office.harness_with(size, Box::new(opener));
            harness.keys("g v");
            assert_eq!(harness.app().depth(), 2, "{key}");
            harness.keys("esc v alt-m ctrl-end up up ctrl-home down down alt-l alt-m");
            assert_eq!(harness.app().depth(), 2, "{key}");
            assert!(harness.cursor().is_some(), "{key}: {}", harness.text());
        }
    }
}
