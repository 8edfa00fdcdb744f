//! Partners that something was done with: clubs of women owners, groups of disabled women.

use super::predicates::{Asked, Found};
use super::tally::Tally;
use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::store::{Order, StoreError};

/// Clubs of women owners among the partners of sessions, fairs, visits and outreach.
pub fn clubs(asked: &Asked) -> Found {
    of_kind(asked, "CLB_NU_DN", partners(asked)?)
}

/// Groups of disabled women that something was done with.
pub fn disabled_groups(asked: &Asked) -> Found {
    let mut found = partners(asked)?;
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    for item in asked.books.read.dated("support", "date", from, to, Order::Forward) {
        let item = item?;
        if item.cover.text("state") == Some("DA_HOAN_THANH") && asked.area.holds(item.cover.unit()) {
            found.extend(item.cover.id("partner"));
        }
    }
    of_kind(asked, "NHOM_PN_KT", found)
}

fn of_kind(asked: &Asked, kind: &str, partners: Vec<Id>) -> Found {
    let mut tally = Tally::new();
    for partner in partners {
        let entry = asked.books.read.get("partner", partner)?;
        if entry.is_some_and(|entry| entry.text("kind") == Some(kind)) && !tally.counted.contains(&partner) {
            tally.counted.push(partner);
        }
    }
    Ok(tally.counting())
}

/// The partners of what was done in the window; an event that was not held has none.
fn partners(asked: &Asked) -> Result<Vec<Id>, StoreError> {
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let mut found = Vec::new();
    for (kind, field) in [
        ("training", "from"),
        ("fair", "from"),
        ("visit", "date"),
        ("outreach", "date"),
    ] {
        for item in asked.books.read.dated(kind, field, from, to, Order::Forward) {
            let item = item?;
            let held = matches!(kind, "visit" | "outreach") || item.cover.text("state") == Some("DA_TO_CHUC");
            if held && asked.area.holds(item.cover.unit()) {
                found.extend(item.cover.ids("partners"));
            }
        }
    }
    found.arrange();
    found.dedup();
    Ok(found)
}
