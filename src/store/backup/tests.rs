//! Backup, restore and healing, over journals that were cut, damaged and swapped.

use std::ops::ControlFlow;

use super::*;
use crate::store::journal::{BatchMark, Sync};

struct Office {
    dir: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        Office {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    fn stick(&self) -> PathBuf {
        self.dir.path().join("stick")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.root().join("journal")).unwrap().0
    }

    /// Appends frames of which some two thousand fill a segment, at one frame a second.
    fn work(&self, seqs: std::ops::RangeInclusive<u64>) {
        let journal = self.journal();
        for seq in seqs {
            journal
                .append_at(seq * 1_000, &payload(seq), BatchMark::Single, Sync::Later)
                .unwrap();
        }
        journal.sync().unwrap();
    }

    fn backup(&self) -> Result<Copied, StoreError> {
        backup(&self.root(), &self.journal(), &self.stick(), &mut |_| {
            ControlFlow::Continue(())
        })
    }

    fn damage(&self, path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.iter().rposition(|byte| *byte != 0).unwrap() / 2;
        bytes[middle] ^= 0x5A;
        fs::write(path, bytes).unwrap();
    }
}

fn payload(seq: u64) -> Vec<u8> {
    format!("{seq} ").repeat(900).into_bytes()
}

fn all(journal: &Journal) -> Vec<u64> {
    journal
        .read_from(1)
        .filter_map(Result::ok)
        .map(|frame| {
            assert_eq!(frame.payload, payload(frame.seq));
            frame.seq
        })
        .collect()
}

