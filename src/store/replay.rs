//! Replay: bringing the map up from the journal's frames, and taking a batch that never closed out of it again.
//!
//! What the journal holds was acknowledged, so it is applied without asking any rule. An operation that the map cannot
//! take (of a kind this program does not know, too large) is set aside and named; all others of its frame are applied,
//! each at its own position, and opening goes on.

use super::codec::{self, Fields, Operation, Position, Stored};
use super::fault::StoreError;
use super::journal::Progress;
use super::read::Grave;
use super::txn::{Refusal, Txn};
use super::{Behind, OpenReport, Store};
use crate::domain::entry::Entry;
use crate::domain::record::{Kind, kind};
use crate::domain::text::Message;

/// Operations after which replay writes to the map.
pub(super) const OPERATIONS_A_STEP: usize = 512;

impl Store {
    /// Applies the journal's committed frames from a number on, several at a time. What cannot be applied is named and
    /// passed over. Gives the number of frames that were lost before the map could take them.
    pub(super) fn replay_from(
        &self,
        seq: u64,
        report: &mut OpenReport,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<u64, StoreError> {
        let total = self.log.last_seq();
        let mut count = 0;
        let mut lost_frames = 0;
        let mut open: Option<(Txn<'_>, u64, u64, usize)> = None;
        for frame in self.log.committed(seq) {
            let frame = match frame {
                Ok(frame) => frame,
                Err(damage) => {
                    lost_frames += damage.lost_frames();
                    if let Some(lost) = &damage.lost {
                        self.note_missed(lost)?;
                    }
                    continue;
                }
            };
            let Ok(transaction) = codec::decode_transaction(&frame.payload) else {
                report.notes.push(frame_set_aside(frame.seq));
                continue;
            };
            let clock = transaction.clock;
            let (mut txn, _, _, staged) = open
                .take()
                .unwrap_or_else(|| (self.txn_at(frame.seq, Some(clock)), 0, 0, 0));
            txn.enter_frame(frame.seq, clock);
            for operation in &transaction.operations {
                if !txn.replay(operation)? {
                    report.notes.push(operation_set_aside(frame.seq, operation));
                }
            }
            count += 1;
            let staged = staged + transaction.operations.len();
            if staged >= OPERATIONS_A_STEP {
                let (writer, _, changes, _) = txn.into_parts();
                writer.apply(changes, frame.seq, clock);
                gauge(Progress { done: frame.seq, total });
            } else {
                open = Some((txn, frame.seq, clock, staged));
            }
        }
        if let Some((txn, last, clock, _)) = open {
            let (writer, _, changes, _) = txn.into_parts();
            writer.apply(changes, last, clock);
        }
        report.replayed = count;
        let dir = self.dir.clone().unwrap_or_default();
        match self.lock().behind {
            None => Ok(lost_frames),
            Some(Behind::DiskFull) => Err(StoreError::DiskFull { path: dir, free: None }),
            Some(Behind::Refused) => Err(StoreError::Behind { path: dir }),
        }
    }
}

impl Txn<'_> {
    /// Goes on with the operations of another frame in the same change of the map.
    fn enter_frame(&mut self, seq: u64, clock: u64) {
        self.first_seq = seq;
        self.writer.clock = clock;
        self.operations.clear();
        self.touched.clear();
    }

    /// Stages an operation read from the journal, as it was, and says whether the map can take it. One that it cannot, and
    /// one that changes nothing (a state written again), still has its place, so that those behind it in the frame have
    /// theirs.
    ///
    /// # Errors
    /// The map cannot be read; that is no fault of the operation.
    fn replay(&mut self, operation: &Operation) -> Result<bool, StoreError> {
        let count = self.operations.len();
        let is_taken = match self.replay_change(operation) {
            Ok(()) => true,
            Err(Refusal::Store(error)) if !matches!(error, StoreError::Damaged { .. }) => return Err(error),
            Err(_) => false,
        };
        if self.operations.len() == count {
            self.push(operation.clone());
        }
        Ok(is_taken)
    }

    fn replay_change(&mut self, operation: &Operation) -> Result<(), Refusal> {
        let kind =
            kind(&operation.kind).ok_or_else(|| StoreError::damaged(format!("unknown kind {}", operation.kind)))?;
        let Some(after) = &operation.after else {
            return match self.stage_deletion(kind, operation.record) {
                Err(Refusal::Absent(_)) => self.bury_absent(kind, operation),
                other => other,
            };
        };
        let now = self.stored(kind, operation.record)?;
        let count = self.operations.len();
        self.stage(laid_over(self, kind, operation, now.as_ref(), after))?;
        match now {
            // Nothing is changed; but this is the record's last operation now.
            Some(stored) if self.operations.len() == count => {
                let restamped = Stored {
                    last: self.next_position(),
                    clock: self.writer.clock,
                    ..stored.clone()
                };
                self.put_record(kind, Some(&stored), &restamped)
            }
            _ => Ok(()),
        }
    }

    /// The deletion of a record whose own frames are lost: it keeps its name, so that what refers to it can show it.
    fn bury_absent(&mut self, kind: &'static dyn Kind, operation: &Operation) -> Result<(), Refusal> {
        let title = operation.before.as_ref().map_or_else(String::new, |before| {
            let entry = laid_over(self, kind, operation, None, before);
            self.with(|read| kind.title(&entry, read.known()))
        });
        let grave = Grave {
            kind: kind.key().to_string(),
            title,
            last: self.next_position(),
        };
        Ok(self.put_grave(operation.record, &grave)?)
    }

    /// Takes an operation out of the map again, by its own before-values, as if it had never been (a batch given up).
    pub(super) fn revert(&mut self, operation: &Operation) -> Result<(), Refusal> {
        let Some(kind) = kind(&operation.kind) else {
            return Ok(());
        };
        let now = self.stored(kind, operation.record)?;
        let Some(before) = &operation.before else {
            self.take_out(kind, operation.record, now.as_ref().map(|stored| &stored.entry));
            return Ok(());
        };
        let entry = laid_over(self, kind, operation, now.as_ref(), before);
        let last = operation.previous.unwrap_or(Position(0, 0));
        self.put_record(kind, now.as_ref(), &Stored { entry, last, clock: 0 })
    }
}

/// A record as an operation's fields make it out of what is there.
fn laid_over(
    txn: &Txn<'_>,
    kind: &'static dyn Kind,
    operation: &Operation,
    now: Option<&Stored>,
    over: &Fields,
) -> Entry {
    let schema = txn.world.schema;
    let mut fields = now.map_or_else(Fields::new, |stored| codec::encode_values(&stored.entry, schema));
    fields.extend(over.clone());
    Entry {
        kind: kind.key(),
        id: operation.record,
        values: codec::decode_values(kind.key(), operation.record, fields, schema),
    }
}

fn frame_set_aside(seq: u64) -> Message {
    Message::new(
        format!("Giao dịch số {seq} trong sổ ghi không đọc được nên được để riêng; các giao dịch khác còn nguyên."),
        format!("Transaction {seq} of the journal could not be read and was set aside; all others are whole."),
    )
}

fn operation_set_aside(seq: u64, operation: &Operation) -> Message {
    let (kind, id) = (&operation.kind, operation.record);
    Message::new(
        format!(
            "Bản ghi {kind} {id} (giao dịch số {seq}) có nội dung mà bản Sổ Hội này không nhận được nên được để riêng trong sổ ghi; các bản ghi khác còn nguyên. Hãy dùng bản Sổ Hội mới hơn."
        ),
        format!(
            "The record {kind} {id} (transaction {seq}) holds what this Sổ Hội cannot take; it is set aside in the journal, all other records are whole. Use a newer Sổ Hội."
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::codec::Transaction;
    use super::super::journal::{BatchMark, Sync};
    use super::*;
    use crate::domain::id::Id;
    use crate::store::Read;

    fn operation(kind: &str, id: Id, after: serde_json::Value) -> Operation {
        Operation {
            kind: kind.into(),
            record: id,
            before: None,
            after: after.as_object().cloned(),
            previous: None,
        }
    }

    #[test]
    fn an_operation_that_the_map_cannot_take_is_named_and_the_others_of_its_frame_are_applied() {
        let dir = tempfile::tempdir().unwrap();
        let (first, odd, large, last) = (Id::now(), Id::now(), Id::now(), Id::now());
        let htx = |name: &str, note: &str| json!({"kind": "HTX", "name": name, "unit": "C12472-B", "note": note});
        {
            let (store, _) = Store::open(dir.path()).unwrap();
            let transaction = Transaction {
                clock: 1 << 40,
                operations: vec![
                    operation("cooperative", first, htx("HTX Một", "")),
                    operation("greenhouse", odd, json!({"name": "Nhà kính"})),
                    operation("cooperative", large, htx("HTX Hai", &"x".repeat(70_000))),
                    operation("cooperative", last, htx("HTX Ba", "")),
                ],
                ..Transaction::default()
            };
            let payload = codec::encode_transaction(&transaction).unwrap();
            store
                .journal()
                .unwrap()
                .append(&payload, BatchMark::Single, Sync::Now)
                .unwrap();
        }
        let (store, report) = Store::open(dir.path()).unwrap();
        let named = |id: Id| {
            report
                .notes
                .iter()
                .filter(|note| note.vi.contains(&id.to_string()))
                .count()
        };
        assert_eq!([first, odd, large, last].map(named), [0, 1, 1, 0], "{:?}", report.notes);
        let there: Vec<Id> = store.reader().ids("cooperative").map(Result::unwrap).collect();
        assert_eq!(there, {
            let mut ids = vec![first, last];
            ids.sort();
            ids
        });
        // The last of the frame has its own place, by which its history is found.
        assert_eq!(store.history(last).unwrap()[0].fields[1].2, "HTX Ba");
        let (again, report) = {
            drop(store);
            Store::open(dir.path()).unwrap()
        };
        assert!(report.notes.is_empty(), "told once: {:?}", report.notes);
        let told = again.check(&report).unwrap();
        assert!(
            told.findings
                .iter()
                .any(|finding| finding.what.en.contains("greenhouse")),
            "{told:?}"
        );
    }
}
