//! What the names in an office's own form stand for: `{{HTX_NEW.year}}` and its like.
//!
//! ```text
//! CODE, CODE.this          the period, of a line of the summary or an indicator      CODE.previous    the period before
//! CODE.year                from 1 January                                            CODE.last_year   a year before
//! CODE.part CODE.whole CODE.percent      of an indicator that is a share
//! CODE.wanted CODE.actual CODE.done CODE.state    of a target of the plans: wanted, reached, what share of it, how it stands
//! DA01.CODE, DA939.CODE, DA2415.CODE     the indicator of one programme
//! unit period from to date               facts of the report
//! text.PART                              what the officer wrote
//! ```

use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};

use super::collect::Periodic;
use super::layout::Frame;
use crate::domain::programme::Line;
use crate::domain::text::{Lang, Message};
use crate::indicator::tally::Value;
use crate::indicator::{Row, shown};
use crate::report::template::{self, Filled};
use crate::report::weekly::Column;
use crate::vietnamese::date::format_date;

/// Fills in a form.
///
/// # Errors
/// A form that cannot be read or holds names that mean nothing, in words.
pub fn fill(form: &Path, report: &Periodic, frame: &Frame, today: NaiveDate) -> Result<Vec<u8>, Message> {
    let bytes = fs::read(form).map_err(|error| {
        let path = form.display();
        Message::new(
            format!("Không đọc được mẫu {path}: {error}. Chưa ghi gì."),
            format!("The form {path} cannot be read: {error}. Nothing was written."),
        )
    })?;
    template::fill(&bytes, &|name| value(name, report, frame, today)).map_err(|error| error.message())
}

/// What a name stands for; none where it means nothing.
pub fn value(name: &str, report: &Periodic, frame: &Frame, today: NaiveDate) -> Option<Filled> {
    fact(name, report, frame, today).or_else(|| figure(name, report))
}

fn fact(name: &str, report: &Periodic, frame: &Frame, today: NaiveDate) -> Option<Filled> {
    let asked = &report.asked;
    let text = match name.to_lowercase().as_str() {
        "unit" => report.unit_name.clone(),
        "period" => asked.period.label().vi,
        "from" => format_date(asked.period.from),
        "to" => format_date(asked.cut_off),
        "date" => format_date(today),
        "supplements" => frame.supplements.clone().unwrap_or_default(),
        name => {
            let part = name.strip_prefix("text.")?;
            super::words::PARTS.iter().find(|(key, _)| *key == part)?;
            report.words.of(part).join("\n")
        }
    };
    Some(Filled::Text(text))
}

fn figure(name: &str, report: &Periodic) -> Option<Filled> {
    let (code, column) = match name.rsplit_once('.') {
        Some((code, column)) if is_column(column) => (code, column.to_lowercase()),
        _ => (name, "this".to_string()),
    };
    let code = code.to_uppercase();
    of_target(&code, &column, report)
        .or_else(|| of_line(&code, &column, report))
        .or_else(|| of_measure(&code, &column, report))
}

fn is_column(column: &str) -> bool {
    let columns = "this previous year last_year part whole percent wanted actual done state";
    columns.split(' ').any(|known| known.eq_ignore_ascii_case(column))
}

/// A line of the summary; what was not counted is a dash.
fn of_line(code: &str, column: &str, report: &Periodic) -> Option<Filled> {
    let line = report.now.line(code)?;
    let known = |figure: Option<i64>| figure.map_or_else(|| Filled::Text("—".into()), Filled::Number);
    match column {
        "this" => Some(Filled::Number(line.value(Column::This))),
        "year" => Some(Filled::Number(line.value(Column::Year))),
        "previous" => Some(known(report.before(code))),
        "last_year" => Some(known(report.a_year_ago(code))),
        _ => None,
    }
}

/// An indicator over the period; over the year where the period begins with it.
fn of_measure(code: &str, column: &str, report: &Periodic) -> Option<Filled> {
    let (line, code) = match code.split_once('.') {
        Some(("DA01", code)) => (Some(Line::Cooperatives), code),
        Some(("DA939" | "DA2415", code)) => (Some(Line::StartUps), code),
        _ => (None, code),
    };
    let lines = [Line::Cooperatives, Line::StartUps];
    let mut of = lines.iter().filter(|of| line.is_none_or(|line| line == **of));
    let row = of.find_map(|line| report.measure(*line, code))?;
    let from_new_year = report.asked.period.from.ordinal() == 1;
    match (column, row.value) {
        ("year", _) if !from_new_year => None,
        ("this" | "year", value) => Some(told(row, value)),
        ("part", Some(Value::Share { part, .. })) => Some(Filled::Number(part)),
        ("whole", Some(Value::Share { whole, .. })) => Some(Filled::Number(whole)),
        ("percent", Some(Value::Share { .. })) => {
            row.actual_tenths().map(|tenths| Filled::Text(shown::percent(tenths)))
        }
        ("part" | "whole" | "percent", None) => Some(Filled::Text("—".into())),
        _ => None,
    }
}

fn told(row: &Row, value: Option<Value>) -> Filled {
    match value {
        Some(Value::Count(count)) => Filled::Number(count),
        _ => Filled::Text(shown::actual(row)),
    }
}

/// A target of the report's plans: the first that bears the code.
fn of_target(code: &str, column: &str, report: &Periodic) -> Option<Filled> {
    if !matches!(column, "wanted" | "actual" | "done" | "state") {
        return None;
    }
    let held = report.plans.iter().flat_map(|result| &result.held);
    let row = held.map(|held| &held.row).find(|row| row.target.indicator == code)?;
    Some(match column {
        "wanted" => Filled::Text(shown::wanted(row)),
        "actual" => told(row, row.value),
        "done" => Filled::Text(row.tenths_of_target().map_or_else(|| "—".to_string(), shown::percent)),
        _ => Filled::Text(row.state.label().get(Lang::Vi).to_string()),
    })
}
