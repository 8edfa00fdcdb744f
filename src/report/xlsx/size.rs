//! How wide columns and how high rows must be for their words. Programs that open the file do not measure for us: rows
//! without a height are one line high in some of them.

use super::POINTS;
use crate::report::doc::{Column, RowStyle, Table};
use crate::report::metrics::{bold_width, broken, widest_word};

/// Widths of columns, in Excel's unit (digits of its default type).
const NARROWEST: f64 = 5.0;
const WIDEST: f64 = 42.0;
/// Twips in one unit of a column's width: 7 pixels of 15 twips.
const UNIT: f64 = 105.0;
/// What a cell keeps free beside its words, in units.
const PADDING: f64 = 1.6;
/// The height of a line and what a row keeps free above and below, in points.
const LINE: f64 = 16.0;
const ROW_PADDING: f64 = 4.0;
/// Excel knows no higher row.
const HIGHEST: f64 = 409.0;

/// Widths by content: the widest value, the longest word of the heading, and no more than a reader takes in.
pub fn widths(table: &Table) -> Vec<f64> {
    let width = |(i, column): (usize, &Column)| {
        let rows = table.rows.iter().filter(|row| row.style != RowStyle::Section);
        let lines = rows.filter_map(|row| {
            let text = table.cell(row, i).to_string();
            text.lines().map(|line| bold_width(line, POINTS)).max()
        });
        let content = lines.max().unwrap_or(0);
        let heading = widest_word(&column.heading, POINTS).max(bold_width(&column.heading, POINTS) / 2);
        // A column that is still empty gets room to be filled in.
        let empty = if content == 0 { f64::from(column.weight) } else { 0.0 };
        (f64::from(content.max(heading)) / UNIT + PADDING)
            .max(empty)
            .clamp(NARROWEST, WIDEST)
    };
    table.columns.iter().enumerate().map(width).collect()
}

/// The pixels that columns of these widths take together.
pub fn pixels(widths: &[f64]) -> u32 {
    widths.iter().map(|width| (width * 7.0) as u32 + 5).sum()
}

/// The height of a row of one line, in points.
pub fn line_height() -> f64 {
    LINE + ROW_PADDING
}

/// The height of a row that holds `text`, set at `points`, in a column of `width` units.
pub fn height(text: &str, points: u32, width: f64) -> f64 {
    let room = ((width - PADDING / 2.0) * UNIT).max(UNIT) as u32;
    let lines: u32 = text.split('\n').map(|line| lines(line, points, room)).sum();
    (f64::from(lines) * (LINE * f64::from(points) / f64::from(POINTS)) + ROW_PADDING).min(HIGHEST)
}

/// The lines that words without a break take; a word wider than the column is broken by the program that shows it.
fn lines(text: &str, points: u32, room: u32) -> u32 {
    if bold_width(text, points) <= room {
        return 1;
    }
    broken(text, points, room)
        .iter()
        .map(|line| bold_width(line, points).div_ceil(room).max(1))
        .sum::<u32>()
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::doc::Cell;

    #[test]
    fn a_column_is_as_wide_as_its_widest_value_within_reason() {
        let mut table = Table::new(vec![Column::index(), Column::text("Tên"), Column::figures("Vốn")]);
        table.push(vec![
            Cell::Count(1),
            "chữ ".repeat(100).into(),
            Cell::Money(13_052_500_000),
        ]);
        let widths = widths(&table);
        assert_eq!(widths[..2], [NARROWEST, WIDEST]);
        assert!(widths[2] > 13.0 && widths[2] < 18.0, "{widths:?}");
    }

    #[test]
    fn a_row_grows_with_its_lines_up_to_what_a_sheet_allows() {
        assert_eq!(height("một dòng", 12, 42.0), line_height());
        assert!(height("một\nhai", 12, 42.0) > line_height() * 1.5);
        assert!(height(&"từ ".repeat(60), 12, 42.0) > line_height() * 2.0);
        assert!(height(&"x".repeat(200), 12, 10.0) > line_height() * 5.0);
        assert_eq!(height(&"từ ".repeat(60_000), 12, 42.0), HIGHEST);
        assert_eq!(height("", 12, 0.0), line_height());
    }
}
