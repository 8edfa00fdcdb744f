//! The periodic reports of the programmes: the half-year and the year after the Union's outline, and the short reports of
//! a month, a quarter or any span of days.
//!
//! [`collect`] reads the store and gives a [`Periodic`], plain figures each with the records behind it; [`layout`] and
//! [`annex`] turn it into a document, from which docx, Markdown and the workbook are written. Figures come of the weekly
//! summary's lines and of the indicators, by the same formulas as targets; what only the officer can write stands in
//! records of the kind `report_text` ([`words`]). Both halves are pure.

pub mod annex;
pub mod by_unit;
mod charts;
pub mod closing;
pub mod collect;
pub mod fill;
pub mod layout;
pub mod lines;
pub mod registers;
mod sections;
pub mod sending;
pub mod tables;
pub mod words;

#[cfg(test)]
mod declared_tests;
#[cfg(test)]
mod tests;

pub use collect::{Asked, Periodic, collect};
pub use layout::doc;
