//! Reading a period: the lines of the summary now and a year before, the indicators of each programme, the plans.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::lines::WeeklyLines;
use super::registers::Registers;
use super::words::Words;
use crate::beside::beside;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::programme::{self, Line};
use crate::indicator::books::Books;
use crate::indicator::evaluate::{allotted_rows, rows_of};
use crate::indicator::plan::{Plan, Reach, Target};
use crate::indicator::tally::Value;
use crate::indicator::window::Window;
use crate::indicator::{Nature, Question, Row, evaluate, indicator};
use crate::report::weekly::{self, Column, WeeklySummary};
use crate::store::{Order, Read, StoreError};

/// What is reported on.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The period as it is named.
    pub period: Period,
    /// The last day of figures: the plans' cut-off, today, or the period's end, whichever comes first.
    pub cut_off: NaiveDate,
    /// The unit.
    pub unit: String,
    /// The programmes, by line; both where none is asked for.
    pub lines: Vec<Line>,
    /// The plans to hold the results against.
    pub plans: Vec<Plan>,
}

impl Asked {
    /// A report on a period; its figures end with the cut-off that the plans name (`05-31` for the half-year, `11-30`
    /// for the year), and never after today.
    pub fn new(period: Period, unit: &str, lines: Vec<Line>, plans: Vec<Plan>, today: NaiveDate) -> Asked {
        let of_plan = |plan: &Plan| match period.kind {
            PeriodKind::HalfYear if period.from.month() == 1 => plan.cutoff_half.clone(),
            PeriodKind::Year => plan.cutoff_year.clone(),
            _ => None,
        };
        let named = plans.iter().find_map(of_plan);
        let named = named.and_then(|day| format!("{}-{}", period.to.year(), day.trim()).parse::<NaiveDate>().ok());
        let cut_off = named.filter(|day| period.contains(*day)).unwrap_or(period.to);
        Asked {
            cut_off: cut_off.min(today).max(period.from),
            period,
            unit: unit.to_string(),
            lines,
            plans,
        }
    }

    /// The report's code, of the list `report_kind`.
    pub fn report(&self) -> &'static str {
        match self.period.kind {
            PeriodKind::Week => "BC_TUAN",
            PeriodKind::Month => "BC_THANG",
            PeriodKind::Quarter => "BC_QUY",
            PeriodKind::HalfYear => "BC_6T",
            PeriodKind::Year => "BC_NAM",
            PeriodKind::Range => "BC_DOT_XUAT",
        }
    }

    /// What its figures are read of.
    ///
    /// # Errors
    /// The store's.
    pub fn books<'r>(&self, read: &'r dyn Read) -> Result<Books<'r>, StoreError> {
        let closing = (self.cut_off, self.period.to);
        let last_year = year_before(closing.0).zip(year_before(closing.1));
        Ok(Books::open(read)?.closing(std::iter::once(closing).chain(last_year).collect()))
    }

    /// The days of its figures.
    pub fn window(&self) -> Window {
        Window {
            from: self.period.from,
            to: self.cut_off,
        }
    }

    /// The programme of a line in force at the cut-off.
    pub fn programme(&self, line: Line) -> String {
        programme::in_force(line, self.cut_off)
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    /// The plan whose ways of counting hold for a line: the first of its programme, for this report's unit.
    pub fn counting(&self, line: Line) -> Plan {
        let programme = self.programme(line);
        let plan = self.plans.iter().find(|plan| plan.programme == programme);
        let mut plan = plan
            .cloned()
            .unwrap_or_else(|| Plan::plain(&self.unit, &programme, self.period.from, self.cut_off));
        plan.unit.clone_from(&self.unit);
        plan
    }
}

/// A target in a report: all that was reached, and what of it in the period.
#[derive(Clone, Debug)]
pub struct Held {
    /// The row as of the cut-off.
    pub row: Row,
    /// What the period added, where it is a count over time.
    pub this_period: Option<Value>,
}

/// A plan's targets in a report.
#[derive(Clone, Debug)]
pub struct PlanResult {
    /// The plan.
    pub plan: Plan,
    /// Its rows; baselines stay out.
    pub held: Vec<Held>,
    /// What was allotted to units below for the year: the unit's name and its row.
    pub allotted: Vec<(String, Row)>,
}

/// How many of one sort of activity belong to each programme, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Of the cooperatives' programme.
    pub cooperatives: i64,
    /// Of the start-ups' programme.
    pub start_ups: i64,
    /// Of both.
    pub both: i64,
    /// All, each once.
    pub total: i64,
}

