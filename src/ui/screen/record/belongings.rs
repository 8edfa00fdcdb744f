//! All that belongs to a record, on one time line: whatever refers to it by an indexed reference, what its people
//! attended, when roles were taken and given up. The newest first, what has no day last.

use super::words;
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::FieldKind;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError};
use crate::vietnamese::date::Partial;
use crate::vietnamese::fold::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Which end of a record a line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The record, or its beginning.
    Start,
    /// Its end: a role given up.
    End,
}

/// A line of the time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// Its day, as far as it is known.
    pub on: Option<Partial>,
    /// The record's kind.
    pub kind: &'static str,
    /// The record.
    pub id: Id,
    /// Which end of it.
    pub side: Side,
    /// What sort of record it is.
    pub sort: Text,
    /// What it says.
    pub words: String,
}

impl Belonging {
    /// Where the line stands in time. What one save wrote (a visit and the difficulties that it opened) bears one moment:
    /// there the order of the kinds decides, since the rest of an id is chance.
    fn place(&self) -> impl Ord + use<> {
        let kind = KINDS.iter().position(|kind| kind.key() == self.kind);
        let day = self.on.map(Partial::last_day);
        (day, self.id.millis(), kind, self.id, self.side)
    }
}

/// The kinds that refer to records of a kind, and by which field; those found by the index alone.
pub fn referring(to: &str) -> Vec<(&'static dyn Kind, &'static str)> {
    let mut found = Vec::new();
    for kind in KINDS {
        for field in kind.fields().iter().filter(|field| field.indexed) {
            if matches!(field.kind, FieldKind::Ref(one) | FieldKind::Refs(one) if one == to) {
                found.push((*kind, field.key));
            }
        }
    }
    found
}

