//! The program's entry: parse the arguments, then the command line or the interface.

fn main() {}
