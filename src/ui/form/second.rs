//! The second pass over a form's figures: which they are, and taking what it decided.

use super::engine::{Asked, Form, FormCx};
use super::field::Filled;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::value::Value;

/// A figure of the form, as it was typed first.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its cell.
    pub cell: usize,
    /// Its field.
    pub field: Field,
    /// What was typed; none where it was left empty.
    pub first: Option<Value>,
}

impl Form {
    /// The figures that reports use: counts and amounts that are filled, and those of the main path that are not.
    pub fn figures(&mut self, cx: &FormCx<'_>) -> Vec<Figure> {
        self.leave(cx);
        let counts = |field: &Field| field.kind.is_number() && field.kind != FieldKind::Year;
        let cells = self.cells.iter().enumerate();
        let asked = cells.filter(|(_, cell)| {
            let further = cell.field.block.is_some();
            counts(&cell.field) && cell.fault.is_none() && !(further && cell.value().is_none())
        });
        asked
            .map(|(at, cell)| Figure {
                cell: at,
                field: cell.field,
                first: cell.value().cloned(),
            })
            .collect()
    }

    /// Takes the values that the second pass decided on, as one step to undo.
    pub fn take_figures(&mut self, decided: Vec<(usize, Option<Value>)>, cx: &FormCx<'_>) -> Asked {
        let mut before = Vec::new();
        for (at, value) in decided {
            let cell = &mut self.cells[at];
            before.push((at, cell.content()));
            cell.set(value, cx.read, cx.lang);
            cell.filled = Filled::ByHand;
            self.dirty = true;
        }
        self.note_step(before);
        self.recheck(cx);
        self.come_in(cx);
        Asked::Left
    }
}
