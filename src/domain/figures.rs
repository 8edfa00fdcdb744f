//! The status of a cooperative through time: the latest dated measurement of each figure, wherever it was entered, with
//! its day and its source. Later figures never overwrite earlier ones.

use chrono::NaiveDate;

use super::catalog;
use super::entry::Entry;
use super::finding::Findings;
use super::id::Id;
use super::known::Known;
use super::measurement::Measured;
use super::text::Message;
use super::value::Value;
use crate::arrange::Arrange;
use crate::vietnamese::date::format_date;

/// The kinds that carry measurement fields.
pub const SOURCES: [&str; 2] = ["visit", "measurement"];

/// One figure as it was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its value.
    pub value: Value,
    /// The day on which it was measured.
    pub on: NaiveDate,
    /// The kind of record that it stands in: `visit` or `measurement`.
    pub kind: &'static str,
    /// That record.
    pub record: Id,
}

/// All that was measured at one cooperative, oldest first; of one day, in the order of entry.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    measured: Vec<(NaiveDate, Entry)>,
}

impl Figures {
    /// Reads all measurements and visits of a cooperative.
    pub fn of(known: &dyn Known, cooperative: Id) -> Figures {
        let entries = SOURCES
            .iter()
            .flat_map(|kind| known.referring(kind, "cooperative", cooperative));
        Figures::from_entries(entries)
    }

    /// From visits and measurements that are at hand; those without a date are left out.
    pub fn from_entries(entries: impl IntoIterator<Item = Entry>) -> Figures {
        let dated = |entry: Entry| entry.date("date").map(|on| (on, entry));
        let mut measured: Vec<_> = entries.into_iter().filter_map(dated).collect();
        measured.arrange_by_key(|(on, entry)| (*on, entry.id));
        Figures { measured }
    }

    /// A figure's whole history, oldest first.
    pub fn history<'a>(&'a self, key: &'a str) -> impl DoubleEndedIterator<Item = Figure> + 'a {
        self.measured.iter().filter_map(move |(on, entry)| {
            entry.get(key).map(|value| Figure {
                value: value.clone(),
                on: *on,
                kind: entry.kind,
                record: entry.id,
            })
        })
    }

    /// The latest figure up to and including a day.
    pub fn latest(&self, key: &str, on: NaiveDate) -> Option<Figure> {
        self.history(key).rev().find(|figure| figure.on <= on)
    }

    /// The latest number up to and including a day.
    pub fn number(&self, key: &str, on: NaiveDate) -> Option<i64> {
        self.latest(key, on)?.value.as_number()
    }

    /// Two figures of the latest record, up to and including a day, that holds both: a share is never made of counts
    /// of different days.
    pub fn latest_pair(&self, keys: [&str; 2], on: NaiveDate) -> Option<([i64; 2], NaiveDate)> {
        let up_to = self.measured.iter().rev().filter(|(day, _)| *day <= on);
        let pair = |(day, entry): &(NaiveDate, Entry)| Some(([entry.number(keys[0])?, entry.number(keys[1])?], *day));
        up_to.into_iter().find_map(pair)
    }

    /// The status, a code of `htx_status`, up to and including a day.
    pub fn status(&self, on: NaiveDate) -> Option<String> {
        self.latest("status", on)?.value.as_text().map(str::to_string)
    }

    /// Whether it was at work on a day; `None` where no status was ever noted by then.
    pub fn is_operating(&self, on: NaiveDate) -> Option<bool> {
        self.status(on).map(|status| is_operating(&status))
    }
}

/// Whether a status counts as at work.
pub fn is_operating(status: &str) -> bool {
    let code = catalog::list("htx_status").and_then(|list| list.get(status));
    code.is_some_and(|code| code.flag("operating"))
}

/// The latest figure of a cooperative up to and including a day; reads no further back than it has to. For several
/// figures, or a history, read [`Figures`] once.
pub fn latest(known: &dyn Known, cooperative: Id, key: &str, on: NaiveDate) -> Option<Figure> {
    latest_but(known, cooperative, key, on, None)
}

fn latest_but(known: &dyn Known, cooperative: Id, key: &str, on: NaiveDate, but: Option<Id>) -> Option<Figure> {
    let wanted = |entry: &Entry| Some(entry.id) != but && entry.get(key).is_some();
    let found = SOURCES
        .iter()
        .filter_map(|kind| known.latest(kind, "cooperative", cooperative, on, &wanted));
    let (day, entry) = found
        .filter_map(|entry| Some((entry.date("date")?, entry)))
        .max_by_key(|(day, entry)| (*day, entry.id))?;
    Some(Figure {
        value: entry.get(key)?.clone(),
        on: day,
        kind: entry.kind,
        record: entry.id,
    })
}

/// Where figures were measured: the record, the cooperative, the day.
#[derive(Clone, Copy, Debug)]
pub struct At {
    record: Option<Id>,
    cooperative: Option<Id>,
    on: Option<NaiveDate>,
}

impl At {
    /// Of a visit or a measurement.
    pub fn of(record: Option<Id>, cooperative: Option<Id>, on: Option<NaiveDate>) -> At {
        At {
            record,
            cooperative,
            on,
        }
    }
}

