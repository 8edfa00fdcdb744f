//! A cell mended in place: the file stays as it is.

use std::sync::Arc;

use super::PreviewScreen;
use crate::import::file::Raw;
use crate::import::mapping::Target;
use crate::ui::action::Action;
use crate::ui::form::line_edit::{LineEdit, Outcome as Edited};
use crate::ui::form::typist::Writing;
use crate::ui::screen::import::shown::{BEFORE, raw_text, reasons};
use crate::ui::screen::{Command, Cx, Input};

impl PreviewScreen {
    /// The cell under the cursor: its row in the list and its column in the file.
    pub(super) fn cell(&self) -> Option<(usize, usize)> {
        let line = self.row()?.line;
        let at = self.list.rows.iter().position(|(other, _)| *other == line)?;
        let column = *self.columns.get(self.table.column().checked_sub(BEFORE)?)?;
        Some((at, column))
    }

    pub(super) fn mend(&mut self) {
        let Some((at, column)) = self.cell() else {
            // The columns before are not the file's: to the one at fault, else to the first that is.
            self.table.choose(BEFORE + self.fault_column().unwrap_or(0));
            return;
        };
        let text = self.list.rows[at].1.get(column).map(raw_text).unwrap_or_default();
        let prose = match self.list.targets.get(column).copied().flatten() {
            Some(Target::Field(field) | Target::Person(field)) => field.kind.is_prose(),
            _ => false,
        };
        let line = if prose {
            LineEdit::new()
        } else {
            LineEdit::of(Writing::Plain)
        };
        self.mending = Some(line.with_text(&text));
    }

    /// The first column of the row under the cursor with a reason.
    fn fault_column(&self) -> Option<usize> {
        let row = self.row()?;
        let at_fault = |key: &&str| reasons(row).any(|reason| reason.field.as_deref() == Some(key));
        self.keys().iter().position(at_fault)
    }

    pub(super) fn mend_input(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let Some(line) = &mut self.mending else {
            return Vec::new();
        };
        match input.action() {
            Some(Action::Back) => self.mending = None,
            Some(Action::Accept | Action::Save) => {
                line.leave(&cx.prefs.typing);
                let text = line.text().trim().to_owned();
                self.mending = None;
                return self.mended(&text, cx);
            }
            _ => match line.update(input, &cx.prefs.typing) {
                Edited::Pass => return vec![Command::Pass],
                Edited::Copied(text) | Edited::Cut(text) => return vec![Command::Copy(text)],
                _ => {}
            },
        }
        Vec::new()
    }

    fn mended(&mut self, text: &str, cx: &Cx<'_>) -> Vec<Command> {
        let Some((at, column)) = self.cell() else {
            return Vec::new();
        };
        let cells = &mut Arc::make_mut(&mut self.list).rows[at].1;
        if cells.len() <= column {
            cells.resize(column + 1, Raw::Empty);
        }
        cells[column] = Raw::text(text);
        self.judge(cx)
    }
}
