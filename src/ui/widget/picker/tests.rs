//! Narrowing, choosing and looking at a list.

use super::*;
use crate::ui::harness::Harness;
use crate::ui::keymap::{Code, Key};

fn items() -> Vec<Item> {
    [
        ("THANH_LAP", "Thành lập mới", ""),
        ("DANG_HD", "Đang hoạt động", ""),
        ("CHO", "Chờ giải thể", ""),
        ("TAM_NGUNG", "Tạm ngừng kinh doanh", ""),
        ("HTX004", "HTX Môi trường xanh An Bài", "An Bài"),
    ]
    .map(|(key, label, note)| Item::new(key, label, note))
    .to_vec()
}

fn typed(list: &mut PickList, text: &str) {
    for c in text.chars() {
        list.update(
            &Input::Key {
                key: Key::char(c),
                action: None,
            },
            &TypingPrefs::default(),
        );
    }
}

fn act(list: &mut PickList, action: Action) -> Outcome {
    list.update(
        &Input::Key {
            key: Key::plain(Code::Enter),
            action: Some(action),
        },
        &TypingPrefs::default(),
    )
}

#[test]
fn typing_narrows_without_tone_marks_and_further_with_them() {
    for (query, label) in [
        ("tam", "Tạm ngừng kinh doanh"),
        ("dang", "Đang hoạt động"),
        ("hoat", "Đang hoạt động"),
        ("mtx", "HTX Môi trường xanh An Bài"),
        ("an bai", "HTX Môi trường xanh An Bài"),
        ("chowf", "Chờ giải thể"),
        ("TAM_NGUNG", "Tạm ngừng kinh doanh"),
    ] {
        let mut list = PickList::new(items(), Choice::One);
        typed(&mut list, query);
        let found = list.current().map(|item| item.label.as_str());
        if query == "mtx" {
            // Initials count from the first word.
            assert_eq!(found, None);
            list.narrow("hmtx");
            assert_eq!(list.current().map(|item| item.label.as_str()), Some(label));
        } else {
            assert_eq!(found, Some(label), "{query}");
        }
    }
}

#[test]
fn a_number_chooses_by_place() {
    let mut list = PickList::new(items(), Choice::One);
    typed(&mut list, "4");
    assert_eq!(
        act(&mut list, Action::Accept),
        Outcome::Chosen(vec!["TAM_NGUNG".into()])
    );
}

#[test]
fn several_are_chosen_in_their_order() {
    let mut list = PickList::new(items(), Choice::Several);
    typed(&mut list, "4");
    act(&mut list, Action::PickSeveral);
    typed(&mut list, "1");
    assert_eq!(
        act(&mut list, Action::Accept),
        Outcome::Chosen(vec!["TAM_NGUNG".into(), "THANH_LAP".into()])
    );
    let mut list = PickList::new(items(), Choice::Several).with_chosen(&["CHO".into()]);
    assert_eq!(act(&mut list, Action::Accept), Outcome::Chosen(vec!["CHO".into()]));
}

#[test]
fn what_fits_nothing_can_be_created() {
    let mut list = PickList::new(items(), Choice::One);
    typed(&mut list, "zzz");
    assert_eq!(act(&mut list, Action::Accept), Outcome::Moved);
    assert_eq!(act(&mut list, Action::Create), Outcome::Create("zzz".into()));
}

#[test]
fn the_popup_shows_the_list_with_numbers() {
    let list = PickList::new(items(), Choice::One);
    let mut harness = Harness::new(PickerScreen::new("Tình trạng", list));
    let text = harness.text();
    assert!(text.contains("┌─ Tình trạng ─"), "{text}");
    assert!(text.contains("4 Tạm ngừng kinh doanh"));
    assert!(text.contains("Enter chọn  Esc về  F2 giúp"));
    harness.typed("tam");
    assert!(!harness.text().contains("Đang hoạt động"));
    assert!(harness.cursor().is_some());
}
