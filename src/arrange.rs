//! Sorting, compiled once.
//!
//! The standard library's stable sort is compiled anew for every kind of element and every way to compare, four
//! kilobytes each time; in seventy places that came to a twenty-fifth of the whole program. Here the places of the
//! elements are sorted, always by the same code, and the elements then put there. Every list of this program that is
//! sorted is sorted this way; a list of millions would be sorted by the standard library.

use std::cmp::Ordering;

/// Sorting for slices, as the standard library's `sort`, `sort_by` and `sort_by_key`: what is equal keeps its order.
pub trait Arrange {
    /// What the slice holds.
    type Element;

    /// Sorts by a comparison.
    fn arrange_by(&mut self, compare: impl FnMut(&Self::Element, &Self::Element) -> Ordering);

    /// Sorts by what is derived from each element.
    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&Self::Element) -> K) {
        self.arrange_by(|one, other| key(one).cmp(&key(other)));
    }

    /// Sorts by the elements' own order.
    fn arrange(&mut self)
    where
        Self::Element: Ord,
    {
        self.arrange_by(Ord::cmp);
    }
}

impl<T> Arrange for [T] {
    type Element = T;

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places: Vec<usize> = (0..self.len()).collect();
        sort_places(&mut places, &mut |one, other| compare(&self[one], &self[other]));
        put_in_place(places, &mut |one, other| self.swap(one, other));
    }
}

#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}

/// Moves the element that belongs to each place there. An element that was moved away before is followed to where it is.
#[inline(never)]
fn put_in_place(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..places.len() {
        let mut from = places[place];
        while from < place {
            from = places[from];
        }
        places[place] = from;
        if from != place {
            swap(place, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(words in prop::collection::vec("[abàâ]{0,3}", 0..60)) {
            let (mut ours, mut theirs) = (words.clone(), words.clone());
            ours.arrange();
            theirs.sort();
            prop_assert_eq!(&ours, &theirs);
        }

        #[test]
        fn what_is_equal_keeps_its_order(numbers in prop::collection::vec(0u32..8, 0..60)) {
            let numbered: Vec<(u32, usize)> = numbers.into_iter().zip(0..).collect();
            let (mut ours, mut theirs) = (numbered.clone(), numbered);
            ours.arrange_by_key(|(number, _)| *number);
            theirs.sort_by_key(|(number, _)| *number);
            prop_assert_eq!(&ours, &theirs);
            ours.arrange_by(|one, other| other.0.cmp(&one.0));
            theirs.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
            prop_assert_eq!(ours, theirs);
        }
    }
}
