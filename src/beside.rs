//! Two pieces of work at the same time: even old office machines have a second core.

use std::panic;
use std::thread::{self, Builder};

/// Does one thing here and another on a thread of its own; gives both outcomes. Where no thread can be had, the other is
/// done here afterwards.
pub fn beside<A, B: Send>(here: impl FnOnce() -> A, there: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let thread = Builder::new().name("beside".into()).spawn_scoped(scope, &there);
        let first = here();
        let second = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|fault| panic::resume_unwind(fault)),
            Err(_) => there(),
        };
        (first, second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn both_are_done_and_at_the_same_time() {
        let both_run = Barrier::new(2);
        let (here, there) = beside(|| both_run.wait().is_leader(), || both_run.wait().is_leader());
        assert!(here != there);
    }
}
