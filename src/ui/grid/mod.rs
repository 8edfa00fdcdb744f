//! The models of the two grids: who came to a session, which booths a fair has.
//!
//! No terminal and no screen in here: a grid takes what was typed and says what became of it, so that it can be tested
//! as before, keys, after, and be worked from a plain line as well. The store is only read; saving is a piece of `Work`.

pub mod attendance;
pub mod booths;
pub mod history;
pub mod numbers;
pub mod register;
pub mod sheet;
