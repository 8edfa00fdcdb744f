//! Points to note and the week ahead.

use serde_json::json;
use sohoi::report::weekly::WeeklySummary;
use sohoi::report::weekly::attention::{Attention, Topic};

use super::office::{OFFICE, Office};

fn point(summary: &WeeklySummary, topic: Topic) -> Option<&Attention> {
    summary.attention.iter().find(|point| point.topic == topic)
}

#[test]
fn a_cooperative_that_stopped_is_told_with_its_reason() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let again = office.cooperative("THT", "THT Nấm").to_string();
    office.add(
        "measurement",
        json!({"date": "2026-02-01", "cooperative": at, "status": "DANG_HOAT_DONG"}),
    );
    office.add(
        "measurement",
        json!({"date": "2026-02-01", "cooperative": again, "status": "TAM_NGUNG"}),
    );
    office.add(
        "measurement",
        json!({"date": "2026-05-20", "cooperative": again, "status": "DANG_HOAT_DONG"}),
    );
    let fields = json!({"date": "2026-05-22", "cooperative": at, "purposes": ["DANH_GIA"], "status": "TAM_NGUNG",
        "status_since": "2026-05-18", "difficulties": ["VON"], "difficulty_text": ["thiếu vốn lưu động"]});
    office.add("visit", fields);
    let week = office.week("2026-W21");
    let stopped = point(&week, Topic::Stopped).unwrap();
    assert_eq!(
        stopped.named[0].text.vi,
        "HTX An Khang: tạm ngừng từ 18/05/2026 (thiếu vốn lưu động)"
    );
    assert_eq!(point(&week, Topic::Restarted).unwrap().ids.len(), 1);
    assert!(point(&office.week("2026-W22"), Topic::Stopped).is_none());
}

#[test]
fn a_manager_who_came_and_one_who_left_are_told_by_role_and_never_by_name() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let (hanh, ha) = (office.person("Phạm Thị Hạnh", "NU"), office.person("Đỗ Thu Hà", "NU"));
    let mut role = |person: sohoi::domain::id::Id, role: &str, from: &str, to: Option<&str>| {
        let mut fields = json!({"person": person.to_string(), "cooperative": at, "role": role, "from": from});
        if let Some(to) = to {
            fields["to"] = json!(to);
        }
        office.add("role", fields)
    };
    let left = role(hanh, "GD", "2020", Some("2026-05-19"));
    let came = role(ha, "GD", "2026-05-20", None);
    // A member is no manager, and a month alone belongs to no week.
    role(ha, "THANH_VIEN", "2026-05-20", None);
    role(ha, "KE_TOAN", "2026-05", None);
    let week = office.week("2026-W21");
    let changes = point(&week, Topic::Managers).unwrap();
    assert_eq!(changes.ids, [left, came]);
    let said: Vec<&str> = changes.named.iter().map(|named| named.text.vi.as_str()).collect();
    assert_eq!(
        said,
        [
            "HTX An Khang: thôi giám đốc (19/05/2026)",
            "HTX An Khang: thêm giám đốc (20/05/2026)"
        ]
    );
    assert!(point(&office.week("2026-W22"), Topic::Managers).is_none());
}

