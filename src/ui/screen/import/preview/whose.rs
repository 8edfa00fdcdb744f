//! Which record a row is about, said by the officer where the program cannot tell: one of those of that name, or none of
//! them.

use super::PreviewScreen;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Message, Text};
use crate::ui::names;
use crate::ui::screen::import::shown::raw_text;
use crate::ui::screen::{Command, Cx, Notice};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

/// Records that are offered.
const MOST: usize = 40;
const NOBODY: Text = Text::new("Không có trong sổ: bản ghi mới", "Not on record: a new one");

/// Who a row may be about: the kind of record, and the name that the row gives.
struct Subject {
    kind: &'static dyn Kind,
    name: String,
}

impl PreviewScreen {
    /// The record behind the row: the row's own, or the person or exhibitor of an event's list.
    fn subject(&self) -> Option<Subject> {
        let (of, key) = match &self.event {
            Some(event) if event.entry.kind == "training" => (kind("person")?, "name"),
            Some(_) => (kind("cooperative")?, "exhibitor_name"),
            None => (self.kind, self.kind.name_field()?),
        };
        let line = self.row()?.line;
        let column = self
            .list
            .targets
            .iter()
            .position(|target| target.is_some_and(|target| target.key() == key || target.key() == "exhibitor"))?;
        let (_, cells) = self.list.rows.iter().find(|(other, _)| *other == line)?;
        let name = cells.get(column).map(raw_text).unwrap_or_default();
        (!name.is_empty()).then_some(Subject { kind: of, name })
    }

    /// Offers the records of that name, those of the very name first.
    pub(super) fn ask_whose(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let (Some(subject), Some(line)) = (self.subject(), self.row().map(|row| row.line)) else {
            return vec![Command::Tell(Notice::warning(Message::new(
                "Dòng này không có tên để tìm trong sổ.",
                "The row gives no name to look for.",
            )))];
        };
        let key = subject.kind.key();
        let mut ids: Vec<Id> = Vec::new();
        let same = cx.read.known().named(key, &subject.name);
        let like = names::find(cx.names, key, &subject.name, MOST, cx.read);
        for id in same.iter().map(|entry| entry.id).chain(like) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let entries = ids.iter().filter_map(|id| cx.read.get(key, *id).ok().flatten());
        let mut items: Vec<Item> = entries.map(|entry| item(&entry, subject.kind, cx)).collect();
        items.push(Item::new("", NOBODY.get(cx.prefs.lang), ""));
        self.asked = Some(line);
        let title = match cx.prefs.lang {
            Lang::Vi => format!("Dòng {line}: là bản ghi nào"),
            Lang::En => format!("Line {line}: which record"),
        };
        let list = PickList::new(items, Choice::One);
        vec![Command::Push(Box::new(PickerScreen::new(title, list)))]
    }

    /// Follows what was chosen.
    pub(super) fn say_whose(&mut self, picked: &Picked, cx: &Cx<'_>) -> Vec<Command> {
        let (Some(line), Picked::Chosen(keys)) = (self.asked.take(), picked) else {
            return Vec::new();
        };
        let id = keys.first().and_then(|key| key.parse().ok());
        self.decisions.whose.insert(line, id);
        self.judge(cx)
    }
}

/// A record with what tells it from others of its name.
fn item(entry: &Entry, kind: &'static dyn Kind, cx: &Cx<'_>) -> Item {
    let text = |key| entry.text(key).unwrap_or_default();
    let code = kind.code_field().map_or("", |field| text(field.key));
    let birth = entry.get("birth").map(|value| value.to_json());
    let birth = birth.as_ref().and_then(|birth| birth.as_str()).unwrap_or_default();
    let told = [code, birth, text("phone"), text("tax_code"), text("address")];
    let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
    Item::new(
        entry.id.to_string(),
        kind.title(entry, cx.read.known()),
        told.join(" · "),
    )
}
