//! The register: cooperatives and groups with managers, opening figures, yearly figures and products.

use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value as Json, json};

use super::maker::{DemoError, Maker};
use super::office::{Gender, People};
use super::texts;
use crate::domain::catalog::demo::demo_names;
use crate::domain::id::Id;

/// A cooperative as the story goes on with it.
pub struct Cooperative {
    /// The record.
    pub id: Id,
    /// HTX or THT.
    pub kind: &'static str,
    /// Its trade, a code of `sector`.
    pub sector: &'static str,
    /// Who manages it, the head first.
    pub managers: Vec<Id>,
    /// Members who come to sessions.
    pub members: Vec<Id>,
    /// The figures of its last measurement: members, women, workers, women, stable women.
    pub figures: [i64; 5],
    /// A code of `htx_status`.
    pub status: &'static str,
}

/// The first ones are always the same, so that the handbook can name them.
const FIXED: &[(&str, &str, &str)] = &[
    ("HTX", "HTX Dược liệu An Khang", "CHE_DUOC_LIEU"),
    ("HTX", "HTX Rau an toàn Khánh Linh", "RAU_QUA_AN_TOAN"),
    ("HTX", "HTX Bún khô An Bài", "CHE_BIEN"),
    ("HTX", "HTX May Đông Hải", "DET_MAY"),
    ("THT", "THT Trồng nấm Đông Hải", "TRONG_TROT"),
    ("HTX", "HTX Môi trường xanh An Bài", "MOI_TRUONG"),
    ("HTX", "HTX May Trà Lý", "DET_MAY"),
    ("THT", "THT Rau màu Quỳnh Hải", "RAU_QUA_AN_TOAN"),
];

/// Makes the register.
pub fn make(maker: &mut Maker<'_>, people: &People, count: usize) -> Result<Vec<Cooperative>, DemoError> {
    let mut made = Vec::new();
    let mut taken: std::collections::BTreeSet<String> = FIXED.iter().map(|(_, name, _)| name.to_string()).collect();
    for place in 0..count {
        let (kind, name, sector) = match FIXED.get(place) {
            Some((kind, name, sector)) => (*kind, name.to_string(), *sector),
            None => invent(maker, &mut taken),
        };
        made.push(cooperative(maker, people, kind, &name, sector)?);
    }
    grown_from_group(maker, people, &made)?;
    Ok(made)
}

fn invent(
    maker: &mut Maker<'_>,
    taken: &mut std::collections::BTreeSet<String>,
) -> (&'static str, String, &'static str) {
    let names = demo_names();
    loop {
        let kind = if maker.chance.percent(64) { "HTX" } else { "THT" };
        let trade = maker.chance.pick(&names.trades);
        let words = maker.chance.pick(&trade.words);
        let name = format!("{kind} {words} {}", maker.chance.pick(&names.mottoes));
        let many = taken.len() > names.trades.len() * names.mottoes.len();
        let name = if many { format!("{name} {}", taken.len()) } else { name };
        if !matches!(trade.sector, "KHAC" | "TIN_DUNG") && taken.insert(name.clone()) {
            return (kind, name, trade.sector);
        }
    }
}

