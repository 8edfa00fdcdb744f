//! The loop, and nothing else: event → key → keymap → top screen → commands → draw.
//!
//! It holds the terminal, the store, the keymap and the stack, and knows no screen by name: which screen an action opens
//! is given to it. Everything that has arrived is handled before anything is drawn, so that an input method's
//! Backspace and letter, which come in one read, are never seen apart.

use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message, Text};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::{self, Bottom};
use crate::ui::data::{Refusal, Work};
use crate::ui::keymap::{Context, Follows, Key, Keymap, Resolved, apart};
use crate::ui::look::{Look, OwnFiles};
use crate::ui::screen::stack::ScreenId;
use crate::ui::screen::{
    Answer, Command, Cx, Input, Mouse, MouseAct, Notice, Prefs, Progress, Screen, Stack, Task, Tone,
};
use crate::ui::term::capability::Capability;
use crate::ui::term::event::{Ending, Event};
use crate::ui::term::out::Surface;
use crate::ui::theme::Theme;
use crate::vietnamese::typing::METHODS;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// A message that went well may leave with a key press after this; one that did not, after [`READ_BAD`].
const READ_GOOD: Duration = Duration::from_secs(3);
/// See [`READ_GOOD`]. The list of messages keeps them all.
const READ_BAD: Duration = Duration::from_secs(12);
/// How often a gauge moves.
const GAUGE: Duration = Duration::from_millis(250);
/// How long after a save the store is asked to sync itself, if no key comes.
const SYNC: Duration = Duration::from_secs(6);
/// An opening that takes longer than this shows how far it is.
const SLOW: Duration = Duration::from_millis(500);
/// What the bottom line says then.
const OPENING: Text = Text::new("Đang mở sổ", "Opening the logbook");
/// Messages kept in the list.
const NOTICES: usize = 500;

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

/// The office's own store, on its way.
struct Opening {
    progress: Progress,
    since: Instant,
    /// What was typed ahead.
    keys: VecDeque<Key>,
}

struct Running {
    owner: ScreenId,
    title: Text,
    progress: Progress,
}

/// What a screen may know now; a macro, so that the stack stays free to be changed.
macro_rules! cx {
    ($app:ident, $reader:ident) => {
        Cx {
            read: &$reader,
            store: &$app.store,
            prefs: &$app.prefs,
            settings: &$app.settings,
            keymap: &$app.keymap,
            contexts: $app.stack.top().contexts(),
            notices: &$app.notices,
        }
    };
}

