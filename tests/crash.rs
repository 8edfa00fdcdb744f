//! The real program, killed at any moment: what it acknowledged is there.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
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

/// The words that follow `sohoi --data DATA`, and the program they make.
fn sohoi(data: &Path, words: &[&str]) -> Command {
    let mut command = program();
    command.arg("--data").arg(data).args(words);
    command
}

#[test]
fn a_big_import_killed_at_any_moment_is_there_whole_or_not_at_all() {
    const ROWS: usize = 1_100;
    let dir = tempfile::tempdir().unwrap();
    let (from, list, file) = (
        dir.path().join("from"),
        dir.path().join("list.json"),
        dir.path().join("list.csv"),
    );
    let lines: Vec<String> = (1..=ROWS).map(folder::line).collect();
    fs::write(&list, format!("[{}]", lines.join(","))).unwrap();
    let (list, file) = (list.to_str().unwrap(), file.to_str().unwrap());
    let add = sohoi(&from, &["add", "cooperative", "--json", list, "--warnings", "accept"])
        .output()
        .unwrap();
    assert!(add.status.success(), "{add:?}");
    let export = ["export", "cooperative", "--format", "csv", "--out", file];
    assert!(sohoi(&from, &export).output().unwrap().status.success());
    let import = ["import", file, "--as", "cooperative", "--warnings", "accept"];
    let (mut whole, mut dice, begun) = (dir.path().join("whole"), Dice::new(7), Instant::now());
    assert!(sohoi(&whole, &import).output().unwrap().status.success());
    let takes = begun.elapsed().as_micros() as usize;
    let mut left = 0;
    for round in 0..6 {
        let data = dir.path().join(format!("killed-{round}"));
        Stream::start(&data).finish();
        let mut child = sohoi(&data, &import)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(takes) as u64));
        let _ = child.kill();
        child.wait().unwrap();
        let (store, _) = open(&data).unwrap();
        let there = ids(&store).len();
        assert!(there == 0 || there == ROWS, "{there} of {ROWS}");
        drop(store);
        let checked = sohoi(&data, &["check"]).output().unwrap();
        assert!(checked.status.success(), "{checked:?}");
        if there == 0 {
            (left, whole) = (left + 1, data);
        }
    }
    assert!(left > 0, "no kill came in time");
    // And where nothing was left of it, it can be done again.
    assert!(sohoi(&whole, &import).output().unwrap().status.success());
    assert_eq!(ids(&open(&whole).unwrap().0).len(), ROWS);
}

#[test]
fn a_frame_half_written_when_the_power_went_is_cut_off_and_said() {
    let dir = tempfile::tempdir().unwrap();
    let (data, later) = (dir.path().join("data"), dir.path().join("later"));
    let mut stream = Stream::start(&data);
    let before: BTreeSet<String> = (1..=5).filter_map(|number| stream.add(number)).collect();
    assert!(stream.finish().1.status.success());
    folder::copy_folder(&data, &later);
    let mut stream = Stream::start(&later);
    stream.add(39).unwrap();
    assert!(stream.finish().1.status.success());
    // The log as it was with the next frame half on the disk; nothing else knows of that frame.
    let mut bytes = fs::read(later.join("journal/00000001.log")).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    // Its last sector did not arrive.
    bytes[end / 512 * 512..].fill(0);
    fs::write(data.join("journal/00000001.log"), bytes).unwrap();
    let (store, report) = open(&data).unwrap();
    assert!(
        report.notes.iter().any(|note| note.vi.contains("phần ghi dở")),
        "{:?}",
        report.notes
    );
    assert_eq!(ids(&store), before);
    assert!(store.journal().unwrap().verify(|_| {}).is_empty());
    drop(store);
    let (_, report) = open(&data).unwrap();
    assert!(report.notes.is_empty(), "it is said once: {:?}", report.notes);
}