/// Warns where workers changed by half *and* by ten or more since the last measurement while the status did not.
pub fn check(measured: &Measured, before: Option<&Measured>, at: At, known: &dyn Known, findings: &mut Findings) {
    let changed = before.is_none_or(|before| before.workers != measured.workers || before.status != measured.status);
    let (Some(workers), Some(cooperative), Some(on)) = (measured.workers, at.cooperative, at.on) else {
        return;
    };
    if !changed {
        return;
    }
    let Some(last) = latest_but(known, cooperative, "workers", on, at.record) else {
        return;
    };
    let was = last.value.as_number().unwrap_or_default();
    let difference = (workers - was).abs();
    let same_status = measured.status.as_deref().is_none_or(|status| {
        let last = latest_but(known, cooperative, "status", on, at.record);
        last.is_some_and(|last| last.value.as_text() == Some(status))
    });
    if difference >= 10 && difference * 2 >= was && same_status {
        let day = format_date(last.on);
        let vi =
            format!("Lao động thay đổi nhiều: {was} ngày {day}, nay {workers}, mà tình trạng không đổi. Xem lại số.");
        let en = format!(
            "Workers changed much: {was} on {day}, now {workers}, yet the status is the same. Look at the figure."
        );
        findings.warn("big-change", "workers", Message::new(vi, en));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::domain::testing::{World, day};

    fn measured(world: &mut World, kind: &'static str, cooperative: Id, date: &str, figures: Json) -> Id {
        let mut record = json!({"date": date, "cooperative": cooperative.to_string()});
        if kind == "visit" {
            record["purposes"] = json!(["DANH_GIA"]);
        }
        record
            .as_object_mut()
            .unwrap()
            .extend(figures.as_object().unwrap().clone());
        world.add(kind, record)
    }

    #[test]
    fn the_status_is_the_latest_of_each_figure_wherever_it_was_entered() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        measured(
            &mut world,
            "measurement",
            htx,
            "2026-03-01",
            json!({"members": 44, "workers": 42, "capital": 1_200_000_000i64}),
        );
        let visit = measured(
            &mut world,
            "visit",
            htx,
            "2026-05-22",
            json!({"members": 45, "status": "TAM_NGUNG"}),
        );
        measured(
            &mut world,
            "visit",
            htx,
            "2026-04-14",
            json!({"members": 43, "status": "DANG_HOAT_DONG"}),
        );
        let figures = Figures::of(&world, htx);
        let today = world.today;
        let members = figures.latest("members", today).unwrap();
        assert_eq!(
            (members.value, members.on, members.kind, members.record),
            (Value::Number(45), today, "visit", visit)
        );
        assert_eq!(figures.number("members", day("2026-05-21")), Some(43));
        assert_eq!(figures.number("workers", today), Some(42));
        assert_eq!(figures.latest("capital", today).unwrap().on, day("2026-03-01"));
        assert_eq!(figures.latest("revenue", today), None);
        assert_eq!(
            (figures.is_operating(day("2026-04-14")), figures.is_operating(today)),
            (Some(true), Some(false))
        );
        assert_eq!(figures.is_operating(day("2026-03-31")), None);
        assert_eq!(latest(&world, htx, "workers", today), figures.latest("workers", today));
        let history: Vec<_> = figures
            .history("members")
            .filter_map(|figure| figure.value.as_number())
            .collect();
        assert_eq!(history, [44, 43, 45]);
    }

    #[test]
    fn of_one_day_the_figure_entered_last_stands() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        measured(&mut world, "visit", htx, "2026-05-20", json!({"members": 40}));
        measured(&mut world, "measurement", htx, "2026-05-20", json!({"members": 41}));
        let on = world.today;
        assert_eq!(Figures::of(&world, htx).number("members", on), Some(41));
        assert_eq!(latest(&world, htx, "members", on).unwrap().value, Value::Number(41));
    }

    #[test]
    fn a_share_is_never_made_of_counts_of_different_days() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        measured(
            &mut world,
            "visit",
            htx,
            "2026-04-14",
            json!({"workers": 40, "workers_women": 30}),
        );
        measured(&mut world, "visit", htx, "2026-05-22", json!({"workers": 42}));
        let pair = Figures::of(&world, htx).latest_pair(["workers", "workers_women"], world.today);
        assert_eq!(pair, Some(([40, 30], day("2026-04-14"))));
    }

    #[test]
    fn workers_changed_by_half_and_by_ten_under_the_same_status_is_doubtful() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        measured(
            &mut world,
            "visit",
            htx,
            "2026-04-14",
            json!({"workers": 20, "status": "DANG_HOAT_DONG"}),
        );
        let rules = |figures: Json| {
            let mut visit = json!({"date": "2026-05-22", "cooperative": htx.to_string(), "purposes": ["DANH_GIA"]});
            visit
                .as_object_mut()
                .unwrap()
                .extend(figures.as_object().unwrap().clone());
            world.rules("visit", visit)
        };
        for big in [
            json!({"workers": 30}),
            json!({"workers": 10, "status": "DANG_HOAT_DONG"}),
            json!({"workers": 0}),
        ] {
            assert_eq!(rules(big.clone()), ["warning big-change:workers"], "{big}");
        }
        for fine in [
            json!({"workers": 29}),
            json!({"workers": 11}),
            json!({"workers": 5, "status": "TAM_NGUNG"}),
        ] {
            assert!(rules(fine.clone()).is_empty(), "{fine}");
        }
    }

    #[test]
    fn a_record_is_not_compared_with_itself_and_an_earlier_one_not_with_a_later() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = measured(&mut world, "visit", htx, "2026-04-14", json!({"workers": 20}));
        assert!(world.edit_rules(id, json!({"workers": 60})).is_empty());
        let earlier = json!({"date": "2026-03-01", "cooperative": htx.to_string(), "workers": 80});
        assert!(world.rules("measurement", earlier).is_empty());
    }
}
