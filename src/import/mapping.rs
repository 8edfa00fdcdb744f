//! Where a column's values go, and what the officer's own map says of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::event::{Event, OF_PERSON};
use super::fault::Fault;
use super::file::Grid;
use crate::domain::entry::{FIELD_NOTES, MISSING};
use crate::domain::record::{self, Kind};
use crate::domain::schema::{Field, Schema};
use crate::domain::text::{Message, Text};
use crate::report::export::ID;
use crate::vietnamese::fold::fold;

/// Where a column's values go.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A field of the kind.
    Field(Field),
    /// A field of the person behind the row, in a session's list.
    Person(Field),
    /// One of two columns for the sexes: who stands in it is of that sex, born in the year that stands there, if it is more
    /// than a mark.
    Sex(Sex),
    /// The record's id.
    Id,
    /// Something about the record that the export wrote: why a field is empty, notes on fields.
    About(&'static str),
}

impl Target {
    /// The field's key.
    pub fn key(&self) -> &'static str {
        match self {
            Target::Field(field) => field.key,
            Target::Person(field) => {
                let of = OF_PERSON.iter().find(|(key, _)| *key == field.key);
                of.map_or(field.key, |(_, of_person)| of_person)
            }
            Target::Sex(sex) => sex.key(),
            Target::Id => ID,
            Target::About(key) => key,
        }
    }
}

/// A column of one sex, as lists have it below `Năm sinh` or `Giới tính`: `Nam`, `Nữ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Women,
    Men,
}

impl Sex {
    /// Both.
    pub const BOTH: [Sex; 2] = [Sex::Women, Sex::Men];

    /// The code of the field `gender`.
    pub fn code(self) -> &'static str {
        match self {
            Sex::Women => "NU",
            Sex::Men => "NAM",
        }
    }

    /// What a map calls the column.
    pub fn key(self) -> &'static str {
        match self {
            Sex::Women => "gender.NU",
            Sex::Men => "gender.NAM",
        }
    }

    /// What the column is called where it is chosen.
    pub fn label(self) -> Text {
        match self {
            Sex::Women => Text::new("Nữ: năm sinh, dấu x", "Women: birth or a mark"),
            Sex::Men => Text::new("Nam: năm sinh, dấu x", "Men: birth or a mark"),
        }
    }
}

/// The officer's own map, from a file:
///
/// ```toml
/// sheet = "Danh sách"
/// line = 4                  # of the headings
/// [columns]
/// "Tên cơ sở" = "name"
/// "Ghi chú nội bộ" = ""     # left out
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct OwnMap {
    /// The sheet; else the one that fits best.
    pub sheet: Option<String>,
    /// The line of the headings, from 1; else the one that fits best.
    pub line: Option<u32>,
    /// Field keys by heading; an empty key leaves the column out.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

impl OwnMap {
    /// Whether a sheet is the one that the map names, if it names one.
    pub fn is_of(&self, grid: &Grid) -> bool {
        self.sheet.as_ref().is_none_or(|name| fold(name) == fold(&grid.name))
    }

    /// Reads a map and looks its keys up.
    ///
    /// # Errors
    /// No TOML, or a field that the kind does not have.
    pub fn read(text: &str, kind: &'static dyn Kind, schema: &Schema, event: Option<&Event>) -> Result<OwnMap, Fault> {
        let map: OwnMap = toml::from_str(text).map_err(|error| {
            Fault::Map(Message::new(
                format!("Tệp --map không đọc được: {error} Chưa ghi gì."),
                format!("The --map file cannot be read: {error} Nothing was written."),
            ))
        })?;
        let unknown = map
            .columns
            .values()
            .find(|key| !key.is_empty() && target_of(key, kind, schema, event).is_none());
        match unknown {
            None => Ok(map),
            Some(key) => Err(Fault::Map(Message::new(
                format!("Tệp --map: {} không có trường \"{key}\". Chưa ghi gì.", kind.label().vi),
                format!(
                    "The --map file: {} has no field \"{key}\". Nothing was written.",
                    kind.label().en
                ),
            ))),
        }
    }
}

/// The target of a key; none for a key that names none.
pub fn target_of(key: &str, kind: &'static dyn Kind, schema: &Schema, event: Option<&Event>) -> Option<Target> {
    match key {
        key if key.starts_with("person.") => of_person(event).map(Target::Person).find(|target| target.key() == key),
        ID => Some(Target::Id),
        MISSING => Some(Target::About(MISSING)),
        FIELD_NOTES => Some(Target::About(FIELD_NOTES)),
        key if key.starts_with("gender.") => sexes(kind, event).find(|target| target.key() == key),
        key => schema.field(kind, key).map(|field| Target::Field(*field)),
    }
}

/// The columns of one sex, for kinds that have the field.
pub(super) fn sexes(kind: &'static dyn Kind, event: Option<&Event>) -> impl Iterator<Item = Target> {
    let told = kind.field("gender").is_some() && (kind.field("birth").is_some() || event.is_some());
    let both = Sex::BOTH.into_iter().filter(move |_| told);
    both.map(Target::Sex)
}

/// The fields of a person that a session's list may tell.
pub(super) fn of_person(event: Option<&Event>) -> impl Iterator<Item = Field> {
    let person = event
        .filter(|event| event.entry.kind == "training")
        .and_then(|_| record::kind("person"));
    OF_PERSON
        .iter()
        .filter_map(move |(key, _)| person.and_then(|person| person.field(key)).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;
    use crate::import::headings::Names;

    #[test]
    fn an_own_map_goes_before_and_must_name_fields() {
        let kind = kind("person").unwrap();
        let map = "[columns]\n\"Cột A\" = \"name\"\n\"Họ tên\" = \"\"";
        let map = OwnMap::read(map, kind, &Schema::builtin(), None).unwrap();
        let names = Names::new(kind, &Schema::builtin(), &map, None);
        let (targets, _) = names.assign(&["Họ tên".to_string(), "cột a".to_string()]);
        assert_eq!(
            targets
                .iter()
                .map(|target| target.map(|target| target.key()))
                .collect::<Vec<_>>(),
            [None, Some("name")]
        );
        assert!(OwnMap::read("[columns]\na = \"no_such\"", kind, &Schema::builtin(), None).is_err());
    }
}
