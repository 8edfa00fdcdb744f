//! What the Union records: kinds, fields, code lists, rules. No I/O.

pub mod catalog;
pub mod text;
