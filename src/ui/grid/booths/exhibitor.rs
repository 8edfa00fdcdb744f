//! Whom a name typed into the exhibitor's cell may mean: cooperatives before people, the name as typed last.

use super::sheet::{Exhibitor, Sheet};
use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::ui::grid::register::{Fit, Register};

/// Hits offered.
const MOST: usize = 8;

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Who it is.
    pub exhibitor: Exhibitor,
    /// The code; empty where there is none.
    pub code: String,
    /// The booth that the exhibitor has already.
    pub booth: Option<String>,
}

/// Whom the text of the row `at` may mean, the likeliest first.
pub fn find(typed: &str, at: usize, sheet: &Sheet, register: &Register<'_>) -> Vec<Hit> {
    let mut found = register.find(typed, MOST);
    found.arrange_by_key(|(fit, listed)| (*fit, listed.kind != "cooperative"));
    let is_code = found.iter().any(|(fit, _)| *fit == Fit::Code);
    let mut hits = Vec::new();
    for (_, listed) in found {
        let name = listed.name.clone();
        hits.push(Hit {
            exhibitor: match listed.kind {
                "person" => Exhibitor::Person(listed.id, name),
                _ => Exhibitor::Cooperative(listed.id, name),
            },
            code: listed.code.clone(),
            booth: booth_of(sheet, at, listed.id),
        });
    }
    if !is_code && typed.chars().any(char::is_alphabetic) {
        hits.push(Hit {
            exhibitor: Exhibitor::Name(typed.to_owned()),
            code: String::new(),
            booth: None,
        });
    }
    hits
}

/// The number of another booth that an exhibitor has.
fn booth_of(sheet: &Sheet, at: usize, exhibitor: Id) -> Option<String> {
    let others = sheet
        .rows()
        .iter()
        .enumerate()
        .filter(|(other, row)| *other != at && row.is_kept());
    let has = |row: &super::sheet::Row| {
        [row.entry.reference("exhibitor"), row.entry.reference("person")].contains(&Some(exhibitor))
    };
    others
        .map(|(_, row)| row)
        .find(|row| has(row))
        .map(|row| row.number().to_owned())
}
