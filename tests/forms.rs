//! Forms as an officer sees and types them: the visit form beside the last visit, what holds and what is let through,
//! drafts, and how many keys a visit costs.

mod support;

use sohoi::ui::harness::Harness;
use support::office::Office;

/// A visit of ten fields, as it is typed on the home screen: keys that do something, and text between quotation marks.
const VISIT: &str = include_str!("tasks/t1_visit.txt");

/// Presses a script of keys; gives how many keys that were.
fn press(harness: &mut Harness, script: &str) -> usize {
    let mut count = 0;
    for line in script
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.strip_prefix("type ") {
            Some(text) => {
                harness.typed(text);
                count += text.chars().count();
            }
            None => {
                harness.keys(line);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn a_visit_of_ten_fields_costs_at_most_75_keys() {
    let office = Office::new();
    let mut harness = office.harness();
    let keys = press(&mut harness, VISIT);
    assert!(keys <= 75, "{keys} keys");
    let visits = office.all("visit");
    let saved = visits.last().unwrap();
    let text = |key: &str| {
        saved
            .get(key)
            .map(|value| value.to_json().to_string())
            .unwrap_or_default()
    };
    assert_eq!(visits.len(), 2, "{}", harness.text());
    assert_eq!(text("date"), "\"2026-05-22\"");
    assert_eq!(saved.reference("cooperative"), Some(office.all("cooperative")[0].id));
    assert_eq!(
        saved.field::<Vec<sohoi::domain::id::Id>>("officers"),
        [office.all("person")[0].id]
    );
    assert_eq!(text("purposes"), "[\"DANH_GIA\"]");
    assert_eq!(text("status"), "\"DANG_HOAT_DONG\"");
    assert_eq!(
        (saved.number("members"), saved.number("members_women")),
        (Some(45), Some(30))
    );
    assert_eq!(text("difficulty_text"), "[\"thiếu vốn lưu động\"]");
    assert_eq!(text("advice"), "\"hướng dẫn hồ sơ vay\"");
    assert_eq!(text("next_visit"), "\"2026-06-05\"");
}
