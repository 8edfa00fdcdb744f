//! What the home screen shows, read in one go on a thread: the week so far, what waits, the latest records. Everything
//! comes from the date and reference indexes and from the weekly summary, so that home and report cannot differ.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::domain::catalog;
use crate::domain::catalog::units::Unit;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::domain::unit_tree::{Scope, UnitTree};
use crate::report::filings::{self, Deadline};
use crate::report::weekly::attention::Topic;
use crate::report::weekly::{self, Attention, Sent, WeeklySummary, next_week};
use crate::store::{Order, Read, StoreError};
use crate::ui::screen::home::latest::{self, Latest};
use crate::vietnamese::date::format_date;

/// How far back a visit that was agreed and not made is still called due.
const FOLLOWED: Days = Days::new(180);
/// Follow-ups that are named; the rest are counted.
const NAMED: usize = 3;

/// How urgent a line is; each has its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Late.
    Late,
    /// To come.
    Coming,
}

/// What a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// A record.
    Record(&'static str, Id),
    /// Several, behind a title.
    Records(Message, Vec<Id>),
    /// The report of a half-year or a year.
    Report,
    /// Who below has handed in a report.
    Filings(Deadline),
    /// Which unit takes the records of a split commune.
    Split(&'static str),
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// How urgent.
    pub urgency: Urgency,
    /// When, or how late.
    pub when: Message,
    /// What.
    pub what: Message,
    /// What Enter opens.
    pub leads: Leads,
}

/// All that home shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The day it was read on.
    pub today: NaiveDate,
    /// The week's figures so far; none before the office is set.
    pub week: Option<(WeeklySummary, Option<Sent>)>,
    /// What waits, the most urgent first.
    pub todo: Vec<Todo>,
    /// The latest records, by their days.
    pub latest: Vec<Latest>,
}

impl Overview {
    /// Reads it.
    pub fn read(read: &dyn Read) -> Result<Overview, StoreError> {
        let today = read.today();
        let mut overview = Overview {
            today,
            week: None,
            todo: Vec::new(),
            latest: latest::read(read, today)?,
        };
        let Some(office) = read.office() else {
            return Ok(overview);
        };
        let week = Period::week_of(today, read.settings().week_start.weekday());
        let before = week.previous().unwrap_or(week);
        let summary = weekly::collect(read, week, &office)?;
        let tree = weekly::tree(read)?;
        let scope = tree.scope(&office, week.to);
        overview.todo = follow_ups(read, &scope, today)?;
        overview.todo.extend(late(&summary.attention));
        overview.todo.extend(owed(read, &office, today)?);
        overview.todo.extend(split(read, &tree, &office, today)?);
        overview.todo.extend(coming(read, &tree, &scope, before, today)?);
        overview.todo.extend(of_next_week(&summary, today));
        overview.todo.extend(neglected(&summary.attention));
        overview.week = Some((summary, Sent::of(read, before, &office)?));
        Ok(overview)
    }

    /// Whether the logbook has nothing in it yet.
    pub fn is_blank(&self) -> bool {
        self.latest.is_empty()
    }
}

/// Visits that were agreed for today or earlier and not made since, the longest waiting last.
fn follow_ups(read: &dyn Read, scope: &Scope<'_>, today: NaiveDate) -> Result<Vec<Todo>, StoreError> {
    let from = today.checked_sub_days(FOLLOWED);
    let mut due = Vec::new();
    for item in read.dated("visit", "next_visit", from, Some(today), Order::Backward) {
        let item = item?;
        let Some(cooperative) = item.cover.id("cooperative").filter(|_| scope.holds(item.cover.unit())) else {
            continue;
        };
        let last = read.refers(cooperative, "visit", "cooperative", Order::Backward).next();
        if last.transpose()?.is_some_and(|last| last.id == item.id) {
            due.push((item.on, item.id, cooperative));
        }
    }
    let mut todo = Vec::new();
    for (on, visit, cooperative) in due.iter().take(NAMED).copied() {
        let visit = read.get("visit", visit)?;
        todo.push(Todo {
            urgency: Urgency::Late,
            when: lateness((today - on).num_days()),
            what: agreed(read, cooperative, visit.as_ref())?,
            leads: Leads::Record("cooperative", cooperative),
        });
    }
    if let Some(rest) = due.get(NAMED..).filter(|rest| !rest.is_empty()) {
        let count = rest.len();
        let what = Message::new(
            format!("và {count} lượt hẹn thăm khác"),
            format!("and {count} more visits agreed"),
        );
        todo.push(Todo {
            urgency: Urgency::Late,
            when: Message::new("Đến hẹn", "Due"),
            what: what.clone(),
            leads: Leads::Records(what, rest.iter().map(|(_, visit, _)| *visit).collect()),
        });
    }
    Ok(todo)
}

