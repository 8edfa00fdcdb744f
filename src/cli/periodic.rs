//! `sohoi report month|quarter|half-year|year|range`: the periodic reports of the programmes.
//!
//! A half-year's or a year's report that the office writes as a document is frozen; made again, it tells what changed
//! since.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::report::{Format, day, now};
use super::targets::to_json;
use super::{Answer, Desk, tell};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::programme::Line;
use crate::domain::text::{Lang, Message};
use crate::indicator::plan::{self, Plan};
use crate::report::doc::{Annex, Block, Cell, Column, Orientation, Table};
use crate::report::periodic::layout::{self, Frame};
use crate::report::periodic::{Asked, Periodic, annex, closing, collect};
use crate::report::weekly::{self, Column as Of, letterhead};
use crate::report::workbook::{Chart, ChartKind, Workbook};
use crate::report::{csv, docx, file, markdown, plain, xlsx};
use crate::store::{Read, Warnings};

/// The words after `sohoi report half-year` and its like.
#[derive(Args, Clone, Debug)]
pub struct PeriodArgs {
    /// Kỳ: 2026-05, 2026-Q2, 2026-H1, 2026 ¦ the period: 2026-05, 2026-Q2, 2026-H1, 2026
    #[arg(value_name = "PERIOD", conflicts_with_all = ["period", "date", "from", "to"])]
    pub named: Option<String>,
    /// Kỳ, cũng như trên ¦ the period, as above
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["date", "from", "to"])]
    pub period: Option<String>,
    /// Kỳ có ngày này ¦ the period that holds this day
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    pub date: Option<String>,
    /// Từ ngày ¦ the first day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Đến hết ngày ¦ the last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Kế hoạch đối chiếu (mã hoặc id); nếu không thì các kế hoạch của đơn vị
    /// ¦ the plan to hold the results against (code or id); else the unit's own
    #[arg(long, value_name = "CODE")]
    pub plan: Option<String>,
    /// Chỉ một Đề án: cooperatives (01) hoặc start-ups (939, 2415) ¦ one programme only
    #[arg(long, value_enum, value_name = "PROGRAMME")]
    pub programme: Option<OneProgramme>,
    /// Đơn vị khác đơn vị của sổ này (uid) ¦ a unit other than this logbook's own (uid)
    #[arg(long, value_name = "UID")]
    pub unit: Option<String>,
    /// Thêm số liệu từng đơn vị trực thuộc ¦ with the figures of each unit below
    #[arg(long)]
    pub by_unit: bool,
    /// Dạng báo cáo (nếu không: theo đuôi tệp --out, hoặc md) ¦ the format (else that of --out, or md)
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Ghi vào tệp này ¦ write to this file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `--programme`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OneProgramme {
    /// Đề án 01.
    Cooperatives,
    /// Đề án 939, then 2415.
    StartUps,
}

/// Writes the report.
///
/// # Errors
/// An unknown period, plan or unit, no office, or a file that cannot be written.
pub fn run(kind: PeriodKind, args: &PeriodArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let now = now(desk);
    let reader = desk.store.reader();
    let read: &dyn Read = &reader;
    let period = period_asked(kind, args, now.date())?;
    let unit = unit_asked(args, read)?;
    let plans = plans_asked(args, read, &unit, period)?;
    let lines = lines_asked(args, &plans);
    let report = collect(read, Asked::new(period, &unit, lines, plans, now.date()))?;
    let format = args
        .format
        .or_else(|| args.out.as_deref().and_then(Format::of_file))
        .unwrap_or(Format::Md);
    let bytes = written(format, args, read, &report, now, desk.lang)?;
    match path_of(args, &report, format) {
        None => out.write_all(&bytes)?,
        Some(path) => {
            file::save(&path, &bytes).map_err(|error| Failure::Refused(vec![error.message()]))?;
            writeln!(out, "{}", path.display())?;
        }
    }
    let is_own = read.known().office().as_deref() == Some(unit.as_str());
    if format.is_sent() && is_own && matches!(kind, PeriodKind::HalfYear | PeriodKind::Year) {
        freeze(desk, read, &report, now.date())?;
    }
    Ok(())
}

