//! Screens without a terminal: keys in, text out, as a user would see it. For tests, here and in `tests/`.
//!
//! Keys are written as keymap files write them, with spaces between: `keys("ctrl-n t h u enter")`. What lies in one
//! word of several letters is typed letter by letter; `burst` sends all in one read, as an input method does.

use crate::domain::settings::Settings;
use crate::store::Store;
use crate::ui::app::{App, Opener, Setup};
use crate::ui::keymap::{Code, Key};
use crate::ui::screen::Screen;
use crate::ui::term::capability::Capability;
use crate::ui::term::event::Event;
use crate::ui::theme::{Charset, Depth};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::TestBackend;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// A screen that wants to be woken so soon waits for a thread; one that rests longer keeps a draft.
const READING: Duration = Duration::from_millis(40);

/// An interface over a test back end.
pub struct Harness {
    app: App<TestBackend>,
    /// The next key is pressed before what is read on a thread has come.
    hasty: bool,
}

fn frozen() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    *START.get_or_init(Instant::now)
}

impl Harness {
    /// A screen at 80×24 in monochrome, with the default keys, an empty store and nothing to open.
    pub fn new(first: impl Screen + 'static) -> Harness {
        let setup = Harness::setup(Box::new(first), Arc::new(Store::memory()), Box::new(|_, _| None));
        Harness::over(setup, (80, 24))
    }

    /// What an interface in monochrome with the default keys and settings begins with, to be changed before
    /// [`Harness::over`].
    pub fn setup(first: Box<dyn Screen>, store: Arc<Store>, opener: Opener) -> Setup {
        Setup {
            store,
            settings: Settings::default(),
            terminal: Capability {
                depth: Depth::Mono,
                charset: Charset::Unicode,
            },
            own_files: Box::new(|_| None),
            first,
            opener,
            opening: None,
            lang: None,
            now: frozen,
        }
    }

    /// An interface from its setup.
    pub fn over(setup: Setup, (width, height): (u16, u16)) -> Harness {
        let Ok(app) = App::new(TestBackend::new(width, height), setup);
        let mut harness = Harness { app, hasty: false };
        harness.draw();
        harness
    }

    /// The interface itself.
    pub fn app(&mut self) -> &mut App<TestBackend> {
        &mut self.app
    }

    /// From now on nothing waits for what is read on a thread: screens are seen as they stand until it comes.
    pub fn hasty(&mut self) -> &mut Harness {
        self.hasty = true;
        self
    }

    /// Presses keys one after the other, each drawn before the next. A word that names no key is typed.
    pub fn keys(&mut self, keys: &str) -> &mut Harness {
        for word in keys.split_whitespace() {
            match Key::parse(word) {
                Ok(key) => self.press(&[key]),
                Err(_) => self.typed(word),
            };
        }
        self
    }

    /// Types text letter by letter, spaces too.
    pub fn typed(&mut self, text: &str) -> &mut Harness {
        for c in text.chars() {
            self.press(&[key_of(c)]);
        }
        self
    }

    /// Sends text in one read, `⌫` being Backspace.
    pub fn burst(&mut self, text: &str) -> &mut Harness {
        let keys: Vec<Key> = text.chars().map(key_of).collect();
        self.press(&keys)
    }

    /// Pastes text.
    pub fn paste(&mut self, text: &str) -> &mut Harness {
        self.events([Event::Paste(text.to_owned())])
    }

    /// Makes the window another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Harness {
        self.app.backend_mut().resize(width, height);
        self.events([Event::Resize])
    }

    /// Sends keys in one read.
    pub fn press(&mut self, keys: &[Key]) -> &mut Harness {
        let events: Vec<Event> = keys.iter().map(|key| Event::Key(event_of(*key))).collect();
        self.events(events)
    }

    /// Sends events in one read, and draws.
    pub fn events(&mut self, events: impl IntoIterator<Item = Event>) -> &mut Harness {
        let Ok(()) = self.app.handle(events);
        if !self.hasty {
            self.read_on();
        }
        self.draw();
        self
    }

    /// What a screen reads on a thread comes in before the next key, however slow the machine is just now.
    fn read_on(&mut self) {
        while let Some(wait) = self.app.top().wakes_after().filter(|wait| *wait <= READING) {
            std::thread::sleep(wait.min(Duration::from_millis(2)));
            self.app.idle();
        }
    }

    /// Lets the screens have the time that they ask for: what is read on a thread comes in.
    pub fn settle(&mut self) -> &mut Harness {
        loop {
            if self.app.is_busy() {
                let Ok(_) = self.app.pump(Duration::from_millis(10));
            } else if let Some(wait) = self.app.top().wakes_after() {
                std::thread::sleep(wait.min(Duration::from_millis(10)));
                self.app.idle();
            } else {
                break;
            }
        }
        self.draw();
        self
    }

    /// Waits until the work on a thread has ended, and draws.
    pub fn finish_task(&mut self) -> &mut Harness {
        let Ok(came) = self.app.pump(Duration::from_secs(60));
        assert!(came, "the work on the thread did not end in a minute");
        self.draw();
        self
    }

    fn draw(&mut self) {
        let Ok(()) = self.app.draw();
    }

    /// The screen as text, a line a row, spaces at their ends left out.
    pub fn text(&self) -> String {
        let buffer = self.app.backend().buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The place of the cursor, column and row, if it is shown.
    pub fn cursor(&mut self) -> Option<(u16, u16)> {
        use ratatui::backend::Backend;
        let backend = self.app.backend_mut();
        if !backend.cursor_visible() {
            return None;
        }
        let Ok(position) = backend.get_cursor_position();
        Some((position.x, position.y))
    }
}

fn key_of(c: char) -> Key {
    match c {
        '⌫' => Key::plain(Code::Backspace),
        '\n' => Key::plain(Code::Enter),
        '\t' => Key::plain(Code::Tab),
        c => Key::char(c),
    }
}

/// The terminal event that makes a key.
fn event_of(key: Key) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    for (held, modifier) in [
        (key.ctrl, KeyModifiers::CONTROL),
        (key.alt, KeyModifiers::ALT),
        (key.shift, KeyModifiers::SHIFT),
    ] {
        if held {
            modifiers |= modifier;
        }
    }
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::F(n) => KeyCode::F(n),
        Code::Enter => KeyCode::Enter,
        Code::Tab if key.shift => KeyCode::BackTab,
        Code::Tab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Esc => KeyCode::Esc,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Insert => KeyCode::Insert,
        Code::Delete => KeyCode::Delete,
    };
    KeyEvent::new(code, modifiers)
}
