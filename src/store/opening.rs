//! Opening a store: the journal's tail, the map if it can be trusted, and the gap between the two.
//!
//! After an orderly end this is a look at the tail. After a crash, or in any doubt, the map is probed by a child first;
//! one that is not sound is set aside and another is built beside it by streaming the journal. Where the journal is the
//! side that has lost something, what the map still has is written into the journal again. Neither side is ever removed
//! for the other's sake.

use std::path::Path;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Local};

use super::contain::{self, LastEnd, Reason};
use super::fault::StoreError;
use super::folder::DataFolder;
use super::journal::{Damage, Journal, Progress};
use super::log::Log;
use super::probe::Probe;
use super::{APPLIED, CLOCK, OpenReport, Store, bulk, migrate, now_ms, own_fields, reindex, settings};
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

/// How far, in milliseconds, the clock may stand before the last save without a word: another machine's may be a little
/// ahead, and a clock is put right by hours.
const CLOCK_MAY_DIFFER: u64 = 48 * 3_600_000;

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
            report.notes.push(torn_note());
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
        reindex::bring_up(&store)?;
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
        report.clock = clock_note(store.lock().clock >> 16, now_ms());
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
            tracing::warn!(%full, "opened on a full disk");
            report.notes.push(full_note(folder.root()));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn full_note(root: &Path) -> Message {
    let root = root.display();
    Message::new(
        format!(
            "Ổ đĩa chứa {root} đã đầy. Sổ vẫn mở ra xem, tra cứu và sao lưu được, không mất gì; nhưng chưa lưu thêm được. Hãy xóa bớt tệp không cần trên ổ đĩa rồi hãy nhập tiếp."
        ),
        format!(
            "The disk that holds {root} is full. The logbook can be read, looked up and backed up, and nothing is lost; but nothing more can be saved. Free some room before you go on entering."
        ),
    )
}

/// What was being written when the program or the power went, and was never reported as saved.
fn torn_note() -> Message {
    Message::new(
        "Lần trước máy dừng giữa lúc đang ghi một bản chưa kịp báo lưu; phần ghi dở đã được bỏ. Mọi bản đã báo lưu đều còn. Hãy xem lại bản nhập sau cùng.",
        "Last time the machine stopped while writing something not yet reported as saved; the half-written part was dropped. All that was reported as saved is there. Look at what you entered last.",
    )
}

/// A clock that stands days before the last save: its battery is empty, or it was set wrong. The order of the saves does
/// not depend on it, but the dates that are filled in would be wrong.
fn clock_note(last_ms: u64, now_ms: u64) -> Option<Message> {
    if now_ms.saturating_add(CLOCK_MAY_DIFFER) >= last_ms {
        return None;
    }
    let day = |ms: u64| {
        let at = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
        at.map_or_else(String::new, |at| {
            at.with_timezone(&Local).format("%d/%m/%Y").to_string()
        })
    };
    let (now, last) = (day(now_ms), day(last_ms));
    Some(Message::new(
        format!(
            "Đồng hồ của máy đang chỉ ngày {now}, trước lần lưu gần nhất ({last}). Sổ vẫn lưu đúng thứ tự, không mất gì; nhưng ngày điền sẵn sẽ sai. Hãy chỉnh lại ngày giờ của máy."
        ),
        format!(
            "The machine's clock says {now}, before the last save ({last}). Saves keep their order and nothing is lost, but dates filled in will be wrong. Set the machine's date and time."
        ),
    ))
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
