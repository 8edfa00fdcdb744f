//! The command line as scripts use it: the real program, in a folder of its own, judged by its exit code, by what it
//! answers on standard output and by what it says on standard error.

mod add;
mod backup;
mod check;
mod desk;
mod list;
#[path = "../support/made_up.rs"]
mod made_up;
mod own_fields;
mod records;
mod reports;
mod round_trip;
mod targets;
mod words;
