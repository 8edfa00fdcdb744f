//! A sealed segment: the frames of a full log, compressed in blocks and never changed again.
//!
//! Behind the segment's header come blocks, each of whole frames with a header of its own, so that a damaged byte costs
//! one block (some 64 KB of frames) and the blocks behind it are found by their magic.
//!
//! ```text
//!  0 magic F7 53 42 FB   4 packed length u32   8 raw length u32   12 frames u32   16 first sequence u64
//! 24 last sequence u64  32 reserved u32       36 CRC-32C packed  40 CRC-32C of bytes 0..40   44 packed bytes
//! ```

use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::catalogue::Segment;
use super::frame::{Found, Header, Scanner, number32, number64};
use super::segment::{Form, SEGMENT_HEADER, SegmentHeader, VERSION};
use crate::store::durable;
use crate::store::fault::StoreError;

/// Bytes before a block's packed content.
pub(super) const BLOCK_HEADER: usize = 44;
const BLOCK_MAGIC: [u8; 4] = [0xF7, 0x53, 0x42, 0xFB];
/// Raw bytes of frames that make a block; one frame more closes it.
const BLOCK: usize = 64 << 10;
/// No block unpacks to more than this, whatever its header says.
const MAX_RAW: usize = BLOCK + super::frame::MAX_PAYLOAD + super::frame::HEADER;

/// Where a block stands and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub offset: usize,
    pub packed: usize,
    pub raw: usize,
    pub first_seq: u64,
    pub last_seq: u64,
    packed_crc: u32,
}

impl Block {
    pub(super) fn decode(bytes: &[u8], offset: usize) -> Option<Block> {
        let header = bytes.get(offset..)?.first_chunk::<BLOCK_HEADER>()?;
        if header[..4] != BLOCK_MAGIC || crc32c::crc32c(&header[..40]) != number32(header, 40) {
            return None;
        }
        Some(Block {
            offset,
            packed: number32(header, 4) as usize,
            raw: number32(header, 8) as usize,
            first_seq: number64(header, 16),
            last_seq: number64(header, 24),
            packed_crc: number32(header, 36),
        })
    }

    /// Bytes from the block's header to the next one.
    pub(super) fn total(&self) -> usize {
        BLOCK_HEADER + self.packed
    }

    /// The frames of the block, from its bytes (header included); `None` where they are not what was written.
    pub(super) fn unpack(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let packed = bytes.get(BLOCK_HEADER..self.total())?;
        if crc32c::crc32c(packed) != self.packed_crc || self.raw > MAX_RAW {
            return None;
        }
        let mut raw = Vec::with_capacity(self.raw);
        DeflateDecoder::new(packed)
            .take(MAX_RAW as u64)
            .read_to_end(&mut raw)
            .ok()?;
        (raw.len() == self.raw).then_some(raw)
    }
}

/// What stands behind a sealed segment's header.
#[derive(Debug)]
pub(super) enum Piece {
    Block(Block),
    Bad { offset: usize },
}

/// The blocks of a sealed segment's bytes, in order, past whatever is damaged.
pub(super) fn blocks(bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = SEGMENT_HEADER;
    while at < bytes.len() {
        let block = Block::decode(bytes, at).filter(|block| at + block.total() <= bytes.len());
        match block {
            Some(block) => {
                pieces.push(Piece::Block(block));
                at += block.total();
            }
            None => {
                pieces.push(Piece::Bad { offset: at });
                let rest = &bytes[at + 1..];
                let sound = |from: &usize| Block::decode(rest, *from).is_some();
                let magics = rest.windows(4).enumerate().filter(|(_, window)| *window == BLOCK_MAGIC);
                at = magics
                    .map(|(from, _)| from)
                    .find(sound)
                    .map_or(bytes.len(), |from| at + 1 + from);
            }
        }
    }
    pieces
}

/// Gathers frames into the bytes of a sealed segment.
pub(super) struct Sealer {
    header: SegmentHeader,
    out: Vec<u8>,
    raw: Vec<u8>,
    block: Option<(u64, u64, u32)>,
}

impl Sealer {
    pub(super) fn new(journal: u32, number: u32, open: Vec<u64>) -> Sealer {
        let mut header = SegmentHeader::log(journal, number, 0, 0, open);
        header.form = Form::Sealed;
        header.version = VERSION;
        Sealer {
            header,
            out: vec![0; SEGMENT_HEADER],
            raw: Vec::new(),
            block: None,
        }
    }

    /// Adds one whole frame; frames come in order.
    pub(super) fn push(&mut self, header: &Header, bytes: &[u8]) -> Result<(), StoreError> {
        if self.header.raw_length == 0 {
            (self.header.first_seq, self.header.first_ms) = (header.seq, header.time_ms);
        }
        (self.header.last_seq, self.header.last_ms) = (header.seq, header.time_ms);
        self.header.raw_length += bytes.len() as u64;
        self.header.content_crc = crc32c::crc32c_append(self.header.content_crc, bytes);
        let (first, frames) = self.block.map_or((header.seq, 0), |(first, _, frames)| (first, frames));
        self.block = Some((first, header.seq, frames + 1));
        self.raw.extend_from_slice(bytes);
        if self.raw.len() >= BLOCK {
            self.close_block()
        } else {
            Ok(())
        }
    }

