//! From a summary to the file that is sent: which week is usual, what stands around the figures, the bytes of each
//! format, the file's name. Command line and interface send by this, so that they send the same.

use std::path::{Path, PathBuf};

use chrono::{Days, Local, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::layout::{self, Frame};
use super::{Remarks, Sent, WeeklySummary, letterhead, sheets, text};
use crate::domain::period::Period;
use crate::domain::text::{Lang, Message};
use crate::report::error::ReportError;
use crate::report::{csv, docx, markdown, xlsx};
use crate::store::{Read, StoreError};

/// A format in which the summary is sent or passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A report for Word.
    Docx,
    /// A workbook with the lists behind the figures.
    Xlsx,
    /// All figures by code.
    Csv,
    /// The report as Markdown.
    Markdown,
    /// A short message.
    Text,
}

impl Format {
    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Markdown => "md",
            Format::Text => "txt",
        }
    }

    /// Whether it is a document that is sent, and so closes the week.
    pub fn is_sent(self) -> bool {
        matches!(self, Format::Docx | Format::Xlsx)
    }

    /// The bytes of the file, made at a moment.
    ///
    /// # Errors
    /// What could not be written or read, in words.
    pub fn write(
        self,
        read: &dyn Read,
        summary: &WeeklySummary,
        frame: &Frame,
        made: NaiveDateTime,
        lang: Lang,
    ) -> Result<Vec<u8>, Message> {
        let refused = |error: ReportError| error.message();
        Ok(match self {
            Format::Docx => docx::write(&layout::doc(summary, frame, made)).map_err(refused)?,
            Format::Xlsx => {
                let book = sheets::workbook(read, summary, frame, made).map_err(|error| error.message())?;
                xlsx::write(&book).map_err(refused)?
            }
            Format::Csv => csv::write(&layout::plain_table(summary, frame)),
            Format::Markdown => markdown::write(&layout::doc(summary, frame, made)).into_bytes(),
            Format::Text => text::write(summary, frame, lang).into_bytes(),
        })
    }
}

/// Whether the units below are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parting {
    /// All together.
    #[default]
    Whole,
    /// Each of them too.
    ByUnit,
}

/// Today, as the store counts it, and the hour.
pub fn now(read: &dyn Read) -> NaiveDateTime {
    let clock = Local::now().naive_local();
    let time = NaiveTime::from_hms_opt(clock.hour(), clock.minute(), 0);
    read.today().and_time(time.unwrap_or_default())
}

/// The last whole week, or this one once its last working day has reached noon (Friday; Thursday of a week that begins
/// on Friday): by then officers write their reports.
pub fn usual_week(now: NaiveDateTime, start: Weekday) -> Period {
    let this = Period::week_of(now.date(), start);
    let working_days = if start == Weekday::Mon { 4 } else { 6 };
    let noon = (this.from + Days::new(working_days)).and_hms_opt(12, 0, 0);
    match this.previous() {
        Some(last) if noon.is_none_or(|noon| now < noon) => last,
        _ => this,
    }
}

/// What stands around the figures of a summary: letterhead and signature of the office, the officer's own words, last
/// week as it was sent.
pub fn frame(
    read: &dyn Read,
    summary: &WeeklySummary,
    now: NaiveDateTime,
    parting: Parting,
) -> Result<Frame, StoreError> {
    let set = &read.settings().letterhead;
    let issuer = read.office().unwrap_or_else(|| summary.unit.clone());
    let sent = match summary.period.previous() {
        Some(before) => Sent::of(read, before, &summary.unit)?,
        None => None,
    };
    Ok(Frame {
        letterhead: Some(letterhead::head(set, read.known(), &issuer, now.date())),
        signature: Some(letterhead::signature(set, read.known(), &issuer, now.date())),
        remarks: Remarks::kept(read, summary.period, &summary.unit)?,
        sent,
        parts: match parting {
            Parting::ByUnit => super::by_unit(read, summary.period, &summary.unit)?,
            Parting::Whole => Vec::new(),
        },
        about: (issuer != summary.unit).then(|| summary.unit_name.clone()),
    })
}

/// A name in a folder that no file has: `bao-cao-tuan-2026-W21.docx`; a number is added rather than overwrite what was
/// sent or edited.
pub fn free_path(folder: &Path, read: &dyn Read, summary: &WeeklySummary, format: Format) -> PathBuf {
    let unit = if read.office().as_deref() == Some(&summary.unit) {
        String::new()
    } else {
        format!("-{}", summary.unit)
    };
    let period = summary.period;
    let span = period
        .iso_week()
        .unwrap_or_else(|| format!("{}_{}", period.from, period.to));
    let name = |number: u32| {
        let number = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        folder.join(format!("bao-cao-tuan-{span}{unit}{number}.{}", format.extension()))
    };
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_usual_week_is_the_last_whole_one_until_friday_noon() {
        let week = |now: &str| usual_week(at(now), Weekday::Mon).to_string();
        assert_eq!(week("2026-05-18T08:00:00"), "2026-W20");
        assert_eq!(week("2026-05-22T11:59:00"), "2026-W20");
        assert_eq!(week("2026-05-22T12:00:00"), "2026-W21");
        assert_eq!(week("2026-05-24T20:00:00"), "2026-W21");
        assert_eq!(week("2026-05-25T07:00:00"), "2026-W21");
    }

    #[test]
    fn a_week_from_friday_is_written_from_its_thursday_noon() {
        let week = |now: &str| usual_week(at(now), Weekday::Fri).from.to_string();
        assert_eq!(week("2026-05-21T11:00:00"), "2026-05-08");
        assert_eq!(week("2026-05-21T12:00:00"), "2026-05-15");
        assert_eq!(week("2026-05-22T08:00:00"), "2026-05-15");
    }
}
