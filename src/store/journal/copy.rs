//! Copies of a journal (`restore.rs` takes them back, `heal.rs` mends from them).
//!
//! A backup is a folder with the same segments; there is no other format. A copy is made segment by segment, each as one
//! step, and read back before it counts, so that a stick pulled out half-way leaves what was there. Nothing in a backup is
//! overwritten by something that has less: what does not fit is renamed, never removed.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::{Catalogue, Segment, is_sealed};
use super::read::Extent;
use super::sealed;
use super::segment::{Form, SEGMENT_HEADER, SegmentHeader};
use super::writer::log_path;
use super::{Journal, Progress, now_ms};
use crate::store::durable;
use crate::store::fault::StoreError;

/// A place in the journal, by number and by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The frame's number.
    pub seq: u64,
    /// Milliseconds since 1970.
    pub time_ms: u64,
}

/// What a backup did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Segments copied or lengthened.
    pub copied: Vec<u32>,
    /// Segments that were there already.
    pub unchanged: usize,
    /// Bytes written.
    pub bytes: u64,
    /// Files of the backup that did not fit this journal and were renamed.
    pub set_aside: Vec<PathBuf>,
    /// Segments damaged here; where the backup has them whole they were left as they are there.
    pub damaged_here: Vec<u32>,
    /// The backup holds frames that this journal has lost: up to this number.
    pub ahead: Option<u64>,
    /// The moment that the backup reaches; none for an empty journal.
    pub reaches: Option<Moment>,
}

/// Told how far long work has come; `Break` stops it.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// What one segment of the source is, and what of it is to be copied.
struct Source {
    number: u32,
    bytes: Vec<u8>,
    header: Option<SegmentHeader>,
    whole: bool,
    last_seq: u64,
}

impl Source {
    fn read(segment: &Segment, journal: u32, end: Option<usize>) -> Result<Source, StoreError> {
        let mut bytes = segment.bytes()?;
        if let Some(end) = end {
            bytes.truncate(end);
        }
        let header = SegmentHeader::decode(&bytes);
        let (whole, last_seq) = if is_sealed(&bytes, &segment.path) {
            (
                sealed::is_whole(&bytes),
                header.as_ref().map_or(0, |header| header.last_seq),
            )
        } else {
            let analysis = segment.analyse(&bytes, journal);
            bytes.truncate(analysis.end);
            (
                header.is_some() && analysis.damages.is_empty() && analysis.torn.is_none(),
                analysis.last_seq,
            )
        };
        Ok(Source {
            number: segment.number(),
            bytes,
            header,
            whole,
            last_seq,
        })
    }

    fn form(&self) -> Form {
        self.header.as_ref().map_or(Form::Log, |header| header.form)
    }

    fn path(&self, dir: &Path) -> PathBuf {
        log_path(dir, self.number).with_extension(match self.form() {
            Form::Log => "log",
            Form::Sealed => "seg",
        })
    }
}

impl Journal {
    /// Brings a backup in `target` up to this journal: copies the segments it lacks or has shorter, reads each back, and
    /// says up to which moment it reaches.
    ///
    /// # Errors
    /// `ForeignBackup` where the folder holds another journal; `Stopped`; `DiskFull`, `ReadOnly`, `FolderVanished` there.
    /// What was copied before an error is whole.
    pub fn copy_to(&self, target: &Path, watch: Watch<'_>) -> Result<Copied, StoreError> {
        self.sync()?;
        self.finish_sealing();
        durable::make_folder(target)?;
        let theirs = Catalogue::list(target)?;
        if theirs.journal().is_some_and(|id| id != self.id()) {
            return Err(StoreError::ForeignBackup {
                path: target.to_path_buf(),
            });
        }
        let extent = self.extent(1);
        let mut report = Copied::default();
        let total = extent.segments.len() as u64;
        for (done, segment) in extent.segments.iter().enumerate() {
            if watch(Progress {
                done: done as u64,
                total,
            })
            .is_break()
            {
                return Err(StoreError::Stopped);
            }
            let is_tail = done + 1 == extent.segments.len();
            let there = theirs.all().iter().find(|other| other.number() == segment.number());
            if !is_tail && there.is_some_and(|there| is_same_sealed(segment, there)) {
                report.unchanged += 1;
                continue;
            }
            let source = Source::read(segment, self.id(), is_tail.then_some(extent.tail_end))?;
            copy_segment(&source, there, target, self.id(), &mut report)?;
        }
        // All is done: there is nothing left to stop.
        let _ = watch(Progress { done: total, total });
        if extent.last_seq > 0 {
            report.reaches = Some(Moment {
                seq: extent.last_seq,
                time_ms: self.last_ms(),
            });
        }
        let beyond = theirs
            .all()
            .iter()
            .filter(|other| extent.segments.iter().all(|s| s.number() != other.number()));
        let last_there = beyond.filter_map(|other| last_of(other, self.id())).max();
        report.ahead = report.ahead.max(last_there.filter(|last| *last > extent.last_seq));
        Ok(report)
    }
}

