//! The status of a cooperative: all that somebody on the telephone may ask, gathered from wherever it was entered.
//!
//! Every figure is the latest dated measurement, with its day and the record that it stands in; nothing is overwritten
//! and nothing unknown is guessed. [`card`] puts it into lines for eye, paper and clipboard.

pub mod card;
pub mod plain;

use chrono::{Months, NaiveDate};

use super::detail;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::figures::{Figure, Figures, is_operating};
use crate::domain::id::Id;
use crate::domain::issue;
use crate::domain::known::unit_name;
use crate::domain::measurement::Measured;
use crate::domain::record::Record;
use crate::domain::role::Role;
use crate::domain::schema::FieldKind;
use crate::store::{Order, Read, StoreError};

/// A figure is out of date after so many months.
const FRESH_MONTHS: u32 = 12;
/// Measurements in a trend: the latest ones.
const TREND: usize = 8;
/// Roles beside those of Đề án 01 whose holder heads what is no cooperative: a group, an enterprise, a household.
const HEADS: [&str; 4] = ["TO_TRUONG", "NHOM_TRUONG", "CHU_DN", "CHU_HKD"];

/// All that is known of a cooperative today.
#[derive(Clone, Debug)]
pub struct Status {
    /// The cooperative.
    pub cooperative: Entry,
    /// Where it is.
    pub area: String,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The latest of each figure, in the order of the form.
    pub figures: Vec<Standing>,
    /// Women among its workers, of one day.
    pub women: Option<Women>,
    /// Whether it is one that Đề án 01 supports.
    pub eligibility: Eligibility,
    /// Who runs it now, the director first.
    pub managers: Vec<Manager>,
    /// The latest visit.
    pub last_visit: Option<Entry>,
    /// The day agreed for the next one, if nobody has been there since it was agreed and passed.
    pub next_visit: Option<NaiveDate>,
    /// Difficulties that wait for an end, the latest first.
    pub open_issues: Vec<Entry>,
    /// Sessions that its managers attended, the latest first.
    pub trainings: Vec<Attended>,
    /// Its booths, the latest fair first.
    pub booths: Vec<Shown>,
    /// Support it was given or asked for, the latest first.
    pub supports: Vec<Entry>,
    /// Its products, those with most stars first.
    pub products: Vec<Entry>,
}

/// A figure as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The measurement field.
    pub key: &'static str,
    /// The latest measurement.
    pub figure: Figure,
    /// Whether it is older than twelve months.
    pub age: Age,
    /// The latest numbers, oldest first, this one included; empty for what is no number.
    pub trend: Vec<i64>,
    /// The year that a year's figure is of.
    pub year: Option<i64>,
    /// Whose word it is, where a measurement says so: "Báo cáo năm của đơn vị".
    pub source: Option<String>,
}

/// Whether a figure still tells of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Of the last twelve months.
    Fresh,
    /// Older.
    Old,
}

/// Women among workers, counted on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Women {
    /// Women who work there.
    pub women: i64,
    /// All who work there.
    pub workers: i64,
    /// When they were counted.
    pub on: NaiveDate,
}

impl Women {
    /// More than half, strictly: ten of twenty are not.
    pub fn are_most(self) -> bool {
        self.women * 2 > self.workers
    }

    /// The share in percent, rounded to one decimal; none of nobody.
    pub fn percent(self) -> Option<f64> {
        (self.workers > 0).then(|| (self.women as f64 * 1000.0 / self.workers as f64).round() / 10.0)
    }
}

/// The two conditions of Đề án 01, either of which is enough; `None` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eligibility {
    /// Whether a woman manages.
    pub woman_manages: Option<bool>,
    /// Whether more than half of the workers are women.
    pub most_are_women: Option<bool>,
}

impl Eligibility {
    /// Whether it meets one of them.
    pub fn holds(self) -> Option<bool> {
        match (self.woman_manages, self.most_are_women) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }
}

/// One who runs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Manager {
    /// The person.
    pub person: Entry,
    /// The roles held now, codes of `role`, the first in rank first.
    pub roles: Vec<String>,
}

impl Manager {
    /// Her name.
    pub fn name(&self) -> &str {
        self.person.text("name").unwrap_or_default()
    }
}

/// A session that managers attended.
#[derive(Clone, Debug, PartialEq)]
pub struct Attended {
    /// The session.
    pub training: Entry,
    /// Which of them.
    pub people: Vec<Id>,
}

