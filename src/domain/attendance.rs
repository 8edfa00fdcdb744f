//! Attendance: one row a person a session, of people on record or of a name alone.

use super::finding::Findings;
use super::known::{Known, name_of};
use super::record::Rules;
use super::text::Message;
use super::title;
use crate::record;

record! {
    /// One person's attendance at one session.
    pub struct Attendance: "attendance" = ("Lượt tham dự", "Attendance") {
        training: Ref["training"] = ("Lớp tập huấn", "Session") [required, indexed, sticky],
        person: Ref["person"] = ("Người dự", "Person") [indexed],
        name: Name = ("Họ và tên", "Name") [hint("Khi chưa có trong danh sách", "Where not on record")],
        gender: Choice["gender"] = ("Giới tính", "Sex") [beside],
        kind: Choice["attendee_kind"] = ("Đối tượng", "Kind of attendee"),
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative"),
        state: Choice["attendance_state"] = ("Tham dự", "Attendance") [required],
        days: Days = ("Từng ngày", "Day by day"),
        certificate: Choice["certificate"] = ("Chứng nhận", "Certificate"),
        certificate_no: Plain = ("Số", "Number") [beside],
    }
}

impl Rules for Attendance {
    const COVER: &'static [&'static str] = &["state", "person", "gender", "name", "kind", "certificate", "training"];

    fn title(&self, known: &dyn Known) -> String {
        let who = match (&self.name, self.person) {
            (_, Some(_)) => name_of(known, "person", self.person),
            (name, None) => name.clone().unwrap_or_default(),
        };
        title::join(&[&who, &name_of(known, "training", self.training)])
    }

    fn complete(&mut self, _: Option<&Self>, known: &dyn Known) {
        self.certificate.get_or_insert_with(|| "KHONG".to_string());
        if self.common.unit.is_none() {
            let session = self.training.and_then(|id| known.record("training", id));
            self.common.unit = session.and_then(|session| session.unit().map(str::to_string));
        }
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        if self.person.is_none() && self.name.is_none() {
            let vi = "Chưa có người dự: chọn một người hoặc gõ họ tên.";
            let en = "Who attended is missing: choose a person or type a name.";
            findings.error("who", "person", Message::new(vi, en));
        }
        let row = |row: &Attendance| (row.training, row.person);
        if let Some(person) = self
            .person
            .filter(|_| before.is_none_or(|before| row(before) != row(self)))
        {
            let rows = known.referring("attendance", "person", person);
            let twice = |other: &super::entry::Entry| {
                other.reference("training") == self.training && Some(other.id) != self.common.id
            };
            if rows.iter().any(twice) {
                let name = name_of(known, "person", Some(person));
                let vi = format!("{name} đã có trong danh sách lớp này. Bỏ bớt một dòng.");
                let en = format!("{name} is on this session's list already. Take one row out.");
                findings.warn("duplicate", "person", Message::new(vi, en));
            }
        }
    }
}
