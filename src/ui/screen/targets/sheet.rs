//! All that the window of targets shows, counted for a day: the plans of the office with the rows of their targets.

use chrono::NaiveDate;

use super::trend::{self, Trend};
use crate::domain::unit_tree::UnitTree;
use crate::indicator::books::Books;
use crate::indicator::evaluate::{allotted_rows, rows_of};
use crate::indicator::plan::{self, Plan};
use crate::indicator::{Question, Row};
use crate::report::periodic::lines::WeeklyLines;
use crate::store::{Read, StoreError};

/// A plan with its rows.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The plan.
    pub plan: Plan,
    /// Its rows, each with where it is heading.
    pub rows: Vec<(Row, Trend)>,
}

/// All that is counted for a day.
#[derive(Debug)]
pub struct Sheet {
    /// The plans that hold for the office.
    pub plans: Vec<Counted>,
    /// The units, for their names.
    pub tree: UnitTree,
}

impl Sheet {
    /// Counts all plans of the office.
    ///
    /// # Errors
    /// The store's.
    pub fn count(read: &dyn Read, as_of: NaiveDate) -> Result<Sheet, StoreError> {
        let lines = WeeklyLines::default();
        let books = Books::open(read)?.with_lines(&lines);
        let question = Question { as_of, unit: None };
        let mut plans = Vec::new();
        for plan in plan::of_office(read, read.known().office().as_deref(), as_of)? {
            let mut rows = Vec::new();
            for target in &plan.targets {
                rows.extend(rows_of(&books, &plan, target, &question)?);
                rows.extend(allotted_rows(&books, &plan, target, as_of)?);
            }
            let trends = trend::trends(&books, &plan, &rows, as_of)?;
            plans.push(Counted {
                rows: rows.into_iter().zip(trends).collect(),
                plan,
            });
        }
        Ok(Sheet {
            plans,
            tree: books.tree,
        })
    }
}
