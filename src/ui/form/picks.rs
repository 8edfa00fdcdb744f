//! Choices out of a code list: by place in the list, or by a few letters of any word of the label, tone marks optional.

use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::indicator::indicators;
use crate::report::weekly;
use crate::ui::form::show::YES_NO;
use crate::vietnamese::fold::{fold, words};

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What the record gets.
    pub value: Value,
    /// What is typed to choose it: its place in the list, its code.
    pub key: String,
    /// Its name.
    pub label: String,
    /// What tells it from others of the same name.
    pub detail: String,
}

/// What a typed number means in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A place, and no further digit makes another one.
    Sure(usize),
    /// A place, or the beginning of a greater one.
    Maybe(usize),
    /// No place.
    None,
}

/// Everything in a code list, numbered.
pub fn of_list(list: &str, lang: Lang) -> Vec<Hit> {
    let codes = catalog::list(list)
        .map(|list| list.codes.as_slice())
        .unwrap_or_default();
    let hit = |(at, code): (usize, &catalog::Code)| Hit {
        value: Value::Text(code.code.to_owned()),
        key: (at + 1).to_string(),
        label: code.short().get(lang).to_owned(),
        detail: String::new(),
    };
    codes.iter().enumerate().map(hit).collect()
}

/// Yes and no.
pub fn of_flag(lang: Lang) -> Vec<Hit> {
    let hit = |(at, (label, flag)): (usize, (&Text, bool))| Hit {
        value: Value::Bool(flag),
        key: (at + 1).to_string(),
        label: label.get(lang).to_owned(),
        detail: String::new(),
    };
    YES_NO.iter().zip([true, false]).enumerate().map(hit).collect()
}

/// The codes of a list that fit one of the queries (folded), the best first; a number means the place.
pub fn find_in_list(list: &str, queries: &[String], lang: Lang) -> Vec<Hit> {
    let all = of_list(list, lang);
    let Some(query) = queries.first().filter(|query| !query.is_empty()) else {
        return all;
    };
    if query.bytes().all(|b| b.is_ascii_digit()) {
        return by_place(all, query);
    }
    let texts = catalog::list(list)
        .map(|list| list.codes.as_slice())
        .unwrap_or_default();
    let mut found: Vec<(usize, Hit)> = Vec::new();
    for (hit, code) in all.into_iter().zip(texts) {
        // The code itself is known to few: what fits a label goes before what fits a code.
        let names = [
            (code.label.vi, 0),
            (code.short().vi, 0),
            (code.label.en, 0),
            (code.code, 3),
        ];
        let ranks = names.iter().flat_map(|(name, less)| {
            let name = fold(name);
            let fits = queries.iter().filter_map(move |query| fit(&name, query));
            fits.map(|rank| rank + less).collect::<Vec<usize>>()
        });
        let best = ranks.min();
        found.extend(best.map(|rank| (rank, hit)));
    }
    found.arrange_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, hit)| hit).collect()
}

/// What a plan's target can count, by name or code: the indicators, then the lines of the weekly summary.
pub fn find_indicators(queries: &[String], lang: Lang) -> Vec<Hit> {
    let own = indicators()
        .iter()
        .map(|one| (one.code.to_owned(), Message::from(one.label)));
    let lines = weekly::lines::lines().into_iter().map(|line| (line.code, line.label));
    let mut found: Vec<(usize, Hit)> = Vec::new();
    let all: Vec<(String, Message)> = own.chain(lines).collect();
    for (code, label) in all {
        let names = [fold(label.get(lang)), fold(&code)];
        let ranks = queries
            .iter()
            .flat_map(|query| names.iter().filter_map(|name| fit(name, query)));
        let best = if queries.iter().all(String::is_empty) {
            Some(0)
        } else {
            ranks.min()
        };
        // A line of the same code as an indicator gives way to it.
        if let (Some(rank), true) = (best, found.iter().all(|(_, hit)| hit.key != code)) {
            let hit = Hit {
                value: Value::Text(code.clone()),
                key: code,
                label: label.get(lang).to_owned(),
                detail: String::new(),
            };
            found.push((rank, hit));
        }
    }
    found.arrange_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, hit)| hit).collect()
}

/// Yes or no by letter or place.
pub fn find_flag(queries: &[String], lang: Lang) -> Vec<Hit> {
    let query = queries.first().map(String::as_str).unwrap_or_default();
    let mut all = of_flag(lang);
    all.retain(|hit| {
        let words: [&str; 2] = if hit.value == Value::Bool(true) {
            ["co", "yes"]
        } else {
            ["khong", "no"]
        };
        query.is_empty() || hit.key == query || words.iter().any(|word| word.starts_with(query))
    });
    all
}

fn by_place(all: Vec<Hit>, digits: &str) -> Vec<Hit> {
    let (mut found, longer): (Vec<Hit>, Vec<Hit>) = all
        .into_iter()
        .filter(|hit| hit.key.starts_with(digits))
        .partition(|hit| hit.key == digits);
    found.extend(longer);
    found
}

/// How well a folded name fits a folded query: begins with it, or has words that begin with its words. Less is better.
pub fn fit(name: &str, query: &str) -> Option<usize> {
    if name.starts_with(query) {
        return Some(0);
    }
    let mut names = words(name);
    if words(query).all(|part| names.any(|word| word.starts_with(part))) {
        return Some(1);
    }
    words(query)
        .all(|part| words(name).any(|word| word.starts_with(part)))
        .then_some(2)
}

/// What a number means in a list of so many.
pub fn place(digits: &str, count: usize) -> Place {
    match digits.parse::<usize>() {
        Ok(at) if at >= 1 && at <= count => {
            if at.saturating_mul(10) > count {
                Place::Sure(at)
            } else {
                Place::Maybe(at)
            }
        }
        _ => Place::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &str, query: &str) -> Vec<String> {
        let hits = find_in_list(list, &[query.to_owned()], Lang::Vi);
        hits.into_iter()
            .map(|hit| format!("{} {}", hit.key, hit.label))
            .collect()
    }

    #[test]
    fn a_number_means_the_place_and_only_a_clear_one_is_sure() {
        assert_eq!(place("4", 12), Place::Sure(4));
        assert_eq!(place("1", 12), Place::Maybe(1));
        assert_eq!(place("12", 12), Place::Sure(12));
        assert_eq!(place("13", 12), Place::None);
        assert_eq!(place("0", 12), Place::None);
        assert_eq!(
            found("htx_status", "1")[..2],
            ["1 Chuẩn bị thành lập", "10 Ngừng, chưa giải thể"]
        );
    }

    #[test]
    fn letters_find_any_word_without_its_marks_the_beginning_first() {
        assert_eq!(found("difficulty", "von")[0], "1 Thiếu vốn, khó vay");
        assert_eq!(found("htx_status", "tam")[0], "4 Tạm ngừng");
        assert_eq!(found("visit_purpose", "tham h")[0], "11 Thăm hỏi, động viên");
        assert!(found("visit_purpose", "khong co muc nay").is_empty());
    }
}
