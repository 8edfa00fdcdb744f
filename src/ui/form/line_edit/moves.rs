//! Going about in a text, selecting and taking out: what needs no typing method.

use super::{LineEdit, Outcome};
use crate::ui::action::Action;
use crate::ui::form::undo::Step;
use crate::ui::screen::TypingPrefs;

impl LineEdit {
    pub(super) fn stirred(&mut self) {
        self.undo.close();
        self.typist.moved();
    }

    pub(super) fn walk(&mut self, action: Action) -> Outcome {
        let selected = self.buffer.selection();
        let to = match (action, selected) {
            // A selection is left at the side one goes to.
            (Action::Left, Some(range)) => Some(range.start),
            (Action::Right, Some(range)) => Some(range.end),
            (Action::Left, None) => self.buffer.left_of(self.buffer.cursor()),
            (Action::Right, None) => self.buffer.right_of(self.buffer.cursor()),
            (Action::WordLeft, _) => Some(self.buffer.word_left()),
            (Action::WordRight, _) => Some(self.buffer.word_right()),
            (Action::LineStart, _) => Some(self.buffer.line_start()),
            _ => Some(self.buffer.line_end()),
        };
        self.buffer.unselect();
        self.stirred();
        match to {
            Some(to) => {
                self.buffer.set_cursor(to);
                Outcome::Moved
            }
            // At the end a form may have a suggestion to take, or a grid another cell.
            None => Outcome::Pass,
        }
    }

    pub(super) fn climb(&mut self, action: Action) -> Outcome {
        match self.view.climb(&self.buffer, action == Action::Up) {
            Some(to) => {
                self.buffer.unselect();
                self.buffer.set_cursor(to);
                self.stirred();
                Outcome::Moved
            }
            None => Outcome::Pass,
        }
    }

    pub(super) fn select(&mut self, action: Action) -> Outcome {
        self.stirred();
        if action == Action::SelectAll {
            self.buffer.select_all();
            return Outcome::Moved;
        }
        self.buffer.select_from_here();
        let to = match action {
            Action::SelectLeft => self.buffer.left_of(self.buffer.cursor()),
            Action::SelectRight => self.buffer.right_of(self.buffer.cursor()),
            Action::SelectStart => Some(self.buffer.line_start()),
            _ => Some(self.buffer.line_end()),
        };
        if let Some(to) = to {
            self.buffer.set_cursor(to);
        }
        Outcome::Moved
    }

    pub(super) fn delete_back(&mut self, prefs: &TypingPrefs) -> Outcome {
        if let Some(range) = self.buffer.selection() {
            return self.remove(range, Step::Other);
        }
        if self.buffer.cursor() == 0 {
            return Outcome::AtStart;
        }
        let edit = self.typist.backspace(self.buffer.before(), prefs);
        self.carry_out(&edit, Step::Deleting);
        Outcome::Changed
    }

    pub(super) fn delete(&mut self, action: Action) -> Outcome {
        let cursor = self.buffer.cursor();
        let range = self.buffer.selection().unwrap_or_else(|| match action {
            Action::DeleteForward => cursor..self.buffer.right_of(cursor).unwrap_or(cursor),
            Action::DeleteWord => self.buffer.word_left()..cursor,
            Action::DeleteToStart => self.buffer.line_start()..cursor,
            _ => cursor..self.buffer.line_end(),
        });
        let step = if action == Action::DeleteForward {
            Step::Deleting
        } else {
            Step::Other
        };
        self.remove(range, step)
    }

    fn remove(&mut self, range: std::ops::Range<usize>, step: Step) -> Outcome {
        if range.is_empty() {
            return Outcome::Moved;
        }
        self.undo.note(&self.buffer, step);
        self.buffer.delete(range);
        self.typist.moved();
        Outcome::Changed
    }

    pub(super) fn take_out(&mut self, action: Action) -> Outcome {
        let text = self.buffer.selected().to_owned();
        match (self.buffer.selection(), action) {
            (None, _) => Outcome::Pass,
            (Some(range), Action::Cut) => {
                self.remove(range, Step::Other);
                Outcome::Cut(text)
            }
            _ => Outcome::Copied(text),
        }
    }
}
