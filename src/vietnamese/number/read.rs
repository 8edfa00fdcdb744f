//! From what was typed to a number: separators first, then units, then the sum.

use super::NumberFault;
use super::exact::{Decimal, Ratio};
use crate::vietnamese::fold::fold_into;

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

/// Counts and amounts stay below this (a million billion), so that thousands of them can be added without overflow.
pub(super) const LIMIT: i64 = 1_000_000_000_000_000;

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

pub(super) fn number(whole: &str, decimals: &str) -> Result<Decimal, NumberFault> {
    let mantissa = format!("{whole}{decimals}")
        .parse()
        .map_err(|_| NumberFault::TooLarge)?;
    Ok(Decimal {
        mantissa,
        scale: decimals.len() as u32,
    })
}
