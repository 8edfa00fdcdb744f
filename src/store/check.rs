//! Looking the whole store over: journal, map, indexes, references; and mending what can be derived or is in a backup.
//!
//! Everything is read once, in memory bounded by one small note a record. The map's own checksums are read by a child
//! when the store is opened for this ([`Trust::Doubt`]), because sled may panic or loop on damaged files.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, RangeInclusive};
use std::path::Path;

use super::codec::{self, Position, Stored};
use super::fault::StoreError;
use super::index;
use super::journal::{Damage, DamageKind, Progress};
use super::map::{Order, Tree};
use super::opening::{Rebuilt, Trust};
use super::probe::Probe;
use super::read::Read;
use super::txn::OPERATIONS_A_FRAME;
use super::{OpenReport, Store, backup};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Message;
use crate::domain::value::Value;

/// Findings of one sort that are told one by one; more of them are counted.
const TOLD: usize = 100;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where: a segment of the journal, a kind with an id and a field.
    pub place: String,
    /// What, in plain words.
    pub what: Message,
    /// The records lost by it; none where that cannot be known.
    pub lost: Option<Vec<Id>>,
    /// How many records are lost by it at most; none where even that is open.
    pub lost_at_most: Option<u64>,
    remedy: Remedy,
}

/// What would mend a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    /// Only a backup has it.
    Backup,
    /// The map can be built anew.
    Build,
    /// It was mended when the store was opened.
    Done,
    /// Nothing here: the officer has to look at the record.
    Look,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkup {
    /// The living records, by kind.
    pub records: BTreeMap<&'static str, u64>,
    /// What is wrong; empty where nothing is.
    pub findings: Vec<Finding>,
    /// Records that are in the map and not in the journal.
    unwritten: Vec<(&'static str, Id)>,
}

/// What a repair found and did.
pub struct Repaired {
    /// What was wrong before; what was mended says so.
    pub findings: Vec<Finding>,
    /// The store as it is now.
    pub after: Checkup,
    /// The repaired store.
    pub store: Store,
}

impl Store {
    /// Looks everything over. What opening found ([`Trust::Doubt`]) belongs to it.
    ///
    /// # Errors
    /// The disk refuses to be read; damage is no error.
    pub fn check(&self, opened: &OpenReport) -> Result<Checkup, StoreError> {
        let mut checkup = Checkup::default();
        if opened.rebuilt == Some(Rebuilt::Damaged) {
            checkup.findings.push(map_was_damaged());
        }
        let journal = Walk::over(self, &mut checkup)?;
        for kind in KINDS {
            self.check_kind(*kind, journal.as_ref(), &mut checkup)?;
        }
        if let Some(walk) = journal {
            walk.not_in_map(self, &mut checkup)?;
        }
        self.check_index(&mut checkup)?;
        checkup.shorten();
        Ok(checkup)
    }

    /// Mends what can be mended: damaged segments from a backup, what the map still has into the journal, and the map
    /// anew from the journal. Damaged files and the old map are kept.
    ///
    /// # Errors
    /// `NoBackup`, `ForeignBackup`, and what the disk refuses.
    pub fn repair(
        self,
        found: Checkup,
        from: Option<&Path>,
        probe: &Probe,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<Repaired, StoreError> {
        let mut healed = 0;
        if let (Some(backup), Some(journal)) = (from, self.journal()) {
            healed = backup::heal(journal, backup)?.frames;
        }
        let damages = self.journal().map_or_else(Vec::new, |journal| journal.verify(|_| {}));
        let lost: Vec<_> = damages.into_iter().filter_map(|damage| damage.lost).collect();
        self.restate_lost(&lost)?;
        self.restate_these(&found.unwritten)?;
        let is_derived = found.findings.iter().any(|finding| finding.remedy == Remedy::Build);
        let build = is_derived || (healed > 0 && !self.missed()?.is_empty());
        let dir = self.dir().map(Path::to_path_buf);
        let (store, opened) = match dir {
            Some(dir) if build => {
                self.close()?;
                drop(self);
                Store::open_as(&dir, Trust::Build, probe, gauge)?
            }
            _ => (self, OpenReport::default()),
        };
        let after = store.check(&opened)?;
        let findings = told_again(found.findings, &after.findings);
        Ok(Repaired { findings, after, store })
    }

    fn restate_these(&self, records: &[(&'static str, Id)]) -> Result<(), StoreError> {
        for part in records.chunks(512) {
            let reader = self.reader();
            let mut found = Vec::new();
            for (kind, id) in part {
                found.extend(reader.stored(kind, *id)?);
            }
            self.restate(found, Vec::new())?;
        }
        Ok(())
    }

    /// Reads every record of a kind.
    fn check_kind(
        &self,
        kind: &'static dyn Kind,
        walk: Option<&Walk>,
        checkup: &mut Checkup,
    ) -> Result<(), StoreError> {
        let reader = self.reader();
        let mut count = 0;
        for id in reader.ids(kind.key()) {
            let id = match id {
                Ok(id) => id,
                Err(error) => {
                    checkup.find(kind.key().to_string(), unreadable_map(&error), Remedy::Build);
                    break;
                }
            };
            count += 1;
            let Ok(Some(stored)) = reader.stored(kind.key(), id) else {
                let place = format!("{} {id}", kind.key());
                checkup.find(place, unreadable_record(), Remedy::Build);
                continue;
            };
            if let Some(walk) = walk {
                walk.compare(kind, &stored, checkup);
            }
            self.check_values(kind, &stored.entry, checkup)?;
            self.check_keys(kind, &stored.entry, checkup)?;
        }
        checkup.records.insert(kind.key(), count);
        Ok(())
    }

    fn check_values(&self, kind: &'static dyn Kind, entry: &Entry, checkup: &mut Checkup) -> Result<(), StoreError> {
        let reader = self.reader();
        for field in self.schema().fields(kind) {
            let Some(value) = entry.get(field.key) else { continue };
            let place = || format!("{} {} {}", kind.key(), entry.id, field.key);
            if is_misshapen(field, value) {
                checkup.find(place(), misshapen(), Remedy::Look);
            }
            for id in value.items().iter().filter_map(Value::as_id) {
                let target = field.kind.target().unwrap_or_default();
                if reader.get(target, id)?.is_none() && reader.grave(id)?.is_none() {
                    checkup.lose(place(), refers_to_nothing(id), vec![id], Remedy::Backup);
                }
            }
        }
        Ok(())
    }

    /// Whether the index has every key of a record, with the content that belongs there.
    fn check_keys(&self, kind: &'static dyn Kind, entry: &Entry, checkup: &mut Checkup) -> Result<(), StoreError> {
        for (key, value) in index::entries(kind, entry) {
            if self.map.get(Tree::Index, &key)?.as_ref() != Some(&value) {
                let place = format!("{} {} {}", kind.key(), entry.id, index_name(&key));
                checkup.find(place, index_disagrees(), Remedy::Build);
            }
        }
        Ok(())
    }

    /// Whether the index has keys that belong to no record.
    fn check_index(&self, checkup: &mut Checkup) -> Result<(), StoreError> {
        let reader = self.reader();
        let all = self
            .map
            .range(Tree::Index, Bound::Unbounded, Bound::Unbounded, Order::Forward);
        for item in all {
            let (key, value) = match item {
                Ok(item) => item,
                Err(error) => {
                    checkup.find("index".to_string(), unreadable_map(&error), Remedy::Build);
                    break;
                }
            };
            let Some((kind, id)) = owner(&key, &value) else {
                checkup.find(format!("index {}", index_name(&key)), index_disagrees(), Remedy::Build);
                continue;
            };
            let belongs = match reader.get(kind.key(), id) {
                Ok(Some(entry)) => index::entries(kind, &entry).iter().any(|(own, _)| *own == key),
                _ => false,
            };
            if !belongs {
                let place = format!("{} {id} {}", kind.key(), index_name(&key));
                checkup.find(place, index_disagrees(), Remedy::Build);
            }
        }
        Ok(())
    }
}

impl Checkup {
    fn find(&mut self, place: String, what: Message, remedy: Remedy) {
        self.lose(place, what, Vec::new(), remedy);
    }

    fn lose(&mut self, place: String, what: Message, lost: Vec<Id>, remedy: Remedy) {
        let lost_at_most = Some(lost.len() as u64);
        self.findings.push(Finding {
            place,
            what,
            lost: Some(lost),
            lost_at_most,
            remedy,
        });
    }

    /// Keeps the first of very many findings that lost nothing, so that the rest can still be read.
    fn shorten(&mut self) {
        let mut told: HashMap<String, usize> = HashMap::new();
        let mut more = 0usize;
        self.findings.retain(|finding| {
            let count = told.entry(finding.what.en.clone()).or_default();
            *count += 1;
            let keep = *count <= TOLD || finding.lost_at_most != Some(0);
            more += usize::from(!keep);
            keep
        });
        if more > 0 {
            let what = Message::new(
                format!("còn {more} chỗ sai cùng loại"),
                format!("{more} more faults of the same kinds"),
            );
            self.find("…".to_string(), what, Remedy::Look);
        }
    }
}

/// What the journal tells of one record.
struct Told {
    kind: &'static dyn Kind,
    last: Position,
    is_living: bool,
}

/// The journal read through: the last word about each record.
struct Walk {
    records: HashMap<Id, Told>,
    damaged: Vec<RangeInclusive<u64>>,
}

impl Walk {
    /// Reads the journal and tells its damage; none for a store in memory.
    fn over(store: &Store, checkup: &mut Checkup) -> Result<Option<Walk>, StoreError> {
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
                            let place = format!("journal {}", frame.seq);
                            checkup.find(place, unknown_kind(&operation.kind), Remedy::Look);
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
                    what: unreadable_transaction(frame.seq),
                    lost: None,
                    lost_at_most: Some(OPERATIONS_A_FRAME as u64),
                    remedy: Remedy::Backup,
                }),
            }
        }
        Ok(Some(walk))
    }

    /// Whether the map's record is the journal's.
    fn compare(&self, kind: &'static dyn Kind, stored: &Stored, checkup: &mut Checkup) {
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
        checkup.find(place, differs_from_journal(), Remedy::Build);
    }

    /// Tells the records that the journal has and the map lacks.
    fn not_in_map(self, store: &Store, checkup: &mut Checkup) -> Result<(), StoreError> {
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
            checkup.find(format!("{kind} {id}"), not_in_map(), Remedy::Build);
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

/// The findings from before a repair, each with what has become of it, and those that came up since.
fn told_again(before: Vec<Finding>, after: &[Finding]) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for finding in before {
        let same = after.iter().find(|left| left.place == finding.place);
        told.push(match same {
            Some(left) => left.clone(),
            None => Finding {
                what: Message::new(
                    format!("{} – đã sửa xong", finding.what.vi),
                    format!("{} – mended", finding.what.en),
                ),
                lost: Some(Vec::new()),
                lost_at_most: Some(0),
                remedy: Remedy::Done,
                ..finding
            },
        });
    }
    let new = after
        .iter()
        .filter(|left| told.iter().all(|finding| finding.place != left.place));
    let new: Vec<Finding> = new.cloned().collect();
    told.extend(new);
    told
}

/// The kind and record that an index key belongs to.
fn owner(key: &[u8], value: &[u8]) -> Option<(&'static dyn Kind, Id)> {
    let (sort, rest) = key.split_first()?;
    let rest = if *sort == b'r' { rest.get(16..)? } else { rest };
    let name = rest.split(|byte| *byte == 0).next()?;
    let kind = kind(std::str::from_utf8(name).ok()?)?;
    let id = match sort {
        b'c' => Id::from_bytes(value.try_into().ok()?),
        _ => index::id_at_end(key)?,
    };
    Some((kind, id))
}

/// What sort of key it is, for whoever has to find it.
fn index_name(key: &[u8]) -> &'static str {
    match key.first() {
        Some(b'd') => "index:date",
        Some(b'r') => "index:reference",
        Some(b'c') => "index:code",
        Some(b't') => "index:text",
        Some(b'n') => "index:name",
        Some(b's') => "index:order",
        _ => "index",
    }
}

