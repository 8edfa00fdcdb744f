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

use std::cmp::Ordering;
use std::fmt;

use super::fold::fold_into;

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

/// A number with decimals, exact: `mantissa` × 10^-`scale`, without trailing noughts in the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i64,
    scale: u32,
}

impl Decimal {
    /// As a share of one hundred: 96,5 is 965 / 1000.
    pub fn as_percent(self) -> Option<Ratio> {
        let denominator = 10_i64.checked_pow(self.scale)?.checked_mul(100)?;
        Some(Ratio {
            numerator: self.mantissa,
            denominator,
        })
    }

    /// The nearest floating-point number, for sheets and charts only.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(self.scale as i32)
    }

    /// `self` × `factor` if that is whole.
    fn times(self, factor: i128) -> Result<i128, NumberFault> {
        let product = i128::from(self.mantissa)
            .checked_mul(factor)
            .ok_or(NumberFault::TooLarge)?;
        let divisor = 10_i128.checked_pow(self.scale).ok_or(NumberFault::NotWhole)?;
        if product % divisor == 0 {
            Ok(product / divisor)
        } else {
            Err(NumberFault::NotWhole)
        }
    }
}

impl fmt::Display for Decimal {
    /// `1.234.567,8`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!(
            "{:0>width$}",
            self.mantissa.unsigned_abs(),
            width = self.scale as usize + 1
        );
        let (whole, decimals) = digits.split_at(digits.len() - self.scale as usize);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        write!(f, "{sign}{}", grouped(whole))?;
        if decimals.is_empty() {
            Ok(())
        } else {
            write!(f, ",{decimals}")
        }
    }
}

/// A share as two counts, so that it is judged before anything is rounded: 2.499 of 2.500 is not all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// The part.
    pub numerator: i64,
    /// The whole; nothing when 0.
    pub denominator: i64,
}

impl Ratio {
    /// Compares two shares exactly. `None` when either is over nothing.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        if self.denominator == 0 || other.denominator == 0 {
            return None;
        }
        let sign = i128::from(self.denominator.signum() * other.denominator.signum());
        let left = i128::from(self.numerator) * i128::from(other.denominator) * sign;
        let right = i128::from(other.numerator) * i128::from(self.denominator) * sign;
        Some(left.cmp(&right))
    }

    /// Percent in tenths, rounded half away from zero: 965 for 96,5 %. `None` over nothing.
    pub fn tenths(self) -> Option<i128> {
        (self.denominator != 0).then(|| divide_rounded(i128::from(self.numerator) * 1000, i128::from(self.denominator)))
    }

    /// The percentage with as many decimals as it takes not to contradict a judgement against `target`: one as a rule,
    /// but 99,96 % is not shown as 100,0 % beside a target of 100 % that it missed.
    pub fn format_against(self, target: Self) -> String {
        let Some(order) = self.compare(target) else {
            return format_percent(self.numerator, self.denominator);
        };
        for decimals in 1..=MOST_DECIMALS {
            let scale = 10_i64.pow(decimals);
            let shown = divide_rounded(
                i128::from(self.numerator) * 100 * i128::from(scale),
                i128::from(self.denominator),
            );
            let Ok(shown) = i64::try_from(shown) else { break };
            if (Self {
                numerator: shown,
                denominator: 100 * scale,
            })
            .compare(target)
                == Some(order)
            {
                return format!("{}%", format_scaled(i128::from(shown), decimals));
            }
        }
        let side = if order == Ordering::Less { "<" } else { ">" };
        format!("{side} {}", format_percent(target.numerator, target.denominator))
    }
}

/// Decimals at which [`Ratio::format_against`] gives up and shows on which side of the target the share lies.
const MOST_DECIMALS: u32 = 4;

/// Reads a whole number of people, things, days. `2 nghìn` and `1,5k` are counts too; a negative one is read (whether
/// it may stand is the field's rule).
pub fn parse_count(text: &str) -> Result<i64, NumberFault> {
    let amount = Amount::read(text)?;
    if amount.currency {
        return Err(NumberFault::UnknownUnit);
    }
    amount.total(NumberFault::NotWhole)
}

/// Reads an amount of money in đồng: `1.500.000`, `1500000 đ`, `1,5 tr`, `500k`, `2 tỷ 300 triệu đồng`.
pub fn parse_money(text: &str) -> Result<i64, NumberFault> {
    Amount::read(text)?.total(NumberFault::MissingUnit)
}

/// Reads a number that may have decimals (a score): `86,5`.
pub fn parse_decimal(text: &str) -> Result<Decimal, NumberFault> {
    let (negative, digits) = signed(text)?;
    let number = read_digits(digits, Comma::Unclear)?;
    Ok(Decimal {
        mantissa: if negative { -number.mantissa } else { number.mantissa },
        ..number
    })
}

