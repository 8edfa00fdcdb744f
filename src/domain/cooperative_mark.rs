//! Dated marks of a cooperative: model case, pilot of culture and community responsibility, and their scores.

use super::catalog;
use super::known::{Known, name_of};
use super::record::Rules;
use crate::record;

record! {
    /// A feature that a cooperative has had over some time.
    pub struct CooperativeMark: "cooperative_mark" = ("Mô hình, điểm của HTX", "Cooperative's mark") {
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
        feature: Choice["htx_feature"] = ("Đặc điểm", "Feature") [required],
        from: Date = ("Từ ngày", "From") [required, indexed],
        to: Date = ("Đến ngày", "To") [either, not_before("from"), beside],
        score: Decimal = ("Điểm", "Score"),
    }
}

impl Rules for CooperativeMark {
    const WHEN: Option<&'static str> = Some("from");
    const COVER: &'static [&'static str] = &["cooperative", "feature", "to"];

    fn title(&self, known: &dyn Known) -> String {
        let feature = catalog::list("htx_feature").zip(self.feature.as_deref());
        let feature = feature
            .and_then(|(list, code)| list.get(code))
            .map_or("", |code| code.short().vi);
        format!("{} · {feature}", name_of(known, "cooperative", self.cooperative))
    }
}