/// Reads the time line of a record.
pub fn read(read: &dyn Read, owner: (&'static str, Id), lang: Lang) -> Result<Vec<Belonging>, StoreError> {
    let mut found = Vec::new();
    let rows = |kind: &dyn Kind, field: &str| kind.key() == "attendance" && field == "cooperative";
    // A cooperative's attendees are told by session, those who are on record and those who are not together.
    for (kind, field) in referring(owner.0)
        .into_iter()
        .filter(|(kind, field)| !rows(*kind, field))
    {
        for item in read.refers(owner.1, kind.key(), field, Order::Backward) {
            if let Some(entry) = read.get(kind.key(), item?.id)? {
                push(&mut found, read, owner, &entry, lang)?;
            }
        }
    }
    match owner.0 {
        "cooperative" => sessions_of_its_people(read, owner.1, lang, &mut found)?,
        "person" => visits_she_received(read, owner, lang, &mut found)?,
        _ => {}
    }
    found.arrange_by_key(|line| std::cmp::Reverse(line.place()));
    // A record that refers twice (a cooperative grown out of itself) stands once.
    let mut seen = BTreeSet::new();
    found.retain(|line| seen.insert((line.id, line.side)));
    Ok(found)
}

fn push(
    found: &mut Vec<Belonging>,
    read: &dyn Read,
    owner: (&'static str, Id),
    entry: &Entry,
    lang: Lang,
) -> Result<(), StoreError> {
    let line = |on, side, words| Belonging {
        on,
        kind: entry.kind,
        id: entry.id,
        side,
        sort: kind(entry.kind).map(Kind::label).unwrap_or_default(),
        words,
    };
    let words = words::of(read, entry, owner.0, lang);
    found.push(line(day(read, entry)?, Side::Start, words.clone()));
    let ended = partial(entry, "to").filter(|_| matches!(entry.kind, "role" | "post"));
    if let Some(to) = ended {
        let ended = Text::new("thôi", "left:").get(lang);
        found.push(line(Some(to), Side::End, format!("{ended} {words}")));
    }
    Ok(())
}

/// The day that a record belongs to: that of its session or fair for a row of one.
fn day(read: &dyn Read, entry: &Entry) -> Result<Option<Partial>, StoreError> {
    let of = |kind: &str| -> Result<Option<Partial>, StoreError> {
        let Some(id) = entry.reference(kind) else {
            return Ok(None);
        };
        let event = read.get(kind, id)?;
        Ok(event.and_then(|event| event.date("from")).map(Partial::Day))
    };
    Ok(match entry.kind {
        "attendance" => of("training")?,
        "booth" => of("fair")?,
        "product" => partial(entry, "decided_on"),
        "cooperative" => partial(entry, "registered_on"),
        _ => kind(entry.kind)
            .and_then(Kind::when)
            .and_then(|when| partial(entry, when)),
    })
}

/// A day, or what is known of it.
fn partial(entry: &Entry, key: &str) -> Option<Partial> {
    match entry.get(key)? {
        Value::Date(day) => Some(Partial::Day(*day)),
        Value::Partial(partial) => Some(*partial),
        _ => None,
    }
}

/// Sessions that people of a cooperative attended, each once, with their names: those with a role there, and those whose
/// row names it.
fn sessions_of_its_people(
    read: &dyn Read,
    cooperative: Id,
    lang: Lang,
    found: &mut Vec<Belonging>,
) -> Result<(), StoreError> {
    let mut people = BTreeSet::new();
    for role in read.refers(cooperative, "role", "cooperative", Order::Forward) {
        people.extend(role?.cover.id("person"));
    }
    let mut attended: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for person in people {
        let mut name = None;
        for row in read.refers(person, "attendance", "person", Order::Forward) {
            let Some(session) = row?.cover.id("training") else {
                continue;
            };
            let name = match &name {
                Some(name) => name,
                None => name.insert(read.name_of("person", person)?),
            };
            attended.entry(session).or_default().push(name.clone());
        }
    }
    for row in read.refers(cooperative, "attendance", "cooperative", Order::Forward) {
        let cover = row?.cover;
        let Some(session) = cover.id("training") else { continue };
        let name = match cover.id("person") {
            Some(person) => read.name_of("person", person)?,
            None => cover.text("name").unwrap_or_default().to_owned(),
        };
        let names = attended.entry(session).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for (session, names) in attended {
        if let Some(entry) = read.get("training", session)? {
            push(found, read, ("cooperative", cooperative), &entry, lang)?;
            if let Some(line) = found.last_mut() {
                line.words = format!("{} · {}", line.words, names.join(", "));
            }
        }
    }
    Ok(())
}

/// Visits to her cooperatives that name her as the one who was met. The name was typed, so it is compared without tones.
fn visits_she_received(
    read: &dyn Read,
    owner: (&'static str, Id),
    lang: Lang,
    found: &mut Vec<Belonging>,
) -> Result<(), StoreError> {
    let name = fold(&read.name_of(owner.0, owner.1)?);
    let mut cooperatives = BTreeSet::new();
    for role in read.refers(owner.1, "role", "person", Order::Forward) {
        cooperatives.extend(role?.cover.id("cooperative"));
    }
    for cooperative in cooperatives {
        for item in read.refers(cooperative, "visit", "cooperative", Order::Backward) {
            let Some(visit) = read.get("visit", item?.id)? else {
                continue;
            };
            let met = fold(visit.text("met").unwrap_or_default());
            if !name.is_empty() && met.contains(&name) {
                push(found, read, owner, &visit, lang)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::fixture::World;
    use serde_json::json;

    #[test]
    fn a_visit_that_names_whom_it_met_stands_on_her_page() {
        let world = World::new("C12472-B");
        let group = world.founded("THT", "THT Cói Quỳnh Phụ", "2026-04-01");
        let names = ["Phạm Thị Hạnh", "Phạm Thị Hoa"];
        let [hanh, hoa] = names.map(|name| world.woman_at(name, group, "TO_TRUONG", json!({"from": "2026-04-01"})));
        let met = |name: &str, day: &str| {
            world.add(
                "visit",
                json!({"date": day, "cooperative": group.to_string(), "purposes": ["DANH_GIA"], "met": name}),
            )
        };
        let visit = met("chị Pham thi Hanh, giám đốc", "2026-05-04");
        met("kế toán", "2026-05-05");
        let store = world.into_store();
        let visits = |person| -> Vec<Id> {
            let lines = read(&store.reader(), ("person", person), Lang::Vi).unwrap();
            lines
                .iter()
                .filter(|line| line.kind == "visit")
                .map(|line| line.id)
                .collect()
        };
        assert_eq!(visits(hanh), [visit]);
        assert_eq!(visits(hoa), []);
    }

    #[test]
    fn whoever_came_for_a_cooperative_and_whoever_went_on_a_visit_stand_on_the_page() {
        let world = World::new("C12472-B");
        let htx = world.add("cooperative", json!({"kind": "HTX", "name": "HTX An Khang"}));
        let officer = world.add("person", json!({"name": "Nguyễn Thị Hằng", "gender": "NU"}));
        let session = world.add(
            "training",
            json!({"title": "Lớp kế toán", "topics": ["TAI_CHINH_KE_TOAN"], "from": "2026-05-11"}),
        );
        let row = json!({"training": session.to_string(), "name": "Trần Thị Mai", "gender": "NU", "state": "CO_MAT", "cooperative": htx.to_string()});
        world.add("attendance", row);
        let visit = json!({"date": "2026-05-20", "cooperative": htx.to_string(), "officers": [officer.to_string()], "purposes": ["KHAO_SAT"]});
        let visit = world.add("visit", visit);
        let reader = world.store().reader();
        let page = read(&reader, ("cooperative", htx), Lang::Vi).unwrap();
        let told: Vec<_> = page.iter().map(|line| (line.kind, line.id)).collect();
        assert_eq!(told, [("visit", visit), ("training", session)]);
        assert!(page[1].words.ends_with("Trần Thị Mai"), "{}", page[1].words);
        let page = read(&reader, ("person", officer), Lang::Vi).unwrap();
        assert_eq!(page.iter().map(|line| line.id).collect::<Vec<_>>(), [visit]);
    }
}
