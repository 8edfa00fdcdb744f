//! The mouse in the real program: off until it is switched on, then a click points and opens, the wheel turns; what the
//! terminal sends for it is sent as it sends it.
#![cfg(unix)]

#[path = "support/pty.rs"]
mod pty;

use pty::Terminal;

/// What a terminal sends for a click of the first button: pressed and let go. Columns and rows count from 1.
fn click(column: usize, row: usize) -> String {
    format!("\u{1b}[<0;{column};{row}M\u{1b}[<0;{column};{row}m")
}

/// The row of the pointer, from 1.
fn pointed(terminal: &Terminal) -> Option<usize> {
    let row = terminal.rows().iter().position(|line| line.starts_with('▶'))?;
    Some(row + 1)
}

#[test]
fn a_click_points_then_opens_and_the_wheel_turns_once_the_mouse_is_switched_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so");
    let demo = ["demo", "--cooperatives", "12", "--weeks", "2"];
    assert_eq!(Terminal::start(&data, &demo, &[]).ended(), 0);
    let mut terminal = Terminal::start(&data, &[], &[]);
    terminal.wait_for("TUẦN NÀY tuần này");
    assert!(!terminal.follows_the_mouse(), "it is off until somebody wants it");
    // The last of the settings is the mouse.
    terminal.keys("g i");
    terminal.wait_for("Chuột tắt");
    terminal.burst("\u{1b}[F");
    terminal.keys("Enter");
    terminal.wait_for("Chuột bật");
    assert!(terminal.follows_the_mouse());
    terminal.keys("Esc g c");
    terminal.wait_for("Tình trạng");
    let first = pointed(&terminal).unwrap_or_else(|| panic!("{}", terminal.text()));
    terminal.burst(&click(10, first + 3));
    assert_eq!(pointed(&terminal), Some(first + 3), "{}", terminal.text());
    terminal.burst("\u{1b}[<65;20;12M");
    assert_eq!(pointed(&terminal), Some(first + 4), "{}", terminal.text());
    terminal.burst("\u{1b}[<64;20;12M\u{1b}[<64;20;12M");
    assert_eq!(pointed(&terminal), Some(first + 2), "{}", terminal.text());
    let list = terminal.text();
    terminal.burst(&click(10, first + 2));
    terminal.wait_for("HTX, THT ·");
    terminal.keys("Esc");
    assert_eq!(terminal.text(), list);
    // The right button, a move and a click outside of everything do nothing.
    terminal.burst("\u{1b}[<2;10;9M\u{1b}[<35;11;9M\u{1b}[<0;500;300M");
    assert_eq!(terminal.text(), list);
    terminal.keys("g i");
    terminal.wait_for("Chuột bật");
    terminal.burst("\u{1b}[F");
    terminal.keys("Enter");
    terminal.wait_for("Chuột tắt");
    assert!(!terminal.follows_the_mouse());
    terminal.burst("\u{1b}[F");
    terminal.keys("Enter");
    terminal.wait_for("Chuột bật");
    terminal.keys("C-q");
    assert_eq!(terminal.ended(), 0);
    assert!(!terminal.follows_the_mouse(), "the terminal is given back without it");
}
