//! Who was trained: women in trades, women leaders, members and workers of cooperatives; and districts with classes for
//! their committees.

use std::collections::{BTreeMap, BTreeSet};

use super::books::{Attended, Session, Sex};
use super::predicates::{Asked, Found};
use super::tally::{Mark, Tally, Value, count};
use super::topics;
use crate::domain::catalog::units;
use crate::domain::id::Id;
use crate::domain::role::{MANAGING, Role};
use crate::domain::text::Message;
use crate::store::StoreError;

const LEADERS: [&str; 4] = ["CHU_DN", "QL_HTX", "QL_THT", "CHU_HKD"];
const WORKERS: [&str; 2] = ["TV_HTX", "LD_HTX"];

/// Distinct women in vocational sessions; where the Union sent people to others' sessions, also those registered.
pub fn vocational(asked: &Asked) -> Found {
    vocational_of(asked, |_| true)
}

/// The same, of sessions in which the Union had a part that is wanted; its code is empty where none is noted.
pub fn vocational_of(asked: &Asked, wanted: fn(&str) -> bool) -> Found {
    let topics = topics::or_own(&asked.target.topics, topics::VOCATIONAL);
    let mut people = People::new();
    for session in own_sessions(asked, &topics)? {
        if !wanted(session.union_part.as_deref().unwrap_or_default()) {
            continue;
        }
        let sent = session.union_part.as_deref() == Some("GIOI_THIEU");
        let list = asked.books.list(session.id)?;
        if list.is_empty() {
            people.declared(&session);
        }
        for row in list.iter() {
            if row.is_present() || (sent && row.state.as_deref() == Some("DANG_KY")) {
                people.woman(asked, row)?;
            }
        }
    }
    Ok(people.count())
}

/// Distinct women who own or manage a business, in sessions of management and start-ups.
pub fn women_leaders(asked: &Asked) -> Found {
    let topics = match asked.target.topics.as_slice() {
        [] => topics::women_leaders(),
        own => own.to_vec(),
    };
    let mut people = People::new();
    for session in own_sessions(asked, &topics)? {
        let list = asked.books.list(session.id)?;
        if list.is_empty() {
            people.declared_for(&session, &LEADERS);
        }
        for row in list.iter().filter(|row| row.is_present()) {
            if is_leader(asked, row, &session)? {
                people.woman(asked, row)?;
            }
        }
    }
    Ok(people.count())
}

/// By the kind noted; where none is, by the roles held on the day of the session.
fn is_leader(asked: &Asked, row: &Attended, session: &Session) -> Result<bool, StoreError> {
    if let Some(kind) = row.kind.as_deref() {
        return Ok(LEADERS.contains(&kind));
    }
    let Some(person) = row.person else { return Ok(false) };
    let leads = |role: &Role| {
        role.is_held(session.from)
            && (role.is_of(&["CHU_DN", "CHU_HKD"]) || role.is_of(&MANAGING) || role.is_of(&asked.plan.role_set))
    };
    Ok(asked.books.roles_of(person)?.iter().any(leads))
}

/// Distinct women members and workers of cooperatives trained, of all there are: members and workers, without counting
/// twice the members who work there.
pub fn workers_share(asked: &Asked) -> Found {
    let mut people = People::new();
    let whole = women_of_cooperatives(asked, &mut people.tally)?;
    let workers = workers_on_record(asked)?;
    let topics = topics::or_own(&asked.target.topics, topics::WORKERS);
    for session in asked.books.sessions(asked.window.from, asked.window.to)?.iter() {
        if !session.teaches(&topics) {
            continue;
        }
        let own = asked.area.holds(session.unit.as_deref());
        let list = asked.books.list(session.id)?;
        if list.is_empty() && own {
            people.declared_for(session, &WORKERS);
        }
        for row in list.iter().filter(|row| row.is_present()) {
            let by_role = row.person.is_some_and(|person| workers.contains(&person));
            let by_kind = own && row.kind.as_deref().is_some_and(|kind| WORKERS.contains(&kind));
            if by_role || by_kind {
                people.woman(asked, row)?;
            }
        }
    }
    let mut tally = people.count();
    if let Value::Count(part) = tally.value {
        // Figures of different days can take more away than they add up to: then there is nothing to hold it against.
        tally.value = Value::Share {
            part,
            whole: whole.max(0),
        };
    }
    Ok(tally)
}

/// Everybody with the role of member or worker at a cooperative of the area on P1.
fn workers_on_record(asked: &Asked) -> Result<BTreeSet<Id>, StoreError> {
    let mut workers = BTreeSet::new();
    for coop in asked.coops(&["HTX"])? {
        let roles = asked.books.roles_at(coop.id)?;
        let held = roles
            .iter()
            .filter(|role| role.is_of(&["THANH_VIEN", "LAO_DONG"]) && role.is_held(asked.on()));
        workers.extend(held.filter_map(|role| role.person));
    }
    Ok(workers)
}