fn written(
    format: Format,
    args: &PeriodArgs,
    read: &dyn Read,
    report: &Periodic,
    now: NaiveDateTime,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let refused = |error: crate::report::error::ReportError| Failure::Refused(vec![error.message()]);
    if format == Format::Json {
        return Ok(format!("{:#}\n", as_json(report, lang)).into_bytes());
    }
    if format == Format::Csv {
        return Ok(csv::write(&layout::lines(report)));
    }
    let doc = layout::doc(report, &frame(args, read, report, now)?, now);
    Ok(match format {
        Format::Docx => docx::write(&doc).map_err(refused)?,
        Format::Xlsx => {
            let mut book = Workbook::of(&doc);
            book.sheets.iter_mut().for_each(chart);
            xlsx::write(&book).map_err(refused)?
        }
        Format::Txt => plain::write(&doc).into_bytes(),
        _ => markdown::write(&doc).into_bytes(),
    })
}

/// A bar for each activity on the sheet that parts them by programme.
fn chart(sheet: &mut crate::report::workbook::Sheet) {
    let column = |heading: &str| sheet.table.columns.iter().position(|column| column.heading == heading);
    if let (Some(names), Some(total)) = (column("Hoạt động"), column("Tổng (không trùng)")) {
        sheet.charts.push(Chart {
            kind: ChartKind::Bars,
            title: "Hoạt động trong kỳ".to_string(),
            names,
            series: vec![total],
        });
    }
}

fn frame(args: &PeriodArgs, read: &dyn Read, report: &Periodic, now: NaiveDateTime) -> Result<Frame, Failure> {
    let set = &read.settings().letterhead;
    let issuer = read.known().office().unwrap_or_else(|| report.asked.unit.clone());
    let mut annexes = match report.asked.period.kind {
        PeriodKind::HalfYear | PeriodKind::Year => annex::annexes(read, report)?,
        _ => Vec::new(),
    };
    if args.by_unit {
        annexes.push(by_unit(read, report, annexes.len() + 1)?);
    }
    Ok(Frame {
        letterhead: Some(letterhead::head(set, read.known(), &issuer, now.date())),
        signature: Some(letterhead::signature(set, read.known(), &issuer, now.date())),
        annexes,
        supplements: closing::supplements(read, report)?,
        about: (issuer != report.asked.unit).then(|| report.unit_name.clone()),
    })
}

/// The main figures of each unit right below.
fn by_unit(read: &dyn Read, report: &Periodic, number: usize) -> Result<Annex, Failure> {
    let figures = [
        ("VISITS", "Lượt thăm"),
        ("TRAIN_SESSIONS", "Lớp tập huấn"),
        ("TRAIN_ATTEND", "Lượt người dự"),
        ("SUPPORTS", "Lượt hỗ trợ"),
        ("OUTREACH", "Buổi tuyên truyền"),
        ("HTX_NEW", "HTX mới"),
        ("THT_NEW", "THT mới"),
    ];
    let mut columns = vec![Column::index(), Column::text("Đơn vị").weight(30)];
    columns.extend(figures.iter().map(|(_, heading)| Column::figures(*heading).weight(9)));
    let mut table = Table::new(columns);
    for (place, part) in weekly::by_unit(read, report.now.period, &report.asked.unit)?
        .iter()
        .enumerate()
    {
        let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
        let mut cells = vec![Cell::Count(number), Cell::text(&part.name)];
        cells.extend(figures.iter().map(|(code, _)| Cell::Count(part.value(code, Of::This))));
        table.push(cells);
    }
    Ok(Annex {
        label: format!("Phụ lục {number}"),
        title: "Số liệu theo đơn vị trực thuộc".to_string(),
        orientation: Orientation::Landscape,
        blocks: vec![Block::Table(table)],
    })
}

