//! Cooperatives that were neglected: at work and not visited for long, or with figures that have grown old.

use chrono::{Months, NaiveDate};

use super::attention::{Attention, NAMED, Named, Topic, days_before};
use crate::arrange::Arrange;
use crate::domain::figures::is_operating;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::indicator::recent::{Covered, News, Recent};
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
    let mut unvisited: Vec<(i64, Id, String)> = Vec::new();
    let mut old = Vec::new();
    for id in read.ids("cooperative") {
        let id = id?;
        let visited = recent.last_visit_of_year(id, as_of);
        let counted = recent.latest_of_year(id, Covered::WorkersWomen, as_of);
        let is_visited = visited.is_some_and(|on| on >= long_ago);
        let is_counted = counted.is_some_and(|news| a_year_ago.is_some_and(|year| news.on >= year));
        if is_visited && is_counted {
            continue;
        }
        let status = recent.latest(id, Covered::Status, as_of)?.and_then(|news| news.status);
        if !status.as_deref().is_some_and(is_operating) {
            continue;
        }
        let Some(entry) = read.get("cooperative", id)? else {
            continue;
        };
        if !scope.holds(entry.unit()) || !matches!(entry.text("kind"), Some("HTX" | "THT")) {
            continue;
        }
        if !is_visited {
            let since = [
                recent.last_visit(id, as_of)?,
                entry.date("registered_on"),
                id.entered_on(),
            ];
            let since = since.into_iter().flatten().max();
            let days = since.map(|since| (as_of - since).num_days());
            if let Some(days) = days.filter(|days| *days > LONG_UNVISITED) {
                let name = entry.text("name").unwrap_or_default().to_string();
                unvisited.push((days, id, name));
            }
        }
        if !is_counted && is_old(recent.latest(id, Covered::WorkersWomen, as_of)?, a_year_ago) {
            old.push(id);
        }
    }
    unvisited.arrange_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let mut points = Vec::new();
    if !unvisited.is_empty() {
        let ids: Vec<Id> = unvisited.iter().map(|(_, id, _)| *id).collect();
        let named = unvisited.into_iter().take(NAMED).map(|(days, id, name)| Named {
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

/// Whether a figure was counted before a day.
fn is_old(counted: Option<News>, year: Option<NaiveDate>) -> bool {
    counted.zip(year).is_some_and(|(counted, year)| counted.on < year)
}
