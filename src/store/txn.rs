//! A transaction: records are completed, checked and staged with what they cause in others; then all of it is one frame
//! of the journal (or a batch of frames) and one change of the map, or nothing is.
//!
//! Form, command line and import all come through here, so that they cannot differ. Dropping a transaction aborts it.

use serde_json::Value as Json;

use super::Writer;
use super::codec::{self, Fields, Operation, Position, Stored, Transaction};
use super::fault::StoreError;
use super::index;
use super::keys::{code_count_key, grave_key, record_key, split_code};
use super::map::{MAX_VALUE, Tree};
use super::overlay::{Changes, Overlay};
use super::read::{Grave, Read};
use super::view::{Source, View, World};
use crate::domain::check;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::record::{Change, Kind, kind};
use crate::domain::text::Message;

/// Operations in one frame, so that the largest records still fit a frame.
pub(super) const OPERATIONS_A_FRAME: usize = 32;

/// What to do with doubts about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warnings {
    /// Refuse the record and list them.
    Refuse,
    /// Accept them, and keep the acceptance with the record.
    Accept,
}

/// Why a record was not taken. Nothing of it is staged.
#[derive(Debug)]
pub enum Refusal {
    /// Errors, or warnings that were not accepted.
    Findings(Vec<Finding>),
    /// The record to change or delete is not there.
    Absent(Id),
    /// What was to be taken back has been changed since.
    ChangedSince(Message),
    /// The store itself.
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refusal::Store(error)
    }
}

impl Refusal {
    /// One message for each reason.
    pub fn messages(&self) -> Vec<Message> {
        match self {
            Refusal::Findings(findings) => findings.iter().map(|finding| finding.text.clone()).collect(),
            Refusal::Absent(id) => vec![Message::new(
                format!("Không có bản ghi {id} (hoặc đã bị xóa). Chưa thay đổi gì."),
                format!("There is no record {id} (or it was deleted). Nothing was changed."),
            )],
            Refusal::ChangedSince(message) => vec![message.clone()],
            Refusal::Store(error) => vec![error.message()],
        }
    }
}

/// A record touched by a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: Id,
}

/// Which way a record goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coming {
    In,
    Out,
}

/// A transaction in the making. It holds the store's one place for writing until it ends.
pub struct Txn<'s> {
    pub(super) writer: Writer<'s>,
    pub(super) world: World<'s>,
    pub(super) changes: Changes,
    pub(super) operations: Vec<Operation>,
    pub(super) touched: Vec<Touched>,
    pub(super) first_seq: u64,
    pub(super) undoes: Option<(u64, u64)>,
    pub(super) note: Option<String>,
}

