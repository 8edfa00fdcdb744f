//! The command line in the language asked for: help, headings, and what is said about a line that cannot be read.
//!
//! Help texts hold both languages, parted by `¦`, so that one place defines a flag. The language must be known before
//! the line is read, so it is looked for by itself first.

use std::ffi::OsString;
use std::io::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, Error, FromArgMatches};

use super::Cli;
use crate::domain::text::{Lang, Text};

/// What parts the two languages of a help text.
const PARTING: char = '¦';

/// The language that a command line asks for, whether or not the rest of it can be read.
pub fn language_asked(words: &[OsString]) -> Option<Lang> {
    let mut words = words.iter();
    let mut asked = None;
    while let Some(word) = words.next().and_then(|word| word.to_str()) {
        if word == "--lang" {
            asked = words
                .next()
                .and_then(|word| word.to_str())
                .and_then(Lang::parse)
                .or(asked);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            asked = Lang::parse(value).or(asked);
        }
    }
    asked
}

/// Reads a command line. `Err` gives the exit code, after help or the fault has been printed.
///
/// # Errors
/// 0 where help or the version was asked for, 2 where a word is wrong.
pub fn parse(words: &[OsString]) -> Result<Cli, u8> {
    let lang = language_asked(words).unwrap_or_default();
    let read = command(lang)
        .try_get_matches_from(words)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    read.map_err(|error| {
        if !error.use_stderr() {
            // A reader that went away has read enough.
            let _ = error.print();
            return 0;
        }
        let told = match lang {
            Lang::Vi => in_vietnamese(&error).unwrap_or_else(|| error.to_string()),
            Lang::En => error.to_string(),
        };
        let _ = write!(std::io::stderr(), "{told}");
        2
    })
}

/// The definition of the command line, with its help in one language.
pub fn command(lang: Lang) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .global(true)
        .help(Text::new("In hướng dẫn này", "Print this help").get(lang));
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(Text::new("In số phiên bản", "Print the version").get(lang));
    let command = Cli::command()
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(help)
        .arg(version);
    localized(command, lang)
}

/// Keeps one language of every help text below a command.
fn localized(command: Command, lang: Lang) -> Command {
    let usage = Text::new("Cách dùng:", "Usage:").get(lang);
    let template = format!("{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n");
    let about = command.get_about().map(|about| half(about, lang));
    let long_about = command.get_long_about().map(|about| half(about, lang));
    let after = command.get_after_help().map(|after| half(after, lang));
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(Text::new("Lệnh", "Commands").get(lang))
        .subcommand_value_name(Text::new("LỆNH", "COMMAND").get(lang))
        .mut_args(|arg| {
            let help = arg.get_help().map(|help| half(help, lang));
            let heading = if arg.is_positional() {
                Text::new("Tham số", "Arguments")
            } else {
                Text::new("Tùy chọn", "Options")
            };
            let arg = arg.help_heading(heading.get(lang));
            // What a value may be stands in the help text, in both languages.
            let arg = match arg.get_action().takes_values() {
                true => arg.hide_default_value(true).hide_possible_values(true),
                false => arg,
            };
            match help {
                Some(help) => arg.help(help),
                None => arg,
            }
        })
        .mut_subcommands(|command| localized(command, lang));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    match after {
        Some(after) => command.after_help(after),
        None => command,
    }
}

fn half(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    let half = match (text.split_once(PARTING), lang) {
        (Some((vi, _)), Lang::Vi) => vi,
        (Some((_, en)), Lang::En) => en,
        (None, _) => &text,
    };
    half.trim().to_string()
}

/// What is wrong with a command line, in Vietnamese; none for the rare faults that have no words of their own.
fn in_vietnamese(error: &Error) -> Option<String> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let word = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn hoặc tham số \"{word}\""),
        ErrorKind::InvalidSubcommand => {
            format!(
                "không có lệnh \"{}\"",
                text(ContextKind::InvalidSubcommand).unwrap_or_default()
            )
        }
        ErrorKind::MissingRequiredArgument => format!("còn thiếu: {word}"),
        ErrorKind::MissingSubcommand => "còn thiếu tên lệnh".to_string(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{word} cần có giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("\"{value}\" không dùng được cho {word}"),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(other) if other != word => format!("{word} không dùng cùng với {other}"),
            _ => format!("{word} chỉ dùng được một lần"),
        },
        ErrorKind::TooManyValues => format!("thừa giá trị \"{value}\" cho {word}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{word} thiếu giá trị"),
        ErrorKind::InvalidUtf8 => "có chữ không phải Unicode".to_string(),
        _ => return None,
    };
    let mut told = format!("lỗi: {what}\n");
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    if let Some(near) = near.into_iter().find_map(text) {
        told.push_str(&format!("  có phải là: {near}\n"));
    } else if let Some(valid) = text(ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        told.push_str(&format!("  các giá trị: {valid}\n"));
    }
    told.push_str("Xem: sohoi --help\n");
    Some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str]) -> Vec<OsString> {
        let words = std::iter::once("sohoi").chain(words.iter().copied());
        words.map(OsString::from).collect()
    }

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        command(Lang::Vi).debug_assert();
    }

    #[test]
    fn every_help_text_has_both_languages() {
        fn walk(command: &Command, path: &str) {
            let missing = |text: Option<&StyledStr>| text.is_some_and(|text| !text.to_string().contains(PARTING));
            assert!(!missing(command.get_about()), "{path}");
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some() && !missing(arg.get_help()),
                    "{path} {}",
                    arg.get_id()
                );
            }
            for sub in command.get_subcommands() {
                walk(sub, &format!("{path} {}", sub.get_name()));
            }
        }
        walk(&Cli::command(), "sohoi");
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        assert_eq!(
            language_asked(&line(&["list", "--lang", "en", "visit"])),
            Some(Lang::En)
        );
        assert_eq!(language_asked(&line(&["--lang=vi", "--nonsense"])), Some(Lang::Vi));
        assert_eq!(language_asked(&line(&["list", "visit"])), None);
    }

    #[test]
    fn data_and_language_may_stand_anywhere() {
        for words in [
            ["--data", "D", "list", "visit"],
            ["list", "--data", "D", "visit"],
            ["list", "visit", "--data", "D"],
        ] {
            assert_eq!(parse(&line(&words)).unwrap().data, Some("D".into()));
        }
    }

    #[test]
    fn a_wrong_word_is_told_in_vietnamese_with_the_word_meant() {
        let fault = |words: &[&str]| {
            let error = command(Lang::Vi).try_get_matches_from(line(words)).unwrap_err();
            in_vietnamese(&error).unwrap()
        };
        assert!(fault(&["lst", "visit"]).contains("không có lệnh \"lst\"\n  có phải là: list"));
        assert!(fault(&["list"]).contains("còn thiếu: <KIND>"));
        assert!(fault(&["list", "visit", "--format", "pdf"]).contains("\"pdf\" không dùng được"));
        assert!(fault(&["list", "visit", "--colour"]).contains("\"--colour\""));
        assert!(fault(&["edit", "x", "members"]).contains("members"));
    }
}
