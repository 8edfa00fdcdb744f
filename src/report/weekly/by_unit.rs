//! The summary parted by unit: each of the units right below that has anything to show, and what the unit did itself.

use super::{Column, SummaryLine, count_lines, tree};
use crate::domain::period::Period;
use crate::store::{Read, StoreError};

/// What one of the parts brings to the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitPart {
    /// The unit's uid.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// All lines of it and the units below it.
    pub lines: Vec<SummaryLine>,
}

impl UnitPart {
    /// The number of a line in a column.
    pub fn value(&self, code: &str, column: Column) -> i64 {
        let line = self.lines.iter().find(|line| line.code == code);
        line.map_or(0, |line| line.value(column))
    }

    fn is_empty(&self) -> bool {
        self.lines
            .iter()
            .all(|line| Column::ALL.into_iter().all(|column| line.value(column) == 0))
    }
}

/// The units right below one, in their order, with their figures; those without any are left out.
pub fn by_unit(read: &dyn Read, period: Period, unit: &str) -> Result<Vec<UnitPart>, StoreError> {
    let tree = tree(read)?;
    let mut parts = Vec::new();
    for below in tree.children(unit, period.to) {
        let part = UnitPart {
            lines: count_lines(read, &tree.scope(&below, period.to), period)?,
            name: tree.name(&below),
            unit: below,
        };
        if !part.is_empty() {
            parts.push(part);
        }
    }
    Ok(parts)
}
