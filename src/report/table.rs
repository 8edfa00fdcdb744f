//! A table as all formats know it: columns with headings, rows of typed cells.

use super::cell::{Align, Cell};

/// What an empty table says.
pub const NOTHING_HAPPENED: &str = "Không phát sinh";

/// A table: columns, and rows that have one cell for each of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// "Bảng 1. …", above the table.
    pub caption: Option<String>,
    /// "Đơn vị tính: triệu đồng", above it on the right.
    pub unit: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Table {
        Table {
            columns,
            ..Table::default()
        }
    }

    /// Adds an ordinary row.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row {
            cells,
            style: RowStyle::Normal,
        });
    }

    /// Adds a row of another style.
    pub fn push_styled(&mut self, style: RowStyle, cells: Vec<Cell>) {
        self.rows.push(Row { cells, style });
    }

    /// True when at least one column stands below a heading that it shares with its neighbours.
    pub fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// The shared headings, left to right: how many columns each spans, and its words if it has any.
    pub fn groups(&self) -> Vec<(usize, Option<&str>)> {
        let mut groups: Vec<(usize, Option<&str>)> = Vec::new();
        for column in &self.columns {
            match (groups.last_mut(), column.group.as_deref()) {
                (Some((span, Some(last))), Some(group)) if *last == group => *span += 1,
                (_, group) => groups.push((1, group)),
            }
        }
        groups
    }

    /// The cell of a row below a column; rows that are too short are filled with blanks.
    pub fn cell<'a>(&self, row: &'a Row, column: usize) -> &'a Cell {
        row.cells.get(column).unwrap_or(&Cell::Blank)
    }

    /// The column that says what a row is about: the first of words.
    pub fn naming_column(&self) -> usize {
        self.columns
            .iter()
            .position(|column| column.align == Align::Left)
            .unwrap_or(0)
    }

    /// Where a cell stands in its column: figures keep right even in a column of words that asks for nothing else.
    pub fn align(&self, column: usize, cell: &Cell) -> Align {
        match self.columns.get(column).map_or(Align::Left, |c| c.align) {
            Align::Left if cell.is_figure() => Align::Right,
            align => align,
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub heading: String,
    /// A heading shared with the columns beside it that name the same.
    pub group: Option<String>,
    pub align: Align,
    /// Its share of the width, against the other columns' weights.
    pub weight: u16,
}

impl Column {
    /// The running number "TT".
    pub fn index() -> Column {
        Column {
            heading: "TT".to_owned(),
            group: None,
            align: Align::Center,
            weight: 4,
        }
    }

    /// Words, on the left.
    pub fn text(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            group: None,
            align: Align::Left,
            weight: 20,
        }
    }

    /// Figures, on the right.
    pub fn figures(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            group: None,
            align: Align::Right,
            weight: 10,
        }
    }

    /// Short marks, dates, years: centred.
    pub fn marks(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            group: None,
            align: Align::Center,
            weight: 10,
        }
    }

    pub fn weight(mut self, weight: u16) -> Column {
        self.weight = weight;
        self
    }

    pub fn under(mut self, group: impl Into<String>) -> Column {
        self.group = Some(group.into());
        self
    }

    /// The heading with its group before it, for formats with one heading row.
    pub fn full_heading(&self) -> String {
        match &self.group {
            Some(group) => format!("{group} - {}", self.heading),
            None => self.heading.clone(),
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub style: RowStyle,
}

/// What a row is in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowStyle {
    Normal,
    /// A detail of the row above, indented.
    Sub,
    /// A heading across the whole table; only its first cell is printed.
    Section,
    /// A sum: bold.
    Total,
    /// To be filled in by hand: as high as a pen needs.
    ToFill,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_side_by_side_share_a_heading_only_when_they_name_the_same() {
        let table = Table::new(vec![
            Column::index(),
            Column::figures("Tổng").under("Thành viên"),
            Column::figures("Nữ").under("Thành viên"),
            Column::figures("Nữ").under("Lao động"),
        ]);
        assert_eq!(
            table.groups(),
            [(1, None), (2, Some("Thành viên")), (1, Some("Lao động"))]
        );
        assert_eq!(table.columns[2].full_heading(), "Thành viên - Nữ");
    }

    #[test]
    fn figures_keep_right_even_in_a_column_of_words() {
        let table = Table::new(vec![Column::index(), Column::text("Nội dung")]);
        assert_eq!(table.align(1, &Cell::Count(1)), Align::Right);
        assert_eq!(table.align(1, &"chữ".into()), Align::Left);
        assert_eq!(table.align(0, &Cell::Count(1)), Align::Center);
        assert_eq!(table.naming_column(), 1);
    }
}
