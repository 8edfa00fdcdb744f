//! The program as the child that probes a sled folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sohoi::store::map::{Batch, OrderedMap, Tree};
use sohoi::store::probe::{PROBE_ARGUMENT, Probe, Verdict};
use sohoi::store::sled::SledMap;

fn probe(folder: &Path) -> Verdict {
    Probe::new(env!("CARGO_BIN_EXE_sohoi"), [PROBE_ARGUMENT], Duration::from_secs(5)).run(folder)
}

fn filled(dir: &Path) -> PathBuf {
    let folder = dir.join("sled-0001");
    let map = SledMap::open(&folder).unwrap();
    for round in 0..40u32 {
        let mut batch = Batch::new();
        for n in 0..50u32 {
            let key = [round.to_be_bytes(), n.to_be_bytes()].concat();
            batch.put(Tree::Records, key, vec![(round * n) as u8; 400]);
        }
        batch.put(Tree::Meta, "applied", round.to_le_bytes());
        map.apply(&batch).unwrap();
    }
    map.sync().unwrap();
    drop(map);
    folder
}

#[test]
fn a_sound_map_is_found_sound() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(probe(&filled(dir.path())), Verdict::Sound);
}

#[test]
fn a_map_that_is_open_elsewhere_is_not_judged() {
    let dir = tempfile::tempdir().unwrap();
    let folder = filled(dir.path());
    let _open = SledMap::open(&folder).unwrap();
    assert_eq!(probe(&folder), Verdict::Locked);
}

#[test]
fn a_folder_that_is_none_is_bad() {
    assert!(matches!(probe(Path::new("/no/such/folder")), Verdict::Bad(_)));
}

/// Whatever is done to the file, the child ends. sled may go back to an earlier state on its own, but what is called sound
/// has every entry of the state that its applied sequence tells.
#[test]
fn a_damaged_map_is_never_called_sound_unless_all_of_its_state_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let folder = filled(dir.path());
    let whole = std::fs::read(folder.join("db")).unwrap();
    for case in 0..18usize {
        let at = (case * 7919 * 37) % whole.len();
        let mut bytes = whole.clone();
        match case % 3 {
            0 => bytes[at] ^= 0x20,
            1 => bytes.truncate(at),
            _ => {
                let end = (at + 4096).min(bytes.len());
                bytes[at..end].fill(0);
            }
        }
        let copy = dir.path().join(format!("copy-{case}"));
        std::fs::create_dir(&copy).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
            }
        }
        std::fs::write(copy.join("db"), bytes).unwrap();
        match probe(&copy) {
            Verdict::Sound => {
                let map = SledMap::open(&copy).unwrap();
                let applied = map.get(Tree::Meta, b"applied").unwrap();
                let rounds = applied.map_or(0, |bytes| u32::from_le_bytes(bytes.try_into().unwrap()) + 1);
                assert_eq!(map.count(Tree::Records).unwrap(), u64::from(rounds) * 50, "case {case}");
            }
            Verdict::Bad(_) | Verdict::Stuck => {}
            verdict => panic!("case {case}: {verdict:?}"),
        }
    }
}
