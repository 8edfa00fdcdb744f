//! Something read on a thread of its own while the screen stands already: the figures of a whole year, say. What is
//! ready within a blink is there at once; else the screen asks again as long as it wakes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::domain::text::Message;
use crate::store::{Read, Store, StoreError};

/// How long the screen waits itself, so that small logbooks show no gap.
const BLINK: Duration = Duration::from_millis(20);
/// How often it looks whether more is there.
const LOOK: Duration = Duration::from_millis(40);

/// A value on its way from a thread.
#[derive(Debug)]
pub enum Later<T> {
    /// Nobody asked for it yet.
    Unasked,
    /// On its way; until it is here, what was read before.
    Coming(Receiver<Result<T, Message>>, Option<T>),
    /// Here.
    Here(T),
    /// It will not come, and why.
    Failed(Message),
}

impl<T: Send + 'static> Later<T> {
    /// Reads on a thread; what was there before stands until it is here.
    pub fn read(&mut self, store: &Arc<Store>, read: impl FnOnce(&dyn Read) -> Result<T, StoreError> + Send + 'static) {
        let before = match std::mem::replace(self, Later::Unasked) {
            Later::Here(value) => Some(value),
            Later::Coming(_, before) => before,
            Later::Unasked | Later::Failed(_) => None,
        };
        let (sender, receiver) = channel();
        let store = Arc::clone(store);
        let work = move || {
            let read = catch_unwind(AssertUnwindSafe(|| read(&store.reader())));
            let outcome = match read {
                Ok(outcome) => outcome.map_err(|error| error.message()),
                Err(_) => Err(not_read()),
            };
            // The screen may be gone by now.
            let _ = sender.send(outcome);
        };
        *self = match thread::Builder::new().name("reading".into()).spawn(work) {
            Ok(_) => Later::Coming(receiver, before).after(BLINK),
            Err(_) => Later::Failed(not_read()),
        };
    }

    /// Takes in what has come; to be called on every tick.
    pub fn look(&mut self) {
        if matches!(self, Later::Coming(..)) {
            *self = std::mem::replace(self, Later::Unasked).after(Duration::ZERO);
        }
    }

    fn after(self, wait: Duration) -> Later<T> {
        let Later::Coming(receiver, before) = self else {
            return self;
        };
        match receiver.recv_timeout(wait) {
            Ok(Ok(value)) => Later::Here(value),
            Ok(Err(why)) => Later::Failed(why),
            Err(RecvTimeoutError::Timeout) => Later::Coming(receiver, before),
            Err(RecvTimeoutError::Disconnected) => Later::Failed(not_read()),
        }
    }

    /// When the screen wants to look again.
    pub fn wakes_after(&self) -> Option<Duration> {
        matches!(self, Later::Coming(..)).then_some(LOOK)
    }

    /// Whether the value is here, and no newer one is on its way.
    pub fn is_here(&self) -> bool {
        matches!(self, Later::Here(_))
    }

    /// The value, as it was read last.
    pub fn get(&self) -> Option<&T> {
        match self {
            Later::Here(value) | Later::Coming(_, Some(value)) => Some(value),
            _ => None,
        }
    }

    /// Why it will not come.
    pub fn failure(&self) -> Option<&Message> {
        match self {
            Later::Failed(why) => Some(why),
            _ => None,
        }
    }
}

fn not_read() -> Message {
    Message::new(
        "Gặp lỗi khi đọc số liệu. Dữ liệu đã lưu vẫn nguyên vẹn. Hãy mở lại màn hình này.",
        "Reading the figures met an error. What was saved is whole. Open this screen again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T: Send + 'static>(later: &mut Later<T>) {
        while later.wakes_after().is_some() {
            thread::sleep(Duration::from_millis(5));
            later.look();
        }
    }

    #[test]
    fn a_value_comes_and_a_fault_is_told_in_words() {
        let store = Arc::new(Store::memory());
        let mut later = Later::Unasked;
        later.read(&store, |read| {
            thread::sleep(Duration::from_millis(60));
            Ok(read.version())
        });
        assert!(later.get().is_none());
        wait(&mut later);
        assert_eq!(later.get(), Some(&0));
        later.read(&store, |_| {
            thread::sleep(Duration::from_millis(60));
            Ok(7)
        });
        assert_eq!((later.get(), later.is_here()), (Some(&0), false));
        wait(&mut later);
        assert_eq!(later.get(), Some(&7));
        later.read(&store, |_| Err(StoreError::Stopped));
        wait(&mut later);
        assert!(later.failure().is_some());
        later.read(&store, |_| panic!("asked to"));
        wait(&mut later);
        assert!(later.failure().is_some_and(|why| why.vi.contains("nguyên vẹn")));
    }
}
