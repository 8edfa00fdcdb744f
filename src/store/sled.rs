//! The ordered map on disk, in sled 0.34.7; the only file that names that crate.
//!
//! All four trees live in sled's one default tree, the tree's number being the first byte of each key: a transaction over
//! one sled tree is the cheapest there is, and prefix compression makes the byte nearly free. sled is not trusted:
//!
//! * every value carries the CRC-32C of its key and content, checked at each read;
//! * beside the entries stands a *tally* for each tree, the number of its entries and the sum of their checksums, changed
//!   in the same transaction. sled can lose pages without an error after a power cut; then the entries no longer add up
//!   to the tally, and [`SledMap::verify`] says so;
//! * `flush` alone makes no real sync on Linux, so [`OrderedMap::sync`] syncs the files itself;
//! * a batch of more than 1,000 records goes in several transactions (memory grows with a transaction), with everything
//!   of [`Tree::Meta`] in the last: interrupted, the applied sequence still stands before the batch, which is then
//!   replayed whole; putting and removing the same keys again changes nothing.
//!
//! It may panic on threads of its own or never return from opening: after an unclean end it is probed in a child first
//! (see `contain.rs`), never guarded by `catch_unwind`.

use std::fs::{self, OpenOptions};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ::sled::transaction::{ConflictableTransactionError, TransactionError, TransactionalTree};
use ::sled::{Config, Db, IVec, Mode};

use super::backward::Backward;
use super::fault::StoreError;
use super::map::{Batch, Entries, Entry, Op, Order, OrderedMap, Tree, is_empty_range};

/// Bytes of pages kept in memory, at least and at most; between, a part of what the files hold. A week of a large
/// logbook is read more than twice as fast where its pages stay.
const CACHE: (u64, u64) = (16 << 20, 44 << 20);
/// Which part.
const CACHED: u64 = 50;
/// Records a transaction changes at most; index keys come on top.
const TRANSACTION_RECORDS: usize = 1000;
/// Changes a transaction makes at most, whatever their tree.
const TRANSACTION_OPS: usize = 5000;
/// Bytes a transaction writes at most.
const TRANSACTION_BYTES: usize = 4 << 20;
/// First byte of the tallies' keys.
const TALLY: u8 = 0xFF;
/// How long another program may hold the files before it is an error.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// The ordered map in a folder of its own.
#[derive(Debug)]
pub struct SledMap {
    db: Db,
    folder: PathBuf,
}

