//! The frame that both grids stand in: the attendance of a session, the booths of a fair.
//!
//! Here is what is the same for both: the list with its cursor, the line below it, whom the line may mean, the draft of
//! every step (so that Esc, a kill or a power cut lose at most what is being typed), saving with its warnings, paper and
//! files. What differs, the columns, what is typed and what it does to the rows, is a [`Body`].

mod body;
mod draw;
mod pick;
#[cfg(test)]
pub mod testing;

pub use body::{Body, Hits, Look};
pub use pick::{pick, pick_code};

use crate::domain::finding::Level;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Draft, Read, Store, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Receipt, Refusal};
use crate::ui::form::line_edit::Outcome;
use crate::ui::grid::sheet::Stopped;
use crate::ui::keymap::{Context, Offer};
use crate::ui::names;
use crate::ui::screen::sheets::{self, Grid};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::widget::picker::Picked;
use crate::ui::widget::table::{Outcome as TableOutcome, Table};
use crate::vietnamese::date::format_date;
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// What a grid is about.
pub struct Ground {
    /// The kind of the event, which is also the name of the draft's field that tells which one.
    pub event: &'static str,
    /// The kind of its rows.
    pub row: &'static str,
    /// Its keys.
    pub context: Context,
    /// Its name, for the top line.
    pub title: Text,
    /// What is said where the event was deleted.
    pub gone: Text,
    /// The id of an event's draft.
    pub draft_id: fn(Id) -> Id,
}

/// Steps of a long sheet after which the draft is written though the keys do not rest.
const MOST_UNKEPT: u64 = 20;
/// How long keys rest before the draft of a long sheet is written.
const REST: Duration = Duration::from_millis(200);

/// A warning or error that held the save.
struct Doubt {
    at: usize,
    level: Level,
    said: Message,
}

/// What of a grid the frame keeps, as far as a body may see it.
pub struct Frame {
    /// The session or the fair.
    pub event: Id,
    /// The row with the cursor.
    pub at: usize,
    /// What was done last.
    pub said: Option<Message>,
    /// The language.
    pub lang: Lang,
    /// The room in the window.
    pub area: Rect,
    doubt: Option<Doubt>,
}

impl Frame {
    /// Forgets what held the save: the rows are no longer what they were.
    pub fn stepped(&mut self) {
        self.doubt = None;
    }

    /// The key that accepts a warning, where one held the save.
    pub fn offer_of_warning(&self) -> Option<Offer> {
        let held = self.doubt.as_ref().is_some_and(|doubt| doubt.level == Level::Warning);
        held.then(|| Offer::named(Action::AcceptWarning, Text::new("vẫn lưu", "save anyway")))
    }
}

/// A grid as a screen.
pub struct GridScreen {
    ground: &'static Ground,
    body: Box<dyn Body>,
    frame: Frame,
    fault: Option<Message>,
    draft: Option<Draft>,
    /// Whether a draft file is there.
    drafted: bool,
    /// The step of the sheet that the draft has.
    kept: u64,
    accepted: BTreeSet<usize>,
    stopped: Stopped,
    /// Whether the answer awaited is in which form the blank sheet is wanted.
    asks_for_paper: bool,
    table: Table,
}

/// The grid of an event. A draft left of it is gone on with.
pub fn open(ground: &'static Ground, body: Box<dyn Body>, event: Id, cx: &Cx<'_>) -> Box<dyn Screen> {
    names::begin_reading(cx.names, cx.store);
    // Drafts that cannot be read are told on the home screen; the grid opens all the same.
    let drafts = cx.store.drafts().unwrap_or_default();
    let draft = drafts.into_iter().find(|draft| draft.id == (ground.draft_id)(event));
    Box::new(GridScreen::new(ground, body, event, draft))
}

/// The grid that a draft belongs to; none where it is a draft of something else.
pub fn resume(ground: &'static Ground, body: fn() -> Box<dyn Body>, draft: &Draft) -> Option<Box<dyn Screen>> {
    let event = (draft.kind == ground.row).then(|| draft.body[ground.event].as_str()?.parse().ok())??;
    Some(Box::new(GridScreen::new(ground, body(), event, Some(draft.clone()))))
}

impl GridScreen {
    /// A grid, with the draft that is left of it.
    pub fn new(ground: &'static Ground, body: Box<dyn Body>, event: Id, draft: Option<Draft>) -> GridScreen {
        GridScreen {
            ground,
            body,
            frame: Frame {
                event,
                at: 0,
                said: None,
                lang: Lang::Vi,
                area: Rect::default(),
                doubt: None,
            },
            fault: None,
            drafted: draft.is_some(),
            draft,
            kept: 0,
            accepted: BTreeSet::new(),
            stopped: Stopped::default(),
            asks_for_paper: false,
            table: Table::new(Vec::new()),
        }
    }

