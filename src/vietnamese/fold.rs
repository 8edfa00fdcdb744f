//! The search key of a text: what is left when case, tones, marks, punctuation and the ways of encoding are set aside.
//!
//! An officer looks for `hoa binh` and must find "Hoà Bình", "HÒA BÌNH" and a decomposed "Hòa Bình" alike. Both the
//! text and the query go through [`fold`], so they meet. The key is built letter by letter from the canonical
//! decomposition, hence NFC and NFD give the same key without normalising first, and [`fold_into`] allocates nothing
//! when its buffer is large enough: the look-up list folds a hundred thousand names at start.
//!
//! What was typed *with* tones means to narrow; [`match_tones`] compares that on the original text.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The search key of `text`: lower case, no tones, no marks, đ as d; everything that is no letter or digit is a blank,
/// runs of blanks are one, and none stands at either end.
///
/// ```
/// # use sohoi::vietnamese::fold::fold;
/// assert_eq!(fold("  HTX Thuỷ-sản  Đồng  Tiến. "), "htx thuy san dong tien");
/// ```
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    fold_into(text, &mut key);
    key
}

/// Appends the search key of `text` to `key`. Allocates only if `key` has to grow; what `key` already holds is kept
/// and no blank is put before the new part.
pub fn fold_into(text: &str, key: &mut String) {
    let start = key.len();
    let mut blank = false;
    for c in text.chars() {
        fold_char(c, |folded| match folded {
            ' ' => blank = true,
            letter => {
                if blank && key.len() > start {
                    key.push(' ');
                }
                blank = false;
                key.push(letter);
            }
        });
    }
}

/// The words of a folded key (or of any text already split by blanks).
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// The first letters of the words of a folded key: "htx rau an toan thuy hanh" gives "hratth".
pub fn initials(folded: &str) -> String {
    words(folded).filter_map(|word| word.chars().next()).collect()
}

/// Whether the query holds a tone, a mark or a đ, so that [`match_tones`] can narrow anything.
pub fn has_marks(query: &str) -> bool {
    query.nfd().any(|c| is_tone(c) || is_shape(c) || matches!(c, 'đ' | 'Đ'))
}

/// Whether every word of `query` begins some word of `text`, where a mark or tone typed in the query must be there in
/// the text too, and a bare letter stands for any of its kin.
///
/// A mark (â, ă, ê, ô, ơ, ư, đ) is compared letter by letter; a tone belongs to the word, so that "thuỷ" finds "Thủy".
///
/// ```
/// # use sohoi::vietnamese::fold::match_tones;
/// assert!(match_tones("hanh", "Nguyễn Thị Hạnh"));
/// assert!(match_tones("hạnh", "Nguyễn Thị Hạnh"));
/// assert!(!match_tones("hành", "Nguyễn Thị Hạnh"));
/// ```
pub fn match_tones(query: &str, text: &str) -> bool {
    marked_words(query).all(|wanted| marked_words(text).any(|word| word_begins(wanted, word)))
}

/// `text` in NFC, as everything is stored. Borrowed when nothing had to change.
///
/// One thing more than Unicode's NFC: a tone that came before the mark of its letter (e, acute, circumflex), as some
/// input methods and pasted texts have it, is put behind it, for Unicode's own rules would leave "é̂" for ever.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // Only a circumflex or breve left uncombined can stand behind a tone in a text that is NFC already.
    if text.is_ascii() || (is_nfc(text) && !text.contains(is_late_shape)) {
        return Cow::Borrowed(text);
    }
    let mut letters: Vec<char> = text.nfd().collect();
    for i in 1..letters.len() {
        let mut at = i;
        while at > 0 && is_late_shape(letters[at]) && is_high_tone(letters[at - 1]) {
            letters.swap(at, at - 1);
            at -= 1;
        }
    }
    Cow::Owned(letters.into_iter().nfc().collect())
}