fn cooperative(
    maker: &mut Maker<'_>,
    people: &People,
    kind: &'static str,
    name: &str,
    sector: &'static str,
) -> Result<Cooperative, DemoError> {
    let today = maker.today();
    let first = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap_or(today);
    let registered = maker.chance.day(first, today);
    let chapter = maker.chance.pick(&people.chapters).clone();
    let founded_here = maker.chance.percent(62);
    let tax_code = (kind == "HTX").then(|| tax_code(maker));
    let features: Vec<&str> = maker
        .chance
        .some(
            &["CHUOI_GIA_TRI", "LANG_NGHE", "SX_XANH", "OCOP", "NTM", "CHUYEN_DOI_SO"],
            2,
        )
        .into_iter()
        .copied()
        .collect();
    let id = maker.make("cooperative", json!({
        "kind": kind, "name": name, "area": chapter, "address": "Xã Quỳnh Phụ, tỉnh Hưng Yên",
        "tax_code": tax_code,
        "registration_no": (kind == "HTX").then(|| format!("34{:02}07{:06}", registered.year() % 100, registered.ordinal() * 731 % 999_983)),
        "registered_on": registered.to_string(),
        "origin": if founded_here { "HOI_THANH_LAP" } else { "TU_THANH_LAP" },
        "sectors": [sector], "features": features,
        "size": if kind == "HTX" { Json::from("SIEU_NHO") } else { Json::Null },
    }))?;
    let managers = managers(maker, people, id, kind, registered)?;
    let members = members(maker, people, id, registered)?;
    let figures = figures(maker, kind);
    let status = *maker.chance.pick(
        &["DANG_HOAT_DONG"; 11]
            .iter()
            .chain(&["TAM_NGUNG"])
            .copied()
            .collect::<Vec<_>>(),
    );
    let mut made = Cooperative {
        id,
        kind,
        sector,
        managers,
        members,
        figures,
        status,
    };
    measure(maker, &mut made)?;
    products(maker, &made)?;
    Ok(made)
}

fn figures(maker: &mut Maker<'_>, kind: &str) -> [i64; 5] {
    let members = if kind == "HTX" {
        maker.chance.between(9, 68)
    } else {
        maker.chance.between(5, 24)
    };
    let women = members * maker.chance.between(45, 95) / 100;
    let workers = members * maker.chance.between(60, 120) / 100;
    let workers_women = workers * maker.chance.between(40, 92) / 100;
    [
        members,
        women,
        workers,
        workers_women,
        workers_women * maker.chance.between(60, 95) / 100,
    ]
}

fn managers(maker: &mut Maker<'_>, people: &People, id: Id, kind: &str, from: NaiveDate) -> Result<Vec<Id>, DemoError> {
    let roles: &[(&str, i64)] = match kind {
        "HTX" => &[
            ("GD", 100),
            ("CT_HDQT", 55),
            ("KE_TOAN", 70),
            ("TV_HDQT", 60),
            ("TV_BKS", 45),
        ],
        _ => &[("TO_TRUONG", 100), ("TO_PHO", 60)],
    };
    let mut managers = Vec::new();
    for (place, (role, cases)) in roles.iter().enumerate() {
        if !maker.chance.percent(*cases) {
            continue;
        }
        let gender = if maker.chance.percent(88) {
            Gender::Woman
        } else {
            Gender::Man
        };
        // Now and then the director chairs the board as well.
        let person = match managers.first() {
            Some(head) if place == 1 && kind == "HTX" && maker.chance.percent(40) => *head,
            _ => people.person(maker, gender, (1966, 1996))?,
        };
        let from = if maker.chance.percent(85) {
            from.to_string()
        } else {
            (from.year() + 1).to_string()
        };
        maker.make(
            "role",
            json!({ "person": person.to_string(), "cooperative": id.to_string(), "role": role, "from": from }),
        )?;
        if !managers.contains(&person) {
            managers.push(person);
        }
    }
    Ok(managers)
}

fn members(maker: &mut Maker<'_>, people: &People, id: Id, from: NaiveDate) -> Result<Vec<Id>, DemoError> {
    let mut members = Vec::new();
    for _ in 0..maker.chance.between(1, 3) {
        let person = people.person(maker, Gender::Woman, (1964, 2003))?;
        maker.make("role", json!({
            "person": person.to_string(), "cooperative": id.to_string(), "role": "THANH_VIEN", "from": from.year().to_string(),
        }))?;
        members.push(person);
    }
    Ok(members)
}

