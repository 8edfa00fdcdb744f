//! `sohoi report`: the summary of a period, to standard output or as a file.
//!
//! A week sent as a document (docx, xlsx) by the office is frozen: the next week shows it as it was sent.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use clap::{Args, Subcommand, ValueEnum};

use super::failure::Failure;
use super::periodic::{self, PeriodArgs};
use super::{Answer, Desk, tell};
use crate::domain::entry::Entry;
use crate::domain::known::Known;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::text::{Lang, Message};
use crate::report::file;
use crate::report::weekly::layout::Frame;
use crate::report::weekly::sending::{self, Parting};
use crate::report::weekly::{self, WeeklySummary, closed, json};
use crate::store::{Read, Warnings};
use crate::vietnamese::date::{Near, read_date};

/// The words after `sohoi report`.
#[derive(Args, Clone, Debug)]
pub struct ReportArgs {
    /// Kỳ báo cáo ¦ the period
    #[command(subcommand)]
    pub period: ReportOn,
}

/// What is reported on.
#[derive(Subcommand, Clone, Debug)]
pub enum ReportOn {
    /// Báo cáo tuần ¦ the weekly summary
    Week(WeekArgs),
    /// Báo cáo tháng ¦ a month's report
    Month(PeriodArgs),
    /// Báo cáo quý ¦ a quarter's report
    Quarter(PeriodArgs),
    /// Báo cáo 6 tháng theo đề cương ¦ the half-year report after the outline
    HalfYear(PeriodArgs),
    /// Báo cáo năm theo đề cương ¦ the year's report after the outline
    Year(PeriodArgs),
    /// Báo cáo đột xuất từ ngày đến ngày ¦ a report on any days
    Range(PeriodArgs),
}

/// The words after `sohoi report week`.
#[derive(Args, Clone, Debug)]
pub struct WeekArgs {
    /// Tuần theo số ISO: 2026-W21 (nếu không: tuần trọn gần nhất; từ trưa thứ Sáu là tuần này)
    /// ¦ the week by its ISO number: 2026-W21 (else the last whole week; from Friday noon this one)
    #[arg(long, value_name = "WEEK", conflicts_with_all = ["date", "from", "to"])]
    pub week: Option<String>,
    /// Tuần có ngày này ¦ the week that holds this day
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    pub date: Option<String>,
    /// Từ ngày ¦ the first day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Đến hết ngày ¦ the last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Đơn vị khác đơn vị của sổ này (uid) ¦ a unit other than this logbook's own (uid)
    #[arg(long, value_name = "UID")]
    pub unit: Option<String>,
    /// Thêm số liệu từng đơn vị trực thuộc ¦ with the figures of each unit below
    #[arg(long)]
    pub by_unit: bool,
    /// Dạng báo cáo (nếu không: theo đuôi tệp --out, hoặc txt) ¦ the format (else that of --out, or txt)
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Ghi vào tệp này ¦ write to this file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl WeekArgs {
    fn parting(&self) -> Parting {
        if self.by_unit { Parting::ByUnit } else { Parting::Whole }
    }
}

/// `--format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A report for Word.
    Docx,
    /// A workbook with the lists behind the figures.
    Xlsx,
    /// All figures by code.
    Csv,
    /// The report as Markdown.
    Md,
    /// A short message.
    Txt,
    /// All figures for scripts.
    Json,
}

impl Format {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Json => "json",
        }
    }

    pub(super) fn of_file(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Format::value_variants()
            .iter()
            .copied()
            .find(|format| format.extension() == extension)
    }

    /// The format of a report; none for what only scripts read.
    pub(super) fn sent_as(self) -> Option<sending::Format> {
        Some(match self {
            Format::Docx => sending::Format::Docx,
            Format::Xlsx => sending::Format::Xlsx,
            Format::Csv => sending::Format::Csv,
            Format::Md => sending::Format::Markdown,
            Format::Txt => sending::Format::Text,
            Format::Json => return None,
        })
    }

    /// Whether it is a document that is sent, and so closes the week.
    pub(super) fn is_sent(self) -> bool {
        self.sent_as().is_some_and(sending::Format::is_sent)
    }
}

/// Writes the report.
///
/// # Errors
/// An unknown week or unit, no office, or a file that cannot be written.
pub fn run(args: &ReportArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    match &args.period {
        ReportOn::Week(week) => run_week(week, desk, out),
        ReportOn::Month(args) => periodic::run(PeriodKind::Month, args, desk, out),
        ReportOn::Quarter(args) => periodic::run(PeriodKind::Quarter, args, desk, out),
        ReportOn::HalfYear(args) => periodic::run(PeriodKind::HalfYear, args, desk, out),
        ReportOn::Year(args) => periodic::run(PeriodKind::Year, args, desk, out),
        ReportOn::Range(args) => periodic::run(PeriodKind::Range, args, desk, out),
    }
}

fn run_week(args: &WeekArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let now = sending::now(&reader);
    let period = period_asked(args, &reader, now)?;
    let unit = unit_asked(args.unit.as_deref(), &reader)?;
    let format = args
        .format
        .or_else(|| args.out.as_deref().and_then(Format::of_file))
        .unwrap_or(Format::Txt);
    let summary = weekly::collect(&reader, period, &unit)?;
    let frame = sending::frame(&reader, &summary, now, args.parting())?;
    let bytes = written(format, args, &reader, &summary, &frame, now, desk.lang)?;
    let path = match (&args.out, format.is_sent()) {
        (Some(path), _) => Some(path.clone()),
        (None, true) => format
            .sent_as()
            .map(|format| sending::free_path(Path::new(""), &reader, &summary, format)),
        (None, false) => None,
    };
    put(path.as_deref(), &bytes, out)?;
    if format.is_sent() && reader.office().as_deref() == Some(&unit) && period.kind == PeriodKind::Week {
        keep(desk, closed::frozen(&reader, &summary, now.date())?);
    }
    Ok(())
}

