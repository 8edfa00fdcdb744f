//! The keys of records, of what is left of deleted ones, and of the numbers that codes go up by.

use super::index;
use crate::domain::id::Id;

/// The key of a record in [`Tree::Records`].
pub fn record_key(kind: &str, id: Id) -> Vec<u8> {
    let mut key = records_prefix(kind);
    key.extend(id.bytes());
    key
}

/// What the keys of a kind's records begin with.
pub fn records_prefix(kind: &str) -> Vec<u8> {
    let mut key = kind.as_bytes().to_vec();
    key.push(0);
    key
}

/// The key of a grave in [`Tree::Derived`].
pub fn grave_key(id: Id) -> Vec<u8> {
    let mut key = GRAVES.to_vec();
    key.extend(id.bytes());
    key
}

/// What the keys of graves begin with.
pub const GRAVES: &[u8] = b"g";

/// The key in [`Tree::Derived`] of the highest number that codes with a prefix bear.
pub fn code_count_key(kind: &str, prefix: &str) -> Vec<u8> {
    let mut key = vec![b'c'];
    key.extend(kind.bytes());
    key.push(0);
    key.extend(index::fold_code(prefix).bytes());
    key
}

/// A code taken apart: what stands before its last digits, and their number. None where there are no digits, or too many
/// for a number that goes up.
pub fn split_code(code: &str) -> Option<(&str, u64)> {
    let start = code
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + code[at..].chars().next().map_or(1, char::len_utf8));
    let digits = &code[start..];
    (1..=9)
        .contains(&digits.len())
        .then(|| digits.parse().ok().map(|number| (&code[..start], number)))
        .flatten()
}
