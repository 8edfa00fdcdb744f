//! Which column is which field: headings as offices write them (`Tên HTX`, `Họ và tên`, `SĐT`, `Số TV nữ`), compared
//! without tones, marks and case; labels and keys of the fields; and what the officer's own map says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::event::{Event, OF_PERSON};
use super::fault::Fault;
use super::file::Grid;
use crate::arrange::Arrange;
use crate::domain::entry::{FIELD_NOTES, MISSING};
use crate::domain::record::{self, Kind};
use crate::domain::schema::{Field, Schema};
use crate::domain::text::Message;
use crate::report::export::{ID, headings};
use crate::vietnamese::fold::{fold, words};

/// Other words for a field: the kind (empty for any), the key, the words without tones.
const SYNONYMS: &[(&str, &str, &[&str])] = &[
    (
        "cooperative",
        "name",
        &[
            "ten htx",
            "ten hop tac xa",
            "ten tht",
            "ten to hop tac",
            "ten htx tht",
            "ten don vi",
            "htx",
            "ten co so",
        ],
    ),
    (
        "person",
        "name",
        &[
            "ho ten",
            "ten",
            "ho va ten hoi vien",
            "ten hoi vien",
            "ho ten hoi vien",
            "ho va ten khai sinh",
        ],
    ),
    (
        "attendance",
        "name",
        &[
            "ho ten",
            "ho va ten hoc vien",
            "ten hoc vien",
            "hoc vien",
            "nguoi du",
            "dai bieu",
        ],
    ),
    (
        "attendance",
        "cooperative",
        &["don vi", "don vi cong tac", "co quan don vi"],
    ),
    ("attendance", "state", &["co mat", "diem danh"]),
    ("attendance", "kind", &["doi tuong", "chuc vu doi tuong"]),
    (
        "",
        "phone",
        &[
            "sdt",
            "so dien thoai",
            "dien thoai",
            "so dt",
            "dt",
            "di dong",
            "dtdd",
            "so dien thoai lien he",
            "dien thoai lien he",
        ],
    ),
    (
        "",
        "birth",
        &["nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh", "sinh ngay"],
    ),
    ("", "gender", &["gioi tinh", "gioi", "nam nu", "phai"]),
    ("", "email", &["email", "e mail", "mail", "thu dien tu"]),
    (
        "",
        "address",
        &[
            "dia chi",
            "noi o",
            "cho o hien nay",
            "dia chi thuong tru",
            "tru so",
            "dia chi tru so",
        ],
    ),
    ("", "tax_code", &["mst", "ma so thue", "ma so dn", "ma so htx thue"]),
    ("cooperative", "code", &["ma htx", "ma so", "ma so htx"]),
    ("person", "code", &["ma so", "ma hoi vien", "ma nguoi"]),
    (
        "",
        "registered_on",
        &[
            "ngay cap",
            "ngay thanh lap",
            "ngay dang ky",
            "ngay cap gcn",
            "thanh lap ngay",
        ],
    ),
    (
        "",
        "registration_no",
        &[
            "so gcn",
            "so giay chung nhan dkkd",
            "so dkkd",
            "so dang ky",
            "giay chung nhan so",
        ],
    ),
    ("cooperative", "kind", &["loai hinh", "loai hinh to chuc", "loai"]),
    (
        "",
        "sectors",
        &[
            "nganh nghe",
            "linh vuc",
            "nganh nghe hoat dong",
            "linh vuc hoat dong",
            "nganh nghe kinh doanh",
        ],
    ),
    (
        "",
        "members",
        &[
            "tong so thanh vien",
            "so thanh vien",
            "so tv",
            "tong so tv",
            "thanh vien tong",
            "thanh vien tong so",
            "thanh vien",
        ],
    ),
    (
        "",
        "members_women",
        &[
            "so tv nu",
            "tv nu",
            "so thanh vien nu",
            "nu thanh vien",
            "thanh vien nu",
            "thanh vien trong do nu",
        ],
    ),
    (
        "",
        "workers",
        &[
            "so lao dong",
            "so ld",
            "tong so lao dong",
            "lao dong tong",
            "lao dong tong so",
            "lao dong",
        ],
    ),
    (
        "",
        "workers_women",
        &[
            "so lao dong nu",
            "so ld nu",
            "ld nu",
            "lao dong nu",
            "lao dong trong do nu",
        ],
    ),
    ("", "revenue", &["doanh thu", "doanh thu nam"]),
    ("", "capital", &["von", "von dieu le", "tong von"]),
    ("", "income", &["thu nhap", "thu nhap binh quan"]),
    (
        "",
        "cooperative",
        &["htx", "ten htx", "ma htx", "hop tac xa", "ten hop tac xa", "htx tht"],
    ),
    ("", "training", &["lop", "lop tap huan", "ma lop", "ten lop"]),
    ("", "fair", &["hoi cho", "ten hoi cho", "ma hoi cho"]),
    ("", "person", &["ma nguoi", "nguoi"]),
    ("", "date", &["ngay", "ngay tham", "ngay lam viec"]),
    (
        "visit",
        "advice",
        &["huong dan", "tu van", "noi dung huong dan", "huong dan tu van"],
    ),
    ("visit", "purposes", &["muc dich", "noi dung"]),
    ("booth", "number", &["so gian", "gian so", "gian hang", "gian hang so"]),
    (
        "booth",
        "exhibitor_name",
        &["don vi trung bay", "ten don vi", "don vi tham gia"],
    ),
    ("", "note", &["ghi chu", "chu thich"]),
];