impl<'s> Txn<'s> {
    pub(super) fn new(writer: Writer<'s>, world: World<'s>) -> Txn<'s> {
        let first_seq = writer.next_seq();
        Txn {
            writer,
            world,
            changes: Changes::default(),
            operations: Vec::new(),
            touched: Vec::new(),
            first_seq,
            undoes: None,
            note: None,
        }
    }

    /// Reads the store with this transaction's changes in it.
    pub fn with<T>(&self, ask: impl FnOnce(&dyn Read) -> T) -> T {
        let overlay = Overlay {
            base: self.writer.map(),
            changes: &self.changes,
        };
        ask(&View::new(&overlay, self.world.clone()))
    }

    /// Asks the rules of the domain, and tells of a fault of the store that they met.
    fn ask<T>(&self, question: impl FnOnce(&dyn Read) -> T) -> Result<T, StoreError> {
        let overlay = Overlay {
            base: self.writer.map(),
            changes: &self.changes,
        };
        let view = View::new(&overlay, self.world.clone());
        let answer = question(&view);
        match view.take_fault() {
            Some(fault) => Err(fault),
            None => Ok(answer),
        }
    }

    /// What a check of the record finds, completed as it would be saved. Nothing is staged.
    pub fn check(&self, entry: &Entry) -> Result<(Entry, Vec<Finding>), Refusal> {
        self.completed(entry.clone())
    }

    fn completed(&self, mut entry: Entry) -> Result<(Entry, Vec<Finding>), Refusal> {
        let kind = known_kind(&entry)?;
        let checked = self.ask(|read| -> Result<_, StoreError> {
            let before = read.get(kind.key(), entry.id)?;
            kind.complete(&mut entry, before.as_ref(), read.known());
            let findings = check::check(kind, &entry, before.as_ref(), read.known());
            Ok((entry, findings))
        })??;
        Ok(checked)
    }

    /// Completes, checks and stages a record with all it causes in others.
    pub fn save(&mut self, entry: Entry, warnings: Warnings) -> Result<Id, Refusal> {
        let kind = known_kind(&entry)?;
        let (mut entry, mut findings) = self.completed(entry)?;
        let errors = findings.iter().any(|finding| finding.level == Level::Error);
        let open = check::open_warnings(&entry, &findings);
        if errors || (warnings == Warnings::Refuse && !open.is_empty()) {
            findings.retain(|finding| finding.level == Level::Error || open.contains(finding));
            return Err(Refusal::Findings(findings));
        }
        check::accept(&mut entry, &findings);
        let effects = self.ask(|read| -> Result<_, StoreError> {
            let before = read.get(kind.key(), entry.id)?;
            Ok(kind.effects(before.as_ref(), Some(&entry), read.known()))
        })??;
        let id = entry.id;
        self.stage(entry)?;
        self.stage_effects(effects)?;
        Ok(id)
    }

    /// Stages the deletion of a record and what that causes in others. What refers to it is left as it is.
    pub fn delete(&mut self, kind: &str, id: Id) -> Result<(), Refusal> {
        let kind = self::kind(kind).ok_or(Refusal::Absent(id))?;
        let (before, effects) = self.ask(|read| -> Result<_, StoreError> {
            let before = read.get(kind.key(), id)?;
            let effects = before
                .as_ref()
                .map(|before| kind.effects(Some(before), None, read.known()));
            Ok((before, effects))
        })??;
        if before.is_none() {
            return Err(Refusal::Absent(id));
        }
        self.stage_effects(effects.unwrap_or_default())?;
        self.stage_deletion(kind, id)
    }

    fn stage_effects(&mut self, effects: Vec<Change>) -> Result<(), Refusal> {
        for effect in effects {
            match effect {
                Change::Save(mut entry) => {
                    let kind = known_kind(&entry)?;
                    self.ask(|read| -> Result<_, StoreError> {
                        let before = read.get(kind.key(), entry.id)?;
                        kind.complete(&mut entry, before.as_ref(), read.known());
                        Ok(())
                    })??;
                    self.stage(entry)?;
                }
                Change::Delete(kind, id) => {
                    if let Some(kind) = self::kind(kind)
                        && self.stored(kind, id)?.is_some()
                    {
                        self.stage_deletion(kind, id)?;
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn stored(&self, kind: &'static dyn Kind, id: Id) -> Result<Option<Stored>, Refusal> {
        Ok(self.with(|read| read.stored(kind.key(), id))?)
    }

    pub(super) fn next_position(&self) -> Position {
        let count = self.operations.len();
        Position(
            self.first_seq + (count / OPERATIONS_A_FRAME) as u64,
            (count % OPERATIONS_A_FRAME) as u32,
        )
    }

    /// Stages a record as it is: for what was checked, for taking back, for replay.
    pub(super) fn stage(&mut self, entry: Entry) -> Result<(), Refusal> {
        let kind = known_kind(&entry)?;
        let before = self.stored(kind, entry.id)?;
        let after_fields = codec::encode_values(&entry, self.world.schema);
        let (before_fields, changed) = match &before {
            Some(stored) => {
                let old = codec::encode_values(&stored.entry, self.world.schema);
                let (old, new) = difference(old, &after_fields);
                if new.is_empty() {
                    return Ok(());
                }
                (Some(old), new)
            }
            None => (None, after_fields),
        };
        let grave = match before {
            Some(_) => None,
            None => self.with(|read| read.grave(entry.id))?.map(|grave| grave.last),
        };
        let position = self.next_position();
        let stored = Stored {
            entry,
            last: position,
            clock: self.writer.clock(),
        };
        self.put_record(kind, before.as_ref(), &stored)?;
        self.push(Operation {
            kind: kind.key().to_string(),
            record: stored.entry.id,
            before: before_fields,
            after: Some(changed),
            previous: before.map(|stored| stored.last).or(grave),
        });
        Ok(())
    }

    pub(super) fn put_record(
        &mut self,
        kind: &'static dyn Kind,
        before: Option<&Stored>,
        after: &Stored,
    ) -> Result<(), Refusal> {
        let bytes = codec::encode_record(after, self.world.schema)?;
        if bytes.len() > MAX_VALUE {
            return Err(too_large(bytes.len()));
        }
        self.remove_index(kind, before.map(|stored| &stored.entry));
        for (key, value) in index::entries(kind, &after.entry) {
            self.changes.put(Tree::Index, key, value);
        }
        self.changes
            .put(Tree::Records, record_key(kind.key(), after.entry.id), bytes);
        self.changes.remove(Tree::Derived, grave_key(after.entry.id));
        self.count_code(kind, &after.entry, Coming::In)
    }

    /// Keeps the highest number of the codes with a prefix: up with a record that comes in, down where the last one goes
    /// out, so that a code taken back is given again.
    fn count_code(&mut self, kind: &'static dyn Kind, entry: &Entry, coming: Coming) -> Result<(), Refusal> {
        let code = kind.code_field().and_then(|field| entry.text(field.key));
        let Some((prefix, number)) = code.and_then(split_code) else {
            return Ok(());
        };
        let key = code_count_key(kind.key(), prefix);
        let overlay = Overlay {
            base: self.writer.map(),
            changes: &self.changes,
        };
        let bytes = Source::get(&overlay, Tree::Derived, &key)?;
        let last = bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_le_bytes);
        let now = match coming {
            Coming::In => last.max(number),
            Coming::Out if last == number => number.saturating_sub(1),
            Coming::Out => last,
        };
        if now != last {
            self.changes.put(Tree::Derived, key, now.to_le_bytes().to_vec());
        }
        Ok(())
    }

    fn remove_index(&mut self, kind: &'static dyn Kind, entry: Option<&Entry>) {
        for (key, _) in entry.map(|entry| index::entries(kind, entry)).unwrap_or_default() {
            self.changes.remove(Tree::Index, key);
        }
    }

    /// Stages a deletion without asking rules: what was checked, taking back, replay.
    pub(super) fn stage_deletion(&mut self, kind: &'static dyn Kind, id: Id) -> Result<(), Refusal> {
        let stored = self.stored(kind, id)?.ok_or(Refusal::Absent(id))?;
        let title = self.with(|read| kind.title(&stored.entry, read.known()));
        let grave = Grave {
            kind: kind.key().to_string(),
            title,
            last: self.next_position(),
        };
        self.take_out(kind, id, Some(&stored.entry));
        self.put_grave(id, &grave)?;
        self.count_code(kind, &stored.entry, Coming::Out)?;
        self.push(Operation {
            kind: kind.key().to_string(),
            record: id,
            before: Some(codec::encode_values(&stored.entry, self.world.schema)),
            after: None,
            previous: Some(stored.last),
        });
        Ok(())
    }

    /// Takes a record and its index keys out of the map.
    pub(super) fn take_out(&mut self, kind: &'static dyn Kind, id: Id, entry: Option<&Entry>) {
        self.remove_index(kind, entry);
        self.changes.remove(Tree::Records, record_key(kind.key(), id));
    }

    /// Keeps what is left to be known of a deleted record.
    pub(super) fn put_grave(&mut self, id: Id, grave: &Grave) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(grave).map_err(|_| StoreError::damaged("grave"))?;
        self.changes.put(Tree::Derived, grave_key(id), bytes);
        Ok(())
    }

    pub(super) fn push(&mut self, operation: Operation) {
        if let Some(kind) = kind(&operation.kind) {
            let touched = Touched {
                kind: kind.key(),
                id: operation.record,
            };
            if !self.touched.contains(&touched) || self.touched.len() > 256 {
                self.touched.push(touched);
            }
        }
        self.operations.push(operation);
    }

    /// What the transaction has staged so far.
    pub fn staged(&self) -> usize {
        self.operations.len()
    }

    /// Writes the frame, syncs it (the save is now acknowledged) and changes the map.
    pub fn commit(mut self) -> Result<Vec<Touched>, StoreError> {
        if self.operations.is_empty() {
            return Ok(Vec::new());
        }
        let operations = std::mem::take(&mut self.operations);
        let head = Transaction {
            undoes: self.undoes,
            note: self.note.take(),
            ..self.writer.head()
        };
        self.writer.write(head, operations, self.changes)?;
        Ok(self.touched)
    }

    /// The operations and the changes of the map, for replay and for batches.
    pub(super) fn into_parts(self) -> (Writer<'s>, Vec<Operation>, Changes, Vec<Touched>) {
        (self.writer, self.operations, self.changes, self.touched)
    }
}

pub(super) fn known_kind(entry: &Entry) -> Result<&'static dyn Kind, Refusal> {
    kind(entry.kind).ok_or_else(|| Refusal::Store(StoreError::damaged(format!("unknown kind {}", entry.kind))))
}

/// The changed fields as they were and as they are; an empty field is `null`.
fn difference(mut old: Fields, new: &Fields) -> (Fields, Fields) {
    let mut before = Fields::new();
    let mut after = Fields::new();
    for (key, value) in new {
        let was = old.remove(key).unwrap_or(Json::Null);
        if was != *value {
            before.insert(key.clone(), was);
            after.insert(key.clone(), value.clone());
        }
    }
    for (key, was) in old {
        after.insert(key.clone(), Json::Null);
        before.insert(key, was);
    }
    (before, after)
}

fn too_large(bytes: usize) -> Refusal {
    let (kb, limit) = (bytes.div_ceil(1024), MAX_VALUE / 1024);
    Refusal::Findings(vec![Finding {
        level: Level::Error,
        rule: "too-large",
        field: None,
        text: Message::new(
            format!("Bản ghi dài {kb} KB, quá {limit} KB. Hãy rút gọn ghi chú rồi lưu lại."),
            format!("The record has {kb} KB, more than {limit} KB. Shorten its texts and save again."),
        ),
    }])
}
