//! Look-up: the compact folded list of cooperatives, people, sessions and fairs, its ranking, the search through all
//! notes and texts, and the status of a cooperative.
//!
//! [`Finder`] is the one door: the box of the interface, `find` and reference fields ask it, so that they agree. It
//! reads the store through `Read` and keeps only what finding needs.

mod detail;
mod finder;
mod list;
mod load;
mod query;
mod rank;
pub mod status;
mod texts;
mod words;
mod wrong;

pub use finder::{Asked, Finder, Found, Hit, TEXT_PREFIX, hit};
pub use list::{Draft, KINDS as LISTED, List, Part};
pub use load::Loader;
pub use texts::{Go, search as in_texts};

#[cfg(test)]
pub(crate) mod tests;
