//! People: managers and members of cooperatives, officers, trainees, exhibitors. As little of them as the work needs:
//! sensitive marks never stand on a person, only as counts of an activity (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15;
//! Nghị định 356/2025/NĐ-CP).

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
    }
}

impl Person {
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
        let Some(name) = self.name.as_deref() else { return };
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
