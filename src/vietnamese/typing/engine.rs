//! The engine of one focused text field: words begin, end, are gone back into, and every key becomes an edit.

use super::method::Action;
use super::word::{Spelling, Word};
use super::{Abbreviations, Edit, Method, Restore, Settings};

/// A word longer than this is no word of any language; the keys go straight through until it ends.
const LONGEST_WORD: usize = 48;

/// One per focused text field. Holds the word being typed and remembers the one before it, nothing else.
#[derive(Clone, Debug)]
pub struct Engine {
    method: Method,
    settings: Settings,
    word: Word,
    shown: String,
    /// The other form of the word, for the restore key to go back to.
    other: Option<Word>,
    before: Before,
    /// Inside something too long to be a word.
    passing: bool,
    /// Kept for its memory: the next form of the word is written here.
    next: String,
}

/// The word that ended last and what was typed behind it, all of it still before the cursor.
#[derive(Clone, Debug, Default)]
struct Before {
    /// Whether there is such a word; if not, the rest is only memory to use again.
    there: bool,
    word: Word,
    other: Option<Word>,
    /// What stands in the text for the word.
    shown: String,
    /// The characters behind it (spaces, punctuation).
    gap: String,
    /// `shown` is what an abbreviation stands for.
    spelled_out: bool,
}

impl Engine {
    /// An engine for one text field.
    pub fn new(method: Method, settings: Settings) -> Engine {
        Engine {
            method,
            settings,
            word: Word::default(),
            shown: String::new(),
            other: None,
            before: Before::default(),
            passing: false,
            next: String::new(),
        }
    }

    /// The method in use.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Types on with other settings; the word begun stays as it is.
    pub fn set_settings(&mut self, settings: Settings) {
        self.reset();
        self.settings = settings;
    }

    /// The displayed word being composed; empty between words.
    pub fn word(&self) -> &str {
        &self.shown
    }

    /// A printable key, space and punctuation included.
    pub fn key(&mut self, c: char) -> Edit {
        let actions = self.method.actions(c, self.settings.brackets);
        let style = self.settings.tone_style;
        if !self.passing && !actions.is_empty() && acts(&self.word, actions) && self.word.act(c, actions, style) {
            return self.changed();
        }
        if !is_letter(c) {
            return self.end_word(Some(c));
        }
        if self.word.len() >= LONGEST_WORD {
            self.reset();
            self.passing = true;
        }
        if self.passing {
            return Edit {
                delete: 0,
                insert: c.to_string(),
            };
        }
        self.word.add(c, style);
        self.changed()
    }

    /// Removes one displayed letter and places the tone anew. Right behind an abbreviation just spelled out, it takes
    /// that back instead. Deletes one grapheme where the text is not the engine's.
    pub fn backspace(&mut self) -> Edit {
        if !self.word.is_empty() {
            self.word.pop(self.settings.tone_style);
            self.other = None;
            return self.changed();
        }
        self.passing = false;
        if self.before.there && self.before.spelled_out {
            self.before.spelled_out = false;
            self.before.word.chosen = true;
            return self.rewrite_before();
        }
        if self.before.there {
            self.before.gap.pop();
            if self.before.gap.is_empty() {
                self.go_back_into_word();
            }
        }
        Edit {
            delete: 1,
            insert: String::new(),
        }
    }

    /// The word ends without a character: Enter, Tab, the field is left.
    pub fn enter(&mut self) -> Edit {
        let edit = self.end_word(None);
        self.reset();
        edit
    }

    /// The restore key: the word, or the one just ended, back to its keys; pressed again, back to its composed form.
    /// A word that has only keys is composed without regard to spelling (Bjaw → Bjă).
    pub fn restore_keys(&mut self) -> Edit {
        if !self.word.is_empty() {
            let changed = other_form(&self.method, &self.settings, &self.word, self.other.take());
            self.other = Some(std::mem::replace(&mut self.word, changed));
            return self.changed();
        }
        let before = &mut self.before;
        if !before.there || before.spelled_out {
            return Edit::default();
        }
        let changed = other_form(&self.method, &self.settings, &before.word, before.other.take());
        before.other = Some(std::mem::replace(&mut before.word, changed));
        self.rewrite_before()
    }

    /// Writes the word before the cursor, and what was typed behind it, as it is now.
    fn rewrite_before(&mut self) -> Edit {
        let before = &mut self.before;
        let delete = before.shown.chars().count() + before.gap.chars().count();
        before.shown.clear();
        before.word.show(&mut before.shown);
        Edit {
            delete,
            insert: format!("{}{}", before.shown, before.gap),
        }
    }

    /// The cursor has moved away or the focus has changed: nothing before the cursor is the engine's any more.
    pub fn reset(&mut self) {
        self.word.clear();
        self.shown.clear();
        self.other = None;
        self.before.there = false;
        self.passing = false;
    }

    /// The cursor has come to the end of this text (NFC): the next keys go on with its last word, if it ends in one.
    pub fn resume(&mut self, before_cursor: &str) {
        self.reset();
        let word = before_cursor.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
        self.passing = word.chars().count() > LONGEST_WORD;
        if !self.passing {
            self.word.read(word, self.settings.tone_style);
            self.shown.push_str(word);
        }
    }

    /// Whether the engine knows what stands before the cursor. If not, and there is text, [`resume`](Engine::resume)
    /// lets the next keys go on with it.
    pub fn knows_text_before(&self) -> bool {
        !self.word.is_empty() || self.before.there
    }

