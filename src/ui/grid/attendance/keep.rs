//! Keeping the list: a draft that a kill cannot take, and the one transaction that saves it.

use super::people::People;
use super::row::{self, First, Known, Marks, Row, Who};
use super::sheet::Sheet;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Draft, Read, StoreError};
use crate::ui::data::{Refusal, Txn, Warnings, Work};
use crate::ui::grid::sheet::{self, Standing, Stopped};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The id of a session's draft: apart from that of the session's own form.
pub fn draft_id(training: Id) -> Id {
    training.derived("attendance")
}

/// The rows that are not saved, and the line being typed.
pub fn draft(sheet: &Sheet, line: &str) -> Draft {
    let rows: Vec<Json> = sheet.changed().map(|at| row_to_json(&sheet.rows()[at])).collect();
    let rest = json!({ "training": sheet.event.id.to_string(), "title": sheet.event.title, "line": line });
    sheet::draft(draft_id(sheet.event.id), "attendance", rows, rest)
}

/// Lays a draft over the list, as one step that undo takes back; gives the line that was being typed.
///
/// # Errors
/// The store cannot be read.
pub fn resume(sheet: &mut Sheet, draft: &Draft, read: &dyn Read) -> Result<String, StoreError> {
    let mut kept = Vec::new();
    {
        let people = People::of(read, &sheet.event);
        for json in draft.body["rows"].as_array().into_iter().flatten() {
            kept.extend(row_of_json(json, &people)?);
        }
    }
    sheet.lay_over(kept);
    Ok(draft.body["line"].as_str().unwrap_or_default().to_owned())
}

/// What is set of a row: a long list is written as it is worked on. Who is on record is read from there again.
fn row_to_json(row: &Row) -> Json {
    let mut json = Map::new();
    let mut set = |key: &str, value: Json| _ = json.insert(key.to_owned(), value);
    let text = |text: &str| Json::String(text.to_owned());
    set("id", text(&row.id.to_string()));
    if let Some(person) = row.who.person() {
        set("person", text(&person.to_string()));
    }
    if !matches!(row.who.known, Known::Person(_)) {
        set("who", text(&row.who.name));
        set("gender", row.who.gender.into());
    }
    if let Known::NewPerson(_, phone) = &row.who.known {
        set("new_phone", text(phone));
    }
    let (called, present) = row.marks.bits();
    set("called", called.into());
    set("present", present.into());
    if let Some(kind) = row.kind {
        set("kind", text(kind));
    }
    if let Some(cooperative) = row.cooperative {
        set("at", text(&cooperative.to_string()));
    }
    if let Some(certificate) = row.certificate {
        set("certificate", text(certificate));
    }
    if !row.number.is_empty() {
        set("number", text(&row.number));
    }
    for (key, is_so) in [
        ("completed", row.completed),
        ("dropped", row.standing == Standing::Dropped),
    ] {
        if is_so {
            set(key, true.into());
        }
    }
    Json::Object(json)
}

/// A row of a draft; none where it cannot be read.
fn row_of_json(json: &Json, people: &People<'_>) -> Result<Option<Row>, StoreError> {
    let id = |key: &str| json[key].as_str().and_then(|text| text.parse::<Id>().ok());
    let Some(own) = id("id") else { return Ok(None) };
    let name = json["who"].as_str().unwrap_or_default();
    let alone = || Who::name_alone(name, row::code("gender", json["gender"].as_str()));
    let who = match (id("person"), json["new_phone"].as_str()) {
        (Some(person), Some(phone)) => Who {
            known: Known::NewPerson(person, phone.to_owned()),
            ..alone()
        },
        (Some(person), None) => people.person(person)?,
        (None, _) => alone(),
    };
    let bits = |key: &str| json[key].as_u64().unwrap_or_default();
    let mut row = Row::new(who);
    row.id = own;
    row.kind = row::code("attendee_kind", json["kind"].as_str());
    row.cooperative = id("at");
    row.marks = Marks::from_bits(bits("called"), bits("present"));
    row.completed = json["completed"] == true;
    row.certificate = row::code("certificate", json["certificate"].as_str());
    row.number = Arc::from(json["number"].as_str().unwrap_or_default());
    if json["dropped"] == true {
        row.standing = Standing::Dropped;
    }
    Ok(Some(row))
}

/// The work of saving: every changed row in one transaction. `accepted` are the places of rows whose warnings the
/// officer has accepted; `stopped` tells the row that was refused.
pub fn save(sheet: &Sheet, accepted: &BTreeSet<usize>, stopped: Stopped) -> Work {
    let rows = sheet.to_save(accepted);
    let (training, days, totals) = (sheet.event.id, sheet.event.days, sheet.totals());
    Work::transaction(move |txn| {
        for (at, row, warnings) in &rows {
            stopped.set(Some(*at));
            put(txn, row, *warnings, training, days)?;
        }
        stopped.set(None);
        let count = rows.len();
        Ok(Message::new(
            format!(
                "Đã lưu {count} dòng điểm danh: có mặt {}/{}.",
                totals.present, totals.listed
            ),
            format!(
                "Saved {count} attendance rows: {} of {} present.",
                totals.present, totals.listed
            ),
        ))
    })
}

fn put(txn: &mut Txn<'_>, row: &Row, warnings: Warnings, training: Id, days: usize) -> Result<(), Refusal> {
    let stored = txn.with(|read| read.get("attendance", row.id))?;
    if !row.is_kept() {
        return match stored {
            Some(_) => txn.delete("attendance", row.id),
            None => Ok(()),
        };
    }
    if let Known::NewPerson(id, phone) = &row.who.known
        && txn.with(|read| read.get("person", *id))?.is_none()
    {
        txn.save(new_person(*id, &row.who, phone), warnings)?;
    }
    let mut entry = stored.unwrap_or_else(|| Entry {
        id: row.id,
        ..Entry::new("attendance")
    });
    row.write(&mut entry, training, days);
    txn.save(entry, warnings).map(|_| ())
}

fn new_person(id: Id, who: &Who, phone: &str) -> Entry {
    let mut entry = Entry::new("person");
    entry.id = id;
    entry.set("name", Some(Value::Text(who.name.clone())));
    entry.set("gender", who.gender.map(|code| Value::Text(code.to_owned())));
    if !phone.is_empty() {
        entry.set("phone", Some(Value::Text(phone.to_owned())));
    }
    entry
}

/// A name as somebody to be put on record with the list.
pub fn to_be_recorded(who: Who, phone: &str) -> Who {
    Who {
        known: Known::NewPerson(Id::now(), phone.to_owned()),
        first: First::No,
        ..who
    }
}
