//! What is wrong or doubtful in a form: when it is told, what it holds, how it is let through.

use super::*;

#[test]
fn a_wrong_value_holds_the_field_and_says_why_until_it_is_right() {
    let desk = Desk::new();
    for (field, wrong, rule) in [
        ("date", "31/02 enter", "ngày"),
        ("members", "bốn enter", "số"),
        ("cooperative", "xyz enter", "Không có \"xyz\""),
    ] {
        let mut form = visit_at(&desk, field);
        desk.press(&mut form, wrong);
        assert_eq!(here(&form), field, "{wrong}");
        let said: String = form.remarks().iter().map(|remark| remark.said.vi.clone()).collect();
        assert!(said.to_lowercase().contains(&rule.to_lowercase()), "{wrong}: {said}");
    }
    let mut form = visit_at(&desk, "members");
    desk.press(&mut form, "20 enter 30 enter");
    assert_eq!((here(&form), form.state(form.at())), ("members_women", Some(Tone::Bad)));
    // The whole may be what was wrong: going back is free.
    desk.press(&mut form, "up 40 enter enter");
    assert_eq!((here(&form), form.remarks().len()), ("workers", 0));
}

#[test]
fn a_doubt_is_shown_once_let_through_and_asked_for_when_saving() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 enter 3 enter");
    assert_eq!(here(&form), "workers");
    desk.press(&mut form, "10 enter");
    assert_eq!((here(&form), form.state(form.at())), ("workers", Some(Tone::Warning)));
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "workers_women");
    assert!(matches!(desk.press(&mut form, "ctrl-s"), Asked::Left));
    assert_eq!(here(&form), "workers");
    assert!(form.has_doubt_here());
    let saved = desk.save(desk.press(&mut form, "f8"));
    assert!(saved[0].names(ACCEPTED, "big-change:workers"), "{saved:?}");
}

#[test]
fn what_is_accepted_is_asked_again_only_for_another_value() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "workers");
    desk.press(&mut form, "10 enter f8");
    assert_eq!(here(&form), "workers_women");
    desk.press(&mut form, "up enter");
    assert_eq!(here(&form), "workers_women");
}

#[test]
fn a_missing_field_is_told_when_saving_not_before() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "status");
    desk.press(&mut form, "ctrl-s");
    assert_eq!(here(&form), "purposes");
    assert!(form.remarks()[0].said.vi.contains("Chưa nhập"));
}

#[test]
fn why_a_field_is_empty_and_notes_on_it_are_kept() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 enter 3 alt-u");
    assert_eq!(here(&form), "workers");
    desk.press(&mut form, "alt-n up up f7 hoir_laij enter");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    let marks = saved[0].get(MISSING).map(Value::to_json).unwrap();
    assert_eq!(marks, json!({"members": "KHONG_BIET", "workers": "KHONG_AP_DUNG"}));
    let notes = saved[0].get(FIELD_NOTES).map(Value::to_json).unwrap();
    assert_eq!(notes.as_object().unwrap().values().next(), Some(&json!("hỏi lại")));
}
