//! The program's entry: parse the arguments, then the command line or the interface.

fn main() {
    sohoi::store::contain::probe_if_asked();
}
