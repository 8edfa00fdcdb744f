//! Ideas sent to the Centre, and ideas in a regional final: by their own days, whatever prize or refusal came after.

use super::predicates::{Asked, Found};
use super::tally::Tally;
use crate::store::Order;

/// Ideas sent to the Centre in the window.
pub fn sent(asked: &Asked) -> Found {
    entries(asked, "sent_on")
}

/// Ideas in a regional final in the window.
pub fn in_region_final(asked: &Asked) -> Found {
    entries(asked, "region_final_on")
}

fn entries(asked: &Asked, field: &str) -> Found {
    let mut tally = Tally::new();
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    for item in asked.books.read.dated("contest_entry", field, from, to, Order::Forward) {
        let item = item?;
        if asked.area.holds(item.cover.unit()) {
            tally.counted.push(item.id);
        }
    }
    Ok(tally.counting())
}
