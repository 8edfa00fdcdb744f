//! Lists of people to invite: from an earlier session, from a cooperative's members, from all who hold a role or post.

use super::people::People;
use super::row::Who;
use super::session::Session;
use super::sheet;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::post::Post;
use crate::domain::record::Record;
use crate::domain::role::{self, MANAGING, Role, roles_at};
use crate::domain::text::{Lang, Text};
use crate::store::{Order, Read, StoreError};
use crate::vietnamese::collate::compare_names;
use crate::vietnamese::date::format_date;
use std::collections::BTreeSet;

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The list of an earlier session, present or not.
    Session(Id),
    /// Everybody with a role at a cooperative on the session's day.
    Cooperative(Id),
    /// Everybody who manages a cooperative on that day.
    Managers,
    /// Everybody in a post of this kind on that day.
    Posts(&'static str),
}

/// A source as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The source.
    pub source: Source,
    /// What it is called.
    pub label: String,
    /// Its day, its code.
    pub note: String,
}

/// Earlier sessions that are offered.
const SESSIONS: usize = 100;

/// What can be copied from: the latest sessions first, then roles and posts, then cooperatives.
///
/// # Errors
/// The store cannot be read.
pub fn sources(read: &dyn Read, session: &Session, lang: Lang) -> Result<Vec<Offered>, StoreError> {
    let mut offered = Vec::new();
    for item in read
        .dated("training", "from", None, None, Order::Backward)
        .take(SESSIONS)
    {
        let item = item?;
        let has_list = item.id != session.id
            && read
                .refers(item.id, "attendance", "training", Order::Forward)
                .next()
                .is_some();
        if has_list {
            offered.push(Offered {
                source: Source::Session(item.id),
                label: read.name_of("training", item.id)?,
                note: format_date(item.on),
            });
        }
    }
    offered.push(Offered {
        source: Source::Managers,
        label: Text::new("Mọi người quản lý HTX, THT", "Everybody who manages a cooperative")
            .get(lang)
            .to_owned(),
        note: String::new(),
    });
    for code in catalog::list("officer_kind").map_or(&[][..], |list| &list.codes) {
        offered.push(Offered {
            source: Source::Posts(code.code),
            label: code.label.get(lang).to_owned(),
            note: String::new(),
        });
    }
    for id in read.by_name("cooperative", Order::Forward) {
        if let Some(entry) = read.get("cooperative", id?)? {
            offered.push(Offered {
                source: Source::Cooperative(entry.id),
                label: entry.text("name").unwrap_or_default().to_owned(),
                note: entry.text("code").unwrap_or_default().to_owned(),
            });
        }
    }
    Ok(offered)
}

/// The people of a source: of a session in its order, else by name.
///
/// # Errors
/// The store cannot be read.
pub fn people(read: &dyn Read, session: &Session, source: &Source) -> Result<Vec<Who>, StoreError> {
    let people = People::of(read, session);
    let on = session.from.unwrap_or_else(|| read.today());
    let ids: BTreeSet<Id> = match source {
        Source::Session(id) => {
            let entries = sheet::entries(read, *id)?;
            return entries
                .iter()
                .map(|entry| match entry.reference("person") {
                    Some(person) => people.person(person),
                    None => people.of_record(entry),
                })
                .collect();
        }
        Source::Cooperative(id) => {
            let roles = roles_at(read.known(), *id);
            roles
                .iter()
                .filter(|role| role.is_held(on))
                .filter_map(|role| role.person)
                .collect()
        }
        Source::Managers => {
            let mut ids = BTreeSet::new();
            for entry in read.scan("role") {
                let role = Role::read(&entry?);
                if role.is_of(&MANAGING) && role.is_held(on) {
                    ids.extend(role.person);
                }
            }
            ids
        }
        Source::Posts(kind) => {
            let mut ids = BTreeSet::new();
            for entry in read.scan("post") {
                let post = Post::read(&entry?);
                if post.officer_kind.as_deref() == Some(kind) && role::is_held(post.from, post.to, on) {
                    ids.extend(post.person);
                }
            }
            ids
        }
    };
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // One whose record was deleted is not invited.
        if read.get("person", id)?.is_some() {
            found.push(people.person(id)?);
        }
    }
    found.arrange_by(|one, other| compare_names(&one.name, &other.name));
    Ok(found)
}
