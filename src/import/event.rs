//! A list that belongs to one session or one fair: the sign-in sheet, the list of booths. Every row gets the event; the
//! people of a sign-in sheet are found among those on record, or are made.

use super::rows::Row;
use super::verdict::Reason;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::schema::Field;
use crate::domain::text::Message;
use crate::domain::value::{Slot, Value};
use crate::report::blank::FROM;
use crate::store::{Read, Refusal, StoreError, Txn};
use crate::vietnamese::date::Partial;
use crate::vietnamese::fold::fold;
use crate::vietnamese::name::tidy_name;

/// The fields of a person that a sign-in sheet may tell beside name and sex.
pub const OF_PERSON: [(&str, &str); 5] = [
    ("phone", "person.phone"),
    ("birth", "person.birth"),
    ("address", "person.address"),
    ("email", "person.email"),
    ("code", "person.code"),
];

/// The session or fair that a list belongs to.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its record.
    pub entry: Entry,
}

/// The person behind a row: made, or told more about.
pub(super) struct Guest {
    pub(super) now: Entry,
    before: Option<Entry>,
}

impl Event {
    /// The event of a record; none where it is neither a session nor a fair.
    pub fn of(entry: Entry) -> Option<Event> {
        matches!(entry.kind, "training" | "fair").then_some(Event { entry })
    }

    /// The session or fair of an id, a code or a name.
    ///
    /// # Errors
    /// None, or several of that name.
    pub fn find(list: &str, text: &str, read: &dyn Read) -> Result<Event, Message> {
        let wanted = match list {
            "attendance" => "training",
            "booth" => "fair",
            _ => {
                return Err(Message::new(
                    "--into chỉ dùng với attendance (một lớp) hoặc booth (một hội chợ). Chưa ghi gì.",
                    "--into goes with attendance (a session) or booth (a fair) only. Nothing was written.",
                ));
            }
        };
        let known = read.known();
        let id = text.parse::<Id>().ok().or_else(|| known.by_code(wanted, text));
        let named = match id {
            Some(id) => known.record(wanted, id).into_iter().collect(),
            None => known.named(wanted, text),
        };
        match named.as_slice() {
            [one] => Ok(Event { entry: one.clone() }),
            [] => Err(Message::new(
                format!("Không có lớp hay hội chợ nào là \"{text}\". Chưa ghi gì. Xem: sohoi list {wanted}."),
                format!("There is no \"{text}\". Nothing was written. See: sohoi list {wanted}."),
            )),
            many => Err(Message::new(
                format!(
                    "Có {} lớp hay hội chợ tên \"{text}\". Chưa ghi gì. Hãy ghi id.",
                    many.len()
                ),
                format!(
                    "{} are called \"{text}\". Nothing was written. Give the id.",
                    many.len()
                ),
            )),
        }
    }

    /// The kind of its rows.
    pub fn rows(&self) -> Option<&'static dyn Kind> {
        kind(match self.entry.kind {
            "training" => "attendance",
            _ => "booth",
        })
    }

    /// The field of a row that names it.
    pub fn field(&self) -> &'static str {
        self.entry.kind
    }

    /// What it is called.
    pub fn title(&self, read: &dyn Read) -> String {
        kind(self.entry.kind).map_or_else(String::new, |kind| kind.title(&self.entry, read.known()))
    }

    /// Where words go that name nobody on record: an attendee's organisation into the note, an exhibitor into its name.
    pub(super) fn in_words(&self, field: &Field, text: &str, note: Option<&str>) -> Option<(&'static str, Value)> {
        let said = match field.key {
            "exhibitor" => return Some(("exhibitor_name", Value::Text(text.trim().to_owned()))),
            "cooperative" => format!("{FROM}{}", text.trim()),
            _ => return None,
        };
        let all = note.map_or_else(|| said.clone(), |note| format!("{note}\n{said}"));
        Some(("note", Value::Text(all)))
    }

    /// Gives the row its event and state, and finds whom it is about, unless the officer said `whose` it is. The person
    /// that must be saved before it, if any.
    pub(super) fn complete(
        &self,
        row: &mut Row,
        whose: Option<&Option<Id>>,
        read: &dyn Read,
    ) -> Result<Option<Guest>, StoreError> {
        row.given.set(self.field(), Some(Value::Id(self.entry.id)));
        let held = self.entry.date("from").is_some_and(|from| from <= read.known().today());
        if self.entry.kind == "fair" {
            if row.given.text("state").is_none() {
                row.given.set("state", Some(Value::Text("DANG_KY".into())));
            }
            exhibitor(row, whose, read);
            return Ok(None);
        }
        if row.given.text("state").is_none() {
            let state = if held { "CO_MAT" } else { "DANG_KY" };
            row.given.set("state", Some(Value::Text(state.into())));
        }
        attendee(row, whose, read)
    }
}

