//! The status card on the screen: the lines of `search::status::card` in as many cells as there are, the most asked
//! first, scrolling for the rest.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::search::status::card::{FigureLine, Line, Sign};
use crate::search::status::plain::spark;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::theme::{Role, Theme};

/// Cells of a role, of a figure's label, of a count, of an amount, of a day.
const ROLE: u16 = 12;
const LABEL: u16 = 14;
const COUNT: u16 = 5;
const AMOUNT: u16 = 11;
const DAY: u16 = 8;
/// From this width on there is room for a trend behind the day.
const WITH_TREND: u16 = 40;
/// Cells of a trend.
const TREND: u16 = 8;

/// A card and the part of it in sight.
#[derive(Clone, Debug, Default)]
pub struct StatusCard {
    lines: Vec<Line>,
    rows: Vec<Row>,
    top: usize,
    area: Rect,
}

/// A row on the screen.
#[derive(Clone, Debug)]
enum Row {
    /// A line that takes one row: its place.
    Line(usize),
    /// A part of words.
    Words {
        sign: Option<Sign>,
        role: Role,
        text: String,
        indent: u16,
    },
}

impl StatusCard {
    /// Another card, from its top.
    pub fn set_lines(&mut self, lines: Vec<Line>) {
        self.lines = lines;
        self.top = 0;
        self.break_lines();
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Gets to know its room.
    pub fn layout(&mut self, area: Rect) {
        if area.width != self.area.width {
            self.area = area;
            self.break_lines();
        }
        self.area = area;
        self.scroll(0);
    }

    /// Goes on by so many rows, as far as there are any. Says whether it moved.
    pub fn scroll(&mut self, by: isize) -> bool {
        let last = self.rows.len().saturating_sub(usize::from(self.area.height));
        let top = self.top.saturating_add_signed(by).min(last);
        std::mem::replace(&mut self.top, top) != top
    }

    /// The rows that it takes at the width laid out, in sight or not.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is more than is in sight.
    pub fn has_more(&self) -> bool {
        self.rows.len() > usize::from(self.area.height)
    }

    /// The rows in sight.
    pub fn page(&self) -> isize {
        isize::try_from(self.area.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    fn break_lines(&mut self) {
        self.rows.clear();
        for (place, line) in self.lines.iter().enumerate() {
            let Line::Words { sign, text } = line else {
                self.rows.push(Row::Line(place));
                continue;
            };
            let role = match sign {
                Sign::None => Role::Text,
                Sign::Good => Role::Good,
                Sign::Paused | Sign::Alert => Role::Warning,
            };
            let width = self.area.width;
            let fits = text.width() <= usize::from(width);
            // What goes on below is set in, so that a new line is told from an old one.
            let indent = if *sign == Sign::None && fits { 0 } else { 2 };
            let parts = wrap(text, usize::from(width.saturating_sub(indent).max(8)));
            for (part, text) in parts.into_iter().enumerate() {
                let first = part == 0;
                self.rows.push(Row::Words {
                    sign: first.then_some(*sign),
                    role,
                    text,
                    indent: if first && *sign == Sign::None { 0 } else { indent },
                });
            }
        }
    }

    /// Draws it where it was laid out.
    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        canvas.within(self.area, |canvas| {
            let height = usize::from(self.area.height);
            for (y, row) in (0u16..).zip(self.rows.iter().skip(self.top).take(height)) {
                match row {
                    Row::Line(place) => draw_line(canvas, y, &self.lines[*place]),
                    Row::Words {
                        sign,
                        role,
                        text,
                        indent,
                    } => {
                        if let Some(sign) = sign.and_then(|sign| sign_of(sign, canvas.theme)) {
                            canvas.text(0, y, sign, *role);
                        }
                        canvas.text(*indent, y, text, *role);
                    }
                }
            }
            let signs = canvas.theme.signs;
            let end = canvas.width();
            if self.top > 0 {
                canvas.text_right(end, 0, signs.more[0], Role::Key);
            }
            if self.top + height < self.rows.len() {
                canvas.text_right(end, self.area.height.saturating_sub(1), signs.more[1], Role::Key);
            }
        });
    }
}

fn sign_of(sign: Sign, theme: &Theme) -> Option<&'static str> {
    match sign {
        Sign::None => None,
        Sign::Good => Some(theme.signs.done),
        Sign::Paused => Some(theme.signs.paused),
        Sign::Alert => Some(theme.signs.alert),
    }
}

fn draw_line(canvas: &mut Canvas<'_>, y: u16, line: &Line) {
    let width = canvas.width();
    match line {
        Line::Title { name, code } => {
            let end = canvas.text_right(width.saturating_sub(2), y, code, Role::Dim);
            canvas.text_in(0, y, end.saturating_sub(1), &name.to_uppercase(), Role::Strong);
        }
        Line::Person { role, name, phone } => {
            let end = canvas.text_right(width, y, phone, Role::Text);
            canvas.text_in(0, y, ROLE - 1, role, Role::Dim);
            canvas.text_in(ROLE, y, end.saturating_sub(ROLE + 1), name, Role::Text);
        }
        Line::Figure(figure) => draw_figure(canvas, y, figure),
        Line::Words { .. } | Line::Gap => {}
    }
}

fn draw_figure(canvas: &mut Canvas<'_>, y: u16, figure: &FigureLine) {
    let width = canvas.width();
    let trend = match width {
        0..WITH_TREND => 0,
        _ => TREND.min(width - WITH_TREND + 3),
    };
    let gap = u16::from(trend > 0);
    let day = width.saturating_sub(DAY + trend + gap);
    let role = if figure.is_old { Role::Warning } else { Role::Dim };
    let parts = fitting(&figure.part, day.saturating_sub(LABEL + COUNT + 4));
    let end = LABEL + if figure.part.is_empty() { AMOUNT } else { COUNT };
    let value = canvas.text_right(end.min(day.saturating_sub(3)), y, &figure.value, Role::Text);
    // A long label takes what a short figure leaves.
    canvas.text_in(0, y, value.saturating_sub(1), &figure.label, Role::Text);
    // Where there is little room the parts move up, so that the sign of old figures stands apart from them.
    let behind = day
        .saturating_sub(3)
        .saturating_sub(end + u16::try_from(parts.width()).unwrap_or(0));
    canvas.text(end + behind.clamp(1, 2), y, &parts, Role::Text);
    if figure.is_old {
        canvas.text(day.saturating_sub(2), y, canvas.theme.signs.alert, role);
    }
    canvas.text_in(day, y, DAY, &figure.when, role);
    let sparks = canvas.theme.signs.spark;
    let heights = spark(&figure.trend, usize::from(trend));
    let drawn: String = heights.into_iter().map(|height| sparks[height]).collect();
    canvas.text(day + DAY + gap, y, &drawn, Role::Bar);
}

/// As many of the parts, which stand behind commas, as have room.
fn fitting(parts: &str, room: u16) -> String {
    let mut shown = String::new();
    for part in parts.split(", ").filter(|part| !part.is_empty()) {
        let joint = if shown.is_empty() { "" } else { ", " };
        let longer = format!("{shown}{joint}{part}");
        if longer.width() > usize::from(room) {
            break;
        }
        shown = longer;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_have_no_room_are_left_out_whole() {
        assert_eq!(fitting("nữ 27, ổn định 25", 9), "nữ 27");
        assert_eq!(fitting("nữ 27, ổn định 25", 20), "nữ 27, ổn định 25");
        assert_eq!(fitting("nữ 27", 2), "");
    }
}