    fn load(&mut self, read: &dyn Read) -> Result<(), StoreError> {
        if !self.body.load(&mut self.frame, self.draft.as_ref(), read)? {
            self.fault = Some(self.ground.gone.into());
            return Ok(());
        }
        if self.draft.take().is_some() {
            self.frame.said = Some(Message::new(
                "Đang nhập tiếp bản nháp; hoàn tác để bỏ.",
                "Going on with the draft; undo drops it.",
            ));
        }
        self.kept = self.body.steps();
        self.arrange();
        Ok(())
    }

    /// Columns for the window's width and the cursor's column.
    fn arrange(&mut self) {
        if !self.body.is_there() {
            return;
        }
        let (columns, column) = self.body.columns(&self.frame);
        if columns != self.table.columns() {
            self.table.set_columns(columns);
        }
        self.table.choose(column);
    }

    fn save(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        if !self.body.finish(&mut self.frame, cx)? {
            return Ok(Vec::new());
        }
        let Some(work) = self.body.work(&self.accepted, self.stopped.clone()) else {
            let said = Text::new("Không có gì mới để lưu.", "There is nothing new to save.");
            return Ok(vec![Command::Tell(Notice::good(said))]);
        };
        Ok(vec![Command::Save(work)])
    }

    fn saved(&mut self, outcome: &Result<Receipt, Refusal>, cx: &Cx<'_>) -> Result<(), StoreError> {
        match outcome {
            Ok(_) => {
                self.accepted.clear();
                (self.frame.doubt, self.frame.said) = (None, None);
                self.drafted = false;
                self.load(cx.read)?;
                cx.store.remove_draft((self.ground.draft_id)(self.frame.event))?;
            }
            Err(Refusal::Findings(findings)) => {
                let worst = findings.iter().max_by_key(|finding| finding.level);
                if let (Some(at), Some(finding)) = (self.stopped.get(), worst) {
                    self.body.go(&mut self.frame, at, finding.field.as_deref());
                    self.frame.doubt = Some(Doubt {
                        at,
                        level: finding.level,
                        said: finding.text.clone(),
                    });
                }
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// Accepts the warning that held the save, and saves.
    fn accept_warning(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match &self.frame.doubt {
            Some(doubt) if doubt.level == Level::Warning => {
                self.accepted.insert(doubt.at);
                self.save(cx)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn grid(&self) -> Grid {
        match self.body.is_unsaved() {
            true => Grid::Unsaved,
            false => Grid::Saved,
        }
    }

    /// To a row, as far as what is typed can be left.
    fn climb(&mut self, to: usize, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.body.leave(&mut self.frame, cx)? {
            self.body.go(&mut self.frame, to, None);
        }
        Ok(())
    }

    /// Actions on the rows; `None` for what is the line's.
    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError> {
        let hits = self.body.hits();
        let page = usize::from(self.frame.area.height.saturating_sub(6)).max(1);
        let (at, event) = (self.frame.at, self.frame.event);
        self.asks_for_paper = action == Action::Export;
        match action {
            Action::Save => return self.save(cx).map(Some),
            Action::AcceptWarning => return self.accept_warning(cx).map(Some),
            Action::Export => return Ok(Some(vec![sheets::ask(cx.prefs.lang)])),
            Action::Import => return Ok(Some(sheets::take_in(self.grid(), self.ground.event, event, cx))),
            Action::Up if hits.count > 0 => self.body.point(hits.pointer.saturating_sub(1)),
            Action::Down if hits.count > 0 => self.body.point((hits.pointer + 1).min(hits.count - 1)),
            Action::Up => self.climb(at.saturating_sub(1), cx)?,
            Action::Down => self.climb(at + 1, cx)?,
            Action::PageUp => self.climb(at.saturating_sub(page), cx)?,
            Action::PageDown => self.climb(at + page, cx)?,
            _ => return self.body.act(&mut self.frame, action, cx),
        }
        Ok(Some(Vec::new()))
    }

    fn type_into(&mut self, input: &Input, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let GridScreen { body, frame, .. } = self;
        if body.takes(frame, input) {
            return Ok(Vec::new());
        }
        let outcome = body.edit_mut().update(input, &cx.prefs.typing);
        let commands = match &outcome {
            Outcome::Pass => {
                let is_taken = match input.action() {
                    Some(action @ (Action::Undo | Action::Redo)) => body.through_time(frame, action),
                    Some(action) => body.goes_beyond(frame, action),
                    None => false,
                };
                if is_taken { Vec::new() } else { vec![Command::Pass] }
            }
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text.clone())],
            Outcome::Moved | Outcome::Changed | Outcome::Full | Outcome::AtStart => Vec::new(),
        };
        body.typed(frame, &outcome, cx)?;
        Ok(commands)
    }

    fn take(&mut self, input: &Input, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match input {
            Input::Answer(answer) => {
                match answer.get::<Picked>() {
                    Some(picked) if self.asks_for_paper => {
                        self.asks_for_paper = false;
                        return Ok(sheets::write(picked, self.ground.event, self.frame.event, cx));
                    }
                    Some(Picked::Chosen(keys)) => self.body.answered(&mut self.frame, keys, cx)?,
                    _ => {}
                }
                Ok(Vec::new())
            }
            Input::Saved(outcome) => self.saved(outcome, cx).map(|()| Vec::new()),
            Input::Mouse(_) => self.click(input, cx).map(|()| Vec::new()),
            Input::Key {
                action: Some(action), ..
            } => match self.act(*action, cx)? {
                Some(commands) => Ok(commands),
                None => self.type_into(input, cx),
            },
            _ => self.type_into(input, cx),
        }
    }

    fn click(&mut self, input: &Input, cx: &Cx<'_>) -> Result<(), StoreError> {
        let mut table = self.table.clone();
        let view = self.body.view(&self.frame, self.frame.lang, ["", ""]);
        let outcome = table.update(input, &*view);
        drop(view);
        if !matches!(outcome, TableOutcome::Pass) && self.body.leave(&mut self.frame, cx)? {
            self.body.choose(table.column());
            self.body.go(&mut self.frame, table.row(), None);
        }
        Ok(())
    }

    /// Steps that no draft has yet.
    fn unkept(&self) -> u64 {
        self.body.steps().abs_diff(self.kept)
    }

    /// Whether the draft is to be written now: after every step, but of a long sheet once the keys rest, for it takes
    /// longer than a key may.
    fn is_draft_due(&self, input: &Input) -> bool {
        match self.unkept() {
            0 => false,
            steps => matches!(input, Input::Tick) || steps >= MOST_UNKEPT || !self.body.is_long(),
        }
    }

    /// Writes the draft, or takes it away where nothing is left to save.
    fn keep(&mut self, store: &Store) -> Result<(), StoreError> {
        self.kept = self.body.steps();
        match self.body.draft() {
            Some(draft) => {
                store.save_draft(draft)?;
                self.drafted = true;
            }
            None if self.drafted => {
                store.remove_draft((self.ground.draft_id)(self.frame.event))?;
                self.drafted = false;
            }
            None => {}
        }
        Ok(())
    }
}

impl Screen for GridScreen {
    fn contexts(&self) -> &'static [Context] {
        self.ground.context.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.frame.lang = cx.prefs.lang;
        if !self.body.is_there() {
            return vec![Command::Pass];
        }
        let taken = self.take(input, cx);
        let kept = if self.is_draft_due(input) {
            self.keep(cx.store)
        } else {
            Ok(())
        };
        self.arrange();
        match (taken, kept) {
            (Ok(commands), Ok(())) => commands,
            (Err(error), _) | (Ok(_), Err(error)) => vec![Command::Tell(Notice::bad(error.message()))],
        }
    }

    fn reload(&mut self, read: &dyn Read) {
        // What is not saved stands; what was saved is read anew by `saved`.
        if self.body.is_unsaved() {
            return;
        }
        if let Err(error) = self.load(read) {
            self.fault = Some(error.message());
            self.body.forget();
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.frame.lang = cx.prefs.lang;
    }

    fn layout(&mut self, area: Rect) {
        self.frame.area = area;
        self.arrange();
        if !self.body.is_there() {
            return;
        }
        let view = self.body.view(&self.frame, self.frame.lang, ["", ""]);
        self.table.layout(draw::list_area(area), &*view);
        self.table.go(self.frame.at, &*view);
        drop(view);
        let prompt = self.body.prompt(&self.frame, self.frame.lang).width();
        let room = area.width.saturating_sub(2 + u16::try_from(prompt).unwrap_or(u16::MAX));
        self.body.edit_mut().layout(room, 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_all(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let what = self.ground.title.get(lang);
        let Some((title, from)) = self.body.event() else {
            return Heading::new(what);
        };
        let from = from.map(format_date).unwrap_or_default();
        let heading = Heading::new(format!("{what}: {title} · {from}")).typing(self.body.edit().typing_here());
        if self.body.is_unsaved() {
            heading.fact(Text::new("chưa lưu", "not saved").get(lang))
        } else {
            heading
        }
    }

    fn offers(&self) -> Vec<Offer> {
        self.body.offers(&self.frame)
    }

    fn wakes_after(&self) -> Option<Duration> {
        (self.unkept() > 0).then_some(REST)
    }

    fn keep_draft(&mut self, store: &Store) {
        if !self.body.is_there() {
            return;
        }
        self.body.put_in(&mut self.frame);
        // The way out cannot tell of a fault any more; the last step's draft is there.
        let _ = self.keep(store);
    }
}
