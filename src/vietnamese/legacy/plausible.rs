//! Whether a word can be a Vietnamese syllable: a light check that tells right decodings from wrong ones.
//!
//! It knows initials, rhymes, the spelling rules of c/k, g/gh, ng/ngh, and that syllables ending in a stop have the
//! tone sắc or nặng. It does not know which syllables are words, nor where the tone is written.

use unicode_normalization::UnicodeNormalization;

use crate::vietnamese::syllable::INITIALS;

/// Rhymes without tones; behind "qu" and "gi" they stand without the u or i.
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong \
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn \
    uông uôt uơ up ut uy uya uych uynh uyên uyêt uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
    y yêm yên yêng yêt yêu ych ynh yt yn ";

/// Whether `word`, letters only and in NFC or NFD, can be a Vietnamese syllable in any case.
pub(super) fn is_plausible(word: &str) -> bool {
    let mut letters = String::with_capacity(word.len());
    let mut tones = Vec::new();
    for c in word.nfc().flat_map(char::to_lowercase) {
        let (letter, tone) = split_tone(c);
        letters.push(letter);
        tones.extend(tone);
    }
    let stopped = letters.ends_with(['c', 'p', 't']) || letters.ends_with("ch");
    let tone_fits = match tones.as_slice() {
        [] => !stopped,
        ['\u{301}' | '\u{323}'] => true,
        [_] => !stopped,
        _ => false,
    };
    tone_fits
        && tone_is_inside(word, &letters)
        && !letters.is_empty()
        && INITIALS.iter().any(|initial| spelled(initial, &letters))
}

/// Rhymes of several vowels whose last one may carry the tone; in all others it is the glide, and a tone on it is the
/// mark of a wrong reading ("xaõ" is VNI's "xã").
const TONE_LAST: [&str; 5] = ["oa", "oe", "uy", "uê", "uơ"];

/// Whether the tone, if the last letter has it, is on a vowel that can bear it.
fn tone_is_inside(word: &str, letters: &str) -> bool {
    let toned_end = word.nfc().last().is_some_and(|c| split_tone(c).1.is_some());
    let vowels = letters.trim_start_matches(|c| !is_vowel(c));
    let single = vowels.chars().count() == 1;
    let behind_glide = letters.strip_prefix("qu").or_else(|| letters.strip_prefix("gi"));
    !toned_end
        || single
        || TONE_LAST.contains(&vowels)
        || behind_glide.is_some_and(|rest| rest.chars().count() <= 1 || TONE_LAST.contains(&rest))
}

/// Whether a letter, toned or not, is a vowel.
pub(super) fn is_vowel(c: char) -> bool {
    let vowel = |c| matches!(c, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y');
    split_tone(c).0.to_lowercase().all(vowel)
}

/// A letter without its tone, and the tone as a combining mark.
pub(super) fn split_tone(c: char) -> (char, Option<char>) {
    if c.is_ascii() {
        return (c, None);
    }
    let mut tone = None;
    let rest: String = std::iter::once(c)
        .nfd()
        .filter(|part| {
            let is_tone = matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            if is_tone {
                tone = Some(*part);
            }
            !is_tone
        })
        .nfc()
        .collect();
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => (letter, tone),
        _ => (c, None),
    }
}

/// Whether the word is this initial and a rhyme that may stand behind it.
fn spelled(initial: &str, letters: &str) -> bool {
    let Some(rhyme) = letters.strip_prefix(initial) else {
        return false;
    };
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    let written_so = match initial {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        "g" => !front || rhyme == "i" || rhyme == "in",
        _ => true,
    };
    written_so && is_rhyme(rhyme)
}

fn is_rhyme(rhyme: &str) -> bool {
    !rhyme.is_empty() && !rhyme.contains(' ') && RHYMES.split(' ').any(|known| known == rhyme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_syllables_are_plausible_in_any_case_and_tone_style() {
        for word in "Hội Liên hiệp Phụ nữ hợp tác xã nước người được khuỷu quyết giếng gì giữa nghiêng THUỶ thủy hoà \
                     xoong Ngoằn ngoèo quýt quỳnh ỷ y yêu ương huyện ghế kể cá gà gìn quả giá mía của huệ thuở quý giữ"
            .split_whitespace()
        {
            assert!(is_plausible(word), "{word}");
            assert!(is_plausible(&word.nfd().collect::<String>()), "{word} decomposed");
        }
    }

    #[test]
    fn other_letters_and_impossible_spellings_are_not() {
        for word in
            "Liªn n÷ hơng nớc đợc caf kà cể ngế gế tàc mệnhh web facebook xaõ AÙ cuả Zoë ặă n 2 nướ1".split_whitespace()
        {
            assert!(!is_plausible(word), "{word}");
        }
        assert!(!is_plausible(""));
        assert!(!is_plausible("tac"));
    }

    #[test]
    fn a_letter_is_split_from_its_tone_and_keeps_its_mark() {
        assert_eq!(split_tone('ệ'), ('ê', Some('\u{323}')));
        assert_eq!(split_tone('Ứ'), ('Ư', Some('\u{301}')));
        assert_eq!(split_tone('đ'), ('đ', None));
        assert_eq!(split_tone('ç'), ('ç', None));
    }
}
