//! What both grids are: the rows of an event (a session's list, a fair's sheet) beside what the store has of them.
//!
//! Rows only come at the end and keep their places; one that goes is dropped until the sheet is saved. What was not
//! saved is known by comparing, so that undo back to the stored row leaves nothing to save.

use super::history::{Rows, Touched};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::store::{Draft, Order, Read, StoreError};
use crate::ui::data::Warnings;
use serde_json::Value as Json;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Whether a row stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It stays.
    #[default]
    Kept,
    /// It goes when the sheet is saved; until then it keeps its number.
    Dropped,
}

/// A row of a sheet.
pub trait Line: Clone + PartialEq {
    /// Its record's id.
    fn id(&self) -> Id;
    /// Whether it stays.
    fn standing(&self) -> Standing;
    /// Lets it go or stay.
    fn stand(&mut self, standing: Standing);
}

/// The rows of an event.
#[derive(Clone, Debug)]
pub struct Sheet<E, R> {
    /// The session or the fair.
    pub event: E,
    rows: Rows<R>,
    /// The rows as the store has them, at the same places.
    stored: Vec<R>,
    /// How many rows are not as stored: kept up with each step, for it is asked at every drawing.
    unsaved: usize,
}

impl<E, R: Line> Sheet<E, R> {
    /// A sheet of rows as stored.
    pub fn of(event: E, stored: Vec<R>) -> Sheet<E, R> {
        Sheet {
            event,
            rows: Rows::new(stored.clone()),
            stored,
            unsaved: 0,
        }
    }

    /// The rows; their places are their numbers less one.
    pub fn rows(&self) -> &[R] {
        self.rows.all()
    }

    /// The row as the store has it.
    pub fn stored(&self, at: usize) -> Option<&R> {
        self.stored.get(at)
    }

    /// Places of the rows to be saved or deleted.
    pub fn changed(&self) -> impl Iterator<Item = usize> + '_ {
        let rows = self.rows().iter().enumerate();
        rows.filter(|(at, row)| self.is_unsaved(*at, row)).map(|(at, _)| at)
    }

    /// Whether a row at a place is to be saved or deleted.
    fn is_unsaved(&self, at: usize, row: &R) -> bool {
        match self.stored.get(at) {
            Some(stored) => stored != row,
            None => row.standing() == Standing::Kept,
        }
    }

    /// Whether anything is not saved.
    pub fn is_changed(&self) -> bool {
        self.unsaved > 0
    }

    /// How many rows are to be saved or deleted.
    pub fn unsaved(&self) -> usize {
        self.unsaved
    }

    /// What the last step did, whichever way it went, each row once.
    pub fn touched(&self) -> impl Iterator<Item = Touched<'_, R>> {
        self.rows.touched()
    }

    /// Steps made so far, back and forth.
    pub fn steps(&self) -> u64 {
        self.rows.steps()
    }

    /// Changes rows as one step; gives the first that changed.
    pub fn change(&mut self, changing: impl FnOnce(&mut Vec<R>)) -> Option<usize> {
        let first = self.rows.change(changing);
        self.stepped(first)
    }

    /// Changes the rows of some places as one step, without a look at the others.
    pub fn change_at(&mut self, places: &[usize], changing: impl FnMut(&mut R)) -> Option<usize> {
        let first = self.rows.change_at(places, changing);
        self.stepped(first)
    }

    /// Puts rows behind the last as one step; gives the place of the first.
    pub fn extend(&mut self, new: Vec<R>) -> Option<usize> {
        let first = self.rows.extend(new);
        self.stepped(first)
    }

    fn stepped(&mut self, first: Option<usize>) -> Option<usize> {
        if first.is_some() {
            let mut unsaved = self.unsaved;
            for row in self.rows.touched() {
                let counts = |it: Option<&R>| it.is_some_and(|it| self.is_unsaved(row.at, it));
                unsaved += usize::from(counts(row.is));
                unsaved -= usize::from(counts(row.was));
            }
            self.unsaved = unsaved;
        }
        first
    }

    /// Takes the last step back; gives the first row it touched.
    pub fn undo(&mut self) -> Option<usize> {
        let first = self.rows.undo();
        self.stepped(first)
    }

    /// Brings back what was taken back.
    pub fn redo(&mut self) -> Option<usize> {
        let first = self.rows.redo();
        self.stepped(first)
    }

    /// Drops a row, or takes it back in.
    pub fn drop_or_keep(&mut self, at: usize) -> Option<usize> {
        self.change_at(&[at], |row| {
            row.stand(match row.standing() {
                Standing::Kept => Standing::Dropped,
                Standing::Dropped => Standing::Kept,
            });
        })
    }

    /// Lays the rows of a draft over the sheet, as one step that undo takes back.
    pub fn lay_over(&mut self, draft: Vec<R>) {
        self.change(|rows| {
            for row in draft {
                match rows.iter_mut().find(|here| here.id() == row.id()) {
                    Some(here) => *here = row,
                    None if row.standing() == Standing::Kept => rows.push(row),
                    None => {}
                }
            }
        });
    }

    /// The rows to be saved, each with its place; the warnings of the `accepted` places are let through.
    pub fn to_save(&self, accepted: &BTreeSet<usize>) -> Vec<(usize, R, Warnings)> {
        let rows = self.changed().map(|at| {
            let warnings = if accepted.contains(&at) {
                Warnings::Accept
            } else {
                Warnings::Refuse
            };
            (at, self.rows()[at].clone(), warnings)
        });
        rows.collect()
    }
}

/// At which row a save stopped.
pub type Stopped = Rc<Cell<Option<usize>>>;

/// The draft of an event's rows, and what else its screen needs.
pub fn draft(id: Id, kind: &str, rows: Vec<Json>, rest: Json) -> Draft {
    let mut body = rest;
    // Put in as they are: a list of thousands is not copied.
    body["rows"] = Json::Array(rows);
    Draft {
        id,
        kind: kind.to_owned(),
        focus: None,
        body,
        changed_ms: 0,
    }
}

/// The records of a kind that are rows of an event, in the order of entry; `event` is the kind of the event and the
/// field that names it.
///
/// # Errors
/// The store cannot be read.
pub fn entries(read: &dyn Read, kind: &'static str, event: &'static str, id: Id) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    for item in read.refers(id, kind, event, Order::Forward) {
        entries.extend(read.get(kind, item?.id)?);
    }
    entries.arrange_by_key(|entry| entry.id);
    Ok(entries)
}
