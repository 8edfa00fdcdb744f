//! How records are found: by id, code, name, date, reference and text.

use super::*;

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
