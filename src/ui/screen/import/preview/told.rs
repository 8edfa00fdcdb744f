//! The tabs above the table and what is said of a row below it.

use super::{ALL, BELOW, MEND, PreviewScreen};
use crate::arrange::Arrange;
use crate::domain::text::Text;
use crate::import::verdict::State;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::form::line_edit::Focus;
use crate::ui::screen::import::shown::{STATES, reasons, state_name, state_role};
use crate::ui::theme::Role;

impl PreviewScreen {
    /// What is to be said about the row, the cell under the cursor first.
    fn about(&self) -> Vec<(String, Role)> {
        let (Some(row), Some(lines)) = (self.row(), self.lines()) else {
            return Vec::new();
        };
        let key = lines.key(self.table.column());
        let mut about: Vec<_> = reasons(row).collect();
        about.arrange_by_key(|reason| reason.field.as_deref() != key);
        let role = state_role(row.verdict.state());
        let mut said: Vec<(String, Role)> = about
            .iter()
            .map(|reason| (reason.text.get(self.lang).to_owned(), role))
            .collect();
        let converted = self
            .cell()
            .is_some_and(|(_, column)| self.list.converted.contains(&(row.line, column)));
        if converted {
            let text = Text::new(
                "Ô này viết ở mã chữ cũ, đã chuyển sang Unicode.",
                "This cell was in an old encoding.",
            );
            said.push((text.get(self.lang).to_owned(), Role::Dim));
        }
        if row.verdict.state() == State::LeftOut && self.list.aside.contains(&row.line) {
            let text = Text::new(
                "Dòng không có số thứ tự: tên nhóm hay chỗ ký. Bấm Space nếu vẫn nhập.",
                "A row without a number: it names a group or signs the list. Space takes it after all.",
            );
            said.push((text.get(self.lang).to_owned(), Role::Dim));
        }
        if row.makes_person() {
            let text = Text::new(
                "Lập hồ sơ của người này, hoặc ghi thêm vào hồ sơ đã có.",
                "A record of this person is made, or added to.",
            );
            said.push((text.get(self.lang).to_owned(), Role::Dim));
        }
        said
    }

    pub(super) fn draw_tabs(&self, canvas: &mut Canvas<'_>) {
        let all = self.seen.as_ref().map_or(0, |seen| seen.plan.rows.len());
        let mut x = 1;
        let states = STATES.into_iter().filter(|state| self.count(*state) > 0);
        for filter in std::iter::once(None).chain(states.map(Some)) {
            let (name, count, role) = match filter {
                None => (ALL, all, Role::Text),
                Some(state) => (state_name(state), self.count(state), state_role(state)),
            };
            let words = format!("{} {count}", name.get(canvas.lang));
            let words = if filter == self.filter {
                format!("[{words}]")
            } else {
                format!(" {words} ")
            };
            x = canvas.text(x, 0, &words, if filter == self.filter { Role::Strong } else { role }) + 1;
        }
    }

    pub(super) fn draw_below(&self, canvas: &mut Canvas<'_>) {
        let y = canvas.height().saturating_sub(BELOW);
        canvas.rule(0, y, canvas.width());
        if let Some(line) = &self.mending {
            let label = self
                .cell()
                .and_then(|(_, column)| self.list.headings.get(column).cloned());
            let x = canvas.text(
                1,
                y + 1,
                &format!("{} {}: ", MEND.get(canvas.lang), label.unwrap_or_default()),
                Role::Strong,
            );
            canvas.shade(x, y + 1, canvas.width().saturating_sub(x + 1), Role::Focus);
            line.draw(canvas, x, y + 1, Role::Focus, Focus::Here);
            return;
        }
        let width = usize::from(canvas.width().saturating_sub(2));
        let lines = self.about().into_iter().flat_map(|(text, role)| {
            let lines = wrap(&text, width);
            lines.into_iter().map(move |line| (line, role))
        });
        for (row, (line, role)) in (1u16..BELOW).zip(lines) {
            canvas.text(1, y + row, &line, role);
        }
    }
}
