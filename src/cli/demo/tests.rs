//! What demo data promise.

use chrono::NaiveDate;

use super::*;
use crate::domain::check;
use crate::domain::finding::Level;
use crate::domain::record::KINDS;

fn filled(seed: u64) -> Store {
    let store = Store::memory();
    let until = NaiveDate::from_ymd_opt(2026, 5, 22).unwrap();
    fill(
        &store,
        Size {
            cooperatives: 20,
            weeks: 4,
            until,
            seed,
        },
    )
    .unwrap_or_else(|error| panic!("{:?}", error.messages()));
    store
}

fn everything(store: &Store) -> Vec<String> {
    let reader = store.reader();
    KINDS
        .iter()
        .flat_map(|kind| {
            reader
                .scan(kind.key())
                .map(|entry| format!("{:?}", entry.unwrap()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_same_seed_makes_the_same_records_and_another_seed_others() {
    let (one, two) = (everything(&filled(1)), everything(&filled(1)));
    assert_eq!(one, two);
    assert_ne!(one, everything(&filled(2)));
}

#[test]
fn every_kind_worth_showing_is_there_and_no_record_has_an_error() {
    let store = filled(1);
    let reader = store.reader();
    for key in [
        "unit",
        "person",
        "post",
        "cooperative",
        "role",
        "measurement",
        "visit",
        "issue",
        "training",
        "attendance",
        "fair",
        "booth",
        "product",
        "support",
        "outreach",
        "plan",
        "target",
        "partner",
        "unit_year",
    ] {
        assert!(reader.ids(key).next().is_some(), "{key}");
    }
    for kind in KINDS {
        for entry in reader.scan(kind.key()) {
            let entry = entry.unwrap();
            let errors: Vec<_> = check::check(*kind, &entry, Some(&entry), reader.known())
                .into_iter()
                .filter(|finding| finding.level == Level::Error)
                .collect();
            assert!(errors.is_empty(), "{entry:?}: {errors:?}");
        }
    }
}

#[test]
fn the_last_day_can_be_taken_back_record_by_record() {
    let store = filled(1);
    let before = everything(&store).len();
    store.undo().unwrap();
    assert!(everything(&store).len() < before);
    store.redo().unwrap();
    assert_eq!(everything(&store).len(), before);
}

#[test]
fn an_empty_store_may_be_filled_demo_data_are_used_again_and_real_records_are_left_alone() {
    let store = Store::memory();
    assert_eq!(look(&store), Ok(Found::Empty));
    assert_eq!(look(&filled(1)), Ok(Found::Demo));
    let mut txn = store.txn();
    let mut entry = crate::domain::entry::Entry::new("partner");
    for (key, value) in [("name", "Công ty A"), ("kind", "DN_TIEU_THU"), ("unit", COMMUNE)] {
        entry.set(key, Some(crate::domain::value::Value::Text(value.into())));
    }
    txn.save(entry, crate::store::Warnings::Refuse).unwrap();
    txn.commit().unwrap();
    assert!(look(&store).unwrap_err().vi.contains("dữ liệu thật"));
}