/// Headings that name no field, whatever they look like.
const IGNORED: &[&str] = &["tt", "stt", "so tt", "so thu tu", "ly do tu choi", "ky ten", "ky nhan"];

/// Where a column's values go.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A field of the kind.
    Field(Field),
    /// A field of the person behind the row, in a session's list.
    Person(Field),
    /// The record's id.
    Id,
    /// Something about the record that the export wrote: why a field is empty, notes on fields.
    About(&'static str),
}

impl Target {
    /// The field's key.
    pub fn key(&self) -> &'static str {
        match self {
            Target::Field(field) => field.key,
            Target::Person(field) => {
                let of = OF_PERSON.iter().find(|(key, _)| *key == field.key);
                of.map_or(field.key, |(_, of_person)| of_person)
            }
            Target::Id => ID,
            Target::About(key) => key,
        }
    }
}

/// The officer's own map, from a file:
///
/// ```toml
/// sheet = "Danh sách"
/// line = 4                  # of the headings
/// [columns]
/// "Tên cơ sở" = "name"
/// "Ghi chú nội bộ" = ""     # left out
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct OwnMap {
    /// The sheet; else the one that fits best.
    pub sheet: Option<String>,
    /// The line of the headings, from 1; else the one that fits best.
    pub line: Option<u32>,
    /// Field keys by heading; an empty key leaves the column out.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

impl OwnMap {
    /// Whether a sheet is the one that the map names, if it names one.
    pub fn is_of(&self, grid: &Grid) -> bool {
        self.sheet.as_ref().is_none_or(|name| fold(name) == fold(&grid.name))
    }

    /// Reads a map and looks its keys up.
    ///
    /// # Errors
    /// No TOML, or a field that the kind does not have.
    pub fn read(text: &str, kind: &'static dyn Kind, schema: &Schema, event: Option<&Event>) -> Result<OwnMap, Fault> {
        let map: OwnMap = toml::from_str(text).map_err(|error| {
            Fault::Map(Message::new(
                format!("Tệp --map không đọc được: {error} Chưa ghi gì."),
                format!("The --map file cannot be read: {error} Nothing was written."),
            ))
        })?;
        let unknown = map
            .columns
            .values()
            .find(|key| !key.is_empty() && target_of(key, kind, schema, event).is_none());
        match unknown {
            None => Ok(map),
            Some(key) => Err(Fault::Map(Message::new(
                format!("Tệp --map: {} không có trường \"{key}\". Chưa ghi gì.", kind.label().vi),
                format!(
                    "The --map file: {} has no field \"{key}\". Nothing was written.",
                    kind.label().en
                ),
            ))),
        }
    }
}

/// The target of a key; none for a key that names none.
pub fn target_of(key: &str, kind: &'static dyn Kind, schema: &Schema, event: Option<&Event>) -> Option<Target> {
    match key {
        key if key.starts_with("person.") => of_person(event).map(Target::Person).find(|target| target.key() == key),
        ID => Some(Target::Id),
        MISSING => Some(Target::About(MISSING)),
        FIELD_NOTES => Some(Target::About(FIELD_NOTES)),
        key => schema.field(kind, key).map(|field| Target::Field(*field)),
    }
}

/// The fields of a person that a session's list may tell.
fn of_person(event: Option<&Event>) -> impl Iterator<Item = Field> {
    let person = event
        .filter(|event| event.entry.kind == "training")
        .and_then(|_| record::kind("person"));
    OF_PERSON
        .iter()
        .filter_map(move |(key, _)| person.and_then(|person| person.field(key)).copied())
}

/// All that headings can name in a kind: each target with its words, folded.
pub struct Names {
    targets: Vec<(Target, Vec<String>)>,
    own: BTreeMap<String, Option<Target>>,
}

impl Names {
    /// Of a kind, with the officer's own map. In an event's list nothing names the event.
    pub fn new(kind: &'static dyn Kind, schema: &Schema, map: &OwnMap, event: Option<&Event>) -> Names {
        let of_event = |field: &&Field| event.is_some_and(|event| event.field() == field.key);
        let fields: Vec<&Field> = schema.fields(kind).filter(|field| !of_event(field)).collect();
        let mut targets: Vec<(Target, Vec<String>)> = Vec::new();
        for (field, heading) in fields.iter().zip(headings(&fields)) {
            let mut names = vec![
                fold(&heading),
                fold(field.key),
                fold(field.label.vi),
                fold(field.label.en),
            ];
            let others = SYNONYMS
                .iter()
                .filter(|(of, key, _)| *key == field.key && (of.is_empty() || *of == kind.key()));
            names.extend(others.flat_map(|(_, _, words)| words.iter().map(|word| word.to_string())));
            targets.push((Target::Field(**field), names));
        }
        for field in of_person(event) {
            let mut names = vec![fold(field.label.vi), fold(field.label.en)];
            let others = SYNONYMS
                .iter()
                .filter(|(of, key, _)| *key == field.key && (of.is_empty() || *of == "person"));
            names.extend(others.flat_map(|(_, _, words)| words.iter().map(|word| word.to_string())));
            targets.push((Target::Person(field), names));
        }
        let exact = |key: &'static str, target| (target, vec![key.to_string()]);
        targets.push(exact(ID, Target::Id));
        targets.push(exact(MISSING, Target::About(MISSING)));
        targets.push(exact(FIELD_NOTES, Target::About(FIELD_NOTES)));
        let own = map.columns.iter();
        let own = own.map(|(heading, key)| (fold(heading), target_of(key, kind, schema, event)));
        Names {
            targets,
            own: own.collect(),
        }
    }

    /// Every target, as the officer may choose them.
    pub fn targets(&self) -> impl Iterator<Item = Target> {
        self.targets.iter().map(|(target, _)| *target)
    }

    /// The target of each heading, each target once, the likeliest first; and how good the whole is.
    pub fn assign(&self, headings: &[String]) -> (Vec<Option<Target>>, u32) {
        let mut columns: Vec<Option<Target>> = vec![None; headings.len()];
        let mut offers: Vec<(u32, usize, usize)> = Vec::new();
        let mut own_taken: Vec<&'static str> = Vec::new();
        let mut total = 0;
        for (column, heading) in headings.iter().enumerate() {
            let folded = fold(heading);
            if let Some(target) = self.own.get(&folded) {
                // Of two columns of one heading the first is meant.
                columns[column] = target.filter(|target| !own_taken.contains(&target.key()));
                own_taken.extend(target.map(|target| target.key()));
                total += 100;
                continue;
            }
            let heading = heading.trim();
            for (at, (target, names)) in self.targets.iter().enumerate() {
                let score = match target {
                    Target::About(key) if heading == *key => 100,
                    Target::About(_) => 0,
                    _ => names.iter().map(|name| likeness(&folded, name)).max().unwrap_or(0),
                };
                if score > 0 && !IGNORED.contains(&folded.as_str()) {
                    offers.push((score, column, at));
                }
            }
        }
        offers.arrange_by_key(|(score, column, at)| (std::cmp::Reverse(*score), *column, *at));
        for (score, column, at) in offers {
            let (target, _) = &self.targets[at];
            let taken = columns.iter().flatten().any(|other| other.key() == target.key());
            let set_aside = self.own.contains_key(&fold(&headings[column]));
            if columns[column].is_none() && !taken && !set_aside && !own_taken.contains(&target.key()) {
                columns[column] = Some(*target);
                total += score;
            }
        }
        (columns, total)
    }
}

/// How alike a heading and a name are, from 0 (not) to 100 (the same).
fn likeness(heading: &str, name: &str) -> u32 {
    if heading.is_empty() || name.is_empty() {
        return 0;
    }
    if heading == name {
        return 100;
    }
    let (in_heading, in_name) = (words(heading).count(), words(name).count());
    if in_name >= 2 && in_heading <= in_name + 4 && words(name).all(|word| words(heading).any(|other| other == word)) {
        // The more of the heading the name says, the better.
        return (60 + 30 * in_name / in_heading) as u32;
    }
    let long = heading.len().min(name.len()) >= 6;
    if long && heading.len().abs_diff(name.len()) <= 1 && distance_is_one(heading, name) {
        return 80;
    }
    0
}

/// Whether one letter is wrong, missing or too many. Both are folded, so bytes are letters.
pub fn distance_is_one(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = |text: &[u8], skip: usize| text.get(same_start + skip..).unwrap_or_default().to_vec();
    a != b && (rest(a, 1) == rest(b, 1) || rest(a, 0) == rest(b, 1) || rest(a, 1) == rest(b, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;

    fn keys(of: &str, headings: &[&str]) -> Vec<&'static str> {
        let names = Names::new(kind(of).unwrap(), &Schema::builtin(), &OwnMap::default(), None);
        let headings: Vec<String> = headings.iter().map(|heading| heading.to_string()).collect();
        let (targets, _) = names.assign(&headings);
        targets
            .iter()
            .map(|target| target.map_or("", |target| target.key()))
            .collect()
    }

    #[test]
    fn headings_are_known_as_offices_write_them() {
        assert_eq!(
            keys(
                "person",
                &["STT", "HỌ VÀ TÊN", "Năm sinh", "SĐT", "Địa chỉ thường trú", "Ghi chú"]
            ),
            ["", "name", "birth", "phone", "address", "note"]
        );
        assert_eq!(
            keys(
                "cooperative",
                &["TT", "Tên HTX", "MST", "Ngành nghề", "Ngày thành lập", "Loại hình"]
            ),
            ["", "name", "tax_code", "sectors", "registered_on", "kind"]
        );
        assert_eq!(
            keys(
                "measurement",
                &["Tên HTX", "Ngày", "Số TV", "Số TV nữ", "Lao động - Nữ"]
            ),
            ["cooperative", "date", "members", "members_women", "workers_women"]
        );
    }

    #[test]
    fn what_is_exported_is_mapped_back_to_the_same_fields() {
        for kind in crate::domain::record::KINDS {
            let schema = Schema::builtin();
            let fields: Vec<&Field> = schema.fields(*kind).collect();
            let names = Names::new(*kind, &schema, &OwnMap::default(), None);
            let (targets, _) = names.assign(&headings(&fields));
            for (field, target) in fields.iter().zip(targets) {
                assert_eq!(target.map(|target| target.key()), Some(field.key), "{}", kind.key());
            }
        }
    }

    #[test]
    fn an_own_map_goes_before_and_must_name_fields() {
        let kind = kind("person").unwrap();
        let map = "[columns]\n\"Cột A\" = \"name\"\n\"Họ tên\" = \"\"";
        let map = OwnMap::read(map, kind, &Schema::builtin(), None).unwrap();
        let names = Names::new(kind, &Schema::builtin(), &map, None);
        let (targets, _) = names.assign(&["Họ tên".to_string(), "cột a".to_string()]);
        assert_eq!(
            targets
                .iter()
                .map(|target| target.map(|target| target.key()))
                .collect::<Vec<_>>(),
            [None, Some("name")]
        );
        assert!(OwnMap::read("[columns]\na = \"no_such\"", kind, &Schema::builtin(), None).is_err());
    }

    #[test]
    fn one_wrong_letter_is_seen_and_two_are_not() {
        assert!(distance_is_one("dien thoai", "dien thoi") && distance_is_one("dia chi", "dia chu"));
        assert!(!distance_is_one("dia chi", "dia chi") && !distance_is_one("dia chi", "di chu"));
    }
}