impl SledMap {
    /// Opens the folder, or makes it. Waits two seconds for another program to let go.
    pub fn open(folder: &Path) -> Result<SledMap, StoreError> {
        let patience = Instant::now();
        let held = fs::metadata(folder.join("db")).map_or(0, |files| files.len());
        let cache = (held / CACHED).clamp(CACHE.0, CACHE.1);
        loop {
            let opened = Config::new()
                .path(folder)
                .mode(Mode::LowSpace)
                .cache_capacity(cache)
                .flush_every_ms(None)
                .use_compression(false)
                .open();
            match opened.map_err(|error| sort(folder, error)) {
                Ok(db) => {
                    return Ok(SledMap {
                        db,
                        folder: folder.to_path_buf(),
                    });
                }
                Err(StoreError::Locked { .. }) if patience.elapsed() < LOCK_WAIT => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads everything: each value against its checksum, all together against the tallies. `progress` is told the
    /// number of entries seen, every few thousand.
    pub fn verify(&self, mut progress: impl FnMut(u64)) -> Result<(), StoreError> {
        let mut found = [Tally::default(); Tree::ALL.len()];
        let mut seen = 0u64;
        for entry in self.db.iter() {
            let (key, stored) = entry.map_err(|error| sort(&self.folder, error))?;
            if key.first() == Some(&TALLY) {
                continue;
            }
            let tree = Tree::ALL.iter().position(|tree| key.first() == Some(&tree.code()));
            let tree = tree.ok_or_else(|| StoreError::damaged("a key of no tree"))?;
            open_value(&key, &stored)?;
            found[tree].add(&stored);
            seen += 1;
            if seen.is_multiple_of(4096) {
                progress(seen);
            }
        }
        progress(seen);
        for (position, tree) in Tree::ALL.iter().enumerate() {
            let expected = self.tally(*tree)?;
            if found[position] != expected {
                return Err(StoreError::damaged(format!(
                    "{:?}: {} entries found, {} written",
                    tree, found[position].count, expected.count
                )));
            }
        }
        Ok(())
    }

    fn tally(&self, tree: Tree) -> Result<Tally, StoreError> {
        let stored = self
            .db
            .get(tally_key(tree))
            .map_err(|error| sort(&self.folder, error))?;
        Tally::decode(tree, stored.as_ref())
    }

    fn transact(&self, ops: &[&Op]) -> Result<(), StoreError> {
        let outcome = self
            .db
            .transaction(|inside| change(inside, ops).map_err(Aborted::into_sled));
        outcome.map_err(|error| match error {
            TransactionError::Abort(error) => *error,
            TransactionError::Storage(error) => sort(&self.folder, error),
        })
    }
}

impl OrderedMap for SledMap {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let key = full_key(tree, key);
        let stored = self.db.get(&key).map_err(|error| sort(&self.folder, error))?;
        stored
            .map(|stored| open_value(&key, &stored).map(<[u8]>::to_vec))
            .transpose()
    }

    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_> {
        if is_empty_range(from, to) {
            return Box::new(std::iter::empty());
        }
        if order == Order::Backward {
            return Box::new(Backward::new(from, to, move |from, to| {
                self.range(tree, from, to, Order::Forward)
            }));
        }
        let low = match from {
            Bound::Unbounded => Bound::Included(vec![tree.code()]),
            bound => bound.map(|key| full_key(tree, key)),
        };
        let high = match to {
            Bound::Unbounded => Bound::Excluded(vec![tree.code() + 1]),
            bound => bound.map(|key| full_key(tree, key)),
        };
        let entries = self.db.range::<Vec<u8>, _>((low, high));
        let open = |entry: ::sled::Result<(IVec, IVec)>| -> Result<Entry, StoreError> {
            let (key, stored) = entry.map_err(|error| sort(&self.folder, error))?;
            let value = open_value(&key, &stored)?.to_vec();
            Ok((key[1..].to_vec(), value))
        };
        Box::new(entries.map(open))
    }

    fn apply(&self, batch: &Batch) -> Result<(), StoreError> {
        batch.check_sizes()?;
        let (meta, rest): (Vec<&Op>, Vec<&Op>) = batch.ops().iter().partition(|op| op.tree == Tree::Meta);
        let mut parts = split(&rest);
        let mut last = parts.pop().unwrap_or_default().to_vec();
        for part in parts {
            self.transact(part)?;
        }
        last.extend(meta);
        if last.is_empty() { Ok(()) } else { self.transact(&last) }
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.db.flush().map_err(|error| sort(&self.folder, error))?;
        sync_files(&self.folder)
    }

    fn count(&self, tree: Tree) -> Result<u64, StoreError> {
        Ok(self.tally(tree)?.count)
    }

    fn size(&self) -> Result<u64, StoreError> {
        self.db.size_on_disk().map_err(|error| sort(&self.folder, error))
    }
}

/// The number of a tree's entries and the sum of their checksums, which no order of changes can alter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    count: u64,
    sum: u64,
}

impl Tally {
    fn add(&mut self, stored: &[u8]) {
        self.count = self.count.wrapping_add(1);
        self.sum = self.sum.wrapping_add(share(stored));
    }

    fn take(&mut self, stored: &[u8]) {
        self.count = self.count.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(share(stored));
    }

    fn encode(self, tree: Tree) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(20);
        bytes.extend(self.count.to_le_bytes());
        bytes.extend(self.sum.to_le_bytes());
        seal_value(&tally_key(tree), &bytes)
    }

    fn decode(tree: Tree, stored: Option<&IVec>) -> Result<Tally, StoreError> {
        let Some(stored) = stored else {
            return Ok(Tally::default());
        };
        let bytes = open_value(&tally_key(tree), stored)?;
        let (Some(count), Some(sum)) = (bytes.first_chunk(), bytes.last_chunk()) else {
            return Err(StoreError::damaged("a tally is too short"));
        };
        Ok(Tally {
            count: u64::from_le_bytes(*count),
            sum: u64::from_le_bytes(*sum),
        })
    }
}

