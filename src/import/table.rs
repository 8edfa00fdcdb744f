//! The table in a file: the sheet and the row of headings that fit the kind best, under titles and merged cells, in one
//! row or in two.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::file::{Grid, Raw};
use super::headings::Names;
use super::lesser;
use super::mapping::{OwnMap, Target};
use crate::vietnamese::legacy::{Encoding, convert, detect_with_hint};

/// Filled rows among which the headings are looked for.
const LOOKED_AT: usize = 40;
/// Rows looked at to find the encoding that most of a sheet is in.
const SAMPLED: usize = 200;

/// In which encoding words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Found out, cell by cell.
    Auto,
    /// As given.
    As(Encoding),
}

/// A table found: its headings, where they go, its rows.
#[derive(Clone, Debug)]
pub struct Table {
    /// The sheet's name.
    pub sheet: String,
    /// The line of the headings.
    pub line: u32,
    /// The headings as they are, read.
    pub headings: Vec<String>,
    /// Where each column goes.
    pub targets: Vec<Option<Target>>,
    /// Line number and cells, the words out of their old encoding.
    pub rows: Vec<(u32, Vec<Raw>)>,
    /// Cells, by line and column, whose words were in an old encoding.
    pub converted: BTreeSet<(u32, usize)>,
    /// Lines that seem to be no records: heads of groups, signatures. They are left out unless the officer takes them.
    pub aside: BTreeSet<u32>,
    /// How well the headings fit the kind.
    pub fit: u32,
}

/// Where headings stand.
#[derive(Clone, Copy)]
struct Place {
    grid: usize,
    /// The row among the filled ones.
    at: usize,
    /// One row of headings, or two.
    high: usize,
}

/// Finds the table.
///
/// # Errors
/// No row of headings that names a field.
pub fn find(grids: &[Grid], names: &Names, map: &OwnMap, choice: Choice) -> Result<Table, Fault> {
    let mut best: Option<(u32, Place)> = None;
    for (grid_at, grid) in grids.iter().enumerate().filter(|(_, grid)| map.is_of(grid)) {
        let mut words = Words::of(grid, choice);
        let looked_at = grid.rows.len().min(LOOKED_AT);
        let lines: Vec<Vec<String>> = (0..=looked_at).map(|at| words.line(grid, at)).collect();
        for at in 0..looked_at {
            if map.line.is_some_and(|line| line != grid.rows[at].0) {
                continue;
            }
            for high in [1, 2] {
                let (_, score) = names.assign(&headings(&lines[at], &lines[at + 1], high));
                if score > best.map_or(0, |(score, _)| score) {
                    let place = Place {
                        grid: grid_at,
                        at,
                        high,
                    };
                    best = Some((score, place));
                }
            }
        }
    }
    let (_, place) = best.ok_or(Fault::NoHeadings)?;
    Ok(read(grids, place, names, choice))
}

/// The table as the officer's own map says, or, where no heading names a field, below the row with most words: for the
/// officer to say which column is which.
///
/// # Errors
/// Nothing is filled at all.
pub fn guess(grids: &[Grid], names: &Names, map: &OwnMap, choice: Choice) -> Result<Table, Fault> {
    if let Ok(table) = find(grids, names, map, choice) {
        return Ok(table);
    }
    let words = |cells: &[Raw]| cells.iter().filter(|cell| matches!(cell, Raw::Text(_))).count();
    let rows = grids
        .iter()
        .enumerate()
        .filter(|(_, grid)| map.is_of(grid))
        .flat_map(|(grid, sheet)| {
            let rows = sheet.rows.iter().enumerate().take(LOOKED_AT);
            rows.map(move |(at, (line, cells))| (grid, at, *line, words(cells)))
        })
        .filter(|(_, _, line, _)| map.line.is_none_or(|wanted| wanted == *line));
    // The first of those with most words.
    let best = rows.max_by_key(|(grid, at, _, count)| (*count, std::cmp::Reverse((*grid, *at))));
    let (grid, at, ..) = best.ok_or(Fault::NoHeadings)?;
    Ok(read(grids, Place { grid, at, high: 1 }, names, choice))
}