/// An exhibitor given by a name that one cooperative bears is that cooperative.
fn exhibitor(row: &mut Row, whose: Option<&Option<Id>>, read: &dyn Read) {
    let Some(name) = row.given.text("exhibitor_name").map(str::to_owned) else {
        return;
    };
    let id = match whose {
        Some(said) => *said,
        None => match read.known().named("cooperative", &name).as_slice() {
            [one] => Some(one.id),
            [] => None,
            many => {
                row.doubts.push(several("exhibitor_name", "cooperative", many));
                None
            }
        },
    };
    if let Some(id) = id {
        row.given.set("exhibitor", Some(Value::Id(id)));
        row.given.set("exhibitor_name", None);
    }
}

/// That several records bear the name, and which.
fn several(field: &str, of: &str, records: &[Entry]) -> Reason {
    let code = |entry: &Entry| {
        let field = kind(of).and_then(Kind::code_field);
        field.and_then(|field| entry.text(field.key)).map(str::to_owned)
    };
    let codes: Vec<String> = records.iter().filter_map(code).collect();
    let (count, codes) = (records.len(), codes.join(", "));
    Reason {
        field: Some(field.to_owned()),
        text: Message::new(
            format!("Trong sổ có {count} bản ghi tên này ({codes}): chọn một, hoặc nhận thì chỉ ghi tên."),
            format!("{count} on record bear this name ({codes}): choose one; accepted, the name alone is taken."),
        ),
    }
}

fn attendee(row: &mut Row, whose: Option<&Option<Id>>, read: &dyn Read) -> Result<Option<Guest>, StoreError> {
    let Some(name) = row.given.text("name").map(str::to_owned) else {
        return Ok(None);
    };
    if row.given.reference("person").is_some() {
        row.given.set("name", None);
        return Ok(None);
    }
    if let Some(gender) = row.given.get("gender").cloned() {
        row.person.set("gender", Some(gender));
    }
    let found = match whose {
        Some(Some(id)) => read.get("person", *id)?.map_or(Found::Nobody, Found::One),
        Some(None) => Found::Nobody,
        None => found(&name, &row.person, read)?,
    };
    let before = match found {
        Found::One(person) => Some(person),
        Found::Nobody => None,
        Found::Several(people) => {
            // Nothing tells which of them: the name alone stands in the list.
            row.doubts.push(several("name", "person", &people));
            return Ok(None);
        }
    };
    let mut now = before.clone().unwrap_or_else(|| Entry::new("person"));
    if before.is_none() {
        now.set("name", Some(Value::Text(tidy_name(&name))));
    }
    for (key, value) in &row.person.values {
        // What is on record is not changed by a sign-in sheet; what is missing there is taken.
        if now.get(key).is_none() {
            now.set(key, Some(value.clone()));
        }
    }
    row.given.set("person", Some(Value::Id(now.id)));
    row.given.set("name", None);
    row.given.set("gender", None);
    Ok((before.as_ref() != Some(&now)).then_some(Guest { now, before }))
}

impl Guest {
    /// As if the row had not been read.
    pub(super) fn take_back(self, txn: &mut Txn<'_>) -> Result<(), StoreError> {
        let undone = match self.before {
            Some(before) => txn.save(before, crate::store::Warnings::Accept).map(|_| ()),
            None => txn.delete("person", self.now.id),
        };
        match undone {
            Err(Refusal::Store(error)) => Err(error),
            _ => Ok(()),
        }
    }
}

enum Found {
    One(Entry),
    Several(Vec<Entry>),
    Nobody,
}

/// Who on record is meant: by code; else of that name, nothing that is said of both differing, and the telephone or the
/// birth being the same, or nobody else coming into question.
fn found(name: &str, said: &Entry, read: &dyn Read) -> Result<Found, StoreError> {
    let known = read.known();
    if let Some(id) = said.text("code").and_then(|code| known.by_code("person", code))
        && let Some(person) = read.get("person", id)?
        && person.text("name").is_some_and(|other| fold(other) == fold(name))
    {
        return Ok(Found::One(person));
    }
    let mut alike = known.named("person", name);
    alike.retain(|person| agreement(person, said) != Agreement::Differs);
    let mut same = alike.iter().filter(|person| agreement(person, said) == Agreement::Same);
    match (same.next(), same.next(), alike.as_slice()) {
        (Some(one), None, _) => Ok(Found::One(one.clone())),
        (None, None, [one]) => Ok(Found::One(one.clone())),
        (None, None, []) => Ok(Found::Nobody),
        _ => Ok(Found::Several(alike)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Same,
    Unknown,
    Differs,
}

fn agreement(person: &Entry, said: &Entry) -> Agreement {
    let year = |entry: &Entry| -> Option<i32> {
        let birth: Option<Partial> = Slot::of(entry.get("birth"));
        birth.map(Partial::year)
    };
    let phone = person.text("phone").zip(said.text("phone")).map(|(a, b)| a == b);
    let born = year(person).zip(year(said)).map(|(a, b)| a == b);
    match (phone, born) {
        // A number may be new; the year of birth is not.
        (_, Some(false)) => Agreement::Differs,
        (Some(false), None) => Agreement::Differs,
        (Some(true), _) | (_, Some(true)) => Agreement::Same,
        (None, None) => Agreement::Unknown,
    }
}
