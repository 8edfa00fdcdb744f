//! The real program, killed at any moment: what it acknowledged is there.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use folder::{Dice, Stream, ids, open, program};
use sohoi::store::Read;

/// One round: work, a kill at some moment, and a look at what is there. Gives all that was ever acknowledged.
fn round(data: &Path, dice: &mut Dice, acknowledged: &mut BTreeSet<String>, next: &mut usize) {
    let mut stream = Stream::start(data);
    for _ in 0..dice.below(90) {
        *next += 1;
        acknowledged.extend(stream.add(*next));
    }
    // Then lines are thrown in without waiting, so that the kill falls anywhere within a save.
    for _ in 0..dice.below(12) {
        *next += 1;
        stream.throw_in(*next);
    }
    std::thread::sleep(Duration::from_micros(dice.below(12_000) as u64));
    acknowledged.extend(stream.kill());
    if dice.below(2) == 0 {
        // Every other time the next program to open it is the one that is killed next.
        return;
    }
    let (store, _) = open(data).unwrap();
    let there = ids(&store);
    let missing: Vec<_> = acknowledged.difference(&there).collect();
    assert!(missing.is_empty(), "acknowledged and not there: {missing:?}");
    assert!(store.journal().unwrap().verify(|_| {}).is_empty());
    for id in there.iter().take(5) {
        let id = id.parse().unwrap();
        assert!(store.reader().get("cooperative", id).unwrap().is_some());
        assert_eq!(store.history(id).unwrap().len(), 1);
    }
}

fn rounds(count: u64) {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice::new(count);
    let (mut acknowledged, mut next) = (BTreeSet::new(), 0);
    for number in 0..count {
        // A new folder now and then: the first saves of a store are a moment of their own.
        let data = dir.path().join((number / 10).to_string());
        if number % 10 == 0 {
            acknowledged.clear();
        }
        round(&data, &mut dice, &mut acknowledged, &mut next);
    }
    assert!(next > 0);
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill_at_any_moment() {
    rounds(20);
}

#[test]
#[ignore = "the long run"]
fn nothing_acknowledged_is_lost_by_two_hundred_kills() {
    rounds(200);
}

#[test]
fn a_second_program_says_that_the_store_is_in_use_and_fails() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut first = Stream::start(&data);
    first.add(1).unwrap();
    let begun = Instant::now();
    let second = program()
        .arg("--data")
        .arg(&data)
        .args(["list", "cooperative", "--format", "json"])
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty());
    assert!(
        String::from_utf8_lossy(&second.stderr).contains("đang mở"),
        "{second:?}"
    );
    assert!(begun.elapsed() < Duration::from_secs(20));
    first.add(2).expect("the first goes on");
    let (_, ended) = first.finish();
    assert!(ended.status.success(), "{ended:?}");
}