fn read(grids: &[Grid], place: Place, names: &Names, choice: Choice) -> Table {
    let grid = &grids[place.grid];
    let mut words = Words::of(grid, choice);
    let mut headings = headings(&words.line(grid, place.at), &words.line(grid, place.at + 1), place.high);
    let mut converted = BTreeSet::new();
    let mut rows = grid.rows[(place.at + place.high).min(grid.rows.len())..].to_vec();
    name_the_rest(&mut headings, &rows);
    let (targets, fit) = names.assign(&headings);
    for (line, cells) in &mut rows {
        for (column, cell) in cells.iter_mut().enumerate() {
            if let Raw::Text(text) = cell {
                let before = words.converted;
                *cell = Raw::text(&words.read(text));
                if words.converted > before {
                    converted.insert((*line, column));
                }
            }
        }
    }
    rows.retain(|(_, cells)| lesser::is_record(cells, &headings, &targets));
    let aside = lesser::aside(&rows, &headings, &targets);
    lesser::fill_dittos(&mut rows, &aside);
    lesser::write_units(&mut rows, &headings, &targets);
    Table {
        sheet: grid.name.clone(),
        line: grid.rows[place.at].0,
        headings,
        targets,
        rows,
        converted,
        aside,
        fit,
    }
}

/// Columns that are filled below no heading are called by their place, so that they can be sent somewhere too.
fn name_the_rest(headings: &mut Vec<String>, rows: &[(u32, Vec<Raw>)]) {
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    headings.resize(widest.max(headings.len()), String::new());
    for (column, heading) in headings
        .iter_mut()
        .enumerate()
        .filter(|(_, heading)| heading.is_empty())
    {
        let filled = |(_, cells): &(u32, Vec<Raw>)| cells.get(column).is_some_and(|cell| *cell != Raw::Empty);
        if rows.iter().any(filled) {
            *heading = format!("Cột {}", letters(column));
        }
    }
}

/// A, B … Z, AA …, as a spreadsheet calls its columns.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// The headings of a row, or of two rows of which the upper spans several columns.
fn headings(upper: &[String], lower: &[String], high: usize) -> Vec<String> {
    if high == 1 {
        return upper.to_vec();
    }
    let mut group = String::new();
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let above = upper.get(column).map_or("", String::as_str);
            let below = lower.get(column).map_or("", String::as_str);
            if !above.is_empty() {
                group = above.to_string();
            }
            match (above, below) {
                (_, "") => above.to_string(),
                _ => format!("{group} - {below}"),
            }
        })
        .collect()
}

/// The words of a sheet, out of their encoding.
struct Words {
    choice: Choice,
    hint: Encoding,
    converted: usize,
}

impl Words {
    fn of(grid: &Grid, choice: Choice) -> Words {
        let mut counts = [0usize; Encoding::ALL.len()];
        let texts = grid
            .rows
            .iter()
            .take(SAMPLED)
            .flat_map(|(_, cells)| cells)
            .filter_map(|cell| match cell {
                Raw::Text(text) if !text.is_ascii() => Some(text),
                _ => None,
            });
        if choice == Choice::Auto {
            for text in texts {
                let guess = detect_with_hint(text, Encoding::Unicode).encoding;
                let place = Encoding::ALL.iter().position(|encoding| *encoding == guess);
                counts[place.unwrap_or(0)] += 1;
            }
        }
        let most = counts
            .iter()
            .copied()
            .enumerate()
            .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)));
        Words {
            choice,
            hint: most.map_or(Encoding::Unicode, |(at, _)| Encoding::ALL[at]),
            converted: 0,
        }
    }

    fn read(&mut self, text: &str) -> String {
        let read = match self.choice {
            Choice::Auto => detect_with_hint(text, self.hint).text,
            Choice::As(encoding) => convert(text, encoding),
        };
        self.converted +=
            usize::from(self.choice != Choice::As(Encoding::Unicode) && read != crate::vietnamese::fold::nfc(text));
        read
    }

    fn line(&mut self, grid: &Grid, at: usize) -> Vec<String> {
        let cells = grid.rows.get(at).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        let said = |cell: &Raw| match cell {
            Raw::Text(text) => self.read(text).split_whitespace().collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        cells.iter().map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;
    use crate::domain::schema::Schema;

    #[test]
    fn a_column_without_a_heading_is_called_by_its_place_and_can_be_sent_somewhere() {
        let row = |line, words: &[&str]| (line, words.iter().map(|word| Raw::text(word)).collect());
        let grid = Grid {
            name: String::new(),
            rows: vec![row(1, &["Họ và tên"]), row(2, &["Vũ Thị Thu", "", "0912345678"])],
        };
        let find = |map: &OwnMap| {
            let names = Names::new(kind("person").unwrap(), &Schema::builtin(), map, None);
            find(std::slice::from_ref(&grid), &names, map, Choice::Auto).unwrap()
        };
        let table = find(&OwnMap::default());
        assert_eq!(table.headings, ["Họ và tên", "", "Cột C"]);
        let map = OwnMap {
            columns: [("Cột C".to_owned(), "phone".to_owned())].into(),
            ..OwnMap::default()
        };
        assert_eq!(find(&map).targets[2].map(|target| target.key()), Some("phone"));
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(701)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into())
        );
    }
}
