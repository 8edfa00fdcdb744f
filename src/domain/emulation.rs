//! Scores of the year's emulation, by criterion.

use super::known::{Known, unit_name};
use super::record::Rules;
use super::title;
use crate::record;

record! {
    /// A unit's score on one criterion.
    pub struct EmulationScore: "emulation_score" = ("Điểm thi đua", "Emulation score") {
        unit: Unit = ("Đơn vị", "Unit") [required, sticky],
        year: Year = ("Năm", "Year") [required, sticky],
        criterion: Text = ("Tiêu chí", "Criterion") [required],
        max: Decimal = ("Điểm tối đa", "Maximum"),
        own as "self": Decimal = ("Tự chấm", "Self-assessed") [beside],
        score: Decimal = ("Điểm", "Score") [beside],
    }
}

impl Rules for EmulationScore {
    const COVER: &'static [&'static str] = &["year"];

    fn title(&self, known: &dyn Known) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let criterion = self.criterion.as_deref().unwrap_or_default();
        title::join(&[&unit_name(known, self.unit.as_deref()), &year, criterion])
    }
}
