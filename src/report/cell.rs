//! One cell of a report's table: typed, so that a spreadsheet gets numbers and dates while a document gets
//! Vietnamese figures (`1.234`, `96,5%`, `05/06/2026`).
//!
//! A cell never holds a formatted number: how it looks is decided here, in one place, by [`Cell`]'s `Display`.

use std::fmt;

use chrono::NaiveDate;

use crate::vietnamese::date::format_date;
use crate::vietnamese::number::{format_count, format_millions, format_percent};

/// What stands in a table where there is nothing to count.
pub const NOTHING: &str = "–";

/// A value in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, codes, telephone numbers: never counted with.
    Text(String),
    /// A place to write in by hand (a signature, a blank row).
    Blank,
    /// Nothing to show: printed as a dash.
    Nothing,
    /// A number of things: `1.105`.
    Count(i64),
    /// A calendar year, written without a thousands point.
    Year(i32),
    /// Whole đồng: `12.500.000`.
    Money(i64),
    /// Whole đồng, shown in million đồng with one decimal: `120,0`.
    Millions(i64),
    /// `part` of `whole`: `96,5%`, or a dash when `whole` is nothing.
    Percent { part: i64, whole: i64 },
    /// What is done beside its share of what was wanted: `24 (79,2%)` reads "24 wanted, 79,2 % done".
    Wanted { wanted: i64, done: i64 },
    /// A total and how many of it are of one sort: `32 (32)`.
    Including { total: i64, part: i64 },
    /// Two numbers that belong together: `3/1`.
    Pair(i64, i64),
    /// From and to: `12 - 15`.
    Range(i64, i64),
    /// A day: `05/06/2026`.
    Date(NaiveDate),
    /// A score: `digits` divided by ten `places` times, `8,5`.
    Decimal { digits: i64, places: u32 },
    /// A count of a sensitive group under five, which is never printed: `<5`.
    Few,
}

/// Which side of its column a value keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    Left,
    Center,
    Right,
}

impl Cell {
    /// A text cell; empty text is a blank cell.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
    }

    /// The number of days or things if known, otherwise a dash.
    pub fn count_or_nothing(count: Option<i64>) -> Cell {
        count.map_or(Cell::Nothing, Cell::Count)
    }

    /// A number with as many decimals as it has; one beyond all sense is text.
    pub fn decimal(number: f64) -> Cell {
        let written = number.to_string();
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        match (format!("{whole}{decimals}").parse(), u32::try_from(decimals.len())) {
            (Ok(digits), Ok(places)) => Cell::Decimal { digits, places },
            _ => Cell::text(written),
        }
    }

    /// True where a column of such cells is read as figures.
    pub fn is_figure(&self) -> bool {
        !matches!(
            self,
            Cell::Text(_) | Cell::Blank | Cell::Nothing | Cell::Date(_) | Cell::Year(_)
        )
    }

    /// The amount that a total adds up, in the cell's own unit; `None` where adding makes no sense.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Cell::Count(n) | Cell::Money(n) | Cell::Millions(n) => Some(*n),
            _ => None,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::text(text)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Blank => Ok(()),
            Cell::Nothing => f.write_str(NOTHING),
            Cell::Count(n) | Cell::Money(n) => f.write_str(&format_count(*n)),
            Cell::Year(year) => write!(f, "{year}"),
            Cell::Millions(dong) => f.write_str(&format_millions(*dong)),
            Cell::Percent { part, whole } => f.write_str(&format_percent(*part, *whole)),
            Cell::Wanted { wanted, done } => {
                write!(f, "{} ({})", format_count(*wanted), format_percent(*done, *wanted))
            }
            Cell::Including { total, part } => write!(f, "{} ({})", format_count(*total), format_count(*part)),
            Cell::Pair(a, b) => write!(f, "{}/{}", format_count(*a), format_count(*b)),
            Cell::Range(from, to) => write!(f, "{} - {}", format_count(*from), format_count(*to)),
            Cell::Date(date) => f.write_str(&format_date(*date)),
            Cell::Decimal { digits, places } => f.write_str(&scaled(*digits, *places).replace('.', ",")),
            Cell::Few => f.write_str("<5"),
        }
    }
}

/// `digits` divided by ten `places` times, exactly, with a decimal point.
pub(super) fn scaled(digits: i64, places: u32) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let places = places as usize;
    let text = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
    match text.split_at(text.len() - places) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, decimals) => format!("{sign}{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_points_and_take_a_decimal_comma() {
        assert_eq!(Cell::Count(0).to_string(), "0");
        assert_eq!(Cell::Count(999).to_string(), "999");
        assert_eq!(Cell::Count(1105).to_string(), "1.105");
        assert_eq!(Cell::Count(-1234).to_string(), "-1.234");
        assert_eq!(Cell::Money(252_500_000).to_string(), "252.500.000");
        assert_eq!(Cell::Millions(120_000_000).to_string(), "120,0");
        assert_eq!(Cell::Millions(1_234_560_000).to_string(), "1.234,6");
        assert_eq!(Cell::Millions(-49_999).to_string(), "0,0");
        assert_eq!(Cell::Count(i64::MIN).to_string(), "-9.223.372.036.854.775.808");
        assert_eq!(Cell::Year(2026).to_string(), "2026");
    }

    #[test]
    fn a_percentage_is_rounded_half_up_and_of_nothing_is_a_dash() {
        let percent = |part, whole| Cell::Percent { part, whole }.to_string();
        assert_eq!(percent(19, 24), "79,2%");
        assert_eq!(percent(965, 1000), "96,5%");
        assert_eq!(percent(1, 2000), "0,1%");
        assert_eq!(percent(1, 3), "33,3%");
        assert_eq!(percent(0, 7), "0,0%");
        assert_eq!(percent(17, 16), "106,3%");
        assert_eq!(percent(5, 0), "—");
        assert_eq!(percent(i64::MAX, 1), "922.337.203.685.477.580.700,0%");
    }

    #[test]
    fn figures_that_belong_together_read_as_in_the_weekly_summary() {
        assert_eq!(Cell::Wanted { wanted: 24, done: 19 }.to_string(), "24 (79,2%)");
        assert_eq!(Cell::Including { total: 1214, part: 205 }.to_string(), "1.214 (205)");
        assert_eq!(Cell::Pair(23, 1105).to_string(), "23/1.105");
        assert_eq!(Cell::Range(12, 15).to_string(), "12 - 15");
        assert_eq!(Cell::Few.to_string(), "<5");
        assert_eq!(Cell::Nothing.to_string(), "–");
        assert_eq!(Cell::Blank.to_string(), "");
    }

    #[test]
    fn a_score_is_written_with_a_comma_and_no_more_decimals_than_it_has() {
        let written = [8.5, 30.0, -0.05, 1234.25, 0.0].map(|number| Cell::decimal(number).to_string());
        assert_eq!(written, ["8,5", "30", "-0,05", "1234,25", "0"]);
        assert_eq!(scaled(-5, 2).parse::<f64>().unwrap(), -0.05);
        assert!(matches!(Cell::decimal(1e300), Cell::Text(_)));
    }

    #[test]
    fn a_day_is_written_with_two_digits_for_day_and_month() {
        let date = NaiveDate::from_ymd_opt(2026, 6, 5).unwrap();
        assert_eq!(Cell::Date(date).to_string(), "05/06/2026");
    }
}
