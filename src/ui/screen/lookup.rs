//! Look-up: somebody is on the telephone. Hits as one types, the status card of the one under the cursor beside them.
//!
//! It lies above whatever is open and leaves it as it was. The list that it asks is shared by all look-ups of a sitting,
//! read when first asked for, and kept up by what was saved since; where reading takes longer than a blink it goes on on
//! a thread, and what is typed meanwhile is answered when it is there.

mod drawing;
#[cfg(test)]
mod tests;

use std::sync::{Arc, TryLockError};
use std::time::Duration;

use ratatui::layout::Rect;

use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::title;
use crate::domain::value::Value;
use crate::search::status::card::{self, Line, Sign};
use crate::search::status::{Status, plain};
use crate::search::{self, Asked, Hit, TEXT_PREFIX};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::form::show;
use crate::ui::form::typist::Writing;
use crate::ui::keymap::{Context, Offer};
use crate::ui::names::{BLINK, Names, begin_reading};
use crate::ui::screen::openers;
use crate::ui::screen::record::paper;
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Mouse, MouseAct, Notice, Progress, Screen, Task};
use crate::ui::widget::status_card::StatusCard;

/// Hits that are listed.
const HITS: usize = 50;
/// Hits in texts.
const TEXT_HITS: usize = 200;
/// Names in a list up to which the card is gathered with each letter; over a larger logbook a letter does not wait for it,
/// and it comes as soon as no key is pressed.
const SMALL: usize = 5_000;
/// How soon that is.
const SOON: Duration = Duration::from_millis(2);
const READING: Text = Text::new("đang đọc danh sách…", "reading the list…");
const SEARCH: Text = Text::new("tìm", "search");
const CHOOSE: Text = Text::new("chọn", "choose");

/// The look-up.
pub struct Lookup {
    finder: Names,
    query: LineEdit,
    writing: Writing,
    hits: Vec<Hit>,
    total: usize,
    at: usize,
    top: usize,
    card: StatusCard,
    shown: Option<Status>,
    /// The record on the card.
    card_of: Option<Id>,
    /// The card is still that of another hit: it is gathered when no key is pressed.
    behind: bool,
    is_small: bool,
    /// Whether an answer is still owed, for the list is being read.
    owed: bool,
    /// Whether `hits` are what was found in texts.
    searched: bool,
    list: Rect,
    /// Where in the window the screen begins: the mouse tells cells of the window.
    origin: (u16, u16),
    lang: Lang,
}

impl Lookup {
    /// An empty look-up; reading the list begins if nobody asked it before.
    pub fn new(finder: &Names, cx: &Cx<'_>) -> Lookup {
        begin_reading(finder, cx.store);
        Lookup {
            finder: Arc::clone(finder),
            query: LineEdit::of(Writing::Plain),
            writing: Writing::Plain,
            hits: Vec::new(),
            total: 0,
            at: 0,
            top: 0,
            card: StatusCard::default(),
            shown: None,
            card_of: None,
            behind: false,
            is_small: true,
            owed: false,
            searched: false,
            list: Rect::default(),
            origin: (0, 0),
            lang: cx.prefs.lang,
        }
    }

    /// The text to look for in notes and texts; none where names are looked for.
    fn in_texts(&self) -> Option<&str> {
        self.query.text().trim_start().strip_prefix(TEXT_PREFIX)
    }