/// Reads a percentage, with its sign or without: `96,5%` is 965 / 1000.
pub fn parse_percent(text: &str) -> Result<Ratio, NumberFault> {
    let (negative, digits) = signed(text.trim().trim_end_matches('%'))?;
    let number = read_digits(digits, Comma::Decimal)?;
    let number = Decimal {
        mantissa: if negative { -number.mantissa } else { number.mantissa },
        ..number
    };
    number.as_percent().ok_or(NumberFault::TooLarge)
}

/// `1.234.567`
pub fn format_count(count: i64) -> String {
    format_scaled(i128::from(count), 0)
}

/// Millions of đồng with one decimal, no unit, as table columns have it: `1.200,0`. Rounds half away from zero.
pub fn format_millions(dong: i64) -> String {
    format_scaled(divide_rounded(i128::from(dong), 100_000), 1)
}

/// `1.200,0 tr`
pub fn format_money_short(dong: i64) -> String {
    format!("{} tr", format_millions(dong))
}

/// `120,0 triệu đồng`
pub fn format_money_long(dong: i64) -> String {
    format!("{} triệu đồng", format_millions(dong))
}

/// `96,5%`: one decimal, rounded half away from zero; "—" over nothing. To judge, compare [`Ratio`]s instead, and show
/// the result with [`Ratio::format_against`].
pub fn format_percent(numerator: i64, denominator: i64) -> String {
    match (Ratio { numerator, denominator }).tenths() {
        Some(tenths) => format!("{}%", format_scaled(tenths, 1)),
        None => "—".to_owned(),
    }
}

/// Counts and amounts stay below this (a million billion), so that thousands of them can be added without overflow.
const LIMIT: i64 = 1_000_000_000_000_000;

/// An amount taken apart: a sum of numbers, each times its units.
struct Amount {
    negative: bool,
    terms: Vec<Term>,
    currency: bool,
}

struct Term {
    number: Decimal,
    /// How many digits were typed, for `1tr05`.
    typed: u32,
    /// 1 when no unit followed.
    factor: i128,
}

impl Amount {
    fn read(text: &str) -> Result<Self, NumberFault> {
        let (negative, mut rest) = signed(text)?;
        let mut amount = Self {
            negative,
            terms: Vec::new(),
            currency: false,
        };
        while !rest.is_empty() {
            let cut = rest.find(|c: char| !is_number_part(c)).unwrap_or(rest.len());
            let (digits, tail) = rest.split_at(cut);
            let cut = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
            let (units, tail) = tail.split_at(cut);
            let units = Units::read(units)?;
            amount.currency |= units.currency;
            let comma = if units.factor > 1 {
                Comma::Decimal
            } else {
                Comma::Unclear
            };
            let number = read_digits(digits, comma)?;
            let typed = digits.chars().filter(char::is_ascii_digit).count() as u32;
            amount.terms.push(Term {
                number,
                typed,
                factor: units.factor,
            });
            rest = tail;
        }
        Ok(amount)
    }

    /// The whole amount; `fraction` is the fault of decimals without a unit.
    fn total(&self, fraction: NumberFault) -> Result<i64, NumberFault> {
        let mut sum = 0_i128;
        let mut above = i128::MAX;
        for (i, term) in self.terms.iter().enumerate() {
            let spoken = i > 0 && term.factor == 1 && term.number.scale == 0 && term.typed <= 3 && above > 1000;
            let value = match term.factor {
                // "1tr5": the digits go on where the unit's number ended, as decimals of that unit.
                1 if spoken => i128::from(term.number.mantissa) * above / 10_i128.pow(term.typed),
                1 if term.number.scale > 0 => return Err(fraction),
                factor => term.number.times(factor)?,
            };
            if i > 0 && (term.factor >= above || value >= above) {
                return Err(NumberFault::NotANumber);
            }
            sum = sum.checked_add(value).ok_or(NumberFault::TooLarge)?;
            above = term.factor;
        }
        let sum = i64::try_from(sum)
            .ok()
            .filter(|sum| *sum < LIMIT)
            .ok_or(NumberFault::TooLarge)?;
        Ok(if self.negative { -sum } else { sum })
    }
}

/// The words behind a number.
struct Units {
    factor: i128,
    currency: bool,
}

