//! Where a screen draws: a part of the window, with text that is cut by width and never inside a letter.

use crate::domain::text::Lang;
use crate::ui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A part of the window to draw on. Coordinates count from its own corner; what lies outside is left out.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    /// The colours and signs of this terminal.
    pub theme: &'a Theme,
    /// The language of the interface.
    pub lang: Lang,
    cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// A canvas on a part of a buffer.
    pub fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme, lang: Lang) -> Canvas<'a> {
        let area = area.intersection(buffer.area);
        Canvas {
            buffer,
            area,
            theme,
            lang,
            cursor: None,
        }
    }

    /// Cells across.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Cells down.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// The part of the window.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// The place of the terminal's cursor, in cells of the window, if it was set.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Shows the terminal's cursor here.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        if x < self.area.width && y < self.area.height {
            self.cursor = Some(Position::new(self.area.x + x, self.area.y + y));
        }
    }

    /// A canvas on a part of this one; a cursor set there counts here.
    pub fn within<T>(&mut self, part: Rect, draw: impl FnOnce(&mut Canvas<'_>) -> T) -> T {
        let shifted = Rect {
            x: self.area.x.saturating_add(part.x),
            y: self.area.y.saturating_add(part.y),
            ..part
        };
        let mut inner = Canvas::new(self.buffer, shifted.intersection(self.area), self.theme, self.lang);
        let out = draw(&mut inner);
        let cursor = inner.cursor;
        self.cursor = cursor.or(self.cursor);
        out
    }

    /// Writes text in one line, cut at the canvas' edge; gives the column behind it.
    pub fn text(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.text_in(x, y, self.area.width.saturating_sub(x), text, role)
    }

    /// Writes text into `width` cells, with `…` where it does not fit; gives the column behind the written text.
    pub fn text_in(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let room = width.min(self.area.width.saturating_sub(x));
        if y >= self.area.height || room == 0 {
            return x;
        }
        let text = self.theme.signs.plain(text);
        let cut = fit(&text, usize::from(room), self.theme.signs.ellipsis);
        self.put(x, y, &cut, self.theme.style(role));
        x + u16::try_from(cut.width()).unwrap_or(room)
    }

    /// Writes text that ends before column `end`.
    pub fn text_right(&mut self, end: u16, y: u16, text: &str, role: Role) -> u16 {
        let text = self.theme.signs.plain(text).into_owned();
        let cut = fit(&text, usize::from(end.min(self.area.width)), self.theme.signs.ellipsis);
        let x = end
            .min(self.area.width)
            .saturating_sub(u16::try_from(cut.width()).unwrap_or(u16::MAX));
        if y < self.area.height {
            self.put(x, y, &cut, self.theme.style(role));
        }
        x
    }

    /// Gives the cells of a line part a style, over what is written there.
    pub fn shade(&mut self, x: u16, y: u16, width: u16, role: Role) {
        let part = Rect {
            x: self.area.x + x.min(self.area.width),
            y: self.area.y + y.min(self.area.height),
            width,
            height: 1,
        };
        let part = part.intersection(self.area);
        if role == Role::Selected {
            // Reversed colours would be patches of light in the row: it is of one colour, its words and signs remain.
            let plain = Style::new().fg(Color::Reset).bg(Color::Reset).patch(self.theme.base());
            self.buffer.set_style(part, plain.remove_modifier(Modifier::DIM));
        }
        self.buffer.set_style(part, self.theme.style(role));
    }

    /// Empties the canvas.
    pub fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                self.buffer[(x, y)].reset();
            }
        }
        self.buffer.set_style(self.area, self.theme.base());
    }

    /// A line across, `width` cells long.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let line = self
            .theme
            .signs
            .horizontal
            .repeat(usize::from(width.min(self.area.width.saturating_sub(x))));
        if y < self.area.height {
            self.put(x, y, &line, self.theme.style(Role::Border));
        }
    }

    /// A line down, `height` cells long.
    pub fn rule_down(&mut self, x: u16, y: u16, height: u16) {
        for row in y..y.saturating_add(height).min(self.area.height) {
            if x < self.area.width {
                self.put(x, row, self.theme.signs.vertical, self.theme.style(Role::Border));
            }
        }
    }

    fn put(&mut self, x: u16, y: u16, text: &str, style: Style) {
        self.buffer.set_stringn(
            self.area.x + x,
            self.area.y + y,
            text,
            usize::from(self.area.width.saturating_sub(x)),
            style,
        );
    }
}

/// The text, or as many whole words of it as leave room for `ellipsis` in `width` cells. Where that would give away more
/// than half of the width, a long word is cut, but never inside a letter.
pub fn fit<'t>(text: &'t str, width: usize, ellipsis: &str) -> std::borrow::Cow<'t, str> {
    if text.width() <= width {
        return text.into();
    }
    if ellipsis.width() > width {
        return "".into();
    }
    let room = width - ellipsis.width();
    let (mut used, mut end, mut words) = (0, 0, None);
    for (at, letter) in text.grapheme_indices(true) {
        if matches!(letter, " " | "-") && used * 2 >= width {
            words = Some(at);
        }
        used += letter.width();
        if used > room {
            break;
        }
        end = at + letter.len();
    }
    let kept = text.get(..words.unwrap_or(end)).unwrap_or_default();
    let mut out = kept.trim_end_matches([' ', ',', ';', ':', '·']).to_owned();
    out.push_str(ellipsis);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Theme;

    #[test]
    fn text_is_cut_by_width_and_never_inside_a_letter() {
        assert_eq!(fit("Tổ hợp tác", 20, "…"), "Tổ hợp tác");
        assert_eq!(fit("Tổ hợp tác", 4, "…"), "Tổ…");
        assert_eq!(fit("Nghiêng", 6, "…"), "Nghiê…");
        let decomposed = "To\u{302}\u{309} ho\u{31b}\u{323}p";
        assert_eq!(fit(decomposed, 3, "…"), "To\u{302}\u{309}…");
        assert_eq!(fit("日本語", 4, "…"), "日…");
        assert_eq!(fit("abc", 0, "…"), "");
    }

    #[test]
    fn a_cut_falls_between_words_where_half_of_the_width_remains() {
        assert_eq!(fit("Tổ hợp tác", 9, "…"), "Tổ hợp…");
        assert_eq!(fit("Tổ hợp tác", 8, "…"), "Tổ hợp…");
        assert_eq!(fit("Tổ hợp, tác giả", 11, "…"), "Tổ hợp…");
        assert_eq!(fit("An Nghiêngngả", 9, "…"), "An Nghiê…");
        assert_eq!(fit("Hội LHPN xã", 10, ".."), "Hội LHPN..");
        assert_eq!(fit("2 Woman-managed", 11, "…"), "2 Woman…");
    }

    #[test]
    fn drawing_outside_is_left_out() {
        let theme = Theme::plain();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 3));
        let mut canvas = Canvas::new(&mut buffer, Rect::new(5, 1, 20, 20), &theme, Lang::Vi);
        assert_eq!(canvas.text(2, 0, "abcdef", Role::Text), 5);
        canvas.text(0, 9, "no", Role::Text);
        canvas.text(9, 0, "no", Role::Text);
        canvas.set_cursor(9, 0);
        assert_eq!(canvas.cursor(), None);
        assert_eq!(buffer[(7, 1)].symbol(), "a");
        assert_eq!(buffer[(9, 1)].symbol(), "…");
    }
}
