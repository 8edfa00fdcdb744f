//! What units declared (`unit_figures`) of the lines of a summary, added where their own records gave nothing: the rule
//! of the indicators, in each column by its own days.

use std::collections::{BTreeSet, HashMap};

use super::lines::Nature;
use super::{Column, SummaryLine, count_lines};
use crate::domain::period::Period;
use crate::indicator::area::Area;
use crate::indicator::books::Books;
use crate::indicator::declared::of_flow;
use crate::indicator::window::Window;
use crate::store::StoreError;

/// Adds to the lines of a unit what it and the units below it declared. What stands on a day (open issues) is counted
/// from records alone.
pub fn add(books: &Books, unit: &str, period: Period, lines: &mut [SummaryLine]) -> Result<(), StoreError> {
    let area = Area::new(&books.tree, books.read.known(), unit, period.to);
    let mut counted: HashMap<String, Vec<SummaryLine>> = HashMap::new();
    for (place, line) in lines.iter_mut().enumerate() {
        if line.nature == Nature::Stock {
            continue;
        }
        for unit in declaring(books, &area, &line.code)? {
            for column in Column::ALL {
                let Some((from, to)) = line.spans.days(column) else {
                    continue;
                };
                let declared = of_flow(books, &area.of(&unit), &line.code, Window { from, to })?;
                let Some(value) = declared.filter(|value| *value != 0) else {
                    continue;
                };
                if !counted.contains_key(&unit) {
                    let own = count_lines(books.read, &books.tree.scope(&unit, period.to), period)?;
                    counted.insert(unit.clone(), own);
                }
                let own = counted.get(&unit).and_then(|own| own.get(place));
                if own.is_none_or(|own| own.value(column) == 0) {
                    let sum = &mut line.declared[column as usize];
                    *sum = sum.saturating_add(value);
                }
            }
        }
    }
    Ok(())
}

/// The units of an area that declared anything of a code; none of them below another.
fn declaring(books: &Books, area: &Area, code: &str) -> Result<BTreeSet<String>, StoreError> {
    let figures = books.unit_figures()?;
    let of_code = figures.iter().filter(|figures| figures.code.as_deref() == Some(code));
    let units: BTreeSet<String> = of_code.filter_map(|figures| figures.unit.clone()).collect();
    let within: BTreeSet<String> = units.into_iter().filter(|unit| area.contains(unit)).collect();
    let is_top = |unit: &&String| !area.above(unit).iter().any(|upper| within.contains(upper));
    Ok(within.iter().filter(is_top).cloned().collect())
}
