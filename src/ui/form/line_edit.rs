//! The line editor: one line or several, with cursor, selection, undo, masks, and Vietnamese typing at work in it.
//!
//! It knows actions, not keys, and answers what became of an input, so that form, pick list, look-up and palette use it
//! alike: what it has no use for goes back to them.

mod moves;

use super::buffer::Buffer;
use super::mask::Mask;
use super::typist::{Typist, Writing};
use super::undo::{Step, Undo};
use super::view::View;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::screen::{Input, TypingPrefs, TypingState};
use crate::ui::theme::Role;
use crate::vietnamese::typing::Edit;

/// One line or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// One: what is pasted has its line ends turned into spaces.
    #[default]
    One,
    /// Several.
    Many,
}

/// What became of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not for the editor.
    Pass,
    /// Only the cursor or the selection moved, or nothing could be done.
    Moved,
    /// The text changed.
    Changed,
    /// The text changed and is complete: the form goes on by itself.
    Full,
    /// Backspace at the start: the form goes back.
    AtStart,
    /// The selected text is to be put on the clipboard.
    Copied(String),
    /// The same, and it was cut out.
    Cut(String),
}

/// A text being typed.
#[derive(Clone, Debug)]
pub struct LineEdit {
    buffer: Buffer,
    undo: Undo,
    typist: Typist,
    mask: Mask,
    lines: Lines,
    max: usize,
    view: View,
}

/// The longest text a field takes, in graphemes, where nothing shorter is said: far below the store's limit.
pub const LONGEST: usize = 8_000;

impl LineEdit {
    /// An editor for one line of Vietnamese text.
    pub fn new() -> LineEdit {
        LineEdit::of(Writing::Words)
    }

    /// An editor for one line of this writing.
    pub fn of(writing: Writing) -> LineEdit {
        LineEdit {
            buffer: Buffer::default(),
            undo: Undo::default(),
            typist: Typist::new(writing),
            mask: Mask::Free,
            lines: Lines::One,
            max: LONGEST,
            view: View::default(),
        }
    }

    /// With a text, the cursor at its end. This is no step to undo.
    pub fn with_text(mut self, text: &str) -> LineEdit {
        self.set_text(text);
        self.undo = Undo::default();
        self
    }

    /// With a shape. Every shape but `Free` is no Vietnamese text.
    pub fn with_mask(mut self, mask: Mask) -> LineEdit {
        self.mask = mask;
        if mask != Mask::Free {
            self.typist = Typist::new(Writing::Plain);
        }
        self
    }

    /// With one line or several.
    pub fn with_lines(mut self, lines: Lines) -> LineEdit {
        self.lines = lines;
        self
    }

