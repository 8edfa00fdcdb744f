//! The store: journal, ordered map, and everything that keeps what was saved.

pub mod durable;
pub mod fault;
pub mod journal;
pub mod map;
pub mod memory;
pub mod sled;
