//! What the officer was told: the message in sight, and the list of all.

use crate::ui::screen::{Notice, Tone};
use std::time::{Duration, Instant};

/// A message that went well may leave with a key press after this; one that did not, after [`READ_BAD`].
const READ_GOOD: Duration = Duration::from_secs(3);
/// See [`READ_GOOD`]. The list of messages keeps them all.
const READ_BAD: Duration = Duration::from_secs(12);
/// Messages kept in the list.
const KEPT: usize = 500;

/// The messages of a sitting.
#[derive(Debug, Default)]
pub(super) struct Told {
    all: Vec<Notice>,
    shown: Option<(Notice, Instant)>,
}

impl Told {
    /// Shows a message and keeps it in the list.
    pub(super) fn tell(&mut self, notice: Notice, now: Instant) {
        // What did not go is not covered by what did.
        let keeps = self.shown.as_ref().is_some_and(|(old, since)| {
            old.tone == Tone::Bad && notice.tone != Tone::Bad && now.duration_since(*since) < READ_GOOD
        });
        if !keeps {
            self.shown = Some((notice.clone(), now));
        }
        self.all.push(notice);
        if self.all.len() > KEPT {
            self.all.remove(0);
        }
    }

    /// A message leaves with a key press, once there was time to read it.
    pub(super) fn let_go(&mut self, now: Instant) {
        let read = |(notice, since): &(Notice, Instant)| {
            let needs = if notice.tone == Tone::Bad { READ_BAD } else { READ_GOOD };
            now.duration_since(*since) >= needs
        };
        if self.shown.as_ref().is_some_and(read) {
            self.shown = None;
        }
    }

    /// The message in sight.
    pub(super) fn shown(&self) -> Option<&Notice> {
        self.shown.as_ref().map(|(notice, _)| notice)
    }

    /// Every message so far, the latest last.
    pub(super) fn all(&self) -> &[Notice] {
        &self.all
    }
}
