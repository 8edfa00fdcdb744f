//! The real program, killed at any moment: what it acknowledged is there.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::fs;
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

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_refused_in_plain_words() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(data.join("probe"), "x").is_ok() {
        // Who may do anything is not stopped by this; a read-only mount is beyond a test.
        return;
    }
    let refused = program()
        .arg("--data")
        .arg(&data)
        .args(["list", "cooperative"])
        .output()
        .unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("chỉ cho đọc"),
        "{refused:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_taken_away_while_working_refuses_every_further_save() {
    let dir = tempfile::tempdir().unwrap();
    let (data, elsewhere) = (dir.path().join("data"), dir.path().join("elsewhere"));
    let mut stream = Stream::start(&data);
    let before: Vec<String> = (1..=5).filter_map(|number| stream.add(number)).collect();
    assert_eq!(before.len(), 5);
    fs::rename(&data, &elsewhere).unwrap();
    stream.throw_in(6);
    let (after, ended) = stream.finish();
    assert_eq!(
        after,
        Vec::<String>::new(),
        "nothing is acknowledged without its folder"
    );
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&ended.stderr).contains("Không còn thấy thư mục"),
        "{ended:?}"
    );
    assert!(!data.exists(), "and no empty store is made in its place");
    let (store, _) = open(&elsewhere).unwrap();
    assert!(ids(&store).is_superset(&before.into_iter().collect()));
}

/// A limit on the size of files stands in for a full disk: a write is refused in the middle of the work.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_said_plainly_and_nothing_acknowledged_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut stream = Stream::start(&data);
    let mut acknowledged: BTreeSet<String> = (1..=30).filter_map(|number| stream.add(number)).collect();
    let (_, ended) = stream.finish();
    assert!(ended.status.success());
    let lines: String = (31..=3_000).map(|number| folder::line(number) + "\n").collect();
    let input = dir.path().join("lines");
    fs::write(&input, lines).unwrap();
    // 2,048 blocks of 512 bytes: the journal's first chunk fits, its second does not.
    let script = "ulimit -f 2048; exec \"$0\" --data \"$1\" add cooperative --stream --warnings accept < \"$2\"";
    let limited = std::process::Command::new("/bin/sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_sohoi")])
        .args([&data, &input])
        .output()
        .unwrap();
    assert_eq!(
        limited.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&limited.stderr)
    );
    let words = String::from_utf8_lossy(&limited.stderr);
    assert!(words.contains("đầy"), "{}", words.chars().take(600).collect::<String>());
    let taken: Vec<String> = String::from_utf8_lossy(&limited.stdout)
        .lines()
        .map(str::to_string)
        .collect();
    assert!(
        !taken.is_empty() && taken.len() < 2_970,
        "{} of 2970 were taken",
        taken.len()
    );
    acknowledged.extend(taken);
    let (store, _) = open(&data).unwrap();
    let there = ids(&store);
    assert!(
        acknowledged.is_subset(&there),
        "{} of {} there",
        there.len(),
        acknowledged.len()
    );
    drop(store);
    let mut stream = Stream::start(&data);
    stream.add(4_000).expect("with room again it saves again");
}
