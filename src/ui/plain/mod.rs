//! The program line by line, for a reader of the screen and for a terminal that can do nothing but print: the same forms,
//! look-up, lists and weekly report as numbered questions. No cursor is moved, no colour set, no box drawn; what is read
//! from a pipe is taken alike.
//!
//! Nothing is decided here: a question is a field of the form engine, an answer goes through its checks, a row through
//! the grids' own sheets, and drafts are those of the screens, so that what was begun here can be finished there.
//!
//! `talk` is lines out and lines in, `office` the first start, `menu` what can be done, `form` asks a record field by
//! field as `question` words it, `people` and `stalls` are the lists behind a session and a fair, `lookup` finds,
//! `week` reports, `drafts` goes on with what was left.

mod drafts;
mod form;
mod lookup;
mod menu;
mod office;
mod people;
mod pick;
mod question;
mod rows;
mod stalls;
mod talk;
#[cfg(test)]
mod tests;
mod week;

use std::io::{BufRead, Write};
use std::sync::Arc;

use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Read, Store};
use crate::ui::form::FormCx;
use crate::ui::look::{Look, OwnFiles, Prefs};
use crate::ui::names::{self, Names};
use crate::ui::term::capability::Capability;

pub use talk::{Stop, Talk};

/// What everything here works with.
pub struct Desk {
    store: Arc<Store>,
    prefs: Prefs,
    own_files: OwnFiles,
    /// The language asked for at the start; it stands above the one in the settings.
    lang: Option<Lang>,
    /// The list of names that look-up and references are found in.
    names: Names,
}

impl Desk {
    /// Over an open logbook.
    pub fn new(store: Arc<Store>, lang: Option<Lang>, own_files: OwnFiles) -> (Desk, Vec<Message>) {
        let settings = store.settings();
        let look = Look::new(&settings, Capability::detect(), &own_files);
        let mut desk = Desk {
            store,
            prefs: look.prefs,
            own_files,
            lang,
            names: names::shared(),
        };
        desk.prefs.lang = lang.unwrap_or(desk.prefs.lang);
        (desk, look.notices.into_iter().map(|notice| notice.said).collect())
    }

    /// Keeps settings and follows them.
    fn set(&mut self, settings: Settings) -> Result<(), Stop> {
        if settings.lang != self.store.settings().lang {
            self.lang = None;
        }
        self.store.set_settings(settings.clone())?;
        self.prefs = Look::new(&settings, Capability::detect(), &self.own_files).prefs;
        self.prefs.lang = self.lang.unwrap_or(self.prefs.lang);
        Ok(())
    }

    fn lang(&self) -> Lang {
        self.prefs.lang
    }

    /// A name as the built-in typing composes it.
    fn name(&self, line: &str) -> String {
        form::composed(line, &self.prefs.typing.spelled_out())
    }

    /// What a form may ask.
    fn form_cx<'r>(&'r self, read: &'r dyn Read) -> FormCx<'r> {
        FormCx {
            read,
            names: &self.names,
            typing: &self.prefs.typing,
            lang: self.prefs.lang,
            officer: &self.prefs.officer,
        }
    }
}

/// Talks until the officer leaves or the lines end. What was answered is kept: saved, or in a draft.
///
/// # Errors
/// What was said can no longer be written, or the office could not be kept.
pub fn run(desk: &mut Desk, input: impl BufRead, output: impl Write) -> Result<(), Stop> {
    let mut talk = Talk::new(Box::new(input), Box::new(output), desk.lang());
    match menu::serve(desk, &mut talk) {
        Ok(()) => talk.say(Text::new("Đã đóng sổ.", "The logbook is closed.")),
        Err(Stop::Ended) => talk.say(Text::new(
            "Hết phần nhập. Điều đã lưu và bản nháp được giữ.",
            "The input has ended. What was saved and the drafts are kept.",
        )),
        Err(stop) => Err(stop),
    }
}
