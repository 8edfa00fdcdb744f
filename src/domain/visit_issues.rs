//! The issues that a visit opens: one for each difficulty it names, unless one of that code is open at that cooperative.
//! Editing or deleting the visit changes or removes those that nobody has touched since, and opens those newly named.

use super::entry::Entry;
use super::id::Id;
use super::issue::{Issue, is_open};
use super::known::Known;
use super::record::{Change, Common, Record};
use super::visit::Visit;

/// What saving or deleting a visit changes in issues.
pub fn changes(before: Option<&Visit>, after: Option<&Visit>, known: &dyn Known) -> Vec<Change> {
    let opened = before.map(|before| opened_by(before, known)).unwrap_or_default();
    let mut changes = Vec::new();
    let mut gone = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    for issue in &opened {
        let Some(before) = before.filter(|before| is_untouched(issue, before)) else {
            continue;
        };
        let code = issue.text("difficulty").unwrap_or_default();
        match after.and_then(|after| wanted(after, before, code, known)) {
            Some(wanted) => {
                kept.push(code.to_string());
                if let Some(changed) = rewritten(issue, &wanted) {
                    changes.push(Change::Save(changed));
                }
            }
            None => {
                gone.push(issue.id);
                changes.push(Change::Delete("issue", issue.id));
            }
        }
    }
    let newly_named = after.iter().flat_map(|after| {
        let moved = before.is_none_or(|before| before.cooperative != after.cooperative);
        let named_before =
            move |code: &String| !moved && before.is_some_and(|before| before.difficulties.contains(code));
        codes(after).into_iter().filter(move |code| !named_before(code))
    });
    for code in newly_named.filter(|code| !kept.contains(code)) {
        if let Some(after) = after.filter(|after| !is_open_at(after.cooperative, &code, &gone, known))
            && let Some(issue) = issue_of(after, &code)
        {
            changes.push(Change::Save(entry_of(&issue, new_id(after, &code, known))));
        }
    }
    changes
}

/// The difficulties of a visit, each once.
fn codes(visit: &Visit) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in &visit.difficulties {
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    codes
}

/// The issues that stand at the visit's cooperative and name the visit.
fn opened_by(visit: &Visit, known: &dyn Known) -> Vec<Entry> {
    let Some(cooperative) = visit.cooperative else {
        return Vec::new();
    };
    let mut issues = known.referring("issue", "cooperative", cooperative);
    issues.retain(|issue| visit.common.id.is_some() && issue.reference("visit") == visit.common.id);
    issues
}

/// The issue as the edited visit would have it; none where it no longer names the code, or went to a cooperative where
/// one of that code is open.
fn wanted(after: &Visit, before: &Visit, code: &str, known: &dyn Known) -> Option<Issue> {
    let moved = after.cooperative != before.cooperative;
    let open_there = moved && is_open_at(after.cooperative, code, &[], known);
    after
        .difficulties
        .iter()
        .any(|named| named == code && !open_there)
        .then(|| issue_of(after, code))
        .flatten()
}

/// The issue that a visit opens for a code.
fn issue_of(visit: &Visit, code: &str) -> Option<Issue> {
    let place = visit.difficulties.iter().position(|named| named == code)?;
    Some(Issue {
        common: Common {
            id: None,
            unit: visit.common.unit.clone(),
            note: None,
            programmes: visit.common.programmes.clone(),
        },
        cooperative: visit.cooperative,
        opened_on: visit.date,
        difficulty: Some(code.to_string()),
        text: visit.difficulty_text.get(place).cloned(),
        state: Some("MOI".to_string()),
        visit: visit.common.id,
        ..Issue::default()
    })
}

fn entry_of(issue: &Issue, id: Id) -> Entry {
    let mut entry = Entry {
        id,
        ..Entry::new(Issue::KEY)
    };
    issue.write(&mut entry);
    entry
}

/// Whether an issue is still exactly what the visit wrote.
fn is_untouched(issue: &Entry, visit: &Visit) -> bool {
    let written = issue
        .text("difficulty")
        .and_then(|code| issue_of(visit, code))
        .map(|wrote| entry_of(&wrote, issue.id));
    written.is_some_and(|written| written.values == issue.values)
}

/// The issue with the values wanted, if that changes it.
fn rewritten(issue: &Entry, wanted: &Issue) -> Option<Entry> {
    let wanted = entry_of(wanted, issue.id);
    (wanted.values != issue.values).then_some(wanted)
}

fn is_open_at(cooperative: Option<Id>, code: &str, gone: &[Id], known: &dyn Known) -> bool {
    let issues = cooperative.map(|id| known.referring("issue", "cooperative", id));
    issues.unwrap_or_default().iter().any(|issue| {
        issue.text("difficulty") == Some(code) && !gone.contains(&issue.id) && issue.text("state").is_some_and(is_open)
    })
}

/// An id that follows from the visit's own and the code, so that the same visits give the same issues; another one where
/// an issue that the visit opened before still stands under it.
fn new_id(visit: &Visit, code: &str, known: &dyn Known) -> Id {
    let Some(id) = visit.common.id else { return Id::now() };
    let first = std::iter::once(code.to_string());
    let more = (2..100).map(|round| format!("{code} {round}"));
    let mut ids = first.chain(more).map(|salt| id.derived(&salt));
    ids.find(|id| known.record("issue", *id).is_none())
        .unwrap_or_else(Id::now)
}
