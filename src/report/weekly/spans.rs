//! The columns of a summary and the days they cover: the period itself, the one before, the year so far, and, where a
//! week reaches across New Year, the whole of the year that closed in it.

use chrono::{Datelike, NaiveDate};

use crate::domain::period::Period;

/// A column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The period reported on.
    This,
    /// The period before it.
    Previous,
    /// From 1 January of the year in which the period ends, up to the period's end.
    Year,
    /// The year that closed inside the period, up to 31 December.
    ClosedYear,
}

impl Column {
    /// All of them, in the order in which figures are kept.
    pub const ALL: [Column; 4] = [Column::This, Column::Previous, Column::Year, Column::ClosedYear];
}

/// The first and the last day of each column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    days: [Option<(NaiveDate, NaiveDate)>; 4],
}

impl Spans {
    /// The columns of a report on a period.
    pub fn of(period: Period) -> Spans {
        let year = period.to.year();
        let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        let so_far = new_year(year).map(|first| (first, period.to));
        let closed = (period.from.year() < year).then(|| Some((new_year(year - 1)?, new_year(year)?.pred_opt()?)));
        Spans {
            days: [
                Some((period.from, period.to)),
                period.previous().map(|before| (before.from, before.to)),
                so_far,
                closed.flatten(),
            ],
        }
    }

    /// Whether there is such a column.
    pub fn has(&self, column: Column) -> bool {
        self.days[column as usize].is_some()
    }

    /// The first and the last day of a column.
    pub fn days(&self, column: Column) -> Option<(NaiveDate, NaiveDate)> {
        self.days[column as usize]
    }

    /// The columns in which something of that day counts.
    pub fn columns(&self, day: NaiveDate) -> impl Iterator<Item = Column> + use<> {
        let days = self.days;
        let covers = move |column: &Column| days[*column as usize].is_some_and(|(from, to)| from <= day && day <= to);
        Column::ALL.into_iter().filter(covers)
    }

    /// The first day of all columns: whatever happened before it is in none.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.days.iter().flatten().map(|(from, _)| *from).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(week: &str, day: &str) -> Vec<Column> {
        let spans = Spans::of(Period::parse(week).unwrap());
        spans.columns(day.parse().unwrap()).collect()
    }

    #[test]
    fn a_day_of_the_week_counts_in_the_week_and_in_the_year() {
        assert_eq!(columns("2026-W21", "2026-05-18"), [Column::This, Column::Year]);
        assert_eq!(columns("2026-W21", "2026-05-24"), [Column::This, Column::Year]);
        assert_eq!(columns("2026-W21", "2026-05-17"), [Column::Previous, Column::Year]);
        assert_eq!(columns("2026-W21", "2026-01-01"), [Column::Year]);
        assert_eq!(columns("2026-W21", "2026-05-25"), []);
        assert_eq!(columns("2026-W21", "2025-12-31"), []);
    }

    #[test]
    fn a_week_across_new_year_has_the_closed_year_beside_the_new_one() {
        // Week 53 of 2026 runs from 28 December to 3 January 2027.
        assert_eq!(columns("2026-W53", "2026-12-31"), [Column::This, Column::ClosedYear]);
        assert_eq!(columns("2026-W53", "2027-01-01"), [Column::This, Column::Year]);
        assert_eq!(
            columns("2026-W53", "2026-12-21"),
            [Column::Previous, Column::ClosedYear]
        );
        assert_eq!(columns("2026-W53", "2026-01-01"), [Column::ClosedYear]);
    }

    #[test]
    fn the_week_after_new_year_looks_back_into_the_old_year_for_last_week_alone() {
        // Week 2 of 2026 runs from 5 to 11 January; the week before it began on 29 December.
        assert_eq!(columns("2026-W02", "2025-12-29"), [Column::Previous]);
        assert_eq!(columns("2026-W02", "2026-01-01"), [Column::Previous, Column::Year]);
        assert!(!Spans::of(Period::parse("2026-W02").unwrap()).has(Column::ClosedYear));
    }
}
