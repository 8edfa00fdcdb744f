//! A row in words, the same on the command line, in reports and on the screen.

use super::evaluate::Row;
use super::plan::Operator;
use super::tally::Value;
use crate::domain::text::Lang;
use crate::vietnamese::number::{Ratio, format_count, format_percent};

/// What was reached, as the officer reads it: 12; 2/3 = 66,7%; 5/8.
pub fn actual(row: &Row) -> String {
    match row.value {
        None => "—".to_string(),
        Some(Value::Count(count)) => format_count(count),
        Some(Value::Units { counted, of }) => format!("{}/{}", format_count(counted), format_count(of)),
        Some(Value::Entered(figure)) => plain(figure),
        Some(Value::Share { part, whole }) => {
            let share = Ratio {
                numerator: part,
                denominator: whole,
            };
            // As many decimals as it takes not to contradict the judgement.
            let wanted = Ratio {
                numerator: (row.target.low * 1000.0).round() as i64,
                denominator: 100_000,
            };
            format!(
                "{}/{} = {}",
                format_count(part),
                format_count(whole),
                share.format_against(wanted)
            )
        }
    }
}

fn plain(number: f64) -> String {
    match number.fract() == 0.0 {
        true => format_count(number as i64),
        false => format!("{number}").replace('.', ","),
    }
}

/// What is wanted: "≥ 80%", "12–15 gian hàng".
pub fn wanted(row: &Row) -> String {
    let (low, unit) = (plain(row.target.low), &row.target.measure);
    let unit = match unit.as_str() {
        "%" => "%".to_string(),
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    match (row.target.operator, row.target.high) {
        (Operator::AtLeast, _) => format!("≥ {low}{unit}"),
        (Operator::MoreThan, _) => format!("> {low}{unit}"),
        (Operator::Range, Some(high)) => format!("{low}–{}{unit}", plain(high)),
        _ => format!("{low}{unit}"),
    }
}

/// How it stands, and how the figure is to be read.
pub fn state(row: &Row, lang: Lang) -> String {
    let marks = row.tally.marks.iter().map(|mark| mark.text().get(lang));
    let words: Vec<&str> = std::iter::once(row.state.label().get(lang)).chain(marks).collect();
    words.join("; ")
}

/// Tenths of a percent as they are printed: "66,7%".
pub fn percent(tenths: i128) -> String {
    i64::try_from(tenths).map_or_else(|_| "—".to_string(), |tenths| format_percent(tenths, 1000))
}
