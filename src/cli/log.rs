//! The log, in the data folder and never on the screen: what the program met, never a person's data.
//!
//! One file a day. Written by hand, since the appender made for it brings a whole second calendar into the binary.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{Days, Local, NaiveDate};
use tracing::Level;

/// Days of which the log is kept.
const DAYS: u64 = 14;

/// Begins the log. A folder that cannot be written to has none: no reason not to work.
pub fn begin(folder: &Path) {
    let folder = folder.join("log");
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    // Refused only where a log is kept already.
    let _ = tracing_subscriber::fmt()
        .with_writer(Mutex::new(DailyFile::new(folder)))
        .with_ansi(false)
        .with_max_level(Level::INFO)
        .try_init();
}

/// A file for each day something is written on.
struct DailyFile {
    folder: PathBuf,
    open: Option<(NaiveDate, File)>,
}

impl DailyFile {
    fn new(folder: PathBuf) -> DailyFile {
        DailyFile { folder, open: None }
    }

    /// The file of a day; with a new day's file the oldest ones go.
    fn of(&mut self, day: NaiveDate) -> io::Result<&mut File> {
        let open = match self.open.take() {
            Some((of, file)) if of == day => (of, file),
            _ => {
                let file = OpenOptions::new()
                    .append(true)
                    .create(true)
                    .open(self.folder.join(file_name(day)))?;
                self.remove_before(day - Days::new(DAYS));
                (day, file)
            }
        };
        Ok(&mut self.open.insert(open).1)
    }

    /// Best effort: an old log that stays does no harm.
    fn remove_before(&self, day: NaiveDate) {
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().and_then(day_of).is_some_and(|of| of < day) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

impl Write for DailyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.of(Local::now().date_naive())?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |(_, file)| file.flush())
    }
}

fn file_name(day: NaiveDate) -> String {
    format!("sohoi.{day}.log")
}

fn day_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix("sohoi.")?.strip_suffix(".log")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_its_file_and_only_the_last_days_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = DailyFile::new(folder.path().to_path_buf());
        let first: NaiveDate = "2026-05-01".parse().unwrap();
        for day in 0..20 {
            log.of(first + Days::new(day)).unwrap().write_all(b"a line\n").unwrap();
            log.of(first + Days::new(day)).unwrap().write_all(b"another\n").unwrap();
        }
        std::fs::write(folder.path().join("mine.txt"), "kept").unwrap();
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names.len(), 16, "{names:?}");
        assert_eq!(names[0], "mine.txt");
        assert_eq!(names[1], "sohoi.2026-05-06.log");
        assert_eq!(
            std::fs::read_to_string(folder.path().join(&names[1])).unwrap(),
            "a line\nanother\n"
        );
    }
}
