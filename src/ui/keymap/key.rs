//! One key as a terminal can tell it, how it is written in a keymap file, and how it is shown.
//!
//! A `Key` is always in one form: shift is folded into the letter, Ctrl-letters are lower case, and the control bytes
//! that terminals send for Tab, Enter, Backspace and Esc are those keys. So equality of keys is sameness for the
//! officer.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// The key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as it came (upper case included; a composed Vietnamese letter too).
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Tab; with shift, back-tab.
    Tab,
    /// Backspace, whether the terminal sends 0x08 or 0x7F.
    Backspace,
    /// Esc.
    Esc,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Insert.
    Insert,
    /// Delete.
    Delete,
}

/// Names of keys in keymap files, first the one that is written, then others that are understood; and the display.
const NAMED: &[(Code, &[&str], &str)] = &[
    (Code::Enter, &["enter", "return"], "Enter"),
    (Code::Tab, &["tab"], "Tab"),
    (Code::Backspace, &["backspace", "bs"], "⌫"),
    (Code::Esc, &["esc", "escape"], "Esc"),
    (Code::Up, &["up"], "↑"),
    (Code::Down, &["down"], "↓"),
    (Code::Left, &["left"], "←"),
    (Code::Right, &["right"], "→"),
    (Code::Home, &["home"], "Home"),
    (Code::End, &["end"], "End"),
    (Code::PageUp, &["pageup", "pgup"], "PgUp"),
    (Code::PageDown, &["pagedown", "pgdn"], "PgDn"),
    (Code::Insert, &["insert", "ins"], "Ins"),
    (Code::Delete, &["delete", "del"], "Del"),
    (Code::Char(' '), &["space"], "Space"),
];

/// One key press: a code with Ctrl, Alt and (for keys that are no characters) Shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key itself.
    pub code: Code,
    /// Held with Ctrl.
    pub ctrl: bool,
    /// Held with Alt (or sent with Esc before it).
    pub alt: bool,
    /// Held with Shift; never set for characters.
    pub shift: bool,
}

