//! Dates as officers type and print them, and dates of which only the year or the month is known.
//!
//! A date is typed with as few keys as its meaning allows: `5`, `5/6`, `050626`, `h-1`, `+14`. What is left out is the
//! nearest that fits: the nearest past one for what was done, the nearest coming one for what is planned ([`Near`]);
//! today is both. Nothing here asks the clock: `today` is an argument, so that tests and reports say which day they
//! mean.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fold::fold;

/// In which direction a short date is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// For what was done: the latest day that fits, up to and including today.
    Past,
    /// For what is planned: the first day that fits, from today on.
    Coming,
}

/// Why a text is no date. The officer's text is kept; the message says what to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing was typed.
    Empty,
    /// Neither digits in a known shape nor `h`, `+n`, `-n`.
    Unreadable,
    /// A month or a year where a whole date is needed.
    MissingDay,
    /// 0, or more than 31.
    NoSuchDay,
    /// 0, or more than 12.
    NoSuchMonth,
    /// The 31st of April, June, September or November.
    MonthHas30Days,
    /// The 30th or 31st of February.
    FebruaryIsShort,
    /// The 29th of February in a year without one.
    NotALeapYear,
    /// Outside 1900–2199, or too many days from today.
    OutOfRange,
}

impl DateFault {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Empty => "Chưa nhập ngày.",
            Self::Unreadable => "Không đọc được ngày này. Ví dụ đúng: 5/6, 05062026, h (hôm nay), h-1, +14.",
            Self::MissingDay => "Còn thiếu ngày: viết đủ ngày, tháng, ví dụ 5/6/2026.",
            Self::NoSuchDay => "Không có ngày này: ngày từ 1 đến 31.",
            Self::NoSuchMonth => "Không có tháng này: tháng từ 1 đến 12.",
            Self::MonthHas30Days => "Tháng này chỉ có 30 ngày.",
            Self::FebruaryIsShort => "Tháng 2 chỉ có 28 hoặc 29 ngày.",
            Self::NotALeapYear => "Tháng 2 năm này chỉ có 28 ngày.",
            Self::OutOfRange => "Ngày này quá xa, xin kiểm tra lại năm.",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Empty => "No date was entered.",
            Self::Unreadable => "This date cannot be read. Write 5/6, 05062026, h (today), h-1 or +14.",
            Self::MissingDay => "The day is missing: write day and month, as in 5/6/2026.",
            Self::NoSuchDay => "There is no such day: days run from 1 to 31.",
            Self::NoSuchMonth => "There is no such month: months run from 1 to 12.",
            Self::MonthHas30Days => "This month has only 30 days.",
            Self::FebruaryIsShort => "February has only 28 or 29 days.",
            Self::NotALeapYear => "February of this year has only 28 days.",
            Self::OutOfRange => "This date is too far off, please check the year.",
        }
    }
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.en())
    }
}

impl std::error::Error for DateFault {}

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

/// Years that a typed or stored date may have: the living, their founding papers, and plans.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// The last year whose days are computed, whatever a [`Partial`] made by hand may hold.
const LAST_YEAR: i32 = 9999;

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

/// `22/05/2026`
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `ngày 05 tháng 6 năm 2026`: days below 10 and the months 1 and 2 take a leading nought (Nghị định 30/2020/NĐ-CP,
/// Phụ lục I), so that nothing can be written before them.
pub fn format_date_long(date: NaiveDate) -> String {
    let month = date.month();
    let nought = if month <= 2 { "0" } else { "" };
    format!("ngày {:02} tháng {nought}{month} năm {}", date.day(), date.year())
}

/// `2026-05-22`
pub fn iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// "thứ Sáu", "Chủ nhật"
pub fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// "T6", "CN", for narrow columns.
pub fn weekday_short_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "T2",
        Weekday::Tue => "T3",
        Weekday::Wed => "T4",
        Weekday::Thu => "T5",
        Weekday::Fri => "T6",
        Weekday::Sat => "T7",
        Weekday::Sun => "CN",
    }
}

/// "Friday"
pub fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
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
    let candidates = (0..=MOST_YEARS).filter_map(|step| {
        let year = today.year() + if near == Near::Past { -step } else { step };
        NaiveDate::from_ymd_opt(year, month, day)
    });
    nearest(candidates, today, near)
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

/// The day of the calendar, or the reason why there is none.
fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
    let month = month_of(month)?;
    day_of_month(month, day)?;
    NaiveDate::from_ymd_opt(year_of(year)?, month, day).ok_or(DateFault::NotALeapYear)
}

/// Whether the month can have that day in any year.
fn day_of_month(month: u32, day: u32) -> Result<(), DateFault> {
    match (month, day) {
        (_, 0 | 32..) => Err(DateFault::NoSuchDay),
        (2, 30 | 31) => Err(DateFault::FebruaryIsShort),
        (4 | 6 | 9 | 11, 31) => Err(DateFault::MonthHas30Days),
        _ => Ok(()),
    }
}

