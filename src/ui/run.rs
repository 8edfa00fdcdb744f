//! The interface on the real terminal: settings first, then a screen, then the store on a thread.
//!
//! The first screen waits for nothing but the settings file; keys pressed before the store is open wait for it. The
//! terminal is given back, drafts are kept and the store is closed on every way out.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

use crate::domain::text::{Lang, Message};
use crate::store::probe::Probe;
use crate::store::{Store, settings};
use crate::ui::app::{App, Setup};
use crate::ui::look::OwnFiles;
use crate::ui::screen::home::Home;
use crate::ui::screen::{Notice, Progress, openers};
use crate::ui::term::capability::Capability;
use crate::ui::term::event::{Ending, Event};
use crate::ui::term::out::Out;
use crate::ui::term::{MouseUse, Session, event, watch_for_panics};

/// What the interface is opened with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The data folder; made where it is missing.
    pub folder: PathBuf,
    /// The language asked for; it stands above the one in the settings.
    pub lang: Option<Lang>,
    /// What is begun once the folder is ours: the log.
    pub when_open: fn(&Path),
}

/// Opens the interface and stays in it until the officer leaves or is made to.
///
/// # Errors
/// No terminal, or a store that cannot be opened (held by another program, of a newer version): in words for the
/// officer, to be told once the terminal is theirs again.
pub fn run(start: Start) -> Result<Ending, Message> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(no_terminal());
    }
    let mut notes = Vec::new();
    let settings = settings::load(&start.folder, &mut notes).map_err(|error| error.message())?;
    let is_first_start = settings.office.unit.is_none();
    let mouse = MouseUse::of(&settings);
    let opening = Progress::default();
    let setup = Setup {
        store: Arc::new(Store::memory()),
        settings,
        terminal: Capability::detect(),
        own_files: own_files(start.folder.clone()),
        first: Box::new(Home::new()),
        opener: openers::table(),
        opening: Some(opening.clone()),
        lang: start.lang,
        now: Instant::now,
    };
    watch_for_panics(start.folder.clone());
    let session = Session::begin(mouse).map_err(|_| no_terminal())?;
    let mut app = App::new(Out::new(io::stdout()), setup).map_err(|_| no_terminal())?;
    if let Some(screen) = openers::first_start().filter(|_| is_first_start) {
        app.show(screen);
    }
    for note in notes {
        app.tell(Notice::warning(note));
    }
    event::listen(&app.sender()).map_err(|_| no_thread())?;
    open_on_thread(start, opening, app.sender())?;
    // A terminal that can no longer be written to is gone: like a closed window.
    let ending = app.run().unwrap_or(Ending::HungUp);
    drop(session);
    if let Some(why) = app.refusal() {
        return Err(why.clone());
    }
    app.store().close().map_err(|error| error.message())?;
    Ok(ending)
}

/// Opens the store while the first screen stands already.
fn open_on_thread(start: Start, progress: Progress, events: Sender<Event>) -> Result<(), Message> {
    let open = move || {
        let opened = catch_unwind(AssertUnwindSafe(|| {
            Store::open_with(&start.folder, &Probe::this_program(), &mut |at| {
                progress.report(at.done, at.total);
            })
        }));
        let event = match opened {
            Ok(Ok((store, report))) => {
                (start.when_open)(&start.folder);
                let notes = report.notes.into_iter().chain(report.clock).collect();
                Event::Opened(Arc::new(store), notes)
            }
            Ok(Err(error)) => Event::Refused(error.message()),
            Err(_) => Event::Refused(not_readable()),
        };
        // Nobody listens once the officer has left.
        let _ = events.send(event);
    };
    match thread::Builder::new().name("store".into()).spawn(open) {
        Ok(_) => Ok(()),
        Err(_) => Err(no_thread()),
    }
}

/// The officer's own files in the data folder, by plain names: no path leads out of it.
pub fn own_files(folder: PathBuf) -> OwnFiles {
    Box::new(move |name| {
        let plain = Path::new(name).file_name().is_some_and(|file| file == name);
        plain.then(|| std::fs::read_to_string(folder.join(name)).ok()).flatten()
    })
}

fn no_terminal() -> Message {
    Message::new(
        "Sổ Hội cần một cửa sổ dòng lệnh để mở màn hình làm việc; ở đây không có. Dữ liệu không bị đụng đến. Hãy chạy sohoi trong cửa sổ dòng lệnh, chạy từng dòng một bằng sohoi --plain, hoặc dùng lệnh con (sohoi --help).",
        "Sổ Hội needs a terminal to open its interface, and there is none here. Your data were not touched. Run sohoi in a terminal, line by line with sohoi --plain, or use a subcommand (sohoi --help).",
    )
}

fn no_thread() -> Message {
    Message::new(
        "Máy không đủ bộ nhớ để mở Sổ Hội. Dữ liệu không bị đụng đến. Hãy đóng bớt chương trình rồi mở lại.",
        "The machine has too little memory to open Sổ Hội. Your data were not touched. Close some programs and open it again.",
    )
}

fn not_readable() -> Message {
    Message::new(
        "Không mở được sổ vì gặp lỗi khi đọc. Dữ liệu không bị thay đổi. Hãy chạy “sohoi check” để xem lỗi ở đâu.",
        "The logbook could not be opened: reading it met an error. Nothing was changed. Run “sohoi check” to see where.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_are_found_by_plain_names_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("data");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("keys.toml"), "x").unwrap();
        std::fs::write(folder.path().join("secret.toml"), "y").unwrap();
        let own = own_files(inner);
        assert_eq!(own("keys.toml").as_deref(), Some("x"));
        assert_eq!(own("none.toml"), None);
        assert_eq!(own("../secret.toml"), None);
        assert_eq!(own(""), None);
    }
}
