//! What units declare: their yearly counts, and figures of units that have no records of their own.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::area::Area;
use super::books::Books;
use super::predicates::Asked;
use super::tally::{About, Mark, Remark, Tally, Value};
use super::window::Window;
use crate::arrange::Arrange;
use crate::domain::declared::UnitYear;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::store::StoreError;

/// A yearly count for the year of P1: the unit's own, else the sum of those below, never both; of a unit and one below
/// it, the upper one. None where nobody declared it.
pub fn of_year(asked: &Asked, count: impl Fn(&UnitYear) -> Option<i64>) -> Result<Option<i64>, StoreError> {
    let (year, mut declared) = (i64::from(asked.on().year()), HashMap::new());
    for row in asked.books.unit_years()?.iter().filter(|row| row.year == Some(year)) {
        if let (Some(unit), Some(number)) = (row.unit.clone(), count(row))
            && asked.area.contains(&unit)
        {
            declared.insert(unit, number);
        }
    }
    if let Some(own) = declared.get(asked.area.unit()) {
        return Ok(Some(*own));
    }
    let topmost = declared.iter().filter(|(unit, _)| {
        let above = asked.area.above(unit);
        !above.iter().any(|upper| declared.contains_key(upper))
    });
    let numbers: Vec<i64> = topmost.map(|(_, number)| *number).collect();
    Ok((!numbers.is_empty()).then(|| numbers.into_iter().sum()))
}

/// Adds what units of the area declared for a count, where their own records gave nothing. `own` computes the indicator
/// for one unit.
pub fn add_declared(
    asked: &Asked,
    tally: &mut Tally,
    stock: bool,
    own: impl Fn(&str) -> Result<Tally, StoreError>,
) -> Result<(), StoreError> {
    let by_unit = declared(asked.books, &asked.target.indicator, |unit| asked.area.contains(unit))?;
    let mut units: Vec<&String> = by_unit.keys().collect();
    units.arrange();
    for unit in units {
        let above = asked.area.above(unit);
        if above.iter().any(|upper| by_unit.contains_key(upper)) {
            continue;
        }
        let value = match stock {
            true => latest(asked.books, &by_unit[unit], asked.on()),
            false => sum(asked.books, &by_unit[unit], asked.window),
        };
        if let Some(value) = value
            && own(unit)?.value == Value::Count(0)
        {
            tally.add(value);
            tally.mark(Mark::DeclaredByUnits);
            tally.nearly.push(Remark {
                about: About::Unit(unit.clone()),
                reason: Message::new(
                    format!("đơn vị gửi số: {value} (đã cộng)"),
                    format!("declared by the unit: {value} (added)"),
                ),
            });
        }
    }
    Ok(())
}

/// What units declared of one code, by unit and period.
fn declared(
    books: &Books,
    code: &str,
    within: impl Fn(&str) -> bool,
) -> Result<HashMap<String, Vec<(Period, i64)>>, StoreError> {
    let mut by_unit: HashMap<String, Vec<(Period, i64)>> = HashMap::new();
    for figures in books.unit_figures()?.iter() {
        let period = figures.period.as_deref().and_then(Period::parse);
        if let (Some(unit), Some(value), Some(period)) = (&figures.unit, figures.value, period)
            && figures.code.as_deref() == Some(code)
            && within(unit)
        {
            by_unit.entry(unit.clone()).or_default().push((period, value));
        }
    }
    Ok(by_unit)
}

/// What a unit and those below it declared of a flow over a window, a unit above before those below it; none where
/// nobody declared anything.
///
/// # Errors
/// The store's.
pub fn of_flow(books: &Books, area: &Area, code: &str, window: Window) -> Result<Option<i64>, StoreError> {
    let by_unit = declared(books, code, |unit| area.contains(unit))?;
    let mut found = None;
    for (unit, declared) in &by_unit {
        let covered = area.above(unit).iter().any(|upper| by_unit.contains_key(upper));
        if let Some(value) = sum(books, declared, window).filter(|_| !covered) {
            found = Some(found.unwrap_or(0) + value);
        }
    }
    Ok(found)
}

/// The codes that units declared anything of.
///
/// # Errors
/// The store's.
pub fn codes(books: &Books) -> Result<BTreeSet<String>, StoreError> {
    let figures = books.unit_figures()?;
    Ok(figures.iter().filter_map(|figures| figures.code.clone()).collect())
}

/// Of the periods that begin in the window and end in time for it, the longest first, and none that shares a day with one
/// already taken.
fn sum(books: &Books, declared: &[(Period, i64)], window: Window) -> Option<i64> {
    let mut periods: Vec<&(Period, i64)> = declared.iter().collect();
    let until = books.declared_until(window.to);
    periods.retain(|(period, _)| window.contains(period.from) && period.to <= until);
    periods.arrange_by_key(|(period, _)| std::cmp::Reverse((period.to - period.from).num_days()));
    let mut taken: Vec<&(Period, i64)> = Vec::new();
    for period in periods {
        let apart = |other: &&(Period, i64)| period.0.to < other.0.from || other.0.to < period.0.from;
        if taken.iter().all(apart) {
            taken.push(period);
        }
    }
    (!taken.is_empty()).then(|| taken.iter().map(|(_, value)| value).sum())
}

/// The figure of the latest period that has ended by a day.
fn latest(books: &Books, declared: &[(Period, i64)], on: NaiveDate) -> Option<i64> {
    let until = books.declared_until(on);
    let ended = declared
        .iter()
        .filter(|(period, _)| period.from <= on && period.to <= until);
    ended.max_by_key(|(period, _)| period.to).map(|(_, value)| *value)
}
