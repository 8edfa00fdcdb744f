//! The frame of every popup: centred, titled, cleared inside.

use crate::ui::canvas::fit;
use crate::ui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Cells that the frame and its margin take on both sides together, across and down.
const FRAME: (u16, u16) = (4, 2);

/// The most rows that a popup asks for; it gets what the window has.
pub const TALLEST: u16 = 20;

/// Draws the frame for `size` cells of content in the middle of `area`, as far as that has room, and gives the inside.
pub fn frame(buffer: &mut Buffer, area: Rect, size: (u16, u16), title: &str, theme: &Theme) -> Rect {
    let area = area.intersection(buffer.area);
    let width = size.0.saturating_add(FRAME.0).min(area.width);
    let height = size.1.saturating_add(FRAME.1).min(area.height);
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    for y in outer.top()..outer.bottom() {
        for x in outer.left()..outer.right() {
            buffer[(x, y)].reset();
        }
    }
    buffer.set_style(outer, theme.base());
    if width < FRAME.0 || height < FRAME.1 {
        return Rect {
            width: 0,
            height: 0,
            ..outer
        };
    }
    let signs = &theme.signs;
    let style = theme.style(Role::Border);
    let [top_left, top_right, bottom_left, bottom_right] = signs.corners;
    let across = signs.horizontal.repeat(usize::from(width - 2));
    buffer.set_string(outer.x, outer.y, format!("{top_left}{across}{top_right}"), style);
    buffer.set_string(
        outer.x,
        outer.bottom() - 1,
        format!("{bottom_left}{across}{bottom_right}"),
        style,
    );
    for y in outer.top() + 1..outer.bottom() - 1 {
        buffer.set_string(outer.x, y, signs.vertical, style);
        buffer.set_string(outer.right() - 1, y, signs.vertical, style);
    }
    let title = signs.plain(title);
    let title = fit(&title, usize::from(width.saturating_sub(6)), signs.ellipsis);
    if title.width() > 0 {
        buffer.set_string(outer.x + 2, outer.y, format!(" {title} "), theme.style(Role::Strong));
    }
    Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: width - FRAME.0,
        height: height - FRAME.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_popup_is_centred_and_gives_the_room_inside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 7));
        let inside = frame(&mut buffer, Rect::new(0, 0, 20, 7), (10, 3), "Chọn", &Theme::plain());
        assert_eq!(inside, Rect::new(5, 2, 10, 3));
        let row: String = (0..20).map(|x| buffer[(x, 1)].symbol()).collect();
        assert_eq!(row, "   ┌─ Chọn ─────┐   ");
    }

    #[test]
    fn a_popup_larger_than_the_window_takes_what_there_is() {
        for width in 0..12 {
            for height in 0..6 {
                let area = Rect::new(0, 0, width, height);
                let mut buffer = Buffer::empty(area);
                let inside = frame(&mut buffer, area, (30, 30), "Danh sách", &Theme::plain());
                assert_eq!(inside.intersection(area), inside);
            }
        }
    }
}
