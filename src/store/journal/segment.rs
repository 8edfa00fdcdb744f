//! A segment's first 128 bytes, the same for the one being written (`.log`) and a sealed one (`.seg`), and the analysis
//! of the frames of one that is not compressed.

use super::damage::{Damage, DamageKind, Torn};
use super::frame::{BatchMark, Found, HEADER, Header, Kind, Scanner, number32, number64};
use std::collections::BTreeMap;

/// Bytes before the first frame or block.
pub(super) const SEGMENT_HEADER: usize = 128;
/// Version of frames and segments.
pub(super) const VERSION: u32 = 1;
/// Batches that may be open at once, as the header has room for.
pub(super) const OPEN_BATCHES: usize = 6;
/// The unit in which a disk writes whole or not at all; smaller than any real one, so safe for all.
const SECTOR: usize = 512;

/// Whether a segment holds plain frames or compressed blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Log,
    Sealed,
}

/// What a segment says of itself. In a log only `journal`, `number`, `first_seq` and `open` are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SegmentHeader {
    pub form: Form,
    pub version: u32,
    pub journal: u32,
    pub number: u32,
    pub first_seq: u64,
    pub last_seq: u64,
    pub first_ms: u64,
    pub last_ms: u64,
    pub raw_length: u64,
    pub blocks: u32,
    pub content_crc: u32,
    /// Batches begun and not closed when the segment was begun.
    pub open: Vec<u64>,
}

impl SegmentHeader {
    pub(super) fn log(journal: u32, number: u32, first_seq: u64, first_ms: u64, open: Vec<u64>) -> SegmentHeader {
        SegmentHeader {
            form: Form::Log,
            version: VERSION,
            journal,
            number,
            first_seq,
            last_seq: 0,
            first_ms,
            last_ms: 0,
            raw_length: 0,
            blocks: 0,
            content_crc: 0,
            open,
        }
    }

    pub(super) fn encode(&self) -> [u8; SEGMENT_HEADER] {
        let mut bytes = [0; SEGMENT_HEADER];
        bytes[..8].copy_from_slice(match self.form {
            Form::Log => b"SOHOILOG",
            Form::Sealed => b"SOHOISEG",
        });
        let short = [self.version, self.journal, self.number, self.open.len() as u32];
        for (position, value) in short.iter().enumerate() {
            bytes[8 + 4 * position..][..4].copy_from_slice(&value.to_le_bytes());
        }
        let long = [
            self.first_seq,
            self.last_seq,
            self.first_ms,
            self.last_ms,
            self.raw_length,
        ];
        for (position, value) in long.iter().chain(&self.open).enumerate() {
            bytes[24 + 8 * position..][..8].copy_from_slice(&value.to_le_bytes());
        }
        bytes[112..116].copy_from_slice(&self.blocks.to_le_bytes());
        bytes[116..120].copy_from_slice(&self.content_crc.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..124]);
        bytes[124..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<SegmentHeader> {
        let bytes = bytes.first_chunk::<SEGMENT_HEADER>()?;
        let form = match &bytes[..8] {
            b"SOHOILOG" => Form::Log,
            b"SOHOISEG" => Form::Sealed,
            _ => return None,
        };
        let open = number32(bytes, 20) as usize;
        if crc32c::crc32c(&bytes[..124]) != number32(bytes, 124) || open > OPEN_BATCHES {
            return None;
        }
        Some(SegmentHeader {
            form,
            version: number32(bytes, 8),
            journal: number32(bytes, 12),
            number: number32(bytes, 16),
            first_seq: number64(bytes, 24),
            last_seq: number64(bytes, 32),
            first_ms: number64(bytes, 40),
            last_ms: number64(bytes, 48),
            raw_length: number64(bytes, 56),
            blocks: number32(bytes, 112),
            content_crc: number32(bytes, 116),
            open: (0..open).map(|position| number64(bytes, 64 + 8 * position)).collect(),
        })
    }
}

/// What the frames of an uncompressed segment amount to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Analysis {
    /// Behind the last frame that stays: the next one goes here.
    pub end: usize,
    /// The highest number that was given out, damaged frames included; 0 where there is none.
    pub last_seq: u64,
    /// The clock of the last whole frame.
    pub last_ms: u64,
    /// Number and place of whole frames, one of every [`Analysis::STEP`].
    pub index: Vec<(u64, u32)>,
    /// Whole frames.
    pub frames: usize,
    /// Batches without a closing frame, as far as this segment and its header tell, with the number of the last part.
    pub unclosed: BTreeMap<u64, u64>,
    /// Damage to what had been acknowledged.
    pub damages: Vec<Damage>,
    /// The unacknowledged tail, if there is one.
    pub torn: Option<Torn>,
}

/// A stretch that is no frame, while it is not yet known whether it matters.
struct BadStretch {
    offset: usize,
    end: usize,
    header: Option<Header>,
    /// Frames before it.
    after_seq: u64,
}

impl Analysis {
    /// One frame of so many is kept in the index; the rest are found by walking from there.
    pub(super) const STEP: usize = 16;

