//! Makes records the way everybody else does: through reading, completing and checking; with ids, codes and clocks that
//! come from the seed and the dates alone.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value as Json;

use super::chance::Chance;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::record::kind;
use crate::domain::text::Message;
use crate::store::bulk::Bulk;
use crate::store::{Refusal, Store, Txn, Warnings};

/// Why demo data could not be made: a refusal of the store, or a fault in the made-up data itself.
#[derive(Debug)]
pub enum DemoError {
    /// The store, or a check.
    Refused(Refusal),
    /// A value that is none of its field: the made-up data are wrong.
    Wrong(String),
}

impl DemoError {
    /// What the officer is told.
    pub fn messages(&self) -> Vec<Message> {
        match self {
            DemoError::Refused(refusal) => refusal.messages(),
            DemoError::Wrong(what) => vec![Message::new(
                format!("Dữ liệu mẫu có lỗi ({what}). Chưa lưu gì."),
                format!("The demo data are at fault ({what}). Nothing was saved."),
            )],
        }
    }
}

impl<R: Into<Refusal>> From<R> for DemoError {
    fn from(error: R) -> DemoError {
        DemoError::Refused(error.into())
    }
}

/// The maker, at work on one day after another.
pub struct Maker<'s> {
    store: &'s Store,
    bulk: Option<Bulk<'s>>,
    /// Where everything that is not told comes from.
    pub chance: Chance,
    today: NaiveDate,
    millis: u64,
}

impl<'s> Maker<'s> {
    /// Begins on a day.
    pub fn new(store: &'s Store, seed: u64, today: NaiveDate) -> Result<Maker<'s>, DemoError> {
        let millis = morning(today);
        store.pin_clock(today, millis);
        let bulk = Some(store.bulk("dữ liệu mẫu")?);
        Ok(Maker {
            store,
            bulk,
            chance: Chance::new(seed),
            today,
            millis,
        })
    }

    /// Goes on to a later day; an earlier one changes nothing, a clock does not go back.
    pub fn go_to(&mut self, day: NaiveDate) -> Result<(), DemoError> {
        if day > self.today {
            self.today = day;
            self.millis = morning(day);
            match &mut self.bulk {
                Some(bulk) => bulk.pin_clock(day, self.millis)?,
                None => self.store.pin_clock(day, self.millis),
            }
        }
        Ok(())
    }

    /// The day it is at.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Closes the one big batch; what follows is saved one by one, as an officer does, and can be taken back so.
    pub fn one_by_one(&mut self) -> Result<(), DemoError> {
        if let Some(bulk) = self.bulk.take() {
            bulk.finish()?;
        }
        Ok(())
    }

    /// Makes a record of fields given as in JSON; `null` and empty lists are left out.
    pub fn make(&mut self, key: &str, fields: Json) -> Result<Id, DemoError> {
        let kind = kind(key).ok_or_else(|| DemoError::Wrong(key.to_string()))?;
        self.millis += self.chance.between(20_000, 240_000).unsigned_abs();
        let id = Id::at(self.millis, self.chance.bytes());
        self.save(
            Entry {
                kind: kind.key(),
                id,
                values: Default::default(),
            },
            fields,
        )
    }

    /// Changes fields of a record.
    pub fn change(&mut self, key: &str, id: Id, fields: Json) -> Result<(), DemoError> {
        let entry = self.with(|read| read.get(key, id))?.ok_or(Refusal::Absent(id))?;
        self.save(entry, fields).map(|_| ())
    }

    fn save(&mut self, mut entry: Entry, fields: Json) -> Result<Id, DemoError> {
        let Json::Object(fields) = fields else {
            return Err(DemoError::Wrong(entry.kind.to_string()));
        };
        let key = entry.kind;
        let read: Result<Vec<_>, DemoError> = self.with(|read| {
            let value = |(name, json): (&String, &Json)| {
                let field = read.schema().fields_of(key).find(|field| field.key == name);
                let field = field.ok_or_else(|| DemoError::Wrong(format!("{key}.{name}")))?;
                let value = reading::from_json(field, json, read.known());
                Ok((
                    name.clone(),
                    value.map_err(|wrong| DemoError::Wrong(format!("{key}.{name}: {}", wrong.text.en)))?,
                ))
            };
            fields.iter().map(value).collect()
        });
        for (name, value) in read? {
            entry.set(&name, value);
        }
        match &mut self.bulk {
            Some(bulk) => Ok(bulk.save(entry, Warnings::Accept)?),
            None => {
                let mut txn = self.store.txn();
                let id = txn.save(entry, Warnings::Accept)?;
                txn.commit()?;
                Ok(id)
            }
        }
    }

    /// Reads what was made so far.
    pub fn with<T>(&mut self, ask: impl FnOnce(&dyn crate::store::Read) -> T) -> T {
        match &mut self.bulk {
            Some(bulk) => bulk.with(ask),
            None => Txn::with(&self.store.txn(), ask),
        }
    }
}

/// Eight in the morning, in milliseconds since 1970. Taken as universal time, so that it is the same on every machine.
fn morning(day: NaiveDate) -> u64 {
    let at = day.and_time(NaiveTime::from_hms_opt(1, 0, 0).unwrap_or_default());
    u64::try_from(at.and_utc().timestamp_millis()).unwrap_or(0)
}
