//! The officer's choices, as the interface needs them: settings and terminal made into keymap, typing, colours, words.
//!
//! A setting that cannot be followed (a keymap with faults, a method that is not there) never stops the program: the
//! shipped one stands in, and the officer is told everything that is wrong.

use crate::domain::settings::{Settings, Typing};
use crate::domain::text::{Lang, Message};
use crate::ui::keymap::load::Source;
use crate::ui::keymap::{Keymap, Shipped};
use crate::ui::screen::{Notice, TypingState};
use crate::ui::term::capability::Capability;
use crate::ui::theme::{Depth, Palette, Theme};
use crate::vietnamese::syllable::ToneStyle;
use crate::vietnamese::typing;
use std::sync::Arc;

/// The officer's choices that screens depend on.
#[derive(Clone, Debug, Default)]
pub struct Prefs {
    /// The language of the interface.
    pub lang: Lang,
    /// The built-in typing.
    pub typing: TypingPrefs,
    /// What stands at the right end of the top line: the officer's name.
    pub officer: String,
}

/// The built-in typing as chosen.
#[derive(Clone, Debug)]
pub struct TypingPrefs {
    /// Whether it composes at all: `On` or `Off`.
    pub state: TypingState,
    /// The method.
    pub method: typing::Method,
    /// Tone style, restoring, abbreviations. A change is a new `Arc`: by it fields know that something changed.
    pub settings: Arc<typing::Settings>,
}

impl TypingPrefs {
    /// A built-in method, with the usual settings.
    pub fn of(method: &str) -> Option<TypingPrefs> {
        let method = typing::Method::builtin(method)?;
        Some(TypingPrefs {
            state: TypingState::On,
            method,
            settings: Arc::default(),
        })
    }

    /// The same without abbreviations: "HTX" and initials in a name are none.
    pub fn spelled_out(&self) -> TypingPrefs {
        let settings = typing::Settings {
            abbreviations: typing::Abbreviations::default(),
            ..self.settings.as_ref().clone()
        };
        TypingPrefs {
            settings: Arc::new(settings),
            ..self.clone()
        }
    }
}

impl Default for TypingPrefs {
    fn default() -> Self {
        TypingPrefs::of("telex").expect("Telex is built in")
    }
}

/// The officer's own files, by the name that a setting gives them; `None` where there is none.
pub type OwnFiles = Box<dyn Fn(&str) -> Option<String>>;

/// How the interface looks and answers.
pub struct Look {
    /// The keys.
    pub keymap: Keymap,
    /// What screens depend on.
    pub prefs: Prefs,
    /// Colours and signs.
    pub theme: Theme,
    /// What could not be followed, and why.
    pub notices: Vec<Notice>,
}

impl Look {
    /// From the settings, for a terminal, with the officer's own files (`keys.toml`, a typing method).
    pub fn new(settings: &Settings, terminal: Capability, own: &OwnFiles) -> Look {
        let mut notices = Vec::new();
        let keymap = keymap(settings, own, &mut notices);
        let prefs = Prefs {
            lang: settings.lang.unwrap_or_default(),
            typing: typing_prefs(&settings.typing, own, &mut notices),
            officer: settings.office.officer.clone().unwrap_or_default(),
        };
        Look {
            keymap,
            prefs,
            theme: theme(settings.theme.as_deref(), terminal),
            notices,
        }
    }
}

/// The name under which the officer's own keys are looked for when the setting names a shipped keymap.
pub const OWN_KEYS: &str = "keys.toml";

fn keymap(settings: &Settings, own: &OwnFiles, notices: &mut Vec<Notice>) -> Keymap {
    let name = settings.keymap.as_deref().unwrap_or(Shipped::Default.id());
    let (chosen, file) = match Shipped::by_name(name) {
        Some(shipped) => (shipped, OWN_KEYS),
        None => (Shipped::Default, name),
    };
    let text = own(file);
    if text.is_none() && file != OWN_KEYS {
        notices.push(Notice::bad(Message::new(
            format!("Không có tệp phím {file}; đang dùng các phím mặc định. Hãy chọn lại trong Cài đặt."),
            format!("There is no keymap file {file}; the default keys are on. Choose again in Settings."),
        )));
    }
    let (keymap, faults) = Keymap::load(chosen, text.as_deref().map(|text| Source { name: file, text }));
    if !faults.is_empty() {
        let list = |lang| {
            faults
                .iter()
                .map(|fault| fault.describe(lang))
                .collect::<Vec<_>>()
                .join("\n")
        };
        notices.push(Notice::bad(Message::new(
            format!(
                "Tệp phím {file} có {} lỗi nên chưa được dùng; các phím mặc định vẫn chạy.\n{}",
                faults.len(),
                list(Lang::Vi)
            ),
            format!(
                "The keymap file {file} has {} faults and is not used; the default keys are on.\n{}",
                faults.len(),
                list(Lang::En)
            ),
        )));
    }
    keymap
}

