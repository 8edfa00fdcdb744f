//! Reports handed in on time by the units below. Every unit that stands on the last good day is expected.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::area::Area;
use super::predicates::{Asked, Found};
use super::tally::{Tally, Value, count};
use super::window::due;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Order, StoreError};
use crate::vietnamese::date::format_date;

/// Half-year reports.
pub fn half_year(asked: &Asked) -> Found {
    on_time(asked, "BC_6T")
}

/// Reports of the year.
pub fn year(asked: &Asked) -> Found {
    on_time(asked, "BC_NAM")
}

struct Filed {
    id: Id,
    due: NaiveDate,
    received_on: Option<NaiveDate>,
}

fn on_time(asked: &Asked, report: &str) -> Found {
    let deadline = due(asked.plan, asked.target, asked.as_of);
    let units = expected(asked, deadline);
    let filed = filings(asked, report, deadline)?;
    let (mut tally, mut in_time) = (Tally::new(), HashSet::new());
    for unit in &units {
        let filings = filed.get(unit).map(Vec::as_slice).unwrap_or_default();
        for filing in filings {
            match filing.received_on.filter(|day| *day <= asked.as_of) {
                Some(day) if day <= filing.due => {
                    tally.counted.push(filing.id);
                    in_time.insert(unit);
                }
                Some(day) => {
                    let on = format_date(day);
                    tally.not(
                        filing.id,
                        Message::new(format!("nhận ngày {on}, quá hạn"), format!("received {on}, late")),
                    );
                }
                None => tally.not(filing.id, Message::new("chưa gửi", "not sent")),
            }
        }
        if filings.is_empty() {
            tally.not_unit(unit, "chưa gửi", "not sent");
        }
    }
    tally.value = Value::Share {
        part: count(in_time.len()),
        whole: count(units.len()),
    };
    Ok(tally)
}

/// The units right below on the due day; of a target that is looked at for one unit below, that unit.
fn expected(asked: &Asked, deadline: NaiveDate) -> Vec<String> {
    let below_plan = |uid: &str| asked.books.tree.children(uid, deadline);
    let own = asked.area.unit();
    match own == asked.plan.unit {
        false if below_plan(&asked.plan.unit).iter().any(|uid| uid == own) => vec![own.to_string()],
        _ => Area::new(&asked.books.tree, asked.books.read.known(), own, deadline).children(),
    }
}

/// The filings of one report due in the deadline's year, by unit; those of another plan left out.
fn filings(asked: &Asked, report: &str, deadline: NaiveDate) -> Result<HashMap<String, Vec<Filed>>, StoreError> {
    let first = NaiveDate::from_ymd_opt(deadline.year(), 1, 1);
    let last = NaiveDate::from_ymd_opt(deadline.year(), 12, 31);
    let mut found: HashMap<String, Vec<Filed>> = HashMap::new();
    for item in asked.books.read.dated("filing", "due", first, last, Order::Forward) {
        let item = item?;
        let of_plan = item.cover.id("plan").is_none_or(|plan| Some(plan) == asked.plan.id);
        if let Some(unit) = item
            .cover
            .unit()
            .filter(|_| of_plan && item.cover.text("report") == Some(report))
        {
            found.entry(unit.to_string()).or_default().push(Filed {
                id: item.id,
                due: item.on,
                received_on: item.cover.date("received_on"),
            });
        }
    }
    Ok(found)
}
