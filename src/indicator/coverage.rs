//! How far a plan reaches: units that it was passed on to, and units in which something was done.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::predicates::{Asked, Found};
use super::tally::{Tally, Value, count};
use crate::domain::id::Id;
use crate::store::{Order, StoreError};

/// The kinds of activity that take place in an area, and the field that dates them.
const ACTIVITIES: [(&str, &str); 4] = [
    ("visit", "date"),
    ("training", "from"),
    ("fair", "from"),
    ("outreach", "date"),
];

/// Districts reached.
pub fn districts(asked: &Asked) -> Found {
    covered(asked, &asked.area.at_level(2))
}

/// Communes reached.
pub fn communes(asked: &Asked) -> Found {
    covered(asked, &asked.area.at_level(3))
}

fn covered(asked: &Asked, units: &[String]) -> Found {
    let mut tally = Tally::new();
    let mut places: Vec<(String, Id)> = Vec::new();
    for item in rollouts(asked)? {
        let reached = item.days.is_empty() || item.days.iter().any(|day| *day <= asked.on());
        if reached && let Some(unit) = item.unit.filter(|unit| units.contains(unit)) {
            places.push((unit, item.id));
        }
    }
    let mut reached: BTreeSet<String> = places.iter().map(|(unit, _)| unit.clone()).collect();
    tally.counted.extend(places.into_iter().map(|(_, id)| id));
    let wanted: BTreeSet<&String> = units.iter().collect();
    for (id, area) in activities(asked)? {
        let mut within = asked.area.above(&area);
        within.push(area.clone());
        let moved = standing(asked, &area);
        if moved != area {
            within.extend(asked.area.above(&moved));
            within.push(moved);
        }
        for unit in within.into_iter().filter(|unit| wanted.contains(unit)) {
            tally.counted.push(id);
            reached.insert(unit);
        }
    }
    for unit in units.iter().filter(|unit| !reached.contains(*unit)) {
        tally.not_unit(
            unit,
            "chưa triển khai, chưa có hoạt động",
            "nothing passed on, nothing done there",
        );
    }
    tally.value = Value::Units {
        counted: count(reached.len()),
        of: count(units.len()),
    };
    Ok(tally)
}

/// What was done in the window, with where it was; events that were not held are none.
fn activities(asked: &Asked) -> Result<Vec<(Id, String)>, StoreError> {
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let mut found = Vec::new();
    for (kind, field) in ACTIVITIES {
        for item in asked.books.read.dated(kind, field, from, to, Order::Forward) {
            let item = item?;
            let held = matches!(kind, "visit" | "outreach") || item.cover.text("state") == Some("DA_TO_CHUC");
            if let Some(entry) = asked.books.read.get(kind, item.id)?.filter(|_| held)
                && let Some(area) = entry.text("area")
            {
                found.push((item.id, area.to_string()));
            }
        }
    }
    Ok(found)
}

/// Units right below that the plan was sent to, or that acknowledged it, in the window.
pub fn passed_on(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    let units = asked.area.children();
    let mut reached = BTreeSet::new();
    for item in rollouts(asked)? {
        let passed = item.days.iter().any(|day| asked.window.contains(*day));
        match item.unit.filter(|unit| units.contains(unit)) {
            Some(unit) if passed => {
                tally.counted.push(item.id);
                reached.insert(unit);
            }
            _ => {}
        }
    }
    for unit in units.iter().filter(|unit| !reached.contains(*unit)) {
        tally.not_unit(
            unit,
            "chưa gửi, chưa xác nhận kế hoạch",
            "not sent to, not acknowledged",
        );
    }
    tally.value = Value::Units {
        counted: count(reached.len()),
        of: count(units.len()),
    };
    Ok(tally)
}

struct Passed {
    id: Id,
    unit: Option<String>,
    days: Vec<NaiveDate>,
}

/// The unit, or what came of it where it has ended by the day.
fn standing(asked: &Asked, unit: &str) -> String {
    let stands = asked.books.tree.as_of(unit, asked.on());
    stands.map_or(unit, |unit| unit.uid).to_string()
}

fn rollouts(asked: &Asked) -> Result<Vec<Passed>, StoreError> {
    let Some(plan) = asked.plan.id else {
        return Ok(Vec::new());
    };
    let rollouts = asked.books.read.refers(plan, "rollout", "plan", Order::Forward);
    let rollouts = rollouts.map(|item| {
        let item = item?;
        Ok(Passed {
            id: item.id,
            unit: item.cover.unit().map(|unit| standing(asked, unit)),
            days: ["sent_on", "acknowledged_on"]
                .iter()
                .filter_map(|key| item.cover.date(key))
                .collect(),
        })
    });
    rollouts.collect()
}
