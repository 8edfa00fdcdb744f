//! What a plan asks to be done over and over: inspections of the year, rounds of commendation every two years.

use std::collections::BTreeSet;

use super::predicates::{Asked, Found};
use super::tally::{Tally, Value, count};
use crate::store::Order;

/// Inspections held.
pub fn inspections(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    for item in asked.books.read.dated("inspection", "date", from, to, Order::Forward) {
        let item = item?;
        if asked.area.holds(item.cover.unit()) {
            tally.counted.push(item.id);
        }
    }
    Ok(tally.counting())
}

/// Distinct rounds of commendation.
pub fn commendations(asked: &Asked) -> Found {
    let (mut tally, mut rounds) = (Tally::new(), BTreeSet::new());
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    for item in asked.books.read.dated("commendation", "date", from, to, Order::Forward) {
        let item = item?;
        if let Some(round) = item.cover.text("round").filter(|_| asked.area.holds(item.cover.unit())) {
            rounds.insert(round.to_string());
            tally.counted.push(item.id);
        }
    }
    tally.value = Value::Count(count(rounds.len()));
    Ok(tally)
}
