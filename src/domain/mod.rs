//! What the Union records: kinds, fields, code lists, rules. No I/O.

pub mod catalog;
pub mod check;
pub mod entry;
pub mod finding;
pub mod id;
pub mod known;
pub mod period;
pub mod reading;
pub mod record;
pub mod schema;
pub mod settings;
pub mod text;
pub mod value;
pub mod visit;
