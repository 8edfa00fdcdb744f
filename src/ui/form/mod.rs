//! Forms: the engine that walks an officer through the fields of a record, and the editors of single fields.
//!
//! Nothing here knows the terminal: the engine takes inputs (keys that have become actions) and answers what is to
//! happen, so that forms, grids and a line mode use it alike. `engine` is the form; `flow` moves its cursor, `findings`
//! checks it, `ditto` copies, `draft` keeps, `steps` undoes, `opening` adds what a new cooperative brings along; `field`
//! is one field, edited by `line_edit` (typed) or `chooser` (picked out of `picks` or `references`); `by_line` answers a
//! field in one line.

pub mod buffer;
pub mod by_line;
pub mod chooser;
pub mod ditto;
pub mod draft;
pub mod engine;
pub mod field;
pub mod findings;
pub mod flow;
pub mod line_edit;
pub mod mask;
pub mod opening;
pub mod picks;
pub mod references;
pub mod second;
pub mod show;
pub mod steps;
pub mod suggest;
pub mod typist;
pub mod undo;
pub mod view;

#[cfg(test)]
mod tests;

pub use engine::{Asked, Form, FormCx};
pub use line_edit::{LineEdit, Lines, Outcome};
pub use mask::Mask;
pub use typist::Writing;
