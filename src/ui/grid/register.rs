//! The people and cooperatives on record, found by what is typed into a grid: code, name without tones, initials,
//! telephone.
//!
//! They are looked for in the list of names, as everywhere; here they are told by how well they fit, for a grid takes a
//! code at once and offers a name. It is not asked for numbers of rows.

use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::store::Read;
use crate::ui::names::{self, Names};
use crate::vietnamese::fold::{fold, has_marks, initials, match_tones, words};
use crate::vietnamese::phone::fold_phone;

/// Hits looked at for each that is wanted: some of them fit only by a letter wrong, or by another record's name.
const LOOKED_AT: usize = 3;

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

/// The kinds of record that a grid looks for, in the list of names.
pub struct Register<'a> {
    /// The list.
    pub names: &'a Names,
    /// The kinds.
    pub kinds: &'static [&'static str],
    /// The records.
    pub read: &'a dyn Read,
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

impl Listed {
    fn of(entry: &Entry) -> Listed {
        let text = |key: &str| entry.text(key).unwrap_or_default().to_owned();
        let name = text("name");
        let folded = fold(&name);
        Listed {
            kind: entry.kind,
            id: entry.id,
            code: text("code"),
            phone: fold_phone(&text("phone")),
            initials: initials(&folded),
            folded,
            name,
        }
    }
}

impl Register<'_> {
    /// What fits a query, best first, at most `most`.
    pub fn find(&self, query: &str, most: usize) -> Vec<(Fit, Listed)> {
        let wanted = Query::new(query);
        let mut found: Vec<(Fit, Listed)> = Vec::new();
        for kind in self.kinds {
            let ids = names::find(self.names, kind, query, most * LOOKED_AT, self.read);
            let entries = ids.into_iter().filter_map(|id| self.read.get(kind, id).ok().flatten());
            let listed = entries.map(|entry| Listed::of(&entry));
            found.extend(listed.filter_map(|listed| Some((wanted.fits(&listed)?, listed))));
        }
        found.arrange_by(|(fit, one), (other_fit, other)| {
            let order = |fit: &Fit, listed: &Listed| (*fit, listed.folded.len());
            order(fit, one)
                .cmp(&order(other_fit, other))
                .then_with(|| one.code.cmp(&other.code))
        });
        found.truncate(most);
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
    use crate::domain::value::Value;
    use crate::store::{Store, Warnings};

    fn store() -> Store {
        let store = Store::memory();
        let mut txn = store.txn();
        for (code, name, phone) in [
            ("HTX007", "HTX Dược liệu An Khang", "0912345678"),
            ("HTX031", "HTX Rau an toàn Khánh Linh", ""),
            ("HTX070", "HTX An Khánh", ""),
        ] {
            let mut entry = Entry::new("cooperative");
            for (key, text) in [
                ("kind", "HTX"),
                ("unit", "C12472-B"),
                ("code", code),
                ("name", name),
                ("phone", phone),
            ] {
                entry.set(key, (!text.is_empty()).then(|| Value::Text(text.to_owned())));
            }
            txn.save(entry, Warnings::Accept).unwrap();
        }
        txn.commit().unwrap();
        store
    }

    #[test]
    fn a_record_is_found_by_code_number_name_initials_and_telephone_best_first() {
        let (store, names) = (store(), names::shared());
        let reader = store.reader();
        let register = Register {
            names: &names,
            kinds: &["cooperative"],
            read: &reader,
        };
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
            let found = register.find(query, 9);
            let found: Vec<&str> = found.iter().map(|(_, listed)| listed.code.as_str()).collect();
            assert_eq!(found, codes, "{query}");
        }
        assert_eq!(register.find("htx", 2).len(), 2);
    }
}