    /// Brings the displayed word up to date and says how.
    fn changed(&mut self) -> Edit {
        self.before.spelled_out = false;
        self.next.clear();
        self.word.show(&mut self.next);
        let edit = difference(&self.shown, &self.next);
        std::mem::swap(&mut self.shown, &mut self.next);
        edit
    }

    fn end_word(&mut self, separator: Option<char>) -> Edit {
        self.passing = false;
        let mut edit = Edit {
            delete: 0,
            insert: separator.map(String::from).unwrap_or_default(),
        };
        match separator {
            Some(c) if combines(c) => self.reset(),
            Some(c) if self.word.is_empty() && self.before.there => {
                self.before.gap.push(c);
                self.before.spelled_out = false;
                self.before.there = stands_alone(c);
            }
            _ if self.word.is_empty() => {}
            _ => {
                edit = self.word_as_it_ends();
                if let Some(c) = separator {
                    edit.insert.push(c);
                    self.before.gap.push(c);
                    self.before.there = stands_alone(c);
                }
            }
        }
        edit
    }

    /// Makes the word being typed the one before the cursor, in the form it ends in.
    fn word_as_it_ends(&mut self) -> Edit {
        let spelled_out = self.spelled_out();
        let keys = if spelled_out.is_none() && self.goes_back_to_keys() {
            Some(self.word.keys())
        } else {
            None
        };
        let before = &mut self.before;
        std::mem::swap(&mut before.word, &mut self.word);
        std::mem::swap(&mut before.shown, &mut self.shown);
        self.word.clear();
        self.shown.clear();
        before.gap.clear();
        before.other = self.other.take();
        before.there = true;
        before.spelled_out = spelled_out.is_some();
        if let Some(keys) = &keys {
            let mut plain = Word::default();
            plain.read_keys(keys);
            before.other = Some(std::mem::replace(&mut before.word, plain));
        }
        match spelled_out.or(keys) {
            Some(text) => {
                let edit = difference(&before.shown, &text);
                before.shown = text;
                edit
            }
            None => Edit::default(),
        }
    }

    /// Whether the word is restored: composed, no Vietnamese, and not the officer's decision.
    fn goes_back_to_keys(&self) -> bool {
        self.settings.restore == Restore::On
            && !self.word.is_decided()
            && self.word.differs_from_keys(&self.shown)
            && !self.word.is_vietnamese()
    }

    /// What the word stands for, if it is an abbreviation: as shown, or by its keys when what is shown is no word.
    fn spelled_out(&self) -> Option<String> {
        let list: &Abbreviations = &self.settings.abbreviations;
        if self.word.chosen || list.is_empty() {
            return None;
        }
        let style = self.settings.tone_style;
        list.expand(&self.shown, style).or_else(|| {
            let by_keys = self.word.differs_from_keys(&self.shown) && !self.word.is_vietnamese();
            if by_keys {
                list.expand(&self.word.keys(), style)
            } else {
                None
            }
        })
    }

    /// What stood behind the last word is gone: it is the word being typed again.
    fn go_back_into_word(&mut self) {
        self.before.there = false;
        std::mem::swap(&mut self.word, &mut self.before.word);
        std::mem::swap(&mut self.shown, &mut self.before.shown);
        self.other = self.before.other.take();
        self.next.clear();
        self.word.show(&mut self.next);
        let restored_by_itself = self.word.spelling == Spelling::Literal && !self.word.chosen;
        if restored_by_itself || self.next != self.shown {
            // Letters that may compose anew; of a spelled-out abbreviation, its last word.
            let last = self.shown.rfind(|c| !is_letter(c)).map_or(0, |at| at + 1);
            self.shown.drain(..last);
            self.word.read(&self.shown, self.settings.tone_style);
        }
    }
}

/// Whether a key may act at all here: at the start of a word only one that adds a letter, or a letter's key, may.
fn acts(word: &Word, actions: &[Action]) -> bool {
    !word.is_empty()
        || actions
            .iter()
            .any(|action| matches!(action, Action::Letter(_) | Action::Escape))
}

/// The form of a word that the restore key changes to.
fn other_form(method: &Method, settings: &Settings, word: &Word, other: Option<Word>) -> Word {
    let mut form = other.unwrap_or_else(|| {
        let keys = word.keys();
        let mut shown = String::new();
        word.show(&mut shown);
        let mut form = Word::default();
        if word.differs_from_keys(&shown) {
            form.read_keys(&keys);
        } else {
            compose_freely(method, settings, &keys, &mut form);
        }
        form
    });
    form.chosen = true;
    form
}

fn compose_freely(method: &Method, settings: &Settings, keys: &str, word: &mut Word) {
    word.spelling = Spelling::Free;
    for c in keys.chars() {
        let actions = method.actions(c, settings.brackets);
        if !(acts(word, actions) && word.act(c, actions, settings.tone_style)) {
            word.add(c, settings.tone_style);
        }
    }
}

/// Characters that words are made of: Latin letters with and without signs, and digits.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

/// Punctuation and symbols that are one grapheme each: the engine can count back over them.
fn stands_alone(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{a0}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{200a}' | '\u{2010}'..='\u{205e}' | '₫' | '€')
}

/// Signs that join the character before them into one grapheme: they neither end a word nor belong to one.
fn combines(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}')
}

/// The edit that turns `old` into `new`, keeping their common beginning.
fn difference(old: &str, new: &str) -> Edit {
    let common: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Edit {
        delete: old[common..].chars().count(),
        insert: new[common..].to_owned(),
    }
}
