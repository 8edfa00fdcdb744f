//! The year's target of each line: what the office's own plan of the year sets, else what was allotted to it for the
//! year. A target of several years is none of a year's.

use std::collections::HashMap;

use chrono::Datelike;

use crate::domain::id::Id;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::plan::Plan;
use crate::domain::record::Record;
use crate::domain::target::Target;
use crate::store::{Order, Read, StoreError};

/// What is wanted: at least `low`, and where there is a `high`, between the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: Option<f64>,
}

/// The year's targets of a unit by code.
pub fn of_year(read: &dyn Read, unit: &str, year: i32) -> Result<HashMap<String, Wanted>, StoreError> {
    let mut own = HashMap::new();
    let mut allotted = HashMap::new();
    let mut plans: HashMap<Id, bool> = HashMap::new();
    for entry in read.scan("target") {
        let target = Target::read(&entry?);
        let (Some(id), Some(code), Some(plan)) = (target.common.id, target.indicator.clone(), target.plan) else {
            continue;
        };
        if let std::collections::hash_map::Entry::Vacant(unasked) = plans.entry(plan) {
            let entry = read.get("plan", plan)?;
            unasked.insert(entry.is_some_and(|entry| is_year_plan(&Plan::read(&entry), unit, year)));
        }
        if plans.get(&plan) == Some(&true)
            && let Some(wanted) = of_whole_year(&target, year)
        {
            own.insert(code.clone(), wanted);
        }
        if let Some(low) = allotment(read, id, unit, year)? {
            allotted.insert(code, Wanted { low, high: None });
        }
    }
    allotted.extend(own);
    Ok(allotted)
}

/// Whether a plan is a unit's own and of that year alone.
fn is_year_plan(plan: &Plan, unit: &str, year: i32) -> bool {
    let within = |day: Option<chrono::NaiveDate>| day.is_some_and(|day| day.year() == year);
    plan.unit.as_deref() == Some(unit) && within(plan.from) && within(plan.to)
}

/// The bounds of a target, where it is one of the whole unit and of that year.
fn of_whole_year(target: &Target, year: i32) -> Option<Wanted> {
    let period = target.period.as_deref().and_then(Period::parse);
    let is_of_year = period.is_some_and(|period| period.kind == PeriodKind::Year && period.to.year() == year);
    let is_whole = target.scope.as_deref() != Some("EACH_UNIT");
    let low = target.low.filter(|_| is_of_year && is_whole)?;
    Some(Wanted { low, high: target.high })
}

/// What of a target was allotted to a unit for a year.
fn allotment(read: &dyn Read, target: Id, unit: &str, year: i32) -> Result<Option<f64>, StoreError> {
    for item in read.refers(target, "allocation", "target", Order::Backward) {
        let item = item?;
        if item.cover.unit() == Some(unit) && item.cover.number("year") == Some(i64::from(year)) {
            let entry = read.get("allocation", item.id)?;
            return Ok(entry.and_then(|entry| entry.field("low")));
        }
    }
    Ok(None)
}
