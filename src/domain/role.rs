//! Roles: who does what at a cooperative, from when to when. Whether women manage, and who is to be trained, follows
//! from them.

use chrono::NaiveDate;

use super::finding::Findings;
use super::id::Id;
use super::known::{Known, name_of};
use super::record::{Record, Rules};
use super::text::Message;
use super::title;
use crate::record;
use crate::vietnamese::date::Partial;
use crate::vietnamese::fold::fold;

record! {
    /// A person's role at a cooperative.
    pub struct Role: "role" = ("Chức vụ tại HTX, THT", "Role") {
        person: Ref["person"] = ("Người", "Person") [required, indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed, sticky],
        role: Choice["role"] = ("Chức vụ", "Role") [required],
        from: Partial = ("Từ", "From") [hint("Ngày, tháng hoặc năm; để trống nếu không rõ", "A day, a month or a year; empty if not known"), indexed],
        to: Partial = ("Đến", "To") [either, not_before("from"), beside, indexed],
    }
}

/// The managing roles of the weekly summary.
pub const MANAGING: [&str; 13] = [
    "CT_HDQT",
    "PCT_HDQT",
    "TV_HDQT",
    "GD",
    "PGD",
    "TGD",
    "PTGD",
    "TB_KS",
    "TV_BKS",
    "KE_TOAN",
    "TO_TRUONG",
    "TO_PHO",
    "TV_BDH",
];

/// The roles that one person at a time holds: the head of the executive.
const DIRECTORS: [&str; 2] = ["GD", "TGD"];

impl Rules for Role {
    const WHEN: Option<&'static str> = Some("from");
    const COVER: &'static [&'static str] = &["person", "cooperative", "role", "from", "to"];
    const COVER_BY_ID: bool = true;

    fn title(&self, known: &dyn Known) -> String {
        title::join(&[
            &name_of(known, "person", self.person),
            title::label("role", self.role.as_deref()),
            &name_of(known, "cooperative", self.cooperative),
        ])
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        let facts = |role: &Role| (role.person, role.cooperative, role.role.clone(), role.from, role.to);
        if before.is_some_and(|before| facts(before) == facts(self)) {
            return;
        }
        self.check_against_kind(known, findings);
        self.check_directors(known, findings);
        if before.is_none() {
            self.check_namesakes(known, findings);
        }
    }
}

impl Role {
    /// Whether it is held on a day: an unknown beginning counts as before, no end as still held; of a year alone, from
    /// its first day to its last.
    pub fn is_held(&self, on: NaiveDate) -> bool {
        is_held(self.from, self.to, on)
    }

    /// Whether it is one of a set of roles.
    pub fn is_of(&self, set: &[impl AsRef<str>]) -> bool {
        let is_it = |role: &str| set.iter().any(|code| code.as_ref() == role);
        self.role.as_deref().is_some_and(is_it)
    }

    fn check_against_kind(&self, known: &dyn Known, findings: &mut Findings) {
        let cooperative = self.cooperative.and_then(|id| known.record("cooperative", id));
        let kind = cooperative.as_ref().and_then(|entry| entry.text("kind"));
        let (Some(role), Some(kind)) = (self.role.as_deref(), kind) else {
            return;
        };
        if fits(role, kind) {
            return;
        }
        let (role, kind) = (
            title::label("role", Some(role)),
            title::label("entity_type", Some(kind)),
        );
        let vi = format!("Chức vụ \"{role}\" thường không có ở loại hình {kind}. Xem lại chức vụ.");
        let en = format!("The role \"{role}\" is unusual at \"{kind}\". Look at the role.");
        findings.warn("role-against-kind", "role", Message::new(vi, en));
    }

    fn check_directors(&self, known: &dyn Known, findings: &mut Findings) {
        let Some(cooperative) = self.cooperative.filter(|_| self.is_of(&DIRECTORS)) else {
            return;
        };
        let other = roles_at(known, cooperative).into_iter().find(|other| {
            other.common.id != self.common.id
                && other.person != self.person
                && other.is_of(&DIRECTORS)
                && surely_overlap(self, other)
        });
        if let Some(other) = other {
            let name = name_of(known, "person", other.person);
            let vi = format!("{name} đang là giám đốc ở đây. Nếu đã thay, nhập ngày thôi của người trước.");
            let en = format!("{name} is director here. If replaced, enter when the former one ended.");
            findings.warn("two-directors", "role", Message::new(vi, en));
        }
    }

