//! A summary parted by unit: each of the units right below, and what the unit did itself. A unit that has no records of
//! its own stands there with what it declared, and is marked.

use super::{Column, SummaryLine, count_lines, declared, lines_alone};
use crate::domain::period::Period;
use crate::domain::text::{Lang, Text};
use crate::indicator::books::Books;
use crate::report::doc::Block;
use crate::store::{Read, StoreError};

/// What stands behind the name of a unit whose figures are declared.
const DECLARED_MARK: &str = "(*)";
/// What stands behind the name of the unit reported on.
const DIRECT: Text = Text::new("(trực tiếp)", "(direct)");

/// Whose figures a unit's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Counted from records.
    Records,
    /// Declared by the unit itself, all or some of them.
    Declared,
    /// Counted from the records of the unit reported on, which belong to none below it.
    Own,
}

impl Source {
    /// The unit's name as a table prints it.
    pub fn named(self, name: &str, lang: Lang) -> String {
        let mark = match self {
            Source::Records => return name.to_string(),
            Source::Declared => DECLARED_MARK,
            Source::Own => DIRECT.get(lang),
        };
        format!("{name} {mark}")
    }

    /// What a column of notes says of it.
    pub fn note(self) -> &'static str {
        match self {
            Source::Records => "",
            Source::Declared => "số đơn vị gửi",
            Source::Own => "trực tiếp",
        }
    }
}

/// What one of the parts brings to the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitPart {
    /// The unit's uid.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Where its figures come from.
    pub source: Source,
    /// All lines of it and the units below it; of the unit reported on, those of its own records.
    pub lines: Vec<SummaryLine>,
}

impl UnitPart {
    /// The number of a line in a column.
    pub fn value(&self, code: &str, column: Column) -> i64 {
        let line = self.lines.iter().find(|line| line.code == code);
        line.map_or(0, |line| line.value(column))
    }

    /// Whether no column has anything.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(SummaryLine::is_empty)
    }
}

/// The units right below one on the period's last day, in their order; those with nothing to show too, and at the end
/// what the unit did itself, if anything.
pub fn by_unit(read: &dyn Read, period: Period, unit: &str) -> Result<Vec<UnitPart>, StoreError> {
    parts(&Books::open(read)?, period, unit)
}

/// The same over books that are open.
pub fn parts(books: &Books, period: Period, unit: &str) -> Result<Vec<UnitPart>, StoreError> {
    let (read, tree) = (books.read, &books.tree);
    let has_declared = !books.unit_figures()?.is_empty();
    let mut parts = Vec::new();
    for below in tree.children(unit, period.to) {
        let mut lines = count_lines(read, &tree.scope(&below, period.to), period)?;
        if has_declared {
            declared::add(books, &below, period, &mut lines)?;
        }
        let is_declared = |line: &SummaryLine| line.declared.iter().any(|figure| *figure != 0);
        parts.push(UnitPart {
            name: tree.name(&below),
            source: match lines.iter().any(is_declared) {
                true => Source::Declared,
                false => Source::Records,
            },
            unit: below,
            lines,
        });
    }
    let own = UnitPart {
        unit: unit.to_string(),
        name: tree.name(unit),
        source: Source::Own,
        lines: lines_alone(read, &tree.direct(unit, period.to), period)?,
    };
    if !own.is_empty() {
        parts.push(own);
    }
    Ok(parts)
}

/// What is told below a table of units: that some declared their figures, and who has none.
pub fn notes(any_declared: bool, quiet: &[&str]) -> Vec<Block> {
    let mut notes = Vec::new();
    if any_declared {
        notes.push(Block::Note(format!(
            "{DECLARED_MARK} Có số liệu do đơn vị gửi (đơn vị không nhập bản ghi vào sổ)."
        )));
    }
    if !quiet.is_empty() {
        let (count, names) = (quiet.len(), quiet.join(", "));
        notes.push(Block::Note(format!("Không có số liệu ({count}): {names}.")));
    }
    notes
}
