//! Keeping the sheet: a draft that a kill cannot take, and the one transaction that saves it.

use super::sheet::{Row, Sheet};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::text::Message;
use crate::store::{Draft, Read, StoreError};
use crate::ui::data::Work;
use crate::ui::grid::sheet::{self, Standing, Stopped};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// The id of a fair's draft: apart from that of the fair's own form.
pub fn draft_id(fair: Id) -> Id {
    fair.derived("booths")
}

/// The rows that are not saved.
pub fn draft(sheet: &Sheet) -> Draft {
    let row = |row: &Row| {
        let fields: Map<String, Json> = row
            .entry
            .values
            .iter()
            .map(|(key, value)| (key.clone(), value.to_json()))
            .collect();
        json!({ "id": row.entry.id.to_string(), "fields": fields, "dropped": row.standing == Standing::Dropped })
    };
    let rows: Vec<Json> = sheet.changed().map(|at| row(&sheet.rows()[at])).collect();
    let rest = json!({ "fair": sheet.event.id.to_string(), "title": sheet.event.title });
    sheet::draft(draft_id(sheet.event.id), "booth", rows, rest)
}

/// Lays a draft over the sheet, as one step that undo takes back.
///
/// # Errors
/// The store cannot be read.
pub fn resume(sheet: &mut Sheet, draft: &Draft, read: &dyn Read) -> Result<(), StoreError> {
    let mut kept = Vec::new();
    for json in draft.body["rows"].as_array().into_iter().flatten() {
        let Some(id) = json["id"].as_str().and_then(|id| id.parse::<Id>().ok()) else {
            continue;
        };
        let mut entry = read.get("booth", id)?.unwrap_or_else(|| Entry {
            id,
            ..Entry::new("booth")
        });
        for field in read.schema().fields_of("booth") {
            // What cannot be read any more (a cooperative deleted since) is empty, and asked for on saving.
            let value = reading::from_json(field, &json["fields"][field.key], read.known())
                .ok()
                .flatten();
            entry.set(field.key, value);
        }
        let mut row = Row::read(entry, read)?;
        if json["dropped"] == true {
            row.standing = Standing::Dropped;
        }
        kept.push(row);
    }
    sheet.lay_over(kept);
    Ok(())
}

/// The work of saving: every changed row in one transaction. `accepted` are the places of rows whose warnings the
/// officer has accepted; `stopped` tells the row that was refused.
pub fn save(sheet: &Sheet, accepted: &BTreeSet<usize>, stopped: Stopped) -> Work {
    let rows = sheet.to_save(accepted);
    Work::transaction(move |txn| {
        let count = rows.len();
        for (at, row, warnings) in rows {
            stopped.set(Some(at));
            if row.is_kept() {
                txn.save(row.entry, warnings)?;
            } else if txn.with(|read| read.get("booth", row.entry.id))?.is_some() {
                txn.delete("booth", row.entry.id)?;
            }
        }
        stopped.set(None);
        Ok(Message::new(
            format!("Đã lưu {count} gian hàng."),
            format!("Saved {count} booths."),
        ))
    })
}