fn women_of_cooperatives(asked: &Asked, tally: &mut Tally) -> Result<i64, StoreError> {
    let mut whole = 0_i64;
    for coop in asked.coops(&["HTX"])? {
        let number = |key| asked.books.number(coop.id, key, asked.on());
        let figures = (
            number("members_women"),
            number("workers_women"),
            number("members_working_women"),
        );
        match figures {
            (Some(members), Some(workers), Some(both)) => whole += members + workers - both,
            // What came later than the day looked at owes no figures of that day.
            _ if coop.registered_on.is_some_and(|day| day > asked.on()) => {}
            _ => tally.unknown(
                coop.id,
                Message::new(
                    "chưa đủ số thành viên nữ, lao động nữ, nữ thành viên có làm việc",
                    "women members, women workers or women members who work are not on record",
                ),
            ),
        }
    }
    Ok(whole)
}

/// Districts in which a class for the committees of communes was held; a district that is asked for counts itself.
pub fn officer_classes(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    let mut districts = asked.area.at_level(2);
    if units().get(asked.area.unit()).is_some_and(|unit| unit.level == 2) {
        districts.push(asked.area.unit().to_string());
    }
    let areas: Vec<_> = districts.iter().map(|uid| asked.area.of(uid)).collect();
    let mut found = BTreeSet::new();
    for session in asked.books.sessions(asked.window.from, asked.window.to)?.iter() {
        if session.held && session.audience.iter().any(|kind| kind == "CB_BCH_CO_SO") {
            let places = areas
                .iter()
                .enumerate()
                .filter(|(_, area)| area.holds(session.unit.as_deref()));
            for (place, _) in places {
                found.insert(place);
                tally.counted.push(session.id);
            }
        }
    }
    for (place, uid) in districts.iter().enumerate() {
        if !found.contains(&place) {
            tally.not_unit(
                uid,
                "chưa có lớp cho Ủy viên BCH cơ sở",
                "no class for committees of communes",
            );
        }
    }
    tally.value = Value::Count(count(found.len()));
    Ok(tally)
}

/// The area's sessions of the window that teach one of these topics.
fn own_sessions(asked: &Asked, topics: &[String]) -> Result<Vec<Session>, StoreError> {
    let mut sessions = asked.books.sessions(asked.window.from, asked.window.to)?.to_vec();
    sessions.retain(|session| session.teaches(topics) && asked.area.holds(session.unit.as_deref()));
    Ok(sessions)
}

/// Distinct people, and those whom classes only counted.
struct People {
    tally: Tally,
    women: BTreeMap<Id, ()>,
    declared: i64,
}

impl People {
    fn new() -> People {
        People {
            tally: Tally::new(),
            women: BTreeMap::new(),
            declared: 0,
        }
    }

    fn woman(&mut self, asked: &Asked, row: &Attended) -> Result<(), StoreError> {
        match asked.books.sex_of_row(row)? {
            Sex::Woman => {
                self.women.insert(row.who(), ());
            }
            Sex::Unknown | Sex::Gone => self.tally.unknown(
                row.who(),
                Message::new("chưa ghi giới tính", "the sex is not on record"),
            ),
            Sex::Man => {}
        }
        Ok(())
    }

    /// The class's own count of women, for want of a list.
    fn declared(&mut self, session: &Session) {
        match session.declared_women {
            Some(women) => {
                self.declared += women;
                self.tally.counted.push(session.id);
                self.tally.mark(Mark::AsDeclaredByClass);
            }
            None => self.tally.unknown(
                session.id,
                Message::new(
                    "lớp không có danh sách, chưa ghi số nữ",
                    "the class has no list and did not declare its women",
                ),
            ),
        }
    }

    /// The same where the class was for these kinds only; else nobody can tell who they were.
    fn declared_for(&mut self, session: &Session, kinds: &[&str]) {
        let only = !session.audience.is_empty() && session.audience.iter().all(|kind| kinds.contains(&kind.as_str()));
        if only {
            self.declared(session);
        } else if session.declared_women != Some(0) {
            self.tally.unknown(
                session.id,
                Message::new(
                    "lớp không có danh sách: không biết ai thuộc đối tượng này",
                    "the class has no list: who of them counts is not known",
                ),
            );
        }
    }

    fn count(self) -> Tally {
        let mut tally = self.tally;
        tally.value = Value::Count(count(self.women.len()) + self.declared);
        tally.counted.extend(self.women.into_keys());
        tally
    }
}
