//! Every line with figures worked out by hand.

use serde_json::json;
use sohoi::report::weekly::{Column, Wanted};

use super::office::{OFFICE, OTHER, Office, columns};

const WEEK: &str = "2026-W21";

#[test]
fn visits_count_as_turns_and_cooperatives_once_and_calls_apart() {
    let mut office = Office::new();
    let (one, two) = (
        office.cooperative("HTX", "HTX An Khang"),
        office.cooperative("HKD", "Hộ Bà Lụa"),
    );
    let mut visit = |date: &str, at, mode: &str, purposes: &[&str]| {
        office.add(
            "visit",
            json!({"date": date, "cooperative": at, "mode": mode, "purposes": purposes}),
        );
    };
    visit("2026-05-18", one.to_string(), "TRUC_TIEP", &["TU_VAN", "DANH_GIA"]);
    visit("2026-05-24", one.to_string(), "TAI_TRU_SO", &["TU_VAN"]);
    visit("2026-05-20", two.to_string(), "TRUC_TIEP", &["KHAO_SAT"]);
    visit("2026-05-20", one.to_string(), "DIEN_THOAI", &["THEO_DOI"]);
    visit("2026-05-17", one.to_string(), "TRUC_TIEP", &["TU_VAN"]);
    visit("2026-01-01", one.to_string(), "TRUC_TIEP", &["TU_VAN"]);
    visit("2025-12-31", one.to_string(), "TRUC_TIEP", &["TU_VAN"]);
    visit("2026-05-25", one.to_string(), "TRUC_TIEP", &["TU_VAN"]);
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "VISITS"), [3, 1, 5]);
    assert_eq!(columns(&week, "VISITS_REMOTE"), [1, 0, 1]);
    assert_eq!(columns(&week, "COOPS_VISITED"), [1, 1, 1]);
    assert_eq!(columns(&week, "VISITS.TU_VAN"), [2, 1, 4]);
    assert_eq!(columns(&week, "VISITS.DANH_GIA"), [1, 0, 1]);
    assert_eq!(columns(&week, "VISITS.THEO_DOI"), [0, 0, 0]);
    assert_eq!(week.ids("COOPS_VISITED", Column::This), [one]);
    assert_eq!(week.ids("VISITS", Column::This).len(), 3);
}

#[test]
fn open_issues_are_those_of_the_last_day_in_all_columns() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let mut issue = |fields: serde_json::Value| {
        let mut all = json!({"cooperative": at, "difficulty": "VON", "state": "MOI"});
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        office.add("issue", all)
    };
    issue(json!({"opened_on": "2025-03-01", "due": "2026-05-23"}));
    issue(json!({"opened_on": "2026-05-20", "due": "2026-05-24"}));
    issue(json!({"opened_on": "2026-05-12", "state": "DA_GIAI_QUYET", "closed_on": "2026-05-19"}));
    issue(json!({"opened_on": "2026-05-12", "state": "KHONG_GIAI_QUYET", "closed_on": "2026-05-20"}));
    // Closed after the week: open at its end, and past due.
    issue(json!({"opened_on": "2026-05-12", "state": "DA_GIAI_QUYET", "closed_on": "2026-05-25", "due": "2026-05-01"}));
    issue(json!({"opened_on": "2026-05-11", "state": "DA_KIEN_NGHI", "escalated_on": "2026-05-22"}));
    issue(json!({"opened_on": "2026-05-25"}));
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "ISSUES_OPENED"), [1, 4, 5]);
    assert_eq!(columns(&week, "ISSUES_CLOSED"), [1, 0, 1]);
    assert_eq!(columns(&week, "ISSUES_ESCALATED"), [1, 0, 1]);
    assert_eq!(columns(&week, "ISSUES_OPEN"), [4, 4, 4]);
    assert_eq!(columns(&week, "ISSUES_OVERDUE"), [2, 2, 2]);
}

