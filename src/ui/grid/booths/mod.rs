//! The booths of a fair as a sheet: a row a booth, a column a field.
//!
//! `column` says which fields there are and reads what is typed into them, `sheet` is the rows and everything that can
//! be done with them, `totals` what they add up to and what is missing to the plan, `keep` drafts and saves.

pub mod column;
pub mod exhibitor;
pub mod keep;
pub mod sheet;
pub mod totals;

pub use column::Column;
pub use sheet::{Exhibitor, Fair, Row, Sheet};
pub use totals::{Plan, Totals};
