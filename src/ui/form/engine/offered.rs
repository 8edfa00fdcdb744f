//! What a form offers while a field is typed into: records that may be the one being entered, a record made in place, a
//! text typed before.

use super::{Asked, Form, FormCx};
use crate::domain::id::Id;
use crate::domain::schema::FieldKind;
use crate::domain::value::Value;
use crate::ui::form::field::Editor;
use crate::ui::form::flow::Walk;
use crate::ui::form::picks::Hit;
use crate::ui::form::{references, suggest};

impl Form {
    /// Looks for records that may be the one being entered, while its name, telephone or tax code is typed.
    pub(super) fn look_alike(&mut self, cx: &FormCx<'_>) {
        self.alike.clear();
        let cell = &self.cells[self.at];
        let part = &self.parts[cell.part];
        let key = cell.key();
        let names = crate::domain::record::kind(part.entry.kind).and_then(|kind| kind.name_field()) == Some(key);
        let telling = names || matches!(cell.field.kind, FieldKind::Phone | FieldKind::TaxCode);
        if part.before.is_some() || !telling {
            return;
        }
        let (own, kind) = (part.entry.id, part.entry.kind);
        let field = if names { "name" } else { key };
        self.alike = references::alike((kind, own), field, cell.text(), cx.names, cx.read);
    }

    pub(super) fn open_that(&self) -> Asked {
        match (self.alike.first(), self.parts[self.cells[self.at].part].entry.kind) {
            (
                Some(Hit {
                    value: Value::Id(id), ..
                }),
                kind,
            ) => Asked::Open(kind, *id),
            _ => Asked::Nothing,
        }
    }

    pub(super) fn create(&self) -> Asked {
        let cell = &self.cells[self.at];
        match cell.field.kind.target() {
            Some(kind) => Asked::Create {
                kind,
                name: cell.text().to_owned(),
            },
            None => Asked::Nothing,
        }
    }

    /// The record that was created in place comes back to the field that asked for it.
    pub fn answer(&mut self, id: Id, cx: &FormCx<'_>) -> Asked {
        let cell = &mut self.cells[self.at];
        let value = match (cell.field.kind.is_multiple(), cell.value()) {
            (true, Some(Value::List(items))) => {
                let mut items = items.clone();
                items.push(Value::Id(id));
                Value::List(items)
            }
            (true, _) => Value::List(vec![Value::Id(id)]),
            (false, _) => Value::Id(id),
        };
        cell.set(Some(value), cx.read, cx.lang);
        self.touched(cx);
        self.forward(Walk::Enter, cx)
    }

    /// The text that would go on what is typed in the field under the cursor.
    pub fn suggestion(&self) -> Option<&str> {
        let cell = &self.cells[self.at];
        let Editor::Line(line) = &cell.editor else { return None };
        if !line.at_end() || !cell.field.kind.is_prose() || cell.field.kind == FieldKind::Name {
            return None;
        }
        let typed = suggest::typed_part(cell.field.kind, line.text());
        let kind = self.parts[cell.part].entry.kind;
        self.carried.suggestions.best(kind, cell.key(), typed)
    }

    pub(super) fn take_suggestion(&mut self) -> Asked {
        let Some(suggestion) = self.suggestion().map(str::to_owned) else {
            return Asked::Nothing;
        };
        let cell = &mut self.cells[self.at];
        let kind = cell.field.kind;
        if let Editor::Line(line) = &mut cell.editor {
            let text = line.text();
            let typed = suggest::typed_part(kind, text).len();
            let whole = format!("{}{suggestion}", &text[..text.len() - typed]);
            line.set_text(&whole);
        }
        self.dirty = true;
        Asked::Nothing
    }
}
