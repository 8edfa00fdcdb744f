//! How the cursor goes through a form: which fields are stopped at, what happens when one is left, going to a field by
//! name, and saving at the end.

use super::chooser::Source;
use super::engine::{Asked, Blocks, Form, FormCx, Mode};
use super::field::{Editor, Filled, Missing};
use super::line_edit::LineEdit;
use super::typist::Writing;
use crate::arrange::Arrange;
use crate::domain::figures::is_operating;
use crate::domain::schema::FieldKind;
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::ui::action::Action;
use crate::ui::screen::Input;
use crate::vietnamese::fold::fold;

/// How the cursor is moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// By Enter or by itself: past what the program filled in; after the last field the record is saved.
    Enter,
    /// By an arrow: every field that applies.
    Arrow,
}

/// Which fields one goes to.
#[derive(Clone, Debug)]
pub enum Among {
    /// All of them, by name.
    All,
    /// Those still open, with what is said of each.
    Open(Vec<(usize, Message)>),
}

/// Going to a field chosen from a list.
#[derive(Clone, Debug)]
pub struct Jump {
    /// Which fields are listed.
    pub among: Among,
    /// What is typed.
    pub query: LineEdit,
    /// The cells that fit.
    pub hits: Vec<usize>,
    /// Which of them is under the cursor.
    pub at: usize,
}

impl Form {
    /// Whether the cursor stops at a cell.
    pub(super) fn stops(&self, at: usize, walk: Walk) -> bool {
        let cell = &self.cells[at];
        if cell.field.block.is_some() && self.blocks == Blocks::Closed {
            return false;
        }
        let given = cell.filled == Filled::ByDefault && !self.carried.by_hand.contains(cell.key());
        let passed_over = walk == Walk::Enter && given && !cell.is_empty();
        !passed_over && (!cell.is_empty() || self.applies(at))
    }

    /// Whether an empty field has anything to ask for, as the other fields stand.
    fn applies(&self, at: usize) -> bool {
        let cell = &self.cells[at];
        let filled = |key: &str| {
            let same_part = |other: &&super::field::Cell| other.part == cell.part && other.key() == key;
            self.cells.iter().find(same_part).is_none_or(|other| !other.is_empty())
        };
        if cell.field.part_of.is_some_and(|whole| !filled(whole)) {
            return false;
        }
        match cell.key() {
            "difficulty_text" => filled("difficulties"),
            "rating_year" => filled("rating"),
            "status_since" => self.status_changed(),
            _ => self.asks_along(at),
        }
    }

    /// Since when matters where the status is another one than last time.
    fn status_changed(&self) -> bool {
        let Some(status) = self.value("status").and_then(Value::as_text) else {
            return false;
        };
        match self.beside.as_ref().and_then(|beside| beside.entry.text("status")) {
            Some(before) => before != status,
            None => !is_operating(status),
        }
    }

    /// The first cell that is stopped at.
    pub(super) fn first_stop(&self, walk: Walk) -> usize {
        (0..self.cells.len()).find(|at| self.stops(*at, walk)).unwrap_or(0)
    }

    /// Whether no field lies before the one with the cursor.
    pub fn is_at_first(&self) -> bool {
        self.at <= self.first_stop(Walk::Arrow)
    }

    /// The last cell that is stopped at.
    pub(super) fn last_stop(&self) -> usize {
        (0..self.cells.len())
            .rfind(|at| self.stops(*at, Walk::Arrow))
            .unwrap_or(0)
    }

    /// Leaves the field and goes on; after the last one saves.
    pub(super) fn forward(&mut self, walk: Walk, cx: &FormCx<'_>) -> Asked {
        let from = self.at;
        self.leave(cx);
        if self.holds(from) {
            return Asked::Nothing;
        }
        let next = (from + 1..self.cells.len()).find(|at| self.stops(*at, walk));
        match (next, walk) {
            (Some(next), _) => {
                self.at = next;
                self.come_in(cx);
                Asked::Left
            }
            (None, Walk::Enter) => self.save(cx),
            (None, Walk::Arrow) => {
                self.come_in(cx);
                Asked::Left
            }
        }
    }

