//! The end of an open log: cut, torn, acknowledged and gone.

use super::super::frame::Scanner;
use super::*;

#[test]
fn a_log_cut_at_any_byte_keeps_every_frame_before_the_cut_and_goes_on_with_its_numbers() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 6);
    let whole = fs::read(log(dir.path(), 1)).unwrap();
    // As after a power cut before anything was acknowledged.
    let witness = dir.path().join("acked");
    let ends = ends(6);
    for cut in 0..=ends[6] {
        fs::write(log(dir.path(), 1), &whole[..cut]).unwrap();
        let _ = fs::remove_file(&witness);
        let kept = ends.iter().rposition(|end| *end <= cut).unwrap_or(0) as u64;
        {
            let (journal, report) = open(dir.path());
            assert_eq!(report.last_seq, kept, "cut at {cut}");
            let torn = cut > ends[kept as usize];
            assert_eq!(report.torn.is_some(), torn, "cut at {cut}");
            let seq = journal.append(b"behind the cut", BatchMark::Single, Sync::Now).unwrap();
            assert_eq!(seq, kept + 1);
        }
        let (journal, report) = open(dir.path());
        assert_eq!((report.last_seq, report.torn), (kept + 1, None), "cut at {cut}");
        assert_eq!(seqs(&journal, 1), (1..=kept + 1).collect::<Vec<_>>(), "cut at {cut}");
        drop(journal);
        let _ = fs::remove_file(log(dir.path(), 2));
    }
}

#[test]
fn unsynced_frames_torn_in_any_order_are_cut_back_to_the_acknowledged_ones() {
    let dir = tempfile::tempdir().unwrap();
    let offsets: Vec<usize> = {
        let (journal, _) = open(dir.path());
        for n in 1..=3 {
            journal.append(&payload(n), BatchMark::Single, Sync::Now).unwrap();
        }
        let later = (4..=9).map(|_| {
            let at = journal.writer().offset;
            journal.append(&[7; 2000], BatchMark::Single, Sync::Later).unwrap();
            at
        });
        later.collect()
    };
    let mut bytes = fs::read(log(dir.path(), 1)).unwrap();
    let page = offsets[2].next_multiple_of(512);
    bytes[page..page + 512].fill(0);
    fs::write(log(dir.path(), 1), &bytes).unwrap();
    let (journal, report) = open(dir.path());
    assert_eq!(report.last_seq, 5);
    assert!(report.torn.is_some() && report.damages.is_empty());
    assert_eq!(seqs(&journal, 1), [1, 2, 3, 4, 5]);
    assert_eq!(fs::read_dir(dir.path().join("cut")).unwrap().count(), 1);
}

#[test]
fn a_tail_that_was_acknowledged_and_is_gone_is_told_as_lost() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 9);
    let whole = fs::read(log(dir.path(), 1)).unwrap();
    let mut cut = whole.clone();
    let third = Scanner::new(&whole, segment::SEGMENT_HEADER, open(dir.path()).0.id()).nth(3);
    let Some(frame::Found::Whole { offset, .. }) = third else {
        panic!("a frame")
    };
    cut[offset..].fill(0);
    fs::write(log(dir.path(), 1), &cut).unwrap();
    {
        let (journal, report) = open(dir.path());
        assert_eq!(report.last_seq, 9);
        assert_eq!(report.damages[0].lost, Some(4..=9));
        assert_eq!(lost(&journal), [4, 5, 6, 7, 8, 9]);
        assert_eq!(journal.append(b"on", BatchMark::Single, Sync::Now).unwrap(), 10);
    }
    let (journal, _) = open(dir.path());
    assert_eq!(seqs(&journal, 1), [1, 2, 3, 10]);
    assert_eq!(lost(&journal), [4, 5, 6, 7, 8, 9], "and is told again");
}

#[test]
fn a_journal_of_which_only_the_witness_is_left_begins_behind_it() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 9);
    let id = open(dir.path()).0.id();
    fs::remove_file(log(dir.path(), 1)).unwrap();
    let (journal, report) = open(dir.path());
    assert_eq!((report.created, journal.id()), (false, id));
    assert_eq!(report.damages[0].lost, Some(1..=9));
    assert_eq!(journal.append(b"on", BatchMark::Single, Sync::Now).unwrap(), 10);
    assert_eq!(lost(&journal).len(), 9);
}
