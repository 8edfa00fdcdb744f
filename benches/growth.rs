//! How the program bears a big logbook: 1,000, 100,000 and 1,000,000 records over ten years, side by side.
//!
//! For each size: opening, the first screen of the real program in a pseudo-terminal, a keystroke of a look-up (the list
//! alone, and the whole way from the key to the drawn screen), `show`, the tables, memory and disk. Each size is measured
//! in a process of its own, so that its memory is its own; the file cache is warm, for the logbook was opened before.
//! `SOHOI_BENCH_RECORDS` names other sizes, with commas between. Prints a table in Markdown.

mod big_store;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use sohoi::search::status::Status;
use sohoi::search::{Asked, Finder};
use sohoi::store::{Read, Store};
use sohoi::ui::harness::Harness;
use sohoi::ui::screen::home::Home;
use sohoi::ui::screen::openers;

const CHILD: &str = "SOHOI_GROWTH_CHILD";
/// Which part of the measuring a child does.
const PART: &str = "SOHOI_GROWTH_PART";
const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// What officers type: without tones, with them, initials, swapped, a letter wrong, codes, telephone numbers, places.
const TYPED: [&str; 10] = [
    "nguyen thi lan",
    "trần thị ngọc hà",
    "rau an toan khanh",
    "ratkl",
    "lan nguyen thi",
    "dupc lieu an",
    "htx123",
    "0912 345",
    "may quynh phu",
    "ha",
];
/// As many hits as the look-up lists.
const HITS: usize = 50;
/// Openings of the program and of the store, of which the middle one is told.
const OPENINGS: usize = 5;

fn main() {
    sohoi::memory::keep_little();
    if let Ok(folder) = std::env::var(CHILD) {
        match std::env::var(PART).as_deref() {
            Ok("open") => opens(Path::new(&folder)),
            Ok("list") => list(Path::new(&folder)),
            _ => screens(Path::new(&folder)),
        }
        return;
    }
    // `cargo test --benches` only asks whether it runs.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let columns: Vec<(usize, BTreeMap<String, String>)> =
        sizes().into_iter().map(|size| (size, column(size))).collect();
    print_table(&columns);
}

fn sizes() -> Vec<usize> {
    let asked = std::env::var("SOHOI_BENCH_RECORDS").unwrap_or_default();
    let asked: Vec<usize> = asked.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    if asked.is_empty() { SIZES.to_vec() } else { asked }
}

/// All figures of one size, by name.
fn column(size: usize) -> BTreeMap<String, String> {
    let folder = big_store::folder(size);
    let mut figures = BTreeMap::new();
    figures.insert("01 disk".to_string(), megabytes(big_store::disk(&folder)));
    let (chrome, whole) = first_screen(&folder);
    figures.insert("02 first screen: chrome and keys".to_string(), millis(chrome));
    figures.insert("03 first screen: this week's figures".to_string(), millis(whole));
    figures.insert(
        "04 `sohoi show` from the command line".to_string(),
        millis(show_by_command(&folder)),
    );
    for part in ["open", "list", "use"] {
        let program = std::env::current_exe().expect("this program has a path");
        let child = Command::new(program)
            .env(CHILD, &folder)
            .env(PART, part)
            .output()
            .expect("this program runs");
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
        for line in String::from_utf8_lossy(&child.stdout).lines() {
            let (name, figure) = line.split_once('\t').expect("a name and a figure");
            figures.insert(name.to_string(), figure.to_string());
        }
    }
    figures
}

fn print_table(columns: &[(usize, BTreeMap<String, String>)]) {
    let heads: Vec<String> = columns.iter().map(|(size, _)| format!("{size} records")).collect();
    println!("| | {} |", heads.join(" | "));
    println!("| --- |{}", " ---: |".repeat(columns.len()));
    let names = columns.first().map(|(_, figures)| figures.keys());
    for name in names.into_iter().flatten() {
        let cells: Vec<&str> = columns
            .iter()
            .map(|(_, figures)| figures.get(name).map_or("", String::as_str))
            .collect();
        let (_, words) = name.split_once(' ').expect("a number, then words");
        println!("| {words} | {} |", cells.join(" | "));
    }
}

fn tell(name: &str, figure: String) {
    println!("{name}\t{figure}");
}

/// How long a store takes to open.
fn opens(folder: &Path) {
    let mut times: Vec<Duration> = (0..OPENINGS)
        .map(|_| {
            let begun = Instant::now();
            let store = big_store::open_folder(folder);
            let took = begun.elapsed();
            store.close().expect("room");
            took
        })
        .collect();
    tell("10 store open", middle(&mut times));
}

/// The list that look-ups ask, and the status of a cooperative, without the interface.
fn list(folder: &Path) {
    tell("14 memory: the bare process", megabytes(resident()));
    let store = big_store::open_folder(folder);
    tell("11 memory: store open", megabytes(resident()));
    let mut finder = Finder::new();
    let begun = Instant::now();
    finder.prepare(&store.reader()).expect("a sound logbook");
    tell("12 look-up list read", millis(begun.elapsed()));
    tell("13 memory: look-up list read", megabytes(resident()));
    keystrokes(&mut finder, &store.reader());
    shows(&store);
}

/// Letter by letter, as it is typed: the list alone.
fn keystrokes(finder: &mut Finder, read: &dyn Read) {
    let mut times = Vec::new();
    for round in 0..3 {
        for typed in TYPED {
            for end in typed.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
                let asked = Asked {
                    text: &typed[..end],
                    kind: None,
                    limit: HITS,
                };
                let begun = Instant::now();
                std::hint::black_box(finder.find(&asked, read).expect("a sound logbook"));
                if round > 0 {
                    times.push(begun.elapsed());
                }
            }
        }
    }
    tell("20 look-up keystroke, list alone: middle", middle(&mut times));
    tell(
        "21 look-up keystroke, list alone: 99 of 100 within",
        percentile(&mut times, 99),
    );
    tell(
        "22 look-up keystroke, list alone: the slowest",
        percentile(&mut times, 100),
    );
}

