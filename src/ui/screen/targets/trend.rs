//! How a figure came about: where it stood at the ends of past weeks, and whether it has grown of late.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::indicator::books::Books;
use crate::indicator::evaluate::rows_of;
use crate::indicator::plan::Plan;
use crate::indicator::{Question, Row, evaluate};
use crate::report::periodic::lines::WeeklyLines;
use crate::store::{Read, StoreError};

/// Weeks that a chart looks back.
pub const WEEKS: u64 = 12;
/// Days after which a figure is compared with itself.
const OF_LATE: Days = Days::new(28);

/// Which way a figure went in the last four weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// It grew.
    Up,
    /// It fell.
    Down,
    /// It stood still, or nobody can tell.
    Level,
}

/// Names a row whatever the day: the target and the unit.
type Key = (String, String, String);

fn key(row: &Row) -> Key {
    (
        row.target.indicator.clone(),
        row.target.period.clone(),
        row.unit.clone(),
    )
}

/// The trends of a plan's rows, in their order.
///
/// # Errors
/// The store's.
pub fn trends(books: &Books, plan: &Plan, rows: &[Row], as_of: NaiveDate) -> Result<Vec<Trend>, StoreError> {
    let before = Question {
        as_of: as_of - OF_LATE,
        unit: None,
    };
    let before: HashMap<Key, Option<i128>> = evaluate(books, plan, &before)?
        .iter()
        .map(|row| (key(row), row.actual_tenths()))
        .collect();
    let trend = |row: &Row| match (before.get(&key(row)).copied().flatten(), row.actual_tenths()) {
        (Some(before), Some(now)) if now > before => Trend::Up,
        (Some(before), Some(now)) if now < before => Trend::Down,
        _ => Trend::Level,
    };
    Ok(rows.iter().map(trend).collect())
}

/// A figure at the end of each of the past weeks, the oldest first; in tenths, nothing where it could not be told.
#[derive(Clone, Debug)]
pub struct Weeks {
    /// The last day of each week, and the figure by then.
    pub points: Vec<(NaiveDate, Option<i128>)>,
}

/// The weeks of one row up to a day.
///
/// # Errors
/// The store's.
pub fn weeks(read: &dyn Read, plan: &Plan, row: &Row, as_of: NaiveDate) -> Result<Weeks, StoreError> {
    let lines = WeeklyLines::default();
    let books = Books::open(read)?.with_lines(&lines);
    let mut points = Vec::new();
    for back in (0..WEEKS).rev() {
        let on = as_of - Days::new(7 * back);
        let question = Question {
            as_of: on,
            unit: (row.unit != plan.unit).then(|| row.unit.clone()),
        };
        let rows = rows_of(&books, plan, &row.target, &question)?;
        points.push((on, rows.first().and_then(Row::actual_tenths)));
    }
    Ok(Weeks { points })
}
