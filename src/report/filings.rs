//! Reports that the units below owe: every unit that stands on the last good day is expected, and one without a filing
//! has not sent. Home reminds of them, the table of filings names them, the periodic report counts them.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};

use super::weekly;
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::store::{Order, Read, StoreError};

/// How far around a deadline the units below may have theirs, in days.
const AROUND: Days = Days::new(60);
/// How long after its deadline a report is still asked for, and how long before it is awaited, in days.
const ASKED_FOR: Days = Days::new(45);
const AWAITED: Days = Days::new(30);

/// A report on a period, due on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// A code of `report_kind`.
    pub report: String,
    /// The period as it is named: `2026-H1`.
    pub period: String,
    /// The last good day.
    pub due: NaiveDate,
}

/// What one unit owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its filing, if there is one.
    pub filing: Option<Id>,
    /// The unit's own last good day.
    pub due: NaiveDate,
    /// When it came.
    pub received_on: Option<NaiveDate>,
}

/// How a unit's report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It came in time.
    InTime,
    /// It came late.
    Late,
    /// It has not come, and may still.
    Awaited,
    /// It has not come.
    NotSent,
}

impl Owed {
    /// How it stands on a day.
    pub fn standing(&self, on: NaiveDate) -> Standing {
        match self.received_on.filter(|day| *day <= on) {
            Some(day) if day <= self.due => Standing::InTime,
            Some(_) => Standing::Late,
            None if on <= self.due => Standing::Awaited,
            None => Standing::NotSent,
        }
    }

    /// Whether it has come by a day.
    pub fn has_come(&self, on: NaiveDate) -> bool {
        matches!(self.standing(on), Standing::InTime | Standing::Late)
    }
}

/// The half-year and annual reports due around a day, with the last good days of the code list: those that lie at most
/// so many days back, and all of this year and the next.
pub fn yearly(from: NaiveDate) -> Vec<Deadline> {
    let kinds = [("BC_6T", "-H1"), ("BC_NAM", "")];
    let years = [from.year(), from.year() + 1];
    let deadline = |(report, half): (&str, &str), year: i32| {
        let day = catalog::list("report_kind")?.get(report)?.text("due")?;
        let due: NaiveDate = format!("{year:04}-{day}").parse().ok()?;
        (due >= from).then(|| Deadline {
            report: report.to_string(),
            period: format!("{year:04}{half}"),
            due,
        })
    };
    kinds
        .into_iter()
        .flat_map(|kind| years.into_iter().filter_map(move |year| deadline(kind, year)))
        .collect()
}

/// What the units right below one owe of a report, in their order.
///
/// # Errors
/// The store's.
pub fn owed(read: &dyn Read, unit: &str, deadline: &Deadline) -> Result<Vec<Owed>, StoreError> {
    let tree = weekly::tree(read)?;
    let (from, to) = (deadline.due - AROUND, deadline.due + AROUND);
    let mut filed: HashMap<String, (Id, NaiveDate, Option<NaiveDate>)> = HashMap::new();
    for item in read.dated("filing", "due", Some(from), Some(to), Order::Forward) {
        let item = item?;
        let part = |key| item.cover.text(key);
        if let Some(unit) = item.cover.unit()
            && part("report") == Some(&deadline.report)
            && part("period") == Some(&deadline.period)
        {
            let received = item.cover.date("received_on");
            let earlier = filed.get(unit).and_then(|(_, _, received)| *received);
            if earlier.is_none() {
                filed.insert(unit.to_string(), (item.id, item.on, received));
            }
        }
    }
    let expected = tree.children(unit, deadline.due).into_iter().map(|unit| {
        let filing = filed.get(&unit);
        Owed {
            name: tree.name(&unit),
            filing: filing.map(|(id, _, _)| *id),
            due: filing.map_or(deadline.due, |(_, due, _)| *due),
            received_on: filing.and_then(|(_, _, received)| *received),
            unit,
        }
    });
    Ok(expected.collect())
}

/// Reports whose deadline is near or has passed of late and that some unit below still owes, with what each unit owes.
/// Chapters and clusters of the office's own are asked only where any of them has filed.
///
/// # Errors
/// The store's.
pub fn open(read: &dyn Read, unit: &str, today: NaiveDate) -> Result<Vec<(Deadline, Vec<Owed>)>, StoreError> {
    let mut found = Vec::new();
    for deadline in yearly(today - ASKED_FOR) {
        if deadline.due > today + AWAITED {
            continue;
        }
        let owed = owed(read, unit, &deadline)?;
        let is_kept = owed
            .iter()
            .any(|owed| owed.filing.is_some() || catalog::units().get(&owed.unit).is_some());
        if is_kept && owed.iter().any(|owed| !owed.has_come(today)) {
            found.push((deadline, owed));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::testing::day;
    use crate::indicator::fixture::World;

    fn deadline() -> Deadline {
        Deadline {
            report: "BC_6T".into(),
            period: "2024-H1".into(),
            due: day("2024-06-14"),
        }
    }

    fn world() -> World {
        let world = World::new("P34-A");
        for (unit, received) in [("D336-A", "2024-06-14"), ("D338-A", "2024-06-15")] {
            world.add(
                "filing",
                json!({"unit": unit, "report": "BC_6T", "period": "2024-H1", "due": "2024-06-14", "received_on": received}),
            );
        }
        world
    }

    #[test]
    fn every_unit_of_the_due_day_is_expected_and_one_without_a_filing_has_not_sent() {
        let world = world();
        let owed = owed(&world.store().reader(), "P34-A", &deadline()).unwrap();
        assert_eq!(owed.len(), 8, "the districts of Thái Bình in 2024");
        let standing = |on: &str| owed.iter().map(|owed| owed.standing(day(on))).collect::<Vec<_>>();
        let after = standing("2024-06-20");
        assert_eq!(after[..3], [Standing::InTime, Standing::Late, Standing::NotSent]);
        assert_eq!(standing("2024-06-14")[1..3], [Standing::Awaited, Standing::Awaited]);
    }

    #[test]
    fn the_last_good_days_are_the_fourteenth_of_june_and_the_twenty_ninth_of_november() {
        let due: Vec<String> = yearly(day("2024-01-01")).iter().map(|it| it.due.to_string()).collect();
        assert_eq!(due[0], "2024-06-14");
        assert!(due.contains(&"2024-11-29".to_string()), "{due:?}");
    }

    #[test]
    fn a_report_that_some_still_owe_is_asked_for_some_weeks() {
        let world = world();
        let late = |on: &str| open(&world.store().reader(), "P34-A", day(on)).unwrap();
        assert!(late("2024-05-10").is_empty(), "it is not due for more than a month");
        assert_eq!(late("2024-05-20").len(), 1, "it is awaited");
        let (deadline, owed) = late("2024-06-20").remove(0);
        assert_eq!(deadline.period, "2024-H1");
        assert_eq!(owed.iter().filter(|owed| !owed.has_come(day("2024-06-20"))).count(), 6);
        assert!(late("2024-09-01").is_empty());
    }
}
