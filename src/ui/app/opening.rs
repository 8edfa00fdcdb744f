//! The office's own store on its way, while the first screen stands already: what is typed ahead waits for it.

use crate::domain::text::Text;
use crate::ui::keymap::Key;
use crate::ui::screen::Progress;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// An opening that takes longer than this shows how far it is.
const SLOW: Duration = Duration::from_millis(500);
/// What the bottom line says then.
pub(super) const OPENING: Text = Text::new("Đang mở sổ", "Opening the logbook");

/// An opening that goes on.
pub(super) struct Opening {
    progress: Progress,
    since: Instant,
    /// What was typed ahead.
    pub(super) keys: VecDeque<Key>,
}

impl Opening {
    /// An opening that began now.
    pub(super) fn new(progress: Progress, since: Instant) -> Opening {
        Opening {
            progress,
            since,
            keys: VecDeque::new(),
        }
    }

    /// How far it is, done of total, where it takes long enough to be told.
    pub(super) fn told(&self, now: Instant) -> Option<(u64, u64)> {
        (now.duration_since(self.since) >= SLOW).then(|| self.progress.reported())
    }
}
