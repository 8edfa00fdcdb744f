//! What an index entry tells of its record, so that counting reads no records: the unit and the few fields that the kind
//! names in `COVER`.
//!
//! A report reads hundreds of thousands of these, and they are most of what the index holds. So they are short, and
//! nothing is made of them but what is asked for: one value behind the other, the unit's first, each with a byte before it
//! that tells its shape and its length.
//!
//! ```text
//! 0 nothing   1 text, UTF-8   2 id, 16 bytes   3 number, zigzag, as few bytes as it needs, the low ones first
//! 4 day, as in index keys     5 yes or no, a byte     6 several, each of them again such a value
//! ```

use chrono::NaiveDate;

use super::day::{day_bytes, day_of};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::vietnamese::date::Partial;

const NOTHING: u8 = 0;
const TEXT: u8 = 1;
const ID: u8 = 2;
const NUMBER: u8 = 3;
const DAY: u8 = 4;
const FLAG: u8 = 5;
const SEVERAL: u8 = 6;

/// Bits of the first byte that hold the length.
const LENGTH_BITS: u8 = 5;
/// A length that does not fit there: it follows in four bytes.
const LONG: u8 = (1 << LENGTH_BITS) - 1;

/// The cover of a record, as bytes.
pub fn encode(kind: &'static dyn Kind, entry: &Entry) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut whole = 0;
    let fields = kind.cover().iter().map(|key| entry.get(key));
    for value in std::iter::once(entry.get("unit")).chain(fields) {
        put(&mut bytes, value);
        if value.is_some() {
            whole = bytes.len();
        }
    }
    // What is empty at the end is not written.
    bytes.truncate(whole);
    bytes
}

fn put(bytes: &mut Vec<u8>, value: Option<&Value>) {
    match value {
        Some(Value::Text(text)) => put_bytes(bytes, TEXT, text.as_bytes()),
        Some(Value::Partial(partial)) => put_bytes(bytes, TEXT, partial.iso().as_bytes()),
        Some(Value::Id(id)) => put_bytes(bytes, ID, &id.bytes()),
        Some(Value::Date(day)) => put_bytes(bytes, DAY, &day_bytes(*day)),
        Some(Value::Bool(flag)) => put_bytes(bytes, FLAG, &[u8::from(*flag)]),
        Some(Value::Number(number)) => put_number(bytes, *number),
        Some(Value::Decimal(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            put_number(bytes, *number as i64)
        }
        Some(Value::List(values)) => {
            let mut items = Vec::new();
            values.iter().for_each(|value| put(&mut items, Some(value)));
            put_bytes(bytes, SEVERAL, &items);
        }
        Some(Value::Decimal(_) | Value::Counts(_) | Value::Json(_)) | None => bytes.push(NOTHING),
    }
}

fn put_number(bytes: &mut Vec<u8>, number: i64) {
    let zigzag = ((number << 1) ^ (number >> 63)) as u64;
    let used = 8 - zigzag.leading_zeros() as usize / 8;
    put_bytes(bytes, NUMBER, &zigzag.to_le_bytes()[..used]);
}

fn put_bytes(bytes: &mut Vec<u8>, shape: u8, value: &[u8]) {
    let head = shape << LENGTH_BITS;
    match u8::try_from(value.len()) {
        Ok(length) if length < LONG => bytes.push(head | length),
        _ => {
            bytes.push(head | LONG);
            bytes.extend((value.len() as u32).to_le_bytes());
        }
    }
    bytes.extend(value);
}

/// What an index entry tells of its record without reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    keys: &'static [&'static str],
    bytes: Vec<u8>,
}

/// One value, by its shape.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held<'c> {
    Nothing,
    Text(&'c str),
    Id(Id),
    Number(i64),
    Day(NaiveDate),
    Flag(bool),
    Several(Values<'c>),
}

/// Values one behind the other; what is cut short ends there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Values<'c>(&'c [u8]);

impl<'c> Values<'c> {
    /// The shape of the next value and its bytes.
    fn take(&mut self) -> Option<(u8, &'c [u8])> {
        let (head, rest) = self.0.split_first()?;
        let (length, rest) = match head & LONG {
            LONG => {
                let (length, rest) = rest.split_first_chunk()?;
                (u32::from_le_bytes(*length) as usize, rest)
            }
            length => (usize::from(length), rest),
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((head >> LENGTH_BITS, value))
    }
}

impl<'c> Iterator for Values<'c> {
    type Item = Held<'c>;

    fn next(&mut self) -> Option<Held<'c>> {
        self.take().map(|(shape, bytes)| read(shape, bytes))
    }

    fn nth(&mut self, place: usize) -> Option<Held<'c>> {
        for _ in 0..place {
            self.take()?;
        }
        self.next()
    }
}

fn read(shape: u8, bytes: &[u8]) -> Held<'_> {
    let held = match shape {
        TEXT => std::str::from_utf8(bytes).ok().map(Held::Text),
        ID => bytes.try_into().ok().map(|bytes| Held::Id(Id::from_bytes(bytes))),
        NUMBER if bytes.len() <= 8 => {
            let mut all = [0; 8];
            all[..bytes.len()].copy_from_slice(bytes);
            let zigzag = u64::from_le_bytes(all);
            Some(Held::Number((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64)))
        }
        DAY => bytes.try_into().ok().and_then(day_of).map(Held::Day),
        FLAG => bytes.first().map(|flag| Held::Flag(*flag == 1)),
        SEVERAL => Some(Held::Several(Values(bytes))),
        _ => None,
    };
    held.unwrap_or(Held::Nothing)
}

impl Cover {
    /// Of the bytes of an index entry.
    pub fn new(kind: &'static dyn Kind, bytes: Vec<u8>) -> Cover {
        Cover {
            keys: kind.cover(),
            bytes,
        }
    }

