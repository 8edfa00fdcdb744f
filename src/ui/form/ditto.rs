//! What is taken over from before: defaults and sticky fields of a new record, the earlier values that stand beside, a
//! field or a whole record copied from the one before, `=` for unchanged.

use super::engine::{Asked, Form, FormCx};
use super::field::{Cell, Editor, Filled};
use super::flow::Walk;
use crate::domain::entry::Entry;
use crate::domain::figures::{Figures, SOURCES};
use crate::domain::id::Id;
use crate::domain::measurement::Measurement;
use crate::domain::record::Record;
use crate::domain::schema::{Field, FieldKind, Near};
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Order, Read};
use chrono::NaiveDate;

/// Earlier values that stand beside those being entered.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The values, by the same keys.
    pub entry: Entry,
    /// Their day.
    pub on: Option<NaiveDate>,
    /// What they are of.
    pub of: Earlier,
}

/// What stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// The last visit to the same cooperative.
    LastVisit,
    /// The last figures of the same cooperative.
    LastFigures,
    /// This record, as it was before it was changed.
    AsStored,
}

impl Form {
    /// Fills in what is known without asking: today, the officer, sticky fields of the record before.
    pub(super) fn fill_defaults(&mut self, cx: &FormCx<'_>) {
        let last = self.carried.last.clone();
        let main = |cell: &&mut Cell| cell.part == 0;
        for cell in self.cells.iter_mut().filter(main) {
            let stuck = last
                .as_ref()
                .and_then(|last| last.get(cell.key()))
                .filter(|_| cell.field.sticky);
            // A stack of papers of another day: the day stays.
            let day = last.as_ref().filter(|_| self.carried.by_hand.contains(cell.key()));
            let day = day
                .and_then(|last| last.get(cell.key()))
                .filter(|_| is_day_of(self.kind.when(), &cell.field));
            let value = stuck
                .or(day)
                .cloned()
                .or_else(|| default_of(self.kind.when(), &cell.field, cx));
            if let Some(value) = value {
                cell.set(Some(value), cx.read, cx.lang);
                cell.filled = Filled::ByDefault;
                self.defaults.insert(cell.key());
            }
        }
    }

    /// Looks up the earlier values to show beside.
    pub(super) fn look_beside(&mut self, cx: &FormCx<'_>) {
        let before = self.parts[0].before.clone();
        let measures = self.kind.field("status").is_some() && self.kind.field("workers").is_some();
        self.beside = match (self.value("cooperative").and_then(Value::as_id), before) {
            (Some(cooperative), before) if measures => {
                let on = self
                    .value("date")
                    .and_then(Value::as_date)
                    .unwrap_or_else(|| cx.read.today());
                earlier_at(self.kind.key(), cooperative, self.id(), on, cx.read).or_else(|| as_stored(before))
            }
            (_, before) => as_stored(before),
        };
    }

    /// Whether the heading of the earlier values says it: the same cooperative, that day.
    pub fn is_told_by_the_heading(&self, cell: &Cell) -> bool {
        let earlier = self
            .beside
            .as_ref()
            .is_some_and(|beside| beside.of != Earlier::AsStored);
        earlier && (cell.key() == "cooperative" || is_day_of(self.kind.when(), &cell.field))
    }

    /// The earlier value of a cell, where there is one that the heading does not say.
    pub fn earlier(&self, cell: &Cell) -> Option<&Value> {
        let told = cell.part > 0 || self.is_told_by_the_heading(cell);
        self.beside.as_ref().filter(|_| !told)?.entry.get(cell.key())
    }

    /// Whether a cell holds another value than it did, or than stood there last time.
    pub fn is_changed(&self, cell: &Cell) -> bool {
        let as_stored = self
            .beside
            .as_ref()
            .is_some_and(|beside| beside.of == Earlier::AsStored);
        match (self.earlier(cell), cell.value()) {
            (Some(before), Some(now)) => before != now,
            (before, now) => as_stored && before.is_some() != now.is_some(),
        }
    }

    /// Copies the field under the cursor from the record before, and goes on.
    pub(super) fn ditto_field(&mut self, cx: &FormCx<'_>) -> Asked {
        let at = self.at;
        let Some(last) = self.record_before(cx.read) else {
            return self.say_here(no_record_before());
        };
        let cell = &self.cells[at];
        let value = last.get(cell.key()).filter(|_| cell.part == 0).cloned();
        let Some(value) = value else {
            return self.say_here(Message::new(
                "Phiếu trước để trống ô này.",
                "The record before has nothing in this field.",
            ));
        };
        self.cells[at].set(Some(value), cx.read, cx.lang);
        self.forward(Walk::Enter, cx)
    }