/// The figures at entry, with those of the year before.
fn measure(maker: &mut Maker<'_>, made: &mut Cooperative) -> Result<(), DemoError> {
    let [members, women, workers, workers_women, stable] = made.figures;
    let today = maker.today();
    let capital = maker.chance.between(2, 40) * 50_000_000;
    let revenue = capital * maker.chance.between(60, 180) / 100 / 1_000_000 * 1_000_000;
    let rating = *maker.chance.pick(&["TOT", "KHA", "KHA", "TRUNG_BINH"]);
    let income = maker.chance.between(35, 75) * 100_000;
    let earlier = today.checked_sub_days(Days::new(200)).unwrap_or(today);
    maker.make(
        "measurement",
        json!({
            "cooperative": made.id.to_string(), "date": earlier.to_string(), "status": "DANG_HOAT_DONG",
            "members": members - members / 9, "members_women": (women - women / 7).min(members - members / 9),
            "workers": workers, "workers_women": workers_women, "workers_women_stable": stable,
            "members_working_women": stable.min(women - women / 7) / 2,
            "finance_year": today.year() - 1, "capital": capital, "revenue": revenue, "profit": revenue / 12,
            "income": income,
            "rating": if made.kind == "HTX" { Json::from(rating) } else { Json::Null },
            "rating_year": if made.kind == "HTX" { Json::from(today.year() - 1) } else { Json::Null },
            "source": "Báo cáo năm của đơn vị",
        }),
    )?;
    maker.make(
        "measurement",
        json!({
            "cooperative": made.id.to_string(), "date": today.to_string(), "status": made.status,
            "members": members, "members_women": women, "workers": workers, "workers_women": workers_women,
            "workers_women_stable": stable, "source": "Rà soát đầu kỳ",
        }),
    )?;
    Ok(())
}

fn products(maker: &mut Maker<'_>, made: &Cooperative) -> Result<(), DemoError> {
    if !maker.chance.percent(55) {
        return Ok(());
    }
    let name = *maker.chance.pick(texts::products(made.sector));
    let starred = maker.chance.percent(45);
    let decided = maker
        .today()
        .checked_sub_days(Days::new(maker.chance.between(60, 900).unsigned_abs()))
        .unwrap_or(maker.today());
    let expires = decided.checked_add_days(Days::new(1095)).unwrap_or(decided);
    let star = *maker.chance.pick(&["3", "3", "3", "4"]);
    maker.make(
        "product",
        json!({
            "cooperative": made.id.to_string(), "name": name, "ocop_group": texts::ocop_group(made.sector),
            "ocop_star": starred.then_some(star), "decided_on": starred.then(|| decided.to_string()),
            "expires_on": starred.then(|| expires.to_string()),
        }),
    )?;
    Ok(())
}

/// One group became a cooperative: the group ends, the cooperative names it as its predecessor.
fn grown_from_group(maker: &mut Maker<'_>, people: &People, made: &[Cooperative]) -> Result<(), DemoError> {
    let group = made
        .iter()
        .skip(8)
        .find(|one| one.kind == "THT" && one.status == "DANG_HOAT_DONG");
    let grown = made.iter().skip(8).find(|one| one.kind == "HTX");
    if let (Some(group), Some(grown)) = (group, grown) {
        maker.change(
            "cooperative",
            grown.id,
            json!({ "predecessor": group.id.to_string(), "origin": "HOI_THANH_LAP" }),
        )?;
        let today = maker.today().to_string();
        maker.make(
            "measurement",
            json!({
                "cooperative": group.id.to_string(), "date": today, "status": "CHUYEN_HTX", "status_since": today,
                "source": "Chuyển thành HTX",
            }),
        )?;
        let chapter = people.chapters.first().cloned();
        maker.make(
            "formation",
            json!({
                "name": "HTX Nấm sạch Hạ Đồng", "kind": "HTX", "step": "B3_PA_SXKD", "step_on": today, "founders": 9,
                "note": chapter.map(|_| "đang vận động thêm thành viên góp vốn"),
            }),
        )?;
    }
    Ok(())
}

/// Ten digits with a check digit that fits.
fn tax_code(maker: &mut Maker<'_>) -> String {
    const WEIGHTS: [i64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    loop {
        let number = format!("10{:07}", maker.chance.between(1_000_000, 9_999_999));
        let sum: i64 = number
            .bytes()
            .zip(WEIGHTS)
            .map(|(digit, weight)| i64::from(digit - b'0') * weight)
            .sum();
        let check = 10 - sum % 11;
        if (0..10).contains(&check) {
            return format!("{number}{check}");
        }
    }
}
