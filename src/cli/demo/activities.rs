//! What happened: a quiet year, then weeks of visits, sessions, support, outreach, and fairs; told in the order of days.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::json;

use super::cooperatives::Cooperative;
use super::maker::{DemoError, Maker};
use super::office::People;
use super::texts;
use crate::domain::id::Id;
use crate::store::Order;

/// Something to be done on its day.
enum Deed {
    Visit(usize),
    Session(usize),
    Support(usize),
    Outreach,
    Follow,
    Idea(usize),
    PastFair,
    Register(usize),
    Inspection,
}

/// Days from one to another that are worked on, Monday to Friday.
fn working(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day.pred_opt().unwrap_or(day),
        Weekday::Sun => day.checked_sub_days(Days::new(2)).unwrap_or(day),
        _ => day,
    }
}

/// Tells the story from the maker's day to `until`; from `lively` on there is something every week.
pub fn make(
    maker: &mut Maker<'_>,
    people: &People,
    cooperatives: &[Cooperative],
    lively: NaiveDate,
    until: NaiveDate,
) -> Result<(), DemoError> {
    if cooperatives.is_empty() {
        return Ok(());
    }
    let mut days = schedule(maker, cooperatives.len(), lively, until);
    let last = days.pop_last();
    let mut fair = None;
    for (day, deeds) in days {
        maker.go_to(day)?;
        for deed in deeds {
            act(maker, people, cooperatives, deed, &mut fair, until)?;
        }
    }
    ahead(maker, people, until)?;
    // The last day is saved as an officer saves, one by one.
    maker.one_by_one()?;
    if let Some((day, deeds)) = last {
        maker.go_to(day)?;
        for deed in deeds {
            act(maker, people, cooperatives, deed, &mut fair, until)?;
        }
    }
    Ok(())
}

fn schedule(
    maker: &mut Maker<'_>,
    cooperatives: usize,
    lively: NaiveDate,
    until: NaiveDate,
) -> BTreeMap<NaiveDate, Vec<Deed>> {
    let mut days: BTreeMap<NaiveDate, Vec<Deed>> = BTreeMap::new();
    let mut on = |day: NaiveDate, deed: Deed| days.entry(working(day)).or_default().push(deed);
    let start = maker.today();
    let quiet = lively.pred_opt().unwrap_or(lively);
    for place in 0..cooperatives {
        // A few are left alone for long: home says so.
        if place % 11 != 5 {
            on(maker.chance.day(start, quiet), Deed::Visit(place));
        }
    }
    for session in 0..6 {
        on(maker.chance.day(start, quiet), Deed::Session(session));
    }
    let fair = NaiveDate::from_ymd_opt(until.year(), 10, 10).filter(|day| *day < until);
    let fair = fair
        .or_else(|| NaiveDate::from_ymd_opt(until.year() - 1, 10, 10))
        .filter(|day| *day >= start);
    on(fair.unwrap_or(quiet), Deed::PastFair);
    on(maker.chance.day(start, quiet), Deed::Inspection);
    let mut week = lively;
    let mut number = 0;
    let mut turn = 3;
    let stride = if cooperatives.is_multiple_of(7) { 1 } else { 7 };
    while week <= until {
        let end = week.checked_add_days(Days::new(6)).unwrap_or(until).min(until);
        for _ in 0..maker.chance.between(4, 6) {
            // In turn, as an officer goes round; a few places are never come to.
            turn += stride;
            let place = turn % cooperatives;
            if place % 11 != 5 {
                on(maker.chance.day(week, end), Deed::Visit(place));
            }
        }
        if number % 2 == 0 {
            on(maker.chance.day(week, end), Deed::Session(number / 2 + 6));
        }
        if maker.chance.percent(80) {
            on(
                maker.chance.day(week, end),
                Deed::Support(maker.chance.between(0, cooperatives as i64 - 1) as usize),
            );
        }
        on(maker.chance.day(week, end), Deed::Outreach);
        on(maker.chance.day(week, end), Deed::Follow);
        if number % 3 == 1 {
            on(maker.chance.day(week, end), Deed::Idea(number / 3));
        }
        if (4..16).contains(&number) {
            on(maker.chance.day(week, end), Deed::Register(number - 4));
        }
        number += 1;
        week = week
            .checked_add_days(Days::new(7))
            .unwrap_or(until.succ_opt().unwrap_or(until));
    }
    days
}

