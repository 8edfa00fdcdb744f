//! The ways into the two grids, on demo data.

#[path = "support/demo.rs"]
mod demo;

use sohoi::domain::id::Id;
use sohoi::domain::settings::Settings;
use sohoi::domain::text::Lang;
use sohoi::store::{Read, Store};
use sohoi::ui::canvas::Canvas;
use sohoi::ui::harness::Harness;
use sohoi::ui::keymap::Context;
use sohoi::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use std::sync::Arc;

/// Opens a grid with the first key that reaches it, as a record's page does.
struct Door(fn(Id, &Cx<'_>) -> Box<dyn Screen>, Id);

impl Screen for Door {
    fn contexts(&self) -> &'static [Context] {
        Context::Record.chain()
    }

    fn update(&mut self, _: &Input, cx: &Cx<'_>) -> Vec<Command> {
        vec![Command::Push((self.0)(self.1, cx))]
    }

    fn draw(&self, _: &mut Canvas<'_>) {}

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("")
    }
}

fn at_the_grid(store: &Arc<Store>, door: Door) -> Harness {
    let mut setup = Harness::setup(Box::new(door), Arc::clone(store), Box::new(|_, _| None));
    setup.settings = Settings::clone(&store.settings());
    let mut harness = Harness::over(setup, (80, 24));
    harness.keys("enter");
    harness
}

#[test]
fn after_a_new_session_or_fair_comes_its_grid() {
    let store = demo::store();
    let mut harness = at_the_grid(
        &store,
        Door(|_, cx| openers::new("training", cx).expect("a kind"), Id::now()),
    );
    harness
        .typed("Kyx nawng soos")
        .keys("enter h enter enter enter 3 enter ctrl-s");
    assert!(
        harness.text().starts_with(" Điểm danh: Kỹ năng số"),
        "{}",
        harness.text()
    );
    harness.keys("esc");
    assert_eq!(harness.app().depth(), 1, "the form gave its place to the grid");

    let mut harness = at_the_grid(
        &store,
        Door(|_, cx| openers::new("fair", cx).expect("a kind"), Id::now()),
    );
    harness.typed("Hooij chowj").keys("enter 2 h enter alt-t");
    assert!(harness.text().starts_with(" Gian hàng: Hội chợ"), "{}", harness.text());
}

#[test]
fn one_key_on_a_sessions_page_opens_its_list_and_esc_comes_back() {
    let store = demo::store();
    let training = store
        .reader()
        .ids("training")
        .next()
        .expect("demo has sessions")
        .expect("readable");
    let page = |id, cx: &Cx<'_>| openers::record("training", id, cx).expect("it is there");
    let mut harness = at_the_grid(&store, Door(page, training));
    harness.keys("alt-t");
    assert!(harness.text().starts_with(" Điểm danh: "), "{}", harness.text());
    harness.keys("esc");
    assert!(harness.text().starts_with(" Lớp tập huấn · "), "{}", harness.text());
}