#[test]
fn a_session_counts_its_rows_or_else_what_was_declared() {
    let mut office = Office::new();
    let hanh = office.person("Phạm Thị Hạnh", "NU").to_string();
    let unknown = office.add("person", json!({"name": "Vũ Lụa"})).to_string();
    let session = |office: &mut Office, from: &str, state: &str| {
        let fields = json!({"title": "Lớp", "topics": ["NGHE"], "from": from, "state": state,
            "count_total": 30, "count_women": 28});
        office.add("training", fields)
    };
    let listed = session(&mut office, "2026-05-19", "DA_TO_CHUC");
    let second = session(&mut office, "2026-05-21", "DA_TO_CHUC");
    session(&mut office, "2026-05-20", "DA_TO_CHUC");
    session(&mut office, "2026-05-20", "HUY");
    let mut row = |session: sohoi::domain::id::Id, fields: serde_json::Value| {
        let mut all = json!({"training": session.to_string(), "state": "CO_MAT"});
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        office.add("attendance", all)
    };
    // The person's gender stands before the row's; a name alone is a person of its own each time.
    row(listed, json!({"person": hanh, "gender": "NAM"}));
    row(listed, json!({"name": "Đỗ Thu Hà", "gender": "NU"}));
    row(
        listed,
        json!({"person": unknown, "gender": "NU", "state": "HOAN_THANH"}),
    );
    row(listed, json!({"name": "Bùi Thị Mến", "gender": "NU", "state": "VANG"}));
    row(second, json!({"person": hanh}));
    row(second, json!({"name": "Đỗ Thu Hà", "gender": "NU"}));
    row(second, json!({"name": "Trần Văn Nam", "gender": "NAM"}));
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "TRAIN_SESSIONS"), [3, 0, 3]);
    assert_eq!(columns(&week, "TRAIN_ATTEND"), [36, 0, 36]);
    assert_eq!(columns(&week, "TRAIN_ATTEND_WOMEN"), [33, 0, 33]);
    assert_eq!(columns(&week, "TRAIN_PERSONS"), [35, 0, 35]);

    // A session deleted under its rows takes them along.
    office.delete(listed);
    assert_eq!(columns(&office.week(WEEK), "TRAIN_ATTEND"), [33, 0, 33]);
    office.store.undo().unwrap();
    assert_eq!(columns(&office.week(WEEK), "TRAIN_ATTEND"), [36, 0, 36]);
}

#[test]
fn a_manager_is_trained_for_the_first_time_once_ever() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let session = |office: &mut Office, from: &str, topic: &str, unit: &str| {
        office
            .add(
                "training",
                json!({"title": "Lớp", "topics": [topic], "from": from, "unit": unit}),
            )
            .to_string()
    };
    let earlier = session(&mut office, "2026-05-13", "QUAN_TRI", OTHER);
    let vocational = session(&mut office, "2026-03-01", "NGHE", OFFICE);
    let this = session(&mut office, "2026-05-20", "QUAN_TRI", OFFICE);
    let attend = |office: &mut Office, name: &str, gender: &str, to: serde_json::Value, sessions: &[&String]| {
        let person = office.person(name, gender).to_string();
        office.add(
            "role",
            json!({"person": person, "cooperative": at, "role": "GD", "from": "2026-04", "to": to}),
        );
        for session in sessions {
            office.add(
                "attendance",
                json!({"training": session, "person": person, "state": "CO_MAT"}),
            );
        }
    };
    let open = serde_json::Value::Null;
    // Hạnh was at another unit's session before: her first was no session of ours.
    attend(&mut office, "Phạm Thị Hạnh", "NU", open.clone(), &[&earlier, &this]);
    // Hà: the vocational one before is of no account. Mến's role ends on the very day, Lụa's the day before.
    attend(&mut office, "Đỗ Thu Hà", "NU", open.clone(), &[&vocational, &this]);
    attend(&mut office, "Bùi Thị Mến", "NU", json!("2026-05-20"), &[&this]);
    attend(&mut office, "Vũ Thị Lụa", "NU", json!("2026-05-19"), &[&this]);
    attend(&mut office, "Trần Văn Nam", "NAM", open, &[&this]);
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "MANAGERS_TRAINED_FIRST"), [2, 0, 2]);
    assert_eq!(
        columns(&office.week_of(WEEK, OTHER), "MANAGERS_TRAINED_FIRST"),
        [0, 1, 1]
    );
    assert_eq!(columns(&week, "OFFICERS_TRAINED_FIRST"), [0, 0, 0]);
}

#[test]
fn an_officer_is_one_who_holds_a_post_on_the_day() {
    let mut office = Office::new();
    let session = office.add(
        "training",
        json!({"title": "Lớp", "topics": ["KTTT_CAN_BO"], "from": "2026-05-20"}),
    );
    for (name, from) in [("Phạm Văn Hùng", "2026"), ("Đỗ Thu Hà", "2026-05-21")] {
        let person = office.person(name, "NAM").to_string();
        office.add(
            "post",
            json!({"person": person, "unit": OTHER, "officer_kind": "CB_CHI_HOI", "from": from}),
        );
        office.add(
            "attendance",
            json!({"training": session.to_string(), "person": person, "state": "HOAN_THANH"}),
        );
    }
    assert_eq!(columns(&office.week(WEEK), "OFFICERS_TRAINED_FIRST"), [1, 0, 1]);
}

