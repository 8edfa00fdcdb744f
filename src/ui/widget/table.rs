//! The one table: any number of rows, of which only those in sight are asked for; columns aligned and cut by width; a
//! cursor for rows and one for columns; marked rows; a sort sign.
//!
//! Marks and the cursor hold on to rows by their ids, so that they stay where they were when rows come, go or are sorted
//! anew.

use crate::ui::action::Action;
use crate::ui::canvas::{Canvas, fit};
use crate::ui::screen::{Input, Mouse, MouseAct};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

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

/// Cells in front of each row: the pointer, the mark.
const GUTTER: u16 = 2;
/// Cells between two columns.
const GAP: u16 = 1;

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

    /// Gets to know its room (in cells of the window) and how many rows there are now.
    pub fn layout(&mut self, area: Rect, rows: &dyn Rows) {
        self.area = area;
        self.row = self.row.min(rows.len().saturating_sub(1));
        let height = usize::from(self.body_height()).max(1);
        self.top = self.top.min(rows.len().saturating_sub(height));
        self.show_row();
        self.column = self.column.min(self.columns.len().saturating_sub(1));
        self.first_column = self.first_column.min(self.column);
        loop {
            self.shown = self.place_columns();
            let seen = self.shown.iter().any(|(index, ..)| *index == self.column);
            if seen || self.first_column >= self.column {
                break;
            }
            self.first_column += 1;
        }
    }

    /// Shares the width out: as many columns from the first in sight as have room for their least width, then up to
    /// what they want, then the rest to those that grow.
    fn place_columns(&self) -> Vec<(usize, u16, u16)> {
        let room = self.area.width.saturating_sub(GUTTER);
        let mut used = 0u16;
        let mut widths: Vec<(usize, u16)> = Vec::new();
        for (index, column) in self.columns.iter().enumerate().skip(self.first_column) {
            let gap = if widths.is_empty() { 0 } else { GAP };
            let least = if widths.is_empty() {
                column.least.min(room)
            } else {
                column.least
            };
            if used.saturating_add(gap).saturating_add(least) > room {
                break;
            }
            used += gap + least;
            widths.push((index, least));
        }
        let mut left = room - used;
        // Cell by cell to each in turn, so that all come near to what they want at the same time.
        let mut given = true;
        while left > 0 && given {
            given = false;
            for (index, width) in &mut widths {
                if left > 0 && *width < self.columns[*index].wanted {
                    (*width, left, given) = (*width + 1, left - 1, true);
                }
            }
        }
        let shares: u16 = widths.iter().map(|(index, _)| self.columns[*index].grows).sum();
        // Where nothing grows, what is left stays empty at the right.
        let share = left.checked_div(shares).unwrap_or(0);
        for (index, width) in &mut widths {
            *width += share * self.columns[*index].grows;
        }
        let mut x = GUTTER;
        let place = |(index, width): (usize, u16)| {
            let at = x;
            x += width + GAP;
            (index, at, width)
        };
        widths.into_iter().map(place).collect()
    }

    /// Draws the heading and the rows in sight on a canvas of the area laid out.
    pub fn draw(&self, canvas: &mut Canvas<'_>, rows: &dyn Rows) {
        self.draw_heading(canvas);
        for (line, row) in self.in_sight().take_while(|row| *row < rows.len()).enumerate() {
            let y = 1 + u16::try_from(line).unwrap_or(u16::MAX - 1);
            self.draw_row(canvas, rows, row, y);
        }
        let signs = canvas.theme.signs;
        let edge = canvas.width().saturating_sub(1);
        if self.top > 0 {
            canvas.text(edge, 1, signs.more[0], Role::Dim);
        }
        if self.in_sight().end < rows.len() {
            canvas.text(edge, canvas.height().saturating_sub(1), signs.more[1], Role::Dim);
        }
    }

    fn draw_heading(&self, canvas: &mut Canvas<'_>) {
        let signs = canvas.theme.signs;
        for (index, x, width) in &self.shown {
            let column = &self.columns[*index];
            let sign = match self.sorted {
                Some((sorted, direction)) if sorted == *index => signs.sorted[direction as usize],
                _ => "",
            };
            let role = if self.style == Style::Table && *index == self.column {
                Role::Focus
            } else {
                Role::Heading
            };
            let room = usize::from(*width).saturating_sub(sign.width());
            let title = format!("{}{sign}", fit(&column.title, room, signs.ellipsis));
            self.write(canvas, (*x, 0), *width, &title, column.align, role);
        }
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, rows: &dyn Rows, row: usize, y: u16) {
        let signs = canvas.theme.signs;
        let marked = self.marks.contains(&rows.id(row));
        if marked {
            canvas.text(1, y, signs.mark, Role::Marked);
        }
        for (index, x, width) in &self.shown {
            let cell = rows.cell(row, *index);
            let role = match rows.role(row, *index) {
                Role::Text if marked => Role::Marked,
                role => role,
            };
            self.write(canvas, (*x, y), *width, &cell, self.columns[*index].align, role);
        }
        if row == self.row {
            canvas.text(0, y, signs.pointer, Role::Text);
            canvas.shade(0, y, canvas.width(), Role::Selected);
        }
    }

    fn write(&self, canvas: &mut Canvas<'_>, (x, y): (u16, u16), width: u16, text: &str, align: Align, role: Role) {
        let text = text.replace('\n', " ");
        match align {
            Align::Left => _ = canvas.text_in(x, y, width, &text, role),
            Align::Right => {
                let fits = fit(&text, usize::from(width), canvas.theme.signs.ellipsis);
                _ = canvas.text_right(x + width, y, &fits, role);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use crate::ui::keymap::{Code, Key};
    use crate::ui::theme::Theme;
    use ratatui::buffer::Buffer;
    use std::cell::Cell;

    /// Many rows that count how often they are asked.
    struct Many {
        count: usize,
        asked: Cell<usize>,
    }

    impl Rows for Many {
        fn len(&self) -> usize {
            self.count
        }

        fn id(&self, row: usize) -> RowId {
            row as RowId + 1000
        }

        fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
            self.asked.set(self.asked.get() + 1);
            match column {
                0 => format!("HTX{row:03}").into(),
                1 => "HTX Dược liệu An Khang".into(),
                _ => format!("{}", row * 10).into(),
            }
        }
    }

    fn table() -> Table {
        Table::new(vec![
            Column::fixed("Mã", 7),
            Column::text("Tên", 8, 20),
            Column::number("Thành viên", 10),
        ])
    }

    fn press(table: &mut Table, rows: &dyn Rows, action: Action) -> Outcome {
        table.update(
            &Input::Key {
                key: Key::plain(Code::F(5)),
                action: Some(action),
            },
            rows,
        )
    }

    fn drawn(table: &mut Table, rows: &dyn Rows, width: u16, height: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        table.layout(area, rows);
        let mut buffer = Buffer::empty(area);
        table.draw(&mut Canvas::new(&mut buffer, area, &Theme::plain(), Lang::Vi), rows);
        let line = |y| {
            (0..width)
                .map(|x| buffer[(x, y)].symbol())
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        (0..height).map(line).collect()
    }

    #[test]
    fn columns_are_aligned_and_cut_by_width() {
        let rows = Many {
            count: 2,
            asked: Cell::new(0),
        };
        let mut table = table();
        table.set_sorted(Some((0, Direction::Down)));
        assert_eq!(
            drawn(&mut table, &rows, 41, 4),
            [
                "  Mã▼     Tên                  Thành viên",
                "▶ HTX000  HTX Dược liệu An Kh…          0",
                "  HTX001  HTX Dược liệu An Kh…         10",
                "",
            ]
        );
    }

    #[test]
    fn a_hundred_thousand_rows_are_asked_only_for_those_in_sight() {
        let rows = Many {
            count: 100_000,
            asked: Cell::new(0),
        };
        let mut table = table();
        drawn(&mut table, &rows, 60, 20);
        press(&mut table, &rows, Action::Last);
        let seen = drawn(&mut table, &rows, 60, 20);
        assert!(seen[19].starts_with("▶ HTX999… "), "{}", seen[19]);
        assert!(rows.asked.get() < 200, "{}", rows.asked.get());
    }

    #[test]
    fn the_cursor_moves_by_row_and_page_and_stays_inside() {
        let rows = Many {
            count: 50,
            asked: Cell::new(0),
        };
        let mut table = table();
        drawn(&mut table, &rows, 60, 11);
        for (action, row) in [
            (Action::Up, 0),
            (Action::PageDown, 9),
            (Action::Last, 49),
            (Action::Down, 49),
            (Action::PageUp, 40),
            (Action::First, 0),
        ] {
            press(&mut table, &rows, action);
            assert_eq!(table.row(), row, "{action:?}");
        }
        assert_eq!(press(&mut table, &rows, Action::Open), Outcome::Open(0));
    }

    #[test]
    fn marks_hold_on_to_their_rows() {
        let rows = Many {
            count: 5,
            asked: Cell::new(0),
        };
        let mut table = table();
        drawn(&mut table, &rows, 60, 10);
        press(&mut table, &rows, Action::Down);
        press(&mut table, &rows, Action::Mark);
        press(&mut table, &rows, Action::Mark);
        assert_eq!(table.marks().iter().copied().collect::<Vec<_>>(), [1001, 1002]);
        assert_eq!(table.place(&rows), "●2 · 4/5");
        assert!(drawn(&mut table, &rows, 60, 10)[2].starts_with(" ●HTX001"));
        press(&mut table, &rows, Action::MarkAll);
        assert_eq!(table.marks().len(), 5);
        press(&mut table, &rows, Action::MarkAll);
        assert!(table.marks().is_empty());
    }

    #[test]
    fn columns_without_room_scroll_into_sight_with_the_cursor() {
        let rows = Many {
            count: 1,
            asked: Cell::new(0),
        };
        let mut table = table();
        assert_eq!(drawn(&mut table, &rows, 20, 2)[0], "  Mã      Tên");
        press(&mut table, &rows, Action::Right);
        press(&mut table, &rows, Action::Right);
        assert!(drawn(&mut table, &rows, 20, 2)[0].contains("Thành viên"));
    }

    #[test]
    fn an_empty_table_in_no_room_at_all_does_not_mind() {
        let rows = Many {
            count: 0,
            asked: Cell::new(0),
        };
        let mut table = table();
        for width in 0..12 {
            for height in 0..4 {
                drawn(&mut table, &rows, width, height);
                for action in [Action::Down, Action::Last, Action::Mark, Action::MarkAll, Action::Right] {
                    press(&mut table, &rows, action);
                }
                assert_eq!(press(&mut table, &rows, Action::Open), Outcome::Pass);
            }
        }
    }
}
