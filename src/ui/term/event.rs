//! Everything that can wake the interface, on one channel: keys, signals, finished work.
//!
//! Two threads wait in the operating system, one for the terminal and one for signals; nobody polls, so an idle program
//! uses no time at all.

use crate::domain::text::Message;
use crate::store::Store;
use crate::ui::screen::Answer;
use crate::ui::screen::stack::ScreenId;
use crossterm::event::{Event as Raw, KeyEvent, MouseEvent};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::{io, thread};

/// Something that happened.
pub enum Event {
    /// A key.
    Key(KeyEvent),
    /// Text pasted in one piece.
    Paste(String),
    /// The mouse.
    Mouse(MouseEvent),
    /// The window has another size.
    Resize,
    /// A screen's task has ended.
    Finished(ScreenId, Result<Answer, Message>),
    /// The store was opened, after the first screen was drawn; with what opening it found.
    Opened(Arc<Store>, Vec<Message>),
    /// The store could not be opened, and why.
    Refused(Message),
    /// Somebody else wants the program to end.
    End(Ending),
}

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The officer left.
    Left,
    /// The store could not be opened.
    Refused,
    /// SIGTERM: the system asks.
    Terminated,
    /// SIGHUP, or no more input: the window was closed or the line cut.
    HungUp,
}

/// Starts listening to the terminal and to signals.
///
/// # Errors
/// The system refuses a thread or a signal handler.
pub fn listen(events: &Sender<Event>) -> io::Result<()> {
    listen_for_signals(events.clone())?;
    let events = events.clone();
    thread::Builder::new().name("keys".into()).spawn(move || {
        loop {
            let event = match crossterm::event::read() {
                Ok(Raw::Key(key)) => Event::Key(key),
                Ok(Raw::Paste(text)) => Event::Paste(text),
                Ok(Raw::Mouse(mouse)) => Event::Mouse(mouse),
                Ok(Raw::Resize(..)) => Event::Resize,
                Ok(_) => continue,
                Err(_) => Event::End(Ending::HungUp),
            };
            let last = matches!(event, Event::End(_));
            if events.send(event).is_err() || last {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(unix)]
fn listen_for_signals(events: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let ending = if signal == SIGHUP {
                Ending::HungUp
            } else {
                Ending::Terminated
            };
            if events.send(Event::End(ending)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Windows has no such signals: Ctrl-C is a key in raw mode, and the console tells of a closed window in its own way.
#[cfg(windows)]
fn listen_for_signals(events: Sender<Event>) -> io::Result<()> {
    super::closing::listen(move || {
        // Nobody listens once the program ends.
        let _ = events.send(Event::End(Ending::HungUp));
    })
}
