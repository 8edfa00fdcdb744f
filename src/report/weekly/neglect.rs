//! Cooperatives that were neglected: at work and not visited for long, or with figures that have grown old.

use std::cmp::Reverse;

use chrono::{Months, NaiveDate};

use super::attention::{Attention, NAMED, Named, Topic, days_before};
use crate::arrange::Arrange;
use crate::domain::figures::is_operating;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::indicator::recent::{News, Recent};
use crate::store::{Read, StoreError};

/// Days without a visit after which a cooperative is named.
const LONG_UNVISITED: i64 = 90;
/// Months after which a figure is old.
const OLD_AFTER: Months = Months::new(12);

/// Cooperatives and groups at work that nobody visited for long, and those whose figures have grown old.
pub(super) fn points(
    read: &dyn Read,
    scope: &Scope<'_>,
    as_of: NaiveDate,
    recent: &Recent<'_>,
) -> Result<Vec<Attention>, StoreError> {
    let a_year_ago = as_of.checked_sub_months(OLD_AFTER);
    let long_ago = days_before(as_of, LONG_UNVISITED as u64);
    let mut unvisited: Vec<(i64, Id)> = Vec::new();
    let mut old = Vec::new();
    for (id, registered_on) in register(read, scope)? {
        let is_visited = recent.last_visit_in_passes(id, as_of).is_some_and(|on| on >= long_ago);
        let counted = recent.latest_in_passes(id, "workers_women", as_of);
        let is_counted = counted.is_some_and(|news| a_year_ago.is_some_and(|year| news.on >= year));
        if is_visited && is_counted {
            continue;
        }
        let status = recent.latest(id, "status", as_of)?;
        if !status.is_some_and(|news| news.text("status").is_some_and(is_operating)) {
            continue;
        }
        if !is_visited {
            let since = [recent.last_visit(id, as_of)?, registered_on, id.entered_on()];
            let since = since.into_iter().flatten().max();
            let days = since.map(|since| (as_of - since).num_days());
            unvisited.extend(days.filter(|days| *days > LONG_UNVISITED).map(|days| (days, id)));
        }
        if !is_counted && is_old(recent.latest(id, "workers_women", as_of)?, a_year_ago) {
            old.push(id);
        }
    }
    let unvisited = named_in_order(read, unvisited)?;
    let mut points = Vec::new();
    if !unvisited.is_empty() {
        let ids: Vec<Id> = unvisited.iter().map(|(_, _, id)| *id).collect();
        let named = unvisited
            .into_iter()
            .take(NAMED)
            .map(|(Reverse(days), name, id)| Named {
                id,
                text: Message::new(format!("{name} ({days} ngày)"), format!("{name} ({days} days)")),
            });
        let text = Message::new(
            format!(
                "{} HTX, THT đang hoạt động chưa được thăm quá {LONG_UNVISITED} ngày",
                ids.len()
            ),
            format!(
                "{} operating cooperatives not visited for more than {LONG_UNVISITED} days",
                ids.len()
            ),
        );
        points.push(Attention::new(Topic::NotVisited, text, ids).naming(named.collect()));
    }
    if !old.is_empty() {
        let text = Message::new(
            format!(
                "Số lao động nữ của {} HTX, THT đã quá 12 tháng chưa cập nhật: báo cáo kỳ tới sẽ ghi \"số cũ\"",
                old.len()
            ),
            format!(
                "Women workers of {} cooperatives were last counted over 12 months ago",
                old.len()
            ),
        );
        points.push(Attention::new(Topic::OldFigures, text, old));
    }
    Ok(points)
}

/// The cooperatives and groups in scope with the day of their registration, in the order of entry.
fn register(read: &dyn Read, scope: &Scope<'_>) -> Result<Vec<(Id, Option<NaiveDate>)>, StoreError> {
    let mut found = Vec::new();
    for item in read.covers("cooperative") {
        let (id, cover) = item?;
        if matches!(cover.text("kind"), Some("HTX" | "THT")) && scope.holds(cover.unit()) {
            found.push((id, cover.date("registered_on")));
        }
    }
    Ok(found)
}

/// Those longest not visited first, of one day by name. Names are read as far as somebody is named by them.
fn named_in_order(
    read: &dyn Read,
    mut unvisited: Vec<(i64, Id)>,
) -> Result<Vec<(Reverse<i64>, String, Id)>, StoreError> {
    unvisited.arrange_by_key(|(days, id)| (Reverse(*days), *id));
    let least = unvisited.get(NAMED - 1).map_or(0, |(days, _)| *days);
    let mut found = Vec::new();
    for (days, id) in unvisited {
        let entry = if days >= least {
            read.get("cooperative", id)?
        } else {
            None
        };
        let name = entry.and_then(|entry| entry.text("name").map(str::to_string));
        found.push((Reverse(days), name.unwrap_or_default(), id));
    }
    found.arrange();
    Ok(found)
}

/// Whether a figure was counted before a day.
fn is_old(counted: Option<News>, year: Option<NaiveDate>) -> bool {
    counted.zip(year).is_some_and(|(counted, year)| counted.on < year)
}
