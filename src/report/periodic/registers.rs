//! What registers and funds say at the cut-off: ratings, products by stars, money by source, partners, plans passed on,
//! reports not sent, open difficulties, groups with priority.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::collect::Asked;
use crate::domain::catalog;
use crate::domain::cooperative_mark::CooperativeMark;
use crate::domain::declared::UnitYear;
use crate::domain::funds::Funds;
use crate::domain::id::Id;
use crate::domain::period::PeriodKind;
use crate::domain::programme::Line;
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::indicator::area::Area;
use crate::indicator::books::Books;
use crate::indicator::census;
use crate::report::filings::{self, Owed};
use crate::report::weekly::{Column, WeeklySummary};
use crate::store::{Order, StoreError};

/// The figures of a cooperative that the outline and its annex tell.
pub const TOLD: [&str; 8] = [
    "rating",
    "income",
    "members",
    "members_women",
    "workers",
    "workers_women",
    "capital",
    "revenue",
];

/// The figures of registers, by code or name.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Cooperatives at work with a rating, by code of `htx_rating`.
    pub ratings: BTreeMap<String, i64>,
    /// The cooperatives and groups that a woman manages, with their latest figures of [`TOLD`].
    pub woman_managed: BTreeMap<Id, HashMap<&'static str, Value>>,
    /// Products with stars in force, by stars.
    pub stars: BTreeMap<String, i64>,
    /// Products whose origin can be traced, and those with a planting-area code.
    pub traced: (i64, i64),
    /// Insurance supports of the period.
    pub insured: i64,
    /// Income a month a worker, đồng: the mean over cooperatives with a figure, and how many they are.
    pub income: Option<(i64, i64)>,
    /// Women in vocational training of the period: run by the Union, with others, by others.
    pub vocational: [i64; 3],
    /// Ideas by unit below: registered, sent, in a regional final, in the national final.
    pub ideas: BTreeMap<String, [i64; 4]>,
    /// Contests on the law in the period, and who took part.
    pub contests: (i64, i64),
    /// Contracts signed at booths and through supports of the period, and their value in đồng.
    pub contracts: (i64, i64),
    /// Supports of the period with credit or funds, and what they granted in đồng.
    pub credit: (i64, i64),
    /// Enterprises registered in the period.
    pub enterprises: i64,
    /// Inspections of the period.
    pub inspections: i64,
    /// Cooperatives in the pilot of culture and community.
    pub pilots: i64,
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
    /// How many units below are to report on the period.
    pub expected: usize,
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
        found.activities(books, asked, now)?;
        found.difficulties(books, now)?;
        found.units(books, asked, &area)?;
        found.others(books, asked, &area)?;
        found.ideas(books, asked, &area)?;
        found.business(books, asked, now, &area)?;
        Ok(found)
    }

    /// What the outline tells of cooperatives; a short report tells none of it.
    fn cooperatives(&mut self, books: &Books, asked: &Asked) -> Result<(), StoreError> {
        if !matches!(asked.period.kind, PeriodKind::HalfYear | PeriodKind::Year) {
            return Ok(());
        }
        let plan = asked.counting(asked.lines.first().copied().unwrap_or(Line::Cooperatives));
        let mut incomes: Vec<i64> = Vec::new();
        let managed = census::woman_managed(books, &plan, &asked.unit, asked.cut_off)?;
        self.woman_managed = managed.into_iter().map(|id| (id, HashMap::new())).collect();
        let recent = books.recent(asked.cut_off)?;
        for coop in census::cooperatives(books, &plan, &asked.unit, asked.cut_off)? {
            let figures = recent.latest_of(coop.id, &TOLD, asked.cut_off)?;
            incomes.extend(figures.get("income").and_then(Value::as_number));
            if let Some(code) = figures.get("rating").and_then(Value::as_text) {
                *self.ratings.entry(code.to_string()).or_default() += 1;
            }
            if let Some(kept) = self.woman_managed.get_mut(&coop.id) {
                *kept = figures;
            }
            for item in books.read.refers(coop.id, "product", "cooperative", Order::Forward) {
                let item = item?;
                if let Some(entry) = books.read.get("product", item.id)? {
                    let by_then = |key: &str| entry.date(key).is_some_and(|day| day <= asked.cut_off);
                    self.traced.0 += i64::from(by_then("trace_on"));
                    self.traced.1 += i64::from(entry.text("planting_code").is_some());
                }
                let cover = item.cover;
                let until = cover.date("expires_on");
                let from = cover.date("decided_on");
                let in_force =
                    from.is_none_or(|day| day <= asked.cut_off) && until.is_none_or(|day| asked.cut_off <= day);
                if let Some(stars) = cover.text("ocop_star").filter(|stars| *stars != "0" && in_force) {
                    *self.stars.entry(stars.to_string()).or_default() += 1;
                }
            }
        }
        let count = i64::try_from(incomes.len()).unwrap_or(i64::MAX);
        self.income = (count > 0).then(|| (incomes.iter().sum::<i64>() / count, count));
        Ok(())
    }

    /// Inspections, insurance, the pilot and the network.
    fn others(&mut self, books: &Books, asked: &Asked, area: &Area) -> Result<(), StoreError> {
        let (from, to) = (Some(asked.period.from), Some(asked.cut_off));
        for item in books.read.dated("inspection", "date", from, to, Order::Forward) {
            self.inspections += i64::from(area.holds(item?.cover.unit()));
        }
        for item in books.read.dated("support", "date", from, to, Order::Forward) {
            let cover = item?.cover;
            let insures = cover.text("kind").is_some_and(|kind| kind.starts_with("BAO_HIEM"));
            self.insured += i64::from(insures && area.holds(cover.unit()));
        }
        let mut pilots = BTreeSet::new();
        for entry in books.read.scan("cooperative_mark") {
            let mark = CooperativeMark::read(&entry?);
            let stands =
                mark.from.is_some_and(|day| day <= asked.cut_off) && mark.to.is_none_or(|day| asked.cut_off <= day);
            let of_pilot = mark
                .feature
                .as_deref()
                .is_some_and(|feature| feature == "VAN_HOA_TRACH_NHIEM");
            if stands && of_pilot && area.holds(mark.common.unit.as_deref()) {
                pilots.extend(mark.cooperative);
            }
        }
        self.pilots = i64::try_from(pilots.len()).unwrap_or(i64::MAX);
        Ok(())
    }

    /// Ideas of each unit right below; those of the unit's own under its own name.
    fn ideas(&mut self, books: &Books, asked: &Asked, area: &Area) -> Result<(), StoreError> {
        let (from, to) = (Some(asked.period.from), Some(asked.cut_off));
        let below = area.children();
        let part = |unit: &str| {
            let now = books.tree.as_of(unit, asked.cut_off).map_or(unit, |unit| unit.uid);
            let mut within = std::iter::once(now.to_string()).chain(area.above(now));
            let part = within.find(|uid| below.contains(uid));
            books.tree.name(part.as_deref().unwrap_or(&asked.unit))
        };
        let mut in_final = BTreeSet::new();
        for (place, field) in ["registered_on", "sent_on", "region_final_on"].into_iter().enumerate() {
            for item in books.read.dated("contest_entry", field, from, to, Order::Forward) {
                let item = item?;
                let Some(unit) = item.cover.unit().filter(|unit| area.contains(unit)) else {
                    continue;
                };
                let counts = self.ideas.entry(part(unit)).or_default();
                counts[place] += 1;
                if item.cover.text("stage") == Some("CHUNG_KET_TQ") && in_final.insert(item.id) {
                    counts[3] += 1;
                }
            }
        }
        Ok(())
    }

    /// What was signed, lent and founded, and who learnt a trade.
    fn business(&mut self, books: &Books, asked: &Asked, now: &WeeklySummary, area: &Area) -> Result<(), StoreError> {
        for (kind, line) in [("booth", "BOOTHS_SHOWN"), ("support", "SUPPORTS")] {
            for id in now.ids(line, Column::This) {
                let Some(entry) = books.read.get(kind, *id)? else {
                    continue;
                };
                self.contracts.0 += entry.number("contracts").unwrap_or_default();
                self.contracts.1 += entry.number("contract_value").unwrap_or_default();
                let of_credit = matches!(entry.text("kind"), Some("VON_TIN_DUNG" | "QUY_HTX"));
                if let Some(granted) = entry.number("granted").filter(|_| of_credit) {
                    self.credit.0 += 1;
                    self.credit.1 += granted;
                }
            }
        }
        for id in now.ids("OUTREACH", Column::This) {
            let entry = books.read.get("outreach", *id)?;
            if let Some(entry) = entry.filter(|entry| entry.text("form") == Some("CUOC_THI")) {
                self.contests.0 += 1;
                self.contests.1 += entry.number("reach").unwrap_or_default();
            }
        }
        let window = asked.window();
        let founded = |day: Option<NaiveDate>| day.is_some_and(|day| window.contains(day));
        for coop in books.cooperatives()?.iter() {
            let counts = coop.kind == "DN" && founded(coop.registered_on) && area.holds(coop.unit.as_deref());
            self.enterprises += i64::from(counts);
        }
        let plan = asked.counting(Line::StartUps);
        self.vocational = census::vocational_sorts(books, &plan, &asked.unit, window)?;
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
    fn activities(&mut self, books: &Books, asked: &Asked, now: &WeeklySummary) -> Result<(), StoreError> {
        let visits = [now.ids("VISITS", Column::This), now.ids("VISITS_REMOTE", Column::This)].concat();
        let visits: HashSet<Id> = visits.into_iter().collect();
        let (from, to) = (Some(asked.window().from), Some(asked.window().to));
        for item in books.read.dated("visit", "date", from, to, Order::Forward) {
            let item = item?;
            if visits.contains(&item.id) {
                self.together_with(books, item.cover.ids("partners"))?;
            }
        }
        let sorts = [
            ("training", &["TRAIN_SESSIONS"][..]),
            ("fair", &["FAIRS_HELD"]),
            ("outreach", &["OUTREACH", "MEDIA_ITEMS"]),
            ("support", &["SUPPORTS"]),
        ];
        for (kind, codes) in sorts {
            for id in codes.iter().flat_map(|code| now.ids(code, Column::This)) {
                let Some(entry) = books.read.get(kind, *id)? else {
                    continue;
                };
                let partners: Vec<Id> = match kind {
                    "support" => entry.reference("partner").into_iter().collect(),
                    _ => entry.field("partners"),
                };
                self.together_with(books, partners)?;
                let groups: BTreeMap<String, i64> = entry.field("priority_counts");
                groups
                    .into_iter()
                    .for_each(|(code, count)| *self.priority.entry(code).or_default() += count);
            }
        }
        Ok(())
    }

    /// Notes an activity by the kinds of those with whom it was done, each kind once.
    fn together_with(&mut self, books: &Books, partners: Vec<Id>) -> Result<(), StoreError> {
        let mut kinds = BTreeSet::new();
        for partner in partners {
            let partner = books.read.get("partner", partner)?;
            kinds.extend(partner.and_then(|partner| partner.text("kind").map(str::to_string)));
        }
        kinds
            .into_iter()
            .for_each(|kind| *self.partners.entry(kind).or_default() += 1);
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
        let deadline = filings::yearly(asked.period.from)
            .into_iter()
            .find(|deadline| deadline.report == asked.report() && deadline.period == asked.period.to_string());
        if let Some(deadline) = deadline {
            let owed = filings::owed(books.read, &asked.unit, &deadline)?;
            let built_in = |owed: &Owed| catalog::units().get(&owed.unit).is_some();
            self.expected = owed.iter().filter(|owed| built_in(owed)).count();
            let missing = owed
                .into_iter()
                .filter(|owed| built_in(owed) && !owed.has_come(asked.cut_off.max(deadline.due)));
            self.not_sent = missing.map(|owed| owed.name).collect();
        }
        let year = i64::from(asked.cut_off.year());
        let own = |row: &&UnitYear| row.unit.as_deref() == Some(&asked.unit) && row.year == Some(year);
        self.members = books.unit_years()?.iter().find(own).and_then(|row| row.members);
        Ok(())
    }
}

/// The label of a code.
pub fn label(list: &str, code: &str) -> String {
    let known = catalog::list(list).and_then(|list| list.get(code));
    known.map_or_else(|| code.to_string(), |known| known.label.vi.to_string())
}
