//! From field to field: by Enter, by itself, by name, and back through time.

use super::*;

#[test]
fn a_code_or_a_full_date_goes_on_by_itself_and_backspace_comes_back() {
    let desk = Desk::new();
    let mut form = desk.form("visit");
    assert_eq!(here(&form), "cooperative");
    desk.press(&mut form, "htx007");
    assert_eq!(here(&form), "purposes");
    desk.press(&mut form, "backspace");
    assert_eq!(here(&form), "cooperative");
    let mut dated = visit_at(&desk, "date");
    desk.press(&mut dated, "01052026 backspace");
    assert_eq!(here(&dated), "date");
}

#[test]
fn enter_out_of_habit_behind_a_code_does_not_pass_over_a_field_that_must_be_filled() {
    let desk = Desk::new();
    let mut form = desk.form("visit");
    desk.press(&mut form, "htx007 enter");
    assert_eq!(here(&form), "purposes");
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "status", "a second Enter is meant");
}

#[test]
fn undo_goes_through_the_fields_after_the_field_itself() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "members");
    desk.press(&mut form, "45 enter 30 enter");
    desk.press(&mut form, "ctrl-z");
    assert_eq!(
        (json_of(&form, "members_women"), here(&form)),
        (Json::Null, "members_women")
    );
    desk.press(&mut form, "ctrl-z");
    assert_eq!((json_of(&form, "members"), here(&form)), (Json::Null, "members"));
    desk.press(&mut form, "ctrl-y");
    assert_eq!(json_of(&form, "members"), json!(45));
    let mut untouched = desk.form("visit");
    assert!(
        matches!(desk.press(&mut untouched, "ctrl-z"), Asked::Pass),
        "the last save is taken back"
    );
}

#[test]
fn a_field_is_gone_to_by_its_name() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "alt-g hen enter");
    assert_eq!(here(&form), "next_visit");
    desk.press(&mut form, "alt-g doanh enter");
    assert_eq!(here(&form), "revenue", "further fields open by themselves");
    assert_eq!(form.source(), None::<Source>);
}
