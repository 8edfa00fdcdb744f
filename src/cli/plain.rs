//! `sohoi --plain`: the program line by line, on standard input and output.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use super::failure::Failure;
use super::{Ending, crash, data_folder, log, tell};
use crate::domain::text::Lang;
use crate::store::Store;
use crate::store::probe::Probe;
use crate::ui::plain::{Desk, Stop, run};
use crate::ui::run::own_files;

/// Opens the logbook in force and talks until the officer leaves; tells on standard error why it could not.
pub fn plain(data: Option<PathBuf>, lang: Option<Lang>) -> Ending {
    let done = data_folder(data).and_then(|folder| {
        let report = folder.is_dir().then(|| folder.clone());
        crash::guarded(report, || talk(folder, lang)).unwrap_or(Err(Failure::Partly))
    });
    match done {
        Ok(()) => Ending::Done,
        Err(failure) if failure.is_broken_pipe() => Ending::Done,
        Err(failure) => {
            failure.tell(lang.unwrap_or_default());
            Ending::Failed
        }
    }
}

fn talk(folder: PathBuf, lang: Option<Lang>) -> Result<(), Failure> {
    let (store, opened) = Store::open_with(&folder, &Probe::this_program(), &mut |_| {})?;
    log::begin(&folder);
    let store = Arc::new(store);
    let (mut desk, notes) = Desk::new(Arc::clone(&store), lang, own_files(folder));
    let lang = lang.or(store.settings().lang).unwrap_or_default();
    for note in opened.notes.iter().chain(&notes) {
        tell(lang, note);
    }
    let talked = catch_unwind(AssertUnwindSafe(|| {
        run(&mut desk, io::stdin().lock(), io::stdout().lock())
    }));
    // What was saved is on the disk already; this spares the next opening the replay.
    store.close()?;
    match talked {
        Ok(Ok(()) | Err(Stop::Ended)) => Ok(()),
        Ok(Err(Stop::Lost(error))) => Err(Failure::Output(error)),
        Ok(Err(Stop::Store(error))) => Err(Failure::Store(error)),
        // The report is written and told.
        Err(_) => Err(Failure::Partly),
    }
}
