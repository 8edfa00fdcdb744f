//! What lies ahead in the week after the period: visits agreed, sessions, fairs, filings and issues due.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::lines::in_sentence;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::domain::unit_tree::{Scope, UnitTree};
use crate::store::{Dated, Order, Read, StoreError};
use crate::vietnamese::date::{weekday_en, weekday_vi};

/// Something that is to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// The day.
    pub on: NaiveDate,
    /// What sort of thing: `visit`, `training`, `fair`, `filing`, `issue`.
    pub kind: &'static str,
    /// The records that say so.
    pub ids: Vec<Id>,
    /// What it is, without the day.
    pub text: Message,
    /// The officers who go, by given name.
    pub officers: Vec<String>,
}

impl Coming {
    /// "Thứ Ba 26/5", "Tuesday 26/5".
    pub fn day(&self) -> Message {
        let (day, month) = (self.on.day(), self.on.month());
        let weekday = self.on.weekday();
        let vi = weekday_vi(weekday);
        let mut letters = vi.chars();
        let vi: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();
        Message::new(
            format!("{vi} {day}/{month}"),
            format!("{} {day}/{month}", weekday_en(weekday)),
        )
    }
}

/// What lies ahead for the units in scope, by day.
pub fn collect(read: &dyn Read, tree: &UnitTree, scope: &Scope<'_>, period: Period) -> Result<Vec<Coming>, StoreError> {
    let Some(week) = period.next_week() else {
        return Ok(Vec::new());
    };
    let ahead = Ahead {
        read,
        tree,
        scope,
        week,
    };
    let mut coming = ahead.visits()?;
    coming.extend(ahead.events("training", "lớp", "session")?);
    coming.extend(ahead.events("fair", "sự kiện", "event")?);
    coming.extend(ahead.filings()?);
    coming.extend(ahead.issues()?);
    coming.arrange_by_key(|coming| coming.on);
    Ok(coming)
}

struct Ahead<'a> {
    read: &'a dyn Read,
    tree: &'a UnitTree,
    scope: &'a Scope<'a>,
    week: Period,
}

