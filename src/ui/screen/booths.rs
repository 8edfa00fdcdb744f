//! The booth grid: like a sheet. Enter goes right and then to the next row with the next number, or down a column, for
//! the three passes: registered, on the day, takings.
//!
//! The sheet and all that can be done with it is `grid::booths`; here keys become its steps. Every step is kept in a
//! draft, so that Esc, a kill or a power cut lose at most the cell being typed.

mod columns;
mod draw;
#[cfg(test)]
mod tests;

use self::columns::View;
use crate::domain::catalog;
use crate::domain::finding::Level;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::store::{Draft, Order, Read, Store, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Receipt, Refusal};
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::form::typist::Writing;
use crate::ui::grid::booths::exhibitor::{self, Hit};
use crate::ui::grid::booths::keep::{self, Stopped};
use crate::ui::grid::booths::sheet::{self, Exhibitor};
use crate::ui::grid::booths::{Column, Plan, Row, Sheet, Totals};
use crate::ui::grid::register::Register;
use crate::ui::keymap::{Context, Offer};
use crate::ui::names;
use crate::ui::screen::sheets::{self, Grid};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};
use crate::ui::widget::table::{Outcome as TableOutcome, Table};
use crate::vietnamese::date::format_date;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// The booth grid of a fair. A draft left of it is gone on with.
pub fn open(fair: Id, cx: &Cx<'_>) -> Box<dyn Screen> {
    names::begin_reading(cx.names, cx.store);
    // Drafts that cannot be read are told on the home screen; the sheet opens all the same.
    let drafts = cx.store.drafts().unwrap_or_default();
    let draft = drafts.into_iter().find(|draft| draft.id == keep::draft_id(fair));
    Box::new(BoothScreen::new(fair, draft))
}

/// The grid that a draft belongs to; none where it is no draft of a booth grid.
pub fn resume(draft: &Draft) -> Option<Box<dyn Screen>> {
    let fair = (draft.kind == "booth").then(|| draft.body["fair"].as_str()?.parse().ok())??;
    Some(Box::new(BoothScreen::new(fair, Some(draft.clone()))))
}

/// Where Enter goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Direction {
    /// Over the row's cells, then to the next row.
    #[default]
    Right,
    /// Down the column.
    Down,
}

/// A warning or error that held the save.
struct Doubt {
    at: usize,
    level: Level,
    said: Message,
}

/// What a pick list was opened for.
enum Asked {
    /// A blank sheet, in which form.
    Blank,
    Fairs(Vec<Id>),
    Codes,
}

/// See the module.
struct BoothScreen {
    fair: Id,
    sheet: Option<Sheet>,
    plan: Option<Plan>,
    fault: Option<Message>,
    draft: Option<Draft>,
    /// Whether a draft file is there.
    drafted: bool,
    at: usize,
    focus: Column,
    direction: Direction,
    edit: LineEdit,
    /// Whether the cell's own value was taken into the line, or emptied there.
    opened: bool,
    hits: Vec<Hit>,
    pointer: usize,
    wrong: Option<Message>,
    said: Option<Message>,
    totals: Totals,
    doubt: Option<Doubt>,
    accepted: BTreeSet<usize>,
    stopped: Stopped,
    asked: Option<Asked>,
    table: Table,
    cols: Vec<Column>,
    lang: Lang,
    area: Rect,
}

impl BoothScreen {
    fn new(fair: Id, draft: Option<Draft>) -> BoothScreen {
        BoothScreen {
            fair,
            sheet: None,
            plan: None,
            fault: None,
            drafted: draft.is_some(),
            draft,
            at: 0,
            focus: Column::Exhibitor,
            direction: Direction::Right,
            edit: LineEdit::new(),
            opened: false,
            hits: Vec::new(),
            pointer: 0,
            wrong: None,
            said: None,
            totals: Totals::default(),
            doubt: None,
            accepted: BTreeSet::new(),
            stopped: Stopped::default(),
            asked: None,
            table: Table::new(Vec::new()),
            cols: Vec::new(),
            lang: Lang::Vi,
            area: Rect::default(),
        }
    }

