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