    /// Leaves the field, whatever is in it, and goes back.
    pub(super) fn back(&mut self, cx: &FormCx<'_>) -> Asked {
        let from = self.at;
        let to = (0..from).rfind(|at| self.stops(*at, Walk::Arrow));
        self.go_to(to.unwrap_or(from), cx)
    }

    /// Leaves the field and goes to one that was pointed at; a field with a fault holds the cursor.
    pub fn stand_on(&mut self, to: usize, cx: &FormCx<'_>) -> Asked {
        if to >= self.cells.len() || to == self.at || !matches!(self.mode, Mode::Fields) {
            return Asked::Nothing;
        }
        let from = self.at;
        self.leave(cx);
        if self.holds(from) {
            return Asked::Nothing;
        }
        self.go_to(to, cx)
    }

    /// Leaves the field and goes to another one.
    pub(super) fn go_to(&mut self, to: usize, cx: &FormCx<'_>) -> Asked {
        self.leave(cx);
        self.at = to;
        if self.cells[to].field.block.is_some() {
            self.blocks = Blocks::Open;
        }
        self.come_in(cx);
        Asked::Left
    }

    /// The cursor comes into the cell where it stands.
    pub(super) fn come_in(&mut self, cx: &FormCx<'_>) {
        self.warned = self.warned.filter(|at| *at == self.at);
        let Form {
            cells,
            carried,
            parts,
            at,
            entered,
            alike,
            ..
        } = self;
        let cell = &mut cells[*at];
        alike.clear();
        let mut looking = cx.looking(&mut carried.candidates);
        cell.enter(&mut looking);
        *entered = cell.content();
        if cell.field.kind.is_prose() && cell.field.kind != FieldKind::Name {
            carried
                .suggestions
                .prepare(parts[cell.part].entry.kind, cell.key(), cx.read);
        }
    }

    /// Reads the cell where the cursor stands, and checks everything anew if it changed.
    pub(super) fn leave(&mut self, cx: &FormCx<'_>) {
        self.unchanged_from_last(cx);
        let Form {
            cells,
            carried,
            at,
            entered,
            ..
        } = self;
        let cell = &mut cells[*at];
        let mut looking = cx.looking(&mut carried.candidates);
        cell.leave(&mut looking);
        if cell.content() == *entered {
            return;
        }
        cell.filled = Filled::ByHand;
        let before = std::mem::take(entered);
        let key = cell.key();
        self.dirty = true;
        self.note_step(vec![(self.at, before)]);
        self.entered = self.cells[self.at].content();
        if matches!(key, "cooperative" | "date") {
            self.look_beside(cx);
        }
        self.recheck(cx);
    }

    /// Goes on saving, or says what stands in the way.
    pub(super) fn save(&mut self, cx: &FormCx<'_>) -> Asked {
        self.leave(cx);
        self.recheck(cx);
        if let Some(at) = self.first_fault() {
            self.saving = false;
            self.refused = true;
            self.stand_at(at, cx);
            return Asked::Left;
        }
        if let Some(at) = self.first_doubt() {
            self.saving = true;
            self.stand_at(at, cx);
            self.warned = Some(self.at);
            return Asked::Left;
        }
        Asked::Save(self.entries(cx))
    }

    fn stand_at(&mut self, at: usize, cx: &FormCx<'_>) {
        self.at = at;
        if self.cells[at].field.block.is_some() {
            self.blocks = Blocks::Open;
        }
        let fault = self.cells[at].fault.clone();
        self.come_in(cx);
        self.cells[at].fault = fault;
    }

