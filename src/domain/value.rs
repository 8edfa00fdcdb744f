//! A field's value, erased: what forms, files, the journal and the audit trail carry.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::id::Id;
use crate::vietnamese::date::Partial;

/// The value of one field. An empty field has no value (it is absent), so there is no `Empty` here.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, a code of a list, a unit's uid: NFC, trimmed, never empty.
    Text(String),
    /// A count, a year, an amount in đồng.
    Number(i64),
    /// A score or a target's bound.
    Decimal(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// A day, a month or a year.
    Partial(Partial),
    /// A reference to a record.
    Id(Id),
    /// Several values, never empty.
    List(Vec<Value>),
    /// Counts by code.
    Counts(BTreeMap<String, i64>),
    /// Anything else, as it was given: frozen report lines, fields of a newer version.
    Json(Json),
}

impl Value {
    /// The value as it stands in JSON: dates ISO, references as ids, whole decimals without a point.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Text(text) => json!(text),
            Value::Number(number) => json!(number),
            Value::Decimal(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(*number as i64),
            Value::Decimal(number) => json!(number),
            Value::Bool(flag) => json!(flag),
            Value::Date(date) => json!(date.to_string()),
            Value::Partial(partial) => json!(partial.iso()),
            Value::Id(id) => json!(id.to_string()),
            Value::List(values) => Json::Array(values.iter().map(Value::to_json).collect()),
            Value::Counts(counts) => json!(counts),
            Value::Json(json) => json.clone(),
        }
    }

    /// The text of a text or code value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a count, year or amount.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The day of a date, or the first day of a partial one.
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Value::Date(date) => Some(*date),
            Value::Partial(partial) => Some(partial.first_day()),
            _ => None,
        }
    }

    /// The id of a resolved reference.
    pub fn as_id(&self) -> Option<Id> {
        match self {
            Value::Id(id) => Some(*id),
            _ => None,
        }
    }

    /// The values of a list, or the one value itself.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(values) => values,
            one => std::slice::from_ref(one),
        }
    }
}

/// A field of a typed record: how it is taken from an erased value and put back. A value of another shape (of a newer
/// version, say) reads as empty and is not lost: the erased record still holds it.
pub trait Slot: Sized {
    /// From the erased value, empty where there is none.
    fn of(value: Option<&Value>) -> Self;
    /// Back to an erased value, none where empty.
    fn put(&self) -> Option<Value>;
}

macro_rules! simple_slot {
    ($($type:ty, $variant:ident, $take:expr, $put:expr;)*) => { $(
        impl Slot for Option<$type> {
            fn of(value: Option<&Value>) -> Self {
                match value { Some(Value::$variant(inner)) => Some($take(inner)), _ => None }
            }
            fn put(&self) -> Option<Value> {
                self.as_ref().map(|inner| Value::$variant($put(inner)))
            }
        }
    )* };
}

simple_slot! {
    String, Text, String::clone, String::clone;
    i64, Number, |n: &i64| *n, |n: &i64| *n;
    bool, Bool, |b: &bool| *b, |b: &bool| *b;
    NaiveDate, Date, |d: &NaiveDate| *d, |d: &NaiveDate| *d;
    Partial, Partial, |p: &Partial| *p, |p: &Partial| *p;
    Id, Id, |id: &Id| *id, |id: &Id| *id;
    Json, Json, Json::clone, Json::clone;
}

impl Slot for Option<f64> {
    fn of(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Decimal(number)) => Some(*number),
            Some(Value::Number(number)) => Some(*number as f64),
            _ => None,
        }
    }

    fn put(&self) -> Option<Value> {
        self.map(Value::Decimal)
    }
}

macro_rules! list_slot {
    ($($type:ty, $variant:ident;)*) => { $(
        impl Slot for Vec<$type> {
            fn of(value: Option<&Value>) -> Self {
                value.map(Value::items).unwrap_or_default().iter().filter_map(|item| match item {
                    Value::$variant(inner) => Some(inner.clone()),
                    _ => None,
                }).collect()
            }
            fn put(&self) -> Option<Value> {
                (!self.is_empty()).then(|| Value::List(self.iter().cloned().map(Value::$variant).collect()))
            }
        }
    )* };
}

list_slot! { String, Text; Id, Id; bool, Bool; }

impl Slot for BTreeMap<String, i64> {
    fn of(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Counts(counts)) => counts.clone(),
            _ => BTreeMap::new(),
        }
    }

    fn put(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Counts(self.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_field_takes_only_values_of_its_shape() {
        assert_eq!(<Option<i64> as Slot>::of(Some(&Value::Number(5))), Some(5));
        assert_eq!(<Option<i64> as Slot>::of(Some(&Value::Text("5".into()))), None);
        assert_eq!(
            <Vec<String> as Slot>::of(Some(&Value::Text("VON".into()))),
            vec!["VON".to_string()]
        );
        assert_eq!(Vec::<String>::new().put(), None);
    }

    #[test]
    fn a_partial_date_is_written_so_that_it_reads_back() {
        for text in ["1985", "1985-06", "1985-06-05"] {
            let partial: Partial = text.parse().unwrap();
            assert_eq!(Value::Partial(partial).to_json(), json!(text));
        }
    }

    #[test]
    fn whole_decimals_are_written_without_a_point() {
        assert_eq!(Value::Decimal(30.0).to_json(), json!(30));
        assert_eq!(Value::Decimal(9.5).to_json(), json!(9.5));
    }
}
