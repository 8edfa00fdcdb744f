//! One row read and judged, by the officer's decisions, as if it were saved. An empty cell leaves the field of an existing
//! record as it is.

use serde_json::Value as Json;

use super::cell;
use super::decisions::Capitals;
use super::file::Raw;
use super::mapping::{Sex, Target};
use super::matching::Matcher;
use super::plan::Job;
use super::verdict::{Change, Judged, Reason, Verdict};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::record::{self, Kind};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Read, Refusal, StoreError, Txn, Warnings};
use crate::vietnamese::fold::fold;
use crate::vietnamese::name::tidy_name;

/// Judges rows one after the other.
pub(super) struct Judge<'a> {
    pub(super) job: Job<'a>,
    pub(super) matcher: Matcher,
}

/// A row read: the fields it gives, its id if any, what could not be read.
pub(super) struct Row {
    pub(super) given: Entry,
    /// What it says about the person behind it, in an event's list.
    pub(super) person: Entry,
    id: Option<Id>,
    wrong: Vec<Reason>,
    /// What is not clear about it, though all could be read.
    pub(super) doubts: Vec<Reason>,
    /// Something it names is not there, or not yet.
    waits: bool,
}

impl Judge<'_> {
    /// The verdict, and whether it may be another once other rows are taken in.
    pub(super) fn row(&mut self, txn: &mut Txn<'_>, line: u32, cells: &[Raw]) -> Result<(Judged, bool), StoreError> {
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
            let whose = decisions.whose.get(&line);
            guest = txn.with(|read| event.complete(&mut row, whose, read))?;
            if warnings == Warnings::Refuse && !row.doubts.is_empty() {
                judged.verdict = Verdict::Doubtful(row.doubts);
                return Ok((judged, false));
            }
            judged.waved.append(&mut row.doubts);
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
        let existing = txn.with(|read| self.existing(line, &row, read))?;
        let mut entry = self.filled(existing.as_ref(), row);
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

    /// The record that a row is about: the one decided on, else the one that it matches.
    fn existing(&self, line: u32, row: &Row, read: &dyn Read) -> Result<Option<Entry>, StoreError> {
        let decided = self.job.decisions.whose.get(&line);
        match decided.filter(|_| self.job.event.is_none()) {
            Some(Some(id)) => read.get(self.job.kind.key(), *id),
            Some(None) => Ok(None),
            None => self.matcher.find(&row.given, row.id, read),
        }
    }

    /// That record, or a new one, with what the row gives.
    fn filled(&self, existing: Option<&Entry>, row: Row) -> Entry {
        let mut entry = existing.cloned().unwrap_or_else(|| Entry::new(self.job.kind.key()));
        if let (None, Some(id)) = (existing, row.id) {
            entry.id = id;
        }
        for (key, value) in row.given.values {
            entry.set(&key, Some(value));
        }
        if entry.kind == "cooperative"
            && entry.get("kind").is_none()
            && let Some(code) = entry.text("name").and_then(kind_of_name)
        {
            entry.set("kind", Some(Value::Text(code.to_owned())));
        }
        entry
    }

    fn read(&self, cells: &[Raw], read: &dyn Read) -> Row {
        let mut row = Row {
            given: Entry::new(self.job.kind.key()),
            person: Entry::new("person"),
            id: None,
            wrong: Vec::new(),
            doubts: Vec::new(),
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
                (Some(Target::Sex(sex)), raw) => self.sex(*sex, raw, &mut row, read),
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

    /// Who stands in the column of a sex is of that sex; more than a mark is the birth.
    fn sex(&self, sex: Sex, raw: &Raw, row: &mut Row, read: &dyn Read) {
        if matches!(raw, Raw::Text(text) if text.trim().trim_matches(['-', '–']).is_empty()) {
            return;
        }
        if row.given.text("gender").is_some_and(|other| other != sex.code()) {
            row.wrong.push(Reason {
                field: Some(sex.key().to_owned()),
                text: Message::new(
                    "Cả cột nam và cột nữ đều có chữ; chỉ để một.",
                    "Both the men's and the women's column are filled; leave one.",
                ),
            });
        }
        row.given.set("gender", Some(Value::Text(sex.code().to_owned())));
        let birth = |kind: &'static dyn Kind| kind.field("birth").copied();
        let (field, of_person) = match birth(self.job.kind) {
            Some(field) => (Some(field), false),
            None => (record::kind("person").and_then(birth), true),
        };
        let mark = match raw {
            Raw::Number(number) => *number == 1.0,
            Raw::Text(text) => !text.contains(|c: char| c.is_ascii_digit()) || text.trim() == "1",
            Raw::Flag(_) => true,
            _ => false,
        };
        let Some(field) = field.filter(|_| !mark) else { return };
        let value = self.value(&field, raw, sex.key(), row, read);
        let into = if of_person { &mut row.person } else { &mut row.given };
        if value.is_some() {
            into.set(field.key, value);
        }
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

/// What kind of organisation a name begins with, where a list does not say it in a column of its own.
fn kind_of_name(name: &str) -> Option<&'static str> {
    const BEGINNINGS: [(&str, &str); 14] = [
        ("lien hiep htx", "LH_HTX"),
        ("lien hiep hop tac xa", "LH_HTX"),
        ("htx", "HTX"),
        ("hop tac xa", "HTX"),
        ("tht", "THT"),
        ("to hop tac", "THT"),
        ("nhom so thich", "NHOM_SO_THICH"),
        ("nhom dong so thich", "NHOM_SO_THICH"),
        ("to lien ket", "TO_LIEN_KET"),
        ("ho kinh doanh", "HKD"),
        ("hkd", "HKD"),
        ("cong ty", "DN"),
        ("doanh nghiep", "DN"),
        ("dntn", "DN"),
    ];
    let folded = fold(name);
    let begins = |beginning: &str| {
        let rest = folded.strip_prefix(beginning);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    BEGINNINGS
        .iter()
        .find(|(beginning, _)| begins(beginning))
        .map(|(_, code)| *code)
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