/// A backup's frames as far as they reach, read without changing anything there.
pub(super) fn open_backup(backup: &Path) -> Result<Extent, StoreError> {
    let none = || StoreError::NoBackup {
        path: backup.to_path_buf(),
    };
    let catalogue = match Catalogue::list(backup) {
        Ok(catalogue) => catalogue,
        Err(_) if !backup.is_dir() => return Err(none()),
        Err(error) => return Err(error),
    };
    if let Some(found) = catalogue.version().filter(|found| *found > super::segment::VERSION) {
        return Err(StoreError::NewerFormat {
            found,
            supported: super::segment::VERSION,
        });
    }
    let (Some(tail), Some(journal)) = (catalogue.tail(), catalogue.journal()) else {
        return Err(none());
    };
    let bytes = tail.bytes()?;
    let (tail_end, last_seq) = if is_sealed(&bytes, &tail.path) {
        (bytes.len(), last_of(tail, journal).unwrap_or(0))
    } else {
        let analysis = tail.analyse(&bytes, journal);
        (analysis.end, analysis.last_seq)
    };
    Ok(Extent {
        journal,
        segments: catalogue.all_ordered(),
        tail_end,
        last_seq,
    })
}

pub(super) fn last_of(segment: &Segment, journal: u32) -> Option<u64> {
    match segment.header() {
        Some(header) if header.form == Form::Sealed => Some(header.last_seq),
        _ => Some(segment.analyse(&segment.bytes().ok()?, journal).last_seq),
    }
}

/// Whether both are sealed and say the same of themselves, checksum of the content included, and are as long.
fn is_same_sealed(ours: &Segment, theirs: &Segment) -> bool {
    let length = |segment: &Segment| {
        segment
            .open()
            .and_then(|file| file.metadata())
            .map(|metadata| metadata.len())
            .ok()
    };
    let sealed = |segment: &Arc<SegmentHeader>| segment.form == Form::Sealed;
    let (ours_header, theirs_header) = (
        ours.header().cloned().map(Arc::new),
        theirs.header().cloned().map(Arc::new),
    );
    ours_header.as_ref().is_some_and(sealed) && ours_header == theirs_header && length(ours) == length(theirs)
}

/// Brings one segment of a backup up to the source's.
fn copy_segment(
    source: &Source,
    there: Option<&Arc<Segment>>,
    target: &Path,
    journal: u32,
    report: &mut Copied,
) -> Result<(), StoreError> {
    if !source.whole {
        report.damaged_here.push(source.number);
    }
    let path = source.path(target);
    let Some(there) = there else {
        return write_copy(&path, source, report);
    };
    let other = Source::read(there, journal, None)?;
    if !source.whole && other.whole {
        if other.last_seq < source.last_seq {
            // The damaged one goes further: it is kept beside, under a name that is no segment's.
            let beside = path.with_extension("damaged");
            durable::write_whole(&beside, &source.bytes)?;
            report.bytes += source.bytes.len() as u64;
        }
        return Ok(());
    }
    if source.form() == other.form() && source.bytes == other.bytes {
        report.unchanged += 1;
        return Ok(());
    }
    let is_older = other.form() == Form::Log && begins_with(source, &other);
    if source.form() == Form::Log && other.form() == Form::Log && other.bytes.starts_with(&source.bytes) {
        report.ahead = report.ahead.max(Some(other.last_seq));
        return Ok(());
    }
    if is_older {
        write_copy(&path, source, report)?;
        return if there.path == path {
            Ok(())
        } else {
            durable::remove(&there.path)
        };
    }
    if other.last_seq > source.last_seq {
        report.ahead = report.ahead.max(Some(other.last_seq));
    }
    let aside = there.path.with_extension(format!("aside-{}", now_ms()));
    durable::put_in_place(&there.path, &aside)?;
    report.set_aside.push(aside);
    write_copy(&path, source, report)
}

/// Whether the frames of an older copy are the first frames of the source.
fn begins_with(source: &Source, older: &Source) -> bool {
    let Some(frames) = older.bytes.get(SEGMENT_HEADER..) else {
        return true;
    };
    match source.form() {
        Form::Log => source
            .bytes
            .get(SEGMENT_HEADER..)
            .is_some_and(|bytes| bytes.starts_with(frames)),
        Form::Sealed => {
            let mut rest = frames;
            for piece in sealed::blocks(&source.bytes) {
                let sealed::Piece::Block(block) = piece else {
                    return false;
                };
                let Some(raw) = block.unpack(&source.bytes[block.offset..]) else {
                    return false;
                };
                let common = raw.len().min(rest.len());
                if raw[..common] != rest[..common] {
                    return false;
                }
                rest = &rest[common..];
            }
            rest.is_empty()
        }
    }
}

/// Writes a segment's copy as one step and reads it back.
fn write_copy(path: &Path, source: &Source, report: &mut Copied) -> Result<(), StoreError> {
    durable::write_whole(path, &source.bytes)?;
    let back = std::fs::read(path).map_err(StoreError::at(path))?;
    if back != source.bytes {
        return Err(StoreError::damaged(format!(
            "the copy {} differs from what was written",
            path.display()
        )));
    }
    report.copied.push(source.number);
    report.bytes += source.bytes.len() as u64;
    Ok(())
}
