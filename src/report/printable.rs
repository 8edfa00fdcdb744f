//! Text made fit for a file: what no format can hold is left out before any writer sees it.
//!
//! Records hold what people typed or pasted; XML knows no control characters and a spreadsheet no cell beyond 32,767
//! characters. Letters and marks are never changed: text that was NFC stays so.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// The text without control characters (but line breaks and tabs) and without code points that XML forbids.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
    }
}

/// The text on one line: breaks and tabs become blanks.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    if !text.contains(['\n', '\t']) {
        return text;
    }
    Cow::Owned(
        text.split(['\n', '\t'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// The text cut to at most `limit` UTF-16 units, between graphemes, with "…" where something was left out.
pub fn shortened(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit || text.encode_utf16().count() <= limit {
        return Cow::Borrowed(text);
    }
    let mut units = 1;
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        units += grapheme.encode_utf16().count();
        if units > limit {
            break;
        }
        short.push_str(grapheme);
    }
    short.push('…');
    Cow::Owned(short)
}

fn allowed(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out_and_vietnamese_stays_to_the_letter() {
        assert_eq!(printable("Hợp\u{0} tác\u{1b} xã\r\n\u{FFFF}Ỷ La"), "Hợp tác xã\nỶ La");
        assert!(matches!(printable("Đặng Thị Ỷ 👩‍🌾"), Cow::Borrowed(_)));
    }

    #[test]
    fn breaks_become_blanks_on_one_line() {
        assert_eq!(one_line("HTX May\r\n Trà Lý\t(xã)"), "HTX May Trà Lý (xã)");
    }

    #[test]
    fn a_long_text_is_cut_between_graphemes() {
        assert_eq!(shortened("đủ", 2), "đủ");
        assert_eq!(shortened("👩‍🌾👩‍🌾", 6), "👩‍🌾…");
        assert_eq!(shortened(&"ệ".repeat(40_000), 32_767).encode_utf16().count(), 32_767);
    }
}
