//! The Vietnamese syllable: its letters, marks and tones, the one table of initials and rhymes, whether letters spell
//! a syllable or can still become one, and where the tone is written.
//!
//! Everything that must know Vietnamese spelling asks here: the typing engine after every key, and whoever wants to
//! tell Vietnamese text from other text. The table is data, so a question about spelling is answered by reading it.
//! Uses nothing but the standard library.

mod letter;

use std::sync::OnceLock;

pub use letter::{Letter, Mark, Tone, lower_case, upper_case};

/// Where the tone of an open `oa`, `oe`, `uy` is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ToneStyle {
    /// On the first vowel: hòa, khỏe, thủy.
    #[default]
    Old,
    /// On the second: hoà, khoẻ, thuỷ.
    New,
}

/// The initials of Vietnamese syllables; the first, empty one is for syllables that begin with their vowel.
pub const INITIALS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// The rhymes, as written after most initials. After `qu` those in `uy…` appear without their `u`.
pub const RHYMES: &[&str] = &[
    "a", "ai", "ao", "au", "ay", "âu", "ây", "ac", "ach", "am", "an", "ang", "anh", "ap", "at", //
    "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ăk", "âc", "âm", "ân", "âng", "âp", "ât", //
    "e", "eo", "ec", "em", "en", "eng", "ep", "et", //
    "ê", "êu", "êc", "êch", "êm", "ên", "êng", "ênh", "êp", "êt", //
    "i", "ia", "iu", "ich", "im", "in", "inh", "ip", "it", //
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", //
    "o", "oi", "oc", "om", "on", "ong", "op", "ot", "ooc", "oong", //
    "oa", "oai", "oao", "oay", "oac", "oach", "oam", "oan", "oang", "oanh", "oap", "oat", //
    "oăc", "oăm", "oăn", "oăng", "oăp", "oăt", "oe", "oeo", "oen", "oet", //
    "ô", "ôi", "ôc", "ôm", "ôn", "ông", "ôp", "ôt", //
    "ơ", "ơi", "ơc", "ơm", "ơn", "ơng", "ơp", "ơt", //
    "u", "ua", "ui", "uc", "um", "un", "ung", "up", "ut", "uk", //
    "uân", "uâng", "uât", "uây", "uê", "uêu", "uêch", "uênh", "uơ", //
    "uôi", "uôc", "uôm", "uôn", "uông", "uôt", //
    "uy", "uya", "uyu", "uych", "uyn", "uynh", "uyp", "uyt", "uyên", "uyêt", //
    "ư", "ưa", "ưi", "ưu", "ưc", "ưm", "ưn", "ưng", "ưt", //
    "ươi", "ươu", "ươc", "ươm", "ươn", "ương", "ươp", "ươt", //
    "y", "yêm", "yên", "yêng", "yêt", "yêu",
];

/// Syllables of Vietnamese place names and of the names of the peoples of the highlands that the table does not spell:
/// Krông, Prông, Kạn … Taken one by one, with marks and tone, so that they let in nothing else.
const NAMES: &str = include_str!("syllable/names.txt");

/// The most letters a syllable or name has; anything longer is none.
pub const MAX_LETTERS: usize = 9;

/// How much of a syllable is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// The letters may be the beginning of one, marks still to come.
    Beginning,
    /// Letters and marks make a whole one; the tone a stop needs may be missing.
    WholeButTone,
    /// A whole syllable.
    Whole,
}

/// What the end of a rhyme lets its tone be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Any tone.
    Open,
    /// c, ch, p, t: sắc or nặng, and one of them must be there.
    Stop,
    /// k, in names: sắc, nặng or none.
    K,
}

struct Rhyme {
    letters: Vec<Letter>,
    ending: Ending,
}

struct Name {
    letters: Vec<Letter>,
    tone: Tone,
}

struct Table {
    initials: Vec<Vec<Letter>>,
    /// By the base of the first vowel, in the order a e i o u y.
    rhymes: [Vec<Rhyme>; 6],
    /// By the base of the first letter, a–z.
    names: [Vec<Name>; 26],
}

