//! From a period to the file that is sent: which plans it is held against, what stands around the figures, the bytes of
//! each format, the file's name. Command line and interface send by this, so that they send the same.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::by_unit::{self, UnitFigures};
use super::collect::Periodic;
use super::layout::{self, Frame};
use super::{annex, charts, closing};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::programme::Line;
use crate::domain::text::Message;
use crate::indicator::plan::{self, Plan};
use crate::report::error::ReportError;
use crate::report::weekly::letterhead;
pub use crate::report::weekly::sending::{Format, Parting, now};
use crate::report::workbook::Workbook;
use crate::report::{csv, docx, markdown, plain, xlsx};
use crate::store::{Read, StoreError};

/// The plans of a unit, and of those above it, that run in a period; the national ones only for the Centre.
///
/// # Errors
/// The store's.
pub fn usual_plans(read: &dyn Read, unit: &str, period: Period) -> Result<Vec<Plan>, StoreError> {
    let mut plans = plan::of_office(read, Some(unit), period.to)?;
    plans.retain(|plan| plan.from <= period.to && period.from <= plan.to && (plan.unit != "TW" || unit == "TW"));
    Ok(plans)
}

/// Both programmes, in the order of the outline.
pub const BOTH: [Line; 2] = [Line::Cooperatives, Line::StartUps];

/// The period of a sort that holds a day; none for a range.
pub fn holding(kind: PeriodKind, on: NaiveDate) -> Option<Period> {
    let (year, month) = (on.year(), on.month());
    match kind {
        PeriodKind::Month => Period::month(year, month),
        PeriodKind::Quarter => Period::parse(&format!("{year:04}-Q{}", (month - 1) / 3 + 1)),
        PeriodKind::HalfYear => Period::parse(&format!("{year:04}-H{}", (month - 1) / 6 + 1)),
        PeriodKind::Year => Period::year(year),
        PeriodKind::Week | PeriodKind::Range => None,
    }
}

/// What stands around the figures: letterhead and signature of the office, the annexes, what changed since the report
/// was sent.
///
/// # Errors
/// The store's.
pub fn frame(read: &dyn Read, report: &Periodic, now: NaiveDateTime, parting: Parting) -> Result<Frame, StoreError> {
    let set = &read.settings().letterhead;
    let issuer = read.known().office().unwrap_or_else(|| report.asked.unit.clone());
    let mut annexes = match report.asked.period.kind {
        PeriodKind::HalfYear | PeriodKind::Year => annex::annexes(read, report)?,
        _ => Vec::new(),
    };
    let parts = match parting {
        Parting::ByUnit => by_unit::parts(read, report)?,
        Parting::Whole => Vec::new(),
    };
    if parting == Parting::ByUnit {
        annexes.push(by_unit::annex(report, &parts, annexes.len() + 1));
    }
    Ok(Frame {
        letterhead: Some(letterhead::head(set, read.known(), &issuer, now.date())),
        signature: Some(letterhead::signature(set, read.known(), &issuer, now.date())),
        annexes,
        parts,
        supplements: closing::supplements(read, report)?,
        about: (issuer != report.asked.unit).then(|| report.unit_name.clone()),
    })
}

/// The bytes of the file, made at a moment.
///
/// # Errors
/// What could not be written, in words.
pub fn write(format: Format, report: &Periodic, frame: &Frame, made: NaiveDateTime) -> Result<Vec<u8>, Message> {
    let refused = |error: ReportError| error.message();
    if format == Format::Csv {
        return Ok(csv::write(&by_unit::plain_table(report, &frame.parts)));
    }
    let doc = layout::doc(report, frame, made);
    Ok(match format {
        Format::Docx => docx::write(&doc).map_err(refused)?,
        Format::Xlsx => {
            let mut book = Workbook::of(&doc);
            // What is told in words belongs to the document.
            book.sheets.iter_mut().take(1).for_each(|sheet| sheet.notes.clear());
            charts::add(&mut book, report);
            xlsx::write(&book).map_err(refused)?
        }
        Format::Text => plain::write(&doc).into_bytes(),
        Format::Markdown | Format::Csv => markdown::write(&doc).into_bytes(),
    })
}

/// The figures of each unit below, where they were asked for.
pub type Parts = Vec<UnitFigures>;

/// A name in a folder that no file has: `bao-cao-2026-H1-C12472-B.docx`; a number is added rather than overwrite what was
/// sent or edited.
pub fn free_path(folder: &Path, report: &Periodic, extension: &str) -> PathBuf {
    let span = match report.asked.period.kind {
        PeriodKind::Range => format!("{}_{}", report.asked.period.from, report.asked.period.to),
        _ => report.asked.period.to_string(),
    };
    let stem = format!("bao-cao-{span}-{}", report.asked.unit);
    let name = |number: u32| {
        folder.join(match number {
            1 => format!("{stem}.{extension}"),
            _ => format!("{stem}-{number}.{extension}"),
        })
    };
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_day_lies_in_one_period_of_each_sort() {
        let named = |kind| holding(kind, day("2026-08-31")).map(|period| period.to_string());
        assert_eq!(named(PeriodKind::Month).as_deref(), Some("2026-08"));
        assert_eq!(named(PeriodKind::Quarter).as_deref(), Some("2026-Q3"));
        assert_eq!(named(PeriodKind::HalfYear).as_deref(), Some("2026-H2"));
        assert_eq!(named(PeriodKind::Year).as_deref(), Some("2026"));
        assert_eq!(named(PeriodKind::Range), None);
    }
}
