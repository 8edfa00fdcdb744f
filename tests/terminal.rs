//! The loop on a real terminal: it is taken over and given back on every way out, a typed letter costs few bytes, and an
//! idle program writes nothing.
//!
//! The test binary runs itself in a pseudo-terminal: `the_interface` is the program, the other tests its users.
#![cfg(unix)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use sohoi::domain::id::Id;
use sohoi::domain::text::Lang;
use sohoi::store::{Draft, Store};
use sohoi::ui::action::Action;
use sohoi::ui::app::{App, Setup};
use sohoi::ui::canvas::Canvas;
use sohoi::ui::form::line_edit::{Focus, LineEdit, Outcome};
use sohoi::ui::keymap::{Context, Offer};
use sohoi::ui::screen::{Command, Cx, Heading, Input, Screen};
use sohoi::ui::term::capability::Capability;
use sohoi::ui::term::out::Out;
use sohoi::ui::term::{MouseUse, Session, event, watch_for_panics};
use sohoi::ui::theme::Role;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const CHILD: &str = "SOHOI_TEST_CHILD";

/// A field to type into; Ctrl-S panics.
#[derive(Default)]
struct Field(LineEdit);

impl Screen for Field {
    fn contexts(&self) -> &'static [Context] {
        Context::Form.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        assert!(input.action() != Some(Action::Save), "asked to panic");
        match self.0.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: ratatui::layout::Rect) {
        self.0.layout(area.width, 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.0.draw(canvas, 1, 3, Role::Text, Focus::Here);
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("Ô chữ").typing(self.0.typing_here())
    }

    fn keep_draft(&mut self, store: &Store) {
        let draft = Draft {
            id: Id::now(),
            kind: "visit".into(),
            focus: None,
            body: serde_json::json!({ "text": self.0.text() }),
            changed_ms: 0,
        };
        store.save_draft(draft).unwrap();
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Action::Save.into()]
    }
}

/// The program, when this binary is run by the tests below; else nothing.
#[test]
fn the_interface() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let (store, _) = Store::open(&Path::new(&folder).join("data")).unwrap();
    watch_for_panics(folder.into());
    let setup = Setup {
        store: Arc::new(store),
        settings: Default::default(),
        terminal: Capability::detect(),
        own_files: Box::new(|_| None),
        first: Box::new(Field::default()),
        opener: Box::new(|_, _| None),
        opening: None,
        lang: None,
        now: Instant::now,
    };
    let session = Session::begin(MouseUse::Off).unwrap();
    let mut app = App::new(Out::new(std::io::stdout()), setup).unwrap();
    event::listen(&app.sender()).unwrap();
    let ending = app.run().unwrap();
    drop(session);
    println!("ended: {ending:?}");
}

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Mutex<Vec<u8>>>,
    folder: tempfile::TempDir,
}