impl Units {
    fn read(text: &str) -> Result<Self, NumberFault> {
        let mut units = Self {
            factor: 1,
            currency: false,
        };
        let mut last = 1;
        let mut word = String::new();
        for part in text
            .split(|c: char| c.is_whitespace() || c == '.' || c == ',')
            .filter(|part| !part.is_empty())
        {
            word.clear();
            fold_into(part, &mut word);
            let (factor, currency) = unit(&word).ok_or(NumberFault::UnknownUnit)?;
            if units.currency || (factor > 1 && factor <= last) {
                return Err(NumberFault::UnknownUnit);
            }
            units.factor *= factor;
            units.currency |= currency;
            last = factor.max(last);
        }
        Ok(units)
    }
}

/// A folded unit word: what it multiplies by, and whether it says that this is money.
fn unit(word: &str) -> Option<(i128, bool)> {
    Some(match word {
        "d" | "dong" | "vnd" => (1, true),
        "tram" => (100, false),
        "k" | "ng" | "nghin" | "ngan" | "ngin" => (1_000, false),
        "ngd" | "kd" => (1_000, true),
        "tr" | "trieu" => (1_000_000, false),
        "trd" => (1_000_000, true),
        "ty" | "ti" => (1_000_000_000, false),
        "tyd" | "tid" => (1_000_000_000, true),
        _ => return None,
    })
}

/// What a comma before exactly three digits means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    /// Decimals, for a unit or a percent sign says so.
    Decimal,
    /// Nobody can tell.
    Unclear,
}

/// Splits the sign off; the rest begins with a digit.
fn signed(text: &str) -> Result<(bool, &str), NumberFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    let (negative, rest) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        Ok((negative, rest))
    } else {
        Err(NumberFault::NotANumber)
    }
}

fn is_number_part(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || c == ',' || c.is_whitespace()
}

/// Reads digits with their separators.
fn read_digits(text: &str, comma: Comma) -> Result<Decimal, NumberFault> {
    let text = text.trim();
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let separators: Vec<char> = text
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    if groups.iter().any(|group| group.is_empty()) || !text.chars().all(is_number_part) {
        return Err(NumberFault::NotANumber);
    }
    if has_decimals(&groups, &separators, comma)? {
        let (decimals, whole) = groups.split_last().ok_or(NumberFault::NotANumber)?;
        number(&whole.concat(), decimals.trim_end_matches('0'))
    } else {
        number(&groups.concat(), "")
    }
}

/// Whether the last group is decimals. Refuses what is neither grouped rightly nor a plain decimal number.
fn has_decimals(groups: &[&str], separators: &[char], comma: Comma) -> Result<bool, NumberFault> {
    let Some((&last, before)) = separators.split_last() else {
        return Ok(false);
    };
    if let Some(&first) = before.first().filter(|&&first| first != last) {
        let (decimals, whole) = groups.split_last().ok_or(NumberFault::NotANumber)?;
        let unclear = first == ' ' && last == '.' && decimals.len() == 3;
        let even = before.iter().all(|&separator| separator == first) && are_thousands(whole) && last != ' ';
        return if even && !unclear {
            Ok(true)
        } else {
            Err(NumberFault::BadGroups)
        };
    }
    let three_behind = groups.last().is_some_and(|group| group.len() == 3);
    match (last, before.is_empty()) {
        (',', true) if !three_behind => Ok(true),
        (',', true) if comma == Comma::Decimal || !are_thousands(groups) => Ok(true),
        (',', true) => Err(NumberFault::Ambiguous),
        ('.', true) if !three_behind => Ok(true),
        ('.', true) if groups.first() == Some(&"0") => Err(NumberFault::Ambiguous),
        _ if are_thousands(groups) => Ok(false),
        _ => Err(NumberFault::BadGroups),
    }
}

/// One to three digits, not beginning with a nought, then threes.
fn are_thousands(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else {
        return false;
    };
    first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
}

fn number(whole: &str, decimals: &str) -> Result<Decimal, NumberFault> {
    let mantissa = format!("{whole}{decimals}")
        .parse()
        .map_err(|_| NumberFault::TooLarge)?;
    Ok(Decimal {
        mantissa,
        scale: decimals.len() as u32,
    })
}

/// `a` / `b`, half away from zero; `b` is not 0.
fn divide_rounded(a: i128, b: i128) -> i128 {
    let (quotient, rest) = (a / b, a % b);
    let away = if (a < 0) == (b < 0) { 1 } else { -1 };
    if rest.unsigned_abs() * 2 >= b.unsigned_abs() {
        quotient + away
    } else {
        quotient
    }
}

/// A whole number of 10^-`decimals`, in Vietnamese: 12000 of tenths is `1.200,0`.
fn format_scaled(value: i128, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let whole = grouped(&(magnitude / scale).to_string());
    if decimals == 0 {
        return format!("{sign}{whole}");
    }
    format!(
        "{sign}{whole},{:0>width$}",
        magnitude % scale,
        width = decimals as usize
    )
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
