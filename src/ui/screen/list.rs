//! The table of any kind of record: newest first or by name, straight from an index, so that it opens at once however
//! many there are; filtered while typing, sorted by any column, its columns chosen, marked rows changed together, and
//! what is seen copied or exported. Enter opens the form, and coming back stands on the same row.
//!
//! Only rows in sight are read. What needs every row (a filter, a sort without an index, an export) reads them at once
//! where they are few, and on a thread with a gauge where they are many.

mod change;
mod choose;
mod columns;
mod filter;
mod marked;
mod order;
mod output;
mod rows;
mod view;

use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Message, Text};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::form::line_edit::Focus;
use crate::ui::form::show::lower_first;
use crate::ui::keymap::{Context, Keymap, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Progress, Screen, Task, import, openers};
use crate::ui::theme::Role;
use crate::ui::widget::picker::Picked;
use crate::ui::widget::table::{Direction, Outcome, RowId, Rows, Table};
use choose::{ChosenColumns, Columns};
use filter::Filter;
use order::Sorting;
use output::{Taken, Way};
use ratatui::layout::Rect;
use rows::{Listed, Of};
use std::sync::Arc;
use std::time::Duration;
use view::View;

/// Up to so many rows everything is read at once; more go on a thread.
const AT_ONCE: usize = 1_000;
/// Rows read beyond those in sight, on both sides.
const MARGIN: usize = 20;
/// How often it is looked whether the rows after the first have come.
const SOON: Duration = Duration::from_millis(20);

const FILTER: Text = Text::new("Lọc:", "Filter:");
const NOTHING_FITS: Text = Text::new("Không có dòng nào hợp.", "No row fits.");
const FILTERED: Text = Text::new("đang lọc", "filtered");
const SORTING: Text = Text::new("Đang xếp", "Sorting");

/// What a popup that lies above was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Filter,
    Field,
}

/// The table of one kind.
pub struct ListScreen {
    kind: &'static dyn Kind,
    listed: Listed,
    table: Table,
    filter: Filter,
    /// A thread reads what the filter looks through.
    texts_coming: bool,
    view: View,
    asking: Option<Asking>,
    /// The keys that add a row and that take a list in, for an empty table.
    keys: [String; 2],
    deleting: Option<usize>,
}

/// Rows sorted on a thread.
#[derive(Clone)]
struct Sorted(Sorting, Of<Vec<Id>>);

impl ListScreen {
    /// The table of a kind. `None` for an unknown one.
    pub fn new(key: &str, cx: &Cx<'_>) -> Option<ListScreen> {
        let kind = kind(key)?;
        let view = View::of(cx.settings, kind);
        let shown = columns::of(kind, cx.read, &view.columns);
        let listed = Listed::new(kind, shown, cx.read);
        let mut table = Table::new(listed.columns(cx.prefs.lang));
        table.set_sorted(listed.sorted());
        Some(ListScreen {
            kind,
            listed,
            table,
            filter: Filter::Off,
            texts_coming: false,
            view,
            asking: None,
            keys: ways_in(cx.keymap),
            deleting: None,
        })
    }

    fn current(&self) -> Option<Id> {
        self.table.current(&self.listed).map(id_of)
    }

    /// Reads the rows in sight and around them.
    fn fetch(&mut self, read: &dyn Read, lang: Lang) {
        let sight = self.table.in_sight();
        let range = sight.start.saturating_sub(MARGIN)..sight.end + MARGIN;
        self.listed.fetch(range, read, lang);
    }

    /// What changes the rows, with the cursor kept on its own.
    fn keeping_place(&mut self, change: impl FnOnce(&mut Listed)) {
        let here = self.table.current(&self.listed);
        change(&mut self.listed);
        self.table.set_sorted(self.listed.sorted());
        if let Some(here) = here {
            self.table.go_to(here, &self.listed);
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        Some(match action {
            Action::New => Command::push(openers::new(self.kind.key(), cx)),
            Action::Edit => self.with_current(cx, openers::form),
            Action::History => self.with_current(cx, openers::history),
            Action::OpenRows => self.open_rows(cx)?,
            Action::Delete => self.delete(cx),
            Action::Merge => self.merge(cx),
            Action::Filter => self.begin_filter(cx),
            Action::ClearFilter => self.clear_filter(),
            Action::Back if !matches!(self.filter, Filter::Off) => self.clear_filter(),
            Action::SavedFilters => self.saved_filters(cx),
            Action::Sort => self.sort(cx),
            Action::Columns => self.choose_columns(cx),
            Action::ChangeMarked => self.choose_field(cx),
            Action::CopyOut => self.take_out(Way::Copied, cx),
            Action::Export => self.take_out(Way::Exported, cx),
            Action::Import => Command::push(import::open_kind(self.kind.key(), cx)),
            _ => return None,
        })
    }

    fn open_row(&self, cx: &Cx<'_>) -> Vec<Command> {
        self.with_current(cx, openers::record)
    }

    /// Opens what stands behind the row under the cursor.
    fn with_current(&self, cx: &Cx<'_>, opens: fn(&str, Id, &Cx<'_>) -> Option<Box<dyn Screen>>) -> Vec<Command> {
        Command::push(self.current().and_then(|id| opens(self.kind.key(), id, cx)))
    }

