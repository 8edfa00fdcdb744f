//! One frame: the unit that is written, checked, lost or found as a whole.
//!
//! All numbers are little-endian whatever the machine. The header has a checksum of its own, so that the length of a frame
//! whose payload is damaged can be trusted and the frame behind it is found at once; where the header is damaged too, the
//! next magic with a sound header is looked for. The magic holds two bytes that occur in no UTF-8 text.
//!
//! ```text
//!  0 magic F7 53 48 FB      4 payload length u32      8 sequence u64     16 wall clock, ms since 1970 u64
//! 24 durable u64           32 batch u64              40 mark u32        44 journal id u32
//! 48 CRC-32C of payload    52 CRC-32C of bytes 0..52 56 payload
//! ```
//!
//! `durable` is the highest sequence known to be on the disk when this frame was written. With it a tail torn by a power
//! cut (never acknowledged) can be told from damage to what had been acknowledged.

/// Bytes before the payload.
pub(super) const HEADER: usize = 56;
/// Bytes a payload may have.
pub const MAX_PAYLOAD: usize = 4 << 20;
/// What every frame begins with.
pub(super) const MAGIC: [u8; 4] = [0xF7, 0x53, 0x48, 0xFB];

/// How a frame stands to a batch, such as a big import of many frames that counts whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BatchMark {
    /// A transaction of its own.
    Single,
    /// One of the frames of a batch (see [`super::Journal::new_batch`]).
    Part(u64),
    /// The last frame of a batch: with it the batch counts.
    Close(u64),
    /// The batch was given up and never counts; its payload is empty.
    Abandon(u64),
}

/// A frame as it is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its number; consecutive from 1.
    pub seq: u64,
    /// Wall clock when it was written, milliseconds since 1970; never before an earlier frame's.
    pub time_ms: u64,
    /// Its place in a batch.
    pub mark: BatchMark,
    /// What was appended.
    pub payload: Vec<u8>,
}

/// What a frame's mark may be in the file: a batch mark, or a note that numbers were passed over on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Batch(BatchMark),
    /// The numbers from here up to this frame's own were given to frames that are lost, and are not used again.
    Skip(u64),
}

/// The header of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub length: usize,
    pub seq: u64,
    pub time_ms: u64,
    pub durable: u64,
    pub kind: Kind,
    pub journal: u32,
    pub payload_crc: u32,
}

impl Header {
    pub(super) fn encode(&self) -> [u8; HEADER] {
        let (mark, batch) = match self.kind {
            Kind::Batch(BatchMark::Single) => (0, 0),
            Kind::Batch(BatchMark::Part(id)) => (1, id),
            Kind::Batch(BatchMark::Close(id)) => (2, id),
            Kind::Batch(BatchMark::Abandon(id)) => (3, id),
            Kind::Skip(first) => (4, first),
        };
        let mut bytes = [0; HEADER];
        bytes[0..4].copy_from_slice(&MAGIC);
        bytes[4..8].copy_from_slice(&(self.length as u32).to_le_bytes());
        bytes[8..16].copy_from_slice(&self.seq.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.time_ms.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.durable.to_le_bytes());
        bytes[32..40].copy_from_slice(&u64::to_le_bytes(batch));
        bytes[40..44].copy_from_slice(&u32::to_le_bytes(mark));
        bytes[44..48].copy_from_slice(&self.journal.to_le_bytes());
        bytes[48..52].copy_from_slice(&self.payload_crc.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..52]);
        bytes[52..56].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// The header at the beginning of `bytes`, if it is one and sound.
    pub(super) fn decode(bytes: &[u8]) -> Option<Header> {
        let bytes = bytes.first_chunk::<HEADER>()?;
        if bytes[..4] != MAGIC || crc32c::crc32c(&bytes[..52]) != number32(bytes, 52) {
            return None;
        }
        let batch = number64(bytes, 32);
        let kind = match number32(bytes, 40) {
            0 => Kind::Batch(BatchMark::Single),
            1 => Kind::Batch(BatchMark::Part(batch)),
            2 => Kind::Batch(BatchMark::Close(batch)),
            3 => Kind::Batch(BatchMark::Abandon(batch)),
            4 => Kind::Skip(batch),
            _ => return None,
        };
        let length = number32(bytes, 4) as usize;
        (length <= MAX_PAYLOAD).then_some(Header {
            length,
            seq: number64(bytes, 8),
            time_ms: number64(bytes, 16),
            durable: number64(bytes, 24),
            kind,
            journal: number32(bytes, 44),
            payload_crc: number32(bytes, 48),
        })
    }

    /// Bytes of the whole frame.
    pub(super) fn total(&self) -> usize {
        HEADER + self.length
    }

    /// The frame as others see it; a note about passed-over numbers is none.
    pub(super) fn frame(&self, payload: &[u8]) -> Option<Frame> {
        match self.kind {
            Kind::Batch(mark) => Some(Frame {
                seq: self.seq,
                time_ms: self.time_ms,
                mark,
                payload: payload.to_vec(),
            }),
            Kind::Skip(_) => None,
        }
    }
}