    /// Another person of the same name (without tones) at the same cooperative is likely the same one.
    fn check_namesakes(&self, known: &dyn Known, findings: &mut Findings) {
        let (Some(person), Some(cooperative)) = (self.person, self.cooperative) else {
            return;
        };
        let name = fold(&name_of(known, "person", Some(person)));
        let others = roles_at(known, cooperative).into_iter().filter_map(|role| role.person);
        let alike = others
            .filter(|other| *other != person)
            .find(|other| fold(&name_of(known, "person", Some(*other))) == name);
        if let Some(other) = alike {
            let other = name_of(known, "person", Some(other));
            let vi = format!("Ở đây đã có một người tên {other}. Nếu là cùng một người, hãy chọn người đó.");
            let en =
                format!("There is already a person named {other} here. If it is the same one, choose that person.");
            findings.warn("duplicate", "person", Message::new(vi, en));
        }
    }
}

/// Whether a span of partial dates covers a day; open and unknown ends reach for ever.
pub fn is_held(from: Option<Partial>, to: Option<Partial>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from.first_day() <= on) && to.is_none_or(|to| on <= to.last_day())
}

/// All roles at a cooperative, past ones too, oldest first.
pub fn roles_at(known: &dyn Known, cooperative: Id) -> Vec<Role> {
    let entries = known.referring("role", "cooperative", cooperative);
    entries.iter().map(Role::read).collect()
}

/// All roles of a person, past ones too, oldest first.
pub fn roles_of(known: &dyn Known, person: Id) -> Vec<Role> {
    let entries = known.referring("role", "person", person);
    entries.iter().map(Role::read).collect()
}

/// The roles at a cooperative that are held on a day.
pub fn roles_on(known: &dyn Known, cooperative: Id, on: NaiveDate) -> Vec<Role> {
    let mut roles = roles_at(known, cooperative);
    roles.retain(|role| role.is_held(on));
    roles
}

/// Whether a role is found at a kind of organisation (Luật HTX 17/2023/QH15: organs of a cooperative; Nghị định 92/2024:
/// a group has a leader or an executive board).
fn fits(role: &str, kind: &str) -> bool {
    match role {
        "CT_HDQT" | "PCT_HDQT" | "TV_HDQT" | "TB_KS" | "TV_BKS" | "TGD" | "PTGD" | "GD" | "PGD" => {
            matches!(kind, "HTX" | "LH_HTX" | "DN")
        }
        "TO_TRUONG" | "TO_PHO" | "TV_BDH" => matches!(kind, "THT" | "TO_LIEN_KET"),
        "NHOM_TRUONG" => matches!(kind, "NHOM_SO_THICH" | "TO_LIEN_KET"),
        "CHU_DN" => kind == "DN",
        "CHU_HKD" => kind == "HKD",
        _ => true,
    }
}

