//! What an index entry tells of its record, so that counting reads no records: the unit and the few fields that the kind
//! names in `COVER`.
//!
//! It is written as a list in JSON. A report reads hundreds of thousands of them, so reading one fills two plain lists
//! and makes no value of its own for each field.

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::fault::StoreError;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::value::Value;

/// The cover of a record, as bytes.
pub fn encode(kind: &'static dyn Kind, entry: &Entry) -> Vec<u8> {
    let mut values = vec![entry.unit().map_or(Json::Null, Json::from)];
    values.extend(
        kind.cover()
            .iter()
            .map(|key| entry.get(key).map_or(Json::Null, Value::to_json)),
    );
    while values.last().is_some_and(Json::is_null) {
        values.pop();
    }
    // Strings, numbers and lists of them: writing them cannot fail.
    serde_json::to_vec(&values).unwrap_or_default()
}

/// What an index entry tells of its record without reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    keys: &'static [&'static str],
    /// The unit's value, then those of the keys.
    values: Vec<Held>,
    /// The codes of fields of several.
    items: Vec<Range<usize>>,
    /// All texts, one behind the other.
    texts: String,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    /// Nothing, or nothing that a cover is asked for.
    Nothing,
    Text(Range<usize>),
    Number(i64),
    Flag(bool),
    /// Which of the items.
    Several(Range<usize>),
}

impl Cover {
    /// Back from the bytes of an index entry.
    ///
    /// # Errors
    /// They are no list.
    pub fn decode(kind: &'static dyn Kind, bytes: &[u8]) -> Result<Cover, StoreError> {
        let mut cover = Cover {
            keys: kind.cover(),
            values: Vec::with_capacity(kind.cover().len() + 1),
            items: Vec::new(),
            texts: String::with_capacity(bytes.len()),
        };
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let read = json.deserialize_seq(Whole(&mut cover)).and_then(|()| json.end());
        read.map_err(|_| StoreError::damaged("index entry"))?;
        Ok(cover)
    }

    /// The cover of a record at hand.
    ///
    /// # Errors
    /// None that a record of the program could cause.
    pub fn of(kind: &'static dyn Kind, entry: &Entry) -> Result<Cover, StoreError> {
        Cover::decode(kind, &encode(kind, entry))
    }

    fn value(&self, key: &str) -> Option<&Held> {
        let place = self.keys.iter().position(|name| *name == key)?;
        self.values.get(place + 1)
    }

    fn read<'c>(&'c self, held: &Held) -> Option<&'c str> {
        match held {
            Held::Text(range) => self.texts.get(range.clone()),
            _ => None,
        }
    }

    /// The record's unit.
    pub fn unit(&self) -> Option<&str> {
        self.read(self.values.first()?)
    }

    /// A text or a code.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.read(self.value(key)?)
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.value(key)? {
            Held::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Held::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<NaiveDate> {
        self.text(key)?.parse().ok()
    }

    /// A reference.
    pub fn id(&self, key: &str) -> Option<Id> {
        self.text(key)?.parse().ok()
    }

    /// The codes of a field of several.
    pub fn codes(&self, key: &str) -> Vec<&str> {
        match self.value(key) {
            Some(Held::Several(range)) => {
                let items = self.items.get(range.clone()).unwrap_or_default();
                items.iter().filter_map(|item| self.texts.get(item.clone())).collect()
            }
            Some(one) => self.read(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Whether a field of several codes names one.
    pub fn names(&self, key: &str, code: &str) -> bool {
        self.codes(key).contains(&code)
    }
}

/// Reads the list.
struct Whole<'c>(&'c mut Cover);

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(held) = list.next_element_seed(One(&mut *self.0))? {
            self.0.values.push(held);
        }
        Ok(())
    }
}

/// Reads one value.
struct One<'c>(&'c mut Cover);

impl<'de> DeserializeSeed<'de> for One<'_> {
    type Value = Held;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Held, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One<'_> {
    type Value = Held;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Held, E> {
        Ok(Held::Nothing)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Held, E> {
        Ok(Held::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Held, E> {
        Ok(Held::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Held, E> {
        Ok(i64::try_from(number).map_or(Held::Nothing, Held::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Held, E> {
        Ok(Held::Nothing)
    }

    fn visit_str<E>(self, text: &str) -> Result<Held, E> {
        let from = self.0.texts.len();
        self.0.texts.push_str(text);
        Ok(Held::Text(from..self.0.texts.len()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Held, A::Error> {
        let from = self.0.items.len();
        while let Some(held) = list.next_element_seed(One(&mut *self.0))? {
            if let Held::Text(range) = held {
                self.0.items.push(range);
            }
        }
        Ok(Held::Several(from..self.0.items.len()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Held, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Held::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;

    fn cover(kind_key: &str, json: &str) -> Result<Cover, StoreError> {
        Cover::decode(kind(kind_key).unwrap(), json.as_bytes())
    }

    #[test]
    fn every_value_comes_back_as_what_it_is() {
        // Of a support: kind, state, granted, granted_on, cooperative, person.
        let id = Id::now();
        let json = format!(r#"["C1-B","VAY\"ệ",null,25000000,"2026-05-18","{id}"]"#);
        let read = cover("support", &json).unwrap();
        assert_eq!(read.unit(), Some("C1-B"));
        assert_eq!(read.text("kind"), Some("VAY\"ệ"));
        assert_eq!((read.text("state"), read.number("granted")), (None, Some(25_000_000)));
        assert_eq!(read.date("granted_on"), NaiveDate::from_ymd_opt(2026, 5, 18));
        assert_eq!((read.id("cooperative"), read.id("person")), (Some(id), None));
        assert_eq!(
            (read.text("granted"), read.number("kind"), read.text("unit")),
            (None, None, None)
        );
    }

    #[test]
    fn codes_are_told_of_one_of_several_and_of_none() {
        // Of a session the topics are one of the fields; the others are of whatever shape.
        let keys = kind("training").unwrap().cover();
        let values = keys.iter().map(|key| match *key {
            "topics" => r#"["A","B"]"#,
            "audience" => r#""C""#,
            "state" => r#"{"x":[1,{"y":null}]}"#,
            "count_women" => "18446744073709551615",
            _ => "[]",
        });
        let values: Vec<&str> = values.collect();
        let read = cover("training", &format!("[null,{}]", values.join(","))).unwrap();
        assert_eq!(read.codes("topics"), ["A", "B"]);
        assert_eq!(read.codes("audience"), ["C"]);
        assert!(read.names("topics", "B") && !read.names("topics", "C"));
        assert!(read.codes("union_part").is_empty() && read.codes("nothing").is_empty());
        assert_eq!(
            (read.unit(), read.text("state"), read.number("count_women")),
            (None, None, None)
        );
    }

    #[test]
    fn what_is_no_list_is_damaged() {
        for json in ["", "{}", "1", "[1", "[1] 2", "[\"a]", "nul"] {
            assert!(cover("person", json).is_err(), "{json}");
        }
        assert!(cover("person", "[]").is_ok());
    }
}
