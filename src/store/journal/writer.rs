//! The end of the journal: the one open log, into which frames are written and synced.
//!
//! A log grows by chunks of zeros written beforehand, so that a frame never changes the file's length: syncing it is
//! then one write of data, without the file system's own records. Whatever fails here leaves the acknowledged frames as
//! they are; where it cannot be known what reached the disk, the writer stops for good ([`StoreError::Halted`]).

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::frame::{BatchMark, HEADER, Header, Kind, MAX_PAYLOAD};
use super::segment::{Analysis, OPEN_BATCHES, SEGMENT_HEADER, SegmentHeader};
use super::witness::Witness;
use crate::store::durable;
use crate::store::fault::StoreError;

/// Bytes after which a segment is full and sealed.
pub(super) const SEGMENT: usize = 8 << 20;
/// Bytes of zeros written ahead at a time.
pub(super) const CHUNK: usize = 1 << 20;

/// When a frame must be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// Before `append` returns: the frame is then acknowledged.
    Now,
    /// With the next frame that is synced, or `Journal::sync`.
    Later,
}

/// The open log.
#[derive(Debug)]
pub(super) struct Writer {
    pub journal: u32,
    pub number: u32,
    pub path: PathBuf,
    pub last_seq: u64,
    pub last_ms: u64,
    /// Number and place of some frames, for random access.
    pub index: Vec<(u64, u32)>,
    /// Behind the last frame.
    pub offset: usize,
    file: File,
    /// Bytes the file has, zeros included.
    allocated: usize,
    durable: u64,
    frames: usize,
    /// Batches begun by this program and not ended.
    open: BTreeSet<u64>,
    /// Batches an earlier run left open and that are not yet written off.
    stale: Vec<u64>,
    /// The batch named last.
    last_batch: u64,
    witness: Witness,
    halted: bool,
}

/// The name of a log.
pub(super) fn log_path(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:08}.log"))
}

