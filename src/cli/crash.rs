//! What is left when the command line meets a fault of its own: a report file in the data folder and one plain message.
//!
//! The report has the place of the fault and the way to it, never the text of the fault: that may quote a record.

use std::backtrace::Backtrace;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

/// The report's name in the data folder.
pub const REPORT: &str = "sohoi-loi.txt";

/// Does the work; where it panics, a report stands in `folder` and `None` is given. A panic on another thread goes to
/// the log alone: its work is answered for where it was asked for.
pub fn guarded<T>(folder: Option<PathBuf>, work: impl FnOnce() -> T) -> Option<T> {
    let this = thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "panic");
        if thread::current().id() == this {
            tell(folder.as_deref(), &place);
        }
    }));
    // The store is opened anew by the next run, whatever state this one left it in.
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    drop(std::panic::take_hook());
    done
}

fn tell(folder: Option<&Path>, place: &str) {
    let kept = folder.and_then(|folder| write_report(folder, place));
    let mut err = std::io::stderr();
    let _ = writeln!(
        err,
        "Sổ Hội gặp lỗi và phải dừng. Những gì đã báo lưu thì vẫn còn; hãy chạy lại lệnh."
    );
    let _ = writeln!(
        err,
        "Sổ Hội met a fault and had to stop. What was reported as saved is kept; run it again."
    );
    if let Some(path) = kept {
        let _ = writeln!(err, "{}", path.display());
    }
}

fn write_report(folder: &Path, place: &str) -> Option<PathBuf> {
    let path = folder.join(REPORT);
    let report = format!(
        "sohoi {}\n{place}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        Backtrace::force_capture()
    );
    std::fs::write(&path, report).ok()?;
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_the_place_and_no_more_of_the_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = write_report(folder.path(), "src/cli/list.rs:7:3").unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        assert!(
            text.starts_with("sohoi ") && text.contains("src/cli/list.rs:7:3"),
            "{text}"
        );
        assert_eq!(write_report(&folder.path().join("none"), "x"), None);
    }
}
