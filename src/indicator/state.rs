//! Met, exceeded or not: judged on whole numbers, before anything is rounded. 99,96 % of 100 % is not met.

use std::cmp::Ordering;

use super::plan::{Operator, Target};
use super::tally::Value;

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As much as was wanted.
    Met,
    /// More.
    Exceeded,
    /// Less, and the day has come.
    NotMet,
    /// Less, and the day lies ahead.
    InProgress,
    /// It cannot be told.
    Unknown,
}

impl State {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            State::Met => "met",
            State::Exceeded => "exceeded",
            State::NotMet => "not_met",
            State::InProgress => "in_progress",
            State::Unknown => "unknown",
        }
    }

    /// In words.
    pub fn label(self) -> crate::domain::text::Text {
        use crate::domain::text::Text;
        match self {
            State::Met => Text::new("đạt", "met"),
            State::Exceeded => Text::new("vượt", "exceeded"),
            State::NotMet => Text::new("chưa đạt", "not met"),
            State::InProgress => Text::new("đang thực hiện", "in progress"),
            State::Unknown => Text::new("chưa xác định", "unknown"),
        }
    }

    /// In a word, where a table has little room.
    pub fn short(self) -> crate::domain::text::Text {
        use crate::domain::text::Text;
        match self {
            State::InProgress => Text::new("đang làm", "ongoing"),
            State::Unknown => Text::new("chưa rõ", "unknown"),
            told => told.label(),
        }
    }
}

/// A share of two whole numbers, the lower one over 0.
#[derive(Clone, Copy, Debug)]
struct Exact {
    above: i128,
    below: i128,
}

impl Exact {
    /// A figure as it was written: 9,5 is 95 over 10.
    fn written(number: f64) -> Exact {
        let text = format!("{number}");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{decimals}").parse::<i128>();
        let below = u32::try_from(decimals.len())
            .ok()
            .and_then(|places| 10_i128.checked_pow(places));
        match (digits, below) {
            (Ok(above), Some(below)) => Exact { above, below },
            _ => Exact {
                above: number as i128,
                below: 1,
            },
        }
    }

    fn of(value: Value) -> Option<Exact> {
        let over = |above: i64, below: i64| Exact {
            above: i128::from(above),
            below: i128::from(below),
        };
        match value {
            Value::Count(number) => Some(over(number, 1)),
            Value::Share { whole: 0, .. } => None,
            Value::Share { part, whole } => Some(Exact {
                above: i128::from(part) * 100,
                below: i128::from(whole),
            }),
            Value::Units { counted, .. } => Some(over(counted, 1)),
            Value::Entered(number) => Some(Exact::written(number)),
        }
    }

    fn compare(self, other: Exact) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }

    /// In tenths, rounded half away from zero.
    fn tenths(self) -> i128 {
        let above = self.above * 10;
        above.signum() * ((above.abs() * 2 + self.below) / (2 * self.below))
    }
}

/// How a figure stands against its target; `due_passed` once the day is reached.
pub fn judge(value: Value, target: &Target, due_passed: bool) -> State {
    let reached = match value {
        Value::Units { of: 0, .. } => return State::Unknown,
        Value::Units { counted, of } if counted == of => State::Met,
        Value::Units { .. } => State::NotMet,
        value => match Exact::of(value) {
            Some(actual) => compare(actual, target),
            None => return State::Unknown,
        },
    };
    match reached {
        State::NotMet if !due_passed => State::InProgress,
        reached => reached,
    }
}

fn compare(actual: Exact, target: &Target) -> State {
    let to_low = actual.compare(Exact::written(target.low));
    match (target.operator, to_low) {
        (Operator::MoreThan, Ordering::Greater) => State::Met,
        (Operator::MoreThan, _) | (_, Ordering::Less) => State::NotMet,
        (Operator::Range, _) => match target.high {
            Some(high) if actual.compare(Exact::written(high)) == Ordering::Greater => State::Exceeded,
            _ => State::Met,
        },
        (Operator::Equal | Operator::AtLeast, Ordering::Equal) => State::Met,
        (Operator::Equal | Operator::AtLeast, Ordering::Greater) => State::Exceeded,
    }
}

