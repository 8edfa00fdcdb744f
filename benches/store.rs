//! What a save costs beside the least it could cost, and how long a store takes to open.
//!
//! `durable save` is one frame of a typical visit, acknowledged; `bare` writes the same bytes into a preallocated file and
//! syncs them, which no store can beat; `whole commit` is a record saved through the store, indexes and map included.
//! The size of the stores that are opened is 10,000 records, or `SOHOI_BENCH_RECORDS`.

use std::fs::OpenOptions;
use std::hint::black_box;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use sohoi::domain::entry::Entry;
use sohoi::domain::record::kind;
use sohoi::domain::value::Value;
use sohoi::store::journal::{BatchMark, Journal, Sync};
use sohoi::store::{Read, Store, Warnings};

/// Bytes of a visit with its operation around it.
const FRAME: usize = 600;

fn records() -> usize {
    std::env::var("SOHOI_BENCH_RECORDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000)
}

fn cooperative(number: usize) -> Entry {
    let mut entry = Entry::new(kind("cooperative").expect("a built-in kind").key());
    let letters: String = number
        .to_string()
        .bytes()
        .map(|digit| char::from(b'A' + digit - b'0'))
        .collect();
    for (key, text) in [
        ("unit", "C12472-B"),
        ("kind", "HTX"),
        ("name", &format!("HTX Thử {letters}")),
    ] {
        entry.set(key, Some(Value::Text(text.to_string())));
    }
    entry
}

fn fill(dir: &Path, count: usize) {
    let (store, _) = Store::open(dir).expect("a new store");
    let mut bulk = store.bulk("bench").expect("a batch");
    for number in 0..count {
        bulk.save(cooperative(number), Warnings::Accept)
            .expect("a sound record");
    }
    bulk.finish().expect("room");
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("room");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("room");
        }
    }
}

fn saves(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("room");
    let payload = vec![b'x'; FRAME];
    let mut group = criterion.benchmark_group("save");
    group.measurement_time(Duration::from_secs(8));

    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(dir.path().join("bare"))
        .expect("room");
    file.write_all(&vec![0; 8 << 20])
        .and_then(|()| file.sync_all())
        .expect("room");
    let mut at = 0;
    group.bench_function("bare write and sync", |bencher| {
        bencher.iter(|| {
            at = (at + FRAME as u64) % (7 << 20);
            file.seek(SeekFrom::Start(at)).expect("a file");
            file.write_all(&payload).and_then(|()| file.sync_data()).expect("room");
        });
    });

    let (journal, _) = Journal::open(&dir.path().join("journal")).expect("room");
    group.bench_function("durable save", |bencher| {
        bencher.iter(|| journal.append(&payload, BatchMark::Single, Sync::Now).expect("room"));
    });

    let (store, _) = Store::open(&dir.path().join("store")).expect("room");
    let mut number = 0;
    group.bench_function("whole commit", |bencher| {
        bencher.iter(|| {
            number += 1;
            let mut txn = store.txn();
            txn.save(cooperative(number), Warnings::Accept).expect("a sound record");
            txn.commit().expect("room")
        });
    });
    group.finish();
}

fn opens(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("room");
    let count = records();
    let (clean, killed) = (dir.path().join("clean"), dir.path().join("killed"));
    let begun = Instant::now();
    fill(&clean, count);
    eprintln!("import of {count}: {:?}", begun.elapsed());
    copy_folder(&clean, &killed);
    let mut group = criterion.benchmark_group("open");
    group.sample_size(10);
    group.bench_function("after an orderly end", |bencher| {
        bencher.iter(|| black_box(Store::open(&clean).expect("a store")));
    });
    group.bench_function("without its map", |bencher| {
        bencher.iter_custom(|rounds| {
            let mut spent = Duration::ZERO;
            for _ in 0..rounds {
                for name in ["CURRENT", "clean"] {
                    let _ = std::fs::remove_file(killed.join(name));
                }
                let begun = Instant::now();
                let (store, report) = Store::open(&killed).expect("a store");
                spent += begun.elapsed();
                assert!(report.replayed > 0 && store.reader().ids("cooperative").next().is_some());
            }
            spent
        });
    });
    group.finish();
}

criterion_group!(benches, saves, opens);
criterion_main!(benches);
