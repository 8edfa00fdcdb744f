//! Dates of which the day, or the day and the month, may be unknown.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DateFault;
use super::calendar::{day_of, month_of, year_of};
use super::write::{format_date, iso};

/// A date of which the day, or the day and the month, may be unknown (a birth year, a role held "since 2023").
///
/// Its text is ISO (`2026`, `2026-05`, `2026-05-22`), also in JSON. Ordered by its first day, the less certain first,
/// which is the order of the texts too. On the screen ([`fmt::Display`]) it is `2026`, `05/2026`, `22/05/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Partial {
    /// Only the year is known.
    Year(i32),
    /// The month is known; `month` is 1–12.
    Month {
        /// The year.
        year: i32,
        /// 1–12.
        month: u32,
    },
    /// The whole date.
    Day(NaiveDate),
}

impl Partial {
    /// The year, which is always known.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month { year, .. } => year,
            Self::Day(day) => day.year(),
        }
    }

    /// The first day it can mean. Years and months beyond the calendar are taken as its nearest ones.
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Year(year) => first_of(year.min(LAST_YEAR), 1),
            Self::Month { year, month } => first_of(year.min(LAST_YEAR), month),
            Self::Day(day) => day,
        }
    }

    /// The last day it can mean.
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Year(year) => last_of(year, 12),
            Self::Month { year, month } => last_of(year, month),
            Self::Day(day) => day,
        }
    }

    /// The whole date, if it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(_) | Self::Month { .. } => None,
        }
    }

    /// `2026`, `2026-05` or `2026-05-22`.
    pub fn iso(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month { year, month } => format!("{year:04}-{month:02}"),
            Self::Day(day) => iso(day),
        }
    }

    fn order(self) -> (NaiveDate, u8) {
        match self {
            Self::Year(_) => (self.first_day(), 0),
            Self::Month { .. } => (self.first_day(), 1),
            Self::Day(day) => (day, 2),
        }
    }
}

impl PartialOrd for Partial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Partial {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl From<NaiveDate> for Partial {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{month:02}/{year:04}"),
            Self::Day(day) => f.write_str(&format_date(day)),
        }
    }
}

impl FromStr for Partial {
    type Err = DateFault;

    /// Reads the ISO text, and only that, to the letter.
    fn from_str(text: &str) -> Result<Self, DateFault> {
        let mut parts = text.split('-');
        let year = fixed(parts.next(), 4)?.ok_or(DateFault::Unreadable)?;
        let (month, day) = (fixed(parts.next(), 2)?, fixed(parts.next(), 2)?);
        if parts.next().is_some() {
            return Err(DateFault::Unreadable);
        }
        match (month, day) {
            (None, _) => Ok(Self::Year(year_of(year)?)),
            (Some(month), None) => Ok(Self::Month {
                year: year_of(year)?,
                month: month_of(month)?,
            }),
            (Some(month), Some(day)) => day_of(year, month, day).map(Self::Day),
        }
    }
}

impl Serialize for Partial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Partial {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// The last year whose days are computed, whatever a [`Partial`] made by hand may hold.
const LAST_YEAR: i32 = 9999;

/// A field of exactly so many digits; `None` if there is none.
fn fixed(field: Option<&str>, digits: usize) -> Result<Option<u32>, DateFault> {
    let Some(field) = field else { return Ok(None) };
    if field.len() != digits || !field.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateFault::Unreadable);
    }
    field.parse().map(Some).map_err(|_| DateFault::Unreadable)
}

fn first_of(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year.clamp(0, LAST_YEAR + 1), month.clamp(1, 12), 1)
        .expect("within the calendar by the clamps")
}

fn last_of(year: i32, month: u32) -> NaiveDate {
    let next = if month >= 12 {
        first_of(year.min(LAST_YEAR) + 1, 1)
    } else {
        first_of(year.min(LAST_YEAR), month.max(1) + 1)
    };
    next.pred_opt().expect("the calendar begins long before the year 0")
}
