//! A store in memory with a commune's office in it, filled by a line a record.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::period::Period;
use sohoi::domain::reading;
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::report::weekly::{self, Column, WeeklySummary};
use sohoi::store::{Read, Store, Warnings};

/// The office: Xã Quỳnh Phụ.
pub const OFFICE: &str = "C12472-B";
/// A commune of the same province that is not below it.
pub const OTHER: &str = "C12619-B";

pub struct Office {
    pub store: Store,
    made: u64,
}

impl Office {
    /// An office whose clock stands at the end of June 2027: everything in these tests lies behind it.
    pub fn new() -> Office {
        Office::on("2027-06-30")
    }

    /// An office of a certain today.
    pub fn on(today: &str) -> Office {
        let store = Store::memory();
        let mut settings = Settings::default();
        settings.office.unit = Some(OFFICE.to_string());
        store.set_settings(settings).unwrap();
        let today: NaiveDate = today.parse().unwrap();
        store.pin_clock(today, millis("2024-01-02"));
        Office { store, made: 0 }
    }

    pub fn add(&mut self, key: &str, fields: Json) -> Id {
        self.add_entered(key, "2024-01-02", fields)
    }

    /// Adds a record that was entered on a day.
    pub fn add_entered(&mut self, key: &str, entered: &str, fields: Json) -> Id {
        self.made += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        let entry = Entry {
            kind: kind(key).unwrap().key(),
            id: Id::at(millis(entered) + self.made, random),
            values: Default::default(),
        };
        let id = entry.id;
        self.save(entry, fields);
        id
    }

    pub fn edit(&mut self, id: Id, fields: Json) {
        let entry = self
            .store
            .reader()
            .get_any(id)
            .unwrap()
            .expect("a test edits a living record");
        self.save(entry, fields);
    }

    fn save(&mut self, mut entry: Entry, fields: Json) {
        let mut txn = self.store.txn();
        txn.with(|read| {
            for (key, json) in fields.as_object().unwrap() {
                let field = read.schema().fields_of(entry.kind).find(|field| field.key == key);
                let field = field.unwrap_or_else(|| panic!("{} has no field {key}", entry.kind));
                let value = reading::from_json(field, json, read.known());
                entry.set(key, value.unwrap_or_else(|wrong| panic!("{key}: {wrong:?}")));
            }
        });
        let (kind, values) = (entry.kind, format!("{:?}", entry.values));
        txn.save(entry, Warnings::Accept)
            .unwrap_or_else(|refusal| panic!("{kind} {values}: {refusal:?}"));
        txn.commit().unwrap();
    }

    pub fn delete(&mut self, id: Id) {
        let key = self
            .store
            .reader()
            .get_any(id)
            .unwrap()
            .expect("a test deletes a living record")
            .kind;
        let mut txn = self.store.txn();
        txn.delete(key, id).unwrap();
        txn.commit().unwrap();
    }

    pub fn cooperative(&mut self, kind: &str, name: &str) -> Id {
        self.add(
            "cooperative",
            json!({"kind": kind, "name": name, "registered_on": "2020-03-01"}),
        )
    }

    pub fn person(&mut self, name: &str, gender: &str) -> Id {
        self.add("person", json!({"name": name, "gender": gender}))
    }

    pub fn week(&self, week: &str) -> WeeklySummary {
        self.week_of(week, OFFICE)
    }

    pub fn week_of(&self, week: &str, unit: &str) -> WeeklySummary {
        let reader = self.store.reader();
        weekly::collect(&reader, Period::parse(week).unwrap(), unit).unwrap()
    }
}

fn millis(day: &str) -> u64 {
    let day: NaiveDate = day.parse().unwrap();
    day.and_hms_opt(1, 0, 0).unwrap().and_utc().timestamp_millis() as u64
}

/// This week, last week, the year.
pub fn columns(summary: &WeeklySummary, code: &str) -> [i64; 3] {
    assert!(summary.line(code).is_some(), "{code} is no line");
    [Column::This, Column::Previous, Column::Year].map(|column| summary.value(code, column))
}
