//! `sohoi keys`: the table of all keys, or what is wrong with a keymap file. Opens no store.

use crate::domain::text::Lang;
use crate::ui::keymap::load::Source;
use crate::ui::keymap::{Fault, Keymap, Shipped};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

/// The words after `sohoi keys`.
#[derive(Args, Clone, Debug, Default)]
pub struct KeysArgs {
    /// Kiểm tra một tệp phím và nói mọi lỗi của nó ¦ check a keymap file and name all its faults
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
    /// In bảng phím ở dạng Markdown ¦ print the table as Markdown
    #[arg(long)]
    pub markdown: bool,
    /// Bộ phím: default, vi, foxpro ¦ the shipped keymap to print
    #[arg(long, value_name = "NAME", value_parser = ["default", "vi", "foxpro"], default_value = "default")]
    pub map: String,
}

/// What `sohoi keys` found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to complain of.
    Fine,
    /// Faults, already written out; the program ends with 1.
    Faulty(Vec<Fault>),
}

/// Prints the table, or checks a file: each fault on a line of its own as `file:line: reason`.
///
/// # Errors
/// The file cannot be read, or nothing can be written.
pub fn run(args: &KeysArgs, lang: Lang, mut out: impl Write) -> io::Result<Verdict> {
    let Some(path) = &args.check else {
        let map = Keymap::shipped(Shipped::by_name(&args.map).unwrap_or_default());
        let table = if args.markdown {
            map.markdown(lang)
        } else {
            map.plain_table(lang)
        };
        out.write_all(table.as_bytes())?;
        return Ok(Verdict::Fine);
    };
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let name = path.display().to_string();
    match check(&name, &text) {
        Verdict::Fine => {
            let fine = match lang {
                Lang::Vi => "dùng được",
                Lang::En => "can be used",
            };
            writeln!(out, "{name}: {fine}")?;
            Ok(Verdict::Fine)
        }
        Verdict::Faulty(faults) => {
            for fault in &faults {
                writeln!(out, "{}", fault.describe(lang))?;
            }
            Ok(Verdict::Faulty(faults))
        }
    }
}

/// Checks a file's text, as the program does when it starts.
pub fn check(name: &str, text: &str) -> Verdict {
    // An editor on Windows may put a byte-order mark before the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match Keymap::check(Source { name, text }) {
        Ok(_) => Verdict::Fine,
        Err(faults) => Verdict::Faulty(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_named_with_file_line_and_reason() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("mine.toml");
        std::fs::write(&path, "[form]\nctrl-i = \"save\"\nctrl-e = \"sav\"\n").unwrap();
        let args = KeysArgs {
            check: Some(path),
            ..KeysArgs::default()
        };
        let mut out = Vec::new();
        let verdict = run(&args, Lang::En, &mut out).unwrap();
        let Verdict::Faulty(faults) = verdict else { panic!() };
        assert_eq!(faults.len(), 2);
        let said = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert!(
            lines[0].ends_with("mine.toml:2: no terminal can tell ctrl-i from Tab"),
            "{}",
            lines[0]
        );
        assert!(
            lines[1].contains("mine.toml:3: there is no action \"sav\"; did you mean save"),
            "{}",
            lines[1]
        );
    }

    #[test]
    fn the_table_is_printed_plain_or_as_markdown() {
        let mut args = KeysArgs {
            map: "default".into(),
            ..KeysArgs::default()
        };
        let mut out = Vec::new();
        run(&args, Lang::Vi, &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("^S, Alt-S"));
        args.markdown = true;
        let mut out = Vec::new();
        run(&args, Lang::Vi, &mut out).unwrap();
        assert!(
            String::from_utf8(out)
                .unwrap()
                .contains("| `^S` · `Alt-S` | Lưu phiếu đang nhập | `save` |")
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        assert_eq!(check("x", "\u{feff}[form]\nf6 = \"save\"\n"), Verdict::Fine);
    }
}
