//! Which segments there are, and in which of them a number is looked for.
//!
//! The folder is listed once; the first bytes of a segment are read when they are needed, from the end backwards, so that
//! opening a journal of any length looks at its tail alone. Where a segment's own number is not that of its file name
//! (files were swapped), all headers are read and what the segments say of themselves is believed.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::frame::HEADER;
use super::segment::{Analysis, Form, SEGMENT_HEADER, SegmentHeader};
use crate::arrange::Arrange;
use crate::store::fault::StoreError;

/// One segment's file.
#[derive(Debug)]
pub(super) struct Segment {
    /// The number in its name.
    pub name: u32,
    pub path: PathBuf,
    header: OnceLock<Option<SegmentHeader>>,
}

impl Segment {
    /// The segment in a file, whatever else is there.
    pub(super) fn at(path: PathBuf, name: u32) -> Segment {
        Segment {
            name,
            path,
            header: OnceLock::new(),
        }
    }

    /// What the segment says of itself, or `None` where its first bytes are damaged.
    pub(super) fn header(&self) -> Option<&SegmentHeader> {
        let read = || {
            let mut bytes = [0; SEGMENT_HEADER];
            let mut file = self.open().ok()?;
            file.read_exact(&mut bytes).ok()?;
            SegmentHeader::decode(&bytes)
        };
        self.header.get_or_init(read).as_ref()
    }

    /// Its number: its own word, else its name.
    pub(super) fn number(&self) -> u32 {
        self.header().map_or(self.name, |header| header.number)
    }

    /// Opens the file; a log may have been sealed since it was listed.
    pub(super) fn open(&self) -> std::io::Result<File> {
        File::open(&self.path).or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => File::open(self.path.with_extension("seg")),
            _ => Err(error),
        })
    }

    /// The whole file; never more than a segment with its largest frame can have.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        let limit = 4 * super::writer::SEGMENT as u64;
        let mut bytes = Vec::new();
        let read = self.open().and_then(|file| file.take(limit).read_to_end(&mut bytes));
        read.map_err(StoreError::at(&self.path))?;
        Ok(bytes)
    }

    /// The frames of a log, as far as they are whole.
    pub(super) fn analyse(&self, bytes: &[u8], journal: u32) -> Analysis {
        let header = SegmentHeader::decode(bytes);
        let open = header.as_ref().map_or(&[][..], |header| &header.open);
        let first = header
            .as_ref()
            .map(|header| header.first_seq)
            .or_else(|| first_frame(bytes, journal));
        Analysis::of(bytes, self.number(), journal, first.unwrap_or(1), open)
    }
}

/// The number of the first whole frame.
fn first_frame(bytes: &[u8], journal: u32) -> Option<u64> {
    super::frame::Scanner::new(bytes, SEGMENT_HEADER.min(bytes.len()), journal).find_map(|found| match found {
        super::frame::Found::Whole { header, .. } => Some(header.seq),
        super::frame::Found::Bad { .. } => None,
    })
}

/// The segments of a folder, lowest number first.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
    segments: Vec<Arc<Segment>>,
}

impl Catalogue {
    /// Lists a folder. Of a log and its sealed twin (the program ended between the two) the log counts.
    pub(super) fn list(dir: &Path) -> Result<Catalogue, StoreError> {
        let mut found: Vec<(u32, bool, PathBuf)> = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(StoreError::at(dir))? {
            let path = entry.map_err(StoreError::at(dir))?.path();
            if let Some((number, sealed)) = number_of(&path) {
                found.push((number, sealed, path));
            }
        }
        found.arrange();
        found.dedup_by_key(|(number, ..)| *number);
        let segments = found
            .into_iter()
            .map(|(number, _, path)| Arc::new(Segment::at(path, number)))
            .collect();
        let mut catalogue = Catalogue { segments };
        if catalogue.segments.last().is_some_and(|tail| tail.number() != tail.name) {
            catalogue.believe_headers();
        }
        Ok(catalogue)
    }

