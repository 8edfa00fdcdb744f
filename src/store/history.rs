//! A record's history: who changed what, when, from what to what; read along the chain of its operations, newest first.

use serde_json::Value as Json;

use super::codec::Fields;
use super::fault::StoreError;
use super::{Read, Store};
use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::domain::record::KINDS;
use crate::domain::text::Text;

/// What an operation did to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It was entered.
    Created,
    /// Fields were changed.
    Edited,
    /// It was deleted.
    Deleted,
}

/// One entry of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// The officer.
    pub user: Option<String>,
    /// The machine.
    pub device: Option<String>,
    /// The record's kind.
    pub kind: String,
    /// What was done.
    pub deed: Deed,
    /// Whether it took back something done before.
    pub is_undo: bool,
    /// What else was noted (an import's file).
    pub note: Option<String>,
    /// The changed fields: key, before, after; `null` where empty.
    pub fields: Vec<(String, Json, Json)>,
}

impl Past {
    /// What was done, in a word or two.
    pub fn label(&self) -> Text {
        match (self.deed, self.is_undo) {
            (Deed::Created, false) => Text::new("nhập mới", "entered"),
            (Deed::Created, true) => Text::new("khôi phục", "brought back"),
            (Deed::Edited, false) => Text::new("sửa", "edited"),
            (Deed::Edited, true) => Text::new("hoàn tác", "taken back"),
            (Deed::Deleted, false) => Text::new("xóa", "deleted"),
            (Deed::Deleted, true) => Text::new("hoàn tác việc nhập", "entry taken back"),
        }
    }
}

impl Store {
    /// The history of a record, deleted ones too, newest first; empty for an id that never was.
    pub fn history(&self, id: Id) -> Result<Vec<Past>, StoreError> {
        let reader = self.reader();
        let mut position = reader.grave(id)?.map(|grave| grave.last);
        for kind in KINDS {
            if position.is_none() {
                position = reader.stored(kind.key(), id)?.map(|stored| stored.last);
            }
        }
        let mut history = Vec::new();
        while let Some(at) = position {
            let Some((transaction, _)) = self.transaction(at.0)? else {
                break;
            };
            let Some(operation) = transaction.operations.get(at.1 as usize) else {
                break;
            };
            let deed = match (&operation.before, &operation.after) {
                (_, None) => Deed::Deleted,
                (None, _) => Deed::Created,
                _ => Deed::Edited,
            };
            history.push(Past {
                at_ms: transaction.clock >> 16,
                user: transaction.user.clone(),
                device: transaction.device.clone(),
                kind: operation.kind.clone(),
                deed,
                is_undo: transaction.undoes.is_some(),
                note: transaction.note.clone(),
                fields: changes(operation.before.as_ref(), operation.after.as_ref()),
            });
            // A chain only ever leads back; anything else is damage and ends it.
            position = operation.previous.filter(|previous| *previous < at);
        }
        Ok(history)
    }
}

fn changes(before: Option<&Fields>, after: Option<&Fields>) -> Vec<(String, Json, Json)> {
    let mut keys: Vec<&String> = before
        .iter()
        .chain(after.iter())
        .flat_map(|fields| fields.keys())
        .collect();
    keys.arrange();
    keys.dedup();
    let value =
        |fields: Option<&Fields>, key: &str| fields.and_then(|fields| fields.get(key)).cloned().unwrap_or_default();
    keys.into_iter()
        .map(|key| (key.clone(), value(before, key), value(after, key)))
        .collect()
}
