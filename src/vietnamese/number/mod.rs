//! Numbers as Vietnamese officers write them, read and written: counts, money in đồng, percentages.
//!
//! The dot groups thousands and the comma begins the decimals: `1.234.567,8`. `1.200` is one thousand two hundred,
//! never 1,2. What could be read in two ways is refused with a reason rather than guessed, for a wrong figure in a
//! report is worse than a second keystroke. Decided here:
//!
//! - `1,5 tr`, `1.5tr`: one and a half million. A dot with one or two digits behind it cannot group thousands.
//! - `1.500 tr` is 1.500 million; `0.500 tr` is refused (nobody groups thousands behind a nought).
//! - `1,200` is refused without a unit (an English thousand, or 1,2?), yet `1,125 tỷ` has its plain meaning.
//! - `1,200,000` and `1,234.5` can only be English and are read so.
//! - `1tr5`, `2 tỷ 500`, `1tr250`: spoken amounts; up to three digits behind a unit are its decimals.
//! - `2 tỷ 500 triệu`: units in falling order add up. `1,2 nghìn tỷ`, `3 trăm triệu`: units in rising order multiply.
//!
//! Everything is whole-number arithmetic; nothing passes through floating point.

mod exact;
mod read;
mod write;

use std::fmt;

pub use exact::{Decimal, Ratio, format_percent};
pub use read::{parse_count, parse_decimal, parse_money, parse_percent};
pub use write::{format_count, format_millions, format_money_long, format_money_short};

/// Why a text is no number that can be used. The officer's text is kept; the message says what to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Nothing was typed.
    Empty,
    /// Something other than digits, separators and a known unit.
    NotANumber,
    /// A word behind the number that is no unit.
    UnknownUnit,
    /// Dots or commas that do not stand before every third digit.
    BadGroups,
    /// One thousand two hundred, or one and a fifth?
    Ambiguous,
    /// Decimals where only a whole number can be.
    NotWhole,
    /// Decimals in an amount of money without tr, tỷ, nghìn.
    MissingUnit,
    /// A million billion or more: no figure of an office, and sums of such could not be kept.
    TooLarge,
}

impl NumberFault {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Empty => "Chưa nhập số.",
            Self::NotANumber => "Đây không phải là số. Ví dụ đúng: 1.200 hoặc 1200.",
            Self::UnknownUnit => "Không hiểu đơn vị đi kèm. Dùng nghìn (k), triệu (tr), tỷ.",
            Self::BadGroups => "Dấu chấm đặt chưa đúng chỗ: cứ ba chữ số một dấu chấm, ví dụ 1.234.567.",
            Self::Ambiguous => "Số này hiểu được hai cách. Nghìn thì dùng dấu chấm (1.200), số lẻ thì viết gọn (1,2).",
            Self::NotWhole => "Ô này chỉ nhận số nguyên.",
            Self::MissingUnit => "Thiếu đơn vị sau số lẻ: 1,5 tr là một triệu rưỡi, 1,5 tỷ là một tỷ rưỡi.",
            Self::TooLarge => "Số quá lớn, xin kiểm tra lại.",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Empty => "No number was entered.",
            Self::NotANumber => "This is not a number. Write 1.200 or 1200.",
            Self::UnknownUnit => "The unit is not known. Use nghìn (k), triệu (tr), tỷ.",
            Self::BadGroups => "The dots are out of place: one before every three digits, as in 1.234.567.",
            Self::Ambiguous => "This can be read in two ways. Thousands take a dot (1.200), decimals are short (1,2).",
            Self::NotWhole => "Only a whole number can stand here.",
            Self::MissingUnit => "The unit is missing: 1,5 tr is one and a half million, 1,5 tỷ is 1.5 billion.",
            Self::TooLarge => "The number is too large, please check it.",
        }
    }
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.en())
    }
}

impl std::error::Error for NumberFault {}

#[cfg(test)]
mod tests {
    use super::read::{LIMIT, number};
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    #[test]
    fn a_dot_before_three_digits_groups_thousands() {
        assert_eq!(parse_count("1.200"), Ok(1_200));
        assert_eq!(parse_count("1.234.567"), Ok(1_234_567));
        assert_eq!(parse_count(" 1 234 567 "), Ok(1_234_567));
        assert_eq!(parse_count("1\u{A0}234"), Ok(1_234));
        assert_eq!(parse_count("1,234,567"), Ok(1_234_567));
        assert_eq!(parse_count("007"), Ok(7));
    }

