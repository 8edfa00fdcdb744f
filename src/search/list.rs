//! The compact list: one row a cooperative, person, session or fair, in columns that lie together in memory.
//!
//! A row is some eighty bytes: its id, its words by number, its code, its telephone and tax numbers four bits a digit,
//! and a mask of the letters that its words begin with, so that most rows are passed over at a glance. No row has
//! anything of its own on the heap.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{WordId, Words};
use crate::domain::id::Id;
use crate::vietnamese::fold;

/// The kinds in the list, in the order in which equally good hits stand.
pub const KINDS: [&str; 4] = ["cooperative", "person", "training", "fair"];

/// The mask of a row that is gone.
const GONE: u8 = u8::MAX;

/// What a word is to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Of its name.
    Name,
    /// What kind of organisation it is, short or in full: "HTX", "hợp tác xã".
    Kind,
    /// Of a manager's name.
    Manager,
    /// Of a product's name.
    Product,
    /// Of its commune or venue.
    Place,
}

/// A word of a row: its number, what it is, and whether it begins a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token(u32);

const BEGINS: u32 = 1 << 31;

impl Token {
    fn new(word: WordId, part: Part, begins: bool) -> Token {
        Token(word & 0x00ff_ffff | (part as u32) << 24 | if begins { BEGINS } else { 0 })
    }

    /// The word.
    pub fn word(self) -> WordId {
        self.0 & 0x00ff_ffff
    }

    /// What it is.
    pub fn part(self) -> Part {
        match self.0 >> 24 & 0x7 {
            0 => Part::Name,
            1 => Part::Kind,
            2 => Part::Manager,
            3 => Part::Product,
            _ => Part::Place,
        }
    }

    /// Whether it is the first word of its name, product or place.
    pub fn begins(self) -> bool {
        self.0 & BEGINS != 0
    }
}

/// What stands between code and name in a label.
const LABEL_MARK: &str = "\t";

/// Words in a row; more are not looked at.
const WORDS_A_ROW: usize = 96;

/// What a row is made of.
#[derive(Debug, Default)]
pub struct Draft {
    tokens: Vec<Token>,
    numbers: Vec<u64>,
    code: String,
    label: String,
    used: u32,
}

impl Draft {
    /// Makes it empty again.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.numbers.clear();
        self.code.clear();
        self.label.clear();
        self.used = 0;
    }

    /// Adds the words of a text.
    pub fn text(&mut self, text: &str, part: Part, words: &mut Words) {
        let mut begins = true;
        for word in fold::marked_words(text) {
            if self.tokens.len() >= WORDS_A_ROW {
                return;
            }
            if let Some(id) = words.number(word) {
                self.tokens.push(Token::new(id, part, begins));
                begins = false;
            }
        }
    }

    /// Adds a telephone number or a tax code.
    pub fn number(&mut self, digits: &str) {
        self.numbers.extend(pack_digits(digits));
    }

    /// Sets the code.
    pub fn code(&mut self, code: &str) {
        self.code = fold_code(code);
    }

    /// Sets how it is listed: code and name as they are stored.
    pub fn label(&mut self, code: &str, title: &str) {
        self.label.clear();
        for part in [code, LABEL_MARK, title] {
            self.label.push_str(part);
        }
    }

    /// Sets the day on which it was last used; 0 for never.
    pub fn used(&mut self, day: u32) {
        self.used = day;
    }
}

/// A code as it is compared: letters and digits only, small.
pub fn fold_code(code: &str) -> String {
    let mut folded = fold::fold(code);
    folded.retain(|c| c != ' ');
    folded
}

/// Digits as nibbles (one more than the digit, so that noughts count), the last digit lowest; none where there are no
/// digits or more than fit.
pub fn pack_digits(text: &str) -> Option<u64> {
    let mut packed = 0u64;
    let mut count = 0;
    for digit in text.bytes().filter(u8::is_ascii_digit) {
        packed = packed << 4 | u64::from(digit - b'0' + 1);
        count += 1;
    }
    (1..=16).contains(&count).then_some(packed)
}