fn as_json(report: &Periodic, lang: Lang) -> Json {
    let asked = &report.asked;
    let lines = report.now.lines.iter().map(|line| {
        json!({
            "code": line.code,
            "label": line.label.get(lang),
            "this": line.value(Of::This),
            "last_year": report.a_year_ago(&line.code),
            "year": line.value(Of::Year),
        })
    });
    let measures = report.measures.iter().map(|((is_start_up, _), row)| {
        let line = if *is_start_up {
            Line::StartUps
        } else {
            Line::Cooperatives
        };
        let mut measure = to_json(row, lang);
        measure["plan"] = json!(asked.programme(line));
        measure["period"] = json!(asked.period.to_string());
        measure
    });
    let targets = report
        .plans
        .iter()
        .flat_map(|result| &result.held)
        .map(|held| to_json(&held.row, lang));
    json!({
        "report": asked.report(),
        "period": {
            "kind": asked.period.kind.name(),
            "name": asked.period.to_string(),
            "from": asked.period.from.to_string(),
            "to": asked.cut_off.to_string(),
        },
        "unit": asked.unit,
        "lines": lines.collect::<Vec<_>>(),
        "measures": measures.collect::<Vec<_>>(),
        "targets": targets.collect::<Vec<_>>(),
    })
}

fn freeze(desk: &Desk, read: &dyn Read, report: &Periodic, on: NaiveDate) -> Result<(), Failure> {
    let Some(entry) = closing::frozen(read, report, on)? else {
        return Ok(());
    };
    let mut txn = desk.store.txn();
    let saved = txn.save(entry, Warnings::Accept).map_err(Failure::from);
    // The report is written; that later changes will not be told is worth a word and no failure.
    if let Err(failure) = saved.and_then(|_| txn.commit().map_err(Failure::from)) {
        let text = Message::new(
            "Báo cáo đã ghi ra tệp, nhưng chưa chốt được số liệu:",
            "The report is written, but its figures could not be frozen:",
        );
        tell(desk.lang, &text);
        failure.tell(desk.lang);
    }
    Ok(())
}

fn unit_asked(args: &PeriodArgs, read: &dyn Read) -> Result<String, Failure> {
    let Some(uid) = args.unit.clone().or_else(|| read.known().office()) else {
        return Err(Failure::refused(
            "Sổ này chưa đặt đơn vị nên không biết báo cáo của ai. Chạy: sohoi setup --unit UID, hoặc thêm --unit UID.",
            "This logbook has no office yet. Run: sohoi setup --unit UID, or add --unit UID.",
        ));
    };
    read.known().unit(uid.trim()).map(|unit| unit.uid).ok_or_else(|| {
        Failure::refused(
            format!("Không có đơn vị mang mã định danh (uid) \"{uid}\". Chưa xuất gì."),
            format!("No unit has the uid \"{uid}\". Nothing was written."),
        )
    })
}

/// The plan named; else those of the unit and above it that run in the period, the national ones only for the Centre.
fn plans_asked(args: &PeriodArgs, read: &dyn Read, unit: &str, period: Period) -> Result<Vec<Plan>, Failure> {
    if let Some(name) = &args.plan {
        let found = plan::find(read, name)?;
        return found.map(|plan| vec![plan]).ok_or_else(|| {
            Failure::refused(
                format!("Không có kế hoạch \"{name}\". Chưa xuất gì. Xem các kế hoạch bằng lệnh targets."),
                format!("There is no plan \"{name}\". Nothing was written. See the plans with targets."),
            )
        });
    }
    let mut plans = plan::of_office(read, Some(unit), period.to)?;
    plans.retain(|plan| plan.from <= period.to && period.from <= plan.to && (plan.unit != "TW" || unit == "TW"));
    Ok(plans)
}

