//! From when to when a target counts: `P1 = min(as-of, due)`; a flow counts from `cumulative_from` to P1, a stock is the
//! state on P1.

use chrono::{Datelike, Months, NaiveDate};

use super::plan::{Plan, Target};
use crate::domain::period::Period;

/// The days a target looks at, both inclusive. Empty where the day asked for lies before the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first day of a flow.
    pub from: NaiveDate,
    /// P1: the last day of a flow, and the day of a stock.
    pub to: NaiveDate,
}

impl Window {
    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether it shares a day with a period.
    pub fn meets(&self, period: Period) -> bool {
        self.from <= period.to && period.from <= self.to
    }

    /// The last day on which a figure counts as old on P1: more than twelve months before.
    pub fn is_old(&self, on: NaiveDate) -> bool {
        self.to
            .checked_sub_months(Months::new(12))
            .is_some_and(|year_ago| on < year_ago)
    }
}

/// What a target's window turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Known.
    Known(Window),
    /// The plan does not say from when it counts; the readings it allows, at least one.
    Open(Vec<Window>),
}

/// The day by which a target is wanted: its own, else the end of the year or half-year that its period names, else the
/// plan's last day; of what is held every year, the end of the year asked about.
pub fn due(plan: &Plan, target: &Target, as_of: NaiveDate) -> NaiveDate {
    let named = || Period::parse(&target.period).map_or(plan.to, |period| period.to);
    target.due.unwrap_or_else(|| match target.indicator.as_str() {
        "INSPECTIONS_HELD" => NaiveDate::from_ymd_opt(as_of.year(), 12, 31).unwrap_or(as_of),
        _ => named(),
    })
}

/// The window of a line of the weekly summary: it counts from where the target says, else over the period it names.
pub fn of_line(plan: &Plan, target: &Target, as_of: NaiveDate) -> Option<Window> {
    let named = || Some(Period::parse(&target.period)?.from);
    Some(Window {
        from: target.cumulative_from.or_else(named)?,
        to: as_of.min(due(plan, target, as_of)),
    })
}

/// The window of a target as of a day.
pub fn span(plan: &Plan, target: &Target, as_of: NaiveDate) -> Span {
    let to = as_of.min(due(plan, target, as_of));
    let known = |from| Span::Known(Window { from, to });
    let first_of = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(to);
    match (target.indicator.as_str(), target.cumulative_from) {
        ("INSPECTIONS_HELD", _) => Span::Known(Window {
            from: first_of(as_of.year()),
            to: if to.year() == as_of.year() { to } else { as_of },
        }),
        // Blocks of two calendar years, counted from the year in which the plan begins.
        ("COMMENDATION_ROUNDS", _) => {
            let passed = (to.year() - plan.from.year()).max(0);
            known(first_of(plan.from.year() + passed / 2 * 2))
        }
        (_, Some(from)) => known(from),
        (_, None) => Span::Open(readings(plan, target, to)),
    }
}

/// From the plan's first day, and from the day after the same indicator's earlier target in the plan was due.
fn readings(plan: &Plan, target: &Target, to: NaiveDate) -> Vec<Window> {
    let earlier = plan.targets.iter().filter(|other| other.indicator == target.indicator);
    let earlier = earlier
        .filter_map(|other| other.due)
        .filter(|due| target.due.is_none_or(|last| *due < last));
    let phase = earlier.max().and_then(|due| due.succ_opt());
    let starts = [Some(plan.from), phase];
    let mut windows: Vec<Window> = starts.into_iter().flatten().map(|from| Window { from, to }).collect();
    windows.dedup();
    windows
}
