//! Reading a journal through, from any number on, in bounded memory: one log or one sealed segment at a time.
//!
//! Damage never ends the reading. What is lost is told from the numbers on both sides of it, so each [`Damage`] names the
//! frames that are missing, whatever the bytes in between look like.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::catalogue::{Segment, is_sealed};
use super::damage::{Damage, DamageKind};
use super::frame::{BatchMark, Found, Frame, Header, Kind, Scanner};
use super::sealed::{Piece, blocks};
use super::segment::{SEGMENT_HEADER, SegmentHeader};

/// What a reading is of: fixed when it begins, so that frames written meanwhile do not disturb it.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    pub journal: u32,
    pub segments: Vec<Arc<Segment>>,
    /// Where the last log ends.
    pub tail_end: usize,
    /// The last number given out.
    pub last_seq: u64,
}

/// Frames in order, with what is damaged in between.
pub struct Frames {
    raw: RawFrames,
}

impl Frames {
    pub(super) fn new(extent: Extent, from: u64) -> Frames {
        Frames {
            raw: RawFrames::new(extent, from),
        }
    }
}

impl Iterator for Frames {
    type Item = Result<Frame, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.raw.next()? {
                Err(damage) => return Some(Err(damage)),
                Ok((header, payload)) => {
                    if let Some(frame) = header.frame(&payload) {
                        return Some(Ok(frame));
                    }
                }
            }
        }
    }
}

/// Frames that count: without those of batches that were never closed, and without closing notes of given-up ones.
pub struct Committed {
    frames: Frames,
    passed_over: HashSet<u64>,
}

impl Committed {
    pub(super) fn new(extent: Extent, from: u64) -> Committed {
        let passed_over = unclosed(Frames::new(extent.clone(), from));
        Committed {
            frames: Frames::new(extent, from),
            passed_over,
        }
    }

    /// The batches that are passed over.
    pub fn passed_over(&self) -> &HashSet<u64> {
        &self.passed_over
    }
}

impl Iterator for Committed {
    type Item = Result<Frame, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        self.frames.by_ref().find(|item| match item {
            Ok(frame) => match frame.mark {
                BatchMark::Single => true,
                BatchMark::Part(id) | BatchMark::Close(id) => !self.passed_over.contains(&id),
                BatchMark::Abandon(_) => false,
            },
            Err(_) => true,
        })
    }
}

/// The batches that do not count. A batch whose closing frame may be among the lost ones is believed to be closed: one
/// damaged frame must not take an import of a hundred thousand with it, and a batch given up says so by a frame.
fn unclosed(frames: Frames) -> HashSet<u64> {
    let mut last_part: HashMap<u64, u64> = HashMap::new();
    let mut given_up = HashSet::new();
    let mut last_lost = 0;
    for item in frames {
        match item {
            Ok(frame) => match frame.mark {
                BatchMark::Part(id) => {
                    last_part.insert(id, frame.seq);
                }
                BatchMark::Close(id) => {
                    last_part.remove(&id);
                }
                BatchMark::Abandon(id) => {
                    last_part.remove(&id);
                    given_up.insert(id);
                }
                BatchMark::Single => {}
            },
            Err(damage) => last_lost = damage.lost.map_or(last_lost, |lost| last_lost.max(*lost.end())),
        }
    }
    given_up.extend(
        last_part
            .into_iter()
            .filter(|(_, part)| last_lost <= *part)
            .map(|(id, _)| id),
    );
    given_up
}

/// A stretch of frames being walked over.
struct Stretch {
    segment: u32,
    /// Where the stretch begins in its file (a block's place for unpacked frames).
    base: u64,
    bytes: Vec<u8>,
    position: usize,
    written: usize,
}

/// Headers and payloads in order, notes about skipped numbers included.
pub(super) struct RawFrames {
    journal: u32,
    segments: VecDeque<Arc<Segment>>,
    tail_end: usize,
    last_seq: u64,
    from: u64,
    /// The highest number met.
    seen: u64,
    pending: Option<(u32, u64, DamageKind)>,
    stretch: Option<Stretch>,
    packed: Option<(u32, Vec<u8>, VecDeque<Piece>)>,
    ready: VecDeque<Result<(Header, Vec<u8>), Damage>>,
    misplaced: Option<u32>,
    ended: bool,
}

impl RawFrames {
    pub(super) fn new(extent: Extent, from: u64) -> RawFrames {
        RawFrames {
            journal: extent.journal,
            segments: extent.segments.into(),
            tail_end: extent.tail_end,
            last_seq: extent.last_seq,
            from: from.max(1),
            seen: 0,
            pending: None,
            stretch: None,
            packed: None,
            ready: VecDeque::new(),
            misplaced: None,
            ended: false,
        }
    }

    /// Segments not begun yet.
    pub(super) fn segments_left(&self) -> usize {
        self.segments.len()
    }

