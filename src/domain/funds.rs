//! Funds of a unit for a year: requested, approved, spent, mobilised; by source.

use super::known::{Known, unit_name};
use super::record::Rules;
use super::title;
use crate::record;

record! {
    /// One amount.
    pub struct Funds: "funds" = ("Kinh phí", "Funds") {
        unit: Unit = ("Đơn vị", "Unit") [required, sticky],
        year: Year = ("Năm", "Year") [required, sticky],
        side: Choice["fund_side"] = ("Loại số liệu", "Side") [required],
        source: Choice["funding_source"] = ("Nguồn", "Source") [required],
        amount: Money = ("Số tiền (đ)", "Amount (đ)") [required],
        in_kind: Text = ("Hiện vật", "In kind"),
        plan: Ref["plan"] = ("Kế hoạch", "Plan") [indexed, sticky],
        partner: Ref["partner"] = ("Đối tác", "Partner"),
        date: Date = ("Ngày", "Date") [indexed],
    }
}

impl Rules for Funds {
    const WHEN: Option<&'static str> = Some("date");
    const COVER: &'static [&'static str] = &["year", "side", "source", "amount", "plan"];

    fn title(&self, known: &dyn Known) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        title::join(&[
            &unit_name(known, self.unit.as_deref()),
            &year,
            title::label("fund_side", self.side.as_deref()),
            title::label("funding_source", self.source.as_deref()),
        ])
    }
}
