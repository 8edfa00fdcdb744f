//! Names of people: taken apart, set in the right case, and doubted when they look like no name.
//!
//! A Vietnamese name is surname, middle names, given name. Names of the Ê Đê, M'nông and other peoples of the
//! highlands begin with a marker of sex (H', Y, Y-) that belongs to the given name, and end with the clan: in
//! "H'Hen Niê" the given name is H'Hen. Nothing here refuses a name; people are called what they are called.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::fold::nfc;

/// The parts of a name, as slices of it; a part that is not there is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameParts<'n> {
    /// Surname, or the clan in names that end with it.
    pub surname: &'n str,
    /// Everything between surname and given name.
    pub middle: &'n str,
    /// What the person is called by, and lists are ordered by.
    pub given: &'n str,
}

/// Takes a name apart. A single word is a given name.
pub fn split_name(name: &str) -> NameParts<'_> {
    let name = name.trim();
    let Some((first, rest)) = name.split_once(char::is_whitespace) else {
        return NameParts {
            surname: "",
            middle: "",
            given: name,
        };
    };
    let rest = rest.trim_start();
    if has_sex_marker(first) {
        let given_end = if is_bare_marker(first) {
            end_of_word(name, rest)
        } else {
            first.len()
        };
        return NameParts {
            surname: name[given_end..].trim_start(),
            middle: "",
            given: &name[..given_end],
        };
    }
    match rest.rsplit_once(char::is_whitespace) {
        Some((middle, given)) => NameParts {
            surname: first,
            middle: middle.trim_end(),
            given,
        },
        None => NameParts {
            surname: first,
            middle: "",
            given: rest,
        },
    }
}

/// The name as it is written: composed, single blanks; and where it was typed all in capitals or all small, each word
/// with its capital ("NGUYỄN THỊ HẰNG" → "Nguyễn Thị Hằng", "h'hen niê" → "H'Hen Niê"). A name in mixed case was
/// written with care and keeps it.
pub fn tidy_name(name: &str) -> String {
    let composed: Cow<'_, str> = nfc(name);
    let spaced = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    let capitals = spaced.chars().any(char::is_uppercase);
    let smalls = spaced.chars().any(char::is_lowercase);
    if capitals && smalls {
        spaced
    } else {
        title_case(&spaced)
    }
}

/// Why a text may be no name. A reason for a warning, never for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameDoubt {
    /// A telephone number, a birth year or a line number has come into the name.
    Digits,
    /// Brackets, slashes, at signs: two names, or a remark.
    Signs,
}

impl NameDoubt {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Digits => "Trong họ tên có chữ số. Xin kiểm tra lại.",
            Self::Signs => "Trong họ tên có dấu lạ. Mỗi ô một người; ghi chú thì để ở ô ghi chú.",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Digits => "There are digits in the name. Please check it.",
            Self::Signs => "There are unusual signs in the name. One person a field; remarks belong in the note.",
        }
    }
}

/// What is doubtful about a name, if anything. Hyphens, apostrophes and dots are at home in names.
pub fn doubt_name(name: &str) -> Option<NameDoubt> {
    if name.chars().any(char::is_numeric) {
        return Some(NameDoubt::Digits);
    }
    let usual = |c: char| {
        c.is_alphabetic()
            || c.is_whitespace()
            || is_combining_mark(c)
            || matches!(c, '-' | '‐' | '–' | '.')
            || is_apostrophe(c)
    };
    (!name.chars().all(usual)).then_some(NameDoubt::Signs)
}

/// Each letter small but the first of a word and the one behind an apostrophe, hyphen or dot.
fn title_case(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            result.extend(c.to_lowercase());
        } else {
            result.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric() || (inside && is_combining_mark(c));
    }
    result
}

/// H'Hen, Y-Moan, or H and Y standing alone before the given name.
fn has_sex_marker(first: &str) -> bool {
    let mut chars = first.chars();
    matches!(chars.next(), Some('H' | 'h' | 'Y' | 'y')) && chars.next().is_none_or(|c| is_apostrophe(c) || c == '-')
}