/// The figure in tenths: of a share its percentage, of units those counted. None of a share of nothing.
pub fn tenths(value: Value) -> Option<i128> {
    Exact::of(value).map(Exact::tenths)
}

/// How much of the target is reached, in tenths of a percent; of units, of all there are. None over nothing.
pub fn tenths_of_target(value: Value, low: f64) -> Option<i128> {
    let (actual, wanted) = match value {
        Value::Units { counted, of } => (Exact::of(Value::Count(counted))?, Exact::of(Value::Count(of))?),
        value => (Exact::of(value)?, Exact::written(low)),
    };
    let share = Exact {
        above: actual.above * wanted.below * 100,
        below: actual.below * wanted.above,
    };
    (share.below > 0).then(|| share.tenths())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::plan::find;
    use crate::store::Store;

    fn target(operator: Operator, low: f64, high: Option<f64>) -> Target {
        let store = Store::memory();
        let plan = find(&store.reader(), "DA01-QUANGNGAI-126").unwrap().unwrap();
        Target {
            operator,
            low,
            high,
            ..plan.targets[0].clone()
        }
    }

    fn judged(value: Value, operator: Operator, low: f64, high: Option<f64>) -> &'static str {
        judge(value, &target(operator, low, high), true).name()
    }

    #[test]
    fn bare_numbers_and_minima_are_met_at_the_figure_and_exceeded_above_it() {
        for operator in [Operator::Equal, Operator::AtLeast] {
            let states = [2, 3, 4].map(|number| judged(Value::Count(number), operator, 3.0, None));
            assert_eq!(states, ["not_met", "met", "exceeded"]);
        }
    }

    #[test]
    fn more_than_three_begins_at_four_and_is_never_exceeded() {
        let states = [3, 4, 40].map(|number| judged(Value::Count(number), Operator::MoreThan, 3.0, None));
        assert_eq!(states, ["not_met", "met", "met"]);
    }

    #[test]
    fn a_range_is_met_at_both_its_ends() {
        let states = [11, 12, 15, 16].map(|number| judged(Value::Count(number), Operator::Range, 12.0, Some(15.0)));
        assert_eq!(states, ["not_met", "met", "met", "exceeded"]);
    }

    #[test]
    fn what_is_not_reached_is_in_progress_while_its_day_lies_ahead() {
        let target = target(Operator::Equal, 3.0, None);
        assert_eq!(judge(Value::Count(2), &target, false), State::InProgress);
        assert_eq!(judge(Value::Count(3), &target, false), State::Met);
    }

    #[test]
    fn decimals_are_compared_as_they_are_written() {
        let share = |part, whole| Value::Share { part, whole };
        assert_eq!(judged(share(333, 1000), Operator::AtLeast, 33.3, None), "met");
        assert_eq!(judged(share(3329, 10_000), Operator::AtLeast, 33.3, None), "not_met");
    }

    #[test]
    fn one_decimal_is_rounded_half_away_from_zero_and_nothing_has_no_share() {
        let share = |part, whole| tenths(Value::Share { part, whole });
        assert_eq!(share(1, 3), Some(333));
        assert_eq!(share(2, 3), Some(667));
        assert_eq!(share(1, 2000), Some(1), "0,05 is 0,1");
        assert_eq!(share(0, 0), None);
        assert_eq!(tenths_of_target(Value::Share { part: 1, whole: 2 }, 80.0), Some(625));
        assert_eq!(tenths_of_target(Value::Count(1), 0.0), None);
        assert_eq!(tenths_of_target(Value::Units { counted: 3, of: 8 }, 30.0), Some(375));
    }
}
