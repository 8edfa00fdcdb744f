//! How an officer may type a Vietnamese text: the keys of a method for it, with marks and tones at several places.
#![allow(dead_code, reason = "each test file that shares this uses a part of it")]

use sohoi::vietnamese::syllable::{Letter, Mark, Tone, is_vietnamese_word};
use sohoi::vietnamese::typing::{Engine, HardWord, Method, Settings};

/// Where marks and tones are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// Each right behind its letter.
    AtLetter,
    /// Marks behind their letters, the tone at the end.
    ToneLast,
    /// Marks at the end of the word, then the tone.
    AllLast,
    /// The tone at the end of the word, then the marks.
    MarksAfterTone,
}

pub const PLACES: [Places; 4] = [
    Places::AtLetter,
    Places::ToneLast,
    Places::AllLast,
    Places::MarksAfterTone,
];

/// The keys of a method.
pub struct Keys {
    pub method: &'static str,
    tones: [&'static str; 6],
    circumflex: fn(char) -> &'static str,
    breve: &'static str,
    horn: &'static str,
    bar: &'static str,
}

pub const TELEX: Keys = Keys {
    method: "telex",
    tones: ["", "f", "r", "x", "s", "j"],
    circumflex: |base| match base {
        'a' => "a",
        'e' => "e",
        _ => "o",
    },
    breve: "w",
    horn: "w",
    bar: "d",
};

pub const VNI: Keys = Keys {
    method: "vni",
    tones: ["", "2", "3", "4", "1", "5"],
    circumflex: |_| "6",
    breve: "8",
    horn: "7",
    bar: "9",
};

pub const VIQR: Keys = Keys {
    method: "viqr",
    tones: ["", "`", "?", "~", "'", "."],
    circumflex: |_| "^",
    breve: "(",
    horn: "+",
    bar: "d",
};

impl Keys {
    fn mark(&self, letter: Letter) -> &'static str {
        match letter.mark {
            Mark::None => "",
            Mark::Circumflex => (self.circumflex)(letter.base),
            Mark::Breve => self.breve,
            Mark::Horn => self.horn,
            Mark::Bar => self.bar,
        }
    }

    /// The keys for one Vietnamese syllable in NFC.
    pub fn syllable(&self, text: &str, places: Places) -> String {
        let (mut keys, mut marks, mut tone_key) = (String::new(), String::new(), "");
        let letters: Vec<(char, Letter, Tone)> = text
            .chars()
            .map(|c| (c, Letter::parse(c).0, Letter::parse(c).1))
            .collect();
        let same_case = |c: char, key: &str| {
            if c.is_uppercase() {
                key.to_uppercase()
            } else {
                key.to_owned()
            }
        };
        for (i, &(c, letter, tone)) in letters.iter().enumerate() {
            keys.push_str(&same_case(c, &letter.base.to_string()));
            if self.method == "telex" && is_double_o(&letters, i) && is_vietnamese_word(text) {
                keys.push_str(&same_case(c, "o"));
            }
            // One horn key at the end does for both of ươ.
            let both = letter.mark == Mark::Horn && i > 0 && letters[i - 1].1.mark == Mark::Horn;
            match places {
                Places::AtLetter | Places::ToneLast => keys.push_str(&same_case(c, self.mark(letter))),
                _ if both => {}
                _ => marks.push_str(&same_case(c, self.mark(letter))),
            }
            if tone != Tone::Ngang {
                tone_key = self.tones[tone as usize];
                if places == Places::AtLetter {
                    keys.push_str(&same_case(c, tone_key));
                }
            }
        }
        match places {
            Places::AtLetter => keys,
            Places::ToneLast | Places::AllLast => keys + &marks + tone_key,
            Places::MarksAfterTone => keys + tone_key + &marks,
        }
    }

    /// The keys for any text: syllables as above, other words letter by letter (hard ones as the help says).
    pub fn text(&self, text: &str, places: Places, hard: &[HardWord]) -> String {
        let mut keys = String::new();
        for piece in pieces(text) {
            if !piece.starts_with(char::is_alphabetic) {
                for (i, c) in piece.chars().enumerate() {
                    let taken = self.method == "viqr" && i == 0 && !keys.is_empty() && "'`?~.^(+*0\\".contains(c);
                    keys.push_str(if taken { "\\" } else { "" });
                    keys.push(c);
                }
            } else if is_vietnamese_word(piece) {
                keys.push_str(&self.syllable(piece, places));
            } else if let Some(word) = hard.iter().find(|word| word.word == piece) {
                keys.push_str(&word.keys);
            } else {
                keys.push_str(&self.syllable(piece, Places::AtLetter));
            }
        }
        keys
    }
}

/// The first o of ooc and oong, which Telex types with three.
fn is_double_o(letters: &[(char, Letter, Tone)], i: usize) -> bool {
    let plain_o = |at: usize| letters.get(at).is_some_and(|letter| letter.1 == Letter::plain('o'));
    plain_o(i) && plain_o(i + 1)
}

/// Words and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let kind = c.is_alphabetic();
        if last.is_some_and(|last| last != kind) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    out.push(&text[start..]);
    out
}

/// Types keys into an empty text; `⌫` is Backspace.
pub fn type_keys(engine: &mut Engine, keys: &str) -> String {
    let mut text = String::new();
    engine.reset();
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

pub fn engine(method: &str, settings: Settings) -> Engine {
    Engine::new(Method::builtin(method).unwrap(), settings)
}