fn vowel_slot(base: char) -> Option<usize> {
    "aeiouy".bytes().position(|vowel| vowel as char == base)
}

fn letters_of(text: &str) -> Vec<Letter> {
    text.chars().map(|c| Letter::parse(c).0).collect()
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut rhymes: [Vec<Rhyme>; 6] = Default::default();
        for text in RHYMES {
            let letters = letters_of(text);
            let ending = match text.as_bytes() {
                [.., b'c' | b'p' | b't'] | [.., b'c', b'h'] => Ending::Stop,
                [.., b'k'] => Ending::K,
                _ => Ending::Open,
            };
            if let Some(slot) = vowel_slot(letters[0].base) {
                rhymes[slot].push(Rhyme { letters, ending });
            }
        }
        let mut names: [Vec<Name>; 26] = std::array::from_fn(|_| Vec::new());
        for text in NAMES.split_whitespace() {
            let tone = text.chars().map(|c| Letter::parse(c).1).max().unwrap_or_default();
            let letters = letters_of(text);
            if let Some(slot) = name_slot(&letters) {
                names[slot].push(Name { letters, tone });
            }
        }
        Table {
            initials: INITIALS.iter().map(|text| letters_of(text)).collect(),
            rhymes,
            names,
        }
    })
}

fn name_slot(letters: &[Letter]) -> Option<usize> {
    let base = letters.first()?.base;
    base.is_ascii_lowercase().then(|| base as usize - 'a' as usize)
}

/// Whether these letters and this tone are a whole Vietnamese syllable (or a listed name). A stop (c, ch, p, t) must
/// bear sắc or nặng; `k`, which only names have, may also bear none.
pub fn is_syllable(letters: &[Letter], tone: Tone) -> bool {
    fits(letters, tone, Extent::Whole)
}

/// The same, but the tone a stop needs may still be missing.
pub fn is_syllable_but_for_tone(letters: &[Letter], tone: Tone) -> bool {
    fits(letters, tone, Extent::WholeButTone)
}

/// Whether a syllable can still come of these letters by adding letters and marks.
pub fn leads_to_syllable(letters: &[Letter], tone: Tone) -> bool {
    fits(letters, tone, Extent::Beginning)
}

/// Whether a word of text is a Vietnamese syllable, in any case and either tone style. The tone must be where one of
/// the two styles writes it.
pub fn is_vietnamese_word(word: &str) -> bool {
    let mut letters = [Letter::plain(' '); MAX_LETTERS];
    let mut tone = Tone::Ngang;
    let mut place = None;
    let mut length = 0;
    for c in word.chars() {
        let (letter, its_tone) = Letter::parse(c);
        if length == MAX_LETTERS || (its_tone != Tone::Ngang && tone != Tone::Ngang) {
            return false;
        }
        if its_tone != Tone::Ngang {
            (tone, place) = (its_tone, Some(length));
        }
        letters[length] = letter;
        length += 1;
    }
    let letters = &letters[..length];
    let placed = [ToneStyle::Old, ToneStyle::New]
        .iter()
        .any(|&style| tone_place(letters, style) == place);
    is_syllable(letters, tone) && (place.is_none() || placed)
}

fn fits(letters: &[Letter], tone: Tone, extent: Extent) -> bool {
    if letters.is_empty() || letters.len() > MAX_LETTERS {
        return false;
    }
    let table = table();
    let spelled = INITIALS.iter().zip(&table.initials).any(|(&name, initial)| {
        if letters.len() <= initial.len() {
            return extent == Extent::Beginning && begins(letters, initial) && (tone == Tone::Ngang || name == "qu");
        }
        let (head, rest) = letters.split_at(initial.len());
        let head_fits = match extent {
            Extent::Beginning => begins(head, initial),
            _ => head == initial,
        };
        head_fits && rhyme_fits(table, name, letters, rest, tone, extent)
    });
    spelled || name_fits(table, letters, tone, extent)
}

