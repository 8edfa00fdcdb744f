//! Rows that remember what they were: every change is one step back and forth.
//!
//! Rows are only ever added at the end and never change places (one that goes is marked as gone), so that a number on
//! the officer's sheet of paper stays that number. Thus a step is the rows it changed and how many there were.

use crate::arrange::Arrange;

/// Steps kept; those before them can no longer be taken back.
const MOST: usize = 200;

/// Rows with their history.
#[derive(Clone, Debug)]
pub struct Rows<R> {
    rows: Vec<R>,
    done: Vec<Step<R>>,
    undone: Vec<Step<R>>,
    steps: u64,
    /// Which way the last step went.
    way: Way,
}

/// Which way a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forth,
    Back,
}

/// One row that a step touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched<'a, R> {
    /// Its place.
    pub at: usize,
    /// What it was; none where there was none.
    pub was: Option<&'a R>,
    /// What it is; none where there is none any more.
    pub is: Option<&'a R>,
}

/// What brings the rows to another state: these rows put back, all from `len` on taken off, `tail` put behind.
#[derive(Clone, Debug)]
struct Step<R> {
    rows: Vec<(usize, R)>,
    len: usize,
    tail: Vec<R>,
}

impl<R: Clone + PartialEq> Rows<R> {
    /// Rows without a history.
    pub fn new(rows: Vec<R>) -> Rows<R> {
        Rows {
            rows,
            done: Vec::new(),
            undone: Vec::new(),
            steps: 0,
            way: Way::Forth,
        }
    }

