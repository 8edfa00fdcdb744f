//! Points to note: cooperatives that stopped or started again, changes of managers, those long not visited, figures grown old, issues past
//! due, the next deadline. Each names five at most and counts the rest.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::lines::in_sentence;
use super::{deadlines, managers, neglect};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::figures::{SOURCES, is_operating};
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::domain::unit_tree::Scope;
use crate::indicator::recent::Recent;
use crate::store::{Order, Read, StoreError};
use crate::vietnamese::date::{Partial, format_date};

/// How many are named; the rest are counted.
pub(super) const NAMED: usize = 5;

/// What a point is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Cooperatives that stopped working.
    Stopped,
    /// Cooperatives that work again.
    Restarted,
    /// Managing roles that began or ended.
    Managers,
    /// Cooperatives at work that nobody visited for more than 90 days.
    NotVisited,
    /// Cooperatives at work whose women workers were last counted more than 12 months ago.
    OldFigures,
    /// Issues past due.
    Overdue,
    /// The next report that is due.
    Deadline,
}

impl Topic {
    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Topic::Stopped => "STOPPED",
            Topic::Restarted => "RESTARTED",
            Topic::Managers => "MANAGERS",
            Topic::NotVisited => "NOT_VISITED",
            Topic::OldFigures => "OLD_FIGURES",
            Topic::Overdue => "OVERDUE",
            Topic::Deadline => "DEADLINE",
        }
    }
}

/// One point to note.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    /// What it is about.
    pub topic: Topic,
    /// The point in a sentence without an end, naming nobody.
    pub text: Message,
    /// Those that are named.
    pub named: Vec<Named>,
    /// How many more there are.
    pub others: usize,
    /// All records it is about.
    pub ids: Vec<Id>,
}

/// One of those that a point names.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The record.
    pub id: Id,
    /// Its name and what is the matter.
    pub text: Message,
}

impl Attention {
    pub(super) fn new(topic: Topic, text: Message, ids: Vec<Id>) -> Attention {
        Attention {
            topic,
            text,
            named: Vec::new(),
            others: 0,
            ids,
        }
    }

    pub(super) fn naming(mut self, named: Vec<Named>) -> Attention {
        self.others = self.ids.len().saturating_sub(named.len());
        self.named = named;
        self
    }
}

/// What is to be noted of cooperatives in a period as of a day: these points come first.
pub fn of_cooperatives(
    read: &dyn Read,
    scope: &Scope<'_>,
    period: Period,
    as_of: NaiveDate,
) -> Result<Vec<Attention>, StoreError> {
    let recent = Recent::read(read, period.to)?;
    let mut points = status_changes(read, scope, period, &recent)?;
    points.extend(managers::changes(read, scope, period)?);
    points.extend(neglect::points(read, scope, as_of, &recent)?);
    Ok(points)
}

/// What is due as of a day: issues that are over it by the period's end, the next report. These points come last.
pub fn of_deadlines(
    read: &dyn Read,
    scope: &Scope<'_>,
    period: Period,
    as_of: NaiveDate,
    overdue: &[Id],
) -> Result<Vec<Attention>, StoreError> {
    let points = [
        past_due(read, overdue, period.to)?,
        deadlines::next(read, scope, as_of)?,
    ];
    Ok(points.into_iter().flatten().collect())
}

/// Cooperatives whose status changed in the period between at work and stopped.
fn status_changes(
    read: &dyn Read,
    scope: &Scope<'_>,
    period: Period,
    recent: &Recent<'_>,
) -> Result<Vec<Attention>, StoreError> {
    let mut noted = BTreeMap::new();
    for kind in SOURCES {
        for item in read.dated(kind, "date", Some(period.from), Some(period.to), Order::Forward) {
            let item = item?;
            if let (Some(cooperative), Some(_)) = (item.cover.id("cooperative"), item.cover.text("status")) {
                noted.insert(cooperative, ());
            }
        }
    }
    let (mut stopped, mut restarted) = (Vec::new(), Vec::new());
    for cooperative in noted.into_keys() {
        let cover = read.cover("cooperative", cooperative)?;
        if !cover.is_some_and(|cover| scope.holds(cover.unit())) {
            continue;
        }
        let before = match period.from.pred_opt() {
            Some(eve) => recent.latest(cooperative, "status", eve)?,
            None => None,
        };
        let Some(now) = recent.latest(cooperative, "status", period.to)? else {
            continue;
        };
        let code = now.text("status").unwrap_or_default();
        let had_stopped = before.is_some_and(|before| before.text("status").is_some_and(has_stopped));
        let changed = match (has_stopped(code), had_stopped) {
            (true, false) => &mut stopped,
            (false, true) if is_operating(code) => &mut restarted,
            _ => continue,
        };
        if let Some(entry) = read.get("cooperative", cooperative)? {
            let source = read.get(now.kind, now.id)?;
            changed.push(status_named(read, &entry, code, source.as_ref())?);
        }
    }
    let point = |topic, named: Vec<Named>, vi: &str, en: &str| {
        let count = named.len();
        let ids = named.iter().map(|named| named.id).collect();
        let text = Message::new(format!("{count} {vi}"), format!("{count} {en}"));
        // A change of status is always told in full: five a week would be many.
        (count > 0).then(|| Attention::new(topic, text, ids).naming(named))
    };
    let points = [
        point(
            Topic::Stopped,
            stopped,
            "HTX, THT ngừng hoạt động trong tuần",
            "cooperatives stopped in the week",
        ),
        point(
            Topic::Restarted,
            restarted,
            "HTX, THT hoạt động trở lại trong tuần",
            "cooperatives started again in the week",
        ),
    ];
    Ok(points.into_iter().flatten().collect())
}

