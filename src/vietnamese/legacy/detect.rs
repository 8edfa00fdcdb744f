//! Which encoding a cell is in: every reading is tried, and the one with most Vietnamese syllables wins.
//!
//! Decided cell by cell, for sheets were pasted together over twenty years. A short cell may read well in two ways
//! ("Thò" is a word, and VNI's "Thị"): then the hint wins, if the importer has one from the rest of the column, else
//! the text stays as it is. The officer sees the guess before anything is kept.

use super::plausible::is_plausible;
use super::tables::byte_behind;
use super::{Encoding, convert};

/// The best reading of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The encoding it seems to be in.
    pub encoding: Encoding,
    /// The text in that reading, Unicode in NFC.
    pub text: String,
    /// How many words with letters beyond ASCII are Vietnamese syllables in that reading.
    pub syllables: usize,
    /// How many such words are none.
    pub strangers: usize,
}

impl Guess {
    /// How sure the guess is, in percent: 100 when every word that could tell is a syllable, or none could tell.
    pub fn confidence(&self) -> u8 {
        let words = self.syllables + self.strangers;
        (self.syllables * 100)
            .checked_div(words)
            .map_or(100, |percent| percent.min(100) as u8)
    }

    /// Whether the text is Unicode as it came.
    pub fn is_unicode(&self) -> bool {
        self.encoding == Encoding::Unicode
    }

    /// Syllables less strangers: what readings are compared by.
    fn merit(&self) -> i64 {
        self.syllables as i64 - self.strangers as i64
    }
}

/// Guesses the encoding of a text as CP1252 shows it.
pub fn detect(text: &str) -> Guess {
    detect_with_hint(text, Encoding::Unicode)
}

/// Guesses the encoding of a text, `hint` being taken where it reads as well as any other (the encoding of most cells
/// of the column, or of the font).
pub fn detect_with_hint(text: &str, hint: Encoding) -> Guess {
    if text.chars().any(|c| c.is_alphabetic() && byte_behind(c).is_none()) {
        // A letter that CP1252 does not have: nothing was decoded wrongly here.
        return read(text, Encoding::Unicode);
    }
    // In a column known to be TCVN3, a hyphen in a plain word may be its ư.
    if text.is_ascii() && !(hint == Encoding::Tcvn3 && text.contains('-')) {
        return read(text, Encoding::Unicode);
    }
    let mut best = read(text, hint);
    for encoding in Encoding::ALL.into_iter().filter(|encoding| *encoding != hint) {
        let other = read(text, encoding);
        if other.merit() - handicap(encoding, hint) > best.merit() - handicap(best.encoding, hint) {
            best = other;
        }
    }
    if best.text == text {
        Guess {
            encoding: Encoding::Unicode,
            ..best
        }
    } else {
        best
    }
}

/// How many syllables an unlikely encoding must do better by: the rare ones always, all old ones beside another hint.
fn handicap(encoding: Encoding, hint: Encoding) -> i64 {
    let rare = matches!(encoding, Encoding::Viscii | Encoding::Cp1258);
    let against_hint = encoding != Encoding::Unicode && hint != Encoding::Unicode;
    if encoding != hint && (rare || against_hint) {
        2
    } else {
        0
    }
}

fn read(text: &str, encoding: Encoding) -> Guess {
    let converted = convert(text, encoding);
    let (mut syllables, mut strangers) = (0, 0);
    // A single letter tells nothing: ½ is ơ in one table, © is ẹ in another.
    let telling = |word: &&str| !word.is_ascii() && word.chars().count() > 1;
    for word in converted.split(is_break).filter(telling) {
        if (is_plausible(word) && has_one_case(word)) || MEASURES.contains(&word) {
            syllables += 1;
        } else {
            strangers += 1;
        }
    }
    Guess {
        encoding,
        text: converted,
        syllables,
        strangers,
    }
}

/// Signs of measure that old tables would read as letters.
const MEASURES: [&str; 9] = ["m²", "m³", "km²", "dm²", "cm²", "dm³", "cm³", "°C", "°c"];

/// Capitals inside a word of small letters are a mark of a wrong reading: "thỨ" for VISCII's "thü".
fn has_one_case(word: &str) -> bool {
    let mut rest = word.chars().skip(1);
    let title_or_small = rest.clone().all(|c| !c.is_uppercase());
    title_or_small || (!word.starts_with(char::is_lowercase) && rest.all(|c| !c.is_lowercase()))
}