    /// What the last step did, whichever way it went, each row once.
    pub fn touched(&self) -> impl Iterator<Item = Touched<'_, R>> {
        let step = match self.way {
            Way::Forth => self.done.last(),
            Way::Back => self.undone.last(),
        };
        let rows = step.into_iter().flat_map(|step| {
            let changed = step.rows.iter().map(|(at, was)| (*at, Some(was)));
            let last = self.rows.len().max(step.len + step.tail.len());
            changed.chain((step.len..last).map(|at| (at, step.tail.get(at - step.len))))
        });
        rows.map(|(at, was)| Touched {
            at,
            was,
            is: self.rows.get(at),
        })
    }

    /// Steps made so far, back and forth: whether anything happened since is told by comparing it.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The rows.
    pub fn all(&self) -> &[R] {
        &self.rows
    }

    /// Changes rows as one step; `changing` must not take rows out. Gives the first row that is not what it was.
    pub fn change(&mut self, changing: impl FnOnce(&mut Vec<R>)) -> Option<usize> {
        let before = self.rows.clone();
        changing(&mut self.rows);
        debug_assert!(
            self.rows.len() >= before.len(),
            "rows are marked as gone, not taken out"
        );
        let len = before.len();
        let was: Vec<(usize, R)> = before
            .into_iter()
            .zip(&self.rows)
            .enumerate()
            .filter(|(_, (was, is))| was != *is)
            .map(|(at, (was, _))| (at, was))
            .collect();
        if was.is_empty() && self.rows.len() == len {
            return None;
        }
        let first = was.first().map_or(len, |(at, _)| *at);
        self.note(Step {
            rows: was,
            len,
            tail: Vec::new(),
        });
        Some(first)
    }

    /// Changes the rows of some places as one step, each once, without a look at the others. Gives the first that is not
    /// what it was.
    pub fn change_at(&mut self, places: &[usize], mut changing: impl FnMut(&mut R)) -> Option<usize> {
        let mut places = places.to_vec();
        places.arrange();
        places.dedup();
        let mut was: Vec<(usize, R)> = Vec::with_capacity(places.len());
        for at in places {
            let Some(row) = self.rows.get_mut(at) else { continue };
            let before = row.clone();
            changing(row);
            if *row != before {
                was.push((at, before));
            }
        }
        let first = was.first()?.0;
        let len = self.rows.len();
        self.note(Step {
            rows: was,
            len,
            tail: Vec::new(),
        });
        Some(first)
    }

    /// Puts rows behind the last as one step; gives the place of the first.
    pub fn extend(&mut self, new: Vec<R>) -> Option<usize> {
        let len = self.rows.len();
        if new.is_empty() {
            return None;
        }
        self.rows.extend(new);
        self.note(Step {
            rows: Vec::new(),
            len,
            tail: Vec::new(),
        });
        Some(len)
    }

    fn note(&mut self, step: Step<R>) {
        self.done.push(step);
        if self.done.len() > MOST {
            self.done.remove(0);
        }
        self.undone.clear();
        self.way = Way::Forth;
        self.steps += 1;
    }

    /// Takes the last step back; gives the first row it touched.
    pub fn undo(&mut self) -> Option<usize> {
        let step = self.done.pop()?;
        let (first, back) = self.take(step);
        self.undone.push(back);
        self.way = Way::Back;
        Some(first)
    }

    /// Takes the last step that was taken back again; gives the first row it touched.
    pub fn redo(&mut self) -> Option<usize> {
        let step = self.undone.pop()?;
        let (first, back) = self.take(step);
        self.done.push(back);
        self.way = Way::Forth;
        Some(first)
    }

    fn take(&mut self, step: Step<R>) -> (usize, Step<R>) {
        self.steps += 1;
        let first = step.rows.iter().map(|(at, _)| *at).min().unwrap_or(step.len);
        let mut back = Step {
            rows: Vec::with_capacity(step.rows.len()),
            len: step.len,
            tail: self.rows.split_off(step.len.min(self.rows.len())),
        };
        for (at, row) in step.rows {
            if let Some(here) = self.rows.get_mut(at) {
                back.rows.push((at, std::mem::replace(here, row)));
            }
        }
        self.rows.extend(step.tail);
        let last = self.rows.len().saturating_sub(1);
        (first.min(last), back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_back_and_forth_whether_rows_changed_or_came() {
        let mut rows = Rows::new(vec![1, 2, 3]);
        assert_eq!(rows.change(|rows| rows[1] = 20), Some(1));
        assert_eq!(rows.extend(vec![4, 5]), Some(3));
        assert_eq!(
            rows.change(|rows| {
                rows[0] = 10;
                rows.push(6);
            }),
            Some(0)
        );
        let states = [
            vec![1, 2, 3],
            vec![1, 20, 3],
            vec![1, 20, 3, 4, 5],
            vec![10, 20, 3, 4, 5, 6],
        ];
        for state in states.iter().rev().skip(1) {
            assert!(rows.undo().is_some());
            assert_eq!(rows.all(), state);
        }
        assert_eq!(rows.undo(), None);
        for state in &states[1..] {
            assert!(rows.redo().is_some());
            assert_eq!(rows.all(), state);
        }
        assert_eq!(rows.redo(), None);
    }

    #[test]
    fn a_step_over_some_places_changes_each_once_and_goes_back_and_forth() {
        let mut rows = Rows::new(vec![1, 2, 3]);
        assert_eq!(rows.change_at(&[2, 0, 2, 9], |row| *row *= 10), Some(0));
        assert_eq!(rows.all(), [10, 2, 30]);
        assert_eq!(rows.undo(), Some(0));
        assert_eq!(rows.all(), [1, 2, 3]);
        assert_eq!(rows.redo(), Some(0));
        assert_eq!(rows.all(), [10, 2, 30]);
        assert_eq!(rows.change_at(&[1], |_| ()), None);
    }

    #[test]
    fn a_step_tells_what_each_row_was_and_is_whichever_way_it_went() {
        let mut rows = Rows::new(vec![1, 2]);
        let told = |rows: &Rows<i32>| -> Vec<_> {
            let touched = rows.touched();
            touched.map(|row| (row.at, row.was.copied(), row.is.copied())).collect()
        };
        assert_eq!(told(&rows), []);
        rows.change(|rows| {
            rows[1] = 20;
            rows.push(3);
        });
        let forth = [(1, Some(2), Some(20)), (2, None, Some(3))];
        assert_eq!(told(&rows), forth);
        rows.undo();
        assert_eq!(told(&rows), [(1, Some(20), Some(2)), (2, Some(3), None)]);
        rows.redo();
        assert_eq!(told(&rows), forth);
        rows.extend(vec![4]);
        assert_eq!(told(&rows), [(3, None, Some(4))]);
        rows.change_at(&[0, 0], |row| *row = 10);
        assert_eq!(told(&rows), [(0, Some(1), Some(10))]);
    }

    #[test]
    fn what_changes_nothing_is_no_step_and_a_new_step_forgets_what_was_undone() {
        let mut rows = Rows::new(vec![1]);
        assert_eq!(rows.change(|rows| rows[0] = 1), None);
        assert_eq!(rows.extend(Vec::new()), None);
        rows.change(|rows| rows[0] = 2);
        rows.undo();
        rows.change(|rows| rows[0] = 3);
        assert_eq!(rows.redo(), None);
        assert_eq!(rows.all(), [3]);
    }
}
