//! The one list of names that look-up, reference fields and grids of a sitting share: read once, on a thread, and kept up
//! by each save, so that no form and no grid reads a register of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::id::Id;
use crate::search::{Asked, Finder, LISTED};
use crate::store::{Read, Store};

/// How long typing waits for a list that is being read.
pub const BLINK: Duration = Duration::from_millis(20);

/// The list; cheap to clone.
pub type Names = Arc<Mutex<Finder>>;

/// A list that nobody asked yet.
pub fn shared() -> Names {
    Arc::new(Mutex::new(Finder::new()))
}

/// Whether records of a kind stand in the list.
pub fn has(kind: &str) -> bool {
    LISTED.contains(&kind)
}

/// Lets a thread read the list, and waits a blink for it: a small logbook's is there before the first letter.
pub fn begin_reading(names: &Names, store: &Arc<Store>) {
    if names.try_lock().map_or(true, |finder| finder.list().is_some()) {
        return;
    }
    let (names, store) = (Arc::clone(names), Arc::clone(store));
    let (done, waits) = std::sync::mpsc::channel();
    let work = move || {
        let mut finder = names.lock().unwrap_or_else(PoisonError::into_inner);
        // A fault shows when the list is asked: it is read anew then.
        let _ = finder.prepare(&store.reader());
        drop(finder);
        let _ = done.send(());
    };
    // Without a thread the list is read when it is first asked.
    if std::thread::Builder::new().name("names".into()).spawn(work).is_ok() {
        let _ = waits.recv_timeout(BLINK);
    }
}

/// The records of a kind that fit what is typed, best first. A fault of the store means that fewer are found: it shows
/// when the record is saved.
pub fn find(names: &Names, kind: &str, text: &str, most: usize, read: &dyn Read) -> Vec<Id> {
    let asked = Asked {
        text,
        kind: Some(kind),
        limit: most,
    };
    let found = lock(names).find(&asked, read).unwrap_or_default();
    found.rows.into_iter().map(|(_, id)| id).collect()
}

fn lock(names: &Names) -> MutexGuard<'_, Finder> {
    names.lock().unwrap_or_else(|poisoned| {
        let mut finder = poisoned.into_inner();
        finder.forget();
        finder
    })
}
