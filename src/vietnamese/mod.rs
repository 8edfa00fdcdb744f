//! Vietnamese text: typing, folding, ordering, legacy encodings, numbers, dates, names. No I/O.

pub mod date;
pub mod fold;
pub mod number;
