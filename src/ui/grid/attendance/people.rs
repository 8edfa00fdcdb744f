//! What is known of a person on the session's day: cooperative, role, kind of attendee, and whether a manager is trained
//! for the first time.

use super::row::{self, First, Known, Who};
use super::session::Session;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::unit_name;
use crate::domain::post::Post;
use crate::domain::record::Record;
use crate::domain::role::{self, MANAGING, Role};
use crate::domain::text::Message;
use crate::domain::title;
use crate::store::{Cover, Order, Read, StoreError};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

/// Reads people for one session; what was read of cooperatives and other sessions is kept meanwhile.
pub struct People<'a> {
    read: &'a dyn Read,
    session: &'a Session,
    on: NaiveDate,
    cooperatives: RefCell<HashMap<Id, (String, Option<&'static str>)>>,
    /// Earlier sessions held that train managers, by id: their first day.
    earlier: RefCell<HashMap<Id, Option<NaiveDate>>>,
}

impl<'a> People<'a> {
    /// For a session.
    pub fn of(read: &'a dyn Read, session: &'a Session) -> People<'a> {
        People {
            read,
            session,
            on: session.from.unwrap_or_else(|| read.today()),
            cooperatives: RefCell::default(),
            earlier: RefCell::default(),
        }
    }

    /// What an attendance record says of who it is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of_record(&self, entry: &Entry) -> Result<Who, StoreError> {
        let mut who = match entry.reference("person") {
            Some(person) => self.person(person)?,
            None => {
                let gender = row::code("gender", entry.text("gender"));
                Who::name_alone(entry.text("name").unwrap_or_default(), gender)
            }
        };
        if let Some(cooperative) = entry.reference("cooperative").filter(|id| who.cooperative != Some(*id)) {
            // The record names another than the role does: what was recorded stands.
            who.place = self.cooperative(cooperative)?.0;
            who.cooperative = Some(cooperative);
        }
        Ok(who)
    }

    /// A person on record.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn person(&self, id: Id) -> Result<Who, StoreError> {
        let Some(entry) = self.read.get("person", id)? else {
            let name = self.read.name_of("person", id)?;
            return Ok(Who {
                known: Known::Person(id),
                ..Who::name_alone(&name, None)
            });
        };
        let mut who = Who {
            known: Known::Person(id),
            ..Who::name_alone(
                entry.text("name").unwrap_or_default(),
                row::code("gender", entry.text("gender")),
            )
        };
        let roles = self.roles(id)?;
        match roles.iter().min_by_key(|role| rank(role)) {
            Some(role) => self.put_role(&mut who, role)?,
            None => self.put_post(&mut who, id)?,
        }
        let manages = roles.iter().any(|role| role.is_of(&MANAGING));
        if manages && who.gender == Some("NU") && self.session.trains_managers && !self.was_trained(id)? {
            who.first = First::Time;
        }
        Ok(who)
    }

    /// Where a person stands, in a word or two: for telling namesakes apart.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn place(&self, id: Id) -> Result<String, StoreError> {
        let who = self.person(id)?;
        Ok(title::join(&[&who.role.vi, &who.place]))
    }

    fn roles(&self, person: Id) -> Result<Vec<Role>, StoreError> {
        let mut held = Vec::new();
        for item in self.read.refers(person, "role", "person", Order::Forward) {
            if let Some(entry) = self.read.get("role", item?.id)? {
                held.push(Role::read(&entry));
            }
        }
        held.retain(|role| role.is_held(self.on));
        Ok(held)
    }

    fn put_role(&self, who: &mut Who, role: &Role) -> Result<(), StoreError> {
        who.role = in_words("role", role.role.as_deref());
        let Some(cooperative) = role.cooperative else {
            return Ok(());
        };
        let (name, kind) = self.cooperative(cooperative)?;
        who.kind = Some(attendee_kind(role, kind));
        who.place = name;
        who.cooperative = Some(cooperative);
        Ok(())
    }

    /// An officer's post, where there is no role at a cooperative.
    fn put_post(&self, who: &mut Who, person: Id) -> Result<(), StoreError> {
        for item in self.read.refers(person, "post", "person", Order::Backward) {
            let Some(entry) = self.read.get("post", item?.id)? else {
                continue;
            };
            let post = Post::read(&entry);
            if role::is_held(post.from, post.to, self.on) {
                who.kind = row::code("attendee_kind", post.officer_kind.as_deref());
                who.role = match &post.title {
                    Some(title) => Message::new(title.clone(), title.clone()),
                    None => in_words("officer_kind", post.officer_kind.as_deref()),
                };
                who.place = unit_name(self.read.known(), post.unit.as_deref());
                return Ok(());
            }
        }
        Ok(())
    }

    fn cooperative(&self, id: Id) -> Result<(String, Option<&'static str>), StoreError> {
        if let Some(known) = self.cooperatives.borrow().get(&id) {
            return Ok(known.clone());
        }
        let entry = self.read.get("cooperative", id)?;
        let kind = row::code("entity_type", entry.as_ref().and_then(|entry| entry.text("kind")));
        let known = (self.read.name_of("cooperative", id)?, kind);
        self.cooperatives.borrow_mut().insert(id, known.clone());
        Ok(known)
    }

    /// Whether she was present, as a manager, in an earlier session that trains managers; sessions of the same day
    /// count as one.
    fn was_trained(&self, person: Id) -> Result<bool, StoreError> {
        let mut managing: Option<Vec<Role>> = None;
        for item in self.read.refers(person, "attendance", "person", Order::Forward) {
            let cover = item?.cover;
            let Some(training) = cover.id("training").filter(|id| *id != self.session.id) else {
                continue;
            };
            if !is_present(&cover) {
                continue;
            }
            let Some(day) = self.earlier(training)?.filter(|day| *day < self.on) else {
                continue;
            };
            let roles = match &managing {
                Some(roles) => roles,
                None => managing.insert(self.managing(person)?),
            };
            if roles.iter().any(|role| role.is_held(day)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn managing(&self, person: Id) -> Result<Vec<Role>, StoreError> {
        let mut all = Vec::new();
        for item in self.read.refers(person, "role", "person", Order::Forward) {
            if let Some(entry) = self.read.get("role", item?.id)? {
                all.push(Role::read(&entry));
            }
        }
        all.retain(|role| role.is_of(&MANAGING));
        Ok(all)
    }

    fn earlier(&self, id: Id) -> Result<Option<NaiveDate>, StoreError> {
        if let Some(day) = self.earlier.borrow().get(&id) {
            return Ok(*day);
        }
        let held = self
            .read
            .get("training", id)?
            .filter(|entry| entry.text("state") == Some("DA_TO_CHUC"));
        let trains = match held {
            Some(_) => Session::load(self.read, id)?.filter(|session| session.trains_managers),
            None => None,
        };
        let day = trains.and_then(|session| session.from);
        self.earlier.borrow_mut().insert(id, day);
        Ok(day)
    }
}

fn is_present(cover: &Cover) -> bool {
    matches!(cover.text("state"), Some("CO_MAT" | "HOAN_THANH"))
}

/// The short label of a code, in both languages; the code itself where the list does not have it.
fn in_words(list: &str, code: Option<&str>) -> Message {
    let found = crate::domain::catalog::list(list).zip(code);
    let found = found.and_then(|(list, code)| list.get(code));
    let code = code.unwrap_or_default();
    found.map_or_else(|| Message::new(code, code), |code| code.short().into())
}

/// Of several roles the first is shown: managing ones before others, in the order of the code list.
fn rank(role: &Role) -> (bool, usize) {
    let place = crate::domain::catalog::list("role")
        .zip(role.role.as_deref())
        .and_then(|(list, code)| list.index(code));
    (!role.is_of(&MANAGING), place.unwrap_or(usize::MAX))
}

/// The kind of attendee that a role at a cooperative of a kind makes.
fn attendee_kind(role: &Role, cooperative: Option<&'static str>) -> &'static str {
    match role.role.as_deref() {
        _ if role.is_of(&MANAGING) && cooperative == Some("THT") => "QL_THT",
        _ if role.is_of(&MANAGING) => "QL_HTX",
        Some("LAO_DONG") => "LD_HTX",
        Some("CHU_DN") => "CHU_DN",
        Some("CHU_HKD") => "CHU_HKD",
        _ => "TV_HTX",
    }
}
