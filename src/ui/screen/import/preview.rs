//! What would become of every row, before anything is written: new, update, same, doubtful, refused, with the reason at
//! its cell. Rows are filtered by that, mended in place, left out; doubts are accepted one by one or all; fields of a
//! record that is there are taken or left one by one. Then all of it is written at once, and one undo takes it back.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::row::{RowScreen, Said, Turned};
use super::shown::{BEFORE, Changed, Lines, STATES, changes, columns, raw_text, reasons, state_name, state_role};
use super::{AT_ONCE, JUDGING, WRITING, go};
use crate::arrange::Arrange;
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message, Text};
use crate::import::decisions::{Capitals, Decisions};
use crate::import::event::Event;
use crate::import::file::Raw;
use crate::import::mapping::Target;
use crate::import::refused;
use crate::import::rows::{self, Halt, Job, Judged, Plan, State};
use crate::import::table::Table as List;
use crate::import::watch::{Watch, unwatched};
use crate::report::{file, xlsx};
use crate::store::{Store, Warnings};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome as Edited};
use crate::ui::form::typist::Writing;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Outcome, Table};

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

/// What came of writing.
struct Written {
    records: u64,
    /// Where the rows that were not taken are.
    beside: Option<Result<PathBuf, Message>>,
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
            list,
            decisions: Decisions {
                capitals,
                ..Decisions::default()
            },
            seen: None,
            filter: None,
            shown: Vec::new(),
            columns: used,
            mending: None,
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
            let plan = rows::judge(&store, job, watch)?;
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

