//! Sharing the width of a table out to its columns, and drawing what is in sight.

use super::{Align, Rows, Style, Table};
use crate::ui::canvas::{Canvas, fit};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Cells in front of each row: the pointer, the mark.
const GUTTER: u16 = 2;
/// Cells between two columns.
const GAP: u16 = 1;

impl Table {
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
            write(canvas, (*x, 0), *width, &title, column.align, role);
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
            write(canvas, (*x, y), *width, &cell, self.columns[*index].align, role);
        }
        if row == self.row {
            canvas.text(0, y, signs.pointer, Role::Text);
            canvas.shade(0, y, canvas.width(), Role::Selected);
        }
    }
}

fn write(canvas: &mut Canvas<'_>, (x, y): (u16, u16), width: u16, text: &str, align: Align, role: Role) {
    let text = text.replace('\n', " ");
    match align {
        Align::Left => _ = canvas.text_in(x, y, width, &text, role),
        Align::Right => {
            let fits = fit(&text, usize::from(width), canvas.theme.signs.ellipsis);
            _ = canvas.text_right(x + width, y, &fits, role);
        }
    }
}
