//! The records of an office that has worked for years: a cooperative to fifty visits, each visit filled in as officers do.

use std::path::Path;

use chrono::{Duration, NaiveDate};
use serde_json::{Value as Json, json};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::reading;
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::store::{Read, Store, Warnings};

/// Visits to one cooperative.
pub const VISITS: usize = 50;

/// Opens a store, new or not, with its office set.
pub fn open(dir: &Path) -> Store {
    let (store, report) = Store::open(dir).expect("a store");
    assert!(report.notes.is_empty(), "{:?}", report.notes);
    let mut settings = Settings::default();
    settings.office.unit = Some("C12472-B".into());
    settings.office.officer = Some("Nguyễn Thị Hằng".into());
    store.set_settings(settings).expect("room");
    store
}

/// A number in letters, because a name holds none.
pub fn letters(number: usize) -> String {
    let digits = number.to_string();
    digits.bytes().map(|digit| char::from(b'A' + digit - b'0')).collect()
}

/// A cooperative.
pub fn cooperative(read: &dyn Read, number: usize) -> Entry {
    let name = format!("HTX Rau an toàn {}", letters(number));
    entry(
        read,
        "cooperative",
        &json!({"kind": "HTX", "name": name, "address": "Thôn La Vân", "registered_on": "2020-03-01"}),
    )
}

/// A visit to a cooperative, one of many.
pub fn visit(read: &dyn Read, cooperative: Id, number: usize) -> Entry {
    let day = NaiveDate::from_ymd_opt(2016, 1, 4).expect("a day") + Duration::days((number * 7 % 3_600) as i64);
    let (members, workers) = (20 + number % 30, 15 + number % 20);
    entry(
        read,
        "visit",
        &json!({"date": day.to_string(), "cooperative": cooperative.to_string(), "purposes": ["DANH_GIA"],
            "status": "DANG_HOAT_DONG", "members": members, "members_women": members / 2, "workers": workers,
            "workers_women": workers / 2, "advice": "Hướng dẫn lập phương án vay vốn Ngân hàng Chính sách xã hội",
            "findings": "Sổ sách đủ, kho lạnh hỏng một ngăn, đang chờ thợ; tổ nữ làm thêm buổi tối"}),
    )
}

fn entry(read: &dyn Read, key: &'static str, fields: &Json) -> Entry {
    let mut entry = Entry::new(key);
    let kind = kind(key).expect("a built-in kind");
    for (name, value) in fields.as_object().expect("an object") {
        let field = kind.field(name).expect("a field of the kind");
        entry.set(
            name,
            reading::from_json(field, value, read.known()).expect("a sound value"),
        );
    }
    entry
}

/// Imports that many records as one batch.
pub fn import(store: &Store, count: usize) {
    let mut bulk = store.bulk("bench").expect("a batch");
    let mut cooperative = None;
    for number in 0..count {
        let place = number % (VISITS + 1);
        let entry = bulk.with(|read| match cooperative {
            Some(id) if place > 0 => visit(read, id, number),
            _ => self::cooperative(read, number),
        });
        let id = bulk.save(entry, Warnings::Accept).expect("a sound record");
        if place == 0 {
            cooperative = Some(id);
        }
    }
    bulk.finish().expect("room");
}
