//! The journal as others see it: written, closed, cut, damaged, swapped, and opened again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::frame::Scanner;
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
    let (journal, _) = open(dir);
    for n in 1..=count {
        let payload = payload(n).repeat(40);
        journal.append(&payload, BatchMark::Single, Sync::Later).unwrap();
    }
    journal.sync().unwrap();
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
fn a_log_cut_at_any_byte_keeps_every_frame_before_the_cut_and_goes_on_with_its_numbers() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 6);
    let whole = fs::read(log(dir.path(), 1)).unwrap();
    // As after a power cut before anything was acknowledged.
    let witness = dir.path().join("acked");
    let mut ends = vec![segment::SEGMENT_HEADER];
    for n in 1..=6 {
        ends.push(ends[ends.len() - 1] + frame::HEADER + payload(n).len());
    }
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
fn a_flipped_bit_loses_its_frame_alone_and_names_it() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 5);
    let whole = fs::read(log(dir.path(), 1)).unwrap();
    let mut ends = vec![segment::SEGMENT_HEADER];
    for n in 1..=5 {
        ends.push(ends[ends.len() - 1] + frame::HEADER + payload(n).len());
    }
    for at in segment::SEGMENT_HEADER..ends[5] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(log(dir.path(), 1), &damaged).unwrap();
        let _ = fs::remove_file(dir.path().join("acked"));
        let hit = ends.iter().rposition(|end| *end <= at).unwrap() as u64 + 1;
        let (journal, report) = open(dir.path());
        assert_eq!(report.torn, None, "byte {at}");
        assert_eq!(report.damages.len(), 1, "byte {at}");
        assert_eq!(report.last_seq, 5, "byte {at}");
        assert_eq!(lost(&journal), [hit], "byte {at}");
        assert_eq!(
            seqs(&journal, 1),
            (1..=5).filter(|seq| *seq != hit).collect::<Vec<_>>(),
            "byte {at}"
        );
        assert_eq!(journal.append(b"on", BatchMark::Single, Sync::Now).unwrap(), 6);
        assert_eq!(journal.frame(6).unwrap().unwrap().payload, b"on");
        drop(journal);
        let (journal, _) = open(dir.path());
        assert_eq!(lost(&journal), [hit], "byte {at}, opened again");
    }
}

#[test]
fn a_damaged_segment_header_loses_nothing_and_is_mended() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 5);
    let mut bytes = fs::read(log(dir.path(), 1)).unwrap();
    bytes[20] ^= 1;
    fs::write(log(dir.path(), 1), &bytes).unwrap();
    {
        let (journal, report) = open(dir.path());
        assert_eq!(report.damages[0].kind, DamageKind::SegmentHeader);
        assert_eq!(seqs(&journal, 1), [1, 2, 3, 4, 5]);
    }
    let (journal, report) = open(dir.path());
    assert!(report.damages.is_empty());
    assert!(journal.verify(|_| {}).is_empty());
}

#[test]
fn a_zeroed_page_in_the_middle_is_damage_and_not_the_end() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 400);
    let mut bytes = fs::read(log(dir.path(), 1)).unwrap();
    bytes[4096..8192].fill(0);
    fs::write(log(dir.path(), 1), &bytes).unwrap();
    let (journal, report) = open(dir.path());
    assert_eq!((report.last_seq, report.torn), (400, None));
    let (lost, found) = (lost(&journal), seqs(&journal, 1));
    assert!((20..90).contains(&lost.len()), "{lost:?}");
    let mut all: Vec<u64> = lost.iter().chain(&found).copied().collect();
    all.sort_unstable();
    assert_eq!(all, (1..=400).collect::<Vec<_>>());
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
        for n in 1..=2_000 {
            journal
                .append(&payload(n).repeat(40), BatchMark::Single, Sync::Later)
                .unwrap();
        }
        journal.sync().unwrap();
        fs::read(log(dir.path(), 1)).unwrap()
    };
    fill_more(dir.path(), 2_001..=9_000);
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

fn fill_more(dir: &Path, range: std::ops::RangeInclusive<u64>) {
    fill_with(&open(dir).0, range);
}

fn fill_with(journal: &Journal, range: std::ops::RangeInclusive<u64>) {
    for n in range {
        journal
            .append(&payload(n).repeat(40), BatchMark::Single, Sync::Later)
            .unwrap();
    }
    journal.sync().unwrap();
}

#[test]
fn a_batch_counts_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    {
        let (journal, _) = open(dir.path());
        let (done, cut) = (journal.new_batch(), journal.new_batch());
        assert_ne!(done, cut);
        journal.append(b"alone", BatchMark::Single, Sync::Now).unwrap();
        journal.append(b"1", BatchMark::Part(done), Sync::Later).unwrap();
        journal.append(b"a", BatchMark::Part(cut), Sync::Later).unwrap();
        journal.append(b"2", BatchMark::Close(done), Sync::Now).unwrap();
        journal.append(b"b", BatchMark::Part(cut), Sync::Now).unwrap();
    }
    let (journal, report) = open(dir.path());
    assert_eq!(report.unclosed.len(), 1);
    let committed = |journal: &Journal| {
        journal
            .read_committed(1)
            .map(|item| String::from_utf8(item.unwrap().payload).unwrap())
    };
    assert_eq!(committed(&journal).collect::<Vec<_>>(), ["alone", "1", "2"]);
    journal.append(b"after", BatchMark::Single, Sync::Now).unwrap();
    assert_eq!(committed(&journal).collect::<Vec<_>>(), ["alone", "1", "2", "after"]);
    drop(journal);
    let (journal, report) = open(dir.path());
    assert!(report.unclosed.is_empty(), "it was given up");
    assert_eq!(committed(&journal).collect::<Vec<_>>(), ["alone", "1", "2", "after"]);
}

