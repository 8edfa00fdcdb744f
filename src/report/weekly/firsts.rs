//! Who was trained for the first time: each person once ever, looked for over all sessions of the store, whoever held
//! them. Only this raises the share of those trained, so it stands apart from turns.
//!
//! A person's first day is the first on which she was present in a session of the topic set while she held a managing
//! role (an officer: a post). It counts where a session of that day is the unit's.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::sessions::{self, People};
use super::tally::Tally;
use crate::domain::id::Id;
use crate::domain::role::{self, MANAGING};
use crate::domain::training::{MANAGERS_TRAINED, OFFICERS_KTTT};
use crate::domain::unit_tree::Scope;
use crate::store::{Cover, Order, Read, StoreError};
use crate::vietnamese::date::Partial;

/// Of whom a line counts the first training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Managers,
    Officers,
}

impl Group {
    fn code(self) -> &'static str {
        match self {
            Group::Managers => "MANAGERS_TRAINED_FIRST",
            Group::Officers => "OFFICERS_TRAINED_FIRST",
        }
    }

    fn teaches(self, topics: &[&str]) -> bool {
        let set: &[&str] = match self {
            Group::Managers => &MANAGERS_TRAINED,
            Group::Officers => &OFFICERS_KTTT,
        };
        topics.iter().any(|topic| set.contains(topic))
    }
}

/// People whose roles are looked up one by one; for more, all roles are gone through, which are few beside the people.
const ASKED_SINGLY: usize = 200;

/// People who were present in the columns' sessions: only their first day can fall there.
#[derive(Debug, Default)]
pub struct Candidates {
    managers: BTreeSet<Id>,
    officers: BTreeSet<Id>,
}

impl Candidates {
    /// Notes a person who was present in a session of these topics.
    pub fn note(&mut self, person: Option<Id>, topics: &[&str]) {
        let Some(person) = person else { return };
        if Group::Managers.teaches(topics) {
            self.managers.insert(person);
        }
        if Group::Officers.teaches(topics) {
            self.officers.insert(person);
        }
    }
}

/// Counts the candidates whose first day falls into a column.
pub fn count(
    read: &dyn Read,
    scope: &Scope<'_>,
    candidates: &Candidates,
    people: &mut People<'_>,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let mut history = History {
        read,
        scope,
        sessions: HashMap::new(),
    };
    for (group, persons) in [
        (Group::Managers, &candidates.managers),
        (Group::Officers, &candidates.officers),
    ] {
        // Most who attend hold nothing: their lists need not be read.
        for (person, held) in held(read, group, persons)? {
            if let Some(day) = history.first_day(group, person, &held, people)? {
                tally.count(group.code(), day, person);
            }
        }
    }
    Ok(())
}

/// A session as far as first training asks.
struct Session {
    from: NaiveDate,
    topics: Vec<String>,
    is_ours: bool,
}

struct History<'a> {
    read: &'a dyn Read,
    scope: &'a Scope<'a>,
    /// Sessions held, by id; none for one that was not held or was deleted.
    sessions: HashMap<Id, Option<Session>>,
}

impl History<'_> {
    /// A person's first day, where a session of that day is the unit's.
    fn first_day(
        &mut self,
        group: Group,
        person: Id,
        held: &[Span],
        people: &mut People<'_>,
    ) -> Result<Option<NaiveDate>, StoreError> {
        let mut first: Option<(NaiveDate, bool)> = None;
        let read = self.read;
        for row in read.refers(person, "attendance", "person", Order::Forward) {
            let row = row?;
            let counts = sessions::is_present(&row.cover)
                && (group == Group::Officers
                    || people.is_woman(Some(person), row.cover.text("gender") == Some("NU"))?);
            let session = match row.cover.id("training") {
                Some(id) if counts => self.session(id)?,
                _ => None,
            };
            let Some(session) = session else { continue };
            let topics: Vec<&str> = session.topics.iter().map(String::as_str).collect();
            let is_held = held.iter().any(|(from, to)| role::is_held(*from, *to, session.from));
            if group.teaches(&topics) && is_held {
                let (day, ours) = (session.from, session.is_ours);
                first = Some(match first {
                    Some((earliest, any)) if earliest == day => (day, any || ours),
                    Some((earliest, any)) if earliest < day => (earliest, any),
                    _ => (day, ours),
                });
            }
        }
        Ok(first.filter(|(_, ours)| *ours).map(|(day, _)| day))
    }

    fn session(&mut self, id: Id) -> Result<Option<&Session>, StoreError> {
        if !self.sessions.contains_key(&id) {
            let cover = self.read.cover("training", id)?;
            let held = cover.filter(|cover| cover.text("state") == Some("DA_TO_CHUC"));
            let session = held.and_then(|cover| {
                Some(Session {
                    from: cover.date("from")?,
                    topics: cover.codes("topics").into_iter().map(str::to_owned).collect(),
                    is_ours: self.scope.holds(cover.unit()),
                })
            });
            self.sessions.insert(id, session);
        }
        Ok(self.sessions.get(&id).and_then(Option::as_ref))
    }
}

/// The days from which and up to which something is held.
type Span = (Option<Partial>, Option<Partial>);

/// When people held what the group asks, for those of them who ever did.
fn held(read: &dyn Read, group: Group, people: &BTreeSet<Id>) -> Result<BTreeMap<Id, Vec<Span>>, StoreError> {
    let mut held: BTreeMap<Id, Vec<Span>> = BTreeMap::new();
    let mut note = |cover: &Cover| {
        let counts = group == Group::Officers || cover.text("role").is_some_and(|role| MANAGING.contains(&role));
        if let Some(person) = cover.id("person").filter(|person| counts && people.contains(person)) {
            let span = (cover.partial("from"), cover.partial("to"));
            held.entry(person).or_default().push(span);
        }
    };
    let kind = match group {
        Group::Managers => "role",
        Group::Officers => "post",
    };
    if people.len() > ASKED_SINGLY {
        for item in read.covers(kind) {
            note(&item?.1);
        }
    } else {
        for person in people {
            for item in read.refers(*person, kind, "person", Order::Forward) {
                note(&item?.cover);
            }
        }
    }
    Ok(held)
}
