//! Opening a store: the journal's tail, the map if it can be trusted, and the gap between the two.
//!
//! After an orderly end this is a look at the tail. After a crash, or in any doubt, the map is probed by a child first;
//! one that is not sound is set aside and another is built beside it by streaming the journal. Where the journal is the
//! side that has lost something, what the map still has is written into the journal again. Neither side is ever removed
//! for the other's sake.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::codec::{self, Stored, Transaction};
use super::contain::{self, DataFolder, LastEnd, Reason};
use super::fault::StoreError;
use super::journal::{Damage, Journal, Progress};
use super::log::Log;
use super::map::{Order, Tree};
use super::probe::Probe;
use super::read::{GRAVES, Grave, Read};
use super::txn::{Refusal, Txn};
use super::{APPLIED, Behind, CLOCK, OpenReport, Store, bulk, index, migrate, own_fields, settings};
use crate::domain::id::Id;
use crate::domain::record::KINDS;
use crate::domain::text::Message;

/// How far the map is trusted when a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// After an orderly end at once, else once a child has read it.
    Usual,
    /// Only once a child has read it.
    Doubt,
    /// Not at all: it is built anew from the journal.
    Build,
}

/// Why the map was built anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebuilt {
    /// The program or the power went while it was written.
    AfterCrash,
    /// It was left in good order and is damaged now.
    Damaged,
    /// It was asked for.
    Asked,
}

/// What a store lost and kept when its journal was found damaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Losses {
    /// Records that the map had and the journal has again.
    restated: u64,
    /// Frames lost on both sides.
    frames: u64,
}

/// Operations after which replay writes to the map.
const OPERATIONS_A_STEP: usize = 512;

impl Store {
    /// Opens the store of a data folder, or begins one there.
    pub fn open(dir: &Path) -> Result<(Store, OpenReport), StoreError> {
        Store::open_with(dir, &Probe::this_program(), &mut |_| {})
    }

