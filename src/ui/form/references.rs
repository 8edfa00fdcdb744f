//! Finding the record or unit that a field refers to: by code, by name without tones, by initials, or by telephone.
//!
//! Cooperatives, people, sessions and fairs are found in the list of names, as everywhere; the few records of other kinds
//! are read once into a compact list and kept until something was saved.

use crate::arrange::Arrange;
use crate::domain::catalog::units;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::unit_name;
use crate::domain::record::kind;
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError};
use crate::ui::form::chooser::Looking;
use crate::ui::form::picks::{Hit, fit};
use crate::ui::names::{self, Names};
use crate::vietnamese::fold::{fold, initials};
use crate::vietnamese::phone::{fold_phone, read_phone};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most hits that are offered.
const MOST: usize = 60;
/// Hits that are looked at for being the same, and how many are told.
const LOOKED_AT: usize = 12;
const ALIKE: usize = 3;

/// One record that can be referred to.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its id.
    pub id: Id,
    /// Its code; empty where the kind has none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it is, a telephone, a year: what tells it from others of the same name.
    pub detail: String,
    folded: String,
    initials: String,
    phone: String,
    tax_code: String,
}

/// The lists of candidates, by kind; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    lists: BTreeMap<&'static str, (u64, Arc<Vec<Candidate>>)>,
}

impl Candidates {
    /// All records of a kind, read anew where something was saved since.
    pub fn of(&mut self, key: &'static str, read: &dyn Read) -> Arc<Vec<Candidate>> {
        let version = read.version();
        if let Some((of, list)) = self.lists.get(key)
            && *of == version
        {
            return Arc::clone(list);
        }
        // A fault of the store shows when the record is saved; here it means that fewer are found.
        let list = Arc::new(load(key, read).unwrap_or_default());
        self.lists.insert(key, (version, Arc::clone(&list)));
        list
    }
}

fn load(key: &str, read: &dyn Read) -> Result<Vec<Candidate>, StoreError> {
    let entries = read.scan(key);
    entries
        .map(|entry| entry.map(|entry| candidate(&entry, read)))
        .collect()
}

fn candidate(entry: &Entry, read: &dyn Read) -> Candidate {
    let kind = kind(entry.kind);
    let name = kind.map(|kind| kind.title(entry, read.known())).unwrap_or_default();
    let code = kind
        .and_then(|kind| entry.text(kind.code_field()?.key))
        .unwrap_or_default();
    let folded = fold(&name);
    let phone = entry.text("phone").unwrap_or_default();
    let area = unit_name(read.known(), entry.text("area"));
    Candidate {
        id: entry.id,
        code: code.to_owned(),
        detail: if area.is_empty() {
            read_phone(phone).map_or_else(|_| phone.to_owned(), |phone| phone.format())
        } else {
            area
        },
        initials: initials(&folded),
        folded,
        name,
        phone: fold_phone(phone),
        tax_code: entry.text("tax_code").unwrap_or_default().to_owned(),
    }
}

/// The records of a kind that fit one of the queries (folded), best first; where nothing is typed, the latest or the
/// first by name.
pub fn find(kind: &'static str, queries: &[String], looking: &mut Looking<'_>) -> Vec<Hit> {
    if !names::has(kind) {
        return find_in(&looking.candidates.of(kind, looking.read), queries);
    }
    let typed = || queries.iter().filter(|query| !query.is_empty());
    if typed().next().is_none() {
        return hits(kind, first_of(kind, looking.read), looking.read);
    }
    let found = typed().map(|query| names::find(looking.names, kind, query, MOST, looking.read));
    let ids = found.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default();
    hits(kind, ids, looking.read)
}

/// What is offered before anything is typed.
fn first_of(key: &str, read: &dyn Read) -> Vec<Id> {
    let when = kind(key).and_then(|kind| kind.when());
    match when {
        Some(when) => {
            let dated = read.dated(key, when, None, None, Order::Backward);
            dated.filter_map(Result::ok).map(|dated| dated.id).take(MOST).collect()
        }
        None => read
            .by_name(key, Order::Forward)
            .filter_map(Result::ok)
            .take(MOST)
            .collect(),
    }
}

