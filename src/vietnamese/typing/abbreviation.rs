//! Abbreviations (gõ tắt): a short word that is spelled out when it ends, in the case it was typed in.
//!
//! A list is TOML, one line an abbreviation: `htx = "hợp tác xã"`. Typed `htx`, `Htx` or `HTX` it becomes `hợp tác xã`,
//! `Hợp tác xã` or `HỢP TÁC XÃ`; in any other mix it is left alone.

use std::collections::BTreeMap;

use toml::Spanned;

use super::method::{Fault, line_at};
use crate::arrange::Arrange;
use crate::vietnamese::syllable::{Letter, Tone, ToneStyle, lower_case, tone_place, upper_case};

const STARTER: &str = include_str!("../../../keymaps/typing/abbreviations.toml");

/// The longest text an abbreviation may stand for, in characters.
const LONGEST: usize = 200;

/// A checked list of abbreviations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abbreviations(BTreeMap<String, String>);

impl Abbreviations {
    /// The starter list: words of the Union's daily work.
    pub fn starter() -> Abbreviations {
        Abbreviations::parse(STARTER).expect("a test parses the starter list")
    }

    /// Reads and checks a list. All faults are told at once.
    pub fn parse(source: &str) -> Result<Abbreviations, Vec<Fault>> {
        let file: BTreeMap<Spanned<String>, String> =
            toml::from_str(source).map_err(|error| vec![Fault::syntax(source, &error)])?;
        let mut list = Abbreviations::default();
        let mut faults = Vec::new();
        for (short, long) in file {
            let line = line_at(source, short.span().start);
            if let Err(fault) = list.insert(short.get_ref(), &long, line) {
                faults.push(fault);
            }
        }
        faults.arrange_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(list) } else { Err(faults) }
    }

    fn insert(&mut self, short: &str, long: &str, line: usize) -> Result<(), Fault> {
        let is_lower = |c: char| c.is_alphanumeric() && lower_case(c) == c;
        if short.is_empty() || !short.chars().all(is_lower) {
            return Err(Fault::new(
                line,
                format!("chữ tắt «{short}» chỉ được gồm chữ thường và số, viết liền"),
                format!("the abbreviation “{short}” may only hold lower-case letters and digits"),
            ));
        }
        if long.trim().is_empty() || long.chars().any(char::is_control) || long.chars().count() > LONGEST {
            return Err(Fault::new(
                line,
                format!("«{short}» phải có nội dung trên một dòng, không quá {LONGEST} ký tự"),
                format!("“{short}” must stand for one line of text, at most {LONGEST} characters"),
            ));
        }
        self.0.insert(short.to_owned(), long.trim().to_owned());
        Ok(())
    }

    /// Adds another list; where both have an abbreviation, `own` wins.
    pub fn with(mut self, own: Abbreviations) -> Abbreviations {
        self.0.extend(own.0);
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs, by abbreviation.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(short, long)| (short.as_str(), long.as_str()))
    }

    /// What a word stands for, in its case and in this tone style.
    pub(super) fn expand(&self, word: &str, style: ToneStyle) -> Option<String> {
        let capitals = word.chars().filter(|&c| lower_case(c) != c).count();
        let long = match capitals {
            0 => self.0.get(word)?,
            _ => self.0.get(&word.chars().map(lower_case).collect::<String>())?,
        };
        let long = restyle(long, style);
        let letters = word.chars().filter(|&c| c.is_alphabetic()).count();
        let first_is_capital = word.chars().next().is_some_and(|c| lower_case(c) != c);
        match capitals {
            0 => Some(long),
            1 if first_is_capital => {
                let mut chars = long.chars();
                let first = chars.next().map(upper_case);
                Some(first.into_iter().chain(chars).collect())
            }
            all if all == letters => Some(long.chars().map(upper_case).collect()),
            _ => None,
        }
    }
}

/// The same text with its tones where the style writes them.
fn restyle(text: &str, style: ToneStyle) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let parsed: Vec<(Letter, Tone)> = word.chars().map(Letter::parse).collect();
        let letters: Vec<Letter> = parsed
            .iter()
            .map(|pair| pair.0)
            .filter(|letter| letter.base.is_alphabetic())
            .collect();
        let tone = parsed.iter().map(|pair| pair.1).max().unwrap_or_default();
        let place = tone_place(&letters, style);
        for (i, (c, (letter, its_tone))) in word.chars().zip(parsed).enumerate() {
            let moves = letter.is_vowel() && (its_tone != Tone::Ngang || place == Some(i));
            let placed = if place == Some(i) { tone } else { Tone::Ngang };
            let lower = if moves { letter.with_tone(placed) } else { lower_case(c) };
            out.push(if lower_case(c) == c { lower } else { upper_case(lower) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_list_is_sound() {
        let list = Abbreviations::starter();
        assert!(list.iter().count() > 40);
        assert_eq!(list.expand("htx", ToneStyle::Old).as_deref(), Some("hợp tác xã"));
    }

    #[test]
    fn case_follows_what_was_typed() {
        let list = Abbreviations::parse("htx = \"hợp tác xã\"\nv = \"và\"").unwrap();
        let expand = |word| list.expand(word, ToneStyle::Old);
        assert_eq!(expand("Htx").as_deref(), Some("Hợp tác xã"));
        assert_eq!(expand("HTX").as_deref(), Some("HỢP TÁC XÃ"));
        assert_eq!(expand("hTx"), None);
        assert_eq!(expand("V").as_deref(), Some("Và"));
        assert_eq!(expand("htxx"), None);
    }

    #[test]
    fn tones_follow_the_style() {
        let list = Abbreviations::parse("ub = \"Ủy ban hòa giải quý\"").unwrap();
        assert_eq!(
            list.expand("ub", ToneStyle::New).as_deref(),
            Some("Uỷ ban hoà giải quý")
        );
        assert_eq!(
            list.expand("ub", ToneStyle::Old).as_deref(),
            Some("Ủy ban hòa giải quý")
        );
    }

    #[test]
    fn a_wrong_list_is_told_line_by_line_and_an_own_list_wins() {
        let faults = Abbreviations::parse("a = \"x\"\nHTX = \"y\"\nb = \"\"\n\"c d\" = \"z\"").unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3, 4]);
        let own = Abbreviations::parse("htx = \"hội thảo\"").unwrap();
        let both = Abbreviations::starter().with(own);
        assert_eq!(both.expand("htx", ToneStyle::Old).as_deref(), Some("hội thảo"));
    }
}
