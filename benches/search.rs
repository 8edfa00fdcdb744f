//! What a keystroke of a look-up costs over 1,000, 100,000 and 1,000,000 names, beside the same over a list of folded
//! names that is gone through from its beginning to its end.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use sohoi::domain::catalog::demo::demo_names;
use sohoi::domain::id::Id;
use sohoi::search::{Asked, Draft, Finder, List, Part};
use sohoi::vietnamese::fold::fold;

/// How many names.
const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// What is typed, and what makes it dear.
const TYPED: [(&str, &str); 7] = [
    ("first letter", "n"),
    ("common words", "nguyen thi"),
    ("name", "tran thi ngoc ha"),
    ("tones", "trần thị ngọc hà"),
    ("initials", "ttnh"),
    ("letter wrong", "trsn thi mgoc"),
    ("telephone", "345678"),
];
const LIMIT: usize = 50;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A name and a telephone number: one in nine a cooperative's, the others people's.
fn name(place: usize, dice: &mut Dice) -> (usize, String, String) {
    let names = demo_names();
    let phone = format!("09{:08}", dice.below(100_000_000));
    if place.is_multiple_of(9) {
        let trade = dice.one(&names.trades);
        return (
            0,
            format!("{} {}", dice.one(&trade.words), dice.one(&names.mottoes)),
            phone,
        );
    }
    let (surname, middle, given) = (
        dice.one(&names.surnames).name,
        dice.one(&names.middle_women),
        dice.one(&names.given_women),
    );
    (1, format!("{surname} {middle} {given}"), phone)
}

fn list_of(size: usize) -> List {
    let mut dice = Dice(88_172_645_463_325_252);
    let mut rows: Vec<(usize, String, String)> = (0..size).map(|place| name(place, &mut dice)).collect();
    rows.sort_by_key(|(kind, ..)| *kind);
    let mut list = List::default();
    let mut draft = Draft::default();
    for (place, (kind, name, phone)) in rows.iter().enumerate() {
        draft.clear();
        draft.code(&format!("{}{place:03}", ["HTX", "N"][*kind]));
        draft.label("HTX001", name);
        if *kind == 0 {
            draft.text("HTX", Part::Kind, list.words_mut());
        }
        draft.text(name, Part::Name, list.words_mut());
        draft.number(phone);
        draft.used(u32::try_from(dice.below(4_000)).unwrap_or(0));
        list.load(*kind, Id::at(place as u64 + 1, [0; 10]), &draft);
    }
    list
}

fn asked(text: &str) -> Asked<'_> {
    Asked {
        text,
        kind: None,
        limit: LIMIT,
    }
}

/// A keystroke that nothing went before: the dearest, for there is nothing to narrow.
fn alone(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("keystroke alone");
    group.sample_size(20);
    for size in SIZES {
        let list = list_of(size);
        println!("{size} names: {} bytes a name", list.bytes() / size);
        let mut finder = Finder::over(list, 0);
        for (what, text) in TYPED {
            group.bench_with_input(BenchmarkId::new(what, size), &text, |bench, text| {
                bench.iter(|| {
                    // An empty line forgets what was found before.
                    finder.find_in_list(&asked(""));
                    black_box(finder.find_in_list(&asked(text)))
                });
            });
        }
    }
    group.finish();
}

/// A name typed letter by letter, as it is done: the time of all its letters.
fn typed(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("name letter by letter");
    group.sample_size(20);
    for size in SIZES {
        let mut finder = Finder::over(list_of(size), 0);
        let text = "tran thi ngoc ha";
        group.bench_with_input(BenchmarkId::new("16 letters", size), &text, |bench, text| {
            bench.iter(|| {
                for end in 0..=text.len() {
                    black_box(finder.find_in_list(&asked(&text[..end])));
                }
            });
        });
    }
    group.finish();
}

/// The plain way: every word looked for in every folded name.
fn linear(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("linear folded scan");
    group.sample_size(20);
    for size in SIZES {
        let mut dice = Dice(88_172_645_463_325_252);
        let names: Vec<String> = (0..size).map(|place| fold(&name(place, &mut dice).1)).collect();
        for (what, text) in TYPED
            .into_iter()
            .filter(|(what, _)| matches!(*what, "common words" | "name"))
        {
            let words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
            group.bench_with_input(BenchmarkId::new(what, size), &words, |bench, words| {
                bench.iter(|| {
                    let hit = |name: &&String| words.iter().all(|word| name.contains(word.as_str()));
                    black_box(names.iter().filter(hit).count())
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, alone, typed, linear);
criterion_main!(benches);
