//! The office: its chapters, its officers, its partners, its plan for the year.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::COMMUNE;
use super::maker::{DemoError, Maker};
use crate::domain::catalog::demo::{Surname, demo_names};
use crate::domain::id::Id;

/// The officer who keeps this logbook.
pub const OFFICER: &str = "Phạm Thu Hằng";

/// The chapters of the commune, all made up.
const CHAPTERS: &[&str] = &[
    "Đông Hải",
    "An Bài",
    "La Vân",
    "Phú Mỹ",
    "Tân Dân",
    "Đồng Tâm",
    "Bình Minh",
    "Thượng Phú",
    "Xuân Lai",
    "Lộng Khê",
    "Hạ Đồng",
    "Mỹ Xá",
];

/// Who works here and with whom.
pub struct People {
    /// The officers of the commune; the first keeps this logbook.
    pub officers: Vec<Id>,
    /// The heads of chapters.
    pub heads: Vec<Id>,
    /// The uids of the chapters.
    pub chapters: Vec<String>,
    /// Partners by kind.
    pub partners: Vec<(&'static str, Id)>,
    /// Names given so far, so that nobody is there twice.
    taken: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

/// Whether a person is a woman or a man.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// NU
    Woman,
    /// NAM
    Man,
}

impl People {
    /// A name nobody else bears.
    pub fn name(&self, maker: &mut Maker<'_>, gender: Gender) -> String {
        let names = demo_names();
        let north: Vec<Surname> = names
            .surnames
            .iter()
            .copied()
            .filter(|one| matches!(one.home, None | Some("Bắc")))
            .collect();
        loop {
            let surname = maker.chance.weighted(&north, |one| one.weight).name;
            let (middle, given) = match gender {
                Gender::Woman => (
                    maker.chance.pick(&names.middle_women),
                    maker.chance.pick(&names.given_women),
                ),
                Gender::Man => (
                    maker.chance.pick(&names.middle_men),
                    maker.chance.pick(&names.given_men),
                ),
            };
            let name = format!("{surname} {middle} {given}");
            if !middle.ends_with(given) && self.taken.borrow_mut().insert(name.clone()) {
                return name;
            }
        }
    }