impl Writer {
    /// Begins a new log with room for its first frames.
    pub(super) fn create(dir: &Path, header: &SegmentHeader) -> Result<Writer, StoreError> {
        let path = log_path(dir, header.number);
        let temporary = durable::temporary_name(&path);
        let mut bytes = vec![0; CHUNK];
        bytes[..SEGMENT_HEADER].copy_from_slice(&header.encode());
        let written = durable::write_synced(&temporary, &bytes).and_then(|()| durable::put_in_place(&temporary, &path));
        if let Err(error) = written {
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        let analysis = Analysis {
            end: SEGMENT_HEADER,
            last_seq: header.first_seq - 1,
            last_ms: header.first_ms,
            ..Analysis::default()
        };
        Writer::resume(path, header, CHUNK, analysis)
    }

    /// Goes on with a log whose frames were analysed; zeroes a torn tail.
    pub(super) fn resume(
        path: PathBuf,
        header: &SegmentHeader,
        length: usize,
        analysis: Analysis,
    ) -> Result<Writer, StoreError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::at(&path))?;
        let witness = Witness::open(path.parent().unwrap_or(&path), header.journal);
        let mut writer = Writer {
            journal: header.journal,
            number: header.number,
            path,
            last_seq: analysis.last_seq,
            last_ms: analysis.last_ms.max(header.first_ms),
            index: analysis.index,
            offset: analysis.end,
            file,
            allocated: length,
            durable: analysis.last_seq,
            frames: analysis.frames,
            open: BTreeSet::new(),
            stale: analysis.unclosed.into_keys().collect(),
            last_batch: 0,
            witness,
            halted: false,
        };
        if analysis.torn.is_some() {
            let rest = length.saturating_sub(writer.offset);
            writer.write_at(writer.offset, &vec![0; rest])?;
            writer.file.sync_all().map_err(StoreError::at(&writer.path))?;
        }
        Ok(writer)
    }

    /// Batches that would be named as open by a segment begun now.
    pub(super) fn open_batches(&self) -> Vec<u64> {
        self.open
            .iter()
            .chain(&self.stale)
            .copied()
            .take(OPEN_BATCHES)
            .collect()
    }

    /// Whether a payload of this length still belongs into this segment.
    pub(super) fn has_room(&self, length: usize) -> bool {
        let needed = self.offset + HEADER + length;
        needed <= SEGMENT || self.frames == 0
    }

    /// Refuses what could not be written, before anything is.
    pub(super) fn admit(&self, payload: &[u8], mark: BatchMark) -> Result<(), StoreError> {
        if self.halted {
            return Err(self.halted_error());
        }
        if payload.len() > MAX_PAYLOAD {
            return Err(StoreError::TooLarge {
                bytes: payload.len(),
                limit: MAX_PAYLOAD,
            });
        }
        match mark {
            BatchMark::Part(id) if !self.open.contains(&id) && self.open.len() >= OPEN_BATCHES => {
                Err(StoreError::TooManyBatches)
            }
            _ => Ok(()),
        }
    }

    /// Goes on behind numbers that were acknowledged and are lost. They stay a gap, which every reading tells of.
    pub(super) fn leave_gap(&mut self, last_seq: u64) {
        self.last_seq = last_seq;
        self.durable = last_seq;
    }

    /// Names batches that an earlier run left open.
    pub(super) fn leave_open(&mut self, batches: Vec<u64>) {
        self.stale = batches;
    }

    /// Writes of each batch an earlier run left open that it was given up. Called on opening alone, so that the number of
    /// the next frame is always the last one's and one; what cannot be written now (the disk is full) waits for the next
    /// opening, and until then the batch does not count for want of a closing frame.
    pub(super) fn give_up_stale(&mut self, time_ms: u64) -> Result<(), StoreError> {
        while let Some(id) = self.stale.last().copied() {
            self.frame(self.last_seq + 1, time_ms, &[], Kind::Batch(BatchMark::Abandon(id)))?;
            self.stale.pop();
        }
        self.sync()
    }

    /// Takes over the state of the log before this one.
    pub(super) fn follow(&mut self, before: &Writer) {
        self.open = before.open.clone();
        self.stale = before.stale.clone();
        self.last_batch = before.last_batch;
        self.durable = before.durable;
    }

    /// A batch id that no other batch has.
    pub(super) fn name_batch(&mut self) -> u64 {
        let used = self.open_batches().into_iter().max().unwrap_or(0);
        self.last_batch = used.max(self.last_batch).max(self.last_seq) + 1;
        self.last_batch
    }

    /// Writes the segment's own header anew where it was damaged; all it says can be told from the segments around.
    pub(super) fn mend_header(&mut self, header: &SegmentHeader) -> Result<(), StoreError> {
        self.write_at(0, &header.encode())?;
        self.file.sync_data().map_err(StoreError::at(&self.path))
    }

    /// Writes one frame behind the last and gives its number.
    pub(super) fn append(
        &mut self,
        time_ms: u64,
        payload: &[u8],
        mark: BatchMark,
        sync: Sync,
    ) -> Result<u64, StoreError> {
        if matches!(mark, BatchMark::Close(_)) && sync == Sync::Now && self.durable < self.last_seq {
            // The closing frame then says of all parts that they were on the disk before it.
            self.sync()?;
        }
        let seq = self.frame(self.last_seq + 1, time_ms, payload, Kind::Batch(mark))?;
        match mark {
            BatchMark::Part(id) => {
                self.open.insert(id);
            }
            BatchMark::Close(id) | BatchMark::Abandon(id) => {
                self.open.remove(&id);
            }
            BatchMark::Single => {}
        }
        if sync == Sync::Now {
            self.sync()?;
        }
        Ok(seq)
    }

    /// Notes that the numbers up to `past` are not to be used again.
    pub(super) fn skip(&mut self, past: u64, time_ms: u64) -> Result<(), StoreError> {
        if self.halted {
            return Err(self.halted_error());
        }
        self.frame(past + 1, time_ms, &[], Kind::Skip(self.last_seq + 1))?;
        self.sync()
    }

    /// Writes a frame of another copy of this journal, with its own number, clock and place in its batch.
    pub(super) fn copy(&mut self, header: &Header, payload: &[u8]) -> Result<(), StoreError> {
        self.frame(header.seq, header.time_ms, payload, header.kind)?;
        match header.kind {
            Kind::Batch(BatchMark::Part(id)) => {
                self.open.insert(id);
            }
            Kind::Batch(BatchMark::Close(id) | BatchMark::Abandon(id)) => {
                self.open.remove(&id);
            }
            Kind::Batch(BatchMark::Single) | Kind::Skip(_) => {}
        }
        Ok(())
    }

    fn frame(&mut self, seq: u64, time_ms: u64, payload: &[u8], kind: Kind) -> Result<u64, StoreError> {
        let time_ms = time_ms.max(self.last_ms);
        let header = Header {
            length: payload.len(),
            seq,
            time_ms,
            durable: self.durable,
            kind,
            journal: self.journal,
            payload_crc: crc32c::crc32c(payload),
        };
        let mut bytes = Vec::with_capacity(header.total());
        bytes.extend_from_slice(&header.encode());
        bytes.extend_from_slice(payload);
        self.allocate(self.offset + bytes.len())?;
        if let Err(error) = self.write_at(self.offset, &bytes) {
            let undone = self.write_at(self.offset, &vec![0; bytes.len()]).is_ok();
            self.halted = !undone;
            return Err(error);
        }
        if self.frames.is_multiple_of(Analysis::STEP) {
            self.index.push((seq, self.offset as u32));
        }
        self.frames += 1;
        self.offset += bytes.len();
        self.last_seq = seq;
        self.last_ms = time_ms;
        Ok(seq)
    }

    /// Puts all frames written so far on the disk. If the system refuses, nobody can know what arrived: the writer halts.
    pub(super) fn sync(&mut self) -> Result<(), StoreError> {
        if self.halted {
            return Err(self.halted_error());
        }
        if self.durable == self.last_seq {
            return Ok(());
        }
        if let Err(error) = self.file.sync_data() {
            self.halted = true;
            return Err(StoreError::io(&self.path, error));
        }
        self.durable = self.last_seq;
        self.witness.note(self.last_seq);
        Ok(())
    }

    fn allocate(&mut self, needed: usize) -> Result<(), StoreError> {
        while self.allocated < needed {
            let zeros = vec![0; CHUNK - self.allocated % CHUNK];
            let grown = self.write_at(self.allocated, &zeros);
            let grown = grown.and_then(|()| self.file.sync_all().map_err(StoreError::at(&self.path)));
            if let Err(error) = grown {
                // The fault that is told is the first; zeros that stay behind the end are no frames.
                let _ = self.file.set_len(self.allocated as u64);
                return Err(error);
            }
            self.allocated += zeros.len();
        }
        Ok(())
    }

    fn write_at(&mut self, offset: usize, bytes: &[u8]) -> Result<(), StoreError> {
        let written = self
            .file
            .seek(SeekFrom::Start(offset as u64))
            .and_then(|_| self.file.write_all(bytes));
        written.map_err(StoreError::at(&self.path))
    }

    fn halted_error(&self) -> StoreError {
        StoreError::Halted {
            path: self.path.parent().unwrap_or(&self.path).to_path_buf(),
        }
    }
}