/// Whether a value could not be decoded as its field's kind and was kept as it stood.
fn is_misshapen(field: &Field, value: &Value) -> bool {
    value.items().iter().any(|item| match field.kind {
        FieldKind::Json => false,
        FieldKind::Date => !matches!(item, Value::Date(_)),
        FieldKind::Partial => !matches!(item, Value::Partial(_)),
        FieldKind::Ref(_) | FieldKind::Refs(_) => !matches!(item, Value::Id(_)),
        FieldKind::Flag | FieldKind::Days => !matches!(item, Value::Bool(_)),
        FieldKind::Counts(_) => !matches!(item, Value::Counts(_)),
        FieldKind::Decimal => !matches!(item, Value::Decimal(_) | Value::Number(_)),
        kind if kind.is_number() => !matches!(item, Value::Number(_)),
        _ => !matches!(item, Value::Text(_)),
    })
}

fn map_was_damaged() -> Finding {
    Finding {
        place: "sled".to_string(),
        what: Message::new(
            "kho tra cứu bị hỏng; đã dựng lại từ sổ ghi, kho cũ được giữ bên cạnh",
            "the map was damaged; it was built anew from the journal, the old one is kept beside",
        ),
        lost: Some(Vec::new()),
        lost_at_most: Some(0),
        remedy: Remedy::Done,
    }
}