    /// Of a record at hand.
    pub fn of(kind: &'static dyn Kind, entry: &Entry) -> Cover {
        Cover::new(kind, encode(kind, entry))
    }

    fn value(&self, key: &str) -> Option<Held<'_>> {
        let place = self.keys.iter().position(|name| *name == key)?;
        Values(&self.bytes).nth(place + 1)
    }

    /// The record's unit.
    pub fn unit(&self) -> Option<&str> {
        match Values(&self.bytes).next()? {
            Held::Text(unit) => Some(unit),
            _ => None,
        }
    }

    /// Whether the field is filled.
    pub fn has(&self, key: &str) -> bool {
        self.value(key).is_some_and(|held| held != Held::Nothing)
    }

    /// A text or a code.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.value(key)? {
            Held::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Held::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<NaiveDate> {
        match self.value(key)? {
            Held::Day(day) => Some(day),
            _ => None,
        }
    }

    /// A day, a month or a year.
    pub fn partial(&self, key: &str) -> Option<Partial> {
        match self.value(key)? {
            Held::Day(day) => Some(Partial::Day(day)),
            Held::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A reference.
    pub fn id(&self, key: &str) -> Option<Id> {
        match self.value(key)? {
            Held::Id(id) => Some(id),
            _ => None,
        }
    }

    /// The codes of a field of several.
    pub fn codes(&self, key: &str) -> Vec<&str> {
        let text = |held| match held {
            Held::Text(text) => Some(text),
            _ => None,
        };
        match self.value(key) {
            Some(Held::Several(items)) => items.filter_map(text).collect(),
            held => held.and_then(text).into_iter().collect(),
        }
    }

    /// The references of a field of several.
    pub fn ids(&self, key: &str) -> Vec<Id> {
        let id = |held| match held {
            Held::Id(id) => Some(id),
            _ => None,
        };
        match self.value(key) {
            Some(Held::Several(items)) => items.filter_map(id).collect(),
            held => held.and_then(id).into_iter().collect(),
        }
    }

    /// Whether a field of several codes names one.
    pub fn names(&self, key: &str, code: &str) -> bool {
        self.codes(key).contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;
    use proptest::prelude::*;
    use serde_json::json;

    fn cover(key: &'static str, fields: &[(&str, Value)]) -> Cover {
        let mut entry = Entry::new(key);
        for (key, value) in fields {
            entry.set(key, Some(value.clone()));
        }
        Cover::of(kind(key).unwrap(), &entry)
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn every_value_comes_back_as_what_it_is() {
        let (id, day) = (Id::now(), NaiveDate::from_ymd_opt(2026, 5, 18).unwrap());
        let long = "Tổ hợp tác sản xuất rau an toàn phụ nữ ".repeat(40);
        let read = cover(
            "support",
            &[
                ("unit", text("C12472-B")),
                ("kind", text(&long)),
                ("granted", Value::Number(25_000_000)),
                ("granted_on", Value::Date(day)),
                ("cooperative", Value::Id(id)),
            ],
        );
        assert_eq!(
            (read.unit(), read.text("kind")),
            (Some("C12472-B"), Some(long.as_str()))
        );
        assert_eq!((read.text("state"), read.number("granted")), (None, Some(25_000_000)));
        assert_eq!(
            (read.date("granted_on"), read.partial("granted_on")),
            (Some(day), Some(Partial::Day(day)))
        );
        assert_eq!((read.id("cooperative"), read.id("person")), (Some(id), None));
        // Asked for what it is not, or by a key that no cover has.
        assert_eq!(
            (read.text("granted"), read.number("kind"), read.id("kind")),
            (None, None, None)
        );
        assert_eq!(
            (read.date("granted"), read.flag("granted"), read.text("note")),
            (None, None, None)
        );
    }

    #[test]
    fn codes_are_told_of_several_of_one_and_of_none() {
        let id = Id::now();
        let read = cover(
            "training",
            &[
                ("topics", Value::List(vec![text("A"), Value::Number(1), text("B")])),
                ("audience", text("C")),
                ("state", Value::Json(json!({"x": 1}))),
                ("union_part", Value::List(Vec::new())),
                ("partners", Value::List(vec![Value::Id(id), Value::Id(id)])),
            ],
        );
        assert_eq!((read.ids("partners"), read.ids("topics")), (vec![id, id], Vec::new()));
        assert_eq!(
            (read.codes("topics"), read.codes("audience")),
            (vec!["A", "B"], vec!["C"])
        );
        assert!(read.names("topics", "B") && !read.names("topics", "C"));
        assert!(read.codes("union_part").is_empty() && read.codes("state").is_empty());
        assert_eq!((read.unit(), read.text("state")), (None, None));
    }

    #[test]
    fn months_and_years_come_back_and_nothing_takes_no_room() {
        let month: Partial = "2026-05".parse().unwrap();
        let read = cover("role", &[("from", Value::Partial(month))]);
        assert_eq!(
            (read.partial("from"), read.date("from"), read.partial("to")),
            (Some(month), None, None)
        );
        assert!(cover("role", &[]).bytes.is_empty());
        assert_eq!(cover("person", &[("gender", text("NU"))]).bytes.len(), 4);
    }

    proptest! {
        #[test]
        fn numbers_come_back_and_bytes_of_any_kind_are_read_without_harm(
            number in any::<i64>(),
            bytes in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let read = cover("support", &[("granted", Value::Number(number))]);
            prop_assert_eq!(read.number("granted"), Some(number));
            let torn = Cover::new(kind("support").unwrap(), bytes);
            for key in kind("support").unwrap().cover() {
                let _ = (torn.unit(), torn.text(key), torn.id(key), torn.partial(key), torn.codes(key));
            }
        }
    }
}