/// A booth at a fair.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The booth.
    pub booth: Entry,
    /// The fair.
    pub fair: Entry,
}

impl Status {
    /// Gathers it; none for a cooperative that is not there.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(read: &dyn Read, id: Id) -> Result<Option<Status>, StoreError> {
        let Some(cooperative) = read.get("cooperative", id)? else {
            return Ok(None);
        };
        let today = read.today();
        let visits = referring(read, id, "visit", "cooperative")?;
        let measurements = referring(read, id, "measurement", "cooperative")?;
        let (last_visit, next_visit) = last_and_next(&visits, today);
        let figures = Figures::from_entries(visits.into_iter().chain(measurements));
        let pair = figures.latest_pair(["workers_women", "workers"], today);
        let women = pair.map(|([women, workers], on)| Women { women, workers, on });
        let managers = managers(read, id, today)?;
        let mut open_issues = referring(read, id, "issue", "cooperative")?;
        open_issues.retain(|entry| entry.text("state").is_some_and(issue::is_open));
        open_issues.reverse();
        let mut supports = referring(read, id, "support", "cooperative")?;
        supports.reverse();
        let mut products = referring(read, id, "product", "cooperative")?;
        products.arrange_by_key(|entry| std::cmp::Reverse(stars(entry)));
        Ok(Some(Status {
            area: unit_name(read.known(), cooperative.text("area").or(cooperative.unit())),
            today,
            figures: standing(&figures, today),
            women,
            eligibility: Eligibility {
                woman_manages: woman_manages(&managers),
                most_are_women: women.filter(|women| women.workers > 0).map(Women::are_most),
            },
            trainings: trainings(read, &managers)?,
            managers,
            last_visit,
            next_visit,
            open_issues,
            booths: booths(read, id)?,
            supports,
            products,
            cooperative,
        }))
    }

    /// The figure of a measurement field.
    pub fn figure(&self, key: &str) -> Option<&Standing> {
        self.figures.iter().find(|standing| standing.key == key)
    }

    /// Its status, a code of `htx_status`.
    pub fn state(&self) -> Option<&str> {
        self.figure("status")?.figure.value.as_text()
    }

    /// Whether it is at work; `None` where no status was ever noted.
    pub fn is_operating(&self) -> Option<bool> {
        self.state().map(is_operating)
    }

    /// Its name as stored.
    pub fn name(&self) -> &str {
        self.cooperative.text("name").unwrap_or_default()
    }

    /// Its code.
    pub fn code(&self) -> &str {
        self.cooperative.text("code").unwrap_or_default()
    }
}

/// The stars of a product; 0 for one that is not recognised.
pub(crate) fn stars(product: &Entry) -> usize {
    product
        .text("ocop_star")
        .and_then(|star| star.parse().ok())
        .unwrap_or(0)
}

/// All records of a kind that refer to a record, oldest first.
fn referring(read: &dyn Read, id: Id, kind: &str, field: &str) -> Result<Vec<Entry>, StoreError> {
    let mut found = Vec::new();
    for item in read.refers(id, kind, field, Order::Forward) {
        found.extend(read.get(kind, item?.id)?);
    }
    Ok(found)
}

/// The latest visit up to today, and the first day agreed that lies behind it.
fn last_and_next(visits: &[Entry], today: NaiveDate) -> (Option<Entry>, Option<NaiveDate>) {
    let last = visits
        .iter()
        .rev()
        .find(|visit| visit.date("date").is_some_and(|on| on <= today));
    let last_on = last.and_then(|visit| visit.date("date"));
    let agreed = visits.iter().filter_map(|visit| visit.date("next_visit"));
    let planned = visits
        .iter()
        .filter_map(|visit| visit.date("date"))
        .filter(|on| *on > today);
    let next = agreed
        .chain(planned)
        .filter(|on| last_on.is_none_or(|last| *on > last))
        .min();
    (last.cloned(), next)
}

