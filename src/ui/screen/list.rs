//! The table of any kind of record: newest first or by name, straight from an index, so that it opens at once however
//! many there are; filtered while typing, sorted by any column, copied as seen. Enter opens the form, and coming back
//! stands on the same row.
//!
//! Only rows in sight are read. What needs every row (a filter, a sort without an index) reads them at once where they are
//! few, and on a thread with a gauge where they are many.

mod columns;
mod rows;

use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Message, Text};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Read, Work};
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome as Edited};
use crate::ui::keymap::{Context, Keymap, Offer};
use crate::ui::screen::edit::EditScreen;
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task, openers};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Direction, Outcome, RowId, Rows, Table};
use ratatui::layout::Rect;
use rows::{Listed, Sorted};
use std::sync::Arc;

/// Up to so many rows everything is read at once; more go on a thread.
const AT_ONCE: usize = 5_000;
/// Rows read beyond those in sight, on both sides.
const MARGIN: usize = 60;
/// Most rows that are copied at once.
const COPIED: usize = 10_000;

const FILTER: Text = Text::new("Lọc:", "Filter:");
const NOTHING_FITS: Text = Text::new("Không có dòng nào hợp.", "No row fits.");
const FILTERED: Text = Text::new("đang lọc", "filtered");
const READING: Text = Text::new("Đang đọc các dòng", "Reading the rows");
const SORTING: Text = Text::new("Đang xếp", "Sorting");

/// What the filter line is doing.
#[derive(Debug, Default)]
enum Filter {
    /// Nothing is filtered.
    #[default]
    Off,
    /// The line has the keys.
    Typing(LineEdit),
    /// Filtered, and the table has the keys.
    Kept(LineEdit),
}

impl Filter {
    fn line(&self) -> Option<&LineEdit> {
        match self {
            Filter::Off => None,
            Filter::Typing(line) | Filter::Kept(line) => Some(line),
        }
    }
}

/// The table of one kind.
pub struct ListScreen {
    kind: &'static dyn Kind,
    listed: Listed,
    table: Table,
    filter: Filter,
    /// The key that adds a row, for an empty table.
    new_key: String,
    deleting: Option<usize>,
}

