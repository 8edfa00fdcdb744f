//! A small world for tests of rules: records in a list, today, an office. Records are added as the program adds them:
//! completed, checked, with what they cause.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::check;
use super::entry::Entry;
use super::finding::{Finding, Level};
use super::id::Id;
use super::known::{Known, UnitFacts, builtin_unit, numbered};
use super::reading;
use super::record::{Change, Kind, kind};
use super::schema::Schema;
use super::value::Value;
use crate::arrange::Arrange;
use crate::vietnamese::fold::fold;

/// A day written as ISO.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test writes a real day")
}

/// Records in memory.
pub struct World {
    /// All living records.
    pub entries: Vec<Entry>,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The office's unit.
    pub office: Option<String>,
    schema: Schema,
}

impl World {
    /// The office of xã Quỳnh Phụ on 22/05/2026, without records.
    pub fn new() -> World {
        World {
            entries: Vec::new(),
            today: day("2026-05-22"),
            office: Some("C12472-B".to_string()),
            schema: Schema::builtin(),
        }
    }

    /// Reads JSON into a record, as the command line does; the message of the first field that cannot be read otherwise.
    pub fn read(&self, key: &'static str, json: Json) -> Result<Entry, String> {
        let mut entry = Entry::new(key);
        self.put(&mut entry, json).map(|()| entry)
    }

    fn put(&self, entry: &mut Entry, json: Json) -> Result<(), String> {
        let kind = kind(entry.kind).ok_or("unknown kind")?;
        for (key, value) in json.as_object().ok_or("no object")? {
            let field = kind.field(key).ok_or_else(|| format!("unknown field {key}"))?;
            let value = reading::from_json(field, value, self).map_err(|wrong| format!("{}: {key}", wrong.rule))?;
            entry.set(key, value);
        }
        Ok(())
    }

    /// What saving a record would find.
    pub fn findings(&self, key: &'static str, json: Json) -> Vec<Finding> {
        let mut entry = self.read(key, json).unwrap_or_else(|wrong| panic!("{key}: {wrong}"));
        self.judge(&mut entry, None)
    }

    fn judge(&self, entry: &mut Entry, before: Option<&Entry>) -> Vec<Finding> {
        let kind = known_kind(entry.kind);
        kind.complete(entry, before, self);
        check::check(kind, entry, before, self)
    }

    /// The rules that saving a record would break or doubt, as `error rule:field` and `warning rule:field`.
    pub fn rules(&self, key: &'static str, json: Json) -> Vec<String> {
        self.findings(key, json).iter().map(said).collect()
    }

    /// The same for an edit of a record.
    pub fn edit_rules(&self, id: Id, json: Json) -> Vec<String> {
        let before = self.entry(id);
        let mut after = before.clone();
        self.put(&mut after, json).unwrap_or_else(|wrong| panic!("{wrong}"));
        self.judge(&mut after, Some(&before)).iter().map(said).collect()
    }

    /// Adds a record, warnings accepted. Panics on an error.
    pub fn add(&mut self, key: &'static str, json: Json) -> Id {
        let entry = self.read(key, json).unwrap_or_else(|wrong| panic!("{key}: {wrong}"));
        let id = entry.id;
        self.save(entry);
        id
    }

    /// Changes fields of a record, warnings accepted. Panics on an error.
    pub fn edit(&mut self, id: Id, json: Json) {
        let mut entry = self.entry(id);
        self.put(&mut entry, json).unwrap_or_else(|wrong| panic!("{wrong}"));
        self.save(entry);
    }

    /// Deletes a record, with what that causes.
    pub fn delete(&mut self, id: Id) {
        let before = self.entry(id);
        self.entries.retain(|entry| entry.id != id);
        let changes = known_kind(before.kind).effects(Some(&before), None, self);
        self.apply(changes);
    }

    fn save(&mut self, mut entry: Entry) {
        let before = self.entries.iter().find(|known| known.id == entry.id).cloned();
        let findings = self.judge(&mut entry, before.as_ref());
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", entry.kind);
        let changes = known_kind(entry.kind).effects(before.as_ref(), Some(&entry), self);
        self.entries.retain(|known| known.id != entry.id);
        self.entries.push(entry);
        self.apply(changes);
    }

    fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Save(entry) => self.save(entry),
                Change::Delete(_, id) => self.delete(id),
            }
        }
    }

    /// A living record. Panics where there is none.
    pub fn entry(&self, id: Id) -> Entry {
        let found = self.entries.iter().find(|entry| entry.id == id);
        found.expect("a test asks for a living record").clone()
    }

    /// All living records of a kind, in the order of entry.
    pub fn all(&self, key: &str) -> Vec<Entry> {
        let of_kind = self.entries.iter().filter(|entry| entry.kind == key);
        of_kind.cloned().collect()
    }

    /// A plain cooperative, registered long ago.
    pub fn cooperative(&mut self, name: &str) -> Id {
        self.add(
            "cooperative",
            json!({"kind": "HTX", "name": name, "registered_on": "2020-03-01"}),
        )
    }

    /// A plain person.
    pub fn person(&mut self, name: &str) -> Id {
        self.add("person", json!({"name": name, "gender": "NU"}))
    }
}

impl Default for World {
    fn default() -> World {
        World::new()
    }
}

fn known_kind(key: &str) -> &'static dyn Kind {
    kind(key).expect("a test names a kind")
}

fn said(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    format!("{level} {}", finding.acceptance())
}

impl Known for World {
    fn today(&self) -> NaiveDate {
        self.today
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn office(&self) -> Option<String> {
        self.office.clone()
    }

    fn record(&self, kind: &str, id: Id) -> Option<Entry> {
        let mut of_kind = self.entries.iter().filter(|entry| entry.kind == kind);
        of_kind.find(|entry| entry.id == id).cloned()
    }

    fn by_code(&self, key: &str, code: &str) -> Option<Id> {
        let field = kind(key)?.code_field()?.key;
        let mut of_kind = self.entries.iter().filter(|entry| entry.kind == key);
        let found = of_kind.find(|entry| entry.text(field).is_some_and(|own| own.eq_ignore_ascii_case(code)));
        found.map(|entry| entry.id)
    }

    fn named(&self, key: &str, name: &str) -> Vec<Entry> {
        let Some(field) = kind(key).and_then(|kind| kind.name_field()) else {
            return Vec::new();
        };
        let mut found = self.all(key);
        found.retain(|entry| entry.text(field).is_some_and(|own| fold(own) == fold(name)));
        found
    }

    fn bearing(&self, key: &str, field: &str, text: &str) -> Vec<Entry> {
        let mut found = self.all(key);
        found.retain(|entry| entry.text(field) == Some(text));
        found
    }

    fn latest(&self, kind: &str, field: &str, to: Id, on: NaiveDate, wanted: &dyn Fn(&Entry) -> bool) -> Option<Entry> {
        let when = known_kind(kind).when()?;
        let mut latest = self.referring(kind, field, to).into_iter().rev();
        latest.find(|entry| entry.date(when).is_some_and(|day| day <= on) && wanted(entry))
    }

    fn referring(&self, key: &str, field: &str, to: Id) -> Vec<Entry> {
        let mut found = self.all(key);
        found.retain(|entry| {
            entry
                .get(field)
                .is_some_and(|value| value.items().contains(&Value::Id(to)))
        });
        let when = kind(key).and_then(|kind| kind.when());
        found.arrange_by_key(|entry| (when.and_then(|when| entry.date(when)), entry.id));
        found
    }

    fn unit(&self, uid: &str) -> Option<UnitFacts> {
        builtin_unit(uid).or_else(|| {
            let entry = self.record("unit", self.by_code("unit", uid)?)?;
            Some(UnitFacts {
                uid: entry.text("uid")?.to_string(),
                name: entry.text("name")?.to_string(),
                level: "CHI_HOI",
                parent: entry.text("parent").map(str::to_string),
                valid_from: entry.date("valid_from"),
                valid_to: entry.date("valid_to"),
            })
        })
    }

    fn next_code(&self, kind: &str, prefix: &str) -> String {
        let mut codes = (1..).map(|number| numbered(kind, prefix, number));
        codes
            .find(|code| self.by_code(kind, code).is_none())
            .unwrap_or_default()
    }
}