    /// With at most so many graphemes.
    pub fn with_max(mut self, max: usize) -> LineEdit {
        self.max = max;
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.buffer.text()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// The text and the cursor.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Whether the cursor stands at the end, where a suggestion may show.
    pub fn at_end(&self) -> bool {
        self.buffer.after().is_empty()
    }

    /// Puts another text in the place of this one, as one step to undo.
    pub fn set_text(&mut self, text: &str) {
        self.undo.note(&self.buffer, Step::Other);
        let whole = 0..self.buffer.text().len();
        let text = self.clean(text);
        self.buffer.replace(whole, &text, self.max);
        self.typist.moved();
    }

    /// What the built-in typing does here for its own part, for [`Heading::typing`](crate::ui::screen::Heading).
    pub fn typing_here(&self) -> TypingState {
        self.typist.here()
    }

    /// What the built-in typing does here as the officer chose.
    pub fn typing(&self, prefs: &TypingPrefs) -> TypingState {
        self.typist.state(prefs)
    }

    /// The field is left: the last word ends. Says whether that changed the text (restored keys, an abbreviation).
    pub fn leave(&mut self, prefs: &TypingPrefs) -> bool {
        let edit = self.typist.end_word(prefs);
        let changed = self.carry_out(&edit, Step::Typing);
        self.undo.close();
        self.buffer.unselect();
        changed
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, prefs: &TypingPrefs) -> Outcome {
        match input {
            Input::Key {
                action: Some(action), ..
            } => self.act(*action, prefs),
            Input::Key { key, action: None } => match key.text() {
                Some(c) => self.type_letter(c, prefs),
                None => Outcome::Pass,
            },
            Input::Paste(text) => self.paste(text),
            _ => Outcome::Pass,
        }
    }

    fn type_letter(&mut self, c: char, prefs: &TypingPrefs) -> Outcome {
        let Some(c) = self.mask.take(c) else {
            return Outcome::Moved;
        };
        if c.is_control() {
            return Outcome::Pass;
        }
        if self.buffer.selection().is_some() {
            self.undo.note(&self.buffer, Step::Other);
            self.buffer.insert("", self.max);
            self.typist.moved();
        }
        let edit = self.typist.key(c, self.buffer.before(), prefs);
        self.carry_out(&edit, Step::Typing);
        if c.is_whitespace() {
            self.undo.close();
        }
        self.check_full()
    }

    /// A full text is written as its shape has it.
    fn check_full(&mut self) -> Outcome {
        if !self.at_end() {
            return Outcome::Changed;
        }
        let Some(written) = self.mask.full(self.text()) else {
            return Outcome::Changed;
        };
        if written != self.text() {
            let whole = 0..self.buffer.text().len();
            self.buffer.replace(whole, &written, self.max.max(written.len()));
        }
        Outcome::Full
    }

    /// Does what the engine wants with the text before the cursor; says whether the text changed.
    fn carry_out(&mut self, edit: &Edit, step: Step) -> bool {
        if edit.is_empty() {
            return false;
        }
        self.undo.note(&self.buffer, step);
        let before = self.buffer.text().len();
        let old = (edit.delete > 0).then(|| self.buffer.text().to_owned());
        if !self.buffer.edit_before(edit.delete, &edit.insert, self.max) {
            // Not all of it had room: the engine's word and the text differ now.
            self.typist.moved();
        }
        self.buffer.text().len() != before || old.is_some_and(|old| old != self.buffer.text())
    }

    fn paste(&mut self, text: &str) -> Outcome {
        let text = self.clean(text);
        let text: String = text.chars().filter_map(|c| self.mask.take(c)).collect();
        self.undo.note(&self.buffer, Step::Other);
        self.buffer.insert(&text, self.max);
        self.typist.moved();
        Outcome::Changed
    }

    /// Text from outside as this field holds it: line ends of one kind or none, no control characters.
    fn clean(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = match self.lines {
            Lines::One => text.trim_matches('\n').replace('\n', " "),
            Lines::Many => text,
        };
        text.replace('\t', " ")
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect()
    }

    fn act(&mut self, action: Action, prefs: &TypingPrefs) -> Outcome {
        match action {
            Action::Left
            | Action::Right
            | Action::WordLeft
            | Action::WordRight
            | Action::LineStart
            | Action::LineEnd => self.walk(action),
            Action::Up | Action::Down if self.lines == Lines::Many => self.climb(action),
            Action::SelectLeft | Action::SelectRight | Action::SelectStart | Action::SelectEnd | Action::SelectAll => {
                self.select(action)
            }
            Action::DeleteBack => self.delete_back(prefs),
            Action::DeleteForward | Action::DeleteWord | Action::DeleteToStart | Action::DeleteToEnd => {
                self.delete(action)
            }
            Action::Copy | Action::Cut => self.take_out(action),
            Action::Undo | Action::Redo => self.go_through_time(action),
            Action::NewLine if self.lines == Lines::Many => {
                let edit = self.typist.end_word(prefs);
                self.carry_out(&edit, Step::Typing);
                self.undo.note(&self.buffer, Step::Other);
                self.buffer.insert("\n", self.max);
                self.typist.moved();
                Outcome::Changed
            }
            Action::RestoreWord => {
                let edit = self.typist.restore(self.buffer.before(), prefs);
                self.undo.close();
                if self.carry_out(&edit, Step::Other) {
                    Outcome::Changed
                } else {
                    Outcome::Moved
                }
            }
            Action::TypingToggle if self.typist.come_back() => Outcome::Moved,
            _ => Outcome::Pass,
        }
    }

    /// What has no step left goes to the form, whose own undo goes on from there.
    fn go_through_time(&mut self, action: Action) -> Outcome {
        let state = if action == Action::Undo {
            self.undo.undo(&self.buffer)
        } else {
            self.undo.redo(&self.buffer)
        };
        self.typist.moved();
        match state {
            Some(state) => {
                self.buffer = state;
                Outcome::Changed
            }
            None => Outcome::Pass,
        }
    }

    /// Takes a suggestion or a chosen value: puts it behind the cursor's text as one step.
    pub fn append(&mut self, text: &str) {
        self.undo.note(&self.buffer, Step::Other);
        let end = self.buffer.text().len();
        let text = self.clean(text);
        self.buffer.replace(end..end, &text, self.max);
        self.typist.moved();
    }

    /// What was typed so far is no longer undone here.
    pub fn forget_steps(&mut self) {
        self.undo = Undo::default();
    }

    /// Selects all, so that the next letter typed replaces it.
    pub fn select_all(&mut self) {
        self.stirred();
        if !self.buffer.is_empty() {
            self.buffer.select_all();
        }
    }

    /// Makes room: brings the cursor into sight in so many cells and rows. Gives the rows the text takes.
    pub fn layout(&mut self, width: u16, height: u16) -> u16 {
        let many = self.lines == Lines::Many;
        self.view
            .layout(&self.buffer, width, if many { height } else { 1 }, self.lines)
    }

    /// The rows that the text takes, as laid out.
    pub fn rows(&self) -> u16 {
        self.view.rows_taken()
    }

    /// Draws the text as laid out; with the terminal's cursor where it has the focus.
    pub fn draw(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, role: Role, focus: Focus) {
        self.view.draw(&self.buffer, canvas, (x, y), role, focus);
    }
}

impl Default for LineEdit {
    fn default() -> Self {
        LineEdit::new()
    }
}

/// Whether a field has the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// It has.
    Here,
    /// Another one has.
    Elsewhere,
}

#[cfg(test)]
mod tests;
