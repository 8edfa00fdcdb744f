//! The periodic report over a small commune's half-year.

use serde_json::json;

use super::closing::Freeze;
use super::collect::{Asked, Periodic, collect};
use super::layout::{Frame, doc};
use super::{annex, closing};
use crate::domain::known::Known;
use crate::domain::period::Period;
use crate::domain::programme::Line;
use crate::domain::testing::day;
use crate::indicator::fixture::{World, session, with};
use crate::indicator::plan;
use crate::report::markdown;
use crate::store::Warnings;

const UNIT: &str = "C12472-B";

fn world() -> World {
    let world = World::new(UNIT);
    world.add(
        "plan",
        json!({"code": "KH-2026", "title": "Kế hoạch năm 2026", "number": "12/KH-HPN", "unit": UNIT, "programme": "DA01",
            "from": "2026-01-01", "to": "2026-12-31", "cutoff_half": "05-31", "parents": ["QĐ 01/QĐ-TTg"]}),
    );
    let target = |code: &str, low: i64| {
        world.add(
            "target",
            json!({"plan": "KH-2026", "indicator": code, "period": "2026", "operator": ">=", "low": low, "cumulative_from": "2026-01-01"}),
        )
    };
    target("THT_NEW", 4);
    target("VISITS", 2);
    let htx = world.founded("HTX", "HTX An Khang", "2024-03-01");
    world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2024"}));
    for date in ["2026-03-10", "2026-05-31", "2026-06-10"] {
        let visit =
            json!({"cooperative": htx.to_string(), "date": date, "purposes": ["DANH_GIA"], "difficulties": ["VON"]});
        world.add("visit", visit);
    }
    world.founded("THT", "THT Cói", "2026-04-01");
    let both = with(
        session("2026-04-02", &["QUAN_TRI"]),
        json!({"programmes": ["DA01", "DA2415"], "priority_counts": {"DTTS": 4, "HO_NGHEO": 5}}),
    );
    world.add("training", both);
    world
}

fn asked(world: &World, period: &str) -> Asked {
    let reader = world.store().reader();
    let plans = vec![plan::find(&reader, "KH-2026").unwrap().unwrap()];
    let lines = vec![Line::Cooperatives, Line::StartUps];
    Asked::new(Period::parse(period).unwrap(), UNIT, lines, plans, reader.today())
}

fn report(world: &World, period: &str) -> Periodic {
    collect(&world.store().reader(), asked(world, period)).unwrap()
}

fn printed(world: &World, period: &str) -> String {
    let reader = world.store().reader();
    let report = report(world, period);
    let frame = Frame {
        annexes: annex::annexes(&reader, &report).unwrap(),
        supplements: closing::supplements(&reader, &report).unwrap(),
        ..Frame::default()
    };
    markdown::write(&doc(&report, &frame, day("2026-06-05").and_hms_opt(8, 0, 0).unwrap()))
}

#[test]
fn the_half_year_has_every_part_of_the_outline_in_its_order() {
    let text = printed(&world(), "2026-H1");
    let mut from = 0;
    for heading in [
        "BÁO CÁO",
        "6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026",
        "Số liệu từ 01/01/2026 đến 31/05/2026",
        "Căn cứ QĐ 01/QĐ-TTg; Kế hoạch năm 2026 số 12/KH-HPN",
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ THỰC HIỆN",
        "A. Đề án",
        "B. Đề án 2415",
        "Bảng 2",
        "Bảng 3",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. NHIỆM VỤ 6 THÁNG CUỐI NĂM",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
        "Phụ lục 1",
    ] {
        let found = text[from..].find(heading);
        from += found.unwrap_or_else(|| panic!("{heading} is not there, or not in its place:\n{text}"));
    }
}

#[test]
fn figures_end_with_the_plans_cut_off_and_the_year_reaches_on() {
    let world = world();
    let half = report(&world, "2026-H1");
    // Of three visits that of 10 June comes after 31 May.
    assert_eq!((half.asked.cut_off, half.value("VISITS")), (day("2026-05-31"), 2));
    let held = |report: &Periodic| -> Vec<String> {
        let held = report.plans[0].held.iter().map(|held| &held.row);
        held.map(|row| {
            format!(
                "{} {} {}",
                row.target.indicator,
                crate::indicator::shown::actual(row),
                row.state.name()
            )
        })
        .collect()
    };
    assert_eq!(held(&half), ["THT_NEW 1 in_progress", "VISITS 2 met"]);
    assert_eq!(
        held(&report(&world, "2026")),
        ["THT_NEW 1 not_met", "VISITS 3 exceeded"]
    );
}

#[test]
fn an_activity_of_both_programmes_is_in_both_columns_and_once_in_the_total() {
    let report = report(&world(), "2026-H1");
    let (_, sessions) = report.shared[1];
    assert_eq!(
        (sessions.cooperatives, sessions.start_ups, sessions.both, sessions.total),
        (1, 1, 1, 1)
    );
}

#[test]
fn fewer_than_five_of_a_group_are_not_printed() {
    let text = printed(&world(), "2026-H1");
    let line = |name: &str| text.lines().find(|line| line.contains(name)).unwrap().to_string();
    assert!(
        line("Dân tộc thiểu số").contains("<5") || line("Dân tộc thiểu số").contains("&lt;5"),
        "{text}"
    );
    assert!(line("nghèo").contains('5'));
}

#[test]
fn the_officers_words_stand_in_their_part_and_carry_over() {
    let world = world();
    world.add(
        "report_text",
        json!({"report": "BC_6T", "period": "2025-H1", "unit": UNIT, "part": "strengths", "text": "- Hội viên hưởng ứng"}),
    );
    assert!(printed(&world, "2026-H1").contains("Hội viên hưởng ứng"));
    assert_eq!(report(&world, "2026-H1").words.carried, ["strengths"]);
    world.add(
        "report_text",
        json!({"report": "BC_6T", "period": "2026-H1", "unit": UNIT, "part": "strengths", "text": "Chủ động"}),
    );
    let text = printed(&world, "2026-H1");
    assert!(text.contains("Chủ động") && !text.contains("Hội viên hưởng ứng"));
}

#[test]
fn what_is_entered_after_the_report_was_sent_is_told_with_the_difference() {
    let world = world();
    let reader = world.store().reader();
    let sent = report(&world, "2026-H1");
    let entry = closing::frozen(&reader, &sent, day("2026-06-05"), Freeze::First)
        .unwrap()
        .unwrap();
    let mut txn = world.store().txn();
    txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    assert!(
        closing::supplements(&world.store().reader(), &report(&world, "2026-H1"))
            .unwrap()
            .is_none()
    );
    world.founded("THT", "THT Mây", "2026-05-01");
    let told = closing::supplements(&world.store().reader(), &report(&world, "2026-H1"))
        .unwrap()
        .unwrap();
    assert!(
        told.starts_with("Bổ sung sau báo cáo (chốt ngày 05/06/2026)") && told.contains("1 → 2 (+1)"),
        "{told}"
    );
}

#[test]
fn a_month_in_which_nothing_happened_still_has_its_report() {
    let text = printed(&world(), "2026-02");
    assert!(
        text.contains("Trong kỳ: không phát sinh.") && text.contains("tháng 2/2026"),
        "{text}"
    );
}
