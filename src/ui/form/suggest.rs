//! Suggestions in text fields: what was typed there before, the most used first, as soon as its beginning is typed.

use crate::domain::schema::FieldKind;
use crate::domain::value::Value;
use crate::store::{Order, Read};
use crate::vietnamese::fold::fold;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Records looked back at, for one field.
const RECORDS: usize = 2_000;
/// Letters typed before anything is suggested: one is too few to mean anything.
const LETTERS: usize = 2;
/// The longest text that is suggested, in letters.
const LONGEST: usize = 120;

/// A text typed before.
#[derive(Clone, Debug, PartialEq)]
struct Past {
    text: String,
    folded: String,
    times: usize,
    last: usize,
}

/// What was typed before, by field; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    lists: BTreeMap<(&'static str, &'static str), Arc<Vec<Past>>>,
}

impl Suggestions {
    /// Reads what was typed in a field before, unless it is known.
    pub fn prepare(&mut self, kind: &'static str, field: &'static str, read: &dyn Read) {
        self.lists
            .entry((kind, field))
            .or_insert_with(|| Arc::new(load(kind, field, read)));
    }

    /// Notes a text that was saved, so that it is suggested next time.
    pub fn learn(&mut self, kind: &'static str, field: &'static str, value: &Value) {
        let Some(list) = self.lists.get_mut(&(kind, field)) else {
            return;
        };
        let list = Arc::make_mut(list);
        for text in value.items().iter().filter_map(Value::as_text) {
            let last = list.iter().map(|past| past.last).max().unwrap_or(0) + 1;
            match list.iter_mut().find(|past| past.text == text) {
                Some(past) => {
                    past.times += 1;
                    past.last = last;
                }
                None => list.push(Past {
                    text: text.to_owned(),
                    folded: fold(text),
                    times: 1,
                    last,
                }),
            }
        }
    }

    /// The text that goes on what was typed, if one does: of several the one typed most often, then last.
    pub fn best(&self, kind: &'static str, field: &'static str, typed: &str) -> Option<&str> {
        if typed.graphemes(true).count() < LETTERS || typed.ends_with(char::is_whitespace) && typed.trim().is_empty() {
            return None;
        }
        let folded = fold(typed);
        let list = self.lists.get(&(kind, field))?;
        let fits = |past: &&Past| past.folded.len() > folded.len() && past.folded.starts_with(&folded);
        let best = list.iter().filter(fits).max_by_key(|past| (past.times, past.last))?;
        Some(&best.text)
    }
}

fn load(kind: &'static str, field: &'static str, read: &dyn Read) -> Vec<Past> {
    let mut texts: HashMap<String, (usize, usize)> = HashMap::new();
    let when = crate::domain::record::kind(kind).and_then(|kind| kind.when());
    let entries: Box<dyn Iterator<Item = _>> = match when {
        Some(when) => {
            let dated = read
                .dated(kind, when, None, None, Order::Backward)
                .filter_map(Result::ok);
            Box::new(dated.filter_map(|dated| read.get(kind, dated.id).ok().flatten()))
        }
        None => Box::new(read.scan(kind).filter_map(Result::ok)),
    };
    for (age, entry) in entries.take(RECORDS).enumerate() {
        let last = RECORDS - age;
        for text in entry.get(field).map(Value::items).unwrap_or_default() {
            if let Some(text) = text.as_text().filter(|text| text.graphemes(true).count() <= LONGEST) {
                let (times, newest) = texts.entry(text.to_owned()).or_default();
                *times += 1;
                *newest = (*newest).max(last);
            }
        }
    }
    let past = |(text, (times, last)): (String, (usize, usize))| Past {
        folded: fold(&text),
        text,
        times,
        last,
    };
    texts.into_iter().map(past).collect()
}

/// The part of a text that is being suggested for: of several texts in a field the last one.
pub fn typed_part(kind: FieldKind, text: &str) -> &str {
    match kind {
        FieldKind::Texts => text.rsplit(';').next().unwrap_or_default().trim_start(),
        FieldKind::Lines => text.rsplit('\n').next().unwrap_or_default(),
        _ => text,
    }
}

/// What stands dim behind the cursor: the rest of the suggestion, by letters.
pub fn rest<'s>(suggestion: &'s str, typed: &str) -> &'s str {
    let count = typed.graphemes(true).count();
    let at = suggestion.grapheme_indices(true).nth(count).map(|(at, _)| at);
    at.map_or("", |at| &suggestion[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(texts: &[&str]) -> Suggestions {
        let mut suggestions = Suggestions::default();
        suggestions.lists.insert(("visit", "advice"), Arc::new(Vec::new()));
        for text in texts {
            suggestions.learn("visit", "advice", &Value::Text((*text).to_owned()));
        }
        suggestions
    }

    #[test]
    fn the_text_typed_most_often_goes_on_what_is_typed_without_its_tones() {
        let suggestions = known(&["thiếu vốn cố định", "thiếu vốn lưu động", "thiếu vốn lưu động"]);
        assert_eq!(suggestions.best("visit", "advice", "thie"), Some("thiếu vốn lưu động"));
        assert_eq!(
            suggestions.best("visit", "advice", "thiếu vốn c"),
            Some("thiếu vốn cố định")
        );
        assert_eq!(suggestions.best("visit", "advice", "t"), None);
        assert_eq!(suggestions.best("visit", "advice", "thiếu vốn lưu động"), None);
        assert_eq!(rest("thiếu vốn lưu động", "thie"), "u vốn lưu động");
    }

    #[test]
    fn of_two_as_frequent_the_last_one_is_meant() {
        let suggestions = known(&["mở lớp kế toán", "mở lớp kỹ năng số"]);
        assert_eq!(suggestions.best("visit", "advice", "mo"), Some("mở lớp kỹ năng số"));
    }

    #[test]
    fn in_a_field_of_several_texts_the_last_one_is_suggested_for() {
        assert_eq!(typed_part(FieldKind::Texts, "thiếu vốn; kho"), "kho");
        assert_eq!(typed_part(FieldKind::Text, "a; b"), "a; b");
    }
}
