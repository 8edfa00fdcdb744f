//! Index keys: what a record is found by beside its id, derived from its fields and so never out of step with them.
//!
//! ```text
//! d kind 0 field 0 day id      a date: counting a period reads these and no records
//! r target id kind 0 field 0 day id   a reference: what belongs to a cooperative, a session, a person
//! f kind 0 id                  the cover of a record, for kinds that are asked about one by one
//! c kind 0 code                a unique code, folded → id
//! t kind 0 field 0 text 0 id   a text that others are looked up by: a tax code, a unit's code, a report's period
//! n kind 0 folded name 0 id    a name as it is searched and compared
//! s kind 0 sort key 0 id       a name as it is sorted
//! ```
//!
//! Days are big-endian and shifted so that they sort; entries of dates and references carry a cover: the record's unit
//! and the few fields its kind names in `COVER` (`cover.rs`).

use chrono::NaiveDate;

use super::cover;
use super::day::{day_bytes, day_of};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::FieldKind;
use crate::domain::value::Value;
use crate::vietnamese::{collate, fold};

/// Bytes of a name or a code that a key holds; longer ones are cut (a cut name still finds, and the record decides).
const TEXT_IN_KEY: usize = 160;

/// An index entry: a key, and a cover, an id or nothing behind it.
pub type IndexEntry = (Vec<u8>, Vec<u8>);

/// All index entries of a record.
pub fn entries(kind: &'static dyn Kind, entry: &Entry) -> Vec<IndexEntry> {
    let mut found = Vec::new();
    let cover = cover::encode(kind, entry);
    let when = kind.when().and_then(|key| entry.date(key));
    for field in kind.fields().iter().filter(|field| field.indexed) {
        match (field.kind, entry.get(field.key)) {
            (FieldKind::Date | FieldKind::Partial, Some(value)) => {
                if let Some(day) = value.as_date() {
                    let mut key = dated_prefix(kind.key(), field.key);
                    key.extend(day_bytes(day));
                    key.extend(entry.id.bytes());
                    found.push((key, cover.clone()));
                }
            }
            (FieldKind::Ref(_) | FieldKind::Refs(_), Some(value)) => {
                for target in value.items().iter().filter_map(Value::as_id) {
                    let mut key = referring_prefix(target, kind.key(), field.key);
                    key.extend(when.map_or([0; 4], day_bytes));
                    key.extend(entry.id.bytes());
                    found.push((key, cover.clone()));
                }
            }
            (FieldKind::Plain | FieldKind::TaxCode | FieldKind::Period, Some(Value::Text(text))) => {
                let mut key = bearing_prefix(kind.key(), field.key, text);
                key.extend(entry.id.bytes());
                found.push((key, Vec::new()));
            }
            _ => {}
        }
    }
    if kind.is_covered_by_id() {
        found.push((cover_key(kind.key(), entry.id), cover));
    }
    if let Some(code) = kind.code_field().and_then(|field| entry.text(field.key)) {
        found.push((code_key(kind.key(), code), entry.id.bytes().to_vec()));
    }
    if let Some((key, name)) = kind
        .name_field()
        .and_then(|key| entry.text(key).map(|name| (key, name)))
    {
        let mut folded = named_prefix(kind.key(), name);
        folded.extend(entry.id.bytes());
        found.push((folded, Vec::new()));
        let is_person = kind.field(key).is_some_and(|field| field.kind == FieldKind::Name);
        let order = if is_person {
            collate::name_key(name)
        } else {
            collate::sort_key(name)
        };
        let mut sorted = sorted_prefix(kind.key());
        sorted.extend(order.into_iter().take(TEXT_IN_KEY));
        sorted.push(0);
        sorted.extend(entry.id.bytes());
        found.push((sorted, Vec::new()));
    }
    found
}

fn text_prefix(sort: u8, parts: &[&str]) -> Vec<u8> {
    let mut key = vec![sort];
    for part in parts {
        key.extend(part.bytes());
        key.push(0);
    }
    key
}

/// What keys of the covers of a kind begin with.
pub fn covers_prefix(kind: &str) -> Vec<u8> {
    text_prefix(b'f', &[kind])
}

/// The key of a record's cover.
pub fn cover_key(kind: &str, id: Id) -> Vec<u8> {
    let mut key = covers_prefix(kind);
    key.extend(id.bytes());
    key
}

/// What keys of a date field begin with.
pub fn dated_prefix(kind: &str, field: &str) -> Vec<u8> {
    text_prefix(b'd', &[kind, field])
}

/// What keys of a reference to a record begin with.
pub fn referring_prefix(target: Id, kind: &str, field: &str) -> Vec<u8> {
    let mut key = vec![b'r'];
    key.extend(target.bytes());
    key.extend(&text_prefix(0, &[kind, field])[1..]);
    key
}

/// The key of a code.
pub fn code_key(kind: &str, code: &str) -> Vec<u8> {
    let mut key = text_prefix(b'c', &[kind]);
    key.extend(fold_code(code).bytes().take(TEXT_IN_KEY));
    key
}

/// What keys of a text that records are looked up by begin with.
pub fn bearing_prefix(kind: &str, field: &str, text: &str) -> Vec<u8> {
    let mut key = text_prefix(b't', &[kind, field]);
    key.extend(fold_code(text).bytes().take(TEXT_IN_KEY));
    key.push(0);
    key
}

/// Codes are compared without case and blanks.
pub fn fold_code(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What keys of a folded name begin with.
pub fn named_prefix(kind: &str, name: &str) -> Vec<u8> {
    let mut key = text_prefix(b'n', &[kind]);
    key.extend(fold::fold(name).bytes().take(TEXT_IN_KEY));
    key.push(0);
    key
}

/// What keys of a kind in the order of names begin with.
pub fn sorted_prefix(kind: &str) -> Vec<u8> {
    text_prefix(b's', &[kind])
}

/// The id that a key ends with.
pub fn id_at_end(key: &[u8]) -> Option<Id> {
    let start = key.len().checked_sub(16)?;
    Some(Id::from_bytes(key[start..].try_into().ok()?))
}

/// The day before the id that a key ends with.
pub fn day_at_end(key: &[u8]) -> Option<NaiveDate> {
    let end = key.len().checked_sub(16)?;
    day_of(key[end.checked_sub(4)?..end].try_into().ok()?)
}