/// A period's figures.
#[derive(Clone, Debug)]
pub struct Periodic {
    /// What is reported on.
    pub asked: Asked,
    /// What the unit is called.
    pub unit_name: String,
    /// The lines of the summary over the period.
    pub now: WeeklySummary,
    /// The same over the period before.
    pub before: Option<WeeklySummary>,
    /// The same a year before.
    pub last_year: Option<WeeklySummary>,
    /// Visits on site or at the office in each week of the period.
    pub visits_by_week: Vec<(Period, i64)>,
    /// The indicators of each line over the period.
    pub measures: BTreeMap<(bool, String), Row>,
    /// The plans.
    pub plans: Vec<PlanResult>,
    /// Activities by programme: label and counts.
    pub shared: Vec<(&'static str, Shared)>,
    /// What registers and funds say at the cut-off.
    pub registers: Registers,
    /// The officer's own words.
    pub words: Words,
}

/// The indicators that a report of cooperatives names.
pub const OF_COOPERATIVES: [&str; 15] = [
    "HTX_NEW",
    "THT_NEW",
    "HTX_MAINTAINED",
    "THT_MAINTAINED",
    "HTX_THT_CONSOLIDATED_PCT",
    "HTX_REORG_GUIDED_PCT",
    "JOBS_HTX_WOMEN",
    "JOBS_THT_WOMEN",
    "JOBS_NEW_WOMEN",
    "MANAGERS_TRAINED_PCT",
    "MANAGERS_IT_PCT",
    "MANAGERS_CERT_PCT",
    "WORKERS_TRAINED_PCT",
    "OFFICERS_KTTT_TRAINED_PCT",
    "OFFICERS_SKILL_PCT",
];
/// The indicators that a report of start-ups names.
pub const OF_START_UPS: [&str; 17] = [
    "MEMBERS_AWARE_PCT",
    "CONTEST_IDEAS_SENT",
    "CONTEST_REGION_FINAL",
    "FAIRS_HELD",
    "FAIR_BOOTHS",
    "WOMEN_LEADERS_CAPACITY",
    "VOCATIONAL_WOMEN",
    "BIZ_LEGAL_ADVISED",
    "BIZ_CREDIT_ADVISED",
    "BIZ_RESTRUCTURED",
    "NEW_BIZ_ADVISED",
    "HKD_TO_DN",
    "HTX_MAINTAINED",
    "THT_MAINTAINED",
    "CLUBS_PARTNERED",
    "DISABLED_GROUP_MAINTAINED",
    "OFFICERS_FT_AWARE_PCT",
];

impl Periodic {
    /// An indicator over the period, of a line.
    pub fn measure(&self, line: Line, code: &str) -> Option<&Row> {
        self.measures.get(&(line == Line::StartUps, code.to_string()))
    }

    /// A line of the summary over the period.
    pub fn value(&self, code: &str) -> i64 {
        self.now.value(code, Column::This)
    }

    /// The same over the period before.
    pub fn before(&self, code: &str) -> Option<i64> {
        Some(self.before.as_ref()?.value(code, Column::This))
    }

