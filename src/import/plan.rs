//! All rows judged before anything is written, then the accepted ones written in one batch that one undo takes back.
//!
//! A row that names what a later row makes (the group that a cooperative grew out of) waits for it.

use super::decisions::Decisions;
use super::event::Event;
use super::matching::Matcher;
use super::rows::Judge;
use super::table::Table;
use super::verdict::{Judged, State};
use super::watch::{Go, Watch};
use crate::domain::record::Kind;
use crate::domain::text::Message;
use crate::store::{Refusal, Store, StoreError};

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
