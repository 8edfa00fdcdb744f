//! The code lists: which values a coded field may take, and what each of them means.
//!
//! They are one text file, `data/lists.txt`, so that a label can be read and bettered without touching code; its head
//! explains the form. It is compiled in and taken apart when first asked for (some 400 lines, well under a
//! millisecond); every slice points into the program itself. Uses the texts of the domain only.
//!
//! The lists cannot be changed at run time. The codes of an office's own fields are lists beside them ([`own`]): each is
//! named by all that stands in it, so that a name means one and the same list for as long as the program runs.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::packed;
use crate::domain::text::Text;

/// The file as it stands in the repository, inflated at the first call.
fn source() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| packed::text(include_bytes!(concat!(env!("OUT_DIR"), "/lists.txt.bin"))))
}

/// One list: the codes in the order of the screen.
#[derive(Debug)]
pub struct CodeList {
    /// The list's name, as fields refer to it: `htx_status`.
    pub key: &'static str,
    /// What the list is about, a heading: "Tình trạng hoạt động".
    pub title: Text,
    /// Its codes, in the order in which they are shown and numbered.
    pub codes: Vec<Code>,
}

impl CodeList {
    /// The entry with exactly this code.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|entry| entry.code == code)
    }

    /// Whether the list has this code.
    pub fn contains(&self, code: &str) -> bool {
        self.get(code).is_some()
    }

    /// The place of a code in its list, counted from 1: what an officer types to choose it.
    pub fn index(&self, code: &str) -> Option<usize> {
        self.codes
            .iter()
            .position(|entry| entry.code == code)
            .map(|place| place + 1)
    }

    /// The entry at a place counted from 1.
    pub fn at(&self, place: usize) -> Option<&Code> {
        self.codes.get(place.checked_sub(1)?)
    }

    /// The entries whose `group` is this one, in order.
    pub fn group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Code> {
        self.codes.iter().filter(move |entry| entry.group == Some(group))
    }

    /// The entries that carry this flag, in order.
    pub fn flagged<'a>(&'a self, flag: &'a str) -> impl Iterator<Item = &'a Code> {
        self.codes.iter().filter(move |entry| entry.flag(flag))
    }
}

/// One value of a list.
#[derive(Debug)]
pub struct Code {
    /// The code that records carry; ASCII, for ever.
    pub code: &'static str,
    /// The full label, for reports and help.
    pub label: Text,
    /// A label of at most 24 columns, where the full one is longer. See [`Code::short`].
    pub short: Option<Text>,
    /// The group inside the list (`sector`, `training_topic`, `htx_size_rule`), a code of `sector_group`, `topic_group`.
    pub group: Option<&'static str>,
    /// All attributes as they stand: a flag has an empty value.
    pub attrs: Vec<(&'static str, &'static str)>,
}

impl Code {
    /// The label for forms and tables, at most 24 columns wide.
    pub fn short(&self) -> Text {
        self.short.unwrap_or(self.label)
    }

    /// Whether a flag is set: `operating`, `counts`, `needs_amount`, `open`, `onsite`, `meeting`, `da01`, `cm`.
    pub fn flag(&self, name: &str) -> bool {
        self.attrs.iter().any(|(key, value)| *key == name && value.is_empty())
    }

    /// A number among the attributes: `order`, `min`, `max`, `level`, `members`, `revenue` and `capital` (đồng).
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// An attribute as text: `sensitive`, `size`, `due`, `for`, `valid_from`, `valid_to` (ISO dates).
    pub fn text(&self, name: &str) -> Option<&'static str> {
        self.attrs
            .iter()
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| *value)
    }
}

/// The list with this key, if there is one.
pub fn list(key: &str) -> Option<&'static CodeList> {
    let catalogue = catalogue();
    match catalogue.places.get(key) {
        Some(place) => Some(&catalogue.lists[*place]),
        None if key.contains(OWN) => own_lists().get(key).copied(),
        None => None,
    }
}

/// What stands in the name of an office's own list between the field and its codes; in no other list's name.
const OWN: char = ':';

/// One code of an office's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCode {
    /// The code.
    pub code: String,
    /// Its label.
    pub vi: String,
    /// The English one.
    pub en: String,
}

