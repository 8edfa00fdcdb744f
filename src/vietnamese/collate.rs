//! Vietnamese order, of texts and of people.
//!
//! The alphabet is a ă â b c d đ e ê … o ô ơ … u ư … y z: marks make another letter. Tones only break ties, over the
//! whole text from left to right, in the dictionary's order: ngang, huyền, hỏi, ngã, sắc, nặng. Case breaks what is
//! left, small letters first. That is the order of the Unicode collation for the locale `vi`, and a test holds this
//! module to it; the collator itself would bring a hundred times the code and data for letters nobody here writes.
//!
//! Exact for Vietnamese, ASCII, accented Latin letters and the usual punctuation, composed or decomposed. Other
//! characters come after all letters, by code point.
//!
//! People are called by their given name, and lists of people go by it: then by the middle names, then the surname.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::name::split_name;

/// Compares two texts in Vietnamese order. Texts that differ only in being composed or decomposed are equal.
pub fn compare(a: &str, b: &str) -> Ordering {
    if a == b {
        Ordering::Equal
    } else {
        sort_key(a).cmp(&sort_key(b))
    }
}

/// Bytes whose order is the Vietnamese order of the texts: to sort many texts, make each key once.
///
/// Letters, then tones, then case, separated by zero bytes; so a shorter text's key is never taken for another's start.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() + 8);
    push_key(text, &mut key);
    key
}

/// Compares two people by given name, then middle names, then surname.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    if a == b {
        Ordering::Equal
    } else {
        name_key(a).cmp(&name_key(b))
    }
}

/// Bytes whose order is that of [`compare_names`].
pub fn name_key(name: &str) -> Vec<u8> {
    let parts = split_name(name);
    let mut key = Vec::with_capacity(name.len() + 16);
    for part in [parts.given, parts.middle, parts.surname] {
        push_key(part, &mut key);
        key.push(END);
    }
    key
}

/// Ends a level, and is below every weight.
const END: u8 = 0;
/// The lowest weight of the second and third level: no tone, small letter.
const PLAIN: u8 = 1;
/// The third-level weight of a capital; look-alikes of other make come after it.
const CAPITAL: u8 = 2;
const LOOK_ALIKE: u8 = 3;
/// Leads the three bytes of a code point for what has no place in the tables.
const BEYOND: u8 = 0xFB;

/// First-level order. Accented letters that are no letters of their own follow from their decomposition.
const ORDER: [char; 128] = [
    '\t', '\n', '\u{B}', '\u{C}', '\r', '\u{85}', '\u{2028}', '\u{2029}', ' ', '_', '-', '‐', '‒', '–', '—', '―', ',',
    ';', ':', '!', '¡', '?', '¿', '.', '·', '\'', '‹', '›', '"', '«', '»', '(', ')', '[', ']', '{', '}', '§', '¶', '@',
    '*', '/', '\\', '&', '#', '%', '‰', '†', '‡', '•', '′', '`', '´', '^', '¯', '¨', '°', '©', '®', '←', '→', '+', '±',
    '÷', '×', '<', '=', '>', '¬', '|', '¦', '~', '−', '≤', '≥', '●', '★', '✓', '¤', '¢', '$', '£', '¥', '₫', '€', '0',
    '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j',
    'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];

/// Second-level order of the combining marks that decomposed Latin letters carry; the five tones are among them in
/// their Vietnamese order.
const MARKS: [char; 20] = [
    '\u{332}', '\u{313}', '\u{314}', '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', '\u{306}', '\u{302}',
    '\u{30C}', '\u{30A}', '\u{342}', '\u{308}', '\u{30B}', '\u{307}', '\u{338}', '\u{327}', '\u{328}', '\u{304}',
];

/// Characters that differ from another one only on the second level (quotation marks).
const QUOTES: [(char, char, u8); 8] = [
    ('‘', '\'', 2),
    ('’', '\'', 3),
    ('‚', '\'', 4),
    ('‛', '\'', 5),
    ('“', '"', 2),
    ('”', '"', 3),
    ('„', '"', 4),
    ('‟', '"', 5),
];

/// Letters with a stroke, which Unicode does not decompose: ordered as if their stroke were a mark.
const STROKED: [(char, char, char); 4] = [
    ('ð', 'd', '\u{335}'),
    ('ø', 'o', '\u{338}'),
    ('ł', 'l', '\u{335}'),
    ('ħ', 'h', '\u{335}'),
];

/// First-level weights of ASCII, looked up for every letter.
const ASCII: [u8; 128] = {
    let mut weights = [0; 128];
    let mut i = 0;
    while i < ORDER.len() {
        let c = ORDER[i] as u32;
        if c < 128 {
            weights[c as usize] = i as u8 + 1;
        }
        i += 1;
    }
    weights
};

/// The three levels of a text while they are gathered.
struct Levels<'k> {
    letters: &'k mut Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
}