/// What one stored value adds to the sum: its checksum (of key and content), spread over 64 bits.
fn share(stored: &[u8]) -> u64 {
    let crc = stored.last_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let mixed = (u64::from(crc) ^ ((stored.len() as u64) << 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// An error inside a transaction, before it is told to sled.
enum Aborted {
    Sled(ConflictableTransactionError<Box<StoreError>>),
    Ours(StoreError),
}

impl Aborted {
    fn into_sled(self) -> ConflictableTransactionError<Box<StoreError>> {
        match self {
            Aborted::Sled(error) => error,
            Aborted::Ours(error) => ConflictableTransactionError::Abort(Box::new(error)),
        }
    }
}

impl From<::sled::transaction::UnabortableTransactionError> for Aborted {
    fn from(error: ::sled::transaction::UnabortableTransactionError) -> Aborted {
        Aborted::Sled(error.into())
    }
}

/// Makes the changes of one transaction and brings the tallies along. sled may call it again from the start.
fn change(inside: &TransactionalTree, ops: &[&Op]) -> Result<(), Aborted> {
    let mut tallies: [Option<Tally>; Tree::ALL.len()] = Default::default();
    for op in ops {
        let position = usize::from(op.tree.code() - 1);
        let mut tally = match tallies[position] {
            Some(tally) => tally,
            None => Tally::decode(op.tree, inside.get(tally_key(op.tree))?.as_ref()).map_err(Aborted::Ours)?,
        };
        let key = full_key(op.tree, &op.key);
        let old = match &op.value {
            Some(value) => {
                let stored = seal_value(&key, value);
                tally.add(&stored);
                inside.insert(key, stored)?
            }
            None => inside.remove(key)?,
        };
        if let Some(old) = old {
            tally.take(&old);
        }
        tallies[position] = Some(tally);
    }
    for (position, tally) in tallies.iter().enumerate() {
        if let Some(tally) = tally {
            let tree = Tree::ALL[position];
            inside.insert(&tally_key(tree)[..], tally.encode(tree))?;
        }
    }
    Ok(())
}

/// Cuts a list of changes into transactions of bounded size.
fn split<'a, 'b>(ops: &'b [&'a Op]) -> Vec<&'b [&'a Op]> {
    let mut parts = Vec::new();
    let (mut start, mut records, mut bytes) = (0, 0, 0);
    for (position, op) in ops.iter().enumerate() {
        let size = op.key.len() + op.value.as_ref().map_or(0, Vec::len);
        let record = usize::from(op.tree == Tree::Records);
        let full = records + record > TRANSACTION_RECORDS
            || position - start >= TRANSACTION_OPS
            || (bytes + size > TRANSACTION_BYTES && position > start);
        if full {
            parts.push(&ops[start..position]);
            (start, records, bytes) = (position, 0, 0);
        }
        records += record;
        bytes += size;
    }
    if start < ops.len() {
        parts.push(&ops[start..]);
    }
    parts
}

fn full_key(tree: Tree, key: &[u8]) -> Vec<u8> {
    let mut full = Vec::with_capacity(key.len() + 1);
    full.push(tree.code());
    full.extend_from_slice(key);
    full
}

fn tally_key(tree: Tree) -> [u8; 2] {
    [TALLY, tree.code()]
}

/// The content followed by the CRC-32C of key and content.
fn seal_value(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut stored = Vec::with_capacity(value.len() + 4);
    stored.extend_from_slice(value);
    stored.extend(crc32c::crc32c_append(crc32c::crc32c(key), value).to_le_bytes());
    stored
}

/// The content of a stored value, or `Damaged`.
fn open_value<'a>(key: &[u8], stored: &'a [u8]) -> Result<&'a [u8], StoreError> {
    match stored.split_last_chunk::<4>() {
        Some((value, crc)) if crc32c::crc32c_append(crc32c::crc32c(key), value) == u32::from_le_bytes(*crc) => {
            Ok(value)
        }
        _ => Err(StoreError::damaged("a value's checksum does not agree")),
    }
}

