//! What only the officer can write in a report: remarks and proposals, kept as records of the kind `report_text`.

use crate::domain::entry::Entry;
use crate::domain::period::Period;
use crate::domain::value::Value;
use crate::store::{Read, StoreError};

/// The weekly report's code, in `report_text`, `closed_report` and `filing`.
pub const WEEKLY: &str = "BC_TUAN";
/// The part of a report's text that assesses.
pub const REMARKS: &str = "remarks";
/// The part of a report's text that proposes.
pub const PROPOSALS: &str = "proposals";

/// The officer's own words, a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Remarks on the week.
    pub remarks: Vec<String>,
    /// Proposals to others.
    pub proposals: Vec<String>,
}

impl Remarks {
    /// Those kept for a period of a unit; where a part was kept twice, the last.
    pub fn kept(read: &dyn Read, period: Period, unit: &str) -> Result<Remarks, StoreError> {
        let mut kept = Remarks::default();
        for text in read.bearing("report_text", "period", &period.to_string()) {
            if text.text("report") != Some(WEEKLY) || text.unit() != Some(unit) {
                continue;
            }
            let lines = text.text("text").map(lines_of).unwrap_or_default();
            match text.text("part") {
                Some(REMARKS) => kept.remarks = lines,
                Some(PROPOSALS) => kept.proposals = lines,
                _ => {}
            }
        }
        Ok(kept)
    }
}

/// The officer's words on a part of a report (a code of `report_kind`) on a period, as a record to save: the one kept
/// before, changed, or a new one.
pub fn entry(read: &dyn Read, report: &str, period: Period, unit: &str, part: &str, words: &str) -> Entry {
    let of_part = |kept: &Entry| {
        kept.text("report") == Some(report) && kept.unit() == Some(unit) && kept.text("part") == Some(part)
    };
    let kept = read.bearing("report_text", "period", &period.to_string());
    let kept = kept.into_iter().rfind(of_part);
    let mut entry = kept.unwrap_or_else(|| Entry::new("report_text"));
    let text = |text: &str| Some(Value::Text(text.to_string())).filter(|_| !text.is_empty());
    entry.set("report", text(report));
    entry.set("period", text(&period.to_string()));
    entry.set("unit", text(unit));
    entry.set("part", text(part));
    entry.set("text", text(words.trim()));
    entry
}

fn lines_of(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("- ").to_string());
    lines.filter(|line| !line.is_empty()).collect()
}
