//! Looking the whole store over: journal, map, indexes, references; and mending what can be derived or is in a backup.
//!
//! Everything is read once, in memory bounded by one small note a record. The map's own checksums are read by a child
//! when the store is opened for this ([`Trust::Doubt`](super::opening::Trust::Doubt)), because sled may panic or loop on damaged files.

mod finding;
mod journal;
mod repair;

use std::ops::Bound;

use super::fault::StoreError;
use super::index;
use super::map::{Order, Tree};
use super::opening::Rebuilt;
use super::read::Read;
use super::{OpenReport, Store};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::value::Value;

pub use finding::{Checkup, Finding};
pub use repair::Repaired;

use finding::Remedy;
use journal::Walk;

impl Store {
    /// Looks everything over. What opening found ([`Trust::Doubt`](super::opening::Trust::Doubt)) belongs to it.
    ///
    /// # Errors
    /// The disk refuses to be read; damage is no error.
    pub fn check(&self, opened: &OpenReport) -> Result<Checkup, StoreError> {
        let mut checkup = Checkup::default();
        if opened.rebuilt == Some(Rebuilt::Damaged) {
            checkup.findings.push(finding::map_was_damaged());
        }
        let journal = Walk::over(self, &mut checkup)?;
        for kind in KINDS {
            self.check_kind(*kind, journal.as_ref(), &mut checkup)?;
        }
        if let Some(walk) = journal {
            walk.not_in_map(self, &mut checkup)?;
        }
        self.check_index(&mut checkup);
        checkup.shorten();
        Ok(checkup)
    }

    /// Reads every record of a kind.
    fn check_kind(
        &self,
        kind: &'static dyn Kind,
        walk: Option<&Walk>,
        checkup: &mut Checkup,
    ) -> Result<(), StoreError> {
        let reader = self.reader();
        let mut count = 0;
        for id in reader.ids(kind.key()) {
            let id = match id {
                Ok(id) => id,
                Err(error) => {
                    checkup.find(kind.key().to_string(), finding::unreadable_map(&error), Remedy::Build);
                    break;
                }
            };
            count += 1;
            let Ok(Some(stored)) = reader.stored(kind.key(), id) else {
                let place = format!("{} {id}", kind.key());
                checkup.find(place, finding::unreadable_record(), Remedy::Build);
                continue;
            };
            if let Some(walk) = walk {
                walk.compare(kind, &stored, checkup);
            }
            self.check_values(kind, &stored.entry, checkup)?;
            self.check_keys(kind, &stored.entry, checkup)?;
        }
        checkup.records.insert(kind.key(), count);
        Ok(())
    }

    fn check_values(&self, kind: &'static dyn Kind, entry: &Entry, checkup: &mut Checkup) -> Result<(), StoreError> {
        let reader = self.reader();
        for field in self.schema().fields(kind) {
            let Some(value) = entry.get(field.key) else { continue };
            let place = || format!("{} {} {}", kind.key(), entry.id, field.key);
            if is_misshapen(field, value) {
                checkup.find(place(), finding::misshapen(), Remedy::Look);
            }
            for id in value.items().iter().filter_map(Value::as_id) {
                let target = field.kind.target().unwrap_or_default();
                if reader.get(target, id)?.is_none() && reader.grave(id)?.is_none() {
                    checkup.lose(place(), finding::refers_to_nothing(id), vec![id], Remedy::Backup);
                }
            }
        }
        Ok(())
    }

    /// Whether the index has every key of a record, with the content that belongs there.
    fn check_keys(&self, kind: &'static dyn Kind, entry: &Entry, checkup: &mut Checkup) -> Result<(), StoreError> {
        for (key, value) in index::entries(kind, entry) {
            if self.map.get(Tree::Index, &key)?.as_ref() != Some(&value) {
                let place = format!("{} {} {}", kind.key(), entry.id, index_name(&key));
                checkup.find(place, finding::index_disagrees(), Remedy::Build);
            }
        }
        Ok(())
    }

    /// Whether the index has keys that belong to no record.
    fn check_index(&self, checkup: &mut Checkup) {
        let reader = self.reader();
        let all = self
            .map
            .range(Tree::Index, Bound::Unbounded, Bound::Unbounded, Order::Forward);
        for item in all {
            let (key, value) = match item {
                Ok(item) => item,
                Err(error) => {
                    checkup.find("index".to_string(), finding::unreadable_map(&error), Remedy::Build);
                    break;
                }
            };
            let Some((kind, id)) = owner(&key, &value) else {
                checkup.find(
                    format!("index {}", index_name(&key)),
                    finding::index_disagrees(),
                    Remedy::Build,
                );
                continue;
            };
            let belongs = match reader.get(kind.key(), id) {
                Ok(Some(entry)) => index::entries(kind, &entry).iter().any(|(own, _)| *own == key),
                _ => false,
            };
            if !belongs {
                let place = format!("{} {id} {}", kind.key(), index_name(&key));
                checkup.find(place, finding::index_disagrees(), Remedy::Build);
            }
        }
    }
}

/// The kind and record that an index key belongs to.
fn owner(key: &[u8], value: &[u8]) -> Option<(&'static dyn Kind, Id)> {
    let (sort, rest) = key.split_first()?;
    let rest = if *sort == b'r' { rest.get(16..)? } else { rest };
    let name = rest.split(|byte| *byte == 0).next()?;
    let kind = kind(std::str::from_utf8(name).ok()?)?;
    let id = match sort {
        b'c' => Id::from_bytes(value.try_into().ok()?),
        _ => index::id_at_end(key)?,
    };
    Some((kind, id))
}

/// What sort of key it is, for whoever has to find it.
fn index_name(key: &[u8]) -> &'static str {
    match key.first() {
        Some(b'd') => "index:date",
        Some(b'r') => "index:reference",
        Some(b'c') => "index:code",
        Some(b't') => "index:text",
        Some(b'n') => "index:name",
        Some(b's') => "index:order",
        _ => "index",
    }
}

/// Whether a value could not be decoded as its field's kind and was kept as it stood.
fn is_misshapen(field: &Field, value: &Value) -> bool {
    value.items().iter().any(|item| match field.kind {
        FieldKind::Json => false,
        FieldKind::Date => !matches!(item, Value::Date(_)),
        FieldKind::Partial => !matches!(item, Value::Partial(_)),
        FieldKind::Ref(_) | FieldKind::Refs(_) => !matches!(item, Value::Id(_)),
        FieldKind::Flag | FieldKind::Days => !matches!(item, Value::Bool(_)),
        FieldKind::Counts(_) => !matches!(item, Value::Counts(_)),
        FieldKind::Decimal => !matches!(item, Value::Decimal(_) | Value::Number(_)),
        kind if kind.is_number() => !matches!(item, Value::Number(_)),
        _ => !matches!(item, Value::Text(_)),
    })
}