#[test]
fn support_counts_on_its_day_and_its_money_on_the_day_it_was_granted() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let mut support = |date: &str, kind: &str, granted: i64, on: Option<&str>| {
        let fields = json!({"date": date, "cooperative": at, "kind": kind, "granted": granted, "granted_on": on});
        office.add("support", fields);
    };
    support("2026-05-20", "QUY_HTX", 120_000_000, None);
    support("2026-05-20", "VON_TIN_DUNG", 50_000_000, Some("2026-05-27"));
    support("2026-05-12", "VON_TIN_DUNG", 30_000_000, Some("2026-05-18"));
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "SUPPORTS"), [2, 1, 3]);
    assert_eq!(columns(&week, "SUPPORTS.VON_TIN_DUNG"), [1, 1, 2]);
    assert_eq!(columns(&week, "SUPPORT_GRANTED"), [150_000_000, 0, 150_000_000]);
}

#[test]
fn a_group_that_became_a_cooperative_is_a_new_one() {
    let mut office = Office::new();
    let mut found = |kind: &str, on: &str, origin: &str, before: Option<String>| {
        let fields = json!({"kind": kind, "name": "An Khang", "registered_on": on, "origin": origin,
            "predecessor": before});
        office.add("cooperative", fields).to_string()
    };
    let group = found("THT", "2026-05-12", "HOI_THANH_LAP", None);
    let old = found("HTX", "2019-05-12", "HOI_THANH_LAP", None);
    found("HTX", "2026-05-20", "HOI_THANH_LAP", Some(group));
    found("HTX", "2026-05-21", "HOI_THANH_LAP", Some(old));
    found("HTX", "2026-05-22", "TU_THANH_LAP", None);
    found("LH_HTX", "2026-05-22", "HOI_THANH_LAP", None);
    office.add(
        "formation",
        json!({"name": "HTX mới", "kind": "HTX", "step": "B6_NOP_HO_SO", "step_on": "2026-05-24"}),
    );
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "HTX_NEW"), [2, 0, 2]);
    assert_eq!(columns(&week, "THT_NEW"), [0, 1, 1]);
    assert_eq!(columns(&week, "THT_TO_HTX"), [1, 0, 1]);
    assert_eq!(columns(&week, "FORMATIONS.B6_NOP_HO_SO"), [1, 0, 1]);
}

#[test]
fn booths_shown_go_with_their_fair_and_booths_registered_by_themselves() {
    let mut office = Office::new();
    let fair = |office: &mut Office, from: &str, unit: &str| {
        let fields =
            json!({"title": "Ngày hội", "kind": "NGAY_PN_KN", "from": from, "state": "DA_TO_CHUC", "unit": unit});
        office.add("fair", fields)
    };
    let (ours, theirs) = (
        fair(&mut office, "2026-05-21", OFFICE),
        fair(&mut office, "2026-05-21", OTHER),
    );
    let mut booth = |fair: sohoi::domain::id::Id, number: &str, state: &str, unit: &str| {
        let fields = json!({"fair": fair.to_string(), "number": number, "exhibitor_name": "Quầy", "state": state,
            "revenue": 1_500_000, "registered_on": "2026-05-12", "confirmed_on": "2026-05-19", "unit": unit});
        office.add("booth", fields);
    };
    booth(ours, "1", "DA_TRUNG_BAY", OTHER);
    booth(ours, "2", "DA_TRUNG_BAY", OFFICE);
    booth(ours, "3", "HUY", OFFICE);
    booth(theirs, "4", "XAC_NHAN", OFFICE);
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "FAIRS_HELD"), [1, 0, 1]);
    assert_eq!(columns(&week, "BOOTHS_SHOWN"), [2, 0, 2]);
    assert_eq!(columns(&week, "BOOTH_REVENUE"), [3_000_000, 0, 3_000_000]);
    assert_eq!(columns(&week, "BOOTHS_REGISTERED"), [0, 2, 2]);
    assert_eq!(columns(&week, "BOOTHS_CONFIRMED"), [2, 0, 2]);
    office.delete(theirs);
    assert_eq!(columns(&office.week(WEEK), "BOOTHS_CONFIRMED"), [1, 0, 1]);
}

