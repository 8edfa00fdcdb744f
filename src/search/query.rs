//! What was typed, taken apart: words, digits, a code.

use unicode_normalization::UnicodeNormalization;

use super::list::pack_digits;
use crate::vietnamese::{fold, phone};

/// Words looked at; nobody types more, and a pasted page must not hold the list up.
const MOST_WORDS: usize = 12;
/// From so many digits on, a query of digits alone is one number, however it was spaced.
const WHOLE_NUMBER: usize = 7;
/// A telephone or tax number is looked for by so many digits at least.
const FRAGMENT: usize = 3;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its search key.
    pub folded: String,
    /// As typed, composed.
    pub written: String,
    /// Whether a tone or a mark was typed, and so narrows.
    pub marked: bool,
    /// The digits to look for in telephone and tax numbers; two ways of writing one number.
    pub fragments: Vec<u64>,
    /// Where letters are followed by digits, or there are digits alone: those letters.
    pub code_letters: Option<String>,
}

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Its words.
    pub words: Vec<Word>,
    /// All of it without blanks and signs, as codes are compared.
    pub code: String,
}

impl Query {
    /// Takes a text apart.
    pub fn parse(text: &str) -> Query {
        let text: String = fold::nfc(text).into_owned();
        let mut words: Vec<Word> = fold::marked_words(&text)
            .filter_map(Word::parse)
            .take(MOST_WORDS)
            .collect();
        let digits = words
            .iter()
            .all(|word| word.folded.bytes().all(|byte| byte.is_ascii_digit()));
        let whole: String = words.iter().map(|word| word.folded.as_str()).collect();
        if digits && whole.len() >= WHOLE_NUMBER {
            words = vec![Word::number(&whole, &phone::fold_phone(&text))];
        }
        let code = words.iter().map(|word| word.folded.as_str()).collect();
        Query { words, code }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all that this query finds (typing errors aside) was found by an earlier one, so that only those rows need
    /// be looked at. Digits do not narrow: `09` finds no telephone number and `091` does.
    pub fn narrows(&self, earlier: &Query) -> bool {
        let (now, then) = (&self.words, &earlier.words);
        if then.is_empty() || now.len() < then.len() {
            return false;
        }
        let is_letters = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_lowercase());
        let longer = now.iter().zip(then).enumerate().all(|(place, (now, then))| {
            now.folded == then.folded
                || (place + 1 == earlier.words.len() && now.folded.starts_with(&then.folded) && is_letters(now))
        });
        longer && self.words.iter().skip(then.len()).all(is_letters)
    }
}

impl Word {
    fn parse(written: &str) -> Option<Word> {
        let folded = fold::fold(written);
        if folded.is_empty() {
            return None;
        }
        let digits = folded.bytes().all(|byte| byte.is_ascii_digit()) && folded.len() >= FRAGMENT;
        Some(Word {
            marked: fold::has_marks(written),
            fragments: pack_digits(&folded).filter(|_| digits).into_iter().collect(),
            code_letters: code_letters(&folded),
            written: written.nfc().collect(),
            folded,
        })
    }

    fn number(digits: &str, national: &str) -> Word {
        let mut fragments: Vec<u64> = [digits, national].into_iter().filter_map(pack_digits).collect();
        fragments.dedup();
        Word {
            folded: digits.to_string(),
            written: digits.to_string(),
            marked: false,
            fragments,
            code_letters: code_letters(digits),
        }
    }
}

/// The letters of `htx7` and `htx007`; none, but there are digits, in `7`.
fn code_letters(folded: &str) -> Option<String> {
    let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    (letters.len() < folded.len()).then(|| letters.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        Query::parse(text).words.into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded_and_numbers_put_together() {
        assert_eq!(keys("  Dược-liệu AN khang "), ["duoc", "lieu", "an", "khang"]);
        assert_eq!(keys("0912 345.678"), ["0912345678"]);
        assert_eq!(keys("+84 912 345 678").len(), 1);
        assert_eq!(keys("345 678"), ["345", "678"]);
        assert_eq!(keys("HTX-007"), ["htx", "007"]);
        assert_eq!(Query::parse("HTX-007").code, "htx007");
        assert!(Query::parse(" ,. ").is_empty());
    }

    #[test]
    fn a_telephone_number_from_abroad_is_looked_for_in_both_its_forms() {
        let query = Query::parse("+84 912 345 678");
        assert!(query.words[0].fragments.contains(&pack_digits("0912345678").unwrap()));
    }

    #[test]
    fn only_longer_words_and_further_words_narrow() {
        let narrows = |now, then| Query::parse(now).narrows(&Query::parse(then));
        assert!(narrows("an kh", "an k") && narrows("an kh", "an") && narrows("ánh", "a"));
        assert!(!narrows("an", "an k") && !narrows("anh k", "an k") && !narrows("a", ""));
        assert!(!narrows("091", "09") && !narrows("htx0", "htx") && !narrows("an 091", "an"));
    }
}
