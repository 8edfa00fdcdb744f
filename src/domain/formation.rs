//! Formations: a cooperative, group or interest group on its way to being founded, step by step.

use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use crate::record;

record! {
    /// A founding under way.
    pub struct Formation: "formation" = ("Vận động thành lập", "Formation") {
        name: Text = ("Tên dự kiến", "Name") [required],
        kind: Choice["entity_type"] = ("Loại hình", "Kind") [required],
        step: Choice["conversion_step"] = ("Bước", "Step") [required],
        step_on: Date = ("Ngày đạt bước này", "Step reached on") [required, indexed],
        founders: Count = ("Sáng lập viên", "Founders"),
        from_group: Ref["cooperative"] = ("Phát triển từ", "Grown out of") [indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT đã thành lập", "Cooperative founded") [indexed],
        reason: Lines = ("Lý do, ghi nhận", "Reason"),
    }
}

impl Rules for Formation {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("step_on");
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["kind", "step"];

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        // The day of the former step says nothing of the one just set.
        let stale = before.is_some_and(|before| before.step != self.step && before.step_on == self.step_on);
        if self.step.is_some() && (stale || self.step_on.is_none()) {
            self.step_on = Some(known.today());
        }
        programme::follow(self, before, |formation| {
            let on = formation.step_on.map(|on| programme::in_force(Line::Cooperatives, on));
            on.unwrap_or_default()
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::{World, day};

    #[test]
    fn a_step_is_reached_today_unless_the_officer_says_when() {
        let mut world = World::new();
        let id = world.add(
            "formation",
            json!({"name": "HTX Nấm", "kind": "HTX", "step": "B1_RA_SOAT", "step_on": "2026-03-01"}),
        );
        world.edit(id, json!({"founders": 7}));
        assert_eq!(world.entry(id).date("step_on"), Some(day("2026-03-01")));
        world.edit(id, json!({"step": "B2_VAN_DONG"}));
        assert_eq!(world.entry(id).date("step_on"), Some(world.today));
        world.edit(id, json!({"step": "B3_PA_SXKD", "step_on": "2026-05-20"}));
        assert_eq!(world.entry(id).date("step_on"), Some(day("2026-05-20")));
        let new = world.add(
            "formation",
            json!({"name": "THT Hoa", "kind": "THT", "step": "T1_VAN_DONG"}),
        );
        assert_eq!(world.entry(new).date("step_on"), Some(world.today));
    }
}
