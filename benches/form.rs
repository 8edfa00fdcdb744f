//! One key in the largest form (a visit with all its blocks open, last visit's values beside), drawing included; the
//! budget is 1 ms.

use criterion::{Criterion, criterion_group, criterion_main};
use sohoi::cli::demo::{Size, fill};
use sohoi::domain::settings::Settings;
use sohoi::store::Store;
use sohoi::ui::harness::Harness;
use sohoi::ui::screen::home::Home;
use sohoi::ui::screen::openers;
use std::sync::Arc;

fn form() -> Harness {
    let store = Store::memory();
    let until = chrono::NaiveDate::from_ymd_opt(2026, 5, 22).expect("a day");
    let size = Size {
        cooperatives: 60,
        weeks: 12,
        until,
        seed: 1,
    };
    fill(&store, size).expect("an empty store takes demo data");
    let store = Arc::new(store);
    let mut setup = Harness::setup(Box::new(Home::new()), Arc::clone(&store), openers::table());
    setup.settings = Settings::clone(&store.settings());
    let mut harness = Harness::over(setup, (80, 24));
    harness.keys("v").typed("7").keys("enter alt-m");
    harness.hasty();
    harness
}

fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("visit form, all blocks");
    for (name, field, key) in [
        ("a letter and Backspace", "huong dan", "a backspace"),
        ("a digit and Backspace", "thanh vien", "4 backspace"),
        ("next field and back", "thanh vien", "down up"),
        ("narrowing a list and Backspace", "kho khan", "v backspace"),
        ("narrowing cooperatives and Backspace", "htx", "a backspace"),
    ] {
        let mut harness = form();
        harness.keys("alt-g").typed(field).keys("enter");
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
