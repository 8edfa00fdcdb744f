//! Changes of managers in a period: managing roles that began or ended on a day of it. The cooperative and the role are
//! named, never the person, for the summary is sent on.
//!
//! Read from the index of the roles' days. A role of which only the month or the year is known
//! belongs to no week.

use super::attention::{Attention, NAMED, Named, Topic};
use super::lines::in_sentence;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::role::MANAGING;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::store::{Cover, Order, Read, StoreError};
use crate::vietnamese::date::format_date;
use chrono::NaiveDate;

/// The changes of a period; none where there were none.
pub(super) fn changes(read: &dyn Read, scope: &Scope<'_>, period: Period) -> Result<Option<Attention>, StoreError> {
    let mut found: Vec<(NaiveDate, Named)> = Vec::new();
    for (field, done) in [("from", ["thêm", "came"]), ("to", ["thôi", "left"])] {
        for role in read.dated("role", field, Some(period.from), Some(period.to), Order::Forward) {
            let role = role?;
            let Some(code) = role.cover.text("role").filter(|code| MANAGING.contains(code)) else {
                continue;
            };
            let (Some(on), Some(cooperative)) = (day_of(&role.cover, field), role.cover.id("cooperative")) else {
                continue;
            };
            let cooperative = read.get("cooperative", cooperative)?;
            if let Some(cooperative) = cooperative.filter(|cooperative| scope.holds(cooperative.unit())) {
                let text = told(cooperative.text("name").unwrap_or_default(), code, done, on);
                found.push((on, Named { id: role.id, text }));
            }
        }
    }
    found.arrange_by_key(|(on, named)| (*on, named.id));
    let ids: Vec<Id> = found.iter().map(|(_, named)| named.id).collect();
    let text = Message::new(
        format!("{} thay đổi nhân sự quản lý HTX, THT trong tuần", ids.len()),
        format!("{} changes of managers in the week", ids.len()),
    );
    let named = found.into_iter().take(NAMED).map(|(_, named)| named).collect();
    Ok((!ids.is_empty()).then(|| Attention::new(Topic::Managers, text, ids).naming(named)))
}

fn told(name: &str, code: &str, done: [&str; 2], on: NaiveDate) -> Message {
    let label = catalog::list("role")
        .and_then(|list| list.get(code))
        .map(|code| code.short());
    let (vi, en) = label.map_or((code.to_owned(), code.to_owned()), |label| {
        (in_sentence(label.vi), in_sentence(label.en))
    });
    let day = format_date(on);
    Message::new(
        format!("{name}: {} {vi} ({day})", done[0]),
        format!("{name}: {en} {} ({day})", done[1]),
    )
}

/// The day of a field; none where only the month or the year is known.
fn day_of(role: &Cover, key: &str) -> Option<NaiveDate> {
    role.partial(key)?.day()
}