fn begins(letters: &[Letter], full: &[Letter]) -> bool {
    letters.len() <= full.len() && letters.iter().zip(full).all(|(typed, &whole)| typed.may_become(whole))
}

fn name_fits(table: &Table, letters: &[Letter], tone: Tone, extent: Extent) -> bool {
    let Some(slot) = name_slot(letters) else { return false };
    table.names[slot].iter().any(|name| match extent {
        Extent::Beginning => begins(letters, &name.letters) && (tone == Tone::Ngang || tone == name.tone),
        _ => letters == name.letters && tone == name.tone,
    })
}

fn rhyme_fits(table: &Table, initial: &str, all: &[Letter], rest: &[Letter], tone: Tone, extent: Extent) -> bool {
    let found = |letters: &[Letter], allowed: &dyn Fn(&[Letter]) -> bool| {
        vowel_slot(letters[0].base).is_some_and(|slot| {
            table.rhymes[slot].iter().any(|rhyme| {
                let letters_fit = match extent {
                    Extent::Beginning => begins(letters, &rhyme.letters),
                    _ => letters == rhyme.letters,
                };
                letters_fit && allowed(&rhyme.letters) && tone_fits(rhyme.ending, tone, extent)
            })
        })
    };
    if initial == "qu" {
        // `uy…` shares its u with `qu`: quỳnh is spelled qu + ynh.
        return found(rest, &|rhyme| {
            rhyme[0].base != 'u' && rhyme[0] != Letter::plain('o') && initial_takes(initial, rhyme)
        }) || found(&all[1..], &|rhyme| {
            rhyme.get(1).is_some_and(|second| second.base == 'y')
        });
    }
    found(rest, &|rhyme| initial_takes(initial, rhyme))
}

fn tone_fits(ending: Ending, tone: Tone, extent: Extent) -> bool {
    match tone {
        Tone::Sac | Tone::Nang => true,
        Tone::Ngang => ending != Ending::Stop || extent != Extent::Whole,
        _ => ending == Ending::Open,
    }
}

/// The rules of spelling between an initial and the vowel after it.
fn initial_takes(initial: &str, rhyme: &[Letter]) -> bool {
    let first = rhyme[0];
    let second = rhyme.get(1).copied();
    let circumflex_e = Letter {
        base: 'e',
        mark: Mark::Circumflex,
    };
    let horn_o = Letter {
        base: 'o',
        mark: Mark::Horn,
    };
    if first.base == 'y' && second == Some(circumflex_e) {
        return initial.is_empty();
    }
    if first == Letter::plain('u') && second == Some(horn_o) {
        return matches!(initial, "" | "h" | "kh" | "th");
    }
    // êc and êng are only what is left of iêc, iêng after gi.
    let short = first == circumflex_e && rhyme.len() > 1 && matches!(rhyme[1].base, 'c') && rhyme.len() == 2
        || first == circumflex_e && rhyme.len() == 3 && rhyme[1].base == 'n' && rhyme[2].base == 'g';
    if short {
        return initial == "gi";
    }
    match initial {
        "c" => !matches!(first.base, 'e' | 'i' | 'y'),
        "g" => !matches!(first.base, 'e' | 'y'),
        "ng" => !matches!(first.base, 'e' | 'i' | 'y'),
        "gh" | "ngh" => matches!(first.base, 'e' | 'i'),
        "k" => matches!(first.base, 'e' | 'i' | 'y'),
        "gi" => !matches!(first.base, 'i' | 'y'),
        _ => true,
    }
}

/// The letters of a word by their part in the syllable: initial, vowels, the rest. The `u` of `qu` and the `i` of `gi`
/// belong to the initial when a vowel follows.
pub fn vowel_range(letters: &[Letter]) -> std::ops::Range<usize> {
    let starts_with = |a: char, b: char| letters.len() > 2 && letters[0].base == a && letters[1] == Letter::plain(b);
    let glide = (starts_with('q', 'u') || starts_with('g', 'i')) && letters[2].is_vowel();
    let start = if glide {
        2
    } else {
        letters
            .iter()
            .position(|letter| letter.is_vowel())
            .unwrap_or(letters.len())
    };
    let length = letters[start..].iter().take_while(|letter| letter.is_vowel()).count();
    start..start + length
}

