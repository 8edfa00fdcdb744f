//! The look-up as an officer uses it, key by key.

use std::sync::Arc;

use serde_json::json;

use super::Lookup;
use crate::domain::text::Lang;
use crate::search::status::tests::an_khang;
use crate::search::tests::Office;
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::app::Opener;
use crate::ui::canvas::Canvas;
use crate::ui::harness::Harness;
use crate::ui::keymap::Context;
use crate::ui::names::{Names, shared};
use crate::ui::screen::edit::EditScreen;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;

/// The screen that look-ups are opened from.
struct Desk;

impl Screen for Desk {
    fn contexts(&self) -> &'static [Context] {
        Context::Home.chain()
    }

    fn update(&mut self, _: &Input, _: &Cx<'_>) -> Vec<Command> {
        vec![Command::Pass]
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        canvas.text(0, 0, "bàn làm việc", Role::Text);
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("Trang chính")
    }
}

fn office() -> Office {
    let office = Office::new();
    an_khang(&office);
    for name in [
        "HTX Rau an toàn Khánh Linh",
        "HTX Bún khô An Bài",
        "HTX May Đông Hải",
        "THT Trồng nấm Đông Hải",
    ] {
        office.cooperative(name);
    }
    office.add(
        "person",
        json!({"name": "Nguyễn Thị An Khánh", "gender": "NU", "phone": "0987654321", "note": "tin"}),
    );
    office
}

fn opener(list: Names) -> Opener {
    Box::new(move |action, cx| -> Option<Box<dyn Screen>> {
        match action {
            Action::Lookup => Some(Box::new(Lookup::new(&list, cx))),
            Action::NewCooperative => Some(Box::new(EditScreen::create("cooperative", Vec::new(), cx)?)),
            _ => None,
        }
    })
}

fn harness(size: (u16, u16)) -> Harness {
    let store: Arc<Store> = Arc::new(office().store);
    let list = shared();
    list.lock().unwrap().prepare(&store.reader()).unwrap();
    Harness::over(Harness::setup(Box::new(Desk), store, opener(list)), size)
}

#[test]
fn the_card_of_the_hit_stands_beside_the_list() {
    let mut screen = harness((80, 24));
    insta::assert_snapshot!("empty", screen.keys("/").text());
    insta::assert_snapshot!("80x24", screen.typed("an kh").text());
    insta::assert_snapshot!("a_person", screen.keys("down down").text());
}

#[test]
fn a_small_window_has_the_card_below_and_a_large_one_has_it_whole() {
    insta::assert_snapshot!("60x20", harness((60, 20)).keys("/").typed("an kh").text());
    insta::assert_snapshot!("160x50", harness((160, 50)).keys("/").typed("an kh").text());
}

#[test]
fn the_status_is_seen_in_few_keys() {
    let status = "TẠM NGỪNG từ 18/05/2026";
    let mut by_code = harness((80, 24));
    assert!(by_code.keys("/ 1").text().contains(status), "two keys of five");
    let mut by_name = harness((80, 24));
    assert!(
        by_name.keys("/ a n space k h").text().contains(status),
        "six keys of six"
    );
    let mut by_initials = harness((80, 24));
    assert!(by_initials.keys("/ d l a k").text().contains(status));
}

#[test]
fn what_no_longer_fits_is_scrolled_to() {
    let mut screen = harness((60, 20));
    screen.keys("/ 1");
    assert!(!screen.text().contains("Thành lập"));
    screen.keys("pagedown pagedown pagedown");
    assert!(screen.text().contains("Thành lập"), "{}", screen.text());
    screen.keys("pageup pageup pageup");
    assert!(screen.text().contains("TẠM NGỪNG"));
}

#[test]
fn it_lies_above_a_form_and_leaves_it_as_it_was() {
    let mut screen = harness((80, 24));
    screen.keys("+ c").keys("1 enter").typed("HTX Moiws");
    let before = (screen.text(), screen.cursor());
    screen.keys("f3").typed("an kh");
    assert!(screen.text().contains("DƯỢC LIỆU AN KHANG"));
    screen.keys("esc");
    assert_eq!((screen.text(), screen.cursor()), before);
}

#[test]
fn a_visit_is_begun_with_the_cooperative_filled_in() {
    let mut screen = harness((80, 24));
    screen.keys("/ 1 alt-v");
    let text = screen.text();
    assert!(text.contains("Lượt thăm") || text.contains("thăm"), "{text}");
    assert!(
        text.contains("HTX001 HTX Dược liệu An Khang") || text.contains("An Khang (HTX001)"),
        "{text}"
    );
    screen.keys("esc");
    assert!(screen.text().contains("TẠM NGỪNG"), "back at the card");
}

#[test]
fn what_is_copied_is_the_card_as_text() {
    let mut screen = harness((80, 24));
    screen.keys("/ 1 alt-y");
    assert!(screen.text().contains("Đã sao chép"));
    // What was copied can be pasted within the program: into the line itself, here.
    screen.keys("ctrl-u").typed("x").keys("ctrl-u");
    screen.keys("ctrl-v home");
    assert!(
        screen.text().contains("HTX DƯỢC LIỆU AN KHANG (HTX001)"),
        "{}",
        screen.text()
    );
}

#[test]
fn nothing_found_says_so_and_what_to_do() {
    let mut screen = harness((80, 24));
    let text = screen.keys("/").typed("khong co ai").text();
    assert!(text.contains("Không tìm thấy"), "{text}");
}
