//! Checking a form: each field when it is left, everything when it is saved. Errors hold; doubts are shown once and then
//! let through, and saving asks for them; one key accepts them, and the acceptance is kept with the record. Notes on
//! fields and marks of missing values live here too, for they are kept the same way.

use super::engine::{Asked, Form, FormCx, Mode};
use super::field::{Cell, Missing};
use super::flow::Walk;
use super::line_edit::LineEdit;
use super::opening;
use crate::domain::check;
use crate::domain::entry::{ACCEPTED, Entry, FIELD_NOTES, MISSING};
use crate::domain::finding::{Finding, Level};
use crate::domain::record::{Change, kind};
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::ui::action::Action;
use crate::ui::screen::{Input, Tone};
use serde_json::{Map, Value as Json};

/// Something to be read at a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// How it is meant.
    pub tone: Tone,
    /// The words.
    pub said: Message,
}

impl Form {
    /// Checks all records of the form as they would be saved.
    pub(super) fn recheck(&mut self, cx: &FormCx<'_>) {
        self.findings.clear();
        self.causes.clear();
        for part in 0..self.parts.len() {
            if part > 0 && !self.is_filled(part) {
                continue;
            }
            let Some(kind) = kind(self.parts[part].entry.kind) else {
                continue;
            };
            let mut entry = self.marked(part);
            let before = self.parts[part].before.as_ref();
            kind.complete(&mut entry, before, cx.read.known());
            let found = check::check(kind, &entry, before, cx.read.known());
            let ours = found.into_iter().filter(|finding| !opening::links(part, finding));
            self.findings.extend(ours.map(|finding| (part, finding)));
            if part == 0 {
                for change in kind.effects(before, Some(&entry), cx.read.known()) {
                    if let Change::Save(caused) = change {
                        *self.causes.entry(caused.kind).or_default() += 1;
                    }
                }
                self.completed = Some(entry);
            }
        }
        let known: Vec<String> = self.parts[0].entry.field(ACCEPTED);
        self.accepted
            .extend(known.into_iter().map(|acceptance| (0, acceptance)));
    }

    /// Findings of the store, where it saw what the form did not (somebody else saved in between).
    pub fn take_findings(&mut self, findings: Vec<Finding>, cx: &FormCx<'_>) {
        self.recheck(cx);
        for finding in findings {
            if !self.findings.iter().any(|(_, known)| *known == finding) {
                self.findings.push((0, finding));
            }
        }
        if let Some(at) = self.first_fault().or_else(|| self.first_doubt()) {
            self.at = at;
            self.come_in(cx);
            self.saving = true;
        }
    }

