//! Posts: who is an officer of the Union where, and since when.

use super::known::{Known, name_of};
use super::record::Rules;
use crate::record;

record! {
    /// A person's post in the Union.
    pub struct Post: "post" = ("Chức vụ Hội", "Union post") {
        person: Ref["person"] = ("Cán bộ", "Officer") [required, indexed],
        unit: Unit = ("Đơn vị", "Unit") [required, sticky],
        officer_kind: Choice["officer_kind"] = ("Loại cán bộ", "Kind of officer") [required, sticky],
        title: Text = ("Chức danh", "Title"),
        economic: Flag = ("Phụ trách KTTT, HTX", "In charge of cooperatives"),
        from: Partial = ("Từ", "From"),
        to: Partial = ("Đến", "To") [either, not_before("from"), beside],
    }
}

impl Rules for Post {
    const WHEN: Option<&'static str> = Some("from");
    const COVER: &'static [&'static str] = &["person", "officer_kind", "economic", "from", "to"];

    fn title(&self, known: &dyn Known) -> String {
        let person = name_of(known, "person", self.person);
        match &self.title {
            Some(title) => format!("{person} · {title}"),
            None => person,
        }
    }
}
