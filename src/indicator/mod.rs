//! The indicators of the plans: one function a code, over the boundary `Read`, each with the records behind its figure.
//!
//! ```text
//! plan.rs      a plan as it is computed: built in, or of the office's own records
//! window.rs    from when to when a target counts      area.rs     which units count, as of the end of the window
//! books.rs     what is read of the store, once        recent.rs   the latest news of each cooperative
//! predicates.rs, topics.rs   what the formulas are made of
//! tally.rs     a figure with its records, and what could not be decided
//! cooperatives.rs jobs.rs managers.rs …               the formulas, a file an idea
//! evaluate.rs  every target of a plan → a row         state.rs    met or not, judged before anything is rounded
//! ```
//!
//! Nothing is guessed: where a date, a sex or a figure is missing, the record is listed beside the figure with the
//! reason. Reading grows with the records of the window and with the registers (cooperatives, roles, posts), not with
//! the whole store. Uses `store::Read` and the domain only.

pub mod adopt;
pub mod area;
pub mod books;
mod business;
pub mod census;
mod contest;
mod cooperatives;
mod coverage;
pub mod declared;
pub mod evaluate;
mod fairs;
mod filings;
mod jobs;
pub mod lines;
mod managers;
mod officers;
mod outreach;
mod partners;
pub mod plan;
mod predicates;
pub mod recent;
mod registry;
mod rounds;
pub mod shown;
pub mod state;
pub mod tally;
mod topics;
mod training;
pub mod window;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod trap_tests;

pub use evaluate::{Question, Row, evaluate};
pub use lines::Lines;
pub use plan::{Plan, Target};
pub use registry::{Indicator, Nature, indicator, indicators};
