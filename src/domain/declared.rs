//! Figures that a unit declares: its yearly counts of members and officers, and single figures of a unit that has no
//! records of its own. They stand in for records, so they say from whom and when they came.

use super::known::{Known, unit_name};
use super::record::Rules;
use crate::record;

record! {
    /// What a unit declares for a year.
    pub struct UnitYear: "unit_year" = ("Số liệu năm của đơn vị", "Unit's year") {
        unit: Unit = ("Đơn vị", "Unit") [required, sticky],
        year: Year = ("Năm", "Year") [required, sticky],
        members: Count = ("Hội viên", "Union members"),
        chapters: Count = ("Chi hội", "Chapters"),
        officers_full_time: Count = ("Cán bộ Hội chuyên trách", "Full-time officers"),
        officers_committee: Count = ("Ủy viên BCH cơ sở", "Committee members"),
        officers_chapter: Count = ("Cán bộ chi hội, tổ", "Chapter leaders"),
        officers_economic: Count = ("Cán bộ phụ trách KTTT", "Officers for cooperatives"),
    }
}

impl Rules for UnitYear {
    const COVER: &'static [&'static str] = &["year"];

    fn title(&self, known: &dyn Known) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        [unit_name(known, self.unit.as_deref()), year].join(" · ")
    }
}

record! {
    /// One figure declared by a unit that has no records of its own.
    pub struct UnitFigures: "unit_figures" = ("Số liệu đơn vị gửi", "Declared figure") {
        unit: Unit = ("Đơn vị gửi", "Unit") [required, sticky],
        period: Period = ("Kỳ", "Period") [required, sticky, indexed],
        code: Plain = ("Mã chỉ tiêu", "Indicator") [required],
        value: Count = ("Số liệu", "Value") [required],
        women: Count = ("Trong đó nữ", "Of them women") [part_of("value"), beside],
        received_on: Date = ("Ngày nhận", "Received on"),
    }
}

impl Rules for UnitFigures {
    const COVER: &'static [&'static str] = &["period", "code", "value", "women"];

    fn title(&self, known: &dyn Known) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            unit_name(known, self.unit.as_deref()),
            part(&self.period),
            part(&self.code),
        ]
        .join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_declared_figure_names_its_unit_for_the_office_is_no_guess_there() {
        let world = World::new();
        assert_eq!(
            world.rules("unit_year", json!({"year": 2026, "members": 1200})),
            ["error required:unit"]
        );
        let figures = json!({"unit": "C12619-B", "period": "2026-w21", "code": "VISITS", "value": 3, "women": 4});
        assert_eq!(world.rules("unit_figures", figures), ["error part-over-whole:women"]);
    }

    #[test]
    fn a_period_is_named_or_given_by_its_two_days() {
        let world = World::new();
        let read = |period: &str| {
            let entry = world.read("unit_figures", json!({"period": period}))?;
            Ok::<_, String>(entry.text("period").unwrap_or_default().to_string())
        };
        assert_eq!(read("2026-w21").unwrap(), "2026-W21");
        assert_eq!(read("2026-05-15..2026-05-21").unwrap(), "2026-05-15..2026-05-21");
        assert_eq!(read("2026-W60").unwrap_err(), "date: period");
    }
}
