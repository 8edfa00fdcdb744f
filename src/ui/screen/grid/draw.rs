//! How a grid looks: the rows, the line, and below it whom the line means or what the rows add up to.

use super::GridScreen;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::Focus;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// Rows below the list: the line and three more.
const BELOW: u16 = 4;
/// From this height on a blank row stands above the line.
const ROOMY: u16 = 20;

/// The part of the room that the rows have.
pub fn list_area(area: Rect) -> Rect {
    let blank = u16::from(area.height >= ROOMY);
    Rect {
        height: area.height.saturating_sub(BELOW + blank),
        ..area
    }
}

impl GridScreen {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>) {
        if !self.body.is_there() {
            let said = self.fault.as_ref().map_or("", |said| said.get(canvas.lang));
            canvas.text(1, 1, said, Role::Warning);
            return;
        }
        let area = list_area(Rect::new(0, 0, canvas.width(), canvas.height()));
        let signs = [canvas.theme.signs.yes, canvas.theme.signs.no];
        let view = self.body.view(&self.frame, canvas.lang, signs);
        if view.is_empty() {
            for (y, line) in (1..).zip(self.body.without_rows(canvas.lang)) {
                canvas.text(1, y, line, Role::Dim);
            }
        } else {
            canvas.within(area, |part| self.table.draw(part, &*view));
        }
        let y = canvas.height().saturating_sub(BELOW);
        let x = canvas.text(1, y, &self.body.prompt(&self.frame, canvas.lang), Role::Heading);
        self.body.edit().draw(canvas, x, y, Role::Text, Focus::Here);
        canvas.text(x + 2, y, &self.body.hint(&self.frame, canvas.lang), Role::Dim);
        if self.body.hits().count > 0 {
            self.draw_hits(canvas, y + 1);
            return;
        }
        self.draw_said(canvas, y + 1);
        let [counts, sums] = self.body.totals(canvas.lang);
        canvas.text(1, y + 2, &counts, Role::Strong);
        canvas.text(1, y + 3, &sums, Role::Dim);
    }

    /// What held the save, what is wrong, what is meant, or what was done last.
    fn draw_said(&self, canvas: &mut Canvas<'_>, y: u16) {
        let (alert, lang) = (canvas.theme.signs.alert, canvas.lang);
        let (said, role) = if let Some(doubt) = &self.frame.doubt {
            let row = self.body.row_name(doubt.at, lang);
            (format!("{alert} {row}: {}", doubt.said.get(lang)), Role::Warning)
        } else if let Some(wrong) = self.body.wrong() {
            (format!("{alert} {}", wrong.get(lang)), Role::Error)
        } else if let Some(note) = self.body.note(canvas) {
            note
        } else {
            let said = self.frame.said.as_ref().map_or("", |said| said.get(lang));
            (said.to_owned(), Role::Dim)
        };
        canvas.text(1, y, &said, role);
    }

    fn draw_hits(&self, canvas: &mut Canvas<'_>, y: u16) {
        let hits = self.body.hits();
        let rows = usize::from(BELOW - 1);
        let top = hits.pointer.saturating_sub(rows - 1);
        for (line, at) in (y..).zip((top..hits.count).take(rows)) {
            let (name, detail) = self.body.hit(at, canvas.lang);
            let pointer = if at == hits.pointer {
                canvas.theme.signs.pointer
            } else {
                " "
            };
            let x = canvas.text(1, line, &format!("{pointer} {name}"), Role::Strong);
            canvas.text(x + 2, line, &detail, Role::Dim);
            if at == hits.pointer {
                canvas.shade(0, line, canvas.width(), Role::Selected);
            }
        }
        let edge = canvas.width().saturating_sub(1);
        let [up, down] = canvas.theme.signs.more;
        if top > 0 {
            canvas.text(edge, y, up, Role::Dim);
        }
        if top + rows < hits.count {
            canvas.text(edge, y + BELOW - 2, down, Role::Dim);
        }
    }
}