/// The list of an office's own field: the one that was made before of the same field, title and codes, or a new one.
pub fn own(field: &str, title: Text, codes: &[OwnCode]) -> &'static CodeList {
    let said: Vec<String> = codes
        .iter()
        .map(|code| format!("{}={}|{}", code.code, code.vi, code.en))
        .collect();
    let key = format!("{field}{OWN}{}|{}{OWN}{}", title.vi, title.en, said.join(";"));
    let mut own = own_lists();
    if let Some(list) = own.get(key.as_str()) {
        return list;
    }
    let still = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let codes = codes.iter().map(|code| Code {
        code: still(&code.code),
        label: Text::new(still(&code.vi), still(&code.en)),
        short: None,
        group: None,
        attrs: Vec::new(),
    });
    let list: &'static CodeList = Box::leak(Box::new(CodeList {
        key: still(&key),
        title,
        codes: codes.collect(),
    }));
    own.insert(list.key, list);
    list
}

/// Every own list that was ever made: only added to, and never another list under a name.
fn own_lists() -> std::sync::MutexGuard<'static, HashMap<&'static str, &'static CodeList>> {
    static LISTS: OnceLock<Mutex<HashMap<&'static str, &'static CodeList>>> = OnceLock::new();
    LISTS
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

/// All lists, in the order of the file.
pub fn lists() -> &'static [CodeList] {
    &catalogue().lists
}

struct Catalogue {
    lists: Vec<CodeList>,
    places: HashMap<&'static str, usize>,
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let lists = parse(source()).expect("the lists are compiled in, and a test reads them");
        let places = lists
            .iter()
            .enumerate()
            .map(|(place, list)| (list.key, place))
            .collect();
        Catalogue { lists, places }
    })
}

/// Takes the text apart; the error names the line (counted from 1) that is not in the form.
fn parse(source: &'static str) -> Result<Vec<CodeList>, String> {
    let mut lists: Vec<CodeList> = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| format!("line {}: {what}", number + 1);
        if let Some(heading) = line.strip_prefix('[') {
            lists.push(parse_heading(heading).ok_or_else(|| wrong("no [key] title | title"))?);
        } else {
            let list = lists.last_mut().ok_or_else(|| wrong("a code before any list"))?;
            let code = parse_code(line).ok_or_else(|| wrong("no code | vi | en | short | short | attributes"))?;
            list.codes.push(code);
        }
    }
    Ok(lists)
}

fn parse_heading(heading: &'static str) -> Option<CodeList> {
    let (key, titles) = heading.split_once(']')?;
    let (vi, en) = titles.split_once('|')?;
    Some(CodeList {
        key,
        title: Text::new(vi.trim(), en.trim()),
        codes: Vec::new(),
    })
}

fn parse_code(line: &'static str) -> Option<Code> {
    let mut cells = line.split('|').map(str::trim);
    let (code, vi, en) = (cells.next()?, cells.next()?, cells.next()?);
    let (short_vi, short_en) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    let attrs: Vec<_> = cells
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(attribute)
        .collect();
    if code.is_empty() || vi.is_empty() || en.is_empty() || cells.next().is_some() {
        return None;
    }
    let or_label = |short: &'static str, label| if short.is_empty() { label } else { short };
    let short = Text::new(or_label(short_vi, vi), or_label(short_en, en));
    let label = Text::new(vi, en);
    let group = attrs.iter().find(|(key, _)| *key == "group").map(|(_, value)| *value);
    Some(Code {
        code,
        label,
        short: (short != label).then_some(short),
        group,
        attrs,
    })
}

