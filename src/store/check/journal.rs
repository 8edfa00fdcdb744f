//! The journal read through: its damage, the last word on each record, and whether the map agrees with it.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use super::finding::{self, Checkup, Finding, Remedy};
use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::Message;
use crate::store::codec::{self, Position, Stored};
use crate::store::fault::StoreError;
use crate::store::journal::{Damage, DamageKind};
use crate::store::txn::OPERATIONS_A_FRAME;
use crate::store::{Read, Store};

/// What the journal tells of one record.
struct Told {
    kind: &'static dyn Kind,
    last: Position,
    is_living: bool,
}

/// The journal read through: the last word about each record.
pub(super) struct Walk {
    records: HashMap<Id, Told>,
    damaged: Vec<RangeInclusive<u64>>,
}

impl Walk {
    /// Reads the journal and tells its damage; none for a store in memory.
    pub(super) fn over(store: &Store, checkup: &mut Checkup) -> Result<Option<Walk>, StoreError> {
        let Some(journal) = store.journal() else {
            return Ok(None);
        };
        let missed = store.missed()?;
        let mut walk = Walk {
            records: HashMap::new(),
            damaged: Vec::new(),
        };
        for item in journal.read_committed(1) {
            let frame = match item {
                Ok(frame) => frame,
                Err(damage) => {
                    checkup.findings.push(journal_finding(&damage, &missed));
                    walk.damaged.extend(damage.lost);
                    continue;
                }
            };
            match codec::decode_transaction(&frame.payload) {
                Ok(transaction) => {
                    for (place, operation) in transaction.operations.iter().enumerate() {
                        let Some(kind) = kind(&operation.kind) else {
                            let place = format!("journal {} {} {}", frame.seq, operation.kind, operation.record);
                            checkup.find(place, finding::unknown_kind(&operation.kind), Remedy::Look);
                            continue;
                        };
                        let told = Told {
                            kind,
                            last: Position(frame.seq, place as u32),
                            is_living: operation.after.is_some(),
                        };
                        walk.records.insert(operation.record, told);
                    }
                }
                Err(_) => checkup.findings.push(Finding {
                    place: format!("journal {}", frame.seq),
                    what: finding::unreadable_transaction(frame.seq),
                    lost: None,
                    lost_at_most: Some(OPERATIONS_A_FRAME as u64),
                    remedy: Remedy::Backup,
                }),
            }
        }
        Ok(Some(walk))
    }

    /// Whether the map's record is the journal's.
    pub(super) fn compare(&self, kind: &'static dyn Kind, stored: &Stored, checkup: &mut Checkup) {
        let id = stored.entry.id;
        let told = self.records.get(&id);
        if told.is_some_and(|told| told.is_living && told.kind.key() == kind.key() && told.last == stored.last) {
            return;
        }
        // What the journal has lost is told as the journal's damage; the map is right.
        if self.damaged.iter().any(|range| range.contains(&stored.last.0)) {
            return;
        }
        let place = format!("{} {id}", kind.key());
        if told.is_none() {
            checkup.unwritten.push((kind.key(), id));
        }
        checkup.find(place, finding::differs_from_journal(), Remedy::Build);
    }

    /// Tells the records that the journal has and the map lacks.
    pub(super) fn not_in_map(self, store: &Store, checkup: &mut Checkup) -> Result<(), StoreError> {
        let reader = store.reader();
        let mut absent = BTreeSet::new();
        for (id, told) in self.records.iter().filter(|(_, told)| told.is_living) {
            let is_there = !matches!(reader.stored(told.kind.key(), *id), Ok(None));
            let is_buried = || -> Result<bool, StoreError> {
                let grave = reader.grave(*id)?;
                // Deleted by a frame that the journal has lost.
                Ok(grave.is_some_and(|grave| self.damaged.iter().any(|range| range.contains(&grave.last.0))))
            };
            if !is_there && !is_buried()? {
                absent.insert((told.kind.key(), *id));
            }
        }
        for (kind, id) in absent {
            checkup.find(format!("{kind} {id}"), finding::not_in_map(), Remedy::Build);
        }
        Ok(())
    }
}

/// A damaged place of the journal. What of it the map took before it was lost is not lost.
fn journal_finding(damage: &Damage, missed: &[RangeInclusive<u64>]) -> Finding {
    let frames = damage.lost_frames();
    let gone: u64 = damage
        .lost
        .iter()
        .flat_map(|lost| missed.iter().map(|range| overlap(lost, range)))
        .sum();
    let gone = gone.min(frames);
    let (vi, en) = match damage.kind {
        DamageKind::Frame => (
            "có chỗ không đúng như lúc ghi",
            "holds bytes that are not what was written",
        ),
        DamageKind::Block => ("có một khối nén bị hỏng", "has a damaged block"),
        DamageKind::SegmentHeader => ("bị hỏng phần đầu tệp", "has a damaged beginning"),
        DamageKind::Missing => ("thiếu một đoạn", "lacks a part"),
        DamageKind::OutOfPlace => ("có phần không đúng chỗ", "has a part that is out of place"),
        DamageKind::Unreadable => ("không đọc được", "cannot be read"),
    };
    let (kept_vi, kept_en) = match (frames, gone) {
        (0, _) => (
            "; không mất giao dịch nào".to_string(),
            "; no transaction is lost".to_string(),
        ),
        (_, 0) => (
            format!("; {frames} giao dịch chỉ còn trong kho: bản ghi còn đủ, chỉ mất lịch sử sửa của chúng"),
            format!("; {frames} transactions are in the map alone: the records are all there, their history is not"),
        ),
        _ => (
            format!("; mất tối đa {gone} giao dịch, các giao dịch khác còn nguyên"),
            format!("; at most {gone} transactions are lost, all others are whole"),
        ),
    };
    let is_lost = gone > 0;
    Finding {
        place: format!("journal/{:08} byte {}", damage.segment, damage.offset),
        what: Message::new(
            format!("tệp sổ ghi {vi}{kept_vi}"),
            format!("the journal file {en}{kept_en}"),
        ),
        lost: (!is_lost).then(Vec::new),
        lost_at_most: Some(gone * OPERATIONS_A_FRAME as u64),
        remedy: Remedy::Backup,
    }
}

fn overlap(one: &RangeInclusive<u64>, other: &RangeInclusive<u64>) -> u64 {
    let (first, last) = (*one.start().max(other.start()), *one.end().min(other.end()));
    (last + 1).saturating_sub(first)
}
