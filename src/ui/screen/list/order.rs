//! In what order the rows of a table stand. By day, by name and by entry an index has the order already, so that the
//! first rows are there at once and the others come on a thread; by anything else every row has to be read.

use super::columns::{Shown, last_visit};
use super::rows::each;
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::Field;
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::{Items, Order, Read, StoreError};
use crate::ui::screen::Progress;
use crate::ui::widget::table::Direction;
use crate::vietnamese::collate;
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::HashSet;

/// By what, and which way.
#[derive(Clone, Debug)]
pub(super) struct Sorting {
    /// The column; none for the order of entry.
    pub(super) by: Option<Shown>,
    pub(super) way: Direction,
}

impl Sorting {
    /// By day, the last first; by name; else by entry, the last first.
    pub(super) fn natural(kind: &'static dyn Kind, columns: &[Shown]) -> Sorting {
        let column = |key: &str| columns.iter().find(|shown| shown.key() == Some(key)).cloned();
        let by_day = day_field(kind).and_then(column);
        match (by_day, kind.name_field().and_then(column)) {
            (Some(day), _) => Sorting {
                by: Some(day),
                way: Direction::Down,
            },
            (None, Some(name)) => Sorting {
                by: Some(name),
                way: Direction::Up,
            },
            (None, None) => Sorting {
                by: None,
                way: Direction::Down,
            },
        }
    }

    /// The ids in the order of an index; none where no index has it. What has no day or no name is not among them.
    pub(super) fn indexed<'r>(&self, kind: &'static dyn Kind, read: &'r dyn Read) -> Option<Items<'r, Id>> {
        let order = match self.way {
            Direction::Up => Order::Forward,
            Direction::Down => Order::Backward,
        };
        let Some(by) = &self.by else {
            return Some(match self.way {
                Direction::Up => read.ids(kind.key()),
                Direction::Down => read.latest_ids(kind.key()),
            });
        };
        let key = by.key()?;
        if day_field(kind) == Some(key) {
            return Some(read.by_day(kind.key(), key, order));
        }
        (kind.name_field() == Some(key)).then(|| read.by_name(kind.key(), order))
    }

    /// All ids in the order of an index, those without a day or a name at the end; none where no index has it.
    pub(super) fn read_all(&self, kind: &'static dyn Kind, read: &dyn Read) -> Option<Result<Vec<Id>, StoreError>> {
        // The store goes forward much faster than back.
        let forward = Sorting {
            by: self.by.clone(),
            way: Direction::Up,
        };
        let ids: Result<Vec<Id>, StoreError> = forward.indexed(kind, read)?.collect();
        Some(ids.and_then(|mut ids| {
            if self.way == Direction::Down {
                ids.reverse();
            }
            if let Some(by) = &self.by {
                add_missing(&mut ids, by, kind, read)?;
            }
            Ok(ids)
        }))
    }

    /// Reads every row and sorts.
    ///
    /// # Errors
    /// The store, or that it was to stop.
    pub(super) fn sort(
        &self,
        kind: &'static dyn Kind,
        ids: &[Id],
        read: &dyn Read,
        lang: Lang,
        progress: &Progress,
    ) -> Result<Vec<Id>, Message> {
        let keys = each(kind, ids, read, progress, |entry| {
            entry.and_then(|entry| self.key(kind, entry, read, lang))
        })?;
        let mut keyed: Vec<(Option<Key>, Id)> = keys.into_iter().zip(ids.iter().copied()).collect();
        keyed.arrange_by(|one, other| self.compare(one, other));
        Ok(keyed.into_iter().map(|(_, id)| id).collect())
    }

    /// Where a record belongs among rows that are sorted.
    pub(super) fn place(
        &self,
        kind: &'static dyn Kind,
        among: &[Id],
        entry: &Entry,
        read: &dyn Read,
        lang: Lang,
    ) -> usize {
        let own = (self.key(kind, entry, read, lang), entry.id);
        among.partition_point(|id| {
            let other = read.get(kind.key(), *id).ok().flatten();
            let key = other.and_then(|other| self.key(kind, &other, read, lang));
            self.compare(&(key, *id), &own) == Ordering::Less
        })
    }

    fn key(&self, kind: &'static dyn Kind, entry: &Entry, read: &dyn Read, lang: Lang) -> Option<Key> {
        // By entry the ids alone decide.
        let by = self.by.as_ref()?;
        match by.key().and_then(|key| entry.get(key)) {
            Some(Value::Number(number)) => Some(Key::Number(*number as f64)),
            Some(Value::Decimal(number)) => Some(Key::Number(*number)),
            Some(Value::Date(day)) => Some(Key::of_day(*day)),
            Some(Value::Partial(partial)) => Some(Key::of_day(partial.last_day())),
            _ if matches!(by, Shown::LastVisit) => last_visit(entry, read).map(Key::of_day),
            _ => {
                let text = by.text(entry, read, lang);
                let is_person = kind.key() == "person" && by.key() == kind.name_field();
                let order = if is_person {
                    collate::name_key(&text)
                } else {
                    collate::sort_key(&text)
                };
                (!text.is_empty()).then_some(Key::Text(order))
            }
        }
    }

    /// What is empty stands last, whichever way.
    fn compare(&self, (one, one_id): &(Option<Key>, Id), (other, other_id): &(Option<Key>, Id)) -> Ordering {
        let turned = |order: Ordering| match self.way {
            Direction::Up => order,
            Direction::Down => order.reverse(),
        };
        match (one, other) {
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (one, other) => {
                let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
                turned(order.then(one_id.cmp(other_id)))
            }
        }
    }
}

/// A value as it sorts: numbers and days by size, texts in Vietnamese order.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum Key {
    Number(f64),
    Text(Vec<u8>),
}

impl Key {
    /// A day: year, month and day in this order.
    fn of_day(day: NaiveDate) -> Key {
        Key::Text(day.to_string().into_bytes())
    }
}

/// The field by whose days an index orders the kind.
fn day_field(kind: &'static dyn Kind) -> Option<&'static str> {
    kind.when()
        .filter(|when| kind.field(when).is_some_and(|field| field.indexed))
}

/// Adds the ids that the index of days or names has not: none where every record must have one.
fn add_missing(ids: &mut Vec<Id>, by: &Shown, kind: &'static dyn Kind, read: &dyn Read) -> Result<(), StoreError> {
    if by.field().is_some_and(Field::is_required) {
        return Ok(());
    }
    let known: HashSet<Id> = ids.iter().copied().collect();
    for id in read.ids(kind.key()) {
        let id = id?;
        if !known.contains(&id) {
            ids.push(id);
        }
    }
    Ok(())
}
