//! The ordered map in memory: for tests, and the measure that the one on disk is held against.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use super::fault::StoreError;
use super::map::{Batch, Entries, Entry, Order, OrderedMap, Tree, is_empty_range};

type Trees = BTreeMap<Tree, BTreeMap<Vec<u8>, Vec<u8>>>;

/// An ordered map that is gone with the program.
#[derive(Debug, Default)]
pub struct MemoryMap {
    trees: RwLock<Trees>,
}

impl MemoryMap {
    /// An empty map.
    pub fn new() -> MemoryMap {
        MemoryMap::default()
    }

    /// A panic elsewhere cannot leave a tree half changed (sizes are checked first), so a poisoned lock is still sound.
    fn read(&self) -> RwLockReadGuard<'_, Trees> {
        self.trees.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OrderedMap for MemoryMap {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.read().get(&tree).and_then(|entries| entries.get(key)).cloned())
    }

    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_> {
        let (from, to) = (from.map(<[u8]>::to_vec), to.map(<[u8]>::to_vec));
        Box::new(Pages {
            map: self,
            tree,
            from,
            to,
            order,
            page: VecDeque::new(),
            ended: false,
        })
    }

    fn apply(&self, batch: &Batch) -> Result<(), StoreError> {
        batch.check_sizes()?;
        let mut trees = self.trees.write().unwrap_or_else(PoisonError::into_inner);
        for op in batch.ops() {
            let entries = trees.entry(op.tree).or_default();
            match &op.value {
                Some(value) => entries.insert(op.key.clone(), value.clone()),
                None => entries.remove(&op.key),
            };
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn count(&self, tree: Tree) -> Result<u64, StoreError> {
        Ok(self.read().get(&tree).map_or(0, |entries| entries.len() as u64))
    }

    fn size(&self) -> Result<u64, StoreError> {
        let bytes =
            |entries: &BTreeMap<Vec<u8>, Vec<u8>>| entries.iter().map(|(k, v)| (k.len() + v.len()) as u64).sum();
        Ok(self.read().values().map(bytes).map(|sum: u64| sum).sum())
    }
}

/// Reads a range in pages, so that no lock is held between two entries.
struct Pages<'a> {
    map: &'a MemoryMap,
    tree: Tree,
    from: Bound<Vec<u8>>,
    to: Bound<Vec<u8>>,
    order: Order,
    page: VecDeque<Entry>,
    ended: bool,
}

impl Pages<'_> {
    const ENTRIES: usize = 128;

    fn fill(&mut self) {
        let from = self.from.as_ref().map(Vec::as_slice);
        let to = self.to.as_ref().map(Vec::as_slice);
        if is_empty_range(from, to) {
            self.ended = true;
            return;
        }
        let trees = self.map.read();
        let Some(entries) = trees.get(&self.tree) else {
            self.ended = true;
            return;
        };
        let range = entries
            .range::<[u8], _>((from, to))
            .map(|(key, value)| (key.clone(), value.clone()));
        self.page = match self.order {
            Order::Forward => range.take(Self::ENTRIES).collect(),
            Order::Backward => range.rev().take(Self::ENTRIES).collect(),
        };
        self.ended = self.page.len() < Self::ENTRIES;
        if let Some((last, _)) = self.page.back() {
            match self.order {
                Order::Forward => self.from = Bound::Excluded(last.clone()),
                Order::Backward => self.to = Bound::Excluded(last.clone()),
            }
        }
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty() && !self.ended {
            self.fill();
        }
        self.page.pop_front().map(Ok)
    }
}
