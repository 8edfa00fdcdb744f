//! The form engine: the fields of one record (and of what it brings along), a cursor among them, and what an input does.
//!
//! It answers what is to happen ([`Asked`]) and does nothing outside itself: saving, drafts and other screens are its
//! owner's. What it knows of the store it reads through [`FormCx`] when an input comes.

mod making;
mod offered;
mod taking;

use super::chooser::Looking;
use super::ditto::Beside;
use super::field::{Cell, Content, Editor};
use super::flow::Jump;
use super::line_edit::LineEdit;
use super::picks::Hit;
use super::references::Candidates;
use super::steps::{FormStep, Steps};
use super::suggest::Suggestions;
use crate::domain::entry::Entry;
use crate::domain::finding::Finding;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::Read;
use crate::ui::names::Names;
use crate::ui::screen::TypingPrefs;
use crate::vietnamese::typing::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the form may ask while it works.
pub struct FormCx<'a> {
    /// The records.
    pub read: &'a dyn Read,
    /// The list of names that references are found in.
    pub names: &'a Names,
    /// The built-in typing.
    pub typing: &'a TypingPrefs,
    /// The language.
    pub lang: Lang,
    /// The configured officer's name.
    pub officer: &'a str,
}

impl FormCx<'_> {
    /// The same as a chooser asks it, with the lists already read.
    pub fn looking<'l>(&'l self, candidates: &'l mut Candidates) -> Looking<'l> {
        Looking {
            read: self.read,
            names: self.names,
            candidates,
            typing: self.typing,
            lang: self.lang,
        }
    }
}

/// What is to happen after an input.
#[derive(Debug)]
pub enum Asked {
    /// The input was not for the form.
    Pass,
    /// Nothing outside.
    Nothing,
    /// A field was left: the draft is to be kept.
    Left,
    /// These records are to be saved in one transaction, in this order.
    Save(Vec<Entry>),
    /// A record of this kind is to be created, and [`Form::answer`] called with it.
    Create {
        /// Its kind.
        kind: &'static str,
        /// The name typed so far.
        name: String,
    },
    /// That record is to be opened instead of this one.
    Open(&'static str, Id),
    /// Text for the clipboard.
    Copy(String),
    /// Step back.
    Back,
}

/// One record that the form writes: its own, or one that it brings along.
#[derive(Clone, Debug)]
pub struct Part {
    /// The record, with what the cells do not show.
    pub entry: Entry,
    /// The record as it stands in the store.
    pub before: Option<Entry>,
}

/// Whether the further fields are on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blocks {
    /// Only the main path.
    #[default]
    Closed,
    /// All fields.
    Open,
}

/// What has the keys.
#[derive(Clone, Debug, Default)]
pub enum Mode {
    /// The field under the cursor.
    #[default]
    Fields,
    /// Going to a field by name.
    Jump(Jump),
    /// A note on the field.
    Note(LineEdit),
}

/// What goes on to the next record of the same kind.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// The record saved last.
    pub last: Option<Entry>,
    /// Fields that were given by default and changed by hand in it: they are stopped at again.
    pub by_hand: BTreeSet<&'static str>,
    /// Lists already read.
    pub candidates: Candidates,
    /// Texts typed before.
    pub suggestions: Suggestions,
}

/// A form.
pub struct Form {
    pub(super) kind: &'static dyn Kind,
    pub(super) parts: Vec<Part>,
    pub(super) cells: Vec<Cell>,
    pub(super) at: usize,
    pub(super) entered: Content,
    pub(super) blocks: Blocks,
    pub(super) mode: Mode,
    pub(super) beside: Option<Beside>,
    pub(super) carried: Carried,
    pub(super) defaults: BTreeSet<&'static str>,
    /// What checking found, by part.
    pub(super) findings: Vec<(usize, Finding)>,
    /// The record as it would be saved: for values that are filled in by the program.
    pub(super) completed: Option<Entry>,
    /// What saving would cause in other records, counted by kind.
    pub(super) causes: BTreeMap<&'static str, usize>,
    /// Warnings accepted, by part.
    pub(super) accepted: BTreeSet<(usize, String)>,
    /// The cell whose doubts were shown once: leaving it again goes on.
    pub(super) warned: Option<usize>,
    /// Saving waits for doubts to be accepted.
    pub(super) saving: bool,
    /// Saving was tried, or what is open asked for: missing fields are told.
    pub(super) refused: bool,
    pub(super) alike: Vec<Hit>,
    pub(super) steps: Steps,
    pub(super) dirty: bool,
    /// The cursor came here by itself from this cell, so that Backspace goes back to it.
    pub(super) advanced: Option<usize>,
    /// Typing without abbreviations, and the settings it was made from.
    spelled: Option<(Arc<Settings>, Arc<Settings>)>,
}

