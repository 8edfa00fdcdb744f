//! Whether a row is a hit, and how good a one.
//!
//! Right words (whole or begun) stand before initials, and initials before words with one letter wrong. Within these a
//! code stands first; then cooperatives before people before events; words of the name before what else belongs to the
//! record; whole words before begun ones; the beginning of the name before the rest of it; words in their order; what was
//! used lately.

use super::list::{KINDS, List, Part, Row, Token, initial_bit};
use super::query::{Query, Word};
use super::words::Words;
use super::wrong::{Extent, is_one_letter_wrong};
use crate::arrange::Arrange;
use crate::vietnamese::fold;

/// How good a hit is: the smaller the better.
pub type Key = u64;

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
        let best = Fits {
            group: if pass == Pass::Right {
                Group::Right
            } else {
                Group::Wrong
            },
            in_group: u8::from(pass == Pass::Wrong),
            begun: if pass == Pass::Right {
                u8::try_from(begun).unwrap_or(0)
            } else {
                0
            },
            ..Fits::empty(u8::try_from(kind).unwrap_or(0))
        };
        Some(best.key_at(0, false))
    }

    /// How good a hit a row is; none where it is no hit.
    pub fn key(&self, list: &List, row: u32, pass: Pass) -> Option<Key> {
        let row = list.row(row);
        let mut fits = Fits::new(&row);
        for (word, table) in self.query.words.iter().zip(&self.tables) {
            fits.add(fit(word, table, &row, list.words(), pass)?);
        }
        let by_code = !self.query.code.is_empty() && row.code == self.query.code.as_bytes();
        if self.tables.len() > 1 && (fits.disorder > 0 || fits.outside > 0) {
            let is_phrase = self.is_phrase(&row);
            fits.scattered = fits.outside > 0 && !is_phrase;
            fits.disorder = if is_phrase { 0 } else { fits.disorder };
        }
        Some(fits.key_at(fits.place(), by_code))
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

/// How one word of the query fits a row.
#[derive(Clone, Copy, Debug)]
struct Fit {
    group: Group,
    toned: bool,
    whole: bool,
    place: Place,
    /// The words of the name that it fits, from and to.
    span: Option<(u8, u8)>,
    /// By its number alone, a code that is not a cooperative's: `7` is HTX007 before THT007.
    by_number: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Right,
    Initials,
    Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Code,
    Name,
    Kind,
    Rest,
}

impl Fit {
    fn elsewhere(group: Group, whole: bool, place: Place) -> Fit {
        Fit {
            group,
            toned: true,
            whole,
            place,
            span: None,
            by_number: false,
        }
    }

    fn order(&self) -> (Group, bool, Place, bool) {
        (self.group, !self.toned, self.place, !self.whole)
    }
}

fn fit(word: &Word, table: &Table, row: &Row<'_>, words: &Words, pass: Pass) -> Option<Fit> {
    let mut best = if table.digits { fit_code(word, row.code) } else { None };
    let better = |fit: Fit, best: Option<Fit>| best.is_none_or(|best| fit.order() < best.order());
    let mut name_word = 0;
    for token in row.tokens {
        let here = name_word;
        if token.part() == Part::Name {
            name_word += 1;
        }
        let class = table.classes[token.word() as usize];
        let group = match class & WAY {
            NOT => continue,
            WRONG if pass == Pass::Right => continue,
            WRONG => Group::Wrong,
            _ => Group::Right,
        };
        let fit = Fit {
            group,
            toned: class & TONED != 0,
            whole: class & WAY == WHOLE,
            place: place_of(*token),
            span: (token.part() == Part::Name).then_some((here, here)),
            by_number: false,
        };
        if better(fit, best) {
            best = Some(fit);
        }
    }
    if let Some(fit) = fit_numbers(word, row.numbers).filter(|fit| better(*fit, best)) {
        best = Some(fit);
    }
    if best.is_none_or(|best| best.group > Group::Initials) {
        best = fit_initials(word, row.tokens, words).or(best);
    }
    best
}

fn place_of(token: Token) -> Place {
    match token.part() {
        Part::Name => Place::Name,
        Part::Kind => Place::Kind,
        Part::Manager | Part::Product | Part::Place => Place::Rest,
    }
}

/// `htx007`, `htx7` and `7` are HTX007; `htx0` and `00` begin it.
fn fit_code(word: &Word, code: &[u8]) -> Option<Fit> {
    let letters = word.code_letters.as_deref()?.as_bytes();
    let start = code
        .iter()
        .rposition(|byte| !byte.is_ascii_digit())
        .map_or(0, |place| place + 1);
    let (own_letters, digits) = code.split_at(start);
    let typed = &word.folded.as_bytes()[letters.len()..];
    if digits.is_empty() || (!letters.is_empty() && own_letters != letters) {
        let begins = code.starts_with(word.folded.as_bytes());
        return begins.then(|| Fit::elsewhere(Group::Right, false, Place::Code));
    }
    let bare = without_noughts(digits);
    if bare == without_noughts(typed) {
        return Some(Fit {
            by_number: letters.is_empty() && own_letters != b"htx",
            ..Fit::elsewhere(Group::Right, true, Place::Code)
        });
    }
    let begins = digits.starts_with(typed) || bare.starts_with(typed);
    begins.then(|| Fit::elsewhere(Group::Right, false, Place::Code))
}

fn without_noughts(digits: &[u8]) -> &[u8] {
    let nought = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[nought..]
}

fn fit_numbers(word: &Word, numbers: &[u64]) -> Option<Fit> {
    let mut best = None;
    for fragment in &word.fragments {
        let length = 16 - fragment.leading_zeros() / 4;
        let mask = if length >= 16 {
            u64::MAX
        } else {
            (1 << (4 * length)) - 1
        };
        for number in numbers {
            if number == fragment {
                return Some(Fit::elsewhere(Group::Right, true, Place::Rest));
            }
            let mut rest = *number;
            while rest >= *fragment {
                if rest & mask == *fragment {
                    best = Some(Fit::elsewhere(Group::Right, false, Place::Rest));
                    break;
                }
                rest >>= 4;
            }
        }
    }
    best
}

/// A run of first letters: `rat` in "Rau An toàn", `pth` in a manager's name. The kind's letter may stand before a run
/// that begins later, for officers say "HTX Khánh Linh" of "HTX Rau an toàn Khánh Linh".
fn fit_initials(word: &Word, tokens: &[Token], words: &Words) -> Option<Fit> {
    let letters = word.folded.as_bytes();
    if letters.len() < 2 || !letters.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    let first = |token: &Token| words.folded(token.word()).as_bytes()[0];
    let kind = tokens.first().filter(|token| token.part() == Part::Kind).map(first);
    let behind_kind = (kind == Some(letters[0])).then(|| &letters[1..]);
    let names = tokens
        .iter()
        .take_while(|token| matches!(token.part(), Part::Name | Part::Kind));
    let before_name = names.filter(|token| token.part() == Part::Kind).count();
    for (start, token) in tokens.iter().enumerate() {
        for run in [Some(letters), behind_kind].into_iter().flatten() {
            let long = run.len() == letters.len();
            // "tác xã" is in every cooperative's kind: a run goes through the kind from its beginning or not at all.
            let inside_kind = token.part() == Part::Kind && !token.begins();
            if first(token) != run[0] || inside_kind || (!long && token.part() != Part::Name) {
                continue;
            }
            if is_run(run, &tokens[start..], first) {
                let at = |place: usize| u8::try_from(place.saturating_sub(before_name)).unwrap_or(u8::MAX);
                let in_name = matches!(token.part(), Part::Name | Part::Kind);
                return Some(Fit {
                    span: in_name.then(|| (at(start), at(start + run.len() - 1))),
                    place: if in_name { Place::Name } else { Place::Rest },
                    whole: long,
                    ..Fit::elsewhere(Group::Initials, true, Place::Name)
                });
            }
        }
    }
    None
}

/// Whether the words begin with these letters, one after the other and all of one name; a name's kind belongs to it.
fn is_run(run: &[u8], tokens: &[Token], first: impl Fn(&Token) -> u8) -> bool {
    if tokens.len() < run.len() {
        return false;
    }
    run.iter().zip(tokens).enumerate().all(|(place, (letter, token))| {
        let goes_on = place == 0 || !token.begins() || token.part() == Part::Name;
        goes_on && first(token) == *letter
    })
}

/// The fits of all words of a query, and what they make together.
struct Fits {
    kind: u8,
    used: u32,
    names: u8,
    group: Group,
    in_group: u8,
    untoned: bool,
    code: bool,
    /// Some words stand outside the name, and not one after the other in one other name.
    scattered: bool,
    outside: u8,
    begun: u8,
    /// Where the words stand in the name: the first, the last so far, whether in order and without a gap.
    span: Option<(u8, u8)>,
    disorder: u8,
    covered: u8,
}

impl Fits {
    fn new(row: &Row<'_>) -> Fits {
        let names = row.tokens.iter().filter(|token| token.part() == Part::Name).count();
        Fits {
            used: row.used,
            names: u8::try_from(names).unwrap_or(u8::MAX),
            ..Fits::empty(row.kind)
        }
    }

    /// Nothing known yet of a row of a kind; used just now, for all that is known.
    fn empty(kind: u8) -> Fits {
        Fits {
            kind,
            used: u32::MAX,
            names: 0,
            group: Group::Right,
            in_group: 0,
            untoned: false,
            code: false,
            scattered: false,
            outside: 0,
            begun: 0,
            span: None,
            disorder: 0,
            covered: 0,
        }
    }

    fn add(&mut self, fit: Fit) {
        if fit.group > self.group {
            (self.group, self.in_group) = (fit.group, 0);
        }
        self.in_group += u8::from(fit.group == self.group && fit.group > Group::Right);
        self.untoned |= !fit.toned;
        self.code |= fit.place == Place::Code && fit.whole;
        self.outside += u8::from(fit.place == Place::Rest);
        self.begun += u8::from(!fit.whole) + u8::from(fit.by_number);
        let Some((from, to)) = fit.span else { return };
        self.covered = self.covered.saturating_add(to - from + 1);
        self.span = Some(match self.span {
            None => (from, to),
            Some((first, last)) => {
                let disorder = if from == last.saturating_add(1) {
                    0
                } else if from > last {
                    1
                } else {
                    2
                };
                self.disorder = self.disorder.max(disorder);
                (first, to)
            }
        });
    }

    /// Where in the name: the whole of it, its beginning, somewhere, or not there alone.
    fn place(&self) -> u64 {
        let from_start = self.span.is_some_and(|(first, _)| first == 0);
        // People are called by their given name, the last word.
        let given =
            KINDS[usize::from(self.kind)] == "person" && self.span.is_some_and(|(first, _)| first + 1 == self.names);
        match (self.outside, self.disorder) {
            (0, 0) if from_start && self.covered == self.names && self.begun == 0 => 0,
            (0, 0) if from_start || given => 1,
            (0, _) => 2,
            _ => 3,
        }
    }

    fn key_at(&self, place: u64, by_code: bool) -> Key {
        let parts = [
            (self.group as u64, 2),
            (u64::from(self.in_group), 4),
            (u64::from(self.untoned), 1),
            (u64::from(!(by_code || self.code)), 1),
            (u64::from(self.kind), 3),
            (u64::from(self.scattered), 1),
            (u64::from(self.outside), 4),
            (u64::from(self.begun), 4),
            (place, 2),
            (u64::from(self.disorder), 2),
            (0xf_ffff - u64::from(self.used.min(0xf_ffff)), 20),
        ];
        parts
            .iter()
            .fold(0, |key, (value, bits)| key << bits | (value & ((1 << bits) - 1)))
    }
}

const BELOW_TONE: u32 = 1 + 3 + 1 + 4 + 4 + 2 + 2 + 20;

/// Whether a hit lacks a tone or mark that was typed.
pub fn is_untoned(key: Key) -> bool {
    key >> BELOW_TONE & 1 == 1
}

/// Whether all words of a hit are right ones: no initials, no letter wrong.
pub fn is_right(key: Key) -> bool {
    key >> (BELOW_TONE + 5) == 0
}
