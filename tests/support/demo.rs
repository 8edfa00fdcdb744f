//! The demo office, as `sohoi demo` makes it, on a fixed day; and the program before it, on its home screen.

#![allow(dead_code)] // Each test file uses its own part.

use chrono::NaiveDate;
use serde_json::Value as Json;
use sohoi::cli::demo::{Size, fill};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::reading;
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::store::{Store, Warnings};
use sohoi::ui::harness::Harness;
use sohoi::ui::screen::home::Home;
use sohoi::ui::screen::openers;
use std::sync::Arc;

/// The day that it is.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 22).expect("a day of the calendar")
}

/// The office: sixty cooperatives, twelve weeks of work.
pub fn store() -> Arc<Store> {
    let store = Store::memory();
    let size = Size {
        cooperatives: 60,
        weeks: 12,
        until: today(),
        seed: 1,
    };
    fill(&store, size).unwrap_or_else(|error| panic!("{:?}", error.messages()));
    store.pin_clock(today(), 1_779_400_000_000);
    Arc::new(store)
}

/// The program at 80×24 on its home screen.
pub fn at_home(store: &Arc<Store>) -> Harness {
    let mut setup = Harness::setup(Box::new(Home::new()), Arc::clone(store), openers::table());
    setup.settings = Settings::clone(&store.settings());
    let mut harness = Harness::over(setup, (80, 24));
    harness.settle();
    harness
}

/// Adds a record, warnings accepted.
pub fn add(store: &Store, key: &'static str, fields: &Json) -> Id {
    let mut entry = Entry::new(key);
    let mut txn = store.txn();
    for (name, value) in fields.as_object().expect("an object") {
        let field = *kind(key)
            .and_then(|kind| kind.field(name))
            .expect("a field of the kind");
        let value = txn
            .with(|read| reading::from_json(&field, value, read.known()))
            .expect("a value of the field");
        entry.set(name, value);
    }
    let id = txn.save(entry, Warnings::Accept).expect("a good record");
    txn.commit().expect("a store in memory commits");
    id
}
