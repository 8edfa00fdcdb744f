//! Composed letters taken apart again, where letters are commands and not text.
//!
//! With UniKey on, the `o` and `f` pressed on a table arrive as `o`, then Backspace and `ò`: the second press must
//! count as `f`. Other methods send `ò` alone after both keys. Which key made a tone is known for Telex only; under VNI
//! it was a digit, and then a letter that does nothing comes out, which is right too: tone letters are no actions.

use super::key::{Code, Key};
use unicode_normalization::UnicodeNormalization;

/// The keys of one read as the presses they came from.
pub fn take_apart(keys: &[Key]) -> Vec<Key> {
    let mut out: Vec<Key> = Vec::with_capacity(keys.len());
    let mut at = 0;
    while let Some(key) = keys.get(at) {
        at += 1;
        let erased = keys[at - 1..]
            .iter()
            .take_while(|k| **k == Key::plain(Code::Backspace))
            .count();
        if erased > 0 {
            let composed: Vec<char> = keys[at - 1 + erased..]
                .iter()
                .map_while(|k| k.text())
                .take(erased)
                .collect();
            if composed.iter().any(|c| !c.is_ascii()) {
                // The letters rubbed out were pressed, and acted, before: only the last press is new.
                if let Some(c) = composed.iter().rev().find(|c| !c.is_ascii()) {
                    out.extend(presses(*c).last().map(|c| Key::char(*c)));
                }
                at += erased - 1 + composed.len();
                continue;
            }
        }
        match key.text().filter(|c| !c.is_ascii()) {
            Some(c) => out.extend(presses(c).into_iter().map(Key::char)),
            None => out.push(*key),
        }
    }
    out
}

/// The Telex keys of a letter, in the order in which they are mostly pressed.
fn presses(c: char) -> Vec<char> {
    let mut out = Vec::new();
    for part in c.nfd() {
        let base = out.first().copied().unwrap_or('w');
        match part {
            'đ' => out.extend(['d', 'd']),
            'Đ' => out.extend(['D', 'D']),
            '\u{302}' => out.push(base),
            '\u{306}' | '\u{31b}' => out.push('w'),
            '\u{301}' => out.push('s'),
            '\u{300}' => out.push('f'),
            '\u{309}' => out.push('r'),
            '\u{303}' => out.push('x'),
            '\u{323}' => out.push('j'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str) -> String {
        let keys: Vec<Key> = text
            .chars()
            .map(|c| {
                if c == '⌫' {
                    Key::plain(Code::Backspace)
                } else {
                    Key::char(c)
                }
            })
            .collect();
        take_apart(&keys)
            .iter()
            .filter_map(|k| k.text().or((k.code == Code::Backspace).then_some('⌫')))
            .collect()
    }

    #[test]
    fn a_letter_composed_by_the_system_counts_as_the_key_pressed_last() {
        assert_eq!(apart("⌫ò"), "f");
        assert_eq!(apart("⌫ô"), "o");
        assert_eq!(apart("⌫đ"), "d");
        assert_eq!(apart("⌫⌫òa"), "f");
    }

    #[test]
    fn a_composed_letter_alone_is_all_its_presses() {
        assert_eq!(apart("ò"), "of");
        assert_eq!(apart("Ế"), "EEs");
        assert_eq!(apart("đ"), "dd");
    }

    #[test]
    fn plain_keys_and_a_real_backspace_stay() {
        assert_eq!(apart("ab⌫c"), "ab⌫c");
        assert_eq!(apart("⌫⌫"), "⌫⌫");
    }
}