fn act(
    maker: &mut Maker<'_>,
    people: &People,
    cooperatives: &[Cooperative],
    deed: Deed,
    fair: &mut Option<Id>,
    until: NaiveDate,
) -> Result<(), DemoError> {
    match deed {
        Deed::Visit(place) => visit(maker, people, &cooperatives[place]),
        Deed::Session(number) => session(maker, people, cooperatives, number),
        Deed::Support(place) => support(maker, people, &cooperatives[place]),
        Deed::Outreach => outreach(maker),
        Deed::Follow => follow_up(maker),
        Deed::Idea(number) => idea(maker, people, number),
        Deed::PastFair => past_fair(maker, cooperatives),
        Deed::Register(number) => register(maker, cooperatives, number, fair, until),
        Deed::Inspection => inspection(maker),
    }
}

fn visit(maker: &mut Maker<'_>, people: &People, at: &Cooperative) -> Result<(), DemoError> {
    let trouble = maker.chance.percent(38).then(|| maker.chance.pick(texts::TROUBLES));
    let advice = trouble.map_or_else(|| *maker.chance.pick(texts::ADVICE), |trouble| trouble.advice);
    let purposes: Vec<&str> = maker
        .chance
        .some(&["KHAO_SAT", "DANH_GIA", "TU_VAN", "KIEM_TRA_GIAM_SAT", "THEO_DOI"], 1)
        .into_iter()
        .copied()
        .collect();
    let officers = maker.chance.some(&people.officers, 1);
    let by_phone = maker.chance.percent(12);
    let measured = !by_phone && maker.chance.percent(70);
    let drift = maker.chance.between(-1, 2);
    let [members, women, workers, workers_women, stable] = at.figures;
    let workers = (workers + drift).max(1);
    let next = maker
        .chance
        .percent(45)
        .then(|| maker.today() + Days::new(maker.chance.between(7, 45).unsigned_abs()));
    let mut fields = json!({
        "date": maker.today().to_string(), "cooperative": at.id.to_string(),
        "officers": officers.iter().map(|id| id.to_string()).collect::<Vec<_>>(),
        "purposes": purposes, "mode": if by_phone { "DIEN_THOAI" } else { "TRUC_TIEP" },
        "difficulties": trouble.map(|trouble| vec![trouble.code]),
        "difficulty_text": trouble.map(|trouble| vec![trouble.text]),
        "advice": advice, "next_visit": next.map(|day| working(day).to_string()),
    });
    if measured {
        fields["status"] = json!(at.status);
        fields["members"] = json!(members);
        fields["members_women"] = json!(women.min(members));
        fields["workers"] = json!(workers);
        fields["workers_women"] = json!(workers_women.min(workers));
        fields["workers_women_stable"] = json!(stable.min(workers_women).min(workers));
    }
    if maker.chance.percent(25) {
        fields["findings"] = json!(maker.chance.pick(texts::FINDINGS));
    }
    maker.make("visit", fields).map(|_| ())
}