    /// The grid behind the row: a session's attendance, a fair's booths.
    fn open_rows(&self, cx: &Cx<'_>) -> Option<Vec<Command>> {
        let grid = openers::rows(self.kind.key(), self.current()?, cx)?;
        Some(vec![Command::Push(grid)])
    }

    /// Sorts by the column under the cursor; again turns it round.
    fn sort(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let column = self.table.column();
        let way = match self.table.sorted() {
            Some((at, way)) if at == column => way.turned(),
            _ => Direction::Up,
        };
        let sorting = Sorting {
            by: self.listed.shown().get(column).cloned(),
            way,
        };
        let mut by_index = false;
        self.keeping_place(|listed| by_index = listed.sort_by_index(&sorting, cx.read));
        if by_index {
            self.listed.fetch_rest(cx.store);
            return Vec::new();
        }
        self.listed.wait_for_rest(cx.store, cx.read, cx.prefs.lang);
        let (kind, ids, lang) = (self.kind, self.listed.all().to_vec(), cx.prefs.lang);
        let sort = move |read: &dyn Read, progress: &Progress| {
            let version = read.version();
            let what = sorting.sort(kind, &ids, read, lang, progress)?;
            Ok(Sorted(sorting, Of { version, what }))
        };
        if self.listed.count() > AT_ONCE {
            return on_thread(SORTING, cx.store, sort);
        }
        match sort(cx.read, &Progress::default()) {
            Ok(sorted) => self.take_sorted(&sorted, cx),
            Err(said) => return vec![Command::Tell(Notice::bad(said))],
        }
        Vec::new()
    }

    fn take_sorted(&mut self, Sorted(sorting, order): &Sorted, cx: &Cx<'_>) {
        let (sorting, order) = (sorting.clone(), order.clone());
        self.keeping_place(|listed| listed.take_sorted(sorting, order, cx.read, cx.prefs.lang));
    }

    fn choose_columns(&self, cx: &Cx<'_>) -> Vec<Command> {
        let all = columns::all(self.kind, cx.read);
        vec![Command::Push(Box::new(Columns::new(self.listed.shown(), &all)))]
    }

    fn take_columns(&mut self, ChosenColumns(ids): &ChosenColumns, cx: &Cx<'_>) -> Vec<Command> {
        let usual = columns::usual(self.kind, cx.read);
        let is_usual = ids.iter().eq(usual.iter().map(columns::Shown::id));
        self.view.columns = if is_usual { Vec::new() } else { ids.clone() };
        self.show_columns(cx.read, cx.prefs.lang);
        self.keep_view(cx)
    }

    fn show_columns(&mut self, read: &dyn Read, lang: Lang) {
        self.listed.show(columns::of(self.kind, read, &self.view.columns));
        self.table.set_columns(self.listed.columns(lang));
        self.table.set_sorted(self.listed.sorted());
    }

    fn keep_view(&self, cx: &Cx<'_>) -> Vec<Command> {
        vec![Command::Set(Box::new(self.view.kept_in(cx.settings, self.kind)))]
    }

    fn finished(&mut self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        if let Some(texts) = answer.get::<filter::Texts>() {
            self.take_texts(texts, cx);
        } else if let Some(sorted) = answer.get::<Sorted>() {
            self.take_sorted(sorted, cx);
        } else if let Some(taken) = answer.get::<Taken>() {
            return self.taken(taken);
        }
        Vec::new()
    }

    fn answered(&mut self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        if let Some(columns) = answer.get::<ChosenColumns>() {
            return self.take_columns(columns, cx);
        }
        match (self.asking.take(), answer.get::<Picked>()) {
            (Some(Asking::Field), Some(Picked::Chosen(keys))) => {
                keys.first().map_or_else(Vec::new, |key| self.change_field(key, cx))
            }
            (Some(Asking::Filter), Some(picked)) => self.take_saved(picked, cx),
            _ => Vec::new(),
        }
    }

    fn draw_empty(&self, canvas: &mut Canvas<'_>) {
        let label = lower_first(self.kind.label().get(canvas.lang));
        let [new, import] = &self.keys;
        let said = match (self.listed.count(), canvas.lang) {
            (0, Lang::Vi) => format!("Chưa có {label} nào. Bấm {new} để thêm, {import} để nhập từ tệp Excel."),
            (0, Lang::En) => format!("No {label} yet. Press {new} to add one, {import} to import a list."),
            _ => NOTHING_FITS.get(canvas.lang).to_owned(),
        };
        canvas.text(2, 2, &said, Role::Dim);
    }
}

/// Does work over all rows on a thread, with a gauge.
fn on_thread<T: Send + 'static>(
    title: Text,
    store: &Arc<Store>,
    work: impl FnOnce(&dyn Read, &Progress) -> Result<T, Message> + Send + 'static,
) -> Vec<Command> {
    let store = Arc::clone(store);
    vec![Command::Spawn(Task {
        title,
        work: Box::new(move |progress| work(&store.reader(), progress).map(Answer::new)),
    })]
}

