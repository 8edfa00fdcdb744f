//! What a transaction or a batch saves, and how undo takes it back.

use super::*;
use crate::store::bulk::Bulk;
use crate::store::history::Deed;

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

fn save_partners(bulk: &mut Bulk<'_>, name: &str, count: usize) {
    for number in 0..count {
        let fields = json!({ "name": format!("{name} {number}"), "kind": "UBND" });
        let entry = bulk.with(|read| filled(read, "partner", fields));
        bulk.save(entry, Warnings::Accept).unwrap();
    }
}

#[test]
fn a_batch_counts_whole_once_finished_and_not_at_all_when_abandoned_or_left() {
    let (dir, stores) = fresh();
    for store in &stores {
        let kept = cooperative(store, "HTX Còn");
        let mut bulk = store.bulk("thử").unwrap();
        save_partners(&mut bulk, "Công ty", 700);
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
        save_partners(&mut bulk, "Công ty", 700);
        assert_eq!(bulk.finish().unwrap(), 700);
        let mut left = store.bulk("bỏ dở").unwrap();
        save_partners(&mut left, "Bỏ dở", 600);
        drop(left);
    }
    drop(stores);
    let (store, _) = Store::open(dir.path()).unwrap();
    assert_eq!(store.reader().ids("partner").count(), 700);
    assert_eq!(store.reader().scan("cooperative").count(), 1);
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