    /// Copies every field that is still empty, or was filled in by the program, from the record before.
    pub(super) fn ditto_record(&mut self, cx: &FormCx<'_>) -> Asked {
        let Some(last) = self.record_before(cx.read) else {
            return self.say_here(no_record_before());
        };
        self.leave(cx);
        let when = self.kind.when();
        let mut before = Vec::new();
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let free = cell.is_empty() || cell.filled == Filled::ByDefault;
            let own = cell.field.kind == FieldKind::Code || is_day_of(when, &cell.field) || cell.part > 0;
            if let Some(value) = last.get(cell.key()).filter(|_| free && !own) {
                before.push((at, cell.content()));
                cell.set(Some(value.clone()), cx.read, cx.lang);
                cell.filled = Filled::ByHand;
            }
        }
        self.dirty = true;
        self.note_step(before);
        self.look_beside(cx);
        self.recheck(cx);
        self.come_in(cx);
        Asked::Left
    }

    /// The record before this one: the one saved last, else the latest in the store.
    fn record_before(&self, read: &dyn Read) -> Option<Entry> {
        let key = self.kind.key();
        if let Some(last) = &self.carried.last {
            return Some(last.clone());
        }
        let own = self.id();
        let id: Option<Id> = match self.kind.when() {
            Some(when) => {
                let mut dated = read
                    .dated(key, when, None, None, Order::Backward)
                    .filter_map(Result::ok);
                dated.find(|dated| dated.id != own).map(|dated| dated.id)
            }
            None => read.ids(key).filter_map(Result::ok).filter(|id| *id != own).last(),
        };
        read.get(key, id?).ok().flatten()
    }

    /// `=` in a number: the value that stands beside.
    pub(super) fn unchanged_from_last(&mut self, cx: &FormCx<'_>) {
        let cell = &self.cells[self.at];
        let is_line = matches!(cell.editor, Editor::Line(_));
        if !is_line || !cell.field.kind.is_number() || cell.text().trim() != "=" {
            return;
        }
        let value = self
            .beside
            .as_ref()
            .and_then(|beside| beside.entry.get(cell.key()))
            .cloned();
        let at = self.at;
        match value {
            Some(value) => self.cells[at].set(Some(value), cx.read, cx.lang),
            None => self.cells[at].set_text(""),
        }
    }

    /// Says something at the field under the cursor.
    fn say_here(&mut self, said: Message) -> Asked {
        self.cells[self.at].fault = Some(said);
        Asked::Nothing
    }
}

fn no_record_before() -> Message {
    Message::new(
        "Chưa có phiếu nào trước để chép.",
        "There is no record before to copy from.",
    )
}

fn is_day_of(when: Option<&str>, field: &Field) -> bool {
    when == Some(field.key) && field.kind == FieldKind::Date
}

/// What a new record has without being asked.
fn default_of(when: Option<&str>, field: &Field, cx: &FormCx<'_>) -> Option<Value> {
    if is_day_of(when, field) && field.near == Near::Past && field.is_required() {
        return Some(Value::Date(cx.read.today()));
    }
    if field.key == "officers" && !cx.officer.is_empty() {
        let mut named = cx.read.named("person", cx.officer);
        return (named.len() == 1).then(|| Value::List(vec![Value::Id(named.remove(0).id)]));
    }
    None
}

fn as_stored(before: Option<Entry>) -> Option<Beside> {
    before.map(|entry| Beside {
        entry,
        on: None,
        of: Earlier::AsStored,
    })
}

/// The last visit to a cooperative before a record, its figures filled up from earlier measurements.
fn earlier_at(kind: &str, cooperative: Id, own: Id, on: NaiveDate, read: &dyn Read) -> Option<Beside> {
    let mut visits = read
        .refers(cooperative, "visit", "cooperative", Order::Backward)
        .filter_map(Result::ok);
    let last = visits.find(|visit| visit.id != own && visit.on.is_none_or(|day| day <= on));
    let visit = last
        .filter(|_| kind == "visit")
        .and_then(|last| read.get("visit", last.id).ok().flatten());
    let measured = SOURCES
        .iter()
        .flat_map(|kind| read.referring(kind, "cooperative", cooperative));
    let figures = Figures::from_entries(measured.filter(|entry| entry.id != own));
    let mut entry = visit.clone().unwrap_or_else(|| Entry::new("visit"));
    let mut day = visit.as_ref().and_then(|visit| visit.date("date"));
    for field in Measurement::own_fields() {
        if matches!(field.key, "date" | "cooperative" | "source") || entry.get(field.key).is_some() {
            continue;
        }
        if let Some(figure) = figures.latest(field.key, on) {
            day = day.or(Some(figure.on));
            entry.set(field.key, Some(figure.value));
        }
    }
    (!entry.values.is_empty()).then_some(Beside {
        entry,
        on: day,
        of: if visit.is_some() {
            Earlier::LastVisit
        } else {
            Earlier::LastFigures
        },
    })
}