/// A marker with nothing behind it in its own word: "Y", "H'".
fn is_bare_marker(first: &str) -> bool {
    first.chars().skip(1).all(|c| !c.is_alphanumeric())
}

/// Where the first word of `rest` ends, counted in `name`, of which `rest` is the end.
fn end_of_word(name: &str, rest: &str) -> usize {
    name.len() - rest.len() + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(name: &str) -> (&str, &str, &str) {
        let parts = split_name(name);
        (parts.surname, parts.middle, parts.given)
    }

    #[test]
    fn a_name_is_surname_middle_given() {
        assert_eq!(parts("Nguyễn Thị Thúy Hằng"), ("Nguyễn", "Thị Thúy", "Hằng"));
        assert_eq!(parts(" Lê   An "), ("Lê", "", "An"));
        assert_eq!(parts("Hoa"), ("", "", "Hoa"));
        assert_eq!(parts(""), ("", "", ""));
    }

    #[test]
    fn highland_names_keep_their_marker_with_the_given_name_and_end_with_the_clan() {
        assert_eq!(parts("H'Hen Niê"), ("Niê", "", "H'Hen"));
        assert_eq!(parts("H’Ăng Niê Kdăm"), ("Niê Kdăm", "", "H’Ăng"));
        assert_eq!(parts("Y-Moan Ênuôl"), ("Ênuôl", "", "Y-Moan"));
        assert_eq!(parts("Y Moan Ênuôl"), ("Ênuôl", "", "Y Moan"));
        assert_eq!(parts("Y  Moan"), ("", "", "Y  Moan"));
        assert_eq!(parts("Hà Thị Yên"), ("Hà", "Thị", "Yên"));
        assert_eq!(parts("Ksor H'Nhan"), ("Ksor", "", "H'Nhan"));
    }

    #[test]
    fn names_all_in_capitals_or_all_small_are_set_right_and_others_left() {
        for (typed, right) in [
            ("NGUYỄN THỊ HẰNG", "Nguyễn Thị Hằng"),
            ("  đặng  thị  ánh ", "Đặng Thị Ánh"),
            ("H'HEN NIÊ", "H'Hen Niê"),
            ("y-moan ênuôl", "Y-Moan Ênuôl"),
            ("Lò Thị MAI", "Lò Thị MAI"),
            ("K'sor Hnhan", "K'sor Hnhan"),
            ("ĐINH THI\u{323} U\u{31B}\u{301}C", "Đinh Thị Ức"),
        ] {
            assert_eq!(tidy_name(typed), right);
        }
    }

    #[test]
    fn digits_and_signs_are_doubtful_but_apostrophes_and_hyphens_are_not() {
        assert_eq!(doubt_name("Nguyễn Thị Hằng 1985"), Some(NameDoubt::Digits));
        assert_eq!(doubt_name("Hằng (PCT)"), Some(NameDoubt::Signs));
        assert_eq!(doubt_name("Hằng/Hoa"), Some(NameDoubt::Signs));
        for name in ["H'Hen Niê", "Y-Moan", "Nguyễn Thị A.", "Hă\u{300}ng"] {
            assert_eq!(doubt_name(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_split_tidied_and_doubted(text in any::<String>()) {
            let parts = split_name(&text);
            let words = [parts.surname, parts.middle, parts.given].iter().map(|p| p.split_whitespace().count()).sum::<usize>();
            prop_assert_eq!(words, text.split_whitespace().count());
            let _ = (doubt_name(&text), tidy_name(&text));
        }

        #[test]
        fn a_tidy_vietnamese_name_stays_as_it_is(text in "[a-zàáảãạâấăắđêếôốơớưứýỳ]{1,7}( [a-zàáảãạâấăắđêếôốơớưứýỳ]{1,7}){0,4}") {
            let tidy = tidy_name(&text);
            prop_assert_eq!(tidy_name(&tidy), tidy.clone());
            prop_assert_eq!(tidy_name(&text.to_uppercase()), tidy);
        }
    }
}
