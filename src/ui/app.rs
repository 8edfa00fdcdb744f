//! The loop, and nothing else: event → key → keymap → top screen → commands → draw.
//!
//! It holds the terminal, the stack and what stands around it, and knows no screen by name: which screen an action opens
//! is given to it. Everything that has arrived is handled before anything is drawn, so that an input method's
//! Backspace and letter, which come in one read, are never seen apart.

mod around;
mod commands;
mod keys;
mod opening;
mod picture;
mod tasks;
#[cfg(test)]
mod tests;
mod told;

use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::keymap::{Key, Keymap};
use crate::ui::look::OwnFiles;
use crate::ui::names;
use crate::ui::screen::stack::ScreenId;
use crate::ui::screen::{Cx, Input, Mouse, Notice, Progress, Screen, Stack};
use crate::ui::term::capability::Capability;
use crate::ui::term::event::{Ending, Event};
use crate::ui::term::out::Surface;
use around::{Around, Chosen};
use keys::Chord;
use opening::Opening;
use ratatui::Terminal;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use tasks::Running;
use told::Told;

/// How often a gauge moves.
const GAUGE: Duration = Duration::from_millis(250);
/// How long after a save the store is asked to sync itself, if no key comes.
const SYNC: Duration = Duration::from_secs(6);

