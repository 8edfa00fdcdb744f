//! The latest news of each cooperative, from index entries alone: when it was last visited, what its status was on a day,
//! when a figure was last counted.
//!
//! Most cooperatives are visited or measured within a year. One pass over the visits and measurements of that year finds
//! the news of them all; only those with none are looked up one by one. So the cost is that of the year's records.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use crate::arrange::Arrange;
use crate::domain::figures::SOURCES;
use crate::domain::id::Id;
use crate::store::{Cover, Order, Read, StoreError};

/// How far back the one pass reads.
const YEAR: Months = Months::new(12);

/// A figure that stands in the index entries of visits and measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// A code of `htx_status`.
    Status,
    /// Women among the workers.
    WorkersWomen,
}

impl Covered {
    /// The one of a field's key.
    pub fn of(key: &str) -> Option<Covered> {
        match key {
            "status" => Some(Covered::Status),
            "workers_women" => Some(Covered::WorkersWomen),
            _ => None,
        }
    }
}

/// A visit or a measurement, as far as the index tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Its day.
    pub on: NaiveDate,
    /// The record.
    pub id: Id,
    /// Its kind: `visit` or `measurement`.
    pub kind: &'static str,
    /// The status noted.
    pub status: Option<String>,
    /// The women workers counted.
    pub workers_women: Option<i64>,
    /// Whether somebody was there, or she came to the office: not by telephone alone.
    met: bool,
}

impl News {
    fn read(kind: &'static str, on: NaiveDate, id: Id, cover: &Cover) -> News {
        News {
            on,
            id,
            kind,
            status: cover.text("status").map(str::to_string),
            workers_women: cover.number("workers_women"),
            met: kind == "visit" && cover.text("mode") != Some("DIEN_THOAI"),
        }
    }

    fn holds(&self, what: Covered) -> bool {
        match what {
            Covered::Status => self.status.is_some(),
            Covered::WorkersWomen => self.workers_women.is_some(),
        }
    }
}

/// The news of all cooperatives, up to and including a day.
pub struct Recent<'r> {
    read: &'r dyn Read,
    /// The newest first; of one day, the one entered last.
    news: HashMap<Id, Vec<News>>,
}

impl<'r> Recent<'r> {
    /// Reads the year that ends on a day.
    ///
    /// # Errors
    /// The store's.
    pub fn read(read: &'r dyn Read, up_to: NaiveDate) -> Result<Recent<'r>, StoreError> {
        let mut news: HashMap<Id, Vec<News>> = HashMap::new();
        for kind in SOURCES {
            let from = up_to.checked_sub_months(YEAR);
            for item in read.dated(kind, "date", from, Some(up_to), Order::Forward) {
                let item = item?;
                if let Some(cooperative) = item.cover.id("cooperative") {
                    let found = News::read(kind, item.on, item.id, &item.cover);
                    news.entry(cooperative).or_default().push(found);
                }
            }
        }
        for news in news.values_mut() {
            news.arrange_by_key(|news| std::cmp::Reverse((news.on, news.id)));
        }
        Ok(Recent { read, news })
    }

    /// What the year tells of a cooperative up to and including a day, the newest first. There may be older news.
    pub fn of_year(&self, cooperative: Id, up_to: NaiveDate) -> impl Iterator<Item = &News> {
        let all = self.news.get(&cooperative).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |news| news.on <= up_to)
    }

    /// The latest visit or measurement that holds a figure, up to and including a day of the year; of one day the one
    /// entered last.
    ///
    /// # Errors
    /// The store's.
    pub fn latest(&self, cooperative: Id, what: Covered, up_to: NaiveDate) -> Result<Option<News>, StoreError> {
        match self.latest_of_year(cooperative, what, up_to) {
            Some(news) => Ok(Some(news.clone())),
            None => latest(self.read, cooperative, what, up_to),
        }
    }

    /// The same, where it is of the year.
    pub fn latest_of_year(&self, cooperative: Id, what: Covered, up_to: NaiveDate) -> Option<&News> {
        self.of_year(cooperative, up_to).find(|news| news.holds(what))
    }

    /// The day of the last visit that was no telephone call, up to and including a day of the year.
    ///
    /// # Errors
    /// The store's.
    pub fn last_visit(&self, cooperative: Id, up_to: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
        match self.last_visit_of_year(cooperative, up_to) {
            Some(on) => Ok(Some(on)),
            None => last_visit(self.read, cooperative, up_to),
        }
    }

    /// The same, where it is of the year.
    pub fn last_visit_of_year(&self, cooperative: Id, up_to: NaiveDate) -> Option<NaiveDate> {
        let met = self.of_year(cooperative, up_to).find(|news| news.met);
        met.map(|news| news.on)
    }
}

/// The latest visit or measurement of one cooperative that holds a figure, up to and including a day, however long ago.
///
/// # Errors
/// The store's.
pub fn latest(read: &dyn Read, cooperative: Id, what: Covered, up_to: NaiveDate) -> Result<Option<News>, StoreError> {
    let mut found: Option<News> = None;
    for kind in SOURCES {
        for item in read.refers(cooperative, kind, "cooperative", Order::Backward) {
            let item = item?;
            let Some(on) = item.on.filter(|on| *on <= up_to) else {
                continue;
            };
            let news = News::read(kind, on, item.id, &item.cover);
            if !news.holds(what) {
                continue;
            }
            if found.as_ref().is_none_or(|known| (known.on, known.id) < (on, news.id)) {
                found = Some(news);
            }
            break;
        }
    }
    Ok(found)
}

/// The day of one cooperative's last visit that was no telephone call, up to and including a day, however long ago.
///
/// # Errors
/// The store's.
fn last_visit(read: &dyn Read, cooperative: Id, up_to: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    for item in read.refers(cooperative, "visit", "cooperative", Order::Backward) {
        let item = item?;
        if let Some(on) = item.on.filter(|on| *on <= up_to)
            && News::read("visit", on, item.id, &item.cover).met
        {
            return Ok(Some(on));
        }
    }
    Ok(None)
}
