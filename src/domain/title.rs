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
