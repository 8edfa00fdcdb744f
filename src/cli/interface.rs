//! Without a subcommand: the interface.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::failure::Failure;
use super::{Ending, data_folder, log};
use crate::domain::text::Lang;
use crate::ui::run::{Start, run};

/// Opens the interface over the data folder in force, and tells on standard error why it could not.
pub fn interface(data: Option<PathBuf>, lang: Option<Lang>) -> Ending {
    // A panic has told the officer already, and left its report.
    catch_unwind(AssertUnwindSafe(|| open(data, lang))).unwrap_or(Ending::Failed)
}

fn open(data: Option<PathBuf>, lang: Option<Lang>) -> Ending {
    let done = data_folder(data).and_then(|folder| {
        let start = Start {
            folder,
            lang,
            when_open: log::begin,
        };
        run(start).map_err(|why| Failure::Refused(vec![why]))
    });
    match done {
        Ok(_) => Ending::Done,
        Err(failure) => {
            failure.tell(lang.unwrap_or_default());
            Ending::Failed
        }
    }
}
