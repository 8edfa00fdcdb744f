//! What the list adds up to, alive below it.

use super::row::{First, Mark, Row};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::ui::grid::history::Touched;

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
        rows.iter().for_each(|row| totals.count(row, add));
        totals.order();
        totals
    }

    /// Follows a step, by the rows that it touched alone.
    pub fn follow<'r>(&mut self, touched: impl Iterator<Item = Touched<'r, Row>>) {
        for row in touched {
            // What comes before what goes: no count is ever below nought.
            row.is.into_iter().for_each(|row| self.count(row, add));
            row.was.into_iter().for_each(|row| self.count(row, take_off));
        }
        self.kinds.retain(|(_, count)| *count > 0);
        self.order();
    }

    fn order(&mut self) {
        let place = |kind: &str| catalog::list("attendee_kind").and_then(|list| list.index(kind));
        self.kinds
            .arrange_by_key(|(kind, count)| (std::cmp::Reverse(*count), place(kind)));
    }

    fn count(&mut self, row: &Row, step: fn(&mut usize)) {
        if !row.is_kept() {
            return;
        }
        step(&mut self.listed);
        match row.marks.whole() {
            Mark::Open => step(&mut self.open),
            Mark::Absent => step(&mut self.absent),
            Mark::Present => self.count_present(row, step),
        }
    }

    fn count_present(&mut self, row: &Row, step: fn(&mut usize)) {
        step(&mut self.present);
        match row.who.gender {
            Some("NU") => step(&mut self.women),
            None => step(&mut self.sex_unknown),
            Some(_) => {}
        }
        if row.who.first == First::Time {
            step(&mut self.first_managers);
        }
        if row.certificate.is_some() {
            step(&mut self.certificates);
        }
        for (day, count) in self.days.iter_mut().enumerate() {
            if row.marks.get(day) == Mark::Present {
                step(count);
            }
        }
        let kind = row.kind.unwrap_or_default();
        let here = self.kinds.iter().position(|(known, _)| *known == kind);
        let here = here.unwrap_or_else(|| {
            self.kinds.push((kind, 0));
            self.kinds.len() - 1
        });
        step(&mut self.kinds[here].1);
    }
}

fn add(count: &mut usize) {
    *count += 1;
}

fn take_off(count: &mut usize) {
    *count -= 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::grid::attendance::row::Who;
    use crate::ui::grid::history::Rows;
    use crate::ui::grid::sheet::Standing;

    #[test]
    fn followed_step_by_step_they_are_what_counting_anew_gives() {
        let mut chance = 3_u64;
        let mut below = move |limit: usize| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (chance >> 33) as usize % limit
        };
        let mut rows = Rows::new(Vec::new());
        let mut totals = Totals::of(rows.all(), 2);
        for step in 0..600 {
            let (at, count) = (below(40), below(4));
            let is_done = match below(8) {
                0 => rows.undo(),
                1 => rows.redo(),
                2 => {
                    let mut row = Row::new(Who::name_alone("Vũ Thị Lụa", [Some("NU"), Some("NAM"), None][below(3)]));
                    row.kind = [None, Some("QL_HTX"), Some("LD_HTX")][below(3)];
                    rows.extend(vec![row; count])
                }
                3 => rows.change_at(&[at], |row| {
                    row.standing = match row.standing {
                        Standing::Kept => Standing::Dropped,
                        Standing::Dropped => Standing::Kept,
                    }
                }),
                4 => rows.change_at(&[at], |row| row.certificate = Some("GIAY_CHUNG_NHAN")),
                _ => rows.change_at(&[at, at + 1, at], |row| {
                    row.marks
                        .set(count % 2, [Mark::Present, Mark::Absent, Mark::Open][count % 3]);
                }),
            };
            if is_done.is_some() {
                totals.follow(rows.touched());
            }
            let anew = Totals::of(rows.all(), 2);
            assert_eq!(totals, anew, "after step {step}");
        }
        assert!(totals.listed > 10 && totals.present > 3, "{totals:?}");
    }
}
