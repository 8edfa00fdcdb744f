//! The latest news of each cooperative, from index entries alone: when it was last visited, what its status was on a day,
//! when a figure was last counted.
//!
//! Most cooperatives are visited or measured within a year. One pass over the visits and measurements of that year finds
//! the news of them all, another over the year before those of most others, as long as that is less work than to look up
//! one by one what is still missing. So the cost is that of a few years' records and of the register.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::{Months, NaiveDate};

use crate::arrange::Arrange;
use crate::domain::figures::SOURCES;
use crate::domain::id::Id;
use crate::domain::record;
use crate::domain::value::Value;
use crate::store::{Cover, Order, Read, StoreError};

/// How far back one pass reads.
const YEAR: Months = Months::new(12);
/// Entries read in one pass for the price of one cooperative looked up.
const FOR_ONE: usize = 20;
/// Years read in passes at most.
const YEARS: usize = 6;

/// Whether a figure stands in the index entries of all that it is noted in.
pub fn is_covered(key: &str) -> bool {
    let mut sources = SOURCES.iter().filter_map(|source| record::kind(source));
    sources.all(|kind| kind.cover().contains(&key))
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
    cover: Cover,
}

impl News {
    /// A figure, if it was noted.
    pub fn value(&self, key: &str) -> Option<Value> {
        let number = || self.cover.number(key).map(Value::Number);
        self.text(key).map(|text| Value::Text(text.to_owned())).or_else(number)
    }

    /// A code, if it was noted.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.cover.text(key)
    }

    fn holds(&self, key: &str) -> bool {
        self.cover.has(key)
    }

    /// Whether somebody was there, or she came to the office: not by telephone alone.
    fn met(&self) -> bool {
        self.kind == "visit" && self.text("mode") != Some("DIEN_THOAI")
    }
}

/// The news of all cooperatives, up to and including a day.
pub struct Recent<'r> {
    read: &'r dyn Read,
    /// The newest first; of one day, the one entered last.
    news: HashMap<Id, Vec<News>>,
    /// What is older, of cooperatives that were asked about, in the same order.
    older: RefCell<HashMap<Id, Rc<Vec<News>>>>,
    /// The first day that the passes read.
    from: NaiveDate,
}

impl<'r> Recent<'r> {
    /// Reads the year that ends on a day, and years before it while many cooperatives are without news of their status.
    ///
    /// # Errors
    /// The store's.
    pub fn read(read: &'r dyn Read, up_to: NaiveDate) -> Result<Recent<'r>, StoreError> {
        let mut recent = Recent {
            read,
            news: HashMap::new(),
            older: RefCell::default(),
            from: up_to,
        };
        let mut to = up_to;
        let mut silent: Option<HashSet<Id>> = None;
        for _ in 0..YEARS {
            let Some(from) = to.checked_sub_months(YEAR) else { break };
            let entries = recent.read_days(from, to)?;
            recent.from = from;
            let silent = match &mut silent {
                Some(silent) => silent,
                none => {
                    let all = read.covers("cooperative").map(|item| item.map(|(id, _)| id));
                    none.insert(all.collect::<Result<_, _>>()?)
                }
            };
            silent.retain(|id| {
                let news = recent.news.get(id).map_or(&[][..], Vec::as_slice);
                !news.iter().any(|news| news.holds("status"))
            });
            let Some(eve) = from.pred_opt().filter(|_| silent.len() * FOR_ONE > entries) else {
                break;
            };
            to = eve;
        }
        for news in recent.news.values_mut() {
            news.arrange_by_key(|news| std::cmp::Reverse((news.on, news.id)));
        }
        Ok(recent)
    }

    /// What there is of a cooperative from before the passes, the newest first; read when first asked for.
    fn older(&self, cooperative: Id) -> Result<Rc<Vec<News>>, StoreError> {
        if let Some(older) = self.older.borrow().get(&cooperative) {
            return Ok(older.clone());
        }
        let mut older = Vec::new();
        for kind in SOURCES {
            for item in self.read.refers(cooperative, kind, "cooperative", Order::Forward) {
                let item = item?;
                let Some(on) = item.on else { continue };
                // They come by day: what follows was read in the passes.
                if on >= self.from {
                    break;
                }
                older.push(News {
                    on,
                    id: item.id,
                    kind,
                    cover: item.cover,
                });
            }
        }
        older.arrange_by_key(|news| std::cmp::Reverse((news.on, news.id)));
        let older = Rc::new(older);
        self.older.borrow_mut().insert(cooperative, older.clone());
        Ok(older)
    }

    /// Takes in the visits and measurements of some days, and gives their number.
    fn read_days(&mut self, from: NaiveDate, to: NaiveDate) -> Result<usize, StoreError> {
        let mut entries = 0;
        for kind in SOURCES {
            for item in self.read.dated(kind, "date", Some(from), Some(to), Order::Forward) {
                let item = item?;
                entries += 1;
                if let Some(cooperative) = item.cover.id("cooperative") {
                    self.news.entry(cooperative).or_default().push(News {
                        on: item.on,
                        id: item.id,
                        kind,
                        cover: item.cover,
                    });
                }
            }
        }
        Ok(entries)
    }

    /// What the passes tell of a cooperative up to and including a day, the newest first. There may be older news.
    pub fn in_passes(&self, cooperative: Id, up_to: NaiveDate) -> impl Iterator<Item = &News> {
        let all = self.news.get(&cooperative).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |news| news.on <= up_to)
    }

