//! Numbers kept exactly: decimals as digits and scale, shares as two counts.

use std::cmp::Ordering;
use std::fmt;

use super::NumberFault;
use super::write::{divide_rounded, format_scaled, grouped};

/// A number with decimals, exact: `mantissa` × 10^-`scale`, without trailing noughts in the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub(super) mantissa: i64,
    pub(super) scale: u32,
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
    pub(super) fn times(self, factor: i128) -> Result<i128, NumberFault> {
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

/// `96,5%`: one decimal, rounded half away from zero; "—" over nothing. To judge, compare [`Ratio`]s instead, and show
/// the result with [`Ratio::format_against`].
pub fn format_percent(numerator: i64, denominator: i64) -> String {
    match (Ratio { numerator, denominator }).tenths() {
        Some(tenths) => format!("{}%", format_scaled(tenths, 1)),
        None => "—".to_owned(),
    }
}