/// Stopped after it had begun: one in preparation has not stopped.
fn has_stopped(status: &str) -> bool {
    !is_operating(status) && !matches!(status, "DU_KIEN" | "CHO_DANG_KY")
}

/// "HTX An Khang: tạm ngừng từ 18/05/2026 (thiếu vốn lưu động); đã kiến nghị".
fn status_named(read: &dyn Read, cooperative: &Entry, code: &str, source: Option<&Entry>) -> Result<Named, StoreError> {
    let label = catalog::list("htx_status")
        .and_then(|list| list.get(code))
        .map(|code| code.short());
    let label = label.unwrap_or_default();
    let mut text = Message::new(in_sentence(label.vi), in_sentence(label.en));
    let since: Option<Partial> = source.and_then(|source| source.field("status_since"));
    let on = since.or_else(|| source.and_then(|source| source.date("date")).map(Partial::Day));
    if let Some(on) = on {
        text = Message::new(format!("{} từ {on}", text.vi), format!("{} since {on}", text.en));
    }
    let reasons: Vec<String> = source.map(|source| source.field("difficulty_text")).unwrap_or_default();
    if has_stopped(code) && !reasons.is_empty() {
        let reasons = reasons.join("; ");
        text = Message::new(format!("{} ({reasons})", text.vi), format!("{} ({reasons})", text.en));
    }
    for issue in read.refers(cooperative.id, "issue", "cooperative", Order::Backward) {
        if issue?.cover.text("state") == Some("DA_KIEN_NGHI") {
            text = Message::new(
                format!("{}; đã kiến nghị cấp trên", text.vi),
                format!("{}; escalated", text.en),
            );
            break;
        }
    }
    let name = cooperative.text("name").unwrap_or_default();
    Ok(Named {
        id: cooperative.id,
        text: Message::new(format!("{name}: {}", text.vi), format!("{name}: {}", text.en)),
    })
}

/// Issues past due on the last day, the longest first.
fn past_due(read: &dyn Read, overdue: &[Id], last: NaiveDate) -> Result<Option<Attention>, StoreError> {
    let mut issues = Vec::new();
    for id in overdue {
        if let Some(issue) = read.get("issue", *id)?
            && let Some(due) = issue.date("due")
        {
            issues.push((due, issue));
        }
    }
    issues.arrange_by_key(|(due, issue)| (*due, issue.id));
    let mut named = Vec::new();
    for (due, issue) in issues.iter().take(NAMED) {
        let whose = match issue.reference("cooperative") {
            Some(cooperative) => read.name_of("cooperative", cooperative)?,
            None => String::new(),
        };
        let list = catalog::list("difficulty");
        let what = issue
            .text("difficulty")
            .and_then(|code| list?.get(code))
            .map(|code| code.short());
        let what = what.unwrap_or_default();
        let (day, days) = (format_date(*due), (last - *due).num_days());
        named.push(Named {
            id: issue.id,
            text: Message::new(
                format!("{whose}: {} (hạn {day}, quá {days} ngày)", in_sentence(what.vi)),
                format!("{whose}: {} (due {day}, {days} days over)", in_sentence(what.en)),
            ),
        });
    }
    let ids: Vec<Id> = issues.iter().map(|(_, issue)| issue.id).collect();
    let text = Message::new(
        format!("{} khó khăn, vướng mắc quá hạn xử lý", ids.len()),
        format!("{} issues past due", ids.len()),
    );
    Ok((!ids.is_empty()).then(|| Attention::new(Topic::Overdue, text, ids).naming(named)))
}

/// So many days before a day, as far as the calendar goes.
pub(super) fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
