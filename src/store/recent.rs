//! What was touched lately: so that what is derived from the store (the look-up list) is brought up to the last commit
//! by reading a few records, not all of them.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::index;
use super::txn::Touched;
use crate::domain::record::kind;

/// Touches kept; who is further behind reads everything anew.
const KEPT: usize = 4096;

/// The records touched by the last commits, in order.
#[derive(Debug, Default)]
pub struct Recent(Mutex<Touches>);

#[derive(Debug, Default)]
struct Touches {
    /// Everything after this commit is there; before the first one is noted, nothing is known.
    since: Option<u64>,
    touched: VecDeque<(u64, Touched)>,
}

impl Recent {
    /// Notes a commit: the keys of the records that it changed, and the sequences before and after it.
    pub(super) fn note<'k>(&self, keys: impl Iterator<Item = &'k [u8]>, before: u64, after: u64) {
        let mut touches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        touches.since.get_or_insert(before);
        touches
            .touched
            .extend(keys.filter_map(touched).map(|touched| (after, touched)));
        while touches.touched.len() > KEPT {
            if let Some((dropped, _)) = touches.touched.pop_front() {
                touches.since = Some(dropped);
            }
        }
    }

    /// What was touched after a commit; `None` where that is no longer known.
    pub(super) fn since(&self, version: u64) -> Option<Vec<Touched>> {
        let touches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = touches.since.is_some_and(|since| since <= version);
        let later = touches.touched.iter().filter(|(after, _)| *after > version);
        known.then(|| later.map(|(_, touched)| *touched).collect())
    }
}

/// The record of a key: its kind, a nought, its id.
fn touched(key: &[u8]) -> Option<Touched> {
    let name = key.split(|byte| *byte == 0).next()?;
    let kind = kind(std::str::from_utf8(name).ok()?)?;
    Some(Touched {
        kind: kind.key(),
        id: index::id_at_end(key)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::store::keys::record_key;

    fn id(moment: u64) -> Id {
        Id::at(moment, [7; 10])
    }

    #[test]
    fn who_was_there_is_told_what_came_after_and_who_came_too_late_nothing() {
        let recent = Recent::default();
        assert_eq!(recent.since(0), None);
        for moment in 1..=3 {
            let key = record_key("visit", id(moment));
            recent.note(std::iter::once(key.as_slice()), moment + 9, moment + 10);
        }
        let ids = |version| {
            recent
                .since(version)
                .map(|found| found.iter().map(|touched| touched.id).collect::<Vec<_>>())
        };
        assert_eq!(ids(11), Some(vec![id(2), id(3)]));
        assert_eq!(ids(13), Some(Vec::new()));
        assert_eq!(ids(10), Some(vec![id(1), id(2), id(3)]));
        assert_eq!(ids(9), None, "what came before the first commit seen is not known");
    }

    #[test]
    fn a_large_import_pushes_out_what_came_before() {
        let recent = Recent::default();
        let keys: Vec<Vec<u8>> = (0..KEPT as u64 + 10)
            .map(|moment| record_key("person", id(moment)))
            .collect();
        recent.note(keys.iter().map(Vec::as_slice), 4, 5);
        assert_eq!(recent.since(4), None);
        assert_eq!(recent.since(5), Some(Vec::new()));
    }
}
