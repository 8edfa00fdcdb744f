//! Reporting periods: weeks, months, quarters, half-years, years and free ranges.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::text::Message;
use crate::vietnamese::date::{Near, Partial, read_date, read_partial};

/// What sort of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// Seven days; ISO numbered where it begins on Monday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter.
    Quarter,
    /// The first or second half of a year.
    HalfYear,
    /// A calendar year.
    Year,
    /// Any first and last day.
    Range,
}

impl PeriodKind {
    /// The name in JSON: `week`, `half-year` …
    pub fn name(self) -> &'static str {
        match self {
            PeriodKind::Week => "week",
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::HalfYear => "half-year",
            PeriodKind::Year => "year",
            PeriodKind::Range => "range",
        }
    }
}

/// A span of days, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// What sort.
    pub kind: PeriodKind,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// Any span; `None` where it ends before it begins.
    pub fn range(from: NaiveDate, to: NaiveDate) -> Option<Period> {
        (from <= to).then_some(Period {
            kind: PeriodKind::Range,
            from,
            to,
        })
    }

    /// The week that holds a day and begins on `start` (Monday unless the office set Friday).
    pub fn week_of(day: NaiveDate, start: Weekday) -> Period {
        let week = day.week(start);
        Period {
            kind: PeriodKind::Week,
            from: week.first_day(),
            to: week.last_day(),
        }
    }

    /// The calendar year.
    pub fn year(year: i32) -> Option<Period> {
        let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Period {
            kind: PeriodKind::Year,
            from,
            to: NaiveDate::from_ymd_opt(year, 12, 31)?,
        })
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u32) -> Option<Period> {
        Period::months(PeriodKind::Month, year, month, 1)
    }

    fn months(kind: PeriodKind, year: i32, first: u32, count: u32) -> Option<Period> {
        let from = NaiveDate::from_ymd_opt(year, first, 1)?;
        let last = first + count - 1;
        let after = if last >= 12 {
            NaiveDate::from_ymd_opt(year + 1, 1, 1)?
        } else {
            NaiveDate::from_ymd_opt(year, last + 1, 1)?
        };
        Some(Period {
            kind,
            from,
            to: after.pred_opt()?,
        })
    }

    /// Reads `2026-W21`, `2026-05`, `2026-Q2`, `2026-H1`, `2026`, and the two days of a period that has no name (a week
    /// from Friday): `2026-05-15..2026-05-21`.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..") {
            return Period::range(from.trim().parse().ok()?, to.trim().parse().ok()?);
        }
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let number = |digits: &str| {
            digits
                .parse::<u32>()
                .ok()
                .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))
        };
        match rest {
            None => Period::year(year),
            Some(rest) => match rest.as_bytes().first()? {
                b'W' | b'w' => {
                    let monday = NaiveDate::from_isoywd_opt(year, number(&rest[1..])?, Weekday::Mon)?;
                    Some(Period::week_of(monday, Weekday::Mon))
                }
                b'Q' | b'q' => match number(&rest[1..])? {
                    quarter @ 1..=4 => Period::months(PeriodKind::Quarter, year, quarter * 3 - 2, 3),
                    _ => None,
                },
                b'H' | b'h' => match number(&rest[1..])? {
                    half @ 1..=2 => Period::months(PeriodKind::HalfYear, year, half * 6 - 5, 6),
                    _ => None,
                },
                _ if rest.len() == 2 => Period::month(year, number(rest)?),
                _ => None,
            },
        }
    }

    /// Reads a period as an officer types it: what [`Period::parse`] reads, a month `5/2026`, two days with a dash
    /// between them, `1/3-15/4/2026`. A day without its year is the nearest one before.
    pub fn typed(text: &str, today: NaiveDate) -> Option<Period> {
        if let Some(period) = Period::parse(text) {
            return Some(period);
        }
        if let Ok(Partial::Month { year, month }) = read_partial(text, today, Near::Past) {
            return Period::month(year, month);
        }
        text.match_indices(['-', '–']).find_map(|(at, dash)| {
            let to = read_date(text.get(at + dash.len()..)?, today, Near::Past).ok()?;
            let from = read_date(text.get(..at)?, to, Near::Past).ok()?;
            Period::range(from, to)
        })
    }

    /// The ISO number of a week that begins on Monday: `2026-W21`.
    pub fn iso_week(&self) -> Option<String> {
        let monday_week = self.kind == PeriodKind::Week && self.from.weekday() == Weekday::Mon;
        let week = self.from.iso_week();
        monday_week.then(|| format!("{:04}-W{:02}", week.year(), week.week()))
    }

    /// The period of the same sort just before: the week before, the same span before.
    pub fn previous(&self) -> Option<Period> {
        let to = self.from.pred_opt()?;
        match self.kind {
            PeriodKind::Week => Some(Period {
                kind: self.kind,
                from: self.from.checked_sub_days(Days::new(7))?,
                to,
            }),
            PeriodKind::Month => Period::month(to.year(), to.month()),
            PeriodKind::Quarter => Period::months(self.kind, to.year(), to.month() - 2, 3),
            PeriodKind::HalfYear => Period::months(self.kind, to.year(), to.month() - 5, 6),
            PeriodKind::Year => Period::year(to.year()),
            PeriodKind::Range => {
                let days = (self.to - self.from).num_days().unsigned_abs();
                Some(Period {
                    kind: self.kind,
                    from: to.checked_sub_days(Days::new(days))?,
                    to,
                })
            }
        }
    }

    /// The week after.
    pub fn next_week(&self) -> Option<Period> {
        let from = self.to.succ_opt()?;
        Some(Period {
            kind: PeriodKind::Week,
            from,
            to: from.checked_add_days(Days::new(6))?,
        })
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The period in words: "Tuần 21 (18/5–24/5/2026)".
    pub fn label(&self) -> Message {
        let span = format!(
            "{}/{}–{}/{}/{}",
            self.from.day(),
            self.from.month(),
            self.to.day(),
            self.to.month(),
            self.to.year()
        );
        let year = self.from.year();
        match self.kind {
            PeriodKind::Week if self.iso_week().is_some() => {
                let week = self.from.iso_week().week();
                Message::new(format!("Tuần {week} ({span})"), format!("Week {week} ({span})"))
            }
            PeriodKind::Week => Message::new(format!("Tuần ({span})"), format!("Week ({span})")),
            PeriodKind::Month => {
                let month = self.from.month();
                Message::new(format!("Tháng {month}/{year}"), format!("Month {month}/{year}"))
            }
            PeriodKind::Quarter => {
                let quarter = self.from.month0() / 3 + 1;
                Message::new(format!("Quý {quarter}/{year}"), format!("Quarter {quarter}/{year}"))
            }
            PeriodKind::HalfYear if self.from.month() == 1 => {
                Message::new(format!("6 tháng đầu năm {year}"), format!("First half of {year}"))
            }
            PeriodKind::HalfYear => Message::new(format!("6 tháng cuối năm {year}"), format!("Second half of {year}")),
            PeriodKind::Year => Message::new(format!("Năm {year}"), format!("Year {year}")),
            PeriodKind::Range => Message::new(format!("Từ {span}"), format!("From {span}")),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.from.year();
        match self.kind {
            PeriodKind::Week => match self.iso_week() {
                Some(iso) => out.write_str(&iso),
                None => write!(out, "{}..{}", self.from, self.to),
            },
            PeriodKind::Month => write!(out, "{year:04}-{:02}", self.from.month()),
            PeriodKind::Quarter => write!(out, "{year:04}-Q{}", self.from.month0() / 3 + 1),
            PeriodKind::HalfYear => write!(out, "{year:04}-H{}", self.from.month0() / 6 + 1),
            PeriodKind::Year => write!(out, "{year:04}"),
            PeriodKind::Range => write!(out, "{}..{}", self.from, self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_week_runs_from_monday_to_sunday_and_bears_its_iso_number() {
        let week = Period::parse("2026-W21").unwrap();
        assert_eq!((week.from, week.to), (day(2026, 5, 18), day(2026, 5, 24)));
        assert_eq!(week.to_string(), "2026-W21");
        assert_eq!(Period::week_of(day(2027, 1, 1), Weekday::Mon).to_string(), "2026-W53");
    }

    #[test]
    fn a_week_from_friday_is_named_by_its_dates() {
        let week = Period::week_of(day(2026, 5, 20), Weekday::Fri);
        assert_eq!((week.from, week.to), (day(2026, 5, 15), day(2026, 5, 21)));
        assert_eq!(week.iso_week(), None);
    }

    #[test]
    fn a_period_is_read_as_it_is_typed() {
        let typed = |text| Period::typed(text, day(2026, 5, 21)).map(|period| period.to_string());
        for (text, read) in [
            ("5/2026", "2026-05"),
            ("2025", "2025"),
            ("2026-w21", "2026-W21"),
            ("1/3/2026-15/4/2026", "2026-03-01..2026-04-15"),
            ("1/3 – 15/4", "2026-03-01..2026-04-15"),
            ("15/11-10/1/2026", "2025-11-15..2026-01-10"),
            ("1-5-20-5", "2026-05-01..2026-05-20"),
        ] {
            assert_eq!(typed(text).as_deref(), Some(read), "{text}");
        }
        for wrong in [
            "",
            "5",
            "13/2026",
            "5/6",
            "-",
            "1/3-",
            "31/2-5/3",
            "15/4/2026-1/3/2026",
            "tuần",
        ] {
            assert_eq!(typed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_named_period_reads_back_and_knows_the_one_before() {
        for (text, before) in [
            ("2026-W01", "2025-W52"),
            ("2026-01", "2025-12"),
            ("2026-Q1", "2025-Q4"),
            ("2026-H2", "2026-H1"),
            ("2026-H1", "2025-H2"),
            ("2026", "2025"),
            ("2026-03-11..2026-03-20", "2026-03-01..2026-03-10"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.previous().unwrap().to_string(), before);
        }
        for wrong in [
            "",
            "2026-W54",
            "2026-W00",
            "2025-W53",
            "2026-13",
            "2026-Q5",
            "2026-H3",
            "26",
            "2026-1",
            "2026-",
            "2026-Wé1",
        ] {
            assert!(Period::parse(wrong).is_none(), "{wrong}");
        }
    }
}