/// What parts words in every reading. Signs that old encodings use for letters (¸ µ § ª …) do not: left in a word, they
/// show that the reading is wrong.
fn is_break(c: char) -> bool {
    c.is_whitespace()
        || (c.is_ascii() && !c.is_ascii_alphabetic())
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}')
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;
    use proptest::prelude::*;

    const SENTENCES: [&str; 8] = [
        "Hội Liên hiệp Phụ nữ xã Quỳnh Phụ",
        "Hợp tác xã rau an toàn Thúy Hạnh",
        "Thiếu vốn lưu động, hướng dẫn hồ sơ vay",
        "Nguyễn Thị Hằng",
        "Đường về thôn Đông Tiến",
        "ưu tiên lao động nữ người dân tộc",
        "Khó khăn: thị trường tiêu thụ sản phẩm",
        "chưa đăng ký nhãn hiệu",
    ];

    #[test]
    fn each_encoding_is_told_from_the_others() {
        for sentence in SENTENCES {
            for encoding in Encoding::ALL {
                let guess = detect(&encode(sentence, encoding));
                assert_eq!(
                    (guess.encoding, guess.text.as_str()),
                    (encoding, sentence),
                    "{encoding:?}"
                );
                assert_eq!(guess.confidence(), 100);
            }
        }
    }

    #[test]
    fn unicode_stays_as_it_is_in_either_form() {
        for text in [
            "Hòa",
            "Thò",
            "Tý",
            "Hũa",
            "Café",
            "São Paulo",
            "Müller",
            "20 m² đất",
            "20 m²",
            "½ ha",
            "© 2026",
            "Zalo®",
            "30°C",
            "«Hà»",
            "Đắk Lắk",
            "HTX 1-5",
        ] {
            let guess = detect(text);
            assert!(guess.is_unicode(), "{text}: {guess:?}");
            assert_eq!(guess.text, text);
        }
        let guess = detect("Thu\u{309}y");
        assert_eq!((guess.encoding, guess.text.as_str()), (Encoding::Unicode, "Thủy"));
    }

    #[test]
    fn plain_letters_are_unicode_whatever_the_hint() {
        for hint in Encoding::ALL {
            assert!(detect_with_hint("Lan 0912345678", hint).is_unicode());
            assert!(detect_with_hint("", hint).is_unicode());
            assert!(detect_with_hint("01-05-2026", hint).is_unicode());
        }
    }

    #[test]
    fn the_hint_decides_where_two_readings_are_as_good() {
        assert_eq!(detect("Thò").encoding, Encoding::Unicode);
        let guess = detect_with_hint("Thò", Encoding::Vni);
        assert_eq!((guess.encoding, guess.text.as_str()), (Encoding::Vni, "Thị"));
        assert!(detect_with_hint("Nguyễn Thị Thò", Encoding::Vni).is_unicode());
    }

    #[test]
    fn a_hyphen_in_a_plain_cell_is_a_letter_only_in_a_column_of_that_encoding() {
        assert_eq!(detect("ban tham m-u").text, "ban tham m-u");
        assert_eq!(detect_with_hint("ban tham m-u", Encoding::Tcvn3).text, "ban tham mưu");
        assert!(detect_with_hint("e-mail, A4 - A5, Nam-Bac", Encoding::Tcvn3).is_unicode());
    }

    #[test]
    fn a_rare_encoding_needs_more_than_a_short_cell() {
        assert_eq!(detect("X· S«ng K«n").encoding, Encoding::Tcvn3);
        assert_eq!(detect_with_hint("Xaõ Chö Pông", Encoding::Vni).text, "Xã Chư Pơng");
    }

    #[test]
    fn a_cell_that_lost_its_soft_hyphens_is_still_known() {
        for text in ["Ph\u{AD}¬ng h\u{AD}íng", "Ph-¬ng h-íng", "Ph¬ng híng"] {
            let guess = detect(text);
            assert_eq!(
                (guess.encoding, guess.text.as_str()),
                (Encoding::Tcvn3, "Phương hướng"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_wrong_reading_is_not_sure() {
        assert!(detect("Zoë Ñandú").confidence() < 50);
    }

    proptest! {
        #[test]
        fn any_text_gets_a_guess(text in any::<String>()) {
            for hint in Encoding::ALL {
                let guess = detect_with_hint(&text, hint);
                prop_assert!(guess.confidence() <= 100);
            }
        }
    }
}
