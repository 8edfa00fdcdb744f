//! The ordered map under the store: four named trees of byte keys, read in order, changed by atomic batches.
//!
//! Everything above (records, indexes, undo) is written once against this trait; `sled.rs` and `memory.rs` implement it
//! and pass one suite. Iteration is lazy and in memory bounded by the reader, never by the size of the tree.

use std::ops::Bound;

use super::fault::StoreError;

/// Bytes a single value may have; larger ones are refused before anything is written.
pub const MAX_VALUE: usize = 60 * 1024;
/// Bytes a single key may have.
pub const MAX_KEY: usize = 1024;

/// A key and its value.
pub type Entry = (Vec<u8>, Vec<u8>);

/// Entries in order, each read when asked for.
pub type Entries<'a> = Box<dyn Iterator<Item = Result<Entry, StoreError>> + 'a>;

/// One of the map's trees. The number is part of the file format: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tree {
    /// The store's own few values: applied sequence, versions, settings.
    Meta = 1,
    /// Records by id.
    Records = 2,
    /// Index keys, each covering what a list needs.
    Index = 3,
    /// What can be computed from records and is kept for speed.
    Derived = 4,
}

impl Tree {
    /// All trees.
    pub const ALL: [Tree; 4] = [Tree::Meta, Tree::Records, Tree::Index, Tree::Derived];

    /// The tree's number in the file format.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// Which way a range is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// From the lowest key upwards.
    Forward,
    /// From the highest key downwards.
    Backward,
}

/// One change of a batch: `value` is what the key gets, `None` takes the key away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    /// The tree changed.
    pub tree: Tree,
    /// The key changed.
    pub key: Vec<u8>,
    /// The new value, or `None` to remove.
    pub value: Option<Vec<u8>>,
}

/// Changes that belong together, in order; a later one to the same key wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    ops: Vec<Op>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// Sets a key.
    pub fn put(&mut self, tree: Tree, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.ops.push(Op {
            tree,
            key: key.into(),
            value: Some(value.into()),
        });
    }

    /// Takes a key away; nothing happens if it is not there.
    pub fn remove(&mut self, tree: Tree, key: impl Into<Vec<u8>>) {
        self.ops.push(Op {
            tree,
            key: key.into(),
            value: None,
        });
    }

    /// Adds the changes of another batch behind these.
    pub fn append(&mut self, mut other: Batch) {
        self.ops.append(&mut other.ops);
    }

    /// The changes in order.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether there is no change.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Refuses keys and values that the format has no room for, before anything is written.
    pub fn check_sizes(&self) -> Result<(), StoreError> {
        for op in &self.ops {
            let bytes = op.value.as_ref().map_or(0, Vec::len);
            if bytes > MAX_VALUE {
                return Err(StoreError::TooLarge {
                    bytes,
                    limit: MAX_VALUE,
                });
            }
            if op.key.len() > MAX_KEY {
                return Err(StoreError::TooLarge {
                    bytes: op.key.len(),
                    limit: MAX_KEY,
                });
            }
        }
        Ok(())
    }
}

/// An ordered map of named trees.
pub trait OrderedMap: Send + Sync {
    /// The value of a key. `Damaged` where its checksum does not agree.
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The entries between two keys. A range that is empty or upside down gives nothing. Changes made while it is read
    /// may or may not be seen.
    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_>;

    /// Makes all changes of the batch, or none that counts: [`Tree::Meta`] is changed with the last part, so an
    /// interrupted large batch leaves the applied sequence where it was and is applied again in full.
    fn apply(&self, batch: &Batch) -> Result<(), StoreError>;

    /// Puts everything applied so far on the disk.
    fn sync(&self) -> Result<(), StoreError>;

    /// How many keys a tree has.
    fn count(&self, tree: Tree) -> Result<u64, StoreError>;

    /// Bytes the map takes on the disk, or in memory where it has no disk.
    fn size(&self) -> Result<u64, StoreError>;

    /// All entries whose key begins with `prefix`.
    fn prefixed(&self, tree: Tree, prefix: &[u8], order: Order) -> Entries<'_> {
        let end = end_of_prefix(prefix);
        let to = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        self.range(tree, Bound::Included(prefix), to, order)
    }
}

/// The first key behind all that begin with `prefix`; none where the prefix is empty or all `0xFF`.
pub fn end_of_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != 0xFF)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

/// Whether nothing can lie between two bounds (standard maps panic on bounds upside down).
pub(crate) fn is_empty_range(from: Bound<&[u8]>, to: Bound<&[u8]>) -> bool {
    match (from, to) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Included(low), Bound::Included(high)) => low > high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low >= high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_is_the_first_key_behind_it() {
        assert_eq!(end_of_prefix(b"ab"), Some(b"ac".to_vec()));
        assert_eq!(end_of_prefix(&[1, 0xFF, 0xFF]), Some(vec![2]));
        assert_eq!(end_of_prefix(&[0xFF]), None);
        assert_eq!(end_of_prefix(b""), None);
    }
}
