//! `sohoi report month|quarter|half-year|year|range`: the periodic reports of the programmes.
//!
//! A half-year's or a year's report that the office writes as a document is frozen; made again, it tells what changed
//! since.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::report::{Format, day, keep, put, unit_asked};
use super::targets::to_json;
use super::{Answer, Desk};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::programme::Line;
use crate::domain::text::Lang;
use crate::indicator::plan::{self, Plan};
use crate::report::periodic::by_unit::{Source, UnitFigures};
use crate::report::periodic::closing::{self, Freeze};
use crate::report::periodic::sending::{self, Parting};
use crate::report::periodic::{Asked, Periodic, collect, fill};
use crate::report::weekly::Column as Of;
use crate::store::Read;

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
    /// Điền vào mẫu có sẵn (docx, xlsx) ở các chỗ ghi {{HTX_NEW.year}}
    /// ¦ fill in a form (docx, xlsx) where it says {{HTX_NEW.year}}
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub template: Option<PathBuf>,
    /// Chốt lại số liệu theo lần này, thay cho lần gửi trước ¦ freeze the figures anew in place of those sent before
    #[arg(long)]
    pub close: bool,
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
/// An unknown period, plan or unit, no office, a form that cannot be read, or a file that cannot be written.
pub fn run(kind: PeriodKind, args: &PeriodArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let read: &dyn Read = &reader;
    let now = sending::now(read);
    let period = period_asked(kind, args, now.date())?;
    let unit = unit_asked(args.unit.as_deref(), read)?;
    let plans = plans_asked(args, read, &unit, period)?;
    let lines = lines_asked(args, &plans);
    let report = collect(read, Asked::new(period, &unit, lines, plans, now.date()))?;
    let parting = if args.by_unit { Parting::ByUnit } else { Parting::Whole };
    let frame = sending::frame(read, &report, now, parting)?;
    let refused = |why| Failure::Refused(vec![why]);
    let (bytes, extension, is_sent) = match &args.template {
        Some(form) => {
            let bytes = fill::fill(form, &report, &frame, now.date()).map_err(refused)?;
            (bytes, extension_of(form), true)
        }
        None => {
            let format = args
                .format
                .or_else(|| args.out.as_deref().and_then(Format::of_file))
                .unwrap_or(Format::Md);
            let bytes = match format.sent_as() {
                Some(format) => sending::write(format, &report, &frame, now).map_err(refused)?,
                None => format!("{:#}\n", as_json(read, &report, &frame.parts, args, desk.lang)?).into_bytes(),
            };
            (bytes, format.extension().to_string(), format.is_sent())
        }
    };
    let path = match (&args.out, is_sent) {
        (Some(path), _) => Some(path.clone()),
        (None, true) => Some(sending::free_path(Path::new(""), &report, &extension)),
        (None, false) => None,
    };
    put(path.as_deref(), &bytes, out)?;
    let is_own = read.known().office().as_deref() == Some(unit.as_str());
    if is_own && (is_sent || args.close) {
        let freeze = if args.close { Freeze::Again } else { Freeze::First };
        let entry = closing::frozen(read, &report, now.date(), freeze)?;
        keep(desk, entry);
    }
    Ok(())
}

fn extension_of(form: &Path) -> String {
    let extension = form.extension().and_then(|extension| extension.to_str());
    extension.unwrap_or("docx").to_lowercase()
}

fn as_json(
    read: &dyn Read,
    report: &Periodic,
    parts: &[UnitFigures],
    args: &PeriodArgs,
    lang: Lang,
) -> Result<Json, Failure> {
    let asked = &report.asked;
    let lines = report.now.lines.iter().map(|line| {
        json!({
            "code": line.code,
            "label": line.label.get(lang),
            "this": line.value(Of::This),
            "previous": report.before(&line.code),
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
    let mut whole = json!({
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
        "closed_on": closing::closed_on(read, asked)?.map(|day| day.to_string()),
        "supplements": closing::supplements(read, report)?,
    });
    if args.by_unit {
        let part = |part: &UnitFigures| {
            json!({
                "unit": part.unit,
                "name": part.name,
                "declared": part.source == Source::Declared,
                "direct": part.source == Source::Own,
                "figures": part.figures,
            })
        };
        whole["units"] = parts.iter().map(part).collect();
    }
    Ok(whole)
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
    Ok(sending::usual_plans(read, unit, period)?)
}

fn lines_asked(args: &PeriodArgs, plans: &[Plan]) -> Vec<Line> {
    match (args.programme, args.plan.as_ref().and(plans.first())) {
        (Some(OneProgramme::Cooperatives), _) => vec![Line::Cooperatives],
        (Some(OneProgramme::StartUps), _) => vec![Line::StartUps],
        (None, Some(plan)) if plan.programme == "DA01" => vec![Line::Cooperatives],
        (None, Some(_)) => vec![Line::StartUps],
        (None, None) => sending::BOTH.to_vec(),
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
    sending::holding(kind, on.unwrap_or(today))
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
