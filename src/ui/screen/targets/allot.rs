//! What of a target each unit below is given for the year, typed down one column; the foot tells whether the parts meet
//! the whole. Leaving keeps what was typed.

use std::collections::HashMap;

use ratatui::layout::Rect;

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::indicator::Row;
use crate::store::{Order, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Read, Warnings, Work};
use crate::ui::form::LineEdit;
use crate::ui::form::line_edit::{Focus, Outcome};
use crate::ui::form::mask::Mask;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::vietnamese::number::parse_decimal;

/// Cells of the column that is typed in.
const CELL: u16 = 10;
/// Rows around the units: a heading and a gap above, a rule and the sum below.
const ABOVE: u16 = 2;
const BELOW: u16 = 2;

const NO_UNITS: Text = Text::new(
    "Đơn vị của kế hoạch không có đơn vị trực thuộc vào ngày này.",
    "The plan's unit has no units below it on this day.",
);
const KEPT: Text = Text::new("Đã giữ phân bổ chỉ tiêu.", "What was allotted is kept.");
const SUM: Text = Text::new("Tổng đã giao", "Given in all");

/// A unit's part.
struct Part {
    unit: String,
    name: String,
    edit: LineEdit,
    /// The record, and what it holds.
    kept: Option<(Entry, f64)>,
}

impl Part {
    /// What is typed; none where nothing is, an error where it is no number.
    fn low(&self) -> Result<Option<f64>, ()> {
        match self.edit.text().trim() {
            "" => Ok(None),
            text => parse_decimal(text).map(|low| Some(low.to_f64())).map_err(|_| ()),
        }
    }
}

/// How the parts stand to the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meeting {
    /// They are the whole.
    Whole,
    /// They fall short by so much.
    Short(f64),
    /// They are more by so much.
    Over(f64),
}

/// Whether parts meet a whole.
pub fn meeting(parts: f64, whole: f64) -> Meeting {
    let over = parts - whole;
    if over.abs() < 1e-9 {
        Meeting::Whole
    } else if over < 0.0 {
        Meeting::Short(-over)
    } else {
        Meeting::Over(over)
    }
}

/// The screen.
pub struct Allot {
    target: Id,
    title: String,
    year: i64,
    whole: f64,
    measure: String,
    parts: Vec<Part>,
    at: usize,
    top: usize,
    height: usize,
}

impl Allot {
    /// Of a row that stands for an own target, over these units.
    ///
    /// # Errors
    /// The store's.
    pub fn new(
        row: &Row,
        target: Id,
        year: i64,
        units: Vec<(String, String)>,
        read: &dyn Read,
    ) -> Result<Allot, StoreError> {
        let mut kept: HashMap<String, (Entry, f64)> = HashMap::new();
        for item in read.refers(target, "allocation", "target", Order::Forward) {
            let item = item?;
            if item.cover.number("year") == Some(year)
                && let Some(entry) = read.get("allocation", item.id)?
                && let (Some(unit), Some(low)) = (entry.unit().map(str::to_string), entry.field::<Option<f64>>("low"))
            {
                kept.insert(unit, (entry, low));
            }
        }
        let mut part = |(unit, name): (String, String)| {
            let kept = kept.remove(&unit);
            let text = kept.as_ref().map_or_else(String::new, |(_, low)| shown(*low));
            Part {
                edit: LineEdit::new().with_mask(Mask::Number).with_text(&text),
                unit,
                name,
                kept,
            }
        };
        Ok(Allot {
            target,
            title: row.target.description.clone(),
            year,
            whole: row.target.low,
            measure: row.target.measure.clone(),
            parts: units.into_iter().map(&mut part).collect(),
            at: 0,
            top: 0,
            height: 1,
        })
    }

    fn sum(&self) -> f64 {
        // Begun at 0: nothing added up is -0 by itself.
        let given = self.parts.iter().filter_map(|part| part.low().ok().flatten());
        given.fold(0.0, |sum, low| sum + low)
    }

    /// The records that differ from what is kept; a part that was emptied goes.
    fn changes(&self) -> (Vec<Entry>, Vec<Id>) {
        let (mut saved, mut gone) = (Vec::new(), Vec::new());
        for part in &self.parts {
            match (part.low(), &part.kept) {
                (Ok(Some(low)), Some((_, before))) if (low - before).abs() < 1e-9 => {}
                (Ok(Some(low)), kept) => saved.push(self.entry(part, low, kept.as_ref().map(|(entry, _)| entry))),
                (Ok(None), Some((entry, _))) => gone.push(entry.id),
                _ => {}
            }
        }
        (saved, gone)
    }

