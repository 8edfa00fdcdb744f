//! Damage to a log: what it costs, how it is told, and that nothing else is lost by it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

#[test]
fn a_flipped_bit_loses_its_frame_alone_and_names_it() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 5);
    let whole = fs::read(log(dir.path(), 1)).unwrap();
    let ends = ends(5);
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