    #[test]
    fn counts_take_spoken_thousands_but_no_currency_and_no_fraction() {
        assert_eq!(parse_count("1,5 nghìn"), Ok(1_500));
        assert_eq!(parse_count("2k"), Ok(2_000));
        assert_eq!(parse_count("12,0"), Ok(12));
        assert_eq!(parse_count("-5"), Ok(-5));
        assert_eq!(parse_count("1,5"), Err(NumberFault::NotWhole));
        assert_eq!(parse_count("1.5"), Err(NumberFault::NotWhole));
        assert_eq!(parse_count("5 đ"), Err(NumberFault::UnknownUnit));
    }

    #[test]
    fn what_can_be_read_in_two_ways_or_in_none_is_refused_with_its_reason() {
        for (text, fault) in [
            ("", NumberFault::Empty),
            ("  ", NumberFault::Empty),
            ("nhiều", NumberFault::NotANumber),
            ("12 người", NumberFault::UnknownUnit),
            ("1,200", NumberFault::Ambiguous),
            ("0.500", NumberFault::Ambiguous),
            ("12.34.567", NumberFault::BadGroups),
            ("1500.000", NumberFault::BadGroups),
            ("1 500.000", NumberFault::BadGroups),
            ("12 5", NumberFault::BadGroups),
            ("5.", NumberFault::NotANumber),
            ("1..200", NumberFault::NotANumber),
            ("--1", NumberFault::NotANumber),
            ("99999999999999999999", NumberFault::TooLarge),
        ] {
            assert_eq!(parse_count(text), Err(fault), "{text:?}");
        }
        assert_eq!(parse_money("1,200"), Err(NumberFault::Ambiguous));
        assert_eq!(parse_money("1,5"), Err(NumberFault::MissingUnit));
        assert_eq!(parse_money("1000000 tỷ"), Err(NumberFault::TooLarge));
        assert_eq!(parse_money("1,23456789 tr"), Err(NumberFault::NotWhole));
    }

    #[test]
    fn money_is_read_as_officers_write_it() {
        for (text, dong) in [
            ("1.500.000", 1_500_000),
            ("1500000", 1_500_000),
            ("1.500.000đ", 1_500_000),
            ("1.500.000 VNĐ", 1_500_000),
            ("1,5 tr", 1_500_000),
            ("1,5tr", 1_500_000),
            ("1.5tr", 1_500_000),
            ("1,5 triệu đồng", 1_500_000),
            ("1,5 trđ", 1_500_000),
            ("120 tr.đ", 120_000_000),
            ("1.500 tr", 1_500_000_000),
            ("2 tỷ", 2_000_000_000),
            ("2 TỈ", 2_000_000_000),
            ("1,125 tỷ", 1_125_000_000),
            ("500 nghìn", 500_000),
            ("500 ngàn", 500_000),
            ("500k", 500_000),
            ("1.200", 1_200),
            ("1,2 nghìn tỷ", 1_200_000_000_000),
            ("3 trăm triệu", 300_000_000),
            ("-2,5 tr", -2_500_000),
            ("0", 0),
        ] {
            assert_eq!(parse_money(text), Ok(dong), "{text:?}");
        }
    }

