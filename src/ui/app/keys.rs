//! From key presses to inputs: chords are gathered, composed letters taken apart where no text is typed, what is typed
//! before the store is open waits.

use super::App;
use crate::ui::action::Action;
use crate::ui::keymap::{Context, Follows, Key, Resolved, apart};
use crate::ui::screen::Input;
use crate::ui::term::event::Ending;
use crate::ui::term::out::Surface;
use std::collections::VecDeque;

/// The keys of a chord that is not whole yet, and what may follow.
#[derive(Default)]
pub(super) struct Chord {
    pub(super) pressed: Vec<Key>,
    pub(super) follows: Vec<(Key, Follows)>,
}

impl<B: Surface> App<B> {
    /// Presses keys that came in one read.
    pub(super) fn press_all(&mut self, keys: &mut VecDeque<Key>) -> Result<(), B::Error> {
        while let Some(key) = keys.pop_front() {
            let leaves = self.is_way_out(key);
            if let Some(opening) = self.opening.as_mut().filter(|_| !leaves) {
                opening.keys.push_back(key);
                continue;
            }
            let types = self.stack.top().contexts().contains(&Context::Text);
            let composed = |key: &Key| key.text().is_some_and(|c| !c.is_ascii());
            if !types && (composed(&key) || keys.iter().any(composed)) {
                keys.push_front(key);
                let pressed = apart::take_apart(keys.make_contiguous());
                // What the taking apart lets stand is handled key by key, as it is now all plain.
                keys.clear();
                for key in pressed {
                    self.press(key)?;
                }
                continue;
            }
            self.press(key)?;
        }
        Ok(())
    }

    /// Whether a key leaves the program: it does not wait for the store.
    fn is_way_out(&self, key: Key) -> bool {
        let resolved = self.around.chosen.keymap.find(self.stack.top().contexts(), &[key]);
        resolved == Resolved::Action(Action::Quit)
    }

    fn press(&mut self, key: Key) -> Result<(), B::Error> {
        self.around.told.let_go((self.now)());
        let contexts = self.stack.top().contexts();
        self.chord.follows.clear();
        let keymap = &self.around.chosen.keymap;
        let action = match keymap.resolve(contexts, &mut self.chord.pressed, key) {
            Resolved::Pending(follows) => {
                self.chord.follows = follows;
                return Ok(());
            }
            Resolved::Action(action) => Some(action),
            Resolved::None => None,
        };
        match action {
            Some(Action::ForceQuit) => self.ended = Some(Ending::Left),
            Some(Action::Redraw) => self.terminal.clear()?,
            Some(Action::Back) if self.running.is_some() => self.stop_task(),
            Some(Action::Paste) if !self.clipboard.is_empty() => self.give(&Input::Paste(self.clipboard.clone())),
            _ => self.give(&Input::Key { key, action }),
        }
        Ok(())
    }
}
