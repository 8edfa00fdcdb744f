//! The administrative units of Viet Nam through time: which there were on a day, what is below what, what became of each.
//!
//! 14,160 units: the 63 provinces, 696 districts and 10,035 communes up to 30/06/2025, the 34 provinces and 3,321
//! communes since 01/07/2025 (Luật Tổ chức chính quyền địa phương 72/2025/QH15: two levels), and Đồng Nai's change of
//! 30/04/2026. Above them stands one unit of our own, the Centre, [`CENTRE`].
//!
//! Official codes were used again in 2025 (91 was Kiên Giang and is An Giang), so only the `uid` names a unit. A unit's
//! recorded parent may end before the unit does; the tree is therefore always asked *on a day*.
//!
//! They are compiled in (see `build.rs`), inflated when first asked for, and read-only. An office's own units (chapters,
//! clusters) are records that hang below these. Uses the code lists and, to find a name, the search key of `vietnamese`.

mod find;
mod kind;
mod pack;
mod tree;

use std::sync::OnceLock;

use chrono::NaiveDate;

pub use kind::UnitKind;

/// The uid of the Centre, the root above all provinces.
pub const CENTRE: &str = "TW";

/// All units, inflated at the first call.
pub fn units() -> &'static Units {
    static UNITS: OnceLock<Units> = OnceLock::new();
    UNITS.get_or_init(|| {
        pack::unpack(include_bytes!(concat!(env!("OUT_DIR"), "/units.bin")))
            .expect("the build script packed them, and a test reads them all")
    })
}

/// One administrative unit, as it was from `valid_from` to `valid_to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Our name for it, unique through time: `P33-B`, `D893-A`, `C12511-B`, or [`CENTRE`].
    pub uid: &'a str,
    /// The official code, which is *not* unique through time; empty for the Centre.
    pub code: &'a str,
    /// The full name: "Xã Quỳnh Phụ".
    pub name: &'a str,
    /// Province, district, commune…
    pub kind: UnitKind,
    /// 0 the Centre, 1 province, 2 district, 3 commune.
    pub level: u8,
    /// The uid of the unit above, as first recorded. For a certain day ask [`Units::parent`].
    pub parent: Option<&'a str>,
    /// The first day, if known; units from before July 2025 have none.
    pub valid_from: Option<NaiveDate>,
    /// The last day; none while the unit stands.
    pub valid_to: Option<NaiveDate>,
    /// The uid of the unit that its records move to unless the officer says otherwise.
    pub successor: Option<&'a str>,
    /// Whether it was parted among several units, so that an officer has to say where a record goes.
    pub is_split: bool,
    /// What the source says about it (mergers, resolutions), in Vietnamese; mostly empty.
    pub note: &'a str,
}

impl<'a> Unit<'a> {
    /// Whether the unit stood on that day. An unknown first day counts as "always before".
    pub fn valid_on(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= on) && !self.ended_before(on)
    }

    /// Whether the unit's last day lies before that day.
    pub fn ended_before(&self, on: NaiveDate) -> bool {
        self.valid_to.is_some_and(|last| last < on)
    }

    /// The name without its kind: "Quỳnh Phụ".
    pub fn bare_name(&self) -> &'a str {
        self.name
            .strip_prefix(self.kind.prefix())
            .map_or(self.name, str::trim_start)
    }

    /// The name inside a sentence, its kind in small letters: "xã Quỳnh Phụ".
    pub fn name_in_sentence(&self) -> String {
        format!("{} {}", self.kind.prefix().to_lowercase(), self.bare_name())
            .trim_start()
            .to_owned()
    }

    /// The level of the Union there, a code of `org_level`: TW, TINH, HUYEN or XA.
    pub fn org_level(&self) -> &'static str {
        match self.level {
            0 => "TW",
            1 => "TINH",
            2 => "HUYEN",
            _ => "XA",
        }
    }

    /// The Union of this unit: "Hội LHPN xã Quỳnh Phụ", "Hội LHPN thành phố Hà Nội", "Trung ương Hội LHPN Việt Nam".
    pub fn union_name(&self) -> String {
        match self.kind {
            UnitKind::Centre => "Trung ương Hội LHPN Việt Nam".to_owned(),
            _ => format!("Hội LHPN {}", self.name_in_sentence()),
        }
    }
}