/// Folds one character: letters and digits as their bare lower case, all else as a blank; marks and invisible
/// characters (soft hyphen, zero-width joiners, byte-order mark) vanish.
fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        return emit(fold_ascii(c));
    }
    decompose_canonical(c, |part| match part {
        // U+00D0 and U+00F0 are Icelandic, but stand for Đ and đ in many a list made with a wrong font.
        'đ' | 'Đ' | '\u{D0}' | '\u{F0}' => emit('d'),
        part if part.is_ascii() => emit(fold_ascii(part)),
        part if is_combining_mark(part) || is_invisible(part) => {}
        part if part.is_alphanumeric() => part
            .to_lowercase()
            .filter(|c| !is_combining_mark(*c))
            .for_each(&mut emit),
        _ => emit(' '),
    });
}

fn fold_ascii(c: char) -> char {
    if c.is_ascii_alphanumeric() {
        c.to_ascii_lowercase()
    } else {
        ' '
    }
}

/// Characters that nobody sees and nobody types.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The words of a text as written, marks and case kept, cut where [`fold`] puts a blank.
pub fn marked_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)))
        .filter(|w| !w.is_empty())
}

/// Whether `word` begins with `wanted`, marks of `wanted` letter by letter, its tones in their order.
fn word_begins(wanted: &str, word: &str) -> bool {
    let mut found = word.nfd().filter(|c| !is_tone(*c) && !is_invisible(*c)).peekable();
    let mut asked = wanted.nfd().filter(|c| !is_tone(*c) && !is_invisible(*c)).peekable();
    while let Some(letter) = asked.next() {
        let Some(other) = found.next() else { return false };
        if !same_letter(letter, other) {
            return false;
        }
        let mark = asked.next_if(|c| is_combining_mark(*c));
        let there = found.next_if(|c| is_combining_mark(*c));
        if mark.is_some() && mark != there {
            return false;
        }
        while asked.next_if(|c| is_combining_mark(*c)).is_some() {}
        while found.next_if(|c| is_combining_mark(*c)).is_some() {}
    }
    let mut tones = word.nfd().filter(|c| is_tone(*c));
    wanted
        .nfd()
        .filter(|c| is_tone(*c))
        .all(|tone| tones.next() == Some(tone))
}

/// Same letter whatever the case; a bare d stands for đ, a đ only for itself.
fn same_letter(asked: char, found: char) -> bool {
    let lower = |c: char| match c {
        'Đ' | '\u{D0}' | '\u{F0}' => 'đ',
        c => c.to_lowercase().next().unwrap_or(c),
    };
    let (asked, found) = (lower(asked), lower(found));
    asked == found || (asked == 'd' && found == 'đ')
}

/// The five written tones, decomposed: huyền, sắc, hỏi, ngã, nặng.
fn is_tone(c: char) -> bool {
    is_high_tone(c) || c == '\u{323}'
}

/// The tones that combine above the letter, and so can be in the way of its mark.
fn is_high_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{309}' | '\u{303}')
}

/// The marks that make another letter: circumflex, breve, horn.
fn is_shape(c: char) -> bool {
    is_late_shape(c) || c == '\u{31B}'
}

