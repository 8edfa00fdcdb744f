//! What would become of every row, before anything is written: new, update, same, doubtful, refused, with the reason at
//! its cell. Rows are filtered by that, mended in place, left out; doubts are accepted one by one or all; fields of a
//! record that is there are taken or left one by one. Then all of it is written at once, and one undo takes it back.

mod mend;
mod told;
mod whose;
mod write;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::row::{RowScreen, Said, Turned};
use super::shown::{BEFORE, Changed, Lines, STATES, changes, columns, raw_text, reasons, state_name};
use super::{AT_ONCE, go};
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message, Text};
use crate::import::decisions::{Capitals, Decisions};
use crate::import::event::Event;
use crate::import::plan::{self, Halt, Job, Plan};
use crate::import::table::Table as List;
use crate::import::verdict::{Judged, State};
use crate::import::watch::{JUDGING, Watch, unwatched};
use crate::store::Warnings;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::LineEdit;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task};
use crate::ui::widget::picker::Picked;
use crate::ui::widget::table::{Outcome, Table};
use write::Written;

const TITLE: Text = Text::new("Xem trước", "Preview");
const ALL: Text = Text::new("tất cả", "all");
const MEND: Text = Text::new("Sửa ô", "Mend");
/// Lines below the table: a rule, and what is to be said about the row.
const BELOW: u16 = 3;

/// A plan with what its drawing needs.
struct Seen {
    plan: Plan,
    changes: HashMap<u32, Vec<Changed>>,
}

/// See the module.
pub(super) struct PreviewScreen {
    path: PathBuf,
    name: String,
    kind: &'static dyn Kind,
    event: Option<Event>,
    list: Arc<List>,
    decisions: Decisions,
    seen: Option<Arc<Seen>>,
    filter: Option<State>,
    shown: Vec<usize>,
    columns: Vec<usize>,
    table: Table,
    mending: Option<LineEdit>,
    /// The line whose record is being chosen.
    asked: Option<u32>,
    busy: bool,
    lang: Lang,
}

impl PreviewScreen {
    /// The preview of a list, and what must be done to fill it.
    pub(super) fn new(
        (path, name): (PathBuf, String),
        kind: &'static dyn Kind,
        event: Option<Event>,
        list: Arc<List>,
        capitals: Capitals,
        cx: &Cx<'_>,
    ) -> (PreviewScreen, Vec<Command>) {
        let targets = list.targets.iter().enumerate();
        let used: Vec<usize> = targets
            .filter(|(_, target)| target.is_some())
            .map(|(at, _)| at)
            .collect();
        let mut screen = PreviewScreen {
            table: Table::new(columns(&list, &used, cx.prefs.lang)),
            path,
            name,
            kind,
            event,
            decisions: Decisions {
                left_out: list.aside.clone(),
                capitals,
                ..Decisions::default()
            },
            list,
            seen: None,
            filter: None,
            shown: Vec::new(),
            columns: used,
            mending: None,
            asked: None,
            busy: false,
            lang: cx.prefs.lang,
        };
        screen.table.choose(BEFORE);
        let commands = screen.judge(cx);
        (screen, commands)
    }

