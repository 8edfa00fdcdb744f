//! A table on the terminal: one line a record, columns as wide as what stands in them.
//!
//! Made for the eye and for `less -S`; scripts take JSON.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::ui::canvas::fit;

/// A cell is cut here, between words, in terminal cells.
const WIDEST: usize = 40;
/// Between two columns.
const GAP: &str = "  ";

/// Which side of its column a value keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Columns with headings, and rows of as many cells.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: Vec<(String, Side)>) -> Table {
        Table {
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row; line ends become blanks, what is too wide is cut.
    pub fn push(&mut self, cells: Vec<String>) {
        self.rows.push(
            cells
                .iter()
                .map(|cell| fit(&one_line(cell), WIDEST, "…").into_owned())
                .collect(),
        );
    }

    /// Writes headings and rows; columns in which nothing stands are left out.
    ///
    /// # Errors
    /// The writer's.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let filled: Vec<usize> = (0..self.columns.len())
            .filter(|column| {
                self.rows
                    .iter()
                    .any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()))
            })
            .collect();
        let width = |column: usize| {
            let cells = self
                .rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width());
            cells.chain([self.columns[column].0.width()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = filled.iter().map(|column| width(*column)).collect();
        let headings: Vec<String> = self.columns.iter().map(|(heading, _)| heading.clone()).collect();
        for row in std::iter::once(&headings).chain(&self.rows) {
            let mut line = String::new();
            for (column, width) in filled.iter().zip(&widths) {
                let cell = row.get(*column).map_or("", String::as_str);
                let blanks = " ".repeat(width - cell.width());
                match self.columns[*column].1 {
                    Side::Left => line.extend([cell, &blanks, GAP]),
                    Side::Right => line.extend([&blanks, cell, GAP]),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table) -> String {
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_in_line_whatever_marks_the_words_bear() {
        let mut table = Table::new(vec![
            ("Tên".into(), Side::Left),
            ("Số".into(), Side::Right),
            ("Trống".into(), Side::Left),
        ]);
        table.push(vec!["Nguyễn Thị Hằng".into(), "5".into(), String::new()]);
        table.push(vec!["Đỗ".into(), "1.200".into(), String::new()]);
        let decomposed = "Tên                 Số\nNguyễn Thị Hằng      5\nĐỗ               1.200\n";
        assert_eq!(written(&table), decomposed);
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_kept_on_one_line() {
        let mut table = Table::new(vec![("Ghi chú".into(), Side::Left)]);
        table.push(vec!["việc\nquan trọng nghiêng ".repeat(10)]);
        let cut = "việc quan trọng nghiêng việc quan trọng…";
        assert_eq!(written(&table), format!("Ghi chú\n{cut}\n"));
        assert!(cut.width() <= WIDEST);
    }
}
