//! A form answered line by line: what a whole line says to the field under the cursor, for a terminal that cannot move a
//! cursor and for a reader of the screen. Checks, defaults, drafts and saving are those of the form.

use super::engine::{Asked, Form, FormCx};
use super::field::Editor;
use super::flow::Walk;
use super::line_edit::LineEdit;
use super::picks::Hit;
use crate::domain::schema::FieldKind;
use crate::ui::action::Action;
use crate::ui::keymap::{Code, Key};
use crate::ui::screen::{Input, TypingPrefs};

/// What a line says.
#[derive(Clone, Debug)]
pub enum Said<'t> {
    /// The field shall be empty.
    Nothing,
    /// Keystrokes, of which the built-in typing makes text.
    Keys(&'t str),
    /// Text as it stands.
    Text(&'t str),
    /// These choices.
    Choices(Vec<Hit>),
}

impl Form {
    /// What can be chosen at the field under the cursor and fits a text; nothing where the field is typed.
    pub fn fitting(&mut self, typed: &str, cx: &FormCx<'_>) -> Vec<Hit> {
        let Form { cells, carried, at, .. } = self;
        let Editor::Choice(chooser) = &mut cells[*at].editor else {
            return Vec::new();
        };
        let mut looking = cx.looking(&mut carried.candidates);
        chooser.fitting(typed, &mut looking)
    }

    /// Writes into the field under the cursor, in the place of what stands there; it is read when the field is left.
    pub fn write(&mut self, said: Said<'_>, cx: &FormCx<'_>) {
        let typing = self.typing_here(cx);
        let Form { cells, carried, at, .. } = self;
        let cell = &mut cells[*at];
        let mut looking = cx.looking(&mut carried.candidates);
        let is_prose = cell.field.kind.is_prose();
        match (said, &mut cell.editor) {
            (Said::Nothing, _) => cell.set(None, cx.read, cx.lang),
            (Said::Choices(hits), Editor::Choice(chooser)) => chooser.choose(hits, &mut looking),
            (Said::Choices(_), Editor::Line(_)) => {}
            (Said::Keys(keys), Editor::Line(line)) if is_prose => press(line, keys, &typing),
            (Said::Keys(text) | Said::Text(text), Editor::Line(line)) => {
                let code = cell.field.kind == FieldKind::Code;
                line.set_text(&if code { text.to_uppercase() } else { text.to_owned() });
            }
            (Said::Keys(keys), Editor::Choice(chooser)) => {
                chooser.choose(Vec::new(), &mut looking);
                press(chooser.query_mut(), keys, &typing);
            }
            (Said::Text(text), Editor::Choice(chooser)) => {
                chooser.choose(Vec::new(), &mut looking);
                chooser.query_mut().set_text(text);
            }
        }
        self.touched(cx);
    }

    /// Leaves the field under the cursor and goes on as Enter does.
    pub fn go_on(&mut self, cx: &FormCx<'_>) -> Asked {
        let typing = self.typing_here(cx);
        self.forward(Walk::Enter, &FormCx { typing: &typing, ..*cx })
    }

    /// Leaves the field under the cursor for another one.
    pub fn go_to_cell(&mut self, at: usize, cx: &FormCx<'_>) -> Asked {
        self.go_to(at.min(self.cells.len() - 1), cx)
    }

    /// Does what the key of an action would do here.
    pub fn order(&mut self, action: Action, cx: &FormCx<'_>) -> Asked {
        let input = Input::Key {
            key: Key::plain(Code::Enter),
            action: Some(action),
        };
        self.update(&input, cx)
    }

    /// The typing of the field under the cursor.
    fn typing_here(&mut self, cx: &FormCx<'_>) -> TypingPrefs {
        if self.names_something() {
            self.spelled_out(cx.typing)
        } else {
            cx.typing.clone()
        }
    }
}

/// Presses the key of each letter in an empty line.
pub fn press(line: &mut LineEdit, keys: &str, typing: &TypingPrefs) {
    line.set_text("");
    for letter in keys.chars() {
        let (code, action) = match letter {
            '\n' => (Code::Enter, Some(Action::NewLine)),
            letter => (Code::Char(letter), None),
        };
        let key = Key::plain(code);
        line.update(&Input::Key { key, action }, typing);
    }
}
