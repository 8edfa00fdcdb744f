//! A transaction's changes laid over the map, read as if they were in it: records of one array see each other in order,
//! and rules see what the transaction has already done.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Bound;

use super::fault::StoreError;
use super::map::{Batch, Entries, Order, OrderedMap, Tree};
use super::view::Source;

/// Changes by tree and key: a new value, or none where the key is taken away.
#[derive(Default)]
pub struct Changes {
    keys: BTreeMap<(Tree, Vec<u8>), Option<Vec<u8>>>,
}

impl Changes {
    /// Sets a key.
    pub fn put(&mut self, tree: Tree, key: Vec<u8>, value: Vec<u8>) {
        self.keys.insert((tree, key), Some(value));
    }

    /// Takes a key away.
    pub fn remove(&mut self, tree: Tree, key: Vec<u8>) {
        self.keys.insert((tree, key), None);
    }

    /// The keys of one tree.
    pub fn keys_of(&self, tree: Tree) -> impl Iterator<Item = &[u8]> {
        let keys = self.keys.keys().filter(move |(of, _)| *of == tree);
        keys.map(|(_, key)| key.as_slice())
    }

    /// All changes as one batch.
    pub fn into_batch(self) -> Batch {
        let mut batch = Batch::new();
        for ((tree, key), value) in self.keys {
            match value {
                Some(value) => batch.put(tree, key, value),
                None => batch.remove(tree, key),
            }
        }
        batch
    }
}

/// The map with changes laid over it.
pub struct Overlay<'a> {
    /// What lies below.
    pub base: &'a dyn OrderedMap,
    /// What lies above.
    pub changes: &'a Changes,
}

impl Source for Overlay<'_> {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.changes.keys.get(&(tree, key.to_vec())) {
            Some(value) => Ok(value.clone()),
            None => self.base.get(tree, key),
        }
    }

    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_> {
        let base = self.base.range(tree, from, to, order);
        let of_tree = |bound: Bound<&[u8]>| bound.map(|key| (tree, key.to_vec()));
        let low = match of_tree(from) {
            Bound::Unbounded => Bound::Included((tree, Vec::new())),
            bound => bound,
        };
        let high = of_tree(to);
        if is_empty(&low, &high) {
            return base;
        }
        // Read as they are asked for: the last code of a kind is asked for with every record of a large array.
        let above = self.changes.keys.range((low, high));
        let above: Box<dyn Iterator<Item = Change<'_>>> = match order {
            Order::Forward => Box::new(above.take_while(move |((at, _), _)| *at == tree).map(change)),
            Order::Backward => Box::new(above.rev().skip_while(move |((at, _), _)| *at != tree).map(change)),
        };
        let mut above = above.peekable();
        if above.peek().is_none() {
            return base;
        }
        Box::new(Merged {
            base: base.peekable(),
            above,
            order,
        })
    }
}

/// Whether no key lies between two bounds; a map may not be asked for such a range.
fn is_empty<K: Ord>(low: &Bound<K>, high: &Bound<K>) -> bool {
    match (low, high) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Included(low), Bound::Included(high)) => low > high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low >= high,
    }
}

fn change<'a>(((_, key), value): (&'a (Tree, Vec<u8>), &'a Option<Vec<u8>>)) -> Change<'a> {
    (key.as_slice(), value.as_deref())
}

type Change<'a> = (&'a [u8], Option<&'a [u8]>);

struct Merged<'a> {
    base: Peekable<Entries<'a>>,
    above: Peekable<Box<dyn Iterator<Item = Change<'a>> + 'a>>,
    order: Order,
}

impl Iterator for Merged<'_> {
    type Item = Result<(Vec<u8>, Vec<u8>), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let side = match (self.base.peek(), self.above.peek()) {
                (None, None) => return None,
                (Some(_), None) | (Some(Err(_)), _) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(Ok((below, _))), Some((above, _))) => match self.order {
                    Order::Forward => below.as_slice().cmp(above),
                    Order::Backward => (*above).cmp(below.as_slice()),
                },
            };
            if side == Ordering::Less {
                return self.base.next();
            }
            if side == Ordering::Equal {
                self.base.next();
            }
            if let Some((key, Some(value))) = self.above.next() {
                return Some(Ok((key.to_vec(), value.to_vec())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::MemoryMap;
    use super::*;

    #[test]
    fn a_range_keeps_to_its_tree_and_bounds_in_both_directions() {
        let base = MemoryMap::new();
        let mut changes = Changes::default();
        for tree in [Tree::Records, Tree::Index, Tree::Derived, Tree::Meta] {
            for key in ["a", "b", "c"] {
                changes.put(tree, key.into(), key.into());
            }
        }
        let overlay = Overlay {
            base: &base,
            changes: &changes,
        };
        let read = |tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order| -> String {
            let entries = overlay.range(tree, from, to, order);
            entries
                .map(|item| String::from_utf8(item.unwrap().0).unwrap())
                .collect()
        };
        for tree in [Tree::Records, Tree::Index, Tree::Derived, Tree::Meta] {
            assert_eq!(read(tree, Bound::Unbounded, Bound::Unbounded, Order::Forward), "abc");
            assert_eq!(read(tree, Bound::Unbounded, Bound::Unbounded, Order::Backward), "cba");
            assert_eq!(
                read(tree, Bound::Excluded(b"a"), Bound::Included(b"c"), Order::Backward),
                "cb"
            );
            assert_eq!(
                read(tree, Bound::Included(b"b"), Bound::Excluded(b"b"), Order::Forward),
                ""
            );
            assert_eq!(
                read(tree, Bound::Included(b"c"), Bound::Included(b"a"), Order::Backward),
                ""
            );
        }
    }

    #[test]
    fn a_range_shows_changes_in_place_and_hides_what_they_took_away() {
        let base = MemoryMap::new();
        let mut batch = Batch::new();
        for key in ["a", "c", "e"] {
            batch.put(Tree::Index, key, "below");
        }
        base.apply(&batch).unwrap();
        let mut changes = Changes::default();
        changes.put(Tree::Index, b"b".to_vec(), b"above".to_vec());
        changes.put(Tree::Index, b"c".to_vec(), b"above".to_vec());
        changes.remove(Tree::Index, b"e".to_vec());
        changes.put(Tree::Records, b"d".to_vec(), b"elsewhere".to_vec());
        let overlay = Overlay {
            base: &base,
            changes: &changes,
        };
        let read = |order| -> Vec<String> {
            let entries = overlay.range(Tree::Index, Bound::Unbounded, Bound::Unbounded, order);
            entries
                .map(|item| {
                    item.map(|(key, value)| String::from_utf8([key, value].concat()).unwrap())
                        .unwrap()
                })
                .collect()
        };
        assert_eq!(read(Order::Forward), ["abelow", "babove", "cabove"]);
        assert_eq!(read(Order::Backward), ["cabove", "babove", "abelow"]);
        assert_eq!(overlay.get(Tree::Index, b"e").unwrap(), None);
    }
}
