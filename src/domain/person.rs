//! People: managers and members of cooperatives, officers, trainees, exhibitors. As little of them as the work needs:
//! sensitive marks never stand on a person, only as counts of an activity (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15;
//! Nghị định 356/2025/NĐ-CP).

use chrono::Datelike;

use super::catalog;
use super::finding::Findings;
use super::known::Known;
use super::record::Rules;
use super::text::Message;
use super::value::Slot;
use crate::record;
use crate::vietnamese::date::Partial;

record! {
    /// A person.
    pub struct Person: "person" = ("Cá nhân", "Person") {
        name: Name = ("Họ và tên", "Full name") [required],
        gender: Choice["gender"] = ("Giới tính", "Sex") [sticky],
        birth: Partial = ("Ngày, năm sinh", "Birth") [personal, beside],
        phone: Phone = ("Điện thoại", "Telephone") [personal],
        email: Plain = ("Thư điện tử", "E-mail") [personal, beside],
        address: Text = ("Địa chỉ", "Address") [personal],
        code: Code = ("Mã", "Code") [block("Khác", "More"),
            hint("Để trống thì tự đặt", "Left empty, it is made")],
        network_since: Partial = ("Vào mạng lưới nữ lãnh đạo HTX từ", "In the leaders' network since") [block("Khác", "More")],
        priority_groups: Choices["priority_group"] = ("Nhóm ưu tiên", "Priority groups") [personal, block("Khác", "More"),
            hint("Chỉ nhóm không nhạy cảm", "Only groups that are not sensitive")],
        consent_on: Date = ("Ngày đồng ý", "Consent given on") [personal, block("Đồng ý xử lý dữ liệu", "Consent")],
        consent_form: Text = ("Hình thức đồng ý", "Form of consent")
            [personal, block("Đồng ý xử lý dữ liệu", "Consent")],
        consent_purposes: Text = ("Mục đích", "Purposes") [personal, block("Đồng ý xử lý dữ liệu", "Consent")],
        consent_withdrawn_on: Date = ("Ngày rút đồng ý", "Consent withdrawn on")
            [personal, not_before("consent_on"), block("Đồng ý xử lý dữ liệu", "Consent")],
        note: Lines = ("Ghi chú", "Note") [personal, block("Khác", "More")],
    }
}

impl Rules for Person {
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["gender"];
    const COVER_BY_ID: bool = true;

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn complete(&mut self, _: Option<&Self>, known: &dyn Known) {
        if self.code.is_none() {
            self.code = Some(known.next_code("person", "N"));
        }
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        self.check_priority_groups(findings);
        let identity = |person: &Person| (person.name.clone(), person.phone.clone(), person.birth);
        if before.is_none_or(|before| identity(before) != identity(self)) {
            self.check_duplicates(known, findings);
        }
        if before.is_none_or(|before| before.birth != self.birth) {
            self.check_age(known, findings);
        }
    }
}

/// Members of the Union and of cooperatives are older than this; a later birth is a slip of the hand more often.
const YOUNGEST: i32 = 14;

impl Person {
    fn check_age(&self, known: &dyn Known, findings: &mut Findings) {
        let age = self.birth.map(|birth| known.today().year() - birth.year());
        if age.is_some_and(|age| age < YOUNGEST) {
            let vi = format!("Theo ngày sinh này người này chưa đến {YOUNGEST} tuổi. Xem lại ngày, năm sinh.");
            let en = format!("By this birth the person is not {YOUNGEST} years old yet. Look at the birth again.");
            findings.warn("odd-birth", "birth", Message::new(vi, en));
        }
    }

    fn check_priority_groups(&self, findings: &mut Findings) {
        let list = catalog::list("priority_group");
        let is_sensitive = |code: &&String| {
            let found = list.and_then(|list| list.get(code));
            found.is_some_and(|code| code.text("sensitive") == Some("nhay_cam"))
        };
        if let Some(code) = self.priority_groups.iter().find(is_sensitive) {
            let label = list
                .and_then(|list| list.get(code))
                .map(|code| code.label)
                .unwrap_or_default();
            let vi = format!(
                "\"{}\" là dữ liệu nhạy cảm, không ghi vào từng người; hãy bỏ và ghi số lượng ở hoạt động.",
                label.vi
            );
            let en = format!(
                "\"{}\" is sensitive data and never stands on a person; take it out and enter a count with the activity.",
                label.en
            );
            findings.error("sensitive", "priority_groups", Message::new(vi, en));
        }
    }