fn hits(kind: &'static str, ids: Vec<Id>, read: &dyn Read) -> Vec<Hit> {
    let entry = |id| read.get(kind, id).ok().flatten();
    ids.into_iter()
        .filter_map(entry)
        .map(|entry| hit(&candidate(&entry, read)))
        .collect()
}

/// The records of a list that fit one of the queries (folded), best first: code, then beginning of the name, words of the
/// name, initials, telephone.
fn find_in(list: &[Candidate], queries: &[String]) -> Vec<Hit> {
    let Some(query) = queries.first().filter(|query| !query.is_empty()) else {
        return list.iter().rev().take(MOST).map(hit).collect();
    };
    let mut found: Vec<(usize, &Candidate)> = list
        .iter()
        .filter_map(|candidate| Some((rank(candidate, query, queries)?, candidate)))
        .collect();
    found.arrange_by(|(a, one), (b, other)| (a, &one.code, &one.name).cmp(&(b, &other.code, &other.name)));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, candidate)| hit(candidate))
        .collect()
}

fn rank(candidate: &Candidate, query: &str, queries: &[String]) -> Option<usize> {
    let code = fold(&candidate.code);
    let typed_code = query.replace(' ', "");
    let digits = typed_code.bytes().all(|b| b.is_ascii_digit());
    if !code.is_empty() && (code == typed_code || digits && number_of(&code) == typed_code.trim_start_matches('0')) {
        return Some(0);
    }
    if digits {
        let in_phone = typed_code.len() >= 3 && candidate.phone.contains(&typed_code);
        let in_code = !code.is_empty() && code.ends_with(&typed_code);
        return (in_phone || in_code).then_some(1);
    }
    if code.starts_with(&typed_code) && typed_code.len() >= 2 {
        return Some(1);
    }
    let by_name = queries.iter().filter_map(|query| fit(&candidate.folded, query)).min();
    let by_initials = || (query.len() >= 2 && !query.contains(' ') && candidate.initials.contains(query)).then_some(6);
    by_name.map(|rank| rank + 2).or_else(by_initials)
}

/// The digits at the end of a code, without leading zeros: `htx007` → `7`.
fn number_of(code: &str) -> &str {
    let start = code.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    code[start..].trim_start_matches('0')
}

fn hit(candidate: &Candidate) -> Hit {
    Hit {
        value: Value::Id(candidate.id),
        key: candidate.code.clone(),
        label: candidate.name.clone(),
        detail: candidate.detail.clone(),
    }
}

/// The one record whose code was typed in full, if no longer code begins with it.
pub fn whole_code(kind: &'static str, typed: &str, looking: &mut Looking<'_>) -> Option<Hit> {
    let typed = fold(typed).replace(' ', "");
    if typed.len() < 4 || typed.bytes().all(|b| b.is_ascii_digit()) || !typed.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let found = find(kind, std::slice::from_ref(&typed), looking);
    let mut begun = found.into_iter().filter(|hit| fold(&hit.key).starts_with(&typed));
    let first = begun.next().filter(|hit| fold(&hit.key) == typed)?;
    begun.next().is_none().then_some(first)
}

