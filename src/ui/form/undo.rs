//! Undo and redo within a field: whole states, for a field is short, in steps as a person would count them.

use super::buffer::Buffer;

/// Steps kept.
const STEPS: usize = 200;

/// What kind of change a step is; changes of one kind in a row are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Letters of one word.
    Typing,
    /// Letters deleted one by one.
    Deleting,
    /// Anything else: a step by itself.
    Other,
}

/// The states before and, after an undo, those ahead.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    past: Vec<Buffer>,
    future: Vec<Buffer>,
    open: Option<Step>,
}

impl Undo {
    /// Notes the state before a change of this kind.
    pub fn note(&mut self, before: &Buffer, step: Step) {
        self.future.clear();
        if step != Step::Other && self.open == Some(step) {
            return;
        }
        self.open = Some(step);
        self.past.push(before.clone());
        if self.past.len() > STEPS {
            self.past.remove(0);
        }
    }

    /// Ends the step: the next change begins another.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// The state before, if there is one.
    pub fn undo(&mut self, now: &Buffer) -> Option<Buffer> {
        self.swap(now, Direction::Back)
    }

    /// The state that was undone, if there is one.
    pub fn redo(&mut self, now: &Buffer) -> Option<Buffer> {
        self.swap(now, Direction::Forward)
    }

    fn swap(&mut self, now: &Buffer, direction: Direction) -> Option<Buffer> {
        self.open = None;
        let (from, to) = match direction {
            Direction::Back => (&mut self.past, &mut self.future),
            Direction::Forward => (&mut self.future, &mut self.past),
        };
        // A step that changed no text is no step.
        while let Some(state) = from.pop() {
            if state.text() != now.text() {
                to.push(now.clone());
                return Some(state);
            }
        }
        None
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Back,
    Forward,
}