fn lines_asked(args: &PeriodArgs, plans: &[Plan]) -> Vec<Line> {
    match (args.programme, args.plan.as_ref().and(plans.first())) {
        (Some(OneProgramme::Cooperatives), _) => vec![Line::Cooperatives],
        (Some(OneProgramme::StartUps), _) => vec![Line::StartUps],
        (None, Some(plan)) if plan.programme == "DA01" => vec![Line::Cooperatives],
        (None, Some(_)) => vec![Line::StartUps],
        (None, None) => vec![Line::Cooperatives, Line::StartUps],
    }
}

fn period_asked(kind: PeriodKind, args: &PeriodArgs, today: NaiveDate) -> Result<Period, Failure> {
    if let Some(name) = args.named.as_ref().or(args.period.as_ref()) {
        let found = Period::parse(name).filter(|period| period.kind == kind);
        return found.ok_or_else(|| {
            Failure::refused(
                format!("Không có kỳ \"{name}\" cho loại báo cáo này. Chưa xuất gì. Viết như 2026-05, 2026-Q2, 2026-H1, 2026."),
                format!("There is no such period as \"{name}\" here. Nothing was written. Write 2026-05, 2026-Q2, 2026-H1 or 2026."),
            )
        });
    }
    let bound = |text: &Option<String>| text.as_ref().map(|text| day(text, today)).transpose();
    if let (Some(from), Some(to)) = (bound(&args.from)?, bound(&args.to)?) {
        return Period::range(from, to).ok_or_else(|| {
            Failure::refused(
                "Ngày đầu kỳ sau ngày cuối kỳ. Chưa xuất gì. Xem lại --from và --to.",
                "The first day is after the last. Nothing was written. Look at --from and --to.",
            )
        });
    }
    let on = bound(&args.date)?;
    holding(kind, on.unwrap_or(today))
        .map(|period| match (on, kind) {
            // A month or a quarter is reported on when it is over; the half-year and the year before they end.
            (None, PeriodKind::Month | PeriodKind::Quarter) => period.previous().unwrap_or(period),
            _ => period,
        })
        .ok_or_else(|| {
            Failure::refused(
                "Chưa rõ kỳ nào. Chưa xuất gì. Thêm --from và --to.",
                "Which days is not clear. Nothing was written. Add --from and --to.",
            )
        })
}

/// The period of a sort that holds a day; none for a range.
fn holding(kind: PeriodKind, on: NaiveDate) -> Option<Period> {
    let (year, month) = (on.year(), on.month());
    match kind {
        PeriodKind::Month => Period::month(year, month),
        PeriodKind::Quarter => Period::parse(&format!("{year:04}-Q{}", (month - 1) / 3 + 1)),
        PeriodKind::HalfYear => Period::parse(&format!("{year:04}-H{}", (month - 1) / 6 + 1)),
        PeriodKind::Year => Period::year(year),
        PeriodKind::Week | PeriodKind::Range => None,
    }
}

/// The file to write: the one named, or one in the current folder for what is sent; a number is added rather than
/// overwrite.
fn path_of(args: &PeriodArgs, report: &Periodic, format: Format) -> Option<PathBuf> {
    if args.out.is_some() || !format.is_sent() {
        return args.out.clone();
    }
    let span = match report.asked.period.kind {
        PeriodKind::Range => format!("{}_{}", report.asked.period.from, report.asked.period.to),
        _ => report.asked.period.to_string(),
    };
    let stem = format!("bao-cao-{span}-{}", report.asked.unit);
    let name = |number: u32| match number {
        1 => format!("{stem}.{}", format.extension()),
        _ => format!("{stem}-{number}.{}", format.extension()),
    };
    (1..)
        .map(|number| PathBuf::from(name(number)))
        .find(|path| !Path::exists(path))
}