/// Why a text names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// No key has this name.
    Unknown,
    /// Terminals send the bytes of another key for it (named).
    Indistinct(&'static str),
    /// The operating system, the terminal or the input method keeps it (named) for itself.
    Taken(&'static str),
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Key {
        Key::plain(Code::Char(c))
    }

    /// The key of a terminal event; `None` for releases, repeats of modifiers and keys that are not known here.
    ///
    /// Windows reports releases too; only presses (and repeats of a held key) count.
    pub fn from_event(event: &KeyEvent) -> Option<Key> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let held = |m| event.modifiers.contains(m);
        let (mut ctrl, mut alt, mut shift) = (
            held(KeyModifiers::CONTROL),
            held(KeyModifiers::ALT),
            held(KeyModifiers::SHIFT),
        );
        let code = match event.code {
            // AltGr arrives as Ctrl+Alt with a character that no such chord makes.
            KeyCode::Char(c) if ctrl && alt && !c.is_ascii_alphabetic() => {
                (ctrl, alt) = (false, false);
                Code::Char(c)
            }
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::F(n @ 1..=12) => Code::F(n),
            KeyCode::Enter => Code::Enter,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => {
                shift = true;
                Code::Tab
            }
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Esc => Code::Esc,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Insert => Code::Insert,
            KeyCode::Delete => Code::Delete,
            _ => return None,
        };
        Some(Key { code, ctrl, alt, shift }.settle())
    }

    /// The one form of a key: shift folded into letters, control bytes as the keys they are.
    fn settle(mut self) -> Key {
        if let Code::Char(c) = self.code {
            let c = if self.shift && c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c
            };
            self.shift = false;
            self.code = Code::Char(if self.ctrl { c.to_ascii_lowercase() } else { c });
        }
        let (code, ctrl) = match (self.code, self.ctrl) {
            (Code::Char('h'), true) | (Code::Char('\u{8}' | '\u{7f}'), _) => (Code::Backspace, false),
            (Code::Char('i'), true) | (Code::Char('\t'), _) => (Code::Tab, false),
            (Code::Char('m' | 'j'), true) | (Code::Char('\r' | '\n'), _) => (Code::Enter, false),
            (Code::Char('['), true) | (Code::Char('\u{1b}'), _) => (Code::Esc, false),
            // A terminal sends one byte for both, and Windows reports Ctrl-Backspace where 0x08 was meant.
            (Code::Backspace, true) => (Code::Backspace, false),
            kept => kept,
        };
        Key { code, ctrl, ..self }
    }

    /// The text this key types: a character without Ctrl or Alt.
    pub fn text(self) -> Option<char> {
        match self {
            Key {
                code: Code::Char(c),
                ctrl: false,
                alt: false,
                ..
            } => Some(c),
            _ => None,
        }
    }

    /// Reads a key as keymap files write it: `ctrl-s`, `alt-m`, `shift-tab`, `F2`, `up`, `?`, `space`, `^S`.
    ///
    /// # Errors
    /// Text that names no key, and keys that no program in a terminal can rely on.
    pub fn parse(text: &str) -> Result<Key, KeyFault> {
        let mut rest = text;
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        if let Some(after) = rest.strip_prefix('^')
            && after.chars().count() == 1
        {
            ctrl = true;
            rest = after;
        }
        while let Some((modifier, after)) = rest.split_once(['-', '+']).filter(|(_, after)| !after.is_empty()) {
            let flag = match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => &mut ctrl,
                "alt" | "meta" | "a" | "m" => &mut alt,
                "shift" | "s" => &mut shift,
                _ => return Err(KeyFault::Unknown),
            };
            if std::mem::replace(flag, true) {
                return Err(KeyFault::Unknown);
            }
            rest = after;
        }
        let code = parse_code(rest).ok_or(KeyFault::Unknown)?;
        let key = Key { code, ctrl, alt, shift };
        key.reliable()?;
        Ok(key.settle())
    }

    /// Whether terminals deliver this very key (asked before control bytes are settled).
    fn reliable(self) -> Result<(), KeyFault> {
        use KeyFault::{Indistinct, Taken};
        let Key { code, ctrl, alt, shift } = self;
        match code {
            Code::Char(' ') if ctrl => Err(Taken("ibus, OpenKey (Ctrl-Space = Ctrl-@)")),
            Code::Char('@') if ctrl => Err(Indistinct("Ctrl-Space")),
            Code::Char('i' | 'I') if ctrl => Err(Indistinct("Tab")),
            Code::Char('m' | 'M' | 'j' | 'J') if ctrl => Err(Indistinct("Enter")),
            Code::Char('h' | 'H') if ctrl => Err(Indistinct("Backspace")),
            Code::Char('[') if ctrl => Err(Indistinct("Esc")),
            Code::Char(c) if ctrl && shift => Err(Indistinct(if c.is_ascii_alphabetic() {
                "Ctrl without Shift"
            } else {
                "another key"
            })),
            Code::Char(_) if ctrl && alt => Err(Taken("the system (Ctrl-Alt, AltGr)")),
            Code::Char(c) if ctrl && !c.is_ascii_alphabetic() => Err(Indistinct("another control key")),
            Code::Char('z' | 'Z') if alt => Err(Taken("UniKey (Alt-Z)")),
            Code::Char('[') if alt => Err(Indistinct("the start of an arrow or function key")),
            Code::Char('O') if alt => Err(Indistinct("the start of a function key")),
            Code::Char('o') if alt && shift => Err(Indistinct("the start of a function key")),
            Code::Char(' ') if alt => Err(Taken("the window menu (Alt-Space)")),
            Code::Char(' ') if shift => Err(Indistinct("Space")),
            Code::Char(c) if shift && !c.is_ascii_alphabetic() => Err(KeyFault::Unknown),
            Code::Char(_) => Ok(()),
            Code::Tab if alt => Err(Taken("the window switcher (Alt-Tab)")),
            Code::Tab if ctrl => Err(Indistinct("Tab")),
            Code::Esc if alt => Err(Taken("the window switcher (Alt-Esc)")),
            Code::Esc if ctrl || shift => Err(Indistinct("Esc")),
            Code::Enter if alt => Err(Taken("Windows' full screen (Alt-Enter)")),
            Code::Enter if ctrl || shift => Err(Indistinct("Enter")),
            Code::Backspace if ctrl || shift => Err(Indistinct("Backspace")),
            Code::F(_) if alt => Err(Taken("the system (Alt with F-keys)")),
            _ => Ok(()),
        }
    }

    /// The key as keymap files write it.
    pub fn spelled(self) -> String {
        let mut out = String::new();
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                out.push_str(name);
            }
        }
        match self.code {
            Code::F(n) => out.push_str(&format!("f{n}")),
            code => match NAMED.iter().find(|(known, ..)| *known == code) {
                Some((_, names, _)) => out.push_str(names[0]),
                None => {
                    if let Code::Char(c) = code {
                        out.push(c);
                    }
                }
            },
        }
        out
    }
}

fn parse_code(text: &str) -> Option<Code> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && c != ' ').then_some(Code::Char(c));
    }
    let lower = text.to_ascii_lowercase();
    if let Some(n) = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok())
        && (1..=12).contains(&n)
        && !lower.starts_with("f0")
    {
        return Some(Code::F(n));
    }
    NAMED
        .iter()
        .find(|(_, names, _)| names.contains(&lower.as_str()))
        .map(|(code, ..)| *code)
}