/// Whether two spans share a day whatever the exact days of partial dates are: one who ended in 2024 and one who began
/// in 2024 are no doubt.
fn surely_overlap(one: &Role, other: &Role) -> bool {
    let begins_before_end = |a: &Role, b: &Role| match (a.from, b.to) {
        (Some(from), Some(to)) => from.last_day() < to.first_day(),
        _ => true,
    };
    begins_before_end(one, other) && begins_before_end(other, one)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::domain::testing::{World, day};

    fn role(person: Id, cooperative: Id, role: &str, more: Json) -> Json {
        let mut json = json!({"person": person.to_string(), "cooperative": cooperative.to_string(), "role": role});
        json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json
    }

    #[test]
    fn a_role_that_its_kind_of_organisation_does_not_have_is_doubtful() {
        let mut world = World::new();
        let (hanh, htx) = (world.person("Phạm Thị Hạnh"), world.cooperative("HTX An Khang"));
        let tht = world.add("cooperative", json!({"kind": "THT", "name": "Nấm Đông Hải"}));
        let against = ["warning role-against-kind:role"];
        assert_eq!(world.rules("role", role(hanh, htx, "TO_TRUONG", json!({}))), against);
        assert_eq!(world.rules("role", role(hanh, tht, "GD", json!({}))), against);
        for (place, code) in [
            (htx, "GD"),
            (htx, "KE_TOAN"),
            (tht, "TO_TRUONG"),
            (tht, "KE_TOAN"),
            (tht, "THANH_VIEN"),
        ] {
            assert!(
                world.rules("role", role(hanh, place, code, json!({}))).is_empty(),
                "{code}"
            );
        }
    }

    #[test]
    fn two_directors_at_a_time_are_doubtful_and_one_after_the_other_are_not() {
        let mut world = World::new();
        let (hanh, ha) = (world.person("Phạm Thị Hạnh"), world.person("Đỗ Thu Hà"));
        let htx = world.cooperative("HTX An Khang");
        let first = world.add("role", role(hanh, htx, "GD", json!({"from": "2020"})));
        let second = role(ha, htx, "GD", json!({"from": "2024"}));
        assert_eq!(world.rules("role", second.clone()), ["warning two-directors:role"]);
        assert!(
            world
                .rules("role", role(ha, htx, "PGD", json!({"from": "2024"})))
                .is_empty()
        );
        world.edit(first, json!({"to": "2024"}));
        assert!(world.rules("role", second).is_empty(), "handed over within the year");
    }

    #[test]
    fn a_namesake_at_the_same_cooperative_is_likely_the_same_person() {
        let mut world = World::new();
        let (one, other) = (world.person("Phạm Thị Hạnh"), world.person("Phạm Thị Hạnh"));
        let (htx, elsewhere) = (world.cooperative("HTX An Khang"), world.cooperative("HTX May Trà Lý"));
        world.add("role", role(one, htx, "GD", json!({})));
        assert_eq!(
            world.rules("role", role(other, htx, "THANH_VIEN", json!({}))),
            ["warning duplicate:person"]
        );
        assert!(
            world
                .rules("role", role(other, elsewhere, "THANH_VIEN", json!({})))
                .is_empty()
        );
        assert!(world.rules("role", role(one, htx, "THANH_VIEN", json!({}))).is_empty());
    }

    #[test]
    fn a_role_that_ends_before_it_begins_is_an_error() {
        let mut world = World::new();
        let (hanh, htx) = (world.person("Phạm Thị Hạnh"), world.cooperative("HTX An Khang"));
        let wrong = role(hanh, htx, "GD", json!({"from": "2024-05-01", "to": "2024-04-30"}));
        assert_eq!(world.rules("role", wrong), ["error end-before-start:to"]);
        assert!(
            world
                .rules(
                    "role",
                    role(hanh, htx, "GD", json!({"from": "2024-05-01", "to": "2024"}))
                )
                .is_empty()
        );
    }

    #[test]
    fn a_role_is_held_from_an_unknown_beginning_and_through_the_year_it_ends_in() {
        let mut world = World::new();
        let (hanh, htx) = (world.person("Phạm Thị Hạnh"), world.cooperative("HTX An Khang"));
        world.add("role", role(hanh, htx, "CT_HDQT", json!({"to": "2025"})));
        world.add("role", role(hanh, htx, "KE_TOAN", json!({"from": "2025-07"})));
        let held = |on| {
            let roles = roles_on(&world, htx, day(on));
            roles.into_iter().filter_map(|role| role.role).collect::<Vec<_>>()
        };
        assert_eq!(held("2019-01-01"), ["CT_HDQT"]);
        assert_eq!(held("2025-06-30"), ["CT_HDQT"]);
        assert_eq!(held("2025-12-31"), ["CT_HDQT", "KE_TOAN"]);
        assert_eq!(held("2026-01-01"), ["KE_TOAN"]);
        assert!(roles_of(&world, hanh).iter().all(|role| role.is_of(&MANAGING)));
    }
}