    /// Asks the list for what is typed. Text hits come on Enter, for they take their time.
    fn ask(&mut self, read: &dyn Read) {
        (self.owed, self.searched) = (false, false);
        if self.in_texts().is_some() {
            self.take(Vec::new(), 0, read);
            return;
        }
        let asked = Asked {
            text: self.query.text(),
            kind: None,
            limit: HITS,
        };
        let mut finder = match self.finder.try_lock() {
            Ok(finder) => finder,
            Err(TryLockError::Poisoned(poisoned)) => {
                let mut finder = poisoned.into_inner();
                finder.forget();
                finder
            }
            Err(TryLockError::WouldBlock) => {
                self.owed = true;
                return;
            }
        };
        // A fault of the store means that nothing is found here; the next thing opened tells of it.
        let found = finder.find(&asked, read).unwrap_or_default();
        let (hits, is_small) = (
            finder.listed(&found),
            finder.list().is_none_or(|list| list.len() <= SMALL),
        );
        drop(finder);
        self.is_small = is_small;
        self.take(hits, found.total, read);
    }

    fn take(&mut self, hits: Vec<Hit>, total: usize, read: &dyn Read) {
        (self.hits, self.total) = (hits, total);
        (self.at, self.top) = (0, 0);
        self.show(read);
    }

    fn chosen(&self) -> Option<&Hit> {
        self.hits.get(self.at)
    }

    /// Puts what is under the cursor on the card: at once, or when there is time for it.
    fn show(&mut self, read: &dyn Read) {
        let chosen = self.chosen().map(|hit| hit.id);
        if chosen == self.card_of && chosen.is_some() {
            self.behind = false;
            return;
        }
        self.behind = !self.is_small && chosen.is_some();
        if !self.behind {
            self.gather(read);
        }
    }

    /// Gathers the card.
    fn gather(&mut self, read: &dyn Read) {
        (self.behind, self.shown) = (false, None);
        self.card_of = self.chosen().map(|hit| hit.id);
        let lines = match self.chosen() {
            None => Vec::new(),
            Some(hit) => self.lines_of(&hit.clone(), read).unwrap_or_default(),
        };
        self.card.set_lines(lines);
    }

    /// What is done with the hit under the cursor is done with what its card shows.
    fn catch_up(&mut self, read: &dyn Read) {
        if self.behind {
            self.gather(read);
        }
    }

    fn lines_of(&mut self, hit: &Hit, read: &dyn Read) -> Result<Vec<Line>, StoreError> {
        if hit.kind == "cooperative" {
            self.shown = Status::of(read, hit.id)?;
            return Ok(self
                .shown
                .as_ref()
                .map_or_else(Vec::new, |status| card::lines(status, self.lang)));
        }
        let (Some(entry), Some(kind)) = (read.get(hit.kind, hit.id)?, kind(hit.kind)) else {
            return Ok(Vec::new());
        };
        let plain = |text: String| Line::Words { sign: Sign::None, text };
        let mut lines = vec![Line::Title {
            name: hit.title.clone(),
            code: hit.code.clone().unwrap_or_default(),
        }];
        let about = [kind.label().get(self.lang), &hit_of(hit, read).detail];
        lines.push(plain(title::join(&about)));
        lines.push(Line::Gap);
        for field in read
            .schema()
            .fields(kind)
            .filter(|field| field.key != "code" && field.key != "unit")
        {
            if let Some(value) = entry.get(field.key) {
                let value = show::value(field, value, read.known(), self.lang);
                lines.push(plain(format!("{}: {value}", field.label.get(self.lang))));
            }
        }
        Ok(lines)
    }

    fn go(&mut self, to: usize, read: &dyn Read) {
        let to = to.min(self.hits.len().saturating_sub(1));
        if to != self.at {
            self.at = to;
            self.keep_in_sight();
            self.show(read);
        }
    }