impl Ahead<'_> {
    /// The records in scope with a day of the week in the field.
    fn dated(&self, kind: &str, field: &str) -> Result<Vec<Dated>, StoreError> {
        let (from, to) = (Some(self.week.from), Some(self.week.to));
        let items = self.read.dated(kind, field, from, to, Order::Forward);
        let mut found = items.collect::<Result<Vec<_>, _>>()?;
        found.retain(|item| self.scope.holds(item.cover.unit()));
        Ok(found)
    }

    /// Visits agreed at an earlier one; one a cooperative and day, whoever noted it.
    fn visits(&self) -> Result<Vec<Coming>, StoreError> {
        let mut by_place: BTreeMap<(NaiveDate, Id), Vec<Id>> = BTreeMap::new();
        for visit in self.dated("visit", "next_visit")? {
            if let Some(cooperative) = visit.cover.id("cooperative") {
                by_place.entry((visit.on, cooperative)).or_default().push(visit.id);
            }
        }
        let mut coming = Vec::new();
        for ((on, cooperative), ids) in by_place {
            let name = self.read.name_of("cooperative", cooperative)?;
            let officers = match ids.last() {
                Some(visit) => self.officers(*visit)?,
                None => Vec::new(),
            };
            coming.push(Coming {
                on,
                kind: "visit",
                ids,
                text: Message::new(format!("thăm {name}"), format!("visit to {name}")),
                officers,
            });
        }
        Ok(coming)
    }

    fn officers(&self, visit: Id) -> Result<Vec<String>, StoreError> {
        let visit = self.read.get("visit", visit)?;
        let officers: Vec<Id> = visit.map(|visit| visit.field("officers")).unwrap_or_default();
        let mut names = Vec::new();
        for officer in officers {
            let person = self.read.get("person", officer)?;
            let given = person.and_then(|person| person.text("name")?.split_whitespace().last().map(str::to_string));
            names.extend(given);
        }
        Ok(names)
    }

    /// Sessions or fairs that are neither put off nor called off.
    fn events(&self, kind: &'static str, vi: &str, en: &str) -> Result<Vec<Coming>, StoreError> {
        let mut coming = Vec::new();
        for event in self.dated(kind, "from")? {
            if !matches!(event.cover.text("state"), Some("DU_KIEN" | "DA_TO_CHUC")) {
                continue;
            }
            let Some(entry) = self.read.get(kind, event.id)? else {
                continue;
            };
            let title = entry.text("title").unwrap_or_default();
            let mut text = Message::new(format!("{vi} \"{title}\""), format!("{en} \"{title}\""));
            let expected = [
                ("planned_count", "người", "people"),
                ("planned_booths", "gian hàng", "booths"),
            ];
            for (count, vi, en) in expected
                .iter()
                .filter_map(|(key, vi, en)| Some((entry.number(key)?, vi, en)))
            {
                text = Message::new(
                    format!("{}, {count} {vi}", text.vi),
                    format!("{}, {count} {en}", text.en),
                );
            }
            coming.push(Coming {
                on: event.on,
                kind,
                ids: vec![event.id],
                text,
                officers: Vec::new(),
            });
        }
        Ok(coming)
    }

    /// Reports that the unit owes, and, counted together, those that the units below owe.
    fn filings(&self) -> Result<Vec<Coming>, StoreError> {
        let mut by_report: BTreeMap<(NaiveDate, String, Option<String>), Vec<Id>> = BTreeMap::new();
        for filing in self.dated("filing", "due")? {
            if filing.cover.date("received_on").is_some_and(|on| on < self.week.from) {
                continue;
            }
            let report = filing.cover.text("report").unwrap_or_default().to_string();
            let unit = filing.cover.unit().unwrap_or_default();
            let below = (unit != self.scope.unit()).then(|| unit.to_string());
            by_report.entry((filing.on, report, below)).or_default().push(filing.id);
        }
        let label = |report: &str| {
            let code = catalog::list("report_kind").and_then(|list| list.get(report));
            code.map(|code| code.label).unwrap_or_default()
        };
        let mut coming: Vec<Coming> = Vec::new();
        for ((on, report, below), ids) in by_report {
            let report = label(&report);
            let whose = match below {
                Some(unit) => format!(" ({})", self.tree.name(&unit)),
                None => String::new(),
            };
            coming.push(Coming {
                on,
                kind: "filing",
                ids,
                text: Message::new(
                    format!("hạn nộp {}{whose}", in_sentence(report.vi)),
                    format!("{} due{whose}", report.en),
                ),
                officers: Vec::new(),
            });
        }
        Ok(coming)
    }

    /// Issues to be settled that week and still open when it begins.
    fn issues(&self) -> Result<Vec<Coming>, StoreError> {
        let mut coming = Vec::new();
        for issue in self.dated("issue", "due")? {
            if issue
                .cover
                .date("closed_on")
                .is_some_and(|closed| closed < self.week.from)
            {
                continue;
            }
            let list = catalog::list("difficulty");
            let what = issue
                .cover
                .text("difficulty")
                .and_then(|code| list?.get(code))
                .map(|code| code.short());
            let what = what.unwrap_or_default();
            let whose = match issue.cover.id("cooperative") {
                Some(cooperative) => self.read.name_of("cooperative", cooperative)?,
                None => String::new(),
            };
            coming.push(Coming {
                on: issue.on,
                kind: "issue",
                ids: vec![issue.id],
                text: Message::new(
                    format!("hạn xử lý khó khăn của {whose}: {}", in_sentence(what.vi)),
                    format!("issue of {whose} due: {}", in_sentence(what.en)),
                ),
                officers: Vec::new(),
            });
        }
        Ok(coming)
    }
}
