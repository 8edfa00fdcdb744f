//! Reports: collected numbers, a neutral document, and the formats it is written in.
//!
//! A report is laid out once, as a [`doc::Doc`] (an administrative document) or a [`workbook::Workbook`] (a set of
//! tables), and each writer turns that into bytes: [`docx`], [`xlsx`], [`csv`], [`markdown`], [`plain`]. Writers do no
//! I/O; [`file`] alone puts the bytes on disk. The same document gives the same bytes, today and in ten years.

pub mod blank;
pub mod cell;
pub mod csv;
pub mod doc;
pub mod docx;
pub mod error;
pub mod export;
pub mod file;
pub mod filings;
pub mod markdown;
mod metrics;
mod package;
pub mod periodic;
pub mod plain;
mod printable;
pub mod status_card;
pub mod table;
pub mod template;
pub mod weekly;
pub mod workbook;
pub mod xlsx;

#[cfg(test)]
mod sample;
