//! `sohoi check`: whether every record can be read, what refers to it is there, and every index agrees with it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::{Answer, Desk, tell};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError};

/// The words after `sohoi check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// One thing that is wrong.
struct Finding {
    /// Where: a kind and an id, or a kind and a field.
    place: String,
    what: Message,
    lost: Option<Vec<Id>>,
}

/// What was looked at, and what was found.
#[derive(Default)]
struct Report {
    records: BTreeMap<&'static str, u64>,
    findings: Vec<Finding>,
}

/// Prints what is wrong.
///
/// # Errors
/// Anything wrong: exit 1.
pub fn run(args: &CheckArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let mut report = Report::default();
    for kind in KINDS {
        report.kind(*kind, &reader)?;
    }
    if args.json {
        writeln!(out, "{}", report.to_json(desk.lang))?;
    } else {
        for finding in &report.findings {
            writeln!(out, "{}: {}", finding.place, finding.what.get(desk.lang))?;
        }
        tell(desk.lang, &report.summary());
    }
    if report.findings.is_empty() {
        Ok(())
    } else {
        Err(Failure::Partly)
    }
}

impl Report {
    fn to_json(&self, lang: Lang) -> Json {
        let finding = |finding: &Finding| {
            let lost = finding
                .lost
                .as_ref()
                .map(|ids| ids.iter().map(Id::to_string).collect::<Vec<_>>());
            let at_most = finding.lost.as_ref().map(Vec::len);
            json!({ "where": finding.place, "what": finding.what.get(lang), "lost": lost, "lost_at_most": at_most })
        };
        let findings: Vec<Json> = self.findings.iter().map(finding).collect();
        json!({ "ok": findings.is_empty(), "records": self.records, "findings": findings })
    }

    fn summary(&self) -> Message {
        let (count, wrong) = (self.records.values().sum::<u64>(), self.findings.len());
        match wrong {
            0 => Message::new(
                format!("Đã xem {count} bản ghi: không có gì sai."),
                format!("{count} records looked at: nothing is wrong."),
            ),
            _ => Message::new(
                format!("Đã xem {count} bản ghi: {wrong} chỗ sai. Chưa sửa gì; hãy sao lưu thư mục dữ liệu trước."),
                format!(
                    "{count} records looked at: {wrong} faults. Nothing was changed; back the data folder up first."
                ),
            ),
        }
    }

    fn find(&mut self, place: String, what: Message, lost: Option<Vec<Id>>) {
        self.findings.push(Finding { place, what, lost });
    }

    /// Reads every record of a kind, and compares its indexes with what was read.
    fn kind(&mut self, kind: &'static dyn Kind, read: &dyn Read) -> Result<(), StoreError> {
        let mut expected = Indexes::default();
        let mut count = 0;
        for id in read.ids(kind.key()) {
            let id = id?;
            count += 1;
            match read.get(kind.key(), id) {
                Ok(Some(entry)) => {
                    self.values(kind, &entry, read)?;
                    expected.take(kind, &entry);
                }
                Ok(None) | Err(_) => {
                    let what = Message::new("bản ghi không đọc được", "the record cannot be read");
                    self.find(format!("{} {id}", kind.key()), what, Some(vec![id]));
                }
            }
        }
        self.records.insert(kind.key(), count);
        for place in expected.disagreements(kind, read)? {
            let what = Message::new(
                "chỉ mục không khớp với bản ghi",
                "the index does not agree with the records",
            );
            self.find(place, what, None);
        }
        Ok(())
    }

    fn values(&mut self, kind: &'static dyn Kind, entry: &Entry, read: &dyn Read) -> Result<(), StoreError> {
        for field in read.schema().fields(kind) {
            let Some(value) = entry.get(field.key) else { continue };
            let place = || format!("{} {} {}", kind.key(), entry.id, field.key);
            if is_misshapen(field, value) {
                let what = Message::new(
                    "giá trị không đúng kiểu của trường",
                    "the value is not of the field's type",
                );
                self.find(place(), what, None);
            }
            for id in value.items().iter().filter_map(Value::as_id) {
                let target = field.kind.target().unwrap_or_default();
                if read.get(target, id)?.is_none() && read.grave(id)?.is_none() {
                    let what = Message::new(
                        format!("nhắc tới bản ghi {id} chưa từng có"),
                        format!("refers to the record {id}, which never was"),
                    );
                    self.find(place(), what, None);
                }
            }
        }
        Ok(())
    }
}

