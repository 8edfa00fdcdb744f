//! The summary parted by unit: those below, the unit itself, and what was declared.

use serde_json::json;
use sohoi::domain::text::Lang;
use sohoi::report::weekly::layout;
use sohoi::report::weekly::{self, Column, json as as_json, text};
use sohoi::report::{csv, markdown};

use super::office::{OFFICE, OTHER, Office, columns};

const WEEK: &str = "2026-W21";

#[test]
fn parted_by_unit_each_unit_right_below_has_its_own_and_the_whole_has_all() {
    let mut office = Office::new();
    office.add(
        "unit",
        json!({"uid": "CH-1", "name": "Cụm 1", "level": "CHI_HOI", "parent": OFFICE}),
    );
    office.add(
        "unit",
        json!({"uid": "CH-2", "name": "Chi hội 2", "level": "CHI_HOI", "parent": "CH-1"}),
    );
    office.add(
        "unit",
        json!({"uid": "CH-3", "name": "Chi hội 3", "level": "CHI_HOI", "parent": OFFICE}),
    );
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    for unit in [OFFICE, "CH-1", "CH-2", OTHER] {
        office.add(
            "visit",
            json!({"date": "2026-05-20", "cooperative": at, "purposes": ["TU_VAN"], "unit": unit}),
        );
    }
    let week = office.week(WEEK);
    assert_eq!(columns(&week, "VISITS"), [3, 0, 3]);
    let reader = office.store.reader();
    let parts = weekly::by_unit(&reader, week.period, OFFICE).unwrap();
    let of_parts: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                part.source.named(&part.name, Lang::Vi),
                part.value("VISITS", Column::This),
            )
        })
        .collect();
    let named = |name: &str, visits: i64| (name.to_string(), visits);
    assert_eq!(
        of_parts,
        [
            named("Chi hội 3", 0),
            named("Cụm 1", 2),
            named("Xã Quỳnh Phụ (trực tiếp)", 1)
        ]
    );
    // What is counted without repetition is the unit's own too, and stands beside what is counted below it.
    assert_eq!(parts[2].value("COOPS_VISITED", Column::This), 1);
    assert_eq!(week.value("COOPS_VISITED", Column::This), 1);
}

#[test]
fn parted_by_unit_an_office_without_units_below_has_its_own_row() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    office.add(
        "visit",
        json!({"date": "2026-05-20", "cooperative": at, "purposes": ["TU_VAN"]}),
    );
    let reader = office.store.reader();
    let parts = weekly::by_unit(&reader, office.week(WEEK).period, OFFICE).unwrap();
    assert_eq!((parts.len(), parts[0].source), (1, weekly::Source::Own));
    let quiet = weekly::by_unit(&reader, office.week("2025-W21").period, OTHER).unwrap();
    assert!(quiet.is_empty());
}

#[test]
fn declared_figures_stand_beside_the_week_s_records_and_never_in_its_lines() {
    let mut office = Office::new();
    for (unit, name) in [("CH-1", "Chi hội 1"), ("CH-2", "Chi hội 2"), ("CH-3", "Chi hội 3")] {
        office.add(
            "unit",
            json!({"uid": unit, "name": name, "level": "CHI_HOI", "parent": OFFICE}),
        );
    }
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    for unit in [OFFICE, "CH-2"] {
        office.add(
            "visit",
            json!({"date": "2026-05-20", "cooperative": at, "purposes": ["TU_VAN"], "unit": unit}),
        );
    }
    let mut declare = |unit: &str, period: &str, value: i64| {
        office.add(
            "unit_figures",
            json!({"unit": unit, "period": period, "code": "VISITS", "value": value}),
        );
    };
    declare("CH-1", WEEK, 12);
    declare("CH-1", "2026-04", 30);
    // Chi hội 2 has a visit on record this week: what it declared of the same is not added to it.
    declare("CH-2", WEEK, 9);
    let week = office.week(WEEK);
    assert_eq!(
        columns(&week, "VISITS"),
        [2, 0, 2],
        "the summary counts living records alone"
    );
    let reader = office.store.reader();
    let parts = weekly::by_unit(&reader, week.period, OFFICE).unwrap();
    let of_parts: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                part.source,
                part.value("VISITS", Column::This),
                part.value("VISITS", Column::Year),
            )
        })
        .collect();
    use weekly::Source::{Declared, Own, Records};
    assert_eq!(
        of_parts,
        [(Declared, 12, 42), (Records, 1, 1), (Records, 0, 0), (Own, 1, 1)]
    );
    let frame = layout::Frame {
        parts,
        ..layout::Frame::default()
    };
    let made = "2026-05-22T16:00:00".parse().unwrap();
    let told = markdown::write(&layout::doc(&week, &frame, made));
    for words in [
        "Chi hội 1 (\\*)",
        "Xã Quỳnh Phụ (trực tiếp)",
        "Không có số liệu (1): Chi hội 3.",
        "Có số liệu do đơn vị gửi",
        "Dòng Cộng gồm cả số liệu do đơn vị gửi",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let sum = told.lines().find(|line| line.contains("Cộng")).unwrap();
    assert!(sum.contains("14") && sum.contains("44"), "{sum}");
    let told = text::write(&week, &frame, Lang::Vi);
    assert!(
        told.contains("Chi hội 1 (*): thăm 12") && told.contains("Không có số liệu: 1 đơn vị"),
        "{told}"
    );
    let told = as_json::to_json(&week, Some(&frame.parts), Lang::Vi);
    let visits = |unit: usize| {
        let lines = told["units"][unit]["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["code"] == "VISITS").unwrap();
        line["this"].as_i64().unwrap()
    };
    assert_eq!((visits(0), visits(3)), (12, 1));
    assert_eq!(
        (&told["units"][0]["declared"], &told["units"][3]["direct"]),
        (&json!(true), &json!(true))
    );
    let told = String::from_utf8(csv::write(&layout::plain_table(&week, &frame))).unwrap();
    assert!(told.contains("số đơn vị gửi") && told.contains("trực tiếp"), "{told}");
}