#[test]
fn a_batch_begun_in_an_earlier_segment_is_known_to_be_open() {
    let dir = tempfile::tempdir().unwrap();
    {
        let (journal, _) = open(dir.path());
        let batch = journal.new_batch();
        journal.append(b"part", BatchMark::Part(batch), Sync::Now).unwrap();
        fill_with(&journal, 2..=9_000);
    }
    let (journal, report) = open(dir.path());
    assert_eq!(report.unclosed.len(), 1);
    assert_eq!(journal.read_committed(1).count(), 8_999);
}

#[test]
fn a_batch_whose_closing_frame_is_damaged_still_counts() {
    let dir = tempfile::tempdir().unwrap();
    let close = {
        let (journal, _) = open(dir.path());
        let batch = journal.new_batch();
        for n in 1..=3 {
            journal
                .append(&payload(n), BatchMark::Part(batch), Sync::Later)
                .unwrap();
        }
        let at = journal.writer().offset;
        journal.append(b"end", BatchMark::Close(batch), Sync::Now).unwrap();
        journal.append(b"behind", BatchMark::Single, Sync::Now).unwrap();
        at
    };
    let mut bytes = fs::read(log(dir.path(), 1)).unwrap();
    bytes[close + 10] ^= 1;
    fs::write(log(dir.path(), 1), &bytes).unwrap();
    let (journal, _) = open(dir.path());
    assert_eq!(journal.read_committed(1).filter(Result::is_ok).count(), 4);
    journal.append(b"later", BatchMark::Single, Sync::Now).unwrap();
    assert_eq!(journal.read_committed(1).filter(Result::is_ok).count(), 5);
}

#[test]
fn more_batches_at_once_than_a_segment_can_name_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = open(dir.path());
    let append = || journal.append(b"", BatchMark::Part(journal.new_batch()), Sync::Later);
    for _ in 0..segment::OPEN_BATCHES {
        append().unwrap();
    }
    assert!(matches!(append(), Err(StoreError::TooManyBatches)));
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

#[test]
fn any_bytes_at_all_in_the_place_of_a_log_open_without_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    for seed in 0u32..60 {
        let bytes: Vec<u8> = (0..seed * 13)
            .map(|n| (n.wrapping_mul(2_654_435_761 ^ seed) >> 13) as u8)
            .collect();
        let folder = dir.path().join(seed.to_string());
        fs::create_dir(&folder).unwrap();
        fs::write(log(&folder, 1), &bytes).unwrap();
        let seq = open(&folder).0.append(b"x", BatchMark::Single, Sync::Now).unwrap();
        let (journal, _) = open(&folder);
        assert_eq!(journal.frame(seq).unwrap().unwrap().payload, b"x", "{seed}");
    }
}

/// One thing that happens to a journal.
#[derive(Clone, Debug)]
enum Event {
    Append(u8),
    Reopen,
    Flip(u16),
    Zero(u16, u16),
    Cut(u16),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => any::<u8>().prop_map(Event::Append),
        2 => Just(Event::Reopen),
        1 => any::<u16>().prop_map(Event::Flip),
        1 => any::<u16>().prop_map(Event::Cut),
        1 => (any::<u16>(), 1u16..600).prop_map(|(at, length)| Event::Zero(at, length)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever happens, a frame read back is one that was appended, and every acknowledged frame is there or is named as
    /// lost.
    #[test]
    fn an_acknowledged_frame_is_there_or_is_named_as_lost(events in prop::collection::vec(event(), 1..60)) {
        let dir = tempfile::tempdir().unwrap();
        let mut written: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
        let mut journal = Some(open(dir.path()).0);
        for event in events {
            if let Event::Append(n) = event {
                let journal = journal.as_ref().unwrap();
                let payload = payload(u64::from(n) * 7).repeat(1 + usize::from(n) % 5);
                let seq = journal.append(&payload, BatchMark::Single, Sync::Now).unwrap();
                prop_assert!(written.keys().next_back().is_none_or(|last| *last < seq));
                written.insert(seq, payload);
                continue;
            }
            let end = journal.as_ref().unwrap().writer().offset;
            journal = None;
            let path = log(dir.path(), 1);
            let mut bytes = fs::read(&path).unwrap();
            match event {
                Event::Flip(at) => bytes[usize::from(at) % end] ^= 1 << (at % 8),
                Event::Zero(at, length) => {
                    let at = usize::from(at) % end;
                    bytes[at..(at + usize::from(length)).min(end)].fill(0);
                }
                Event::Cut(at) => bytes.truncate(usize::from(at) % end),
                Event::Append(_) | Event::Reopen => {}
            }
            fs::write(&path, &bytes).unwrap();
            journal.replace(open(dir.path()).0);
            if bytes.len() < segment::SEGMENT_HEADER {
                // The next segment is written to from here on; this test damages the first alone.
                break;
            }
        }
        let journal = journal.unwrap();
        let lost = lost(&journal);
        let mut found = BTreeMap::new();
        for frame in journal.read_from(1).filter_map(Result::ok) {
            prop_assert_eq!(written.get(&frame.seq), Some(&frame.payload));
            prop_assert_eq!(journal.frame(frame.seq).unwrap().map(|frame| frame.payload), Some(frame.payload.clone()));
            found.insert(frame.seq, frame.payload);
        }
        for seq in written.keys() {
            prop_assert!(found.contains_key(seq) || lost.contains(seq), "{} is neither there nor named", seq);
        }
    }
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
