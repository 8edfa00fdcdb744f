//! Inspections held and rounds of commendation: what a plan asks to be done over and over.

use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use super::title;
use crate::record;

record! {
    /// An inspection.
    pub struct Inspection: "inspection" = ("Kiểm tra, giám sát", "Inspection") {
        date: Date = ("Ngày", "Date") [required, indexed],
        level: Text = ("Cấp kiểm tra", "Level") [sticky],
        subjects: Lines = ("Đơn vị được kiểm tra", "Inspected"),
        findings: Lines = ("Kết quả", "Findings"),
        proposals: Lines = ("Kiến nghị", "Proposals"),
    }
}

impl Rules for Inspection {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("date");

    fn title(&self, _: &dyn Known) -> String {
        let subjects = self.subjects.as_deref().and_then(|text| text.lines().next());
        title::dated(self.date, &["Kiểm tra, giám sát", subjects.unwrap_or_default()])
    }

    fn complete(&mut self, before: Option<&Self>, _: &dyn Known) {
        programme::follow(self, before, |inspection| {
            let date = inspection
                .date
                .map(|date| programme::in_force(Line::Cooperatives, date));
            date.unwrap_or_default()
        });
    }
}

record! {
    /// A commendation.
    pub struct Commendation: "commendation" = ("Khen thưởng", "Commendation") {
        date: Date = ("Ngày", "Date") [required, indexed],
        round: Text = ("Đợt", "Round") [required, sticky],
        title: Text = ("Hình thức, nội dung", "Title") [required],
        subjects: Lines = ("Đơn vị, cá nhân", "Commended"),
        collective: Flag = ("Tập thể", "A collective"),
    }
}

impl Rules for Commendation {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("date");
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &["round"];

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, _: &dyn Known) {
        programme::follow(self, before, |commendation| {
            let date = commendation
                .date
                .map(|date| programme::in_force(Line::Cooperatives, date));
            date.unwrap_or_default()
        });
    }
}