/// Whether a value could not be decoded as its field's kind and was kept as it stood.
fn is_misshapen(field: &Field, value: &Value) -> bool {
    value.items().iter().any(|item| match field.kind {
        FieldKind::Json => false,
        FieldKind::Date => !matches!(item, Value::Date(_)),
        FieldKind::Partial => !matches!(item, Value::Partial(_)),
        FieldKind::Ref(_) | FieldKind::Refs(_) => !matches!(item, Value::Id(_)),
        FieldKind::Flag | FieldKind::Days => !matches!(item, Value::Bool(_)),
        FieldKind::Counts(_) => !matches!(item, Value::Counts(_)),
        FieldKind::Decimal => !matches!(item, Value::Decimal(_) | Value::Number(_)),
        kind if kind.is_number() => !matches!(item, Value::Number(_)),
        _ => !matches!(item, Value::Text(_)),
    })
}

/// What the indexes of a kind must hold, gathered from its records.
#[derive(Default)]
struct Indexes {
    codes: Vec<(String, Id)>,
    names: BTreeSet<Id>,
    dates: BTreeMap<&'static str, BTreeSet<(NaiveDate, Id)>>,
    references: BTreeMap<(&'static str, Id), BTreeSet<Id>>,
}

impl Indexes {
    fn take(&mut self, kind: &'static dyn Kind, entry: &Entry) {
        let code = kind.code_field().and_then(|field| entry.text(field.key));
        self.codes.extend(code.map(|code| (code.to_string(), entry.id)));
        if kind.name_field().is_some_and(|key| entry.text(key).is_some()) {
            self.names.insert(entry.id);
        }
        for field in kind.fields().iter().filter(|field| field.indexed) {
            let Some(value) = entry.get(field.key) else { continue };
            if let (FieldKind::Date | FieldKind::Partial, Some(day)) = (field.kind, value.as_date()) {
                self.dates.entry(field.key).or_default().insert((day, entry.id));
            }
            for target in value.items().iter().filter_map(Value::as_id) {
                self.references.entry((field.key, target)).or_default().insert(entry.id);
            }
        }
    }

    /// The indexes of the kind that hold something else.
    fn disagreements(&self, kind: &'static dyn Kind, read: &dyn Read) -> Result<Vec<String>, StoreError> {
        let key = kind.key();
        let mut places = Vec::new();
        for (code, id) in &self.codes {
            if read.known().by_code(key, code) != Some(*id) {
                places.push(format!("{key} {id} code"));
            }
        }
        if kind.name_field().is_some()
            && read.by_name(key, Order::Forward).collect::<Result<BTreeSet<_>, _>>()? != self.names
        {
            places.push(format!("{key} name"));
        }
        let is_day = |field: &&Field| field.indexed && matches!(field.kind, FieldKind::Date | FieldKind::Partial);
        for field in kind.fields().iter().filter(is_day) {
            let found = read.dated(key, field.key, None, None, Order::Forward);
            let found = found
                .map(|item| item.map(|item| (item.on, item.id)))
                .collect::<Result<BTreeSet<_>, _>>()?;
            if self.dates.get(field.key).cloned().unwrap_or_default() != found {
                places.push(format!("{key} {}", field.key));
            }
        }
        for ((field, target), ids) in &self.references {
            let found = read.refers(*target, key, field, Order::Forward);
            if found
                .map(|item| item.map(|item| item.id))
                .collect::<Result<BTreeSet<_>, _>>()?
                != *ids
            {
                places.push(format!("{key} {field} {target}"));
            }
        }
        Ok(places)
    }
}
