//! Batches: whole or not at all.

use super::*;

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
