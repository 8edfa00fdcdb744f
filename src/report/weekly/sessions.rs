//! Who came to a training session, as attendance rows and people tell it.

use std::collections::HashMap;

use crate::domain::id::Id;
use crate::store::{Cover, Read, StoreError};

/// Whether an attendance row counts as having been there.
pub fn is_present(row: &Cover) -> bool {
    matches!(row.text("state"), Some("CO_MAT" | "HOAN_THANH"))
}

/// The gender of people, asked once for each.
pub struct People<'a> {
    read: &'a dyn Read,
    genders: HashMap<Id, Option<String>>,
}

impl<'a> People<'a> {
    /// Nobody asked about yet.
    pub fn new(read: &'a dyn Read) -> People<'a> {
        People {
            read,
            genders: HashMap::new(),
        }
    }

    /// Whether a row is a woman's: by the gender of the person, else by that of the row; unknown is no.
    pub fn is_woman(&mut self, person: Option<Id>, on_row: Option<&str>) -> Result<bool, StoreError> {
        let known = match person {
            Some(person) => self.gender(person)?,
            None => None,
        };
        Ok(known.or(on_row) == Some("NU"))
    }

    fn gender(&mut self, person: Id) -> Result<Option<&str>, StoreError> {
        if !self.genders.contains_key(&person) {
            let cover = self.read.cover("person", person)?;
            let gender = cover.and_then(|cover| cover.text("gender").map(str::to_string));
            self.genders.insert(person, gender);
        }
        Ok(self.genders.get(&person).and_then(|gender| gender.as_deref()))
    }
}
