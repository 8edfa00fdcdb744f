//! What records without a name are called in lists and messages: their parts in the order in which an officer would say
//! them, "22/05/2026 · HTX Dược liệu An Khang".

use chrono::NaiveDate;

use super::catalog;
use crate::vietnamese::date::format_date;

/// The parts that are there, parted by a dot.
pub fn join(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    filled.join(" · ")
}

/// The day, then the other parts.
pub fn dated(on: Option<NaiveDate>, parts: &[&str]) -> String {
    let day = on.map(format_date).unwrap_or_default();
    join(&[&[day.as_str()], parts].concat())
}

/// The short Vietnamese label of a code; the code itself where the list does not have it.
pub fn label<'a>(list: &str, code: Option<&'a str>) -> &'a str {
    let found = catalog::list(list).zip(code).and_then(|(list, code)| list.get(code));
    found.map_or(code.unwrap_or_default(), |code| code.short().vi)
}

/// A label inside a sentence: its first letter small, unless it begins with an abbreviation ("HTX, THT" stays).
pub fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_a_sentence_begins_small_but_for_abbreviations() {
        assert_eq!(in_sentence("Đơn vị"), "đơn vị");
        assert_eq!(in_sentence("HTX, THT"), "HTX, THT");
        assert_eq!(in_sentence(""), "");
    }

    #[test]
    fn a_title_leaves_out_what_is_not_there() {
        assert_eq!(dated(None, &["", "Tổ May"]), "Tổ May");
        assert_eq!(dated("2026-05-22".parse().ok(), &["Tổ May"]), "22/05/2026 · Tổ May");
    }
}
