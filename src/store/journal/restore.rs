//! A journal made anew from a backup, frame by frame, up to the end or to a moment.

use std::path::Path;

use super::Progress;
use super::catalogue::{Catalogue, Segment};
use super::copy::{Moment, Watch, open_backup};
use super::damage::Damage;
use super::frame::Header;
use super::read::RawFrames;
use super::sealed;
use super::segment::SegmentHeader;
use super::writer::{Writer, log_path};
use crate::store::durable;
use crate::store::fault::StoreError;

/// Up to where something is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// To the last frame.
    End,
    /// To the last frame written at or before this moment, milliseconds since 1970.
    Time(u64),
}

/// What a restore did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Frames that are back.
    pub frames: u64,
    /// The last of them.
    pub reaches: Option<Moment>,
    /// What the backup had lost.
    pub damages: Vec<Damage>,
}

/// Makes a journal in `dir`, which must hold none, from the backup's, up to a moment. Every frame is checked on the way;
/// what the backup has lost is told, and the rest is restored.
///
/// # Errors
/// `NoBackup`, `NotEmpty`, `Stopped`, and what the disks refuse.
pub fn restore(backup: &Path, dir: &Path, until: Until, watch: Watch<'_>) -> Result<Restored, StoreError> {
    let source = open_backup(backup)?;
    durable::make_folder(dir)?;
    if Catalogue::list(dir)?.tail().is_some() {
        return Err(StoreError::NotEmpty {
            path: dir.to_path_buf(),
        });
    }
    let limit = match until {
        Until::End => u64::MAX,
        Until::Time(limit) => limit,
    };
    let total = source.segments.len() as u64;
    let mut restored = Restored::default();
    let mut writer: Option<Writer> = None;
    let mut frames = RawFrames::new(source.clone(), 1);
    loop {
        let done = total - frames.segments_left() as u64;
        let item = frames.next();
        if total - frames.segments_left() as u64 != done && watch(Progress { done, total }).is_break() {
            return Err(StoreError::Stopped);
        }
        match item {
            None => break,
            Some(Err(damage)) => restored.damages.push(damage),
            Some(Ok((header, _))) if header.time_ms > limit => break,
            Some(Ok((header, payload))) => {
                let writer = writer_for(dir, source.journal, &header, payload.len(), &mut writer)?;
                writer.copy(&header, &payload)?;
                restored.frames += 1;
                restored.reaches = Some(Moment {
                    seq: header.seq,
                    time_ms: header.time_ms,
                });
            }
        }
    }
    // All is done: there is nothing left to stop.
    let _ = watch(Progress { done: total, total });
    match &mut writer {
        Some(writer) => writer.sync()?,
        None => drop(Writer::create(
            dir,
            &SegmentHeader::log(source.journal, 1, 1, 0, Vec::new()),
        )?),
    }
    seal_full(dir, source.journal)?;
    Ok(restored)
}

/// The log in which a restored frame goes: the one being written, or the next where it is full.
fn writer_for<'a>(
    dir: &Path,
    journal: u32,
    header: &Header,
    length: usize,
    writer: &'a mut Option<Writer>,
) -> Result<&'a mut Writer, StoreError> {
    let next = match writer.as_mut() {
        None => Some((1, Vec::new())),
        Some(full) if !full.has_room(length) => {
            full.sync()?;
            Some((full.number + 1, full.open_batches()))
        }
        Some(_) => None,
    };
    if let Some((number, open)) = next {
        let segment = SegmentHeader::log(journal, number, header.seq, header.time_ms, open);
        let mut created = Writer::create(dir, &segment)?;
        if let Some(before) = writer.take() {
            created.follow(&before);
            if number > 1 {
                seal_one(dir, number - 1, journal);
            }
        }
        return Ok(writer.insert(created));
    }
    // Just seen to be there.
    writer
        .as_mut()
        .ok_or_else(|| StoreError::damaged("no log to restore into"))
}

fn seal_one(dir: &Path, number: u32, journal: u32) {
    let segment = Segment::at(log_path(dir, number), number);
    // What does not seal now stays a log, and is read as one.
    let _ = sealed::seal(&segment, journal);
}

fn seal_full(dir: &Path, journal: u32) -> Result<(), StoreError> {
    let catalogue = Catalogue::list(dir)?;
    let count = catalogue.all().len();
    for segment in catalogue.all().iter().take(count.saturating_sub(1)) {
        if segment.path == log_path(dir, segment.name) {
            seal_one(dir, segment.name, journal);
        }
    }
    Ok(())
}