    fn close_block(&mut self) -> Result<(), StoreError> {
        let Some((first, last, frames)) = self.block.take() else {
            return Ok(());
        };
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        let packed = packer.write_all(&self.raw).and_then(|()| packer.finish());
        let packed = packed.map_err(|error| StoreError::damaged(format!("a block does not compress: {error}")))?;
        let mut header = [0; BLOCK_HEADER];
        header[..4].copy_from_slice(&BLOCK_MAGIC);
        header[4..8].copy_from_slice(&(packed.len() as u32).to_le_bytes());
        header[8..12].copy_from_slice(&(self.raw.len() as u32).to_le_bytes());
        header[12..16].copy_from_slice(&frames.to_le_bytes());
        header[16..24].copy_from_slice(&first.to_le_bytes());
        header[24..32].copy_from_slice(&last.to_le_bytes());
        header[36..40].copy_from_slice(&crc32c::crc32c(&packed).to_le_bytes());
        let crc = crc32c::crc32c(&header[..40]);
        header[40..].copy_from_slice(&crc.to_le_bytes());
        self.out.extend_from_slice(&header);
        self.out.extend_from_slice(&packed);
        self.header.blocks += 1;
        self.raw.clear();
        Ok(())
    }

    /// Writes the segment under its name, synced, and reads it back before it counts.
    pub(super) fn write(mut self, path: &Path) -> Result<(), StoreError> {
        self.close_block()?;
        self.out[..SEGMENT_HEADER].copy_from_slice(&self.header.encode());
        let temporary = durable::temporary_name(path);
        let written = durable::write_synced(&temporary, &self.out).and_then(|()| {
            let back = std::fs::read(&temporary).map_err(StoreError::at(&temporary))?;
            if is_whole(&back) {
                durable::put_in_place(&temporary, path)
            } else {
                Err(unsealed(path))
            }
        });
        if written.is_err() {
            let _ = std::fs::remove_file(&temporary);
        }
        written
    }
}

fn unsealed(path: &Path) -> StoreError {
    StoreError::damaged(format!("{} was not written as it should be", path.display()))
}

/// Whether every block and frame of a sealed segment's bytes is what was written.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let Some(header) = SegmentHeader::decode(bytes).filter(|header| header.form == Form::Sealed) else {
        return false;
    };
    let (mut crc, mut raw_length, mut count) = (0, 0, 0);
    for piece in blocks(bytes) {
        let Piece::Block(block) = piece else { return false };
        let Some(raw) = block.unpack(&bytes[block.offset..]) else {
            return false;
        };
        if Scanner::new(&raw, 0, header.journal).any(|found| matches!(found, Found::Bad { .. })) {
            return false;
        }
        crc = crc32c::crc32c_append(crc, &raw);
        raw_length += raw.len() as u64;
        count += 1;
    }
    (crc, raw_length, count) == (header.content_crc, header.raw_length, header.blocks)
}

/// Compresses a full log whose frames are all whole, and removes it once its sealed twin was read back whole.
pub(super) fn seal(segment: &Segment, journal: u32) -> Result<(), StoreError> {
    let sealed_path = segment.path.with_extension("seg");
    if std::fs::read(&sealed_path).is_ok_and(|bytes| is_whole(&bytes)) {
        return durable::remove(&segment.path);
    }
    let bytes = std::fs::read(&segment.path).map_err(StoreError::at(&segment.path))?;
    let Some(header) = SegmentHeader::decode(&bytes).filter(|header| header.number == segment.name) else {
        return Err(StoreError::damaged("a segment's header"));
    };
    let mut sealer = Sealer::new(journal, header.number, header.open);
    let mut expected = header.first_seq;
    for found in Scanner::new(&bytes, SEGMENT_HEADER, journal) {
        match found {
            Found::Whole { offset, header, .. }
                if header.seq == expected || matches!(header.kind, super::frame::Kind::Skip(_)) =>
            {
                sealer.push(&header, &bytes[offset..offset + header.total()])?;
                expected = header.seq + 1;
            }
            _ => return Err(StoreError::damaged("a frame of a full segment")),
        }
    }
    sealer.write(&sealed_path)?;
    durable::remove(&segment.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::journal::frame::{BatchMark, Kind};

    fn sealed(frames: u64) -> Vec<u8> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("00000001.seg");
        let mut sealer = Sealer::new(9, 1, vec![]);
        for seq in 1..=frames {
            let payload = format!("{seq} ").repeat(400).into_bytes();
            let header = Header {
                length: payload.len(),
                seq,
                time_ms: seq,
                durable: 0,
                kind: Kind::Batch(BatchMark::Single),
                journal: 9,
                payload_crc: crc32c::crc32c(&payload),
            };
            sealer
                .push(&header, &[&header.encode()[..], &payload].concat())
                .unwrap();
        }
        sealer.write(&path).unwrap();
        std::fs::read(path).unwrap()
    }

    fn sound(bytes: &[u8]) -> Vec<(u64, u64)> {
        let pieces = blocks(bytes).into_iter();
        pieces
            .filter_map(|piece| match piece {
                Piece::Block(block) => block
                    .unpack(&bytes[block.offset..])
                    .map(|_| (block.first_seq, block.last_seq)),
                Piece::Bad { .. } => None,
            })
            .collect()
    }

    #[test]
    fn a_damaged_byte_costs_one_block_and_no_other() {
        let bytes = sealed(300);
        let all = sound(&bytes);
        assert!(is_whole(&bytes) && all.len() > 5, "{all:?}");
        for at in (SEGMENT_HEADER..bytes.len()).step_by(37) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            assert!(!is_whole(&damaged));
            let left = sound(&damaged);
            assert_eq!(left.len(), all.len() - 1, "byte {at}");
            assert!(left.iter().all(|block| all.contains(block)));
        }
    }

    #[test]
    fn a_cut_or_lengthened_segment_is_not_whole_and_never_panics() {
        let bytes = sealed(40);
        for length in 0..bytes.len() {
            assert!(!is_whole(&bytes[..length]));
        }
        let longer = [&bytes[..], &[1, 2, 3]].concat();
        assert!(!is_whole(&longer));
    }
}
