//! TCVN3, and what happens to it on its way here.
//!
//! - Its ư is the byte AD, the soft hyphen: tools drop it ("níc" for "nước") or make it a hyphen ("n-íc").
//! - Its fonts have no toned capitals in use, so a title typed in capitals has small toned letters: "HéI LI£N HIÖP".
//! - The table has capitals where Western Windows has quotation marks and dashes, which word processors put in.
//!
//! Each is mended only where it makes Vietnamese syllables out of what was none.

use super::plausible::{is_plausible, is_vowel, split_tone};
use super::tables::{TCVN3, look_up, look_up_back};

/// How many doubtful characters of one word are tried in all their combinations.
const MOST_DOUBTS: u32 = 6;

/// Words that lost their ư and yet look like syllables; the true ones are far commoner.
const LOOK_RIGHT: [(&str, &str); 3] = [("ngời", "người"), ("dới", "dưới"), ("lợt", "lượt")];

pub(super) fn decode(text: &str) -> String {
    let horned = text.contains('\u{AD}');
    let mut decoded = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive([' ', '\t', '\n', '\r', '\u{A0}']) {
        decode_token(piece, &mut decoded);
    }
    let mended = if horned {
        decoded
    } else {
        map_words(&decoded, restore_dropped)
    };
    mend_capitals(&mended)
}

/// Small toned letters stand for their capitals, as in the fonts.
pub(super) fn encode(text: &str) -> String {
    let code = |c: char| {
        let small = || c.to_lowercase().next().and_then(|small| look_up_back(&TCVN3, small));
        let toned_capital = c.is_uppercase() && split_tone(c).1.is_some();
        let code = if toned_capital {
            small()
        } else {
            look_up_back(&TCVN3, c)
        };
        code.unwrap_or(c)
    };
    text.chars().map(code).collect()
}

/// Appends one blank-ended piece, choosing the reading of its doubtful characters.
fn decode_token(piece: &str, decoded: &mut String) {
    let chars: Vec<char> = piece.chars().collect();
    let readings: Vec<(char, Option<char>)> = (0..chars.len()).map(|i| reading(&chars, i)).collect();
    let doubts = readings.iter().filter(|(_, other)| other.is_some()).count() as u32;
    let spell = |choice: u32| -> String {
        let mut doubt = 0;
        let pick = |(first, other): &(char, Option<char>)| match other {
            Some(other) => {
                doubt += 1;
                if choice >> (doubt - 1) & 1 == 1 { *other } else { *first }
            }
            None => *first,
        };
        readings.iter().map(pick).collect()
    };
    let choices = if doubts <= MOST_DOUBTS { 1_u32 << doubts } else { 1 };
    let best = (0..choices)
        .map(spell)
        .enumerate()
        .min_by_key(|(choice, text)| (strangers(text), choice.count_ones()));
    decoded.push_str(&best.map(|(_, text)| text).unwrap_or_default());
}

/// What a character is, and what else it may be.
fn reading(chars: &[char], i: usize) -> (char, Option<char>) {
    let c = chars[i];
    match c {
        '-' | '\u{2010}' | '\u{2011}' => {
            let small = |c: &char| look_up(&TCVN3, *c).unwrap_or(*c).is_lowercase();
            let before = i.checked_sub(1).and_then(|i| chars.get(i));
            // "T-": one capital that begins the word, as in "T- vấn".
            let initial =
                i == 1 && before.is_some_and(|c| c.is_ascii_uppercase()) && chars.get(2).is_none_or(|c| *c == ' ');
            let may_be_letter = before.is_some_and(small) || chars.get(i + 1).is_some_and(small) || initial;
            (c, may_be_letter.then_some('ư'))
        }
        // The table's loose tones: only behind a vowel, for ° and ² have their own uses.
        '\u{B0}'..='\u{B4}' => {
            let vowel = i
                .checked_sub(1)
                .is_some_and(|i| is_vowel(look_up(&TCVN3, chars[i]).unwrap_or(chars[i])));
            (look_up(&TCVN3, c).filter(|_| vowel).unwrap_or(c), None)
        }
        // Punctuation that word processors put in, in the place of the table's toned capitals.
        '€' | '‚' | '„' | '…' | '†' | '‡' | '‰' | '‹' | '‘' | '’' | '“' | '”' | '•' | '–' | '—' | '™' | '›' => {
            (c, look_up(&TCVN3, c))
        }
        _ => (look_up(&TCVN3, c).unwrap_or(c), None),
    }
}

/// How many words of a text are no syllables.
fn strangers(text: &str) -> usize {
    text.split(|c: char| !is_letter(c))
        .filter(|word| !word.is_empty() && !is_plausible(word))
        .count()
}