    fn load(&mut self, read: &dyn Read) -> Result<(), StoreError> {
        let first = self.sheet.is_none();
        self.sheet = Sheet::load(read, self.fair)?;
        let Some(sheet) = &mut self.sheet else {
            self.fault = Some(Message::new(
                "Hội chợ này không còn (đã bị xóa). Bấm Esc để về.",
                "This fair is gone (it was deleted). Press Esc to go back.",
            ));
            return Ok(());
        };
        if let Some(draft) = self.draft.take() {
            keep::resume(sheet, &draft, read)?;
            self.said = Some(Message::new(
                "Đang nhập tiếp bản nháp; hoàn tác để bỏ.",
                "Going on with the draft; undo drops it.",
            ));
        }
        if first {
            // Registration goes on behind the last booth; on the day one begins with the first.
            self.at = if sheet.fair.is_ahead() { sheet.rows().len() } else { 0 };
        }
        self.at = self.at.min(sheet.rows().len());
        self.plan = Plan::of(read, &sheet.fair)?;
        self.totals = Totals::of(sheet.rows());
        self.enter_cell();
        Ok(())
    }

    fn view<'a>(&'a self, sheet: &'a Sheet) -> View<'a> {
        let typed = self.is_touched().then(|| self.edit.text());
        View {
            sheet,
            cols: &self.cols,
            typing: (self.at, self.focus, typed),
            lang: self.lang,
        }
    }

    /// Whether something is typed into the cell.
    fn is_touched(&self) -> bool {
        self.opened || !self.edit.is_empty()
    }

    /// Begins with the cell under the cursor: nothing is typed yet, its value stands.
    fn enter_cell(&mut self) {
        let writing = if self.focus.is_text() {
            Writing::Words
        } else {
            Writing::Plain
        };
        self.edit = LineEdit::of(writing);
        self.opened = false;
        self.hits.clear();
        self.pointer = 0;
        self.wrong = None;
        self.arrange();
    }

