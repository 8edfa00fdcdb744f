//! What a rule may ask about other records. A trait of the domain, so that rules know no store; every reader of the
//! store implements it, a half-done transaction included.

use chrono::NaiveDate;

use super::entry::Entry;
use super::id::Id;
use super::schema::Schema;

/// A unit, whether built in or the office's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    /// Its key; codes were reused in 2025, so only the uid joins.
    pub uid: String,
    /// Its name: "Xã Quỳnh Phụ".
    pub name: String,
    /// A code of `org_level`.
    pub level: &'static str,
    /// The unit above.
    pub parent: Option<String>,
    /// First and last day on which it exists; open ends are unknown.
    pub valid_from: Option<NaiveDate>,
    /// See `valid_from`.
    pub valid_to: Option<NaiveDate>,
}

impl UnitFacts {
    /// Whether the unit exists on a day.
    pub fn is_valid(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }
}

/// Questions about living records. Deleted records answer none of them.
pub trait Known {
    /// The day that counts as today.
    fn today(&self) -> NaiveDate;
    /// The fields in force.
    fn schema(&self) -> &Schema;
    /// The configured office's uid.
    fn office(&self) -> Option<String>;
    /// A record by id.
    fn record(&self, kind: &str, id: Id) -> Option<Entry>;
    /// The record of a kind that bears a code (case does not matter); a unit's code is its uid.
    fn by_code(&self, kind: &str, code: &str) -> Option<Id>;
    /// The records of a kind whose name folds to the same text.
    fn named(&self, kind: &str, name: &str) -> Vec<Entry>;
    /// The records of a kind whose indexed text field (a tax code, a unit's code, a period) holds a text; case and
    /// blanks do not matter.
    fn bearing(&self, kind: &str, field: &str, text: &str) -> Vec<Entry>;
    /// The records of a kind that refer to a record in an indexed field, oldest first.
    fn referring(&self, kind: &str, field: &str, to: Id) -> Vec<Entry>;
    /// Of the records of a kind that refer to a record, the latest up to and including a day that answers to `wanted`;
    /// of one day, the one entered last. Reads no further back than it has to.
    fn latest(&self, kind: &str, field: &str, to: Id, on: NaiveDate, wanted: &dyn Fn(&Entry) -> bool) -> Option<Entry>;
    /// A unit by uid.
    fn unit(&self, uid: &str) -> Option<UnitFacts>;
    /// The next free code with a prefix, as [`numbered`] writes it: `HTX` → `HTX032`.
    fn next_code(&self, kind: &str, prefix: &str) -> String;
}

/// The built-in unit of a uid, as rules see it.
pub fn builtin_unit(uid: &str) -> Option<UnitFacts> {
    let unit = super::catalog::units().get(uid)?;
    Some(UnitFacts {
        uid: unit.uid.to_string(),
        name: unit.name.to_string(),
        level: unit.org_level(),
        parent: unit.parent.map(str::to_string),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
    })
}

/// A code made by the program: `HTX032`; people are many, so theirs have four digits: `N0112`.
pub fn numbered(kind: &str, prefix: &str, number: u64) -> String {
    match kind {
        "person" => format!("{prefix}{number:04}"),
        _ => format!("{prefix}{number:03}"),
    }
}

/// What a record that something refers to is called; "(đã xóa)" where it is gone, nothing where nothing is referred to.
pub fn name_of(known: &dyn Known, kind: &str, id: Option<Id>) -> String {
    let Some(id) = id else { return String::new() };
    match (known.record(kind, id), super::record::kind(kind)) {
        (Some(entry), Some(kind)) => kind.title(&entry, known),
        _ => "(đã xóa)".to_string(),
    }
}

/// The name of a unit: "Xã Quỳnh Phụ"; its uid where it is not known, nothing where there is none.
pub fn unit_name(known: &dyn Known, uid: Option<&str>) -> String {
    let Some(uid) = uid else { return String::new() };
    known.unit(uid).map_or_else(|| uid.to_string(), |unit| unit.name)
}

/// A world without records: for checks of one record by itself.
pub struct Nothing {
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The fields in force.
    pub schema: Schema,
}

impl Known for Nothing {
    fn today(&self) -> NaiveDate {
        self.today
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn office(&self) -> Option<String> {
        None
    }

    fn record(&self, _: &str, _: Id) -> Option<Entry> {
        None
    }

    fn by_code(&self, _: &str, _: &str) -> Option<Id> {
        None
    }

    fn named(&self, _: &str, _: &str) -> Vec<Entry> {
        Vec::new()
    }

    fn bearing(&self, _: &str, _: &str, _: &str) -> Vec<Entry> {
        Vec::new()
    }

    fn referring(&self, _: &str, _: &str, _: Id) -> Vec<Entry> {
        Vec::new()
    }

    fn latest(&self, _: &str, _: &str, _: Id, _: NaiveDate, _: &dyn Fn(&Entry) -> bool) -> Option<Entry> {
        None
    }

    fn unit(&self, uid: &str) -> Option<UnitFacts> {
        builtin_unit(uid)
    }

    fn next_code(&self, kind: &str, prefix: &str) -> String {
        numbered(kind, prefix, 1)
    }
}
