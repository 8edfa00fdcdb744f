//! The programmes that an activity belongs to unless the officer says otherwise: they follow from what the activity is
//! and from its day, for programmes begin and end (Đề án 939 to 31/12/2025, Đề án 2415 from 01/01/2026).

use chrono::NaiveDate;

use super::catalog;
use super::record::Record;

/// What an activity is about, where programmes are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Cooperatives and groups: Đề án 01.
    Cooperatives,
    /// Women's start-ups: Đề án 939, then Đề án 2415.
    StartUps,
}

impl Line {
    fn programmes(self) -> &'static [&'static str] {
        match self {
            Line::Cooperatives => &["DA01"],
            Line::StartUps => &["DA939", "DA2415"],
        }
    }
}

/// The programmes of a line that were in force on a day; none before the first and after the last.
pub fn in_force(line: Line, on: NaiveDate) -> Vec<String> {
    let list = catalog::list("programme");
    let bound = |code: &str, end: &str| -> Option<NaiveDate> { list?.get(code)?.text(end)?.parse().ok() };
    let runs = |code: &&&str| {
        bound(code, "valid_from").is_none_or(|from| from <= on) && bound(code, "valid_to").is_none_or(|to| on <= to)
    };
    let running = line.programmes().iter().filter(runs);
    running.map(|code| (*code).to_string()).collect()
}

/// Fills in the programmes of a new activity that names none, and lets them follow when an edit changes what they were
/// derived from. What an officer chose, or emptied, stays.
pub fn follow<R: Record>(record: &mut R, before: Option<&R>, derive: impl Fn(&R) -> Vec<String>) {
    let given = &record.common().programmes;
    let follows = match before {
        None => given.is_empty(),
        Some(before) => *given == before.common().programmes && *given == derive(before),
    };
    if follows {
        record.common_mut().programmes = derive(record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn start_up_work_moves_from_one_programme_to_the_next_at_new_year_2026() {
        assert_eq!(in_force(Line::StartUps, day("2025-12-31")), ["DA939"]);
        assert_eq!(in_force(Line::StartUps, day("2026-01-01")), ["DA2415"]);
        assert_eq!(in_force(Line::Cooperatives, day("2026-05-22")), ["DA01"]);
        assert!(in_force(Line::Cooperatives, day("2022-05-22")).is_empty());
        assert!(in_force(Line::Cooperatives, day("2031-01-01")).is_empty());
    }
}
