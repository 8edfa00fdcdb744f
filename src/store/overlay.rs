//! A transaction's changes laid over the map, read as if they were in it: records of one array see each other in order,
//! and rules see what the transaction has already done.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Bound;

use super::fault::StoreError;
use super::map::{Batch, Entries, Order, OrderedMap, Tree};
use super::read::Source;

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
        let low = match from {
            Bound::Included(key) => Bound::Included((tree, key.to_vec())),
            Bound::Excluded(key) => Bound::Excluded((tree, key.to_vec())),
            Bound::Unbounded => Bound::Included((tree, Vec::new())),
        };
        let inside = move |key: &[u8]| match to {
            Bound::Included(end) => key <= end,
            Bound::Excluded(end) => key < end,
            Bound::Unbounded => true,
        };
        let above = self.changes.keys.range((low, Bound::Unbounded));
        let above = above.take_while(|((at, key), _)| *at == tree && inside(key));
        let mut above: Vec<Change<'_>> = above
            .map(|((_, key), value)| (key.as_slice(), value.as_deref()))
            .collect();
        if order == Order::Backward {
            above.reverse();
        }
        if above.is_empty() {
            return base;
        }
        Box::new(Merged {
            base: base.peekable(),
            above: above.into_iter().peekable(),
            order,
        })
    }
}

type Change<'a> = (&'a [u8], Option<&'a [u8]>);

struct Merged<'a> {
    base: Peekable<Entries<'a>>,
    above: Peekable<std::vec::IntoIter<Change<'a>>>,
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
