//! Bytes of the corpus turned at random: whatever comes of it is a list or a message, never a panic, and never more memory
//! than is said. Long; run by name.

use std::path::PathBuf;

use crate::made_up::Chance;
use sohoi::import::file;
use sohoi::import::watch::unwatched;

/// Turns a file that is packed: bytes of the packed file itself, of its directory or anywhere.
fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..1 + chance.below(8) {
        let at = chance.below(bytes.len().max(1));
        match chance.below(6) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = chance.below(256) as u8,
            2 => bytes[at] ^= 1 << chance.below(8),
            3 => {
                let length = (bytes.len() - at).min(chance.below(64));
                let piece = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => {
                // A number of four bytes as large as it goes.
                let end = (at + 4).min(bytes.len());
                bytes[at..end].fill(0xFF);
            }
            _ => {
                let end = (at + chance.below(32)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

#[cfg(target_os = "linux")]
fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() >> 10
}

#[test]
#[ignore = "long: thousands of turned files"]
fn turned_files_end_in_a_list_or_a_message_and_stay_within_memory() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/import/corpus");
    let runs: usize = std::env::var("SOHOI_MUTATIONS")
        .ok()
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(4_000);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "json"));
    files.sort();
    files.retain(|path| std::fs::metadata(path).unwrap().len() > 0);
    let whole: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let (mut chance, mut lists, mut panics) = (Chance(0x0bad_f00d), 0, Vec::<(usize, PathBuf)>::new());
    // What the readers of others' formats stumble over is caught, and need not be printed a thousand times.
    std::panic::set_hook(Box::new(|_| {}));
    for run in 0..runs {
        let mut bytes = whole[run % whole.len()].clone();
        mutate(&mut bytes, &mut chance);
        let read = std::panic::catch_unwind(|| file::read(&bytes, &unwatched));
        match read {
            Ok(read) => lists += usize::from(read.is_ok()),
            Err(_) => panics.push((run, files[run % whole.len()].clone())),
        }
    }
    let _ = std::panic::take_hook();
    assert!(panics.is_empty(), "{panics:?}");
    assert!(lists > 0 && lists < runs, "{lists} of {runs} were still lists");
    #[cfg(target_os = "linux")]
    {
        let most = peak_megabytes();
        println!("{runs} turned files, {lists} still lists, at most {most} MB");
        assert!(most < 512, "{most} MB");
    }
}
