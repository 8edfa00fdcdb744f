//! Long work that tells how far it is and can be stopped at any row.

use crate::domain::text::Text;

/// What is told of a file that is opened.
pub const READING: Text = Text::new("Đang đọc tệp", "Reading the file");
/// What is told while every row gets its verdict.
pub const JUDGING: Text = Text::new("Đang xem từng dòng", "Looking at every row");
/// What is told while the rows become records.
pub const WRITING: Text = Text::new("Đang ghi vào sổ", "Writing");

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Stop, and leave nothing behind.
    Stop,
}

/// Told what is done and what there is (0 where that is not known); says whether to go on.
pub type Watch<'a> = &'a dyn Fn(u64, u64) -> Go;

/// Nobody watches: goes on to the end.
pub fn unwatched(_: u64, _: u64) -> Go {
    Go::On
}
