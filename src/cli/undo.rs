//! `sohoi undo`: the last saves taken back, by new ones that do the inverse.

use std::io::Write;

use clap::Args;

use super::failure::Failure;
use super::{Answer, Desk, tell};
use crate::domain::text::Message;

/// The words after `sohoi undo`.
#[derive(Args, Clone, Debug)]
pub struct UndoArgs {
    /// Số lần lưu cần lấy lại ¦ how many saves to take back
    #[arg(value_name = "N", default_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub count: u32,
}

/// Takes back the last saves, newest first, and prints the ids of the records that changed by it, one a line.
///
/// # Errors
/// A save whose fields were changed since, or nothing left to take back; those taken back before it stay taken back.
pub fn run(args: &UndoArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    for done in 0..args.count {
        match desk.store.undo() {
            Ok(undone) => {
                for touched in undone.touched {
                    writeln!(out, "{}", touched.id)?;
                }
            }
            Err(refusal) => {
                if done > 0 {
                    let text = Message::new(
                        format!("Đã hoàn tác {done} lần lưu trước khi dừng."),
                        format!("{done} saves were taken back before it stopped."),
                    );
                    tell(desk.lang, &text);
                }
                return Err(refusal.into());
            }
        }
    }
    Ok(())
}
