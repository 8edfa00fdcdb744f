//! The one table: any number of rows, of which only those in sight are asked for; columns aligned and cut by width; a
//! cursor for rows and one for columns; marked rows; a sort sign.
//!
//! Marks and the cursor hold on to rows by their ids, so that they stay where they were when rows come, go or are sorted
//! anew.

mod column;
mod draw;
#[cfg(test)]
mod tests;

use crate::ui::action::Action;
use crate::ui::screen::{Input, Mouse, MouseAct};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::collections::BTreeSet;

pub use column::{Align, Column, Direction};

/// Names a row: a record's id as a number, or a place in a list.
pub type RowId = u128;

/// The rows behind a table. `cell` is asked only for rows in sight.
pub trait Rows {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Names a row.
    fn id(&self, row: usize) -> RowId;
    /// The text of a cell.
    fn cell(&self, row: usize, column: usize) -> Cow<'_, str>;
    /// The look of a cell; its text says the same in words or signs.
    fn role(&self, _row: usize, _column: usize) -> Role {
        Role::Text
    }
}

/// Whether rows can be marked and columns chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// A table: a column cursor, marks.
    #[default]
    Table,
    /// A list: rows only.
    List,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not for the table.
    Pass,
    /// The cursor moved, or would have if there were room.
    Moved,
    /// Marks changed.
    Marked,
    /// The row under the cursor is to be opened.
    Open(usize),
}

/// Where the cursor is, what is marked, what is in sight.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    style: Style,
    row: usize,
    column: usize,
    top: usize,
    first_column: usize,
    marks: BTreeSet<RowId>,
    sorted: Option<(usize, Direction)>,
    area: Rect,
    /// The columns in sight: index, x, width.
    shown: Vec<(usize, u16, u16)>,
}

impl Table {
    /// A table of these columns.
    pub fn new(columns: Vec<Column>) -> Table {
        Table {
            columns,
            ..Table::default()
        }
    }

    /// A list of these columns.
    pub fn list(columns: Vec<Column>) -> Table {
        Table {
            columns,
            style: Style::List,
            ..Table::default()
        }
    }

    /// Other columns, in another order perhaps; the column cursor goes to the first.
    pub fn set_columns(&mut self, columns: Vec<Column>) {
        self.columns = columns;
        (self.column, self.first_column, self.sorted) = (0, 0, None);
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The row under the cursor; it may not exist where there are none.
    pub fn row(&self) -> usize {
        self.row
    }

    /// The column under the cursor.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Puts the column cursor on a column.
    pub fn choose(&mut self, column: usize) {
        self.column = column.min(self.columns.len().saturating_sub(1));
    }

    /// The rows in sight, for those who read them in portions.
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        self.top..self.top + usize::from(self.body_height())
    }

    /// The marked rows.
    pub fn marks(&self) -> &BTreeSet<RowId> {
        &self.marks
    }

    /// Forgets all marks.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// How it is sorted, for the sign in the heading.
    pub fn sorted(&self) -> Option<(usize, Direction)> {
        self.sorted
    }

    /// Says how the rows are sorted now.
    pub fn set_sorted(&mut self, sorted: Option<(usize, Direction)>) {
        self.sorted = sorted;
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, row: usize, rows: &dyn Rows) {
        self.row = row.min(rows.len().saturating_sub(1));
        self.show_row();
    }

    /// Puts the cursor on the row of this id; where it is gone, the cursor stays at its place.
    pub fn go_to(&mut self, id: RowId, rows: &dyn Rows) {
        let row = (0..rows.len()).find(|row| rows.id(*row) == id);
        self.go(row.unwrap_or(self.row), rows);
    }

    /// The id of the row under the cursor.
    pub fn current(&self, rows: &dyn Rows) -> Option<RowId> {
        (self.row < rows.len()).then(|| rows.id(self.row))
    }

    /// `12/345`, for the top line; the marked ones before it.
    pub fn place(&self, rows: &dyn Rows) -> String {
        let at = if rows.is_empty() { 0 } else { self.row + 1 };
        let marked = if self.marks.is_empty() {
            String::new()
        } else {
            format!("●{} · ", self.marks.len())
        };
        format!("{marked}{at}/{}", rows.len())
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, rows: &dyn Rows) -> Outcome {
        match input {
            Input::Key {
                action: Some(action), ..
            } => self.act(*action, rows),
            Input::Mouse(mouse) => self.mouse(*mouse, rows),
            _ => Outcome::Pass,
        }
    }

    fn act(&mut self, action: Action, rows: &dyn Rows) -> Outcome {
        let page = usize::from(self.body_height()).saturating_sub(1).max(1);
        let last = rows.len().saturating_sub(1);
        match action {
            Action::Up => self.row = self.row.saturating_sub(1),
            Action::Down => self.row = (self.row + 1).min(last),
            Action::PageUp => self.row = self.row.saturating_sub(page),
            Action::PageDown => self.row = (self.row + page).min(last),
            Action::First => self.row = 0,
            Action::Last => self.row = last,
            Action::Left if self.style == Style::Table => self.column = self.column.saturating_sub(1),
            Action::Right if self.style == Style::Table => {
                self.column = (self.column + 1).min(self.columns.len().saturating_sub(1));
            }
            Action::Mark if self.style == Style::Table => return self.mark(rows),
            Action::MarkAll if self.style == Style::Table => return self.mark_all(rows),
            Action::Open | Action::Accept if !rows.is_empty() => return Outcome::Open(self.row.min(last)),
            _ => return Outcome::Pass,
        }
        self.show_row();
        Outcome::Moved
    }

    /// Marks the row and goes on to the next, so that several are marked by holding the key.
    fn mark(&mut self, rows: &dyn Rows) -> Outcome {
        let Some(id) = self.current(rows) else {
            return Outcome::Moved;
        };
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        self.row = (self.row + 1).min(rows.len().saturating_sub(1));
        self.show_row();
        Outcome::Marked
    }

    fn mark_all(&mut self, rows: &dyn Rows) -> Outcome {
        let all: BTreeSet<RowId> = (0..rows.len()).map(|row| rows.id(row)).collect();
        self.marks = if self.marks.is_superset(&all) {
            BTreeSet::new()
        } else {
            all
        };
        Outcome::Marked
    }

    fn mouse(&mut self, mouse: Mouse, rows: &dyn Rows) -> Outcome {
        match mouse.what {
            MouseAct::WheelUp => self.act(Action::Up, rows),
            MouseAct::WheelDown => self.act(Action::Down, rows),
            MouseAct::Click => {
                let body = Rect {
                    y: self.area.y + 1,
                    height: self.body_height(),
                    ..self.area
                };
                let row = self.top + usize::from(mouse.y.saturating_sub(body.y));
                if !body.contains((mouse.x, mouse.y).into()) || row >= rows.len() {
                    return Outcome::Pass;
                }
                // A click on the row under the cursor opens it.
                let again = row == self.row;
                self.row = row;
                let x = mouse.x - body.x;
                if let Some((column, ..)) = self.shown.iter().find(|(_, at, width)| (*at..at + width).contains(&x)) {
                    self.column = *column;
                }
                if again { Outcome::Open(row) } else { Outcome::Moved }
            }
        }
    }

    fn body_height(&self) -> u16 {
        self.area.height.saturating_sub(1)
    }

    fn show_row(&mut self) {
        let height = usize::from(self.body_height()).max(1);
        if self.row < self.top {
            self.top = self.row;
        } else if self.row >= self.top + height {
            self.top = self.row + 1 - height;
        }
    }
}