/// "HTX May Đông Hải · xem lại hồ sơ vay": what was advised last time is what there is to look at.
fn agreed(read: &dyn Read, cooperative: Id, visit: Option<&Entry>) -> Result<Message, StoreError> {
    let name = read.name_of("cooperative", cooperative)?;
    let advice = visit.and_then(|visit| visit.text("advice")?.lines().next().map(str::to_owned));
    Ok(match advice {
        Some(advice) => Message::new(format!("{name} · {advice}"), format!("{name} · {advice}")),
        None => Message::new(format!("Thăm {name}"), format!("Visit {name}")),
    })
}

fn lateness(days: i64) -> Message {
    match days {
        0 => Message::new("Hẹn hôm nay", "Due today"),
        1 => Message::new("Quá hẹn 1 ngày", "1 day late"),
        days => Message::new(format!("Quá hẹn {days} ngày"), format!("{days} days late")),
    }
}

/// Issues past due, and cooperatives that stopped: each by name.
fn late(points: &[Attention]) -> Vec<Todo> {
    let mut todo = Vec::new();
    for point in points {
        let (when, kind) = match point.topic {
            Topic::Overdue => (Message::new("Quá hạn xử lý", "Past due"), "issue"),
            Topic::Stopped => (Message::new("Ngừng hoạt động", "Stopped"), "cooperative"),
            _ => continue,
        };
        todo.extend(named(point, &when, kind));
    }
    todo
}

/// Those a point names, and the rest counted.
fn named(point: &Attention, when: &Message, kind: &'static str) -> Vec<Todo> {
    let line = |what: Message, leads: Leads| Todo {
        urgency: Urgency::Late,
        when: when.clone(),
        what,
        leads,
    };
    let mut todo: Vec<Todo> = point
        .named
        .iter()
        .map(|named| line(named.text.clone(), Leads::Record(kind, named.id)))
        .collect();
    if point.others > 0 {
        let what = Message::new(
            format!("và {} trường hợp khác", point.others),
            format!("and {} more", point.others),
        );
        todo.push(line(what, Leads::Records(point.text.clone(), point.ids.clone())));
    }
    todo
}

/// Reports of the units below that are due or late, with the units that have not sent.
fn owed(read: &dyn Read, office: &str, today: NaiveDate) -> Result<Vec<Todo>, StoreError> {
    let mut todo = Vec::new();
    for (deadline, owed) in filings::open(read, office, today)? {
        let missing: Vec<&str> = owed
            .iter()
            .filter(|owed| !owed.has_come(today))
            .map(|owed| owed.name.as_str())
            .collect();
        let label = catalog::list("report_kind").and_then(|list| list.get(&deadline.report));
        let label = label.map(|code| code.label).unwrap_or_default();
        let (count, of, names) = (missing.len(), owed.len(), missing.join(", "));
        let late = (today - deadline.due).num_days();
        let (urgency, when) = match late > 0 {
            true => (Urgency::Late, lateness(late)),
            false => {
                let due = format_date(deadline.due);
                (
                    Urgency::Coming,
                    Message::new(format!("Hạn {due}"), format!("Due {due}")),
                )
            }
        };
        todo.push(Todo {
            urgency,
            when,
            what: Message::new(
                format!("{}: {count}/{of} đơn vị chưa gửi: {names}", label.vi),
                format!("{}: {count} of {of} units have not sent: {names}", label.en),
            ),
            leads: Leads::Filings(deadline),
        });
    }
    Ok(todo)
}

