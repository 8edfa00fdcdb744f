//! A data folder worked on by the real program, and ways to be unkind to it.

#![allow(dead_code)] // Each test file uses its own part.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::time::Duration;

use sohoi::store::fault::StoreError;
use sohoi::store::probe::{PROBE_ARGUMENT, Probe};
use sohoi::store::{OpenReport, Read, Store};

/// The program under test.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sohoi"))
}

/// Numbers that are the same in every run of one seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// One line for `add cooperative --stream`.
pub fn line(number: usize) -> String {
    let letters: String = number
        .to_string()
        .bytes()
        .map(|digit| char::from(b'A' + digit - b'0'))
        .collect();
    format!(
        r#"{{"kind":"HTX","name":"HTX Thử {letters}","unit":"C12472-B","note":"{}"}}"#,
        "ghi chú ".repeat(number % 40)
    )
}

/// A running `add cooperative --stream` whose lines are answered one by one.
pub struct Stream {
    pub child: Child,
    input: ChildStdin,
    output: BufReader<std::process::ChildStdout>,
}

impl Stream {
    pub fn start(data: &Path) -> Stream {
        let mut child = program()
            .arg("--data")
            .arg(data)
            .args(["add", "cooperative", "--stream", "--warnings", "accept"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Stream { child, input, output }
    }

    /// Adds one record and waits for its id: it is acknowledged then. `None` when the program refuses or is gone.
    pub fn add(&mut self, number: usize) -> Option<String> {
        writeln!(self.input, "{}", line(number)).ok()?;
        self.input.flush().ok()?;
        let mut id = String::new();
        self.output.read_line(&mut id).ok()?;
        Some(id.trim().to_string()).filter(|id| !id.is_empty())
    }

    /// Writes without waiting; what is answered is read by [`Stream::rest`].
    pub fn throw_in(&mut self, number: usize) {
        let _ = writeln!(self.input, "{}", line(number)).and_then(|()| self.input.flush());
    }

    /// Kills the program as nothing else can, and gives the ids it had still acknowledged.
    pub fn kill(mut self) -> Vec<String> {
        let _ = self.child.kill();
        self.rest()
    }

    /// Ends the input, waits for the program, and gives the ids not yet read.
    pub fn finish(self) -> (Vec<String>, Output) {
        let Stream { child, input, output } = self;
        drop(input);
        let ids = whole_lines(output);
        (ids, child.wait_with_output().unwrap())
    }

    fn rest(self) -> Vec<String> {
        let Stream {
            mut child,
            input,
            output,
        } = self;
        drop(input);
        let ids = whole_lines(output);
        let _ = child.wait();
        ids
    }
}

/// Lines that were printed to their end; a cut one was not acknowledged.
fn whole_lines(mut output: BufReader<std::process::ChildStdout>) -> Vec<String> {
    let mut ids = Vec::new();
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
        if let Some(id) = line.strip_suffix('\n') {
            ids.push(id.trim().to_string());
        }
        line.clear();
    }
    ids
}

/// Opens a store with the real program as the probe.
pub fn open(data: &Path) -> Result<(Store, OpenReport), StoreError> {
    let probe = Probe::new(env!("CARGO_BIN_EXE_sohoi"), [PROBE_ARGUMENT], Duration::from_secs(10));
    Store::open_with(data, &probe, &mut |_| {})
}

/// The ids of all cooperatives, read whole, and those that the index by reference finds no fault with.
pub fn ids(store: &Store) -> BTreeSet<String> {
    let reader = store.reader();
    let listed: BTreeSet<String> = reader
        .scan("cooperative")
        .map(|entry| entry.unwrap().id.to_string())
        .collect();
    let keyed: BTreeSet<String> = reader.ids("cooperative").map(|id| id.unwrap().to_string()).collect();
    assert_eq!(listed, keyed);
    listed
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// All files below a folder, in a fixed order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
