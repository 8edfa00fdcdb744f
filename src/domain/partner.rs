//! Partners: alliances, departments, banks, buyers, clubs that activities are held with.

use super::known::Known;
use super::record::Rules;
use crate::record;

record! {
    /// A partner.
    pub struct Partner: "partner" = ("Đối tác", "Partner") {
        name: Text = ("Tên đối tác", "Name") [required],
        kind: Choice["partner"] = ("Loại đối tác", "Kind of partner") [required],
        area: Unit = ("Địa bàn", "Area") [sticky],
        phone: Phone = ("Điện thoại", "Telephone") [personal],
    }
}

impl Rules for Partner {
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["kind"];

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }
}
