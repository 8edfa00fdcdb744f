//! What an input does in a form: it goes to what is typed there (a jump, a note), else to the form as a whole, else to the
//! field under the cursor; what the field has no use for moves the cursor or steps back.

use super::{Asked, Form, FormCx, Mode};
use crate::domain::schema::FieldKind;
use crate::ui::action::Action;
use crate::ui::form::chooser::Chose;
use crate::ui::form::field::{Editor, Filled, Missing};
use crate::ui::form::flow::Walk;
use crate::ui::form::line_edit::Outcome;
use crate::ui::keymap::{Code, Key};
use crate::ui::screen::{Input, TypingPrefs};
use std::sync::Arc;

impl Form {
    /// Takes an input.
    pub fn update(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        if !self.names_something() {
            return self.take(input, cx);
        }
        let typing = self.spelled_out(cx.typing);
        self.take(input, &FormCx { typing: &typing, ..*cx })
    }

    /// Whether the cursor stands in a name: "HTX" and initials there are no abbreviations.
    pub(in crate::ui::form) fn names_something(&self) -> bool {
        let cell = &self.cells[self.at];
        let kind = crate::domain::record::kind(self.parts[cell.part].entry.kind);
        cell.field.kind == FieldKind::Name || kind.and_then(|kind| kind.name_field()) == Some(cell.key())
    }

    /// The typing as chosen, without abbreviations; the same one as long as the choice stands.
    pub(in crate::ui::form) fn spelled_out(&mut self, typing: &TypingPrefs) -> TypingPrefs {
        let known = self
            .spelled
            .as_ref()
            .filter(|(of, _)| Arc::ptr_eq(of, &typing.settings));
        let settings = known.map(|(_, without)| Arc::clone(without));
        let settings = settings.unwrap_or_else(|| {
            let without = typing.spelled_out().settings;
            self.spelled = Some((Arc::clone(&typing.settings), Arc::clone(&without)));
            without
        });
        TypingPrefs {
            settings,
            ..typing.clone()
        }
    }

    fn take(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let advanced = std::mem::take(&mut self.advanced);
        match &self.mode {
            Mode::Jump(_) => return self.jump_input(input, cx),
            Mode::Note(_) => return self.note_input(input, cx),
            Mode::Fields => {}
        }
        let action = input.action();
        if advanced.is_some() && self.is_habit(input) {
            return Asked::Nothing;
        }
        if let (Some(from), Some(Action::DeleteBack)) = (advanced, action) {
            return self.go_to(from, cx);
        }
        if let Some(asked) = action.and_then(|action| self.command(action, cx)) {
            return asked;
        }
        if let Some(asked) = self.climb(input, cx) {
            return asked;
        }
        match self.cells[self.at].editor {
            Editor::Line(_) => self.line_input(input, cx),
            Editor::Choice(_) => self.choice_input(input, cx),
        }
    }

    /// Enter pressed out of habit behind a field that went on by itself: it would pass over one that must be filled.
    fn is_habit(&self, input: &Input) -> bool {
        let enter = matches!(input, Input::Key { key, .. } if key.code == crate::ui::keymap::Code::Enter);
        let cell = &self.cells[self.at];
        enter && cell.field.is_required() && cell.is_empty()
    }

    /// What is not for the field under the cursor.
    fn command(&mut self, action: Action, cx: &FormCx<'_>) -> Option<Asked> {
        Some(match action {
            Action::Save => self.save(cx),
            Action::First => self.go_to(self.first_stop(Walk::Arrow), cx),
            Action::Last => self.go_to(self.last_stop(), cx),
            Action::DittoField => self.ditto_field(cx),
            Action::DittoRecord => self.ditto_record(cx),
            Action::AcceptWarning => self.accept_here(cx),
            Action::FieldNote => self.open_note(),
            Action::MarkUnknown => self.mark(Missing::Unknown, cx),
            Action::MarkNotApplicable => self.mark(Missing::NotApplicable, cx),
            Action::Summary => self.open_summary(cx),
            Action::BlockToggle => self.toggle_blocks(cx),
            Action::GoField => self.open_jump(cx.lang),
            Action::OpenThat => self.open_that(),
            Action::Create => self.create(),
            Action::AcceptSuggestion => self.take_suggestion(),
            _ => return None,
        })
    }