    fn about<'a>(&'a self, at: usize) -> impl Iterator<Item = &'a Finding> + 'a {
        let cell = &self.cells[at];
        let ours = move |(part, finding): &&(usize, Finding)| {
            *part == cell.part && finding.field.as_deref() == Some(cell.key())
        };
        self.findings.iter().filter(ours).map(|(_, finding)| finding)
    }

    fn is_accepted(&self, part: usize, finding: &Finding) -> bool {
        self.accepted.contains(&(part, finding.acceptance()))
    }

    fn is_doubt(&self, part: usize, finding: &Finding) -> bool {
        finding.level == Level::Warning && !self.is_accepted(part, finding)
    }

    /// The worst that is to be said about a cell: wrong, to mind, or nothing.
    pub fn state(&self, at: usize) -> Option<Tone> {
        let cell = &self.cells[at];
        let wrong = |finding: &Finding| finding.level == Level::Error && finding.rule != "required";
        if cell.fault.is_some() || self.about(at).any(wrong) {
            return Some(Tone::Bad);
        }
        self.about(at)
            .any(|finding| self.is_doubt(cell.part, finding))
            .then_some(Tone::Warning)
    }

    /// Whether the cursor cannot go on from a cell just left: what is in it is wrong, or doubtful and not shown before.
    pub(super) fn holds(&mut self, at: usize) -> bool {
        match self.state(at) {
            Some(Tone::Bad) => true,
            Some(_) if self.warned != Some(at) => {
                self.warned = Some(at);
                true
            }
            _ => false,
        }
    }

    /// What is to be read at the field under the cursor.
    pub fn remarks(&self) -> Vec<Remark> {
        let cell = &self.cells[self.at];
        let mut remarks = Vec::new();
        let mut say = |tone, said: &Message| {
            remarks.push(Remark {
                tone,
                said: said.clone(),
            });
        };
        if let Some(fault) = &cell.fault {
            say(Tone::Bad, fault);
        }
        // What is typed now has not been checked: old findings about it say nothing.
        let typing = cell.content().text != self.entered.text;
        if !typing || cell.fault.is_some() {
            for finding in self.about(self.at) {
                match finding.level {
                    Level::Error if finding.rule != "required" || self.tried() => say(Tone::Bad, &finding.text),
                    Level::Warning if !self.is_accepted(cell.part, finding) => say(Tone::Warning, &finding.text),
                    _ => {}
                }
            }
        }
        if let (true, Some((_, finding))) = (self.tried(), self.homeless()) {
            say(Tone::Bad, &finding.text);
        }
        remarks
    }

    /// Whether saving was tried and something stood in the way.
    fn tried(&self) -> bool {
        self.saving || self.refused
    }

    /// An error about the record as a whole, or about a field that the form does not show.
    fn homeless(&self) -> Option<&(usize, Finding)> {
        let shown = |(part, finding): &(usize, Finding)| {
            let here = |cell: &Cell| cell.part == *part && Some(cell.key()) == finding.field.as_deref();
            self.cells.iter().any(here)
        };
        self.findings
            .iter()
            .find(|found| !shown(found) && (found.1.level == Level::Error || self.is_doubt(found.0, &found.1)))
    }

    /// The first cell that cannot be saved.
    pub(super) fn first_fault(&self) -> Option<usize> {
        let wrong = |at: &usize| {
            self.cells[*at].fault.is_some() || self.about(*at).any(|finding| finding.level == Level::Error)
        };
        let whole = self.homeless().filter(|(_, finding)| finding.level == Level::Error);
        (0..self.cells.len()).find(wrong).or_else(|| whole.map(|_| self.at))
    }

    /// The first cell with a doubt that was not accepted.
    pub(super) fn first_doubt(&self) -> Option<usize> {
        let doubtful = |at: &usize| {
            let part = self.cells[*at].part;
            self.about(*at).any(|finding| self.is_doubt(part, finding))
        };
        (0..self.cells.len())
            .find(doubtful)
            .or_else(|| self.homeless().map(|_| self.at))
    }

    /// Whether there is a doubt to accept at the cursor.
    pub fn has_doubt_here(&self) -> bool {
        let part = self.cells[self.at].part;
        self.about(self.at).any(|finding| self.is_doubt(part, finding)) || (self.saving && self.homeless().is_some())
    }

    /// Accepts the doubts at the cursor and goes on, with saving where that was waiting for them.
    pub(super) fn accept_here(&mut self, cx: &FormCx<'_>) -> Asked {
        self.leave(cx);
        let part = self.cells[self.at].part;
        let mut accepted: Vec<(usize, String)> = self
            .about(self.at)
            .filter(|finding| self.is_doubt(part, finding))
            .map(|finding| (part, finding.acceptance()))
            .collect();
        if self.saving
            && let Some((part, finding)) = self.homeless()
            && finding.level == Level::Warning
        {
            accepted.push((*part, finding.acceptance()));
        }
        if accepted.is_empty() {
            return Asked::Nothing;
        }
        self.accepted.extend(accepted);
        self.dirty = true;
        if std::mem::take(&mut self.saving) {
            self.save(cx)
        } else {
            self.forward(Walk::Enter, cx)
        }
    }

    /// What is still open: wrong, doubtful, or missing; the field and what is said about it.
    pub(super) fn still_open(&self) -> Vec<(usize, Message)> {
        let mut open = Vec::new();
        for at in 0..self.cells.len() {
            let part = self.cells[at].part;
            open.extend(self.cells[at].fault.iter().map(|fault| (at, fault.clone())));
            let found = |finding: &&Finding| finding.level == Level::Error || self.is_doubt(part, finding);
            open.extend(self.about(at).filter(found).map(|finding| (at, finding.text.clone())));
        }
        // What is about the record as a whole is told at the cursor.
        open.extend(self.homeless().map(|(_, finding)| (self.at, finding.text.clone())));
        open
    }

    /// The record of a part with what is kept about its fields: acceptances, missing marks.
    pub(super) fn marked(&self, part: usize) -> Entry {
        let mut entry = self.entry(part);
        let mut marks = Map::new();
        for cell in self.cells.iter().filter(|cell| cell.part == part) {
            if let Some(missing) = cell.missing {
                marks.insert(cell.key().to_owned(), Json::from(missing.code()));
            }
        }
        entry.set(MISSING, (!marks.is_empty()).then_some(Value::Json(Json::Object(marks))));
        // What was accepted for a value that is no longer there is forgotten; what the record already bears stays.
        let found = self.findings.iter().filter(|(of, _)| *of == part);
        let mut kept: Vec<String> = found.map(|(_, finding)| finding.acceptance()).collect();
        kept.extend(self.parts[part].entry.field::<Vec<String>>(ACCEPTED));
        let accepted = self
            .accepted
            .iter()
            .filter(|(of, acceptance)| *of == part && kept.contains(acceptance));
        let accepted: Vec<Value> = accepted
            .map(|(_, acceptance)| Value::Text(acceptance.clone()))
            .collect();
        entry.set(ACCEPTED, (!accepted.is_empty()).then_some(Value::List(accepted)));
        entry
    }

    /// Takes the missing marks of the record into its cells.
    pub(super) fn read_marks(&mut self) {
        let Some(Value::Json(marks)) = self.parts[0].entry.get(MISSING).cloned() else {
            return;
        };
        for cell in self.cells.iter_mut().filter(|cell| cell.part == 0) {
            cell.missing = marks.get(cell.key()).and_then(Json::as_str).and_then(Missing::of);
        }
    }

    /// The note on a field.
    pub fn note_of(&self, cell: &Cell) -> Option<&str> {
        match self.parts[cell.part].entry.get(FIELD_NOTES) {
            Some(Value::Json(notes)) => notes.get(cell.key()).and_then(Json::as_str),
            _ => None,
        }
    }

    pub(super) fn open_note(&mut self) -> Asked {
        let text = self.note_of(&self.cells[self.at]).unwrap_or_default().to_owned();
        self.mode = Mode::Note(LineEdit::new().with_text(&text));
        Asked::Nothing
    }

    pub(super) fn note_input(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let Mode::Note(mut line) = std::mem::take(&mut self.mode) else {
            return Asked::Pass;
        };
        match input.action() {
            Some(Action::Back) => Asked::Nothing,
            Some(Action::NextField | Action::Accept | Action::Save | Action::FieldNote) => {
                line.leave(cx.typing);
                self.keep_note(line.text().trim());
                Asked::Left
            }
            _ => {
                line.update(input, cx.typing);
                self.mode = Mode::Note(line);
                Asked::Nothing
            }
        }
    }

    fn keep_note(&mut self, text: &str) {
        let cell = &self.cells[self.at];
        let entry = &mut self.parts[cell.part].entry;
        let mut notes = match entry.get(FIELD_NOTES) {
            Some(Value::Json(Json::Object(notes))) => notes.clone(),
            _ => Map::new(),
        };
        match text {
            "" => _ = notes.remove(cell.key()),
            text => _ = notes.insert(cell.key().to_owned(), Json::from(text)),
        }
        entry.set(
            FIELD_NOTES,
            (!notes.is_empty()).then_some(Value::Json(Json::Object(notes))),
        );
        self.dirty = true;
    }
}
