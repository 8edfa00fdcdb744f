//! What the comparisons with SQLite share: an office's records, and figures taken in turns.

pub mod figures;
pub mod records;
