//! Cooperatives and whatever else is supported like one: groups, unions of cooperatives, household businesses,
//! enterprises. What changes over time (status, members, workers, figures) stands in measurements, not here.

use super::entry::Entry;
use super::finding::Findings;
use super::id::Id;
use super::known::Known;
use super::record::Rules;
use super::text::Message;
use crate::record;

record! {
    /// A cooperative, a group or a business.
    pub struct Cooperative: "cooperative" = ("HTX, THT", "Cooperative") {
        kind: Choice["entity_type"] = ("Loại hình", "Kind") [required, sticky],
        name: Text = ("Tên", "Name") [required],
        area: Unit = ("Địa bàn", "Area") [sticky],
        address: Text = ("Địa chỉ", "Address"),
        phone: Phone = ("Điện thoại", "Telephone"),
        registered_on: Date = ("Ngày cấp giấy, ký hợp đồng", "Registered on") [indexed],
        origin: Choice["htx_origin"] = ("Nguồn gốc thành lập", "How it was founded"),
        sectors: Choices["sector"] = ("Ngành nghề", "Trades"),
        code: Code = ("Mã", "Code") [block("Khác", "More"), hint("Để trống thì tự đặt", "Left empty, it is made")],
        tax_code: TaxCode = ("Mã số thuế", "Tax code") [indexed, block("Khác", "More")],
        registration_no: Plain = ("Số giấy chứng nhận", "Certificate number") [block("Khác", "More")],
        origin_unit: Unit = ("Cấp Hội hỗ trợ thành lập", "Unit that helped to found it") [block("Khác", "More")],
        features: Choices["htx_feature"] = ("Đặc điểm", "Features") [block("Khác", "More")],
        size: Choice["htx_size"] = ("Quy mô", "Size") [block("Khác", "More")],
        predecessor: Ref["cooperative"] = ("Phát triển từ", "Grown out of") [indexed, block("Khác", "More")],
    }
}

impl Rules for Cooperative {
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["kind", "origin", "predecessor", "registered_on"];
    const COVER_BY_ID: bool = true;

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn complete(&mut self, _: Option<&Self>, known: &dyn Known) {
        if self.code.is_none() {
            self.code = Some(known.next_code("cooperative", code_prefix(self.kind.as_deref())));
        }
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        if before.is_none_or(|before| before.name != self.name) {
            self.check_name(known, findings);
        }
        if before.is_none_or(|before| before.tax_code != self.tax_code) {
            self.check_tax_code(known, findings);
        }
        if self.predecessor.is_some() && self.predecessor == self.common.id {
            let vi = "HTX, THT không thể phát triển từ chính nó; chọn tổ, nhóm trước đây.";
            let en = "A cooperative cannot grow out of itself; choose the earlier group.";
            findings.warn("own-predecessor", "predecessor", Message::new(vi, en));
        }
    }
}

/// What codes of a kind of organisation begin with.
pub fn code_prefix(kind: Option<&str>) -> &'static str {
    match kind {
        Some("THT") => "THT",
        Some("LH_HTX") => "LH",
        Some("NHOM_SO_THICH") => "NST",
        Some("TO_LIEN_KET") => "TLK",
        Some("HKD") => "HKD",
        Some("DN") => "DN",
        Some("CA_NHAN") => "CN",
        _ => "HTX",
    }
}

impl Cooperative {
    fn check_name(&self, known: &dyn Known, findings: &mut Findings) {
        let Some(name) = self.name.as_deref() else { return };
        if let Some(other) = self.other_than_kin(known.named("cooperative", name)) {
            let (code, other) = called(&other);
            let vi = format!("Đã có {code} {other} trùng tên (không kể dấu). Xem lại trước khi thêm.");
            let en = format!("{code} {other} has the same name (tones aside). Look before adding.");
            findings.warn("duplicate", "name", Message::new(vi, en));
        }
    }

    fn check_tax_code(&self, known: &dyn Known, findings: &mut Findings) {
        let Some(tax_code) = self.tax_code.as_deref() else {
            return;
        };
        if let Some(other) = self.other_than_kin(known.bearing("cooperative", "tax_code", tax_code)) {
            let (code, other) = called(&other);
            let vi = format!("Mã số thuế {tax_code} đã có ở {code} {other}. Xem lại trước khi thêm.");
            let en = format!("Tax code {tax_code} is already that of {code} {other}. Look before adding.");
            findings.warn("duplicate", "tax_code", Message::new(vi, en));
        }
    }

    /// The first that is neither this one nor what it grew out of or into: those share a name rightly.
    fn other_than_kin(&self, found: Vec<Entry>) -> Option<Entry> {
        let is_kin = |other: &Entry| {
            let grown: Option<Id> = other.reference("predecessor");
            Some(other.id) == self.common.id
                || Some(other.id) == self.predecessor
                || (grown.is_some() && grown == self.common.id)
        };
        found.into_iter().find(|other| !is_kin(other))
    }
}

fn called(entry: &Entry) -> (&str, &str) {
    (
        entry.text("code").unwrap_or_default(),
        entry.text("name").unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_code_is_made_by_the_kind_of_organisation() {
        let mut world = World::new();
        let mut code = |kind: &str, name: &str| {
            let id = world.add("cooperative", json!({"kind": kind, "name": name}));
            world.entry(id).text("code").unwrap().to_string()
        };
        assert_eq!(code("HTX", "An Khang"), "HTX001");
        assert_eq!(code("HTX", "Trà Lý"), "HTX002");
        assert_eq!(code("THT", "Nấm Đông Hải"), "THT001");
        assert_eq!(code("NHOM_SO_THICH", "Hoa"), "NST001");
        let given = world.add("cooperative", json!({"kind": "HTX", "name": "Có mã", "code": "QP-7"}));
        assert_eq!(world.entry(given).text("code"), Some("QP-7"));
    }

    #[test]
    fn the_same_name_without_tones_or_the_same_tax_code_is_a_likely_duplicate() {
        let mut world = World::new();
        world.add(
            "cooperative",
            json!({"kind": "HTX", "name": "HTX Dược liệu An Khang", "tax_code": "0100233488"}),
        );
        let rules =
            |name: &str, tax: &str| world.rules("cooperative", json!({"kind": "HTX", "name": name, "tax_code": tax}));
        assert_eq!(rules("htx duoc lieu an khang", ""), ["warning duplicate:name"]);
        assert_eq!(rules("HTX May", "0100233488"), ["warning duplicate:tax_code"]);
        assert!(rules("HTX May", "").is_empty());
        assert_eq!(
            rules("HTX May", "0100233480"),
            ["warning tax-code:tax_code"],
            "its check digit"
        );
    }

    #[test]
    fn a_cooperative_may_bear_the_name_of_the_group_it_grew_out_of() {
        let mut world = World::new();
        let group = world.add("cooperative", json!({"kind": "THT", "name": "Nấm Đông Hải"}));
        let grown = json!({"kind": "HTX", "name": "Nấm Đông Hải", "predecessor": group.to_string()});
        assert!(world.rules("cooperative", grown.clone()).is_empty());
        world.add("cooperative", grown);
        assert!(world.edit_rules(group, json!({"name": "Nấm Đông hải"})).is_empty());
    }
}