/// Which screen an action opens, from anywhere.
pub type Opener = Box<dyn Fn(Action, &Cx<'_>) -> Option<Box<dyn Screen>>>;

/// What the interface begins with.
pub struct Setup {
    /// The records; an empty store in memory until `Event::Opened` brings the office's own.
    pub store: Arc<Store>,
    /// The officer's choices.
    pub settings: Settings,
    /// What the terminal can show.
    pub terminal: Capability,
    /// The officer's own files, for keys and typing.
    pub own_files: OwnFiles,
    /// The screen that is never left.
    pub first: Box<dyn Screen>,
    /// Which screen an action opens.
    pub opener: Opener,
    /// Where the office's own store is still being opened on a thread: how far that is. Keys wait for
    /// `Event::Opened`, so that what is typed ahead goes where it was meant to go.
    pub opening: Option<Progress>,
    /// The language asked for at the start; it stands above the one in the settings.
    pub lang: Option<Lang>,
    /// The clock, for how long a message stands.
    pub now: fn() -> Instant,
}

/// The interface.
pub struct App<B: Surface> {
    terminal: Terminal<B>,
    stack: Stack,
    around: Around,
    opener: Opener,
    opening: Option<Opening>,
    chord: Chord,
    clipboard: String,
    running: Option<Running>,
    now: fn() -> Instant,
    sender: Sender<Event>,
    events: Receiver<Event>,
    ended: Option<Ending>,
    /// Why the store could not be opened.
    refusal: Option<Message>,
    /// The screen that was told last that it is on top; none after the store was written to.
    on_top: Option<ScreenId>,
    /// Whether something was committed since the store was last asked to sync itself.
    unsynced: bool,
}

impl<B: Surface> App<B> {
    /// The interface on a terminal.
    ///
    /// # Errors
    /// The terminal cannot be asked for its size.
    pub fn new(backend: B, setup: Setup) -> Result<App<B>, B::Error> {
        let (sender, events) = channel();
        let mut stack = Stack::new(setup.first);
        if setup.opening.is_none() {
            stack.reload(&setup.store.reader());
        }
        let (chosen, notices) = Chosen::new(setup.settings, setup.lang, setup.terminal, setup.own_files);
        let mut app = App {
            terminal: Terminal::new(backend)?,
            stack,
            around: Around {
                store: setup.store,
                names: names::shared(),
                chosen,
                told: Told::default(),
            },
            opener: setup.opener,
            opening: setup.opening.map(|progress| Opening::new(progress, (setup.now)())),
            chord: Chord::default(),
            clipboard: String::new(),
            running: None,
            now: setup.now,
            sender,
            events,
            ended: None,
            refusal: None,
            on_top: None,
            unsynced: false,
        };
        for notice in notices {
            app.tell(notice);
        }
        app.come_up();
        Ok(app)
    }

    /// Puts a screen on top before the first key: the first start.
    pub fn show(&mut self, screen: Box<dyn Screen>) {
        self.stack.push(screen, &self.around.store.reader());
        self.come_up();
    }

    /// Where events are sent to, for the threads that listen.
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// The terminal's back end.
    pub fn backend(&self) -> &B {
        self.terminal.backend()
    }

    /// The back end, to change its size in tests.
    pub fn backend_mut(&mut self) -> &mut B {
        self.terminal.backend_mut()
    }

    /// Tells the officer something: also before the first key, as the faults of a keymap file.
    pub fn tell(&mut self, notice: Notice) {
        self.around.told.tell(notice, (self.now)());
    }

    /// Runs until the officer leaves or is made to; drafts are kept on every way out, a panic included.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn run(&mut self) -> Result<Ending, B::Error> {
        let outcome = catch_unwind(AssertUnwindSafe(|| self.serve()));
        let kept = catch_unwind(AssertUnwindSafe(|| self.stack.keep_drafts(&self.around.store)));
        match (outcome, kept) {
            (Err(panic), _) | (Ok(_), Err(panic)) => std::panic::resume_unwind(panic),
            (Ok(outcome), Ok(())) => outcome,
        }
    }

    fn serve(&mut self) -> Result<Ending, B::Error> {
        loop {
            self.draw()?;
            let mut batch = Vec::new();
            match self.wake_after() {
                None => batch.extend(self.events.recv().ok()),
                Some(wait) => match self.events.recv_timeout(wait) {
                    Ok(event) => batch.push(event),
                    Err(RecvTimeoutError::Timeout) => self.idle(),
                    Err(RecvTimeoutError::Disconnected) => {}
                },
            }
            batch.extend(self.events.try_iter());
            self.handle(batch)?;
            if let Some(ending) = self.ended {
                return Ok(ending);
            }
        }
    }

    fn wake_after(&self) -> Option<Duration> {
        let gauge = (self.running.is_some() || self.opening.is_some()).then_some(GAUGE);
        let sync = self.unsynced.then_some(SYNC);
        [gauge, sync, self.stack.top().wakes_after()]
            .into_iter()
            .flatten()
            .min()
    }

    /// No key came for as long as somebody wanted to wait.
    pub fn idle(&mut self) {
        if self.unsynced {
            // What was saved is acknowledged and in the journal; should the map fail to sync, it is replayed.
            self.unsynced = self.around.store.sync_if_due().is_err();
        }
        if self.stack.top().wakes_after().is_some() {
            self.give(&Input::Tick);
        }
    }

    /// Waits so long for something to happen, handles it, and says whether anything came. For tests, which have no loop.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn pump(&mut self, wait: Duration) -> Result<bool, B::Error> {
        let first = self.events.recv_timeout(wait).ok();
        let came = first.is_some();
        let batch: Vec<Event> = first.into_iter().chain(self.events.try_iter()).collect();
        self.handle(batch).map(|()| came)
    }

    /// Handles everything that arrived in one read.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn handle(&mut self, batch: impl IntoIterator<Item = Event>) -> Result<(), B::Error> {
        let mut keys: VecDeque<Key> = VecDeque::new();
        for event in batch {
            if let Event::Key(raw) = &event {
                keys.extend(Key::from_event(raw));
                continue;
            }
            self.press_all(&mut keys)?;
            match event {
                Event::Key(_) | Event::Resize => {}
                Event::Paste(text) => self.give(&Input::Paste(text)),
                Event::Mouse(raw) => {
                    if let Some(mouse) = Mouse::of(raw) {
                        self.give(&Input::Mouse(mouse));
                    }
                }
                Event::Opened(store, notes) => {
                    self.opened(store, notes);
                    if let Some(opening) = self.opening.take() {
                        keys = opening.keys;
                        self.come_up();
                    }
                }
                Event::Refused(why) => (self.refusal, self.ended) = (Some(why), Some(Ending::Refused)),
                Event::Finished(owner, result) => self.finished(owner, result),
                Event::End(ending) => self.ended = Some(ending),
            }
        }
        self.press_all(&mut keys)?;
        self.come_up();
        Ok(())
    }

    /// The office's own store is there: everything is read anew, and its settings are followed.
    fn opened(&mut self, store: Arc<Store>, notes: Vec<Message>) {
        let settings = store.settings().as_ref().clone();
        self.around.store = store;
        self.follow(settings);
        self.reload();
        for note in notes {
            self.tell(Notice::warning(note));
        }
    }

    /// Lets every screen read anew.
    fn reload(&mut self) {
        self.stack.reload(&self.around.store.reader());
        self.on_top = None;
    }

    /// Tells the top screen that it is on top, if it does not know.
    fn come_up(&mut self) {
        let top = Some(self.stack.top_id());
        if self.opening.is_none() && self.on_top != top {
            self.on_top = top;
            let reader = self.around.store.reader();
            let cx = self.around.cx(&reader, self.stack.top().contexts());
            self.stack.top_mut().come_up(&cx);
        }
    }

    /// Whether a screen's task is going on.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// What was copied last.
    pub fn clipboard(&self) -> &str {
        &self.clipboard
    }

    /// Whether the interface has ended, and why.
    pub fn ended(&self) -> Option<Ending> {
        self.ended
    }

    /// Why the store could not be opened, where that ended the interface.
    pub fn refusal(&self) -> Option<&Message> {
        self.refusal.as_ref()
    }

    /// The records.
    pub fn store(&self) -> &Arc<Store> {
        &self.around.store
    }

    /// How many screens lie on each other.
    pub fn depth(&self) -> usize {
        self.stack.depth()
    }

    /// Every message so far.
    pub fn notices(&self) -> &[Notice] {
        self.around.told.all()
    }

    /// The keymap in use.
    pub fn keymap(&self) -> &Keymap {
        &self.around.chosen.keymap
    }

    /// The top screen.
    pub fn top(&self) -> &dyn Screen {
        self.stack.top()
    }
}