    /// Judges all rows anew: at once where they are few, else on a thread.
    fn judge(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let (store, list) = (Arc::clone(cx.store), Arc::clone(&self.list));
        let (kind, event, decisions) = (self.kind, self.event.clone(), self.decisions.clone());
        let lang = cx.prefs.lang;
        let work = move |watch: Watch<'_>| -> Result<Seen, Halt> {
            let job = Job {
                kind,
                table: &list,
                event: event.as_ref(),
                decisions: &decisions,
            };
            let plan = plan::judge(&store, job, watch)?;
            let changes = changes(&plan, kind, &store.reader(), lang);
            Ok(Seen { plan, changes })
        };
        if self.list.rows.len() <= AT_ONCE {
            return match work(&unwatched) {
                Ok(seen) => {
                    self.take(Arc::new(seen));
                    Vec::new()
                }
                Err(halt) => told(&halt),
            };
        }
        self.busy = true;
        vec![Command::Spawn(Task {
            title: JUDGING,
            work: Box::new(move |progress| {
                let seen = work(&|done, all| go(progress, done, all)).map_err(|halt| first(&halt))?;
                Ok(Answer::new(Arc::new(seen)))
            }),
        })]
    }

    fn take(&mut self, seen: Arc<Seen>) {
        self.seen = Some(seen);
        self.sift();
    }

    /// Which rows are shown; the cursor stays on its row.
    fn sift(&mut self) {
        let here = self.lines().and_then(|lines| self.table.current(&lines));
        let Some(seen) = &self.seen else { return };
        let rows = seen.plan.rows.iter().enumerate();
        let fits = |row: &Judged| self.filter.is_none_or(|state| row.verdict.state() == state);
        self.shown = rows.filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
        let mut table = std::mem::take(&mut self.table);
        if let Some(lines) = self.lines() {
            match here {
                Some(here) => table.go_to(here, &lines),
                None => table.go(0, &lines),
            }
        }
        self.table = table;
    }

    fn lines(&self) -> Option<Lines<'_>> {
        let seen = self.seen.as_ref()?;
        Some(Lines {
            table: &self.list,
            plan: &seen.plan,
            changes: &seen.changes,
            shown: &self.shown,
            columns: &self.columns,
            lang: self.lang,
        })
    }

    fn row(&self) -> Option<&Judged> {
        let seen = self.seen.as_ref()?;
        seen.plan.rows.get(*self.shown.get(self.table.row())?)
    }

    fn count(&self, state: State) -> usize {
        self.seen.as_ref().map_or(0, |seen| seen.plan.count(state))
    }

    /// The next state that any row has.
    fn turn_filter(&mut self, forward: bool) {
        let mut all: Vec<Option<State>> = vec![None];
        all.extend(STATES.into_iter().filter(|state| self.count(*state) > 0).map(Some));
        let at = all.iter().position(|filter| *filter == self.filter).unwrap_or(0);
        let next = if forward { at + 1 } else { at + all.len() - 1 };
        self.filter = all[next % all.len()];
        self.sift();
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Vec<Command> {
        match action {
            Action::NextPane => self.turn_filter(true),
            Action::PreviousPane => self.turn_filter(false),
            Action::Open => return self.open_row(cx.prefs.lang),
            Action::MendCell => self.mend(),
            Action::OpenList => return self.ask_whose(cx),
            Action::LeaveOut => {
                if let Some(line) = self.row().map(|row| row.line) {
                    self.decisions.turn_row(line);
                    return self.judge(cx);
                }
            }
            Action::AcceptRow => {
                let row = self
                    .row()
                    .filter(|row| row.verdict.state() == State::Doubtful || !row.waved.is_empty());
                if let Some(line) = row.map(|row| row.line) {
                    self.decisions.turn_doubts(line);
                    return self.judge(cx);
                }
            }
            Action::AcceptAll => {
                self.decisions.warnings = match self.decisions.warnings {
                    Warnings::Refuse => Warnings::Accept,
                    Warnings::Accept => Warnings::Refuse,
                };
                return self.judge(cx);
            }
            Action::Export => return self.write_refused(),
            Action::GoOn => return self.write(cx),
            _ => return vec![Command::Pass],
        }
        Vec::new()
    }

    /// The row in full.
    fn open_row(&self, lang: Lang) -> Vec<Command> {
        let (Some(seen), Some(row)) = (&self.seen, self.row()) else {
            return Vec::new();
        };
        let said_of = |column: &usize| {
            let target = self.list.targets.get(*column).copied().flatten()?;
            let (_, cells) = self.list.rows.iter().find(|(line, _)| *line == row.line)?;
            let of = |key: Option<&str>| key == Some(target.key());
            let about = reasons(row).filter(|reason| of(reason.field.as_deref()));
            let heading = self.list.headings.get(*column).cloned().unwrap_or_default();
            Some(Said {
                label: heading,
                text: cells.get(*column).map(raw_text).unwrap_or_default(),
                reasons: about.map(|reason| reason.text.get(lang).to_owned()).collect(),
            })
        };
        let changes = seen.changes.get(&row.line).cloned().unwrap_or_default();
        let changed = |column: &&usize| {
            let target = self.list.targets.get(**column).copied().flatten();
            target.is_none_or(|target| changes.iter().all(|change| change.key != target.key()))
        };
        let said: Vec<Said> = self.columns.iter().filter(changed).filter_map(said_of).collect();
        let keys: Vec<&str> = self.keys();
        let whole = reasons(row).filter(|reason| reason.field.as_deref().is_none_or(|key| !keys.contains(&key)));
        let whole = whole.map(|reason| reason.text.get(lang).to_owned()).collect();
        let state = state_name(row.verdict.state()).get(lang);
        let title = match lang {
            Lang::Vi => format!("Dòng {}: {state}", row.line),
            Lang::En => format!("Line {}: {state}", row.line),
        };
        vec![Command::Push(Box::new(RowScreen::new(
            row.line, title, whole, said, changes,
        )))]
    }

    /// Takes in what a thread has done; nothing where it was stopped.
    fn finished(&mut self, answer: Option<&Answer>, cx: &Cx<'_>) -> Vec<Command> {
        self.busy = false;
        let Some(answer) = answer else {
            // Stopped before there was anything to see: back to the columns.
            return match self.seen {
                None => vec![Command::Pop],
                Some(_) => Vec::new(),
            };
        };
        if let Some(seen) = answer.get::<Arc<Seen>>() {
            self.take(Arc::clone(seen));
        }
        let written = answer.get::<Written>();
        written.map(|written| self.written(written, cx)).unwrap_or_default()
    }

    /// Follows what was chosen in a popup: whose a row is, which fields are taken.
    fn answered(&mut self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        if let Some(picked) = answer.get::<Picked>() {
            return self.say_whose(picked, cx);
        }
        match answer.get::<Turned>() {
            Some(Turned { line, keys }) if !keys.is_empty() => {
                for key in keys {
                    self.decisions.turn_field(*line, key);
                }
                self.judge(cx)
            }
            _ => Vec::new(),
        }
    }

    fn keys(&self) -> Vec<&'static str> {
        let targets = self
            .columns
            .iter()
            .filter_map(|column| self.list.targets.get(*column).copied().flatten());
        targets.map(|target| target.key()).collect()
    }
}

