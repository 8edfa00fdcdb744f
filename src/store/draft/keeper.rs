//! Writing drafts without making the officer wait: at once as a file, on the disk within a second.
//!
//! A draft is first written beside its place, as `ID.json.new`: that survives the program however it ends. A thread syncs
//! it a little later, together with those of the fields left meanwhile, and only then puts it in place: so a power cut
//! finds the one before or the new one, whole. The thread lives while there is something to sync, and no longer.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::arrange::Arrange;
use crate::store::durable;
use crate::store::fault::StoreError;

/// How long a draft waits for others to share its sync.
const GROUPED: Duration = Duration::from_millis(400);

/// The drafts of one folder that are on their way to the disk.
#[derive(Debug, Default)]
pub(in crate::store) struct Keeper {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    /// Held by whoever syncs.
    turn: Mutex<()>,
    /// Told when the store is closed: nothing waits for company any more.
    closing: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    /// What is written and not yet synced, each with a number of its writing.
    written: BTreeMap<PathBuf, u64>,
    /// Folders in which a file was removed since they were synced.
    folders: Vec<PathBuf>,
    count: u64,
    is_closing: bool,
    /// Whether the thread is there.
    is_served: bool,
    /// What a sync met; told to the next who writes.
    fault: Option<StoreError>,
}

/// Where the newest writing of a draft stands until it is synced.
pub(super) fn unsynced(path: &Path) -> PathBuf {
    durable::temporary_name(path)
}

/// Writes what survives the program, not yet the power: as one step, so that it is never half there.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let part = path.with_extension("part");
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&part, unsynced(path)));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        StoreError::io(path, error)
    })
}

impl Keeper {
    /// Writes a draft; it is on the disk within a second.
    ///
    /// # Errors
    /// It could not be written, or an earlier one not be synced. What was there before is there still.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let mut waiting = self.shared.lock();
        if write_beside(path, bytes).is_err() {
            // Windows lets no file be replaced that is being synced: once more, when that is done.
            drop(waiting);
            drop(self.shared.turn());
            waiting = self.shared.lock();
            write_beside(path, bytes)?;
        }
        waiting.count += 1;
        let number = waiting.count;
        waiting.written.insert(path.to_path_buf(), number);
        self.serve(&mut waiting);
        waiting.fault.take().map_or(Ok(()), Err)
    }

    /// Removes a draft and whatever of it is on its way.
    pub fn remove(&self, path: &Path) -> Result<(), StoreError> {
        let mut waiting = self.shared.lock();
        waiting.written.remove(path);
        for file in [unsynced(path), path.to_path_buf()] {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(&file, error)),
                Err(_) => {}
                Ok(()) => waiting.folders.extend(file.parent().map(Path::to_path_buf)),
            }
        }
        self.serve(&mut waiting);
        Ok(())
    }

    /// Puts everything on the disk now: the last thing before the program ends.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.shared.sync()?;
        self.shared.lock().fault.take().map_or(Ok(()), Err)
    }

    /// Sees to it that somebody syncs what waits. Without a thread it is synced at the end.
    fn serve(&self, waiting: &mut MutexGuard<'_, Waiting>) {
        if waiting.is_served || waiting.is_idle() {
            return;
        }
        let shared = Arc::clone(&self.shared);
        let work = move || shared.serve();
        waiting.is_served = thread::Builder::new().name("drafts".into()).spawn(work).is_ok();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.shared.lock().is_closing = true;
        self.shared.closing.notify_all();
    }
}

impl Waiting {
    fn is_idle(&self) -> bool {
        self.written.is_empty() && self.folders.is_empty()
    }
}

impl Shared {
    /// A panic while a draft was written leaves a list that is still right: the lock may be taken over.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody syncs.
    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thread: waits for company, syncs, and goes when there is nothing more.
    fn serve(&self) {
        loop {
            let waiting = self.lock();
            if !waiting.is_closing {
                let waited = self.closing.wait_timeout(waiting, GROUPED);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            } else {
                drop(waiting);
            }
            let outcome = self.sync();
            let mut waiting = self.lock();
            if let Err(fault) = outcome {
                waiting.fault = Some(fault);
                // Tried again with the next draft, and on closing.
                waiting.is_served = false;
                return;
            }
            if waiting.is_idle() {
                waiting.is_served = false;
                return;
            }
        }
    }

    /// Syncs what waits and puts it in place. The list is not locked while the disk works: nobody types against it.
    fn sync(&self) -> Result<(), StoreError> {
        // One at a time, so that whoever returns from here leaves nothing half done by another.
        let _turn = self.turn();
        let (written, mut folders) = {
            let mut waiting = self.lock();
            (waiting.written.clone(), std::mem::take(&mut waiting.folders))
        };
        let mut outcome = Ok(());
        for (path, number) in written {
            match self.put_in_place(&path, number) {
                Ok(()) => folders.extend(path.parent().map(Path::to_path_buf)),
                Err(error) => outcome = Err(error),
            }
        }
        folders.arrange();
        folders.dedup();
        folders
            .iter()
            .try_for_each(|folder| durable::sync_folder(folder))
            .and(outcome)
    }

    fn put_in_place(&self, path: &Path, number: u64) -> Result<(), StoreError> {
        let fresh = unsynced(path);
        // Windows syncs only what is open for writing.
        let synced = OpenOptions::new()
            .write(true)
            .open(&fresh)
            .and_then(|file| file.sync_all());
        let mut waiting = self.lock();
        if waiting.written.get(path) != Some(&number) {
            // Written anew or removed meanwhile.
            return Ok(());
        }
        synced
            .and_then(|()| fs::rename(&fresh, path))
            .map_err(StoreError::at(path))?;
        waiting.written.remove(path);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn until(what: impl Fn() -> bool) {
        let begun = Instant::now();
        while !what() {
            assert!(begun.elapsed() < Duration::from_secs(30), "it never came");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_draft_stands_beside_its_place_at_once_and_in_it_once_it_is_synced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        let keeper = Keeper::default();
        for text in ["one", "two", "three"] {
            keeper.write(&path, text.as_bytes()).unwrap();
        }
        let newest = fs::read(unsynced(&path)).or_else(|_| fs::read(&path)).unwrap();
        assert_eq!(newest, b"three");
        until(|| !unsynced(&path).exists() && fs::read(&path).is_ok_and(|bytes| bytes == b"three"));
        until(|| !keeper.shared.lock().is_served);
    }

    #[test]
    fn settling_leaves_nothing_on_its_way_and_a_removed_draft_does_not_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let (kept, removed) = (dir.path().join("kept.json"), dir.path().join("removed.json"));
        let keeper = Keeper::default();
        keeper.write(&kept, b"kept").unwrap();
        keeper.write(&removed, b"removed").unwrap();
        keeper.remove(&removed).unwrap();
        keeper.settle().unwrap();
        let names: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        assert_eq!(names, ["kept.json"]);
    }

    #[test]
    fn a_draft_that_cannot_be_written_leaves_the_one_before() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("drafts/a.json");
        fs::create_dir(path.parent().unwrap()).unwrap();
        let keeper = Keeper::default();
        keeper.write(&path, b"before").unwrap();
        keeper.settle().unwrap();
        // A folder in the way stands for a disk that refuses.
        fs::create_dir(path.with_extension("part")).unwrap();
        assert!(keeper.write(&path, b"after").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"before");
    }
}