fn session(
    maker: &mut Maker<'_>,
    people: &People,
    cooperatives: &[Cooperative],
    number: usize,
) -> Result<(), DemoError> {
    let (title, topics, audience) = texts::SESSIONS[number % texts::SESSIONS.len()];
    let today = maker.today();
    let venue = *maker.chance.pick(&[
        "Hội trường UBND xã",
        "Nhà văn hóa thôn Đông Hải",
        "Trụ sở HTX Dược liệu An Khang",
    ]);
    let cost = maker.chance.between(4, 18) * 500_000;
    let training = maker.make(
        "training",
        json!({
            "title": title, "topics": topics, "from": today.to_string(), "to": today.to_string(), "days": 1,
            "venue": venue,
            "organiser": "Hội LHPN xã Quỳnh Phụ", "audience": audience, "funding": ["NS_XA"],
            "cost": cost,
        }),
    )?;
    let count = maker.chance.between(20, 32) as usize;
    let invited = invited(maker, people, cooperatives, audience, count);
    for (place, (person, cooperative, kind)) in invited.iter().enumerate() {
        let absent = maker.chance.percent(9);
        maker.make(
            "attendance",
            json!({
                "training": training.to_string(), "person": person.to_string(),
                "cooperative": cooperative.map(|id| id.to_string()), "kind": kind,
                "state": if absent { "VANG" } else { "CO_MAT" },
                "certificate": if absent || !number.is_multiple_of(3) { "KHONG" } else { "GIAY_CHUNG_NHAN" },
                "certificate_no": (!absent && number.is_multiple_of(3)).then(|| format!("{:03}/{}", place + 1, today.year())),
            }),
        )?;
    }
    for name in ["Bùi Thị Mến Thương", "Đỗ Thị Thu Cúc"].iter().take(number % 3) {
        maker.make(
            "attendance",
            json!({
                "training": training.to_string(), "name": name, "gender": "NU", "kind": "HOI_VIEN", "state": "CO_MAT",
            }),
        )?;
    }
    Ok(())
}

