//! Sổ Hội, the Union's logbook: see README.md for what it does and how it is laid out.
//!
//! Floors, top to bottom: `cli` and `ui` · `import` · `report`, `indicator`, `search` · `store` · `domain` · `vietnamese`.
//! Below them all stands `arrange`, how lists are sorted. A module may use only what stands below it; `domain` and `vietnamese` do no I/O.

pub mod arrange;
pub mod beside;
pub mod cli;
pub mod domain;
pub mod import;
pub mod indicator;
pub mod memory;
pub mod report;
pub mod search;
pub mod store;
pub mod ui;
pub mod vietnamese;
