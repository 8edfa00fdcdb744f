//! Vietnamese text: typing, folding, ordering, legacy encodings, numbers, dates, names. No I/O.

pub mod collate;
pub mod date;
pub mod fold;
pub mod legacy;
pub mod name;
pub mod number;
pub mod phone;
pub mod syllable;
pub mod tax_code;
pub mod typing;