fn unreadable_map(error: &StoreError) -> Message {
    Message::new(
        format!("kho tra cứu không đọc được ({error})"),
        format!("the map cannot be read ({error})"),
    )
}

fn unreadable_record() -> Message {
    Message::new(
        "bản ghi không đọc được trong kho",
        "the record cannot be read in the map",
    )
}

fn misshapen() -> Message {
    Message::new(
        "giá trị không đúng kiểu của trường",
        "the value is not of the field's type",
    )
}

fn refers_to_nothing(id: Id) -> Message {
    Message::new(
        format!("nhắc tới bản ghi {id} không có trong sổ"),
        format!("refers to the record {id}, which is not there"),
    )
}

fn index_disagrees() -> Message {
    Message::new(
        "chỉ mục không khớp với bản ghi",
        "the index does not agree with the record",
    )
}

fn differs_from_journal() -> Message {
    Message::new(
        "bản ghi trong kho khác với sổ ghi",
        "the record differs from the journal",
    )
}

fn not_in_map() -> Message {
    Message::new(
        "có trong sổ ghi nhưng thiếu trong kho",
        "is in the journal and not in the map",
    )
}

fn unknown_kind(key: &str) -> Message {
    Message::new(
        format!("có bản ghi thuộc loại chưa biết “{key}”"),
        format!("has a record of the unknown kind “{key}”"),
    )
}

fn unreadable_transaction(seq: u64) -> Message {
    Message::new(
        format!("giao dịch số {seq} không đọc được nên được để riêng"),
        format!("transaction {seq} cannot be read and was set aside"),
    )
}
