//! `sohoi delete`: one record out of every list and report. It stays in the history, and `undo` brings it back.

use std::io::Write;

use clap::Args;

use super::failure::Failure;
use super::lookup::record_named;
use super::{Answer, Desk};

/// The words after `sohoi delete`.
#[derive(Args, Clone, Debug)]
pub struct DeleteArgs {
    /// Id hoặc mã của bản ghi ¦ the record's id or code
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Deletes the record and prints its id.
///
/// # Errors
/// No such record.
pub fn run(args: &DeleteArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let mut txn = desk.store.txn();
    let entry = txn.with(|read| record_named(&args.id, read))?;
    txn.delete(entry.kind, entry.id)?;
    txn.commit()?;
    Ok(writeln!(out, "{}", entry.id)?)
}
