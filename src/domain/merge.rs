//! Two records found to be one: which values the one that stays gets, and how a reference to the other is carried over.
//!
//! What both have is kept as the staying record has it; what only the other has is taken over; fields of several values
//! hold those of both. Derived from the fields, so that it is the same for every kind. Asks nothing of a store.

use super::entry::{Entry, MISSING};
use super::id::Id;
use super::schema::{Field, FieldKind};
use super::value::Value;

/// What a field's two values become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Both have another one: that of the staying record stands, the other goes.
    Lost,
    /// Only the other has one: it is taken over.
    Taken,
    /// The values of both.
    United,
}

/// The staying record as it will be, and what becomes of the fields that differ, in the order of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The staying record.
    pub entry: Entry,
    /// The fields that differ.
    pub fates: Vec<(&'static str, Fate)>,
}

/// The record that stays, with what the other one has to add.
pub fn merge<'f>(stays: &Entry, goes: &Entry, fields: impl Iterator<Item = &'f Field>) -> Merged {
    let mut entry = stays.clone();
    let mut fates = Vec::new();
    for field in fields {
        let (mine, other) = (stays.get(field.key), goes.get(field.key));
        let (value, fate) = match (mine, other) {
            (_, None) => continue,
            (None, Some(other)) => (other.clone(), Fate::Taken),
            (Some(mine), Some(other)) if mine == other => continue,
            (Some(mine), Some(other)) => match united(field.kind, mine, other) {
                Some(both) if both == *mine => continue,
                Some(both) => (both, Fate::United),
                None => (mine.clone(), Fate::Lost),
            },
        };
        entry.set(field.key, Some(value));
        if fate == Fate::Taken {
            forget_missing(&mut entry, field.key);
        }
        fates.push((field.key, fate));
    }
    // A record that referred to its double refers to nobody now.
    for (key, value) in stays.filled() {
        if let Some(without) = without(value, goes.id) {
            entry.set(key, without);
        }
    }
    let own: Vec<(String, Option<Value>)> = entry
        .filled()
        .filter_map(|(key, value)| Some((key.to_owned(), without(value, stays.id)?)))
        .collect();
    for (key, value) in own {
        entry.set(&key, value);
    }
    Merged { entry, fates }
}

/// Several values, or a text of several lines, as both have them; none where only one can stand.
fn united(kind: FieldKind, mine: &Value, other: &Value) -> Option<Value> {
    use FieldKind::{Choices, Lines, Refs, Texts, Units};
    match (kind, mine, other) {
        (Choices(_) | Refs(_) | Texts | Units, Value::List(mine), Value::List(other)) => {
            let mut both = mine.clone();
            both.extend(other.iter().filter(|item| !mine.contains(item)).cloned());
            Some(Value::List(both))
        }
        (Lines, Value::Text(mine), Value::Text(other)) if !mine.contains(other.as_str()) => {
            Some(Value::Text(format!("{mine}\n{other}")))
        }
        (Lines, mine, _) => Some(mine.clone()),
        _ => None,
    }
}

fn forget_missing(entry: &mut Entry, key: &str) {
    let Some(Value::Json(serde_json::Value::Object(mut marks))) = entry.get(MISSING).cloned() else {
        return;
    };
    marks.remove(key);
    entry.set(
        MISSING,
        (!marks.is_empty()).then_some(Value::Json(serde_json::Value::Object(marks))),
    );
}

/// A value that named a record, without it; none where it did not.
fn without(value: &Value, id: Id) -> Option<Option<Value>> {
    match value {
        Value::Id(named) if *named == id => Some(None),
        Value::List(items) if items.contains(&Value::Id(id)) => {
            let rest: Vec<Value> = items.iter().filter(|item| **item != Value::Id(id)).cloned().collect();
            Some((!rest.is_empty()).then_some(Value::List(rest)))
        }
        _ => None,
    }
}

