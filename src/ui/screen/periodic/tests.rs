//! The periodic report as an officer makes it, key by key.

use std::sync::Arc;

use crate::domain::settings::{Office, Settings};
use crate::indicator::fixture::World;
use crate::store::Store;
use crate::ui::harness::Harness;
use crate::ui::screen::home::Home;
use crate::ui::screen::openers;

/// The office of xã Quỳnh Phụ at the end of 2026, with one group founded in spring.
fn harness() -> (Harness, Arc<Store>) {
    let world = World::new("C12472-B");
    let settings = Settings {
        office: Office {
            unit: Some("C12472-B".into()),
            ..Default::default()
        },
        ..Settings::default()
    };
    world.store().set_settings(settings).unwrap();
    world.founded("THT", "THT Cói Quỳnh Phụ", "2026-04-01");
    let store = Arc::new(world.into_store());
    let setup = Harness::setup(Box::new(Home::new()), Arc::clone(&store), openers::table());
    let mut harness = Harness::over(setup, (100, 40));
    harness.keys("g b");
    harness.settle();
    (harness, store)
}

#[test]
fn the_report_owed_next_stands_there_with_what_is_to_be_written_first() {
    let (harness, _) = harness();
    let screen = harness.text();
    assert!(
        screen.contains("Báo cáo · Năm 2026") && screen.contains("cả hai Đề án"),
        "{screen}"
    );
    assert!(
        screen.contains("Ưu điểm") && screen.contains("(chưa có; Enter để viết)"),
        "{screen}"
    );
    assert!(screen.contains("BÁO CÁO") && screen.contains("XEM TRƯỚC"), "{screen}");
}

#[test]
fn what_the_officer_writes_is_kept_with_the_period_and_stands_in_the_report() {
    let (mut harness, store) = harness();
    harness.keys("enter").typed("Ban chi dao").keys("esc");
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("Ban chi dao"), "{screen}");
    let kept = crate::domain::known::Known::bearing(&store.reader(), "report_text", "period", "2026");
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].text("report"), kept[0].text("part")),
        (Some("BC_NAM"), Some("steering"))
    );
}

#[test]
fn a_form_of_ones_own_is_asked_for_and_one_that_cannot_be_read_is_told() {
    let (mut harness, _) = harness();
    harness.keys("6");
    assert!(harness.text().contains("Điền vào mẫu nào?"), "{}", harness.text());
    harness.typed("/khong-co/mau.docx").keys("ctrl-n");
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("Không đọc được mẫu /khong-co/mau.docx"), "{screen}");
}

#[test]
fn a_closed_period_tells_later_changes_as_supplements() {
    let (mut harness, store) = harness();
    harness.keys("k");
    harness.settle();
    assert!(harness.text().contains("đã chốt 31/12/2026"), "{}", harness.text());
    let mut entry = crate::domain::entry::Entry::new("cooperative");
    for (key, text) in [
        ("kind", "THT"),
        ("name", "THT Mây"),
        ("unit", "C12472-B"),
        ("origin", "HOI_THANH_LAP"),
    ] {
        entry.set(key, Some(crate::domain::value::Value::Text(text.into())));
    }
    let day = crate::domain::testing::day("2026-05-01");
    entry.set("registered_on", Some(crate::domain::value::Value::Date(day)));
    let mut txn = store.txn();
    txn.save(entry, crate::store::Warnings::Accept).unwrap();
    txn.commit().unwrap();
    harness.keys("d");
    harness.settle();
    let mut seen = harness.text();
    for _ in 0..12 {
        seen += &harness.keys("pagedown").text();
    }
    assert!(seen.contains("Bổ sung sau báo cáo"), "{seen}");
}

#[test]
fn another_period_and_one_programme_are_chosen_by_keys() {
    let (mut harness, _) = harness();
    harness.keys("[");
    harness.settle();
    assert!(harness.text().contains("Báo cáo · Năm 2025"), "{}", harness.text());
    harness.keys("right");
    harness.settle();
    assert!(harness.text().contains("Đề án 01"), "{}", harness.text());
    let list = harness.keys("p").text();
    assert!(list.contains("6 tháng") && list.contains("Quý"), "{list}");
}

#[test]
fn a_figure_leads_to_the_records_that_it_counts_and_esc_back_to_it() {
    let (mut harness, _) = harness();
    let with_figure = |text: &str| {
        let lines: Vec<String> = text.lines().map(str::to_string).collect();
        let here = lines.iter().find(|line| line.starts_with('▶'));
        here.is_some_and(|line| line.contains("THT thành lập mới"))
    };
    for _ in 0..30 {
        if with_figure(&harness.text()) {
            break;
        }
        harness.keys("down");
    }
    let report = harness.text();
    assert!(with_figure(&report) && report.contains("SỐ LIỆU"), "{report}");
    harness.keys("enter");
    harness.settle();
    assert!(harness.text().contains("THT Cói Quỳnh Phụ"), "{}", harness.text());
    harness.keys("esc");
    harness.settle();
    assert_eq!(harness.text(), report);
}

#[test]
fn days_that_are_no_named_period_are_typed_and_a_week_leads_to_the_weekly_report() {
    let (mut harness, store) = harness();
    harness.keys("p").typed("khac").keys("enter").typed("4").keys("enter");
    assert!(harness.text().contains("Chưa rõ kỳ nào"), "{}", harness.text());
    harness.keys("ctrl-u").typed("1/3-15/4").keys("enter");
    harness.settle();
    let screen = harness.text();
    assert!(screen.contains("Báo cáo · Từ 1/3–15/4/2026"), "{screen}");
    harness
        .keys("down down down down down down down down enter")
        .typed("Can von")
        .keys("esc");
    harness.settle();
    assert!(
        harness.text().contains("Can von"),
        "what is written is kept: {}",
        harness.text()
    );
    let kept = crate::domain::known::Known::bearing(&store.reader(), "report_text", "period", "2026-03-01..2026-04-15");
    assert_eq!(kept.len(), 1);
    harness.keys("p").typed("tuan 52").keys("enter");
    harness.settle();
    assert!(harness.text().contains("Báo cáo tuần · Tuần 52"), "{}", harness.text());
    harness.keys("p").typed("thang 11/2026").keys("enter");
    harness.settle();
    assert!(harness.text().contains("Báo cáo · Tháng 11/2026"), "{}", harness.text());
}
