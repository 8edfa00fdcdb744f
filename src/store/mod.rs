//! The store: the journal is the truth, sled is what everything is read from.
//!
//! A commit goes to the journal as one frame and is synced: then it is acknowledged. Then the map gets records, index
//! keys and the applied sequence in one step. Opening replays the gap between the two. Everything here is written once,
//! above the ordered map, and runs over sled and over memory alike.

pub mod backup;
mod backward;
pub mod bulk;
pub mod check;
pub mod codec;
pub mod contain;
mod cover;
mod day;
pub mod draft;
pub mod durable;
pub mod fault;
pub mod folder;
pub mod history;
pub mod index;
pub mod journal;
pub mod keys;
pub mod log;
pub mod map;
pub mod memory;
pub mod merge;
pub mod migrate;
pub mod opening;
pub mod overlay;
pub mod own_fields;
pub mod probe;
pub mod read;
pub mod recent;
mod reindex;
mod replay;
mod restate;
pub mod room;
pub mod settings;
pub mod sled;
pub mod txn;
pub mod undo;
pub mod view;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{Local, NaiveDate};

use self::codec::{Operation, Transaction};
use self::journal::{BatchMark, Sync as FrameSync};
use self::log::Log;
use self::map::{OrderedMap, Tree};
use self::overlay::Changes;
use self::view::World;
use crate::domain::schema::Schema;
use crate::domain::settings::Settings;
use crate::domain::text::Message;

pub use codec::{Position, Stored};
pub use cover::Cover;
pub use draft::Draft;
pub use fault::StoreError;
pub use map::Order;
pub use read::{Dated, Items, Read, Referring};
pub use txn::{Refusal, Touched, Txn, Warnings};
pub use view::View;

/// The key of the applied sequence in [`Tree::Meta`].
const APPLIED: &[u8] = b"applied";
/// The key of the hybrid clock in [`Tree::Meta`].
const CLOCK: &[u8] = b"clock";
/// The key of the frames that were lost before the map could take them, in [`Tree::Meta`].
const MISSED: &[u8] = b"missed";
/// Commits after which the map is synced.
const SYNC_AFTER_COMMITS: u32 = 64;
/// Time after which the map is synced.
const SYNC_AFTER: Duration = Duration::from_secs(5);

/// An open store. Reading goes on beside the one writer; all methods take `&self`.
pub struct Store {
    dir: Option<PathBuf>,
    folder: Option<folder::DataFolder>,
    map: Box<dyn OrderedMap>,
    log: Log,
    schema: Schema,
    settings: RwLock<Arc<Settings>>,
    version: AtomicU64,
    recent: recent::Recent,
    drafts: draft::Keeper,
    state: Mutex<State>,
    /// A day and a clock (milliseconds since 1970) that are given and not read: demo data, tests.
    pinned: Mutex<Option<(NaiveDate, u64)>>,
}

/// What the one writer keeps.
struct State {
    clock: u64,
    unsynced: u32,
    synced_at: Instant,
    /// The map refused a change that the journal has: reading is behind until the store is opened anew.
    behind: Option<Behind>,
}

/// Why the map lacks a save that the journal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    DiskFull,
    Refused,
}

/// What opening found, for the officer and for the log.
#[derive(Debug, Default)]
pub struct OpenReport {
    /// What was mended or lost, in plain words.
    pub notes: Vec<Message>,
    /// Transactions that were in the journal and not yet in the map.
    pub replayed: u64,
    /// Whether the map had to be built anew.
    pub rebuilt: Option<opening::Rebuilt>,
    /// The machine's clock stands before the last save; what that means, in plain words.
    pub clock: Option<Message>,
}

/// A reader of what is committed.
pub type Reader<'a> = View<'a, dyn OrderedMap>;

impl Store {
    /// A store in memory, for tests and trials.
    pub fn memory() -> Store {
        Store::assemble(
            None,
            Box::new(memory::MemoryMap::new()),
            Log::memory(),
            Settings::default(),
        )
    }

    fn assemble(dir: Option<PathBuf>, map: Box<dyn OrderedMap>, log: Log, settings: Settings) -> Store {
        let state = State {
            clock: 0,
            unsynced: 0,
            synced_at: Instant::now(),
            behind: None,
        };
        Store {
            dir,
            folder: None,
            map,
            log,
            schema: Schema::builtin(),
            settings: RwLock::new(Arc::new(settings)),
            version: AtomicU64::new(0),
            recent: recent::Recent::default(),
            drafts: draft::Keeper::default(),
            state: Mutex::new(state),
            pinned: Mutex::new(None),
        }
    }

