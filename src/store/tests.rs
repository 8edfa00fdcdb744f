//! The store as its users see it: the same tests over memory and over files.

use chrono::NaiveDate;
use serde_json::json;

use super::history::Deed;
use super::*;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;

fn fresh() -> (tempfile::TempDir, Vec<Store>) {
    let dir = tempfile::tempdir().unwrap();
    let (on_disk, _) = Store::open(dir.path()).unwrap();
    let stores = vec![Store::memory(), on_disk];
    for store in &stores {
        store.pin_clock(day(22), 1_779_408_000_000);
    }
    (dir, stores)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
}

fn filled(read: &dyn Read, kind: &str, fields: serde_json::Value) -> Entry {
    let mut entry = Entry::new(crate::domain::record::kind(kind).unwrap().key());
    entry.set("unit", Some(crate::domain::value::Value::Text("C12472-B".into())));
    for (key, json) in fields.as_object().unwrap() {
        let field = read.schema().fields_of(kind).find(|field| field.key == key).unwrap();
        entry.set(key, reading::from_json(field, json, read.known()).unwrap());
    }
    entry
}

fn add(store: &Store, kind: &str, fields: serde_json::Value) -> Id {
    let mut txn = store.txn();
    let entry = txn.with(|read| filled(read, kind, fields));
    let id = txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    id
}

fn change(store: &Store, kind: &str, id: Id, key: &str, value: &str) {
    let mut txn = store.txn();
    let mut entry = txn.with(|read| read.get(kind, id)).unwrap().unwrap();
    entry.set(key, Some(crate::domain::value::Value::Text(value.into())));
    txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
}

fn cooperative(store: &Store, name: &str) -> Id {
    add(store, "cooperative", json!({ "kind": "HTX", "name": name }))
}

#[test]
fn a_saved_record_is_found_by_id_code_name_date_and_reference() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX Hòa Bình");
        let visit = add(
            store,
            "visit",
            json!({ "date": "2026-05-20", "cooperative": "HTX001", "purposes": ["TU_VAN"] }),
        );
        let reader = store.reader();
        assert_eq!(
            reader.get("cooperative", htx).unwrap().unwrap().text("name"),
            Some("HTX Hòa Bình")
        );
        assert_eq!(reader.get_any(visit).unwrap().unwrap().kind, "visit");
        assert_eq!(reader.known().by_code("cooperative", "htx001"), Some(htx));
        assert_eq!(reader.known().named("cooperative", "htx hoà binh").len(), 1);
        let dated: Vec<_> = reader
            .dated("visit", "date", Some(day(20)), Some(day(20)), Order::Forward)
            .map(Result::unwrap)
            .collect();
        assert_eq!(
            (dated.len(), dated[0].id, dated[0].cover.id("cooperative")),
            (1, visit, Some(htx))
        );
        assert!(
            reader
                .dated("visit", "date", Some(day(21)), None, Order::Forward)
                .next()
                .is_none()
        );
        let referring: Vec<_> = reader
            .refers(htx, "visit", "cooperative", Order::Backward)
            .map(Result::unwrap)
            .collect();
        assert_eq!((referring.len(), referring[0].on), (1, Some(day(20))));
    }
}

#[test]
fn names_come_in_vietnamese_order_and_people_by_given_name() {
    let (_dir, stores) = fresh();
    for store in &stores {
        for name in ["HTX Đoàn Kết", "HTX Dân Tiến", "HTX Ánh Dương", "HTX An Khang"] {
            cooperative(store, name);
        }
        for name in ["Trần Thị Hằng", "Bùi Thị Mận", "Vũ Thị An"] {
            add(store, "person", json!({ "name": name, "gender": "NU" }));
        }
        let reader = store.reader();
        let names = |kind: &str| -> Vec<String> {
            let ids = reader.by_name(kind, Order::Forward).map(Result::unwrap);
            ids.map(|id| reader.get(kind, id).unwrap().unwrap().text("name").unwrap().to_string())
                .collect()
        };
        assert_eq!(
            names("cooperative"),
            ["HTX An Khang", "HTX Ánh Dương", "HTX Dân Tiến", "HTX Đoàn Kết"]
        );
        assert_eq!(names("person"), ["Vũ Thị An", "Trần Thị Hằng", "Bùi Thị Mận"]);
    }
}