    /// Arrows inside a text of several rows, before they leave the field.
    fn climb(&mut self, input: &Input, cx: &FormCx<'_>) -> Option<Asked> {
        let Input::Key { key, .. } = input else { return None };
        let action = match key.code {
            Code::Up => Action::Up,
            Code::Down => Action::Down,
            _ => return None,
        };
        let cell = &mut self.cells[self.at];
        let Editor::Line(line) = &mut cell.editor else {
            return None;
        };
        if cell.field.kind != FieldKind::Lines {
            return None;
        }
        let climbing = Input::Key {
            key: Key::plain(key.code),
            action: Some(action),
        };
        (line.update(&climbing, cx.typing) == Outcome::Moved).then_some(Asked::Nothing)
    }

    fn line_input(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let Editor::Line(line) = &mut self.cells[self.at].editor else {
            return Asked::Pass;
        };
        match line.update(input, cx.typing) {
            Outcome::Pass => self.unused(input, cx),
            Outcome::Moved => Asked::Nothing,
            Outcome::Changed => {
                self.touched(cx);
                Asked::Nothing
            }
            Outcome::Full => {
                self.touched(cx);
                let from = self.at;
                let asked = self.forward(Walk::Enter, cx);
                self.advanced = matches!(asked, Asked::Left).then_some(from);
                asked
            }
            Outcome::AtStart => self.back(cx),
            Outcome::Copied(text) => Asked::Copy(text),
            Outcome::Cut(text) => {
                self.touched(cx);
                Asked::Copy(text)
            }
        }
    }

    fn choice_input(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let Form { cells, carried, at, .. } = self;
        let Editor::Choice(chooser) = &mut cells[*at].editor else {
            return Asked::Pass;
        };
        let mut looking = cx.looking(&mut carried.candidates);
        match chooser.update(input, &mut looking) {
            Chose::Pass => self.unused(input, cx),
            Chose::Stirred => {
                self.cells[self.at].fault = None;
                Asked::Nothing
            }
            Chose::Changed => {
                self.touched(cx);
                Asked::Nothing
            }
            Chose::Done => {
                self.touched(cx);
                let from = self.at;
                let asked = self.forward(Walk::Enter, cx);
                self.advanced = (input.typed().is_some() && matches!(asked, Asked::Left)).then_some(from);
                asked
            }
            Chose::AtStart => self.back(cx),
        }
    }

    /// What the field had no use for.
    fn unused(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let by_arrow = matches!(input, Input::Key { key, .. } if key.code == Code::Down);
        match input.action() {
            Some(Action::NextField | Action::Accept) if by_arrow => self.forward(Walk::Arrow, cx),
            Some(Action::NextField | Action::Accept) => self.forward(Walk::Enter, cx),
            Some(Action::PreviousField) => self.back(cx),
            Some(Action::Right) => self.take_suggestion(),
            Some(Action::Undo) => self.go_through_time(Action::Undo, cx),
            Some(Action::Redo) => self.go_through_time(Action::Redo, cx),
            Some(Action::Back) => Asked::Back,
            _ => Asked::Pass,
        }
    }

    /// The field under the cursor was typed into.
    pub(in crate::ui::form) fn touched(&mut self, cx: &FormCx<'_>) {
        let cell = &mut self.cells[self.at];
        cell.filled = Filled::ByHand;
        cell.fault = None;
        cell.missing = None;
        self.dirty = true;
        self.saving = false;
        self.warned = None;
        self.look_alike(cx);
    }

    /// Undo and redo where the field has no step left.
    fn go_through_time(&mut self, action: Action, cx: &FormCx<'_>) -> Asked {
        let step = match action {
            Action::Undo => self.steps.undo(),
            _ => self.steps.redo(),
        };
        let Some(changes) = step else {
            // An untouched form lets the last save be taken back.
            return if self.dirty { Asked::Nothing } else { Asked::Pass };
        };
        for change in &changes {
            let content = if action == Action::Undo {
                &change.before
            } else {
                &change.after
            };
            self.cells[change.cell].restore(content, cx.read, cx.lang);
        }
        if let Some(first) = changes.first() {
            self.at = first.cell;
        }
        self.look_beside(cx);
        self.recheck(cx);
        self.come_in(cx);
        Asked::Left
    }
}