/// A word with the ư that it lost, if there is exactly one place for it.
fn restore_dropped(word: &str) -> Option<String> {
    if let Some((_, right)) = LOOK_RIGHT.iter().find(|(wrong, _)| word.to_lowercase() == *wrong) {
        let capital = word.starts_with(char::is_uppercase);
        return Some(if capital {
            capitalised(right)
        } else {
            (*right).to_owned()
        });
    }
    let letters = word.chars().count();
    let abbreviation = !word.contains(is_vowel) && (letters < 3 || word.chars().skip(1).any(char::is_uppercase));
    // Nor a name of the highlands, where ơ stands alone: Pơng Drang.
    let highland = word.starts_with(['P', 'p']) && !word[1..].starts_with(['h', 'H']);
    let foreign = highland || (word.is_ascii() && word.contains(is_vowel));
    if abbreviation || foreign || letters < 2 || is_plausible(word) {
        return None;
    }
    let places = word.char_indices().map(|(i, _)| i).chain([word.len()]);
    let mut candidates: Vec<String> = places
        .map(|i| format!("{}ư{}", &word[..i], &word[i..]))
        .filter(|candidate| is_plausible(candidate))
        .collect();
    candidates.dedup();
    if candidates.len() == 1 { candidates.pop() } else { None }
}

/// Makes capitals of small toned letters in words otherwise in capitals; in a text with such words and no small
/// letters else, everywhere.
fn mend_capitals(text: &str) -> String {
    let shouted = |word: &str| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let first_toned = word.chars().next().is_some_and(is_small_toned);
        let only_toned_small = word.chars().all(|c| !c.is_lowercase() || is_small_toned(c));
        only_toned_small && word.chars().any(is_small_toned) && (capitals >= 2 || (capitals == 1 && first_toned))
    };
    let certain = text.split(|c: char| !is_letter(c)).any(shouted);
    if !certain {
        return text.to_owned();
    }
    if text.chars().all(|c| !c.is_lowercase() || is_small_toned(c)) {
        return text.to_uppercase();
    }
    map_words(text, |word| shouted(word).then(|| word.to_uppercase()))
}

fn is_small_toned(c: char) -> bool {
    c.is_lowercase() && split_tone(c).1.is_some()
}

/// Replaces words, keeping everything between them.
fn map_words(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        let (between, from_word) = rest.split_at(start);
        let end = from_word.find(|c: char| !is_letter(c)).unwrap_or(from_word.len());
        let (word, tail) = from_word.split_at(end);
        result.push_str(between);
        match change(word) {
            Some(changed) => result.push_str(&changed),
            None => result.push_str(word),
        }
        rest = tail;
    }
    result.push_str(rest);
    result
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_hyphen_is_a_letter() {
        assert_eq!(
            decode("H\u{AD}¬ng, n\u{AD}íc, ng\u{AD}êi, \u{AD}u tiªn"),
            "Hương, nước, người, ưu tiên"
        );
    }

    #[test]
    fn a_soft_hyphen_turned_into_a_hyphen_is_read_as_the_letter_and_true_hyphens_stay() {
        assert_eq!(
            decode("H-¬ng, n-íc, ng-êi, -íc, t- vÊn, T- vÊn, nh- sau"),
            "Hương, nước, người, ước, tư vấn, Tư vấn, như sau"
        );
        assert_eq!(decode("Nam-B¾c"), "Nam-Bắc");
        assert_eq!(decode("- Héi viªn"), "- Hội viên");
        assert_eq!(
            decode("§Ò ¸n 939 - giai ®o¹n 2017-2025"),
            "Đề án 939 - giai đoạn 2017-2025"
        );
        assert_eq!(decode("235/KH-§CT"), "235/KH-ĐCT");
    }

    #[test]
    fn a_dropped_soft_hyphen_is_put_back_where_only_one_syllable_fits() {
        assert_eq!(
            decode("H¬ng, níc, ®îc, ngêi, Ngêi, díi, nhng"),
            "Hương, nước, được, người, Người, dưới, nhưng"
        );
        assert_eq!(
            decode("TNHH, Cty, kg, http, ThS, 5 ®, tr®, P¬ng, Héi"),
            "TNHH, Cty, kg, http, ThS, 5 đ, trđ, Pơng, Hội"
        );
    }

    #[test]
    fn nothing_is_put_back_where_the_letter_came_through() {
        assert_eq!(decode("n\u{AD}íc s¸ng ngêi"), "nước sáng ngời");
    }

    #[test]
    fn small_toned_letters_in_a_title_become_capitals() {
        assert_eq!(decode("HéI LI£N HIÖP PHô N÷"), "HỘI LIÊN HIỆP PHỤ NỮ");
        assert_eq!(decode("¸I Hµ NéI"), "ÁI HÀ NỘI");
        assert_eq!(decode("HTX Hµ"), "HTX Hà");
        assert_eq!(decode("X· HéI hãa"), "Xã HỘI hóa");
    }

    #[test]
    fn degrees_and_squares_are_no_tones() {
        assert_eq!(
            decode("30°C, 20 m², 5 km², 3 m³, a°"),
            "30°C, 20 m², 5 km², 3 m³, a\u{300}"
        );
    }

    #[test]
    fn quotation_marks_and_dashes_of_word_processors_stay() {
        assert_eq!(decode("“Héi phô n÷” – ‘tèt’…"), "“Hội phụ nữ” – ‘tốt’…");
        assert_eq!(decode("Th€NH"), "ThÀNH");
    }
}
