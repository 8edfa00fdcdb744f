//! What the tests of both grids share: an office of 22/05/2026, records put in as JSON, a grid opened at a size.

use super::{Body, GridScreen, Ground};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::record::kind;
use crate::domain::settings::Settings;
use crate::store::{Store, Warnings};
use crate::ui::harness::Harness;
use chrono::NaiveDate;
use serde_json::Value as Json;
use std::sync::Arc;

/// Puts an office and a day into an empty store.
pub fn begin(store: &Store) {
    let mut settings = Settings::default();
    settings.office.unit = Some("C12472-B".into());
    store.set_settings(settings).unwrap();
    store.pin_clock(NaiveDate::from_ymd_opt(2026, 5, 22).unwrap(), 1_779_408_000_000);
}

/// Adds a record, warnings accepted.
pub fn add(store: &Store, key: &'static str, fields: Json) -> Id {
    let mut entry = Entry::new(key);
    let mut txn = store.txn();
    for (name, value) in fields.as_object().unwrap() {
        let field = *kind(key).unwrap().field(name).unwrap();
        let value = txn
            .with(|read| reading::from_json(&field, value, read.known()))
            .unwrap();
        entry.set(name, value);
    }
    let id = txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    id
}

/// The fields of an event, some of them others than usual.
pub fn with(usual: Json, others: Json) -> Json {
    let mut fields = usual;
    fields
        .as_object_mut()
        .unwrap()
        .extend(others.as_object().unwrap().clone());
    fields
}

/// A grid alone in a window of a size.
pub fn open(ground: &'static Ground, body: Box<dyn Body>, event: Id, store: &Arc<Store>, size: (u16, u16)) -> Harness {
    let screen = GridScreen::new(ground, body, event, None);
    let mut setup = Harness::setup(Box::new(screen), Arc::clone(store), Box::new(|_, _| None));
    setup.settings = Settings::clone(&store.settings());
    Harness::over(setup, size)
}