/// A record that named one, with the other in its place; none where it did not name it.
pub fn redirected<'f>(entry: &Entry, fields: impl Iterator<Item = &'f Field>, from: Id, to: Id) -> Option<Entry> {
    let mut changed = None;
    for field in fields.filter(|field| field.kind.target().is_some()) {
        let value = match entry.get(field.key) {
            Some(Value::Id(named)) if *named == from => Value::Id(to),
            Some(Value::List(items)) if items.contains(&Value::Id(from)) => {
                let mut items: Vec<Value> = items.clone();
                let there = items.contains(&Value::Id(to));
                items.retain(|item| !there || *item != Value::Id(from));
                for item in items.iter_mut().filter(|item| **item == Value::Id(from)) {
                    *item = Value::Id(to);
                }
                Value::List(items)
            }
            _ => continue,
        };
        changed.get_or_insert_with(|| entry.clone()).set(field.key, Some(value));
    }
    changed
}

/// Whether two records say the same of the same: then one of them is enough.
pub fn says_the_same(one: &Entry, other: &Entry) -> bool {
    let of = |entry: &Entry| -> Vec<(String, Value)> {
        let values = entry
            .filled()
            .filter(|(key, _)| !key.starts_with('_') && *key != "note");
        values.map(|(key, value)| (key.to_owned(), value.clone())).collect()
    };
    one.kind == other.kind && of(one) == of(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    fn codes(codes: &[&str]) -> Option<Value> {
        Some(Value::List(
            codes.iter().map(|code| Value::Text((*code).to_owned())).collect(),
        ))
    }

    #[test]
    fn what_only_one_has_is_taken_over_and_what_both_have_stays() {
        let mut stays = Entry::new("cooperative");
        let mut goes = Entry::new("cooperative");
        for (key, mine, other) in [
            ("name", text("HTX An Khang"), text("HTX Dược liệu An Khang")),
            ("phone", None, text("0912345678")),
            ("tax_code", text("1001234563"), None),
            ("sectors", codes(&["TRONG_TROT"]), codes(&["DUOC_LIEU", "TRONG_TROT"])),
            ("note", text("gần chợ"), text("có xưởng sấy")),
        ] {
            stays.set(key, mine);
            goes.set(key, other);
        }
        stays.set("predecessor", Some(Value::Id(goes.id)));
        let merged = merge(&stays, &goes, kind("cooperative").unwrap().fields().iter());
        let entry = &merged.entry;
        assert_eq!(entry.text("name"), Some("HTX An Khang"));
        assert_eq!(entry.text("phone"), Some("0912345678"));
        assert_eq!(entry.get("sectors").cloned(), codes(&["TRONG_TROT", "DUOC_LIEU"]));
        assert_eq!(entry.text("note"), Some("gần chợ\ncó xưởng sấy"));
        assert_eq!(entry.get("predecessor"), None, "nobody comes from itself");
        let fate = |key: &str| merged.fates.iter().find(|(of, _)| *of == key).map(|(_, fate)| *fate);
        assert_eq!(
            ["name", "phone", "tax_code", "sectors", "note"].map(fate),
            [
                Some(Fate::Lost),
                Some(Fate::Taken),
                None,
                Some(Fate::United),
                Some(Fate::United)
            ]
        );
    }

    #[test]
    fn a_reference_is_carried_over_once() {
        let (from, to) = (Id::now(), Id::now());
        let mut visit = Entry::new("visit");
        let fields = || kind("visit").unwrap().fields().iter();
        assert!(redirected(&visit, fields(), from, to).is_none());
        visit.set("officers", Some(Value::List(vec![Value::Id(from), Value::Id(to)])));
        visit.set("cooperative", Some(Value::Id(from)));
        let changed = redirected(&visit, fields(), from, to).unwrap();
        assert_eq!(changed.get("officers"), Some(&Value::List(vec![Value::Id(to)])));
        assert_eq!(changed.reference("cooperative"), Some(to));
    }
}