#[test]
fn outreach_adds_sessions_and_people_and_the_media_their_items() {
    let mut office = Office::new();
    let mut outreach = |date: &str, form: &str, fields: serde_json::Value| {
        let mut all = json!({"date": date, "form": form, "title": "Tuyên truyền"});
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        office.add("outreach", all);
    };
    outreach("2026-05-18", "HOI_NGHI", json!({"sessions": 2, "reach": 86}));
    outreach("2026-05-18", "SINH_HOAT", json!({"reach": 20}));
    outreach("2026-05-18", "MANG_XH", json!({"items": 3, "reach": 900}));
    outreach("2026-05-18", "PHONG_SU", json!({}));
    let entry = |registered: Option<&str>, sent: Option<&str>| json!({"year": 2026, "title": "Ý tưởng", "stage": "Y_TUONG", "registered_on": registered, "sent_on": sent});
    office.add("contest_entry", entry(Some("2026-05-14"), Some("2026-05-20")));
    office.add("contest_entry", entry(Some("2026-05-20"), None));
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "OUTREACH"), [3, 0, 3]);
    assert_eq!(columns(&week, "OUTREACH_REACH"), [106, 0, 106]);
    assert_eq!(columns(&week, "MEDIA_ITEMS"), [4, 0, 4]);
    assert_eq!(columns(&week, "IDEAS_REGISTERED"), [1, 1, 2]);
    assert_eq!(columns(&week, "IDEAS_SENT"), [1, 0, 1]);
}

#[test]
fn a_week_across_new_year_parts_its_days_between_two_years() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    for date in [
        "2026-01-01",
        "2026-12-22",
        "2026-12-28",
        "2026-12-31",
        "2027-01-01",
        "2027-01-03",
        "2027-01-04",
    ] {
        office.add(
            "visit",
            json!({"date": date, "cooperative": at, "purposes": ["TU_VAN"]}),
        );
    }
    let week = office.week("2026-W53");
    assert_eq!(columns(&week, "VISITS"), [4, 1, 2]);
    assert_eq!(week.value("VISITS", Column::ClosedYear), 4);
    assert_eq!(week.value("COOPS_VISITED", Column::ClosedYear), 1);
    let next = office.week("2027-W01");
    assert_eq!(columns(&next, "VISITS"), [1, 4, 3]);
    assert!(next.line("VISITS").unwrap().counted(Column::ClosedYear).is_none());
}

#[test]
fn the_target_is_the_own_year_plan_s_else_what_was_allotted_and_never_that_of_years() {
    let mut office = Office::new();
    let plan = |office: &mut Office, code: &str, unit: &str, from: &str, to: &str| {
        let fields = json!({"code": code, "title": code, "unit": unit, "programme": "DA01", "from": from, "to": to});
        office.add("plan", fields).to_string()
    };
    let own = plan(&mut office, "KH-2026", OFFICE, "2026-01-01", "2026-12-31");
    let province = plan(&mut office, "KH-TINH", "P33-B", "2023-01-01", "2030-12-31");
    let target = |office: &mut Office, plan: &str, code: &str, period: &str, low: i64, high: Option<i64>| {
        let fields =
            json!({"plan": plan, "indicator": code, "period": period, "operator": ">=", "low": low, "high": high});
        office.add("target", fields).to_string()
    };
    target(&mut office, &own, "COOPS_VISITED", "2026", 24, None);
    target(&mut office, &own, "BOOTHS_CONFIRMED", "2026", 12, Some(15));
    target(&mut office, &own, "HTX_NEW", "2026-2030", 9, None);
    let htx = target(&mut office, &province, "HTX_NEW", "to-2030", 70, None);
    let visited = target(&mut office, &province, "COOPS_VISITED", "2026", 900, None);
    for (target, unit, year, low) in [
        (&htx, OFFICE, 2026, 1),
        (&htx, OTHER, 2026, 2),
        (&visited, OFFICE, 2026, 30),
    ] {
        office.add(
            "allocation",
            json!({"target": target, "unit": unit, "year": year, "low": low}),
        );
    }
    let week = office.week(WEEK);
    let wanted = |code: &str| week.line(code).unwrap().target;
    assert_eq!(wanted("COOPS_VISITED"), Some(Wanted { low: 24.0, high: None }));
    assert_eq!(
        wanted("BOOTHS_CONFIRMED"),
        Some(Wanted {
            low: 12.0,
            high: Some(15.0)
        })
    );
    assert_eq!(wanted("HTX_NEW"), Some(Wanted { low: 1.0, high: None }));
    assert_eq!(wanted("VISITS"), None);
    assert_eq!(office.week("2027-W21").line("HTX_NEW").unwrap().target, None);
}
