//! What a keystroke costs: time, and how often it allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sohoi::vietnamese::typing::{Abbreviations, Engine, METHODS, Method, Settings};

/// The system's allocator, counting.
struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A line of daily work in the keys of a method.
fn line(method: &str) -> &'static str {
    match method {
        "vni" => {
            "Ho7p5 ta1c xa4 co2n thie61u vo61n lu7u d9o65ng, hu7o71ng da64n ho62 so7 vay cho nguo7i2 phu5 tra1ch. "
        }
        "viqr" => {
            "Ho+p. ta'c xa~ co`n thie^'u vo^'n lu+u ddo^.ng, hu+o+'ng da^~n ho^` so+ vay cho nguo+i` phu. tra'ch. "
        }
        _ => {
            "Howpj tacs xax conf thieeus voons luwu ddoongj, huwowngs daanx hoof sow vay cho nguowif phuj trachs website. "
        }
    }
}

fn engine(method: &str) -> Engine {
    let settings = Settings {
        abbreviations: Abbreviations::starter(),
        ..Settings::default()
    };
    Engine::new(Method::builtin(method).expect("built in"), settings)
}

fn keystroke(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("keystroke");
    for method in METHODS {
        let keys: Vec<char> = line(method).chars().collect();
        let mut engine = engine(method);
        group.throughput(Throughput::Elements(keys.len() as u64));
        group.bench_function(method, |bencher| {
            bencher.iter(|| keys.iter().map(|&key| black_box(engine.key(key)).delete).sum::<usize>());
        });
        report(method, &keys);
    }
    group.finish();
}

/// One line a method: the median time of a single keystroke and its allocations.
fn report(method: &str, keys: &[char]) {
    let mut engine = engine(method);
    let mut times = Vec::with_capacity(keys.len() * 200);
    for &key in keys {
        black_box(engine.key(key));
    }
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    for _ in 0..200 {
        for &key in keys {
            let start = Instant::now();
            black_box(engine.key(key));
            times.push(start.elapsed().as_nanos());
        }
    }
    let allocations = (ALLOCATIONS.load(Ordering::Relaxed) - before) as f64 / times.len() as f64;
    times.sort_unstable();
    let at = |share: usize| times[times.len() * share / 1_000];
    println!(
        "{method}: median {} ns, 99 of 100 within {} ns a keystroke; {allocations:.2} allocations a keystroke",
        at(500),
        at(990)
    );
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
