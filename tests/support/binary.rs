//! The real program, run once over a data folder.

use std::path::Path;
use std::process::Command;

/// What it answers; a request that it refuses ends the test.
pub fn sohoi(data: &Path, words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sohoi"))
        .arg("--data")
        .arg(data)
        .args(words)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}
