//! A record, erased: its kind, its id and its values by field key. Typed records are read from it and written back;
//! what a typed record does not know (own fields, fields of a newer version) stays in it untouched.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::id::Id;
use super::value::{Slot, Value};

/// A record as files, forms and rules hand it on.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The kind's key: `visit`, `cooperative` …
    pub kind: &'static str,
    /// Its id.
    pub id: Id,
    /// Filled fields by key. Keys that begin with `_` are about the record (accepted warnings, notes on fields,
    /// missing marks) and no fields of the kind.
    pub values: BTreeMap<String, Value>,
}

/// Accepted warnings: a list of `code:field`.
pub const ACCEPTED: &str = "_accepted";
/// Notes on fields: an object of texts by field key.
pub const FIELD_NOTES: &str = "_notes";
/// Why a field is empty: an object by field key, of `KHONG_BIET` (not known) or `KHONG_AP_DUNG` (does not apply).
pub const MISSING: &str = "_missing";

impl Entry {
    /// A new, empty record of a kind.
    pub fn new(kind: &'static str) -> Entry {
        Entry {
            kind,
            id: Id::now(),
            values: BTreeMap::new(),
        }
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Sets a field, or empties it.
    pub fn set(&mut self, key: &str, value: Option<Value>) {
        match value {
            Some(value) => self.values.insert(key.to_string(), value),
            None => self.values.remove(key),
        };
    }

    /// A field read as its type; empty where absent or of another shape.
    pub fn field<T: Slot>(&self, key: &str) -> T {
        T::of(self.get(key))
    }

    /// The text or code of a field.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_text)
    }

    /// The day in a field.
    pub fn date(&self, key: &str) -> Option<NaiveDate> {
        self.get(key).and_then(Value::as_date)
    }

    /// The number in a field.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Value::as_number)
    }

    /// The one reference in a field.
    pub fn reference(&self, key: &str) -> Option<Id> {
        self.get(key).and_then(Value::as_id)
    }

    /// The unit that the record belongs to.
    pub fn unit(&self) -> Option<&str> {
        self.text("unit")
    }

    /// Whether a multi-valued code field names a code.
    pub fn names(&self, key: &str, code: &str) -> bool {
        self.get(key)
            .is_some_and(|value| value.items().iter().any(|item| item.as_text() == Some(code)))
    }

    /// The filled fields proper, without what is about the record.
    pub fn filled(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values
            .iter()
            .filter(|(key, _)| !key.starts_with('_'))
            .map(|(key, value)| (key.as_str(), value))
    }
}
