//! Who is put on the list: people on record, people unknown, whole lists.

use super::*;

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
fn esc_drops_the_name_that_was_looked_up_before_it_leaves() {
    let office = Office::new(3, json!({}));
    let mut harness = office.open();
    harness.typed("le thi").keys("esc");
    let text = harness.text();
    assert!(text.contains("Vắng (số thứ tự):") && !text.contains("le thi"), "{text}");
    assert!(text.contains("Có mặt 0/3"), "the list is still there: {text}");
}
