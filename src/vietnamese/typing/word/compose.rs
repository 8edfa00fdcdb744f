//! What a key does to the word: marks, tones, whole letters, and taking them back.
//!
//! Nothing here is about the order of keys: each looks for the letter it can act on, asks whether a syllable can come of
//! it, and the tone is placed anew afterwards.

use super::{Cell, Form, Key, Owner, Spelling, Word, no_vowel};
use crate::vietnamese::syllable::{
    self, Letter, MAX_LETTERS, Mark, Tone, ToneStyle, lower_case, tone_place, vowel_range,
};
use crate::vietnamese::typing::method::{Action, is_capital_key};

impl Word {
    /// Takes a key whose actions are these. True when one of them applied.
    pub(in crate::vietnamese::typing) fn act(&mut self, c: char, actions: &[Action], style: ToneStyle) -> bool {
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
    pub(in crate::vietnamese::typing) fn add(&mut self, c: char, style: ToneStyle) {
        self.push_plain(c, false);
        self.complete_horns();
        self.place_tone(style);
    }

    /// The last key was a backslash that now makes this one plain.
    fn escaped(&self) -> bool {
        self.cells
            .last()
            .is_some_and(|cell| cell.letter.base == '\\' && !cell.undoing)
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
