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
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [indexed],
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_row_needs_a_person_or_a_name_and_has_no_certificate_unless_said() {
        let mut world = World::new();
        let session = world.add(
            "training",
            json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-20"}),
        );
        let session = session.to_string();
        assert_eq!(
            world.rules("attendance", json!({"training": session, "state": "CO_MAT"})),
            ["error who:person"]
        );
        let row = world.add("attendance", json!({"training": session, "state": "CO_MAT", "name": "Vũ Thị Lụa", "gender": "NU", "days": [true, false]}));
        assert_eq!(world.entry(row).text("certificate"), Some("KHONG"));
        assert_eq!(world.entry(row).field::<Vec<bool>>("days"), [true, false]);
    }

    #[test]
    fn the_same_person_twice_in_a_session_is_a_likely_duplicate() {
        let mut world = World::new();
        let hanh = world.person("Phạm Thị Hạnh").to_string();
        let mut session = |from: &str| {
            let id = world.add(
                "training",
                json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": from}),
            );
            id.to_string()
        };
        let (first, second) = (session("2026-05-20"), session("2026-05-21"));
        let row = |session: &str| json!({"training": session, "person": hanh, "state": "CO_MAT"});
        world.add("attendance", row(&first));
        assert_eq!(world.rules("attendance", row(&first)), ["warning duplicate:person"]);
        assert!(world.rules("attendance", row(&second)).is_empty());
    }

    #[test]
    fn without_an_office_a_row_belongs_where_its_session_does() {
        let mut world = World::new();
        world.office = None;
        let session = json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-20"});
        assert_eq!(world.rules("training", session.clone()), ["error required:unit"]);
        let mut session = session;
        session["unit"] = json!("C12619-B");
        let session = world.add("training", session);
        let row = world.add(
            "attendance",
            json!({"training": session.to_string(), "name": "Vũ Thị Lụa", "state": "VANG"}),
        );
        assert_eq!(world.entry(row).unit(), Some("C12619-B"));
    }
}
