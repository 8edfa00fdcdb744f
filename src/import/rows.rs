//! Every row judged before anything is written, then the accepted ones written in one batch that one undo takes back.
//!
//! A row that names what a later row makes (the group that a cooperative grew out of) waits for it. An empty cell leaves
//! the field of an existing record as it is.

use serde_json::Value as Json;

use super::cell;
use super::decisions::{Capitals, Decisions};
use super::event::Event;
use super::file::Raw;
use super::mapping::Target;
use super::matching::Matcher;
use super::table::Table;
use super::watch::{Go, Watch};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Read, Refusal, Store, StoreError, Txn, Warnings};
use crate::vietnamese::name::tidy_name;

/// Why a row, or one cell of it, is not taken or is doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The field whose cell it is about; none for the row as a whole.
    pub field: Option<String>,
    /// The reason, for the officer.
    pub text: Message,
}

/// A field of a record that is there, and what the row says instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field's key.
    pub key: String,
    /// What stands there.
    pub before: Option<Value>,
    /// What the row says.
    pub after: Option<Value>,
    /// Whether what the row says is taken.
    pub taken: bool,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A new record.
    New,
    /// Changes these fields of a record that is there.
    Update(Vec<Change>),
    /// The record is there and says the same.
    Same,
    /// Would be taken if its warnings were accepted.
    Doubtful(Vec<Reason>),
    /// Cannot be taken.
    Refused(Vec<Reason>),
    /// The officer leaves it out.
    LeftOut,
}

/// The kinds of verdict, for counting and filtering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    New,
    Update,
    Same,
    Doubtful,
    Refused,
    LeftOut,
}

impl Verdict {
    /// Its kind.
    pub fn state(&self) -> State {
        match self {
            Verdict::New => State::New,
            Verdict::Update(_) => State::Update,
            Verdict::Same => State::Same,
            Verdict::Doubtful(_) => State::Doubtful,
            Verdict::Refused(_) => State::Refused,
            Verdict::LeftOut => State::LeftOut,
        }
    }

