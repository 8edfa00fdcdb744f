//! What the reports cost over a big logbook: the weekly summary, and whole periodic reports from reading to the docx.
//!
//! Over 100,000 and 1,000,000 records of ten years, or the sizes that `SOHOI_BENCH_RECORDS` names with commas between.
//! The cost is that of the period's and the year's records: a month beside a year, and the store ten times as large
//! beside the period ten times as busy.

mod big_store;

use std::hint::black_box;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};
use criterion::{Criterion, criterion_group, criterion_main};
use sohoi::domain::period::Period;
use sohoi::report::periodic::sending::{self, Format, Parting};
use sohoi::report::periodic::{Asked, collect};
use sohoi::report::weekly;
use sohoi::store::{Read, Store};

const SIZES: [usize; 2] = [100_000, 1_000_000];

fn sizes() -> Vec<usize> {
    let named = std::env::var("SOHOI_BENCH_RECORDS").unwrap_or_default();
    let named: Vec<usize> = named.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    if named.is_empty() { SIZES.to_vec() } else { named }
}

fn period(name: &str) -> Period {
    Period::parse(name).expect("a period of the calendar")
}

fn today() -> NaiveDate {
    big_store::until()
}

fn now() -> NaiveDateTime {
    today().and_hms_opt(8, 0, 0).expect("an hour of the day")
}

/// A report as the command line makes it: figures, plans, annexes, the document.
fn report(store: &Store, name: &str) -> usize {
    let reader = store.reader();
    let read: &dyn Read = &reader;
    let period = period(name);
    let plans = sending::usual_plans(read, big_store::OFFICE, period).expect("a sound logbook");
    let asked = Asked::new(period, big_store::OFFICE, sending::BOTH.to_vec(), plans, today());
    let report = collect(read, asked).expect("a sound logbook");
    let frame = sending::frame(read, &report, now(), Parting::Whole).expect("a sound logbook");
    sending::write(Format::Docx, &report, &frame, now())
        .expect("a document")
        .len()
}

fn reports(criterion: &mut Criterion) {
    for size in sizes() {
        let store = big_store::open(size);
        let mut group = criterion.benchmark_group(format!("{size} records"));
        group.sample_size(10).measurement_time(Duration::from_secs(10));
        group.bench_function("the weekly summary", |bencher| {
            bencher.iter(|| {
                let reader = store.reader();
                let summary = weekly::collect(&reader, period("2026-W21"), big_store::OFFICE);
                black_box(summary.expect("a sound logbook"))
            });
        });
        for (label, name) in [
            ("a month's report", "2026-05"),
            ("a half-year's report", "2026-H1"),
            ("a year's report", "2025"),
        ] {
            group.bench_function(label, |bencher| bencher.iter(|| black_box(report(&store, name))));
        }
        group.finish();
    }
}

criterion_group!(benches, reports);
criterion_main!(benches);
