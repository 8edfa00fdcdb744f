//! What comes with the program and is never a record: code lists, administrative units, plans, names for fictional data.
//!
//! The facts stand in text files under `data/`, one form each, so that a correction is a line changed and seen in a
//! diff. They are compiled in, taken apart when first asked for, and cannot be changed at run time.

pub mod demo;
pub mod lists;
mod packed;
pub mod plans;
pub mod units;

pub use demo::{DemoNames, demo_names};
pub use lists::{Code, CodeList, list, lists};
pub use plans::{BuiltinPlan, BuiltinTarget, plan, plans};
pub use units::{CENTRE, Unit, UnitKind, Units, union_name, units};
