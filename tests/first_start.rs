//! The first start and the settings: the office chosen out of the real units, the officer, the typing method tried.

mod support;

use sohoi::domain::text::Lang;
use sohoi::store::Store;
use sohoi::ui::action::Action;
use sohoi::ui::harness::Harness;
use sohoi::ui::screen::first_start::FirstStart;
use sohoi::ui::screen::{Cx, Screen};
use std::sync::Arc;
use support::office::{Home, Office};

fn open(action: Action, _: &Cx<'_>) -> Option<Box<dyn Screen>> {
    (action == Action::NewVisit).then(|| Box::new(FirstStart::new()) as Box<dyn Screen>)
}

fn start(size: (u16, u16), lang: Lang) -> (Arc<Store>, Harness) {
    let store = Arc::new(Store::memory());
    store.pin_clock("2026-05-22".parse().unwrap(), 1_779_400_000_000);
    let mut setup = Harness::setup(Box::new(Home), Arc::clone(&store), Box::new(open));
    setup.settings.lang = Some(lang);
    let mut harness = Harness::over(setup, size);
    harness.keys("v");
    (store, harness)
}

#[test]
fn a_few_letters_without_tones_choose_the_office_and_the_method_is_tried() {
    let (store, mut harness) = start((80, 24), Lang::Vi);
    insta::assert_snapshot!("first_start_province", harness.text());
    harness.typed("hung y").keys("enter").typed("quynh ph");
    insta::assert_snapshot!("first_start_commune", harness.text());
    harness
        .keys("enter")
        .keys("enter")
        .typed("nguyeenx thij hawngf")
        .keys("enter")
        .typed("vni")
        .keys("enter");
    harness.typed("Ho65i Phu5 nu74");
    insta::assert_snapshot!("first_start_trial", harness.text());
    harness.keys("enter");
    let settings = store.settings();
    assert_eq!(settings.office.unit.as_deref(), Some("C12472-B"), "{}", harness.text());
    assert_eq!(settings.office.officer.as_deref(), Some("Nguyễn Thị Hằng"));
    assert_eq!(settings.typing.method, "vni");
    assert!(settings.office.device.is_some());
    let people = Office {
        store: Arc::clone(&store),
    }
    .all("person");
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].text("name"), Some("Nguyễn Thị Hằng"));
}

#[test]
fn esc_goes_back_a_step_and_the_first_line_is_the_provincial_office() {
    let (store, mut harness) = start((60, 20), Lang::En);
    harness.typed("hung y").keys("enter");
    insta::assert_snapshot!("first_start_60x20_en", harness.text());
    harness.keys("esc").typed("ha noi").keys("enter enter");
    harness.keys("enter enter enter enter");
    assert_eq!(
        store.settings().office.unit.as_deref(),
        Some("P01-B"),
        "{}",
        harness.text()
    );
    assert_eq!(store.settings().office.officer, None);
}

#[test]
fn the_plans_of_the_area_are_proposed_and_the_officer_takes_or_leaves_each() {
    let (store, mut harness) = start((80, 24), Lang::Vi);
    harness.typed("hung y").keys("enter").typed("quynh ph").keys("enter");
    insta::assert_snapshot!("first_start_plans", harness.text());
    // The second of those proposed is left, one of another area taken.
    harness.keys("down ctrl-t").typed("quang ngai").keys("ctrl-t");
    harness.keys("enter enter enter enter");
    let chosen = store.settings().office.plans.clone().unwrap();
    assert!(chosen.contains(&"DA01-QUANGNGAI-126".to_string()), "{chosen:?}");
    let reader = store.reader();
    let plans = sohoi::indicator::plan::of_office(&reader, Some("C12472-B"), store.today()).unwrap();
    let mut codes: Vec<_> = plans.into_iter().map(|plan| plan.code).collect();
    codes.sort();
    let mut wanted = chosen.clone();
    wanted.sort();
    assert_eq!(codes, wanted);
}

#[test]
fn a_setting_is_turned_by_enter_and_followed_at_once() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g i");
    insta::assert_snapshot!("settings_80x24", harness.text());
    // The method, then the field to try it.
    harness.keys("down down down down down enter enter");
    assert_eq!(office.store.settings().typing.method, "vni");
    harness.keys("down down down down down enter").typed("tie6ng1 Vie6t5");
    assert!(harness.text().contains("tiếng Việt"), "{}", harness.text());
    harness.keys("enter down enter");
    assert_eq!(office.store.settings().lang, Some(Lang::En));
    assert!(harness.text().starts_with(" Settings"), "{}", harness.text());
    harness.resize(60, 20);
    insta::assert_snapshot!("settings_60x20_en", harness.text());
}

#[test]
fn the_folder_of_the_daily_backup_is_kept_as_typed_and_one_that_is_not_there_is_told() {
    let office = Office::new();
    let mut harness = office.harness();
    let there = tempfile::tempdir().unwrap();
    let absent = there.path().join("soos");
    for (folder, told) in [(there.path(), false), (absent.as_path(), true)] {
        harness.keys("g i down down down enter ctrl-a delete");
        harness.typed(folder.to_str().unwrap()).keys("enter");
        let kept = office.store.settings().backup.clone();
        assert_eq!(kept.as_deref(), folder.to_str(), "no letter became a tone or a mark");
        assert_eq!(
            harness.text().contains("Hiện không thấy thư mục"),
            told,
            "{}",
            harness.text()
        );
    }
}

#[test]
fn esc_in_a_field_of_the_settings_keeps_what_was_typed_and_tells_what_stood_there() {
    let office = Office::new();
    let mut harness = office.harness();
    harness
        .keys("g i down enter ctrl-a delete")
        .typed("Phamj Thij Hoa")
        .keys("esc");
    assert_eq!(
        office.store.settings().office.officer.as_deref(),
        Some("Phạm Thị Hoa"),
        "{}",
        harness.text()
    );
    let text = harness.text();
    assert!(
        text.starts_with(" Cài đặt") && text.contains("Đã giữ \"Phạm Thị Hoa\"; trước đó là"),
        "{text}"
    );
    let told = harness.app().notices().len();
    harness.keys("enter esc");
    assert_eq!(
        harness.app().notices().len(),
        told,
        "nothing was typed, nothing is told"
    );
}
