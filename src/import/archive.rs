//! What is inside a packed workbook, measured before it is opened: sizes that a file declares can lie, so every part is
//! unpacked once into nothing, up to the limit.

use std::io::{Read, sink};

use flate2::read::DeflateDecoder;

use super::fault::Fault;
use super::file::UNPACKED_MEGABYTES;

/// Parts of an archive; a workbook has a few dozen.
const PARTS: usize = 4096;

/// One part: its name, and its bytes as they are packed.
pub struct Part<'a> {
    /// Its name, with its folders.
    pub name: String,
    method: u16,
    packed: &'a [u8],
}

/// The parts, from the directory at the end of the file.
///
/// # Errors
/// No directory, or one that points outside the file.
pub fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, Fault> {
    let broken = || Fault::Broken("zip".to_string());
    let end = bytes
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .ok_or_else(broken)?;
    let count = usize::from(short(bytes, end + 10).ok_or_else(broken)?);
    let mut at = long(bytes, end + 16).ok_or_else(broken)?;
    if count > PARTS {
        return Err(broken());
    }
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let head = bytes.get(at..at + 46).filter(|head| head.starts_with(b"PK\x01\x02"));
        let head = head.ok_or_else(broken)?;
        let field = |place| short(head, place).map(usize::from).ok_or_else(broken);
        let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
        let size = long(head, 20).ok_or_else(broken)?;
        let local = long(head, 42).ok_or_else(broken)?;
        let skip = short(bytes, local + 26)
            .zip(short(bytes, local + 28))
            .ok_or_else(broken)?;
        let start = local + 30 + usize::from(skip.0) + usize::from(skip.1);
        let text = bytes.get(at + 46..at + 46 + name).ok_or_else(broken)?;
        parts.push(Part {
            name: String::from_utf8_lossy(text).into_owned(),
            method: short(head, 10).ok_or_else(broken)?,
            packed: bytes.get(start..start + size).ok_or_else(broken)?,
        });
        at += 46 + name + extra + comment;
    }
    Ok(parts)
}

/// Unpacks all parts into nothing.
///
/// # Errors
/// More than the limit, or a part that cannot be unpacked.
pub fn measure(parts: &[Part<'_>]) -> Result<(), Fault> {
    let limit = UNPACKED_MEGABYTES << 20;
    let mut left = limit;
    for part in parts {
        let size = match part.method {
            0 => part.packed.len() as u64,
            8 => std::io::copy(&mut DeflateDecoder::new(part.packed).take(left + 1), &mut sink())
                .map_err(|_| Fault::Broken(part.name.clone()))?,
            _ => return Err(Fault::Broken(part.name.clone())),
        };
        left = left.checked_sub(size).ok_or(Fault::Bomb(UNPACKED_MEGABYTES))?;
    }
    Ok(())
}

impl Part<'_> {
    /// The part unpacked; to be asked only of what was measured.
    ///
    /// # Errors
    /// It cannot be unpacked.
    pub fn unpacked(&self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        match self.method {
            0 => bytes.extend(self.packed),
            _ => {
                let read = DeflateDecoder::new(self.packed).read_to_end(&mut bytes);
                read.map_err(|_| Fault::Broken(self.name.clone()))?;
            }
        }
        Ok(bytes)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok()
}
