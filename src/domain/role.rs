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
        from: Partial = ("Từ", "From") [hint("Ngày, tháng hoặc năm; để trống nếu không rõ", "A day, a month or a year; empty if not known")],
        to: Partial = ("Đến", "To") [either, not_before("from"), beside],
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