    /// The same name (without tones) together with the same telephone or birth year; the same cooperative is looked at
    /// where a role is entered.
    fn check_duplicates(&self, known: &dyn Known, findings: &mut Findings) {
        let Some(name) = self
            .name
            .as_deref()
            .filter(|_| self.phone.is_some() || self.birth.is_some())
        else {
            return;
        };
        let year = self.birth.map(Partial::year);
        let alike = known.named("person", name).into_iter().find(|other| {
            let birth: Option<Partial> = Slot::of(other.get("birth"));
            let same_phone = self.phone.is_some() && other.text("phone") == self.phone.as_deref();
            let same_year = year.is_some() && birth.map(Partial::year) == year;
            Some(other.id) != self.common.id && (same_phone || same_year)
        });
        if let Some(other) = alike {
            let code = other.text("code").unwrap_or_default();
            let other = other.text("name").unwrap_or_default();
            let vi = format!(
                "Có thể đã có người này: {code} {other} (trùng tên và điện thoại hoặc năm sinh). Xem lại trước khi thêm."
            );
            let en = format!(
                "This person may be there already: {code} {other} (same name and telephone or birth year). Look before adding."
            );
            findings.warn("duplicate", "name", Message::new(vi, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_sensitive_mark_on_a_person_is_an_error_and_others_are_not() {
        let world = World::new();
        let person = |group: &str| json!({"name": "Phạm Thị Hạnh", "priority_groups": [group]});
        assert_eq!(
            world.rules("person", person("DTTS")),
            ["error sensitive:priority_groups"]
        );
        assert_eq!(
            world.rules("person", person("HIV")),
            ["error sensitive:priority_groups"]
        );
        assert!(world.rules("person", person("HO_NGHEO")).is_empty());
        assert!(world.rules("person", person("MIEN_NUI")).is_empty());
    }

    #[test]
    fn a_birth_of_some_days_or_years_ago_is_a_doubt() {
        let world = World::new();
        let born = |birth: &str| world.rules("person", json!({"name": "Phạm Thị Hạnh", "birth": birth}));
        assert_eq!(born("2026-05-05"), ["warning odd-birth:birth"]);
        assert_eq!(born("2015"), ["warning odd-birth:birth"]);
        assert!(born("2008").is_empty() && born("1952-03").is_empty());
    }

    #[test]
    fn the_same_name_with_telephone_or_birth_year_is_a_likely_duplicate_and_the_name_alone_is_not() {
        let mut world = World::new();
        world.add(
            "person",
            json!({"name": "Phạm Thị Hạnh", "phone": "0912345678", "birth": "1985"}),
        );
        let same = |more: serde_json::Value| {
            let mut person = json!({"name": "pham thi hanh"});
            person
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            world.rules("person", person)
        };
        assert_eq!(same(json!({"phone": "0912 345 678"})), ["warning duplicate:name"]);
        assert_eq!(same(json!({"birth": "1985-05-22"})), ["warning duplicate:name"]);
        assert!(same(json!({})).is_empty());
        assert!(same(json!({"phone": "0987654321", "birth": "1990"})).is_empty());
    }

    #[test]
    fn a_person_is_no_duplicate_of_herself_and_gets_a_code() {
        let mut world = World::new();
        let id = world.add("person", json!({"name": "Phạm Thị Hạnh", "phone": "0912345678"}));
        assert_eq!(world.entry(id).text("code"), Some("N0001"));
        assert!(world.edit_rules(id, json!({"birth": "1985"})).is_empty());
        let next = world.person("Đỗ Thu Hà");
        assert_eq!(world.entry(next).text("code"), Some("N0002"));
        assert_eq!(
            world.rules("person", json!({"name": "Bùi Thị Mến", "code": "n0001"})),
            ["error code-used:code"]
        );
    }

    #[test]
    fn digits_in_a_name_and_a_telephone_that_cannot_be_dialled_are_doubtful() {
        let world = World::new();
        assert_eq!(
            world.rules("person", json!({"name": "Nguyễn Thị Hoa 2"})),
            ["warning odd-name:name"]
        );
        assert_eq!(
            world.rules("person", json!({"name": "Lò Thị Mai", "phone": "0912"})),
            ["warning phone:phone"]
        );
        assert!(
            world
                .rules("person", json!({"name": "H'Hen Niê", "phone": "+84 912 345 678"}))
                .is_empty()
        );
    }
}