    fn believe_headers(&mut self) {
        self.segments.arrange_by_key(|segment| segment.number());
    }

    pub(super) fn all(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// All segments, in the order of what they say of themselves.
    pub(super) fn all_ordered(&self) -> Vec<Arc<Segment>> {
        let mut ordered = self.clone();
        ordered.believe_headers();
        ordered.segments
    }

    /// The last segment.
    pub(super) fn tail(&self) -> Option<&Arc<Segment>> {
        self.segments.last()
    }

    /// The highest number in use, by name or word.
    pub(super) fn highest(&self) -> u32 {
        self.segments
            .iter()
            .map(|segment| segment.name)
            .max()
            .unwrap_or(0)
            .max(self.tail().map_or(0, |s| s.number()))
    }

    pub(super) fn push(&mut self, number: u32, path: PathBuf) {
        self.segments.push(Arc::new(Segment::at(path, number)));
    }

    /// The segments in which frames from `seq` on stand, in order.
    pub(super) fn from(&self, seq: u64) -> Vec<Arc<Segment>> {
        let mut start = self.segments.len();
        let mut swapped = false;
        for (position, segment) in self.segments.iter().enumerate().rev() {
            start = position;
            swapped |= segment.number() != segment.name;
            if segment.header().is_some_and(|header| header.first_seq <= seq) {
                break;
            }
        }
        if !swapped {
            return self.segments[start..].to_vec();
        }
        let ordered = self.all_ordered();
        let first_seq = |segment: &Arc<Segment>| segment.header().map(|header| header.first_seq);
        let nearest = ordered.iter().filter_map(first_seq).filter(|first| *first <= seq).max();
        // Of two copies the first, so that the other is noticed.
        let start = ordered
            .iter()
            .position(|segment| nearest.is_some() && first_seq(segment) == nearest)
            .unwrap_or(0);
        ordered[start..].to_vec()
    }

    /// The journal's id: the tail's word, else that of the nearest segment, else of the first sound frame.
    pub(super) fn journal(&self) -> Option<u32> {
        let told = self
            .segments
            .iter()
            .rev()
            .find_map(|segment| segment.header().map(|header| header.journal));
        told.or_else(|| {
            self.segments
                .iter()
                .find_map(|segment| journal_of_frames(&segment.bytes().ok()?))
        })
    }

    /// The newest version that any of the last two segments was written with.
    pub(super) fn version(&self) -> Option<u32> {
        self.segments
            .iter()
            .rev()
            .take(2)
            .filter_map(|segment| segment.header())
            .map(|header| header.version)
            .max()
    }
}

fn journal_of_frames(bytes: &[u8]) -> Option<u32> {
    let mut at = 0;
    while at + HEADER <= bytes.len() {
        at += bytes[at..]
            .windows(4)
            .position(|window| window == super::frame::MAGIC)?;
        if let Some(header) = super::frame::Header::decode(&bytes[at..]) {
            return Some(header.journal);
        }
        at += 1;
    }
    None
}

/// The number in a segment's file name, and whether it is the sealed form.
pub(super) fn number_of(path: &Path) -> Option<(u32, bool)> {
    let name = path.file_name()?.to_str()?;
    let (digits, extension) = name.split_once('.')?;
    let sealed = match extension {
        "log" => false,
        "seg" => true,
        _ => return None,
    };
    (digits.len() == 8)
        .then(|| digits.parse().ok())
        .flatten()
        .map(|number| (number, sealed))
}

/// Whether bytes are those of a sealed segment; what the file says counts, not its name.
pub(super) fn is_sealed(bytes: &[u8], path: &Path) -> bool {
    match SegmentHeader::decode(bytes) {
        Some(header) => header.form == Form::Sealed,
        None => bytes.starts_with(b"SOHOISEG") || number_of(path).is_some_and(|(_, sealed)| sealed),
    }
}
