//! Typing Vietnamese, as a whole: the corpus of keystrokes and what they must give.

use sohoi::vietnamese::syllable::ToneStyle;
use sohoi::vietnamese::typing::{Brackets, Engine, Method, Restore, Settings};

/// Types keys into an empty text; `⌫` is Backspace.
fn type_keys(method: &str, settings: &Settings, keys: &str) -> String {
    let mut engine = Engine::new(Method::builtin(method).unwrap(), settings.clone());
    let mut text = String::new();
    for key in keys.chars() {
        let edit = if key == '⌫' {
            engine.backspace()
        } else {
            engine.key(key)
        };
        edit.apply(&mut text);
    }
    text
}

#[test]
fn every_line_of_the_corpus_comes_out_as_expected() {
    let corpus = include_str!("data/typing_corpus.tsv");
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in corpus.lines().filter(|line| !line.starts_with("# ")) {
        let [method, tone, setting, keys, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}");
        };
        let settings = Settings {
            tone_style: if tone == "new" { ToneStyle::New } else { ToneStyle::Old },
            restore: if setting == "restore" {
                Restore::On
            } else {
                Restore::Off
            },
            brackets: if setting == "brackets" {
                Brackets::On
            } else {
                Brackets::Off
            },
            ..Settings::default()
        };
        let typed = type_keys(method, &settings, keys);
        lines += 1;
        if typed != expected {
            wrong.push(format!("{method} {tone} {keys:?}: {typed:?}, expected {expected:?}"));
        }
    }
    assert!(lines > 17_000, "{lines}");
    assert!(wrong.is_empty(), "{} of {lines}\n{}", wrong.len(), wrong.join("\n"));
}
