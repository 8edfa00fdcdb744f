//! How the system's allocator keeps memory, told once at the start.
//!
//! glibc gives every thread an arena of its own and holds on to what is freed in it: reading the look-up list, home and a
//! table on their threads left 40 MB unused behind them with 100,000 records. One arena for all, and large blocks given
//! back as soon as they are free, cost nothing that can be seen on machines with two cores. Other systems' allocators do
//! so by themselves.

/// Lets memory that is free go back to the system. The first thing the program does: an arena once made stays.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_little() {
    use std::ffi::c_int;
    // The names and numbers of <malloc.h>.
    const M_TRIM_THRESHOLD: c_int = -1;
    const M_MMAP_THRESHOLD: c_int = -3;
    const M_ARENA_MAX: c_int = -8;
    const LARGE: c_int = 128 << 10;
    // SAFETY: this is the declaration of mallopt(3), which takes any numbers and refuses those it does not know.
    unsafe extern "C" {
        safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
    }
    // Where one is refused, more memory is held and nothing else is different.
    for (parameter, value) in [(M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LARGE)] {
        mallopt(parameter, value);
    }
}

/// The allocators of other systems need no telling.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_little() {}
