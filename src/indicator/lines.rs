//! The lines of the weekly summary as indicators: an office's own plan of the year may use any of their codes.
//!
//! Counting them is the summary's own work, on the floor of reports; here stands only what is asked of it.

use super::window::Window;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Read, StoreError};

/// A line's figure with the records behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFigure {
    /// How many, or how many đồng.
    pub value: i64,
    /// What is counted.
    pub ids: Vec<Id>,
}

/// Whoever counts the lines of the summary.
pub trait Lines {
    /// A line over the days of a window, for a unit and those below it; none for a code that is no line.
    ///
    /// # Errors
    /// The store's.
    fn figure(&self, read: &dyn Read, code: &str, unit: &str, window: Window)
    -> Result<Option<LineFigure>, StoreError>;

    /// What a line is called.
    fn label(&self, code: &str) -> Option<Message>;

    /// Whether a line tells what stands on a day, and not what was done on the days of a window.
    fn is_stock(&self, code: &str) -> bool;
}

/// What a line of the summary counts: "lượt", "lớp".
pub fn measure(code: &str) -> &'static str {
    match code.split('.').next().unwrap_or(code) {
        "VISITS" | "VISITS_REMOTE" | "SUPPORTS" => "lượt",
        "COOPS_VISITED" => "HTX, THT",
        "TRAIN_SESSIONS" => "lớp",
        "TRAIN_ATTEND" | "TRAIN_ATTEND_WOMEN" | "OUTREACH_REACH" => "lượt người",
        "TRAIN_PERSONS" | "MANAGERS_TRAINED_FIRST" | "OFFICERS_TRAINED_FIRST" => "người",
        "BOOTHS_SHOWN" | "BOOTHS_REGISTERED" | "BOOTHS_CONFIRMED" => "gian hàng",
        "OUTREACH" => "buổi",
        "MEDIA_ITEMS" => "tin, bài",
        "IDEAS_REGISTERED" | "IDEAS_SENT" => "ý tưởng",
        "THT_TO_HTX" => "HTX",
        "SUPPORT_GRANTED" | "BOOTH_REVENUE" => "đồng",
        code if code.starts_with("ISSUES") => "vụ việc",
        _ => "",
    }
}
