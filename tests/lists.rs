//! Tables of records: filtered while typing, sorted by any column, deleted and brought back, left and come back to.

mod support;

use serde_json::json;
use sohoi::domain::entry::Entry;
use sohoi::domain::value::Value;
use sohoi::store::{Store, Warnings};
use sohoi::ui::harness::Harness;
use std::sync::Arc;
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
fn a_logbook_just_opened_is_filtered_as_one_that_was_worked_in() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::over(Store::open(folder.path()).unwrap().0);
    office.store.close().unwrap();
    drop(office);
    let store = Arc::new(Store::open(folder.path()).unwrap().0);
    let office = Office { store };
    let mut harness = office.harness();
    harness.keys("g c l").typed("khanh");
    assert_eq!(codes(&harness), ["HTX031"], "{}", harness.text());
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
fn days_are_sorted_by_time_where_no_index_has_them() {
    let office = Office::new();
    // HTX007 was visited on 14/04/2026. By their letters the days would stand 05/03, 14/04, 30/01.
    for (code, day) in [("HTX012", "2026-03-05"), ("THT004", "2026-01-30")] {
        let visit = json!({"cooperative": code, "date": day, "purposes": ["KHAO_SAT"]});
        office.add("visit", visit);
    }
    let mut harness = office.harness();
    harness.keys("g c right right right o").settle();
    assert_eq!(
        codes(&harness),
        ["THT004", "HTX012", "HTX007", "HTX031"],
        "{}",
        harness.text()
    );
}

#[test]
fn a_record_is_opened_and_left_to_the_same_row() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c down down enter");
    assert!(
        harness.text().starts_with(" HTX, THT · HTX Rau an toàn Khánh Linh"),
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
    harness.keys("g c down e down").typed(" 2").keys("ctrl-s");
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

/// Six thousand people, three given names in turn.
fn crowd(office: &Office) {
    let mut txn = office.store.txn();
    for at in 0..6_000 {
        let mut person = Entry::new("person");
        let name = format!("Nguyễn {at} {}", ["Lan", "Mai", "Hòa"][at % 3]);
        person.set("name", Some(Value::Text(name)));
        txn.save(person, Warnings::Accept).unwrap();
    }
    txn.commit().unwrap();
}

#[test]
fn many_rows_are_filtered_on_a_thread() {
    let office = Office::new();
    crowd(&office);
    let mut harness = office.harness();
    harness.keys("g n").settle();
    assert!(harness.text().contains("1/6001"), "{}", harness.text());
    harness.keys("l").typed("mai");
    harness.finish_task();
    assert!(harness.text().contains("1/2000"), "{}", harness.text());
    harness.typed(" 10");
    assert!(harness.text().contains("1/39 "), "{}", harness.text());
    harness.keys("backspace backspace");
    assert!(harness.text().contains("1/2000"), "{}", harness.text());
}

#[test]
fn the_first_rows_of_many_are_there_at_once_and_the_others_come() {
    let office = Office::new();
    crowd(&office);
    let mut harness = office.harness();
    harness.hasty().keys("g n");
    assert!(harness.text().contains("/500…"), "{}", harness.text());
    assert!(rows(&harness)[0].contains("Hằng"), "{}", harness.text());
    harness.keys("down down").settle();
    assert!(harness.text().contains("3/6001"), "{}", harness.text());
}

#[test]
fn an_order_that_an_index_has_is_turned_at_once_and_another_is_sorted_on_a_thread() {
    let office = Office::new();
    crowd(&office);
    let mut harness = office.harness();
    harness.keys("g n").settle();
    let names = |harness: &Harness| rows(harness)[0].clone();
    assert!(names(&harness).contains("Hằng"), "{}", harness.text());
    harness.keys("home right o");
    assert!(!harness.app().is_busy(), "an index has the order of names");
    harness.settle().keys("home");
    assert!(names(&harness).contains("Mai"), "{}", harness.text());
    harness.keys("left o");
    assert!(harness.app().is_busy(), "no index has the order of codes");
    harness.finish_task();
    harness.keys("home");
    assert!(names(&harness).contains("Hằng"), "{}", harness.text());
}

#[test]
fn a_saved_row_comes_to_its_place_without_reading_the_others_again() {
    let office = Office::new();
    crowd(&office);
    let mut harness = office.harness();
    harness.keys("g n").settle();
    harness.keys("l").typed("mai");
    harness.finish_task();
    harness.keys("enter n").typed("Bùi Thị Mai Anh").keys("ctrl-s esc");
    let text = harness.text();
    assert!(text.contains("/2001"), "{text}");
    harness.keys("home");
    assert!(rows(&harness)[0].contains("Bùi Thị Mai Anh"), "{}", harness.text());
    harness.keys("delete");
    assert!(harness.text().contains("/2000"), "{}", harness.text());
}

#[test]
fn columns_are_chosen_ordered_and_kept() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c");
    let heading = |harness: &Harness| harness.text().lines().nth(2).unwrap_or_default().to_owned();
    assert!(heading(&harness).contains("Tình trạng"), "{}", harness.text());
    // The code goes one further, the status is hidden.
    harness.keys("c right down space enter");
    let first = heading(&harness);
    assert!(first.trim_start().starts_with("Tên"), "{}", harness.text());
    assert!(!first.contains("Tình trạng"), "{}", harness.text());
    let mut again = office.harness();
    again.keys("g c");
    assert_eq!(heading(&again), first, "another sitting has the same columns");
    // Hiding all brings the usual ones back.
    again.keys("c").keys(&"space ".repeat(8)).keys("enter");
    assert!(heading(&again).contains("Tình trạng"), "{}", again.text());
    assert!(
        office.store.settings().views.is_empty(),
        "{:?}",
        office.store.settings().views
    );
}

