//! Reports: collected numbers, a neutral document, and the formats it is written in.
//!
//! A report is laid out once, as a [`doc::Doc`] (an administrative document), and each writer turns that into bytes
//! ([`docx`]). Writers do no I/O; [`file`] alone puts the bytes on disk. The same document gives the same bytes, today
//! and in ten years.

pub mod cell;
pub mod doc;
pub mod docx;
pub mod error;
pub mod file;
mod printable;

#[cfg(test)]
mod sample;
