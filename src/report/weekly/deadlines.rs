//! The next report that the unit owes: those its list of filings names, else the half-year and the annual one, whose
//! last good days stand in the code list of reports.

use chrono::{Datelike, Days, NaiveDate};

use super::attention::{Attention, Topic, days_before};
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::report::filings::{self, Deadline};
use crate::store::{Order, Read, StoreError};

/// A report that is due, and the office's own filing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Due {
    deadline: Deadline,
    filing: Option<Id>,
}

/// The next deadline from a day on, how many days are left, and how many of the units below have sent theirs.
pub fn next(read: &dyn Read, scope: &Scope<'_>, as_of: NaiveDate) -> Result<Option<Attention>, StoreError> {
    let mut coming = Vec::new();
    let mut listed = Vec::new();
    for item in read.dated("filing", "due", Some(days_before(as_of, 366)), None, Order::Forward) {
        let item = item?;
        if item.cover.unit() != Some(scope.unit()) {
            continue;
        }
        let part = |key| item.cover.text(key).unwrap_or_default().to_string();
        let due = Due {
            deadline: Deadline {
                report: part("report"),
                period: part("period"),
                due: item.on,
            },
            filing: Some(item.id),
        };
        let is_received = item.cover.date("received_on").is_some_and(|received| received <= as_of);
        if item.on >= as_of && !is_received {
            coming.push(due.clone());
        }
        listed.push((due.deadline.report, due.deadline.period));
    }
    let yearly = filings::yearly(as_of).into_iter();
    let unlisted = yearly.filter(|due| !listed.contains(&(due.report.clone(), due.period.clone())));
    coming.extend(unlisted.map(|deadline| Due { deadline, filing: None }));
    let Some(Due { deadline: due, filing }) = coming.into_iter().min_by_key(|due| due.deadline.due) else {
        return Ok(None);
    };
    let (sent, asked) = of_units_below(read, scope, &due, as_of)?;
    let label = catalog::list("report_kind")
        .and_then(|list| list.get(&due.report))
        .map(|code| code.label);
    let label = label.unwrap_or_default();
    let (days, before) = ((due.due - as_of).num_days(), due.due + Days::new(1));
    let before = format!("{}/{}/{}", before.day(), before.month(), before.year());
    let mut text = Message::new(
        format!("{}: còn {days} ngày (trước {before})", label.vi),
        format!("{}: {days} days left (before {before})", label.en),
    );
    if asked > 0 {
        text = Message::new(
            format!("{}; {sent}/{asked} đơn vị đã gửi số liệu", text.vi),
            format!("{}; {sent} of {asked} units have sent theirs", text.en),
        );
    }
    Ok(Some(Attention::new(
        Topic::Deadline,
        text,
        filing.into_iter().collect(),
    )))
}

/// How many of the units below have sent the same report, and how many are to: every unit that stands on the due day.
fn of_units_below(
    read: &dyn Read,
    scope: &Scope<'_>,
    due: &Deadline,
    as_of: NaiveDate,
) -> Result<(usize, usize), StoreError> {
    let owed = filings::owed(read, scope.unit(), due)?;
    Ok((owed.iter().filter(|owed| owed.has_come(as_of)).count(), owed.len()))
}
