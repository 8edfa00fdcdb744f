//! Which days there are, and why a day is not there.

use chrono::{Datelike, NaiveDate};

use super::DateFault;

/// Years that a typed or stored date may have: the living, their founding papers, and plans.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// The day of the calendar, or the reason why there is none.
pub(super) fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
    let month = month_of(month)?;
    day_of_month(month, day)?;
    NaiveDate::from_ymd_opt(year_of(year)?, month, day).ok_or(DateFault::NotALeapYear)
}

/// Whether the month can have that day in any year.
pub(super) fn day_of_month(month: u32, day: u32) -> Result<(), DateFault> {
    match (month, day) {
        (_, 0 | 32..) => Err(DateFault::NoSuchDay),
        (2, 30 | 31) => Err(DateFault::FebruaryIsShort),
        (4 | 6 | 9 | 11, 31) => Err(DateFault::MonthHas30Days),
        _ => Ok(()),
    }
}

pub(super) fn month_of(month: u32) -> Result<u32, DateFault> {
    if (1..=12).contains(&month) {
        Ok(month)
    } else {
        Err(DateFault::NoSuchMonth)
    }
}

pub(super) fn year_of(year: u32) -> Result<i32, DateFault> {
    if YEARS.contains(&year) {
        i32::try_from(year).map_err(|_| DateFault::OutOfRange)
    } else {
        Err(DateFault::OutOfRange)
    }
}

pub(super) fn in_range(date: NaiveDate) -> bool {
    u32::try_from(date.year()).is_ok_and(|year| YEARS.contains(&year))
}
