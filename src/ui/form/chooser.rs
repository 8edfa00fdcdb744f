//! A field whose value is chosen, not typed: a code of a list, a record, a unit, yes or no; one or several.
//!
//! What is typed narrows; Enter takes the first that fits. A number that can mean only one place of a list takes it at
//! once. The letters of the query are not composed on the screen (it is a code as often as a name), yet what a typing
//! method would make of them is looked for too, for hands that type tones by habit.

use super::line_edit::{LineEdit, Outcome};
use super::picks::{self, Hit, Place};
use super::references::{self, Candidates};
use super::show;
use super::typist::Writing;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Lang;
use crate::domain::value::Value;
use crate::store::Read;
use crate::ui::action::Action;
use crate::ui::names::Names;
use crate::ui::screen::{Input, TypingPrefs, TypingState};
use crate::vietnamese::fold::fold;
use crate::vietnamese::typing::Engine;

/// Where choices come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A code list.
    List(&'static str),
    /// Records of a kind.
    Records(&'static str),
    /// Administrative and own units.
    Units,
    /// What a plan's target can count.
    Indicators,
    /// Yes or no.
    Flag,
}

/// How many values the field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One.
    One,
    /// Several.
    Several,
}

/// What a name means that was typed and not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewNames {
    /// The first that fits; nothing fits: it is held.
    Held,
    /// A new record, unless one was chosen by an arrow.
    Taken,
}

/// What is chosen: the value, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The value.
    pub value: Value,
    /// How it is shown: "4 Tạm ngừng", "HTX007 HTX Dược liệu An Khang".
    pub label: String,
}

/// What a chooser needs to look things up.
pub struct Looking<'a> {
    /// The records.
    pub read: &'a dyn Read,
    /// The list of names.
    pub names: &'a Names,
    /// Lists of records already read, of kinds that are not in it.
    pub candidates: &'a mut Candidates,
    /// The typing method, for hands that type tones by habit.
    pub typing: &'a TypingPrefs,
    /// The language of labels.
    pub lang: Lang,
}

/// What became of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Chose {
    /// Not for the chooser.
    Pass,
    /// The query, the highlight or the cursor changed.
    Stirred,
    /// The value changed; the cursor stays.
    Changed,
    /// The value is complete: the form goes on.
    Done,
    /// Backspace with nothing left to take away.
    AtStart,
}

/// The chooser of one field.
#[derive(Clone, Debug)]
pub struct Chooser {
    source: Source,
    holds: Holds,
    chosen: Vec<Chosen>,
    query: LineEdit,
    hits: Vec<Hit>,
    at: usize,
    listed: bool,
    new_names: NewNames,
    /// An arrow was pressed since the query changed.
    pointed: bool,
}

impl Chooser {
    /// For a field, where it is one that is chosen.
    pub fn of(field: &Field) -> Option<Chooser> {
        let (source, holds) = match field.kind {
            FieldKind::Choice(list) => (Source::List(list), Holds::One),
            FieldKind::Choices(list) => (Source::List(list), Holds::Several),
            FieldKind::Ref(kind) => (Source::Records(kind), Holds::One),
            FieldKind::Refs(kind) => (Source::Records(kind), Holds::Several),
            FieldKind::Unit => (Source::Units, Holds::One),
            FieldKind::Units => (Source::Units, Holds::Several),
            FieldKind::Flag => (Source::Flag, Holds::One),
            // Their list belongs to the floor above records: for them it is a text.
            FieldKind::Plain if field.key == "indicator" => (Source::Indicators, Holds::One),
            _ => return None,
        };
        Some(Chooser {
            source,
            holds,
            chosen: Vec::new(),
            query: LineEdit::of(Writing::Plain),
            hits: Vec::new(),
            at: 0,
            listed: false,
            new_names: NewNames::Held,
            pointed: false,
        })
    }

    /// Lets a name that was typed and not chosen stand for a new record.
    pub fn take_new_names(&mut self) {
        self.new_names = NewNames::Taken;
        self.close();
    }