    /// The latest visit or measurement that holds a figure, up to and including a day; of one day the one entered last.
    ///
    /// # Errors
    /// The store's.
    pub fn latest(&self, cooperative: Id, key: &str, up_to: NaiveDate) -> Result<Option<News>, StoreError> {
        if let Some(news) = self.latest_in_passes(cooperative, key, up_to) {
            return Ok(Some(news.clone()));
        }
        let older = self.older(cooperative)?;
        let mut by_then = older.iter().filter(|news| news.on <= up_to);
        Ok(by_then.find(|news| news.holds(key)).cloned())
    }

    /// The same, where the passes tell it.
    pub fn latest_in_passes(&self, cooperative: Id, key: &str, up_to: NaiveDate) -> Option<&News> {
        self.in_passes(cooperative, up_to).find(|news| news.holds(key))
    }

    /// The latest of several figures of a cooperative up to a day, going back until all are found.
    ///
    /// # Errors
    /// The store's.
    pub fn latest_of(
        &self,
        cooperative: Id,
        keys: &[&'static str],
        up_to: NaiveDate,
    ) -> Result<HashMap<&'static str, Value>, StoreError> {
        let mut found = HashMap::new();
        let mut take = |news: &News| {
            for key in keys {
                if !found.contains_key(key) {
                    found.extend(news.value(key).map(|value| (*key, value)));
                }
            }
            found.len() == keys.len()
        };
        if self.in_passes(cooperative, up_to).any(&mut take) {
            return Ok(found);
        }
        let older = self.older(cooperative)?;
        let _ = older.iter().filter(|news| news.on <= up_to).any(take);
        Ok(found)
    }

    /// The day of the last visit that was no telephone call, up to and including a day.
    ///
    /// # Errors
    /// The store's.
    pub fn last_visit(&self, cooperative: Id, up_to: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
        if let Some(on) = self.last_visit_in_passes(cooperative, up_to) {
            return Ok(Some(on));
        }
        let older = self.older(cooperative)?;
        let mut by_then = older.iter().filter(|news| news.on <= up_to);
        Ok(by_then.find(|news| news.met()).map(|news| news.on))
    }

