//! What a look over the store finds, and the plain words for each sort of it.

use std::collections::{BTreeMap, HashMap};

use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::fault::StoreError;

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
    pub(super) remedy: Remedy,
}

/// What would mend a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
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
    pub(super) unwritten: Vec<(&'static str, Id)>,
}

impl Checkup {
    pub(super) fn find(&mut self, place: String, what: Message, remedy: Remedy) {
        self.lose(place, what, Vec::new(), remedy);
    }

    pub(super) fn lose(&mut self, place: String, what: Message, lost: Vec<Id>, remedy: Remedy) {
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
    pub(super) fn shorten(&mut self) {
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

pub(super) fn map_was_damaged() -> Finding {
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

pub(super) fn unreadable_map(error: &StoreError) -> Message {
    Message::new(
        format!("kho tra cứu không đọc được ({error})"),
        format!("the map cannot be read ({error})"),
    )
}

pub(super) fn unreadable_record() -> Message {
    Message::new(
        "bản ghi không đọc được trong kho",
        "the record cannot be read in the map",
    )
}

pub(super) fn misshapen() -> Message {
    Message::new(
        "giá trị không đúng kiểu của trường",
        "the value is not of the field's type",
    )
}

pub(super) fn refers_to_nothing(id: Id) -> Message {
    Message::new(
        format!("nhắc tới bản ghi {id} không có trong sổ"),
        format!("refers to the record {id}, which is not there"),
    )
}

pub(super) fn index_disagrees() -> Message {
    Message::new(
        "chỉ mục không khớp với bản ghi",
        "the index does not agree with the record",
    )
}

pub(super) fn differs_from_journal() -> Message {
    Message::new(
        "bản ghi trong kho khác với sổ ghi",
        "the record differs from the journal",
    )
}

pub(super) fn not_in_map() -> Message {
    Message::new(
        "có trong sổ ghi nhưng thiếu trong kho",
        "is in the journal and not in the map",
    )
}

pub(super) fn unknown_kind(key: &str) -> Message {
    Message::new(
        format!("có bản ghi thuộc loại chưa biết “{key}”"),
        format!("has a record of the unknown kind “{key}”"),
    )
}

pub(super) fn unreadable_transaction(seq: u64) -> Message {
    Message::new(
        format!("giao dịch số {seq} không đọc được nên được để riêng"),
        format!("transaction {seq} cannot be read and was set aside"),
    )
}
