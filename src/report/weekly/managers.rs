//! Changes of managers in a period: managing roles that began or ended on a day of it. The cooperative and the role are
//! named, never the person, for the summary is sent on.
//!
//! Read from the index entries of each cooperative's roles alone. A role of which only the month or the year is known
//! belongs to no week.

use super::attention::{Attention, Named, Topic};
use super::lines::in_sentence;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::role::MANAGING;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::store::{Cover, Order, Read, StoreError};
use crate::vietnamese::date::{Partial, format_date};
use chrono::NaiveDate;

/// How many are named; the rest are counted.
const NAMED: usize = 5;

/// The changes of a period; none where there were none.
pub(super) fn changes(read: &dyn Read, scope: &Scope<'_>, period: Period) -> Result<Option<Attention>, StoreError> {
    let mut found: Vec<(NaiveDate, Named)> = Vec::new();
    for entry in read.scan("cooperative") {
        let entry = entry?;
        if scope.holds(entry.unit()) {
            changes_at(read, &entry, period, &mut found)?;
        }
    }
    found.sort_by_key(|(on, named)| (*on, named.id));
    let ids: Vec<Id> = found.iter().map(|(_, named)| named.id).collect();
    let text = Message::new(
        format!("{} thay đổi nhân sự quản lý HTX, THT trong tuần", ids.len()),
        format!("{} changes of managers in the week", ids.len()),
    );
    let named = found.into_iter().take(NAMED).map(|(_, named)| named).collect();
    Ok((!ids.is_empty()).then(|| Attention::new(Topic::Managers, text, ids).naming(named)))
}

fn changes_at(
    read: &dyn Read,
    cooperative: &Entry,
    period: Period,
    found: &mut Vec<(NaiveDate, Named)>,
) -> Result<(), StoreError> {
    for role in read.refers(cooperative.id, "role", "cooperative", Order::Forward) {
        let role = role?;
        let Some(code) = role.cover.text("role").filter(|code| MANAGING.contains(code)) else {
            continue;
        };
        let label = catalog::list("role")
            .and_then(|list| list.get(code))
            .map(|code| code.short());
        let (vi, en) = label.map_or((code.to_owned(), code.to_owned()), |label| {
            (in_sentence(label.vi), in_sentence(label.en))
        });
        let name = cooperative.text("name").unwrap_or_default();
        let mut change = |on: NaiveDate, done: [&str; 2]| {
            let day = format_date(on);
            let text = Message::new(
                format!("{name}: {} {vi} ({day})", done[0]),
                format!("{name}: {en} {} ({day})", done[1]),
            );
            found.push((on, Named { id: role.id, text }));
        };
        if let Some(on) = day_in(&role.cover, "from", period) {
            change(on, ["thêm", "came"]);
        }
        if let Some(on) = day_in(&role.cover, "to", period) {
            change(on, ["thôi", "left"]);
        }
    }
    Ok(())
}

/// The day of a field, where it is one of the period's.
fn day_in(role: &Cover, key: &str, period: Period) -> Option<NaiveDate> {
    let partial: Partial = role.text(key)?.parse().ok()?;
    partial.day().filter(|day| (period.from..=period.to).contains(day))
}
