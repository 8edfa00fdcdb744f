//! The targets as an officer looks through them, key by key.

use std::sync::Arc;

use serde_json::json;

use crate::domain::settings::Settings;
use crate::indicator::fixture::World;
use crate::ui::harness::Harness;
use crate::ui::keymap::Context;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen, openers};

struct Desk;

impl Screen for Desk {
    fn contexts(&self) -> &'static [Context] {
        Context::Home.chain()
    }

    fn update(&mut self, _: &Input, _: &Cx<'_>) -> Vec<Command> {
        vec![Command::Pass]
    }

    fn draw(&self, _: &mut crate::ui::canvas::Canvas<'_>) {}

    fn heading(&self, _: crate::domain::text::Lang) -> Heading {
        Heading::new("Trang chính")
    }
}

/// The office of xã Quỳnh Phụ with a plan of its own: three groups wanted, two founded.
fn harness(size: (u16, u16)) -> Harness {
    let world = World::new("C12472-B");
    let settings = Settings {
        office: crate::domain::settings::Office {
            unit: Some("C12472-B".into()),
            ..Default::default()
        },
        ..Settings::default()
    };
    world.store().set_settings(settings).unwrap();
    world.add(
        "plan",
        json!({"code": "KH-2026", "title": "Kế hoạch năm 2026", "unit": "C12472-B", "programme": "DA01", "from": "2026-01-01", "to": "2026-12-31"}),
    );
    world.add(
        "target",
        json!({"plan": "KH-2026", "indicator": "THT_NEW", "period": "2026", "operator": ">=", "low": 3, "cumulative_from": "2026-01-01", "due": "2026-12-31"}),
    );
    world.founded("THT", "THT Cói Quỳnh Phụ", "2026-04-01");
    world.founded("THT", "THT Mây tre đan", "2026-05-01");
    world.founded("THT", "THT Năm ngoái", "2025-05-01");
    let setup = Harness::setup(Box::new(Desk), Arc::new(world.into_store()), openers::table());
    let mut harness = Harness::over(setup, size);
    harness.keys("g k");
    harness
}

#[test]
fn a_target_shows_what_is_wanted_and_reached_with_a_bar() {
    let mut harness = harness((100, 24));
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("Chỉ tiêu · KH-2026"), "{screen}");
    assert!(
        screen.contains("≥ 3 THT") && screen.contains("66,7%") && screen.contains("█████···"),
        "{screen}"
    );
    assert!(
        screen.contains("chưa đạt"),
        "the last day of the year has come: {screen}"
    );
}

#[test]
fn enter_lists_the_records_counted_and_those_that_nearly_count_with_the_reason() {
    let mut harness = harness((100, 24));
    harness.settle();
    let screen = harness.keys("enter").text();
    assert!(
        screen.contains("THT Cói Quỳnh Phụ") && screen.contains("THT Mây tre đan"),
        "{screen}"
    );
    assert!(
        screen.contains("THT Năm ngoái") && screen.contains("thành lập ngoài kỳ tính"),
        "{screen}"
    );
    let record = harness.keys("enter").text();
    assert!(record.contains("THT Cói Quỳnh Phụ"), "{record}");
}

#[test]
fn brackets_turn_to_the_next_plan_and_units_are_shown_when_asked_for() {
    let mut harness = harness((100, 30));
    harness.settle();
    let screen = harness.keys("] ]").text();
    assert!(
        screen.contains("DA01-THAIBINH-2024") && !screen.contains("Huyện Quỳnh Phụ"),
        "{screen}"
    );
    let screen = harness.keys("d").text();
    assert!(
        screen.contains("Huyện Quỳnh Phụ") && screen.contains("theo đơn vị"),
        "{screen}"
    );
}

#[test]
fn any_day_can_be_looked_at() {
    let mut harness = harness((100, 24));
    harness.settle();
    harness.keys("p").typed("30/4/2026").keys("enter");
    harness.settle();
    let screen = harness.text();
    // On 30 April one of the two groups stood, and the day of the target lay ahead.
    assert!(
        screen.contains("tính đến 30/04/2026") && screen.contains("33,3%") && screen.contains("đang làm"),
        "{screen}"
    );
    assert!(screen.contains("dự kiến đến nay 32%"), "{screen}");
}

#[test]
fn a_wide_window_has_a_chart_over_the_weeks() {
    let mut harness = harness((160, 40));
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("12 tuần qua") && screen.contains("██"), "{screen}");
}

#[test]
fn a_built_in_plan_is_copied_and_its_targets_are_allotted_to_the_units_with_their_sum() {
    let mut harness = harness((100, 30));
    harness.settle();
    harness.keys("] ]").keys("e").keys("y");
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("Đã chép kế hoạch và 5 chỉ tiêu"), "{screen}");
    // The office's own plans come first now: on to the copied one, to its first target, and to its parts.
    harness.settle();
    while !harness.text().contains("DA01-THAIBINH-2024") {
        harness.keys("]");
    }
    harness.keys("n").typed("phan bo").keys("enter");
    let screen = harness.text();
    assert!(
        screen.contains("Phân bổ chỉ tiêu năm 2024") && screen.contains("Huyện Quỳnh Phụ"),
        "{screen}"
    );
    assert!(
        screen.contains("Tổng đã giao: 0 ") && screen.contains("còn thiếu 12"),
        "{screen}"
    );
    harness.typed("5").keys("enter").typed("7").keys("enter");
    let screen = harness.text();
    assert!(screen.contains("Tổng đã giao: 12") && screen.contains("đủ"), "{screen}");
    harness.keys("esc");
    harness.settle();
    let screen = harness.keys("d").text();
    assert!(
        screen.contains("mức được giao") || screen.contains("Huyện Quỳnh Phụ"),
        "{screen}"
    );
}