    /// Opens or closes the further fields; the cursor goes to the first of them, or back to the end of the main path.
    pub(super) fn toggle_blocks(&mut self, cx: &FormCx<'_>) -> Asked {
        match self.blocks {
            Blocks::Closed => {
                self.blocks = Blocks::Open;
                match self.cells.iter().position(|cell| cell.field.block.is_some()) {
                    Some(first) => self.go_to(first, cx),
                    None => Asked::Nothing,
                }
            }
            Blocks::Open => {
                self.leave(cx);
                self.blocks = Blocks::Closed;
                if self.cells[self.at].field.block.is_some() {
                    self.at = self.last_stop();
                }
                self.come_in(cx);
                Asked::Left
            }
        }
    }

    /// Says why the field is empty; the same key again takes that back.
    pub(super) fn mark(&mut self, missing: Missing, cx: &FormCx<'_>) -> Asked {
        let at = self.at;
        let before = self.cells[at].content();
        let again = self.cells[at].missing == Some(missing);
        self.cells[at].set(None, cx.read, cx.lang);
        self.cells[at].missing = (!again).then_some(missing);
        self.cells[at].filled = Filled::ByHand;
        self.dirty = true;
        self.note_step(vec![(at, before)]);
        self.entered = self.cells[at].content();
        self.recheck(cx);
        if again {
            Asked::Left
        } else {
            self.forward(Walk::Enter, cx)
        }
    }

    /// Opens the way to a field by name.
    pub(super) fn open_jump(&mut self, lang: Lang) -> Asked {
        self.jump_among(Among::All, lang)
    }

    /// Lists what is still open; the pointer stands on the next one after the cursor.
    pub(super) fn open_summary(&mut self, cx: &FormCx<'_>) -> Asked {
        self.leave(cx);
        self.recheck(cx);
        self.refused = true;
        self.jump_among(Among::Open(self.still_open()), cx.lang)
    }

    fn jump_among(&mut self, among: Among, lang: Lang) -> Asked {
        let mut jump = Jump {
            among,
            query: LineEdit::of(Writing::Plain),
            hits: Vec::new(),
            at: 0,
        };
        jump.hits = self.named(&jump, lang);
        if let Among::Open(_) = jump.among {
            jump.at = jump.hits.iter().position(|at| *at > self.at).unwrap_or(0);
        }
        self.mode = Mode::Jump(jump);
        Asked::Nothing
    }

    fn named(&self, jump: &Jump, lang: Lang) -> Vec<usize> {
        let query = fold(jump.query.text());
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, cell) in self.cells.iter().enumerate() {
            if let Among::Open(said) = &jump.among
                && said.iter().all(|(open, _)| *open != at)
            {
                continue;
            }
            let label = fold(cell.field.label.get(lang));
            found.extend(super::picks::fit(&label, &query).map(|rank| (rank, at)));
        }
        if let Among::All = jump.among {
            found.arrange();
        }
        found.into_iter().map(|(_, at)| at).collect()
    }

    pub(super) fn jump_input(&mut self, input: &Input, cx: &FormCx<'_>) -> Asked {
        let Mode::Jump(mut jump) = std::mem::take(&mut self.mode) else {
            return Asked::Pass;
        };
        match input.action() {
            Some(Action::Back | Action::GoField) => return Asked::Nothing,
            Some(Action::Accept | Action::NextField) if !super::chooser::is_arrow(input) => {
                return match jump.hits.get(jump.at) {
                    Some(at) => self.go_to(*at, cx),
                    None => Asked::Nothing,
                };
            }
            Some(Action::Summary) => jump.at = (jump.at + 1) % jump.hits.len().max(1),
            Some(Action::NextField | Action::Down) => jump.at = (jump.at + 1).min(jump.hits.len().saturating_sub(1)),
            Some(Action::PreviousField | Action::Up) => jump.at = jump.at.saturating_sub(1),
            _ => {
                jump.query.update(input, cx.typing);
                jump.hits = self.named(&jump, cx.lang);
                jump.at = 0;
            }
        }
        self.mode = Mode::Jump(jump);
        Asked::Nothing
    }

    /// The source of the choices under the cursor, for the words of the panel.
    pub fn source(&self) -> Option<Source> {
        match &self.cells[self.at].editor {
            Editor::Choice(chooser) => Some(chooser.source()),
            Editor::Line(_) => None,
        }
    }
}