/// The status of a cooperative by its code.
fn shows(store: &Store) {
    let read = store.reader();
    let codes: Vec<String> = (1..=20).map(|number| format!("HTX{number:03}")).collect();
    let mut times = Vec::new();
    for code in codes.iter().chain(&codes) {
        let begun = Instant::now();
        let Some(id) = read.known().by_code("cooperative", code) else {
            continue;
        };
        std::hint::black_box(Status::of(&read, id).expect("a sound logbook"));
        times.push(begun.elapsed());
    }
    tell("25 status of a cooperative by its code: middle", middle(&mut times));
    tell(
        "26 status of a cooperative by its code: the slowest",
        percentile(&mut times, 100),
    );
}

/// The whole way: key, look-up with its card, drawn; and the tables opened.
fn screens(folder: &Path) {
    let store = Arc::new(big_store::open_folder(folder));
    let setup = Harness::setup(Box::new(Home::new()), store, openers::table());
    let mut harness = Harness::over(setup, (80, 24));
    harness.hasty().settle();
    tell("40 memory: home", megabytes(resident()));
    harness.keys("/").settle();
    let (mut letters, mut cards) = (Vec::new(), Vec::new());
    for typed in TYPED {
        for letter in typed.chars() {
            let begun = Instant::now();
            harness.typed(&letter.to_string());
            letters.push(begun.elapsed());
            harness.settle();
            cards.push(begun.elapsed());
        }
        harness.keys("esc /").settle();
    }
    harness.keys("esc");
    tell("23 look-up keystroke, drawn: middle", middle(&mut letters));
    tell(
        "24 look-up keystroke, drawn: 99 of 100 within",
        percentile(&mut letters, 99),
    );
    tell("245 status card after a keystroke: middle", middle(&mut cards));
    tell(
        "246 status card after a keystroke: 99 of 100 within",
        percentile(&mut cards, 99),
    );
    tell("41 memory: after look-ups", megabytes(resident()));
    for (name, keys) in [
        ("30 table of visits opened", "g v"),
        ("31 table of people opened", "g n"),
    ] {
        let begun = Instant::now();
        harness.keys(keys);
        tell(name, millis(begun.elapsed()));
        let mut times = Vec::new();
        for key in ["down", "pgdn", "pgdn", "down", "pgdn"] {
            let begun = Instant::now();
            harness.keys(key);
            times.push(begun.elapsed());
        }
        tell(&format!("{name}, a page further"), percentile(&mut times, 100));
        let begun = Instant::now();
        harness.settle();
        tell(&format!("{name}, all rows there"), millis(begun.elapsed()));
        harness.keys("esc");
    }
    tell("42 memory: after the tables", megabytes(resident()));
    tell("43 memory: the most at any moment", megabytes(peak()));
}

/// From the start of the real program to the first screen with its keys, and to this week's figures.
fn first_screen(folder: &Path) -> (Duration, Duration) {
    let mut runs: Vec<(Duration, Duration)> = (0..OPENINGS).map(|_| start_once(folder)).collect();
    runs.sort_unstable();
    runs[runs.len() / 2]
}

fn start_once(folder: &Path) -> (Duration, Duration) {
    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sohoi"));
    command.args([std::ffi::OsStr::new("--data"), folder.as_os_str()]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let mut reader = pair.master.try_clone_reader().expect("an open terminal");
    let begun = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    drop(pair.slave);
    let mut screen = vt100::Parser::default();
    let (mut chrome, mut part) = (None, [0; 8192]);
    let whole = loop {
        let count = reader.read(&mut part).unwrap_or(0);
        assert!(count > 0, "the program ended:\n{}", screen.screen().contents());
        screen.process(&part[..count]);
        let text = screen.screen().contents();
        if text.contains("tra cứu") {
            chrome.get_or_insert_with(|| begun.elapsed());
        }
        if text.contains("Lượt thăm HTX") {
            break begun.elapsed();
        }
    };
    // Ctrl-Q leaves; a store left in order needs no second look at the next start.
    let mut writer = pair.master.take_writer().expect("an open terminal");
    let _ = std::io::Write::write_all(&mut writer, b"\x11");
    while reader.read(&mut part).is_ok_and(|count| count > 0) {}
    let _ = child.wait();
    (chrome.unwrap_or(whole), whole)
}

fn show_by_command(folder: &Path) -> Duration {
    let mut runs: Vec<Duration> = (0..OPENINGS)
        .map(|_| {
            let begun = Instant::now();
            let shown = Command::new(env!("CARGO_BIN_EXE_sohoi"))
                .arg("--data")
                .arg(folder)
                .args(["show", "HTX001"])
                .output()
                .expect("the program starts");
            assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
            begun.elapsed()
        })
        .collect();
    runs.sort_unstable();
    runs[runs.len() / 2]
}

fn middle(times: &mut [Duration]) -> String {
    percentile(times, 50)
}

fn percentile(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or_else(String::new, |time| millis(*time))
}

fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1000.0;
    if millis < 10.0 {
        format!("{millis:.2} ms")
    } else {
        format!("{millis:.0} ms")
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

/// The memory that the process has now; 0 where the system does not tell.
fn resident() -> u64 {
    of_status("VmRSS:")
}

/// The most that it ever had.
fn peak() -> u64 {
    of_status("VmHWM:")
}

fn of_status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
