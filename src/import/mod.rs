//! Lists that offices have, taken in: a file of any of the usual shapes becomes rows, the rows records, each judged
//! before anything is written.
//!
//! In this order: [`file`] opens what is there, within limits that are said; [`table`] finds the headings; [`mapping`]
//! says which column is which field; [`cell`] reads values; [`matching`] finds the record that a row is about; [`rows`]
//! judges every row by the officer's [`decisions`] and writes the accepted ones in one batch. [`refused`] gives back what
//! was not taken. A list may belong to one [`event`]; maps that the officer made are [`kept`] for files of the same
//! shape. All of it is [`watch`]ed: it says how far it is and can be stopped.
//!
//! Stands above `report` (it reads what the export wrote) and below the command line and the interface.

mod archive;
pub mod cell;
mod compound;
pub mod decisions;
pub mod event;
pub mod fault;
pub mod file;
pub mod kept;
mod lines;
pub mod mapping;
pub mod matching;
pub mod refused;
pub mod rows;
pub mod table;
pub mod watch;
