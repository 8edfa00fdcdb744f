//! Opening: how the end of a journal is found, and what is done where it is torn, damaged or gone.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::catalogue::{Catalogue, Segment, is_sealed};
use super::damage::{Damage, DamageKind, Torn};
use super::frame::{BatchMark, Kind};
use super::read::{Extent, RawFrames};
use super::segment::{SEGMENT_HEADER, SegmentHeader, VERSION};
use super::writer::Writer;
use super::{OpenReport, now_ms, witness};
use crate::store::durable;
use crate::store::fault::StoreError;

/// Asks a reading for all numbers there are, without the sum with 1 running over.
const ALL: u64 = u64::MAX - 1;

/// Finds the end of the journal in a folder, or begins a journal.
pub(super) fn open_end(dir: &Path, catalogue: &Catalogue) -> Result<(Writer, OpenReport), StoreError> {
    if let Some(found) = catalogue.version().filter(|found| *found > VERSION) {
        return Err(StoreError::NewerFormat {
            found,
            supported: VERSION,
        });
    }
    let witness = witness::read(dir);
    let known = catalogue.journal().or(witness.map(|(journal, _)| journal));
    let journal = known.unwrap_or_else(new_journal_id);
    let (mut writer, mut report) = match catalogue.tail() {
        None => begin(dir, journal, known.is_none())?,
        Some(tail) => {
            let bytes = tail.bytes()?;
            if is_sealed(&bytes, &tail.path) {
                follow_sealed(dir, catalogue, tail, journal)?
            } else {
                resume_log(dir, catalogue, tail, journal, &bytes)?
            }
        }
    };
    let acknowledged = witness.filter(|(of, _)| *of == journal).map_or(0, |(_, seq)| seq);
    if acknowledged > report.last_seq {
        let lost = Some(report.last_seq + 1..=acknowledged);
        let (segment, offset) = (writer.number, writer.offset as u64);
        report.damages.push(Damage {
            segment,
            offset,
            kind: DamageKind::Missing,
            lost,
        });
        report.last_seq = acknowledged;
        writer.leave_gap(acknowledged);
    }
    Ok((writer, report))
}

/// Begins the first segment: of a new journal, or of one of which nothing but the witness is left.
fn begin(dir: &Path, journal: u32, created: bool) -> Result<(Writer, OpenReport), StoreError> {
    let writer = Writer::create(dir, &SegmentHeader::log(journal, 1, 1, 0, Vec::new()))?;
    Ok((
        writer,
        OpenReport {
            created,
            ..OpenReport::default()
        },
    ))
}

fn new_journal_id() -> u32 {
    // The low half of a UUIDv7 is random.
    (uuid::Uuid::now_v7().as_u128() as u32).max(1)
}

/// Goes on with a log, behind its last whole frame.
fn resume_log(
    dir: &Path,
    catalogue: &Catalogue,
    tail: &Segment,
    journal: u32,
    bytes: &[u8],
) -> Result<(Writer, OpenReport), StoreError> {
    let mut analysis = tail.analyse(bytes, journal);
    let told = SegmentHeader::decode(bytes);
    let header = match &told {
        Some(header) => header.clone(),
        None => {
            let (seq, ms) = end_before(catalogue, tail, journal);
            analysis.last_seq = analysis.last_seq.max(seq);
            let damage = Damage {
                segment: tail.number(),
                offset: 0,
                kind: DamageKind::SegmentHeader,
                lost: None,
            };
            analysis.damages.insert(0, damage);
            SegmentHeader::log(journal, tail.number(), seq + 1, ms, Vec::new())
        }
    };
    if let Some(torn) = &analysis.torn {
        keep_cut(dir, torn, &bytes[analysis.end..])?;
    }
    let report = OpenReport {
        created: false,
        last_seq: analysis.last_seq,
        last_ms: analysis.last_ms.max(header.first_ms),
        torn: analysis.torn,
        damages: analysis.damages.clone(),
        unclosed: analysis.unclosed.keys().copied().collect(),
    };
    if bytes.len() < SEGMENT_HEADER {
        // Cut short within its own header: there is no place for frames, they go into the next.
        return Ok((begin_next(dir, catalogue, journal, &report)?, report));
    }
    let mut writer = Writer::resume(tail.path.clone(), &header, bytes.len(), analysis)?;
    if told.is_none() {
        writer.mend_header(&header)?;
    }
    Ok((writer, report))
}

