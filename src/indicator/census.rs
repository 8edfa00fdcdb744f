//! Lists that reports name, and splits of figures that they tell, by the same predicates as the figures.

use chrono::NaiveDate;

use super::area::Area;
use super::books::{Books, Coop};
use super::plan::{Plan, Target};
use super::predicates::Asked;
use super::tally::Value;
use super::training;
use super::window::Window;
use crate::domain::id::Id;
use crate::store::StoreError;

/// The cooperatives and groups of a unit that a woman manages on a day, as a plan means it.
///
/// # Errors
/// The store's.
pub fn woman_managed(books: &Books, plan: &Plan, unit: &str, on: NaiveDate) -> Result<Vec<Id>, StoreError> {
    let mut found = Vec::new();
    with_asked(books, plan, unit, Window { from: on, to: on }, |asked| {
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
    with_asked(books, plan, unit, Window { from: on, to: on }, |asked| {
        found = asked.coops(&["HTX", "THT", "LH_HTX"])?;
        Ok(())
    })?;
    Ok(found)
}

/// Women in vocational sessions that the Union ran itself, that it ran or helped with others, and that it sent them to.
/// One who was in two sorts is in both.
///
/// # Errors
/// The store's.
pub fn vocational_sorts(books: &Books, plan: &Plan, unit: &str, window: Window) -> Result<[i64; 3], StoreError> {
    let sorts: [fn(&str) -> bool; 3] = [
        |part| matches!(part, "" | "TO_CHUC"),
        |part| !matches!(part, "" | "TO_CHUC" | "GIOI_THIEU"),
        |part| part == "GIOI_THIEU",
    ];
    let mut found = [0; 3];
    with_asked(books, plan, unit, window, |asked| {
        for (women, wanted) in found.iter_mut().zip(sorts) {
            if let Value::Count(count) = training::vocational_of(asked, wanted)?.value {
                *women = count;
            }
        }
        Ok(())
    })?;
    Ok(found)
}

fn with_asked(
    books: &Books,
    plan: &Plan,
    unit: &str,
    window: Window,
    ask: impl FnOnce(&Asked) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let area = Area::new(&books.tree, books.read.known(), unit, window.to);
    let target = Target::plain("", window.from, window.to);
    ask(&Asked {
        books,
        plan,
        target: &target,
        area: &area,
        window,
        as_of: window.to,
    })
}