impl Form {
    /// The kind of record.
    pub fn kind(&self) -> &'static dyn Kind {
        self.kind
    }

    /// The id of the form's own record.
    pub fn id(&self) -> Id {
        self.parts[0].entry.id
    }

    /// Whether the record is not in the store yet.
    pub fn is_new(&self) -> bool {
        self.parts[0].before.is_none()
    }

    /// Whether something was typed that is not saved.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The cells, in the order of the form.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The same, to lay out their editors.
    pub fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// The cell with the cursor.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What has the keys.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// The same, to lay out what is typed there.
    pub fn mode_mut(&mut self) -> &mut Mode {
        &mut self.mode
    }

    /// Nothing is to be kept any more: the record was saved.
    pub fn forget(&mut self) {
        self.dirty = false;
    }

    /// Whether the further fields are shown.
    pub fn blocks(&self) -> Blocks {
        self.blocks
    }

    /// Earlier values to show beside these.
    pub fn beside(&self) -> Option<&Beside> {
        self.beside.as_ref()
    }

    /// Records that may be the one being entered.
    pub fn alike(&self) -> &[Hit] {
        &self.alike
    }

    /// The value that the program would fill in where a cell is empty.
    pub fn ghost(&self, cell: &Cell) -> Option<&Value> {
        let completed = self.completed.as_ref().filter(|_| cell.part == 0 && cell.is_empty())?;
        completed.get(cell.key())
    }

    /// What saving would cause in other records, counted by kind.
    pub fn causes(&self) -> &BTreeMap<&'static str, usize> {
        &self.causes
    }

    /// Whether choices are open, so that Enter takes one and arrows move among them.
    pub fn is_choosing(&self) -> bool {
        match (&self.mode, &self.cells[self.at].editor) {
            (Mode::Jump(_), _) => true,
            (Mode::Fields, Editor::Choice(chooser)) => chooser.is_open(),
            _ => false,
        }
    }

    /// The value of a cell by its key, in the form's own record.
    pub fn value(&self, key: &str) -> Option<&Value> {
        let cell = self.cells.iter().find(|cell| cell.part == 0 && cell.key() == key)?;
        cell.value()
    }

    /// The record as it stands in the cells.
    pub fn entry(&self, part: usize) -> Entry {
        let mut entry = self.parts[part].entry.clone();
        for cell in self.cells.iter().filter(|cell| cell.part == part) {
            entry.set(cell.key(), cell.value().cloned());
        }
        self.name_director(part, &mut entry);
        entry
    }

    /// Notes what changed in some cells, as one step to undo.
    pub(super) fn note_step(&mut self, before: Vec<(usize, Content)>) {
        let step = |(cell, before): (usize, Content)| FormStep {
            cell,
            before,
            after: self.cells[cell].content(),
        };
        let changes: Vec<FormStep> = before.into_iter().map(step).collect();
        self.steps.note(changes);
    }

    /// Where the officer is, for the top line: the cooperative, the title.
    pub fn title(&self, read: &dyn Read) -> String {
        let entry = self.entry(0);
        match self.value("cooperative") {
            Some(Value::Id(id)) => {
                let name = crate::domain::known::name_of(read.known(), "cooperative", Some(*id));
                let code = read.record("cooperative", *id);
                match code.as_ref().and_then(|entry| entry.text("code")) {
                    Some(code) => format!("{name} ({code})"),
                    None => name,
                }
            }
            _ if self.is_new() => String::new(),
            _ => self.kind.title(&entry, read.known()),
        }
    }

    /// What is to be known at the field under the cursor.
    pub fn hint(&self) -> Message {
        self.cells[self.at].field.hint.into()
    }
}
