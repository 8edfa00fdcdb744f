//! The line below the list: numbers of rows, or the name of somebody who came by, with those it may be.

use super::people::People;
use super::row::Who;
use super::sheet::{self, Sheet, unknown_person};
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Read, StoreError};
use crate::ui::grid::numbers::{self, Line};
use crate::ui::grid::register::{Fit, Register};
use crate::ui::names::Names;

/// Whom a typed name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Somebody on the list, by place.
    Listed(usize),
    /// Somebody on record.
    Person {
        /// The person.
        id: Id,
        /// The name.
        name: String,
        /// What tells from namesakes: role, cooperative, telephone.
        detail: String,
    },
    /// Nobody known: the name alone.
    New(String),
}

/// What the line says so far.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Places of the rows named by number, in order.
    pub rows: Vec<usize>,
    /// Whom a name may mean, the likeliest first; the name alone last.
    pub hits: Vec<Hit>,
    /// The hit that Enter takes.
    pub pointer: usize,
    /// What is wrong with the numbers.
    pub wrong: Option<Message>,
    /// The telephone number typed with a name.
    pub phone: String,
}

/// Hits offered.
const MOST: usize = 8;

impl Reading {
    /// Reads the line.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(line: &str, sheet: &Sheet, names: &Names, read: &dyn Read) -> Result<Reading, StoreError> {
        let count = sheet.rows().len();
        match numbers::read(line, count) {
            Err(wrong) => Ok(Reading {
                wrong: Some(wrong),
                ..Reading::default()
            }),
            Ok(Line::Empty) => Ok(Reading::default()),
            Ok(Line::Numbers(numbers)) => Ok(Reading {
                rows: numbers.into_iter().map(|number| number - 1).collect(),
                ..Reading::default()
            }),
            Ok(Line::Words) => {
                let register = Register {
                    names,
                    kinds: &["person"],
                    read,
                };
                words(line, sheet, &register, read)
            }
        }
    }

    /// The hit that Enter takes.
    pub fn chosen(&self) -> Option<&Hit> {
        self.hits.get(self.pointer)
    }
}

fn words(line: &str, sheet: &Sheet, register: &Register<'_>, read: &dyn Read) -> Result<Reading, StoreError> {
    let (name, phone) = apart(line);
    let people = People::of(read, &sheet.event);
    let mut hits: Vec<Hit> = sheet::listed(sheet.rows(), &name)
        .into_iter()
        .take(MOST / 2)
        .map(Hit::Listed)
        .collect();
    let by_phone = if phone.is_empty() {
        Vec::new()
    } else {
        register.find(&phone, 2)
    };
    let by_name = if name.is_empty() {
        Vec::new()
    } else {
        register.find(&name, MOST)
    };
    for (fit, listed) in by_phone.into_iter().chain(by_name) {
        let hit = match sheet.place_of(listed.id) {
            Some(at) => Hit::Listed(at),
            None => Hit::Person {
                id: listed.id,
                name: listed.name.clone(),
                detail: people.place(listed.id)?,
            },
        };
        if hits.contains(&hit) {
            continue;
        }
        // A code or a telephone number means one person and nobody else.
        if fit == Fit::Code {
            hits.insert(0, hit)
        } else {
            hits.push(hit)
        }
    }
    hits.truncate(MOST);
    if name.chars().any(char::is_alphabetic) {
        hits.push(Hit::New(unknown_person(&name).name));
    }
    Ok(Reading {
        hits,
        phone,
        ..Reading::default()
    })
}

/// The name and the telephone number in a line.
fn apart(line: &str) -> (String, String) {
    let is_phone = |word: &&str| word.len() >= 7 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let phone: String = line.split_whitespace().filter(is_phone).collect();
    let name: Vec<&str> = line.split_whitespace().filter(|word| !is_phone(word)).collect();
    (name.join(" "), phone)
}

/// Somebody not on record, by the name in the line.
pub fn unknown(line: &str) -> Option<(Who, String)> {
    let (name, phone) = apart(line);
    name.chars()
        .any(char::is_alphabetic)
        .then(|| (unknown_person(&name), phone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_told_from_the_name() {
        assert_eq!(
            apart("vũ thị lụa 0912345678"),
            ("vũ thị lụa".into(), "0912345678".into())
        );
        assert_eq!(apart("0912.345.678"), (String::new(), "0912.345.678".into()));
        assert_eq!(apart("N0112"), ("N0112".into(), String::new()));
        assert!(unknown("0912345678").is_none());
    }

    #[test]
    fn the_name_tells_the_sex_and_is_tidied() {
        let sex = |name: &str| unknown_person(name).gender;
        assert_eq!(sex("nguyễn văn nam"), Some("NAM"));
        assert_eq!(sex("Vũ Thị Lụa"), Some("NU"));
        assert_eq!(sex("Đỗ Minh Anh"), Some("NU"));
        assert_eq!(unknown_person("vũ  thị lụa").name, "Vũ Thị Lụa");
    }
}