fn month_of(month: u32) -> Result<u32, DateFault> {
    if (1..=12).contains(&month) {
        Ok(month)
    } else {
        Err(DateFault::NoSuchMonth)
    }
}

fn year_of(year: u32) -> Result<i32, DateFault> {
    if YEARS.contains(&year) {
        i32::try_from(year).map_err(|_| DateFault::OutOfRange)
    } else {
        Err(DateFault::OutOfRange)
    }
}

fn in_range(date: NaiveDate) -> bool {
    u32::try_from(date.year()).is_ok_and(|year| YEARS.contains(&year))
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// A Friday.
    fn today() -> NaiveDate {
        day(2026, 5, 22)
    }

    #[test]
    fn a_short_date_of_something_done_is_the_nearest_past_one() {
        for (typed, expected) in [
            ("5", day(2026, 5, 5)),
            ("22", today()),
            ("23", day(2026, 4, 23)),
            ("31", day(2026, 3, 31)),
            ("5/6", day(2025, 6, 5)),
            ("22/5", today()),
            ("5-6", day(2025, 6, 5)),
            ("5.6", day(2025, 6, 5)),
            ("0506", day(2025, 6, 5)),
            ("29/2", day(2024, 2, 29)),
        ] {
            assert_eq!(read_date(typed, today(), Near::Past), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn a_short_date_of_something_planned_is_the_nearest_coming_one() {
        for (typed, expected) in [
            ("5", day(2026, 6, 5)),
            ("22", today()),
            ("31", day(2026, 5, 31)),
            ("5/6", day(2026, 6, 5)),
            ("5/1", day(2027, 1, 5)),
            ("29/2", day(2028, 2, 29)),
        ] {
            assert_eq!(read_date(typed, today(), Near::Coming), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn a_whole_date_is_read_in_every_usual_shape() {
        for typed in [
            "5/6/26",
            "05/06/2026",
            "5-6-2026",
            "5.6.26",
            "05062026",
            "050626",
            "2026-06-05",
            " 5/6/2026 ",
            "20260605",
        ] {
            assert_eq!(read_date(typed, today(), Near::Past), Ok(day(2026, 6, 5)), "{typed}");
        }
    }

    #[test]
    fn days_are_counted_from_today() {
        for (typed, expected) in [
            ("h", today()),
            ("H", today()),
            ("hôm nay", today()),
            ("h-1", day(2026, 5, 21)),
            ("h+3", day(2026, 5, 25)),
            ("+14", day(2026, 6, 5)),
            ("-3", day(2026, 5, 19)),
            ("h - 1", day(2026, 5, 21)),
            ("hôm qua", day(2026, 5, 21)),
            ("mai", day(2026, 5, 23)),
        ] {
            assert_eq!(read_date(typed, today(), Near::Past), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn two_digit_years_are_those_of_the_living() {
        assert_eq!(read_date("22/5/85", today(), Near::Past), Ok(day(1985, 5, 22)));
        assert_eq!(read_date("22/5/45", today(), Near::Past), Ok(day(1945, 5, 22)));
        assert_eq!(read_date("5/1/27", today(), Near::Past), Ok(day(2027, 1, 5)));
        assert_eq!(read_date("22/5/35", today(), Near::Coming), Ok(day(2035, 5, 22)));
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for (typed, fault) in [
            ("", DateFault::Empty),
            ("31/02", DateFault::FebruaryIsShort),
            ("31/4", DateFault::MonthHas30Days),
            ("29/2/2026", DateFault::NotALeapYear),
            ("32", DateFault::NoSuchDay),
            ("0", DateFault::NoSuchDay),
            ("5/13", DateFault::NoSuchMonth),
            ("5/2026", DateFault::MissingDay),
            ("2026", DateFault::MissingDay),
            ("506", DateFault::Unreadable),
            ("5/6/7", DateFault::Unreadable),
            ("5/6/1026", DateFault::OutOfRange),
            ("h-", DateFault::Unreadable),
            ("h--1", DateFault::Unreadable),
            ("+99999999999999999999", DateFault::OutOfRange),
            ("mốt", DateFault::Unreadable),
            ("5//6", DateFault::Unreadable),
            ("٥/٦", DateFault::Unreadable),
        ] {
            assert_eq!(read_date(typed, today(), Near::Past), Err(fault), "{typed:?}");
        }
    }

    #[test]
    fn a_year_or_a_month_alone_is_a_partial_date() {
        let read = |typed| read_partial(typed, today(), Near::Past);
        assert_eq!(read("1985"), Ok(Partial::Year(1985)));
        assert_eq!(read("5/2026"), Ok(Partial::Month { year: 2026, month: 5 }));
        assert_eq!(read("2026-05"), Ok(Partial::Month { year: 2026, month: 5 }));
        assert_eq!(read("22/5/1985"), Ok(Partial::Day(day(1985, 5, 22))));
        assert_eq!(read("h"), Ok(Partial::Day(today())));
        assert_eq!(read("13/2026"), Err(DateFault::NoSuchMonth));
    }

    #[test]
    fn partial_dates_know_their_first_and_last_day_and_their_order() {
        let year = Partial::Year(2024);
        let month = Partial::Month { year: 2024, month: 2 };
        assert_eq!(
            (year.first_day(), year.last_day()),
            (day(2024, 1, 1), day(2024, 12, 31))
        );
        assert_eq!(
            (month.first_day(), month.last_day()),
            (day(2024, 2, 1), day(2024, 2, 29))
        );
        let mut dates: Vec<Partial> = ["2024-02-01", "2024-02", "2023", "2024-01-31", "2024"]
            .iter()
            .map(|t| t.parse().unwrap())
            .collect();
        dates.sort();
        let texts: Vec<String> = dates.iter().map(|d| d.iso()).collect();
        assert_eq!(texts, ["2023", "2024", "2024-01-31", "2024-02", "2024-02-01"]);
    }

    #[test]
    fn an_impossible_month_in_a_partial_date_does_not_panic() {
        let odd = Partial::Month {
            year: i32::MAX,
            month: 77,
        };
        assert!(odd.first_day() <= odd.last_day());
    }

    #[test]
    fn partial_dates_travel_as_iso_text() {
        let json = serde_json::to_string(&Partial::Month { year: 2026, month: 5 }).unwrap();
        assert_eq!(json, "\"2026-05\"");
        assert_eq!(
            serde_json::from_str::<Partial>(&json).unwrap(),
            Partial::Month { year: 2026, month: 5 }
        );
        for wrong in [
            "\"2026-5\"",
            "\"2026-13\"",
            "\"2026-02-30\"",
            "\"26\"",
            "2026",
            "\"2026-05-22-01\"",
            "\"-026\"",
        ] {
            assert!(serde_json::from_str::<Partial>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_written_as_offices_write_them() {
        assert_eq!(format_date(day(2026, 6, 5)), "05/06/2026");
        assert_eq!(format_date_long(day(2026, 6, 5)), "ngày 05 tháng 6 năm 2026");
        assert_eq!(format_date_long(day(2026, 2, 15)), "ngày 15 tháng 02 năm 2026");
        assert_eq!(Partial::Month { year: 2026, month: 5 }.to_string(), "05/2026");
        assert_eq!(weekday_vi(today().weekday()), "thứ Sáu");
        assert_eq!(weekday_short_vi(Weekday::Sun), "CN");
        assert_eq!(weekday_en(today().weekday()), "Friday");
    }

    prop_compose! {
        fn any_day()(days in 0_u64..109_000) -> NaiveDate {
            day(1900, 1, 1).checked_add_days(Days::new(days)).unwrap()
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_readers_panic(text in "\\PC{0,14}|[hH0-9/.+ -]{0,12}", today in any_day()) {
            for near in [Near::Past, Near::Coming] {
                let _ = (read_date(&text, today, near), read_partial(&text, today, near));
            }
            let _ = text.parse::<Partial>();
        }

        #[test]
        fn what_is_written_is_read_back(date in any_day(), today in any_day()) {
            for near in [Near::Past, Near::Coming] {
                prop_assert_eq!(read_date(&format_date(date), today, near), Ok(date));
                prop_assert_eq!(read_date(&iso(date), today, near), Ok(date));
                for partial in [
                    Partial::Day(date),
                    Partial::Month { year: date.year(), month: date.month() },
                    Partial::Year(date.year()),
                ] {
                    prop_assert_eq!(partial.iso().parse(), Ok(partial));
                    prop_assert_eq!(read_partial(&partial.to_string(), today, near), Ok(partial));
                }
            }
        }

        #[test]
        fn a_short_date_lies_on_the_asked_side_and_nothing_nearer_fits(number in 1_u32..=28, today in any_day()) {
            if today.year() > 1900 && today.year() < 2190 {
                let past = read_date(&number.to_string(), today, Near::Past).unwrap();
                let coming = read_date(&number.to_string(), today, Near::Coming).unwrap();
                prop_assert!(past <= today && today <= coming);
                prop_assert!((today - past).num_days() < 31 && (coming - today).num_days() < 31);
                prop_assert_eq!((past.day(), coming.day()), (number, number));
            }
        }

        #[test]
        fn the_order_of_partial_dates_is_that_of_their_texts(a in any_day(), b in any_day()) {
            let kinds = |d: NaiveDate| [Partial::Day(d), Partial::Month { year: d.year(), month: d.month() }, Partial::Year(d.year())];
            for x in kinds(a) {
                for y in kinds(b) {
                    prop_assert_eq!(x.cmp(&y), x.iso().cmp(&y.iso()));
                }
            }
        }
    }
}