impl Levels<'_> {
    fn push(&mut self, letter: char, tone: u8, case: u8) {
        match rank(letter) {
            Some(weight) => self.letters.push(weight),
            None => {
                self.letters.push(BEYOND);
                self.letters.extend_from_slice(&(letter as u32).to_be_bytes()[1..]);
            }
        }
        self.tones.push(tone);
        self.cases.push(case);
    }

    fn push_mark(&mut self, mark: char) {
        match MARKS.iter().position(|m| *m == mark) {
            Some(place) => self.tones.push(place as u8 + PLAIN + 1),
            None => {
                self.tones.push(BEYOND);
                self.tones.extend_from_slice(&(mark as u32).to_be_bytes()[1..]);
            }
        }
        self.cases.push(PLAIN);
    }
}

fn push_key(text: &str, key: &mut Vec<u8>) {
    let mut levels = Levels {
        letters: key,
        tones: Vec::with_capacity(text.len()),
        cases: Vec::with_capacity(text.len()),
    };
    let mut parts = text.nfd().filter(|c| !is_ignorable(*c)).peekable();
    let mut marks: Vec<char> = Vec::new();
    while let Some(c) = parts.next() {
        if canonical_combining_class(c) != 0 {
            levels.push_mark(c);
            continue;
        }
        marks.clear();
        while let Some(mark) = parts.next_if(|c| canonical_combining_class(*c) != 0) {
            marks.push(mark);
        }
        let letter = take_shape(c, &mut marks);
        push_letter(letter, &mut levels);
        for mark in &marks {
            levels.push_mark(*mark);
        }
    }
    let Levels { letters, tones, cases } = levels;
    for level in [tones, cases] {
        // What stands at the end of a level and is plain decides nothing, for plain is its lowest weight.
        let end = level
            .iter()
            .rposition(|weight| *weight != PLAIN)
            .map_or(0, |last| last + 1);
        letters.push(END);
        letters.extend_from_slice(&level[..end]);
    }
}

fn push_letter(letter: char, levels: &mut Levels<'_>) {
    if let Some((_, base, weight)) = QUOTES.iter().find(|(quote, ..)| *quote == letter) {
        return levels.push(*base, *weight, PLAIN);
    }
    match letter {
        '\u{A0}' | '\u{202F}' | '\u{2007}' => levels.push(' ', PLAIN, LOOK_ALIKE),
        '\u{2000}'..='\u{200A}' | '\u{205F}' => levels.push(' ', PLAIN, CAPITAL),
        '…' => (0..3).for_each(|_| levels.push('.', PLAIN, LOOK_ALIKE)),
        '″' => (0..2).for_each(|_| levels.push('′', PLAIN, LOOK_ALIKE)),
        '\u{2011}' => levels.push('‐', PLAIN, CAPITAL),
        letter => {
            // A capital that lowers to several characters (İ) is none of ours and lies beyond the tables.
            let mut lower = letter.to_lowercase();
            let (small, case) = match (lower.next(), lower.next()) {
                (Some(small), None) if small != letter => (small, CAPITAL),
                _ => (letter, PLAIN),
            };
            match STROKED.iter().find(|(stroked, ..)| *stroked == small) {
                Some((_, base, stroke)) => {
                    levels.push(*base, PLAIN, case);
                    levels.push_mark(*stroke);
                }
                None => levels.push(small, PLAIN, case),
            }
        }
    }
}