    /// Why it is not taken; empty where it is, or need not be.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Verdict::Doubtful(reasons) | Verdict::Refused(reasons) => reasons,
            _ => &[],
        }
    }

    /// The fields that it would change in a record that is there.
    pub fn changes(&self) -> &[Change] {
        match self {
            Verdict::Update(changes) => changes,
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
    /// Doubts that were accepted.
    pub waved: Vec<Reason>,
    /// What is saved for it, in this order: the person behind it where there was none, and its record.
    entries: Vec<Entry>,
}

impl Judged {
    fn bare(line: u32, verdict: Verdict) -> Judged {
        Judged {
            line,
            verdict,
            waved: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Whether anything is written for it.
    pub fn is_accepted(&self) -> bool {
        !self.entries.is_empty()
    }

    /// Whether it makes a person beside its own record.
    pub fn makes_person(&self) -> bool {
        self.entries.len() > 1
    }
}

/// What is to be taken in.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// As records of this kind.
    pub kind: &'static dyn Kind,
    /// The list.
    pub table: &'a Table,
    /// The session or fair that all of it belongs to.
    pub event: Option<&'a Event>,
    /// What the officer decided.
    pub decisions: &'a Decisions,
}

/// Why nothing came of it.
#[derive(Debug)]
pub enum Halt {
    /// It was stopped. Nothing is written.
    Stopped,
    /// A record was refused, or the store failed. Nothing is written.
    Refused(Refusal),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Halt {
        Halt::Refused(error.into())
    }
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Halt {
        Halt::Refused(refusal)
    }
}

impl Halt {
    /// One message for each reason.
    pub fn messages(&self) -> Vec<Message> {
        match self {
            Halt::Stopped => vec![Message::new(
                "Đã dừng. Chưa ghi gì vào sổ.",
                "Stopped. Nothing was written.",
            )],
            Halt::Refused(refusal) => refusal.messages(),
        }
    }
}

/// All rows judged. Nothing is written yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the order of the file.
    pub rows: Vec<Judged>,
    /// The places of the accepted rows, in the order in which they can be saved.
    order: Vec<usize>,
    decisions: Decisions,
}

/// Judges all rows as if they were saved one after the other.
///
/// # Errors
/// It was stopped, or the store failed.
pub fn judge(store: &Store, job: Job<'_>, watch: Watch<'_>) -> Result<Plan, Halt> {
    // Staged and never committed: dropping it leaves no trace.
    let mut txn = store.txn();
    let table = job.table;
    let mut judge = Judge {
        job,
        matcher: txn.with(|read| Matcher::new(job.kind, read))?,
    };
    let all = table.rows.len() as u64;
    let mut rows: Vec<Option<Judged>> = vec![None; table.rows.len()];
    let mut waiting: Vec<usize> = (0..table.rows.len()).collect();
    let mut order = Vec::new();
    loop {
        let before = waiting.len();
        let mut still = Vec::new();
        for at in waiting {
            if watch(order.len() as u64, all) == Go::Stop {
                return Err(Halt::Stopped);
            }
            let (line, cells) = &table.rows[at];
            let (judged, waits) = judge.row(&mut txn, *line, cells)?;
            if waits {
                still.push(at);
            } else if judged.is_accepted() {
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
        decisions: job.decisions.clone(),
    })
}

struct Judge<'a> {
    job: Job<'a>,
    matcher: Matcher,
}

/// A row read: the fields it gives, its id if any, what could not be read.
pub(super) struct Row {
    pub(super) given: Entry,
    /// What it says about the person behind it, in an event's list.
    pub(super) person: Entry,
    id: Option<Id>,
    wrong: Vec<Reason>,
    /// Something it names is not there, or not yet.
    waits: bool,
}

impl Judge<'_> {
    /// The verdict, and whether it may be another once other rows are taken in.
    fn row(&mut self, txn: &mut Txn<'_>, line: u32, cells: &[Raw]) -> Result<(Judged, bool), StoreError> {
        let decisions = self.job.decisions;
        if decisions.left_out.contains(&line) {
            return Ok((Judged::bare(line, Verdict::LeftOut), false));
        }
        let mut row = txn.with(|read| self.read(cells, read));
        if !row.wrong.is_empty() {
            return Ok((Judged::bare(line, Verdict::Refused(row.wrong)), row.waits));
        }
        let warnings = decisions.about(line);
        let mut judged = Judged::bare(line, Verdict::Same);
        let mut guest = None;
        if let Some(event) = self.job.event {
            guest = txn.with(|read| event.complete(&mut row, read))?;
            if let Some(guest) = &guest
                && save(txn, guest.now.clone(), warnings, &mut judged)? != Staged::Yes
            {
                return Ok((judged, false));
            }
        }
        let waits = self.record(txn, row, warnings, &mut judged)?;
        // The person behind a row that is not taken must not be there for the rows below either.
        if let (Some(guest), false) = (guest, judged.is_accepted()) {
            guest.take_back(txn)?;
        }
        Ok((judged, waits))
    }

    /// Judges the row's own record; says whether it waits.
    fn record(
        &mut self,
        txn: &mut Txn<'_>,
        row: Row,
        warnings: Warnings,
        judged: &mut Judged,
    ) -> Result<bool, StoreError> {
        let (line, decisions) = (judged.line, self.job.decisions);
        let existing = txn.with(|read| self.matcher.find(&row.given, row.id, read))?;
        let mut entry = existing.clone().unwrap_or_else(|| Entry::new(self.job.kind.key()));
        if let (None, Some(id)) = (&existing, row.id) {
            entry.id = id;
        }
        for (key, value) in &row.given.values {
            entry.set(key, Some(value.clone()));
        }
        let completed = match txn.check(&entry) {
            Ok((completed, _)) => completed,
            Err(Refusal::Store(error)) => return Err(error),
            Err(other) => {
                (judged.verdict, judged.entries) = (Verdict::Refused(whole(&other)), Vec::new());
                return Ok(false);
            }
        };
        let mut changes = existing
            .as_ref()
            .map(|existing| changes(existing, &completed))
            .unwrap_or_default();
        if existing.is_some() && changes.is_empty() {
            if judged.is_accepted() {
                // What is new is about the person alone.
                judged.verdict = Verdict::Update(Vec::new());
            }
            return Ok(false);
        }
        for change in &mut changes {
            if decisions.kept.contains(&(line, change.key.clone())) {
                change.taken = false;
                entry.set(&change.key, change.before.clone());
            }
        }
        let verdict = match existing {
            Some(_) => Verdict::Update(changes),
            None => Verdict::New,
        };
        if matches!(&verdict, Verdict::Update(changes) if changes.iter().all(|change| !change.taken)) {
            judged.verdict = verdict;
            return Ok(false);
        }
        let staged = save(txn, entry, warnings, judged)?;
        if staged == Staged::Yes {
            self.matcher.learn(&completed);
            judged.verdict = verdict;
        }
        Ok(staged == Staged::Waits)
    }

    fn read(&self, cells: &[Raw], read: &dyn Read) -> Row {
        let mut row = Row {
            given: Entry::new(self.job.kind.key()),
            person: Entry::new("person"),
            id: None,
            wrong: Vec::new(),
            waits: false,
        };
        for (target, raw) in self.job.table.targets.iter().zip(cells) {
            match (target, raw) {
                (None, _) | (_, Raw::Empty) => {}
                (Some(Target::Id), Raw::Text(text)) => match text.trim().parse() {
                    Ok(id) => row.id = Some(id),
                    Err(_) => row.wrong.push(Reason {
                        field: Some(Target::Id.key().to_owned()),
                        text: Message::new(
                            format!("id: \"{text}\" không phải là id. Để trống nếu là bản ghi mới."),
                            format!("id: \"{text}\" is no id. Leave it empty for a new record."),
                        ),
                    }),
                },
                (Some(Target::Id), _) => {}
                (Some(Target::About(key)), Raw::Text(text)) => {
                    let json = serde_json::from_str::<Json>(text).ok();
                    row.given.set(key, json.map(Value::Json));
                }
                (Some(Target::About(_)), _) => {}
                (Some(target @ Target::Person(field)), raw) => {
                    let value = self.value(field, raw, target.key(), &mut row, read);
                    row.person.set(field.key, value);
                }
                (Some(target @ Target::Field(field)), raw) => {
                    let value = self.value(field, raw, target.key(), &mut row, read);
                    if value.is_some() {
                        row.given.set(field.key, value);
                    }
                }
            }
        }
        row
    }

    /// A cell's value; what cannot be one is noted in the row.
    fn value(&self, field: &Field, raw: &Raw, key: &str, row: &mut Row, read: &dyn Read) -> Option<Value> {
        let wrong = match cell::read(field, raw, read.known()) {
            Ok(Some(Value::Text(name)))
                if field.kind == FieldKind::Name && self.job.decisions.capitals == Capitals::SetRight =>
            {
                return Some(Value::Text(tidy_name(&name)));
            }
            Ok(value) => return value,
            Err(wrong) => wrong,
        };
        // What an attendance sheet says of where somebody comes from is often no cooperative on record.
        if let (Some(event), "reference", Raw::Text(text)) = (self.job.event, wrong.rule, raw)
            && let Some((into, value)) = event.in_words(field, text, row.given.text("note"))
        {
            row.given.set(into, Some(value));
            return None;
        }
        row.waits |= wrong.rule == "reference";
        let (label, text) = (field.label, wrong.text);
        row.wrong.push(Reason {
            field: Some(key.to_owned()),
            text: Message::new(
                format!("{}: {}", label.vi, text.vi),
                format!("{}: {}", label.en, text.en),
            ),
        });
        None
    }
}

