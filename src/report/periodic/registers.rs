//! What registers and funds say at the cut-off: ratings, products by stars, money by source, partners, plans passed on,
//! reports not sent, open difficulties, groups with priority.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::collect::Asked;
use crate::domain::catalog;
use crate::domain::declared::UnitYear;
use crate::domain::funds::Funds;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::indicator::area::Area;
use crate::indicator::books::Books;
use crate::indicator::census;
use crate::report::weekly::{Column, WeeklySummary};
use crate::store::{Order, StoreError};

/// The figures of registers, by code or name.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Cooperatives at work with a rating, by code of `htx_rating`.
    pub ratings: BTreeMap<String, i64>,
    /// Products with stars in force, by stars.
    pub stars: BTreeMap<String, i64>,
    /// đồng by source, and by side.
    pub funds: BTreeMap<String, BTreeMap<String, i64>>,
    /// Joint activities of the period, by kind of partner.
    pub partners: BTreeMap<String, i64>,
    /// Open difficulties: how many organisations, by code.
    pub difficulties: BTreeMap<String, i64>,
    /// People of groups with priority whom activities of the period counted, by code.
    pub priority: BTreeMap<String, i64>,
    /// Units below that have a plan of their own, of all.
    pub own_plans: (i64, i64),
    /// Units below whose report on the period has not come, by name.
    pub not_sent: Vec<String>,
    /// Members of the unit in the year.
    pub members: Option<i64>,
}

impl Registers {
    /// Reads them.
    ///
    /// # Errors
    /// The store's.
    pub fn read(books: &Books, asked: &Asked, now: &WeeklySummary) -> Result<Registers, StoreError> {
        let mut found = Registers::default();
        let area = Area::new(&books.tree, books.read.known(), &asked.unit, asked.cut_off);
        found.cooperatives(books, asked)?;
        found.funds(books, asked, &area)?;
        found.activities(books, now)?;
        found.difficulties(books, now)?;
        found.units(books, asked, &area)?;
        Ok(found)
    }

    fn cooperatives(&mut self, books: &Books, asked: &Asked) -> Result<(), StoreError> {
        let plan = asked.counting(
            asked
                .lines
                .first()
                .copied()
                .unwrap_or(crate::domain::programme::Line::Cooperatives),
        );
        for coop in census::cooperatives(books, &plan, &asked.unit, asked.cut_off)? {
            let rating = books.figure(coop.id, "rating", asked.cut_off);
            if let Some(code) = rating.as_ref().and_then(|figure| figure.value.as_text()) {
                *self.ratings.entry(code.to_string()).or_default() += 1;
            }
            for item in books.read.refers(coop.id, "product", "cooperative", Order::Forward) {
                let cover = item?.cover;
                let until = cover.date("expires_on");
                let from = cover.date("decided_on");
                let in_force =
                    from.is_none_or(|day| day <= asked.cut_off) && until.is_none_or(|day| asked.cut_off <= day);
                if let Some(stars) = cover.text("ocop_star").filter(|stars| *stars != "0" && in_force) {
                    *self.stars.entry(stars.to_string()).or_default() += 1;
                }
            }
        }
        Ok(())
    }

    fn funds(&mut self, books: &Books, asked: &Asked, area: &Area) -> Result<(), StoreError> {
        for entry in books.read.scan("funds") {
            let funds = Funds::read(&entry?);
            let in_period = match funds.date {
                Some(day) => asked.window().contains(day),
                None => funds.year == Some(i64::from(asked.cut_off.year())),
            };
            if let (Some(side), Some(source), Some(amount)) = (funds.side, funds.source, funds.amount)
                && in_period
                && area.holds(funds.unit.as_deref())
            {
                *self.funds.entry(source).or_default().entry(side).or_default() += amount;
            }
        }
        Ok(())
    }

