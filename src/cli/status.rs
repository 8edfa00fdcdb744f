//! The status of a cooperative as `show` prints it: the card for people, one object for scripts.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::failure::Failure;
use super::lookup::kind_named;
use super::shown;
use super::{Answer, Desk};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::search::status::{Status, plain};
use crate::store::Read;

/// Prints the status of a cooperative.
///
/// # Errors
/// The store cannot be read.
pub fn write(id: Id, as_json: bool, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let Some(status) = Status::of(&reader, id)? else {
        return Ok(());
    };
    if as_json {
        return Ok(writeln!(out, "{}", to_json(&status, &reader)?)?);
    }
    Ok(write!(out, "{}", plain::write(&status, desk.lang))?)
}

/// `{cooperative, status: {KEY: {value, on, source}}, …}`; records as `list` prints them.
fn to_json(status: &Status, read: &dyn Read) -> Result<Json, Failure> {
    let mut figures = Map::new();
    for standing in &status.figures {
        let figure = &standing.figure;
        figures.insert(
            standing.key.to_string(),
            json!({"value": figure.value.to_json(), "on": figure.on.to_string(), "source": figure.kind}),
        );
    }
    let day = |entry: &Entry, key: &str| entry.date(key).map(|on| on.to_string());
    Ok(json!({
        "cooperative": record(&status.cooperative, read)?,
        "status": figures,
        "women_share": status.women.and_then(|women| women.percent()),
        "eligible": status.eligibility.holds(),
        "woman_managed": status.eligibility.woman_manages,
        "many_women_jobs": status.eligibility.most_are_women,
        "managers": managers(status),
        "last_visit": status.last_visit.as_ref().and_then(|visit| day(visit, "date")),
        "next_visit": status.next_visit.map(|on| on.to_string()),
        "open_issues": records(&status.open_issues, read)?,
        "trainings": trainings(status, read)?,
        "booths": booths(status, read)?,
        "supports": records(&status.supports, read)?,
        "products": records(&status.products, read)?,
    }))
}

fn record(entry: &Entry, read: &dyn Read) -> Result<Json, Failure> {
    Ok(shown::to_json(kind_named(entry.kind)?, entry, read))
}

fn records(entries: &[Entry], read: &dyn Read) -> Result<Json, Failure> {
    entries
        .iter()
        .map(|entry| record(entry, read))
        .collect::<Result<_, _>>()
        .map(Json::Array)
}

fn managers(status: &Status) -> Json {
    let managers = status.managers.iter().map(|manager| {
        json!({
            "id": manager.person.id.to_string(),
            "code": manager.person.text("code"),
            "name": manager.name(),
            "gender": manager.person.text("gender"),
            "phone": manager.person.text("phone"),
            "role": manager.roles.first(),
            "roles": manager.roles,
        })
    });
    managers.collect()
}

/// The sessions, each with the managers who attended it.
fn trainings(status: &Status, read: &dyn Read) -> Result<Json, Failure> {
    let mut list = Vec::new();
    for attended in &status.trainings {
        let mut object = record(&attended.training, read)?;
        object["people"] = attended.people.iter().map(|id| Json::from(id.to_string())).collect();
        list.push(object);
    }
    Ok(Json::Array(list))
}

/// The booths, each with its fair's title and first day.
fn booths(status: &Status, read: &dyn Read) -> Result<Json, Failure> {
    let mut list = Vec::new();
    for shown in &status.booths {
        let mut object = record(&shown.booth, read)?;
        object["title"] = json!(shown.fair.text("title"));
        object["from"] = json!(shown.fair.date("from").map(|on| on.to_string()));
        list.push(object);
    }
    Ok(Json::Array(list))
}