fn attribute(word: &'static str) -> (&'static str, &'static str) {
    word.split_once('=').unwrap_or((word, ""))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use unicode_normalization::is_nfc;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn code(list_key: &str, code: &str) -> &'static Code {
        list(list_key)
            .and_then(|list| list.get(code))
            .unwrap_or_else(|| panic!("{list_key} has {code}"))
    }

    #[test]
    fn every_list_is_read_and_has_its_own_key_and_codes() {
        let lists = parse(source()).unwrap();
        assert_eq!(lists.len(), 50);
        assert_eq!(lists.iter().map(|list| list.codes.len()).sum::<usize>(), 392);
        let keys: HashSet<_> = lists.iter().map(|list| list.key).collect();
        assert_eq!(keys.len(), lists.len());
        for list in &lists {
            let codes: HashSet<_> = list.codes.iter().map(|code| code.code).collect();
            assert!(!codes.is_empty(), "{} has codes", list.key);
            assert_eq!(codes.len(), list.codes.len(), "{} names a code twice", list.key);
        }
    }

    #[test]
    fn every_code_has_a_label_in_both_languages_and_in_nfc() {
        for list in lists() {
            for text in list
                .codes
                .iter()
                .flat_map(|code| [code.label, code.short()])
                .chain([list.title])
            {
                assert!(!text.vi.is_empty() && !text.en.is_empty(), "{}: {text:?}", list.key);
                assert!(is_nfc(text.vi) && is_nfc(text.en), "{}: {text:?}", list.key);
                assert!(
                    text.en.starts_with(|c: char| !c.is_lowercase()) || list.key == "target_operator",
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn every_short_label_fits_24_columns_and_differs_within_its_list() {
        for list in lists() {
            let mut seen = HashSet::new();
            for code in &list.codes {
                let short = code.short();
                assert!(short.vi.width() <= 24, "{} {}: {}", list.key, code.code, short.vi);
                assert!(short.en.width() <= 24, "{} {}: {}", list.key, code.code, short.en);
                assert!(seen.insert(short.vi), "{}: two codes read {}", list.key, short.vi);
            }
        }
    }

    #[test]
    fn a_code_has_a_place_counted_from_one() {
        let statuses = list("htx_status").unwrap();
        assert_eq!(statuses.index("TAM_NGUNG"), Some(4));
        assert_eq!(statuses.at(4).unwrap().short().vi, "Tạm ngừng");
        assert!(statuses.at(0).is_none());
        assert!(statuses.index("KHONG_CO").is_none());
        assert!(list("no_such_list").is_none());
    }

    #[test]
    fn only_one_status_is_operating_and_three_states_of_an_issue_are_open() {
        let operating: Vec<_> = list("htx_status")
            .unwrap()
            .flagged("operating")
            .map(|code| code.code)
            .collect();
        assert_eq!(operating, ["DANG_HOAT_DONG"]);
        let open: Vec<_> = list("issue_state")
            .unwrap()
            .flagged("open")
            .map(|code| code.code)
            .collect();
        assert_eq!(open, ["MOI", "DANG_XU_LY", "DA_KIEN_NGHI"]);
        let counted: Vec<_> = list("attendance_state")
            .unwrap()
            .flagged("counts")
            .map(|code| code.code)
            .collect();
        assert_eq!(counted, ["CO_MAT", "HOAN_THANH"]);
    }

    #[test]
    fn attributes_keep_their_values() {
        assert_eq!(code("contest_stage", "CHUNG_KET_TQ").number("order"), Some(7));
        assert_eq!(code("htx_size_rule", "NN_LON").number("revenue"), Some(50_000_000_000));
        assert_eq!(code("priority_group", "DTTS").text("sensitive"), Some("nhay_cam"));
        assert_eq!(code("programme", "DA939").text("valid_to"), Some("2025-12-31"));
        assert_eq!(code("report_kind", "BC_6T").text("due"), Some("06-14"));
        assert!(code("support_kind", "QUY_HTX").flag("needs_amount"));
        assert!(!code("support_kind", "DIEU_LE").flag("needs_amount"));
        assert!(code("role", "CT_HDQT").flag("da01") && !code("role", "KE_TOAN").flag("da01"));
        assert_eq!(code("target_operator", ">=").label.vi, "Ít nhất");
    }

    #[test]
    fn groups_are_codes_of_a_list_of_groups() {
        for (key, groups) in [("sector", "sector_group"), ("training_topic", "topic_group")] {
            for code in &list(key).unwrap().codes {
                let group = code.group.unwrap_or_else(|| panic!("{key} {} has a group", code.code));
                assert!(list(groups).unwrap().contains(group), "{group} is in {groups}");
            }
        }
        assert_eq!(list("training_topic").unwrap().group("KHOI_NGHIEP").count(), 4);
    }

    #[test]
    fn officers_are_the_same_kinds_as_among_attendees() {
        let attendees = list("attendee_kind").unwrap();
        for officer in &list("officer_kind").unwrap().codes {
            assert_eq!(attendees.get(officer.code).unwrap().label, officer.label);
        }
    }

    #[test]
    fn a_line_out_of_form_is_named_by_its_number() {
        assert_eq!(parse("A | b | c").unwrap_err(), "line 1: a code before any list");
        assert!(
            parse("# x\n[k] Tên | Name\nA | nhãn")
                .unwrap_err()
                .starts_with("line 3")
        );
        assert!(parse("[k Tên | Name").unwrap_err().starts_with("line 1"));
        assert!(
            parse("[k] T | N\nA | b | c | d | e | f | g")
                .unwrap_err()
                .starts_with("line 2")
        );
    }
}
