//! Big logbooks for measuring: N records of a province's office over ten years, made through [`Store::bulk`] as an
//! import makes them, so that indexes, effects and the journal are those of real work.
//!
//! 2 % cooperatives, 15 % people, 3 % roles, 25 % visits, 45 % attendances, 10 % other kinds (sessions, the issues that
//! visits open, measurements, supports, products, fairs with their booths, outreach). The same number of records gives
//! the same records in every run. A logbook is made once and kept under `target/`, or in the folder that
//! `SOHOI_BIG_STORES` names; memory stays bounded, for only ids are remembered.

#![allow(dead_code)] // Each bench uses its own part.

mod dice;
mod story;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use sohoi::store::Store;
use sohoi::store::probe::{PROBE_ARGUMENT, Probe};

/// Goes up with every change of what is made, so that no bench runs over a logbook of the last version.
const EDITION: u32 = 6;
/// Written last: a folder without it was not finished.
const WHOLE: &str = "whole";
/// The office: Hội LHPN tỉnh Hưng Yên.
pub const OFFICE: &str = "P33-B";
/// Years that the logbook covers.
pub const YEARS: u32 = 10;

/// The last day of the story.
pub fn until() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day of the calendar")
}

/// How many of N records are of a kind; the rest of the last tenth are issues, which visits open by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// The kind's key.
    pub kind: &'static str,
    /// In a hundred thousand.
    pub share: usize,
}

/// What a logbook is made of, issues apart.
pub const SHARES: [Share; 12] = [
    Share::of("cooperative", 2_000),
    Share::of("person", 15_000),
    Share::of("role", 3_000),
    Share::of("visit", 25_000),
    Share::of("training", 1_800),
    Share::of("attendance", 45_000),
    Share::of("measurement", 2_000),
    Share::of("support", 1_500),
    Share::of("product", 600),
    Share::of("fair", 50),
    Share::of("booth", 600),
    Share::of("outreach", 1_600),
];

impl Share {
    const fn of(kind: &'static str, share: usize) -> Share {
        Share { kind, share }
    }
}

/// The data folder of a logbook of so many records, made if it is not there.
pub fn folder(records: usize) -> PathBuf {
    let above = std::env::var_os("SOHOI_BIG_STORES").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).join("big-stores"),
        PathBuf::from,
    );
    let folder = above.join(format!("{records}-v{EDITION}"));
    if !folder.join(WHOLE).exists() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("room for a logbook");
        let begun = Instant::now();
        eprintln!("making a logbook of {records} records in {}", folder.display());
        let store = open_folder(&folder);
        story::tell(&store, records);
        store.close().expect("room for a logbook");
        drop(store);
        fs::write(folder.join(WHOLE), "").expect("room for a mark");
        eprintln!("made in {:.0} s", begun.elapsed().as_secs_f64());
    }
    folder
}

/// Opens a logbook of so many records, made if it is not there.
pub fn open(records: usize) -> Store {
    open_folder(&folder(records))
}

/// Opens the logbook of a folder; one that a bench left in disorder is looked through by the real program first.
pub fn open_folder(folder: &Path) -> Store {
    let probe = match option_env!("CARGO_BIN_EXE_sohoi") {
        Some(program) => Probe::new(program, [PROBE_ARGUMENT], Duration::from_secs(60)),
        None => Probe::this_program(),
    };
    Store::open_with(folder, &probe, &mut |_| {})
        .expect("a sound logbook")
        .0
}

/// The bytes that a folder takes on the disk, sparse files by their blocks where the system tells them.
pub fn disk(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => disk(&entry.path()),
        Ok(meta) => blocks(&meta),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

#[cfg(unix)]
fn blocks(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(meta) * 512
}

#[cfg(not(unix))]
fn blocks(meta: &fs::Metadata) -> u64 {
    meta.len()
}