    /// Analyses a segment's bytes, its header included. `first_seq` is the number its first frame should have.
    pub(super) fn of(bytes: &[u8], number: u32, journal: u32, first_seq: u64, open: &[u64]) -> Analysis {
        let mut bad: Vec<BadStretch> = Vec::new();
        let mut whole: Vec<(usize, Header)> = Vec::new();
        let mut scanner = Scanner::new(bytes, SEGMENT_HEADER.min(bytes.len()), journal);
        let mut last_seq = first_seq.saturating_sub(1);
        for found in &mut scanner {
            match found {
                Found::Whole { offset, header, .. } => {
                    last_seq = last_seq.max(header.seq);
                    whole.push((offset, header));
                }
                Found::Bad { offset, end, header } => bad.push(BadStretch {
                    offset,
                    end,
                    header,
                    after_seq: last_seq,
                }),
            }
        }
        let torn_at = bad
            .iter()
            .find(|stretch| is_torn(stretch, &whole, bytes))
            .map(|stretch| stretch.offset);
        let end = torn_at.unwrap_or(scanner.position().max(SEGMENT_HEADER));
        let mut analysis = Analysis {
            end,
            ..Analysis::default()
        };
        if let Some(offset) = torn_at {
            let bytes = (scanner.position() - offset) as u64;
            analysis.torn = Some(Torn {
                segment: number,
                offset: offset as u64,
                bytes,
            });
        }
        analysis
            .unclosed
            .extend(open.iter().map(|id| (*id, first_seq.saturating_sub(1))));
        whole.retain(|(offset, _)| *offset < end);
        bad.retain(|stretch| stretch.offset < end);
        analysis.take_frames(&whole, first_seq);
        analysis.take_damage(&bad, &whole, number);
        analysis
    }

    fn take_frames(&mut self, whole: &[(usize, Header)], first_seq: u64) {
        self.last_seq = first_seq.saturating_sub(1);
        self.frames = whole.len();
        for (position, (offset, header)) in whole.iter().enumerate() {
            self.last_seq = self.last_seq.max(header.seq);
            self.last_ms = self.last_ms.max(header.time_ms);
            if position.is_multiple_of(Self::STEP) {
                self.index.push((header.seq, *offset as u32));
            }
            match header.kind {
                Kind::Batch(BatchMark::Part(id)) => {
                    self.unclosed.insert(id, header.seq);
                }
                Kind::Batch(BatchMark::Close(id) | BatchMark::Abandon(id)) => {
                    self.unclosed.remove(&id);
                }
                Kind::Batch(BatchMark::Single) | Kind::Skip(_) => {}
            }
        }
    }

    fn take_damage(&mut self, bad: &[BadStretch], whole: &[(usize, Header)], number: u32) {
        for stretch in bad {
            let next = whole
                .iter()
                .find(|(offset, _)| *offset > stretch.offset)
                .map(|(_, header)| header.seq);
            let first = stretch.after_seq + 1;
            // Behind the last whole frame only a sound header can tell more than that at least one frame is lost.
            let last = match (next, stretch.header) {
                (Some(next), _) => next.saturating_sub(1),
                (None, Some(header)) => header.seq,
                (None, None) => first,
            };
            self.last_seq = self.last_seq.max(last);
            // The closing frame of a batch may be what is lost, so it is not taken for one that was never closed.
            self.unclosed.retain(|_, part| *part > last);
            let lost = (first <= last).then_some(first..=last);
            self.damages.push(Damage {
                segment: number,
                offset: stretch.offset as u64,
                kind: DamageKind::Frame,
                lost,
            });
        }
    }
}

/// Whether a bad stretch was being written when the power went, rather than damaged after it had been acknowledged.
///
/// A later frame that knows it to be durable proves damage. Else a torn write shows by a sector that still has the zeros
/// of preallocation, or by a file that ends within it; a stretch with no such sector was written whole, so it is damage.
fn is_torn(stretch: &BadStretch, whole: &[(usize, Header)], bytes: &[u8]) -> bool {
    let later = whole.iter().filter(|(offset, _)| *offset > stretch.offset);
    let durable = later.map(|(_, header)| header.durable).max().unwrap_or(0);
    if durable > stretch.after_seq {
        return false;
    }
    let end = match stretch.header {
        Some(header) => stretch.offset + header.total(),
        None => stretch.end.max(stretch.offset + HEADER),
    };
    if end > bytes.len() {
        return true;
    }
    let first = stretch.offset / SECTOR;
    (first..end.div_ceil(SECTOR)).any(|sector| {
        let (from, to) = ((sector * SECTOR).max(stretch.offset), ((sector + 1) * SECTOR).min(end));
        bytes[from..to].iter().all(|byte| *byte == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> SegmentHeader {
        SegmentHeader {
            form: Form::Sealed,
            version: VERSION,
            journal: 3,
            number: 4,
            first_seq: 5,
            last_seq: 6,
            first_ms: 7,
            last_ms: 8,
            raw_length: 9,
            blocks: 10,
            content_crc: 11,
            open: vec![1, 2, 3, 4, 5, 6],
        }
    }

    #[test]
    fn a_segment_header_comes_back_as_it_was_written() {
        assert_eq!(SegmentHeader::decode(&header().encode()), Some(header()));
        let log = SegmentHeader::log(1, 2, 3, 4, vec![]);
        assert_eq!(SegmentHeader::decode(&log.encode()), Some(log));
    }

    #[test]
    fn a_segment_header_with_any_byte_changed_is_refused() {
        for at in 0..SEGMENT_HEADER {
            let mut bytes = header().encode();
            bytes[at] ^= 0x10;
            assert_eq!(SegmentHeader::decode(&bytes), None, "byte {at}");
        }
    }

    #[test]
    fn damage_never_goes_beyond_the_bytes_given() {
        for length in 0..300 {
            let bytes = vec![0xF7; length];
            let analysis = Analysis::of(&bytes, 1, 1, 1, &[]);
            assert_eq!(analysis.frames, 0);
        }
    }
}
