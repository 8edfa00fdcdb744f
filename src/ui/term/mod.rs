//! The terminal: taken over for the interface, and given back on every way out, a panic included.

pub mod capability;
#[cfg(windows)]
mod closing;
pub mod event;
pub mod out;

use crate::domain::settings::Settings;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::ResetColor;
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, terminal};
use std::io::{self, Stdout, Write};
use std::path::PathBuf;

/// Whether the mouse is listened to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseUse {
    /// Clicks and wheel reach the program; the terminal's own selection needs Shift.
    On,
    /// The terminal keeps the mouse.
    #[default]
    Off,
}

impl MouseUse {
    /// As the officer chose; off where nothing was chosen.
    pub fn of(settings: &Settings) -> MouseUse {
        match settings.mouse {
            Some(true) => MouseUse::On,
            _ => MouseUse::Off,
        }
    }
}

/// The terminal while the interface has it. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste where there is one.
    ///
    /// # Errors
    /// No terminal, or one that cannot be written to; it is left as it was.
    pub fn begin(mouse: MouseUse) -> io::Result<Session> {
        terminal::enable_raw_mode()?;
        let session = Session(());
        // This also lets the console understand what is written to it; one older than Windows 10 cannot.
        #[cfg(windows)]
        if !crossterm::ansi_support::supports_ansi() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut out = io::stdout();
        // The bare console has no other screen: what stands there would show through.
        execute!(out, EnterAlternateScreen, Clear(ClearType::All), cursor::Hide)?;
        // Old Windows consoles know neither; typing and pasting work without.
        let _ = execute!(out, EnableBracketedPaste);
        if mouse == MouseUse::On {
            let _ = execute!(out, EnableMouseCapture);
        }
        Ok(session)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back(&mut io::stdout());
    }
}

/// Gives the terminal back; may be done twice. Nothing can be done about a terminal that is gone.
fn give_back(out: &mut Stdout) {
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste);
    let _ = execute!(out, ResetColor, LeaveAlternateScreen, cursor::Show);
    let _ = terminal::disable_raw_mode();
    let _ = out.flush();
}

/// Makes a panic of the interface's own thread give the terminal back and write a report file into `folder`; a panic
/// on another thread only goes to the log, for its work is reported where it was asked for.
///
/// The report has the place of the panic, never its reason: that may quote a record.
pub fn watch_for_panics(folder: PathBuf) {
    let interface = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "panic");
        if std::thread::current().id() != interface {
            return;
        }
        give_back(&mut io::stdout());
        let file = folder.join("sohoi-loi.txt");
        let report = format!(
            "sohoi {}\n{place}\n\n{}\n",
            env!("CARGO_PKG_VERSION"),
            std::backtrace::Backtrace::force_capture()
        );
        let kept = std::fs::write(&file, report).is_ok();
        let mut err = io::stderr();
        let _ = writeln!(
            err,
            "Sổ Hội gặp lỗi và phải dừng. Điều đã lưu và bản nháp được giữ; hãy mở lại chương trình."
        );
        let _ = writeln!(
            err,
            "Sổ Hội met an error and had to stop. What was saved and drafts are kept; open it again."
        );
        if kept {
            let _ = writeln!(err, "{}", file.display());
        }
    }));
}