/// Records that may be the very one that is being entered: the same folded name, telephone or tax code, or a name that
/// begins as typed. Only kinds in the list of names can be told alike.
pub fn alike((kind, own): (&'static str, Id), field: &str, typed: &str, names: &Names, read: &dyn Read) -> Vec<Hit> {
    let wanted = match field {
        "phone" => fold_phone(typed),
        "tax_code" => typed.trim().to_owned(),
        _ => fold(typed),
    };
    let tells = match field {
        "phone" => wanted.len() >= 8,
        "tax_code" => wanted.len() >= 10,
        _ => wanted.split(' ').count() >= 2 && wanted.len() >= 6,
    };
    if !tells || !names::has(kind) {
        return Vec::new();
    }
    let same = |candidate: &Candidate| match field {
        "phone" => candidate.phone == wanted,
        "tax_code" => candidate.tax_code == wanted,
        _ => fit(&candidate.folded, &wanted).is_some_and(|rank| rank < 2),
    };
    let ids = names::find(names, kind, &wanted, LOOKED_AT, read)
        .into_iter()
        .filter(|id| *id != own);
    let entries = ids.filter_map(|id| read.get(kind, id).ok().flatten());
    let candidates = entries.map(|entry| candidate(&entry, read));
    candidates
        .filter(same)
        .map(|candidate| hit(&candidate))
        .take(ALIKE)
        .collect()
}

/// The units that fit, the office's own area first: below the office, then below its province, then anywhere.
pub fn find_units(read: &dyn Read, query: &str) -> Vec<Hit> {
    let units = units();
    let today = read.today();
    let office = read.office();
    let mut circles: Vec<String> = office.iter().cloned().collect();
    circles.extend(
        office
            .iter()
            .flat_map(|uid| units.ancestors(uid, today).map(|unit| unit.uid.to_owned())),
    );
    if circles.last().map(String::as_str) != Some(units::CENTRE) {
        circles.push(units::CENTRE.to_owned());
    }
    let mut found: Vec<Hit> = own_units(read, query);
    for circle in circles {
        let itself = units
            .get(&circle)
            .filter(|unit| query.is_empty() || fit(&fold(unit.name), query).is_some());
        let below = if query.is_empty() && !found.is_empty() {
            Vec::new()
        } else {
            units.find(&circle, query, today)
        };
        for unit in itself.into_iter().chain(below) {
            let value = Value::Text(unit.uid.to_owned());
            if unit.level > 0 && !found.iter().any(|hit| hit.value == value) {
                found.push(Hit {
                    value,
                    key: unit.code.to_owned(),
                    label: unit.name.to_owned(),
                    detail: units
                        .parent(unit.uid, today)
                        .map(|above| above.name.to_owned())
                        .unwrap_or_default(),
                });
            }
        }
        if found.len() >= MOST || (!query.is_empty() && !found.is_empty()) {
            break;
        }
    }
    found.truncate(MOST);
    found
}

fn own_units(read: &dyn Read, query: &str) -> Vec<Hit> {
    let fits = |name: &str| query.is_empty() || fit(&fold(name), query).is_some();
    let own = read.scan("unit").filter_map(Result::ok);
    own.filter_map(|entry| {
        let (uid, name) = (entry.text("uid")?, entry.text("name")?);
        let is_own = units().get(uid).is_none();
        (is_own && fits(name)).then(|| Hit {
            value: Value::Text(uid.to_owned()),
            key: uid.to_owned(),
            label: name.to_owned(),
            detail: unit_name(read.known(), entry.text("parent")),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(code: &str, name: &str, phone: &str) -> Candidate {
        let folded = fold(name);
        Candidate {
            id: Id::now(),
            code: code.into(),
            name: name.into(),
            detail: String::new(),
            initials: initials(&folded),
            folded,
            phone: fold_phone(phone),
            tax_code: String::new(),
        }
    }

    fn list() -> Vec<Candidate> {
        vec![
            candidate("HTX007", "HTX Dược liệu An Khang", "0912345678"),
            candidate("HTX031", "HTX Rau an toàn Khánh Linh", ""),
            candidate("THT007", "THT Trồng nấm Đông Hải", ""),
            candidate("HTX070", "HTX May Trà Lý", ""),
        ]
    }

    fn found(query: &str) -> Vec<String> {
        find_in(&list(), &[query.to_owned()])
            .into_iter()
            .map(|hit| hit.key)
            .collect()
    }

    #[test]
    fn a_record_is_found_by_code_number_name_initials_and_telephone() {
        assert_eq!(found("htx007"), ["HTX007"]);
        assert_eq!(found("7"), ["HTX007", "THT007"]);
        assert_eq!(found("an kh"), ["HTX007", "HTX031"]);
        assert_eq!(found("khang an"), ["HTX007"]);
        assert_eq!(found("tnd"), ["THT007"]);
        assert_eq!(found("5678"), ["HTX007"]);
        assert!(found("xyz").is_empty());
    }
}
