//! A store in a folder of its own, worked on by the real program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// A store in a folder of its own, and a place for files.
pub struct Desk {
    folder: TempDir,
}

pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn empty() -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn new() -> Desk {
        let desk = Desk::empty();
        desk.ok(&["setup", "--unit", "C12472-B"]);
        desk
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, words: &[&str]) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_sohoi"))
            .env("SOHOI_DATA", self.folder.path().join("data"))
            .args(words)
            .output()
            .unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with lines on standard input.
    pub fn feed(&self, words: &[&str], lines: String) -> Outcome {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sohoi"))
            .env("SOHOI_DATA", self.folder.path().join("data"))
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let feeding = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = child.wait_with_output().unwrap();
        feeding.join().unwrap().unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn ok(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert_eq!(done.code, 0, "{words:?}: {}{}", done.out, done.err);
        done.out
    }

    pub fn list(&self, kind: &str) -> Vec<Json> {
        serde_json::from_str(&self.ok(&["list", kind, "--format", "json"])).unwrap()
    }

    /// A copy of a file of the corpus, so that what is written beside it goes with the folder.
    pub fn copy(&self, name: &str) -> String {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/import")
            .join(name);
        let to = self.file(name.rsplit('/').next().unwrap_or(name));
        std::fs::copy(from, &to).unwrap();
        to.display().to_string()
    }

    pub fn import(&self, file: &str, kind: &str, more: &[&str]) -> Outcome {
        self.run(&[&["import", file, "--as", kind], more].concat())
    }
}
