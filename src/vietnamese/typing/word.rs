//! The word being typed: its letters as cells, its tone, and the keys that made them.
//!
//! Each key is judged by one question: can a Vietnamese syllable still come of what it would give? If not, the key is
//! a letter. So marks and tones may come in any order and at any place, while `reboot` and `browser` are left alone.
//! A mark or tone key pressed once more takes its effect back and stands as a letter itself; a word in which that has
//! happened is the officer's decision and is not brought back to its keys at its end.

use super::method::{Action, is_capital_key};
use crate::vietnamese::syllable::{
    self, Letter, MAX_LETTERS, Mark, Tone, ToneStyle, lower_case, tone_place, upper_case, vowel_range,
};

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

    /// Takes a key whose actions are these. True when one of them applied.
    pub(super) fn act(&mut self, c: char, actions: &[Action], style: ToneStyle) -> bool {
        if self.spelling == Spelling::Literal {
            return false;
        }
        if self.escaped() {
            self.cells.pop();
            self.keys.pop();
            self.push_plain(c, true);
            return true;
        }
        let done = actions.iter().any(|action| match action {
            Action::Mark(targets) => self.put_mark(c, targets) || self.take_mark_back(c, targets),
            Action::Tone(Tone::Ngang) => self.clear_tone(c),
            Action::Tone(tone) => self.put_tone(c, *tone, style),
            Action::Letter(letter) => self.put_letter(c, *letter),
            Action::Escape => {
                self.push_plain(c, false);
                true
            }
        });
        if done {
            self.place_tone(style);
        }
        done
    }

    /// Adds a key as a plain letter.
    pub(super) fn add(&mut self, c: char, style: ToneStyle) {
        self.push_plain(c, false);
        self.complete_horns();
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

    /// The last key was a backslash that now makes this one plain.
    fn escaped(&self) -> bool {
        self.cells
            .last()
            .is_some_and(|cell| cell.letter.base == '\\' && !cell.undoing)
    }

    fn form(&self) -> Option<Form> {
        form_of(&self.cells)
    }

    /// Whether the word with these letters and this tone may go on as Vietnamese.
    fn leads(&self, form: &Form, tone: Tone) -> bool {
        self.spelling == Spelling::Free || syllable::leads_to_syllable(form.letters(), tone)
    }

    /// Whether a key, pressed again, takes back what it did: at once, or later while the word is a whole syllable. In
    /// the middle of anything else it is a letter (`tasks`).
    fn may_take_back(&self, c: char) -> bool {
        let at_once = self
            .keys
            .last()
            .is_some_and(|key| key.acted && lower_case(key.c) == lower_case(c));
        at_once
            || self
                .form()
                .is_some_and(|form| syllable::is_syllable_but_for_tone(form.letters(), self.tone))
    }

    fn put_mark(&mut self, c: char, targets: &[Letter]) -> bool {
        if self.spells_abbreviation(c, targets) {
            let last = self.cells.len() - 1;
            self.set_mark(c, last, Mark::Bar);
            return true;
        }
        let Some(form) = self.form() else { return false };
        if let Some(first) = horn_pair(form.letters(), targets)
            && self.put_horns(c, form, first)
        {
            return true;
        }
        for i in (0..form.length).rev() {
            for target in targets {
                let letter = form.letters[i];
                if letter.base != target.base || letter.mark == target.mark {
                    continue;
                }
                let mut changed = form;
                changed.letters[i] = *target;
                let after_horn = i > 0
                    && form.letters[i - 1]
                        == Letter {
                            base: 'u',
                            mark: Mark::Horn,
                        };
                if target.base == 'o' && target.mark == Mark::Circumflex && after_horn {
                    changed.letters[i - 1].mark = Mark::None;
                }
                if self.leads(&changed, self.tone) {
                    if i > 0 {
                        self.cells[i - 1].letter = changed.letters[i - 1];
                    }
                    self.set_mark(c, i, target.mark);
                    return true;
                }
            }
        }
        false
    }

    /// `uo` and a horn key: ươ, but uơ after nothing, h, kh, th as long as nothing follows (huơ, thuở); a second press
    /// makes that ươ too.
    fn put_horns(&mut self, c: char, form: Form, first: usize) -> bool {
        let (u, o) = (form.letters[first], form.letters[first + 1]);
        if u.mark == Mark::Horn && o.mark == Mark::Horn {
            return false;
        }
        let initial = &form.letters()[..first];
        let takes_lone = match initial {
            [] => true,
            [one] => one.base == 'h',
            [one, two] => matches!((one.base, two.base), ('k' | 't', 'h')),
            _ => false,
        };
        let lone = takes_lone && first + 2 == form.length && u.mark == Mark::None && o.mark != Mark::Horn;
        let mut changed = form;
        changed.letters[first + 1].mark = Mark::Horn;
        if !lone {
            changed.letters[first].mark = Mark::Horn;
        }
        if !self.leads(&changed, self.tone) {
            return false;
        }
        self.cells[first].letter = changed.letters[first];
        self.set_mark(c, first + 1, Mark::Horn);
        true
    }

    fn set_mark(&mut self, c: char, cell: usize, mark: Mark) {
        self.cells[cell].letter.mark = mark;
        self.cells[cell].whole_from = None;
        self.keys.push(Key {
            c,
            owner: Owner::Cell(cell),
            acted: true,
        });
    }

    /// đ in an abbreviation without vowels, typed right after its d: SĐT, HĐND, QĐ.
    fn spells_abbreviation(&self, c: char, targets: &[Letter]) -> bool {
        let barred = Letter {
            base: 'd',
            mark: Mark::Bar,
        };
        let last_is_d = self
            .cells
            .last()
            .is_some_and(|cell| cell.letter == Letter::plain('d') && !cell.undoing);
        targets.contains(&barred)
            && last_is_d
            && no_vowel(&self.cells)
            && !self.is_decided()
            && (lower_case(c) != 'd' || self.keys.last().is_some_and(|key| lower_case(key.c) == 'd'))
    }

    fn take_mark_back(&mut self, c: char, targets: &[Letter]) -> bool {
        let Some(last) = self.cells.iter().rposition(|cell| targets.contains(&cell.letter)) else {
            return false;
        };
        if !self.may_take_back(c) {
            return false;
        }
        if let Some(whole) = self.cells[last].whole_from.filter(|_| last + 1 == self.cells.len()) {
            return self.take_letter_back(c, whole);
        }
        let horn = |cell: &Cell, base| cell.letter == Letter { base, mark: Mark::Horn };
        if last > 0 && horn(&self.cells[last], 'o') && horn(&self.cells[last - 1], 'u') {
            self.unmark(last - 1);
        }
        self.unmark(last);
        self.push_plain(c, true);
        true
    }

    /// Takes the mark off a cell; the key that made it goes over to the letter about to be added.
    fn unmark(&mut self, cell: usize) {
        let next = self.cells.len();
        self.cells[cell].letter.mark = Mark::None;
        for key in self
            .keys
            .iter_mut()
            .filter(|key| key.acted && key.owner == Owner::Cell(cell))
        {
            key.owner = Owner::Cell(next);
        }
    }

    fn put_tone(&mut self, c: char, tone: Tone, style: ToneStyle) -> bool {
        let Some(form) = self.form() else { return false };
        if tone_place(form.letters(), style).is_none() {
            return false;
        }
        if self.tone == tone {
            return self.may_take_back(c) && self.take_tone_back(c);
        }
        if !self.leads(&form, tone) {
            return false;
        }
        self.tone = tone;
        self.keys.push(Key {
            c,
            owner: Owner::Tone,
            acted: true,
        });
        true
    }

    fn take_tone_back(&mut self, c: char) -> bool {
        let next = self.cells.len();
        for key in self.keys.iter_mut().filter(|key| key.owner == Owner::Tone) {
            key.owner = Owner::Cell(next);
        }
        self.tone = Tone::Ngang;
        self.push_plain(c, true);
        true
    }

    fn clear_tone(&mut self, c: char) -> bool {
        if self.tone == Tone::Ngang {
            return false;
        }
        self.tone = Tone::Ngang;
        self.keys.push(Key {
            c,
            owner: Owner::Tone,
            acted: true,
        });
        true
    }

    fn put_letter(&mut self, c: char, letter: Letter) -> bool {
        if let Some(whole) = self
            .cells
            .last()
            .filter(|cell| cell.letter == letter)
            .and_then(|cell| cell.whole_from)
        {
            return self.take_letter_back(c, whole);
        }
        let mut cells = [Letter::plain(' '); MAX_LETTERS];
        let Some(form) = self.form().filter(|form| form.length < MAX_LETTERS) else {
            return false;
        };
        cells[..form.length].copy_from_slice(form.letters());
        cells[form.length] = letter;
        if !self.leads(
            &Form {
                letters: cells,
                length: form.length + 1,
            },
            self.tone,
        ) {
            return false;
        }
        self.push(
            Cell {
                letter,
                upper: is_capital_key(c),
                undoing: false,
                whole_from: Some(c),
            },
            c,
        );
        if let Some(key) = self.keys.last_mut() {
            key.acted = true;
        }
        self.complete_horns();
        true
    }

    /// A doubled `w` or bracket: the letter it gave becomes the key itself, in the case of the first press.
    fn take_letter_back(&mut self, c: char, whole: char) -> bool {
        let last = self.cells.len() - 1;
        let (letter, upper) = (
            Letter::plain(lower_case(whole)),
            whole.is_alphabetic() && is_capital_key(whole),
        );
        self.cells[last] = Cell {
            letter,
            upper,
            undoing: true,
            whole_from: None,
        };
        self.keys.push(Key {
            c,
            owner: Owner::Cell(last),
            acted: false,
        });
        true
    }

    /// A letter behind ưo or uơ makes it ươ: `huơ` + u → hươu, `trưo` + n → trươn.
    fn complete_horns(&mut self) {
        let Some(mut form) = self.form() else { return };
        let Some(first) = horn_pair(
            form.letters(),
            &[Letter {
                base: 'o',
                mark: Mark::Horn,
            }],
        ) else {
            return;
        };
        let marks = (form.letters[first].mark, form.letters[first + 1].mark);
        let half = matches!(marks, (Mark::Horn, Mark::None) | (Mark::None, Mark::Horn));
        if half && first + 2 < form.length {
            form.letters[first].mark = Mark::Horn;
            form.letters[first + 1].mark = Mark::Horn;
            if syllable::leads_to_syllable(form.letters(), self.tone) {
                self.cells[first].letter.mark = Mark::Horn;
                self.cells[first + 1].letter.mark = Mark::Horn;
            }
        }
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

/// The place of a `uo` in the vowels that a key with these targets may turn into ươ.
fn horn_pair(letters: &[Letter], targets: &[Letter]) -> Option<usize> {
    if !targets.contains(&Letter {
        base: 'o',
        mark: Mark::Horn,
    }) {
        return None;
    }
    let vowels = vowel_range(letters);
    (vowels.start..vowels.end.saturating_sub(1)).find(|&i| letters[i].base == 'u' && letters[i + 1].base == 'o')
}
