//! The weekly summary: plain numbers, each with the ids of the records it counts.
//!
//! `collect` reads the store and gives a [`WeeklySummary`]; the writers ([`layout`], [`sheets`], [`json`], [`text`])
//! turn that into a document, a workbook, JSON or a message and read no figures of their own. Both halves are pure:
//! the same store and the same moment give the same report. Weeks are what it is for; other periods have the same lines.

pub mod attention;
pub mod by_unit;
pub mod closed;
mod count;
mod deadlines;
mod declared;
mod firsts;
pub mod json;
pub mod layout;
pub mod letterhead;
pub mod lines;
mod managers;
mod neglect;
pub mod next_week;
pub mod remarks;
mod rows;
pub mod sending;
mod sessions;
pub mod sheets;
pub mod spans;
pub mod tally;
pub mod targets;
pub mod text;

use chrono::{Datelike, NaiveDate};

pub use attention::Attention;
pub use by_unit::{Source, UnitPart, by_unit};
pub use closed::Sent;
pub use lines::{Measure, Nature};
pub use next_week::Coming;
pub use remarks::Remarks;
pub use spans::Column;
pub use tally::Counted;
pub use targets::Wanted;

use crate::beside::beside;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::domain::unit_tree::{Scope, UnitTree};
use crate::indicator::books::Books;
use crate::store::{Read, StoreError};
use spans::Spans;
use tally::{Figures, Tally};

/// The summary of a period for a unit and all below it.
#[derive(Clone, Debug, PartialEq)]
pub struct WeeklySummary {
    /// The days reported on.
    pub period: Period,
    /// The uid of the unit asked for.
    pub unit: String,
    /// What that unit is called.
    pub unit_name: String,
    /// The day as of which points to note hold: today, but never outside the period.
    pub as_of: NaiveDate,
    /// All lines, in their order.
    pub lines: Vec<SummaryLine>,
    /// Points to note.
    pub attention: Vec<Attention>,
    /// What lies ahead in the week after.
    pub next_week: Vec<Coming>,
}

/// One line with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryLine {
    /// The stable code.
    pub code: String,
    /// What it is called.
    pub label: Message,
    /// How its columns add up.
    pub nature: Nature,
    /// What its number is of.
    pub measure: Measure,
    /// The year's target.
    pub target: Option<Wanted>,
    spans: Spans,
    figures: Figures,
    /// What units without records of their own declared, by column.
    declared: [i64; 4],
}

impl SummaryLine {
    /// The figure of a column; none where the period has no such column.
    pub fn counted(&self, column: Column) -> Option<&Counted> {
        self.spans.has(column).then(|| &self.figures[column as usize])
    }

    /// The number of a column, 0 where there is no such column.
    pub fn value(&self, column: Column) -> i64 {
        let counted = self.counted(column).map_or(0, |counted| counted.value);
        counted.saturating_add(self.declared(column))
    }

    /// How much of a column's number units declared; always 0 in the summary of a week, which counts records alone.
    pub fn declared(&self, column: Column) -> i64 {
        self.declared[column as usize]
    }

    fn is_empty(&self) -> bool {
        Column::ALL.into_iter().all(|column| self.value(column) == 0)
    }
}

impl WeeklySummary {
    /// A line by its code.
    pub fn line(&self, code: &str) -> Option<&SummaryLine> {
        self.lines.iter().find(|line| line.code == code)
    }

    /// The number of a line in a column, 0 for a code that is no line.
    pub fn value(&self, code: &str, column: Column) -> i64 {
        self.line(code).map_or(0, |line| line.value(column))
    }

    /// What a line counts in a column.
    pub fn ids(&self, code: &str, column: Column) -> &[Id] {
        let counted = self.line(code).and_then(|line| line.counted(column));
        counted.map_or(&[], |counted| counted.ids.as_slice())
    }

    /// Whether nothing at all happened in the period.
    pub fn is_quiet(&self) -> bool {
        let flows = self.lines.iter().filter(|line| line.nature != Nature::Stock);
        flows.into_iter().all(|line| line.value(Column::This) == 0)
    }
}

/// Counts a period for a unit and the units below it, and looks at what needs attention and what lies ahead. A unit that
/// is not known has no records; whoever asks an officer's word checks it first.
pub fn collect(read: &dyn Read, period: Period, unit: &str) -> Result<WeeklySummary, StoreError> {
    collect_in(read, &tree(read)?, period, unit)
}

/// The lines of a period alone, without what needs attention and what lies ahead. What units declared that have no
/// records of their own is added.
///
/// # Errors
/// The store's.
pub fn figures(books: &Books, period: Period, unit: &str) -> Result<WeeklySummary, StoreError> {
    let tree = &books.tree;
    let mut lines = count_lines(books.read, &tree.scope(unit, period.to), period)?;
    if !books.unit_figures()?.is_empty() {
        declared::add(books, unit, period, &mut lines)?;
    }
    Ok(WeeklySummary {
        attention: Vec::new(),
        next_week: Vec::new(),
        period,
        unit: unit.to_string(),
        unit_name: tree.name(unit),
        as_of: period.to,
        lines,
    })
}

/// The units as the store knows them.
pub fn tree(read: &dyn Read) -> Result<UnitTree, StoreError> {
    let own = read.scan("unit").collect::<Result<Vec<_>, _>>()?;
    Ok(UnitTree::new(own))
}

fn collect_in(read: &dyn Read, tree: &UnitTree, period: Period, unit: &str) -> Result<WeeklySummary, StoreError> {
    let scope = tree.scope(unit, period.to);
    let today = read.today();
    let as_of = if period.contains(today) { today } else { period.to };
    let (tally, attention) = beside(
        || count::count(read, period, &scope),
        || attention::of_cooperatives(read, &tree.scope(unit, period.to), period, as_of),
    );
    let (tally, mut attention) = (tally?, attention?);
    let lines = filled(read, &tally, period, unit)?;
    let overdue = tally.figures("ISSUES_OVERDUE")[Column::This as usize].ids.clone();
    attention.extend(attention::of_deadlines(read, &scope, period, as_of, &overdue)?);
    Ok(WeeklySummary {
        attention,
        next_week: next_week::collect(read, tree, &scope, period)?,
        period,
        unit: unit.to_string(),
        unit_name: tree.name(unit),
        as_of,
        lines,
    })
}

/// The lines of a unit alone, without what needs attention.
fn count_lines(read: &dyn Read, scope: &Scope<'_>, period: Period) -> Result<Vec<SummaryLine>, StoreError> {
    filled(read, &count::count(read, period, scope)?, period, scope.unit())
}

/// The lines of a scope that is not the whole of its unit: no target is held against them.
fn lines_alone(read: &dyn Read, scope: &Scope<'_>, period: Period) -> Result<Vec<SummaryLine>, StoreError> {
    let mut lines = count_lines(read, scope, period)?;
    lines.iter_mut().for_each(|line| line.target = None);
    Ok(lines)
}

fn filled(read: &dyn Read, tally: &Tally, period: Period, unit: &str) -> Result<Vec<SummaryLine>, StoreError> {
    let targets = targets::of_year(read, unit, period.to.year())?;
    let fill = |line: lines::Line| SummaryLine {
        figures: tally.figures(&line.code),
        spans: tally.spans(),
        declared: [0; 4],
        target: targets.get(&line.code).copied(),
        code: line.code,
        label: line.label,
        nature: line.nature,
        measure: line.measure,
    };
    Ok(lines::lines().into_iter().map(fill).collect())
}