    /// The same with another way to probe the map, and a gauge for a map that has to be built anew: it is told the
    /// frames done and their number.
    ///
    /// # Errors
    /// `Locked`, `NewerFormat`, `ReadOnly`, `FolderVanished`, `DiskFull`; damage is told in the report and is no error.
    pub fn open_with(
        dir: &Path,
        probe: &Probe,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<(Store, OpenReport), StoreError> {
        Store::open_as(dir, Trust::Usual, probe, gauge)
    }

    /// The same with a word on how far the map is trusted.
    ///
    /// # Errors
    /// As [`Store::open_with`].
    pub fn open_as(
        dir: &Path,
        trust: Trust,
        probe: &Probe,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<(Store, OpenReport), StoreError> {
        let (folder, found) = DataFolder::open(dir)?;
        let mut report = OpenReport::default();
        if let Some(note) = migrate::bring_up(&folder, found.format, &migrate::STEPS)? {
            report.notes.push(note);
        }
        make_room(&folder, &mut report)?;
        let settings = settings::load(dir, &mut report.notes)?;
        let (journal, tail) = Journal::open(&folder.journal())?;
        if tail.torn.is_some() {
            tracing::warn!(torn = ?tail.torn, "an unacknowledged tail of the journal was cut off");
        }
        let is_clean = found.clean == Some(tail.last_seq) && tail.torn.is_none() && tail.damages.is_empty();
        let opened = match (trust, is_clean) {
            (Trust::Build, _) => contain::begin_map(&folder, Reason::Asked)?,
            (Trust::Usual, true) => contain::open_map(&folder, LastEnd::Clean, probe)?,
            (Trust::Usual | Trust::Doubt, _) => contain::open_map(&folder, LastEnd::Doubtful, probe)?,
        };
        let mut store = Store::assemble(
            Some(dir.to_path_buf()),
            Box::new(opened.map),
            Log::Journal(Box::new(journal)),
            settings,
        );
        store.folder = Some(folder);
        store.set_schema(own_fields::load(dir, &mut report.notes)?);
        match opened.build {
            None => store.catch_up(&tail.damages, &mut report)?,
            Some((place, reason)) => {
                let was_orderly = is_clean || found.is_map_changed;
                report.rebuilt = match reason {
                    Reason::None => None,
                    Reason::Asked => Some(Rebuilt::Asked),
                    _ if was_orderly => Some(Rebuilt::Damaged),
                    _ => Some(Rebuilt::AfterCrash),
                };
                store.build(&reason, &mut report, gauge)?;
                if let Some(folder) = &store.folder {
                    folder.put_in_use(&place)?;
                }
            }
        }
        Ok((store, report))
    }

    /// Brings the map up to the journal: takes back a batch that was never closed, then replays what it lacks.
    fn catch_up(&self, damages: &[Damage], report: &mut OpenReport) -> Result<(), StoreError> {
        let applied = self.meta_number(APPLIED)?;
        let journal_end = self.log.last_seq();
        self.version.store(applied, Ordering::Release);
        self.lock().clock = self.meta_number(CLOCK)?;
        self.log.advance_past(applied)?;
        bulk::take_back_unclosed(self)?;
        let behind = (applied > journal_end).then_some(journal_end + 1..=applied);
        let lost: Vec<_> = damages
            .iter()
            .filter_map(|damage| damage.lost.clone())
            .chain(behind)
            .collect();
        let restated = self.restate_lost(&lost)?;
        let frames = self.replay_from(applied + 1, report, &mut |_| {})?;
        report.notes.extend(loss_note(Losses { restated, frames }));
        Ok(())
    }

    /// Fills an empty map from the journal.
    fn build(
        &self,
        reason: &Reason,
        report: &mut OpenReport,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<(), StoreError> {
        if *reason != Reason::None {
            tracing::warn!(?reason, "the map is built anew from the journal");
            report.notes.push(rebuilt_note(reason));
        }
        let frames = self.replay_from(1, report, gauge)?;
        report.notes.extend(loss_note(Losses { restated: 0, frames }));
        self.map.sync()
    }

    /// Applies the journal's committed frames from a number on, several at a time. What cannot be applied is named and
    /// passed over. Gives the number of frames that were lost before the map could take them.
    fn replay_from(
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
                report.notes.push(set_aside(frame.seq));
                continue;
            };
            let clock = transaction.clock;
            let (mut txn, _, _, staged) = open
                .take()
                .unwrap_or_else(|| (self.txn_at(frame.seq, Some(clock)), 0, 0, 0));
            txn.enter_frame(frame.seq, clock);
            if transaction
                .operations
                .iter()
                .any(|operation| txn.replay(operation).is_err())
            {
                report.notes.push(set_aside(frame.seq));
            }
            count += 1;
            let staged = staged + transaction.operations.len();
            if staged >= OPERATIONS_A_STEP {
                let (writer, _, changes, _) = txn.into_parts();
                writer.apply(changes, frame.seq, clock)?;
                gauge(Progress { done: frame.seq, total });
            } else {
                open = Some((txn, frame.seq, clock, staged));
            }
        }
        if let Some((txn, last, clock, _)) = open {
            let (writer, _, changes, _) = txn.into_parts();
            writer.apply(changes, last, clock)?;
        }
        report.replayed = count;
        let dir = self.dir.clone().unwrap_or_default();
        match self.lock().behind {
            None => Ok(lost_frames),
            Some(Behind::DiskFull) => Err(StoreError::DiskFull { path: dir, free: None }),
            Some(Behind::Refused) => Err(StoreError::Behind { path: dir }),
        }
    }

    /// Writes into the journal again what the map still has and the journal has lost: the state of every record whose
    /// history leads into the lost frames, and every deletion that was told by one. Gives the number of records.
    pub fn restate_lost(&self, lost: &[RangeInclusive<u64>]) -> Result<u64, StoreError> {
        let Some(first_lost) = lost.iter().map(|range| *range.start()).min() else {
            return Ok(0);
        };
        let mut affected: Vec<Stored> = Vec::new();
        let mut count = 0;
        for kind in KINDS {
            let reader = self.reader();
            for id in reader.ids(kind.key()) {
                let Some(stored) = reader.stored(kind.key(), id?)? else {
                    continue;
                };
                if stored.last.0 >= first_lost && self.is_broken(&stored, lost)? {
                    affected.push(stored);
                }
                if affected.len() >= OPERATIONS_A_STEP {
                    count += self.restate(std::mem::take(&mut affected), Vec::new())?;
                }
            }
        }
        let mut graves = Vec::new();
        for item in self.map.prefixed(Tree::Derived, GRAVES, Order::Forward) {
            let (key, bytes) = item?;
            let grave: Grave = serde_json::from_slice(&bytes).map_err(|_| StoreError::damaged("grave"))?;
            if let Some(id) = index::id_at_end(&key)
                && lost.iter().any(|range| range.contains(&grave.last.0))
            {
                graves.push((id, grave));
            }
        }
        count += self.restate(affected, graves)?;
        Ok(count)
    }

    /// Whether a record's chain of operations leads into lost frames.
    fn is_broken(&self, stored: &Stored, lost: &[RangeInclusive<u64>]) -> Result<bool, StoreError> {
        let first_lost = lost.iter().map(|range| *range.start()).min().unwrap_or(u64::MAX);
        let mut position = Some(stored.last);
        while let Some(at) = position.filter(|at| at.0 >= first_lost) {
            if lost.iter().any(|range| range.contains(&at.0)) {
                return Ok(true);
            }
            let Some((transaction, _)) = self.transaction(at.0)? else {
                return Ok(true);
            };
            let previous = transaction
                .operations
                .get(at.1 as usize)
                .and_then(|operation| operation.previous);
            position = previous.filter(|previous| *previous < at);
        }
        Ok(false)
    }

    pub(super) fn restate(&self, affected: Vec<Stored>, graves: Vec<(Id, Grave)>) -> Result<u64, StoreError> {
        if affected.is_empty() && graves.is_empty() {
            return Ok(0);
        }
        let count = affected.len() + graves.len();
        let mut txn = self.txn();
        let sort = |refusal| match refusal {
            Refusal::Store(error) => error,
            _ => StoreError::damaged("a record that cannot be written again"),
        };
        for stored in &affected {
            txn.restate(stored).map_err(sort)?;
        }
        for (id, grave) in graves {
            txn.restate_grave(id, grave)?;
        }
        let (writer, operations, changes, _) = txn.into_parts();
        let head = Transaction {
            note: Some("restated".to_string()),
            ..writer.head()
        };
        writer.write(head, operations, changes)?;
        Ok(count as u64)
    }
}

/// On a full disk the ballast is given free, so that the map can be opened; else it is kept ready.
fn make_room(folder: &DataFolder, report: &mut OpenReport) -> Result<(), StoreError> {
    match folder.check_room() {
        Ok(()) => {
            // Without a ballast the store works as well; only a full disk is harder to leave.
            let _ = folder.keep_ballast();
            Ok(())
        }
        Err(full @ StoreError::DiskFull { .. }) => {
            folder.give_ballast_free()?;
            report.notes.push(full.message());
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn set_aside(seq: u64) -> Message {
    Message::new(
        format!("Giao dịch số {seq} trong sổ ghi không đọc được nên được để riêng; các giao dịch khác còn nguyên."),
        format!("Transaction {seq} of the journal could not be read and was set aside; all others are whole."),
    )
}

fn rebuilt_note(reason: &Reason) -> Message {
    if *reason == Reason::Asked {
        return Message::new(
            "Kho tra cứu đã được dựng lại từ sổ ghi; kho cũ được giữ bên cạnh.",
            "The map was built anew from the journal; the old one is kept beside.",
        );
    }
    Message::new(
        "Lần trước chương trình dừng đột ngột; kho dữ liệu đã được dựng lại từ sổ ghi. Mọi bản ghi đã báo lưu đều còn.",
        "The program ended abruptly last time; the store was rebuilt from the journal. All that was reported as saved is there.",
    )
}

/// What a damaged journal has cost, in one message; none where it cost nothing.
fn loss_note(losses: Losses) -> Option<Message> {
    let Losses { restated, frames } = losses;
    let advice = (
        "Hãy sao lưu sớm, kiểm tra ổ đĩa và chạy “sohoi check”.",
        "Back up soon, check the disk and run “sohoi check”.",
    );
    let (vi, en) = match (restated, frames) {
        (0, 0) => return None,
        (_, 0) => (
            format!(
                "Sổ ghi bị hỏng một chỗ nhưng không mất bản ghi nào: {restated} bản ghi còn trong kho đã được ghi lại vào sổ."
            ),
            format!(
                "The journal was damaged, but no record is lost: {restated} records were still in the map and are written to the journal again."
            ),
        ),
        (0, _) => (
            format!("Sổ ghi bị hỏng một chỗ: mất tối đa {frames} giao dịch, phần còn lại nguyên vẹn."),
            format!("The journal is damaged: at most {frames} transactions are lost, all others are whole."),
        ),
        _ => (
            format!(
                "Sổ ghi bị hỏng một chỗ: {restated} bản ghi còn trong kho đã được ghi lại vào sổ; mất tối đa {frames} giao dịch, phần còn lại nguyên vẹn."
            ),
            format!(
                "The journal is damaged: {restated} records were still in the map and are written to the journal again; at most {frames} transactions are lost, all others are whole."
            ),
        ),
    };
    Some(Message::new(format!("{vi} {}", advice.0), format!("{en} {}", advice.1)))
}