    /// Goes one step on: a frame, a damaged place, a new block or segment, or the end.
    fn step(&mut self) {
        if let Some(mut stretch) = self.stretch.take() {
            let mut scanner = Scanner::resume(&stretch.bytes, stretch.position, stretch.written, self.journal);
            if let Some(found) = scanner.next() {
                let position = scanner.position();
                match found {
                    Found::Whole {
                        offset,
                        header,
                        payload,
                    } => {
                        let place = (stretch.segment, stretch.base + offset as u64);
                        let payload = if header.seq >= self.from {
                            payload.to_vec()
                        } else {
                            Vec::new()
                        };
                        self.take(place, header, payload);
                    }
                    Found::Bad { offset, .. } => {
                        self.note(stretch.segment, stretch.base + offset as u64, DamageKind::Frame);
                    }
                }
                stretch.position = position;
                self.stretch = Some(stretch);
            }
        } else if let Some((segment, bytes, mut pieces)) = self.packed.take() {
            if let Some(piece) = pieces.pop_front() {
                self.take_piece(segment, &bytes, piece);
                self.packed = Some((segment, bytes, pieces));
            }
        } else if let Some(segment) = self.segments.pop_front() {
            self.enter(&segment);
        } else {
            self.finish();
        }
    }

    fn enter(&mut self, segment: &Segment) {
        let number = segment.number();
        let mut bytes = match segment.bytes() {
            Ok(bytes) => bytes,
            Err(_) => return self.note(number, 0, DamageKind::Unreadable),
        };
        let header = SegmentHeader::decode(&bytes);
        if header.is_none() {
            let damage = Damage {
                segment: number,
                offset: 0,
                kind: DamageKind::SegmentHeader,
                lost: None,
            };
            self.ready.push_back(Err(damage));
        }
        if is_sealed(&bytes, &segment.path) {
            let mut pieces: VecDeque<Piece> = blocks(&bytes).into();
            let skipped = |piece: &Piece| matches!(piece, Piece::Block(block) if block.last_seq < self.from);
            while let Some(Piece::Block(block)) = pieces.front()
                && skipped(&Piece::Block(*block))
            {
                self.seen = self.seen.max(block.last_seq);
                pieces.pop_front();
            }
            self.packed = Some((number, bytes, pieces));
            return;
        }
        if self.segments.is_empty() {
            bytes.truncate(self.tail_end);
        }
        let position = SEGMENT_HEADER.min(bytes.len());
        let written = Scanner::new(&bytes, position, self.journal).written();
        self.stretch = Some(Stretch {
            segment: number,
            base: 0,
            bytes,
            position,
            written,
        });
    }

    fn take_piece(&mut self, segment: u32, bytes: &[u8], piece: Piece) {
        match piece {
            Piece::Bad { offset } => self.note(segment, offset as u64, DamageKind::Block),
            Piece::Block(block) => match block.unpack(&bytes[block.offset..]) {
                Some(raw) => {
                    let written = raw.len();
                    let base = block.offset as u64;
                    self.stretch = Some(Stretch {
                        segment,
                        base,
                        bytes: raw,
                        position: 0,
                        written,
                    });
                }
                None => self.note(segment, block.offset as u64, DamageKind::Block),
            },
        }
    }

    fn note(&mut self, segment: u32, offset: u64, kind: DamageKind) {
        self.pending.get_or_insert((segment, offset, kind));
    }

    fn take(&mut self, (segment, offset): (u32, u64), header: Header, payload: Vec<u8>) {
        if header.seq > self.last_seq {
            self.segments.clear();
            return;
        }
        if header.seq <= self.seen {
            if self.misplaced.replace(segment) != Some(segment) && header.seq >= self.from {
                let damage = Damage {
                    segment,
                    offset,
                    kind: DamageKind::OutOfPlace,
                    lost: None,
                };
                self.ready.push_back(Err(damage));
            }
            return;
        }
        let gap_end = match header.kind {
            Kind::Skip(first) => first,
            Kind::Batch(_) => header.seq,
        };
        self.report_gap((segment, offset), gap_end);
        self.seen = header.seq;
        if header.seq >= self.from {
            self.ready.push_back(Ok((header, payload)));
        }
    }

    /// Tells what is missing between the last number met and `next`, if anything, with the damage noticed on the way.
    fn report_gap(&mut self, here: (u32, u64), next: u64) {
        let pending = self.pending.take();
        let first = (self.seen + 1).max(self.from);
        let all_before = next < self.from || (pending.is_some() && first >= next && self.seen + 1 < next);
        let (segment, offset, kind) = match pending {
            Some(pending) => pending,
            None if first < next => (here.0, here.1, DamageKind::Missing),
            None => return,
        };
        if all_before {
            return;
        }
        let lost = (first < next).then(|| first..=next - 1);
        self.ready.push_back(Err(Damage {
            segment,
            offset,
            kind,
            lost,
        }));
    }

    fn finish(&mut self) {
        self.ended = true;
        if self.seen < self.last_seq || self.pending.is_some() {
            let here = self.pending.map_or((0, 0), |(segment, offset, _)| (segment, offset));
            self.report_gap(here, self.last_seq + 1);
        }
    }
}

impl Iterator for RawFrames {
    type Item = Result<(Header, Vec<u8>), Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            self.step();
        }
        self.ready.pop_front()
    }
}