fn sort(folder: &Path, error: ::sled::Error) -> StoreError {
    match error {
        ::sled::Error::Io(error) if error.to_string().contains("could not acquire lock") => StoreError::Locked {
            path: folder.to_path_buf(),
        },
        ::sled::Error::Io(error) => StoreError::io(&folder.join("db"), error),
        error => StoreError::damaged(error.to_string()),
    }
}

/// Syncs every file of the folder through handles of our own; opened for writing, as Windows demands.
fn sync_files(folder: &Path) -> Result<(), StoreError> {
    for entry in std::fs::read_dir(folder).map_err(StoreError::at(folder))? {
        let path = entry.map_err(StoreError::at(folder))?.path();
        if path.is_dir() {
            sync_files(&path)?;
            continue;
        }
        match OpenOptions::new().write(true).open(&path) {
            Ok(file) => file.sync_all().map_err(StoreError::at(&path))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&path, error)),
        }
    }
    super::durable::sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(count: u32) -> Batch {
        let mut batch = Batch::new();
        for n in 0..count {
            batch.put(Tree::Records, n.to_be_bytes(), format!("value {n}"));
            batch.put(Tree::Index, [&b"i"[..], &n.to_be_bytes()].concat(), b"");
        }
        batch.put(Tree::Meta, *b"applied", 7u64.to_le_bytes());
        batch
    }

    #[test]
    fn a_large_batch_is_cut_by_records_and_ends_with_meta() {
        let batch = records(2500);
        let ops: Vec<&Op> = batch.ops().iter().filter(|op| op.tree != Tree::Meta).collect();
        let parts = split(&ops);
        assert_eq!(parts.len(), 3);
        assert!(
            parts
                .iter()
                .all(|part| part.iter().filter(|op| op.tree == Tree::Records).count() <= 1000)
        );
        assert_eq!(parts.iter().map(|part| part.len()).sum::<usize>(), 5000);
    }

    #[test]
    fn what_was_applied_verifies_and_survives_reopening() {
        let dir = tempfile::tempdir().unwrap();
        let map = SledMap::open(dir.path()).unwrap();
        map.apply(&records(1500)).unwrap();
        let mut again = Batch::new();
        again.put(Tree::Records, 3u32.to_be_bytes(), "changed");
        again.put(Tree::Records, 3u32.to_be_bytes(), "changed twice");
        again.remove(Tree::Records, 4u32.to_be_bytes());
        again.remove(Tree::Records, *b"never there");
        map.apply(&again).unwrap();
        map.verify(|_| {}).unwrap();
        map.sync().unwrap();
        drop(map);
        let map = SledMap::open(dir.path()).unwrap();
        map.verify(|_| {}).unwrap();
        assert_eq!(map.count(Tree::Records).unwrap(), 1499);
        assert_eq!(
            map.get(Tree::Records, &3u32.to_be_bytes()).unwrap().unwrap(),
            b"changed twice"
        );
    }

    #[test]
    fn an_entry_lost_without_a_trace_is_noticed_by_the_tally() {
        let dir = tempfile::tempdir().unwrap();
        let map = SledMap::open(dir.path()).unwrap();
        map.apply(&records(10)).unwrap();
        map.db.remove(full_key(Tree::Records, &3u32.to_be_bytes())).unwrap();
        assert!(matches!(map.verify(|_| {}), Err(StoreError::Damaged { .. })));
    }

    #[test]
    fn a_changed_byte_in_a_value_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let map = SledMap::open(dir.path()).unwrap();
        map.apply(&records(10)).unwrap();
        let key = full_key(Tree::Records, &3u32.to_be_bytes());
        let mut stored = map.db.get(&key).unwrap().unwrap().to_vec();
        stored[0] ^= 1;
        map.db.insert(&key, stored).unwrap();
        assert!(matches!(
            map.get(Tree::Records, &3u32.to_be_bytes()),
            Err(StoreError::Damaged { .. })
        ));
    }
}
