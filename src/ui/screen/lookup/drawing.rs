//! The look-up as it is seen: what is typed above, the hits, the card beside them or below.

use ratatui::layout::Rect;

use super::Lookup;
use crate::domain::text::Text;
use crate::search::Hit;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::Focus;
use crate::ui::theme::Role;

/// From this width on the card stands beside the list, below it otherwise.
const BESIDE: u16 = 76;
/// Rows of the list where the card stands below.
const ROWS_ABOVE: u16 = 5;
/// The widest list.
const WIDEST: u16 = 56;
/// The widest card: further apart, a figure is no longer seen with its day.
const WIDEST_CARD: u16 = 72;
/// Cells of a code.
const CODE: u16 = 7;

const PROMPT: Text = Text::new("Tra cứu:", "Look up:");
const IN_TEXTS: Text = Text::new("Tìm trong ghi chú:", "Search in notes:");
const NOTHING: Text = Text::new(
    "Không tìm thấy. ^T để tìm trong ghi chú.",
    "Nothing found. ^T searches in notes.",
);
const NOTHING_IN_TEXTS: Text = Text::new("Không có trong ghi chú nào.", "In no note.");
const ENTER: Text = Text::new("Enter để tìm trong mọi ghi chú.", "Enter searches all notes.");
const HINT: [Text; 4] = [
    Text::new(
        "Gõ mã (7), tên không dấu (an kh),",
        "Type a code (7), a name without tones (an kh),",
    ),
    Text::new(
        "chữ cái đầu (hkl), tên người quản lý,",
        "initials (hkl), a manager's name,",
    ),
    Text::new(
        "mấy số điện thoại, mã số thuế,",
        "some digits of a telephone, a tax code,",
    ),
    Text::new("xã hoặc sản phẩm.", "a commune or a product."),
];

impl Lookup {
    pub(super) fn place(&mut self, area: Rect) {
        let prompt = self.prompt_width();
        self.query.layout(area.width.saturating_sub(prompt + 1), 1);
        let (width, height) = (area.width, area.height.saturating_sub(2));
        let top = 2;
        let (list, card) = if width >= BESIDE {
            let wide = (width * 9 / 20).min(WIDEST);
            let list = Rect::new(0, top, wide, height);
            (
                list,
                Rect::new(wide + 2, top, width.saturating_sub(wide + 3).min(WIDEST_CARD), height),
            )
        } else {
            let list = Rect::new(0, top, width, ROWS_ABOVE.min(height));
            let below = top + ROWS_ABOVE + 1;
            (
                list,
                Rect::new(1, below, width.saturating_sub(2), area.height.saturating_sub(below)),
            )
        };
        self.list = list;
        self.origin = (area.x, area.y);
        self.card.layout(card);
        self.keep_in_sight();
    }

    fn prompt(&self) -> Text {
        if self.in_texts().is_some() { IN_TEXTS } else { PROMPT }
    }

    fn prompt_width(&self) -> u16 {
        use unicode_width::UnicodeWidthStr;
        u16::try_from(self.prompt().get(self.lang).width() + 2).unwrap_or(u16::MAX)
    }

    pub(super) fn draw_on(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        canvas.text(1, 0, self.prompt().get(lang), Role::Dim);
        self.query
            .draw(canvas, self.prompt_width(), 0, Role::Focus, Focus::Here);
        canvas.rule(0, 1, canvas.width());
        if self.hits.is_empty() {
            self.draw_hint(canvas);
            return;
        }
        let beside = canvas.width() >= BESIDE;
        if beside {
            canvas.rule_down(self.list.width, self.list.y, self.list.height);
        } else {
            canvas.rule(0, self.list.y + ROWS_ABOVE, canvas.width());
        }
        canvas.within(self.list, |canvas| {
            let in_sight = self.hits.iter().enumerate().skip(self.top);
            for (y, (place, hit)) in (0..canvas.height()).zip(in_sight) {
                self.draw_hit(canvas, y, hit, place == self.at);
            }
        });
        self.card.draw(canvas);
    }

    fn draw_hit(&self, canvas: &mut Canvas<'_>, y: u16, hit: &Hit, chosen: bool) {
        let width = canvas.width();
        if chosen {
            canvas.text(0, y, canvas.theme.signs.pointer, Role::Key);
        }
        let code = hit.code.as_deref().unwrap_or_default();
        let end = canvas.text(1, y, code, Role::Dim).max(CODE + 1) + 1;
        let after = canvas.text_in(end, y, width.saturating_sub(end), &hit.title, Role::Text);
        if self.searched && after + 2 < width {
            canvas.text_in(after + 2, y, width.saturating_sub(after + 2), &hit.detail, Role::Dim);
        }
        if chosen {
            canvas.shade(1, y, width.saturating_sub(1), Role::Selected);
        }
    }

    /// What can be typed, or that nothing was found.
    fn draw_hint(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        if self.owed {
            return;
        }
        let lines: &[Text] = match (self.in_texts(), self.query.text().trim().is_empty()) {
            (Some(_), _) if self.searched => &[NOTHING_IN_TEXTS],
            (Some(_), _) => &[ENTER],
            (None, true) => &HINT,
            (None, false) => &[NOTHING],
        };
        for (y, line) in (self.list.y..).zip(lines) {
            canvas.text(1, y, line.get(lang), Role::Dim);
        }
    }
}