    /// Partners and groups with priority, of what the summary counted.
    fn activities(&mut self, books: &Books, now: &WeeklySummary) -> Result<(), StoreError> {
        let sorts = [
            ("visit", &["VISITS", "VISITS_REMOTE"][..]),
            ("training", &["TRAIN_SESSIONS"]),
            ("fair", &["FAIRS_HELD"]),
            ("outreach", &["OUTREACH", "MEDIA_ITEMS"]),
            ("support", &["SUPPORTS"]),
        ];
        for (kind, codes) in sorts {
            for id in codes.iter().flat_map(|code| now.ids(code, Column::This)) {
                let Some(entry) = books.read.get(kind, *id)? else {
                    continue;
                };
                let mut kinds = BTreeSet::new();
                let partners: Vec<Id> = match kind {
                    "support" => entry.reference("partner").into_iter().collect(),
                    _ => entry.field("partners"),
                };
                for partner in partners {
                    let partner = books.read.get("partner", partner)?;
                    kinds.extend(partner.and_then(|partner| partner.text("kind").map(str::to_string)));
                }
                kinds
                    .into_iter()
                    .for_each(|kind| *self.partners.entry(kind).or_default() += 1);
                let groups: BTreeMap<String, i64> = entry.field("priority_counts");
                groups
                    .into_iter()
                    .for_each(|(code, count)| *self.priority.entry(code).or_default() += count);
            }
        }
        Ok(())
    }

    fn difficulties(&mut self, books: &Books, now: &WeeklySummary) -> Result<(), StoreError> {
        let mut coops: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
        for id in now.ids("ISSUES_OPEN", Column::This) {
            let Some(entry) = books.read.get("issue", *id)? else {
                continue;
            };
            if let (Some(code), Some(coop)) = (entry.text("difficulty"), entry.reference("cooperative")) {
                coops.entry(code.to_string()).or_default().insert(coop);
            }
        }
        self.difficulties = coops
            .into_iter()
            .map(|(code, coops)| (code, i64::try_from(coops.len()).unwrap_or(i64::MAX)))
            .collect();
        Ok(())
    }

    fn units(&mut self, books: &Books, asked: &Asked, area: &Area) -> Result<(), StoreError> {
        // Chapters and clusters of the office's own send no reports and issue no plans.
        let mut below = area.children();
        below.retain(|uid| catalog::units().get(uid).is_some());
        self.own_plans.1 = i64::try_from(below.len()).unwrap_or(i64::MAX);
        let mut with_plan = BTreeSet::new();
        for plan in asked.plans.iter().filter_map(|plan| plan.id) {
            for item in books.read.refers(plan, "rollout", "plan", Order::Forward) {
                let entry = books.read.get("rollout", item?.id)?;
                let own =
                    entry.filter(|entry| entry.get("own_plan_no").is_some() || entry.get("own_plan_on").is_some());
                with_plan.extend(own.and_then(|entry| entry.unit().map(str::to_string)));
            }
        }
        self.own_plans.0 = i64::try_from(below.iter().filter(|unit| with_plan.contains(*unit)).count()).unwrap_or(0);
        let sent = filed(books, asked)?;
        self.not_sent = below
            .iter()
            .filter(|unit| !sent.contains(*unit))
            .map(|unit| books.tree.name(unit))
            .collect();
        let year = i64::from(asked.cut_off.year());
        let own = |row: &&UnitYear| row.unit.as_deref() == Some(&asked.unit) && row.year == Some(year);
        self.members = books.unit_years()?.iter().find(own).and_then(|row| row.members);
        Ok(())
    }
}

/// The units whose report on the period has come.
fn filed(books: &Books, asked: &Asked) -> Result<BTreeSet<String>, StoreError> {
    let year = asked.period.to.year();
    let (first, last) = (
        NaiveDate::from_ymd_opt(year, 1, 1),
        NaiveDate::from_ymd_opt(year, 12, 31),
    );
    let mut found = BTreeSet::new();
    for item in books.read.dated("filing", "due", first, last, Order::Forward) {
        let cover = item?.cover;
        if cover.text("report") == Some(asked.report()) && cover.date("received_on").is_some() {
            found.extend(cover.unit().map(str::to_string));
        }
    }
    Ok(found)
}

/// The label of a code.
pub fn label(list: &str, code: &str) -> String {
    let known = catalog::list(list).and_then(|list| list.get(code));
    known.map_or_else(|| code.to_string(), |known| known.label.vi.to_string())
}
