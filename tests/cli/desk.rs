//! A store in a folder of its own, and the program run on it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// Xã Quỳnh Phụ, Hưng Yên.
pub const OFFICE: &str = "C12472-B";

pub struct Desk {
    folder: TempDir,
}

/// What the program did.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, with nothing of this machine's settings.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sohoi"));
    command.env_remove("SOHOI_DATA");
    command
}

impl Desk {
    /// An empty store without an office.
    pub fn empty() -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A store of a commune's office.
    pub fn new() -> Desk {
        let desk = Desk::empty();
        let done = desk.run(&["setup", "--unit", OFFICE, "--officer", "Nguyễn Thị Hằng"]);
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
        desk
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn command(&self) -> Command {
        let mut command = program();
        command.env("SOHOI_DATA", self.folder());
        command
    }

    pub fn run(&self, words: &[&str]) -> Outcome {
        self.feed(words, "")
    }

    /// Runs the program with something on standard input.
    pub fn feed(&self, words: &[&str], input: impl AsRef<[u8]>) -> Outcome {
        let mut child = self
            .command()
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        // A program that reads none of it may be gone before all is written.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Outcome {
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs what must be done, and gives its answer.
    pub fn ok(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert_eq!(done.code, 0, "{words:?}: {}", done.err);
        done.out
    }

    /// Runs what must be refused with exit 1 and no answer, and gives what was said.
    pub fn refused(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert_eq!((done.code, done.out.as_str()), (1, ""), "{words:?}: {}", done.err);
        assert!(!done.err.trim().is_empty(), "{words:?}: refused without a word");
        done.err
    }

    /// Adds one record and gives its id.
    pub fn add(&self, words: &[&str]) -> String {
        let out = self.ok(&[&["add"], words].concat());
        assert_eq!(out.lines().count(), 1, "{out}");
        out.trim().to_string()
    }

    /// Adds records from JSON.
    pub fn add_json(&self, kind: &str, json: &Json) -> Outcome {
        self.feed(&["add", kind, "--json", "-"], json.to_string())
    }

    /// All records of a kind.
    pub fn list(&self, kind: &str) -> Vec<Json> {
        self.list_where(kind, &[])
    }

    /// Records of a kind, asked for with more words.
    pub fn list_where(&self, kind: &str, words: &[&str]) -> Vec<Json> {
        let out = self.ok(&[&["list", kind, "--format", "json"], words].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// A cooperative, and its id.
    pub fn cooperative(&self, name: &str) -> String {
        self.add(&["cooperative", "kind=HTX", &format!("name={name}")])
    }
}