pub(super) fn number32(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

pub(super) fn number64(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

/// What stands at a place of a stretch of frames.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A whole frame.
    Whole {
        offset: usize,
        header: Header,
        payload: &'a [u8],
    },
    /// Bytes that are no frame; with the header where that alone is sound.
    Bad {
        offset: usize,
        end: usize,
        header: Option<Header>,
    },
}

/// Walks over the frames of a stretch of bytes, past whatever is damaged, up to the zeros behind the last.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    position: usize,
    /// Behind the last byte that is not zero: from there on nothing was written.
    written: usize,
    journal: u32,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], start: usize, journal: u32) -> Scanner<'a> {
        let written = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        Scanner {
            bytes,
            position: start,
            written,
            journal,
        }
    }

    /// Goes on where another walk over the same bytes stood.
    pub(super) fn resume(bytes: &'a [u8], position: usize, written: usize, journal: u32) -> Scanner<'a> {
        Scanner {
            bytes,
            position,
            written,
            journal,
        }
    }

    /// Behind the last byte that is not zero.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// Where the walk stands: after the end, behind the last frame or damage.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    fn header_at(&self, at: usize) -> Option<Header> {
        Header::decode(&self.bytes[at..]).filter(|header| header.journal == self.journal)
    }

    /// Where the next sound header begins, or the end of what was written.
    fn next_header(&self, from: usize) -> usize {
        let mut at = from;
        while at + HEADER <= self.bytes.len() && at < self.written {
            match self.bytes[at..].windows(4).position(|window| window == MAGIC) {
                Some(distance) if self.header_at(at + distance).is_some() => return at + distance,
                Some(distance) => at += distance + 1,
                None => break,
            }
        }
        self.written.max(from)
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        let offset = self.position;
        // A frame whose payload ends in zeros reaches behind `written`, so only its beginning is asked for.
        if offset >= self.written {
            return None;
        }
        let header = self.header_at(offset);
        if let Some(header) = header {
            let end = offset + header.total();
            if let Some(payload) = self.bytes.get(offset + HEADER..end) {
                self.position = end;
                let sound = crc32c::crc32c(payload) == header.payload_crc;
                return Some(match sound {
                    true => Found::Whole {
                        offset,
                        header,
                        payload,
                    },
                    false => Found::Bad {
                        offset,
                        end,
                        header: Some(header),
                    },
                });
            }
            self.position = self.bytes.len();
            return Some(Found::Bad {
                offset,
                end: self.bytes.len(),
                header: Some(header),
            });
        }
        self.position = self.next_header(offset + 1);
        Some(Found::Bad {
            offset,
            end: self.position,
            header: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn frame(seq: u64, payload: &[u8]) -> Vec<u8> {
        let header = Header {
            length: payload.len(),
            seq,
            time_ms: 1_000 + seq,
            durable: seq - 1,
            kind: Kind::Batch(BatchMark::Single),
            journal: 9,
            payload_crc: crc32c::crc32c(payload),
        };
        [&header.encode()[..], payload].concat()
    }

    fn three() -> (Vec<u8>, [usize; 3]) {
        let parts = [frame(1, b"one"), frame(2, b"two\0\0\0"), frame(3, b"")];
        let starts = [0, parts[0].len(), parts[0].len() + parts[1].len()];
        let mut bytes = parts.concat();
        bytes.extend([0; 100]);
        (bytes, starts)
    }

    fn whole(bytes: &[u8]) -> Vec<u64> {
        Scanner::new(bytes, 0, 9)
            .filter_map(|found| match found {
                Found::Whole { header, .. } => Some(header.seq),
                Found::Bad { .. } => None,
            })
            .collect()
    }

    #[test]
    fn a_header_comes_back_as_it_was_written() {
        for kind in [
            Kind::Batch(BatchMark::Single),
            Kind::Batch(BatchMark::Part(5)),
            Kind::Batch(BatchMark::Close(u64::MAX)),
            Kind::Batch(BatchMark::Abandon(7)),
            Kind::Skip(3),
        ] {
            let header = Header {
                length: 12,
                seq: 1 << 40,
                time_ms: 5,
                durable: 4,
                kind,
                journal: 77,
                payload_crc: 8,
            };
            assert_eq!(Header::decode(&header.encode()), Some(header));
        }
    }

    #[test]
    fn the_bytes_of_a_header_are_the_same_on_every_machine() {
        let bytes = frame(0x0102_0304_0506_0708, b"");
        assert_eq!(bytes[8..16], [8, 7, 6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn any_flipped_bit_loses_one_frame_and_no_other() {
        let (bytes, starts) = three();
        let end = starts[2] + HEADER;
        assert_eq!(whole(&bytes), [1, 2, 3]);
        for at in 0..end {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                let hit = starts.iter().rposition(|start| at >= *start).unwrap() as u64 + 1;
                let expected: Vec<u64> = (1..=3).filter(|seq| *seq != hit).collect();
                assert_eq!(whole(&damaged), expected, "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn frames_of_another_journal_are_no_frames_here() {
        let (bytes, _) = three();
        assert!(!Scanner::new(&bytes, 0, 10).any(|found| matches!(found, Found::Whole { .. })));
    }

    #[test]
    fn a_frame_that_ends_in_zeros_before_unwritten_space_is_whole() {
        let mut bytes = frame(1, &[7, 0, 0, 0]);
        bytes.extend([0; 64]);
        assert_eq!(whole(&bytes), [1]);
    }
}