#[test]
fn a_transaction_sees_its_own_records_and_leaves_nothing_when_dropped() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let mut txn = store.txn();
        let htx = txn.with(|read| {
            filled(
                read,
                "cooperative",
                json!({ "kind": "HTX", "name": "HTX A", "code": "A1" }),
            )
        });
        txn.save(htx, Warnings::Refuse).unwrap();
        let visit = txn.with(|read| {
            filled(
                read,
                "visit",
                json!({ "date": "h", "cooperative": "A1", "purposes": "TU_VAN" }),
            )
        });
        txn.save(visit, Warnings::Refuse).unwrap();
        drop(txn);
        assert!(store.reader().ids("cooperative").next().is_none());
        assert_eq!(store.version(), 0);
    }
}

#[test]
fn a_refused_record_says_why_and_stages_nothing() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX A");
        let mut txn = store.txn();
        let entry = txn.with(|read| {
            filled(
                read,
                "visit",
                json!({ "date": "2026-05-20", "cooperative": htx.to_string(), "purposes": ["TU_VAN"],
                "members": 5, "members_women": 9 }),
            )
        });
        let Err(Refusal::Findings(findings)) = txn.save(entry, Warnings::Accept) else {
            panic!("must be refused")
        };
        assert_eq!(findings[0].field.as_deref(), Some("members_women"));
        assert_eq!(txn.staged(), 0);
    }
}

#[test]
fn undo_takes_back_the_last_transaction_whole_and_redo_brings_it_back() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX A");
        let visit = add(
            store,
            "visit",
            json!({ "date": "2026-05-20", "cooperative": "HTX001", "purposes": ["TU_VAN"],
            "difficulties": ["VON"], "difficulty_text": ["thiếu vốn"] }),
        );
        assert_eq!(store.reader().scan("issue").count(), 1);
        let undone = store.undo().unwrap();
        assert!(undone.touched.iter().any(|touched| touched.id == visit));
        let reader = store.reader();
        assert!(reader.get("visit", visit).unwrap().is_none());
        assert_eq!(reader.scan("issue").count(), 0, "what the visit caused goes with it");
        assert!(reader.get("cooperative", htx).unwrap().is_some());
        store.redo().unwrap();
        assert_eq!(store.reader().scan("issue").count(), 1);
        store.undo().unwrap();
        store.undo().unwrap();
        assert!(store.reader().get("cooperative", htx).unwrap().is_none());
        assert!(matches!(store.undo(), Err(Refusal::ChangedSince(_))));
    }
}

#[test]
fn redo_does_not_go_round_in_circles() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX A");
        store.undo().unwrap();
        store.redo().unwrap();
        assert!(store.redo().is_err());
        assert!(store.reader().get("cooperative", htx).unwrap().is_some());
    }
}

#[test]
fn a_deleted_record_keeps_its_name_and_its_history() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX A");
        change(store, "cooperative", htx, "phone", "0912345678");
        let mut txn = store.txn();
        txn.delete("cooperative", htx).unwrap();
        txn.commit().unwrap();
        let reader = store.reader();
        assert!(reader.get_any(htx).unwrap().is_none());
        assert!(reader.name_of("cooperative", htx).unwrap().ends_with("HTX A (đã xóa)"));
        assert_eq!(reader.known().by_code("cooperative", "HTX001"), None);
        let history = store.history(htx).unwrap();
        let deeds: Vec<_> = history.iter().map(|past| past.deed).collect();
        assert_eq!(deeds, [Deed::Deleted, Deed::Edited, Deed::Created]);
        assert_eq!(
            history[1].fields,
            [("phone".to_string(), json!(null), json!("0912345678"))]
        );
        store.undo().unwrap();
        assert_eq!(store.reader().known().by_code("cooperative", "HTX001"), Some(htx));
        assert_eq!(store.history(htx).unwrap().len(), 4);
    }
}

#[test]
fn a_large_transaction_is_many_frames_that_stand_together() {
    let (dir, stores) = fresh();
    for store in &stores {
        let mut txn = store.txn();
        for number in 0..200 {
            let entry = txn.with(|read| {
                filled(
                    read,
                    "person",
                    json!({ "name": format!("Nguyễn Thị {}", letters(number)), "gender": "NU" }),
                )
            });
            txn.save(entry, Warnings::Accept).unwrap();
        }
        txn.commit().unwrap();
        assert_eq!(store.reader().ids("person").count(), 200);
    }
    drop(stores);
    let (store, _) = Store::open(dir.path()).unwrap();
    assert_eq!(store.reader().ids("person").count(), 200);
    store.undo().unwrap();
    assert_eq!(store.reader().ids("person").count(), 0);
}

