//! Every row judged before anything is written, then the accepted ones written in one batch that one undo takes back.
//!
//! A row that names what a later row makes (the group that a cooperative grew out of) waits for it. An empty cell leaves
//! the field of an existing record as it is.

use serde_json::Value as Json;

use super::cell;
use super::file::Raw;
use super::mapping::Target;
use super::matching::Matcher;
use super::table::Table;
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Read, Refusal, Store, StoreError, Txn, Warnings};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A new record.
    New,
    /// Changes these fields of a record that is there.
    Update(Vec<String>),
    /// The record is there and says the same.
    Same,
    /// Would be taken if its warnings were accepted.
    Doubtful(Vec<Message>),
    /// Cannot be taken.
    Refused(Vec<Message>),
}

impl Verdict {
    /// Whether the row is written.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Verdict::New | Verdict::Update(_))
    }

    /// Why it is not taken; empty where it is, or need not be.
    pub fn reasons(&self) -> &[Message] {
        match self {
            Verdict::Doubtful(reasons) | Verdict::Refused(reasons) => reasons,
            _ => &[],
        }
    }
}

/// A row judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its line in the file.
    pub line: u32,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The record as it would be saved, where it is accepted.
    entry: Option<Entry>,
}

/// All rows judged. Nothing is written yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the order of the file.
    pub rows: Vec<Judged>,
    /// The places of the accepted rows, in the order in which they can be saved.
    order: Vec<usize>,
    warnings: Warnings,
}

/// Judges all rows as if they were saved one after the other.
///
/// # Errors
/// The store.
pub fn judge(store: &Store, kind: &'static dyn Kind, table: &Table, warnings: Warnings) -> Result<Plan, StoreError> {
    // Staged and never committed: dropping it leaves no trace.
    let mut txn = store.txn();
    let mut judge = Judge {
        kind,
        warnings,
        matcher: txn.with(|read| Matcher::new(kind, read))?,
    };
    let mut rows: Vec<Option<Judged>> = vec![None; table.rows.len()];
    let mut waiting: Vec<usize> = (0..table.rows.len()).collect();
    let mut order = Vec::new();
    loop {
        let before = waiting.len();
        let mut still = Vec::new();
        for at in waiting {
            let (line, cells) = &table.rows[at];
            let (judged, waits) = judge.row(&mut txn, *line, cells, &table.targets)?;
            if waits {
                still.push(at);
            } else if judged.verdict.is_accepted() {
                order.push(at);
            }
            rows[at] = Some(judged);
        }
        if still.is_empty() || still.len() == before {
            break;
        }
        waiting = still;
    }
    Ok(Plan {
        rows: rows.into_iter().flatten().collect(),
        order,
        warnings,
    })
}

struct Judge {
    kind: &'static dyn Kind,
    warnings: Warnings,
    matcher: Matcher,
}

/// A row read: the fields it gives, its id if any, what could not be read.
struct Row {
    given: Entry,
    id: Option<Id>,
    wrong: Vec<Message>,
    /// Something it names is not there, or not yet.
    waits: bool,
}

impl Judge {
    /// The verdict, and whether it may be another once other rows are taken in.
    fn row(
        &mut self,
        txn: &mut Txn<'_>,
        line: u32,
        cells: &[Raw],
        targets: &[Option<Target>],
    ) -> Result<(Judged, bool), StoreError> {
        let judged = |verdict, entry| Judged { line, verdict, entry };
        let row = txn.with(|read| self.read(cells, targets, read));
        if !row.wrong.is_empty() {
            return Ok((judged(Verdict::Refused(row.wrong), None), row.waits));
        }
        let existing = txn.with(|read| self.matcher.find(&row.given, row.id, read))?;
        let mut entry = existing.clone().unwrap_or_else(|| Entry::new(self.kind.key()));
        if let (None, Some(id)) = (&existing, row.id) {
            entry.id = id;
        }
        for (key, value) in &row.given.values {
            entry.set(key, Some(value.clone()));
        }
        let completed = match txn.check(&entry) {
            Ok((completed, _)) => completed,
            Err(Refusal::Store(error)) => return Err(error),
            Err(other) => return Ok((judged(Verdict::Refused(other.messages()), None), false)),
        };
        if existing
            .as_ref()
            .is_some_and(|existing| existing.values == completed.values)
        {
            return Ok((judged(Verdict::Same, None), false));
        }
        match txn.save(entry.clone(), self.warnings) {
            Ok(_) => {
                self.matcher.learn(&completed);
                let verdict = existing.map_or(Verdict::New, |existing| Verdict::Update(changed(&existing, &completed)));
                Ok((judged(verdict, Some(entry)), false))
            }
            Err(Refusal::Findings(findings)) => {
                let waits = findings.iter().any(|finding| finding.rule == "reference");
                Ok((judged(verdict_of(&findings), None), waits))
            }
            Err(Refusal::Store(error)) => Err(error),
            Err(other) => Ok((judged(Verdict::Refused(other.messages()), None), false)),
        }
    }