/// Joins a letter with the mark among `marks` that makes it another letter, unless a mark of the same class is before
/// it, and takes that mark out.
fn take_shape(letter: char, marks: &mut Vec<char>) -> char {
    let mut skipped = 0;
    for (i, mark) in marks.iter().enumerate() {
        let class = canonical_combining_class(*mark);
        if let Some(shaped) = shape(letter, *mark).filter(|_| class != skipped) {
            marks.remove(i);
            return shaped;
        }
        skipped = class;
    }
    letter
}

fn shape(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('a', '\u{306}') => 'ă',
        ('A', '\u{306}') => 'Ă',
        ('a', '\u{302}') => 'â',
        ('A', '\u{302}') => 'Â',
        ('e', '\u{302}') => 'ê',
        ('E', '\u{302}') => 'Ê',
        ('o', '\u{302}') => 'ô',
        ('O', '\u{302}') => 'Ô',
        ('o', '\u{31B}') => 'ơ',
        ('O', '\u{31B}') => 'Ơ',
        ('u', '\u{31B}') => 'ư',
        ('U', '\u{31B}') => 'Ư',
        _ => return None,
    })
}

fn rank(c: char) -> Option<u8> {
    if c.is_ascii() {
        return Some(ASCII[c as usize]).filter(|weight| *weight != 0);
    }
    ORDER.iter().position(|other| *other == c).map(|place| place as u8 + 1)
}

/// What stands in a text without being seen.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{AD}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by(|a, b| compare(a, b));
        texts
    }

    #[test]
    fn marked_letters_are_letters_of_their_own() {
        let alphabet = vec![
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q",
            "r", "s", "t", "u", "ư", "v", "x", "y",
        ];
        let mut reversed = alphabet.clone();
        reversed.reverse();
        assert_eq!(sorted(reversed), alphabet);
        assert_eq!(sorted(vec!["đa", "dy", "âm", "az"]), ["az", "âm", "dy", "đa"]);
    }

    #[test]
    fn tones_break_ties_in_the_dictionary_order_and_case_breaks_the_rest() {
        assert_eq!(
            sorted(vec!["mạ", "má", "mã", "mả", "mà", "ma"]),
            ["ma", "mà", "mả", "mã", "má", "mạ"]
        );
        assert_eq!(sorted(vec!["mà b", "ma c", "ma a"]), ["ma a", "mà b", "ma c"]);
        assert_eq!(sorted(vec!["Ma", "mà", "ma", "MA"]), ["ma", "Ma", "MA", "mà"]);
    }

    #[test]
    fn composed_and_decomposed_texts_are_equal() {
        assert_eq!(compare("Thúy Hằng", "Thu\u{301}y Hă\u{300}ng"), Ordering::Equal);
        assert_eq!(compare("ệ", "e\u{323}\u{302}"), Ordering::Equal);
    }

    #[test]
    fn people_go_by_given_name_then_middle_then_surname() {
        let mut names = [
            "Trần Văn An",
            "Nguyễn Thị Yến",
            "Lê Thị Ánh",
            "Phạm Thị An",
            "Bùi Thị An",
            "An",
            "Nguyễn Hoàng An",
        ];
        names.sort_by(|a, b| compare_names(a, b));
        assert_eq!(
            names,
            [
                "An",
                "Nguyễn Hoàng An",
                "Bùi Thị An",
                "Phạm Thị An",
                "Trần Văn An",
                "Lê Thị Ánh",
                "Nguyễn Thị Yến"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_has_a_key_and_the_order_is_total(a in any::<String>(), b in any::<String>(), c in any::<String>()) {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
            prop_assert_eq!(compare_names(&a, &b), compare_names(&b, &a).reverse());
        }
    }
}
