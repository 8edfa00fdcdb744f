//! VNI-Windows: the letter, then a second character for its mark and tone.
//!
//! "aù" is á, "aâ" â, "aá" ấ, "aê" ă, "aé" ắ. The letters i, đ, ơ, ư have codes of their own, so í is "í" but ĩ is "ó"
//! and ị is "ò": the traps of this encoding. The case of the first character counts: "Aù" and "AÙ" are both Á.

use super::plausible::split_tone;
use crate::vietnamese::fold::nfc;

/// What the second character says: mark and tone as combining characters.
const MARKS: [(char, &str); 17] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

/// Letters with a code of their own, small ones; their capitals are the capitals of the code.
const SINGLE: [(char, char); 9] = [
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('î', 'ỵ'),
];

/// The letters that take a second character.
const BASES: &str = "aeouyôö";

pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|mark| pair(c, *mark)) {
            Some(letter) => {
                decoded.push(letter);
                chars.next();
            }
            None => decoded.push(single(c)),
        }
    }
    decoded
}

pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        encode_letter(c, &mut encoded);
    }
    encoded
}

/// The letter that two characters make, if they make one.
fn pair(base: char, mark: char) -> Option<char> {
    if !BASES.contains(lower(base)) {
        return None;
    }
    let (_, marks) = MARKS.iter().find(|(code, _)| *code == lower(mark))?;
    let composed = format!("{}{marks}", single(base));
    let composed = nfc(&composed);
    let mut letters = composed.chars();
    letters.next().filter(|_| letters.next().is_none())
}

fn single(c: char) -> char {
    match SINGLE.iter().find(|(code, _)| *code == lower(c)) {
        Some((code, letter)) => with_case(*letter, *code == c),
        None => c,
    }
}

fn encode_letter(c: char, encoded: &mut String) {
    let small = lower(c) == c;
    if let Some((code, _)) = SINGLE.iter().find(|(_, letter)| *letter == lower(c)) {
        return encoded.push(with_case(*code, small));
    }
    let (letter, tone) = split_tone(lower(c));
    let (base, shape) = match letter {
        'ă' => ('a', "\u{306}"),
        'â' => ('a', "\u{302}"),
        'ê' => ('e', "\u{302}"),
        'ô' => ('o', "\u{302}"),
        'ơ' => ('ô', ""),
        'ư' => ('ö', ""),
        other => (other, ""),
    };
    let wanted: String = shape.chars().chain(tone).collect();
    match MARKS.iter().find(|(_, marks)| *marks == wanted) {
        Some((code, _)) if BASES.contains(base) => {
            encoded.push(with_case(base, small));
            encoded.push(with_case(*code, small));
        }
        _ => encoded.push(c),
    }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
}

fn with_case(c: char, small: bool) -> char {
    if small { c } else { c.to_uppercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_the_letter_decides_and_codes_of_their_own_are_no_marks() {
        assert_eq!(decode("Aùo AÙO"), "Áo ÁO");
        assert_eq!(
            decode("xí nghieäp, tæ leä, só soá, thò traán, kyù, myõ, tyû, kî"),
            "xí nghiệp, tỉ lệ, sĩ số, thị trấn, ký, mỹ, tỷ, kỵ"
        );
        assert_eq!(decode("Ñöôøng ñaát ñöôïc, côm"), "Đường đất được, cơm");
    }

    #[test]
    fn what_is_no_pair_stays() {
        assert_eq!(decode("bâ ß € Lan 5"), "bâ ß € Lan 5");
        assert_eq!(encode("ß € 5 Ź"), "ß € 5 Ź");
    }

    #[test]
    fn a_sentence_is_encoded_as_the_fonts_have_it() {
        assert_eq!(encode("Hội Liên hiệp Phụ nữ"), "Hoäi Lieân hieäp Phuï nöõ");
        assert_eq!(encode("THỊ TRẤN ĐẮK MĨ"), "THÒ TRAÁN ÑAÉK MÓ");
    }
}
