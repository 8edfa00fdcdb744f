//! Counting: each record falls into the columns of its day, once where things are counted without repetition.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::spans::{Column, Spans};
use crate::domain::id::Id;

/// A number and the records that it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many, or how many đồng.
    pub value: i64,
    /// What is counted: the records, or for counts without repetition the cooperatives and people.
    pub ids: Vec<Id>,
}

/// The figures of one line, by column.
pub type Figures = [Counted; 4];

/// Figures in the making, by code.
#[derive(Debug)]
pub struct Tally {
    spans: Spans,
    figures: HashMap<String, Figures>,
    seen: HashSet<(&'static str, Column, Id)>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(spans: Spans) -> Tally {
        Tally {
            spans,
            figures: HashMap::new(),
            seen: HashSet::new(),
        }
    }

    /// The days of the columns.
    pub fn spans(&self) -> Spans {
        self.spans
    }

    /// Counts one record on its day.
    pub fn count(&mut self, code: &str, on: NaiveDate, id: Id) {
        self.add(code, on, 1, id);
    }

    /// Adds an amount that a record brings on its day; the record is kept even where it brings nothing.
    pub fn add(&mut self, code: &str, on: NaiveDate, amount: i64, id: Id) {
        for column in self.spans.columns(on) {
            self.put(code, column, amount, id);
        }
    }

    /// Counts a thing once a column, however often it comes.
    pub fn count_once(&mut self, code: &'static str, on: NaiveDate, id: Id) {
        for column in self.spans.columns(on) {
            if self.seen.insert((code, column, id)) {
                self.put(code, column, 1, id);
            }
        }
    }

    /// Counts a thing that stands on the period's last day: in all columns alike.
    pub fn stands(&mut self, code: &str, id: Id) {
        for column in Column::ALL {
            self.put(code, column, 1, id);
        }
    }

    /// The figures of a code so far.
    pub fn figures(&self, code: &str) -> Figures {
        self.figures.get(code).cloned().unwrap_or_default()
    }

    fn put(&mut self, code: &str, column: Column, amount: i64, id: Id) {
        if !self.figures.contains_key(code) {
            self.figures.insert(code.to_string(), Figures::default());
        }
        if let Some(figures) = self.figures.get_mut(code) {
            let counted = &mut figures[column as usize];
            counted.value = counted.value.saturating_add(amount);
            counted.ids.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;

    #[test]
    fn a_thing_counted_once_counts_once_in_each_column() {
        let mut tally = Tally::new(Spans::of(Period::parse("2026-W21").unwrap()));
        let day = |text: &str| text.parse().unwrap();
        let id = Id::now();
        for on in ["2026-05-18", "2026-05-20", "2026-05-11"] {
            tally.count_once("COOPS_VISITED", day(on), id);
            tally.count("VISITS", day(on), Id::now());
        }
        let values = |code: &str| tally.figures(code).map(|counted| counted.value);
        assert_eq!(values("COOPS_VISITED"), [1, 1, 1, 0]);
        assert_eq!(values("VISITS"), [2, 1, 3, 0]);
    }
}
