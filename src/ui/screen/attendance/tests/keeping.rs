//! What is kept: in the record, in the draft, and for a session that is gone.

use super::*;
use crate::domain::settings::Settings;
use crate::store::Warnings;

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
    let again = super::super::resume(&draft).unwrap();
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
    let mut harness = testing::open(&super::super::GROUND, super::super::body(), training, &store, (80, 24));
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
