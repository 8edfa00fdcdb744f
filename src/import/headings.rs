//! Which heading names which field: as offices write them (`Tên HTX`, `Họ và tên`, `SĐT`, `Số TV nữ`), compared without
//! tones, marks and case; labels and keys of the fields; before all of them what the officer's own map says.

use std::collections::BTreeMap;

use super::event::Event;
use super::mapping::{OwnMap, Sex, Target, of_person, sexes, target_of};
use crate::arrange::Arrange;
use crate::domain::entry::{FIELD_NOTES, MISSING};
use crate::domain::record::{self, Kind};
use crate::domain::schema::{Field, Schema};
use crate::domain::text::Text;
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
            "cho o",
            "noi o hien nay",
            "noi cu tru",
            "noi thuong tru",
            "thuong tru",
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
        &[
            "don vi trung bay",
            "ten don vi",
            "don vi tham gia",
            "don vi",
            "co so",
            "ten co so",
            "htx co so",
            "chu gian hang",
        ],
    ),
    ("", "note", &["ghi chu", "chu thich"]),
];

/// What stands above two columns for the sexes.
const ABOVE_SEXES: &[&str] = &[
    "nam sinh",
    "ngay sinh",
    "sinh ngay",
    "ngay thang nam sinh",
    "ngay nam sinh",
    "ngay thang sinh",
    "tuoi sinh nam",
    "gioi tinh",
    "gioi",
    "phai",
];

/// Headings that name no field, whatever they look like.
const IGNORED: &[&str] = &["tt", "stt", "so tt", "so thu tu", "ly do tu choi", "ky ten", "ky nhan"];

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
        targets.extend(sexes(kind, event).map(|target| (target, Vec::new())));
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
                    Target::Sex(sex) if of_sex(&folded) == Some(*sex) => 100,
                    Target::Sex(_) => 0,
                    _ => names.iter().map(|name| likeness(&folded, name)).max().unwrap_or(0),
                };
                if score > 0 && !IGNORED.contains(&folded.as_str()) {
                    offers.push((score, column, at));
                }
            }
        }
        offers.arrange_by_key(|(score, column, at)| (std::cmp::Reverse(*score), *column, *at));
        let own = |(target, _): &(Target, Vec<String>)| own_taken.contains(&target.key());
        let mut taken: Vec<bool> = self.targets.iter().map(own).collect();
        for (score, column, at) in offers {
            if columns[column].is_none() && !taken[at] {
                (columns[column], taken[at]) = (Some(self.targets[at].0), true);
                total += score;
            }
        }
        (columns, total)
    }
}

/// Whether a list of cooperatives has columns that go nowhere and are figures: those belong to records of another kind, of
/// which a second import of the file makes them.
pub fn leaves_figures(
    kind: &'static dyn Kind,
    columns: &[String],
    targets: &[Option<Target>],
    schema: &Schema,
) -> bool {
    let figures = record::kind("measurement").filter(|_| kind.key() == "cooperative");
    figures.is_some_and(|figures| {
        let named = columns.iter().zip(targets).filter(|(_, target)| target.is_none());
        let left: Vec<String> = named.map(|(heading, _)| heading.clone()).collect();
        let (found, _) = Names::new(figures, schema, &OwnMap::default(), None).assign(&left);
        let is_figure = |target: &Target| matches!(target, Target::Field(field) if field.kind.is_number());
        found.iter().flatten().any(is_figure)
    })
}

/// What is said where a list leaves figures.
pub const FIGURES_LEFT: Text = Text::new(
    "Có cột số liệu chưa nhập: nhập tệp này lần nữa vào \"Số liệu HTX, THT\".",
    "Columns of figures are left: import the file once more, as figures.",
);

/// The sex that a heading names by itself, below what it is a column of: `Nữ`, `Năm sinh - Nữ`, `Giới tính - Nam`.
fn of_sex(heading: &str) -> Option<Sex> {
    let (above, last) = heading.rsplit_once(' ').unwrap_or(("", heading));
    let sex = match last {
        "nu" => Sex::Women,
        "nam" => Sex::Men,
        _ => return None,
    };
    // `Năm` alone is folded like `Nam`, and stands above years of many things.
    let fits = match above {
        "" => sex == Sex::Women,
        _ => ABOVE_SEXES.contains(&above),
    };
    fits.then_some(sex)
}

/// How alike a heading and a name are, from 0 (not) to 100 (the same).
fn likeness(heading: &str, name: &str) -> u32 {
    if heading.is_empty() || name.is_empty() {
        return 0;
    }
    if heading == name {
        return 100;
    }
    // Every cell of forty rows is held against every name of every kind: most are told apart by the first word.
    if name.split_once(' ').is_some_and(|(first, _)| heading.contains(first)) {
        let (in_heading, in_name) = (words(heading).count(), words(name).count());
        if in_heading <= in_name + 4 && words(name).all(|word| words(heading).any(|other| other == word)) {
            // The more of the heading the name says, the better.
            return (60 + 30 * in_name / in_heading) as u32;
        }
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
            keys("person", &["Họ và tên", "Năm sinh - Nam", "Năm sinh - Nữ", "Nơi ở"]),
            ["name", "gender.NAM", "gender.NU", "address"]
        );
        assert_eq!(
            keys("person", &["Họ và tên", "Năm sinh", "Nam/Nữ"]),
            ["name", "birth", "gender"]
        );
        assert_eq!(
            keys("booth", &["Số gian", "Đơn vị", "Doanh thu"]),
            ["number", "exhibitor_name", "revenue"]
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
    fn a_list_of_cooperatives_tells_that_its_figures_are_left() {
        let (kind, schema) = (kind("cooperative").unwrap(), Schema::builtin());
        let left = |headings: &[&str]| {
            let headings: Vec<String> = headings.iter().map(|heading| heading.to_string()).collect();
            let names = Names::new(kind, &schema, &OwnMap::default(), None);
            leaves_figures(kind, &headings, &names.assign(&headings).0, &schema)
        };
        assert!(left(&["STT", "Tên HTX", "Số thành viên"]));
        assert!(!left(&["STT", "Tên HTX", "Địa chỉ", "Người đại diện"]));
    }

    #[test]
    fn one_wrong_letter_is_seen_and_two_are_not() {
        assert!(distance_is_one("dien thoai", "dien thoi") && distance_is_one("dia chi", "dia chu"));
        assert!(!distance_is_one("dia chi", "dia chi") && !distance_is_one("dia chi", "di chu"));
    }
}