#[test]
fn a_filter_is_kept_chosen_again_and_dropped() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c k");
    assert!(harness.text().contains("Chưa có bộ lọc"), "{}", harness.text());
    harness.keys("l").typed("khanh").keys("enter k enter esc");
    assert_eq!(codes(&harness).len(), 4);
    let mut again = office.harness();
    again.keys("g c k");
    assert!(again.text().contains("khanh"), "{}", again.text());
    again.keys("enter");
    assert_eq!(codes(&again), ["HTX031"], "{}", again.text());
    again.keys("k enter esc k");
    assert!(again.text().contains("Chưa có bộ lọc"), "{}", again.text());
}

#[test]
fn one_field_is_changed_in_all_marked_rows_seen_before_and_taken_back_by_one_undo() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c space space m").typed("quy mo").keys("enter");
    assert!(harness.text().contains("Sửa một ô ở 2 dòng"), "{}", harness.text());
    harness.keys("1");
    let text = harness.text();
    assert!(text.contains("2 dòng sẽ đổi"), "{text}");
    assert!(text.contains("(trống) →"), "{text}");
    let sized = |office: &Office| {
        let all = office.all("cooperative");
        all.iter().filter(|entry| entry.get("size").is_some()).count()
    };
    assert_eq!(sized(&office), 0, "a preview changes nothing");
    harness.keys("enter");
    assert_eq!(sized(&office), 2, "{}", harness.text());
    assert_eq!(harness.app().depth(), 2);
    harness.keys("ctrl-z");
    assert_eq!(sized(&office), 0, "one undo takes all of it back");
}

#[test]
fn a_value_that_rows_cannot_have_is_told_row_by_row() {
    let office = Office::new();
    let mut harness = office.harness();
    harness
        .keys("g v space m")
        .typed("thanh vien nu")
        .keys("enter")
        .typed("99")
        .keys("enter");
    let text = harness.text();
    assert!(text.contains("1 dòng không sửa được"), "{text}");
    harness
        .keys("esc")
        .keys("backspace backspace")
        .typed("12")
        .keys("enter");
    assert!(harness.text().contains("1 dòng sẽ đổi"), "{}", harness.text());
}

/// The table of people with all of the crowd marked, the field `Thôn, xóm` about to get a value.
fn about_to_change_a_crowd(office: &Office) -> Harness {
    let mut harness = office.harness();
    harness.keys("g n").settle();
    harness.keys("l").typed("mai");
    harness.finish_task();
    harness.keys("enter a m").typed("dia chi").keys("enter");
    assert!(harness.text().contains("Sửa một ô ở 2000 dòng"), "{}", harness.text());
    harness.typed("Đông Hải").keys("enter");
    harness
}

