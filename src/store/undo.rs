//! Taking back saved transactions, by new ones that do the inverse: nothing is ever rewritten, and what was taken back
//! can be seen in the history and brought back the same way.

use super::Store;
use super::codec::{self, Fields, Operation, Transaction};
use super::fault::StoreError;
use super::journal::BatchMark;
use super::txn::{Refusal, Touched, Txn};
use crate::domain::entry::Entry;
use crate::domain::record::kind;
use crate::domain::text::Message;

/// What was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The first and the last frame taken back.
    pub frames: (u64, u64),
    /// The records changed by that.
    pub touched: Vec<Touched>,
}

impl Store {
    /// Takes back the last transaction (or batch) that was not yet taken back.
    ///
    /// # Errors
    /// `ChangedSince` where a field it changed has another value by now, or where there is nothing to take back; then
    /// nothing is changed.
    pub fn undo(&self) -> Result<Undone, Refusal> {
        let Some(frames) = self.last_undoable()? else {
            return Err(nothing_left());
        };
        let touched = self.take_back(frames)?;
        Ok(Undone { frames, touched })
    }

    /// Brings back what the last undo took back, if nothing else was saved since.
    pub fn redo(&self) -> Result<Undone, Refusal> {
        let seq = self.log.last_seq();
        match self.transaction(seq)? {
            Some((transaction, _)) if transaction.undoes.is_some() && !self.is_redo(&transaction)? => {
                let touched = self.take_back((seq, seq))?;
                Ok(Undone {
                    frames: (seq, seq),
                    touched,
                })
            }
            _ => Err(nothing_left()),
        }
    }

    /// Whether a transaction takes back one that itself took something back.
    fn is_redo(&self, transaction: &Transaction) -> Result<bool, StoreError> {
        let Some((first, _)) = transaction.undoes else {
            return Ok(false);
        };
        Ok(self
            .transaction(first)?
            .is_some_and(|(undone, _)| undone.undoes.is_some()))
    }

    /// A transaction by its frame's number, with the frame's place in a batch.
    pub(super) fn transaction(&self, seq: u64) -> Result<Option<(Transaction, BatchMark)>, StoreError> {
        match self.log.frame(seq)? {
            Some(frame) if matches!(frame.mark, BatchMark::Abandon(_)) => Ok(None),
            Some(frame) => Ok(Some((codec::decode_transaction(&frame.payload)?, frame.mark))),
            None => Ok(None),
        }
    }

    fn last_undoable(&self) -> Result<Option<(u64, u64)>, StoreError> {
        let mut taken_back: Vec<(u64, u64)> = Vec::new();
        let mut seq = self.log.last_seq();
        while seq > 0 {
            if let Some((first, _)) = taken_back.iter().find(|(first, last)| (*first..=*last).contains(&seq)) {
                seq = first - 1;
                continue;
            }
            match self.transaction(seq)? {
                None => seq -= 1,
                Some((transaction, _)) if transaction.undoes.is_some() => {
                    taken_back.extend(transaction.undoes);
                    seq -= 1;
                }
                Some((transaction, BatchMark::Single)) => {
                    if !transaction.operations.is_empty() && !transaction.is_restatement() {
                        return Ok(Some((seq, seq)));
                    }
                    seq -= 1;
                }
                Some((_, BatchMark::Close(batch))) => return Ok(Some((self.first_of(batch, seq)?, seq))),
                // Parts without a closing frame never counted.
                Some((_, BatchMark::Part(_) | BatchMark::Abandon(_))) => seq -= 1,
            }
        }
        Ok(None)
    }

    fn first_of(&self, batch: u64, close: u64) -> Result<u64, StoreError> {
        let mut first = close;
        while first > 1 {
            match self.log.frame(first - 1)? {
                Some(frame) if frame.mark == BatchMark::Part(batch) => first -= 1,
                _ => break,
            }
        }
        Ok(first)
    }

    fn take_back(&self, (first, last): (u64, u64)) -> Result<Vec<Touched>, Refusal> {
        let mut txn = self.txn();
        txn.undoes = Some((first, last));
        for seq in (first..=last).rev() {
            let Some((transaction, _)) = self.transaction(seq)? else {
                continue;
            };
            for operation in transaction.operations.iter().rev() {
                invert(&mut txn, operation)?;
            }
        }
        Ok(txn.commit()?)
    }
}

/// Stages the inverse of an operation, if the fields it changed still have the values it gave them.
fn invert(txn: &mut Txn<'_>, operation: &Operation) -> Result<(), Refusal> {
    let Some(kind) = kind(&operation.kind) else {
        return Err(changed(&operation.kind));
    };
    let now = txn.with(|read| -> Result<Option<(Entry, Fields, String)>, StoreError> {
        let Some(entry) = read.get(kind.key(), operation.record)? else {
            return Ok(None);
        };
        let fields = codec::encode_values(&entry, read.schema());
        let title = kind.title(&entry, read.known());
        Ok(Some((entry, fields, title)))
    })?;
    match (&operation.before, &operation.after, now) {
        (before, Some(after), Some((_, fields, title))) => {
            let same = |(key, value): (&String, &serde_json::Value)| {
                fields.get(key).unwrap_or(&serde_json::Value::Null) == value
            };
            if !after.iter().all(same) || (before.is_none() && fields.len() != after.len()) {
                return Err(changed(&title));
            }
            match before {
                None => txn.stage_deletion(kind, operation.record),
                Some(before) => {
                    let mut fields = fields;
                    fields.extend(before.clone());
                    stage_fields(txn, kind.key(), operation, fields)
                }
            }
        }
        (Some(before), None, None) => {
            let code = kind
                .code_field()
                .and_then(|field| before.get(field.key))
                .and_then(|code| code.as_str());
            if let Some(code) = code
                && txn.with(|read| read.by_code(kind.key(), code)).is_some()
            {
                return Err(changed(code));
            }
            stage_fields(txn, kind.key(), operation, before.clone())
        }
        _ => Err(changed(kind.label().vi)),
    }
}

fn stage_fields(txn: &mut Txn<'_>, kind: &'static str, operation: &Operation, fields: Fields) -> Result<(), Refusal> {
    let values = txn.with(|read| codec::decode_values(kind, operation.record, fields, read.schema()));
    txn.stage(Entry {
        kind,
        id: operation.record,
        values,
    })
}

fn changed(title: &str) -> Refusal {
    Refusal::ChangedSince(Message::new(
        format!(
            "Không hoàn tác được: \"{title}\" đã được sửa sau đó. Chưa thay đổi gì; hãy sửa trực tiếp bản ghi này."
        ),
        format!("Cannot be taken back: \"{title}\" was changed since. Nothing was changed; edit that record instead."),
    ))
}

fn nothing_left() -> Refusal {
    Refusal::ChangedSince(Message::new(
        "Không còn thao tác nào để hoàn tác.",
        "There is nothing left to take back.",
    ))
}