    fn read(&self, cells: &[Raw], targets: &[Option<Target>], read: &dyn Read) -> Row {
        let mut row = Row {
            given: Entry::new(self.kind.key()),
            id: None,
            wrong: Vec::new(),
            waits: false,
        };
        for (target, raw) in targets.iter().zip(cells) {
            match (target, raw) {
                (None, _) | (_, Raw::Empty) => {}
                (Some(Target::Id), Raw::Text(text)) => match text.trim().parse() {
                    Ok(id) => row.id = Some(id),
                    Err(_) => row.wrong.push(Message::new(
                        format!("id: \"{text}\" không phải là id. Để trống nếu là bản ghi mới."),
                        format!("id: \"{text}\" is no id. Leave it empty for a new record."),
                    )),
                },
                (Some(Target::Id), _) => {}
                (Some(Target::About(key)), Raw::Text(text)) => {
                    let json = serde_json::from_str::<Json>(text).ok();
                    row.given.set(key, json.map(Value::Json));
                }
                (Some(Target::About(_)), _) => {}
                (Some(Target::Field(field)), raw) => match cell::read(field, raw, read.known()) {
                    Ok(value) => row.given.set(field.key, value),
                    Err(wrong) => {
                        row.waits |= wrong.rule == "reference";
                        let (label, text) = (field.label, wrong.text);
                        row.wrong.push(Message::new(
                            format!("{}: {}", label.vi, text.vi),
                            format!("{}: {}", label.en, text.en),
                        ));
                    }
                },
            }
        }
        row
    }
}

fn verdict_of(findings: &[Finding]) -> Verdict {
    let reasons = findings.iter().map(|finding| finding.text.clone()).collect();
    if findings.iter().any(|finding| finding.level == Level::Error) {
        Verdict::Refused(reasons)
    } else {
        Verdict::Doubtful(reasons)
    }
}

/// The fields that differ.
fn changed(before: &Entry, after: &Entry) -> Vec<String> {
    let keys = before.values.keys().chain(after.values.keys());
    let mut keys: Vec<String> = keys.filter(|key| before.get(key) != after.get(key)).cloned().collect();
    keys.arrange();
    keys.dedup();
    keys
}

impl Plan {
    /// How many rows are so.
    pub fn count(&self, is: impl Fn(&Verdict) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.verdict)).count()
    }

    /// Writes the accepted rows in one batch; `note` stands in the history. Gives the number of records.
    ///
    /// # Errors
    /// The store, or a record that was changed by another since it was judged: then nothing is written.
    pub fn write(&self, store: &Store, note: &str) -> Result<u64, Refusal> {
        let entries: Vec<&Entry> = self
            .order
            .iter()
            .filter_map(|at| self.rows[*at].entry.as_ref())
            .collect();
        if entries.is_empty() {
            return Ok(0);
        }
        let mut bulk = store.bulk(note)?;
        for entry in entries {
            if let Err(refusal) = bulk.save(entry.clone(), self.warnings) {
                bulk.abandon()?;
                return Err(refusal);
            }
        }
        Ok(bulk.finish()?)
    }
}
