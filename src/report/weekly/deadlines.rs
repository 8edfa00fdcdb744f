//! The next report that the unit owes: those its list of filings names, else the half-year and the annual one, whose
//! last good days stand in the code list of reports.

use chrono::{Datelike, Days, NaiveDate};

use super::attention::{Attention, Topic, days_before};
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::store::{Order, Read, StoreError};

/// How far around a deadline the units below may have theirs, in days.
const AROUND: u64 = 60;

/// A report that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Due {
    report: String,
    period: String,
    due: NaiveDate,
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
            report: part("report"),
            period: part("period"),
            due: item.on,
            filing: Some(item.id),
        };
        let is_received = item.cover.date("received_on").is_some_and(|received| received <= as_of);
        if item.on >= as_of && !is_received {
            coming.push(due.clone());
        }
        listed.push((due.report, due.period));
    }
    coming.extend(
        yearly(as_of)
            .into_iter()
            .filter(|due| !listed.contains(&(due.report.clone(), due.period.clone()))),
    );
    let Some(due) = coming.into_iter().min_by_key(|due| due.due) else {
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
        due.filing.into_iter().collect(),
    )))
}

/// The half-year and annual reports of this year and the next, not yet due on a day.
fn yearly(as_of: NaiveDate) -> Vec<Due> {
    let kinds = [("BC_6T", "-H1"), ("BC_NAM", "")];
    let years = [as_of.year(), as_of.year() + 1];
    let due = |(report, half): (&str, &str), year: i32| {
        let day = catalog::list("report_kind")?.get(report)?.text("due")?;
        let due: NaiveDate = format!("{year:04}-{day}").parse().ok()?;
        (due >= as_of).then(|| Due {
            report: report.to_string(),
            period: format!("{year:04}{half}"),
            due,
            filing: None,
        })
    };
    kinds
        .into_iter()
        .flat_map(|kind| years.into_iter().filter_map(move |year| due(kind, year)))
        .collect()
}

/// How many of the units below have sent the same report, and how many are to.
fn of_units_below(
    read: &dyn Read,
    scope: &Scope<'_>,
    due: &Due,
    as_of: NaiveDate,
) -> Result<(usize, usize), StoreError> {
    let (from, to) = (days_before(due.due, AROUND), due.due + Days::new(AROUND));
    let (mut sent, mut asked) = (0, 0);
    for item in read.dated("filing", "due", Some(from), Some(to), Order::Forward) {
        let item = item?;
        let same = item.cover.text("report") == Some(&due.report) && item.cover.text("period") == Some(&due.period);
        if same && item.cover.unit() != Some(scope.unit()) && scope.holds(item.cover.unit()) {
            asked += 1;
            sent += usize::from(item.cover.date("received_on").is_some_and(|received| received <= as_of));
        }
    }
    Ok((sent, asked))
}
