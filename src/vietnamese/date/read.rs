//! From what was typed to a day: its shape first, then what it leaves out, then the calendar.

use chrono::{Datelike, Days, NaiveDate};

use super::calendar::{YEARS, day_of, day_of_month, in_range, month_of, year_of};
use super::{DateFault, Near, Partial};
use crate::vietnamese::fold::fold;

/// How far `+n` and `h-n` reach, in days.
const FARTHEST: u64 = 36_525;

/// How many years back or ahead a month or year left out is looked for: leap days are at most eight years apart.
const MOST_YEARS: i32 = 8;

/// Reads a whole date: `5`, `5/6`, `5-6`, `5.6`, `5/6/26`, `5/6/2026`, `0506`, `050626`, `05062026`, ISO, `h` (today),
/// `h-1`, `h+3`, `+14`, `-3` (days from today), `hôm qua`, `ngày mai`.
///
/// A year of two digits is this century unless that lies beyond next year (for the past) or fifty years ahead.
pub fn read_date(input: &str, today: NaiveDate, near: Near) -> Result<NaiveDate, DateFault> {
    let typed: String = input.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() {
        return Err(DateFault::Empty);
    }
    if let Some(date) = read_offset(&typed, today) {
        return date;
    }
    match read_parts(&typed)? {
        Parts::Day(day) => nearest_day(day, today, near),
        Parts::DayMonth(day, month) => nearest_day_month(day, month, today, near),
        Parts::Full(day, month, year) => day_of(full_year(year, today, near)?, month, day),
        Parts::Month(..) | Parts::Year(_) => Err(DateFault::MissingDay),
    }
}

/// Reads a date that may be a year (`1985`), a month (`5/2026`, `2026-05`) or anything [`read_date`] takes.
pub fn read_partial(input: &str, today: NaiveDate, near: Near) -> Result<Partial, DateFault> {
    match read_parts(input.trim()) {
        Ok(Parts::Year(year)) => Ok(Partial::Year(year_of(year)?)),
        Ok(Parts::Month(month, year)) => Ok(Partial::Month {
            year: year_of(year)?,
            month: month_of(month)?,
        }),
        _ => read_date(input, today, near).map(Partial::Day),
    }
}

/// The numbers of a typed date, not yet checked against the calendar.
enum Parts {
    Day(u32),
    DayMonth(u32, u32),
    /// Day, month, year as typed: two or four digits.
    Full(u32, u32, TypedYear),
    Month(u32, u32),
    Year(u32),
}

enum TypedYear {
    Short(u32),
    Whole(u32),
}

fn read_parts(typed: &str) -> Result<Parts, DateFault> {
    let fields: Vec<&str> = typed.split(['/', '-', '.', ' ']).collect();
    if fields
        .iter()
        .any(|field| field.is_empty() || !field.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(DateFault::Unreadable);
    }
    let number = |field: &str| field.parse::<u32>().map_err(|_| DateFault::Unreadable);
    let short = |field: &str| field.len() <= 2;
    match fields.as_slice() {
        [digits] => read_digits(digits),
        [day, month] if short(day) && short(month) => Ok(Parts::DayMonth(number(day)?, number(month)?)),
        [month, year] if short(month) && year.len() == 4 => Ok(Parts::Month(number(month)?, number(year)?)),
        [year, month] if short(month) && year.len() == 4 => Ok(Parts::Month(number(month)?, number(year)?)),
        [year, month, day] if year.len() == 4 && short(month) && short(day) => Ok(Parts::Full(
            number(day)?,
            number(month)?,
            TypedYear::Whole(number(year)?),
        )),
        [day, month, year] if short(day) && short(month) && year.len() == 4 => Ok(Parts::Full(
            number(day)?,
            number(month)?,
            TypedYear::Whole(number(year)?),
        )),
        [day, month, year] if short(day) && short(month) && year.len() == 2 => Ok(Parts::Full(
            number(day)?,
            number(month)?,
            TypedYear::Short(number(year)?),
        )),
        _ => Err(DateFault::Unreadable),
    }
}

