//! Chance that can be repeated: the same seed, the same data. SplitMix64 (Steele, Lea, Flood 2014).

use chrono::{Days, NaiveDate};

use crate::arrange::Arrange;

/// A source of chance.
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low).unsigned_abs() + 1;
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, cases: i64) -> bool {
        self.between(1, 100) <= cases
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.between(0, from.len() as i64 - 1) as usize]
    }

    /// Some of several, each at most once, in their order.
    pub fn some<'a, T>(&mut self, from: &'a [T], count: usize) -> Vec<&'a T> {
        let mut places: Vec<usize> = (0..from.len()).collect();
        for place in (1..places.len()).rev() {
            places.swap(place, self.between(0, place as i64) as usize);
        }
        places.truncate(count);
        places.arrange();
        places.into_iter().map(|place| &from[place]).collect()
    }

    /// One of several, by weight.
    pub fn weighted<'a, T>(&mut self, from: &'a [T], weight: impl Fn(&T) -> u32) -> &'a T {
        let total: i64 = from.iter().map(|one| i64::from(weight(one))).sum();
        let mut left = self.between(1, total.max(1));
        for one in from {
            left -= i64::from(weight(one));
            if left <= 0 {
                return one;
            }
        }
        &from[from.len() - 1]
    }

    /// A day from one to another, both included.
    pub fn day(&mut self, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let days = self.between(0, (to - from).num_days().max(0));
        from.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(to)
    }

    /// Ten random bytes, for an id.
    pub fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_row_and_another_seed_another() {
        let row = |seed| {
            let mut chance = Chance::new(seed);
            (0..20).map(|_| chance.between(1, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
        assert!(row(3).iter().all(|number| (1..=1000).contains(number)));
    }

    #[test]
    fn some_of_several_are_each_there_once() {
        let all: Vec<i32> = (0..30).collect();
        let some = Chance::new(7).some(&all, 10);
        assert_eq!(some.len(), 10);
        assert!(some.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
