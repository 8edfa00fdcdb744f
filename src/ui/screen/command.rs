//! What a screen asks for: everything that happens outside of it.

use super::Screen;
use crate::domain::settings::Settings;
use crate::domain::text::{Message, Text};
use crate::ui::action::Action;
use crate::ui::data::Work;
use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What a screen asks for.
pub enum Command {
    /// The input was not for this screen: `App` does what it means everywhere, if anything.
    Pass,
    /// Open a screen or popup on top.
    Push(Box<dyn Screen>),
    /// Open a screen in the place of this one.
    Replace(Box<dyn Screen>),
    /// Step back to the screen below; the first screen stays.
    Pop,
    /// Step back, with something for the screen below.
    Close(Answer),
    /// Step back to the first screen.
    Home,
    /// Do this work in one transaction; `Input::Saved` says what became of it, and every screen reloads.
    Save(Work),
    /// Do long work on a thread, with a gauge and a way to stop; `Input::Finished` says what became of it.
    Spawn(Task),
    /// Tell the officer something.
    Tell(Notice),
    /// Put text on the system's clipboard.
    Copy(String),
    /// As if the key of this action had been pressed here (the palette's way).
    Run(Action),
    /// Keep these settings, and follow them from now on.
    Set(Box<Settings>),
    /// Leave the program.
    Quit,
}

impl Command {
    /// Puts a screen on the stack, where there is one.
    pub fn push(screen: Option<Box<dyn Screen>>) -> Vec<Command> {
        screen.map(Command::Push).into_iter().collect()
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Command::Pass => "Pass",
            Command::Push(_) => "Push",
            Command::Replace(_) => "Replace",
            Command::Pop => "Pop",
            Command::Close(_) => "Close",
            Command::Home => "Home",
            Command::Save(_) => "Save",
            Command::Spawn(_) => "Spawn",
            Command::Tell(notice) => return notice.fmt(f),
            Command::Copy(_) => "Copy",
            Command::Run(action) => return action.fmt(f),
            Command::Set(_) => "Set",
            Command::Quit => "Quit",
        })
    }
}

/// What a popup hands back: the screen that opened it knows the type.
pub struct Answer(Box<dyn Any + Send>);

impl Answer {
    /// Wraps a value.
    pub fn new<T: Any + Send>(value: T) -> Answer {
        Answer(Box::new(value))
    }

    /// The value, if it is of this type.
    pub fn get<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something went well: one line, gone once it could be read.
    Good,
    /// Something to mind.
    Warning,
    /// Something did not go: stays until the officer has seen it.
    Bad,
}

/// A message to the officer: what happened, what is kept, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// The words.
    pub said: Message,
}

impl Notice {
    /// Something went well.
    pub fn good(said: impl Into<Message>) -> Notice {
        Notice {
            tone: Tone::Good,
            said: said.into(),
        }
    }

    /// Something to mind.
    pub fn warning(said: impl Into<Message>) -> Notice {
        Notice {
            tone: Tone::Warning,
            said: said.into(),
        }
    }

    /// Something did not go.
    pub fn bad(said: impl Into<Message>) -> Notice {
        Notice {
            tone: Tone::Bad,
            said: said.into(),
        }
    }
}

/// The work of a task: it reports its progress and asks now and then whether to stop.
pub type TaskWork = Box<dyn FnOnce(&Progress) -> Result<Answer, Message> + Send>;

/// Long work for a thread of its own.
pub struct Task {
    /// What is being done: "Đang xuất báo cáo".
    pub title: Text,
    /// The work.
    pub work: TaskWork,
}

/// How far a task is; shared by its thread and the gauge.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// Says that `done` of `total` is done; a total of 0 is unknown.
    pub fn report(&self, done: u64, total: u64) {
        self.0.total.store(total, Ordering::Relaxed);
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// What was reported last: done and total.
    pub fn reported(&self) -> (u64, u64) {
        (
            self.0.done.load(Ordering::Relaxed),
            self.0.total.load(Ordering::Relaxed),
        )
    }

    /// Asks the work to stop.
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the work shall stop: it leaves nothing behind then.
    pub fn stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }
}
