//! Typing methods as data: which key gives which mark, tone or letter.
//!
//! A method is a small TOML file; the built-in ones stand in `keymaps/typing/`, an officer's own has the same form:
//!
//! ```toml
//! name = "telex"
//! label = "Telex"
//! [keys]
//! a = "â"                 # a mark: â, put on an a of the word
//! w = ["ă ơ ư", "+ư"]     # tried in order: a mark on a, o or u; else a letter of its own
//! s = "sắc"               # a tone
//! z = "ngang"             # takes the tone away
//! [brackets]              # only with the brackets setting on
//! "[" = "+ơ"
//! ```
//!
//! `escape` makes the next key a plain letter. A file is checked as a whole: each fault has its line and its reason.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use toml::Spanned;

use crate::arrange::Arrange;
use crate::vietnamese::syllable::{Letter, Mark, Tone, lower_case, upper_case};

/// The names of the built-in methods.
pub const METHODS: [&str; 4] = ["telex", "telex-simple", "vni", "viqr"];

const SOURCES: [(&str, &str); 4] = [
    ("telex", include_str!("../../../keymaps/typing/telex.toml")),
    (
        "telex-simple",
        include_str!("../../../keymaps/typing/telex-simple.toml"),
    ),
    ("vni", include_str!("../../../keymaps/typing/vni.toml")),
    ("viqr", include_str!("../../../keymaps/typing/viqr.toml")),
];

/// What a key does; a key may have several, tried in order until one applies. When none does it is a plain letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Turn a letter of the word into one of these.
    Mark(Vec<Letter>),
    /// Give the word this tone; `Ngang` takes its tone away.
    Tone(Tone),
    /// Add this letter.
    Letter(Letter),
    /// Make the next key a plain letter.
    Escape,
}

#[derive(Clone, Debug, Default)]
struct Binding {
    actions: Vec<Action>,
    needs_brackets: bool,
}

#[derive(Debug)]
struct Inner {
    name: String,
    label: String,
    /// By ASCII code.
    keys: Vec<Binding>,
}

/// A checked typing method. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Method(Arc<Inner>);

/// What is wrong with a file of the officer's own, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub vi: String,
    pub en: String,
}

/// A fault of a file and the line it is on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub reason: Reason,
}

impl Fault {
    pub(super) fn new(line: usize, vi: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault {
            line,
            reason: Reason {
                vi: vi.into(),
                en: en.into(),
            },
        }
    }

    /// A syntax error of TOML itself, in the first line of the parser's own words.
    pub(super) fn syntax(source: &str, error: &toml::de::Error) -> Fault {
        let line = error.span().map_or(1, |span| line_at(source, span.start));
        let what = error.message().lines().next().unwrap_or_default();
        Fault::new(
            line,
            format!("không đọc được dòng này: {what}"),
            format!("this line cannot be read: {what}"),
        )
    }
}

pub(super) fn line_at(source: &str, offset: usize) -> usize {
    source.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    label: String,
    keys: Spanned<Keys>,
    #[serde(default)]
    brackets: Keys,
}

type Keys = BTreeMap<Spanned<String>, OneOrMore>;

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn words(&self) -> &[String] {
        match self {
            OneOrMore::One(one) => std::slice::from_ref(one),
            OneOrMore::More(more) => more,
        }
    }
}

impl Method {
    /// The built-in method of that name (see [`METHODS`]).
    pub fn builtin(name: &str) -> Option<Method> {
        static BUILTIN: OnceLock<Vec<Method>> = OnceLock::new();
        let methods = BUILTIN.get_or_init(|| {
            let parse =
                |(_, source): &(&str, &str)| Method::parse(source).expect("a test parses every built-in method");
            SOURCES.iter().map(parse).collect()
        });
        methods.iter().find(|method| method.name() == name).cloned()
    }

    /// Reads and checks a method. All faults are told at once.
    pub fn parse(source: &str) -> Result<Method, Vec<Fault>> {
        let file: File = toml::from_str(source).map_err(|error| vec![Fault::syntax(source, &error)])?;
        let mut faults = Vec::new();
        let mut keys: Vec<Binding> = vec![Binding::default(); 128];
        let ordinary = file.keys.get_ref().iter().map(|entry| (entry, false));
        for ((key, actions), needs_brackets) in ordinary.chain(file.brackets.iter().map(|entry| (entry, true))) {
            let line = line_at(source, key.span().start);
            match (key_code(key.get_ref(), line), read_actions(actions, line)) {
                (Ok(code), Ok(actions)) if keys[code].actions.is_empty() => {
                    keys[code] = Binding {
                        actions,
                        needs_brackets,
                    };
                }
                (Ok(_), Ok(_)) => faults.push(Fault::new(
                    line,
                    format!("phím {} được đặt hai lần", key.get_ref()),
                    format!("the key {} is set twice", key.get_ref()),
                )),
                (code, actions) => faults.extend([code.err(), actions.err()].into_iter().flatten()),
            }
        }
        let keys_line = line_at(source, file.keys.span().start);
        faults.extend(missing(&keys).into_iter().map(|what| {
            Fault::new(
                keys_line,
                format!("không có phím nào gõ {what}"),
                format!("no key gives {what}"),
            )
        }));
        faults.arrange_by_key(|fault| fault.line);
        if faults.is_empty() {
            let label = if file.label.is_empty() {
                file.name.clone()
            } else {
                file.label
            };
            Ok(Method(Arc::new(Inner {
                name: file.name,
                label,
                keys,
            })))
        } else {
            Err(faults)
        }
    }