    /// Takes the cell's value into the line, to change it.
    fn open_cell(&mut self) {
        let Some(row) = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(self.at)) else {
            return;
        };
        let typed = self.focus.typed(row);
        self.edit.set_text(&typed);
        self.opened = true;
    }

    fn arrange(&mut self) {
        let (cols, columns) = columns::shown(self.focus, self.area.width, self.lang);
        if cols != self.cols || columns != self.table.columns() {
            self.table.set_columns(columns);
            self.cols = cols;
        }
        let column = self.cols.iter().position(|col| *col == self.focus).unwrap_or(0);
        self.table.choose(column);
    }

    fn rows(&self) -> usize {
        self.sheet.as_ref().map_or(0, |sheet| sheet.rows().len())
    }

    fn go(&mut self, at: usize, column: Column) {
        self.at = at.min(self.rows());
        self.focus = column;
        self.enter_cell();
    }

    fn step(&mut self, doing: impl FnOnce(&mut Sheet) -> Option<usize>) -> Option<usize> {
        let sheet = self.sheet.as_mut()?;
        let first = doing(sheet);
        if first.is_some() {
            self.totals = Totals::of(sheet.rows());
            self.doubt = None;
        }
        first
    }

    /// Puts what was typed into the cell; whether the cell may be left.
    fn leave(&mut self, cx: &Cx<'_>) -> Result<bool, StoreError> {
        if !self.is_touched() {
            return Ok(true);
        }
        self.edit.leave(&cx.prefs.typing);
        let (at, column) = (self.at, self.focus);
        let typed = self.edit.text().trim().to_owned();
        if column == Column::Exhibitor && !typed.is_empty() {
            let pointer = self.pointer;
            self.find(cx);
            let Some(hit) = self.hits.get(pointer.min(self.hits.len().saturating_sub(1))) else {
                self.wrong = Some(Message::new(
                    format!("Không tìm thấy \"{typed}\". Gõ tên đơn vị, hoặc mã khác."),
                    format!("\"{typed}\" is not found. Type a name, or another code."),
                ));
                return Ok(false);
            };
            let exhibitor = hit.exhibitor.clone();
            self.step(|sheet| sheet.put_exhibitor(at, &exhibitor));
        } else {
            match column.read(&typed, cx.read.known()) {
                Ok(_) if typed.is_empty() && at >= self.rows() => {}
                Ok(None) if matches!(column, Column::State | Column::Number) => {}
                Ok(None) if column == Column::Exhibitor => {
                    self.step(|sheet| sheet.put_exhibitor(at, &Exhibitor::Name(String::new())));
                }
                Ok(value) => {
                    self.step(|sheet| sheet.put(at, column, value));
                }
                Err(wrong) => {
                    self.wrong = Some(wrong);
                    return Ok(false);
                }
            }
        }
        self.enter_cell();
        Ok(true)
    }

    /// Looks whom the exhibitor cell may mean.
    fn find(&mut self, cx: &Cx<'_>) {
        self.hits.clear();
        let typed = self.edit.text().trim().to_owned();
        if self.focus != Column::Exhibitor || typed.is_empty() {
            return;
        }
        if let Some(sheet) = &self.sheet {
            let register = Register {
                names: cx.names,
                kinds: &["cooperative", "person"],
                read: cx.read,
            };
            self.hits = exhibitor::find(&typed, self.at, sheet, &register);
        }
        self.pointer = self.pointer.min(self.hits.len().saturating_sub(1));
    }

    fn enter(&mut self, cx: &Cx<'_>) -> Result<(), StoreError> {
        if !self.leave(cx)? {
            return Ok(());
        }
        match self.direction {
            Direction::Right => self.next_cell(),
            Direction::Down => {
                // Below the last booth the next column begins.
                if self.at + 1 < self.rows() {
                    self.go(self.at + 1, self.focus);
                } else {
                    let next = Column::ALL.iter().position(|column| *column == self.focus).unwrap_or(0) + 1;
                    match Column::ALL.get(next) {
                        Some(next) => self.go(0, *next),
                        None => self.go(self.at, self.focus),
                    }
                }
            }
        }
        Ok(())
    }

    fn next_cell(&mut self) {
        let ahead = self.sheet.as_ref().is_some_and(|sheet| sheet.fair.is_ahead());
        let here = Column::ALL.iter().position(|column| *column == self.focus).unwrap_or(0);
        let stops = |column: &&Column| !ahead || column.is_for_registering();
        match Column::ALL.iter().skip(here + 1).find(stops) {
            // An empty row is not gone through: the fair's list ends there.
            Some(next) if self.at < self.rows() || self.focus == Column::Number => self.go(self.at, *next),
            Some(_) => {}
            None => self.go(self.at + 1, Column::Exhibitor),
        }
    }

    /// One column to a side, wherever Enter goes.
    fn turn(&mut self, step: isize, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.leave(cx)? {
            let here = Column::ALL.iter().position(|column| *column == self.focus).unwrap_or(0);
            let to = here.saturating_add_signed(step).min(Column::ALL.len() - 1);
            self.go(self.at, Column::ALL[to]);
        }
        Ok(())
    }

    fn climb(&mut self, to: usize, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.leave(cx)? {
            self.go(to, self.focus);
        }
        Ok(())
    }

    fn save(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        if !self.leave(cx)? {
            return Ok(Vec::new());
        }
        let Some(sheet) = &self.sheet else {
            return Ok(Vec::new());
        };
        if !sheet.is_changed() {
            let said = Text::new("Không có gì mới để lưu.", "There is nothing new to save.");
            return Ok(vec![Command::Tell(Notice::good(said))]);
        }
        Ok(vec![Command::Save(keep::save(
            sheet,
            &self.accepted,
            self.stopped.clone(),
        ))])
    }

    fn saved(&mut self, outcome: &Result<Receipt, Refusal>, cx: &Cx<'_>) -> Result<(), StoreError> {
        match outcome {
            Ok(_) => {
                self.accepted.clear();
                (self.doubt, self.said) = (None, None);
                self.drafted = false;
                self.load(cx.read)?;
                cx.store.remove_draft(keep::draft_id(self.fair))?;
            }
            Err(Refusal::Findings(findings)) => {
                let worst = findings.iter().max_by_key(|finding| finding.level);
                if let (Some(at), Some(finding)) = (self.stopped.get(), worst) {
                    let column = Column::ALL
                        .iter()
                        .find(|column| finding.field.as_deref() == Some(column.key()));
                    self.go(at, column.copied().unwrap_or(self.focus));
                    self.doubt = Some(Doubt {
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

    fn accept_warning(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match &self.doubt {
            Some(doubt) if doubt.level == Level::Warning => {
                self.accepted.insert(doubt.at);
                self.save(cx)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Fairs that have booths, the latest first, to copy from.
    fn copy_list(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let (mut items, mut fairs) = (Vec::new(), Vec::new());
        for item in cx.read.dated("fair", "from", None, None, Order::Backward) {
            let item = item?;
            if item.id != self.fair
                && cx
                    .read
                    .refers(item.id, "booth", "fair", Order::Forward)
                    .next()
                    .is_some()
            {
                let name = cx.read.name_of("fair", item.id)?;
                items.push(Item::new(fairs.len().to_string(), name, format_date(item.on)));
                fairs.push(item.id);
            }
        }
        if fairs.is_empty() {
            self.said = Some(Message::new(
                "Chưa có hội chợ nào khác có gian hàng để chép.",
                "There is no other fair with booths to copy from.",
            ));
            return Ok(Vec::new());
        }
        self.asked = Some(Asked::Fairs(fairs));
        let title = Text::new("Chép gian hàng từ", "Copy booths from").get(cx.prefs.lang);
        let list = PickList::new(items, Choice::One);
        Ok(vec![Command::Push(Box::new(PickerScreen::new(title, list)))])
    }

    fn open_list(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(list) = self.focus.list().and_then(catalog::list) else {
            return Vec::new();
        };
        let choice = if self.focus == Column::Categories {
            Choice::Several
        } else {
            Choice::One
        };
        let items = list
            .codes
            .iter()
            .map(|code| Item::new(code.code, code.label.get(cx.prefs.lang), ""));
        let row = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(self.at));
        let chosen: Vec<String> = row
            .and_then(|row| row.entry.get(self.focus.key()))
            .map(|value| {
                value
                    .items()
                    .iter()
                    .filter_map(|item| item.as_text().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default();
        let picker = PickList::new(items.collect(), choice).with_chosen(&chosen);
        self.asked = Some(Asked::Codes);
        vec![Command::Push(Box::new(PickerScreen::new(
            list.title.get(cx.prefs.lang),
            picker,
        )))]
    }

    fn answered(&mut self, picked: &Picked, cx: &Cx<'_>) -> Result<(), StoreError> {
        let (Some(asked), Picked::Chosen(keys)) = (self.asked.take(), picked) else {
            return Ok(());
        };
        match asked {
            Asked::Fairs(fairs) => {
                let fair = keys
                    .first()
                    .and_then(|key| key.parse::<usize>().ok())
                    .and_then(|at| fairs.get(at));
                if let Some(fair) = fair {
                    let mut earlier = Vec::new();
                    for entry in sheet::entries(cx.read, *fair)? {
                        earlier.push(Row::read(entry, cx.read)?);
                    }
                    self.take_over(&earlier);
                }
            }
            Asked::Blank => {}
            Asked::Codes => {
                let (at, column) = (self.at, self.focus);
                let mut values: Vec<Value> = keys.iter().cloned().map(Value::Text).collect();
                let value = if column == Column::Categories {
                    (!values.is_empty()).then_some(Value::List(values))
                } else {
                    values.pop()
                };
                self.step(|sheet| sheet.put(at, column, value));
                self.enter_cell();
            }
        }
        Ok(())
    }

    fn take_over(&mut self, earlier: &[Row]) {
        let mut count = 0;
        let first = self.step(|sheet| {
            let (first, added) = sheet.copy_from(earlier);
            count = added;
            first
        });
        if let Some(first) = first {
            self.go(first, Column::Exhibitor);
        }
        self.said = Some(Message::new(
            format!("Đã chép {count} gian hàng, chưa kể đơn vị đã có."),
            format!("Copied {count} booths, leaving out exhibitors that are here."),
        ));
    }

    fn series(&mut self) {
        let at = self.at;
        let mut wrong = None;
        self.step(|sheet| {
            sheet.fill_series(at).unwrap_or_else(|said| {
                wrong = Some(said);
                None
            })
        });
        self.wrong = wrong;
    }

    fn through_time(&mut self, action: Action) -> Option<usize> {
        let at = self.step(|sheet| {
            if action == Action::Undo {
                sheet.undo()
            } else {
                sheet.redo()
            }
        })?;
        self.go(at, self.focus);
        Some(at)
    }

    fn cell_step(&mut self, action: Action, cx: &Cx<'_>) -> Result<(), StoreError> {
        if action != Action::DittoField && !self.leave(cx)? {
            return Ok(());
        }
        let (at, column) = (self.at, self.focus);
        match action {
            Action::DittoField => {
                self.step(|sheet| sheet.ditto(at, column));
                self.enter_cell();
                if self.direction == Direction::Right {
                    self.next_cell();
                } else {
                    self.enter(cx)?;
                }
            }
            Action::FillDown => _ = self.step(|sheet| sheet.fill_down(at, column)),
            Action::FillSeries => self.series(),
            Action::StateNext => _ = self.step(|sheet| sheet.next_state(at)),
            Action::DeleteRow => _ = self.step(|sheet| sheet.drop_or_keep(at)),
            _ => {}
        }
        Ok(())
    }

    fn grid(&self) -> Grid {
        match self.is_touched() || self.sheet.as_ref().is_some_and(Sheet::is_changed) {
            true => Grid::Unsaved,
            false => Grid::Saved,
        }
    }

    /// Actions on the sheet; `None` for what is the cell's.
    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError> {
        let touched = self.is_touched();
        let page = usize::from(self.area.height.saturating_sub(6)).max(1);
        let at = self.at;
        match action {
            Action::Save => return self.save(cx).map(Some),
            Action::AcceptWarning => return self.accept_warning(cx).map(Some),
            Action::CopyList => return self.copy_list(cx).map(Some),
            Action::Export => {
                self.asked = Some(Asked::Blank);
                return Ok(Some(vec![sheets::ask(cx.prefs.lang)]));
            }
            Action::Import => return Ok(Some(sheets::take_in(self.grid(), "fair", self.fair, cx))),
            Action::OpenList => return Ok(Some(self.open_list(cx))),
            Action::NextField => self.enter(cx)?,
            Action::PreviousField | Action::PreviousPane => self.turn(-1, cx)?,
            Action::NextPane => self.turn(1, cx)?,
            Action::Right if !touched => self.turn(1, cx)?,
            Action::Left if !touched => self.turn(-1, cx)?,
            Action::EnterDirection => {
                self.direction = match self.direction {
                    Direction::Right => Direction::Down,
                    Direction::Down => Direction::Right,
                };
            }
            Action::DittoField | Action::FillDown | Action::FillSeries | Action::StateNext | Action::DeleteRow => {
                self.cell_step(action, cx)?;
            }
            Action::Up | Action::Down if !self.hits.is_empty() => {
                let last = self.hits.len() - 1;
                self.pointer = if action == Action::Up {
                    self.pointer.saturating_sub(1)
                } else {
                    (self.pointer + 1).min(last)
                };
            }
            Action::Up => self.climb(at.saturating_sub(1), cx)?,
            Action::Down => self.climb(at + 1, cx)?,
            Action::PageUp => self.climb(at.saturating_sub(page), cx)?,
            Action::PageDown => self.climb(at + page, cx)?,
            Action::First => self.climb(0, cx)?,
            Action::Last => self.climb(self.rows().saturating_sub(1), cx)?,
            Action::AddRow => {
                if self.leave(cx)? {
                    self.go(self.rows(), Column::Exhibitor);
                }
            }
            Action::LineStart | Action::LineEnd if !touched => self.open_cell(),
            Action::DeleteForward | Action::DeleteBack if !touched => self.opened = true,
            _ => return Ok(None),
        }
        Ok(Some(Vec::new()))
    }

    fn type_into(&mut self, input: &Input, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        self.wrong = None;
        let commands = match self.edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => match input.action() {
                Some(action @ (Action::Undo | Action::Redo)) => {
                    let done = self.through_time(action);
                    return Ok(if done.is_some() {
                        Vec::new()
                    } else {
                        vec![Command::Pass]
                    });
                }
                _ => vec![Command::Pass],
            },
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            Outcome::Changed | Outcome::Full => {
                self.pointer = 0;
                self.find(cx);
                Vec::new()
            }
            Outcome::Moved | Outcome::AtStart => Vec::new(),
        };
        Ok(commands)
    }

    fn take(&mut self, input: &Input, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match input {
            Input::Answer(answer) => {
                if let Some(picked) = answer.get::<Picked>() {
                    if matches!(self.asked, Some(Asked::Blank)) {
                        self.asked = None;
                        return Ok(sheets::write(picked, "fair", self.fair, cx));
                    }
                    self.answered(picked, cx)?;
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
        let Some(sheet) = &self.sheet else { return Ok(()) };
        let mut table = self.table.clone();
        if matches!(table.update(input, &self.view(sheet)), TableOutcome::Pass) {
            return Ok(());
        }
        let (at, column) = (table.row(), self.cols.get(table.column()).copied());
        if self.leave(cx)? {
            self.go(at, column.unwrap_or(self.focus));
        }
        Ok(())
    }

    /// Writes the draft, or takes it away where nothing is left to save.
    fn keep(&mut self, store: &Store) -> Result<(), StoreError> {
        let Some(sheet) = &self.sheet else { return Ok(()) };
        if sheet.is_changed() {
            store.save_draft(keep::draft(sheet))?;
            self.drafted = true;
        } else if self.drafted {
            store.remove_draft(keep::draft_id(self.fair))?;
            self.drafted = false;
        }
        Ok(())
    }
}

impl Screen for BoothScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Booths.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        if self.sheet.is_none() {
            return vec![Command::Pass];
        }
        let taken = self.take(input, cx);
        // A letter typed changes no cell yet.
        let kept = if input.typed().is_none() {
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
        if self.is_touched() || self.sheet.as_ref().is_some_and(Sheet::is_changed) {
            return;
        }
        if let Err(error) = self.load(read) {
            self.fault = Some(error.message());
            self.sheet = None;
        }
    }

    fn layout(&mut self, area: Rect) {
        self.area = area;
        self.arrange();
        let Some(sheet) = &self.sheet else { return };
        let mut table = std::mem::take(&mut self.table);
        let view = self.view(sheet);
        table.layout(draw::sheet_area(area), &view);
        table.go(self.at, &view);
        let prompt = unicode_width::UnicodeWidthStr::width(self.prompt(sheet, self.lang).as_str());
        self.table = table;
        let room = area.width.saturating_sub(2 + u16::try_from(prompt).unwrap_or(u16::MAX));
        self.edit.layout(room, 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_all(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let what = Text::new("Gian hàng", "Booths").get(lang);
        let Some(sheet) = &self.sheet else {
            return Heading::new(what);
        };
        let from = sheet.fair.from.map(format_date).unwrap_or_default();
        let heading = Heading::new(format!("{what}: {} · {from}", sheet.fair.title)).typing(self.edit.typing_here());
        if sheet.is_changed() || self.is_touched() {
            heading.fact(Text::new("chưa lưu", "not saved").get(lang))
        } else {
            heading
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        let mut offers = Vec::new();
        if self.doubt.as_ref().is_some_and(|doubt| doubt.level == Level::Warning) {
            offers.push(named(Action::AcceptWarning, "vẫn lưu", "save anyway"));
        }
        // On the row below the last one there is nothing to go on with until something is typed.
        let there = self.sheet.as_ref().is_some_and(|sheet| self.at < sheet.rows().len());
        if there || !self.edit.is_empty() {
            offers.push(named(Action::NextField, "ô sau", "next cell"));
        }
        if !self.hits.is_empty() {
            offers.push(named(Action::Down, "chọn", "choose"));
        }
        offers.push(match self.direction {
            Direction::Right => named(Action::EnterDirection, "Enter xuống", "Enter down"),
            Direction::Down => named(Action::EnterDirection, "Enter sang phải", "Enter right"),
        });
        offers.push(Action::Save.into());
        if there {
            offers.push(Action::StateNext.into());
        }
        offers.push(named(Action::DittoField, "như trên", "as above"));
        if there {
            offers.push(Action::FillDown.into());
        }
        offers.extend([
            named(Action::CopyList, "từ hội chợ trước", "from a fair"),
            Action::FillSeries.into(),
        ]);
        if there {
            offers.push(Action::DeleteRow.into());
        }
        offers.push(Action::Back.into());
        offers
    }

    fn keep_draft(&mut self, store: &Store) {
        // The way out cannot tell of a fault any more; the last step's draft is there.
        let _ = self.keep(store);
    }
}
