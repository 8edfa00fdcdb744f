//! What units without records declared, in the body of a report.

use serde_json::json;

use super::by_unit::{self, Source};
use super::collect::{Asked, Periodic, collect};
use super::layout::{Frame, doc};
use crate::domain::known::Known;
use crate::domain::period::Period;
use crate::domain::programme::Line;
use crate::domain::testing::day;
use crate::indicator::books::Books;
use crate::indicator::fixture::World;
use crate::indicator::tally::{Mark, Value};
use crate::indicator::{Question, evaluate, plan};
use crate::report::markdown;

const UNIT: &str = "C12472-B";

/// A commune with three chapters: CH-1 declared 12 visits, CH-2 declared 9 but has one on record, CH-3 has nothing.
fn world() -> World {
    let world = World::new(UNIT);
    for uid in ["CH-1", "CH-2", "CH-3"] {
        let name = format!("Chi hội {uid}");
        world.add(
            "unit",
            json!({"uid": uid, "name": name, "level": "CHI_HOI", "parent": UNIT}),
        );
    }
    world.add(
        "plan",
        json!({"code": "KH-2026", "title": "Kế hoạch năm 2026", "unit": UNIT, "programme": "DA01",
            "from": "2026-01-01", "to": "2026-12-31", "cutoff_half": "05-31"}),
    );
    world.add(
        "target",
        json!({"plan": "KH-2026", "indicator": "VISITS", "period": "2026", "operator": ">=", "low": 20,
            "cumulative_from": "2026-01-01"}),
    );
    let htx = world.founded("HTX", "HTX An Khang", "2024-03-01").to_string();
    for unit in [UNIT, "CH-2"] {
        world.add(
            "visit",
            json!({"cooperative": htx, "date": "2026-03-10", "purposes": ["DANH_GIA"], "unit": unit}),
        );
    }
    for (unit, value) in [("CH-1", 12), ("CH-2", 9)] {
        world.add(
            "unit_figures",
            json!({"unit": unit, "period": "2026-03", "code": "VISITS", "value": value}),
        );
    }
    world
}

fn report(world: &World, period: &str) -> Periodic {
    let reader = world.store().reader();
    let plans = vec![plan::find(&reader, "KH-2026").unwrap().unwrap()];
    let lines = vec![Line::Cooperatives, Line::StartUps];
    let asked = Asked::new(Period::parse(period).unwrap(), UNIT, lines, plans, reader.today());
    collect(&reader, asked).unwrap()
}

fn printed(report: &Periodic) -> String {
    let made = day("2026-06-05").and_hms_opt(8, 0, 0).unwrap();
    markdown::write(&doc(report, &Frame::default(), made))
}

#[test]
fn declared_lines_stand_in_the_body_once_and_are_marked() {
    let world = world();
    let half = report(&world, "2026-H1");
    // Two visits on record, and the twelve of the chapter that has none.
    assert_eq!(half.value("VISITS"), 14);
    let text = printed(&half);
    for words in [
        "Lượt thăm, rà soát tại cơ sở: 14 (đơn vị gửi số 12).",
        "| 1 | Lượt thăm HTX, THT (\\*) | 2 | 0 | 0 | 14 |",
        "Cột tổng gồm cả số liệu do đơn vị gửi",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let month = printed(&report(&world, "2026-03"));
    assert!(month.contains("Lượt thăm, khảo sát HTX, THT (\\*)"), "{month}");
}

#[test]
fn the_body_and_the_table_by_unit_add_up_to_the_same() {
    let world = world();
    let half = report(&world, "2026-H1");
    let parts = by_unit::parts(&world.store().reader(), &half).unwrap();
    let told: Vec<_> = parts.iter().map(|part| (part.source, part.value("VISITS"))).collect();
    assert_eq!(
        told,
        [
            (Source::Declared, 12),
            (Source::Records, 1),
            (Source::Records, 0),
            (Source::Own, 1)
        ]
    );
    assert_eq!(told.iter().map(|(_, figure)| figure).sum::<i64>(), half.value("VISITS"));
}

#[test]
fn nothing_is_marked_where_nobody_declared_anything() {
    let text = printed(&report(&world(), "2025-H1"));
    assert!(!text.contains("đơn vị gửi"), "{text}");
}

#[test]
fn a_target_over_a_line_of_the_week_has_them_too_and_says_so() {
    let report = report(&world(), "2026-H1");
    let held = &report.plans[0].held;
    let row = held
        .iter()
        .map(|held| &held.row)
        .find(|row| row.target.indicator == "VISITS")
        .unwrap();
    // Two on record and the twelve of CH-1; CH-2 declared too, but has one on record.
    assert_eq!(row.value, Some(Value::Count(14)));
    assert_eq!(row.tally.counted.len(), 2);
    assert!(
        row.tally.marks.contains(&Mark::DeclaredByUnits),
        "{:?}",
        row.tally.marks
    );
}

#[test]
fn what_a_unit_declared_for_the_whole_half_year_counts_in_a_report_cut_off_before_its_end() {
    let world = world();
    world.add(
        "unit_figures",
        json!({"unit": "CH-3", "period": "2026-H1", "code": "VISITS", "value": 5}),
    );
    // A month that begins after the cut-off is no part of it.
    world.add(
        "unit_figures",
        json!({"unit": "CH-1", "period": "2026-06", "code": "VISITS", "value": 100}),
    );
    let half = report(&world, "2026-H1");
    assert_eq!(half.asked.cut_off, day("2026-05-31"));
    let row = &half.plans[0].held[0].row;
    assert_eq!(
        row.value,
        Some(Value::Count(19)),
        "two on record, twelve and five declared"
    );
    let parts = by_unit::parts(&world.store().reader(), &half).unwrap();
    let third = parts.iter().find(|part| part.unit == "CH-3").unwrap();
    assert_eq!((third.source, third.value("VISITS")), (Source::Declared, 5));
    // Asked on that day by itself, the half-year has not ended.
    let reader = world.store().reader();
    let lines = super::lines::WeeklyLines::default();
    let books = Books::open(&reader).unwrap().with_lines(&lines);
    let plan = plan::find(&reader, "KH-2026").unwrap().unwrap();
    let question = Question {
        as_of: day("2026-05-31"),
        unit: None,
    };
    let rows = evaluate(&books, &plan, &question).unwrap();
    assert_eq!(rows[0].value, Some(Value::Count(14)));
}
