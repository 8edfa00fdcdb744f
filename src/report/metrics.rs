//! How wide words are in bold Times New Roman: enough to draw a rule exactly below the motto, and to give a table's
//! column room for its longest word.
//!
//! The advances are those of the published Times Bold metrics, in thousandths of the type size. A letter with marks
//! is as wide as its base letter.

use unicode_normalization::char::decompose_canonical;

/// Advances of `A` to `Z`.
const CAPITALS: [u16; 26] = [
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000,
    722, 722, 667,
];
/// Advances of `a` to `z`.
const SMALL: [u16; 26] = [
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722,
    500, 500, 444,
];

/// The width of `text` set in bold at `points`, in twips (twentieths of a point).
pub fn bold_width(text: &str, points: u32) -> u32 {
    let mut thousandths: u64 = 0;
    for c in text.chars() {
        if c.is_ascii() {
            thousandths += u64::from(advance(c));
        } else {
            decompose_canonical(c, |part| thousandths += u64::from(advance(part)));
        }
    }
    (thousandths * u64::from(points) * 20 / 1000)
        .try_into()
        .unwrap_or(u32::MAX)
}

/// The widest word of `text`: what a column must hold so that no word is broken.
pub fn widest_word(text: &str, points: u32) -> u32 {
    text.split_whitespace()
        .map(|word| bold_width(word, points))
        .max()
        .unwrap_or(0)
}

/// `text` in as few lines of `column` twips as hold it, the lines as equal as its words allow, as a letterhead is set.
pub fn balanced(text: &str, points: u32, column: u32) -> Vec<String> {
    let lines = broken(text, points, column);
    if lines.len() < 2 {
        return lines;
    }
    // The narrowest column that needs no more lines gives the most equal ones.
    let (mut narrow, mut wide) = (0, column);
    while wide - narrow > 20 {
        let middle = (narrow + wide) / 2;
        if broken(text, points, middle).len() > lines.len() {
            narrow = middle
        } else {
            wide = middle
        }
    }
    broken(text, points, wide)
}

/// `text` broken between words wherever a line would be wider than `column`.
pub fn broken(text: &str, points: u32, column: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if bold_width(&format!("{line} {word}"), points) <= column => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn advance(c: char) -> u16 {
    match c {
        'A'..='Z' => CAPITALS[usize::from(c as u8 - b'A')],
        'a'..='z' => SMALL[usize::from(c as u8 - b'a')],
        'Đ' => CAPITALS[3],
        'đ' => SMALL[3],
        '\u{300}'..='\u{36F}' => 0,
        ' ' | '.' | ',' => 250,
        '-' | '(' | ')' | ':' | ';' => 333,
        '/' => 278,
        '%' => 1000,
        '0'..='9' | '–' => 500,
        '—' => 1000,
        _ => 700,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn marks_take_no_room_of_their_own() {
        assert_eq!(bold_width("Độc lập", 14), bold_width("Doc lap", 14));
        assert_eq!(
            bold_width("Độc lập".nfd().collect::<String>().as_str(), 14),
            bold_width("Độc lập", 14)
        );
    }

    #[test]
    fn the_motto_is_about_six_centimetres_wide() {
        let twips = bold_width(crate::report::doc::MOTTO, 14);
        assert!((3200..3600).contains(&twips), "{twips}");
    }

    #[test]
    fn text_without_end_is_as_wide_as_can_be_counted() {
        assert_eq!(bold_width(&"W".repeat(20_000_000), 14), u32::MAX);
    }

    #[test]
    fn the_widest_word_is_found_by_width_not_by_letters() {
        assert_eq!(widest_word("iiiiii MMMM", 12), bold_width("MMMM", 12));
        assert_eq!(widest_word("", 12), 0);
    }

    #[test]
    fn a_long_name_is_set_in_lines_as_equal_as_its_words_allow() {
        let name = "HỘI LIÊN HIỆP PHỤ NỮ XÃ TRÀ LÝ";
        assert_eq!(balanced(name, 13, 3700), ["HỘI LIÊN HIỆP", "PHỤ NỮ XÃ TRÀ LÝ"]);
        assert_eq!(balanced("HỘI LHPN XÃ TRÀ LÝ", 13, 3700), ["HỘI LHPN XÃ TRÀ LÝ"]);
        assert_eq!(balanced("MỘT", 13, 0), ["MỘT"]);
        assert!(balanced("", 13, 3700).is_empty());
    }
}