fn typing_prefs(chosen: &Typing, own: &OwnFiles, notices: &mut Vec<Notice>) -> TypingPrefs {
    let method = typing::Method::builtin(&chosen.method).or_else(|| own_method(&chosen.method, own, notices));
    let settings = typing::Settings {
        tone_style: if chosen.tone == "new" {
            ToneStyle::New
        } else {
            ToneStyle::Old
        },
        restore: if chosen.restore {
            typing::Restore::On
        } else {
            typing::Restore::Off
        },
        brackets: if chosen.brackets {
            typing::Brackets::On
        } else {
            typing::Brackets::Off
        },
        abbreviations: abbreviations(chosen, notices),
    };
    let usual = TypingPrefs::default();
    TypingPrefs {
        state: if chosen.on { TypingState::On } else { TypingState::Off },
        method: method.unwrap_or(usual.method),
        settings: Arc::new(settings),
    }
}

fn own_method(name: &str, own: &OwnFiles, notices: &mut Vec<Notice>) -> Option<typing::Method> {
    let parsed = own(name).map(|text| typing::Method::parse(&text));
    let (vi, en) = match parsed {
        Some(Ok(method)) => return Some(method),
        Some(Err(faults)) => {
            let list = |reason: fn(&typing::Fault) -> &str| {
                faults
                    .iter()
                    .map(|fault| format!("{name}:{}: {}", fault.line, reason(fault)))
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            (list(|fault| &fault.reason.vi), list(|fault| &fault.reason.en))
        }
        None => (
            format!("Không có kiểu gõ {name}."),
            format!("There is no typing method {name}."),
        ),
    };
    notices.push(Notice::bad(Message::new(
        format!("Đang gõ kiểu Telex. {vi}"),
        format!("Typing goes by Telex. {en}"),
    )));
    None
}

/// The officer's own abbreviations over the starter list; one that cannot stand is left out and told.
fn abbreviations(chosen: &Typing, notices: &mut Vec<Notice>) -> typing::Abbreviations {
    let mut all = typing::Abbreviations::starter();
    for (short, long) in &chosen.abbreviations {
        let line: toml::Table = [(short.clone(), toml::Value::String(long.clone()))]
            .into_iter()
            .collect();
        match typing::Abbreviations::parse(&line.to_string()) {
            Ok(one) => all = all.with(one),
            Err(faults) => notices.extend(
                faults
                    .into_iter()
                    .map(|fault| Notice::warning(Message::new(fault.reason.vi, fault.reason.en))),
            ),
        }
    }
    all
}

fn theme(chosen: Option<&str>, terminal: Capability) -> Theme {
    let (depth, palette) = match chosen {
        Some("mono") => (Depth::Mono, Palette::Dark),
        Some("light") => (terminal.depth, Palette::Light),
        Some("contrast") => (terminal.depth, Palette::HighContrast),
        _ => (terminal.depth, Palette::Dark),
    };
    Theme::new(depth, palette, terminal.charset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Action;
    use crate::ui::keymap::Context;
    use crate::ui::theme::Charset;

    const TERMINAL: Capability = Capability {
        depth: Depth::Sixteen,
        charset: Charset::Unicode,
    };

    #[test]
    fn an_own_keys_file_is_laid_over_the_chosen_keymap() {
        let settings = Settings {
            keymap: Some("vi".into()),
            ..Settings::default()
        };
        let own: OwnFiles = Box::new(|name| (name == OWN_KEYS).then(|| "[form]\nf6 = \"save\"\n".to_owned()));
        let look = Look::new(&settings, TERMINAL, &own);
        assert!(look.notices.is_empty());
        assert!(
            look.keymap
                .keys_for(Context::Form.chain(), Action::Save)
                .contains(&"F6".to_owned())
        );
        assert!(
            look.keymap
                .keys_for(Context::Table.chain(), Action::Down)
                .contains(&"j".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_followed_is_told_and_the_shipped_stands_in() {
        let mut settings = Settings {
            keymap: Some("mine.toml".into()),
            ..Settings::default()
        };
        settings.typing.method = "nothing".into();
        settings.typing.abbreviations.insert("B C".into(), "x".into());
        let own: OwnFiles = Box::new(|name| (name == "mine.toml").then(|| "[form]\nctrl-i = \"save\"\n".to_owned()));
        let look = Look::new(&settings, TERMINAL, &own);
        assert_eq!(look.notices.len(), 3);
        assert!(look.notices[0].said.vi.contains("mine.toml:2:"));
        assert_eq!(look.prefs.typing.method.name(), "telex");
        assert_eq!(
            look.keymap.key_for(Context::Form.chain(), Action::Save).as_deref(),
            Some("^S")
        );
    }

    #[test]
    fn settings_choose_colours_and_typing() {
        let mut settings = Settings {
            theme: Some("mono".into()),
            ..Settings::default()
        };
        settings.typing.on = false;
        settings.typing.method = "vni".into();
        let none: OwnFiles = Box::new(|_| None);
        let look = Look::new(&settings, TERMINAL, &none);
        assert_eq!(look.theme.depth, Depth::Mono);
        assert_eq!(
            (look.prefs.typing.state, look.prefs.typing.method.name()),
            (TypingState::Off, "vni")
        );
    }
}
