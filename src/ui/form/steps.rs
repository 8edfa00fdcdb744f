//! Undo and redo through a form: one step a field that was left changed, after the field's own steps are used up.

use super::field::Content;

/// Steps kept.
const STEPS: usize = 200;

/// One change of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct FormStep {
    /// The cell.
    pub cell: usize,
    /// What it held before.
    pub before: Content,
    /// What it held after.
    pub after: Content,
}

/// The steps behind and ahead.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    past: Vec<Vec<FormStep>>,
    future: Vec<Vec<FormStep>>,
}

impl Steps {
    /// Notes a change of one or several cells as one step.
    pub fn note(&mut self, changes: Vec<FormStep>) {
        let changes: Vec<FormStep> = changes.into_iter().filter(|step| step.before != step.after).collect();
        if changes.is_empty() {
            return;
        }
        self.future.clear();
        self.past.push(changes);
        if self.past.len() > STEPS {
            self.past.remove(0);
        }
    }

    /// The step to take back, if there is one.
    pub fn undo(&mut self) -> Option<Vec<FormStep>> {
        let step = self.past.pop()?;
        self.future.push(step.clone());
        Some(step)
    }

    /// The step to bring back, if there is one.
    pub fn redo(&mut self) -> Option<Vec<FormStep>> {
        let step = self.future.pop()?;
        self.past.push(step.clone());
        Some(step)
    }
}
