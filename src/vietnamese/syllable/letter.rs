//! The letters of Vietnamese: base, mark, tone and case, taken apart and put together.

/// The sign that makes one letter another (a → â, o → ơ, d → đ). Independent of the tone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mark {
    #[default]
    None,
    /// â ê ô
    Circumflex,
    /// ă
    Breve,
    /// ơ ư
    Horn,
    /// đ
    Bar,
}

/// The six tones, in the order of Vietnamese dictionaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// No sign.
    #[default]
    Ngang,
    /// Grave: à
    Huyen,
    /// Hook above: ả
    Hoi,
    /// Tilde: ã
    Nga,
    /// Acute: á
    Sac,
    /// Dot below: ạ
    Nang,
}

impl Tone {
    /// All six, in dictionary order.
    pub const ALL: [Tone; 6] = [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];

    /// Its Vietnamese name: `ngang`, `huyền`, `hỏi`, `ngã`, `sắc`, `nặng`.
    pub fn name(self) -> &'static str {
        ["ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"][self as usize]
    }

    /// The tone of that Vietnamese name.
    pub fn from_name(name: &str) -> Option<Tone> {
        Tone::ALL.into_iter().find(|tone| tone.name() == name)
    }
}

/// A letter without its tone and case: lower-case `base` and the mark on it. `base` may be any character; only
/// Vietnamese ones are ever part of a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Letter {
    pub base: char,
    pub mark: Mark,
}

/// Every toned vowel, one row a vowel, the tones in [`Tone`]'s order.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// Row of [`VOWELS`] → the letter it stands for.
const VOWEL_LETTERS: [Letter; 12] = [
    Letter::plain('a'),
    Letter {
        base: 'a',
        mark: Mark::Breve,
    },
    Letter {
        base: 'a',
        mark: Mark::Circumflex,
    },
    Letter::plain('e'),
    Letter {
        base: 'e',
        mark: Mark::Circumflex,
    },
    Letter::plain('i'),
    Letter::plain('o'),
    Letter {
        base: 'o',
        mark: Mark::Circumflex,
    },
    Letter {
        base: 'o',
        mark: Mark::Horn,
    },
    Letter::plain('u'),
    Letter {
        base: 'u',
        mark: Mark::Horn,
    },
    Letter::plain('y'),
];

impl Letter {
    /// A letter with no mark.
    pub const fn plain(base: char) -> Letter {
        Letter { base, mark: Mark::None }
    }

    /// Whether it is one of a e i o u y, marked or not.
    pub fn is_vowel(self) -> bool {
        matches!(self.base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }

    /// The lower-case character in NFC. A tone on what cannot bear one is left out.
    pub fn with_tone(self, tone: Tone) -> char {
        if self.mark == Mark::None && (tone == Tone::Ngang || !self.is_vowel()) {
            return self.base;
        }
        match VOWEL_LETTERS.iter().position(|&letter| letter == self) {
            Some(row) => VOWELS[row][tone as usize],
            None if self.base == 'd' && self.mark == Mark::Bar => 'đ',
            None => self.base,
        }
    }

    /// Takes a character of either case apart into letter and tone. What is no Vietnamese letter comes back as itself,
    /// in lower case where that is one character.
    pub fn parse(c: char) -> (Letter, Tone) {
        let lower = lower_case(c);
        if lower.is_ascii() {
            return (Letter::plain(lower), Tone::Ngang);
        }
        if lower == 'đ' {
            return (
                Letter {
                    base: 'd',
                    mark: Mark::Bar,
                },
                Tone::Ngang,
            );
        }
        for (row, tones) in VOWELS.iter().enumerate() {
            if let Some(column) = tones.iter().position(|&toned| toned == lower) {
                return (VOWEL_LETTERS[row], Tone::ALL[column]);
            }
        }
        (Letter::plain(lower), Tone::Ngang)
    }

    /// Whether this letter, as typed so far, can still become `full`: a mark may be added, none may be wrong.
    pub(super) fn may_become(self, full: Letter) -> bool {
        self.base == full.base && (self.mark == Mark::None || self.mark == full.mark)
    }
}

/// The lower case of a character where that is one character, else the character itself.
pub fn lower_case(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The upper case of a character where that is one character, else the character itself.
pub fn upper_case(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vowel_comes_apart_and_together_again() {
        for c in VOWELS.iter().flatten().chain(&['đ', 'b', 'ñ', '7']) {
            let (letter, tone) = Letter::parse(*c);
            assert_eq!(letter.with_tone(tone), *c);
            assert_eq!(Letter::parse(upper_case(*c)), (letter, tone));
        }
    }
}