type Invited = (Id, Option<Id>, &'static str);

fn invited(
    maker: &mut Maker<'_>,
    people: &People,
    cooperatives: &[Cooperative],
    audience: &[&str],
    count: usize,
) -> Vec<Invited> {
    let mut pool: Vec<Invited> = Vec::new();
    if audience.iter().any(|kind| kind.starts_with("CB_")) {
        pool.extend(people.officers.iter().map(|id| (*id, None, "CB_BCH_CO_SO")));
        pool.extend(people.heads.iter().map(|id| (*id, None, "CB_CHI_HOI")));
    }
    let managers = audience.iter().any(|kind| kind.starts_with("QL_"));
    for at in cooperatives {
        if managers {
            let kind = if at.kind == "HTX" { "QL_HTX" } else { "QL_THT" };
            pool.extend(at.managers.iter().map(|id| (*id, Some(at.id), kind)));
        } else {
            pool.extend(at.members.iter().map(|id| (*id, Some(at.id), "TV_HTX")));
        }
    }
    maker
        .chance
        .some(&pool, count.min(pool.len()))
        .into_iter()
        .copied()
        .collect()
}

fn support(maker: &mut Maker<'_>, people: &People, at: &Cooperative) -> Result<(), DemoError> {
    let (kind, partner) = *maker.chance.pick(&[
        ("VON_TIN_DUNG", "NGAN_HANG"),
        ("QUY_HTX", "LMHTX"),
        ("XTTM", "DN_TIEU_THU"),
        ("TRUY_XUAT", "LMHTX"),
        ("DIEU_LE", "LMHTX"),
        ("THUONG_HIEU", "LMHTX"),
        ("TMDT", "DN_TIEU_THU"),
    ]);
    let money = matches!(kind, "VON_TIN_DUNG" | "QUY_HTX");
    let amount = maker.chance.between(5, 30) * 10_000_000;
    let partner = people
        .partners
        .iter()
        .find(|(known, _)| *known == partner)
        .map(|(_, id)| id.to_string());
    let today = maker.today().to_string();
    maker.make(
        "support",
        json!({
            "date": today, "cooperative": at.id.to_string(), "kind": kind, "partner": partner,
            "asked": money.then_some(amount), "granted": money.then_some(amount), "granted_on": money.then_some(today),
            "contracts": (kind == "XTTM").then_some(1), "contract_value": (kind == "XTTM").then_some(amount / 2),
        }),
    )?;
    Ok(())
}

fn outreach(maker: &mut Maker<'_>) -> Result<(), DemoError> {
    let (form, title) = *maker.chance.pick(texts::OUTREACH);
    let meeting = matches!(form, "SINH_HOAT" | "HOI_NGHI");
    let reach = maker.chance.between(24, 86);
    let items = maker.chance.between(1, 3);
    maker.make(
        "outreach",
        json!({
            "date": maker.today().to_string(), "form": form, "title": title,
            "sessions": meeting.then_some(1), "items": (!meeting).then_some(items),
            "reach": meeting.then_some(reach), "reach_women": meeting.then_some(reach - reach / 12),
            "reach_members_new": meeting.then_some(reach / 5),
        }),
    )?;
    Ok(())
}

/// Goes on with the oldest open difficulties: escalates one, settles one.
fn follow_up(maker: &mut Maker<'_>) -> Result<(), DemoError> {
    let today = maker.today();
    let open: Vec<Id> = maker.with(|read| -> Result<Vec<Id>, crate::store::StoreError> {
        let mut open = Vec::new();
        for item in read.dated("issue", "opened_on", None, Some(today), Order::Forward) {
            let id = item?.id;
            let state = read
                .get("issue", id)?
                .and_then(|entry| entry.text("state").map(str::to_string));
            if matches!(state.as_deref(), Some("MOI" | "DANG_XU_LY" | "DA_KIEN_NGHI")) {
                open.push(id);
            }
        }
        Ok(open)
    })?;
    for oldest in open.iter().take(2) {
        let reply = "đã làm việc với cơ quan liên quan, HTX xác nhận đã giải quyết xong";
        maker.change(
            "issue",
            *oldest,
            json!({ "state": "DA_GIAI_QUYET", "closed_on": today.to_string(), "reply": reply }),
        )?;
    }
    if let Some(next) = open.get(2)
        && maker.chance.percent(50)
    {
        let due = today + Days::new(maker.chance.between(10, 40).unsigned_abs());
        maker.change(
            "issue",
            *next,
            json!({
                "state": "DA_KIEN_NGHI", "escalated_on": today.to_string(), "escalated_to": "UBND xã Quỳnh Phụ",
                "due": due.to_string(),
            }),
        )?;
    }
    Ok(())
}

fn idea(maker: &mut Maker<'_>, people: &People, number: usize) -> Result<(), DemoError> {
    let sent = number.is_multiple_of(2);
    let today = maker.today().to_string();
    let person = people.heads[number % people.heads.len()].to_string();
    maker.make("contest_entry", json!({
        "contest": "Phụ nữ khởi nghiệp sáng tạo", "year": maker.today().year(), "title": texts::IDEAS[number % texts::IDEAS.len()],
        "person": person, "stage": if sent { "GUI_TRUNG_UONG" } else { "Y_TUONG" }, "registered_on": today,
        "sent_on": sent.then_some(today.clone()), "result": "DANG_THI",
    }))?;
    Ok(())
}

fn fair_title(year: i32) -> String {
    format!("Ngày phụ nữ sáng tạo khởi nghiệp năm {year}")
}

fn past_fair(maker: &mut Maker<'_>, cooperatives: &[Cooperative]) -> Result<(), DemoError> {
    let today = maker.today();
    let fair = maker.make("fair", json!({
        "title": fair_title(today.year()), "kind": "NGAY_PN_KN", "from": today.to_string(), "to": (today + Days::new(1)).to_string(),
        "venue": "Sân vận động xã Quỳnh Phụ", "organiser": "Hội LHPN xã Quỳnh Phụ", "planned_booths": 14, "state": "DA_TO_CHUC",
    }))?;
    let exhibitors = maker.chance.some(cooperatives, 14);
    for (place, at) in exhibitors.into_iter().enumerate() {
        let before = today - Days::new(maker.chance.between(6, 30).unsigned_abs());
        let stars = maker.chance.percent(40).then(|| *maker.chance.pick(&["3", "3", "4"]));
        let revenue = maker.chance.between(8, 120) * 250_000;
        let visitors = maker.chance.between(60, 400);
        maker.make("booth", json!({
            "fair": fair.to_string(), "number": (place + 1).to_string(), "exhibitor": at.id.to_string(),
            "categories": ["HTX_NU"], "products": texts::products(at.sector).join(", "), "ocop_star": stars,
            "revenue": revenue, "visitors": visitors,
            "state": "DA_TRUNG_BAY", "registered_on": before.to_string(), "confirmed_on": (before + Days::new(3)).to_string(),
        }))?;
    }
    Ok(())
}

/// The next fair fills up week by week.
fn register(
    maker: &mut Maker<'_>,
    cooperatives: &[Cooperative],
    number: usize,
    fair: &mut Option<Id>,
    until: NaiveDate,
) -> Result<(), DemoError> {
    let fair = match fair {
        Some(fair) => *fair,
        None => {
            let opens = NaiveDate::from_ymd_opt(until.year(), 10, 10).filter(|day| *day > until);
            let opens = opens
                .or_else(|| NaiveDate::from_ymd_opt(until.year() + 1, 10, 10))
                .unwrap_or(until);
            *fair.insert(maker.make(
                "fair",
                json!({
                    "title": fair_title(opens.year()), "kind": "NGAY_PN_KN", "from": opens.to_string(),
                    "to": (opens + Days::new(1)).to_string(), "venue": "Nhà thi đấu xã Quỳnh Phụ",
                    "organiser": "Hội LHPN xã Quỳnh Phụ", "planned_booths": 14, "state": "DU_KIEN",
                }),
            )?)
        }
    };
    let at = &cooperatives[(number * 3) % cooperatives.len()];
    let today = maker.today().to_string();
    let confirmed = number % 3 != 2;
    maker.make("booth", json!({
        "fair": fair.to_string(), "number": (number + 1).to_string(), "exhibitor": at.id.to_string(), "categories": ["HTX_NU"],
        "products": texts::products(at.sector).join(", "), "state": if confirmed { "XAC_NHAN" } else { "DANG_KY" },
        "registered_on": today, "confirmed_on": confirmed.then_some(today.clone()),
    }))?;
    Ok(())
}

fn inspection(maker: &mut Maker<'_>) -> Result<(), DemoError> {
    let today = maker.today().to_string();
    maker.make("inspection", json!({
        "date": today, "level": "XA", "subjects": "4 chi hội, 6 HTX, THT",
        "findings": "Sổ sách đầy đủ; 2 HTX chậm gửi số liệu quý", "proposals": "Đề nghị tỉnh Hội mở lớp kế toán HTX",
    }))?;
    maker.make("commendation", json!({
        "date": today, "round": maker.today().year().to_string(), "title": "Khen thưởng phong trào phụ nữ làm kinh tế",
        "subjects": "3 tập thể, 5 cá nhân", "collective": true,
    }))?;
    Ok(())
}

/// What lies ahead: a session next week.
fn ahead(maker: &mut Maker<'_>, people: &People, until: NaiveDate) -> Result<(), DemoError> {
    let day = working(until + Days::new(5));
    let training = maker.make("training", json!({
        "title": "Kỹ năng số cho nữ quản lý HTX", "topics": ["KY_NANG_SO"], "from": day.to_string(), "to": day.to_string(), "days": 1,
        "venue": "Hội trường UBND xã", "organiser": "Hội LHPN xã Quỳnh Phụ", "audience": ["QL_HTX", "QL_THT"],
        "planned_count": 25, "state": "DU_KIEN",
        "partners": people.partners.iter().filter(|(kind, _)| *kind == "LMHTX").map(|(_, id)| id.to_string()).collect::<Vec<_>>(),
    }))?;
    for head in people.heads.iter().take(6) {
        maker.make(
            "attendance",
            json!({
                "training": training.to_string(), "person": head.to_string(), "kind": "CB_CHI_HOI", "state": "DANG_KY",
            }),
        )?;
    }
    Ok(())
}
