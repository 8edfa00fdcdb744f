//! Mending a journal from a backup: frames lost here and whole there are put back, and the damaged files are kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::{Catalogue, Segment};
use super::copy::{last_of, open_backup};
use super::damage::{Damage, DamageKind};
use super::frame::Header;
use super::read::{Extent, RawFrames};
use super::sealed::{self, Sealer};
use super::segment::{Analysis, Form, SegmentHeader};
use super::writer::{CHUNK, Writer, log_path};
use super::{Journal, now_ms};
use crate::arrange::Arrange;
use crate::store::durable;
use crate::store::fault::StoreError;

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

impl Journal {
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
        healed.segments.arrange();
        healed.segments.dedup();
        healed.left = self.verify(|_| {});
        let count = |damages: &[Damage]| damages.iter().map(Damage::lost_frames).sum::<u64>();
        healed.frames = count(&before).saturating_sub(count(&healed.left));
        Ok(healed)
    }
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
    let last_seq = match &writer {
        Some(writer) => writer.last_seq,
        None => end_of(segment, next_first, theirs),
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
            // Nothing was mended: the damaged file is still in its place, and a copy left over does no harm.
            let _ = std::fs::remove_file(kept);
            return Err(error);
        }
    }
    healed.segments.push(segment.number());
    Ok(())
}

/// The last frame of a segment that is written to no more: by its own word, else the backup's for the same one, else by
/// where the next begins.
fn end_of(segment: &Segment, next_first: Option<u64>, theirs: &Extent) -> u64 {
    let sealed = segment.header().filter(|header| header.form == Form::Sealed);
    let twin = || theirs.segments.iter().find(|other| other.number() == segment.number());
    let told = sealed
        .map(|header| header.last_seq)
        .or_else(|| last_of(twin()?, theirs.journal));
    let bound = next_first.map_or(u64::MAX - 1, |next| next - 1);
    told.unwrap_or(bound).min(bound)
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
