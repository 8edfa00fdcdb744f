//! Numbers of rows as an officer types them (`4 11 25`, `4-9`, `3,7`), and numbers that run on by series (`012/2026`).

use crate::domain::text::Message;
use std::ops::RangeInclusive;

/// What a line of typing says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing yet.
    Empty,
    /// Numbers of rows, counted from 1, in order and each once.
    Numbers(Vec<usize>),
    /// Something else: a name, a code, a telephone number.
    Words,
}

/// Digits from which on a number is a telephone number and no row.
const PHONE: usize = 7;

/// Reads a line of typing. A list of numbers in which one is not on the sheet is told.
///
/// # Errors
/// What is wrong with the numbers, for the officer.
pub fn read(line: &str, rows: usize) -> Result<Line, Message> {
    let parts: Vec<&str> = line
        .split([' ', ',', ';', '.'])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return Ok(Line::Empty);
    }
    let mut numbers = std::collections::BTreeSet::new();
    for part in parts {
        let Some(range) = range(part) else {
            return Ok(Line::Words);
        };
        let wrong = [*range.start(), *range.end()]
            .into_iter()
            .find(|at| !(1..=rows).contains(at));
        if let Some(at) = wrong {
            return Err(Message::new(
                format!("Không có số {at}: danh sách có {rows} dòng. Sửa lại số."),
                format!("There is no number {at}: the list has {rows} rows. Correct the number."),
            ));
        }
        numbers.extend(range);
    }
    Ok(Line::Numbers(numbers.into_iter().collect()))
}

/// `4` or `4-9`; one that is still being typed (`4-`) counts as far as it goes.
fn range(part: &str) -> Option<RangeInclusive<usize>> {
    let number = |text: &str| -> Option<usize> {
        (text.len() < PHONE && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    match part.split_once('-') {
        None => number(part).map(|at| at..=at),
        Some((from, "")) => number(from).map(|at| at..=at),
        Some((from, to)) => {
            let (from, to) = (number(from)?, number(to)?);
            Some(from.min(to)..=from.max(to))
        }
    }
}

/// The number that follows in a series: the last run of digits that is no year counts on, as wide as it was.
/// `None` where there are no digits.
///
/// ```
/// # use sohoi::ui::grid::numbers::following;
/// assert_eq!(following("009/2026").as_deref(), Some("010/2026"));
/// assert_eq!(following("A12").as_deref(), Some("A13"));
/// ```
pub fn following(number: &str) -> Option<String> {
    let bytes = number.as_bytes();
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    let is_year = |run: &&std::ops::Range<usize>| matches!(&number[run.start..run.end], text if text.len() == 4 && (text.starts_with("19") || text.starts_with("20")));
    let run = runs.iter().rev().find(|run| !is_year(run)).or(runs.last())?;
    let (before, digits, after) = (&number[..run.start], &number[run.clone()], &number[run.end..]);
    let next = digits.parse::<u64>().ok()?.checked_add(1)?;
    let width = digits.len();
    Some(format!("{before}{next:0width$}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_numbers_or_words() {
        let line = |text: &str| read(text, 30);
        assert_eq!(line("  "), Ok(Line::Empty));
        assert_eq!(line("4 11 25"), Ok(Line::Numbers(vec![4, 11, 25])));
        assert_eq!(line("25,4, 4 6-8"), Ok(Line::Numbers(vec![4, 6, 7, 8, 25])));
        assert_eq!(line("8-6"), Ok(Line::Numbers(vec![6, 7, 8])));
        assert_eq!(line("6-"), Ok(Line::Numbers(vec![6])));
        for words in ["Hạnh", "N0112", "0912345678", "4 Hạnh", "-", "12-an"] {
            assert_eq!(line(words), Ok(Line::Words), "{words}");
        }
    }

    #[test]
    fn a_number_that_is_not_on_the_list_is_told() {
        for wrong in ["31", "0", "4 99", "29-31"] {
            assert!(read(wrong, 30).is_err(), "{wrong}");
        }
        assert!(read("1", 0).is_err());
    }

    #[test]
    fn a_series_counts_on_where_the_number_runs() {
        for (number, next) in [
            ("012/2026", "013/2026"),
            ("2026/099", "2026/100"),
            ("GCN-2026-9", "GCN-2026-10"),
            ("7", "8"),
            ("2026", "2027"),
            ("12", "13"),
        ] {
            assert_eq!(following(number).as_deref(), Some(next));
        }
        assert_eq!(following("abc"), None);
        assert_eq!(following("số 18446744073709551615"), None);
    }
}