    /// Whether what is typed stands as it is: a new name.
    pub fn is_new_name(&self) -> bool {
        self.new_names == NewNames::Taken && !self.pointed && !self.query.is_empty()
    }

    /// Whether a name that fits nothing stands for a new record.
    pub fn takes_new_names(&self) -> bool {
        self.new_names == NewNames::Taken
    }

    /// Where its choices come from.
    pub fn source(&self) -> Source {
        self.source
    }

    /// What is chosen.
    pub fn chosen(&self) -> &[Chosen] {
        &self.chosen
    }

    /// What is typed to narrow.
    pub fn query(&self) -> &LineEdit {
        &self.query
    }

    /// The same, to lay it out.
    pub fn query_mut(&mut self) -> &mut LineEdit {
        &mut self.query
    }

    /// What can be chosen now, and which of it is under the cursor.
    pub fn hits(&self) -> (&[Hit], usize) {
        (&self.hits, self.at)
    }

    /// Whether Enter takes what is under the cursor: something was typed, or the whole list was opened.
    pub fn is_open(&self) -> bool {
        self.listed || !self.query.is_empty()
    }

    /// The value, as the record gets it.
    pub fn value(&self) -> Option<Value> {
        match self.holds {
            Holds::One => self.chosen.first().map(|chosen| chosen.value.clone()),
            Holds::Several if self.chosen.is_empty() => None,
            Holds::Several => Some(Value::List(
                self.chosen.iter().map(|chosen| chosen.value.clone()).collect(),
            )),
        }
    }

    /// Shows a value that was read or copied; the query is dropped.
    pub fn set(&mut self, field: &Field, value: Option<&Value>, read: &dyn Read, lang: Lang) {
        let items = value.map(Value::items).unwrap_or_default();
        let chosen = |item: &Value| Chosen {
            value: item.clone(),
            label: self.label_of(field, item, read, lang),
        };
        self.chosen = items.iter().map(chosen).collect();
        self.close();
    }

    fn label_of(&self, field: &Field, item: &Value, read: &dyn Read, lang: Lang) -> String {
        let name = show::value(field, item, read.known(), lang);
        match (self.source, item) {
            (Source::List(list), Value::Text(code)) => {
                let place = crate::domain::catalog::list(list).and_then(|list| list.index(code));
                place.map_or(name.clone(), |place| format!("{place} {name}"))
            }
            (Source::Indicators, Value::Text(code)) => {
                let all = picks::find_indicators(&[], lang);
                let found = all.into_iter().find(|hit| hit.key == *code);
                found.map_or(name, |hit| format!("{code} {}", hit.label))
            }
            (Source::Records(kind), Value::Id(id)) => {
                let code = crate::domain::record::kind(kind)
                    .and_then(|kind| kind.code_field())
                    .and_then(|field| read.record(kind, *id)?.text(field.key).map(str::to_owned));
                match code {
                    Some(code) if self.holds == Holds::One => format!("{code} {name}"),
                    _ => name,
                }
            }
            _ => name,
        }
    }

    /// Drops the query and closes the list.
    pub fn close(&mut self) {
        // A new name is written in Vietnamese; what only narrows is not.
        self.query = match self.new_names {
            NewNames::Held => LineEdit::of(Writing::Plain),
            NewNames::Taken => LineEdit::new(),
        };
        self.pointed = false;
        self.listed = false;
        self.at = 0;
        self.hits.clear();
    }

    /// The cursor comes in: what can be chosen is looked up.
    pub fn enter(&mut self, looking: &mut Looking<'_>) {
        self.look(looking);
    }

    fn look(&mut self, looking: &mut Looking<'_>) {
        let queries = queries(self.query.text(), looking.typing);
        self.at = 0;
        self.pointed = false;
        self.hits = match self.source {
            Source::List(list) => picks::find_in_list(list, &queries, looking.lang),
            Source::Flag => picks::find_flag(&queries, looking.lang),
            Source::Indicators => picks::find_indicators(&queries, looking.lang),
            Source::Records(kind) => references::find(kind, &queries, looking),
            Source::Units => {
                let found = queries.iter().map(|query| references::find_units(looking.read, query));
                found.into_iter().find(|hits| !hits.is_empty()).unwrap_or_default()
            }
        };
    }