    /// Its short name, as on the command line.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name for people, as in the top line: `Telex`, `VNI`.
    pub fn label(&self) -> &str {
        &self.0.label
    }

    /// What a key does. Letters act the same in both cases.
    pub(super) fn actions(&self, key: char, brackets: super::Brackets) -> &[Action] {
        let Some(binding) = self.0.keys.get(key.to_ascii_lowercase() as usize) else {
            return &[];
        };
        if binding.needs_brackets && brackets == super::Brackets::Off {
            &[]
        } else {
            &binding.actions
        }
    }
}

/// A key is one visible ASCII character, a letter in lower case.
fn key_code(key: &str, line: usize) -> Result<usize, Fault> {
    match key.as_bytes() {
        [byte] if byte.is_ascii_graphic() && !byte.is_ascii_uppercase() => Ok(usize::from(*byte)),
        _ => Err(Fault::new(
            line,
            format!("phím «{key}» phải là một ký tự thấy được, chữ thì viết thường"),
            format!("the key “{key}” must be one visible ASCII character, a letter in lower case"),
        )),
    }
}

fn read_actions(words: &OneOrMore, line: usize) -> Result<Vec<Action>, Fault> {
    let actions: Vec<Action> = words
        .words()
        .iter()
        .map(|word| read_action(word, line))
        .collect::<Result<_, _>>()?;
    if actions.is_empty() {
        return Err(Fault::new(
            line,
            "phím không có việc gì để làm",
            "the key has nothing to do",
        ));
    }
    Ok(actions)
}

fn read_action(word: &str, line: usize) -> Result<Action, Fault> {
    if word == "escape" {
        return Ok(Action::Escape);
    }
    if let Some(tone) = Tone::from_name(word) {
        return Ok(Action::Tone(tone));
    }
    let unknown = || {
        Fault::new(
            line,
            format!("«{word}» không phải dấu hay chữ: dùng â ê ô ă ơ ư đ, sắc huyền hỏi ngã nặng ngang, +ư, escape"),
            format!("“{word}” is no mark or letter: use â ê ô ă ơ ư đ, sắc huyền hỏi ngã nặng ngang, +ư, escape"),
        )
    };
    let marked = |text: &str| {
        let mut chars = text.chars();
        match (chars.next().map(Letter::parse), chars.next()) {
            (Some((letter, Tone::Ngang)), None) if letter.mark != Mark::None => Ok(letter),
            _ => Err(unknown()),
        }
    };
    if let Some(letter) = word.strip_prefix('+') {
        return marked(&letter.chars().map(lower_case).collect::<String>()).map(Action::Letter);
    }
    let letters: Vec<Letter> = word.split_whitespace().map(marked).collect::<Result<_, _>>()?;
    if letters.is_empty() {
        Err(unknown())
    } else {
        Ok(Action::Mark(letters))
    }
}

/// The tones and marked letters that no key of the method gives: with one missing, Vietnamese cannot be written.
fn missing(keys: &[Binding]) -> Vec<String> {
    let actions = || keys.iter().flat_map(|binding| &binding.actions);
    let tones = Tone::ALL
        .into_iter()
        .skip(1)
        .filter(|&tone| !actions().any(|action| *action == Action::Tone(tone)));
    let letters = "âêôăơưđ".chars().filter(|&c| {
        let letter = Letter::parse(c).0;
        !actions().any(|action| matches!(action, Action::Mark(targets) if targets.contains(&letter)))
    });
    tones
        .map(|tone| tone.name().to_owned())
        .chain(letters.map(|c| c.to_string()))
        .collect()
}

/// The case of a key: `{` and `}` are the shifted `[` and `]`, so they give capitals as a capital letter does.
pub(super) fn is_capital_key(key: char) -> bool {
    matches!(key, '{' | '}') || (key.is_uppercase() && lower_case(key) != key && upper_case(key) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_method_is_sound() {
        for (name, source) in SOURCES {
            let method = Method::parse(source).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
            assert_eq!(method.name(), name);
            assert!(METHODS.contains(&name) && Method::builtin(name).is_some());
            assert!(!method.label().is_empty());
        }
        assert!(Method::builtin("morse").is_none());
    }

    #[test]
    fn a_wrong_file_is_told_line_by_line() {
        let source = SOURCES[2]
            .1
            .replace("1 = \"sắc\"", "1 = \"sac\"")
            .replace("9 = \"đ\"", "10 = \"đ\"");
        let faults = Method::parse(&source).unwrap_err();
        let line = |text: &str| source.lines().position(|line| line.starts_with(text)).unwrap() + 1;
        assert!(
            faults
                .iter()
                .any(|fault| fault.line == line("1 =") && fault.reason.en.contains("sac")),
            "{faults:?}"
        );
        assert!(
            faults
                .iter()
                .any(|fault| fault.line == line("10 =") && fault.reason.vi.contains("10")),
            "{faults:?}"
        );
        assert!(
            faults.iter().any(|fault| fault.reason.en == "no key gives sắc"),
            "{faults:?}"
        );
        assert!(
            faults.iter().any(|fault| fault.reason.en == "no key gives đ"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_file_that_is_no_toml_says_where() {
        let faults = Method::parse("name = \"x\"\n[keys]\na = \n").unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, 3));
    }
}