    fn keys(&self) -> Vec<&'static str> {
        let targets = self
            .columns
            .iter()
            .filter_map(|column| self.list.targets.get(*column).copied().flatten());
        targets.map(|target| target.key()).collect()
    }

    /// The cell under the cursor: its row in the list and its column in the file.
    fn cell(&self) -> Option<(usize, usize)> {
        let line = self.row()?.line;
        let at = self.list.rows.iter().position(|(other, _)| *other == line)?;
        let column = *self.columns.get(self.table.column().checked_sub(BEFORE)?)?;
        Some((at, column))
    }

    fn mend(&mut self) {
        let Some((at, column)) = self.cell() else {
            // The columns before are not the file's: to the one at fault, else to the first that is.
            self.table.choose(BEFORE + self.fault_column().unwrap_or(0));
            return;
        };
        let text = self.list.rows[at].1.get(column).map(raw_text).unwrap_or_default();
        let prose = match self.list.targets.get(column).copied().flatten() {
            Some(Target::Field(field) | Target::Person(field)) => field.kind.is_prose(),
            _ => false,
        };
        let line = if prose {
            LineEdit::new()
        } else {
            LineEdit::of(Writing::Plain)
        };
        self.mending = Some(line.with_text(&text));
    }

    /// The first column of the row under the cursor with a reason.
    fn fault_column(&self) -> Option<usize> {
        let row = self.row()?;
        let at_fault = |key: &&str| reasons(row).any(|reason| reason.field.as_deref() == Some(key));
        self.keys().iter().position(at_fault)
    }

    fn mend_input(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let Some(line) = &mut self.mending else {
            return Vec::new();
        };
        match input.action() {
            Some(Action::Back) => self.mending = None,
            Some(Action::Accept | Action::Save) => {
                line.leave(&cx.prefs.typing);
                let text = line.text().trim().to_owned();
                self.mending = None;
                return self.mended(&text, cx);
            }
            _ => match line.update(input, &cx.prefs.typing) {
                Edited::Pass => return vec![Command::Pass],
                Edited::Copied(text) | Edited::Cut(text) => return vec![Command::Copy(text)],
                _ => {}
            },
        }
        Vec::new()
    }

    fn mended(&mut self, text: &str, cx: &Cx<'_>) -> Vec<Command> {
        let Some((at, column)) = self.cell() else {
            return Vec::new();
        };
        let cells = &mut Arc::make_mut(&mut self.list).rows[at].1;
        if cells.len() <= column {
            cells.resize(column + 1, Raw::Empty);
        }
        cells[column] = Raw::text(text);
        self.judge(cx)
    }

    /// The rows that are not taken, as a workbook beside the file.
    fn write_refused(&self) -> Vec<Command> {
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        let notice = match beside(&self.list, &seen.plan, &self.path, self.lang) {
            None => Notice::warning(Message::new(
                "Không có dòng nào bị từ chối hay nghi ngờ.",
                "No row is refused or doubtful.",
            )),
            Some(Ok(path)) => Notice::good(Message::new(
                format!("Các dòng chưa nhập, kèm lý do, ở tệp {}.", path.display()),
                format!("The rows not taken, with the reasons, are in {}.", path.display()),
            )),
            Some(Err(said)) => Notice::bad(said),
        };
        vec![Command::Tell(notice)]
    }

    /// Writes the accepted rows, and beside the file those that are not taken.
    fn write(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        if seen.plan.accepted() == 0 {
            return vec![Command::Tell(Notice::warning(Message::new(
                "Không có dòng nào để ghi: đều đã có, bị từ chối hoặc còn nghi ngờ. Chưa ghi gì.",
                "There is no row to write: all are there already, refused or doubtful. Nothing was written.",
            )))];
        }
        let (seen, store, list) = (Arc::clone(seen), Arc::clone(cx.store), Arc::clone(&self.list));
        let (path, name, lang) = (self.path.clone(), self.name.clone(), self.lang);
        self.busy = true;
        let work = move |progress: &_| {
            let watch = |done, all| go(progress, done, all);
            let records = write_all(&store, &seen.plan, &name, &watch).map_err(|halt| first(&halt))?;
            let beside = beside(&list, &seen.plan, &path, lang);
            Ok(Answer::new(Written { records, beside }))
        };
        vec![Command::Spawn(Task {
            title: WRITING,
            work: Box::new(work),
        })]
    }

    /// What came of writing; on success the way back to where the import began.
    fn written(&self, written: &Written, cx: &Cx<'_>) -> Vec<Command> {
        let undo = cx
            .keymap
            .key_for(Context::Table.chain(), Action::Undo)
            .unwrap_or_default();
        let (records, name) = (written.records, &self.name);
        let mut said = Message::new(
            format!("Đã nhập {records} bản ghi từ {name}. Bấm {undo} để bỏ cả lần nhập."),
            format!("Took {records} records from {name}. {undo} takes the whole import back."),
        );
        let mut commands = vec![Command::Pop, Command::Pop, Command::Pop];
        match &written.beside {
            Some(Ok(path)) => {
                let path = path.display();
                said.vi.push_str(&format!(" Dòng chưa nhập: {path}"));
                said.en.push_str(&format!(" Rows not taken: {path}"));
            }
            Some(Err(why)) => commands.push(Command::Tell(Notice::bad(why.clone()))),
            None => {}
        }
        commands.push(Command::Tell(Notice::good(said)));
        commands
    }

    /// What is to be said about the row, the cell under the cursor first.
    fn about(&self) -> Vec<(String, Role)> {
        let (Some(row), Some(lines)) = (self.row(), self.lines()) else {
            return Vec::new();
        };
        let key = lines.key(self.table.column());
        let mut about: Vec<_> = reasons(row).collect();
        about.arrange_by_key(|reason| reason.field.as_deref() != key);
        let role = state_role(row.verdict.state());
        let mut said: Vec<(String, Role)> = about
            .iter()
            .map(|reason| (reason.text.get(self.lang).to_owned(), role))
            .collect();
        let converted = self
            .cell()
            .is_some_and(|(_, column)| self.list.converted.contains(&(row.line, column)));
        if converted {
            let text = Text::new(
                "Ô này viết ở mã chữ cũ, đã chuyển sang Unicode.",
                "This cell was in an old encoding.",
            );
            said.push((text.get(self.lang).to_owned(), Role::Dim));
        }
        if row.makes_person() {
            let text = Text::new("Lập thêm hồ sơ của người này.", "A record of this person is made.");
            said.push((text.get(self.lang).to_owned(), Role::Dim));
        }
        said
    }

    fn draw_tabs(&self, canvas: &mut Canvas<'_>) {
        let all = self.seen.as_ref().map_or(0, |seen| seen.plan.rows.len());
        let mut x = 1;
        let states = STATES.into_iter().filter(|state| self.count(*state) > 0);
        for filter in std::iter::once(None).chain(states.map(Some)) {
            let (name, count, role) = match filter {
                None => (ALL, all, Role::Text),
                Some(state) => (state_name(state), self.count(state), state_role(state)),
            };
            let words = format!("{} {count}", name.get(canvas.lang));
            let words = if filter == self.filter {
                format!("[{words}]")
            } else {
                format!(" {words} ")
            };
            x = canvas.text(x, 0, &words, if filter == self.filter { Role::Strong } else { role }) + 1;
        }
    }

    fn draw_below(&self, canvas: &mut Canvas<'_>) {
        let y = canvas.height().saturating_sub(BELOW);
        canvas.rule(0, y, canvas.width());
        if let Some(line) = &self.mending {
            let label = self
                .cell()
                .and_then(|(_, column)| self.list.headings.get(column).cloned());
            let x = canvas.text(
                1,
                y + 1,
                &format!("{} {}: ", MEND.get(canvas.lang), label.unwrap_or_default()),
                Role::Strong,
            );
            canvas.shade(x, y + 1, canvas.width().saturating_sub(x + 1), Role::Focus);
            line.draw(canvas, x, y + 1, Role::Focus, Focus::Here);
            return;
        }
        let width = usize::from(canvas.width().saturating_sub(2));
        let lines = self.about().into_iter().flat_map(|(text, role)| {
            let lines = wrap(&text, width);
            lines.into_iter().map(move |line| (line, role))
        });
        for (row, (line, role)) in (1u16..BELOW).zip(lines) {
            canvas.text(1, y + row, &line, role);
        }
    }
}