    /// What fits a text, best first; everything where it is empty. What is typed and chosen stays.
    pub fn fitting(&mut self, typed: &str, looking: &mut Looking<'_>) -> Vec<Hit> {
        let before = self.query.text().to_owned();
        self.query.set_text(typed);
        self.look(looking);
        let found = self.hits.clone();
        self.query.set_text(&before);
        self.look(looking);
        found
    }

    /// Puts these in the place of what is chosen and typed.
    pub fn choose(&mut self, hits: Vec<Hit>, looking: &mut Looking<'_>) {
        self.chosen.clear();
        self.close();
        for hit in hits {
            if self.chosen.iter().all(|known| known.value != hit.value) {
                self.take(hit, looking);
            }
        }
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, looking: &mut Looking<'_>) -> Chose {
        match input.action() {
            Some(Action::OpenList) => {
                self.listed = true;
                self.look(looking);
                Chose::Stirred
            }
            Some(Action::Accept | Action::PickSeveral) if self.is_open() => {
                self.accept(input.action() == Some(Action::PickSeveral), looking)
            }
            Some(Action::Back) if self.is_open() => {
                self.close();
                self.look(looking);
                Chose::Stirred
            }
            Some(Action::DeleteBack) if self.query.is_empty() => self.take_away(looking),
            Some(Action::NextField | Action::Down | Action::PageDown) if self.is_open() && !is_tab(input) => {
                // From a new name the first arrow goes to the first that is known.
                let step = usize::from(!self.is_new_name());
                self.at = (self.at + step).min(self.hits.len().saturating_sub(1));
                self.pointed = !self.hits.is_empty();
                Chose::Stirred
            }
            Some(Action::PreviousField | Action::Up | Action::PageUp) if self.is_open() && !is_tab(input) => {
                self.at = self.at.saturating_sub(1);
                Chose::Stirred
            }
            _ => self.narrow(input, looking),
        }
    }

    /// Takes what is under the cursor, if something is typed or the list is open.
    fn accept(&mut self, stays: bool, looking: &mut Looking<'_>) -> Chose {
        let hit = self.hits.get(self.at).cloned();
        let Some(hit) = hit.filter(|_| !self.is_new_name()) else {
            return Chose::Pass;
        };
        self.take(hit, looking);
        if stays && self.holds == Holds::Several {
            Chose::Changed
        } else {
            Chose::Done
        }
    }

    /// Takes what the query says, for the field is left; `false` where nothing fits it.
    pub fn settle(&mut self, looking: &mut Looking<'_>) -> bool {
        if self.query.is_empty() || self.is_new_name() {
            self.listed = false;
            self.query.leave(looking.typing);
            return true;
        }
        match self.hits.get(self.at).cloned() {
            Some(hit) => {
                self.take(hit, looking);
                true
            }
            None => false,
        }
    }

    fn take(&mut self, hit: Hit, looking: &mut Looking<'_>) {
        let label = match self.source {
            Source::Units | Source::Flag => hit.label,
            Source::Records(_) if self.holds == Holds::Several => hit.label,
            _ => format!("{} {}", hit.key, hit.label).trim_start().to_owned(),
        };
        let chosen = Chosen {
            value: hit.value,
            label,
        };
        match self.holds {
            Holds::One => self.chosen = vec![chosen],
            Holds::Several => match self.chosen.iter().position(|known| known.value == chosen.value) {
                Some(at) => _ = self.chosen.remove(at),
                None => self.chosen.push(chosen),
            },
        }
        self.close();
        self.look(looking);
    }

    /// Backspace: the last of several goes, or the one.
    fn take_away(&mut self, looking: &mut Looking<'_>) -> Chose {
        if self.chosen.pop().is_none() {
            return Chose::AtStart;
        }
        self.look(looking);
        Chose::Changed
    }

