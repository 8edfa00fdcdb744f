//! The weekly summary, held against figures worked out by hand and against an independent count over random records.

mod attention;
mod by_unit;
mod closing;
mod command;
mod files;
mod lines;
mod naive;
mod office;
mod random;
