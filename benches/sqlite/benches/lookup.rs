//! A look-up letter by letter: the program's list, `LIKE` over SQLite, and a folded list gone through from its beginning
//! to its end, over the same names in the same run.
//!
//! The names are those of the big logbooks (`benches/big_store`; `SOHOI_BIG_STORES` names where they are kept,
//! `SOHOI_BENCH_RECORDS` other sizes than 1,000, 100,000 and 1,000,000 records). SQLite has one row a name with its code,
//! name, telephone and commune folded beforehand, in memory; every word typed must begin one of its words, and the first
//! fifty by kind and name are asked for. Only the program forgives a wrong letter, knows initials and ranks by use.

#[path = "../../big_store/mod.rs"]
mod big_store;

use std::hint::black_box;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use sohoi::domain::entry::Entry;
use sohoi::domain::known::unit_name;
use sohoi::search::{Asked, Finder, LISTED};
use sohoi::store::Read;
use sohoi::vietnamese::fold::fold;
use sohoi_sqlite_benches::figures::Figures;

const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// What officers type, without what only the program finds.
const TYPED: [&str; 7] = [
    "nguyen thi lan",
    "tran thi ngoc ha",
    "rau an toan khanh",
    "lan nguyen thi",
    "htx123",
    "0912345",
    "ha",
];
const HITS: usize = 50;

fn main() {
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let asked = std::env::var("SOHOI_BENCH_RECORDS").unwrap_or_default();
    let asked: Vec<usize> = asked.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        compare(size);
    }
}

fn compare(size: usize) {
    let store = big_store::open(size);
    let read = store.reader();
    let names = names(&read);
    println!("{size} records, {} names", names.len());
    let mut finder = Finder::new();
    finder.prepare(&read).expect("a sound logbook");
    let sqlite = table(&names);
    let folded: Vec<&str> = names.iter().map(|name| name.folded.as_str()).collect();
    let contenders = [
        Figures::of(
            "list",
            keystrokes(|typed| drop(black_box(finder.find(&asked(typed), &read)))),
        ),
        Figures::of(
            "LIKE over SQLite",
            keystrokes(|typed| drop(black_box(like(&sqlite, typed)))),
        ),
        Figures::of(
            "linear folded scan",
            keystrokes(|typed| drop(black_box(scan(&folded, typed)))),
        ),
    ];
    for figures in &contenders {
        println!(
            "  {:<20} middle {:>12}   99 of 100 {:>12}   the slowest {:>12}",
            figures.name,
            millis(figures.median()),
            millis(figures.share(99)),
            millis(figures.share(100))
        );
    }
}

/// A name as a table has it.
struct Name {
    kind: usize,
    title: String,
    folded: String,
}

fn names(read: &dyn Read) -> Vec<Name> {
    let mut names = Vec::new();
    for (place, kind) in LISTED.iter().enumerate() {
        for entry in read.scan(kind) {
            let entry = entry.expect("a sound logbook");
            let title = entry
                .text("name")
                .or(entry.text("title"))
                .unwrap_or_default()
                .to_string();
            let folded = format!(" {}", fold(&words(&entry, &title, read)));
            names.push(Name {
                kind: place,
                title,
                folded,
            });
        }
    }
    names
}

fn words(entry: &Entry, title: &str, read: &dyn Read) -> String {
    let text = |key| entry.text(key).unwrap_or_default();
    let area = unit_name(read.known(), entry.text("area"));
    format!("{} {title} {} {} {area}", text("code"), text("phone"), text("venue"))
}

fn table(names: &[Name]) -> Connection {
    let mut db = Connection::open_in_memory().expect("memory");
    db.execute_batch("CREATE TABLE names (kind INTEGER, title TEXT, folded TEXT)")
        .expect("a table");
    let all = db.transaction().expect("a transaction");
    {
        let mut insert = all
            .prepare("INSERT INTO names VALUES (?1, ?2, ?3)")
            .expect("a statement");
        for name in names {
            let row = params![name.kind as i64, name.title, name.folded];
            insert.execute(row).expect("a row");
        }
    }
    all.commit().expect("memory");
    db
}

fn like(db: &Connection, typed: &str) -> Vec<(i64, String)> {
    let patterns: Vec<String> = fold(typed).split(' ').map(|word| format!("% {word}%")).collect();
    let rules = vec!["folded LIKE ?"; patterns.len()].join(" AND ");
    let asked = format!("SELECT kind, title FROM names WHERE {rules} ORDER BY kind, title LIMIT {HITS}");
    let mut statement = db.prepare_cached(&asked).expect("a statement");
    let rows = statement.query_map(rusqlite::params_from_iter(patterns), |row| {
        Ok((row.get(0)?, row.get(1)?))
    });
    rows.expect("an answer").map(|row| row.expect("a row")).collect()
}

fn scan(folded: &[&str], typed: &str) -> usize {
    let words: Vec<String> = fold(typed).split(' ').map(|word| format!(" {word}")).collect();
    let hit = |name: &&&str| words.iter().all(|word| name.contains(word.as_str()));
    folded.iter().filter(hit).count()
}

fn asked(text: &str) -> Asked<'_> {
    Asked {
        text,
        kind: None,
        limit: HITS,
    }
}

/// Every text letter by letter, twice; the second time counts.
fn keystrokes(mut press: impl FnMut(&str)) -> Vec<Duration> {
    let mut taken = Vec::new();
    for round in 0..2 {
        for typed in TYPED {
            for end in 1..=typed.len() {
                let begun = Instant::now();
                press(&typed[..end]);
                if round > 0 {
                    taken.push(begun.elapsed());
                }
            }
        }
    }
    taken
}

fn millis(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}