fn written(
    format: Format,
    args: &WeekArgs,
    read: &dyn Read,
    summary: &WeeklySummary,
    frame: &Frame,
    now: NaiveDateTime,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    match format.sent_as() {
        Some(format) => {
            let bytes = format.write(read, summary, frame, now, lang);
            bytes.map_err(|why| Failure::Refused(vec![why]))
        }
        None => {
            let parts = args.by_unit.then_some(frame.parts.as_slice());
            Ok(format!("{:#}\n", json::to_json(summary, parts, lang)).into_bytes())
        }
    }
}

/// Writes a report to a file and tells its path, or to standard output.
pub(super) fn put(path: Option<&Path>, bytes: &[u8], out: &mut Answer) -> Result<(), Failure> {
    match path {
        None => out.write_all(bytes)?,
        Some(path) => {
            file::save(path, bytes).map_err(|error| Failure::Refused(vec![error.message()]))?;
            writeln!(out, "{}", path.display())?;
        }
    }
    Ok(())
}

/// Keeps a report's figures as they were sent.
pub(super) fn keep(desk: &Desk, frozen: Option<Entry>) {
    let Some(entry) = frozen else { return };
    let mut txn = desk.store.txn();
    let saved = txn.save(entry, Warnings::Accept).map_err(Failure::from);
    // The report is written; that later changes cannot be told is worth a word and no failure.
    if let Err(failure) = saved.and_then(|_| txn.commit().map_err(Failure::from)) {
        let text = Message::new(
            "Báo cáo đã ghi ra tệp, nhưng chưa chốt được số liệu để so với lần sau:",
            "The report is written, but its figures could not be frozen for the next one:",
        );
        tell(desk.lang, &text);
        failure.tell(desk.lang);
    }
}

/// The unit asked for, else the office's own, as it is written in the catalogue.
pub(super) fn unit_asked(uid: Option<&str>, read: &dyn Read) -> Result<String, Failure> {
    let Some(uid) = uid.map(str::to_string).or_else(|| read.office()) else {
        return Err(Failure::refused(
            "Sổ này chưa đặt đơn vị nên không biết báo cáo của ai. Chạy: sohoi setup --unit UID, hoặc thêm --unit UID.",
            "This logbook has no office yet. Run: sohoi setup --unit UID, or add --unit UID.",
        ));
    };
    let known = read.unit(uid.trim()).map(|unit| unit.uid);
    known.ok_or_else(|| {
        Failure::refused(
            format!("Không có đơn vị mang mã định danh (uid) \"{uid}\". Chưa xuất gì."),
            format!("No unit has the uid \"{uid}\". Nothing was written."),
        )
    })
}

fn period_asked(args: &WeekArgs, read: &dyn Read, now: NaiveDateTime) -> Result<Period, Failure> {
    let start = read.settings().week_start.weekday();
    if let Some(week) = &args.week {
        let period = Period::parse(week).filter(|period| period.kind == PeriodKind::Week);
        return period.ok_or_else(|| {
            Failure::refused(
                format!("Không có tuần \"{week}\". Chưa xuất gì. Viết như 2026-W21 (năm và số tuần theo ISO)."),
                format!("There is no week \"{week}\". Nothing was written. Write it as 2026-W21."),
            )
        });
    }
    if let Some(date) = &args.date {
        return Ok(Period::week_of(day(date, read.today())?, start));
    }
    let bound = |text: &Option<String>| text.as_ref().map(|text| day(text, read.today())).transpose();
    let six = Days::new(6);
    let span = match (bound(&args.from)?, bound(&args.to)?) {
        (None, None) => return Ok(sending::usual_week(now, start)),
        (Some(from), None) => (from, from + six),
        (None, Some(to)) => (to - six, to),
        (Some(from), Some(to)) => (from, to),
    };
    span_of(span).ok_or_else(|| {
        Failure::refused(
            "Ngày đầu kỳ sau ngày cuối kỳ. Chưa xuất gì. Xem lại --from và --to.",
            "The first day is after the last. Nothing was written. Look at --from and --to.",
        )
    })
}

/// Seven days are a week, whichever day they begin on; any other span is a range.
fn span_of((from, to): (NaiveDate, NaiveDate)) -> Option<Period> {
    let week = Period::week_of(from, from.weekday());
    if week.to == to {
        Some(week)
    } else {
        Period::range(from, to)
    }
}

/// A day as it is typed; years far off would leave the calendar.
pub(super) fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let read = text
        .trim()
        .parse()
        .ok()
        .or_else(|| read_date(text, today, Near::Past).ok());
    read.filter(|day: &NaiveDate| (1900..=9998).contains(&day.year()))
        .ok_or_else(|| {
            Failure::refused(
                format!("Không đọc được ngày \"{text}\". Chưa xuất gì. Viết như 2026-05-22 hoặc 22/5/2026."),
                format!("\"{text}\" is no day. Nothing was written. Write it as 2026-05-22."),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_days_are_a_week_and_anything_else_a_range() {
        let span = |from: &str, to: &str| span_of((from.parse().unwrap(), to.parse().unwrap()));
        assert_eq!(
            span("2026-05-18", "2026-05-24").unwrap().iso_week().unwrap(),
            "2026-W21"
        );
        assert_eq!(span("2026-05-15", "2026-05-21").unwrap().kind, PeriodKind::Week);
        assert_eq!(span("2026-05-15", "2026-05-22").unwrap().kind, PeriodKind::Range);
        assert!(span("2026-05-22", "2026-05-15").is_none());
    }
}
