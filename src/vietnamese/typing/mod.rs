//! Typing Vietnamese: keys in, edits of the text before the cursor out.
//!
//! ```
//! use sohoi::vietnamese::typing::{Engine, Method, Settings};
//!
//! let mut engine = Engine::new(Method::builtin("telex").unwrap(), Settings::default());
//! let mut text = String::new();
//! for key in "tieengs Vieetj".chars() {
//!     engine.key(key).apply(&mut text);
//! }
//! assert_eq!(text, "tiếng Việt");
//! ```
//!
//! - [`Method`] says which key gives which mark or tone: data, checked when read;
//! - `word` composes one word, asking [`syllable`](super::syllable) what Vietnamese allows;
//! - [`Engine`] sees words begin and end: it restores what is no Vietnamese, spells out abbreviations, goes back into the
//!   word before the cursor, and answers every key with an [`Edit`]. There is no pre-edit text: the letters are in the
//!   buffer at once, so a form, a text box and a test drive it alike.
//!
//! No I/O, and nothing above `vietnamese`.

mod abbreviation;
mod engine;
mod hard_words;
mod method;
mod word;

pub use abbreviation::Abbreviations;
pub use engine::Engine;
pub use hard_words::{HardWord, hard_words};
pub use method::{Fault, METHODS, Method, Reason};

use super::syllable::ToneStyle;

/// How the officer wants to type; the same for every field.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub tone_style: ToneStyle,
    pub restore: Restore,
    pub brackets: Brackets,
    /// May be empty.
    pub abbreviations: Abbreviations,
}

/// Whether a composed word that is no Vietnamese goes back to its keys when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Restore {
    #[default]
    On,
    Off,
}

/// Whether `[ ] { }` type ơ ư Ơ Ư where the method says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Brackets {
    On,
    #[default]
    Off,
}

/// What to do to the text before the cursor: first delete so many graphemes, then insert. Every letter the engine
/// writes is one character and one grapheme (NFC).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    pub delete: usize,
    pub insert: String,
}

impl Edit {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.delete == 0 && self.insert.is_empty()
    }

    /// Carries it out at the end of a text that holds one character a grapheme.
    pub fn apply(&self, text: &mut String) {
        for _ in 0..self.delete {
            text.pop();
        }
        text.push_str(&self.insert);
    }
}
