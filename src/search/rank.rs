//! Whether a row is a hit, and how good a one: each word of the query is compared with the words of the list once (here),
//! fitted into a row (`fit`), and the fits of all words make the key of a hit (`score`).
//!
//! Right words (whole or begun) stand before initials, and initials before words with one letter wrong. Within these a
//! code stands first; then cooperatives before people before events; words of the name before what else belongs to the
//! record; whole words before begun ones; the beginning of the name before the rest of it; words in their order; what was
//! used lately.

mod fit;
mod score;

use super::list::{List, Row, Token, initial_bit};
use super::query::{Query, Word};
use super::words::Words;
use super::wrong::{Extent, is_one_letter_wrong};
use crate::arrange::Arrange;
use crate::vietnamese::fold;
use fit::{Group, fit, fit_code, fit_numbers, without_noughts};
use score::Fits;

pub use score::{Key, is_right, is_untoned};

/// What a word of the list is to a word of the query.
const NOT: u8 = 0;
const WHOLE: u8 = 1;
const BEGUN: u8 = 2;
const WRONG: u8 = 3;
const WAY: u8 = 3;
/// The tones and marks typed are in it.
const TONED: u8 = 4;

/// What words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Right ones.
    Right,
    /// With a letter wrong too.
    Wrong,
}

/// A query made ready: each of its words compared with all words of the list.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    query: Query,
    tables: Vec<Table>,
    /// The places of the words, the rarest first.
    rarest: Vec<usize>,
    /// Whether a tone was typed.
    marked: bool,
}

/// One word of the query against all words of the list.
#[derive(Clone, Debug, Default)]
struct Table {
    /// What each word of the list is to it.
    classes: Vec<u8>,
    /// How often the right ones, and those with a letter wrong, stand in the list.
    uses: u64,
    /// The letters that its words begin with, the right ones and all.
    right_initials: u32,
    initials: u32,
    /// Its own letters, if they may be a run of first letters.
    run: Option<u32>,
    /// Whether it may be (in) a code or a number.
    digits: bool,
}

/// What a glance at a row's words tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glance {
    /// It is no hit.
    No,
    /// It is one.
    Hit,
    /// Codes, numbers or first letters must be looked at.
    Perhaps,
}

impl Ready {
    /// Compares a query with the words of a list. What an earlier query had compared is taken from it.
    pub fn new(query: Query, list: &List, earlier: Ready) -> Ready {
        let Ready {
            query: known,
            tables: mut old,
            ..
        } = earlier;
        let words = list.words();
        let several = query.words.len() > 1;
        let same_rule = several == (known.words.len() > 1);
        let tables = query.words.iter().enumerate().map(|(place, word)| {
            let kept = same_rule && known.words.get(place) == Some(word);
            match old.get_mut(place) {
                Some(table) if kept && table.classes.len() == words.len() => std::mem::take(table),
                _ => Table::new(word, list, several),
            }
        });
        let tables: Vec<Table> = tables.collect();
        let mut rarest: Vec<usize> = (0..tables.len()).collect();
        rarest.arrange_by_key(|place| tables[*place].uses);
        Ready {
            marked: query.words.iter().any(|word| word.marked),
            query,
            tables,
            rarest,
        }
    }

    /// The query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Looks at the words of a row alone, as far as is needed: most rows are no hit, and this is what a key stroke
    /// spends its time with.
    pub fn glance(&self, list: &List, row: u32, pass: Pass) -> Glance {
        let initials = list.initials(row);
        for table in &self.tables {
            let begins = initials & table.initials_in(pass) != 0;
            if !begins && !table.may_stand_elsewhere(initials) {
                return Glance::No;
            }
        }
        let tokens = list.tokens(row);
        let mut glance = Glance::Hit;
        for place in &self.rarest {
            let table = &self.tables[*place];
            if table.is_in(tokens, pass) {
                continue;
            }
            let run = table.run.is_some_and(|run| run & !initials == 0);
            if !(run || table.digits && self.is_number(*place, list, row)) {
                return Glance::No;
            }
            glance = Glance::Perhaps;
        }
        glance
    }

    /// Whether a word is a row's code or in one of its numbers.
    fn is_number(&self, place: usize, list: &List, row: u32) -> bool {
        let (word, row) = (&self.query.words[place], list.row(row));
        fit_code(word, row.code).is_some() || fit_numbers(word, row.numbers).is_some()
    }

    /// The best key that a row of a kind can have which is a hit by its words alone; none where it must be looked at (its
    /// code may be meant, or its tones).
    pub fn bound(&self, kind: usize, pass: Pass) -> Option<Key> {
        if self.marked || self.query.words.iter().any(|word| word.code_letters.is_some()) {
            return None;
        }
        let whole = |table: &Table| table.classes.iter().any(|class| class & WAY == WHOLE);
        let begun = self.tables.iter().filter(|table| !whole(table)).count();
        let kind = u8::try_from(kind).unwrap_or(0);
        let best = match pass {
            Pass::Right => Fits::best(kind, Group::Right, u8::try_from(begun).unwrap_or(0)),
            Pass::Wrong => Fits::best(kind, Group::Wrong, 0),
        };
        Some(best.key_at(0))
    }

