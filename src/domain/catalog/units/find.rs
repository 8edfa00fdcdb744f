//! Finding a unit by its name as an officer types it: without tone marks, in either placement of them, a few letters of
//! each word; or by its official code.

use chrono::NaiveDate;

use super::{Unit, Units};
use crate::arrange::Arrange;
use crate::vietnamese::fold::{fold, words};

impl Units {
    /// The units below `within` on a day whose name fits `typed`, best first: the name itself, its beginning, its words'
    /// beginnings in that order; then by code. All of them when nothing is typed.
    pub fn find(&self, within: &str, typed: &str, on: NaiveDate) -> Vec<Unit<'_>> {
        let typed = fold(typed);
        let mut found: Vec<(Fit, Unit<'_>)> = self
            .descendants(within, on)
            .into_iter()
            .filter_map(|unit| Some((fit(&unit, &typed)?, unit)))
            .collect();
        found.arrange_by_key(|(fit, _)| *fit);
        found.into_iter().map(|(_, unit)| unit).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Words,
}

fn fit(unit: &Unit<'_>, typed: &str) -> Option<Fit> {
    let (bare, full) = (fold(unit.bare_name()), fold(unit.name));
    if typed == bare || typed == full || typed == unit.code {
        Some(Fit::Whole)
    } else if bare.starts_with(typed) || full.starts_with(typed) || unit.code.starts_with(typed) {
        Some(Fit::Beginning)
    } else {
        words_begin(&full, typed).then_some(Fit::Words)
    }
}

/// Whether every word typed begins a word of the name, in the name's order: `x quynh ph` fits `xa quynh phu`.
fn words_begin(name: &str, typed: &str) -> bool {
    let mut names = words(name);
    words(typed).all(|part| names.any(|word| word.starts_with(part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::units::{CENTRE, units};

    fn found(within: &str, typed: &str) -> Vec<&'static str> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        units()
            .find(within, typed, day)
            .into_iter()
            .map(|unit| unit.name)
            .collect()
    }

    #[test]
    fn a_name_is_found_without_its_marks_and_by_parts_of_its_words() {
        assert_eq!(found("P33-B", "quynh phu"), ["Xã Quỳnh Phụ"]);
        assert_eq!(found("P33-B", "q phu"), ["Xã Quỳnh Phụ"]);
        assert_eq!(found("P33-B", "xã quỳnh phụ"), ["Xã Quỳnh Phụ"]);
        assert!(found("P33-B", "khong co xa nay").is_empty());
    }

    #[test]
    fn the_name_itself_stands_before_longer_ones() {
        let names = found("P48-B", "hoi an");
        assert_eq!(names[0], "Phường Hội An", "though its code is behind {names:?}");
        assert!(names.contains(&"Phường Hội An Tây"));
        assert_eq!(found(CENTRE, "dong nai")[0], "Thành phố Đồng Nai");
    }

    #[test]
    fn a_code_finds_its_unit_of_that_day() {
        assert_eq!(found(CENTRE, "91")[0], "Tỉnh An Giang");
    }

    #[test]
    fn nothing_typed_lists_everything_below() {
        assert_eq!(found("P33-B", "").len(), 104);
    }
}
