//! The archive around an office document: its parts, read whole and put together in their order.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes of one part that a document of text and tables surely stays below; a larger one is a bomb.
const MOST_BYTES: u64 = 64 << 20;

/// A part of the package.
pub struct Part {
    /// Its name: `word/document.xml`.
    pub name: String,
    bytes: Vec<u8>,
}

impl Part {
    /// A part of some text.
    pub fn new(name: &str, text: impl Into<String>) -> Part {
        Part {
            name: name.to_owned(),
            bytes: text.into().into_bytes(),
        }
    }

    /// Its text, for the parts that are XML.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Puts other text in its place; `None` where it is no text.
    pub fn rewrite(&mut self, write: impl FnOnce(&str) -> String) -> Option<()> {
        self.bytes = write(self.text()?).into_bytes();
        Some(())
    }
}

/// All parts in their order; none where this is no archive.
pub fn read(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).ok()?;
        if file.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        file.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 > MOST_BYTES {
            return None;
        }
        parts.push(Part {
            name: file.name().ok()?.into_owned(),
            bytes,
        });
    }
    Some(parts)
}

/// The bytes of the archive.
///
/// # Errors
/// The archive's.
pub fn write(parts: &[Part]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for part in parts {
        archive.start_file(part.name.as_str(), options)?;
        archive.write_all(&part.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
