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
    /// Kiểu gõ: telex, telex-simple, vni, viqr ¦ the built-in typing method
    #[arg(long, value_parser = METHODS, default_value = "telex")]
    pub method: String,
    /// Đặt dấu kiểu cũ (hòa) hay mới (hoà) ¦ old or new tone placement
    #[arg(long, value_enum, default_value = "old")]
    pub tone: Tone,
    /// Trả lại phím cho từ không phải tiếng Việt khi hết từ ¦ restore words that are no Vietnamese at their end
    #[arg(long, value_enum, default_value = "off")]
    pub restore: Switch,
    /// [ ] gõ ra ơ ư ¦ brackets type ơ and ư
    #[arg(long, value_enum, default_value = "off")]
    pub brackets: Switch,
    /// Tệp kiểu gõ riêng, thay cho --method ¦ a typing method of your own
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

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        options: TypeArgs,
    }

    fn typed(arguments: &str, input: &str) -> io::Result<String> {
        let options = Command::parse_from(std::iter::once("type").chain(arguments.split_whitespace())).options;
        let mut out = Vec::new();
        run(input.as_bytes(), &mut out, &options)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn as_many_lines_come_out_as_went_in_and_the_end_of_a_line_is_no_key() {
        assert_eq!(
            typed("", "tieengs\n\nwindows\r\nhoaf").unwrap(),
            "tiếng\n\nưindows\nhòa\n"
        );
        assert_eq!(
            typed("--restore on", "windows\nwindows \n").unwrap(),
            "ưindows\nwindows \n"
        );
        assert_eq!(typed("", "").unwrap(), "");
    }

    #[test]
    fn every_option_has_its_effect() {
        assert_eq!(
            typed("--method vni --tone new", "hoa2 d9u7o7c5⌫\n").unwrap(),
            "hoà đượ\n"
        );
        assert_eq!(typed("--brackets on", "ng][if\n").unwrap(), "người\n");
        assert_eq!(typed("--method telex-simple", "w tw tuw [\n").unwrap(), "w tw tư [\n");
        assert_eq!(typed("--method viqr", "Vie^.t\n").unwrap(), "Việt\n");
    }

    #[test]
    fn an_own_method_is_read_or_refused_line_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        let source = include_str!("../../keymaps/typing/vni.toml");
        std::fs::write(&path, source.replace("1 = \"sắc\"", "\"/\" = \"sắc\"")).unwrap();
        let arguments = format!("--file {}", path.display());
        assert_eq!(typed(&arguments, "tie6ng/\n").unwrap(), "tiếng\n");
        std::fs::write(&path, source.replace("1 = \"sắc\"", "1 = \"acute\"")).unwrap();
        let error = typed(&arguments, "a\n").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        assert!(error.to_string().contains("own.toml:6: "), "{error}");
        assert!(typed("--file /nowhere/own.toml", "").is_err());
    }
}
