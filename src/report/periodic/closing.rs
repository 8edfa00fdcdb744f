//! Freezing a periodic report that was sent, and what changed since: "bổ sung sau báo cáo".

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::collect::{Asked, Periodic};
use crate::domain::entry::Entry;
use crate::domain::programme::Line;
use crate::domain::value::Value;
use crate::indicator::shown;
use crate::indicator::tally::Value as Figure;
use crate::report::weekly::Column;
use crate::store::{Read, StoreError};
use crate::vietnamese::date::format_date;

/// Bytes of frozen figures that surely fit one record, whose limit is 60 KB.
const MOST_BYTES: usize = 50_000;

/// The figures of a report by code: those of the summary, and of each programme's indicators.
fn figures(report: &Periodic) -> Vec<(String, String, Json, Vec<String>)> {
    let mut found = Vec::new();
    for line in &report.now.lines {
        let ids = report
            .now
            .ids(&line.code, Column::This)
            .iter()
            .map(ToString::to_string)
            .collect();
        found.push((
            line.code.clone(),
            line.label.vi.clone(),
            json!(line.value(Column::This)),
            ids,
        ));
    }
    for ((is_start_up, code), row) in &report.measures {
        let programme = report.asked.programme(if *is_start_up {
            Line::StartUps
        } else {
            Line::Cooperatives
        });
        let figure = match row.value {
            Some(Figure::Count(count)) => json!(count),
            Some(_) => json!(shown::actual(row)),
            None => Json::Null,
        };
        let ids = row.tally.counted.iter().map(ToString::to_string).collect();
        found.push((
            format!("{programme}.{code}"),
            row.target.description.clone(),
            figure,
            ids,
        ));
    }
    found
}

/// Whether figures that were frozen stay as they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freeze {
    /// What was sent stays; only figures that were not in it (of the other programme) come to it.
    First,
    /// The officer closes it again: all figures as they are now.
    Again,
}

/// The report as a record to save; none where there is nothing to change.
///
/// # Errors
/// The store's.
pub fn frozen(
    read: &dyn Read,
    report: &Periodic,
    closed_on: NaiveDate,
    freeze: Freeze,
) -> Result<Option<Entry>, StoreError> {
    let before = record_of(read, &report.asked)?;
    let sent = before.as_ref().map(lines_in).unwrap_or_default();
    let lines = match freeze {
        Freeze::Again => merged(lines_of(report), sent.clone()),
        Freeze::First => merged(sent.clone(), lines_of(report)),
    };
    if before.is_some() && lines == sent {
        return Ok(None);
    }
    let mut entry = before.unwrap_or_else(|| Entry::new("closed_report"));
    let text = |text: &str| Some(Value::Text(text.to_string()));
    entry.set("report", text(report.asked.report()));
    entry.set("period", text(&report.asked.period.to_string()));
    entry.set("unit", text(&report.asked.unit));
    if entry.date("closed_on").is_none() || freeze == Freeze::Again {
        entry.set("closed_on", Some(Value::Date(closed_on)));
    }
    entry.set("lines", Some(Value::Json(Json::Array(lines))));
    Ok(Some(entry))
}

/// The figures of a report as they were sent.
fn lines_in(sent: &Entry) -> Vec<Json> {
    match sent.get("lines") {
        Some(Value::Json(Json::Array(lines))) => lines.clone(),
        _ => Vec::new(),
    }
}

/// The first lines, and those of the second whose codes are not among them; without the longest lists of ids where all
/// together are too many for one record.
fn merged(mut first: Vec<Json>, second: Vec<Json>) -> Vec<Json> {
    let known: BTreeSet<String> = first.iter().filter_map(code_of).collect();
    first.extend(
        second
            .into_iter()
            .filter(|line| code_of(line).is_some_and(|code| !known.contains(&code))),
    );
    let ids = |line: &Json| line["ids"].as_array().map_or(0, Vec::len);
    while Json::from(first.clone()).to_string().len() > MOST_BYTES {
        match first.iter_mut().max_by_key(|line| ids(line)) {
            Some(longest) if ids(longest) > 0 => longest["ids"] = Json::Null,
            _ => break,
        }
    }
    first
}

fn code_of(line: &Json) -> Option<String> {
    line["code"].as_str().map(str::to_string)
}

/// The day on which this report was closed, if it was.
///
/// # Errors
/// The store's.
pub fn closed_on(read: &dyn Read, asked: &Asked) -> Result<Option<NaiveDate>, StoreError> {
    Ok(record_of(read, asked)?.and_then(|sent| sent.date("closed_on")))
}

/// Each figure with the ids behind it.
fn lines_of(report: &Periodic) -> Vec<Json> {
    let lines = figures(report).into_iter();
    lines
        .map(|(code, _, figure, ids)| json!({"code": code, "this": figure, "ids": ids}))
        .collect()
}

/// What the figures have become since this same report was sent, in one sentence.
///
/// # Errors
/// The store's.
pub fn supplements(read: &dyn Read, report: &Periodic) -> Result<Option<String>, StoreError> {
    let Some(sent) = record_of(read, &report.asked)? else {
        return Ok(None);
    };
    let lines = lines_in(&sent);
    let sent_figures: BTreeMap<&str, &Json> = lines
        .iter()
        .filter_map(|line| Some((line["code"].as_str()?, &line["this"])))
        .collect();
    let mut changes = Vec::new();
    for (code, label, now, _) in figures(report) {
        if let Some(before) = sent_figures.get(code.as_str()).filter(|before| ***before != now) {
            changes.push(match (before.as_i64(), now.as_i64()) {
                (Some(before), Some(now)) => format!("{label} {before} → {now} ({:+})", now - before),
                _ => format!("{label} {} → {}", plain(before), plain(&now)),
            });
        }
    }
    let on = sent.date("closed_on").map(format_date).unwrap_or_default();
    Ok((!changes.is_empty()).then(|| format!("Bổ sung sau báo cáo (chốt ngày {on}): {}.", changes.join("; "))))
}

fn plain(figure: &Json) -> String {
    figure.as_str().map_or_else(|| "—".to_string(), str::to_string)
}

/// The report as it was closed; the same report on the same period of the same unit.
fn record_of(read: &dyn Read, asked: &Asked) -> Result<Option<Entry>, StoreError> {
    let found = read.bearing("closed_report", "period", &asked.period.to_string());
    let same =
        |entry: &Entry| entry.text("report") == Some(asked.report()) && entry.unit() == Some(asked.unit.as_str());
    Ok(found.into_iter().find(same))
}