    fn entry(&self, part: &Part, low: f64, kept: Option<&Entry>) -> Entry {
        let mut entry = kept.cloned().unwrap_or_else(|| Entry::new("allocation"));
        entry.set("target", Some(Value::Id(self.target)));
        entry.set("unit", Some(Value::Text(part.unit.clone())));
        entry.set("year", Some(Value::Number(self.year)));
        entry.set("low", Some(Value::Decimal(low)));
        entry
    }

    fn leave(&self) -> Vec<Command> {
        let (saved, gone) = self.changes();
        if saved.is_empty() && gone.is_empty() {
            return vec![Command::Pop];
        }
        vec![Command::Save(Work::transaction(move |txn| {
            for id in gone {
                txn.delete("allocation", id)?;
            }
            for entry in saved {
                txn.save(entry, Warnings::Accept)?;
            }
            Ok(Message::from(KEPT))
        }))]
    }

    fn go(&mut self, to: usize) {
        self.at = to.min(self.parts.len().saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(self.height));
        if let Some(part) = self.parts.get_mut(self.at) {
            part.edit.select_all();
        }
    }

    fn told(&self, lang: Lang) -> (String, Role) {
        let sum = self.sum();
        let (word, role) = match meeting(sum, self.whole) {
            Meeting::Whole => (Text::new("đủ", "just that").get(lang).to_string(), Role::Good),
            Meeting::Short(missing) => {
                let word = Text::new("còn thiếu", "short of it by").get(lang);
                (format!("{word} {}", shown(missing)), Role::Warning)
            }
            Meeting::Over(over) => {
                let word = Text::new("vượt", "over by").get(lang);
                (format!("{word} {}", shown(over)), Role::Warning)
            }
        };
        let planned = Text::new("kế hoạch", "of the target").get(lang);
        (
            format!(
                "{}: {} · {planned} {} {} · {word}",
                SUM.get(lang),
                shown(sum),
                shown(self.whole),
                self.measure
            ),
            role,
        )
    }
}

fn shown(number: f64) -> String {
    format!("{}", (number * 1000.0).round() / 1000.0).replace('.', ",")
}

impl Screen for Allot {
    fn contexts(&self) -> &'static [Context] {
        Context::Form.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Saved(Ok(_)) => return vec![Command::Pop],
            Input::Saved(Err(_)) => return Vec::new(),
            _ => {}
        }
        match input.action() {
            Some(Action::NextField) => {
                self.go(self.at + 1);
                return Vec::new();
            }
            Some(Action::PreviousField) => {
                self.go(self.at.saturating_sub(1));
                return Vec::new();
            }
            Some(Action::Back | Action::Save) => return self.leave(),
            _ => {}
        }
        let Some(part) = self.parts.get_mut(self.at) else {
            return vec![Command::Pass];
        };
        match part.edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(ABOVE + BELOW)).max(1);
        for part in &mut self.parts {
            part.edit.layout(CELL, 1);
        }
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(self.height));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        let width = canvas.width();
        canvas.text_in(1, 0, width.saturating_sub(2), &self.title, Role::Strong);
        if self.parts.is_empty() {
            canvas.text_in(1, ABOVE, width.saturating_sub(2), NO_UNITS.get(lang), Role::Dim);
            return;
        }
        let column = width.saturating_sub(CELL + 2).min(48);
        let in_sight = self.parts.iter().enumerate().skip(self.top).take(self.height);
        for (y, (place, part)) in (ABOVE..).zip(in_sight) {
            let here = place == self.at;
            let role = if here { Role::Strong } else { Role::Text };
            canvas.text_in(1, y, column.saturating_sub(2), &part.name, role);
            let (role, focus) = match (here, part.low()) {
                (true, _) => (Role::Focus, Focus::Here),
                (false, Ok(_)) => (Role::Text, Focus::Elsewhere),
                (false, Err(())) => (Role::Error, Focus::Elsewhere),
            };
            part.edit.draw(canvas, column, y, role, focus);
        }
        let bottom = canvas.height().saturating_sub(BELOW);
        canvas.rule(0, bottom, width);
        let (told, role) = self.told(lang);
        canvas.text_in(1, bottom + 1, width.saturating_sub(2), &told, role);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let title = Text::new("Phân bổ chỉ tiêu năm", "Allotting the target of").get(lang);
        Heading::new(format!("{title} {}", self.year)).fact(format!("{}/{}", self.at + 1, self.parts.len()))
    }

    fn offers(&self) -> Vec<Offer> {
        let keep = Text::new("giữ và về", "keep and go back");
        vec![
            Offer::named(Action::NextField, Text::new("đơn vị sau", "next unit")),
            Offer::named(Action::Save, keep),
            Action::Back.into(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_meet_the_whole_fall_short_or_are_more() {
        assert_eq!(meeting(12.0, 12.0), Meeting::Whole);
        assert_eq!(meeting(9.0, 12.0), Meeting::Short(3.0));
        assert_eq!(meeting(13.5, 12.0), Meeting::Over(1.5));
    }
}
