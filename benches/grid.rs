//! One key in the attendance grid of 2,000 people, drawing included; the budget is 1 ms.

use criterion::{Criterion, criterion_group, criterion_main};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::settings::Settings;
use sohoi::domain::text::Lang;
use sohoi::domain::value::Value;
use sohoi::store::{Store, Warnings};
use sohoi::ui::canvas::Canvas;
use sohoi::ui::harness::Harness;
use sohoi::ui::keymap::Context;
use sohoi::ui::screen::{Command, Cx, Heading, Input, Screen, attendance};
use std::sync::Arc;

/// Opens the grid with the first key.
struct Door(Id);

impl Screen for Door {
    fn contexts(&self) -> &'static [Context] {
        Context::Record.chain()
    }

    fn update(&mut self, _: &Input, cx: &Cx<'_>) -> Vec<Command> {
        vec![Command::Push(attendance::open(self.0, cx))]
    }

    fn draw(&self, _: &mut Canvas<'_>) {}

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("")
    }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn grid(people: usize) -> Harness {
    let store = Arc::new(Store::memory());
    let mut settings = Settings::default();
    settings.office.unit = Some("C12472-B".into());
    store
        .set_settings(settings.clone())
        .expect("a store in memory keeps settings");
    let mut txn = store.txn();
    let mut training = Entry::new("training");
    training.set("title", text("Kỹ năng số"));
    training.set("topics", Some(Value::List(vec![Value::Text("KY_NANG_SO".into())])));
    training.set("from", Some(Value::Date(store.today())));
    let training = txn.save(training, Warnings::Accept).expect("a good record");
    for at in 0..people {
        let mut person = Entry::new("person");
        person.set(
            "name",
            text(&format!("Nguyễn Thị {}", ["Mai", "Lan", "Cúc", "Huệ"][at % 4])),
        );
        person.set("gender", text("NU"));
        person.set("code", text(&format!("N{at:04}")));
        let person = txn.save(person, Warnings::Accept).expect("a good record");
        let mut row = Entry::new("attendance");
        row.set("training", Some(Value::Id(training)));
        row.set("person", Some(Value::Id(person)));
        row.set("state", text("DANG_KY"));
        txn.save(row, Warnings::Accept).expect("a good record");
    }
    txn.commit().expect("a store in memory commits");
    let mut setup = Harness::setup(Box::new(Door(training)), store, Box::new(|_, _| None));
    setup.settings = settings;
    let mut harness = Harness::over(setup, (80, 24));
    harness.keys("enter alt-a");
    harness.hasty();
    harness
}

fn keys(criterion: &mut Criterion) {
    let mut harness = grid(2_000);
    let mut group = criterion.benchmark_group("attendance of 2,000");
    for (name, key) in [
        ("down and up", "down up"),
        ("a page and back", "pagedown pageup"),
        ("absent and back", "ctrl-t up ctrl-t up"),
        ("a number and Backspace", "7 backspace"),
        ("everybody present, and undone", "alt-a ctrl-z"),
        ("next column and back", "tab shift-tab"),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                harness.keys(key);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, keys);
criterion_main!(benches);
