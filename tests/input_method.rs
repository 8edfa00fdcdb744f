//! The system's own input method at work in the real program: what it sends ends up as one word in the saved record.
#![cfg(unix)]

#[path = "support/binary.rs"]
mod binary;
#[path = "support/pty.rs"]
mod pty;

use std::path::Path;

use binary::sohoi;
use pty::Terminal;

/// Opens a new visit and goes to its advice, a field of prose.
fn at_advice(data: &Path) -> Terminal {
    sohoi(data, &["setup", "--unit", "C12472-B", "--officer", "Phạm Thu Hằng"]);
    sohoi(data, &["add", "cooperative", "kind=HTX", "name=HTX An Khang"]);
    let mut terminal = Terminal::start(data, &[], &[]);
    terminal.wait_for("VIỆC CẦN LÀM");
    terminal.keys("v");
    terminal.wait_for("Ngày thăm");
    // The day is today's; the cursor waits at the cooperative.
    terminal.type_in("htx001");
    terminal.keys("Enter");
    terminal.wait_for("HTX An Khang");
    for _ in 0..20 {
        if on_line(&terminal, "Hướng dẫn, tư vấn") {
            return terminal;
        }
        terminal.keys("Down");
    }
    panic!("advice is not reached:\n{}", terminal.text());
}

/// Whether the cursor stands on the line with a label.
fn on_line(terminal: &Terminal, label: &str) -> bool {
    terminal.line_of_cursor().contains(label)
}

fn saved_advice(terminal: Terminal, data: &Path) -> String {
    // One store, one program.
    drop(terminal);
    let list: serde_json::Value = serde_json::from_str(&sohoi(data, &["list", "visit", "--format", "json"])).unwrap();
    list[0]["advice"].as_str().unwrap_or_default().to_string()
}

/// What the advice of the saved visit is, after these were sent into its field one by one.
fn sent(parts: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so");
    let mut terminal = at_advice(&data);
    for part in parts {
        terminal.burst(part);
    }
    terminal.keys("Up");
    purposes(&mut terminal);
    terminal.keys("C-s");
    terminal.settle_after_save();
    saved_advice(terminal, &data)
}

#[test]
fn bursts_of_backspaces_and_composed_letters_make_one_word() {
    assert_eq!(sent(&["t", "i", "e", "⌫ê", "n", "g", "⌫⌫⌫ếng"]), "tiếng");
}

#[test]
fn decomposed_letters_coming_one_by_one_are_composed() {
    assert_eq!(sent(&["t", "i", "e", "\u{302}", "\u{301}", "n", "g"]), "tiếng");
}

/// Fills in the purpose, without which no visit is saved.
fn purposes(terminal: &mut Terminal) {
    for _ in 0..20 {
        if on_line(terminal, "Mục đích") {
            terminal.type_in("1");
            terminal.keys("Enter");
            return;
        }
        terminal.keys("Up");
    }
    panic!("the purpose is not reached:\n{}", terminal.text());
}