    /// How good a hit a row is; none where it is no hit.
    pub fn key(&self, list: &List, row: u32, pass: Pass) -> Option<Key> {
        let row = list.row(row);
        let mut fits = Fits::new(&row);
        for (word, table) in self.query.words.iter().zip(&self.tables) {
            fits.add(fit(word, table, &row, list.words(), pass)?);
        }
        fits.code |= !self.query.code.is_empty() && row.code == self.query.code.as_bytes();
        if self.tables.len() > 1 && (fits.disorder > 0 || fits.outside > 0) {
            let is_phrase = self.is_phrase(&row);
            fits.scattered = fits.outside > 0 && !is_phrase;
            fits.disorder = if is_phrase { 0 } else { fits.disorder };
        }
        Some(fits.key_at(fits.place()))
    }

    /// Whether the words of the query stand one after the other in one name: of the words of three managers another one's
    /// name can be made.
    fn is_phrase(&self, row: &Row<'_>) -> bool {
        let fits = |table: &Table, token: &Token| matches!(table.classes[token.word() as usize] & WAY, WHOLE | BEGUN);
        let from = |start: usize| {
            let tokens = row.tokens.get(start..start + self.tables.len());
            tokens.is_some_and(|tokens| {
                let joined = tokens.iter().skip(1).all(|token| !token.begins());
                joined && self.tables.iter().zip(tokens).all(|(table, token)| fits(table, token))
            })
        };
        (0..row.tokens.len()).any(from)
    }
}

impl Table {
    fn new(word: &Word, list: &List, several: bool) -> Table {
        let words = list.words();
        let typed = word.folded.as_bytes();
        let mut table = Table {
            run: run_of(typed),
            digits: !word.fragments.is_empty()
                || word
                    .code_letters
                    .as_ref()
                    .is_some_and(|letters| without_noughts(&typed[letters.len()..]).len() <= list.code_digits()),
            ..Table::default()
        };
        table.classes = (0..words.len())
            .map(|id| table.class(word, id as u32, words, several))
            .collect();
        table
    }

    /// What a word of the list is to the word typed; noted in the sums.
    fn class(&mut self, word: &Word, id: u32, words: &Words, several: bool) -> u8 {
        let typed = word.folded.as_bytes();
        let found = words.folded(id).as_bytes();
        let way = if found == typed {
            WHOLE
        } else if found.starts_with(typed) {
            BEGUN
        } else if is_wrong(typed, found, several) {
            WRONG
        } else {
            return NOT;
        };
        let initial = initial_bit(found[0]);
        self.initials |= initial;
        self.right_initials |= if way == WRONG { 0 } else { initial };
        self.uses += u64::from(words.uses(id));
        let toned = !word.marked || (way != WRONG && fold::match_tones(&word.written, words.written(id)));
        way | if toned { TONED } else { 0 }
    }

    fn initials_in(&self, pass: Pass) -> u32 {
        match pass {
            Pass::Right => self.right_initials,
            Pass::Wrong => self.initials,
        }
    }

    /// Whether the word may be a code, a number or a run of first letters in a row whose words begin with these letters.
    fn may_stand_elsewhere(&self, initials: u32) -> bool {
        self.digits || self.run.is_some_and(|run| run & !initials == 0)
    }

    fn is_in(&self, tokens: &[Token], pass: Pass) -> bool {
        let worst = if pass == Pass::Right { BEGUN } else { WRONG };
        let is_hit =
            |token: &Token| matches!(self.classes[token.word() as usize] & WAY, way if way != NOT && way <= worst);
        tokens.iter().any(is_hit)
    }
}

/// The letters of a word that may be a run of first letters.
fn run_of(typed: &[u8]) -> Option<u32> {
    let letters = typed.len() > 1 && typed.iter().all(u8::is_ascii_lowercase);
    letters.then(|| typed.iter().fold(0, |mask, letter| mask | initial_bit(*letter)))
}

/// Short words must be there in full but for the one letter; a word of two letters only among others, for alone it would
/// be like half of all words.
fn is_wrong(typed: &[u8], found: &[u8], several: bool) -> bool {
    if typed.iter().any(u8::is_ascii_digit) {
        return false;
    }
    match typed.len() {
        0 | 1 => false,
        2 if !several => false,
        2 | 3 => is_one_letter_wrong(typed, found, Extent::Whole),
        _ => is_one_letter_wrong(typed, found, Extent::Beginning),
    }
}
