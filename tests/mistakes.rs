//! What becomes of mistakes as they are made at a keyboard, and of right entries that look odd: each of the list is typed
//! into its form and saved. A mistake is stopped (it cannot be saved), warned of (one key accepts it), or missed; a right
//! entry goes through, or is a false alarm.

mod support;

use serde_json::json;
use sohoi::ui::action::Action;
use sohoi::ui::app::Opener;
use sohoi::ui::screen::edit::EditScreen;
use sohoi::ui::screen::{Cx, Screen};
use support::office::Office;

const LIST: &str = include_str!("data/keyed_entries.txt");

/// What a right record of a kind holds before the line's own fields are typed.
const BASE: [(&str, &str); 6] = [
    ("visit", "HTX, THT=7 | Mục đích=2"),
    ("person", "Họ và tên=Đỗ Thu Hà | Giới tính=1"),
    ("cooperative", "Loại hình=2 | Tên=HTX Hoa Sen"),
    ("training", "Tên lớp=Kỹ năng số | Từ ngày=20/05/2026 | Nội dung=3"),
    ("fair", "Tên sự kiện=Hội chợ xuân | Loại=1 | Từ ngày=08/05/2026"),
    ("support", "Ngày=20/05/2026 | HTX, THT=7 | Loại hỗ trợ=1"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Through,
    Warned,
    Stopped,
}

struct Entry {
    kind: &'static str,
    what: &'static str,
    fields: Vec<(&'static str, &'static str)>,
}

fn fields(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = text.split('|').map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').expect("field=text"))
}

fn entries(part: &str) -> Vec<Entry> {
    let begin = LIST.find(&format!("[{part}]")).expect("a part of the list");
    let lines = LIST[begin..].lines().skip(1).map(str::trim);
    let lines = lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (kind, rest) = line.split_once('|').expect("a kind");
            let (what, own) = rest.split_once('|').expect("what it is");
            let kind = kind.trim();
            let bare = kind.trim_start_matches('-');
            let base = BASE.iter().find(|(of, _)| *of == bare).expect("a kind with a base").1;
            let base = if bare == kind { base } else { "" };
            Entry {
                kind: bare,
                what: what.trim(),
                fields: fields(base).chain(fields(own)).collect(),
            }
        })
        .collect()
}

/// Types an entry into its form and saves it, accepting what is only doubtful.
fn fate(entry: &Entry) -> Fate {
    let office = Office::new();
    office.add("partner", json!({"name": "Quỹ hỗ trợ HTX", "kind": "LMHTX"}));
    let kind = entry.kind;
    let opener: Opener = Box::new(move |action, cx: &Cx<'_>| -> Option<Box<dyn Screen>> {
        match action {
            Action::NewVisit => Some(Box::new(EditScreen::create(kind, Vec::new(), cx)?)),
            _ => None,
        }
    });
    let mut harness = office.harness_with((80, 24), opener);
    let before = office.all(kind).len();
    harness.keys("v");
    for (field, text) in &entry.fields {
        harness.keys("alt-g").typed(field).keys("enter ctrl-u").typed(text);
    }
    let saved = || office.all(kind).len() > before;
    harness.keys("ctrl-s");
    if saved() {
        return Fate::Through;
    }
    for _ in 0..6 {
        harness.keys("f8");
        if saved() {
            return Fate::Warned;
        }
    }
    Fate::Stopped
}

fn fates(part: &str) -> Vec<(Entry, Fate)> {
    let entries = entries(part).into_iter();
    entries
        .map(|entry| {
            let fate = fate(&entry);
            (entry, fate)
        })
        .collect()
}

fn count(fates: &[(Entry, Fate)], wanted: Fate) -> usize {
    fates.iter().filter(|(_, fate)| *fate == wanted).count()
}

fn named(fates: &[(Entry, Fate)], wanted: Fate) -> String {
    let those = fates.iter().filter(|(_, fate)| *fate == wanted);
    those
        .map(|(entry, _)| format!("\n  {}: {}", entry.kind, entry.what))
        .collect()
}

#[test]
fn of_fifty_mistakes_most_are_stopped_or_warned_of() {
    let fates = fates("mistakes");
    assert_eq!(fates.len(), 50);
    let [stopped, warned, missed] = [Fate::Stopped, Fate::Warned, Fate::Through].map(|fate| count(&fates, fate));
    println!("stopped {stopped}, warned of {warned}, missed {missed}");
    println!(
        "warned of:{}\nmissed:{}",
        named(&fates, Fate::Warned),
        named(&fates, Fate::Through)
    );
    assert!(
        stopped >= 28 && stopped + warned >= 47,
        "missed:{}",
        named(&fates, Fate::Through)
    );
}

#[test]
fn fifty_right_entries_are_saved_without_a_question() {
    let fates = fates("right");
    assert_eq!(fates.len(), 50);
    let alarms = [named(&fates, Fate::Warned), named(&fates, Fate::Stopped)];
    assert!(
        alarms.iter().all(String::is_empty),
        "warned of:{}\nstopped:{}",
        alarms[0],
        alarms[1]
    );
}
