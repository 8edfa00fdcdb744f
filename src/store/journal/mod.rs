//! The journal: the truth about everything that was ever saved, in order, for ever.
//!
//! It is a row of segments of 8 MiB (`00000001.seg`, …, the last one `.log`). Frames are appended to the last and synced;
//! a full one is compressed by a thread of its own and is never changed again. It knows nothing of what is in a frame.
//!
//! What is promised:
//! * a frame appended with [`Sync::Now`] is on the disk when `append` returns;
//! * a tail torn by a crash, which was never acknowledged, is cut back to the last whole frame ([`OpenReport::torn`]); the
//!   cut bytes are kept in `cut/`;
//! * damage in the middle loses the frames it hits (in a sealed segment: their block), is told with their numbers, and
//!   hides nothing behind it;
//! * a tail that was acknowledged and is gone is told as lost too ([`OpenReport::damages`]), by a witness beside it;
//! * a number is never given twice, so long as [`Journal::advance_past`] is told of numbers seen elsewhere;
//! * nothing in the files depends on the machine: no native byte order, no paths.

mod catalogue;
mod copy;
mod damage;
mod frame;
mod heal;
mod opening;
mod random;
mod read;
mod restore;
mod sealed;
mod segment;
mod witness;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

pub use copy::{Copied, Moment, Watch};
pub use damage::{Damage, DamageKind, Torn};
pub use frame::{BatchMark, Frame, MAX_PAYLOAD};
pub use heal::Healed;
pub use read::{Committed, Frames};
pub use restore::{Restored, Until, restore};
pub use writer::Sync;

use catalogue::{Catalogue, Segment};
use random::Cache;
use read::{Extent, RawFrames};
use segment::SegmentHeader;
use writer::Writer;

use super::durable;
use super::fault::StoreError;

/// What was found when a journal was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// There was no journal; this one is new.
    pub created: bool,
    /// The last number given out; 0 in a new journal. The notes that batches were given up are counted.
    pub last_seq: u64,
    /// The clock of the last frame, milliseconds since 1970.
    pub last_ms: u64,
    /// An unacknowledged tail that was cut off.
    pub torn: Option<Torn>,
    /// Damage in the last segment, the only one read.
    pub damages: Vec<Damage>,
    /// Batches an earlier run left open; they do not count.
    pub unclosed: Vec<u64>,
}

/// How far a long reading has come, in bytes of segment files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes behind.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

/// An open journal. All methods take `&self`; writing is one at a time, reading goes on beside it.
#[derive(Debug)]
pub struct Journal {
    dir: PathBuf,
    writer: Mutex<Writer>,
    catalogue: Mutex<Catalogue>,
    cache: Mutex<Cache>,
    sealing: Mutex<Option<JoinHandle<()>>>,
}

impl Journal {
    /// Opens the journal in a folder, or begins one. Reads the last segment only, and mends its torn tail.
    ///
    /// # Errors
    /// `NewerFormat`, and whatever the operating system refuses. Damage is no error but part of the report.
    pub fn open(dir: &Path) -> Result<(Journal, OpenReport), StoreError> {
        durable::make_folder(dir)?;
        let mut catalogue = Catalogue::list(dir)?;
        let (mut writer, mut report) = opening::open_end(dir, &catalogue)?;
        // Without room for it they stay open, which is no harm.
        let _ = writer.give_up_stale(writer.last_ms);
        report.last_seq = writer.last_seq;
        if catalogue.tail().is_none_or(|tail| tail.path != writer.path) {
            catalogue.push(writer.number, writer.path.clone());
        }
        let journal = Journal {
            dir: dir.to_path_buf(),
            writer: Mutex::new(writer),
            catalogue: Mutex::new(catalogue),
            cache: Mutex::new(Cache::default()),
            sealing: Mutex::new(None),
        };
        Ok((journal, report))
    }

    /// Appends one frame at this moment and gives its number. With [`Sync::Now`] it is acknowledged on return.
    ///
    /// # Errors
    /// `TooLarge` over [`MAX_PAYLOAD`], `DiskFull` (nothing is written), `Halted` once the disk has refused a sync.
    pub fn append(&self, payload: &[u8], batch: BatchMark, sync: Sync) -> Result<u64, StoreError> {
        self.append_at(now_ms(), payload, batch, sync)
    }

    /// The same with a given clock, milliseconds since 1970. A clock that goes backwards stands still in the journal, so
    /// that moments are in the order of numbers.
    pub fn append_at(&self, time_ms: u64, payload: &[u8], batch: BatchMark, sync: Sync) -> Result<u64, StoreError> {
        let mut writer = self.writer();
        writer.admit(payload, batch)?;
        if !writer.has_room(payload.len()) {
            self.roll(&mut writer)?;
        }
        writer.append(time_ms, payload, batch, sync)
    }

    /// A name for a batch, used by no other: give it to [`BatchMark::Part`] and [`BatchMark::Close`]. The parts may be
    /// appended with [`Sync::Later`]; closing with [`Sync::Now`] acknowledges all of them.
    pub fn new_batch(&self) -> u64 {
        self.writer().name_batch()
    }

