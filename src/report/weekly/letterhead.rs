//! What stands around a report: letterhead and signature, as the office set them; what it did not set follows from its
//! unit and the unit above.

use chrono::NaiveDate;

use crate::domain::catalog::{self, Unit};
use crate::domain::known::Known;
use crate::domain::settings;
use crate::report::doc::{Letterhead, Signature};

/// The symbol of a report of the Union.
const SYMBOL: &str = "BC-HPN";

/// The head of a report of the office of `unit`.
pub fn head(set: &settings::Letterhead, known: &dyn Known, unit: &str, on: NaiveDate) -> Letterhead {
    let names = Names::of(known, unit, on);
    let superior: Vec<String> = set
        .superior
        .iter()
        .filter(|line| !line.trim().is_empty())
        .cloned()
        .collect();
    Letterhead {
        superior: if superior.is_empty() {
            names.superior.iter().map(|name| name.to_uppercase()).collect()
        } else {
            superior
        },
        issuer: filled(&set.issuer).unwrap_or_else(|| names.issuer.to_uppercase()),
        symbol: filled(&set.symbol).unwrap_or_else(|| SYMBOL.to_string()),
        number: None,
        place: filled(&set.place).unwrap_or(names.place),
        date: on,
    }
}

/// Who signs and who receives.
pub fn signature(set: &settings::Letterhead, known: &dyn Known, unit: &str, on: NaiveDate) -> Signature {
    let names = Names::of(known, unit, on);
    let authority = filled(&set.authority).unwrap_or_else(|| names.authority.to_string());
    let recipients: Vec<String> = set
        .recipients
        .iter()
        .filter(|line| !line.trim().is_empty())
        .cloned()
        .collect();
    let usual = || {
        let superior = names.superior.map(|name| format!("{name} (b/c)"));
        let local = names.local.map(|place| format!("Đảng ủy, UB MTTQ {place} (b/c)"));
        superior
            .into_iter()
            .chain(local)
            .chain(["Lưu: VT".to_string()])
            .collect()
    };
    Signature {
        authority: authority.lines().map(str::to_string).collect(),
        post: filled(&set.post).unwrap_or_else(|| names.post.to_string()),
        name: filled(&set.signer).unwrap_or_default(),
        recipients: if recipients.is_empty() { usual() } else { recipients },
    }
}

fn filled(text: &Option<String>) -> Option<String> {
    text.as_ref().filter(|text| !text.trim().is_empty()).cloned()
}

/// What the bodies of a report are called when nobody says otherwise.
struct Names {
    superior: Option<String>,
    issuer: String,
    place: String,
    /// "xã Quỳnh Phụ", where a commune or a province reports to its own Party committee and Front too.
    local: Option<String>,
    authority: &'static str,
    post: &'static str,
}

impl Names {
    fn of(known: &dyn Known, uid: &str, on: NaiveDate) -> Names {
        let units = catalog::units();
        if let Some(unit) = units.get(uid) {
            let above = units.parent(uid, on);
            return Names {
                superior: above.as_ref().map(Unit::union_name),
                issuer: unit.union_name(),
                place: unit.bare_name().to_string(),
                local: above.is_some().then(|| unit.name_in_sentence()),
                authority: "TM. BAN THƯỜNG VỤ",
                post: "CHỦ TỊCH",
            };
        }
        let own = known.unit(uid);
        let above = own
            .as_ref()
            .and_then(|unit| unit.parent.as_deref())
            .and_then(|uid| units.get(uid));
        let issuer = own.map_or_else(|| uid.to_string(), |unit| unit.name);
        Names {
            superior: above.as_ref().map(Unit::union_name),
            place: above
                .as_ref()
                .map_or_else(|| issuer.clone(), |unit| unit.bare_name().to_string()),
            issuer,
            local: None,
            authority: "TM. CHI HỘI",
            post: "CHI HỘI TRƯỞNG",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::known::Nothing;
    use crate::domain::schema::Schema;

    fn known() -> Nothing {
        Nothing {
            today: day("2026-05-22"),
            schema: Schema::builtin(),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_commune_reports_to_its_province_of_that_day() {
        let set = settings::Letterhead::default();
        let head = head(&set, &known(), "C12472-B", day("2026-05-22"));
        assert_eq!(head.superior, ["HỘI LHPN TỈNH HƯNG YÊN"]);
        assert_eq!(head.issuer, "HỘI LHPN XÃ QUỲNH PHỤ");
        assert_eq!(head.place, "Quỳnh Phụ");
        assert_eq!(head.number_line(), "Số:      /BC-HPN");
        let signed = signature(&set, &known(), "C12472-B", day("2026-05-22"));
        assert_eq!(
            signed.recipients,
            [
                "Hội LHPN tỉnh Hưng Yên (b/c)",
                "Đảng ủy, UB MTTQ xã Quỳnh Phụ (b/c)",
                "Lưu: VT"
            ]
        );
        assert_eq!(
            (signed.authority, signed.post),
            (vec!["TM. BAN THƯỜNG VỤ".to_string()], "CHỦ TỊCH".into())
        );
    }

    #[test]
    fn what_the_office_set_stands_before_what_follows_from_its_unit() {
        let set = settings::Letterhead {
            superior: vec!["ỦY BAN MTTQ VIỆT NAM".into(), "XÃ QUỲNH PHỤ".into()],
            symbol: Some("BC-BTV".into()),
            authority: Some("TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH".into()),
            post: Some("PHÓ CHỦ TỊCH".into()),
            ..settings::Letterhead::default()
        };
        let head = head(&set, &known(), "C12472-B", day("2026-05-22"));
        assert_eq!(head.superior.len(), 2);
        assert_eq!(head.symbol, "BC-BTV");
        let signed = signature(&set, &known(), "C12472-B", day("2026-05-22"));
        assert_eq!(signed.authority, ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"]);
    }

    #[test]
    fn a_province_reports_to_the_centre() {
        let head = head(&settings::Letterhead::default(), &known(), "P33-B", day("2026-05-22"));
        assert_eq!(head.superior, ["TRUNG ƯƠNG HỘI LHPN VIỆT NAM"]);
    }
}