impl ListScreen {
    /// The table of a kind. `None` for an unknown one.
    pub fn new(key: &str, cx: &Cx<'_>) -> Option<ListScreen> {
        let kind = kind(key)?;
        let listed = Listed::new(kind, cx.read, cx.prefs.lang);
        let mut table = Table::new(listed.columns(cx.prefs.lang));
        table.set_sorted(listed.sorted_by_index());
        Some(ListScreen {
            kind,
            listed,
            table,
            filter: Filter::Off,
            new_key: new_key(cx.keymap),
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

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        Some(match action {
            Action::New => open(EditScreen::create(self.kind.key(), Vec::new(), cx)),
            Action::Edit => self.open_row(cx),
            Action::OpenRows => self.open_rows(cx)?,
            Action::Delete => self.delete(cx),
            Action::Filter => self.begin_filter(cx),
            Action::ClearFilter => {
                self.clear_filter();
                Vec::new()
            }
            Action::Back if !matches!(self.filter, Filter::Off) => {
                self.clear_filter();
                Vec::new()
            }
            Action::Sort => self.sort(cx),
            Action::CopyOut => self.copy(cx),
            _ => return None,
        })
    }

    fn open_row(&self, cx: &Cx<'_>) -> Vec<Command> {
        let there = self
            .current()
            .and_then(|id| cx.read.get(self.kind.key(), id).ok().flatten());
        open(there.and_then(|entry| EditScreen::open(entry, cx)))
    }

    /// The grid behind the row: a session's attendance, a fair's booths.
    fn open_rows(&self, cx: &Cx<'_>) -> Option<Vec<Command>> {
        let grid = openers::rows(self.kind.key(), self.current()?, cx)?;
        Some(vec![Command::Push(grid)])
    }

    /// Deletes the marked rows, or the one under the cursor. It can be undone, so it is not asked about.
    fn delete(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let marked: Vec<Id> = self.table.marks().iter().copied().map(id_of).collect();
        let ids: Vec<Id> = if marked.is_empty() {
            self.current().into_iter().collect()
        } else {
            marked
        };
        if ids.is_empty() {
            return Vec::new();
        }
        let kind = self.kind.key();
        let title = match ids.as_slice() {
            [one] => cx.read.name_of(kind, *one).unwrap_or_default(),
            several => several.len().to_string(),
        };
        let undo = cx.keymap.key_for(self.contexts(), Action::Undo).unwrap_or_default();
        let said = Message::new(
            format!("Đã xóa {} {title}. Bấm {undo} để lấy lại.", lower(self.kind.label().vi)),
            format!(
                "Deleted {} {title}. Press {undo} to bring it back.",
                lower(self.kind.label().en)
            ),
        );
        self.deleting = Some(self.table.row());
        vec![Command::Save(Work::transaction(move |txn| {
            for id in ids {
                txn.delete(kind, id)?;
            }
            Ok(said)
        }))]
    }

    fn begin_filter(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        self.filter = match std::mem::take(&mut self.filter) {
            Filter::Off => Filter::Typing(LineEdit::new()),
            Filter::Typing(line) | Filter::Kept(line) => Filter::Typing(line),
        };
        if self.listed.has_texts() {
            return Vec::new();
        }
        if self.listed.count() <= AT_ONCE {
            self.listed.read_texts(cx.read, cx.prefs.lang);
            return Vec::new();
        }
        let (store, ids) = (Arc::clone(cx.store), self.listed.all());
        let (kind, lang) = (self.kind, cx.prefs.lang);
        vec![Command::Spawn(Task {
            title: READING,
            work: Box::new(move |progress| {
                let texts = rows::texts_of(kind, &ids, &store.reader(), lang, progress)?;
                Ok(Answer::new(Texts(texts)))
            }),
        })]
    }

    fn clear_filter(&mut self) {
        let here = self.table.current(&self.listed);
        self.filter = Filter::Off;
        self.listed.filter("");
        if let Some(here) = here {
            self.table.go_to(here, &self.listed);
        }
    }

    fn filter_input(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input.action() {
            Some(Action::Accept) => {
                if let Filter::Typing(line) = std::mem::take(&mut self.filter) {
                    self.filter = if line.is_empty() {
                        Filter::Off
                    } else {
                        Filter::Kept(line)
                    };
                }
                return Vec::new();
            }
            Some(Action::Back) => {
                self.clear_filter();
                return Vec::new();
            }
            Some(Action::Up | Action::Down | Action::PageUp | Action::PageDown) => {
                self.table.update(input, &self.listed);
                return Vec::new();
            }
            _ => {}
        }
        let Filter::Typing(line) = &mut self.filter else {
            return Vec::new();
        };
        match line.update(input, &cx.prefs.typing) {
            Edited::Changed | Edited::Cut(_) => {
                let query = line.text().to_owned();
                self.listed.filter(&query);
                self.table.go(0, &self.listed);
                Vec::new()
            }
            Edited::Pass => vec![Command::Pass],
            _ => Vec::new(),
        }
    }

    /// Sorts by the column under the cursor; again turns it round.
    fn sort(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let column = self.table.column();
        let way = match self.table.sorted() {
            Some((at, way)) if at == column => way.turned(),
            _ => Direction::Up,
        };
        if self.listed.count() <= AT_ONCE {
            let sorted = rows::sort(
                self.kind,
                &self.listed.all(),
                column,
                way,
                cx.read,
                cx.prefs.lang,
                &Default::default(),
            );
            return match sorted {
                Ok(sorted) => {
                    self.take_sorted(sorted);
                    Vec::new()
                }
                Err(said) => vec![Command::Tell(Notice::bad(said))],
            };
        }
        let (store, ids) = (Arc::clone(cx.store), self.listed.all());
        let (kind, lang) = (self.kind, cx.prefs.lang);
        vec![Command::Spawn(Task {
            title: SORTING,
            work: Box::new(move |progress| {
                rows::sort(kind, &ids, column, way, &store.reader(), lang, progress).map(Answer::new)
            }),
        })]
    }

    fn take_sorted(&mut self, sorted: Sorted) {
        let here = self.table.current(&self.listed);
        self.table.set_sorted(Some((sorted.column, sorted.way)));
        self.listed.take_order(sorted);
        self.refilter();
        if let Some(here) = here {
            self.table.go_to(here, &self.listed);
        }
    }

    fn refilter(&mut self) {
        let query = self
            .filter
            .line()
            .map(|line| line.text().to_owned())
            .unwrap_or_default();
        self.listed.filter(&query);
    }

    /// Copies what is seen (the marked rows, or all that fit) as a table that a sheet understands.
    fn copy(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let marks = self.table.marks();
        let wanted: Vec<usize> = (0..self.listed.len())
            .filter(|row| marks.is_empty() || marks.contains(&self.listed.id(*row)))
            .take(COPIED)
            .collect();
        let titles: Vec<&str> = self
            .table
            .columns()
            .iter()
            .map(|column| column.title.as_str())
            .collect();
        let mut out = titles.join("\t");
        for row in &wanted {
            let cells = self.listed.read_row(*row, cx.read, cx.prefs.lang);
            out.push('\n');
            out.push_str(
                &cells
                    .iter()
                    .map(|cell| cell.replace(['\t', '\n'], " "))
                    .collect::<Vec<_>>()
                    .join("\t"),
            );
        }
        let count = wanted.len();
        let said = Message::new(format!("Đã sao chép {count} dòng."), format!("Copied {count} rows."));
        vec![Command::Copy(out), Command::Tell(Notice::good(said))]
    }

    fn draw_empty(&self, canvas: &mut Canvas<'_>) {
        let label = lower(self.kind.label().get(canvas.lang));
        let said = match (self.listed.count(), canvas.lang) {
            (0, Lang::Vi) => format!("Chưa có {label} nào. Bấm {} để thêm.", self.new_key),
            (0, Lang::En) => format!("No {label} yet. Press {} to add one.", self.new_key),
            _ => NOTHING_FITS.get(canvas.lang).to_owned(),
        };
        canvas.text(2, 2, &said, Role::Dim);
    }
}

/// The texts of all rows, read on a thread.
struct Texts(Vec<String>);

fn id_of(row: RowId) -> Id {
    Id::from_bytes(row.to_be_bytes())
}

fn open(screen: Option<EditScreen>) -> Vec<Command> {
    screen
        .map(|screen| Command::Push(Box::new(screen)))
        .into_iter()
        .collect()
}

fn new_key(keymap: &Keymap) -> String {
    keymap.key_for(Context::Table.chain(), Action::New).unwrap_or_default()
}

/// A label inside a sentence.
fn lower(label: &str) -> String {
    super::edit::lower_first(label)
}

impl Screen for ListScreen {
    fn contexts(&self) -> &'static [Context] {
        match self.filter {
            Filter::Typing(_) => Context::Filter.chain(),
            _ => Context::Table.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.new_key = new_key(cx.keymap);
        let commands = match input {
            Input::Finished(Ok(answer)) => {
                if let Some(Texts(texts)) = answer.get::<Texts>() {
                    self.listed.take_texts(texts.clone());
                    self.refilter();
                } else if let Some(sorted) = answer.get::<Sorted>() {
                    self.take_sorted(sorted.clone());
                }
                Vec::new()
            }
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
        let here = self.table.current(&self.listed);
        let row = self.deleting.take();
        let lang = read.settings().lang.unwrap_or_default();
        self.listed = Listed::new(self.kind, read, lang);
        let (columns, sorted) = (self.listed.columns(lang), self.listed.sorted_by_index());
        if self.table.columns() != columns {
            self.table.set_columns(columns);
        }
        self.table.set_sorted(sorted);
        if self.filter.line().is_some() {
            self.listed.read_texts(read, lang);
            self.refilter();
        }
        match (here, row) {
            (_, Some(row)) => {
                self.table.clear_marks();
                self.table.go(row, &self.listed);
            }
            (Some(here), None) => self.table.go_to(here, &self.listed),
            (None, None) => {}
        }
        self.fetch(read, lang);
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
        let mut heading = Heading::new(self.kind.label().get(lang)).fact(self.table.place(&self.listed));
        if self.filter.line().is_some() {
            heading = heading.fact(FILTERED.get(lang));
        }
        heading
    }

    fn offers(&self) -> Vec<Offer> {
        let actions: &[Action] = match self.filter {
            Filter::Typing(_) => &[Action::Accept, Action::Back],
            _ if self.listed.is_empty() => &[Action::New, Action::Filter, Action::Back],
            _ if openers::has_rows(self.kind.key()) => &[
                Action::Open,
                Action::OpenRows,
                Action::New,
                Action::Filter,
                Action::Sort,
                Action::Delete,
                Action::Back,
            ],
            _ => &[
                Action::Open,
                Action::New,
                Action::Filter,
                Action::Sort,
                Action::Delete,
                Action::Mark,
                Action::CopyOut,
                Action::Back,
            ],
        };
        actions.iter().copied().map(Offer::from).collect()
    }

    fn keep_draft(&mut self, _: &Store) {}
}
