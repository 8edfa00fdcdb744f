//! One frame by its number, for chains that lead backwards through the years.
//!
//! What was learned of a segment (where its blocks or frames stand) is kept, and so are the blocks unpacked last: the
//! chain of one record mostly stays near one place.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::catalogue::{Segment, is_sealed};
use super::frame::{Found, Frame, Scanner};
use super::sealed::{self, Block, Piece};
use super::segment::SEGMENT_HEADER;
use crate::store::fault::StoreError;

/// Unpacked blocks kept.
const CACHED_BLOCKS: usize = 4;

/// The bytes from the indexed frame at or before `seq` up to the next indexed one.
pub(super) fn stretch_of(index: &[(u64, u32)], seq: u64, end: usize) -> (u64, u64) {
    let behind = index.partition_point(|(first, _)| *first <= seq);
    let from = index
        .get(behind.wrapping_sub(1))
        .map_or(SEGMENT_HEADER as u64, |(_, at)| u64::from(*at));
    let to = index.get(behind).map_or(end as u64, |(_, at)| u64::from(*at));
    (from, to)
}

/// Bytes of one file, from one place to another, as far as it goes.
pub(super) fn read_stretch(path: &Path, from: u64, to: u64) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        file.take(to.saturating_sub(from)).read_to_end(&mut bytes)
    });
    read.map_err(StoreError::at(path))?;
    Ok(bytes)
}

pub(super) fn find_frame(bytes: &[u8], journal: u32, seq: u64) -> Option<Frame> {
    Scanner::new(bytes, 0, journal).find_map(|found| match found {
        Found::Whole { header, payload, .. } if header.seq == seq => header.frame(payload),
        _ => None,
    })
}

/// Where the frames of one segment stand.
#[derive(Debug)]
enum Known {
    Log { index: Vec<(u64, u32)>, length: usize },
    Sealed { path: PathBuf, blocks: Vec<Block> },
}

/// What random access has learned.
#[derive(Debug, Default)]
pub(super) struct Cache {
    known: HashMap<PathBuf, Known>,
    unpacked: VecDeque<(PathBuf, usize, Vec<u8>)>,
}

impl Cache {
    /// The frame, if it stands in this segment and is whole.
    pub(super) fn frame(&mut self, segment: &Segment, journal: u32, seq: u64) -> Result<Option<Frame>, StoreError> {
        if !self.known.contains_key(&segment.path) {
            self.learn(segment, journal)?;
        }
        match self.look(segment, journal, seq) {
            Err(_) if !segment.path.exists() => {
                // A log that was sealed since.
                self.learn(segment, journal)?;
                self.look(segment, journal, seq)
            }
            looked => looked,
        }
    }

    fn look(&mut self, segment: &Segment, journal: u32, seq: u64) -> Result<Option<Frame>, StoreError> {
        let (path, block) = match self.known.get(&segment.path) {
            None => return Ok(None),
            Some(Known::Log { index, length }) => {
                let (from, to) = stretch_of(index, seq, *length);
                return Ok(find_frame(&read_stretch(&segment.path, from, to)?, journal, seq));
            }
            Some(Known::Sealed { path, blocks }) => {
                match blocks
                    .iter()
                    .find(|block| (block.first_seq..=block.last_seq).contains(&seq))
                {
                    Some(block) => (path.clone(), *block),
                    None => return Ok(None),
                }
            }
        };
        if let Some((.., raw)) = self
            .unpacked
            .iter()
            .find(|(of, at, _)| *of == path && *at == block.offset)
        {
            return Ok(find_frame(raw, journal, seq));
        }
        let bytes = read_stretch(&path, block.offset as u64, (block.offset + block.total()) as u64)?;
        let Some(raw) = block.unpack(&bytes) else {
            return Ok(None);
        };
        let found = find_frame(&raw, journal, seq);
        self.unpacked.truncate(CACHED_BLOCKS - 1);
        self.unpacked.push_front((path, block.offset, raw));
        Ok(found)
    }

    fn learn(&mut self, segment: &Segment, journal: u32) -> Result<(), StoreError> {
        let bytes = segment.bytes()?;
        let known = if is_sealed(&bytes, &segment.path) {
            let blocks = sealed::blocks(&bytes).into_iter().filter_map(|piece| match piece {
                Piece::Block(block) => Some(block),
                Piece::Bad { .. } => None,
            });
            let sealed = segment.path.with_extension("seg");
            let path = if sealed.exists() { sealed } else { segment.path.clone() };
            Known::Sealed {
                path,
                blocks: blocks.collect(),
            }
        } else {
            Known::Log {
                index: segment.analyse(&bytes, journal).index,
                length: bytes.len(),
            }
        };
        self.known.insert(segment.path.clone(), known);
        Ok(())
    }
}