fn letters(number: usize) -> String {
    ["An", "Bình", "Cúc", "Dung"][number % 4].to_string() + &"h".repeat(number / 4 % 3)
}

#[test]
fn a_batch_counts_whole_once_finished_and_not_at_all_when_abandoned_or_left() {
    let (dir, stores) = fresh();
    for store in &stores {
        let kept = cooperative(store, "HTX Còn");
        let mut bulk = store.bulk("thử").unwrap();
        for number in 0..700 {
            let entry = bulk.with(|read| {
                filled(
                    read,
                    "partner",
                    json!({ "name": format!("Công ty {number}"), "kind": "UBND" }),
                )
            });
            bulk.save(entry, Warnings::Accept).unwrap();
        }
        let mut changed = bulk.with(|read| read.get("cooperative", kept)).unwrap().unwrap();
        changed.set("phone", Some(crate::domain::value::Value::Text("0912345678".into())));
        bulk.save(changed, Warnings::Accept).unwrap();
        bulk.abandon().unwrap();
        assert_eq!(store.reader().ids("partner").count(), 0);
        assert_eq!(
            store.reader().get("cooperative", kept).unwrap().unwrap().text("phone"),
            None
        );
        let mut bulk = store.bulk("thử lại").unwrap();
        for number in 0..700 {
            let entry = bulk.with(|read| {
                filled(
                    read,
                    "partner",
                    json!({ "name": format!("Công ty {number}"), "kind": "UBND" }),
                )
            });
            bulk.save(entry, Warnings::Accept).unwrap();
        }
        assert_eq!(bulk.finish().unwrap(), 700);
        let mut left = store.bulk("bỏ dở").unwrap();
        for number in 0..600 {
            let entry = left.with(|read| {
                filled(
                    read,
                    "partner",
                    json!({ "name": format!("Bỏ dở {number}"), "kind": "UBND" }),
                )
            });
            left.save(entry, Warnings::Accept).unwrap();
        }
        drop(left);
    }
    drop(stores);
    let (store, _) = Store::open(dir.path()).unwrap();
    assert_eq!(store.reader().ids("partner").count(), 700);
    assert_eq!(store.reader().scan("cooperative").count(), 1);
}

#[test]
fn a_store_opened_again_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let all = |store: &Store| -> Vec<Entry> {
        let reader = store.reader();
        let kinds = crate::domain::record::KINDS.iter();
        kinds
            .flat_map(|kind| reader.scan(kind.key()).map(Result::unwrap).collect::<Vec<_>>())
            .collect()
    };
    let before = {
        let (store, _) = Store::open(dir.path()).unwrap();
        let htx = cooperative(&store, "HTX A");
        change(&store, "cooperative", htx, "name", "HTX B");
        add(
            &store,
            "visit",
            json!({ "date": "2026-05-20", "cooperative": "HTX001", "purposes": ["TU_VAN"], "difficulties": ["VON"] }),
        );
        all(&store)
    };
    let (store, _) = Store::open(dir.path()).unwrap();
    assert_eq!(all(&store), before);
    assert_eq!(before.len(), 3);
}

#[test]
fn a_draft_comes_back_after_the_store_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let draft = Draft {
        id: Id::now(),
        kind: "visit".into(),
        focus: Some("advice".into()),
        body: json!({ "advice": "hướng dẫn hồ sơ vay" }),
        changed_ms: 0,
    };
    {
        let (store, _) = Store::open(dir.path()).unwrap();
        store.save_draft(draft.clone()).unwrap();
    }
    let (store, _) = Store::open(dir.path()).unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!((drafts.len(), &drafts[0].body), (1, &draft.body));
    store.remove_draft(draft.id).unwrap();
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn settings_survive_and_a_broken_file_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    {
        let (store, _) = Store::open(dir.path()).unwrap();
        let mut settings = Settings::clone(&store.settings());
        settings.office.unit = Some("C12472-B".into());
        store.set_settings(settings).unwrap();
    }
    {
        let (store, report) = Store::open(dir.path()).unwrap();
        assert_eq!(store.settings().office.unit.as_deref(), Some("C12472-B"));
        assert!(report.notes.is_empty());
    }
    std::fs::write(dir.path().join("settings.toml"), "office = [[[").unwrap();
    let (store, report) = Store::open(dir.path()).unwrap();
    assert_eq!(store.settings().office.unit, None);
    assert!(report.notes[0].vi.contains("settings-hong.toml"));
    assert!(dir.path().join("settings-hong.toml").exists());
}

