//! A form half typed in the real program, which then ends in each way it can end: opened again, it offers the draft, and
//! the draft is the same form with the cursor in the same field.
#![cfg(unix)]

#[path = "support/binary.rs"]
mod binary;
#[path = "support/pty.rs"]
mod pty;

use std::path::Path;
use std::time::{Duration, Instant};

use binary::sohoi;
use pty::Terminal;

/// The visit's form in the field "Hướng dẫn", with half a sentence in it.
fn half_typed(data: &Path) -> Terminal {
    sohoi(
        data,
        &[
            "setup",
            "--unit",
            "C12472-B",
            "--officer",
            "Nguyễn Thị Hằng",
            "--typing",
            "telex",
        ],
    );
    sohoi(data, &["add", "cooperative", "kind=HTX", "name=HTX Dược liệu An Khang"]);
    let mut terminal = Terminal::start(data, &[], &[]);
    terminal.wait_for("TUẦN NÀY");
    terminal.keys("v");
    terminal.wait_for("Ngày thăm");
    terminal.type_in("an khang");
    terminal.keys("Enter");
    terminal.wait_for("HTX001 HTX Dược liệu An Khang");
    terminal.down_to("Mục đích");
    terminal.type_in("2");
    terminal.down_to("Khó khăn");
    terminal.type_in("von");
    terminal.keys("Enter");
    terminal.down_to("Nội dung");
    terminal.type_in("kho lanhj hongr");
    terminal.down_to("Hướng dẫn");
    terminal.type_in("thieeus voons luwu");
    terminal.wait_for("thiếu vốn lưu");
    terminal
}

/// Opens the program again, and from its first screen the draft.
fn opened_again(data: &Path) -> Terminal {
    let mut terminal = Terminal::start(data, &[], &[]);
    terminal.wait_for("~ Bản nháp");
    for _ in 0..12 {
        if terminal
            .text()
            .lines()
            .any(|line| line.starts_with('▶') && line.contains("Bản nháp"))
        {
            break;
        }
        terminal.keys("Down");
    }
    terminal.keys("Enter");
    terminal.wait_for("Ngày thăm");
    terminal
}

/// What was typed in the fields that were left, and the cursor where it was.
fn is_the_same_form(terminal: &Terminal) {
    let text = terminal.text();
    assert!(text.contains("HTX001 HTX Dược liệu An Khang"), "{text}");
    assert!(text.contains("kho lạnh hỏng"), "{text}");
    assert!(terminal.line_of_cursor().contains("Hướng dẫn"), "{text}");
}

fn ended_by(signal: &str) -> (tempfile::TempDir, Terminal) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut terminal = half_typed(&data);
    terminal.signal(signal);
    terminal.wait_until_gone();
    drop(terminal);
    let again = opened_again(&data);
    (dir, again)
}

#[test]
fn a_closed_window_or_a_request_to_end_keeps_the_form_to_the_last_letter() {
    for signal in ["HUP", "TERM"] {
        let (_dir, mut again) = ended_by(signal);
        is_the_same_form(&again);
        assert!(again.text().contains("thiếu vốn lưu"), "{signal}:\n{}", again.text());
        // Going on where it was left, to the saved visit; its draft is gone then.
        again.type_in(" ddoongj");
        again.keys("C-s");
        again.wait_for("Đã lưu lượt thăm");
        again.home();
        assert!(!again.text().contains("Bản nháp"), "{}", again.text());
    }
}

#[test]
fn a_kill_costs_at_most_the_field_being_typed() {
    let (_dir, again) = ended_by("KILL");
    is_the_same_form(&again);
}

#[test]
fn a_field_left_is_in_its_draft_on_the_disk_within_a_second() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut terminal = half_typed(&data);
    let begun = Instant::now();
    let in_place = || {
        let files = std::fs::read_dir(data.join("drafts")).unwrap();
        let paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        let all_synced = paths
            .iter()
            .all(|path| path.extension().is_some_and(|name| name == "json"));
        all_synced
            && paths
                .iter()
                .any(|path| std::fs::read_to_string(path).unwrap().contains("kho lạnh hỏng"))
    };
    while !in_place() {
        // Far more than a second, as this machine may be busy; that it comes at all without a key is the point.
        assert!(begun.elapsed() < Duration::from_secs(30), "it is not synced");
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.signal("KILL");
    terminal.wait_until_gone();
}
