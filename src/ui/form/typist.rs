//! The typing engine of one field, and when it keeps out: in codes and numbers, when the officer switched it off, and
//! when the system's own input method is composing.
//!
//! UniKey, ibus and OpenKey rub letters out and send composed ones. The first composed letter that comes from outside
//! says that one of them is on: from then on this field's letters are taken as they come, so that their undo (`tess` →
//! `tes`) is not composed a second time, until the officer's key brings the built-in method back.

use crate::ui::screen::{TypingPrefs, TypingState};
use crate::vietnamese::typing::{Edit, Engine, Settings};
use std::sync::Arc;

/// What is written into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// Vietnamese text.
    #[default]
    Words,
    /// Codes, numbers, telephone numbers, e-mail, dates: letters as typed.
    Plain,
}

/// The engine of one field.
#[derive(Clone, Debug)]
pub struct Typist {
    writing: Writing,
    outside: bool,
    engine: Option<Live>,
    /// Whether the engine knows the word before the cursor.
    in_step: bool,
}

#[derive(Clone, Debug)]
struct Live {
    engine: Engine,
    settings: Arc<Settings>,
}

impl Typist {
    /// For a field of this writing.
    pub fn new(writing: Writing) -> Typist {
        Typist {
            writing,
            outside: false,
            engine: None,
            in_step: false,
        }
    }

    /// What it does here for its own part, whatever the officer chose: `On`, `NotHere` or `SteppedAside`.
    pub fn here(&self) -> TypingState {
        match self.writing {
            Writing::Plain => TypingState::NotHere,
            Writing::Words if self.outside => TypingState::SteppedAside,
            Writing::Words => TypingState::On,
        }
    }

    /// What it does here as the officer chose.
    pub fn state(&self, prefs: &TypingPrefs) -> TypingState {
        self.here().under(prefs.state)
    }

    /// Brings the built-in method back after it stepped aside; says whether it had.
    pub fn come_back(&mut self) -> bool {
        self.in_step = false;
        std::mem::take(&mut self.outside)
    }

    /// The cursor has moved, or the text changed otherwise.
    pub fn moved(&mut self) {
        self.in_step = false;
    }

    /// A letter typed behind `before`.
    pub fn key(&mut self, c: char, before: &str, prefs: &TypingPrefs) -> Edit {
        if self.writing == Writing::Words && !c.is_ascii() && (c.is_alphabetic() || is_mark(c)) {
            self.outside = true;
        }
        match self.live(before, prefs) {
            Some(engine) => engine.key(c),
            None => Edit {
                delete: 0,
                insert: c.to_string(),
            },
        }
    }

    /// Backspace behind `before`.
    pub fn backspace(&mut self, before: &str, prefs: &TypingPrefs) -> Edit {
        match self.live(before, prefs) {
            Some(engine) => engine.backspace(),
            None => Edit {
                delete: 1,
                insert: String::new(),
            },
        }
    }

    /// The word before the cursor ends without a letter: Enter, the field is left.
    pub fn end_word(&mut self, prefs: &TypingPrefs) -> Edit {
        // A word that was only gone back to, and not typed at, stays as it stands.
        if !self.in_step {
            return Edit::default();
        }
        self.in_step = false;
        match self
            .engine
            .as_mut()
            .filter(|_| prefs.state == TypingState::On && !self.outside)
        {
            Some(live) => live.engine.enter(),
            None => Edit::default(),
        }
    }

    /// The last word back to its keys, or composed again.
    pub fn restore(&mut self, before: &str, prefs: &TypingPrefs) -> Edit {
        self.live(before, prefs).map(Engine::restore_keys).unwrap_or_default()
    }

    /// The engine, in step with the word before the cursor; none where it keeps out.
    fn live(&mut self, before: &str, prefs: &TypingPrefs) -> Option<&mut Engine> {
        if self.state(prefs) != TypingState::On {
            self.in_step = false;
            return None;
        }
        let known = self.engine.as_ref().is_some_and(|live| {
            live.engine.method().name() == prefs.method.name() && Arc::ptr_eq(&live.settings, &prefs.settings)
        });
        if !known {
            let engine = Engine::new(prefs.method.clone(), prefs.settings.as_ref().clone());
            self.engine = Some(Live {
                engine,
                settings: Arc::clone(&prefs.settings),
            });
            self.in_step = false;
        }
        let live = self.engine.as_mut()?;
        if !self.in_step || !live.engine.knows_text_before() {
            live.engine.resume(last_word(before));
            self.in_step = true;
        }
        Some(&mut live.engine)
    }
}

/// The letters and digits right before the cursor.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last();
    start.map_or("", |(at, _)| &before[at..])
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
