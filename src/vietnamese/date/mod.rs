//! Dates as officers type and print them, and dates of which only the year or the month is known.
//!
//! A date is typed with as few keys as its meaning allows: `5`, `5/6`, `050626`, `h-1`, `+14`. What is left out is the
//! nearest that fits: the nearest past one for what was done, the nearest coming one for what is planned ([`Near`]);
//! today is both. Nothing here asks the clock: `today` is an argument, so that tests and reports say which day they
//! mean.

mod calendar;
mod partial;
mod read;
mod write;

use std::fmt;

pub use partial::Partial;
pub use read::{read_date, read_partial};
pub use write::{format_date, format_date_long, iso, weekday_en, weekday_short_vi, weekday_vi};

/// In which direction a short date is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// For what was done: the latest day that fits, up to and including today.
    Past,
    /// For what is planned: the first day that fits, from today on.
    Coming,
    /// For what may be either (a session is entered before it is held or after): the day that fits and lies nearest.
    Either,
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Days, NaiveDate, Weekday};
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
    fn what_may_lie_ahead_or_behind_is_the_nearest_day_that_fits() {
        let read = |typed| read_date(typed, today(), Near::Either);
        let (past, coming) = (
            |typed| read_date(typed, today(), Near::Past),
            |typed| read_date(typed, today(), Near::Coming),
        );
        for typed in ["1", "15", "28", "31", "1/1", "30/6", "31/12", "29/2"] {
            let (past, coming) = (past(typed).unwrap(), coming(typed).unwrap());
            let nearer = if today() - past < coming - today() {
                past
            } else {
                coming
            };
            assert_eq!(read(typed), Ok(nearer), "{typed}");
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
            for near in [Near::Past, Near::Coming, Near::Either] {
                let _ = (read_date(&text, today, near), read_partial(&text, today, near));
            }
            let _ = text.parse::<Partial>();
        }

        #[test]
        fn what_is_written_is_read_back(date in any_day(), today in any_day()) {
            for near in [Near::Past, Near::Coming, Near::Either] {
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
