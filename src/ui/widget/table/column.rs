//! The columns of a table: headings, widths, sides; and which way one of them is sorted.

/// On which side a column's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// The least width worth showing, in cells.
    pub least: u16,
    /// The width it would like, in cells.
    pub wanted: u16,
    /// Its share of the room left over; 0 takes none.
    pub grows: u16,
    /// Its side.
    pub align: Align,
}

impl Column {
    /// A column of text between two widths that takes what room is left.
    pub fn text(title: impl Into<String>, least: u16, wanted: u16) -> Column {
        Column {
            title: title.into(),
            least,
            wanted,
            grows: 1,
            align: Align::Left,
        }
    }

    /// A column of fixed width.
    pub fn fixed(title: impl Into<String>, width: u16) -> Column {
        Column {
            title: title.into(),
            least: width,
            wanted: width,
            grows: 0,
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>, width: u16) -> Column {
        Column {
            align: Align::Right,
            ..Column::fixed(title, width)
        }
    }
}

/// Which way rows are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

impl Direction {
    /// The other way.
    pub fn turned(self) -> Direction {
        match self {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
        }
    }
}
