//! Files damaged in every way there is, one side at a time: the store opens in bounded time without a panic, and every
//! acknowledged record is there or is told as lost.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use folder::{Dice, Stream, copy_folder, files, ids, open};

/// How the folder was left before it was damaged.
struct Image {
    folder: PathBuf,
    /// The same folder at an earlier moment, from which files are taken to be swapped in.
    earlier: PathBuf,
    acknowledged: BTreeSet<String>,
}

/// A folder ended in good order, and one whose program was killed.
fn images(dir: &Path) -> [Image; 2] {
    let data = dir.join("data");
    let mut stream = Stream::start(&data);
    let mut acknowledged: BTreeSet<String> = (1..=70).filter_map(|number| stream.add(number)).collect();
    assert!(stream.finish().1.status.success());
    let earlier = dir.join("earlier");
    copy_folder(&data, &earlier);
    let mut stream = Stream::start(&data);
    acknowledged.extend((71..=160).filter_map(|number| stream.add(number)));
    let killed = dir.join("killed");
    copy_folder(&data, &killed);
    let at_kill = acknowledged.clone();
    acknowledged.extend(stream.add(161));
    assert!(stream.finish().1.status.success());
    assert_eq!(acknowledged.len(), 161);
    [
        Image {
            folder: data,
            earlier: earlier.clone(),
            acknowledged,
        },
        Image {
            folder: killed,
            earlier,
            acknowledged: at_kill,
        },
    ]
}

/// Damages one file and says how.
fn damage(image: &Image, data: &Path, dice: &mut Dice) -> String {
    let all = files(data);
    let worth: Vec<&PathBuf> = all
        .iter()
        .filter(|path| !path.ends_with("LOCK") && !path.ends_with("ballast"))
        .collect();
    // The two files that matter come up in most cases, the small ones in the rest.
    let main = |name: &str| {
        worth
            .iter()
            .find(|path| path.to_string_lossy().ends_with(name))
            .copied()
    };
    let path = match dice.below(5) {
        0 | 1 => main(".log").unwrap(),
        2 | 3 => main("/db").unwrap(),
        _ => worth[dice.below(worth.len())],
    };
    let mut bytes = fs::read(path).unwrap();
    let written = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let at = dice.below(written);
    let what = match dice.below(7) {
        0 => {
            bytes.truncate(at);
            "cut"
        }
        1 if !bytes.is_empty() => {
            bytes[at] ^= 1 << dice.below(8);
            "a flipped bit"
        }
        2 => {
            let page = at / 4096 * 4096;
            let end = (page + 4096).min(bytes.len());
            bytes[page..end].fill(0);
            "a zeroed page"
        }
        3 => {
            bytes[at..].fill(0);
            "a zeroed tail"
        }
        4 => {
            let end = (at + 1 + dice.below(2_000)).min(bytes.len());
            bytes[at..end]
                .iter_mut()
                .for_each(|byte| *byte = byte.wrapping_mul(31).wrapping_add(7));
            "garbage"
        }
        5 => {
            let earlier = image.earlier.join(path.strip_prefix(data).unwrap());
            if let Ok(older) = fs::read(earlier) {
                bytes = older;
            }
            "an older copy"
        }
        _ => {
            fs::remove_file(path).unwrap();
            return format!("{} removed", path.display());
        }
    };
    fs::write(path, bytes).unwrap();
    format!("{}: {what} at {at} of {written}", path.display())
}

fn cases(count: u64) {
    let dir = tempfile::tempdir().unwrap();
    let images = images(dir.path());
    for case in 0..count {
        let mut dice = Dice::new(case + 1);
        let image = &images[dice.below(2)];
        let data = dir.path().join(format!("case-{case}"));
        copy_folder(&image.folder, &data);
        let what = damage(image, &data, &mut dice);
        let begun = Instant::now();
        let (store, report) = open(&data).unwrap_or_else(|error| panic!("case {case}, {what}: {error}"));
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "case {case}, {what}: {:?}",
            begun.elapsed()
        );
        let there = ids(&store);
        let invented: Vec<_> = there.difference(&image.acknowledged).collect();
        assert!(
            invented.is_empty(),
            "case {case}, {what}: {invented:?} were never acknowledged"
        );
        let missing = image.acknowledged.difference(&there).count() as u64;
        let told: u64 = store
            .journal()
            .unwrap()
            .verify(|_| {})
            .iter()
            .map(|damage| damage.lost_frames())
            .sum();
        assert!(
            missing <= told,
            "case {case}, {what}: {missing} missing, {told} told; {:?}",
            report.notes
        );
        assert!(
            missing == 0 || what.contains("journal"),
            "case {case}, {what}: the journal was whole"
        );
        if missing > 0 {
            assert!(!report.notes.is_empty(), "case {case}, {what}: the officer is not told");
        }
        drop(store);
        let (again, _) = open(&data).unwrap_or_else(|error| panic!("case {case}, {what}, again: {error}"));
        assert_eq!(ids(&again), there, "case {case}, {what}: opened again it is the same");
        drop(again);
        fs::remove_dir_all(&data).unwrap();
    }
}

#[test]
fn every_acknowledged_record_is_there_or_told_as_lost_whatever_file_is_damaged() {
    cases(50);
}

#[test]
#[ignore = "the long run"]
fn every_acknowledged_record_is_there_or_told_as_lost_in_five_hundred_cases() {
    cases(500);
}
