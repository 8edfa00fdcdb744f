//! What units declared (`unit_figures`) of the lines of a summary, added where their own records gave nothing: the rule
//! of the indicators, in each column by its own days.

use std::collections::HashMap;

use super::lines::Nature;
use super::{Column, SummaryLine, count_lines};
use crate::domain::period::Period;
use crate::indicator::area::Area;
use crate::indicator::books::Books;
use crate::indicator::declared::{by_unit, codes};
use crate::indicator::window::Window;
use crate::store::StoreError;

/// Adds to the lines of a unit what it and the units below it declared.
pub fn add(books: &Books, unit: &str, period: Period, lines: &mut [SummaryLine]) -> Result<(), StoreError> {
    let area = Area::new(&books.tree, books.read.known(), unit, period.to);
    let codes = codes(books)?;
    let mut counted: HashMap<String, Vec<SummaryLine>> = HashMap::new();
    for (place, line) in lines.iter_mut().enumerate() {
        if !codes.contains(&line.code) {
            continue;
        }
        for column in Column::ALL {
            let Some((from, to)) = line.spans.days(column) else {
                continue;
            };
            let stock = line.nature == Nature::Stock;
            let to = if stock { period.to } else { to };
            let mut sum: i64 = 0;
            for (unit, value) in by_unit(books, &area, &line.code, stock, Window { from, to })? {
                if !counted.contains_key(&unit) {
                    let own = count_lines(books.read, &books.tree.scope(&unit, period.to), period)?;
                    counted.insert(unit.clone(), own);
                }
                let own = counted.get(&unit).and_then(|own| own.get(place));
                if own.is_none_or(|own| own.value(column) == 0) {
                    sum = sum.saturating_add(value);
                }
            }
            line.declared[column as usize] = sum;
        }
    }
    Ok(())
}
