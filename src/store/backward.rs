//! A range of the ordered map read from its highest key down, by reading pieces of it forward.
//!
//! For a map that goes forward well and backward badly. sled's own backward iterator reads no better than this and puts
//! a constant of one megabyte into the binary, an eighth of what the program may weigh.
//!
//! Keys are taken as numbers, made of the sixteen bytes behind what both ends of the range share. A short range is read
//! at once. In a long one the highest keys are looked for by halving what is left of it, each step one look at a first
//! key; the width at which a page was found is tried first for the next page, so reading on costs little.

use std::ops::Bound;

use super::fault::StoreError;
use super::map::{Entries, Entry, is_empty_range};

/// Entries a page holds at most, unless more keys than that are alike in all sixteen bytes.
const PAGE: usize = 64;
/// Halvings before the rest is tried as a page again.
const HALVINGS: usize = 8;
/// Bytes of a key that make its number.
const DIGITS: usize = 16;

/// The entries between two keys, from the highest down.
pub(super) struct Backward<F> {
    forward: F,
    low: Bound<Vec<u8>>,
    high: Bound<Vec<u8>>,
    /// What all keys of the range begin with; the number follows it.
    shared: Vec<u8>,
    /// How wide the last page was.
    width: u128,
    /// Entries read and not yet given, the next one last.
    page: Vec<Entry>,
    ended: bool,
}

impl<'a, F> Backward<F>
where
    F: Fn(Bound<&[u8]>, Bound<&[u8]>) -> Entries<'a>,
{
    /// Reads between `low` and `high`; `forward` reads any part of it from its lowest key up.
    pub(super) fn new(low: Bound<&[u8]>, high: Bound<&[u8]>, forward: F) -> Backward<F> {
        Backward {
            forward,
            shared: shared(low, high),
            low: low.map(<[u8]>::to_vec),
            high: high.map(<[u8]>::to_vec),
            width: u128::MAX,
            page: Vec::new(),
            ended: false,
        }
    }

    /// Reads the next page: the highest entries that are left.
    fn fill(&mut self) -> Result<(), StoreError> {
        let bottom = self.bottom();
        loop {
            let mut from = self.top().saturating_sub(self.width).max(bottom);
            let mut page = self.read(from, PAGE + 1)?;
            while page.len() > PAGE && from < self.top() {
                from = self.narrow(self.number(&page[PAGE].0))?;
                page = self.read(from, PAGE + 1)?;
            }
            if page.len() > PAGE {
                page = self.read(from, usize::MAX)?;
            }
            self.width = (self.top() - from)
                .max(1)
                .saturating_mul(if page.is_empty() { 16 } else { 2 });
            self.high = Bound::Excluded(self.key(from));
            self.ended = from == bottom;
            if self.ended || !page.is_empty() {
                self.page = page;
                return Ok(());
            }
        }
    }

    /// Looks for a number nearer to the highest entry than `held`, with entries at or above it; what turns out to be
    /// empty is cut off the range.
    fn narrow(&mut self, mut held: u128) -> Result<u128, StoreError> {
        for _ in 0..HALVINGS {
            let left = self.top() - held;
            if left == 0 {
                break;
            }
            let middle = held + left.div_ceil(2);
            match self.read(middle, 1)?.first() {
                Some((first, _)) => held = self.number(first),
                None => self.high = Bound::Excluded(self.key(middle)),
            }
        }
        Ok(held)
    }

    /// The first entries from a number up.
    fn read(&self, from: u128, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let key = self.key(from);
        let high = self.high.as_ref().map(Vec::as_slice);
        let low = if from == self.bottom() {
            self.low.as_ref().map(Vec::as_slice)
        } else {
            Bound::Included(&key[..])
        };
        if is_empty_range(low, high) {
            return Ok(Vec::new());
        }
        (self.forward)(low, high).take(limit).collect()
    }

    /// The lowest number a key of the range can have.
    fn bottom(&self) -> u128 {
        match &self.low {
            Bound::Unbounded => 0,
            Bound::Included(key) | Bound::Excluded(key) => self.number(key),
        }
    }

    /// The highest number a key of what is left can have, no lower than the lowest.
    fn top(&self) -> u128 {
        let top = match &self.high {
            Bound::Unbounded => u128::MAX,
            Bound::Included(key) => self.number(key),
            Bound::Excluded(key) => {
                let number = self.number(key);
                if self.key(number) == *key {
                    number.saturating_sub(1)
                } else {
                    number
                }
            }
        };
        top.max(self.bottom())
    }

    /// The number of a key: the bytes behind the shared ones, filled up with zeros.
    fn number(&self, key: &[u8]) -> u128 {
        let mut digits = [0; DIGITS];
        let behind = key.get(self.shared.len()..).unwrap_or_default();
        let length = behind.len().min(DIGITS);
        digits[..length].copy_from_slice(&behind[..length]);
        u128::from_be_bytes(digits)
    }

    /// The lowest key with a number.
    fn key(&self, number: u128) -> Vec<u8> {
        let digits = number.to_be_bytes();
        let length = digits.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        [&self.shared, &digits[..length]].concat()
    }
}

