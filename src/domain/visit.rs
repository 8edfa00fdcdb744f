//! Visits: what an officer saw, heard and advised at a cooperative. The difficulties of a visit open issues; see
//! `visit_issues`.

use super::figures;
use super::finding::Findings;
use super::known::{Known, name_of};
use super::measurement::Measured;
use super::programme::{self, Line};
use super::record::{Change, Rules};
use super::text::Message;
use super::visit_issues;
use super::{registration, title};
use crate::record;

record! {
    /// One visit.
    pub struct Visit: "visit" = ("Lượt thăm", "Visit") {
        date: Date = ("Ngày thăm", "Date of visit") [required, indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
        officers: Refs["person"] = ("Cán bộ", "Officers") [sticky, indexed],
        purposes: Choices["visit_purpose"] = ("Mục đích", "Purposes") [required],
    }
    flat measured: Measured,
    {
        difficulties: Choices["difficulty"] = ("Khó khăn", "Difficulties"),
        difficulty_text: Texts = ("Nội dung", "In words") [hint("Mỗi khó khăn một ý, cách nhau bằng dấu ;", "One for each difficulty, parted by ;")],
        advice: Lines = ("Hướng dẫn, tư vấn", "Advice given"),
        next_visit: Date = ("Hẹn lại", "Next visit") [coming, indexed],
        mode: Choice["visit_mode"] = ("Hình thức", "How") [block("Thêm", "More")],
        area: Unit = ("Địa bàn", "Area") [block("Thêm", "More")],
        met: Text = ("Người tiếp", "Met") [block("Thêm", "More")],
        findings: Lines = ("Kết quả", "Findings") [block("Thêm", "More")],
        proposal: Lines = ("Kiến nghị", "Proposal") [block("Thêm", "More")],
        supports: Choices["support_kind"] = ("Hỗ trợ tại chỗ", "Supported on the spot") [block("Thêm", "More")],
        needs: Choices["training_topic"] = ("Nhu cầu tập huấn", "Training needs") [block("Thêm", "More")],
        partners: Refs["partner"] = ("Đơn vị cùng đi", "Partners") [block("Thêm", "More")],
    }
}

impl Rules for Visit {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("date");
    const COVER: &'static [&'static str] = &[
        "cooperative",
        "mode",
        "purposes",
        "status",
        "supports",
        "workers_women",
        "workers",
        "workers_women_stable",
        "members_women",
        "members_working_women",
        "members",
        "rating",
        "income",
        "capital",
        "revenue",
        "partners",
    ];

    fn title(&self, known: &dyn Known) -> String {
        title::dated(self.date, &[&name_of(known, "cooperative", self.cooperative)])
    }

    fn complete(&mut self, before: Option<&Self>, _: &dyn Known) {
        self.mode.get_or_insert_with(|| "TRUC_TIEP".to_string());
        programme::follow(self, before, |visit| {
            let date = visit.date.map(|date| programme::in_force(Line::Cooperatives, date));
            date.unwrap_or_default()
        });
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        let place = |visit: &Visit| (visit.date, visit.cooperative);
        let helps_found = self.purposes.iter().any(|code| code == "HO_TRO_THANH_LAP");
        let not_yet_founded = matches!(self.measured.status.as_deref(), Some("DU_KIEN" | "CHO_DANG_KY"));
        if before.is_none_or(|before| place(before) != place(self)) && !helps_found && !not_yet_founded {
            registration::check(known, self.cooperative, self.date, "date", findings);
        }
        if let (Some(date), Some(next)) = (self.date, self.next_visit)
            && next < date
        {
            let vi = "Ngày hẹn lại trước ngày thăm. Xem lại ngày hẹn.";
            let en = "The next visit lies before this one. Look at its date.";
            findings.warn("next-before-visit", "next_visit", Message::new(vi, en));
        }
        let at = figures::At::of(self.common.id, self.cooperative, self.date);
        let measured_before = before
            .filter(|before| place(before) == place(self))
            .map(|before| &before.measured);
        figures::check(&self.measured, measured_before, at, known, findings);
    }

    fn effects(before: Option<&Self>, after: Option<&Self>, known: &dyn Known) -> Vec<Change> {
        visit_issues::changes(before, after, known)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::domain::id::Id;
    use crate::domain::testing::World;

    fn visit(cooperative: Id, more: Json) -> Json {
        let mut visit = json!({"date": "2026-05-22", "cooperative": cooperative.to_string(), "purposes": ["DANH_GIA"]});
        visit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        visit
    }

    #[test]
    fn a_visit_is_on_site_and_of_the_cooperative_programme_unless_said_otherwise() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let id = world.add("visit", visit(htx, json!({})));
        let saved = world.entry(id);
        assert_eq!(saved.text("mode"), Some("TRUC_TIEP"));
        assert_eq!(saved.unit(), Some("C12472-B"));
        assert!(saved.names("programmes", "DA01"));
        world.edit(id, json!({"programmes": []}));
        world.edit(id, json!({"advice": "hẹn lại"}));
        assert_eq!(world.entry(id).get("programmes"), None, "emptied programmes stay empty");
    }

    #[test]
    fn a_visit_before_the_registration_is_doubtful_unless_it_helped_to_found() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let early = json!({"date": "2019-12-01"});
        assert_eq!(
            world.rules("visit", visit(htx, early)),
            ["warning before-registration:date"]
        );
        let helping = json!({"date": "2019-12-01", "purposes": ["HO_TRO_THANH_LAP"]});
        assert!(world.rules("visit", visit(htx, helping)).is_empty());
        let preparing = json!({"date": "2019-12-01", "status": "DU_KIEN"});
        assert!(world.rules("visit", visit(htx, preparing)).is_empty());
    }

    #[test]
    fn the_next_visit_lies_ahead_and_not_before_this_one() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        assert!(
            world
                .rules("visit", visit(htx, json!({"next_visit": "2026-06-05"})))
                .is_empty()
        );
        let back = json!({"next_visit": "2026-05-20"});
        assert_eq!(
            world.rules("visit", visit(htx, back)),
            ["warning next-before-visit:next_visit"]
        );
    }

    #[test]
    fn more_women_than_people_is_an_error_at_every_count() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let wrong =
            json!({"members": 20, "members_women": 21, "workers": 10, "workers_women": 11, "workers_women_stable": 12});
        let broken = world.rules("visit", visit(htx, wrong));
        let expected = ["members_women", "workers_women", "workers_women_stable"];
        assert_eq!(broken, expected.map(|key| format!("error part-over-whole:{key}")));
    }
}
