//! Who came to a training session, as attendance rows and people tell it.

use std::collections::HashMap;

use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::store::{Cover, Order, Read, StoreError};

/// Whether an attendance row counts as having been there.
pub fn is_present(row: &Cover) -> bool {
    matches!(row.text("state"), Some("CO_MAT" | "HOAN_THANH"))
}

/// The list of a session.
#[derive(Debug, Default)]
pub struct List {
    /// Whether there is one, with whomever on it.
    pub is_there: bool,
    /// Those who came.
    pub present: Vec<Present>,
}

/// Somebody who came.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// The row.
    pub row: Id,
    /// The person, if on record.
    pub person: Option<Id>,
    /// Whether the row itself says that it is a woman.
    pub is_noted_woman: bool,
}

impl List {
    /// Reads the list of a session.
    ///
    /// # Errors
    /// The store's.
    pub fn read(read: &dyn Read, session: Id) -> Result<List, StoreError> {
        let mut list = List::default();
        for row in read.refers(session, "attendance", "training", Order::Forward) {
            let row = row?;
            list.is_there = true;
            if is_present(&row.cover) {
                list.present.push(Present {
                    row: row.id,
                    person: row.cover.id("person"),
                    is_noted_woman: row.cover.text("gender") == Some("NU"),
                });
            }
        }
        Ok(list)
    }
}

/// Who of the people is a woman, asked once for each; none for those of whom it is not known.
pub struct People<'a> {
    read: &'a dyn Read,
    women: HashMap<Id, Option<bool>>,
}

impl<'a> People<'a> {
    /// Nobody asked about yet.
    pub fn new(read: &'a dyn Read) -> People<'a> {
        People {
            read,
            women: HashMap::new(),
        }
    }

    /// Asks about many at once, one behind the other as they stand in the store: that reads each of its pages once.
    ///
    /// # Errors
    /// The store's.
    pub fn meet(&mut self, people: impl Iterator<Item = Id>) -> Result<(), StoreError> {
        let mut people: Vec<Id> = people.collect();
        people.arrange();
        people.dedup();
        people
            .into_iter()
            .try_for_each(|person| self.is_known_woman(person).map(|_| ()))
    }

    /// Whether somebody is a woman: by the person's record, else by what the row says; unknown is no.
    ///
    /// # Errors
    /// The store's.
    pub fn is_woman(&mut self, person: Option<Id>, is_noted: bool) -> Result<bool, StoreError> {
        let known = match person {
            Some(person) => self.is_known_woman(person)?,
            None => None,
        };
        Ok(known.unwrap_or(is_noted))
    }

    fn is_known_woman(&mut self, person: Id) -> Result<Option<bool>, StoreError> {
        if let Some(known) = self.women.get(&person) {
            return Ok(*known);
        }
        let cover = self.read.cover("person", person)?;
        let known = cover.and_then(|cover| cover.text("gender").map(|gender| gender == "NU"));
        self.women.insert(person, known);
        Ok(known)
    }
}