    fn narrow(&mut self, input: &Input, looking: &mut Looking<'_>) -> Chose {
        if let Some(c) = input.typed() {
            if let Some(chose) = self.type_digit(c, looking) {
                return chose;
            }
            // A comma or, in a list, a blank behind a number ends one of several.
            let number = self.query.text().bytes().all(|b| b.is_ascii_digit());
            if c == ',' || c == ';' || (c == ' ' && number && matches!(self.source, Source::List(_))) {
                return if self.query.is_empty() {
                    Chose::Stirred
                } else {
                    self.accept(true, looking)
                };
            }
        }
        match self.query.update(input, looking.typing) {
            Outcome::Pass | Outcome::Copied(_) => Chose::Pass,
            Outcome::AtStart => Chose::AtStart,
            Outcome::Moved => Chose::Stirred,
            Outcome::Changed | Outcome::Full | Outcome::Cut(_) => {
                self.look(looking);
                self.whole_code(looking).unwrap_or(Chose::Stirred)
            }
        }
    }

    /// A code typed in full goes on by itself.
    fn whole_code(&mut self, looking: &mut Looking<'_>) -> Option<Chose> {
        let Source::Records(kind) = self.source else {
            return None;
        };
        let hit = references::whole_code(kind, self.query.text(), looking)?;
        self.take(hit, looking);
        Some(match self.holds {
            Holds::One => Chose::Done,
            Holds::Several => Chose::Changed,
        })
    }

    /// A digit in a list: a place taken at once where no other is meant.
    fn type_digit(&mut self, c: char, looking: &mut Looking<'_>) -> Option<Chose> {
        let count = match self.source {
            Source::List(list) => crate::domain::catalog::list(list)?.codes.len(),
            Source::Flag => 2,
            _ => return None,
        };
        let before = self.query.text().to_owned();
        if !c.is_ascii_digit() || !before.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match picks::place(&format!("{before}{c}"), count) {
            Place::Sure(at) => {
                self.take_place(at, looking);
                Some(self.done())
            }
            Place::Maybe(_) => None,
            // `1` was a place of its own, and `8` begins the next one.
            Place::None if !before.is_empty() && self.holds == Holds::Several => {
                self.accept(true, looking);
                self.type_digit(c, looking).or(Some(Chose::Changed))
            }
            Place::None => Some(Chose::Stirred),
        }
    }

    fn take_place(&mut self, at: usize, looking: &mut Looking<'_>) {
        let all = match self.source {
            Source::List(list) => picks::of_list(list, looking.lang),
            _ => picks::of_flag(looking.lang),
        };
        if let Some(hit) = all.into_iter().nth(at - 1) {
            self.take(hit, looking);
        }
    }

    fn done(&self) -> Chose {
        match self.holds {
            Holds::One => Chose::Done,
            Holds::Several => Chose::Changed,
        }
    }
}

/// Whether the key is an arrow: among choices it moves the highlight, where Enter or Tab take it.
pub fn is_arrow(input: &Input) -> bool {
    use crate::ui::keymap::Code;
    matches!(input, Input::Key { key, .. } if matches!(key.code, Code::Up | Code::Down))
}

fn is_tab(input: &Input) -> bool {
    matches!(input, Input::Key { key, .. } if key.code == crate::ui::keymap::Code::Tab)
}

/// What was typed, folded; and what the typing method would have made of it, where that is something else.
pub fn queries(typed: &str, typing: &TypingPrefs) -> Vec<String> {
    let plain = fold(typed);
    if typing.state != TypingState::On || typed.is_empty() {
        return vec![plain];
    }
    let mut engine = Engine::new(typing.method.clone(), typing.settings.as_ref().clone());
    let mut composed = String::new();
    for c in typed.chars() {
        engine.key(c).apply(&mut composed);
    }
    let composed = fold(&composed);
    if composed == plain {
        vec![plain]
    } else {
        vec![plain, composed]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_that_type_tones_by_habit_are_understood() {
        let typing = TypingPrefs::default();
        assert_eq!(queries("voons", &typing), ["voons", "von"]);
        assert_eq!(queries("von", &typing), ["von"]);
        assert_eq!(queries("htx007", &typing), ["htx007"]);
    }
}
