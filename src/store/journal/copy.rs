//! Copies of a journal: made, taken back, and used to heal.
//!
//! A backup is a folder with the same segments; there is no other format. A copy is made segment by segment, each as one
//! step, and read back before it counts, so that a stick pulled out half-way leaves what was there. Nothing in a backup is
//! overwritten by something that has less: what does not fit is renamed, never removed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::{Catalogue, Segment, is_sealed};
use super::damage::{Damage, DamageKind};
use super::frame::Header;
use super::read::{Extent, RawFrames};
use super::sealed::{self, Sealer};
use super::segment::{Analysis, Form, SEGMENT_HEADER, SegmentHeader};
use super::writer::{CHUNK, Writer, log_path};
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

/// Up to where something is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// To the last frame.
    End,
    /// To the last frame written at or before this moment, milliseconds since 1970.
    Time(u64),
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

/// What healing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Healed {
    /// Segments mended.
    pub segments: Vec<u32>,
    /// Frames that are back.
    pub frames: u64,
    /// Damage that is left.
    pub left: Vec<Damage>,
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

    /// Mends damaged and missing segments from a backup. Where a frame is lost here and whole there, it is put back;
    /// the damaged file is kept in `damaged/`. Frames whole on both sides must be the same, else a segment is left alone.
    pub fn heal_from(&self, backup: &Path) -> Result<Healed, StoreError> {
        self.sync()?;
        self.finish_sealing();
        let theirs = open_backup(backup)?;
        if theirs.journal != self.id() {
            return Err(StoreError::ForeignBackup {
                path: backup.to_path_buf(),
            });
        }
        let before = self.verify(|_| {});
        let mut healed = Healed::default();
        let mut writer = self.writer();
        let ours = self.catalogue().all_ordered();
        for (position, segment) in ours.iter().enumerate() {
            if before
                .iter()
                .any(|damage| damage.segment == segment.number() && damage.kind != DamageKind::Missing)
            {
                let is_tail = segment.path == writer.path;
                let next = ours
                    .get(position + 1)
                    .and_then(|next| next.header())
                    .map(|header| header.first_seq);
                let writer = if is_tail { Some(&mut *writer) } else { None };
                mend_segment(&self.dir, segment, next, &theirs, writer, &mut healed)?;
            }
        }
        for lost in before.iter().filter_map(|damage| damage.lost.clone()) {
            put_back_missing(&self.dir, &ours, &lost, &theirs, &mut healed)?;
        }
        *self.catalogue() = Catalogue::list(&self.dir)?;
        *self.cache() = super::Cache::default();
        drop(writer);
        healed.segments.sort_unstable();
        healed.segments.dedup();
        healed.left = self.verify(|_| {});
        let count = |damages: &[Damage]| damages.iter().map(Damage::lost_frames).sum::<u64>();
        healed.frames = count(&before).saturating_sub(count(&healed.left));
        Ok(healed)
    }
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

