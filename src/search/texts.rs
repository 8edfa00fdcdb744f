//! The search through all notes and texts of the store, for what no list holds: "thiếu vốn lưu động", "kho lạnh".
//!
//! It reads the records as they come and keeps only the hits, so that it needs time and no memory; whoever asks may stop
//! it. Nothing that stands on a person is looked at, nor anything marked as personal.

use chrono::NaiveDate;

use super::finder::{Asked, Hit};
use super::query::Query;
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind};
use crate::domain::schema::{Field, FieldKind, Privacy};
use crate::domain::value::Value;
use crate::store::{Read, StoreError};
use crate::vietnamese::fold;

/// Letters shown before and behind the hit.
const AROUND: usize = 24;
/// Records read between two questions whether to go on.
const STEP: u64 = 512;

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Stop: what was found so far is the answer.
    Stop,
}

/// The hits, those with all words in one text first, then the latest. `progress` is told how many records were read.
///
/// # Errors
/// The store cannot be read.
pub fn search(asked: &Asked<'_>, read: &dyn Read, progress: &mut dyn FnMut(u64) -> Go) -> Result<Vec<Hit>, StoreError> {
    let query = Query::parse(asked.text);
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<(Rank, Hit)> = Vec::new();
    let mut count = 0;
    let kinds = KINDS.iter().filter(|kind| kind.key() != "person");
    for kind in kinds.filter(|kind| asked.kind.is_none_or(|asked| asked == kind.key())) {
        let fields: Vec<&Field> = read.schema().fields(*kind).filter(|field| is_searched(field)).collect();
        for entry in read.scan(kind.key()) {
            let entry = entry?;
            count += 1;
            if count % STEP == 0 && progress(count) == Go::Stop {
                return Ok(best(found, asked.limit));
            }
            if let Some((scattered, shown)) = look(&query, &fields, &entry) {
                let rank = (scattered, std::cmp::Reverse(moment(*kind, &entry)));
                found.push((rank, as_hit(*kind, &entry, shown, read)));
                if found.len() >= asked.limit.saturating_mul(2).max(256) {
                    found = kept(found, asked.limit);
                }
            }
        }
    }
    Ok(best(found, asked.limit))
}

/// All words in one text or not; the later the better.
type Rank = (bool, std::cmp::Reverse<(Option<NaiveDate>, Id)>);

fn moment(kind: &'static dyn Kind, entry: &Entry) -> (Option<NaiveDate>, Id) {
    let on = kind.when().and_then(|field| entry.date(field));
    (on.or(entry.id.entered_on()), entry.id)
}

fn kept(mut found: Vec<(Rank, Hit)>, limit: usize) -> Vec<(Rank, Hit)> {
    found.arrange_by_key(|(rank, _)| *rank);
    found.truncate(limit);
    found
}

fn best(found: Vec<(Rank, Hit)>, limit: usize) -> Vec<Hit> {
    kept(found, limit).into_iter().map(|(_, hit)| hit).collect()
}

fn is_searched(field: &Field) -> bool {
    let prose = matches!(field.kind, FieldKind::Text | FieldKind::Lines | FieldKind::Texts);
    prose && field.privacy == Privacy::Open && !field.hidden
}

fn as_hit(kind: &'static dyn Kind, entry: &Entry, shown: String, read: &dyn Read) -> Hit {
    Hit {
        kind: kind.key(),
        id: entry.id,
        code: kind
            .code_field()
            .and_then(|field| entry.text(field.key))
            .map(str::to_string),
        title: kind.title(entry, read.known()),
        detail: shown,
    }
}

/// Whether the words stand in more than one text, and the words around the first hit; nothing where one of the words
/// stands nowhere.
fn look(query: &Query, fields: &[&Field], entry: &Entry) -> Option<(bool, String)> {
    let mut missing: Vec<bool> = vec![true; query.words.len()];
    let mut shown = None;
    for text in texts(fields, entry) {
        let here: Vec<Option<usize>> = query.words.iter().map(|word| place_of(word, text)).collect();
        for (missing, _) in missing.iter_mut().zip(&here).filter(|(_, place)| place.is_some()) {
            *missing = false;
        }
        let first = here.iter().flatten().min();
        if here.iter().all(Option::is_some) {
            return first.map(|place| (false, around(text, *place)));
        }
        if let (None, Some(place)) = (&shown, first) {
            shown = Some(around(text, *place));
        }
    }
    if missing.contains(&true) {
        return None;
    }
    shown.map(|shown| (true, shown))
}

fn texts<'e>(fields: &'e [&Field], entry: &'e Entry) -> impl Iterator<Item = &'e str> {
    let values = fields.iter().filter_map(|field| entry.get(field.key));
    values.flat_map(Value::items).filter_map(Value::as_text)
}

/// Where a word of a text begins with a word of the query, tones and marks as typed.
fn place_of(word: &super::query::Word, text: &str) -> Option<usize> {
    let mut folded = String::new();
    fold::marked_words(text).find_map(|own| {
        folded.clear();
        fold::fold_into(own, &mut folded);
        let begins = folded.starts_with(&word.folded) && (!word.marked || fold::match_tones(&word.written, own));
        begins.then(|| own.as_ptr() as usize - text.as_ptr() as usize)
    })
}

/// The words around a place, on one line.
fn around(text: &str, place: usize) -> String {
    let before: Vec<char> = text[..place].chars().collect();
    let start = before.len().saturating_sub(AROUND);
    let head: String = before[start..].iter().collect();
    let head = match head.split_once(char::is_whitespace) {
        Some((_, whole)) if start > 0 => format!("…{whole}"),
        _ => head,
    };
    let mut letters = text[place..].chars();
    let mut tail: String = letters.by_ref().take(AROUND * 2).collect();
    if letters.next().is_some() {
        let end = tail.rfind(char::is_whitespace).unwrap_or(tail.len());
        tail.truncate(end);
        tail.push('…');
    }
    let joined = format!("{head}{tail}");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_hit_are_whole_and_on_one_line() {
        let text =
            "Hợp tác xã cần mặt bằng để làm kho lạnh bảo quản rau,\n giá thuê ở chợ đầu mối cao quá so với thu nhập.";
        let place = text.find("kho").unwrap();
        let shown = around(text, place);
        assert_eq!(
            shown,
            "…xã cần mặt bằng để làm kho lạnh bảo quản rau, giá thuê ở chợ đầu mối…"
        );
        assert_eq!(around("kho lạnh", 0), "kho lạnh");
    }
}