fn with_an_address(office: &Office) -> usize {
    let all = office.all("person");
    all.iter().filter(|entry| entry.get("address").is_some()).count()
}

#[test]
fn a_change_of_many_rows_is_looked_at_on_a_thread_and_taken_back_by_one_undo() {
    let office = Office::new();
    crowd(&office);
    let mut harness = about_to_change_a_crowd(&office);
    assert!(harness.app().is_busy(), "{}", harness.text());
    assert!(harness.text().contains("Đang xem trước"), "{}", harness.text());
    harness.settle();
    assert!(harness.text().contains("2000 dòng sẽ đổi"), "{}", harness.text());
    assert_eq!(with_an_address(&office), 0, "a preview changes nothing");
    harness.keys("enter");
    assert_eq!(with_an_address(&office), 2000, "{}", harness.text());
    harness.keys("ctrl-z");
    assert_eq!(with_an_address(&office), 0, "one undo takes all of it back");
}

#[test]
fn looking_at_a_change_of_many_rows_is_cancelled_by_esc_and_changes_nothing() {
    let office = Office::new();
    crowd(&office);
    let mut harness = about_to_change_a_crowd(&office);
    harness.keys("esc").settle();
    let text = harness.text();
    assert!(!harness.app().is_busy());
    assert!(!text.contains("dòng sẽ đổi"), "{text}");
    assert!(
        text.contains("Sửa một ô ở 2000 dòng") && text.contains("Đông Hải"),
        "{text}"
    );
    assert_eq!(with_an_address(&office), 0);
    harness.keys("enter").settle();
    assert!(harness.text().contains("2000 dòng sẽ đổi"), "it can be asked for again");
}

#[test]
fn what_is_seen_of_many_rows_is_copied_on_a_thread_in_the_order_of_the_table() {
    let office = Office::new();
    crowd(&office);
    let mut harness = office.harness();
    harness.keys("g n").settle();
    harness.keys("l").typed("mai");
    harness.finish_task();
    harness.keys("enter y").settle();
    let copied = harness.app().clipboard().to_owned();
    let names: Vec<&str> = copied
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').find(|cell| cell.contains("Mai")))
        .collect();
    assert_eq!((copied.lines().count(), names.len()), (2001, 2000));
    let seen = rows(&harness);
    assert!(
        seen[0].contains(names[0]) && seen[1].contains(names[1]),
        "{seen:?}: {:?}",
        &names[..2]
    );
}

#[test]
fn what_is_seen_is_copied_as_a_sheet_understands_it() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c l").typed("htx").keys("enter y");
    let copied = harness.app().clipboard().to_owned();
    let lines: Vec<Vec<&str>> = copied.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 4, "{copied}");
    assert_eq!(lines[0][..2], ["Mã", "Tên"]);
    assert_eq!(lines[1][..2], ["HTX007", "HTX Dược liệu An Khang"]);
    harness.keys("esc space y");
    assert_eq!(harness.app().clipboard().lines().count(), 2, "the marked row alone");
}

#[test]
fn what_is_seen_is_exported_without_a_persons_data() {
    use calamine::Reader as _;
    let office = Office::new();
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    // The telephone is among the columns: it is seen, and stays in.
    let mut settings = office.store.settings().as_ref().clone();
    let columns: toml::Value = toml::from_str("columns = ['name', 'phone']").unwrap();
    settings.views.insert("table-person".into(), columns);
    office.store.set_settings(settings).unwrap();
    let mut harness = office.harness();
    harness.keys("g n");
    assert!(harness.text().contains("0912000111"), "{}", harness.text());
    harness.keys("alt-x");
    let text = harness.text();
    assert!(text.contains("Đã xuất 1 dòng"), "{text}");
    let path = folder.path().join("danh-sach-person.xlsx");
    let mut book = calamine::open_workbook_auto(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<String> = sheet.used_cells().map(|(.., cell)| cell.to_string()).collect();
    assert!(cells.iter().any(|cell| cell == "Nguyễn Thị Hằng"), "{cells:?}");
    let number = |cell: &String| cell.replace(' ', "").contains("912000111");
    assert!(!cells.iter().any(number), "{cells:?}");
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
