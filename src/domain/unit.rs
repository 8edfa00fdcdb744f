//! The office's own units: chapters, clusters, and whatever else the built-in administrative units lack. They hang below
//! those or below each other; `unit_tree` reads both as one. One that bears the uid of a commune that was split says
//! which of the communes after it takes its records.

use super::catalog::units;
use super::finding::Findings;
use super::known::{Known, builtin_unit};
use super::record::Rules;
use super::text::Message;
use crate::record;

record! {
    /// A unit of the office's own.
    pub struct OwnUnit: "unit" = ("Đơn vị", "Unit") {
        uid: Code = ("Mã định danh", "Uid") [required,
            hint("Chữ và số, không đổi về sau; ví dụ CH-QP-03", "Letters and digits, never changed: CH-QP-03")],
        name: Text = ("Tên đơn vị", "Name") [required],
        level: Choice["org_level"] = ("Cấp", "Level") [required],
        parent: Unit = ("Thuộc", "Below") [sticky],
        code: Plain = ("Mã số", "Code") [indexed],
        valid_from: Date = ("Từ ngày", "From") [either],
        valid_to: Date = ("Đến hết ngày", "To") [either, not_before("valid_from"), beside],
        successors: Units = ("Đơn vị kế tiếp", "Successors")
            [hint("Đơn vị đứng đầu nhận số liệu", "The first one takes the records")],
    }
}

impl Rules for OwnUnit {
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["uid", "parent"];

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn complete(&mut self, _: Option<&Self>, _: &dyn Known) {
        if let Some(split) = self.uid.as_deref().and_then(builtin_unit) {
            self.name.get_or_insert(split.name);
            self.level.get_or_insert(split.level.to_string());
            self.valid_to = self.valid_to.or(split.valid_to);
        }
        self.common.unit = self.common.unit.take().or_else(|| self.parent.clone());
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        let changed = |field: fn(&Self) -> &Option<String>| before.is_none_or(|before| field(before) != field(self));
        if let Some(unit) = self.uid.as_deref().and_then(|uid| units().get(uid)) {
            let uid = unit.uid;
            let followers = units().successors(uid);
            let chosen = self.successors.first();
            if !unit.is_split {
                let vi = format!("Mã định danh \"{uid}\" là của một đơn vị hành chính có sẵn; đặt mã khác.");
                let en = format!("Uid \"{uid}\" belongs to a built-in unit; choose another.");
                findings.error("code-used", "uid", Message::new(vi, en));
            } else if !chosen.is_some_and(|chosen| followers.iter().any(|(uid, _)| uid == chosen)) {
                let names = followers.iter().filter_map(|(uid, _)| units().get(uid));
                let names: Vec<String> = names.map(|unit| format!("{} ({})", unit.name, unit.uid)).collect();
                let (name, names) = (unit.name, names.join(", "));
                let vi = format!("{name} ({uid}) đã chia tách: chọn một đơn vị kế tiếp trong: {names}.");
                let en = format!("{name} ({uid}) was split: choose a successor among: {names}.");
                findings.error("code-used", "successors", Message::new(vi, en));
            }
        }
        if let Some(code) = self.code.as_deref().filter(|_| changed(|unit| &unit.code)) {
            let others = known.bearing("unit", "code", code);
            if others.iter().any(|other| Some(other.id) != self.common.id) {
                let vi = format!("Mã số \"{code}\" đã có ở đơn vị khác; đặt mã khác.");
                let en = format!("Code \"{code}\" is already used by another unit; choose another.");
                findings.error("code-used", "code", Message::new(vi, en));
            }
        }
        if self.uid.is_some() && self.parent == self.uid {
            let vi = "Đơn vị không thể thuộc chính nó; chọn đơn vị cấp trên.";
            findings.warn(
                "unit-loop",
                "parent",
                Message::new(vi, "A unit cannot be below itself; choose the unit above."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_uid_or_a_code_is_used_once_built_in_units_included() {
        let mut world = World::new();
        let unit = |uid: &str, code: &str| json!({"uid": uid, "code": code, "name": "Chi hội", "level": "CHI_HOI"});
        world.add("unit", unit("CH-1", "01"));
        assert_eq!(world.rules("unit", unit("CH-1", "")), ["error code-used:uid"]);
        assert_eq!(world.rules("unit", unit("C12472-B", "")), ["error code-used:uid"]);
        assert_eq!(world.rules("unit", unit("CH-2", "01")), ["error code-used:code"]);
        assert_eq!(
            world.rules("unit", unit("C12322-A", "")),
            ["error code-used:successors"]
        );
        assert!(world.rules("unit", unit("CH-2", "02")).is_empty());
    }

    #[test]
    fn an_own_unit_can_be_referred_to_and_belongs_to_the_office() {
        let mut world = World::new();
        let id = world.add(
            "unit",
            json!({"uid": "CH-1", "name": "Chi hội thôn 3", "level": "CHI_HOI", "parent": "C12472-B"}),
        );
        assert_eq!(world.entry(id).unit(), Some("C12472-B"));
        let below = json!({"uid": "TO-1", "name": "Tổ 1", "level": "CHI_HOI", "parent": "CH-1"});
        assert!(world.rules("unit", below).is_empty());
        world.office = None;
        let without = |parent: &str| json!({"uid": "CH-2", "name": "Khu 9", "level": "CHI_HOI", "parent": parent});
        assert!(world.rules("unit", without("C12619-B")).is_empty());
        assert_eq!(world.rules("unit", without("")), ["error required:unit"]);
    }
}