#[test]
fn a_difficulty_named_again_opens_a_new_issue_and_leaves_the_settled_one() {
    let (_dir, stores) = fresh();
    for store in &stores {
        cooperative(store, "HTX A");
        let visit = add(
            store,
            "visit",
            json!({ "date": "2026-05-20", "cooperative": "HTX001", "purposes": ["TU_VAN"], "difficulties": ["VON"] }),
        );
        let settled = store.reader().ids("issue").next().unwrap().unwrap();
        change(store, "issue", settled, "state", "DA_GIAI_QUYET");
        let difficulties = |codes: &[&str]| {
            let mut txn = store.txn();
            let mut entry = txn.with(|read| read.get("visit", visit)).unwrap().unwrap();
            let codes = codes
                .iter()
                .map(|code| crate::domain::value::Value::Text(code.to_string()));
            let codes: Vec<_> = codes.collect();
            let value = (!codes.is_empty()).then_some(crate::domain::value::Value::List(codes));
            entry.set("difficulties", value);
            txn.save(entry, Warnings::Accept).unwrap();
            txn.commit().unwrap();
        };
        difficulties(&[]);
        difficulties(&["VON"]);
        let reader = store.reader();
        let states: Vec<String> = reader
            .scan("issue")
            .map(|entry| entry.unwrap().text("state").unwrap().to_string())
            .collect();
        assert_eq!(states.len(), 2);
        assert!(states.contains(&"DA_GIAI_QUYET".to_string()) && states.contains(&"MOI".to_string()));
    }
}

#[test]
fn a_text_that_records_are_looked_up_by_finds_them_until_it_changes() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = add(
            store,
            "cooperative",
            json!({ "kind": "HTX", "name": "HTX A", "tax_code": "0100233488" }),
        );
        let bearing = |text: &str| {
            let found = store.reader().known().bearing("cooperative", "tax_code", text);
            found.iter().map(|entry| entry.id).collect::<Vec<_>>()
        };
        assert_eq!(bearing("0100233488"), [htx]);
        assert!(bearing("01002334").is_empty(), "no part of it");
        change(store, "cooperative", htx, "tax_code", "1001234563");
        assert!(bearing("0100233488").is_empty());
        let mut txn = store.txn();
        let twin = json!({ "kind": "HTX", "name": "HTX B", "tax_code": "1001234563" });
        let entry = txn.with(|read| filled(read, "cooperative", twin));
        assert!(matches!(txn.save(entry, Warnings::Refuse), Err(Refusal::Findings(_))));
    }
}

#[test]
fn the_latest_record_that_answers_is_found_from_a_day_backwards() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let htx = cooperative(store, "HTX A");
        let visit = |date: &str, workers: Option<i64>| {
            let fields = json!({ "date": date, "cooperative": "HTX001", "purposes": ["TU_VAN"], "workers": workers });
            add(store, "visit", fields)
        };
        let first = visit("2026-05-01", Some(20));
        visit("2026-05-10", None);
        let last = visit("2026-05-20", Some(25));
        let reader = store.reader();
        let latest = |on: u32| {
            let has_workers = |entry: &Entry| entry.get("workers").is_some();
            let found = reader
                .known()
                .latest("visit", "cooperative", htx, day(on), &has_workers);
            found.map(|entry| entry.id)
        };
        assert_eq!(
            (latest(20), latest(19), latest(1)),
            (Some(last), Some(first), Some(first))
        );
        let before = NaiveDate::from_ymd_opt(2026, 4, 30).unwrap();
        assert!(
            reader
                .known()
                .latest("visit", "cooperative", htx, before, &|_| true)
                .is_none()
        );
    }
}

#[test]
fn the_next_code_follows_the_highest_and_one_taken_back_is_given_again() {
    let (_dir, stores) = fresh();
    for store in &stores {
        let next = || store.reader().known().next_code("cooperative", "HTX");
        assert_eq!(next(), "HTX001");
        cooperative(store, "HTX A");
        add(
            store,
            "cooperative",
            json!({ "kind": "HTX", "name": "HTX B", "code": "HTX999" }),
        );
        assert_eq!(next(), "HTX1000");
        store.undo().unwrap();
        cooperative(store, "HTX C");
        let reader = store.reader();
        assert!(
            reader.known().by_code("cooperative", "HTX999").is_some(),
            "the code taken back is given again"
        );
        assert!(reader.known().by_code("cooperative", &next()).is_none());
    }
}
