//! Each of the five plans of provinces and districts, computed over records made for it. What each target must come to is
//! worked out by hand in the comments.

mod cooperatives;
mod start_ups;

use serde_json::{Value as Json, json};

use super::fixture::{World, said, session, with};
use crate::domain::id::Id;

/// The eight districts of Thái Bình in 2024.
const DISTRICTS: [&str; 8] = [
    "D336-A", "D338-A", "D339-A", "D340-A", "D341-A", "D342-A", "D343-A", "D344-A",
];

fn own_plan(world: &World, code: &str, unit: &str, programme: &str) {
    let plan = json!({"code": code, "title": code, "unit": unit, "programme": programme, "from": "2024-01-01", "to": "2024-12-31"});
    world.add("plan", plan);
}

fn visit(cooperative: Id, date: &str, more: Json) -> Json {
    with(
        json!({"cooperative": cooperative.to_string(), "date": date, "purposes": ["DANH_GIA"]}),
        more,
    )
}

fn support(cooperative: Id, date: &str, kind: &str) -> Json {
    json!({"cooperative": cooperative.to_string(), "date": date, "kind": kind})
}

fn officer(world: &World, name: &str, unit: &str, kind: &str, economic: bool) -> Id {
    let person = world.woman(name);
    world.add(
        "post",
        json!({"person": person.to_string(), "unit": unit, "officer_kind": kind, "economic": economic, "from": "2020"}),
    );
    person
}
