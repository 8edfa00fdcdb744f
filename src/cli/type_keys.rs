//! `sohoi type`: keystrokes in, composed text out, to try a typing method or check it against a list.
//!
//! Each line of the input is typed into an empty field; `⌫` is Backspace. The end of a line is no key, so nothing is
//! restored there. As many lines come out as went in.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::vietnamese::syllable::ToneStyle;
use crate::vietnamese::typing::{Brackets, Engine, METHODS, Method, Restore, Settings};

/// The key that stands for Backspace in the input.
const BACKSPACE: char = '⌫';

/// The words after `sohoi type`.
#[derive(Args, Clone, Debug)]
pub struct TypeArgs {
    /// Kiểu gõ: telex, telex-simple, vni, viqr (the built-in typing method)
    #[arg(long, value_parser = METHODS, default_value = "telex")]
    pub method: String,
    /// Đặt dấu kiểu cũ (hòa) hay mới (hoà) (old or new tone placement)
    #[arg(long, value_enum, default_value = "old")]
    pub tone: Tone,
    /// Trả lại phím cho từ không phải tiếng Việt khi hết từ (restore words that are no Vietnamese at their end)
    #[arg(long, value_enum, default_value = "off")]
    pub restore: Switch,
    /// [ ] gõ ra ơ ư (brackets type ơ and ư)
    #[arg(long, value_enum, default_value = "off")]
    pub brackets: Switch,
    /// Tệp kiểu gõ riêng, thay cho --method (a typing method of your own)
    #[arg(long, value_name = "METHOD.toml", conflicts_with = "method")]
    pub file: Option<PathBuf>,
}

/// `--tone`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tone {
    Old,
    New,
}

/// `on` or `off`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// Types every line of `input` and writes what it becomes to `out`. An own method that cannot be read or has faults is
/// an [`io::ErrorKind::InvalidInput`] with every fault's line and reason, before anything is written.
pub fn run(input: impl BufRead, mut out: impl Write, options: &TypeArgs) -> io::Result<()> {
    let method = method(options)?;
    let settings = Settings {
        tone_style: if options.tone == Tone::Old {
            ToneStyle::Old
        } else {
            ToneStyle::New
        },
        restore: if options.restore == Switch::On {
            Restore::On
        } else {
            Restore::Off
        },
        brackets: if options.brackets == Switch::On {
            Brackets::On
        } else {
            Brackets::Off
        },
        ..Settings::default()
    };
    let mut engine = Engine::new(method, settings);
    let mut text = String::new();
    for line in input.split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        engine.reset();
        text.clear();
        for key in line.trim_end_matches('\r').chars() {
            let edit = if key == BACKSPACE {
                engine.backspace()
            } else {
                engine.key(key)
            };
            edit.apply(&mut text);
        }
        writeln!(out, "{text}")?;
    }
    out.flush()
}

fn method(options: &TypeArgs) -> io::Result<Method> {
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidInput, message);
    let Some(path) = &options.file else {
        return Method::builtin(&options.method)
            .ok_or_else(|| invalid(format!("không có kiểu gõ «{}»", options.method)));
    };
    let source = std::fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Method::parse(&source).map_err(|faults| {
        let lines = faults.iter().map(|fault| {
            format!(
                "{}:{}: {} / {}",
                path.display(),
                fault.line,
                fault.reason.vi,
                fault.reason.en
            )
        });
        invalid(lines.collect::<Vec<_>>().join("\n"))
    })
}
