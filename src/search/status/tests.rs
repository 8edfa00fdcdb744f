//! The status of a cooperative from records entered in any order, in any of the ways.

use serde_json::json;

use super::plain;
use super::{Age, Status};
use crate::domain::id::Id;
use crate::domain::text::Lang;
use crate::domain::value::Value;
use crate::search::tests::Office;

/// One cooperative with a history, on 22/05/2026.
pub(crate) fn an_khang(office: &Office) -> Id {
    let khang = office.cooperative("HTX Dược liệu An Khang");
    let key = khang.to_string();
    office.edit(
        "cooperative",
        khang,
        json!({"tax_code": "1001234563", "area": "C12472-B", "origin": "HOI_THANH_LAP"}),
    );
    let manager = office.manager("Phạm Thị Hạnh", "0912345678", khang);
    let reader = office.store.reader();
    let person = crate::store::Read::get(&reader, "role", manager)
        .unwrap()
        .unwrap()
        .reference("person")
        .unwrap();
    for (day, members, workers) in [("2026-05-22", 45, 38), ("2025-11-02", 40, 42), ("2026-02-11", 44, 40)] {
        office.add(
            "visit",
            json!({"cooperative": key, "date": day, "purposes": ["DANH_GIA"], "members": members, "members_women": 30,
                "workers": workers, "workers_women": 27}),
        );
    }
    office.add(
        "visit",
        json!({"cooperative": key, "date": "2026-05-22", "purposes": ["TU_VAN"], "status": "TAM_NGUNG",
            "status_since": "2026-05-18", "difficulties": ["VON"], "difficulty_text": ["thiếu vốn lưu động"],
            "next_visit": "2026-06-05"}),
    );
    office.add(
        "measurement",
        json!({"cooperative": key, "date": "2025-03-01", "status": "DANG_HOAT_DONG", "capital": 1_200_000_000i64,
            "finance_year": 2024, "revenue": 850_000_000i64, "rating": "KHA", "rating_year": 2024}),
    );
    office.add(
        "product",
        json!({"cooperative": key, "name": "Trà gừng", "ocop_star": "4", "decided_on": "2024-09-30", "expires_on": "2027-09-30"}),
    );
    office.add(
        "support",
        json!({"cooperative": key, "date": "2026-04-14", "kind": "QUY_HTX", "granted": 120_000_000i64}),
    );
    let session = office.add(
        "training",
        json!({"title": "Quản trị HTX", "topics": ["QUAN_TRI"], "from": "2026-05-21"}),
    );
    office.add(
        "attendance",
        json!({"training": session.to_string(), "person": person.to_string(), "state": "CO_MAT"}),
    );
    let fair = office.add(
        "fair",
        json!({"title": "Ngày hội khởi nghiệp", "kind": "HOI_CHO", "from": "2025-10-10"}),
    );
    office.add(
        "booth",
        json!({"fair": fair.to_string(), "number": "7", "exhibitor": key, "state": "DA_TRUNG_BAY"}),
    );
    khang
}

pub(crate) fn status(office: &Office, id: Id) -> Status {
    Status::of(&office.store.reader(), id).unwrap().unwrap()
}

#[test]
fn each_figure_is_the_latest_measured_wherever_it_was_entered() {
    let office = Office::new();
    let status = status(&office, an_khang(&office));
    let figure = |key| status.figure(key).unwrap();
    assert_eq!(figure("members").figure.value, Value::Number(45));
    assert_eq!(figure("members").trend, [40, 44, 45]);
    assert_eq!(
        (figure("capital").figure.kind, figure("capital").age),
        ("measurement", Age::Old)
    );
    assert_eq!(
        (figure("workers").figure.kind, figure("workers").age),
        ("visit", Age::Fresh)
    );
    assert_eq!(figure("revenue").year, Some(2024));
    assert_eq!(
        (status.state(), status.is_operating()),
        (Some("TAM_NGUNG"), Some(false))
    );
    assert_eq!(status.next_visit, Some("2026-06-05".parse().unwrap()));
    assert_eq!(status.women.unwrap().percent(), Some(71.1));
    assert_eq!(
        (status.open_issues.len(), status.supports.len(), status.booths.len()),
        (1, 1, 1)
    );
    assert_eq!(status.trainings[0].people.len(), 1);
}

#[test]
fn ten_women_of_twenty_are_not_most_and_what_is_unknown_is_not_judged() {
    let office = Office::new();
    let khang = office.cooperative("HTX An Khang");
    let eligible = |id| status(&office, id).eligibility;
    assert_eq!(eligible(khang).holds(), None);
    let man = office.add("person", json!({"name": "Trần Văn Bình", "gender": "NAM"}));
    office.add(
        "role",
        json!({"person": man.to_string(), "cooperative": khang.to_string(), "role": "GD"}),
    );
    let count = |day: &str, women: i64| {
        office.add(
            "measurement",
            json!({"cooperative": khang.to_string(), "date": day, "workers": 20, "workers_women": women}),
        );
    };
    count("2026-05-01", 10);
    assert_eq!(eligible(khang).holds(), Some(false));
    count("2026-05-02", 11);
    assert_eq!(eligible(khang).holds(), Some(true));
    count("2026-05-03", 10);
    let woman = office.add("person", json!({"name": "Phạm Thị Hạnh", "gender": "NU"}));
    let keeper = |role: &str, to: Option<&str>| {
        office.add(
            "role",
            json!({"person": woman.to_string(), "cooperative": khang.to_string(), "role": role, "to": to}),
        );
    };
    keeper("KE_TOAN", None);
    keeper("CT_HDQT", Some("2026-05-21"));
    assert_eq!(
        eligible(khang).holds(),
        Some(false),
        "an accountant is no manager, and the chair was left yesterday"
    );
    keeper("TV_HDQT", None);
    assert_eq!(eligible(khang).holds(), Some(true));
}

#[test]
fn an_appointment_is_kept_by_a_visit_on_its_day_or_later() {
    let office = Office::new();
    let khang = office.cooperative("HTX An Khang");
    let visit = |day: &str, next: Option<&str>| {
        office.add(
            "visit",
            json!({"cooperative": khang.to_string(), "date": day, "purposes": ["DANH_GIA"], "next_visit": next}),
        );
    };
    visit("2026-05-01", Some("2026-05-15"));
    assert_eq!(
        status(&office, khang).next_visit,
        Some("2026-05-15".parse().unwrap()),
        "gone by, and not kept"
    );
    visit("2026-05-10", None);
    assert_eq!(status(&office, khang).next_visit, Some("2026-05-15".parse().unwrap()));
    visit("2026-05-15", None);
    assert_eq!(status(&office, khang).next_visit, None);
}

#[test]
fn the_card_reads_well_as_text_in_both_languages() {
    let office = Office::new();
    let khang = an_khang(&office);
    let card = plain::write(&status(&office, khang), Lang::Vi);
    insta::assert_snapshot!(card);
    let english = plain::write(&status(&office, khang), Lang::En);
    insta::assert_snapshot!(english);
}

#[test]
fn a_bare_cooperative_has_a_card_too() {
    let office = Office::new();
    let id = office.add("cooperative", json!({"kind": "THT", "name": "THT Trồng nấm"}));
    insta::assert_snapshot!(plain::write(&status(&office, id), Lang::Vi));
}
