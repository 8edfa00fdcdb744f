//! The log, in the data folder and never on the screen: what the program met, never a person's data.

use std::path::Path;

use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

/// Days of which the log is kept.
const DAYS: usize = 14;

/// Begins the log. A folder that cannot be written to has none: no reason not to work.
pub fn begin(folder: &Path) {
    let folder = folder.join("log");
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("sohoi")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder);
    if let Ok(file) = file {
        // Refused only where a log is kept already.
        let _ = tracing_subscriber::fmt()
            .with_writer(file)
            .with_ansi(false)
            .with_max_level(Level::INFO)
            .try_init();
    }
}