/// Shown short: `^S`, `Alt-M`, `F2`, `↑`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Key { code, ctrl, alt, shift } = *self;
        if alt {
            f.write_str("Alt-")?;
        }
        if shift {
            f.write_str("Shift-")?;
        }
        match code {
            Code::Char(c) if c != ' ' && ctrl => write!(f, "^{}", c.to_ascii_uppercase()),
            // An Alt with a capital is another key than with a small letter: shift must be said.
            Code::Char(c) if alt && c.is_ascii_uppercase() => write!(f, "Shift-{c}"),
            Code::Char(c) if c != ' ' && alt => write!(f, "{}", c.to_ascii_uppercase()),
            _ => {
                if ctrl {
                    f.write_str("Ctrl-")?;
                }
                match code {
                    Code::F(n) => write!(f, "F{n}"),
                    code => match NAMED.iter().find(|(known, ..)| *known == code) {
                        Some((_, _, shown)) => f.write_str(shown),
                        None => match code {
                            Code::Char(c) => write!(f, "{c}"),
                            _ => Ok(()),
                        },
                    },
                }
            }
        }
    }
}

/// Several keys pressed one after the other, as shown: `g v`.
pub fn shown(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        Key::from_event(&KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_key_is_written_shown_and_read_back() {
        for (text, shown) in [
            ("ctrl-s", "^S"),
            ("alt-m", "Alt-M"),
            ("shift-tab", "Shift-Tab"),
            ("f2", "F2"),
            ("up", "↑"),
            ("alt-down", "Alt-↓"),
            ("ctrl-left", "Ctrl-←"),
            ("?", "?"),
            ("space", "Space"),
            ("alt-/", "Alt-/"),
            ("+", "+"),
            ("-", "-"),
            ("alt--", "Alt--"),
            ("pagedown", "PgDn"),
        ] {
            let key = Key::parse(text).unwrap();
            assert_eq!((key.spelled().as_str(), key.to_string().as_str()), (text, shown));
        }
    }

    #[test]
    fn other_spellings_are_the_same_key() {
        for (one, other) in [
            ("ctrl-s", "^S"),
            ("ctrl-s", "C-s"),
            ("F2", "f2"),
            ("shift-a", "A"),
            ("Esc", "escape"),
            ("alt-m", "Meta+m"),
        ] {
            assert_eq!(Key::parse(one), Key::parse(other), "{one} {other}");
        }
    }

    #[test]
    fn keys_no_terminal_can_tell_apart_are_refused() {
        for text in [
            "ctrl-i",
            "ctrl-m",
            "ctrl-j",
            "ctrl-h",
            "ctrl-[",
            "ctrl-@",
            "ctrl-shift-s",
            "ctrl-enter",
            "ctrl-1",
            "alt-[",
            "alt-O",
        ] {
            assert!(matches!(Key::parse(text), Err(KeyFault::Indistinct(_))), "{text}");
        }
        for text in ["alt-z", "ctrl-space", "alt-tab", "alt-f4", "alt-enter", "ctrl-alt-t"] {
            assert!(matches!(Key::parse(text), Err(KeyFault::Taken(_))), "{text}");
        }
        for text in [
            "",
            "ctl-s",
            "ctrl-",
            "f13",
            "f0",
            "hyper-x",
            "enterr",
            "ctrl-ctrl-s",
            "shift-1",
        ] {
            assert_eq!(Key::parse(text), Err(KeyFault::Unknown), "{text}");
        }
    }

    #[test]
    fn both_backspace_bytes_are_backspace() {
        let backspace = Some(Key::plain(Code::Backspace));
        assert_eq!(event(KeyCode::Backspace, KeyModifiers::NONE), backspace);
        assert_eq!(event(KeyCode::Char('h'), KeyModifiers::CONTROL), backspace);
        assert_eq!(event(KeyCode::Char('\u{8}'), KeyModifiers::NONE), backspace);
    }

    #[test]
    fn releases_are_no_keys() {
        let mut release = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert_eq!(Key::from_event(&release), None);
    }

    #[test]
    fn shift_is_part_of_the_letter_and_altgr_types() {
        assert_eq!(event(KeyCode::Char('A'), KeyModifiers::SHIFT), Some(Key::char('A')));
        assert_eq!(event(KeyCode::Char('a'), KeyModifiers::SHIFT), Some(Key::char('A')));
        assert_eq!(
            event(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT),
            Some(Key::char('@'))
        );
        assert_eq!(
            event(KeyCode::BackTab, KeyModifiers::SHIFT),
            Key::parse("shift-tab").ok()
        );
    }
}
