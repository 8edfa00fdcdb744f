//! The people and cooperatives on record, as a compact list to find them by what is typed: code, name without tones,
//! initials, telephone.
//!
//! Read once when the first letter is typed and kept as long as the grid stands; it is not asked for numbers of rows.

use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::store::{Read, StoreError};
use crate::vietnamese::fold::{fold, has_marks, initials, match_tones, words};
use crate::vietnamese::phone::fold_phone;

/// A record that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its kind: `person` or `cooperative`.
    pub kind: &'static str,
    /// Its id.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name as stored.
    pub name: String,
    /// Its telephone as digits.
    pub phone: String,
    folded: String,
    initials: String,
}

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Register {
    listed: Vec<Listed>,
    version: u64,
}

/// How well a query fits; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The code or the whole telephone number.
    Code,
    /// The number at the end of the code (`7` for `HTX007`).
    Number,
    /// The whole name.
    Whole,
    /// The beginning of the name.
    Begins,
    /// The beginnings of its words.
    Words,
    /// Its initials, or part of the telephone number.
    Initials,
}

impl Register {
    /// All records of these kinds.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(kinds: &[&'static str], read: &dyn Read) -> Result<Register, StoreError> {
        let mut listed = Vec::new();
        for kind in kinds {
            for entry in read.scan(kind) {
                let entry = entry?;
                let text = |key: &str| entry.text(key).unwrap_or_default().to_owned();
                let name = text("name");
                let folded = fold(&name);
                listed.push(Listed {
                    kind,
                    id: entry.id,
                    code: text("code"),
                    phone: fold_phone(&text("phone")),
                    initials: initials(&folded),
                    folded,
                    name,
                });
            }
        }
        Ok(Register {
            listed,
            version: read.version(),
        })
    }

    /// Whether it was read before the last save.
    pub fn is_stale(&self, read: &dyn Read) -> bool {
        self.version != read.version()
    }

    /// What fits a query, best first, at most `most`.
    pub fn find(&self, query: &str, most: usize) -> Vec<(Fit, &Listed)> {
        let wanted = Query::new(query);
        let mut found: Vec<(Fit, &Listed)> = self
            .listed
            .iter()
            .filter_map(|listed| Some((wanted.fits(listed)?, listed)))
            .collect();
        let order = |(fit, listed): &(Fit, &Listed)| (*fit, listed.folded.len());
        if found.len() > most {
            found.select_nth_unstable_by_key(most, order);
            found.truncate(most);
        }
        found.arrange_by(|one, other| {
            order(one)
                .cmp(&order(other))
                .then_with(|| one.1.code.cmp(&other.1.code))
        });
        found
    }
}

/// A query, folded once.
struct Query<'q> {
    typed: &'q str,
    folded: String,
    /// Without blanks, as codes are compared.
    code: String,
    /// The digits, where it is nothing else.
    digits: Option<String>,
    has_marks: bool,
}

impl Query<'_> {
    fn new(typed: &str) -> Query<'_> {
        let typed = typed.trim();
        let folded = fold(typed);
        let code = folded.replace(' ', "");
        let digits = (!code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())).then(|| code.clone());
        Query {
            typed,
            has_marks: has_marks(typed),
            folded,
            code,
            digits,
        }
    }

    fn fits(&self, listed: &Listed) -> Option<Fit> {
        if self.code.is_empty() {
            return None;
        }
        if listed.code.eq_ignore_ascii_case(&self.code) {
            return Some(Fit::Code);
        }
        if let Some(digits) = &self.digits {
            return self.fits_digits(digits, listed);
        }
        if self.has_marks && !match_tones(self.typed, &listed.name) {
            return None;
        }
        if listed.folded == self.folded {
            return Some(Fit::Whole);
        }
        if listed.folded.starts_with(&self.folded) {
            return Some(Fit::Begins);
        }
        let begins = |wanted: &str| words(&listed.folded).any(|word| word.starts_with(wanted));
        if words(&self.folded).all(begins) {
            return Some(Fit::Words);
        }
        (self.code.len() >= 2 && self.code == self.folded && listed.initials.contains(&self.code))
            .then_some(Fit::Initials)
    }

    fn fits_digits(&self, digits: &str, listed: &Listed) -> Option<Fit> {
        if !listed.phone.is_empty() && listed.phone == fold_phone(digits) {
            return Some(Fit::Code);
        }
        let number = listed.code.trim_start_matches(|c: char| !c.is_ascii_digit());
        if !number.is_empty() && number.trim_start_matches('0') == digits.trim_start_matches('0') {
            return Some(Fit::Number);
        }
        (digits.len() >= 3 && listed.phone.contains(digits)).then_some(Fit::Initials)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register() -> Register {
        let listed = |code: &str, name: &str, phone: &str| {
            let folded = fold(name);
            Listed {
                kind: "cooperative",
                id: Id::now(),
                code: code.into(),
                name: name.into(),
                phone: phone.into(),
                initials: initials(&folded),
                folded,
            }
        };
        Register {
            listed: vec![
                listed("HTX007", "HTX Dược liệu An Khang", "0912345678"),
                listed("HTX031", "HTX Rau an toàn Khánh Linh", ""),
                listed("HTX070", "HTX An Khánh", ""),
            ],
            version: 0,
        }
    }

    #[test]
    fn a_record_is_found_by_code_number_name_initials_and_telephone_best_first() {
        for (query, codes) in [
            ("htx007", vec!["HTX007"]),
            ("7", vec!["HTX007"]),
            ("an khan", vec!["HTX070", "HTX007", "HTX031"]),
            ("htx an khanh", vec!["HTX070", "HTX031"]),
            ("án khang", vec![]),
            ("an khang", vec!["HTX007"]),
            ("hdlak", vec!["HTX007"]),
            ("0912345678", vec!["HTX007"]),
            ("345", vec!["HTX007"]),
            ("", vec![]),
            ("không có", vec![]),
        ] {
            let register = register();
            let found: Vec<&str> = register
                .find(query, 9)
                .iter()
                .map(|(_, listed)| listed.code.as_str())
                .collect();
            assert_eq!(found, codes, "{query}");
        }
        assert_eq!(register().find("htx", 2).len(), 2);
    }
}
