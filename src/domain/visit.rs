//! Visits to cooperatives and groups.

use super::known::Known;
use super::record::Rules;
use crate::record;

record! {
    /// One visit.
    pub struct Visit: "visit" = ("Lượt thăm", "Visit") {
        date: Date = ("Ngày thăm", "Date of visit") [required, indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
    }
}

impl Rules for Visit {
    const WHEN: Option<&'static str> = Some("date");

    fn title(&self, _: &dyn Known) -> String {
        String::new()
    }
}