/// A backup's frames as far as they reach, read without changing anything there.
fn open_backup(backup: &Path) -> Result<Extent, StoreError> {
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

fn last_of(segment: &Segment, journal: u32) -> Option<u64> {
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

type FrameBytes = (Header, Vec<u8>);

fn frames_of(mut extent: Extent, from: u64, to: u64) -> BTreeMap<u64, FrameBytes> {
    let begins = |segment: &Arc<Segment>| segment.header().is_some_and(|header| header.first_seq <= from);
    let start = extent.segments.iter().rposition(begins).unwrap_or(0);
    extent.segments.drain(..start);
    let frames = RawFrames::new(extent, from).filter_map(Result::ok);
    frames
        .take_while(|(header, _)| header.seq <= to)
        .map(|frame| (frame.0.seq, frame))
        .collect()
}

/// Puts the frames of a damaged segment together from both sides and writes it anew.
fn mend_segment(
    dir: &Path,
    segment: &Arc<Segment>,
    next_first: Option<u64>,
    theirs: &Extent,
    writer: Option<&mut Writer>,
    healed: &mut Healed,
) -> Result<(), StoreError> {
    let tail_end = writer.as_ref().map_or(usize::MAX, |writer| writer.offset);
    // A segment's own word for where it ends, else the backup's for the same one, else where the next begins.
    let own = segment
        .header()
        .filter(|header| header.form == Form::Sealed)
        .map(|header| header.last_seq);
    let twin = theirs.segments.iter().find(|other| other.number() == segment.number());
    let last_seq = match &writer {
        Some(writer) => writer.last_seq,
        None => {
            let told = own.or_else(|| twin.and_then(|twin| last_of(twin, theirs.journal)));
            let bound = next_first.map_or(u64::MAX - 1, |next| next - 1);
            told.unwrap_or(bound).min(bound)
        }
    };
    let alone = Extent {
        journal: theirs.journal,
        segments: vec![segment.clone()],
        tail_end,
        last_seq,
    };
    let mut ours = frames_of(alone, 1, last_seq);
    let told = segment.header().map(|header| header.first_seq);
    let Some(first) = told.or_else(|| ours.keys().next().copied()) else {
        return Ok(());
    };
    let other = frames_of(theirs.clone(), first, last_seq);
    let agree = ours
        .iter()
        .all(|(seq, frame)| other.get(seq).is_none_or(|twin| is_same(frame, twin)));
    let before = ours.len();
    if !agree {
        return Ok(());
    }
    for (seq, frame) in other {
        ours.entry(seq).or_insert(frame);
    }
    if ours.len() == before && told.is_some() {
        return Ok(());
    }
    let open = segment.header().map_or_else(Vec::new, |header| header.open.clone());
    let kept = keep_damaged(dir, &segment.path)?;
    let written = match writer {
        Some(writer) => write_log(segment.number(), first, open, &ours, writer),
        None => write_sealed(dir, segment.number(), theirs.journal, open, &ours),
    };
    match written {
        Ok(path) if path != segment.path => durable::remove(&segment.path)?,
        Ok(_) => {}
        Err(error) => {
            let _ = std::fs::remove_file(kept);
            return Err(error);
        }
    }
    healed.segments.push(segment.number());
    Ok(())
}

fn is_same(one: &FrameBytes, other: &FrameBytes) -> bool {
    one.1 == other.1 && one.0.kind == other.0.kind && one.0.time_ms == other.0.time_ms
}

/// Copies a damaged file beside, before a mended one takes its place.
fn keep_damaged(dir: &Path, path: &Path) -> Result<PathBuf, StoreError> {
    let folder = dir.join("damaged");
    durable::make_folder(&folder)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let kept = folder.join(format!("{name}.{}", now_ms()));
    let bytes = std::fs::read(path).map_err(StoreError::at(path))?;
    durable::write_whole(&kept, &bytes)?;
    Ok(kept)
}

fn write_sealed(
    dir: &Path,
    number: u32,
    journal: u32,
    open: Vec<u64>,
    frames: &BTreeMap<u64, FrameBytes>,
) -> Result<PathBuf, StoreError> {
    let path = log_path(dir, number).with_extension("seg");
    let mut sealer = Sealer::new(journal, number, open);
    for (header, payload) in frames.values() {
        sealer.push(header, &[&header.encode()[..], payload].concat())?;
    }
    sealer.write(&path)?;
    Ok(path)
}

/// Writes the open log anew and lets the writer go on with it.
fn write_log(
    number: u32,
    first: u64,
    open: Vec<u64>,
    frames: &BTreeMap<u64, FrameBytes>,
    writer: &mut Writer,
) -> Result<PathBuf, StoreError> {
    let first_ms = frames.values().next().map_or(0, |(header, _)| header.time_ms);
    let header = SegmentHeader::log(writer.journal, number, first, first_ms, open);
    let mut bytes = header.encode().to_vec();
    for (header, payload) in frames.values() {
        bytes.extend_from_slice(&header.encode());
        bytes.extend_from_slice(payload);
    }
    let end = bytes.len();
    bytes.resize(end.next_multiple_of(CHUNK), 0);
    durable::write_whole(&writer.path, &bytes)?;
    let mut analysis = Analysis::of(&bytes, number, writer.journal, first, &header.open);
    analysis.last_seq = analysis.last_seq.max(writer.last_seq);
    let mut mended = Writer::resume(writer.path.clone(), &header, bytes.len(), analysis)?;
    mended.follow(writer);
    *writer = mended;
    Ok(writer.path.clone())
}

/// Copies whole sealed segments of the backup whose frames are all among the lost ones.
fn put_back_missing(
    dir: &Path,
    ours: &[Arc<Segment>],
    lost: &std::ops::RangeInclusive<u64>,
    theirs: &Extent,
    healed: &mut Healed,
) -> Result<(), StoreError> {
    for segment in &theirs.segments {
        let Some(header) = segment.header().filter(|header| header.form == Form::Sealed) else {
            continue;
        };
        let is_lost = lost.contains(&header.first_seq) && lost.contains(&header.last_seq);
        let is_free = ours
            .iter()
            .all(|own| own.number() != header.number && own.name != header.number);
        if !is_lost || !is_free {
            continue;
        }
        let bytes = segment.bytes()?;
        if sealed::is_whole(&bytes) {
            durable::write_whole(&log_path(dir, header.number).with_extension("seg"), &bytes)?;
            healed.segments.push(header.number);
        }
    }
    Ok(())
}
