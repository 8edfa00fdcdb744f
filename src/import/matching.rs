//! Which record a row is about: the one of its id, of its code, of its tax code, of its telephone number and name; else
//! one that says all that the row says. Everything is asked of the store as it is while rows are taken in, so that a row
//! repeated in a file finds the first of its kind.

use std::collections::HashMap;

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::FieldKind;
use crate::domain::value::Value;
use crate::store::{Read, StoreError};
use crate::vietnamese::fold::fold;

/// Finds records of one kind.
pub struct Matcher {
    kind: &'static dyn Kind,
    /// Ids by what the required fields say, for kinds that are known by nothing else.
    by_required: HashMap<String, Vec<Id>>,
    /// Ids by what names a row of an event: who attends, which booth. Of the records that were there before alone: a
    /// row repeated in a file is a doubt and no correction.
    by_place: HashMap<String, Id>,
}

impl Matcher {
    /// Reads what is there.
    ///
    /// # Errors
    /// The store.
    pub fn new(kind: &'static dyn Kind, read: &dyn Read) -> Result<Matcher, StoreError> {
        let mut matcher = Matcher {
            kind,
            by_required: HashMap::new(),
            by_place: HashMap::new(),
        };
        for entry in read.scan(kind.key()) {
            let entry = entry?;
            matcher.learn(&entry);
            if let Some(place) = place(&entry) {
                matcher.by_place.insert(place, entry.id);
            }
        }
        Ok(matcher)
    }

    /// Takes in a record that was just accepted.
    pub fn learn(&mut self, entry: &Entry) {
        let ids = self.by_required.entry(self.required(entry)).or_default();
        if !ids.contains(&entry.id) {
            ids.push(entry.id);
        }
    }

    /// The record that a row is about; `id` where the row gives one.
    ///
    /// # Errors
    /// The store.
    pub fn find(&self, row: &Entry, id: Option<Id>, read: &dyn Read) -> Result<Option<Entry>, StoreError> {
        let key = self.kind.key();
        if let Some(id) = id {
            return read.get(key, id);
        }
        let known = read.known();
        if let Some(code) = self.kind.code_field().and_then(|field| row.text(field.key)) {
            return match known.by_code(key, code) {
                Some(id) => read.get(key, id),
                None => Ok(None),
            };
        }
        let tax = self.kind.fields().iter().find(|field| field.kind == FieldKind::TaxCode);
        if let Some((field, code)) = tax.and_then(|field| Some((field.key, row.text(field.key)?)))
            && let [one] = known.bearing(key, field, code).as_slice()
        {
            return Ok(Some(one.clone()));
        }
        let name = self.kind.name_field().and_then(|field| row.text(field));
        if let (Some(name), Some(phone)) = (name, row.text("phone")) {
            let mut same = known.named(key, name);
            same.retain(|other| other.text("phone") == Some(phone));
            if let [one] = same.as_slice() {
                return Ok(Some(one.clone()));
            }
        }
        if let Some(id) = place(row).and_then(|place| self.by_place.get(&place)) {
            return read.get(key, *id);
        }
        for id in self.by_required.get(&self.required(row)).into_iter().flatten() {
            if let Some(entry) = read.get(key, *id)?
                && row.filled().all(|(key, value)| entry.get(key) == Some(value))
            {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// What the required fields of a record say; the unit, which is the office where nothing is said, left out.
    fn required(&self, entry: &Entry) -> String {
        let fields = self.kind.fields().iter();
        let said = fields.filter(|field| field.is_required() && field.key != "unit");
        let values = said.map(|field| match entry.get(field.key) {
            Some(Value::Text(text)) => fold(text),
            Some(value) => value.to_json().to_string(),
            None => String::new(),
        });
        values.collect::<Vec<_>>().join("\u{1}")
    }
}

/// What names a row of an event: the session and who attends, the fair and the number of the booth.
fn place(row: &Entry) -> Option<String> {
    let id = |key| row.reference(key).map(|id| id.to_string());
    let (event, of) = match row.kind {
        "attendance" => (id("training")?, id("person").or_else(|| row.text("name").map(fold))?),
        "booth" => (id("fair")?, row.text("number").map(fold)?),
        _ => return None,
    };
    Some(format!("{event} {of}"))
}