/// The marks of the same combining class as the tones, whose order Unicode therefore keeps as it came.
fn is_late_shape(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_tones_marks_and_punctuation_are_set_aside() {
        assert_eq!(fold("HỢP TÁC XÃ Đắk Lắk – 3"), "hop tac xa dak lak 3");
        assert_eq!(fold("ƯƠNG ơi, ăn gì?"), "uong oi an gi");
        assert_eq!(fold("H'Hen Niê"), "h hen nie");
        assert_eq!(fold(" \t.\u{A0} "), "");
    }

    #[test]
    fn both_places_of_the_tone_give_one_key() {
        for (old, new) in [("hòa", "hoà"), ("thủy", "thuỷ"), ("Khỏe", "khoẻ"), ("ÚY", "uý")] {
            assert_eq!(fold(old), fold(new));
        }
    }

    #[test]
    fn wrong_crossed_d_and_invisible_characters_do_not_hide_a_name() {
        assert_eq!(fold("\u{D0}ông \u{F0}ô"), "dong do");
        assert_eq!(fold("\u{FEFF}Th\u{AD}ái\u{200B} Bình"), "thai binh");
    }

    #[test]
    fn folding_into_a_buffer_appends_and_does_not_grow_it_needlessly() {
        let mut key = String::with_capacity(64);
        key.push_str("htx|");
        let place = key.as_ptr();
        fold_into("  Rau An Toàn", &mut key);
        assert_eq!(key, "htx|rau an toan");
        assert_eq!(key.as_ptr(), place);
    }

    #[test]
    fn words_and_initials_come_from_the_key() {
        let key = fold("HTX Rau An toàn Thúy Hạnh");
        assert_eq!(words(&key).count(), 6);
        assert_eq!(initials(&key), "hratth");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn typed_marks_narrow_and_bare_letters_do_not() {
        assert!(match_tones("dong", "HTX Đông Tiến"));
        assert!(match_tones("đô", "HTX Đông Tiến"));
        assert!(!match_tones("đong tiền", "HTX Đông Tiến"));
        assert!(!match_tones("đong", "Dong Riềng"));
        assert!(match_tones("ddong", "Ddong") && !match_tones("dơng", "Dong"));
        assert!(match_tones("tiến đông", "HTX ĐÔNG TIẾN"));
        assert!(match_tones("", "gì cũng được"));
    }

    #[test]
    fn a_typed_tone_belongs_to_the_word_wherever_it_is_placed() {
        assert!(match_tones("thuỷ", "Phạm Thị Thủy"));
        assert!(match_tones("thủy", "Phạm Thị Thuỷ"));
        assert!(match_tones("thủ", "Phạm Thị Thuỷ"));
        assert!(!match_tones("thúy", "Phạm Thị Thủy"));
        assert!(!match_tones("thủy", "Phạm Thị Thuy"));
        let decomposed: String = "thuỷ".nfd().collect();
        assert!(match_tones(&decomposed, "Thủy"));
    }

    #[test]
    fn has_marks_sees_only_what_narrows() {
        assert!(has_marks("hạ") && has_marks("đ") && has_marks("Ơ"));
        assert!(!has_marks("thuy 12, ok"));
    }

    #[test]
    fn nfc_borrows_what_is_composed_and_mends_a_tone_before_its_mark() {
        assert!(matches!(nfc("tiếng Việt"), Cow::Borrowed(_)));
        assert_eq!(nfc("tie\u{302}\u{301}ng"), "tiếng");
        assert_eq!(nfc("tie\u{301}\u{302}ng"), "tiếng");
        assert_eq!(nfc("ti\u{E9}\u{302}ng"), "tiếng");
        assert_eq!(nfc("Vie\u{323}\u{302}t Vie\u{302}\u{323}t"), "Việt Việt");
        assert_eq!(nfc("\u{102}\u{301} a\u{300}\u{306}"), "Ắ ằ");
        assert_eq!(nfc("u\u{301}\u{31B}"), "ứ");
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_text_fold_alike(text in "\\PC{0,40}|[a-zA-ZàáảãạâấầẩẫậăắằẳẵặđêếôơớưứỳýĐƠƯ .'-]{0,40}") {
            let nfd: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            prop_assert_eq!(fold(&nfd), fold(&composed));
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }

        #[test]
        fn a_text_matches_itself_and_its_folded_key_never_narrows(text in "[a-zA-ZàáảãạâấầẩẫậăắằẳẵặđêếôơớưứỳýĐƠƯ ]{0,30}") {
            prop_assert!(match_tones(&text, &text));
            prop_assert!(match_tones(&fold(&text), &text));
        }

        #[test]
        fn nfc_is_stable_and_composed(text in any::<String>()) {
            let once = nfc(&text).into_owned();
            prop_assert!(is_nfc(&once));
            prop_assert_eq!(nfc(&once), once.as_str());
        }
    }
}