#[test]
fn those_not_visited_for_more_than_ninety_days_are_named_five_at_most() {
    let mut office = Office::new();
    for number in 0..7 {
        let at = office.cooperative("HTX", &format!("HTX {number}")).to_string();
        office.add(
            "measurement",
            json!({"date": "2024-02-01", "cooperative": at, "status": "DANG_HOAT_DONG",
            "workers_women": 9, "workers": 12}),
        );
        let last = format!("2026-01-{:02}", 10 + number);
        office.add(
            "visit",
            json!({"date": last, "cooperative": at, "purposes": ["TU_VAN"]}),
        );
        // A call is no visit.
        office.add(
            "visit",
            json!({"date": "2026-05-01", "cooperative": at, "purposes": ["TU_VAN"], "mode": "DIEN_THOAI"}),
        );
    }
    // Ninety days to the day, stopped, entered lately, of another kind: none of them.
    let mut other = |kind: &str, status: &str, entered: &str, visited: Option<&str>| {
        let fields = json!({"kind": kind, "name": "Khác"});
        let at = office.add_entered("cooperative", entered, fields).to_string();
        office.add(
            "measurement",
            json!({"date": "2024-02-01", "cooperative": at, "status": status}),
        );
        if let Some(date) = visited {
            office.add(
                "visit",
                json!({"date": date, "cooperative": at, "purposes": ["TU_VAN"]}),
            );
        }
    };
    other("HTX", "DANG_HOAT_DONG", "2024-01-02", Some("2026-02-23"));
    other("HTX", "TAM_NGUNG", "2024-01-02", None);
    other("THT", "DANG_HOAT_DONG", "2026-05-01", None);
    other("HKD", "DANG_HOAT_DONG", "2024-01-02", None);
    let week = office.week("2026-W21");
    let unvisited = point(&week, Topic::NotVisited).unwrap();
    assert_eq!(unvisited.ids.len(), 7);
    assert_eq!((unvisited.named.len(), unvisited.others), (5, 2));
    assert_eq!(unvisited.named[0].text.vi, "HTX 0 (134 ngày)");
    assert_eq!(point(&week, Topic::OldFigures).unwrap().ids.len(), 7);
}

#[test]
fn the_next_report_is_counted_down_from_the_day_it_is_looked_at() {
    let office = Office::on("2026-05-22");
    let deadline = point(&office.week("2026-W21"), Topic::Deadline).unwrap().clone();
    assert_eq!(deadline.text.vi, "Báo cáo 6 tháng: còn 23 ngày (trước 15/6/2026)");
    let mut office = office;
    office.add(
        "unit",
        json!({"uid": "CH-1", "name": "Chi hội 1", "level": "CHI_HOI", "parent": OFFICE}),
    );
    let filing = |unit: &str, received: Option<&str>| json!({"unit": unit, "report": "BC_6T", "period": "2026-H1", "due": "2026-06-10", "received_on": received});
    office.add("filing", filing("CH-1", Some("2026-05-20")));
    office.add("filing", filing(OFFICE, None));
    let deadline = point(&office.week("2026-W21"), Topic::Deadline).unwrap().clone();
    assert_eq!(
        deadline.text.vi,
        "Báo cáo 6 tháng: còn 19 ngày (trước 11/6/2026); 1/1 đơn vị đã gửi số liệu"
    );
}

#[test]
fn the_week_ahead_stands_by_day() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX May Trà Lý").to_string();
    let officer = office.person("Nguyễn Thị Hằng", "NU").to_string();
    office.add(
        "visit",
        json!({"date": "2026-05-20", "cooperative": at, "purposes": ["DANH_GIA"], "officers": [officer],
        "next_visit": "2026-05-26"}),
    );
    let session = |state: &str| json!({"title": "Kỹ năng số", "topics": ["KY_NANG_SO"], "from": "2026-05-28", "planned_count": 25, "state": state});
    office.add("training", session("DU_KIEN"));
    office.add("training", session("HOAN"));
    office.add(
        "issue",
        json!({"cooperative": at, "opened_on": "2026-05-12", "difficulty": "VON", "state": "MOI",
        "due": "2026-05-25"}),
    );
    office.add(
        "issue",
        json!({"cooperative": at, "opened_on": "2026-05-12", "difficulty": "VON",
        "state": "DA_GIAI_QUYET", "closed_on": "2026-05-13", "due": "2026-05-25"}),
    );
    let week = office.week("2026-W21");
    let said: Vec<String> = week
        .next_week
        .iter()
        .map(|coming| format!("{}: {}", coming.day().vi, coming.text.vi))
        .collect();
    assert_eq!(
        said,
        [
            "Thứ Hai 25/5: hạn xử lý khó khăn của HTX May Trà Lý: thiếu vốn, khó vay",
            "Thứ Ba 26/5: thăm HTX May Trà Lý",
            "Thứ Năm 28/5: lớp \"Kỹ năng số\", 25 người",
        ]
    );
    assert_eq!(week.next_week[1].officers, ["Hằng"]);
}
