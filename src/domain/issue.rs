//! Issues: a difficulty of a cooperative, followed from the day it was noted until it is solved or given up.

use super::catalog;
use super::finding::Findings;
use super::known::{Known, name_of};
use super::programme::{self, Line};
use super::record::Rules;
use super::text::Message;
use super::title;
use crate::record;

record! {
    /// A difficulty being followed.
    pub struct Issue: "issue" = ("Khó khăn, vướng mắc", "Issue") {
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
        opened_on: Date = ("Ngày ghi nhận", "Noted on") [required, indexed],
        difficulty: Choice["difficulty"] = ("Khó khăn", "Difficulty") [required],
        text: Lines = ("Nội dung", "In words"),
        state: Choice["issue_state"] = ("Tình trạng xử lý", "State") [required],
        due: Date = ("Hạn xử lý", "Due") [coming, indexed],
        escalated_to: Text = ("Kiến nghị với", "Raised with"),
        escalated_on: Date = ("Ngày kiến nghị", "Raised on") [indexed, beside],
        reply: Lines = ("Trả lời, kết quả", "Reply"),
        closed_on: Date = ("Ngày kết thúc", "Closed on") [indexed, not_before("opened_on")],
        visit: Ref["visit"] = ("Từ lượt thăm", "From visit") [block("Khác", "More")],
    }
}

/// Whether a state waits for an end.
pub fn is_open(state: &str) -> bool {
    let code = catalog::list("issue_state").and_then(|list| list.get(state));
    code.is_some_and(|code| code.flag("open"))
}

impl Rules for Issue {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("opened_on");
    const COVER: &'static [&'static str] = &[
        "cooperative",
        "state",
        "difficulty",
        "opened_on",
        "escalated_on",
        "due",
        "closed_on",
    ];

    fn title(&self, known: &dyn Known) -> String {
        let difficulty = title::label("difficulty", self.difficulty.as_deref());
        title::dated(
            self.opened_on,
            &[&name_of(known, "cooperative", self.cooperative), difficulty],
        )
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        let state = self.state.as_deref().unwrap_or_default();
        let set = before.is_none_or(|before| before.state != self.state);
        let open = is_open(state);
        if set && !open && !state.is_empty() && self.closed_on.is_none() {
            self.closed_on = Some(known.today());
        }
        if set && state == "DA_KIEN_NGHI" && self.escalated_on.is_none() {
            self.escalated_on = Some(known.today());
        }
        // Taken up again: the day on which it was closed no longer holds.
        if set && open && before.is_some_and(|before| before.closed_on == self.closed_on) {
            self.closed_on = None;
        }
        // What a visit opened belongs where the visit belongs.
        if self.visit.is_none() {
            programme::follow(self, before, |issue| {
                let opened = issue.opened_on.map(|on| programme::in_force(Line::Cooperatives, on));
                opened.unwrap_or_default()
            });
        }
    }

    fn check(&self, before: Option<&Self>, _: &dyn Known, findings: &mut Findings) {
        let dates = |issue: &Issue| (issue.opened_on, issue.escalated_on);
        if before.is_some_and(|before| dates(before) == dates(self)) {
            return;
        }
        if let (Some(opened), Some(escalated)) = dates(self)
            && escalated < opened
        {
            let vi = "Ngày kiến nghị trước ngày ghi nhận. Xem lại ngày.";
            let en = "It was raised before it was noted. Look at the dates.";
            findings.warn("raised-before-noted", "escalated_on", Message::new(vi, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::domain::testing::{World, day};

    fn issue(world: &mut World, more: Json) -> Json {
        let htx = world.cooperative("HTX An Khang");
        let mut issue =
            json!({"cooperative": htx.to_string(), "opened_on": "2026-05-01", "difficulty": "VON", "state": "MOI"});
        issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        issue
    }

    #[test]
    fn a_state_stamps_its_day_where_the_officer_leaves_it_empty() {
        let mut world = World::new();
        let plain = issue(&mut world, json!({}));
        let id = world.add("issue", plain);
        assert_eq!(world.entry(id).date("closed_on"), None);
        world.edit(id, json!({"state": "DA_KIEN_NGHI"}));
        assert_eq!(world.entry(id).date("escalated_on"), Some(world.today));
        world.edit(id, json!({"state": "DA_GIAI_QUYET", "closed_on": "2026-05-20"}));
        assert_eq!(world.entry(id).date("closed_on"), Some(day("2026-05-20")));
        world.edit(id, json!({"state": "DANG_XU_LY"}));
        assert_eq!(world.entry(id).date("closed_on"), None, "taken up again");
        world.edit(id, json!({"state": "KHONG_GIAI_QUYET"}));
        assert_eq!(world.entry(id).date("closed_on"), Some(world.today));
        world.edit(id, json!({"closed_on": null}));
        assert_eq!(
            world.entry(id).date("closed_on"),
            None,
            "stamped only when the state is set"
        );
    }

    #[test]
    fn an_issue_closed_before_it_was_noted_is_an_error() {
        let mut world = World::new();
        let wrong = issue(&mut world, json!({"state": "DA_GIAI_QUYET", "closed_on": "2026-04-30"}));
        assert_eq!(world.rules("issue", wrong), ["error end-before-start:closed_on"]);
        let raised = issue(
            &mut world,
            json!({"state": "DA_KIEN_NGHI", "escalated_on": "2026-04-30"}),
        );
        assert_eq!(
            world.rules("issue", raised),
            ["warning raised-before-noted:escalated_on"]
        );
    }
}