/// The last segment is sealed (the log behind it is gone, or the journal was just restored): begins the next.
fn follow_sealed(
    dir: &Path,
    catalogue: &Catalogue,
    tail: &Arc<Segment>,
    journal: u32,
) -> Result<(Writer, OpenReport), StoreError> {
    let header = tail.header();
    let first = header.map_or(1, |header| header.first_seq);
    let mut unclosed: BTreeSet<u64> = header.map_or_else(BTreeSet::new, |header| header.open.iter().copied().collect());
    let mut report = OpenReport {
        last_seq: header.map_or(0, |header| header.last_seq),
        ..OpenReport::default()
    };
    let extent = Extent {
        journal,
        segments: vec![tail.clone()],
        tail_end: 0,
        last_seq: ALL,
    };
    for item in RawFrames::new(extent, first) {
        match item {
            Ok((header, _)) => {
                report.last_seq = report.last_seq.max(header.seq);
                report.last_ms = report.last_ms.max(header.time_ms);
                match header.kind {
                    Kind::Batch(BatchMark::Part(id)) => {
                        unclosed.insert(id);
                    }
                    Kind::Batch(BatchMark::Close(id) | BatchMark::Abandon(id)) => {
                        unclosed.remove(&id);
                    }
                    Kind::Batch(BatchMark::Single) | Kind::Skip(_) => {}
                }
            }
            Err(mut damage) => {
                // The reading was asked for all numbers there are; what the segment never had is not missing.
                damage.lost = damage.lost.and_then(|lost| {
                    let end = if *lost.end() == ALL {
                        report.last_seq
                    } else {
                        *lost.end()
                    };
                    (*lost.start() <= end).then_some(*lost.start()..=end)
                });
                if damage.kind != DamageKind::Missing || damage.lost.is_some() {
                    report.damages.push(damage);
                }
            }
        }
    }
    report.unclosed = unclosed.into_iter().collect();
    Ok((begin_next(dir, catalogue, journal, &report)?, report))
}

/// Begins the segment behind all others, with the batches left open as ones to give up.
fn begin_next(dir: &Path, catalogue: &Catalogue, journal: u32, report: &OpenReport) -> Result<Writer, StoreError> {
    let number = catalogue.highest() + 1;
    let open: Vec<u64> = report
        .unclosed
        .iter()
        .copied()
        .take(super::segment::OPEN_BATCHES)
        .collect();
    let header = SegmentHeader::log(journal, number, report.last_seq + 1, report.last_ms, open);
    let mut writer = Writer::create(dir, &header)?;
    writer.leave_open(report.unclosed.clone());
    Ok(writer)
}

/// The last number and clock of the segment before the tail.
fn end_before(catalogue: &Catalogue, tail: &Segment, journal: u32) -> (u64, u64) {
    let before = catalogue.all().iter().rev().find(|segment| segment.path != tail.path);
    let Some(before) = before else { return (0, 0) };
    match before.header() {
        Some(header) if header.last_seq > 0 => (header.last_seq, header.last_ms),
        _ => before.bytes().map_or((0, 0), |bytes| {
            let analysis = before.analyse(&bytes, journal);
            (analysis.last_seq, analysis.last_ms)
        }),
    }
}

/// Keeps the bytes that are about to be cut off, without the zeros behind them.
fn keep_cut(dir: &Path, torn: &Torn, bytes: &[u8]) -> Result<(), StoreError> {
    let written = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let folder = dir.join("cut");
    durable::make_folder(&folder)?;
    let name = format!("{:08}-{}-{}.bin", torn.segment, torn.offset, now_ms());
    durable::write_whole(&folder.join(name), &bytes[..written])
}
