//! Lists that offices have, taken in: a file of any of the usual shapes becomes rows, the rows records, each judged
//! before anything is written.
//!
//! In this order: [`file`] opens what is there, within limits that are said; [`table`] finds the headings; [`headings`]
//! and [`mapping`] say which column is which field; [`cell`] reads values; [`matching`] finds the record that a row is
//! about; by the officer's [`decisions`] every row gets its [`verdict`]; the [`plan`] of all of them is written in one
//! batch. [`refused`] gives back what was not taken. A list may belong to one [`event`]; maps that the officer made are
//! [`kept`] for files of the same shape. All of it is [`watch`]ed: it says how far it is and can be stopped.
//!
//! Stands above `report` (it reads what the export wrote) and below the command line and the interface.

mod archive;
pub mod cell;
mod compound;
pub mod decisions;
pub mod event;
pub mod fault;
pub mod file;
pub mod headings;
pub mod kept;
mod lesser;
mod lines;
pub mod mapping;
pub mod matching;
pub mod plan;
pub mod refused;
mod rows;
pub mod table;
pub mod verdict;
pub mod watch;
