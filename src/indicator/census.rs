//! Lists of cooperatives that reports name, by the same predicates as the figures.

use chrono::NaiveDate;

use super::area::Area;
use super::books::{Books, Coop};
use super::plan::{Plan, Target};
use super::predicates::Asked;
use super::window::Window;
use crate::domain::id::Id;
use crate::store::StoreError;

/// The cooperatives and groups of a unit that a woman manages on a day, as a plan means it.
///
/// # Errors
/// The store's.
pub fn woman_managed(books: &Books, plan: &Plan, unit: &str, on: NaiveDate) -> Result<Vec<Id>, StoreError> {
    let mut found = Vec::new();
    with_asked(books, plan, unit, on, |asked| {
        for coop in asked.coops(&["HTX", "THT"])? {
            if asked.woman_managed(&coop)?.is_yes() {
                found.push(coop.id);
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The cooperatives and groups of a unit.
///
/// # Errors
/// The store's.
pub fn cooperatives(books: &Books, plan: &Plan, unit: &str, on: NaiveDate) -> Result<Vec<Coop>, StoreError> {
    let mut found = Vec::new();
    with_asked(books, plan, unit, on, |asked| {
        found = asked.coops(&["HTX", "THT", "LH_HTX"])?;
        Ok(())
    })?;
    Ok(found)
}

fn with_asked(
    books: &Books,
    plan: &Plan,
    unit: &str,
    on: NaiveDate,
    ask: impl FnOnce(&Asked) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let area = Area::new(&books.tree, books.read.known(), unit, on);
    let target = Target::plain("", on, on);
    ask(&Asked {
        books,
        plan,
        target: &target,
        area: &area,
        window: Window { from: on, to: on },
        as_of: on,
    })
}
