//! Segments that are full and sealed: read, damaged, missing, swapped.

use super::*;

#[test]
fn full_segments_are_sealed_and_read_like_open_ones() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 9_000);
    assert!(dir.path().join("00000001.seg").exists() && !log(dir.path(), 1).exists());
    assert!(dir.path().join("00000002.seg").exists());
    let (journal, report) = open(dir.path());
    assert_eq!(report.last_seq, 9_000);
    assert!(journal.verify(|_| {}).is_empty());
    for (item, n) in journal.read_from(1).zip(1..) {
        let frame = item.unwrap();
        assert_eq!((frame.seq, frame.payload), (n, payload(n).repeat(40)));
    }
    assert_eq!(seqs(&journal, 2_345).first(), Some(&2_345));
    for seq in [1, 2, 999, 3_000, 5_555, 8_999, 9_000] {
        assert_eq!(
            journal.frame(seq).unwrap().unwrap().payload,
            payload(seq).repeat(40),
            "{seq}"
        );
    }
    assert_eq!(journal.frame(9_001).unwrap(), None);
}

#[test]
fn a_log_is_read_by_number_while_it_is_being_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = open(dir.path());
    for n in 1..=5_000 {
        journal
            .append(&payload(n).repeat(40), BatchMark::Single, Sync::Later)
            .unwrap();
        let back = n / 2 + 1;
        assert_eq!(
            journal.frame(back).unwrap().unwrap().payload,
            payload(back).repeat(40),
            "{back} at {n}"
        );
    }
}

#[test]
fn a_damaged_block_of_a_sealed_segment_loses_that_block_alone() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 5_000);
    let path = dir.path().join("00000001.seg");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xFF;
    fs::write(&path, &bytes).unwrap();
    let (journal, report) = open(dir.path());
    assert!(report.damages.is_empty(), "opening looks at the tail alone");
    let damages = journal.verify(|_| {});
    assert_eq!(damages.len(), 1);
    assert_eq!((damages[0].kind, damages[0].segment), (DamageKind::Block, 1));
    let lost = damages[0].lost.clone().unwrap();
    assert!((1..100).contains(&damages[0].lost_frames()), "{lost:?}");
    let found = seqs(&journal, 1);
    assert_eq!(found.len() as u64, 5_000 - damages[0].lost_frames());
    assert!(found.contains(&(lost.start() - 1)) && found.contains(&(lost.end() + 1)));
    assert_eq!(journal.frame(*lost.start()).unwrap(), None);
    assert!(
        journal.read_from(lost.end() + 1).all(|item| item.is_ok()),
        "damage before is not told again"
    );
}

#[test]
fn a_missing_segment_is_told_with_the_numbers_it_had() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 9_000);
    let header = |n: u32| {
        let bytes = fs::read(dir.path().join(format!("{n:08}.seg"))).unwrap();
        SegmentHeader::decode(&bytes).unwrap()
    };
    let (first, last) = (header(2).first_seq, header(2).last_seq);
    fs::remove_file(dir.path().join("00000002.seg")).unwrap();
    let (journal, _) = open(dir.path());
    let damages = journal.verify(|_| {});
    assert_eq!(damages.len(), 1);
    assert_eq!(
        (damages[0].kind, damages[0].lost.clone()),
        (DamageKind::Missing, Some(first..=last))
    );
    assert_eq!(seqs(&journal, last + 1).first(), Some(&(last + 1)));
    drop(journal);
    fs::remove_file(dir.path().join("00000001.seg")).unwrap();
    let (journal, _) = open(dir.path());
    assert_eq!(lost(&journal).len() as u64, last);
}

#[test]
fn swapped_segment_files_are_read_in_their_true_order() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 9_000);
    let path = |n: u32| dir.path().join(format!("{n:08}.seg"));
    fs::rename(path(1), dir.path().join("x")).unwrap();
    fs::rename(path(2), path(1)).unwrap();
    fs::rename(dir.path().join("x"), path(2)).unwrap();
    let (journal, _) = open(dir.path());
    assert_eq!(seqs(&journal, 1), (1..=9_000).collect::<Vec<_>>());
    assert_eq!(seqs(&journal, 10).len(), 8_991);
    assert_eq!(journal.frame(17).unwrap().unwrap().payload, payload(17).repeat(40));
}

#[test]
fn a_segment_copied_over_another_never_brings_frames_twice() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 9_000);
    fs::copy(dir.path().join("00000001.seg"), dir.path().join("00000002.seg")).unwrap();
    let (journal, _) = open(dir.path());
    let (found, lost) = (seqs(&journal, 1), lost(&journal));
    let mut all: Vec<u64> = found.iter().chain(&lost).copied().collect();
    all.sort_unstable();
    assert_eq!(all, (1..=9_000).collect::<Vec<_>>());
    assert!(
        journal
            .verify(|_| {})
            .iter()
            .any(|damage| damage.kind == DamageKind::OutOfPlace)
    );
}

#[test]
fn without_its_log_the_journal_goes_on_behind_the_last_sealed_segment() {
    let dir = tempfile::tempdir().unwrap();
    fill_segments(dir.path(), 5_000);
    fs::remove_file(log(dir.path(), 2)).unwrap();
    fs::remove_file(dir.path().join("acked")).unwrap();
    let (journal, report) = open(dir.path());
    assert!(report.last_seq > 2_000 && report.last_seq < 5_000);
    assert!(report.damages.is_empty(), "{:?}", report.damages);
    journal.advance_past(5_000).unwrap();
    assert_eq!(journal.append(b"new", BatchMark::Single, Sync::Now).unwrap(), 5_002);
    drop(journal);
    let (journal, _) = open(dir.path());
    assert_eq!(seqs(&journal, report.last_seq), [report.last_seq, 5_002]);
    assert!(
        journal.verify(|_| {}).is_empty(),
        "numbers passed over on purpose are no damage"
    );
}

#[test]
fn a_log_and_its_sealed_twin_count_once() {
    let dir = tempfile::tempdir().unwrap();
    let before = {
        let (journal, _) = open(dir.path());
        fill_with(&journal, 1..=2_000);
        fs::read(log(dir.path(), 1)).unwrap()
    };
    fill_with(&open(dir.path()).0, 2_001..=9_000);
    assert!(!log(dir.path(), 1).exists());
    fs::write(log(dir.path(), 1), &before[..before.len() / 2]).unwrap();
    fs::remove_file(log(dir.path(), 1)).unwrap();
    // The program ended after the sealed file was put in place and before the log was removed.
    let sealed = fs::read(dir.path().join("00000001.seg")).unwrap();
    let mut raw = SegmentHeader::log(SegmentHeader::decode(&sealed).unwrap().journal, 1, 1, 0, vec![])
        .encode()
        .to_vec();
    for piece in sealed::blocks(&sealed) {
        if let sealed::Piece::Block(block) = piece {
            raw.extend(block.unpack(&sealed[block.offset..]).unwrap());
        }
    }
    fs::write(log(dir.path(), 1), raw).unwrap();
    let (journal, _) = open(dir.path());
    assert_eq!(seqs(&journal, 1), (1..=9_000).collect::<Vec<_>>());
    fill_with(&journal, 9_001..=12_500);
    journal.finish_sealing();
    assert!(
        !log(dir.path(), 1).exists(),
        "the twin is removed with the next sealing"
    );
    assert_eq!(seqs(&journal, 1).len(), 12_500);
}
