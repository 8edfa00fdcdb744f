//! The latest records of every sort of work, by their days, each in a line: what was just done is what is asked about.

use chrono::NaiveDate;

use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::name_of;
use crate::domain::text::{Lang, Text};
use crate::store::{Dated, Order, Read, StoreError};
use crate::vietnamese::number::format_count;

/// How many lines there are.
const LINES: usize = 30;

/// One record of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Its kind.
    pub kind: &'static str,
    /// The record.
    pub id: Id,
    /// Its day.
    pub on: NaiveDate,
    /// What sort of work: a word.
    pub sort: Text,
    /// Whom or what it is about.
    pub name: String,
    /// What became of it, in both languages.
    pub detail: Detail,
}

/// What is told beside the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A code of a list, and free words.
    Coded(Text, String),
    /// A count of people.
    People(i64),
    /// A count of booths.
    Booths(i64),
}

impl Detail {
    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        let (count, vi, en) = match self {
            Detail::Coded(code, words) => {
                let parts = [code.get(lang), words.as_str()];
                let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                return filled.join(" · ");
            }
            Detail::People(count) => (count, "người", "people"),
            Detail::Booths(count) => (count, "gian hàng", "booths"),
        };
        let word = Text::new(vi, en).get(lang);
        format!("{} {word}", format_count(*count))
    }
}

/// Kinds of work, the field of their day, and the word for each.
const SORTS: [(&str, &str, Text); 5] = [
    ("visit", "date", Text::new("thăm", "visit")),
    ("training", "from", Text::new("tập huấn", "training")),
    ("fair", "from", Text::new("hội chợ", "fair")),
    ("support", "date", Text::new("hỗ trợ", "support")),
    ("outreach", "date", Text::new("tuyên truyền", "outreach")),
];

/// The latest up to and including a day, the newest first.
pub fn read(read: &dyn Read, today: NaiveDate) -> Result<Vec<Latest>, StoreError> {
    let mut found: Vec<(&'static str, Text, Dated)> = Vec::new();
    for (kind, field, sort) in SORTS {
        for item in read.dated(kind, field, None, Some(today), Order::Backward).take(LINES) {
            found.push((kind, sort, item?));
        }
    }
    // Of one day, what was entered last comes first.
    found.arrange_by_key(|(_, _, dated)| std::cmp::Reverse((dated.on, dated.id)));
    let mut latest = Vec::new();
    for (kind, sort, dated) in found.into_iter().take(LINES) {
        if let Some(entry) = read.get(kind, dated.id)? {
            latest.push(Latest {
                kind,
                id: entry.id,
                on: dated.on,
                sort,
                name: name(read, &entry),
                detail: detail(read, &entry)?,
            });
        }
    }
    Ok(latest)
}

fn name(read: &dyn Read, entry: &Entry) -> String {
    let reference = |kind: &str| name_of(read.known(), kind, entry.reference(kind));
    match entry.kind {
        "visit" => reference("cooperative"),
        "support" if entry.reference("cooperative").is_some() => reference("cooperative"),
        "support" => reference("person"),
        _ => entry.text("title").unwrap_or_default().to_owned(),
    }
}

fn detail(read: &dyn Read, entry: &Entry) -> Result<Detail, StoreError> {
    let label = |list: &str, field: &str| {
        let code = entry.text(field).and_then(|code| catalog::list(list)?.get(code));
        code.map(|code| code.short()).unwrap_or_default()
    };
    Ok(match entry.kind {
        "visit" => {
            let words: Vec<String> = entry.field("difficulty_text");
            Detail::Coded(label("htx_status", "status"), words.join("; "))
        }
        "training" => {
            let mut listed = 0;
            for row in read.refers(entry.id, "attendance", "training", Order::Forward) {
                let row = row?;
                listed += i64::from(matches!(row.cover.text("state"), Some("CO_MAT" | "HOAN_THANH")));
            }
            match (listed, entry.number("count_total")) {
                (0, Some(declared)) => Detail::People(declared),
                (listed, _) => Detail::People(listed),
            }
        }
        "fair" => {
            let booths = read.refers(entry.id, "booth", "fair", Order::Forward).count();
            Detail::Booths(i64::try_from(booths).unwrap_or(i64::MAX))
        }
        "support" => Detail::Coded(label("support_kind", "kind"), String::new()),
        _ => Detail::Coded(label("comm_form", "form"), String::new()),
    })
}
