//! Data compiled in compressed, as the build script writes it: the inflated length (u32, little-endian), then raw deflate.

use std::io::Read;

use flate2::read::DeflateDecoder;

/// Inflates; none when the bytes are not in the form above.
pub(super) fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let (length, deflated) = packed.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let mut bytes = Vec::with_capacity(length);
    let mut inflated = DeflateDecoder::new(deflated).take(length as u64 + 1);
    inflated.read_to_end(&mut bytes).ok()?;
    (bytes.len() == length).then_some(bytes)
}

/// A text that the build script packed.
pub(super) fn text(packed: &[u8]) -> String {
    let text = inflate(packed).and_then(|bytes| String::from_utf8(bytes).ok());
    text.expect("the build script packed it, and tests read every such text")
}
