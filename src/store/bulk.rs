//! Bulk work (imports, demo data): many records in transactions of bounded size that stand or fall together.
//!
//! The parts are applied as they come, so that later records see earlier ones and memory stays bounded; a mark in the map
//! says that a batch is open. It counts once its closing frame is synced. Where that never comes (a crash, a way back),
//! the parts are taken out of the map again by their own before-values, and the journal's reader passes them over.

use serde::{Deserialize, Serialize};

use super::codec::{self, Operation, Transaction};
use super::fault::StoreError;
use super::journal::{BatchMark, Sync};
use super::map::{Batch, Tree};
use super::overlay::Changes;
use super::txn::{Refusal, Txn, Warnings};
use super::{APPLIED, Store};
use crate::domain::entry::Entry;
use crate::domain::id::Id;

/// The key of the open batch in [`Tree::Meta`].
const OPEN_BATCH: &[u8] = b"open-batch";
/// Operations after which a part is written.
const OPERATIONS_A_PART: usize = 512;

#[derive(Clone, Copy, Serialize, Deserialize)]
struct OpenBatch {
    batch: u64,
    first: u64,
}

/// A batch in the making. Dropping it without [`Bulk::finish`] leaves it to the next opening to take it back; call
/// [`Bulk::abandon`] to do so at once.
pub struct Bulk<'s> {
    store: &'s Store,
    open: OpenBatch,
    txn: Option<Txn<'s>>,
    note: String,
    saved: u64,
}

impl Store {
    /// Begins a batch; `note` says in the history what it was (an import's file name).
    pub fn bulk(&self, note: &str) -> Result<Bulk<'_>, StoreError> {
        let open = OpenBatch {
            batch: self.log.new_batch(),
            first: self.log.last_seq() + 1,
        };
        let mut mark = Batch::new();
        let bytes = serde_json::to_vec(&open).map_err(|_| StoreError::damaged("batch mark"))?;
        mark.put(Tree::Meta, OPEN_BATCH, bytes);
        self.map.apply(&mark)?;
        Ok(Bulk {
            store: self,
            open,
            txn: None,
            note: note.to_string(),
            saved: 0,
        })
    }
}

impl<'s> Bulk<'s> {
    /// Completes, checks and stages one record.
    pub fn save(&mut self, entry: Entry, warnings: Warnings) -> Result<Id, Refusal> {
        let txn = self.txn.get_or_insert_with(|| self.store.txn());
        let id = txn.save(entry, warnings)?;
        self.saved += 1;
        if txn.staged() >= OPERATIONS_A_PART {
            self.flush()?;
        }
        Ok(id)
    }

    /// Stages a deletion.
    pub fn delete(&mut self, kind: &str, id: Id) -> Result<(), Refusal> {
        let txn = self.txn.get_or_insert_with(|| self.store.txn());
        txn.delete(kind, id)
    }

    /// Reads the store with everything saved so far.
    pub fn with<T>(&mut self, ask: impl FnOnce(&dyn super::Read) -> T) -> T {
        self.txn.get_or_insert_with(|| self.store.txn()).with(ask)
    }

    /// From here on the records are of another moment: what is staged is written with the moment it was made at.
    pub fn pin_clock(&mut self, today: chrono::NaiveDate, millis: u64) -> Result<(), StoreError> {
        self.flush()?;
        self.store.pin_clock(today, millis);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let Some(txn) = self.txn.take() else { return Ok(()) };
        let (writer, operations, changes, _) = txn.into_parts();
        if operations.is_empty() {
            return Ok(());
        }
        let head = Transaction {
            note: Some(self.note.clone()),
            ..writer.head()
        };
        let clock = writer.clock();
        let last = writer.append(head, operations, Some(self.open.batch))?;
        // The map must never have on the disk what the journal could still lose: a batch is taken back by its frames.
        self.store.log.sync()?;
        writer.apply(changes, last, clock);
        Ok(())
    }

    /// Closes the batch: with the sync of its last frame all of it is acknowledged. Gives the number of records saved.
    pub fn finish(mut self) -> Result<u64, StoreError> {
        self.flush()?;
        let txn = self.store.txn();
        let (writer, _, mut changes, _) = txn.into_parts();
        let close = codec::encode_transaction(&Transaction {
            note: Some(self.note.clone()),
            ..writer.head()
        })?;
        let clock = writer.clock();
        let last = self
            .store
            .log
            .append_at(clock >> 16, &close, BatchMark::Close(self.open.batch), Sync::Now)?;
        changes.remove(Tree::Meta, OPEN_BATCH.to_vec());
        writer.apply(changes, last, clock);
        Ok(self.saved)
    }

    /// Takes everything back.
    pub fn abandon(mut self) -> Result<(), StoreError> {
        self.txn = None;
        let now = self.store.txn().into_parts().0.clock() >> 16;
        self.store
            .log
            .append_at(now, &[], BatchMark::Abandon(self.open.batch), Sync::Now)?;
        take_back(self.store, self.open)
    }
}

/// Takes back the batch that an earlier run left open, if it did not close.
pub(super) fn take_back_unclosed(store: &Store) -> Result<(), StoreError> {
    let Some(bytes) = store.map.get(Tree::Meta, OPEN_BATCH)? else {
        return Ok(());
    };
    let open: OpenBatch = serde_json::from_slice(&bytes).map_err(|_| StoreError::damaged("batch mark"))?;
    let mut closed = false;
    for seq in open.first..=store.log.last_seq() {
        if let Some(frame) = store.log.frame(seq)? {
            closed |= frame.mark == BatchMark::Close(open.batch);
        }
    }
    if !closed {
        return take_back(store, open);
    }
    let mut mark = Batch::new();
    mark.remove(Tree::Meta, OPEN_BATCH);
    store.map.apply(&mark)
}

fn take_back(store: &Store, open: OpenBatch) -> Result<(), StoreError> {
    let applied = store.meta_number(APPLIED)?;
    for seq in (open.first..=applied).rev() {
        let Some(frame) = store.log.frame(seq)? else { continue };
        if frame.mark != BatchMark::Part(open.batch) {
            continue;
        }
        let transaction = codec::decode_transaction(&frame.payload)?;
        let mut txn = store.txn();
        for operation in transaction.operations.iter().rev() {
            revert(&mut txn, operation)?;
        }
        let (writer, _, changes, _) = txn.into_parts();
        let clock = writer.clock();
        writer.apply(changes, store.version(), clock);
    }
    let mut changes = Changes::default();
    changes.remove(Tree::Meta, OPEN_BATCH.to_vec());
    let (writer, ..) = store.txn().into_parts();
    let (last, clock) = (store.log.last_seq().max(applied), writer.clock());
    writer.apply(changes, last, clock);
    Ok(())
}

fn revert(txn: &mut Txn<'_>, operation: &Operation) -> Result<(), StoreError> {
    txn.revert(operation).map_err(|refusal| match refusal {
        Refusal::Store(error) => error,
        _ => StoreError::damaged("a batch that cannot be taken back"),
    })
}
