//! The witness: a few bytes beside the segments that say how far the journal was acknowledged.
//!
//! A tail that is cut off or zeroed looks just like one that was never written. The witness tells them apart: after each
//! sync the number of the last acknowledged frame is written to it, without a sync of its own, so it costs next to
//! nothing. After a crash of the program it is exact; after a power cut it may name an earlier frame, never a later one
//! than was acknowledged. Lost or damaged, it is simply no witness.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use super::frame::{number32, number64};

const NAME: &str = "acked";
const BYTES: usize = 16;

/// The open witness; without a file where even that cannot be made.
#[derive(Debug)]
pub(super) struct Witness {
    file: Option<File>,
    journal: u32,
}

impl Witness {
    pub(super) fn open(dir: &Path, journal: u32) -> Witness {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join(NAME))
            .ok();
        Witness { file, journal }
    }

    /// Notes that everything up to `seq` is acknowledged.
    pub(super) fn note(&mut self, seq: u64) {
        let Some(file) = &mut self.file else { return };
        let mut bytes = [0; BYTES];
        bytes[..4].copy_from_slice(&self.journal.to_le_bytes());
        bytes[4..12].copy_from_slice(&seq.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..12]);
        bytes[12..].copy_from_slice(&crc.to_le_bytes());
        // A witness that cannot be written is none; the frame is safe without it.
        let _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&bytes));
    }
}

/// What the witness of a folder says: the journal, and its last acknowledged frame.
pub(super) fn read(dir: &Path) -> Option<(u32, u64)> {
    let bytes = std::fs::read(dir.join(NAME)).ok()?;
    let sound = bytes.len() == BYTES && crc32c::crc32c(&bytes[..12]) == number32(&bytes, 12);
    sound.then(|| (number32(&bytes, 0), number64(&bytes, 4)))
}
