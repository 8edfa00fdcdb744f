//! What a request gives for a record, in JSON or as KEY=VALUE, read into a record; and what stands against it.

use std::str::FromStr;

use serde_json::{Map, Value as Json};

use super::Desk;
use super::failure::Failure;
use super::lookup::unknown_field;
use crate::domain::check::open_warnings;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::reading::{self, Wrong};
use crate::domain::record::Kind;
use crate::domain::schema::Field;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Read, Refusal, Txn, Warnings};

/// `KEY=VALUE`, as it stands on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The field's key.
    pub key: String,
    /// Its value; empty to empty the field.
    pub value: String,
}

impl FromStr for Pair {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Pair, &'static str> {
        match text.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => Ok(Pair {
                key: key.trim().to_string(),
                value: value.to_string(),
            }),
            _ => Err("KEY=VALUE"),
        }
    }
}

/// A record as it was given, with what could not be read of it.
#[derive(Clone, Debug)]
pub struct Given {
    /// What could be read.
    pub entry: Entry,
    /// What could not.
    pub wrong: Vec<Finding>,
}

impl Given {
    /// Begins with a record as it stands.
    pub fn new(entry: Entry) -> Given {
        Given {
            entry,
            wrong: Vec::new(),
        }
    }

    /// Takes the fields of a JSON object. `id` gives a new record an identity of its own choosing.
    pub fn take_object(&mut self, kind: &'static dyn Kind, object: &Map<String, Json>, read: &dyn Read) {
        for (key, json) in object {
            match read.schema().field(kind, key) {
                Some(field) => self.put(field, reading::from_json(field, json, read.known())),
                None if key == "id" => self.take_id(json, read),
                None => self.refuse("unknown-field", key, unknown_field(kind, key, read.schema())),
            }
        }
    }

    /// Takes KEY=VALUE pairs.
    pub fn take_pairs(&mut self, kind: &'static dyn Kind, pairs: &[Pair], read: &dyn Read) {
        for pair in pairs {
            match read.schema().field(kind, &pair.key) {
                Some(field) => self.put(field, reading::from_text(field, &pair.value, read.known())),
                None => self.refuse(
                    "unknown-field",
                    &pair.key,
                    unknown_field(kind, &pair.key, read.schema()),
                ),
            }
        }
    }

    fn put(&mut self, field: &Field, value: Result<Option<Value>, Wrong>) {
        match value {
            Ok(value) => self.entry.set(field.key, value),
            Err(wrong) => self.refuse(wrong.rule, field.key, wrong.text),
        }
    }

    fn take_id(&mut self, json: &Json, read: &dyn Read) {
        let Some(id) = json.as_str().and_then(|text| text.parse::<Id>().ok()) else {
            let text = Message::new("id phải là một UUID", "id must be a UUID");
            return self.refuse("type", "id", text);
        };
        match (read.get_any(id), read.grave(id)) {
            (Ok(None), Ok(None)) => self.entry.id = id,
            _ => {
                let text = Message::new(
                    format!("id {id} đã có bản ghi khác dùng"),
                    format!("id {id} is already used"),
                );
                self.refuse("id-used", "id", text);
            }
        }
    }

    fn refuse(&mut self, rule: &'static str, field: &str, text: Message) {
        self.wrong.push(Finding {
            level: Level::Error,
            rule,
            field: Some(field.to_string()),
            text,
        });
    }

    /// Saves the record in a transaction, or gives all that stands against it.
    ///
    /// # Errors
    /// The store, not the record.
    pub fn save(self, txn: &mut Txn<'_>, warnings: Warnings) -> Result<Result<Id, Vec<Finding>>, Failure> {
        if self.wrong.is_empty() {
            return match txn.save(self.entry, warnings) {
                Ok(id) => Ok(Ok(id)),
                Err(Refusal::Findings(findings)) => Ok(Err(findings)),
                Err(other) => Err(other.into()),
            };
        }
        let (entry, findings) = txn.check(&self.entry)?;
        let open = open_warnings(&entry, &findings);
        let mut all = self.wrong;
        // A field that could not be read is not also missing.
        let unread = |finding: &Finding| all.iter().any(|wrong| wrong.field == finding.field);
        let others: Vec<Finding> = findings
            .into_iter()
            .filter(|finding| !unread(finding))
            .filter(|finding| finding.level == Level::Error || (warnings == Warnings::Refuse && open.contains(finding)))
            .collect();
        all.extend(others);
        Ok(Err(all))
    }
}

/// One finding as a line: where it is, whether it is an error or a warning, and what it says.
pub fn line(finding: &Finding, place: Option<&Message>) -> Message {
    let (level_vi, level_en) = match finding.level {
        Level::Error => ("lỗi", "error"),
        Level::Warning => ("cảnh báo", "warning"),
    };
    let field = finding
        .field
        .as_deref()
        .map(|key| format!(", {key}"))
        .unwrap_or_default();
    let at = |place: &str| {
        if place.is_empty() {
            String::new()
        } else {
            format!(", {place}")
        }
    };
    let place = place.cloned().unwrap_or_default();
    Message::new(
        format!("{level_vi}{}{field}: {}", at(&place.vi), finding.text.vi),
        format!("{level_en}{}{field}: {}", at(&place.en), finding.text.en),
    )
}

/// What to do about findings: the lines after them. `kept` says what became of the request as a whole.
pub fn advice(findings: &[Finding], kept: &Message, office: Office) -> Vec<Message> {
    let (vi, en) = if findings.iter().any(|finding| finding.level == Level::Error) {
        ("Hãy sửa rồi làm lại.", "Correct it and try again.")
    } else {
        (
            "Nếu số liệu đúng như vậy, thêm --warnings accept để vẫn lưu.",
            "If it is right as it is, add --warnings accept to save it all the same.",
        )
    };
    let mut lines = vec![Message::new(format!("{} {vi}", kept.vi), format!("{} {en}", kept.en))];
    let lacks_unit = |finding: &Finding| finding.rule == "required" && finding.field.as_deref() == Some("unit");
    if office == Office::None && findings.iter().any(lacks_unit) {
        lines.push(Message::new(
            "Sổ này chưa đặt đơn vị: chạy sohoi setup --unit UID một lần, hoặc ghi unit=UID trong từng bản ghi.",
            "This logbook has no office yet: run sohoi setup --unit UID once, or give unit=UID in each record.",
        ));
    }
    lines
}

/// Whether the store knows whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// Set up.
    Known,
    /// Not set up: each record must name its unit.
    None,
}

impl Office {
    /// Of an open store.
    pub fn of(desk: &Desk) -> Office {
        match desk.store.settings().office.unit {
            Some(_) => Office::Known,
            None => Office::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_cut_at_its_first_equals_sign_and_may_be_empty() {
        let pair = |text: &str| text.parse::<Pair>().map(|pair| (pair.key, pair.value));
        assert_eq!(pair("note=a=b"), Ok(("note".into(), "a=b".into())));
        assert_eq!(pair("note="), Ok(("note".into(), String::new())));
        assert!(pair("note").is_err() && pair("=x").is_err());
    }
}
