//! The command line: one file a subcommand.

pub mod demo;
pub mod keys;
pub mod type_keys;
