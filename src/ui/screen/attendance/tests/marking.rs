//! Who was there: everybody but those named, day by day, and what the totals say.

use super::*;

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