    #[test]
    fn spoken_amounts_go_on_behind_their_unit() {
        for (text, dong) in [
            ("1tr5", 1_500_000),
            ("1tr05", 1_050_000),
            ("1tr250", 1_250_000),
            ("2 tỷ 500", 2_500_000_000),
            ("2 tỷ 500 triệu", 2_500_000_000),
            ("2 tỷ 30 tr 500k", 2_030_500_000),
            ("2 triệu 500.000", 2_500_000),
            ("1 triệu 200 nghìn đồng", 1_200_000),
        ] {
            assert_eq!(parse_money(text), Ok(dong), "{text:?}");
        }
        for text in ["5 triệu 2 tỷ", "1 tr 2 tr", "1 tỷ 5000 triệu", "1 2 tr 3 đồng 4"] {
            assert!(parse_money(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_with_dots_and_a_comma() {
        assert_eq!(format_count(0), "0");
        assert_eq!(format_count(999), "999");
        assert_eq!(format_count(-1_234_567), "-1.234.567");
        assert_eq!(format_count(i64::MIN), "-9.223.372.036.854.775.808");
        assert_eq!(format_money_long(120_000_000), "120,0 triệu đồng");
        assert_eq!(format_money_short(1_200_000_000), "1.200,0 tr");
        assert_eq!(format_millions(149_999), "0,1");
        assert_eq!(format_millions(150_000), "0,2");
        assert_eq!(format_millions(-150_000), "-0,2");
    }

    #[test]
    fn percentages_round_half_away_from_zero_and_are_a_dash_over_nothing() {
        assert_eq!(format_percent(193, 200), "96,5%");
        assert_eq!(format_percent(1, 3), "33,3%");
        assert_eq!(format_percent(5, 10_000), "0,1%");
        assert_eq!(format_percent(-5, 10_000), "-0,1%");
        assert_eq!(format_percent(1, 0), "—");
        assert_eq!(format_percent(i64::MAX, 1), "922.337.203.685.477.580.700,0%");
    }

    #[test]
    fn a_share_is_judged_before_it_is_rounded() {
        let all = Ratio {
            numerator: 1,
            denominator: 1,
        };
        let nearly = Ratio {
            numerator: 2_499,
            denominator: 2_500,
        };
        assert_eq!(nearly.compare(all), Some(Ordering::Less));
        assert_eq!(format_percent(2_499, 2_500), "100,0%");
        assert_eq!(nearly.format_against(all), "99,96%");
        assert_eq!(all.format_against(all), "100,0%");
        let hair = Ratio {
            numerator: 99_999_999,
            denominator: 100_000_000,
        };
        assert_eq!(hair.format_against(all), "< 100,0%");
        assert_eq!(
            Ratio {
                numerator: 1,
                denominator: 0
            }
            .compare(all),
            None
        );
        assert_eq!(
            Ratio {
                numerator: -1,
                denominator: -2
            }
            .compare(all),
            Some(Ordering::Less)
        );
    }

    #[test]
    fn percentages_and_decimals_are_read_exactly() {
        assert_eq!(
            parse_percent("96,5%"),
            Ok(Ratio {
                numerator: 965,
                denominator: 1000
            })
        );
        assert_eq!(
            parse_percent("96.5 %"),
            Ok(Ratio {
                numerator: 965,
                denominator: 1000
            })
        );
        assert_eq!(
            parse_percent("100"),
            Ok(Ratio {
                numerator: 100,
                denominator: 100
            })
        );
        assert_eq!(parse_percent("%"), Err(NumberFault::Empty));
        assert_eq!(
            parse_decimal("1.234.567,80").map(|d| d.to_string()),
            Ok("1.234.567,8".to_owned())
        );
        assert_eq!(parse_decimal("-0,05").map(|d| d.to_string()), Ok("-0,05".to_owned()));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_readers_panic(text in "\\PC{0,20}|[-+0-9., trkđ%]{0,24}|[0-9]{1,3}( ?(tỷ|tr|k|nghìn) ?[0-9.,]{0,30}){0,3}") {
            let _ = (parse_count(&text), parse_money(&text), parse_percent(&text));
            if let Ok(decimal) = parse_decimal(&text) {
                let _ = (decimal.to_string(), decimal.to_f64(), decimal.as_percent());
            }
        }

        #[test]
        fn what_is_written_is_read_back(count in 1 - LIMIT..LIMIT) {
            prop_assert_eq!(parse_count(&format_count(count)), Ok(count));
            prop_assert_eq!(parse_money(&format_count(count)), Ok(count));
        }

        #[test]
        fn whole_tenths_of_millions_are_read_back(tenths in 1 - LIMIT / 100_000..LIMIT / 100_000) {
            let dong = tenths * 100_000;
            prop_assert_eq!(parse_money(&format_money_short(dong)), Ok(dong));
            prop_assert_eq!(parse_money(&format_money_long(dong)), Ok(dong));
        }

        #[test]
        fn decimals_are_written_and_read_back(mantissa in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..3) {
            let decimal = number(&mantissa.abs().to_string(), "").map(|n| Decimal { scale, ..n }).unwrap();
            let again = parse_decimal(&decimal.to_string()).unwrap();
            prop_assert_eq!(
                i128::from(again.mantissa) * 10_i128.pow(scale),
                i128::from(decimal.mantissa) * 10_i128.pow(again.scale)
            );
        }

        #[test]
        fn what_is_shown_never_contradicts_the_judgement(part in 0_i64..20_000, whole in 1_i64..20_000, tenth in 0_i64..1_500) {
            let share = Ratio { numerator: part, denominator: whole };
            let target = Ratio { numerator: tenth, denominator: 1_000 };
            let shown = share.format_against(target);
            if let Ok(read) = parse_percent(&shown) {
                prop_assert_eq!(read.compare(target), share.compare(target), "{}", shown);
            } else {
                prop_assert!(shown.starts_with(['<', '>']));
            }
        }
    }
}