/// Communes that were split, with cooperatives on record, of which the officer has not said where their records go.
fn split(read: &dyn Read, tree: &UnitTree, office: &str, today: NaiveDate) -> Result<Vec<Todo>, StoreError> {
    let mut open = tree.undecided(office, today);
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let mut named = HashSet::new();
    for item in read.covers("cooperative") {
        named.extend(item?.1.unit().map(str::to_owned));
    }
    open.retain(|unit| named.contains(unit.uid));
    let line = |unit: Unit<'static>| {
        let (name, parts) = (unit.name, catalog::units().successors(unit.uid).len());
        Todo {
            urgency: Urgency::Late,
            when: Message::new("Chia tách", "Split"),
            what: Message::new(
                format!("{name} (cũ) đã chia cho {parts} đơn vị: chọn nơi nhận số liệu"),
                format!("{name} (old) went to {parts} units: choose which takes its records"),
            ),
            leads: Leads::Split(unit.uid),
        }
    };
    Ok(open.into_iter().map(line).collect())
}

/// What still lies ahead in this week: the week after the one before.
fn coming(
    read: &dyn Read,
    tree: &UnitTree,
    scope: &Scope<'_>,
    before: Period,
    today: NaiveDate,
) -> Result<Vec<Todo>, StoreError> {
    let coming = next_week::collect(read, tree, scope, before)?;
    // A visit agreed for today is among those that are due.
    let ahead = |coming: &&next_week::Coming| coming.on > today || coming.on == today && coming.kind != "visit";
    Ok(coming
        .iter()
        .filter(ahead)
        .map(|coming| to_come(coming, today))
        .collect())
}

fn to_come(coming: &next_week::Coming, today: NaiveDate) -> Todo {
    let leads = match coming.ids.as_slice() {
        [one] => Leads::Record(coming.kind, *one),
        several => Leads::Records(coming.text.clone(), several.to_vec()),
    };
    Todo {
        urgency: Urgency::Coming,
        when: match (coming.on - today).num_days() {
            0 => Message::new("Hôm nay", "Today"),
            1 => Message::new("Ngày mai", "Tomorrow"),
            _ => coming.day(),
        },
        what: upper_first(&coming.text),
        leads,
    }
}

fn of_next_week(summary: &WeeklySummary, today: NaiveDate) -> Vec<Todo> {
    let deadline = summary.attention.iter().filter(|point| point.topic == Topic::Deadline);
    let deadline = deadline.map(|point| Todo {
        urgency: Urgency::Coming,
        when: Message::new("Hạn báo cáo", "Report due"),
        what: point.text.clone(),
        leads: match point.ids.first() {
            Some(filing) => Leads::Record("filing", *filing),
            None => Leads::Report,
        },
    });
    let ahead = summary.next_week.iter().map(|coming| to_come(coming, today));
    ahead.chain(deadline).collect()
}

/// Cooperatives long not visited, each by name, and those whose figures have grown old, counted.
fn neglected(points: &[Attention]) -> Vec<Todo> {
    let mut todo = Vec::new();
    for point in points {
        match point.topic {
            Topic::NotVisited => todo.extend(named(
                point,
                &Message::new("Lâu chưa thăm", "Long unvisited"),
                "cooperative",
            )),
            Topic::OldFigures => todo.push(Todo {
                urgency: Urgency::Late,
                when: Message::new("Số liệu cũ", "Old figures"),
                what: point.text.clone(),
                leads: Leads::Records(point.text.clone(), point.ids.clone()),
            }),
            _ => {}
        }
    }
    todo
}

/// With a capital at its start, as lines of a list have it.
fn upper_first(text: &Message) -> Message {
    let raised = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    Message::new(raised(&text.vi), raised(&text.en))
}