    /// A person with a telephone and a year of birth.
    pub fn person(&self, maker: &mut Maker<'_>, gender: Gender, born: (i64, i64)) -> Result<Id, DemoError> {
        let name = self.name(maker, gender);
        let birth = maker.chance.between(born.0, born.1);
        let agreed = maker
            .today()
            .with_year(maker.today().year() - 1)
            .unwrap_or(maker.today());
        let phone = phone(maker);
        maker.make(
            "person",
            json!({
                "name": name,
                "gender": if gender == Gender::Woman { "NU" } else { "NAM" },
                "birth": birth.to_string(),
                "phone": phone,
                "consent_on": agreed.to_string(),
                "consent_form": "Phiếu đồng ý",
            }),
        )
    }
}

fn phone(maker: &mut Maker<'_>) -> String {
    let start = *maker
        .chance
        .pick(&["091", "098", "097", "036", "038", "083", "077", "094"]);
    format!("{start}{:07}", maker.chance.between(1_000_000, 9_999_999))
}

/// Makes the office.
pub fn make(maker: &mut Maker<'_>, until: NaiveDate) -> Result<People, DemoError> {
    let mut people = People {
        officers: Vec::new(),
        heads: Vec::new(),
        chapters: Vec::new(),
        partners: Vec::new(),
        taken: Default::default(),
    };
    for (place, name) in CHAPTERS.iter().enumerate() {
        let uid = format!("QP-CH{:02}", place + 1);
        maker.make(
            "unit",
            json!({
                "uid": uid, "name": format!("Chi hội thôn {name}"), "level": "CHI_HOI", "parent": COMMUNE,
                "valid_from": "2025-07-01",
            }),
        )?;
        people.chapters.push(uid);
    }
    let first = maker.make(
        "person",
        json!({
            "name": OFFICER, "gender": "NU", "birth": "1988", "phone": "0912000188",
        }),
    )?;
    people.taken.borrow_mut().insert(OFFICER.to_string());
    people.officers.push(first);
    for _ in 0..3 {
        let officer = people.person(maker, Gender::Woman, (1974, 1995))?;
        people.officers.push(officer);
    }
    let posts = [
        ("CB_CHUYEN_TRACH", "Phó Chủ tịch Hội", true),
        ("CB_CHUYEN_TRACH", "Chủ tịch Hội", false),
        ("CB_BCH_CO_SO", "Ủy viên Ban Chấp hành", true),
        ("CB_BCH_CO_SO", "Ủy viên Ban Chấp hành", false),
    ];
    for (person, (kind, title, economic)) in people.officers.clone().iter().zip(posts) {
        maker.make("post", json!({
            "person": person.to_string(), "unit": COMMUNE, "officer_kind": kind, "title": title, "economic": economic,
            "from": "2025-07-15",
        }))?;
    }
    for chapter in people.chapters.clone() {
        let head = people.person(maker, Gender::Woman, (1968, 1994))?;
        maker.make(
            "post",
            json!({
                "person": head.to_string(), "unit": chapter, "officer_kind": "CB_CHI_HOI", "title": "Chi hội trưởng",
                "from": "2025-08-01",
            }),
        )?;
        people.heads.push(head);
    }
    partners(maker, &mut people)?;
    year_plan(maker, until)?;
    Ok(people)
}

fn partners(maker: &mut Maker<'_>, people: &mut People) -> Result<(), DemoError> {
    let partners = [
        ("LMHTX", "Liên minh Hợp tác xã tỉnh Hưng Yên"),
        ("NGAN_HANG", "Phòng giao dịch Ngân hàng Chính sách xã hội"),
        ("CLB_NU_DN", "Câu lạc bộ nữ chủ doanh nghiệp Hoa Sen"),
        ("DN_TIEU_THU", "Công ty Nông sản Phù Sa Xanh"),
        ("UBND", "UBND xã Quỳnh Phụ"),
        ("CO_SO_DAY_NGHE", "Cơ sở dạy nghề Trà Lý"),
    ];
    for (kind, name) in partners {
        let id = maker.make("partner", json!({ "kind": kind, "name": name }))?;
        people.partners.push((kind, id));
    }
    Ok(())
}

/// The office's own plan for each of the two last years, over the codes of the weekly summary.
fn year_plan(maker: &mut Maker<'_>, until: NaiveDate) -> Result<(), DemoError> {
    for year in [until.year() - 1, until.year()] {
        maker.make(
            "unit_year",
            json!({
                "unit": COMMUNE, "year": year, "members": 1_842 + i64::from(year % 10), "chapters": CHAPTERS.len(),
                "officers_full_time": 2, "officers_committee": 11, "officers_chapter": 24, "officers_economic": 3,
            }),
        )?;
        let plan = maker.make(
            "plan",
            json!({
                "code": format!("KH-{year}"), "number": format!("05/KH-HPN"), "date": format!("{year}-01-12"),
                "issuer": "Hội LHPN xã Quỳnh Phụ", "unit": COMMUNE,
                "title": format!("Kế hoạch công tác hỗ trợ phụ nữ phát triển kinh tế tập thể, khởi nghiệp năm {year}"),
                "programme": "DA01", "from": format!("{year}-01-01"), "to": format!("{year}-12-31"),
            }),
        )?;
        let targets: [(&str, &str, f64, Option<f64>); 9] = [
            ("VISITS", ">=", 220.0, None),
            ("COOPS_VISITED", ">=", 55.0, None),
            ("TRAIN_SESSIONS", ">=", 18.0, None),
            ("TRAIN_ATTEND", ">=", 480.0, None),
            ("MANAGERS_TRAINED_FIRST", ">=", 80.0, None),
            ("HTX_NEW", ">=", 2.0, None),
            ("THT_NEW", ">=", 3.0, None),
            ("BOOTHS_CONFIRMED", "range", 12.0, Some(15.0)),
            ("IDEAS_SENT", ">=", 3.0, None),
        ];
        for (indicator, operator, low, high) in targets {
            maker.make("target", json!({
                "plan": plan.to_string(), "indicator": indicator, "period": year.to_string(), "operator": operator,
                "low": low, "high": high, "cumulative_from": format!("{year}-01-01"), "due": format!("{year}-12-31"),
            }))?;
        }
    }
    Ok(())
}