fn standing(figures: &Figures, today: NaiveDate) -> Vec<Standing> {
    let fresh_from = today
        .checked_sub_months(Months::new(FRESH_MONTHS))
        .unwrap_or(NaiveDate::MIN);
    let of = |key: &'static str, is_count: bool| {
        let figure = figures.latest(key, today)?;
        let up_to = figures.history(key).filter(|figure| figure.on <= today);
        let mut trend: Vec<i64> = up_to
            .filter_map(|figure| figure.value.as_number())
            .filter(|_| is_count)
            .collect();
        trend.drain(..trend.len().saturating_sub(TREND));
        let year = year_field(key).and_then(|year| of_record(figures, year, figure.record));
        let mut sources = figures
            .history("source")
            .filter(|source| source.record == figure.record);
        let source = sources
            .next()
            .and_then(|source| source.value.as_text().map(str::to_owned));
        Some(Standing {
            key,
            source,
            age: if figure.on < fresh_from { Age::Old } else { Age::Fresh },
            figure,
            trend,
            year,
        })
    };
    let fields = Measured::own_fields();
    fields
        .iter()
        .filter_map(|field| of(field.key, is_trending(field.kind)))
        .collect()
}

fn is_trending(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Count | FieldKind::Money | FieldKind::Balance)
}

/// The field that tells of which year a figure is.
fn year_field(key: &str) -> Option<&'static str> {
    match key {
        "revenue" | "profit" | "income" => Some("finance_year"),
        "rating" => Some("rating_year"),
        _ => None,
    }
}

fn of_record(figures: &Figures, key: &str, record: Id) -> Option<i64> {
    let mut history = figures.history(key);
    history
        .find(|figure| figure.record == record)
        .and_then(|figure| figure.value.as_number())
}

fn managers(read: &dyn Read, cooperative: Id, today: NaiveDate) -> Result<Vec<Manager>, StoreError> {
    let mut held: Vec<Role> = referring(read, cooperative, "role", "cooperative")?
        .iter()
        .map(Role::read)
        .collect();
    held.retain(|role| role.is_held(today) && super::load::speaks(role));
    held.arrange_by_key(detail::rank);
    let mut found: Vec<Manager> = Vec::new();
    for role in held {
        let (Some(person), Some(code)) = (role.person, role.role) else {
            continue;
        };
        if let Some(manager) = found.iter_mut().find(|manager| manager.person.id == person) {
            manager.roles.push(code);
        } else if let Some(person) = read.get("person", person)? {
            found.push(Manager {
                person,
                roles: vec![code],
            });
        }
    }
    Ok(found)
}

/// Whether a woman holds a managing role of Đề án 01, or heads what is no cooperative. Known to be false only where all
/// who hold one are known to be men.
fn woman_manages(managers: &[Manager]) -> Option<bool> {
    let list = catalog::list("role");
    let manages = |code: &String| {
        let found = list.and_then(|list| list.get(code));
        found.is_some_and(|role| role.flag("da01")) || HEADS.contains(&code.as_str())
    };
    let heads = managers.iter().filter(|manager| manager.roles.iter().any(manages));
    let genders: Vec<Option<&str>> = heads.map(|manager| manager.person.text("gender")).collect();
    if genders.contains(&Some("NU")) {
        return Some(true);
    }
    (!genders.is_empty() && genders.iter().all(|gender| *gender == Some("NAM"))).then_some(false)
}

fn trainings(read: &dyn Read, managers: &[Manager]) -> Result<Vec<Attended>, StoreError> {
    let mut found: Vec<Attended> = Vec::new();
    for manager in managers {
        for row in referring(read, manager.person.id, "attendance", "person")? {
            let came = matches!(row.text("state"), Some("CO_MAT" | "HOAN_THANH"));
            let Some(id) = row.reference("training").filter(|_| came) else {
                continue;
            };
            if let Some(attended) = found.iter_mut().find(|attended| attended.training.id == id) {
                attended.people.push(manager.person.id);
            } else if let Some(training) = read.get("training", id)?
                && training.text("state") == Some("DA_TO_CHUC")
            {
                found.push(Attended {
                    training,
                    people: vec![manager.person.id],
                });
            }
        }
    }
    found.arrange_by_key(|attended| std::cmp::Reverse((attended.training.date("from"), attended.training.id)));
    Ok(found)
}

fn booths(read: &dyn Read, cooperative: Id) -> Result<Vec<Shown>, StoreError> {
    let mut found = Vec::new();
    for booth in referring(read, cooperative, "booth", "exhibitor")? {
        let fair = booth
            .reference("fair")
            .map(|fair| read.get("fair", fair))
            .transpose()?
            .flatten();
        if let Some(fair) = fair.filter(|_| booth.text("state") != Some("HUY")) {
            found.push(Shown { booth, fair });
        }
    }
    found.arrange_by_key(|shown| std::cmp::Reverse((shown.fair.date("from"), shown.booth.id)));
    Ok(found)
}

#[cfg(test)]
pub(crate) mod tests;
