//! The word being typed: its letters as cells, its tone, and the keys that made them.
//!
//! Each key is judged by one question: can a Vietnamese syllable still come of what it would give? If not, the key is
//! a letter. So marks and tones may come in any order and at any place, while `reboot` and `browser` are left alone.
//! A mark or tone key pressed once more takes its effect back and stands as a letter itself; a word in which that has
//! happened is the officer's decision and is not brought back to its keys at its end.

mod compose;

use super::method::is_capital_key;
use crate::vietnamese::syllable::{self, Letter, MAX_LETTERS, Tone, ToneStyle, lower_case, tone_place, upper_case};

/// One displayed letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    letter: Letter,
    upper: bool,
    /// The key that took a mark or tone back and now stands here as a letter.
    undoing: bool,
    /// The key that gave this letter whole (Telex `w` for ư, a bracket): doubled, it is a letter itself.
    whole_from: Option<char>,
}

/// Which part of the word a key has made; the key goes when that part is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Cell(usize),
    Tone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    c: char,
    owner: Owner,
    /// It put on a mark or tone, rather than adding a letter.
    acted: bool,
}

/// Whether keys must lead to a Vietnamese syllable in order to act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Spelling {
    #[default]
    Checked,
    /// Any mark goes on any letter that can bear it: for names that no table knows.
    Free,
    /// No key acts: the word is written letter by letter.
    Literal,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    cells: Vec<Cell>,
    tone: Tone,
    /// The cell that bears the tone, when there is one.
    tone_at: usize,
    keys: Vec<Key>,
    pub(super) spelling: Spelling,
    /// The officer has chosen this form (by the restore key, by undoing an abbreviation): nothing changes it at its end.
    pub(super) chosen: bool,
}

/// The letters of a word short enough to be a syllable, on the stack.
#[derive(Clone, Copy)]
struct Form {
    letters: [Letter; MAX_LETTERS],
    length: usize,
}

impl Form {
    fn letters(&self) -> &[Letter] {
        &self.letters[..self.length]
    }
}

impl Word {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.keys.clear();
        (self.tone, self.tone_at, self.chosen, self.spelling) = (Tone::Ngang, 0, false, Spelling::Checked);
    }

    /// A word that stands in the text already: each character its own key.
    pub(super) fn read(&mut self, text: &str, style: ToneStyle) {
        self.clear();
        let one_tone = text.chars().filter(|&c| Letter::parse(c).1 != Tone::Ngang).count() <= 1;
        for (i, c) in text.chars().enumerate() {
            let (letter, tone) = Letter::parse(c);
            let letter = if one_tone { letter } else { Letter::plain(lower_case(c)) };
            let upper = is_capital_key(c) && c.is_alphabetic();
            self.cells.push(Cell {
                letter,
                upper,
                undoing: false,
                whole_from: None,
            });
            self.keys.push(Key {
                c,
                owner: Owner::Cell(i),
                acted: false,
            });
            if one_tone && tone != Tone::Ngang {
                (self.tone, self.tone_at) = (tone, i);
            }
        }
        self.place_tone(style);
    }

    /// The keys as letters, nothing composed.
    pub(super) fn read_keys(&mut self, keys: &str) {
        self.clear();
        for c in keys.chars() {
            self.push_plain(c, false);
        }
        self.spelling = Spelling::Literal;
    }

    /// Appends the displayed form to `out`.
    pub(super) fn show(&self, out: &mut String) {
        for (i, cell) in self.cells.iter().enumerate() {
            let tone = if i == self.tone_at { self.tone } else { Tone::Ngang };
            let c = cell.letter.with_tone(tone);
            out.push(if cell.upper { upper_case(c) } else { c });
        }
    }

    /// The keys that made what is there now, in the order they were typed.
    pub(super) fn keys(&self) -> String {
        self.keys.iter().map(|key| key.c).collect()
    }

    pub(super) fn differs_from_keys(&self, shown: &str) -> bool {
        !shown.chars().eq(self.keys.iter().map(|key| key.c))
    }

    /// Whether a doubled key has taken something back in it, or its form was chosen.
    pub(super) fn is_decided(&self) -> bool {
        self.chosen || self.cells.iter().any(|cell| cell.undoing)
    }

    /// Whether it may stand as it is: a Vietnamese syllable, a single vowel letter, an abbreviation with đ (HĐND, đ);
    /// digits behind it do not count.
    pub(super) fn is_vietnamese(&self) -> bool {
        let digits = self
            .cells
            .iter()
            .rev()
            .take_while(|cell| cell.letter.base.is_ascii_digit())
            .count();
        let cells = &self.cells[..self.cells.len() - digits];
        let Some(form) = form_of(cells) else {
            return no_vowel(cells);
        };
        let letters = form.letters();
        syllable::is_syllable(letters, self.tone)
            || (letters.len() == 1 && letters[0].is_vowel())
            || (!letters.is_empty() && no_vowel(cells))
    }

    /// Removes the last displayed letter with the keys that made it, and its tone when it bears it.
    pub(super) fn pop(&mut self, style: ToneStyle) {
        self.cells.pop();
        let last = self.cells.len();
        self.keys.retain(|key| key.owner != Owner::Cell(last));
        if self.tone_at >= last {
            self.tone = Tone::Ngang;
            self.keys.retain(|key| key.owner != Owner::Tone);
        }
        self.place_tone(style);
    }

    fn push_plain(&mut self, c: char, undoing: bool) {
        let (letter, tone) = Letter::parse(c);
        let fits = tone == Tone::Ngang;
        let letter = if fits { letter } else { Letter::plain(lower_case(c)) };
        self.push(
            Cell {
                letter,
                upper: c.is_alphabetic() && is_capital_key(c),
                undoing,
                whole_from: None,
            },
            c,
        );
    }

    fn push(&mut self, cell: Cell, c: char) {
        self.keys.push(Key {
            c,
            owner: Owner::Cell(self.cells.len()),
            acted: false,
        });
        self.cells.push(cell);
    }

    fn form(&self) -> Option<Form> {
        form_of(&self.cells)
    }

    /// Puts the tone where it belongs. In what is no syllable any more it stays where it was.
    fn place_tone(&mut self, style: ToneStyle) {
        let form = self.form();
        let place = form.as_ref().and_then(|form| tone_place(form.letters(), style));
        let leads = form.is_some_and(|form| syllable::leads_to_syllable(form.letters(), self.tone));
        let bears = self.cells.get(self.tone_at).is_some_and(|cell| cell.letter.is_vowel());
        if leads || !bears {
            let any = self.cells.iter().position(|cell| cell.letter.is_vowel());
            self.tone_at = place.or(any).unwrap_or(0);
        }
    }
}

fn form_of(cells: &[Cell]) -> Option<Form> {
    if cells.len() > MAX_LETTERS {
        return None;
    }
    let mut form = Form {
        letters: [Letter::plain(' '); MAX_LETTERS],
        length: cells.len(),
    };
    for (letter, cell) in form.letters.iter_mut().zip(cells) {
        *letter = cell.letter;
    }
    Some(form)
}

fn no_vowel(cells: &[Cell]) -> bool {
    !cells.iter().any(|cell| cell.letter.is_vowel())
}