    /// The same, where the passes tell it.
    pub fn last_visit_in_passes(&self, cooperative: Id, up_to: NaiveDate) -> Option<NaiveDate> {
        let met = self.in_passes(cooperative, up_to).find(|news| news.met());
        met.map(|news| news.on)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::entry::Entry;
    use crate::indicator::fixture::World;

    /// Forty cooperatives over eight years: some visited every month, some once long ago, some never.
    fn world() -> (World, Vec<Id>) {
        let world = World::new("C12472-B");
        let mut chance = 7_u64;
        let mut below = move |limit: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (chance >> 33) % limit
        };
        let mut cooperatives = Vec::new();
        for number in 0..40 {
            let id = world.add(
                "cooperative",
                json!({"kind": "HTX", "name": format!("HTX số {number}")}),
            );
            cooperatives.push(id);
            for _ in 0..[0, 1, 3, 12][number % 4] {
                let year = 2026 - below(8);
                let day = format!("{year}-{:02}-{:02}", 1 + below(12), 1 + below(28));
                let mut fields = json!({"date": day, "cooperative": id.to_string()});
                let mut set = |key: &str, value: serde_json::Value| fields[key] = value;
                if below(2) == 0 {
                    set("status", json!(["DANG_HOAT_DONG", "TAM_NGUNG"][below(2) as usize]));
                }
                if below(3) == 0 {
                    set("workers_women", json!(below(30)));
                }
                if below(3) == 0 {
                    world.add("measurement", fields);
                } else {
                    set("purposes", json!(["KHAO_SAT"]));
                    set("mode", json!(["TRUC_TIEP", "DIEN_THOAI"][below(2) as usize]));
                    world.add("visit", fields);
                }
            }
        }
        (world, cooperatives)
    }

    /// All that was noted of a cooperative by a day, the newest last.
    fn noted(read: &dyn Read, cooperative: Id, up_to: NaiveDate) -> Vec<(NaiveDate, Entry)> {
        let all = SOURCES.iter().flat_map(|kind| read.scan(kind)).map(Result::unwrap);
        let of = all.filter(|entry| entry.reference("cooperative") == Some(cooperative));
        let mut noted: Vec<_> = of.map(|entry| (entry.date("date").unwrap(), entry)).collect();
        noted.retain(|(on, _)| *on <= up_to);
        noted.sort_by_key(|(on, entry)| (*on, entry.id));
        noted
    }

    #[test]
    fn passes_and_single_look_ups_find_what_the_records_say() {
        let (world, cooperatives) = world();
        let reader = world.store().reader();
        for (up_to, asked) in [
            ("2026-12-31", "2026-12-31"),
            ("2026-12-31", "2026-06-14"),
            ("2026-12-31", "2021-03-01"),
            ("2022-05-05", "2022-05-05"),
        ] {
            let (up_to, asked) = (up_to.parse().unwrap(), asked.parse().unwrap());
            let recent = Recent::read(&reader, up_to).unwrap();
            for cooperative in &cooperatives {
                let noted = noted(&reader, *cooperative, asked);
                let keys = ["status", "workers_women"];
                let all = recent.latest_of(*cooperative, &keys, asked).unwrap();
                for key in keys {
                    let found = recent.latest(*cooperative, key, asked).unwrap();
                    let found = found.map(|news| (news.on, news.id, news.value(key)));
                    let wanted = noted.iter().rev().find(|(_, entry)| entry.get(key).is_some());
                    let wanted = wanted.map(|(on, entry)| (*on, entry.id, entry.get(key).cloned()));
                    assert_eq!(found, wanted, "{key} by {asked}");
                    let wanted = wanted.and_then(|(_, _, value)| value);
                    assert_eq!(all.get(key), wanted.as_ref(), "{key} of several by {asked}");
                }
                let met = |entry: &Entry| entry.kind == "visit" && entry.text("mode") != Some("DIEN_THOAI");
                let wanted = noted.iter().rev().find(|(_, entry)| met(entry)).map(|(on, _)| *on);
                assert_eq!(
                    recent.last_visit(*cooperative, asked).unwrap(),
                    wanted,
                    "visit by {asked}"
                );
            }
        }
    }
}