/// Writes in one batch; what goes wrong leaves nothing behind.
fn write_all(store: &Store, plan: &Plan, name: &str, watch: Watch<'_>) -> Result<u64, Halt> {
    plan.write(store, &format!("nhập từ tệp {name}"), watch)
}

/// Writes the rows that are not taken beside their file; none where all are.
fn beside(list: &List, plan: &Plan, path: &std::path::Path, lang: Lang) -> Option<Result<PathBuf, Message>> {
    let book = refused::workbook(list, plan, lang, chrono::Local::now().naive_local())?;
    let beside = refused::path_beside(path);
    let written = xlsx::write(&book).and_then(|bytes| file::save(&beside, &bytes));
    Some(written.map(|()| beside).map_err(|error| error.message()))
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
            Input::Finished(outcome) => {
                self.busy = false;
                let Ok(answer) = outcome else {
                    // Stopped before there was anything to see: back to the columns.
                    return if self.seen.is_none() {
                        vec![Command::Pop]
                    } else {
                        Vec::new()
                    };
                };
                if let Some(seen) = answer.get::<Arc<Seen>>() {
                    self.take(Arc::clone(seen));
                }
                return answer
                    .get::<Written>()
                    .map(|written| self.written(written, cx))
                    .unwrap_or_default();
            }
            // The way out is open even where the work was not begun, as other work was going on.
            _ if self.busy && input.action() != Some(Action::Back) => return Vec::new(),
            Input::Answer(answer) => {
                let Some(Turned { line, keys }) = answer.get::<Turned>() else {
                    return Vec::new();
                };
                if keys.is_empty() {
                    return Vec::new();
                }
                for key in keys {
                    self.decisions.turn_field(*line, key);
                }
                return self.judge(cx);
            }
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
        let mut offers = vec![
            named(Action::GoOn, "ghi vào sổ", "write"),
            named(Action::NextPane, "lọc", "filter"),
            named(Action::MendCell, "sửa ô", "mend"),
            named(Action::Open, "xem dòng", "the row"),
        ];
        if self.row().is_some_and(|row| row.verdict.state() == State::Doubtful) {
            offers.push(named(Action::AcceptRow, "nhận", "accept"));
        }
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
