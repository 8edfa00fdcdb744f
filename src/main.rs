//! The program's entry: the arguments are parsed, then the command line or the interface takes over.
//!
//! The only place with `anyhow`: whatever comes up to here ends the program, in words and with an exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use sohoi::cli::{self, Cli, Ending};
use sohoi::domain::text::Lang;

fn main() -> ExitCode {
    // First of all, and before anything is read or written: this may be the child that only looks into a folder.
    sohoi::store::probe::probe_if_asked();
    sohoi::memory::keep_little();
    let words: Vec<OsString> = std::env::args_os().collect();
    match cli::parse(&words) {
        Ok(cli) => run(cli),
        Err(code) => ExitCode::from(code),
    }
}

fn run(cli: Cli) -> ExitCode {
    let lang = cli.lang.map(Lang::from);
    match cli.command {
        Some(command) => {
            let folder = cli::data_folder(cli.data.clone()).ok().filter(|folder| folder.is_dir());
            match cli::crash::guarded(folder, || cli::run(&command, cli.data.clone(), lang)) {
                Some(Ending::Done) => match command.opens(cli.data) {
                    Some(folder) => code(cli::interface(Some(folder), lang)),
                    None => ExitCode::SUCCESS,
                },
                Some(Ending::Failed) | None => ExitCode::FAILURE,
            }
        }
        None if cli.plain => code(cli::plain(cli.data, lang)),
        None => code(cli::interface(cli.data, lang)),
    }
}

fn code(ending: Ending) -> ExitCode {
    match ending {
        Ending::Done => ExitCode::SUCCESS,
        Ending::Failed => ExitCode::FAILURE,
    }
}
