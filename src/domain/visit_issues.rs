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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::testing::World;

    fn codes_of(world: &World) -> Vec<(String, String)> {
        let part = |entry: &Entry, key| entry.text(key).unwrap_or_default().to_string();
        let mut issues: Vec<_> = world
            .all("issue")
            .iter()
            .map(|issue| (part(issue, "difficulty"), part(issue, "state")))
            .collect();
        issues.sort();
        issues
    }

    fn moi(code: &str) -> (String, String) {
        (code.to_string(), "MOI".to_string())
    }

    fn visit(world: &mut World, cooperative: Id, difficulties: &[&str]) -> Id {
        world.add(
            "visit",
            json!({"date": "2026-05-22", "cooperative": cooperative.to_string(), "purposes": ["DANH_GIA"],
                "difficulties": difficulties, "difficulty_text": ["thiếu vốn lưu động", "chưa có đầu ra"]}),
        )
    }

    fn issue(world: &World, code: &str) -> Entry {
        let found = world
            .all("issue")
            .into_iter()
            .find(|issue| issue.text("difficulty") == Some(code));
        found.unwrap()
    }

    #[test]
    fn each_difficulty_opens_an_issue_with_the_visits_day_unit_and_programmes() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = visit(&mut world, htx, &["VON", "THI_TRUONG", "VON"]);
        assert_eq!(codes_of(&world), [moi("THI_TRUONG"), moi("VON")]);
        let opened = issue(&world, "THI_TRUONG");
        assert_eq!(opened.date("opened_on"), world.entry(id).date("date"));
        assert_eq!(opened.text("text"), Some("chưa có đầu ra"));
        assert_eq!(opened.unit(), Some("C12472-B"));
        assert!(opened.names("programmes", "DA01"));
        assert_eq!(opened.reference("visit"), Some(id));
    }

    #[test]
    fn none_is_opened_where_one_of_that_code_is_open_but_one_is_where_it_was_closed() {
        let mut world = World::new();
        let (htx, other) = (world.cooperative("HTX An Khang"), world.cooperative("HTX May Trà Lý"));
        visit(&mut world, htx, &["VON"]);
        visit(&mut world, htx, &["VON"]);
        assert_eq!(codes_of(&world).len(), 1);
        visit(&mut world, other, &["VON"]);
        assert_eq!(codes_of(&world).len(), 2);
        for issue in world.all("issue") {
            world.edit(issue.id, json!({"state": "DA_GIAI_QUYET"}));
        }
        visit(&mut world, htx, &["VON"]);
        assert_eq!(codes_of(&world).len(), 3);
    }

    #[test]
    fn editing_a_visit_changes_and_removes_untouched_issues_and_opens_those_newly_named() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = visit(&mut world, htx, &["VON", "THI_TRUONG"]);
        let kept = issue(&world, "VON").id;
        world.edit(
            id,
            json!({"date": "2026-05-21", "difficulties": ["VON", "HA_TANG"], "difficulty_text": ["hết vốn"]}),
        );
        assert_eq!(codes_of(&world), [moi("HA_TANG"), moi("VON")]);
        let changed = world.entry(kept);
        assert_eq!(changed.text("text"), Some("hết vốn"));
        assert_eq!(changed.date("opened_on"), world.entry(id).date("date"));
    }

    #[test]
    fn an_issue_that_somebody_touched_stays_as_it_is() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = visit(&mut world, htx, &["VON", "THI_TRUONG"]);
        let touched = issue(&world, "VON").id;
        world.edit(touched, json!({"state": "DANG_XU_LY"}));
        world.edit(id, json!({"date": "2026-05-20", "difficulties": null}));
        let left = world.all("issue");
        assert_eq!(left.iter().map(|issue| issue.id).collect::<Vec<_>>(), [touched]);
        assert_eq!(
            left[0].date("opened_on"),
            Some(crate::domain::testing::day("2026-05-22"))
        );
        world.delete(id);
        assert_eq!(world.all("issue").len(), 1);
    }

    #[test]
    fn a_solved_issue_is_not_opened_again_by_an_edit_of_its_visit() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = visit(&mut world, htx, &["VON"]);
        let solved = issue(&world, "VON").id;
        world.edit(solved, json!({"state": "DA_GIAI_QUYET"}));
        world.edit(id, json!({"advice": "hướng dẫn hồ sơ vay"}));
        assert_eq!(world.all("issue").len(), 1);
    }

    #[test]
    fn deleting_a_visit_removes_its_untouched_issues() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = visit(&mut world, htx, &["VON", "THI_TRUONG"]);
        world.delete(id);
        assert!(world.all("issue").is_empty());
    }

    #[test]
    fn a_visit_moved_to_another_cooperative_takes_its_issues_along() {
        let mut world = World::new();
        let (htx, other) = (world.cooperative("HTX An Khang"), world.cooperative("HTX May Trà Lý"));
        visit(&mut world, other, &["THI_TRUONG"]);
        let id = visit(&mut world, htx, &["VON", "THI_TRUONG"]);
        world.edit(id, json!({"cooperative": other.to_string()}));
        assert_eq!(codes_of(&world), [moi("THI_TRUONG"), moi("VON")]);
        assert!(
            world
                .all("issue")
                .iter()
                .all(|issue| issue.reference("cooperative") == Some(other))
        );
    }

    #[test]
    fn the_same_visit_gives_its_issues_the_same_ids() {
        let id = Id::at(1_779_408_000_000, [7; 10]);
        assert_eq!(id.derived("VON"), id.derived("VON"));
        assert_ne!(id.derived("VON"), id.derived("THI_TRUONG"));
        assert_eq!(id.derived("VON").entered_on(), id.entered_on());
    }
}
