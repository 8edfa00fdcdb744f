//! What tells a hit from others of its name: where it is, who speaks for it, when it was.

use crate::domain::entry::Entry;
use crate::domain::figures;
use crate::domain::known::{name_of, unit_name};
use crate::domain::role::{self, Role};
use crate::domain::title;
use crate::store::{Order, Read, StoreError};

/// One line about a record.
///
/// # Errors
/// The store cannot be read.
pub fn of(entry: &Entry, read: &dyn Read) -> Result<String, StoreError> {
    Ok(match entry.kind {
        "cooperative" => of_cooperative(entry, read),
        "person" => of_person(entry, read)?,
        "training" | "fair" => {
            let venue = entry.text("venue").unwrap_or_default();
            title::dated(entry.date("from"), &[venue])
        }
        _ => title::join(&[&unit_name(read.known(), entry.unit())]),
    })
}

/// "Đang hoạt động · Xã Quỳnh Phụ · Giám đốc Phạm Thị Hạnh".
fn of_cooperative(entry: &Entry, read: &dyn Read) -> String {
    let known = read.known();
    let status = figures::latest(known, entry.id, "status", read.today());
    let status = status.as_ref().and_then(|figure| figure.value.as_text());
    let roles = role::roles_on(known, entry.id, read.today());
    let head = head_of(&roles).map(|role| {
        format!(
            "{} {}",
            label("role", role.role.as_deref()),
            name_of(known, "person", role.person)
        )
    });
    title::join(&[
        label("htx_status", status),
        &unit_name(known, entry.text("area").or(entry.unit())),
        &head.unwrap_or_default(),
    ])
}

/// "Giám đốc HTX Dược liệu An Khang", or where she is an officer.
fn of_person(entry: &Entry, read: &dyn Read) -> Result<String, StoreError> {
    let known = read.known();
    let mut roles = role::roles_of(known, entry.id);
    roles.retain(|role| role.is_held(read.today()));
    if let Some(role) = head_of(&roles).or(roles.first()) {
        let place = name_of(known, "cooperative", role.cooperative);
        return Ok(format!("{} {place}", label("role", role.role.as_deref())));
    }
    for post in read.refers(entry.id, "post", "person", Order::Backward) {
        if let Some(post) = read.get("post", post?.id)?
            && role::is_held(post.field("from"), post.field("to"), read.today())
        {
            let kind = label("officer_kind", post.text("officer_kind"));
            let title = post.text("title").unwrap_or(kind);
            return Ok(title::join(&[title, &unit_name(known, post.unit())]));
        }
    }
    Ok(String::new())
}

/// The role that comes first in the order in which offices name them: the director, the chair, then on.
pub(super) fn head_of(roles: &[Role]) -> Option<&Role> {
    roles
        .iter()
        .min_by_key(|role| rank(role))
        .filter(|role| rank(role) < RANKS.len())
}

const RANKS: [&str; 17] = [
    "GD",
    "TGD",
    "TO_TRUONG",
    "CHU_DN",
    "CHU_HKD",
    "NHOM_TRUONG",
    "CT_HDQT",
    "KE_TOAN",
    "PGD",
    "PTGD",
    "TO_PHO",
    "PCT_HDQT",
    "TV_HDQT",
    "TB_KS",
    "TV_BKS",
    "TV_BDH",
    "THU_QUY",
];

/// The place of a role in that order; the number of such roles for all others.
pub(super) fn rank(role: &Role) -> usize {
    let code = role.role.as_deref().unwrap_or_default();
    RANKS.iter().position(|known| *known == code).unwrap_or(RANKS.len())
}

fn label<'a>(list: &str, code: Option<&'a str>) -> &'a str {
    title::label(list, code)
}