    fn meta_number(&self, key: &[u8]) -> Result<u64, StoreError> {
        let bytes = self.map.get(Tree::Meta, key)?;
        Ok(bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_le_bytes))
    }

    /// The frames that the journal had lost before the map could take them: what is gone on both sides.
    fn missed(&self) -> Result<Vec<RangeInclusive<u64>>, StoreError> {
        let bytes = self.map.get(Tree::Meta, MISSED)?;
        let ranges: Vec<(u64, u64)> = bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Ok(ranges.into_iter().map(|(first, last)| first..=last).collect())
    }

    /// Notes frames as missed. The map alone is changed, before anything behind them is.
    fn note_missed(&self, lost: &RangeInclusive<u64>) -> Result<(), StoreError> {
        let mut ranges: Vec<(u64, u64)> = self.missed()?.into_iter().map(RangeInclusive::into_inner).collect();
        let range = (*lost.start(), *lost.end());
        if ranges.contains(&range) {
            return Ok(());
        }
        ranges.push(range);
        let bytes = serde_json::to_vec(&ranges).map_err(|_| StoreError::damaged("missed frames"))?;
        let mut batch = map::Batch::new();
        batch.put(Tree::Meta, MISSED, bytes);
        self.map.apply(&batch)
    }

    /// The data folder; none for a store in memory.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    /// The journal, for checking, backup and healing; none for a store in memory.
    pub fn journal(&self) -> Option<&journal::Journal> {
        match &self.log {
            Log::Journal(journal) => Some(journal),
            Log::Memory(_) => None,
        }
    }

    /// The fields in force.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Adds the office's own fields; before anything is read.
    pub fn set_schema(&mut self, schema: Schema) {
        self.schema = schema;
    }

    /// The office's settings.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the settings, in the file first.
    pub fn set_settings(&self, settings: Settings) -> Result<(), StoreError> {
        if let Some(dir) = &self.dir {
            settings::save(dir, &settings)?;
        }
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        Ok(())
    }

    /// The day that counts as today.
    pub fn today(&self) -> NaiveDate {
        self.pinned_clock()
            .map_or_else(|| Local::now().date_naive(), |(today, _)| today)
    }

    /// Pins today and the clock: the same data get the same ids and clocks, whenever they are made.
    pub fn pin_clock(&self, today: NaiveDate, millis: u64) {
        *self.pinned.lock().unwrap_or_else(PoisonError::into_inner) = Some((today, millis));
    }

    fn pinned_clock(&self) -> Option<(NaiveDate, u64)> {
        *self.pinned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sequence of the last commit.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    fn world(&self) -> World<'_> {
        World {
            schema: &self.schema,
            settings: self.settings(),
            today: self.today(),
            version: self.version(),
            recent: &self.recent,
        }
    }

    /// Reads what is committed.
    pub fn reader(&self) -> Reader<'_> {
        View::new(&*self.map, self.world())
    }

    /// Begins a transaction; waits while another one runs.
    pub fn txn(&self) -> Txn<'_> {
        self.txn_at(self.log.last_seq() + 1, None)
    }

    fn txn_at(&self, seq: u64, clock: Option<u64>) -> Txn<'_> {
        let mut state = self.lock();
        let clock = clock.unwrap_or_else(|| {
            let millis = self.pinned_clock().map_or_else(now_ms, |(_, millis)| millis);
            state.clock = (millis << 16).max(state.clock + 1);
            state.clock
        });
        Txn::new(
            Writer {
                store: self,
                state,
                clock,
                seq,
            },
            self.world(),
        )
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a note into the journal that changes no record: that a person's data left the store. Undo passes it over.
    ///
    /// # Errors
    /// The journal could not take it.
    pub fn leave_note(&self, note: &str) -> Result<(), StoreError> {
        let (writer, _, changes, _) = self.txn().into_parts();
        let head = Transaction {
            note: Some(note.to_string()),
            ..writer.head()
        };
        let (payload, clock) = (codec::encode_transaction(&head)?, writer.clock());
        let last = self
            .log
            .append_at(clock >> 16, &payload, BatchMark::Single, FrameSync::Now)?;
        writer.apply(changes, last, clock);
        Ok(())
    }

    /// Puts everything on the disk and marks an orderly end; the last thing before the program ends. Dropping the store
    /// does the same, without telling whether it could.
    pub fn close(&self) -> Result<(), StoreError> {
        let drafts = self.drafts.settle();
        self.sync()?;
        if let Some(folder) = self.folder.as_ref().filter(|_| self.lock().behind.is_none()) {
            folder.leave_clean_mark(self.log.last_seq())?;
        }
        drafts
    }

    /// Puts everything on the disk: the journal first, so that the map never has what the journal lacks.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.log.sync()?;
        let mut state = self.lock();
        if state.unsynced > 0 {
            self.map.sync()?;
            state.unsynced = 0;
            state.synced_at = Instant::now();
        }
        Ok(())
    }

    /// Syncs the map if commits have waited long enough; to be called when the program idles.
    pub fn sync_if_due(&self) -> Result<(), StoreError> {
        let due = {
            let state = self.lock();
            state.unsynced > 0 && state.synced_at.elapsed() >= SYNC_AFTER
        };
        if due { self.sync() } else { Ok(()) }
    }

    /// Refuses a save while there is too little room, or the folder is gone.
    fn check_room(&self) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), folder::DataFolder::check_room)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // What was acknowledged is in the journal either way; only the next opening takes longer.
            let _ = self.close();
        }
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX >> 16)
}

