//! What is wrong with a journal, said so that it can be counted, told and perhaps healed.

use std::ops::RangeInclusive;

/// What kind of thing is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DamageKind {
    /// Bytes of one or more frames are not what was written.
    Frame,
    /// A block of a sealed segment cannot be unpacked.
    Block,
    /// A segment's first bytes are damaged; its frames may all be whole.
    SegmentHeader,
    /// Numbers are missing though nothing around them is damaged: a segment is gone, or cut short.
    Missing,
    /// A segment holds frames that come before those already read (a file copied over another).
    OutOfPlace,
    /// The operating system cannot read the file.
    Unreadable,
}

/// One damaged place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The number of the segment, as in its file name.
    pub segment: u32,
    /// Where in the file it was noticed.
    pub offset: u64,
    /// What it is.
    pub kind: DamageKind,
    /// The frames lost by it; `None` where nothing is.
    pub lost: Option<RangeInclusive<u64>>,
}

impl Damage {
    /// How many frames are lost by it.
    pub fn lost_frames(&self) -> u64 {
        self.lost.as_ref().map_or(0, |lost| lost.end() - lost.start() + 1)
    }
}

/// A tail that was being written when the program or the power went, and was never acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The segment.
    pub segment: u32,
    /// Where its whole frames end.
    pub offset: u64,
    /// Bytes cut off.
    pub bytes: u64,
}