/// The index of the letter that bears the tone: a marked vowel first (the last of them: ươ → ơ, uyê → ê); else the only
/// vowel; else the last of two before a consonant, the first of two at the end (but the second of oa, oe, uy in the new
/// style), the middle of three. None when there is no vowel.
pub fn tone_place(letters: &[Letter], style: ToneStyle) -> Option<usize> {
    let vowels = vowel_range(letters);
    if vowels.is_empty() {
        return None;
    }
    if let Some(marked) = vowels.clone().rev().find(|&i| letters[i].mark != Mark::None) {
        return Some(marked);
    }
    let closed = vowels.end < letters.len();
    Some(match vowels.len() {
        1 => vowels.start,
        2 if closed => vowels.start + 1,
        2 => {
            let pair = (letters[vowels.start].base, letters[vowels.start + 1].base);
            let new_place = style == ToneStyle::New && matches!(pair, ('o', 'a') | ('o', 'e') | ('u', 'y'));
            vowels.start + usize::from(new_place)
        }
        _ => vowels.start + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_rhymes_and_highland_names_are_syllables() {
        for word in [
            "goòng", "ngoáo", "khuỷu", "quạu", "ngoằn", "ngoèo", "tuýp", "xoong", "khuều", "giếng", "gì", "quỳnh",
            "quốc", "thuở", "uơ", "Đắk", "Lắk", "Krông", "Pắc", "Kạn", "Prông", "hòa", "hoà", "QUỶ", "yêu", "nghiêng",
            "Xtiêng", "Srê",
        ] {
            assert!(is_vietnamese_word(word), "{word}");
        }
    }

    #[test]
    fn what_cannot_be_spelled_is_no_syllable() {
        for word in [
            "", "cê", "kộ", "nghà", "ngê", "cat", "côc", "tẽt", "ưindow", "hoầ", "bằk", "hóà", "tuơ", "bêng", "loanhs",
        ] {
            assert!(!is_vietnamese_word(word), "{word}");
        }
    }

    #[test]
    fn a_beginning_may_lack_marks_but_not_have_wrong_ones() {
        let leads = |text: &str, tone| leads_to_syllable(&letters_of(text), tone);
        assert!(leads("nguoi", Tone::Huyen) && leads("ngh", Tone::Ngang) && leads("qu", Tone::Sac));
        assert!(leads("oat", Tone::Sac) && leads("dan", Tone::Ngang) && leads("kron", Tone::Ngang));
        assert!(!leads("reb", Tone::Ngang) && !leads("cat", Tone::Hoi) && !leads("tăi", Tone::Ngang));
        assert!(!leads("pres", Tone::Ngang) && !leads("pre", Tone::Sac));
    }

    #[test]
    fn the_styles_differ_only_in_open_oa_oe_uy() {
        let place = |text: &str, style| tone_place(&letters_of(text), style);
        for (word, old, new) in [
            ("hoa", 1, 2),
            ("khoe", 2, 3),
            ("thuy", 2, 3),
            ("hoan", 2, 2),
            ("quy", 2, 2),
            ("gia", 2, 2),
            ("gi", 1, 1),
            ("mua", 1, 1),
            ("tiên", 2, 2),
            ("ngươi", 3, 3),
            ("oai", 1, 1),
            ("khuyu", 3, 3),
            ("khuya", 3, 3),
        ] {
            assert_eq!(
                (place(word, ToneStyle::Old), place(word, ToneStyle::New)),
                (Some(old), Some(new)),
                "{word}"
            );
        }
        assert_eq!(place("ngh", ToneStyle::Old), None);
    }
}
