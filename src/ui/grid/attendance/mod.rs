//! Who came to a session: people × days, marked by exception.
//!
//! `row` is one person's line, `session` what the grid needs of the training, `people` what is known of a person on that
//! day, `sheet` the whole list and everything that can be done with it; `line` reads what is typed below it, `invite`
//! brings lists in, `totals` counts, `keep` puts drafts and saves together.

pub mod invite;
pub mod keep;
pub mod line;
pub mod people;
pub mod row;
pub mod session;
pub mod sheet;
pub mod totals;

pub use row::{Mark, Marks, Row, Who};
pub use session::Session;
pub use sheet::{Days, Naming, Sheet};
pub use totals::Totals;
