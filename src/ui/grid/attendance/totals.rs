//! What the list adds up to, alive below it.

use super::row::{First, Mark, Row};
use crate::arrange::Arrange;

/// The totals of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// On the list.
    pub listed: usize,
    /// There on any day.
    pub present: usize,
    /// Called and on no day there.
    pub absent: usize,
    /// Not called yet.
    pub open: usize,
    /// Women among those present.
    pub women: usize,
    /// Those present whose sex is not known.
    pub sex_unknown: usize,
    /// Women managers among those present whose first training this is.
    pub first_managers: usize,
    /// Those present, by kind of attendee, the most first; empty text for unknown.
    pub kinds: Vec<(&'static str, usize)>,
    /// Those present, day by day.
    pub days: Vec<usize>,
    /// Certificates among those present.
    pub certificates: usize,
}

impl Totals {
    /// Of these rows.
    pub fn of(rows: &[Row], days: usize) -> Totals {
        let mut totals = Totals {
            days: vec![0; days],
            ..Totals::default()
        };
        for row in rows.iter().filter(|row| row.is_kept()) {
            totals.listed += 1;
            match row.marks.whole() {
                Mark::Open => totals.open += 1,
                Mark::Absent => totals.absent += 1,
                Mark::Present => totals.count_present(row),
            }
        }
        totals.kinds.arrange_by_key(|(_, count)| std::cmp::Reverse(*count));
        totals
    }

    fn count_present(&mut self, row: &Row) {
        self.present += 1;
        match row.who.gender {
            Some("NU") => self.women += 1,
            None => self.sex_unknown += 1,
            Some(_) => {}
        }
        self.first_managers += usize::from(row.who.first == First::Time);
        self.certificates += usize::from(row.certificate.is_some());
        for (day, count) in self.days.iter_mut().enumerate() {
            *count += usize::from(row.marks.get(day) == Mark::Present);
        }
        let kind = row.kind.unwrap_or_default();
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind, 1)),
        }
    }
}
