//! Typing into fields: the line editor and what belongs to it. No terminal and no store.

pub mod buffer;
pub mod line_edit;
pub mod mask;
pub mod typist;
pub mod undo;
pub mod view;

pub use line_edit::{LineEdit, Lines, Outcome};
pub use mask::Mask;
pub use typist::Writing;