/// All rows.
#[derive(Clone, Debug, Default)]
pub struct List {
    words: Words,
    ids: Vec<Id>,
    kinds: Vec<u8>,
    initials: Vec<u32>,
    used: Vec<u32>,
    code_ends: Vec<u32>,
    codes: Vec<u8>,
    label_ends: Vec<u32>,
    labels: String,
    token_ends: Vec<u32>,
    tokens: Vec<Token>,
    number_ends: Vec<u32>,
    numbers: Vec<u64>,
    /// The rows of each kind as they were loaded, in the order of their ids.
    loaded: [Range<u32>; 4],
    /// Rows that came later.
    later: HashMap<Id, u32>,
    gone: usize,
    /// The most digits that a code ends with.
    code_digits: usize,
}

/// One row, looked at.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The place of its kind in [`KINDS`].
    pub kind: u8,
    /// Its code, folded.
    pub code: &'a [u8],
    /// Its words.
    pub tokens: &'a [Token],
    /// Its telephone numbers and tax code.
    pub numbers: &'a [u64],
    /// The day on which it was last used.
    pub used: u32,
}

impl List {
    /// The words, to make drafts with.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// See [`List::words`].
    pub fn words_mut(&mut self) -> &mut Words {
        &mut self.words
    }

    /// The living rows.
    pub fn len(&self) -> usize {
        self.ids.len() - self.gone
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes that it takes, by and large.
    pub fn bytes(&self) -> usize {
        self.ids.len() * (16 + 1 + 4 + 4 + 4 + 4 + 4 + 4)
            + self.codes.len()
            + self.labels.len()
            + self.tokens.len() * 4
            + self.numbers.len() * 8
            + self.later.len() * 32
            + self.words.bytes()
    }

    /// Adds a row while loading. Rows of a kind come one after the other, in the order of their ids.
    pub fn load(&mut self, kind: usize, id: Id, draft: &Draft) {
        let place = place_of(self.ids.len());
        let range = &mut self.loaded[kind];
        if range.start == range.end {
            *range = place..place;
        }
        range.end = place + 1;
        self.push(kind, id, draft);
    }

    /// Puts a row in the place of the one that the record had, if it had one.
    pub fn put(&mut self, kind: usize, id: Id, draft: &Draft) {
        self.remove(kind, id);
        self.later.insert(id, place_of(self.ids.len()));
        self.push(kind, id, draft);
    }

    /// Takes a record's row out.
    pub fn remove(&mut self, kind: usize, id: Id) {
        if let Some(row) = self.find(kind, id) {
            self.kinds[row as usize] = GONE;
            self.initials[row as usize] = 0;
            self.later.remove(&id);
            self.gone += 1;
        }
    }

    /// Says that a record was used on a day.
    pub fn use_on(&mut self, kind: usize, id: Id, day: u32) {
        if let Some(row) = self.find(kind, id) {
            let used = &mut self.used[row as usize];
            *used = day.max(*used);
        }
    }

    /// Whether so many rows are gone or came later that loading anew is better.
    pub fn is_worn(&self) -> bool {
        self.gone + self.later.len() > 4096 + self.ids.len() / 4
    }

    fn find(&self, kind: usize, id: Id) -> Option<u32> {
        if let Some(row) = self.later.get(&id) {
            return Some(*row);
        }
        let range = self.loaded[kind].clone();
        let ids = &self.ids[range.start as usize..range.end as usize];
        let row = range.start + place_of(ids.binary_search(&id).ok()?);
        (self.kinds[row as usize] != GONE).then_some(row)
    }

    fn push(&mut self, kind: usize, id: Id, draft: &Draft) {
        let mut initials = 0;
        for token in &draft.tokens {
            initials |= initial_bit(self.words.folded(token.word()).as_bytes()[0]);
            self.words.used(token.word());
        }
        let digits = draft.code.bytes().rev().take_while(u8::is_ascii_digit).count();
        self.code_digits = self.code_digits.max(digits);
        self.ids.push(id);
        self.kinds.push(kind as u8);
        self.initials.push(initials);
        self.used.push(draft.used);
        self.codes.extend_from_slice(draft.code.as_bytes());
        self.code_ends.push(place_of(self.codes.len()));
        self.labels.push_str(&draft.label);
        self.label_ends.push(place_of(self.labels.len()));
        self.tokens.extend_from_slice(&draft.tokens);
        self.token_ends.push(place_of(self.tokens.len()));
        self.numbers.extend_from_slice(&draft.numbers);
        self.number_ends.push(place_of(self.numbers.len()));
    }

    /// The rows of a kind, or of all kinds: first those of the first kind, then on; what came later last.
    pub fn rows(&self, kind: Option<usize>) -> impl Iterator<Item = u32> + '_ {
        let loaded = KINDS
            .iter()
            .enumerate()
            .filter(move |(place, _)| kind.is_none_or(|kind| kind == *place));
        let end = self.loaded.iter().map(|range| range.end).max().unwrap_or(0);
        loaded
            .flat_map(|(place, _)| self.loaded[place].clone())
            .chain(end..place_of(self.ids.len()))
    }

