//! What the officer decided about a list beyond what its file says: which rows to leave out, whose doubts are waved
//! through, which record a row is about, which fields of a record that is there stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::Id;
use crate::store::Warnings;

/// What becomes of names that are typed all in capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capitals {
    /// They stay.
    #[default]
    AsTyped,
    /// "NGUYỄN THỊ HẰNG" → "Nguyễn Thị Hằng".
    SetRight,
}

/// The decisions about one file. Rows are named by their line in it.
#[derive(Clone, Debug)]
pub struct Decisions {
    /// Whether all doubts are accepted.
    pub warnings: Warnings,
    /// Rows whose doubts are accepted.
    pub accepted: BTreeSet<u32>,
    /// Rows that are not taken.
    pub left_out: BTreeSet<u32>,
    /// Fields, by key, of the record behind a row that stay as they are.
    pub kept: BTreeSet<(u32, String)>,
    /// Which record a row is about, or the person or exhibitor behind it; none: a new one.
    pub whose: BTreeMap<u32, Option<Id>>,
    /// What becomes of names in capitals.
    pub capitals: Capitals,
}

impl Default for Decisions {
    fn default() -> Decisions {
        Decisions {
            warnings: Warnings::Refuse,
            accepted: BTreeSet::new(),
            left_out: BTreeSet::new(),
            kept: BTreeSet::new(),
            whose: BTreeMap::new(),
            capitals: Capitals::AsTyped,
        }
    }
}

impl Decisions {
    /// Whether the doubts about a row are accepted.
    pub fn about(&self, line: u32) -> Warnings {
        // Whoever said that it is none of those on record was not in doubt.
        match self.accepted.contains(&line) || self.whose.get(&line) == Some(&None) {
            true => Warnings::Accept,
            false => self.warnings,
        }
    }

    /// Takes a field's new value after all, or keeps what is there.
    pub fn turn_field(&mut self, line: u32, key: &str) {
        let field = (line, key.to_owned());
        if !self.kept.remove(&field) {
            self.kept.insert(field);
        }
    }

    /// Leaves a row out, or takes it after all.
    pub fn turn_row(&mut self, line: u32) {
        if !self.left_out.remove(&line) {
            self.left_out.insert(line);
        }
    }

    /// Accepts the doubts about a row, or has them stand again.
    pub fn turn_doubts(&mut self, line: u32) {
        if !self.accepted.remove(&line) {
            self.accepted.insert(line);
        }
    }
}
