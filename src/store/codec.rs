//! How records and transactions become bytes and come back: the one pair of functions through which everything goes to
//! the journal and to sled, and so the place where encryption at rest will sit.
//!
//! JSON with stable field keys: readable in an emergency, the same on every machine, and open to fields of a newer
//! version. Integrity is the business of the layers below (a CRC a frame, a CRC a value).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::fault::StoreError;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record;
use crate::domain::schema::{FieldKind, Privacy, Schema};
use crate::domain::value::Value;
use crate::vietnamese::date::Partial;

/// Where an operation stands in the journal: the frame's sequence and the operation's place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position(pub u64, pub u32);

/// A record as it stands in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its values.
    pub entry: Entry,
    /// Its last operation.
    pub last: Position,
    /// The hybrid clock of that operation.
    pub clock: u64,
}

/// Values by field key, as they stand in the files.
pub type Fields = Map<String, Json>;

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The record's kind.
    #[serde(rename = "k")]
    pub kind: String,
    /// The record.
    #[serde(rename = "r")]
    pub record: Id,
    /// The changed fields as they were; none where the record did not exist. An empty field is `null`.
    #[serde(rename = "b", skip_serializing_if = "Option::is_none")]
    pub before: Option<Fields>,
    /// The changed fields as they are; none where the record is deleted.
    #[serde(rename = "a", skip_serializing_if = "Option::is_none")]
    pub after: Option<Fields>,
    /// This record's operation before this one.
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    pub previous: Option<Position>,
}

/// What one frame of the journal holds: operations that stand or fall together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// The office's unit.
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The machine, by the name it has in this store.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The officer.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The hybrid clock: milliseconds since 1970 shifted by 16 bits, and a count.
    #[serde(rename = "t")]
    pub clock: u64,
    /// The first and last frame that this one takes back.
    #[serde(rename = "x", skip_serializing_if = "Option::is_none")]
    pub undoes: Option<(u64, u64)>,
    /// What else is to be known of it: an export with personal data, an import's file name.
    #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The changes, in order.
    #[serde(rename = "c")]
    pub operations: Vec<Operation>,
}

fn unreadable(error: serde_json::Error) -> StoreError {
    // Only where in the bytes, never the bytes themselves: they may hold a person's data.
    StoreError::damaged(format!("JSON, line {} column {}", error.line(), error.column()))
}

/// A transaction's bytes.
pub fn encode_transaction(transaction: &Transaction) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(transaction).map_err(unreadable)
}

/// Back from [`encode_transaction`].
pub fn decode_transaction(bytes: &[u8]) -> Result<Transaction, StoreError> {
    serde_json::from_slice(bytes).map_err(unreadable)
}

#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(rename = "p")]
    last: Position,
    #[serde(rename = "t")]
    clock: u64,
    #[serde(rename = "v")]
    values: Fields,
}

/// A record's bytes.
pub fn encode_record(stored: &Stored, schema: &Schema) -> Result<Vec<u8>, StoreError> {
    let body = Body {
        last: stored.last,
        clock: stored.clock,
        values: encode_values(&stored.entry, schema),
    };
    serde_json::to_vec(&body).map_err(unreadable)
}

/// Back from [`encode_record`].
pub fn decode_record(kind: &'static str, id: Id, bytes: &[u8], schema: &Schema) -> Result<Stored, StoreError> {
    let body: Body = serde_json::from_slice(bytes).map_err(unreadable)?;
    let values = decode_values(kind, id, body.values, schema);
    Ok(Stored {
        entry: Entry { kind, id, values },
        last: body.last,
        clock: body.clock,
    })
}

/// A record's values as they stand in the files.
pub fn encode_values(entry: &Entry, schema: &Schema) -> Fields {
    let kind = record::kind(entry.kind);
    let encode = |(key, value): (&String, &Value)| {
        let json = value.to_json();
        let json = match kind.and_then(|kind| schema.field(kind, key)) {
            Some(field) if field.privacy == Privacy::Personal => seal(entry.id, key, json),
            _ => json,
        };
        (key.clone(), json)
    };
    entry.values.iter().map(encode).collect()
}

/// Back from [`encode_values`]. A value that is not of its field's shape is kept as it is.
pub fn decode_values(kind: &str, id: Id, values: Fields, schema: &Schema) -> BTreeMap<String, Value> {
    let kind = record::kind(kind);
    let decode = |(key, json): (String, Json)| {
        let field = kind.and_then(|kind| schema.field(kind, &key));
        let json = match field {
            Some(field) if field.privacy == Privacy::Personal => open(id, &key, json),
            _ => json,
        };
        let value = decode_value(field.map(|field| field.kind), json)?;
        Some((key, value))
    };
    values.into_iter().filter_map(decode).collect()
}

/// One value from its JSON, by the field's kind; `null` is no value.
pub fn decode_value(kind: Option<FieldKind>, json: Json) -> Option<Value> {
    let value = match (kind, json) {
        (_, Json::Null) => return None,
        (Some(FieldKind::Json), json) => Value::Json(json),
        (Some(FieldKind::Date), Json::String(text)) => match text.parse() {
            Ok(date) => Value::Date(date),
            Err(_) => Value::Json(Json::String(text)),
        },
        (Some(FieldKind::Partial), Json::String(text)) => match text.parse::<Partial>() {
            Ok(partial) => Value::Partial(partial),
            Err(_) => Value::Json(Json::String(text)),
        },
        (Some(FieldKind::Ref(_)), Json::String(text)) => text.parse().map(Value::Id).unwrap_or(Value::Text(text)),
        (Some(FieldKind::Decimal), Json::Number(number)) => Value::Decimal(number.as_f64()?),
        (Some(FieldKind::Counts(_)), Json::Object(counts)) => Value::Counts(
            counts
                .into_iter()
                .filter_map(|(code, count)| Some((code, count.as_i64()?)))
                .collect(),
        ),
        (Some(FieldKind::Refs(kind)), Json::Array(items)) => {
            let item = |item| decode_value(Some(FieldKind::Ref(kind)), item);
            Value::List(items.into_iter().filter_map(item).collect())
        }
        (_, Json::String(text)) => Value::Text(text),
        (_, Json::Bool(flag)) => Value::Bool(flag),
        (_, Json::Number(number)) => match number.as_i64() {
            Some(number) => Value::Number(number),
            None => Value::Decimal(number.as_f64()?),
        },
        (_, Json::Array(items)) => Value::List(items.into_iter().filter_map(|item| decode_value(None, item)).collect()),
        (_, json @ Json::Object(_)) => Value::Json(json),
    };
    Some(value)
}

/// Closes a personal value before it goes to a file. The identity for now; a key for each person will make its values
/// unreadable, in the journal too, once the key is thrown away.
fn seal(_record: Id, _field: &str, value: Json) -> Json {
    value
}

/// Back from [`seal`].
fn open(_record: Id, _field: &str, value: Json) -> Json {
    value
}
