//! Members of the Union reached by outreach.

use super::declared;
use super::predicates::{Asked, Found};
use super::tally::{About, Mark, Remark, Tally, Value};
use crate::domain::outreach::Outreach;
use crate::domain::record::Record;
use crate::domain::text::Message;
use crate::store::Order;

/// Members reached for the first time by the plan's programme, of all members: an estimate, never over the whole.
pub fn members_aware(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let mut reached = 0_i64;
    for item in asked.books.read.dated("outreach", "date", from, to, Order::Forward) {
        let item = item?;
        if !asked.area.holds(item.cover.unit()) {
            continue;
        }
        let Some(entry) = asked.books.read.get("outreach", item.id)? else {
            continue;
        };
        let outreach = Outreach::read(&entry);
        if let Some(new) = outreach.reach_members_new
            && outreach.common.programmes.contains(&asked.plan.programme)
        {
            reached = reached.saturating_add(new);
            tally.counted.push(item.id);
        }
    }
    let members = declared::of_year(asked, |year| year.members)?;
    if members.is_none() {
        tally.undecided.push(Remark {
            about: About::Unit(asked.area.unit().to_string()),
            reason: Message::new(
                "chưa có số hội viên của năm (số liệu năm của đơn vị)",
                "the year's number of members is not on record (the unit's year)",
            ),
        });
    }
    tally.mark(Mark::Estimated);
    let whole = members.unwrap_or_default();
    let part = if members.is_some() { reached.min(whole) } else { reached };
    tally.value = Value::Share { part, whole };
    Ok(tally)
}
