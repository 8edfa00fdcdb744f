//! Which topics of training count for which indicator; a target may name its own.

use crate::domain::catalog;
pub use crate::domain::training::{MANAGERS_TRAINED, OFFICERS_KTTT};

/// Managers, in the use of IT.
pub const MANAGERS_IT: &[&str] = &["CNTT_QUAN_TRI"];
/// Members and workers.
pub const WORKERS: &[&str] = &[
    "NGHE",
    "NGHE_PHI_NN",
    "KHKT",
    "TMDT",
    "BAN_HANG_SO",
    "SX_XANH",
    "OCOP_ATTP",
];
/// Vocational training.
pub const VOCATIONAL: &[&str] = &["NGHE", "NGHE_PHI_NN"];
/// Officers, in outreach.
pub const OFFICERS_SKILL: &[&str] = &["KY_NANG_TUYEN_TRUYEN_VAN_DONG"];
/// Full-time officers, about start-ups.
pub const OFFICERS_FT: &[&str] = &["KHOI_NGHIEP_PP", "KHOI_SU"];
/// The groups of topics that women leaders are trained in.
const LEADERS: [&str; 2] = ["QUAN_LY", "KHOI_NGHIEP"];

/// The topics for women leaders: all of management and of start-ups.
pub fn women_leaders() -> Vec<String> {
    let list = catalog::list("training_topic");
    let codes = list
        .into_iter()
        .flat_map(|list| LEADERS.iter().flat_map(|group| list.group(group)));
    codes.map(|code| code.code.to_string()).collect()
}

/// A set, unless the target names its own.
pub fn or_own(own: &[String], set: &[&str]) -> Vec<String> {
    match own {
        [] => set.iter().map(|code| (*code).to_string()).collect(),
        own => own.to_vec(),
    }
}