/// The interface.
pub struct App<B: Surface> {
    terminal: Terminal<B>,
    store: Arc<Store>,
    opening: Option<Opening>,
    lang: Option<Lang>,
    settings: Settings,
    capability: Capability,
    own_files: OwnFiles,
    keymap: Keymap,
    stack: Stack,
    prefs: Prefs,
    theme: Theme,
    opener: Opener,
    now: fn() -> Instant,
    pending: Vec<Key>,
    follows: Vec<(Key, Follows)>,
    notices: Vec<Notice>,
    shown: Option<(Notice, Instant)>,
    clipboard: String,
    running: Option<Running>,
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
        let look = Look::new(&setup.settings, setup.terminal, &setup.own_files);
        let opening = setup.opening.map(|progress| Opening {
            progress,
            since: (setup.now)(),
            keys: VecDeque::new(),
        });
        let mut app = App {
            terminal: Terminal::new(backend)?,
            store: setup.store,
            opening,
            lang: setup.lang,
            settings: setup.settings,
            capability: setup.terminal,
            own_files: setup.own_files,
            keymap: look.keymap,
            stack,
            prefs: look.prefs,
            theme: look.theme,
            opener: setup.opener,
            now: setup.now,
            pending: Vec::new(),
            follows: Vec::new(),
            notices: Vec::new(),
            shown: None,
            clipboard: String::new(),
            running: None,
            sender,
            events,
            ended: None,
            refusal: None,
            on_top: None,
            unsynced: false,
        };
        if let Some(lang) = app.lang {
            app.prefs.lang = lang;
        }
        for notice in look.notices {
            app.tell(notice);
        }
        app.come_up();
        Ok(app)
    }

    /// Puts a screen on top before the first key: the first start.
    pub fn show(&mut self, screen: Box<dyn Screen>) {
        self.stack.push(screen, &self.store.reader());
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

    /// Tells the officer something before the first key: faults of a keymap file, drafts left open.
    pub fn tell(&mut self, notice: Notice) {
        let now = (self.now)();
        // What did not go is not covered by what did.
        let keeps = self.shown.as_ref().is_some_and(|(old, since)| {
            old.tone == Tone::Bad && notice.tone != Tone::Bad && now.duration_since(*since) < READ_GOOD
        });
        if !keeps {
            self.shown = Some((notice.clone(), now));
        }
        self.notices.push(notice);
        if self.notices.len() > NOTICES {
            self.notices.remove(0);
        }
    }

    /// Runs until the officer leaves or is made to; drafts are kept on every way out, a panic included.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn run(&mut self) -> Result<Ending, B::Error> {
        let outcome = catch_unwind(AssertUnwindSafe(|| self.serve()));
        let kept = catch_unwind(AssertUnwindSafe(|| self.stack.keep_drafts(&self.store)));
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

    /// Whether a screen's task is going on.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// Waits so long for something to happen, and handles it.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn pump(&mut self, wait: Duration) -> Result<(), B::Error> {
        let first = self.events.recv_timeout(wait).ok();
        let batch: Vec<Event> = first.into_iter().chain(self.events.try_iter()).collect();
        self.handle(batch)
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
            self.unsynced = self.store.sync_if_due().is_err();
        }
        if self.stack.top().wakes_after().is_some() {
            self.give(&Input::Tick);
        }
    }

    /// Waits for what a thread sends and handles it; says whether anything came in time. For tests, which have no loop.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn handle_next(&mut self, wait: Duration) -> Result<bool, B::Error> {
        match self.events.recv_timeout(wait) {
            Ok(event) => self.handle([event]).map(|()| true),
            Err(_) => Ok(false),
        }
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
                    if let Some(mouse) = mouse(raw) {
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
        self.store = store;
        let settings = self.store.settings().as_ref().clone();
        self.follow(settings);
        self.reload();
        for note in notes {
            self.tell(Notice::warning(note));
        }
    }

    /// Lets every screen read anew.
    fn reload(&mut self) {
        self.stack.reload(&self.store.reader());
        self.on_top = None;
    }

    /// Tells the top screen that it is on top, if it does not know.
    fn come_up(&mut self) {
        let top = Some(self.stack.top_id());
        if self.opening.is_none() && self.on_top != top {
            self.on_top = top;
            let reader = self.store.reader();
            let cx = cx!(self, reader);
            self.stack.top_mut().come_up(&cx);
        }
    }

    /// Keeps settings and follows them.
    fn set(&mut self, settings: Settings) {
        if settings.lang != self.settings.lang {
            self.lang = None;
        }
        match self.store.set_settings(settings.clone()) {
            Ok(()) => self.follow(settings),
            Err(error) => self.tell(Notice::bad(error.message())),
        }
        self.reload();
    }

    fn follow(&mut self, settings: Settings) {
        let look = Look::new(&settings, self.capability, &self.own_files);
        (self.keymap, self.prefs, self.theme) = (look.keymap, look.prefs, look.theme);
        if let Some(lang) = self.lang {
            self.prefs.lang = lang;
        }
        self.settings = settings;
        self.pending.clear();
        for notice in look.notices {
            self.tell(notice);
        }
    }

    fn press_all(&mut self, keys: &mut VecDeque<Key>) -> Result<(), B::Error> {
        while let Some(key) = keys.pop_front() {
            let leaves = self.is_way_out(key);
            if let Some(opening) = self.opening.as_mut().filter(|_| !leaves) {
                opening.keys.push_back(key);
                continue;
            }
            let types = self.stack.top().contexts().contains(&Context::Text);
            let composed = |key: &Key| key.text().is_some_and(|c| !c.is_ascii());
            if !types && (composed(&key) || keys.iter().any(composed)) {
                keys.push_front(key);
                let pressed = apart::take_apart(keys.make_contiguous());
                // What the taking apart lets stand is handled key by key, as it is now all plain.
                keys.clear();
                for key in pressed {
                    self.press(key)?;
                }
                continue;
            }
            self.press(key)?;
        }
        Ok(())
    }

    /// Whether a key leaves the program: it does not wait for the store.
    fn is_way_out(&self, key: Key) -> bool {
        let resolved = self.keymap.find(self.stack.top().contexts(), &[key]);
        resolved == Resolved::Action(Action::Quit)
    }

    fn press(&mut self, key: Key) -> Result<(), B::Error> {
        self.let_message_go();
        let contexts = self.stack.top().contexts();
        self.follows.clear();
        let action = match self.keymap.resolve(contexts, &mut self.pending, key) {
            Resolved::Pending(follows) => {
                self.follows = follows;
                return Ok(());
            }
            Resolved::Action(action) => Some(action),
            Resolved::None => None,
        };
        match action {
            Some(Action::ForceQuit) => self.ended = Some(Ending::Left),
            Some(Action::Redraw) => self.terminal.clear()?,
            Some(Action::Back) if self.running.is_some() => self.stop_task(),
            Some(Action::Paste) if !self.clipboard.is_empty() => self.give(&Input::Paste(self.clipboard.clone())),
            _ => self.give(&Input::Key { key, action }),
        }
        Ok(())
    }

    /// A message leaves with a key press, once there was time to read it.
    fn let_message_go(&mut self) {
        let now = (self.now)();
        let read = |(notice, since): &(Notice, Instant)| {
            let needs = if notice.tone == Tone::Bad { READ_BAD } else { READ_GOOD };
            now.duration_since(*since) >= needs
        };
        if self.shown.as_ref().is_some_and(read) {
            self.shown = None;
        }
    }

    /// Gives an input to the top screen and does what it asks for.
    fn give(&mut self, input: &Input) {
        let reader = self.store.reader();
        let cx = cx!(self, reader);
        let commands = self.stack.top_mut().update(input, &cx);
        for command in commands {
            self.execute(command, input);
        }
    }

    fn execute(&mut self, command: Command, input: &Input) {
        match command {
            Command::Pass => {
                if let Some(action) = input.action() {
                    self.everywhere(action);
                }
            }
            Command::Push(screen) => self.stack.push(screen, &self.store.reader()),
            Command::Replace(screen) => self.stack.replace(screen, &self.store.reader(), &self.store),
            Command::Pop => _ = self.stack.pop(&self.store),
            Command::Close(answer) => {
                if self.stack.pop(&self.store) {
                    self.give(&Input::Answer(answer));
                }
            }
            Command::Home => self.stack.home(&self.store),
            Command::Save(work) => self.save(work),
            Command::Spawn(task) => self.spawn(task),
            Command::Tell(notice) => self.tell(notice),
            Command::Copy(text) => {
                // A terminal without a clipboard drops it; within the program it can be pasted all the same.
                let _ = self.terminal.backend_mut().copy(&text);
                self.clipboard = text;
            }
            Command::Run(action) => self.run_action(action),
            Command::Set(settings) => self.set(*settings),
            Command::Quit => self.ended = Some(Ending::Left),
        }
    }

    /// As if the action's key had been pressed here.
    fn run_action(&mut self, action: Action) {
        match action {
            Action::ForceQuit => self.ended = Some(Ending::Left),
            action => self.give(&Input::Key {
                key: Key::plain(crate::ui::keymap::Code::Enter),
                action: Some(action),
            }),
        }
    }

    /// What an action means where the screen has no use for it.
    fn everywhere(&mut self, action: Action) {
        match action {
            Action::Back => _ = self.stack.pop(&self.store),
            Action::GoHome => self.stack.home(&self.store),
            Action::Quit => self.ended = Some(Ending::Left),
            Action::Undo => self.save(Work::undo()),
            Action::Redo => self.save(Work::redo()),
            Action::Language => {
                let lang = match self.prefs.lang {
                    Lang::Vi => Lang::En,
                    Lang::En => Lang::Vi,
                };
                self.lang = None;
                self.set(Settings {
                    lang: Some(lang),
                    ..self.settings.clone()
                });
            }
            Action::TypingToggle => {
                let mut settings = self.settings.clone();
                settings.typing.on = !settings.typing.on;
                self.set(settings);
            }
            Action::TypingMethod => {
                let mut settings = self.settings.clone();
                let at = METHODS.iter().position(|name| *name == settings.typing.method);
                let next = at.map_or(0, |at| (at + 1) % METHODS.len());
                settings.typing.method = METHODS[next].to_owned();
                self.set(settings);
            }
            action => self.open(action),
        }
    }

    fn open(&mut self, action: Action) {
        let reader = self.store.reader();
        let cx = cx!(self, reader);
        if let Some(screen) = (self.opener)(action, &cx) {
            // Going to another part of the program leaves the way back to the first screen short.
            if action.id().starts_with("go-") {
                self.stack.home(&self.store);
            }
            self.stack.push(screen, &self.store.reader());
        } else if !action.is_quiet() {
            self.tell(Notice::warning(Message::new(
                format!("Ở màn hình này chưa có việc “{}”.", action.label().vi),
                format!("“{}” does nothing on this screen.", action.label().en),
            )));
        }
    }

    fn save(&mut self, work: Work) {
        let outcome = work.carry_out(&self.store);
        match &outcome {
            Ok(receipt) => {
                self.unsynced = true;
                if !receipt.said.vi.is_empty() {
                    self.tell(Notice::good(receipt.said.clone()));
                }
                self.reload();
            }
            // Findings belong beside their fields; the screen that saved shows them there.
            Err(Refusal::Findings(_)) => {}
            Err(refusal) => {
                for said in refusal.messages() {
                    self.tell(Notice::bad(said));
                }
            }
        }
        self.give(&Input::Saved(outcome));
    }

    fn spawn(&mut self, task: Task) {
        let Task { title, work } = task;
        if self.running.is_some() {
            self.tell(Notice::warning(Message::new(
                "Một việc khác đang chạy; hãy đợi xong hoặc bấm Esc để dừng.",
                "Other work is going on; wait for it or press Esc to stop it.",
            )));
            return;
        }
        let progress = Progress::default();
        let (owner, events, shared) = (self.stack.top_id(), self.sender.clone(), progress.clone());
        let started = std::thread::Builder::new().name("task".into()).spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&shared))).unwrap_or_else(|_| {
                Err(Message::new(
                    "Việc này gặp lỗi và đã dừng; không có gì bị thay đổi. Hãy thử lại.",
                    "This work met an error and was stopped; nothing was changed. Try again.",
                ))
            });
            // Nobody listens once the program ends.
            let _ = events.send(Event::Finished(owner, outcome));
        });
        match started {
            Ok(_) => self.running = Some(Running { owner, title, progress }),
            Err(_) => self.tell(Notice::bad(Message::new(
                "Máy không đủ bộ nhớ để bắt đầu việc này; hãy đóng bớt chương trình rồi thử lại.",
                "The machine has too little memory to begin this; close some programs and try again.",
            ))),
        }
    }

    fn stop_task(&mut self) {
        if let Some(running) = &self.running {
            running.progress.stop();
        }
    }

    fn finished(&mut self, owner: ScreenId, outcome: Result<Answer, Message>) {
        self.running = self.running.take().filter(|running| running.owner != owner);
        self.reload();
        if let Err(said) = &outcome {
            self.tell(Notice::bad(said.clone()));
        }
        let reader = self.store.reader();
        let cx = cx!(self, reader);
        let input = Input::Finished(outcome);
        let commands = self
            .stack
            .get_mut(owner)
            .map(|screen| screen.update(&input, &cx))
            .unwrap_or_default();
        for command in commands {
            self.execute(command, &input);
        }
    }

    /// Draws what is seen; only what changed is sent.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        let App {
            terminal,
            stack,
            prefs,
            theme,
            keymap,
            pending,
            follows,
            shown,
            running,
            opening,
            now,
            ..
        } = self;
        let slow = opening
            .as_ref()
            .filter(|opening| now().duration_since(opening.since) >= SLOW);
        terminal.draw(|frame| {
            let window = frame.area();
            let buffer = frame.buffer_mut();
            if chrome::too_small(window) {
                chrome::draw_too_small(&mut Canvas::new(buffer, window, theme, prefs.lang));
                return;
            }
            let cursor = stack.draw(buffer, chrome::inside(window), theme, prefs.lang);
            let mut canvas = Canvas::new(buffer, window, theme, prefs.lang);
            chrome::draw_top(&mut canvas, &stack.seen().heading(prefs.lang), prefs);
            if let Some((notice, _)) = shown {
                chrome::draw_notice(&mut canvas, notice);
            }
            let contexts = stack.top().contexts();
            let bottom = match running {
                _ if !pending.is_empty() => Bottom::Chord(pending, follows, keymap),
                Some(running) => {
                    let stop = keymap.key_for(contexts, Action::Back).unwrap_or_default();
                    Bottom::Gauge(running.title.get(prefs.lang), running.progress.reported(), Some(stop))
                }
                None => match slow {
                    Some(opening) => Bottom::Gauge(OPENING.get(prefs.lang), opening.progress.reported(), None),
                    None => {
                        let width = usize::from(window.width.saturating_sub(2));
                        Bottom::Hints(keymap.hints(contexts, &stack.top().offers(), width, prefs.lang))
                    }
                },
            };
            chrome::draw_bottom(&mut canvas, &bottom);
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
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
        &self.store
    }

    /// How many screens lie on each other.
    pub fn depth(&self) -> usize {
        self.stack.depth()
    }

    /// Every message so far.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The keymap in use.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The top screen.
    pub fn top(&self) -> &dyn Screen {
        self.stack.top()
    }
}

