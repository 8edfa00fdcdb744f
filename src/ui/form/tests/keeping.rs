//! What goes on from one record to the next, and what a draft and an edit keep.

use super::*;

#[test]
fn targets_of_a_plan_are_entered_one_after_another() {
    let desk = Desk::new();
    let mut form = desk.form("target");
    for keys in [
        "chi_tieu enter luot_tham enter",
        "phep enter 2",
        "pham_vi enter 1",
        "luy_ke enter 1/1/2026",
        "han enter 31/12/2026",
    ] {
        desk.press(&mut form, &format!("alt-g {keys}"));
    }
    let entry = form.cells().iter().fold(Entry::new("target"), |mut entry, cell| {
        entry.set(cell.key(), form.value(cell.key()).cloned());
        entry
    });
    let next = desk.on(|cx| Form::new("target", Vec::new(), form.carry(std::slice::from_ref(&entry)), cx).unwrap());
    for key in ["operator", "scope", "cumulative_from", "due"] {
        assert!(next.value(key).is_some() && next.value(key) == entry.get(key), "{key}");
    }
    assert_eq!(next.value("indicator"), None);
}

#[test]
fn the_next_record_keeps_the_officer_and_the_day_of_a_stack_of_papers() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "date");
    desk.press(&mut form, "20/5 enter enter 2 enter");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    let carried = form.carry(&saved);
    let next = desk.on(|cx| Form::new("visit", Vec::new(), carried, cx).unwrap());
    assert_eq!(json_of(&next, "date"), json!("2026-05-20"));
    assert_eq!(next.value("officers"), saved[0].get("officers"));
    assert_eq!(here(&next), "date", "a day changed by hand is asked again");
    assert_eq!(here(&desk.form("visit")), "cooperative", "today is not");
}

#[test]
fn one_key_copies_a_field_and_another_the_whole_record() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "advice");
    desk.press(&mut form, "ctrl-d");
    assert_eq!(json_of(&form, "advice"), json!("hướng dẫn lập phương án vay"));
    assert_eq!(here(&form), "next_visit");
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "5 alt-d");
    assert_eq!(json_of(&form, "purposes"), json!(["CUNG_CO"]), "what was typed stays");
    assert_eq!(json_of(&form, "members"), json!(44));
    assert_eq!(
        json_of(&form, "date"),
        json!("2026-05-22"),
        "the day is this record's own"
    );
    desk.press(&mut form, "ctrl-z");
    assert_eq!(json_of(&form, "members"), Json::Null, "and it is one step back");
}

#[test]
fn a_draft_brings_back_everything_even_what_cannot_be_read() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 5 enter 4");
    let to = form.cells().iter().position(|cell| cell.key() == "members").unwrap();
    desk.on(|cx| form.go_to(to, cx));
    desk.press(&mut form, "bốn enter");
    let draft = form.draft();
    let again = desk.on(|cx| Form::resume(&draft, cx).unwrap());
    assert_eq!((again.id(), here(&again)), (form.id(), "members"));
    for (cell, was) in again.cells().iter().zip(form.cells()) {
        assert_eq!(cell.content(), was.content(), "{}", cell.key());
    }
    assert_eq!(again.draft().body, draft.body);
}

#[test]
fn an_edit_saves_what_was_changed_and_keeps_the_rest() {
    let desk = Desk::new();
    let stored = desk.store.reader().scan("visit").next().unwrap().unwrap();
    let mut form = desk.on(|cx| Form::edit(stored.clone(), cx).unwrap());
    desk.press(&mut form, "alt-g thanh enter 46");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    assert_eq!(saved[0].number("members"), Some(46));
    let rest = |entry: &Entry| {
        entry
            .filled()
            .filter(|(key, _)| *key != "members")
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rest(&saved[0]), rest(&stored));
}
