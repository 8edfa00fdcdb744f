//! Freezing a periodic report that was sent, and what changed since: "bổ sung sau báo cáo".

use std::collections::BTreeMap;

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

/// The report as a record to save; none where it is closed just so already.
///
/// # Errors
/// The store's.
pub fn frozen(read: &dyn Read, report: &Periodic, closed_on: NaiveDate) -> Result<Option<Entry>, StoreError> {
    let lines = Value::Json(lines_of(report));
    let before = record_of(read, &report.asked)?;
    if before
        .as_ref()
        .is_some_and(|before| before.get("lines") == Some(&lines))
    {
        return Ok(None);
    }
    let mut entry = before.unwrap_or_else(|| Entry::new("closed_report"));
    let text = |text: &str| Some(Value::Text(text.to_string()));
    entry.set("report", text(report.asked.report()));
    entry.set("period", text(&report.asked.period.to_string()));
    entry.set("unit", text(&report.asked.unit));
    entry.set("closed_on", Some(Value::Date(closed_on)));
    entry.set("lines", Some(lines));
    Ok(Some(entry))
}

/// Each figure with the ids behind it; where those of all are too many for one record, the longest lists are left out.
fn lines_of(report: &Periodic) -> Json {
    let figures = figures(report);
    let mut most = usize::MAX;
    loop {
        let lines = figures.iter().map(|(code, _, figure, ids)| {
            let ids = (ids.len() <= most).then_some(ids);
            json!({"code": code, "this": figure, "ids": ids})
        });
        let lines = Json::Array(lines.collect());
        if most == 0 || lines.to_string().len() <= MOST_BYTES {
            return lines;
        }
        most = figures
            .iter()
            .map(|(_, _, _, ids)| ids.len())
            .filter(|length| *length < most)
            .max()
            .unwrap_or(0);
    }
}

/// What the figures have become since this same report was sent, in one sentence.
///
/// # Errors
/// The store's.
pub fn supplements(read: &dyn Read, report: &Periodic) -> Result<Option<String>, StoreError> {
    let Some(sent) = record_of(read, &report.asked)? else {
        return Ok(None);
    };
    let lines = match sent.get("lines") {
        Some(Value::Json(Json::Array(lines))) => lines.clone(),
        _ => Vec::new(),
    };
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

fn record_of(read: &dyn Read, asked: &Asked) -> Result<Option<Entry>, StoreError> {
    let found = read.bearing("closed_report", "period", &asked.period.to_string());
    let same =
        |entry: &Entry| entry.text("report") == Some(asked.report()) && entry.unit() == Some(asked.unit.as_str());
    Ok(found.into_iter().find(same))
}
