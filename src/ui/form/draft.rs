//! A form as a draft and back: what was typed, field by field, even what cannot be read yet.

use super::engine::{Blocks, Carried, Form, FormCx};
use super::field::{Content, Filled, Missing};
use crate::domain::entry::FIELD_NOTES;
use crate::domain::reading;
use crate::domain::value::Value;
use crate::store::Draft;
use serde_json::{Map, Value as Json, json};

impl Form {
    /// What is typed and not saved.
    pub fn draft(&self) -> Draft {
        let mut cells = Map::new();
        for cell in self
            .cells
            .iter()
            .filter(|cell| !cell.is_empty() || cell.missing.is_some())
        {
            let mut kept = Map::new();
            kept.insert("text".into(), Json::from(cell.text()));
            kept.insert("value".into(), cell.value().map_or(Json::Null, Value::to_json));
            if let Some(missing) = cell.missing {
                kept.insert("missing".into(), Json::from(missing.code()));
            }
            if cell.filled == Filled::ByDefault {
                kept.insert("given".into(), Json::from(true));
            }
            cells.insert(format!("{}.{}", cell.part, cell.key()), Json::Object(kept));
        }
        let accepted: Vec<Json> = self.accepted.iter().map(|(part, said)| json!([part, said])).collect();
        let notes = match self.parts[0].entry.get(FIELD_NOTES) {
            Some(Value::Json(notes)) => notes.clone(),
            _ => Json::Null,
        };
        Draft {
            id: self.id(),
            kind: self.kind.key().to_owned(),
            focus: Some(format!("{}.{}", self.cells[self.at].part, self.cells[self.at].key())),
            body: json!({ "cells": cells, "accepted": accepted, "notes": notes, "blocks": self.blocks == Blocks::Open }),
            changed_ms: 0,
        }
    }

    /// The form of a draft, with the cursor where it stood. `None` where its kind is not known.
    pub fn resume(draft: &Draft, cx: &FormCx<'_>) -> Option<Form> {
        let kind = crate::domain::record::kind(&draft.kind)?;
        // A fault of the store shows on saving; the draft itself is whole.
        let stored = cx.read.get(kind.key(), draft.id).ok().flatten();
        let mut form = match stored {
            Some(entry) => Form::edit(entry, cx)?,
            None => {
                let mut form = Form::new(kind.key(), Vec::new(), Carried::default(), cx)?;
                form.parts[0].entry.id = draft.id;
                form
            }
        };
        form.fill_from(draft, cx);
        form.dirty = true;
        form.look_beside(cx);
        form.recheck(cx);
        form.come_in(cx);
        Some(form)
    }

    fn fill_from(&mut self, draft: &Draft, cx: &FormCx<'_>) {
        let kept = &draft.body["cells"];
        for at in 0..self.cells.len() {
            let cell = &mut self.cells[at];
            let name = format!("{}.{}", cell.part, cell.key());
            let was = &kept[name.as_str()];
            let content = Content {
                text: was["text"].as_str().unwrap_or_default().to_owned(),
                value: reading::from_json(&cell.field, &was["value"], cx.read.known())
                    .ok()
                    .flatten(),
                missing: was["missing"].as_str().and_then(Missing::of),
            };
            cell.restore(&content, cx.read, cx.lang);
            cell.filled = if was["given"] == true {
                Filled::ByDefault
            } else {
                Filled::ByHand
            };
            if draft.focus.as_deref() == Some(name.as_str()) {
                self.at = at;
            }
        }
        if draft.body["blocks"] == true {
            self.blocks = Blocks::Open;
        }
        if draft.body["notes"].is_object() {
            self.parts[0]
                .entry
                .set(FIELD_NOTES, Some(Value::Json(draft.body["notes"].clone())));
        }
        for pair in draft.body["accepted"].as_array().into_iter().flatten() {
            if let (Some(part), Some(said)) = (pair[0].as_u64(), pair[1].as_str()) {
                self.accepted
                    .insert((usize::try_from(part).unwrap_or_default(), said.to_owned()));
            }
        }
    }
}