    fn keep_in_sight(&mut self) {
        let height = usize::from(self.list.height).max(1);
        self.top = self.top.clamp((self.at + 1).saturating_sub(height), self.at);
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        if matches!(action, Action::CopyOut | Action::Export) {
            self.catch_up(cx.read);
        }
        match action {
            Action::Up => self.go(self.at.saturating_sub(1), cx.read),
            Action::Down => self.go(self.at + 1, cx.read),
            Action::PageUp => _ = self.card.scroll(-self.card.page()),
            Action::PageDown => _ = self.card.scroll(self.card.page()),
            Action::TypingToggle => self.toggle_typing(),
            Action::SearchTexts => self.toggle_texts(cx.read),
            Action::Open => return Some(self.open(cx)),
            Action::VisitNow => return Some(self.visit(cx)),
            Action::CopyOut => return Some(self.copy(cx)),
            Action::Export => return Some(self.export()),
            Action::History => return Some(self.history(cx)),
            Action::Create => return Some(self.create(cx)),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Names are mostly typed without tones, so that the built-in typing is off here until it is asked for.
    fn toggle_typing(&mut self) {
        self.writing = match self.writing {
            Writing::Plain => Writing::Words,
            Writing::Words => Writing::Plain,
        };
        self.query = LineEdit::of(self.writing).with_text(self.query.text());
    }

    fn toggle_texts(&mut self, read: &dyn Read) {
        let text = match self.in_texts() {
            Some(text) => text.to_owned(),
            None => format!("{TEXT_PREFIX}{}", self.query.text()),
        };
        self.query.set_text(&text);
        self.ask(read);
    }

    fn open(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(hit) = self.chosen() else {
            return self.search_texts(cx);
        };
        Command::push(openers::record(hit.kind, hit.id, cx))
    }

    /// Looks through the whole store on a thread.
    fn search_texts(&self, cx: &Cx<'_>) -> Vec<Command> {
        let text = self.in_texts().map(str::trim).unwrap_or_default().to_owned();
        if text.is_empty() {
            return Vec::new();
        }
        let store = Arc::clone(cx.store);
        let work = move |progress: &Progress| {
            let asked = Asked {
                text: &text,
                kind: None,
                limit: TEXT_HITS,
            };
            let mut go_on = |count| {
                progress.report(count, 0);
                if progress.stopped() {
                    search::Go::Stop
                } else {
                    search::Go::On
                }
            };
            let hits = search::in_texts(&asked, &store.reader(), &mut go_on).map_err(|error| error.message())?;
            Ok(Answer::new(hits))
        };
        vec![Command::Spawn(Task {
            title: Text::new("Đang tìm trong ghi chú", "Searching in notes"),
            work: Box::new(work),
        })]
    }

    fn visit(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(hit) = self.chosen().filter(|hit| hit.kind == "cooperative") else {
            return Vec::new();
        };
        let given = vec![("cooperative", Value::Id(hit.id))];
        Command::push(openers::new_with("visit", given, cx))
    }

    fn history(&self, cx: &Cx<'_>) -> Vec<Command> {
        Command::push(self.chosen().and_then(|hit| openers::history(hit.kind, hit.id, cx)))
    }

    /// A cooperative that is not there yet, by the name that was looked for.
    fn create(&self, cx: &Cx<'_>) -> Vec<Command> {
        let text = self.query.text().trim();
        let given = match text.is_empty() || self.in_texts().is_some() {
            true => Vec::new(),
            false => vec![("name", Value::Text(text.to_owned()))],
        };
        Command::push(openers::new_with("cooperative", given, cx))
    }

    fn copy(&self, cx: &Cx<'_>) -> Vec<Command> {
        let text = match (&self.shown, self.chosen()) {
            (Some(status), _) => plain::write(status, self.lang),
            (None, Some(hit)) => {
                let full = hit_of(hit, cx.read);
                let code = full.code.as_deref().unwrap_or_default();
                format!("{code} {}\n{}\n", full.title, full.detail)
            }
            (None, None) => return Vec::new(),
        };
        let said = Message::new("Đã sao chép.", "Copied.");
        vec![
            Command::Copy(text.trim_start().to_owned()),
            Command::Tell(Notice::good(said)),
        ]
    }

    fn export(&self) -> Vec<Command> {
        let shown = self.shown.as_ref();
        shown.map_or_else(Vec::new, |status| paper::export(status, self.lang))
    }

    fn clicked(&mut self, mouse: Mouse, read: &dyn Read) {
        let (x, y) = (
            mouse.x.saturating_sub(self.origin.0),
            mouse.y.saturating_sub(self.origin.1),
        );
        let inside = self.list.contains(ratatui::layout::Position::new(x, y));
        match mouse.what {
            MouseAct::Click if inside => self.go(self.top + usize::from(y - self.list.y), read),
            MouseAct::Click => {}
            MouseAct::WheelUp if inside => self.go(self.at.saturating_sub(1), read),
            MouseAct::WheelDown if inside => self.go(self.at + 1, read),
            MouseAct::WheelUp => _ = self.card.scroll(-1),
            MouseAct::WheelDown => _ = self.card.scroll(1),
        }
    }
}

/// A hit with what tells it from others.
fn hit_of(hit: &Hit, read: &dyn Read) -> Hit {
    if !hit.detail.is_empty() {
        return hit.clone();
    }
    let full = search::hit(hit.kind, hit.id, read).ok().flatten();
    full.unwrap_or_else(|| hit.clone())
}

impl Screen for Lookup {
    fn contexts(&self) -> &'static [Context] {
        Context::Lookup.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        match input {
            Input::Tick => {
                if self.owed {
                    self.ask(cx.read);
                }
                self.catch_up(cx.read);
                return Vec::new();
            }
            Input::Finished(Ok(answer)) => {
                if let Some(hits) = answer.get::<Vec<Hit>>() {
                    self.take(hits.clone(), hits.len(), cx.read);
                    self.searched = true;
                }
                return Vec::new();
            }
            Input::Mouse(mouse) => {
                self.clicked(*mouse, cx.read);
                return Vec::new();
            }
            _ => {}
        }
        if let Some(commands) = input.action().and_then(|action| self.act(action, cx)) {
            return commands;
        }
        match self.query.update(input, &cx.prefs.typing) {
            Outcome::Changed | Outcome::Full => self.ask(cx.read),
            Outcome::Copied(text) => return vec![Command::Copy(text)],
            Outcome::Cut(text) => {
                self.ask(cx.read);
                return vec![Command::Copy(text)];
            }
            Outcome::Pass => return vec![Command::Pass],
            Outcome::Moved | Outcome::AtStart => {}
        }
        Vec::new()
    }

    fn reload(&mut self, read: &dyn Read) {
        let chosen = self.chosen().map(|hit| hit.id);
        self.card_of = None;
        if self.in_texts().is_none() {
            self.ask(read);
        }
        let place = self.hits.iter().position(|hit| Some(hit.id) == chosen);
        self.at = place.unwrap_or(0);
        self.keep_in_sight();
        self.show(read);
    }

    fn layout(&mut self, area: Rect) {
        self.place(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_on(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let mut heading = Heading::new(Text::new("Tra cứu", "Look-up").get(lang)).typing(self.query.typing_here());
        if self.owed {
            heading = heading.fact(READING.get(lang));
        } else if self.total > 0 {
            heading = heading.fact(format!("{} {}", self.total, Text::new("kết quả", "found").get(lang)));
        }
        heading
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        match self.chosen() {
            Some(hit) => {
                offers.push(Action::Open.into());
                if hit.kind == "cooperative" {
                    offers.push(Action::VisitNow.into());
                }
                offers.push(Action::CopyOut.into());
                if self.shown.is_some() {
                    offers.push(Action::Export.into());
                }
                offers.push(Offer::named(Action::Down, CHOOSE));
            }
            None if self.in_texts().is_some() => offers.push(Offer::named(Action::Open, SEARCH)),
            None => offers.extend([Offer::from(Action::SearchTexts), Action::Create.into()]),
        }
        offers.push(Action::Back.into());
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        match (self.behind, self.owed) {
            (true, _) => Some(SOON),
            (false, true) => Some(BLINK),
            (false, false) => None,
        }
    }
}