/// The store's one place for writing, held by a transaction.
pub struct Writer<'s> {
    store: &'s Store,
    state: MutexGuard<'s, State>,
    clock: u64,
    seq: u64,
}

impl<'s> Writer<'s> {
    fn map(&self) -> &'s dyn OrderedMap {
        &*self.store.map
    }

    fn next_seq(&self) -> u64 {
        self.seq
    }

    fn clock(&self) -> u64 {
        self.clock
    }

    /// Who writes, from where, when.
    fn head(&self) -> Transaction {
        let settings = self.store.settings();
        Transaction {
            office: settings.office.unit.clone(),
            device: settings.office.device.clone(),
            user: settings.office.officer.clone(),
            clock: self.clock,
            ..Transaction::default()
        }
    }

    /// Appends the frames of one transaction and syncs; then changes the map.
    fn write(self, head: Transaction, operations: Vec<Operation>, changes: Changes) -> Result<u64, StoreError> {
        if let Some(behind) = self.state.behind {
            let path = self.store.dir.clone().unwrap_or_default();
            return Err(match behind {
                Behind::DiskFull => StoreError::DiskFull { path, free: None },
                Behind::Refused => StoreError::Behind { path },
            });
        }
        let clock = self.clock;
        let last = self.append(head, operations, None)?;
        self.apply(changes, last, clock);
        Ok(last)
    }

    /// Appends operations as frames: one alone, several as a batch of their own or as parts of the batch given.
    fn append(&self, head: Transaction, operations: Vec<Operation>, batch: Option<u64>) -> Result<u64, StoreError> {
        self.store.check_room()?;
        let mut payloads = Vec::new();
        let mut rest = operations.into_iter().peekable();
        while rest.peek().is_some() {
            let operations: Vec<Operation> = rest.by_ref().take(txn::OPERATIONS_A_FRAME).collect();
            payloads.push(codec::encode_transaction(&Transaction {
                operations,
                ..head.clone()
            })?);
        }
        let log = &self.store.log;
        let own = if batch.is_none() && payloads.len() > 1 {
            Some(log.new_batch())
        } else {
            None
        };
        let count = payloads.len();
        let mut last = self.seq;
        for (place, payload) in payloads.iter().enumerate() {
            let (mark, sync) = match (batch, own) {
                (Some(batch), _) => (BatchMark::Part(batch), FrameSync::Later),
                (None, Some(own)) if place + 1 == count => (BatchMark::Close(own), FrameSync::Now),
                (None, Some(own)) => (BatchMark::Part(own), FrameSync::Later),
                (None, None) => (BatchMark::Single, FrameSync::Now),
            };
            let millis = self.clock >> 16;
            last = log.append_at(millis, payload, mark, sync).inspect_err(|_| {
                if let Some(own) = own {
                    // Unclosed, the batch counts for nothing; this only says so at once.
                    let _ = log.append_at(millis, &[], BatchMark::Abandon(own), FrameSync::Later);
                }
            })?;
        }
        Ok(last)
    }

    /// Changes the map and the applied sequence in one step. The journal already has it: should the map refuse, the save
    /// stands, and the next opening brings the map up.
    fn apply(mut self, mut changes: Changes, last: u64, clock: u64) {
        changes.put(Tree::Meta, APPLIED.to_vec(), last.to_le_bytes().to_vec());
        changes.put(
            Tree::Meta,
            CLOCK.to_vec(),
            clock.max(self.state.clock).to_le_bytes().to_vec(),
        );
        let records: Vec<Vec<u8>> = changes.keys_of(Tree::Records).map(<[u8]>::to_vec).collect();
        if let Err(error) = self.store.map.apply(&changes.into_batch()) {
            tracing::error!(%error, "the map refused a committed change");
            self.state.behind = Some(match error {
                StoreError::DiskFull { .. } => Behind::DiskFull,
                _ => Behind::Refused,
            });
            return;
        }
        let before = self.store.version();
        self.store.recent.note(records.iter().map(Vec::as_slice), before, last);
        self.store.version.store(last, Ordering::Release);
        self.state.clock = self.state.clock.max(clock);
        self.state.unsynced += 1;
        if self.state.unsynced >= SYNC_AFTER_COMMITS {
            match self.store.log.sync().and_then(|()| self.store.map.sync()) {
                Ok(()) => {
                    self.state.unsynced = 0;
                    self.state.synced_at = Instant::now();
                }
                // The save stands all the same: the journal has it, and the map is replayed where it lost something.
                Err(error) => tracing::error!(%error, "the map could not be synced"),
            }
        }
    }
}

#[cfg(test)]
mod tests;
