//! `sohoi edit`: fields of one record changed, through the same checks as the form.

use std::io::Write;

use clap::Args;

use super::add::DoubtArgs;
use super::failure::Failure;
use super::given::{self, Given, Office, Pair};
use super::lookup::{kind_named, record_named};
use super::{Answer, Desk, tell};
use crate::domain::text::Message;

/// The words after `sohoi edit`.
#[derive(Args, Clone, Debug)]
pub struct EditArgs {
    /// Id hoặc mã của bản ghi ¦ the record's id or code
    #[arg(value_name = "ID")]
    pub id: String,
    /// Trường cần sửa; KEY= để trống trường ấy ¦ the fields to change; KEY= empties one
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub pairs: Vec<Pair>,
    #[command(flatten)]
    pub doubts: DoubtArgs,
}

/// Changes the record and prints its id.
///
/// # Errors
/// No such record, or anything against the values: then nothing is changed.
pub fn run(args: &EditArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let mut txn = desk.store.txn();
    let entry = txn.with(|read| record_named(&args.id, read))?;
    let kind = kind_named(entry.kind)?;
    let mut given = Given::new(entry);
    txn.with(|read| given.take_pairs(kind, &args.pairs, read));
    match given.save(&mut txn, args.doubts.warnings.into())? {
        Ok(id) => {
            if txn.commit()?.is_empty() {
                let same = Message::new(
                    "Không có gì thay đổi so với trước.",
                    "Nothing differs from what it was.",
                );
                tell(desk.lang, &same);
            }
            Ok(writeln!(out, "{id}")?)
        }
        Err(findings) => {
            let mut told: Vec<Message> = findings.iter().map(|finding| given::line(finding, None)).collect();
            let kept = Message::new("Bản ghi vẫn như cũ.", "The record is as it was.");
            told.extend(given::advice(&findings, &kept, Office::of(desk)));
            Err(Failure::Refused(told))
        }
    }
}