fn restored(backup: &Path, root: &Path, until: Until) -> Restored {
    restore(backup, root, until, &mut |_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_backup_copies_what_is_lacking_and_says_how_far_it_reaches() {
    let office = Office::new();
    office.work(1..=4_000);
    fs::write(office.root().join("settings.toml"), "x = 1").unwrap();
    let first = office.backup().unwrap();
    assert_eq!(first.reaches.unwrap().seq, 4_000);
    assert_eq!(first.reaches.unwrap().time_ms, 4_000_000);
    assert!(first.copied.len() >= 2 && first.unchanged == 0, "{first:?}");
    office.work(4_001..=4_100);
    let second = office.backup().unwrap();
    assert_eq!((second.copied.len(), second.unchanged), (1, first.copied.len() - 1));
    assert_eq!(second.reaches.unwrap().seq, 4_100);
    assert_eq!(office.backup().unwrap().copied, Vec::<u32>::new());
    let copy = Journal::open(&office.stick().join("journal")).unwrap().0;
    assert_eq!(all(&copy), (1..=4_100).collect::<Vec<_>>());
    assert_eq!(fs::read(office.stick().join("settings.toml")).unwrap(), b"x = 1");
}

#[test]
fn the_daily_backup_goes_into_its_folder_when_that_is_there_and_something_is_new() {
    let office = Office::new();
    office.work(1..=3);
    let store = Store::open(&office.root()).unwrap().0;
    let mut go_on = |_| ControlFlow::Continue(());
    assert_eq!(store.backup_daily(&mut go_on).unwrap(), Daily::NotSet);
    let settings = crate::domain::settings::Settings {
        backup: Some(office.stick().display().to_string()),
        ..Default::default()
    };
    store.set_settings(settings).unwrap();
    assert_eq!(store.backup_daily(&mut go_on).unwrap(), Daily::Absent(office.stick()));
    fs::create_dir(office.stick()).unwrap();
    assert!(matches!(
        store.backup_daily(&mut |_| ControlFlow::Break(())),
        Err(StoreError::Stopped)
    ));
    let Daily::Made(copied) = store.backup_daily(&mut go_on).unwrap() else {
        panic!("not made")
    };
    assert_eq!(copied.reaches.unwrap().seq, 3);
    assert_eq!(store.backup_daily(&mut go_on).unwrap(), Daily::Done);
    let journal = store.journal().unwrap();
    journal.append(&payload(4), BatchMark::Single, Sync::Now).unwrap();
    assert!(matches!(store.backup_daily(&mut go_on).unwrap(), Daily::Made(_)));
}

#[test]
fn a_segment_sealed_since_the_last_backup_replaces_its_log_there() {
    let office = Office::new();
    office.work(1..=500);
    office.backup().unwrap();
    assert!(office.stick().join("journal/00000001.log").exists());
    office.work(501..=5_000);
    let report = office.backup().unwrap();
    assert!(report.set_aside.is_empty(), "{report:?}");
    assert!(!office.stick().join("journal/00000001.log").exists());
    let copy = Journal::open(&office.stick().join("journal")).unwrap().0;
    assert_eq!(all(&copy), (1..=5_000).collect::<Vec<_>>());
}

#[test]
fn the_backup_of_another_store_is_left_alone() {
    let (one, other) = (Office::new(), Office::new());
    one.work(1..=10);
    other.work(1..=10);
    one.backup().unwrap();
    let before = fs::read(one.stick().join("journal/00000001.log")).unwrap();
    let refused = backup(&other.root(), &other.journal(), &one.stick(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(refused, Err(StoreError::ForeignBackup { .. })));
    assert_eq!(fs::read(one.stick().join("journal/00000001.log")).unwrap(), before);
}

#[test]
fn a_damaged_segment_never_replaces_a_whole_one_in_the_backup() {
    let office = Office::new();
    office.work(1..=6_000);
    office.backup().unwrap();
    let whole = fs::read(office.stick().join("journal/00000001.seg")).unwrap();
    office.damage(&office.root().join("journal/00000001.seg"));
    office.damage(&office.root().join("journal/00000004.log"));
    let report = office.backup().unwrap();
    assert!(report.damaged_here.contains(&4), "{report:?}");
    assert_eq!(fs::read(office.stick().join("journal/00000001.seg")).unwrap(), whole);
    let copy = Journal::open(&office.stick().join("journal")).unwrap().0;
    assert_eq!(all(&copy).len(), 6_000);
}

#[test]
fn a_store_that_lost_its_end_does_not_cut_the_backup() {
    let office = Office::new();
    office.work(1..=20);
    let log = office.root().join("journal/00000001.log");
    let early = fs::read(&log).unwrap();
    office.work(21..=40);
    office.backup().unwrap();
    fs::write(&log, early).unwrap();
    let report = office.backup().unwrap();
    assert_eq!(report.ahead, Some(40));
    let copy = Journal::open(&office.stick().join("journal")).unwrap().0;
    assert_eq!(all(&copy).len(), 40);
}

#[test]
fn a_backup_stopped_half_way_is_whole_as_far_as_it_came() {
    let office = Office::new();
    office.work(1..=6_000);
    let mut steps = 0;
    let stopped = backup(&office.root(), &office.journal(), &office.stick(), &mut |_| {
        steps += 1;
        if steps > 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    office.backup().unwrap();
    assert_eq!(
        all(&Journal::open(&office.stick().join("journal")).unwrap().0).len(),
        6_000
    );
}

#[test]
fn a_backup_into_the_store_itself_is_refused() {
    let office = Office::new();
    office.work(1..=3);
    let inside = office.root().join("copy");
    let refused = backup(&office.root(), &office.journal(), &inside, &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(refused, Err(StoreError::NotEmpty { .. })));
}

#[test]
fn a_restore_brings_everything_back_and_goes_on_from_there() {
    let office = Office::new();
    office.work(1..=5_000);
    office.backup().unwrap();
    let new = office.dir.path().join("new");
    let report = restored(&office.stick(), &new, Until::End);
    assert_eq!((report.frames, report.reaches.unwrap().seq), (5_000, 5_000));
    assert!(report.damages.is_empty());
    let journal = Journal::open(&new.join("journal")).unwrap().0;
    assert_eq!(all(&journal), (1..=5_000).collect::<Vec<_>>());
    assert_eq!(journal.id(), office.journal().id());
    assert_eq!(
        journal
            .append_at(0, &payload(5_001), BatchMark::Single, Sync::Now)
            .unwrap(),
        5_001
    );
    assert!(journal.verify(|_| {}).is_empty());
}

#[test]
fn a_restore_up_to_a_moment_ends_with_the_last_frame_before_it() {
    let office = Office::new();
    office.work(1..=3_000);
    office.backup().unwrap();
    for (moment, last) in [(1_234_567, 1_234), (2_000_000, 2_000), (999, 0), (u64::MAX, 3_000)] {
        let new = office.dir.path().join(format!("new-{moment}"));
        assert_eq!(restored(&office.stick(), &new, Until::Time(moment)).frames, last);
        let journal = Journal::open(&new.join("journal")).unwrap().0;
        assert_eq!((all(&journal).len() as u64, journal.last_seq()), (last, last));
    }
}

#[test]
fn a_restore_refuses_a_folder_with_a_journal_and_one_without_a_backup() {
    let office = Office::new();
    office.work(1..=3);
    office.backup().unwrap();
    let mut watch = |_| ControlFlow::Continue(());
    let over = restore(&office.stick(), &office.root(), Until::End, &mut watch);
    assert!(matches!(over, Err(StoreError::NotEmpty { .. })));
    let empty = restore(
        &office.dir.path().join("nothing"),
        &office.dir.path().join("n"),
        Until::End,
        &mut watch,
    );
    assert!(matches!(empty, Err(StoreError::NoBackup { .. })));
}

#[test]
fn a_restore_from_a_damaged_backup_tells_what_is_lost_and_brings_the_rest() {
    let office = Office::new();
    office.work(1..=6_000);
    office.backup().unwrap();
    office.damage(&office.stick().join("journal/00000001.seg"));
    let new = office.dir.path().join("new");
    let report = restored(&office.stick(), &new, Until::End);
    let lost: u64 = report.damages.iter().map(|damage| damage.lost_frames()).sum();
    assert!(lost > 0 && report.frames + lost == 6_000, "{report:?}");
    let journal = Journal::open(&new.join("journal")).unwrap().0;
    assert_eq!(all(&journal).len() as u64, report.frames);
    assert_eq!(
        journal
            .verify(|_| {})
            .iter()
            .map(|damage| damage.lost_frames())
            .sum::<u64>(),
        lost
    );
}

#[test]
fn damage_is_healed_from_a_backup_that_is_whole_there() {
    let office = Office::new();
    office.work(1..=6_000);
    office.backup().unwrap();
    office.work(6_001..=6_050);
    let journal_dir = office.root().join("journal");
    office.damage(&journal_dir.join("00000001.seg"));
    fs::remove_file(journal_dir.join("00000002.seg")).unwrap();
    office.damage(&journal_dir.join("00000004.log"));
    let journal = office.journal();
    assert!(all(&journal).len() < 6_050);
    let healed = heal(&journal, &office.stick()).unwrap();
    assert_eq!((healed.segments, healed.left), (vec![1, 2, 4], vec![]));
    assert!(healed.frames > 100);
    assert_eq!(all(&journal), (1..=6_050).collect::<Vec<_>>());
    journal
        .append_at(0, &payload(6_051), BatchMark::Single, Sync::Now)
        .unwrap();
    assert_eq!(journal.frame(6_051).unwrap().unwrap().payload, payload(6_051));
    drop(journal);
    assert_eq!(all(&office.journal()).len(), 6_051);
    assert_eq!(fs::read_dir(journal_dir.join("damaged")).unwrap().count(), 2);
}

#[test]
fn healing_from_a_backup_that_lacks_the_frames_changes_nothing() {
    let office = Office::new();
    office.work(1..=10);
    office.backup().unwrap();
    office.work(11..=40);
    let path = office.root().join("journal/00000001.log");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    bytes[last - 9_000] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let journal = office.journal();
    let healed = heal(&journal, &office.stick()).unwrap();
    assert_eq!((healed.frames, healed.segments.len(), healed.left.len()), (0, 0, 1));
    assert_eq!(all(&journal).len(), 39);
}
