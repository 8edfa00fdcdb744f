//! `sohoi completions` and `sohoi man`: made from the same definition that the command line is read by.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::Shell;

use super::failure::Failure;
use super::near::near;
use super::{Answer, words};
use crate::domain::text::Lang;

/// The words after `sohoi completions`.
#[derive(Args, Clone, Debug)]
pub struct CompletionsArgs {
    /// Shell cần dùng ¦ the shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// The words after `sohoi man`.
#[derive(Args, Clone, Debug)]
pub struct ManArgs {
    /// Lệnh cần xem; nếu không: trang chung ¦ the subcommand; else the page of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Prints the completions for a shell.
///
/// # Errors
/// Standard output's.
pub fn completions(args: &CompletionsArgs, lang: Lang, out: &mut Answer) -> Result<(), Failure> {
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut words::command(lang), "sohoi", &mut script);
    Ok(out.write_all(&script)?)
}

/// Prints a manual page.
///
/// # Errors
/// No such subcommand.
pub fn man(args: &ManArgs, lang: Lang, out: &mut Answer) -> Result<(), Failure> {
    let mut program = words::command(lang);
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => page_of(&program, name)?,
    };
    Ok(clap_mangen::Man::new(page).render(out)?)
}

fn page_of(program: &Command, name: &str) -> Result<Command, Failure> {
    let names = || program.get_subcommands().map(Command::get_name);
    match program.find_subcommand(name) {
        Some(found) => Ok(found.clone().name(format!("sohoi-{name}"))),
        None => {
            let near = near(name, names());
            let names = if near.is_empty() { names().collect() } else { near }.join(", ");
            Err(Failure::refused(
                format!("Không có lệnh \"{name}\". Các lệnh: {names}."),
                format!("There is no subcommand \"{name}\". Subcommands: {names}."),
            ))
        }
    }
}