fn mouse(raw: MouseEvent) -> Option<Mouse> {
    let what = match raw.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAct::Click,
        MouseEventKind::ScrollUp => MouseAct::WheelUp,
        MouseEventKind::ScrollDown => MouseAct::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        x: raw.column,
        y: raw.row,
        what,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::data::Receipt;
    use crate::ui::harness::Harness;
    use crate::ui::keymap::Offer;
    use crate::ui::screen::{Extent, Heading, TypingState};
    use crate::ui::theme::Role;

    /// A screen that writes down what reaches it.
    #[derive(Default)]
    struct Diary {
        lines: Vec<String>,
        typing: bool,
        popup: bool,
        /// Has no use for anything.
        passes: bool,
    }

    impl Screen for Diary {
        fn contexts(&self) -> &'static [Context] {
            if self.typing {
                Context::Form.chain()
            } else {
                Context::Home.chain()
            }
        }

        fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
            self.lines.push(match input {
                Input::Key { key, action: None } => format!("key {key}"),
                Input::Key {
                    action: Some(action), ..
                } => action.id().to_owned(),
                Input::Answer(answer) => format!("answer {:?}", answer.get::<u8>()),
                Input::Saved(outcome) => format!("saved {}", outcome.is_ok()),
                Input::Finished(outcome) => format!("finished {}", outcome.is_ok()),
                Input::Paste(text) => format!("paste {text}"),
                _ => "other".to_owned(),
            });
            match input.action() {
                _ if self.passes => vec![Command::Pass],
                Some(Action::Open) => vec![Command::Push(Box::new(Diary {
                    popup: true,
                    ..Diary::default()
                }))],
                Some(Action::GoTargets) if self.popup => vec![Command::Close(Answer::new(7u8))],
                Some(Action::New | Action::Save) => {
                    let said = Message::new("Đã lưu 1 lượt thăm.", "Saved 1 visit.");
                    let touched = Vec::new();
                    let work = Work::on_store(|_| Ok(Receipt { said, touched }));
                    vec![Command::Save(work)]
                }
                Some(Action::Delete) => {
                    let work =
                        Work::on_store(|_| Err(Refusal::ChangedSince(Message::new("Không xóa được.", "Not deleted."))));
                    vec![Command::Save(work)]
                }
                Some(Action::GoVisits) => vec![Command::Spawn(Task {
                    title: Text::new("Đang làm", "Working"),
                    work: Box::new(|_| panic!("the work fails")),
                })],
                Some(Action::Copy) => vec![Command::Copy("chép".into())],
                Some(Action::Back | Action::Language | Action::Quit) => vec![Command::Pass],
                _ => Vec::new(),
            }
        }

        fn draw(&self, canvas: &mut Canvas<'_>) {
            for (row, line) in (0..canvas.height()).zip(&self.lines) {
                canvas.text(1, row, line, Role::Text);
            }
        }

        fn heading(&self, lang: Lang) -> Heading {
            Heading::new(Text::new("Nhật ký", "Diary").get(lang))
                .fact("chưa lưu")
                .typing(TypingState::On)
        }

        fn offers(&self) -> Vec<Offer> {
            vec![Action::NewVisit.into(), Action::ReportWeek.into()]
        }

        fn extent(&self) -> Extent {
            if self.popup {
                Extent::Popup { width: 30, height: 4 }
            } else {
                Extent::Full
            }
        }
    }

    fn lines(harness: &mut Harness) -> Vec<String> {
        let text = harness.text();
        text.lines()
            .skip(2)
            .map(|line| line.trim().to_owned())
            .take_while(|line| !line.is_empty())
            .collect()
    }

    #[test]
    fn the_window_has_a_top_line_a_rule_and_the_keys_of_the_keymap_below() {
        let harness = Harness::new(Diary::default());
        let text = harness.text();
        let rows: Vec<&str> = text.lines().collect();
        assert!(
            rows[0].starts_with(" Nhật ký") && rows[0].ends_with("chưa lưu · TELEX"),
            "{}",
            rows[0]
        );
        assert_eq!(rows[1], "─".repeat(80));
        assert_eq!(rows[23], " v thăm  b báo cáo tuần  ? giúp");
    }

    #[test]
    fn a_popup_answers_the_screen_below_and_esc_closes_it() {
        let mut harness = Harness::new(Diary::default());
        harness.keys("enter");
        assert!(harness.text().contains("┌─ Nhật ký ─"));
        harness.keys("g k");
        assert_eq!(lines(&mut harness), ["open", "answer Some(7)"]);
        harness.keys("enter esc");
        assert_eq!(harness.app().depth(), 1);
        harness.keys("esc");
        assert_eq!(harness.app().depth(), 1);
    }

    #[test]
    fn a_chord_shows_what_may_follow() {
        let mut harness = Harness::new(Diary::default());
        harness.keys("g");
        assert!(
            harness
                .text()
                .lines()
                .last()
                .unwrap()
                .starts_with(" g …  m trang chính  c HTX, THT  v lượt thăm")
        );
    }

    #[test]
    fn a_save_is_answered_told_and_listed() {
        let mut harness = Harness::new(Diary {
            typing: true,
            ..Diary::default()
        });
        harness.keys("ctrl-s");
        assert_eq!(lines(&mut harness), ["save", "saved true"]);
        assert!(harness.text().contains("✓ Đã lưu 1 lượt thăm."));
        assert_eq!(harness.app().notices().len(), 1);
    }

    #[test]
    fn what_did_not_go_is_told_and_the_program_goes_on() {
        let mut harness = Harness::new(Diary::default());
        harness.keys("delete");
        assert!(harness.text().contains("! Không xóa được."));
        assert_eq!(harness.app().ended(), None);
    }

    #[test]
    fn work_that_panics_ends_in_a_message() {
        let mut harness = Harness::new(Diary::default());
        harness.keys("g v");
        assert!(
            harness.text().contains("Đang làm … Esc dừng") || harness.text().contains("Đang làm …  Esc dừng"),
            "{}",
            harness.text()
        );
        let event = harness.app().events.recv_timeout(Duration::from_secs(20)).unwrap();
        harness.events([event]);
        assert!(harness.text().contains("gặp lỗi và đã dừng"));
        assert_eq!(lines(&mut harness).last().map(String::as_str), Some("finished false"));
    }

    #[test]
    fn force_quit_works_everywhere_and_language_is_everywhere_the_same_key() {
        let mut harness = Harness::new(Diary {
            typing: true,
            ..Diary::default()
        });
        harness.keys("ctrl-g l");
        assert!(harness.text().starts_with(" Diary"));
        harness.keys("f12");
        assert_eq!(harness.app().ended(), None);
        harness.keys("f12");
        assert_eq!(harness.app().ended(), Some(Ending::Left));
    }

    #[test]
    fn on_a_screen_without_text_composed_letters_are_taken_apart() {
        let mut harness = Harness::new(Diary::default());
        harness.burst("o");
        harness.burst("⌫ò");
        assert_eq!(lines(&mut harness), ["key o", "key f"]);
        let mut harness = Harness::new(Diary {
            typing: true,
            ..Diary::default()
        });
        harness.burst("o");
        harness.burst("⌫ò");
        assert_eq!(lines(&mut harness), ["key o", "delete-back", "key ò"]);
    }

    #[test]
    fn what_was_copied_can_be_pasted_in_another_field() {
        let mut harness = Harness::new(Diary {
            typing: true,
            ..Diary::default()
        });
        harness.keys("alt-c alt-v");
        assert_eq!(lines(&mut harness), ["copy", "paste chép"]);
    }

    #[test]
    fn a_window_too_small_says_so_and_comes_back() {
        let mut harness = Harness::new(Diary::default());
        harness.resize(40, 10);
        assert!(harness.text().starts_with("Cửa sổ nhỏ quá (40×10)."));
        harness.resize(60, 20);
        assert!(harness.text().starts_with(" Nhật ký"));
        for (width, height) in [(1, 1), (0, 0), (200, 60)] {
            harness.resize(width, height).keys("v enter esc");
        }
    }

    #[test]
    fn keys_typed_before_the_store_is_open_wait_for_it_and_leaving_does_not() {
        let waiting = || {
            let first = Box::new(Diary {
                passes: true,
                ..Diary::default()
            });
            let setup = Setup {
                opening: Some(Progress::default()),
                ..Harness::setup(first, Arc::new(Store::memory()), Box::new(|_, _| None))
            };
            Harness::over(setup, (80, 24))
        };
        let mut harness = waiting();
        harness.keys("v up");
        assert!(lines(&mut harness).is_empty());
        let note = Message::new("Đã dựng lại sổ.", "The logbook was built anew.");
        harness.events([Event::Opened(Arc::new(Store::memory()), vec![note.clone()])]);
        assert_eq!(lines(&mut harness), ["new-visit", "up"]);
        assert!(harness.app().notices().iter().any(|notice| notice.said == note));
        let mut harness = waiting();
        harness.keys("v q");
        assert_eq!(harness.app().ended(), Some(Ending::Left));
    }

    #[test]
    fn a_store_that_cannot_be_opened_ends_the_program_with_the_reason() {
        let mut harness = Harness::new(Diary::default());
        let why = Message::new("Sổ đang mở ở cửa sổ khác.", "Open elsewhere.");
        harness.events([Event::Refused(why.clone())]);
        assert_eq!(harness.app().ended(), Some(Ending::Refused));
        assert_eq!(harness.app().refusal(), Some(&why));
    }

    #[test]
    fn a_language_asked_for_at_the_start_stands_until_another_is_chosen() {
        let setup = Setup {
            lang: Some(Lang::En),
            ..Harness::setup(
                Box::new(Diary {
                    passes: true,
                    ..Diary::default()
                }),
                Arc::new(Store::memory()),
                Box::new(|_, _| None),
            )
        };
        let mut harness = Harness::over(setup, (80, 24));
        assert!(harness.text().contains("? help"), "{}", harness.text());
        harness.events([Event::Opened(Arc::new(Store::memory()), Vec::new())]);
        assert!(harness.text().contains("? help"));
        harness.keys("ctrl-g l");
        assert!(harness.text().contains("? giúp"), "{}", harness.text());
    }

    #[test]
    fn what_does_nothing_here_is_told_and_moving_is_not() {
        let mut harness = Harness::new(Diary {
            passes: true,
            ..Diary::default()
        });
        harness.keys("up");
        assert!(harness.app().notices().is_empty());
        harness.keys("i");
        assert!(harness.app().notices()[0].said.vi.contains("nhập tệp"));
    }

    #[test]
    fn a_hangup_ends_the_program() {
        let mut harness = Harness::new(Diary::default());
        harness.events([Event::End(Ending::HungUp)]);
        assert_eq!(harness.app().ended(), Some(Ending::HungUp));
    }

    #[test]
    fn choices_are_kept_in_the_settings_and_followed_at_once() {
        let mut harness = Harness::new(Diary {
            typing: true,
            passes: true,
            ..Diary::default()
        });
        harness.keys("f4");
        assert!(
            harness.text().lines().next().unwrap().ends_with("TELEX tắt"),
            "{}",
            harness.text()
        );
        assert!(!harness.app().store.settings().typing.on);
        harness.keys("f4 ctrl-g u");
        assert!(
            harness.text().lines().next().unwrap().contains("TELEX ĐƠN GIẢN"),
            "{}",
            harness.text()
        );
    }

    #[test]
    fn undo_with_nothing_saved_is_told_in_plain_words() {
        let mut harness = Harness::new(Diary {
            typing: true,
            passes: true,
            ..Diary::default()
        });
        harness.keys("ctrl-z");
        assert_eq!(harness.app().notices().len(), 1);
        assert_eq!(harness.app().notices()[0].tone, Tone::Bad);
    }
}