    /// The letters that a row's words begin with; see [`initial_bit`].
    pub fn initials(&self, row: u32) -> u32 {
        self.initials[row as usize]
    }

    /// The words of a row.
    pub fn tokens(&self, row: u32) -> &[Token] {
        &self.tokens[span(&self.token_ends, row as usize)]
    }

    /// The most digits that a code ends with.
    pub fn code_digits(&self) -> usize {
        self.code_digits
    }

    /// The kind of a row, by its place in [`KINDS`]; none for one that is gone.
    pub fn kind(&self, row: u32) -> Option<usize> {
        let kind = self.kinds[row as usize];
        (kind != GONE).then_some(usize::from(kind))
    }

    /// The code (empty where it has none) and the name of a record as they are stored; none for one that has no row.
    pub fn label(&self, kind: usize, id: Id) -> Option<(&str, &str)> {
        let row = self.find(kind, id)?;
        self.labels[span(&self.label_ends, row as usize)].split_once(LABEL_MARK)
    }

    /// The record of a row.
    pub fn id(&self, row: u32) -> Id {
        self.ids[row as usize]
    }

    /// A row.
    pub fn row(&self, row: u32) -> Row<'_> {
        let row = row as usize;
        Row {
            kind: self.kinds[row],
            code: &self.codes[span(&self.code_ends, row)],
            tokens: &self.tokens[span(&self.token_ends, row)],
            numbers: &self.numbers[span(&self.number_ends, row)],
            used: self.used[row],
        }
    }
}

fn span(ends: &[u32], row: usize) -> Range<usize> {
    let start = row.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[row] as usize
}

fn place_of(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The bit of a first letter in a mask: a to z, then digits, then all else.
pub fn initial_bit(first: u8) -> u32 {
    match first {
        b'a'..=b'z' => 1 << (first - b'a'),
        b'0'..=b'9' => 1 << 26,
        _ => 1 << 27,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list_of(names: &[&str]) -> (List, Vec<Id>) {
        let mut list = List::default();
        let mut draft = Draft::default();
        let mut ids = Vec::new();
        for (place, name) in names.iter().enumerate() {
            draft.clear();
            draft.text(name, Part::Name, list.words_mut());
            draft.label("N0001", name);
            let id = Id::at(place as u64 + 1, [0; 10]);
            list.load(1, id, &draft);
            ids.push(id);
        }
        (list, ids)
    }

    #[test]
    fn a_changed_row_is_there_once_and_a_removed_one_not_at_all() {
        let (mut list, ids) = list_of(&["Phạm Thị Hạnh", "Đỗ Thu Hà", "Bùi Thị Mến"]);
        let mut draft = Draft::default();
        draft.text("Đỗ Thu Hà", Part::Name, list.words_mut());
        list.put(1, ids[0], &draft);
        list.put(1, ids[0], &draft);
        list.remove(1, ids[2]);
        list.remove(1, ids[2]);
        let living: Vec<Id> = list
            .rows(None)
            .filter(|row| list.kind(*row).is_some())
            .map(|row| list.id(row))
            .collect();
        assert_eq!(living, [ids[1], ids[0]]);
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn digits_are_packed_with_their_noughts() {
        assert_eq!(pack_digits("0 1"), Some(0x12));
        assert_ne!(pack_digits("0912"), pack_digits("912"));
        assert_eq!((pack_digits("x"), pack_digits("12345678901234567")), (None, None));
    }

    #[test]
    fn a_row_of_a_person_is_small() {
        let names: Vec<String> = (0..10_000)
            .map(|i| format!("Nguyễn Thị Thu {}", ["Hà", "Hạnh", "Hằng"][i % 3]))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (list, _) = list_of(&names);
        assert!(list.bytes() / 10_000 <= 100, "{} bytes a row", list.bytes() / 10_000);
    }
}