/// What became of a record that was to be staged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Staged {
    Yes,
    No,
    /// No, as it names what is not there, or not yet.
    Waits,
}

/// Stages a record; says in `judged` why it cannot be.
fn save(txn: &mut Txn<'_>, entry: Entry, warnings: Warnings, judged: &mut Judged) -> Result<Staged, StoreError> {
    let doubts = match txn.check(&entry) {
        Ok((_, findings)) if warnings == Warnings::Accept => reasons(&findings, Level::Warning),
        _ => Vec::new(),
    };
    let mut waits = false;
    match txn.save(entry.clone(), warnings) {
        Ok(_) => {
            judged.entries.push(entry);
            judged.waved.extend(doubts);
            return Ok(Staged::Yes);
        }
        Err(Refusal::Store(error)) => return Err(error),
        Err(Refusal::Findings(findings)) => {
            waits = findings.iter().any(|finding| finding.rule == "reference");
            let errors = reasons(&findings, Level::Error);
            judged.verdict = match errors.is_empty() {
                true => Verdict::Doubtful(reasons(&findings, Level::Warning)),
                false => Verdict::Refused(errors),
            };
        }
        Err(other) => judged.verdict = Verdict::Refused(whole(&other)),
    }
    judged.entries.clear();
    Ok(if waits { Staged::Waits } else { Staged::No })
}

fn reasons(findings: &[Finding], level: Level) -> Vec<Reason> {
    let of_level = findings.iter().filter(|finding| finding.level == level);
    let reason = |finding: &Finding| Reason {
        field: finding.field.clone(),
        text: finding.text.clone(),
    };
    of_level.map(reason).collect()
}

/// Reasons that are about the row as a whole.
fn whole(refusal: &Refusal) -> Vec<Reason> {
    let messages = refusal.messages().into_iter();
    messages.map(|text| Reason { field: None, text }).collect()
}

/// The fields that differ.
fn changes(before: &Entry, after: &Entry) -> Vec<Change> {
    let keys = before.values.keys().chain(after.values.keys());
    let mut keys: Vec<&String> = keys.filter(|key| before.get(key) != after.get(key)).collect();
    keys.arrange();
    keys.dedup();
    let change = |key: &String| Change {
        key: key.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
        taken: true,
    };
    keys.into_iter().map(change).collect()
}

impl Plan {
    /// How many rows are so.
    pub fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|row| row.verdict.state() == state).count()
    }

    /// How many rows have anything written for them.
    pub fn accepted(&self) -> usize {
        self.order.len()
    }

    /// Writes the accepted rows in one batch; `note` stands in the history. Gives the number of records.
    ///
    /// # Errors
    /// It was stopped, the store failed, or a record was changed by another since it was judged: then nothing is
    /// written.
    pub fn write(&self, store: &Store, note: &str, watch: Watch<'_>) -> Result<u64, Halt> {
        if self.order.is_empty() {
            return Ok(0);
        }
        let all = self.order.len() as u64;
        let mut bulk = store.bulk(note)?;
        for (done, at) in self.order.iter().enumerate() {
            let row = &self.rows[*at];
            let saved = match watch(done as u64, all) {
                Go::On => row.entries.iter().try_for_each(|entry| {
                    let saved = bulk.save(entry.clone(), self.decisions.about(row.line));
                    saved.map(|_| ()).map_err(Halt::Refused)
                }),
                Go::Stop => Err(Halt::Stopped),
            };
            if let Err(halt) = saved {
                bulk.abandon()?;
                return Err(halt);
            }
        }
        Ok(bulk.finish()?)
    }
}
