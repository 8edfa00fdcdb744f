//! The part of a text that is seen: one line that scrolls sideways, or rows broken between words.
//!
//! Widths are counted letter by letter as terminals count them. Where a wide letter is cut by the edge, a blank stands
//! for it.

use super::buffer::Buffer;
use super::line_edit::{Focus, Lines};
use crate::ui::canvas::Canvas;
use crate::ui::theme::Role;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What is seen of a text.
#[derive(Clone, Debug, Default)]
pub struct View {
    width: usize,
    height: usize,
    /// Cells left out at the left (one line).
    left: usize,
    /// Rows left out above (several lines).
    top: usize,
    rows: Vec<Range<usize>>,
}

impl View {
    /// Brings the cursor into sight; gives the rows that the text takes.
    pub fn layout(&mut self, buffer: &Buffer, width: u16, height: u16, lines: Lines) -> u16 {
        self.width = usize::from(width);
        self.height = usize::from(height.max(1));
        if lines == Lines::One {
            self.rows.clear();
            self.rows.push(0..buffer.text().len());
            self.top = 0;
            let at = buffer.before().width();
            // The cursor needs a cell of its own behind the last letter.
            let room = self.width.max(1);
            if at < self.left {
                self.left = at;
            } else if at >= self.left + room {
                self.left = at + 1 - room;
            }
            let all = buffer.text().width() + 1;
            self.left = self.left.min(all.saturating_sub(room));
            return 1;
        }
        self.left = 0;
        self.rows = rows(buffer.text(), self.width.max(2) - 1);
        let row = self.row_of(buffer.cursor());
        if row < self.top {
            self.top = row;
        } else if row >= self.top + self.height {
            self.top = row + 1 - self.height;
        }
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// The rows that the text takes, as laid out.
    pub fn rows_taken(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    fn row_of(&self, at: usize) -> usize {
        self.rows.iter().rposition(|row| row.start <= at).unwrap_or(0)
    }

    /// Where the cursor comes to in the row above or below, in the same column as far as that row has it.
    pub fn climb(&self, buffer: &Buffer, up: bool) -> Option<usize> {
        let row = self.row_of(buffer.cursor());
        let to = if up { row.checked_sub(1)? } else { row + 1 };
        let target = self.rows.get(to)?;
        let from = self.rows.get(row)?;
        let column = buffer.text()[from.start..buffer.cursor().max(from.start)].width();
        let mut used = 0;
        for (at, letter) in buffer.text()[target.clone()].grapheme_indices(true) {
            if used + letter.width() > column || letter == "\n" {
                return Some(target.start + at);
            }
            used += letter.width();
        }
        Some(target.end)
    }

    /// Draws what is seen.
    pub fn draw(&self, buffer: &Buffer, canvas: &mut Canvas<'_>, (x, y): (u16, u16), role: Role, focus: Focus) {
        let selection = buffer.selection().filter(|_| focus == Focus::Here);
        for (line, row) in self.rows.iter().skip(self.top).take(self.height).enumerate() {
            let y = y.saturating_add(u16::try_from(line).unwrap_or(u16::MAX));
            let mut at = 0;
            for (offset, letter) in buffer
                .text()
                .get(row.clone())
                .unwrap_or_default()
                .grapheme_indices(true)
            {
                let width = letter.width();
                let (start, end) = (at, at + width);
                at = end;
                if width == 0 || end <= self.left || letter == "\n" {
                    continue;
                }
                if end > self.left + self.width {
                    break;
                }
                let role = if selection.as_ref().is_some_and(|s| s.contains(&(row.start + offset))) {
                    Role::Selection
                } else {
                    role
                };
                let cut = start < self.left;
                let column = x.saturating_add(u16::try_from(start.max(self.left) - self.left).unwrap_or(u16::MAX));
                canvas.text(column, y, if cut { " " } else { letter }, role);
            }
        }
        if focus == Focus::Here {
            let row = self.row_of(buffer.cursor());
            let start = self.rows.get(row).map_or(0, |row| row.start.min(buffer.cursor()));
            let column = buffer.text()[start..buffer.cursor()].width().saturating_sub(self.left);
            let column = u16::try_from(column.min(self.width.saturating_sub(1))).unwrap_or(u16::MAX);
            let line = u16::try_from(row.saturating_sub(self.top)).unwrap_or(u16::MAX);
            canvas.set_cursor(x.saturating_add(column), y.saturating_add(line));
        }
    }
}

/// The rows of a text, broken at line ends and between words; a longer word is broken between letters.
fn rows(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut used, mut blank) = (0, 0, None);
    for (at, letter) in text.grapheme_indices(true) {
        let behind = at + letter.len();
        if letter == "\n" {
            out.push(start..behind);
            (start, used, blank) = (behind, 0, None);
            continue;
        }
        if used + letter.width() > width && letter != " " && at > start {
            let cut = blank.unwrap_or(at);
            out.push(start..cut);
            (start, blank) = (cut, None);
            used = text[start..at].width();
        }
        used += letter.width();
        if letter == " " {
            blank = Some(behind);
        }
    }
    out.push(start..text.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_between_words_and_at_line_ends() {
        let text = "thiếu vốn lưu động\nxa chợ";
        let parts: Vec<&str> = rows(text, 10).into_iter().map(|row| &text[row]).collect();
        assert_eq!(parts, ["thiếu vốn ", "lưu động\n", "xa chợ"]);
        assert_eq!(rows("", 5), vec![0..0]);
        assert_eq!(rows("abcdefgh", 3).len(), 3);
        assert_eq!(rows("a\n", 3).len(), 2);
    }

    #[test]
    fn one_line_scrolls_so_that_the_cursor_is_seen() {
        let mut buffer = Buffer::new("Hợp tác xã Dược liệu An Khang");
        let mut view = View::default();
        view.layout(&buffer, 10, 1, Lines::One);
        assert_eq!(view.left, 20);
        buffer.set_cursor(0);
        view.layout(&buffer, 10, 1, Lines::One);
        assert_eq!(view.left, 0);
    }
}