impl Terminal {
    fn start() -> Terminal {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: 24,
                cols: 80,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "the_interface", "--nocapture", "--test-threads=1"]);
        command.env(CHILD, folder.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "vi_VN.UTF-8");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, shared) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        std::thread::spawn(move || {
            let mut part = [0u8; 4096];
            while let Ok(count @ 1..) = reader.read(&mut part) {
                shared.lock().unwrap().extend_from_slice(&part[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let terminal = Terminal {
            child,
            master: pair.master,
            writer,
            seen,
            folder,
        };
        terminal.wait_for("Ô chữ");
        terminal.settle();
        terminal
    }

    fn bytes(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }

    /// The screen as the terminal shows it.
    fn screen(&self) -> String {
        let mut parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        parser.process(&self.seen.lock().unwrap());
        parser.screen().contents()
    }

    fn wait_for(&self, what: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.text().contains(what) {
            assert!(Instant::now() < until, "no {what:?} in {:?}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until nothing more is written for a while.
    fn settle(&self) {
        let mut before = self.bytes();
        loop {
            std::thread::sleep(Duration::from_millis(150));
            let now = self.bytes();
            if now == before {
                return;
            }
            before = now;
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    fn given_back(&self) -> bool {
        let text = self.text();
        let after = text.rfind("\x1b[?1049l");
        after.is_some()
            && text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")
            && text.rfind("\x1b[?2004l") > text.rfind("\x1b[?2004h")
    }
}

#[test]
fn a_typed_letter_costs_few_bytes_and_an_idle_program_none() {
    let mut terminal = Terminal::start();
    let mut most = 0;
    for letter in "thieeus voons luwu ddoongj".bytes() {
        let before = terminal.bytes();
        terminal.send(&[letter]);
        terminal.settle();
        most = most.max(terminal.bytes() - before);
    }
    assert!(
        terminal.screen().contains("thiếu vốn lưu động"),
        "{}",
        terminal.screen()
    );
    assert!(most <= 30, "{most} bytes for one letter");
    let before = terminal.bytes();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(terminal.bytes(), before);
    terminal.send(b"\x1b[24~\x1b[24~");
    terminal.child.wait().unwrap();
}

#[test]
fn bursts_of_an_input_method_and_pasted_text_arrive_whole() {
    let mut terminal = Terminal::start();
    terminal.send(b"tie");
    terminal.send("\u{7f}ê".as_bytes());
    terminal.send(b"ng");
    terminal.send("\u{8}\u{8}\u{8}ếng".as_bytes());
    terminal.send(" Vie\u{323}\u{302}t ".as_bytes());
    terminal.send("\x1b[200~Đắk\r\nLắk\x1b[201~".as_bytes());
    terminal.settle();
    assert!(
        terminal.screen().contains("tiếng Việt Đắk Lắk"),
        "{}",
        terminal.screen()
    );
    assert!(
        terminal.screen().contains("gõ bằng bộ gõ ngoài"),
        "{}",
        terminal.screen()
    );
    terminal.send(&[0x11]);
    terminal.wait_for("ended: Left");
    assert!(terminal.given_back());
}

#[test]
fn the_terminal_is_given_back_after_a_panic_a_report_is_written_and_the_draft_kept() {
    let mut terminal = Terminal::start();
    terminal.send(b"nuwar caau");
    terminal.settle();
    terminal.send(&[0x13]);
    terminal.wait_for("sohoi-loi.txt");
    assert!(terminal.given_back(), "{:?}", terminal.text());
    terminal.wait_for("bản nháp được giữ");
    let report = std::fs::read_to_string(terminal.folder.path().join("sohoi-loi.txt")).unwrap();
    assert!(
        report.contains("terminal.rs:") && !report.contains("asked to panic"),
        "{report}"
    );
    terminal.child.wait().unwrap();
    let (store, _) = Store::open(&terminal.folder.path().join("data")).unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].body["text"], "nửa câu");
}

#[test]
fn a_signal_ends_the_program_in_good_order() {
    for (signal, ending) in [("-TERM", "ended: Terminated"), ("-HUP", "ended: HungUp")] {
        let mut terminal = Terminal::start();
        let id = terminal.child.process_id().unwrap();
        let sent = std::process::Command::new("kill")
            .arg(signal)
            .arg(id.to_string())
            .status()
            .unwrap();
        assert!(sent.success());
        terminal.wait_for(ending);
        assert!(terminal.given_back());
        terminal.child.wait().unwrap();
    }
}

#[test]
fn the_window_can_be_made_another_size_at_any_moment() {
    let mut terminal = Terminal::start();
    for (rows, cols) in [(10, 40), (60, 200), (1, 1), (24, 80)] {
        terminal
            .master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        terminal.settle();
    }
    terminal.send(b"xong");
    terminal.settle();
    assert!(terminal.screen().contains("xong"), "{}", terminal.screen());
    terminal.send(&[0x11]);
    terminal.wait_for("ended: Left");
}
