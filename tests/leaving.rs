//! Leaving the real program: the daily backup is made on the way out, and everything can be had back from it.
#![cfg(unix)]

#[path = "support/binary.rs"]
mod binary;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;

use binary::sohoi;
use pty::Terminal;

#[test]
fn the_daily_backup_is_made_on_the_way_out_where_the_stick_is_plugged_in() {
    let dir = tempfile::tempdir().unwrap();
    let (data, stick, again) = (
        dir.path().join("data"),
        dir.path().join("usb"),
        dir.path().join("again"),
    );
    sohoi(
        &data,
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
    sohoi(
        &data,
        &["add", "cooperative", "kind=HTX", "name=HTX Dược liệu An Khang"],
    );
    let settings = data.join("settings.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("backup = \"{}\"\n{text}", stick.display())).unwrap();
    let leave = || {
        let mut terminal = Terminal::start(&data, &[], &[]);
        terminal.wait_for("TUẦN NÀY");
        terminal.wait_for("Hội LHPN");
        terminal.keys("q");
        assert_eq!(terminal.ended(), 0);
    };
    leave();
    assert!(!stick.exists(), "what is not plugged in is not made");
    fs::create_dir(&stick).unwrap();
    leave();
    sohoi(&again, &["restore", stick.to_str().unwrap()]);
    let list = |folder: &Path| sohoi(folder, &["list", "cooperative", "--format", "json"]);
    assert_eq!(list(&again), list(&data));
    assert!(list(&again).contains("An Khang"));
}
