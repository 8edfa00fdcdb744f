//! Where transactions are written first: the journal, or a list in memory for stores that leave nothing behind.

use std::sync::{Mutex, PoisonError};

use super::fault::StoreError;
use super::journal::{BatchMark, Damage, Frame, Journal, Sync};

/// The journal of a store.
pub enum Log {
    /// On the disk.
    Journal(Box<Journal>),
    /// In memory.
    Memory(Mutex<Vec<Frame>>),
}

impl Log {
    /// An empty log in memory.
    pub fn memory() -> Log {
        Log::Memory(Mutex::new(Vec::new()))
    }

    /// See [`Journal::append_at`].
    pub fn append_at(&self, time_ms: u64, payload: &[u8], mark: BatchMark, sync: Sync) -> Result<u64, StoreError> {
        match self {
            Log::Journal(journal) => journal.append_at(time_ms, payload, mark, sync),
            Log::Memory(frames) => {
                let mut frames = frames.lock().unwrap_or_else(PoisonError::into_inner);
                let seq = frames.len() as u64 + 1;
                frames.push(Frame {
                    seq,
                    time_ms,
                    mark,
                    payload: payload.to_vec(),
                });
                Ok(seq)
            }
        }
    }

    /// See [`Journal::sync`].
    pub fn sync(&self) -> Result<(), StoreError> {
        match self {
            Log::Journal(journal) => journal.sync(),
            Log::Memory(_) => Ok(()),
        }
    }

    /// See [`Journal::last_seq`].
    pub fn last_seq(&self) -> u64 {
        match self {
            Log::Journal(journal) => journal.last_seq(),
            Log::Memory(frames) => frames.lock().unwrap_or_else(PoisonError::into_inner).len() as u64,
        }
    }

    /// See [`Journal::new_batch`].
    pub fn new_batch(&self) -> u64 {
        match self {
            Log::Journal(journal) => journal.new_batch(),
            Log::Memory(_) => self.last_seq() + 1,
        }
    }

    /// See [`Journal::advance_past`].
    pub fn advance_past(&self, seq: u64) -> Result<(), StoreError> {
        match self {
            Log::Journal(journal) => journal.advance_past(seq),
            Log::Memory(_) => Ok(()),
        }
    }

    /// See [`Journal::frame`].
    pub fn frame(&self, seq: u64) -> Result<Option<Frame>, StoreError> {
        match self {
            Log::Journal(journal) => journal.frame(seq),
            Log::Memory(frames) => {
                let frames = frames.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(frames.iter().find(|frame| frame.seq == seq).cloned())
            }
        }
    }

    /// See [`Journal::read_committed`].
    pub fn committed(&self, seq: u64) -> Box<dyn Iterator<Item = Result<Frame, Damage>> + '_> {
        match self {
            Log::Journal(journal) => Box::new(journal.read_committed(seq)),
            Log::Memory(_) => Box::new(std::iter::empty()),
        }
    }
}