/// Digits without separators: their number tells what they are.
fn read_digits(digits: &str) -> Result<Parts, DateFault> {
    let number = |from: usize, to: usize| digits[from..to].parse::<u32>().map_err(|_| DateFault::Unreadable);
    match digits.len() {
        1 | 2 => Ok(Parts::Day(number(0, digits.len())?)),
        4 if YEARS.contains(&number(0, 4)?) => Ok(Parts::Year(number(0, 4)?)),
        4 => Ok(Parts::DayMonth(number(0, 2)?, number(2, 4)?)),
        6 => Ok(Parts::Full(
            number(0, 2)?,
            number(2, 4)?,
            TypedYear::Short(number(4, 6)?),
        )),
        // 20260522 as machines write it: its last four digits are no year, so nothing else can be meant.
        8 if !YEARS.contains(&number(4, 8)?) && YEARS.contains(&number(0, 4)?) => Ok(Parts::Full(
            number(6, 8)?,
            number(4, 6)?,
            TypedYear::Whole(number(0, 4)?),
        )),
        8 => Ok(Parts::Full(
            number(0, 2)?,
            number(2, 4)?,
            TypedYear::Whole(number(4, 8)?),
        )),
        _ => Err(DateFault::Unreadable),
    }
}

/// `h`, `h-1`, `+14`, `hôm qua`; `None` if it is none of these.
fn read_offset(typed: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateFault>> {
    match fold(typed).as_str() {
        "h" | "hn" | "hom nay" if !typed.contains(['-', '+']) => return Some(Ok(today)),
        "hom qua" => return Some(shift(today, '-', "1")),
        "mai" | "ngay mai" => return Some(shift(today, '+', "1")),
        _ => {}
    }
    let rest = typed.strip_prefix(['h', 'H']).unwrap_or(typed).trim_start();
    let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    Some(shift(today, sign, rest[1..].trim_start()))
}

fn shift(today: NaiveDate, sign: char, days: &str) -> Result<NaiveDate, DateFault> {
    if days.is_empty() || !days.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateFault::Unreadable);
    }
    let days = days
        .parse()
        .ok()
        .filter(|days| *days <= FARTHEST)
        .map(Days::new)
        .ok_or(DateFault::OutOfRange)?;
    let date = if sign == '-' {
        today.checked_sub_days(days)
    } else {
        today.checked_add_days(days)
    };
    date.filter(|date| in_range(*date)).ok_or(DateFault::OutOfRange)
}

/// The nearest day of that number: months that lack it are passed over.
fn nearest_day(day: u32, today: NaiveDate, near: Near) -> Result<NaiveDate, DateFault> {
    if !(1..=31).contains(&day) {
        return Err(DateFault::NoSuchDay);
    }
    if near == Near::Either {
        return closer(today, |near| nearest_day(day, today, near));
    }
    let months = today.year() * 12 + today.month0() as i32;
    let candidates = (0..=12).filter_map(|step| {
        let month = months + if near == Near::Past { -step } else { step };
        NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, day)
    });
    nearest(candidates, today, near)
}

/// The nearest day of that number and month: 29/2 is looked for in leap years.
fn nearest_day_month(day: u32, month: u32, today: NaiveDate, near: Near) -> Result<NaiveDate, DateFault> {
    day_of_month(month_of(month)?, day)?;
    if near == Near::Either {
        return closer(today, |near| nearest_day_month(day, month, today, near));
    }
    let candidates = (0..=MOST_YEARS).filter_map(|step| {
        let year = today.year() + if near == Near::Past { -step } else { step };
        NaiveDate::from_ymd_opt(year, month, day)
    });
    nearest(candidates, today, near)
}

/// The nearer of the past and the coming day; of two as near, the coming one.
fn closer(today: NaiveDate, find: impl Fn(Near) -> Result<NaiveDate, DateFault>) -> Result<NaiveDate, DateFault> {
    match (find(Near::Past), find(Near::Coming)) {
        (Ok(past), Ok(coming)) if today - past < coming - today => Ok(past),
        (past, Err(_)) => past,
        (_, coming) => coming,
    }
}

/// The first candidate on the right side of today.
fn nearest(
    mut candidates: impl Iterator<Item = NaiveDate>,
    today: NaiveDate,
    near: Near,
) -> Result<NaiveDate, DateFault> {
    candidates
        .find(|date| match near {
            Near::Past => *date <= today,
            Near::Coming => *date >= today,
            Near::Either => true,
        })
        .filter(|date| in_range(*date))
        .ok_or(DateFault::OutOfRange)
}

fn full_year(year: TypedYear, today: NaiveDate, near: Near) -> Result<u32, DateFault> {
    let short = match year {
        TypedYear::Whole(year) => return Ok(year),
        TypedYear::Short(year) => year,
    };
    let this = u32::try_from(today.year()).map_err(|_| DateFault::OutOfRange)?;
    let latest = this + if near == Near::Past { 1 } else { 50 };
    let year = this / 100 * 100 + short;
    Ok(if year > latest && year >= 100 { year - 100 } else { year })
}