    /// The same a year before.
    pub fn a_year_ago(&self, code: &str) -> Option<i64> {
        Some(self.last_year.as_ref()?.value(code, Column::This))
    }
}

/// Reads a period.
///
/// # Errors
/// The store's.
pub fn collect(read: &dyn Read, asked: Asked) -> Result<Periodic, StoreError> {
    let lines = WeeklyLines::default();
    let books = asked.books(read)?.with_lines(&lines);
    let (figures, summaries) = beside(
        || Ok((measures(&books, &asked)?, plans(&books, &asked)?)),
        || Summaries::read(&asked.books(read)?, &asked),
    );
    let (measures, plans) = figures?;
    let Summaries { now, before, last_year } = summaries?;
    Ok(Periodic {
        unit_name: books.tree.name(&asked.unit),
        measures,
        plans,
        shared: shared(read, &now)?,
        registers: Registers::read(&books, &asked, &now)?,
        words: Words::kept(read, &asked)?,
        before,
        last_year,
        visits_by_week: visits_by_week(&books, &asked)?,
        now,
        asked,
    })
}

/// The lines of the summary over the period and those that it is compared with.
struct Summaries {
    now: WeeklySummary,
    before: Option<WeeklySummary>,
    last_year: Option<WeeklySummary>,
}

impl Summaries {
    fn read(books: &Books, asked: &Asked) -> Result<Summaries, StoreError> {
        let over = |from, to| {
            let kind = PeriodKind::Range;
            weekly::figures(books, Period { kind, from, to }, &asked.unit)
        };
        let window = asked.window();
        let before = asked.period.previous().map(|before| over(before.from, before.to));
        let last_year = year_before(window.from).zip(year_before(window.to));
        Ok(Summaries {
            now: over(window.from, window.to)?,
            before: before.transpose()?,
            last_year: last_year.map(|(from, to)| over(from, to)).transpose()?,
        })
    }
}

fn year_before(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_months(Months::new(12))
}

/// The visits of each week that begins in the window or holds its first day, as the summary counts them.
fn visits_by_week(books: &Books, asked: &Asked) -> Result<Vec<(Period, i64)>, StoreError> {
    let (window, start) = (asked.window(), books.read.settings().week_start.weekday());
    let mut weeks: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    let first = Period::week_of(window.from, start);
    let all = std::iter::successors(Some(first), Period::next_week).take_while(|week| week.from <= window.to);
    weeks.extend(all.map(|week| (week.from, 0)));
    let scope = books.tree.scope(&asked.unit, asked.cut_off);
    let (from, to) = (Some(window.from), Some(window.to));
    for item in books.read.dated("visit", "date", from, to, Order::Forward) {
        let item = item?;
        if item.cover.text("mode") != Some("DIEN_THOAI") && scope.holds(item.cover.unit()) {
            *weeks.entry(Period::week_of(item.on, start).from).or_default() += 1;
        }
    }
    Ok(weeks
        .into_iter()
        .map(|(from, visits)| (Period::week_of(from, start), visits))
        .collect())
}

fn measures(books: &Books, asked: &Asked) -> Result<BTreeMap<(bool, String), Row>, StoreError> {
    let mut found = BTreeMap::new();
    for line in &asked.lines {
        let (is_start_up, codes) = match line {
            Line::Cooperatives => (false, OF_COOPERATIVES.as_slice()),
            Line::StartUps => (true, OF_START_UPS.as_slice()),
        };
        let plan = asked.counting(*line);
        for code in codes {
            let target = Target::plain(code, asked.period.from, asked.cut_off);
            for row in rows_of(books, &plan, &target, &question(asked))? {
                found.insert((is_start_up, (*code).to_string()), row);
            }
        }
    }
    Ok(found)
}

fn question(asked: &Asked) -> Question {
    Question {
        as_of: asked.cut_off,
        unit: None,
    }
}

/// The plans' targets as they stand for this unit. A plan of a unit above is looked at for this unit alone.
fn plans(books: &Books, asked: &Asked) -> Result<Vec<PlanResult>, StoreError> {
    let mut results = Vec::new();
    for plan in &asked.plans {
        let own = plan.unit == asked.unit;
        let question = Question {
            unit: (!own).then(|| asked.unit.clone()),
            ..question(asked)
        };
        let mut held = Vec::new();
        for row in evaluate(books, plan, &question)? {
            let is_part = own && row.unit != plan.unit;
            // What a unit above wants of its whole area is nothing this unit can be held to.
            let of_others = !own && !row.target.allotted && row.target.reach == Reach::Whole;
            if row.target.is_baseline() || is_part || of_others {
                continue;
            }
            let this_period = this_period(books, plan, &row, asked)?;
            held.push(Held { row, this_period });
        }
        let mut allotted = Vec::new();
        if own {
            for target in &plan.targets {
                let rows = allotted_rows(books, plan, target, asked.cut_off)?;
                allotted.extend(rows.into_iter().map(|row| (books.tree.name(&row.unit), row)));
            }
        }
        if !held.is_empty() {
            results.push(PlanResult {
                plan: plan.clone(),
                held,
                allotted,
            });
        }
    }
    Ok(results)
}

/// What the period added to a count over time; a state or a share is not parted by periods.
fn this_period(books: &Books, plan: &Plan, row: &Row, asked: &Asked) -> Result<Option<Value>, StoreError> {
    if indicator(&row.target.indicator).is_some_and(|known| known.nature != Nature::Flow) {
        return Ok(None);
    }
    let mut target = row.target.clone();
    target.cumulative_from = Some(
        asked
            .period
            .from
            .max(row.target.cumulative_from.unwrap_or(asked.period.from)),
    );
    target.reach = Reach::Whole;
    let question = Question {
        as_of: asked.cut_off,
        unit: Some(row.unit.clone()),
    };
    let rows = rows_of(books, plan, &target, &question)?;
    Ok(rows.into_iter().next().and_then(|row| row.value))
}

/// Activities of the period by programme. What belongs to both is in both columns and once in the total.
fn shared(read: &dyn Read, now: &WeeklySummary) -> Result<Vec<(&'static str, Shared)>, StoreError> {
    let sorts = [
        ("Lượt thăm HTX, THT", "visit", &["VISITS", "VISITS_REMOTE"][..]),
        ("Lớp tập huấn", "training", &["TRAIN_SESSIONS"]),
        ("Hội chợ, ngày hội", "fair", &["FAIRS_HELD"]),
        ("Lượt hỗ trợ", "support", &["SUPPORTS"]),
        ("Hoạt động truyền thông", "outreach", &["OUTREACH", "MEDIA_ITEMS"]),
    ];
    let mut found = Vec::new();
    for (label, kind, codes) in sorts {
        let mut counts = Shared::default();
        for id in codes.iter().flat_map(|code| now.ids(code, Column::This)) {
            let Some(entry) = read.get(kind, *id)? else { continue };
            let first = entry.names("programmes", "DA01");
            let second = ["DA939", "DA2415"].iter().any(|code| entry.names("programmes", code));
            counts.cooperatives += i64::from(first);
            counts.start_ups += i64::from(second);
            counts.both += i64::from(first && second);
            counts.total += 1;
        }
        found.push((label, counts));
    }
    Ok(found)
}
