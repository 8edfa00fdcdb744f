//! The real program in a pseudo-terminal, as an officer has it before her: keys go in, the screen is read.

#![allow(dead_code)] // Each test file uses its own part.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// A screen that has not changed for so long is drawn.
const QUIET: Duration = Duration::from_millis(120);

/// A running program and its screen.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts `sohoi` on a data folder, 80 columns by 24 lines.
    pub fn start(data: &Path, words: &[&str], environment: &[(&str, &str)]) -> Terminal {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sohoi"));
        command.args(["--data", data.to_str().unwrap()]);
        command.args(words);
        command.cwd(data.parent().unwrap());
        for (key, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")]
            .iter()
            .chain(environment)
        {
            command.env(key, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut part = [0u8; 8192];
            while let Ok(count @ 1..) = reader.read(&mut part) {
                if sender.send(part[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let (lines, columns) = (NonZero::new(24).unwrap(), NonZero::new(80).unwrap());
        Terminal {
            child,
            writer,
            output,
            screen: vt100::Parser::new(lines, columns, 0),
            _master: pair.master,
        }
    }

    /// Sends bytes in one write, as an input method does.
    pub fn burst(&mut self, text: &str) {
        self.writer.write_all(text.replace('⌫', "\u{7f}").as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self.settle();
    }

    /// Presses the key of each letter.
    pub fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            self.burst(&letter.to_string());
        }
    }

    /// Presses named keys: `Enter`, `Down`, `Esc`, `C-s`, `A-v`, `F2`, or a letter.
    pub fn keys(&mut self, names: &str) {
        for name in names.split_whitespace() {
            self.burst(&code(name));
        }
    }

    /// Types a line and Enter in one go, once the terminal shows what is waited for.
    pub fn answer(&mut self, wanted: &str, line: &str) {
        self.wait_for(wanted);
        self.burst(&format!("{line}\r"));
    }

    fn settle(&mut self) {
        let end = Instant::now() + PATIENCE;
        while let Ok(part) = self.output.recv_timeout(QUIET) {
            self.screen.process(&part);
            assert!(Instant::now() < end, "the screen never rests:\n{}", self.text());
        }
    }

    /// The screen's text, runs of blanks as one.
    pub fn text(&self) -> String {
        let contents = self.screen.screen().contents();
        contents
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The line that the cursor stands on.
    pub fn line_of_cursor(&self) -> String {
        let (row, _) = self.screen.screen().cursor_position();
        self.screen
            .screen()
            .contents()
            .lines()
            .nth(row.into())
            .unwrap_or_default()
            .to_string()
    }

    /// The rows of the screen as they are.
    pub fn rows(&self) -> Vec<String> {
        let contents = self.screen.screen().contents();
        contents.lines().map(str::to_string).collect()
    }

    /// Whether the terminal was asked to tell of the mouse.
    pub fn follows_the_mouse(&self) -> bool {
        self.screen.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Goes down, field by field, to the one with a label.
    pub fn down_to(&mut self, label: &str) {
        for _ in 0..40 {
            if self.line_of_cursor().contains(label) {
                return;
            }
            self.keys("Down");
        }
        panic!("{label:?} is not reached:\n{}", self.text());
    }

    /// Goes right by Enter until the cursor of a grid stands in the row after the one numbered.
    pub fn row_after(&mut self, number: usize) {
        let next = format!("Gian {} →", number + 1);
        for _ in 0..12 {
            if self.text().contains(&next) {
                return;
            }
            self.keys("Enter");
        }
        panic!("{next:?} is not reached:\n{}", self.text());
    }

    /// Steps back to the first screen.
    pub fn home(&mut self) {
        for _ in 0..6 {
            if self.text().contains("TUẦN NÀY tuần này") {
                return;
            }
            self.keys("Esc");
        }
        panic!("not back at home:\n{}", self.text());
    }

    /// Waits until a save has been told.
    pub fn settle_after_save(&mut self) {
        self.wait_for("Đã lưu");
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.text().contains(wanted) {
            assert!(Instant::now() < end, "waited for {wanted:?}:\n{}", self.text());
            if let Ok(part) = self.output.recv_timeout(QUIET) {
                self.screen.process(&part);
            }
        }
        self.settle();
    }

    /// Sends the program a signal, by its short name.
    pub fn signal(&mut self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until the program is gone, in whatever way it ended.
    pub fn wait_until_gone(&mut self) {
        let end = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "it did not end:\n{}", self.text());
            while let Ok(part) = self.output.recv_timeout(QUIET) {
                self.screen.process(&part);
            }
        }
    }

    /// Kills the program as a power cut would: it is told nothing.
    pub fn kill(&mut self) {
        let pid = self.child.process_id().unwrap().to_string();
        let done = std::process::Command::new("kill").args(["-9", &pid]).status().unwrap();
        assert!(done.success());
        self.child.wait().unwrap();
    }

    /// Waits until the program has ended by itself, and gives its exit code.
    pub fn ended(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            self.settle();
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it did not end:\n{}", self.text());
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn code(name: &str) -> String {
    let named = match name {
        "Enter" => "\r",
        "Tab" => "\t",
        "Esc" => "\u{1b}",
        "Up" => "\u{1b}[A",
        "Down" => "\u{1b}[B",
        "Right" => "\u{1b}[C",
        "Left" => "\u{1b}[D",
        "Space" => " ",
        "F2" => "\u{1b}OQ",
        "F9" => "\u{1b}[20~",
        _ => "",
    };
    if !named.is_empty() {
        return named.to_string();
    }
    match name.split_once('-') {
        Some(("C", letter)) => char::from(letter.as_bytes()[0] - 96).to_string(),
        Some(("A", letter)) => format!("\u{1b}{letter}"),
        _ => name.to_string(),
    }
}