/// The Union of a unit: see [`Unit::union_name`].
pub fn union_name(unit: &Unit<'_>) -> String {
    unit.union_name()
}

/// All units with their ties. Get it from [`units`]. Units are listed in the order of their official codes.
#[derive(Debug)]
pub struct Units {
    /// All uids, names and notes.
    text: String,
    /// By uid.
    rows: Vec<Row>,
    /// Places of rows, by recorded parent, then by uid.
    by_parent: Vec<u16>,
    /// By old unit; within one, the proposed one first.
    links: Vec<Link>,
    /// Places of links, by new unit.
    links_by_new: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    length: u8,
}

#[derive(Debug)]
struct Row {
    uid: Span,
    name: Span,
    note: Span,
    kind: UnitKind,
    parent: Option<u16>,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

#[derive(Debug)]
struct Link {
    old: u16,
    new: u16,
    proposed: bool,
}

impl Units {
    /// How many units there are, the Centre left out.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Never true: the units are compiled in.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All units of all times, the Centre left out.
    pub fn iter(&self) -> impl Iterator<Item = Unit<'_>> {
        (0..self.rows.len())
            .map(|place| self.unit(place))
            .filter(|unit| unit.level > 0)
    }

    /// The unit with this uid.
    pub fn get(&self, uid: &str) -> Option<Unit<'_>> {
        self.place(uid).map(|place| self.unit(place))
    }

    /// The provinces (and centrally-run cities) of a day.
    pub fn provinces(&self, on: NaiveDate) -> impl Iterator<Item = Unit<'_>> {
        self.children(CENTRE, on)
    }

    /// What became of a unit: each follower's uid, and whether it is the one to propose (which stands first). Empty for
    /// a unit that stands, and for a district, which ended without one.
    pub fn successors(&self, uid: &str) -> Vec<(&str, bool)> {
        let Some(place) = self.place(uid) else {
            return Vec::new();
        };
        self.links_from(place)
            .iter()
            .map(|link| (self.uid_at(link.new), link.proposed))
            .collect()
    }

    /// What a unit came of: each forerunner's uid, and whether this unit is the one proposed for its records.
    pub fn predecessors(&self, uid: &str) -> Vec<(&str, bool)> {
        let Some(place) = self.place(uid) else {
            return Vec::new();
        };
        self.links_to(place)
            .map(|link| (self.uid_at(link.old), link.proposed))
            .collect()
    }

    fn place(&self, uid: &str) -> Option<usize> {
        self.rows.binary_search_by_key(&uid, |row| self.str(row.uid)).ok()
    }

    fn unit(&self, place: usize) -> Unit<'_> {
        let row = &self.rows[place];
        let uid = self.str(row.uid);
        let code = uid
            .get(1..)
            .and_then(|rest| rest.split_once('-'))
            .map_or("", |(code, _era)| code);
        let links = self.links_from(place);
        Unit {
            uid,
            code,
            name: self.str(row.name),
            kind: row.kind,
            level: row.kind.level(),
            parent: row.parent.map(|parent| self.uid_at(parent)),
            valid_from: row.first,
            valid_to: row.last,
            successor: links
                .first()
                .filter(|link| link.proposed)
                .map(|link| self.uid_at(link.new)),
            is_split: links.len() > 1,
            note: self.str(row.note),
        }
    }

    fn uid_at(&self, place: u16) -> &str {
        self.str(self.rows[usize::from(place)].uid)
    }

    fn str(&self, span: Span) -> &str {
        let start = span.start as usize;
        &self.text[start..start + usize::from(span.length)]
    }

    fn links_from(&self, place: usize) -> &[Link] {
        let first = self.links.partition_point(|link| usize::from(link.old) < place);
        let rest = &self.links[first..];
        &rest[..rest.partition_point(|link| usize::from(link.old) == place)]
    }

    fn links_to(&self, place: usize) -> impl Iterator<Item = &Link> {
        let new = |link: &u16| usize::from(self.links[usize::from(*link)].new);
        let first = self.links_by_new.partition_point(|link| new(link) < place);
        let end = self.links_by_new.partition_point(|link| new(link) <= place);
        self.links_by_new[first..end]
            .iter()
            .map(|link| &self.links[usize::from(*link)])
    }
}

#[cfg(test)]
mod tests;