fn first(halt: &Halt) -> Message {
    halt.messages().into_iter().next().unwrap_or_default()
}

fn told(halt: &Halt) -> Vec<Command> {
    let messages = halt.messages().into_iter();
    messages.map(|said| Command::Tell(Notice::bad(said))).collect()
}

impl Screen for PreviewScreen {
    fn contexts(&self) -> &'static [Context] {
        match self.mending {
            Some(_) => Context::Filter.chain(),
            None => Context::Import.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        match input {
            Input::Finished(outcome) => return self.finished(outcome.as_ref().ok(), cx),
            // The way out is open even where the work was not begun, as other work was going on.
            _ if self.busy && input.action() != Some(Action::Back) => return Vec::new(),
            Input::Answer(answer) => return self.answered(answer, cx),
            Input::Key { .. } | Input::Paste(_) if self.mending.is_some() => return self.mend_input(input, cx),
            _ => {}
        }
        // The keys that mark and open belong to the row here, and the table only moves.
        let moves = matches!(input, Input::Mouse(_)) || input.action().is_some_and(Action::is_movement);
        let pane = matches!(input.action(), Some(Action::NextPane | Action::PreviousPane));
        if moves && !pane {
            let mut table = std::mem::take(&mut self.table);
            let outcome = self.lines().map(|lines| table.update(input, &lines));
            self.table = table;
            return match outcome {
                Some(Outcome::Open(_)) => self.open_row(cx.prefs.lang),
                _ => Vec::new(),
            };
        }
        match input.action() {
            Some(action) => self.act(action, cx),
            None => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        let part = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1 + BELOW),
            ..area
        };
        let mut table = std::mem::take(&mut self.table);
        if let Some(lines) = self.lines() {
            table.layout(part, &lines);
        }
        self.table = table;
        if let Some(line) = &mut self.mending {
            line.layout(area.width.saturating_sub(30), 1);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_tabs(canvas);
        let part = Rect::new(0, 1, canvas.width(), canvas.height().saturating_sub(1 + BELOW));
        if let Some(lines) = self.lines() {
            canvas.within(part, |canvas| self.table.draw(canvas, &lines));
        }
        self.draw_below(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let heading = Heading::new(format!(
            "{} · {} · {}",
            TITLE.get(lang),
            self.kind.label().get(lang),
            self.name
        ));
        match &self.mending {
            Some(line) => heading.typing(line.typing_here()),
            None => heading.fact(Text::new("chưa ghi gì", "nothing written yet").get(lang)),
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        if self.mending.is_some() {
            return vec![named(Action::Accept, "giữ", "keep"), Action::Back.into()];
        }
        let mut offers = vec![named(Action::GoOn, "ghi vào sổ", "write")];
        if self.row().is_some_and(|row| row.verdict.state() == State::Doubtful) {
            offers.push(named(Action::AcceptRow, "nhận", "accept"));
            offers.push(named(Action::OpenList, "là bản ghi nào", "which record"));
        }
        offers.extend([
            named(Action::NextPane, "lọc", "filter"),
            named(Action::MendCell, "sửa ô", "mend"),
            named(Action::Open, "xem dòng", "the row"),
        ]);
        if self.count(State::Doubtful) > 0 {
            offers.push(named(Action::AcceptAll, "nhận hết", "accept all"));
        }
        offers.push(named(Action::LeaveOut, "bỏ dòng", "leave out"));
        if self.count(State::Refused) + self.count(State::Doubtful) > 0 {
            offers.push(named(Action::Export, "xuất dòng lỗi", "refused rows"));
        }
        offers.push(Action::Back.into());
        offers
    }
}
