//! The journal as others see it: written, closed, cut, damaged, swapped, and opened again.

mod batches;
mod damage;
mod sealing;
mod tail;

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

fn open(dir: &Path) -> (Journal, OpenReport) {
    Journal::open(dir).unwrap()
}

fn payload(n: u64) -> Vec<u8> {
    format!("bản ghi số {n}: {}", "x".repeat((n % 90) as usize)).into_bytes()
}

fn fill(dir: &Path, count: u64) {
    let (journal, _) = open(dir);
    for n in 1..=count {
        journal.append(&payload(n), BatchMark::Single, Sync::Now).unwrap();
    }
}

/// Frames large enough that a few thousand fill a segment; synced once.
fn fill_segments(dir: &Path, count: u64) {
    fill_with(&open(dir).0, 1..=count);
}

fn fill_with(journal: &Journal, range: std::ops::RangeInclusive<u64>) {
    for n in range {
        journal
            .append(&payload(n).repeat(40), BatchMark::Single, Sync::Later)
            .unwrap();
    }
    journal.sync().unwrap();
}

/// Where so many frames that [`fill`] wrote end in their log, behind its header.
fn ends(count: u64) -> Vec<usize> {
    let mut ends = vec![segment::SEGMENT_HEADER];
    for n in 1..=count {
        ends.push(ends[ends.len() - 1] + frame::HEADER + payload(n).len());
    }
    ends
}

fn log(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:08}.log"))
}

fn seqs(journal: &Journal, from: u64) -> Vec<u64> {
    journal
        .read_from(from)
        .filter_map(Result::ok)
        .map(|frame| frame.seq)
        .collect()
}

fn lost(journal: &Journal) -> Vec<u64> {
    journal
        .read_from(1)
        .filter_map(Result::err)
        .flat_map(|damage| damage.lost.into_iter().flatten())
        .collect()
}

#[test]
fn what_was_appended_is_read_back_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 50);
    let (journal, report) = open(dir.path());
    assert_eq!((report.last_seq, report.torn, report.created), (50, None, false));
    let frames: Vec<Frame> = journal.read_from(1).map(Result::unwrap).collect();
    assert_eq!(frames.len(), 50);
    for (frame, n) in frames.iter().zip(1..) {
        assert_eq!((frame.seq, &frame.payload), (n, &payload(n)));
    }
    assert_eq!(seqs(&journal, 48), [48, 49, 50]);
    assert_eq!(seqs(&journal, 51), Vec::<u64>::new());
    assert!(journal.verify(|_| {}).is_empty());
}

#[test]
fn an_empty_journal_reads_as_empty() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, report) = open(dir.path());
    assert!(report.created);
    assert_eq!(seqs(&journal, 1), Vec::<u64>::new());
    assert_eq!(journal.frame(1).unwrap(), None);
    assert_eq!(journal.append(b"", BatchMark::Single, Sync::Now).unwrap(), 1);
    assert_eq!(journal.frame(1).unwrap().unwrap().payload, b"");
}

#[test]
fn a_clock_that_goes_backwards_stands_still() {
    let dir = tempfile::tempdir().unwrap();
    {
        let (journal, _) = open(dir.path());
        for time in [2_000, 5_000, 1_000, 5_001] {
            journal.append_at(time, b"", BatchMark::Single, Sync::Now).unwrap();
        }
    }
    let (journal, report) = open(dir.path());
    assert_eq!(report.last_ms, 5_001);
    let times: Vec<u64> = journal.read_from(1).map(|item| item.unwrap().time_ms).collect();
    assert_eq!(times, [2_000, 5_000, 5_000, 5_001]);
}

#[test]
fn a_payload_too_large_is_refused_and_one_as_large_as_may_be_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = open(dir.path());
    let large = vec![3; MAX_PAYLOAD];
    for _ in 0..4 {
        journal.append(&large, BatchMark::Single, Sync::Now).unwrap();
    }
    assert!(matches!(
        journal.append(&vec![0; MAX_PAYLOAD + 1], BatchMark::Single, Sync::Now),
        Err(StoreError::TooLarge { .. })
    ));
    journal.finish_sealing();
    assert!(journal.read_from(1).all(|item| item.unwrap().payload == large));
    assert_eq!(journal.frame(2).unwrap().unwrap().payload.len(), MAX_PAYLOAD);
}

#[test]
fn a_journal_of_a_newer_format_is_refused_with_its_version() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 1);
    let mut bytes = fs::read(log(dir.path(), 1)).unwrap();
    let mut header = SegmentHeader::decode(&bytes).unwrap();
    header.version = 9;
    bytes[..segment::SEGMENT_HEADER].copy_from_slice(&header.encode());
    fs::write(log(dir.path(), 1), &bytes).unwrap();
    assert!(matches!(
        Journal::open(dir.path()),
        Err(StoreError::NewerFormat { found: 9, supported: 1 })
    ));
    assert_eq!(fs::read(log(dir.path(), 1)).unwrap(), bytes, "nothing was changed");
}
