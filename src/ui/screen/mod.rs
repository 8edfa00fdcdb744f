//! The boundary `Screen`: what the interface is made of, one on top of the other.
//!
//! A screen gets inputs and answers with commands; it never touches terminal, store or other screens, and drawing
//! changes nothing. Popups are screens too: the stack draws their frame, and Esc closes them unless they say otherwise.

pub mod abbreviations;
pub mod ask;
pub mod attendance;
pub mod booths;
pub mod command;
pub mod edit;
pub mod filings;
pub mod first_start;
pub mod grid;
pub mod help;
pub mod history;
pub mod home;
pub mod import;
pub mod kinds;
pub mod later;
pub mod list;
pub mod lookup;
pub mod merge;
pub mod messages;
pub mod openers;
pub mod palette;
pub mod parting;
pub mod periodic;
pub mod prompt;
pub mod record;
pub mod records;
pub mod report;
pub mod second_entry;
pub mod settings;
pub mod sheets;
pub mod stack;
pub mod targets;

pub use crate::ui::look::{Prefs, TypingPrefs};
pub use command::{Answer, Command, Notice, Progress, Task, Tone};
pub use stack::Stack;

use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::data::{Read, Receipt, Refusal};
use crate::ui::keymap::{Context, Key, Keymap, Offer};
use crate::ui::names::Names;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;
use std::sync::Arc;

/// What reaches a screen.
#[derive(Debug)]
pub enum Input {
    /// A key press, and what it means here if it means anything. Without an action, `key.text()` is what it types.
    Key {
        /// The key.
        key: Key,
        /// Its action in the screen's contexts.
        action: Option<Action>,
    },
    /// Text pasted in one piece, its line ends as they came.
    Paste(String),
    /// The mouse; never needed.
    Mouse(Mouse),
    /// A popup that this screen opened has closed with an answer.
    Answer(Answer),
    /// What became of this screen's last `Command::Save`.
    Saved(Result<Receipt, Refusal>),
    /// What became of this screen's `Command::Spawn`.
    Finished(Result<Answer, Message>),
    /// The time asked for by `Screen::wakes_after` has passed.
    Tick,
}

impl Input {
    /// The action, where it is one.
    pub fn action(&self) -> Option<Action> {
        match self {
            Input::Key { action, .. } => *action,
            _ => None,
        }
    }

    /// The letter to type, where the key is one and means no action.
    pub fn typed(&self) -> Option<char> {
        match self {
            Input::Key { key, action: None } => key.text(),
            _ => None,
        }
    }
}

/// What the mouse did, in cells of the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Column, from 0.
    pub x: u16,
    /// Row, from 0.
    pub y: u16,
    /// What it did.
    pub what: MouseAct,
}

impl Mouse {
    /// What the terminal tells of the mouse, where it is something that the interface knows.
    pub fn of(raw: MouseEvent) -> Option<Mouse> {
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
}

/// What the mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The first button was pressed.
    Click,
    /// The wheel turned towards the top.
    WheelUp,
    /// The wheel turned towards the bottom.
    WheelDown,
}

/// What a screen may know of its surroundings while it works.
pub struct Cx<'a> {
    /// The records.
    pub read: &'a dyn Read,
    /// The store itself, for work on another thread and for drafts. Saves go by `Command::Save`.
    pub store: &'a Arc<Store>,
    /// The list of names that look-up, reference fields and grids share.
    pub names: &'a Names,
    /// The officer's choices, as the interface follows them.
    pub prefs: &'a Prefs,
    /// The same as they are kept, to be changed by `Command::Set`.
    pub settings: &'a Settings,
    /// The keys, for help and palette.
    pub keymap: &'a Keymap,
    /// The contexts of the screen that has the keys.
    pub contexts: &'a [Context],
    /// The messages so far, the latest last.
    pub notices: &'a [Notice],
}

/// What the built-in typing does where the cursor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypingState {
    /// It composes.
    #[default]
    On,
    /// Switched off by the officer.
    Off,
    /// Off by itself: a code, number, telephone, e-mail or date field.
    NotHere,
    /// The system's own input method is composing, so it steps aside for this field.
    SteppedAside,
}

impl TypingState {
    /// What a field does for its own part, under what the officer chose for all.
    pub fn under(self, chosen: TypingState) -> TypingState {
        match (self, chosen) {
            (TypingState::NotHere, _) => TypingState::NotHere,
            (_, TypingState::Off) => TypingState::Off,
            (here, _) => here,
        }
    }
}

/// The words of the top line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Where the officer is: "Phiếu thăm HTX, THT · HTX Dược liệu An Khang (HTX007)".
    pub title: String,
    /// Further facts at the right: "chưa lưu", "3 kết quả".
    pub facts: Vec<String>,
    /// Where text is typed: what the built-in typing does there for its own part (`LineEdit::typing_here`).
    pub typing: Option<TypingState>,
}

impl Heading {
    /// A title alone.
    pub fn new(title: impl Into<String>) -> Heading {
        Heading {
            title: title.into(),
            ..Heading::default()
        }
    }

    /// With a further fact at the right.
    pub fn fact(mut self, fact: impl Into<String>) -> Heading {
        self.facts.push(fact.into());
        self
    }

    /// With what the built-in typing does.
    pub fn typing(mut self, state: TypingState) -> Heading {
        self.typing = Some(state);
        self
    }
}

/// How much of the window a screen takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All but the top and the bottom line.
    Full,
    /// A framed popup with so much room inside, as far as the window has it.
    Popup {
        /// Cells across.
        width: u16,
        /// Cells down.
        height: u16,
    },
}

impl Extent {
    /// A popup of this width with room for words in either language.
    pub fn of_words(said: &Message, width: u16) -> Extent {
        let rows = |said: &str| wrap(said, usize::from(width)).len();
        let height = rows(&said.vi).max(rows(&said.en));
        Extent::Popup {
            width,
            height: u16::try_from(height).unwrap_or(1),
        }
    }
}

/// One screen or popup.
pub trait Screen {
    /// The contexts of its keys, the most particular first: mostly `Context::Form.chain()` and the like. May change
    /// with what has the focus.
    fn contexts(&self) -> &'static [Context];

    /// Takes an input and says what is to happen. What it has no use for it gives back as [`Command::Pass`].
    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command>;

    /// Reads anew what it shows: after it was pushed, and after every save.
    fn reload(&mut self, _read: &dyn Read) {}

    /// It has come to the top: opened, uncovered, or still there after a save. For what is kept beside the records:
    /// drafts, own files.
    fn come_up(&mut self, _cx: &Cx<'_>) {}

    /// Gets to know its room, before every drawing.
    fn layout(&mut self, _area: Rect) {}

    /// Draws itself. Must not need the store, and changes nothing.
    fn draw(&self, canvas: &mut Canvas<'_>);

    /// The words of the top line; of a popup, the words in its frame.
    fn heading(&self, lang: Lang) -> Heading;

    /// What can be done here now, the most important first, for the bottom line. Help needs no mention.
    fn offers(&self) -> Vec<Offer> {
        Vec::new()
    }

    /// How much of the window it takes.
    fn extent(&self) -> Extent {
        Extent::Full
    }

    /// When it wants `Input::Tick`, if no key comes before. Nothing moves while this is `None`.
    fn wakes_after(&self) -> Option<std::time::Duration> {
        None
    }

    /// Puts what was typed where a crash, a kill or a closed window cannot reach it; called on every way out.
    fn keep_draft(&mut self, _store: &Store) {}
}
