//! Entries of women's start-up contests, from the idea to the national final.

use super::finding::Findings;
use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use super::text::Message;
use crate::record;

record! {
    /// An idea or project in a contest.
    pub struct ContestEntry: "contest_entry" = ("Ý tưởng dự thi", "Contest entry") {
        contest: Text = ("Cuộc thi", "Contest") [sticky],
        year: Year = ("Năm", "Year") [required, sticky],
        title: Text = ("Tên ý tưởng, đề án", "Title") [required],
        person: Ref["person"] = ("Người dự thi", "Entrant") [indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [indexed],
        field: Text = ("Lĩnh vực", "Field"),
        stage: Choice["contest_stage"] = ("Vòng", "Stage") [required],
        registered_on: Date = ("Ngày đăng ký", "Registered on") [indexed],
        sent_on: Date = ("Ngày gửi Trung ương", "Sent to the Centre on") [indexed],
        region_final_on: Date = ("Ngày chung kết vùng", "Regional final on") [indexed, either],
        result: Choice["contest_result"] = ("Kết quả", "Result"),
        award_level: Text = ("Cấp khen thưởng", "Level of the award"),
        award: Text = ("Giải", "Award") [beside],
    }
}

impl Rules for ContestEntry {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("registered_on");
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &["stage", "person", "cooperative"];

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        let set = before.is_none_or(|before| before.stage != self.stage);
        if set && self.stage.as_deref() == Some("GUI_TRUNG_UONG") && self.sent_on.is_none() {
            self.sent_on = Some(known.today());
        }
        programme::follow(self, before, ContestEntry::programmes_by_year);
    }

    fn check(&self, before: Option<&Self>, _: &dyn Known, findings: &mut Findings) {
        let dates = |entry: &ContestEntry| (entry.registered_on, entry.sent_on);
        if before.is_some_and(|before| dates(before) == dates(self)) {
            return;
        }
        if let (Some(registered), Some(sent)) = dates(self)
            && sent < registered
        {
            let vi = "Ngày gửi Trung ương trước ngày đăng ký. Xem lại ngày.";
            let en = "It was sent before it was registered. Look at the dates.";
            findings.warn("sent-before-registered", "sent_on", Message::new(vi, en));
        }
    }
}

impl ContestEntry {
    /// By the contest's year, for a contest belongs to one programme from its first stage to its last.
    fn programmes_by_year(&self) -> Vec<String> {
        let year = self.year.and_then(|year| i32::try_from(year).ok());
        let end = year.and_then(|year| chrono::NaiveDate::from_ymd_opt(year, 12, 31));
        end.map(|end| programme::in_force(Line::StartUps, end))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn sending_an_idea_stamps_the_day_and_the_programme_is_that_of_the_contests_year() {
        let mut world = World::new();
        let id = world.add(
            "contest_entry",
            json!({"year": 2026, "title": "Trà gừng", "stage": "Y_TUONG", "registered_on": "2026-03-01"}),
        );
        assert_eq!(world.entry(id).date("sent_on"), None);
        assert!(world.entry(id).names("programmes", "DA2415"));
        world.edit(id, json!({"stage": "GUI_TRUNG_UONG"}));
        assert_eq!(world.entry(id).date("sent_on"), Some(world.today));
        world.edit(id, json!({"stage": "CHUNG_KET_VUNG", "result": "KHONG_DUOC_CHON"}));
        assert_eq!(
            world.entry(id).date("sent_on"),
            Some(world.today),
            "what was sent stays sent"
        );
    }
}