/// What all keys between two bounds begin with.
fn shared(low: Bound<&[u8]>, high: Bound<&[u8]>) -> Vec<u8> {
    let (Bound::Included(low) | Bound::Excluded(low)) = low else {
        return Vec::new();
    };
    let (Bound::Included(high) | Bound::Excluded(high)) = high else {
        return Vec::new();
    };
    let length = low.iter().zip(high).take_while(|(low, high)| low == high).count();
    low[..length].to_vec()
}

impl<'a, F> Iterator for Backward<F>
where
    F: Fn(Bound<&[u8]>, Bound<&[u8]>) -> Entries<'a>,
{
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.page.is_empty() && !self.ended {
            if let Err(error) = self.fill() {
                self.ended = true;
                return Some(Err(error));
            }
        }
        self.page.pop().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::store::map::{Batch, Order, OrderedMap, Tree};
    use crate::store::memory::MemoryMap;

    fn map(keys: &BTreeSet<Vec<u8>>) -> MemoryMap {
        let map = MemoryMap::new();
        let mut batch = Batch::new();
        for key in keys {
            batch.put(Tree::Index, key.clone(), "");
        }
        map.apply(&batch).expect("keys are small");
        map
    }

    fn backward(map: &MemoryMap, low: Bound<&[u8]>, high: Bound<&[u8]>) -> Vec<Vec<u8>> {
        let forward = |low: Bound<&[u8]>, high: Bound<&[u8]>| map.range(Tree::Index, low, high, Order::Forward);
        Backward::new(low, high, forward)
            .map(|entry| entry.unwrap().0)
            .collect()
    }

    /// Days in twenty years, each with some ids behind it; many begin alike.
    fn dated(days: &[(u16, u8)]) -> BTreeSet<Vec<u8>> {
        let key = |day: u16, n: u8| [b"visit\0".as_slice(), &[0x80, 0, 0], &day.to_be_bytes(), &[7; 12], &[n]].concat();
        days.iter()
            .flat_map(|(day, many)| (0..*many).map(move |n| key(*day, n)))
            .collect()
    }

    #[test]
    fn a_long_range_comes_whole_and_in_order() {
        let days: Vec<(u16, u8)> = (0..3000)
            .map(|day| (day * 7, (day % 5) as u8))
            .chain([(21_003, 250)])
            .collect();
        let keys = dated(&days);
        let expected: Vec<Vec<u8>> = keys.iter().rev().cloned().collect();
        let map = map(&keys);
        assert_eq!(backward(&map, Bound::Unbounded, Bound::Unbounded), expected);
        assert_eq!(
            backward(&map, Bound::Included(b"visit"), Bound::Excluded(b"visit\x01")),
            expected
        );
    }

    #[test]
    fn the_highest_entry_of_a_long_range_is_found_by_few_reads() {
        let map = map(&dated(&(0..20_000).map(|day| (day, 3)).collect::<Vec<_>>()));
        let read = std::cell::Cell::new(0);
        let forward = |low: Bound<&[u8]>, high: Bound<&[u8]>| -> Entries<'_> {
            Box::new(
                map.range(Tree::Index, low, high, Order::Forward)
                    .inspect(|_| read.set(read.get() + 1)),
            )
        };
        let highest = Backward::new(Bound::Included(b"visit\0"), Bound::Excluded(b"visit\x01"), forward).next();
        assert!(highest.is_some_and(|entry| entry.unwrap().0[9..11] == 19_999u16.to_be_bytes()));
        assert!(read.get() < 600, "{} entries read", read.get());
    }

    proptest! {
        #[test]
        fn any_range_agrees_with_a_sorted_set(
            keys in prop::collection::btree_set(prop::collection::vec(prop::sample::select(vec![0u8, 1, 7, 255]), 0..22), 0..300),
            low in prop::option::of(prop::collection::vec(prop::sample::select(vec![0u8, 1, 7, 255]), 0..20)),
            high in prop::option::of(prop::collection::vec(prop::sample::select(vec![0u8, 1, 7, 255]), 0..20)),
            low_counts in any::<bool>(),
            high_counts in any::<bool>(),
        ) {
            let bound = |key: &'_ Option<Vec<u8>>, counts: bool| match key {
                None => Bound::Unbounded,
                Some(key) if counts => Bound::Included(key.clone()),
                Some(key) => Bound::Excluded(key.clone()),
            };
            let (low, high) = (bound(&low, low_counts), bound(&high, high_counts));
            let (low, high) = (low.as_ref().map(Vec::as_slice), high.as_ref().map(Vec::as_slice));
            let expected: Vec<Vec<u8>> = if is_empty_range(low, high) {
                Vec::new()
            } else {
                keys.range::<[u8], _>((low, high)).rev().cloned().collect()
            };
            prop_assert_eq!(backward(&map(&keys), low, high), expected);
        }
    }
}