fn id_of(row: RowId) -> Id {
    Id::from_bytes(row.to_be_bytes())
}

fn row_of(id: Id) -> RowId {
    RowId::from_be_bytes(id.bytes())
}

fn ways_in(keymap: &Keymap) -> [String; 2] {
    [Action::New, Action::Import].map(|action| keymap.key_for(Context::Table.chain(), action).unwrap_or_default())
}

impl Screen for ListScreen {
    fn contexts(&self) -> &'static [Context] {
        match self.filter {
            Filter::Typing(_) => Context::Filter.chain(),
            _ => Context::Table.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.keys = ways_in(cx.keymap);
        let commands = match input {
            Input::Tick => {
                self.take_rest(cx);
                Vec::new()
            }
            Input::Finished(Ok(answer)) => self.finished(answer, cx),
            Input::Finished(Err(_)) => {
                self.stopped();
                Vec::new()
            }
            Input::Answer(answer) => self.answered(answer, cx),
            Input::Key { .. } | Input::Paste(_) if matches!(self.filter, Filter::Typing(_)) => {
                self.filter_input(input, cx)
            }
            Input::Key {
                action: Some(action), ..
            } => match self.table.update(input, &self.listed) {
                Outcome::Open(_) => self.open_row(cx),
                Outcome::Moved | Outcome::Marked => Vec::new(),
                Outcome::Pass => self.act(*action, cx).unwrap_or_else(|| vec![Command::Pass]),
            },
            Input::Mouse(_) => match self.table.update(input, &self.listed) {
                Outcome::Open(_) => self.open_row(cx),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        self.fetch(cx.read, cx.prefs.lang);
        commands
    }

    fn reload(&mut self, read: &dyn Read) {
        let row = self.deleting.take();
        let lang = read.settings().lang.unwrap_or_default();
        self.keeping_place(|listed| listed.keep_up(read, lang));
        let columns = self.listed.columns(lang);
        if self.table.columns() != columns {
            self.show_columns(read, lang);
        }
        if let Some(row) = row {
            self.table.clear_marks();
            self.table.go(row, &self.listed);
        }
        self.fetch(read, lang);
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.listed.fetch_rest(cx.store);
        self.renew_texts(cx);
    }

    fn wakes_after(&self) -> Option<Duration> {
        (!self.listed.is_whole()).then_some(SOON)
    }

    fn layout(&mut self, area: Rect) {
        let filter = u16::from(self.filter.line().is_some());
        let table = Rect {
            height: area.height.saturating_sub(filter),
            ..area
        };
        self.table.layout(table, &self.listed);
        if let Filter::Typing(line) | Filter::Kept(line) = &mut self.filter {
            line.layout(area.width.saturating_sub(12), 1);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let filter = u16::from(self.filter.line().is_some());
        let table = Rect::new(0, 0, canvas.width(), canvas.height().saturating_sub(filter));
        canvas.within(table, |canvas| self.table.draw(canvas, &self.listed));
        if self.listed.is_empty() {
            self.draw_empty(canvas);
        }
        if let Some(line) = self.filter.line() {
            let y = canvas.height().saturating_sub(1);
            let x = canvas.text(1, y, FILTER.get(canvas.lang), Role::Strong) + 1;
            let focus = match self.filter {
                Filter::Typing(_) => Focus::Here,
                _ => Focus::Elsewhere,
            };
            line.draw(canvas, x, y, Role::Focus, focus);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let more = if self.listed.is_whole() { "" } else { "…" };
        let place = format!("{}{more}", self.table.place(&self.listed));
        let mut heading = Heading::new(self.kind.label().get(lang)).fact(place);
        if self.filter.line().is_some() {
            heading = heading.fact(FILTERED.get(lang));
        }
        heading
    }

    fn offers(&self) -> Vec<Offer> {
        let actions: &[Action] = match self.filter {
            Filter::Typing(_) => &[Action::Accept, Action::Back],
            _ if !self.table.marks().is_empty() => &[
                Action::ChangeMarked,
                Action::Delete,
                Action::CopyOut,
                Action::Export,
                Action::MarkAll,
                Action::Back,
            ],
            _ if self.listed.is_empty() => &[Action::New, Action::Import, Action::Filter, Action::Back],
            _ if openers::has_rows(self.kind.key()) => &[
                Action::Open,
                Action::OpenRows,
                Action::New,
                Action::Filter,
                Action::Sort,
                Action::Columns,
                Action::Delete,
                Action::Back,
            ],
            _ => &[
                Action::Open,
                Action::New,
                Action::Filter,
                Action::Sort,
                Action::Columns,
                Action::Mark,
                Action::Delete,
                Action::CopyOut,
                Action::Back,
            ],
        };
        let kind = self.kind.key();
        let named = actions.iter().map(|action| openers::offer(*action, kind));
        named.collect()
    }

    fn keep_draft(&mut self, _: &Store) {}
}