    /// Puts everything appended so far on the disk.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.writer().sync()
    }

    /// The last number given out; 0 while the journal is empty.
    pub fn last_seq(&self) -> u64 {
        self.writer().last_seq
    }

    /// The clock of the last frame, milliseconds since 1970; 0 while the journal is empty.
    pub fn last_ms(&self) -> u64 {
        self.writer().last_ms
    }

    /// Never again gives a number up to `seq`, because elsewhere (in the map, in a clean mark) it was seen used: the
    /// journal has lost its end. Does nothing where it reaches that far.
    pub fn advance_past(&self, seq: u64) -> Result<(), StoreError> {
        let mut writer = self.writer();
        if seq <= writer.last_seq {
            return Ok(());
        }
        if !writer.has_room(0) {
            self.roll(&mut writer)?;
        }
        writer.skip(seq, now_ms())
    }

    /// All frames from a number on, in order, with the damage met; frames appended later are not among them.
    pub fn read_from(&self, seq: u64) -> Frames {
        Frames::new(self.extent(seq), seq)
    }

    /// The same without batches that were never closed; for replay. Reads the range twice.
    pub fn read_committed(&self, seq: u64) -> Committed {
        Committed::new(self.extent(seq), seq)
    }

    /// One frame by its number; `None` where it is lost or was never written.
    pub fn frame(&self, seq: u64) -> Result<Option<Frame>, StoreError> {
        let (extent, (from, to)) = {
            let writer = self.writer();
            (
                self.extent_of(&writer, seq),
                random::stretch_of(&writer.index, seq, writer.offset),
            )
        };
        if seq == 0 || seq > extent.last_seq {
            return Ok(None);
        }
        for (position, segment) in extent.segments.iter().enumerate() {
            if segment.header().is_some_and(|header| header.first_seq > seq) {
                break;
            }
            let is_tail = position + 1 == extent.segments.len();
            let in_tail = if is_tail {
                random::read_stretch(&segment.path, from, to).ok()
            } else {
                None
            };
            let found = match in_tail {
                Some(bytes) => random::find_frame(&bytes, extent.journal, seq),
                None => self.cache().frame(segment, extent.journal, seq)?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Reads everything and tells all damage. `progress` is called when a segment is done.
    pub fn verify(&self, mut progress: impl FnMut(Progress)) -> Vec<Damage> {
        let extent = self.extent(1);
        let size = |segment: &Arc<Segment>| segment.open().and_then(|file| file.metadata()).map_or(0, |m| m.len());
        let sizes: Vec<u64> = extent.segments.iter().map(size).collect();
        let total = sizes.iter().sum();
        let mut frames = RawFrames::new(extent, 1);
        let mut damages = Vec::new();
        let mut begun = 0;
        while let Some(item) = frames.next() {
            damages.extend(item.err());
            let now = sizes.len() - frames.segments_left();
            if now != begun {
                begun = now;
                progress(Progress {
                    done: sizes[..now.saturating_sub(1)].iter().sum(),
                    total,
                });
            }
        }
        progress(Progress { done: total, total });
        damages
    }

    /// The journal's own number, the same in all its segments and copies: another store's has another.
    pub fn id(&self) -> u32 {
        self.writer().journal
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Waits until segments that are full are compressed. Dropping the journal waits too.
    pub fn finish_sealing(&self) {
        let running = self.sealing.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            // A panic there has left the log as it was: nothing is lost, it is sealed another time.
            let _ = running.join();
        }
    }

    /// Begins a new segment and has the full ones compressed beside.
    fn roll(&self, writer: &mut Writer) -> Result<(), StoreError> {
        writer.sync()?;
        let mut catalogue = self.catalogue();
        let number = catalogue.highest().max(writer.number) + 1;
        let header = SegmentHeader::log(
            writer.journal,
            number,
            writer.last_seq + 1,
            writer.last_ms,
            writer.open_batches(),
        );
        let mut next = Writer::create(&self.dir, &header)?;
        next.follow(writer);
        let full: Vec<Arc<Segment>> = catalogue
            .all()
            .iter()
            .filter(|segment| is_log(segment))
            .cloned()
            .collect();
        catalogue.push(number, next.path.clone());
        *writer = next;
        drop(catalogue);
        self.finish_sealing();
        let journal = writer.journal;
        let started = std::thread::Builder::new().name("seal".into()).spawn(move || {
            for segment in full {
                // What cannot be sealed now stays a log, is read as one, and is tried again with the next.
                let _ = sealed::seal(&segment, journal);
            }
        });
        // Without a thread the log stays a log until the next time.
        *self.sealing.lock().unwrap_or_else(PoisonError::into_inner) = started.ok();
        Ok(())
    }

    fn extent(&self, seq: u64) -> Extent {
        self.extent_of(&self.writer(), seq)
    }

    fn extent_of(&self, writer: &Writer, seq: u64) -> Extent {
        let segments = self.catalogue().from(seq);
        Extent {
            journal: writer.journal,
            segments,
            tail_end: writer.offset,
            last_seq: writer.last_seq,
        }
    }

    /// A panic while a frame was written leaves the writer's fields as before it, so the lock may be taken over.
    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn catalogue(&self) -> MutexGuard<'_, Catalogue> {
        self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.finish_sealing();
    }
}

/// Milliseconds since 1970 by the machine's clock; 0 before.
fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}

fn is_log(segment: &Segment) -> bool {
    segment.path.extension().is_some_and(|extension| extension == "log") && segment.path.exists()
}

#[cfg(test)]
mod tests;
