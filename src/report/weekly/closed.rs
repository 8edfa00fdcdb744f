//! Freezing a report that was sent: its figures with the ids behind them, as a record of the kind `closed_report`.
//!
//! The next week's "last week" shows what was sent; what was entered or changed since shows beside it as "bổ sung sau
//! báo cáo", and is in the year's figures as everything is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::remarks::WEEKLY;
use super::{Column, Nature, WeeklySummary};
use crate::domain::entry::Entry;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError};

/// Bytes of frozen figures that surely fit one record, whose limit is 60 KB.
const MOST_BYTES: usize = 50_000;

/// A report as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The period's own figures by code.
    pub figures: BTreeMap<String, i64>,
}

/// How a line of the week before differs from what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// The line's code.
    pub code: String,
    /// What it is called.
    pub label: Message,
    /// What was sent.
    pub sent: i64,
    /// What it is by now.
    pub now: i64,
}

impl Sent {
    /// The report on a period of a unit, if it was sent.
    pub fn of(read: &dyn Read, period: Period, unit: &str) -> Result<Option<Sent>, StoreError> {
        Ok(record_of(read, period, unit)?.map(|entry| {
            let lines = match entry.get("lines") {
                Some(Value::Json(Json::Array(lines))) => lines.clone(),
                _ => Vec::new(),
            };
            let figure = |line: &Json| Some((line["code"].as_str()?.to_string(), line["this"].as_i64()?));
            Sent {
                closed_on: entry.date("closed_on"),
                figures: lines.iter().filter_map(figure).collect(),
            }
        }))
    }

    /// What the week before the summary's has become since it was sent; stocks are of their day and are left alone.
    pub fn supplements(&self, summary: &WeeklySummary) -> Vec<Supplement> {
        let lines = summary.lines.iter().filter(|line| line.nature != Nature::Stock);
        let changed = lines.filter_map(|line| {
            let sent = *self.figures.get(&line.code)?;
            let now = line.value(Column::Previous);
            (sent != now).then(|| Supplement {
                code: line.code.clone(),
                label: line.label.clone(),
                sent,
                now,
            })
        });
        changed.collect()
    }
}

/// The report as a record to save, or none where there is nothing to change: it is closed just so already, or a later
/// one was closed, so that this one was sent long ago and stays as it was.
pub fn frozen(read: &dyn Read, summary: &WeeklySummary, closed_on: NaiveDate) -> Result<Option<Entry>, StoreError> {
    let lines = Value::Json(frozen_lines(summary));
    let before = record_of(read, summary.period, &summary.unit)?;
    if let Some(before) = &before
        && (before.get("lines") == Some(&lines) || is_followed(read, summary)?)
    {
        return Ok(None);
    }
    let mut entry = before.unwrap_or_else(|| Entry::new("closed_report"));
    let text = |text: &str| Some(Value::Text(text.to_string()));
    entry.set("report", text(WEEKLY));
    entry.set("period", text(&summary.period.to_string()));
    entry.set("unit", text(&summary.unit));
    entry.set("closed_on", Some(Value::Date(closed_on)));
    entry.set("lines", Some(lines));
    Ok(Some(entry))
}

/// Each line's figures of the period and the year, with the ids behind the period's; where those of all lines together
/// are too many for one record, the longest lists are left out.
fn frozen_lines(summary: &WeeklySummary) -> Json {
    let mut most = usize::MAX;
    loop {
        let lines = summary.lines.iter().filter_map(|line| {
            let (this, year) = (line.counted(Column::This)?, line.value(Column::Year));
            let ids: Option<Vec<String>> =
                (this.ids.len() <= most).then(|| this.ids.iter().map(ToString::to_string).collect());
            Some(json!({"code": line.code, "this": this.value, "year": year, "ids": ids}))
        });
        let lines = Json::Array(lines.collect());
        if most == 0 || lines.to_string().len() <= MOST_BYTES {
            return lines;
        }
        let longest = summary
            .lines
            .iter()
            .map(|line| summary.ids(&line.code, Column::This).len());
        most = longest
            .filter(|length| *length <= most)
            .max()
            .unwrap_or(0)
            .saturating_sub(1);
    }
}

fn record_of(read: &dyn Read, period: Period, unit: &str) -> Result<Option<Entry>, StoreError> {
    let wanted = period.to_string();
    for item in read.dated("closed_report", "closed_on", None, None, Order::Backward) {
        let item = item?;
        let part = |key| item.cover.text(key);
        if item.cover.unit() == Some(unit) && part("report") == Some(WEEKLY) && part("period") == Some(&wanted) {
            return read.get("closed_report", item.id);
        }
    }
    Ok(None)
}

/// Whether a later week of the unit was closed.
fn is_followed(read: &dyn Read, summary: &WeeklySummary) -> Result<bool, StoreError> {
    for item in read.dated("closed_report", "closed_on", None, None, Order::Backward) {
        let item = item?;
        let starts = item.cover.text("period").and_then(first_day);
        let is_ours = item.cover.unit() == Some(&summary.unit) && item.cover.text("report") == Some(WEEKLY);
        if is_ours && starts.is_some_and(|starts| starts > summary.period.from) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first day of a period as it is written: `2026-W21`, `2026-05-15..2026-05-21`.
fn first_day(period: &str) -> Option<NaiveDate> {
    Some(Period::parse(period)?.from)
}
