//! The booth grid: like a sheet. Enter goes right and then to the next row with the next number, or down a column, for
//! the three passes: registered, on the day, takings.
//!
//! The sheet and all that can be done with it is `grid::booths`; here keys become its steps, in the frame that both
//! grids share.

mod columns;
mod lists;
mod look;
#[cfg(test)]
mod tests;

use self::lists::Asked;
use crate::domain::id::Id;
use crate::domain::text::{Message, Text};
use crate::store::{Draft, Read, StoreError};
use crate::ui::action::Action;
use crate::ui::data::Work;
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::form::typist::Writing;
use crate::ui::grid::booths::exhibitor::{self, Hit};
use crate::ui::grid::booths::sheet::Exhibitor;
use crate::ui::grid::booths::{Column, Plan, Sheet, Totals, keep};
use crate::ui::grid::register::Register;
use crate::ui::grid::sheet::Stopped;
use crate::ui::keymap::Context;
use crate::ui::screen::grid::{self, Body, Frame, Ground};
use crate::ui::screen::{Command, Cx, Input, Screen};
use crate::ui::widget::table;
use std::collections::BTreeSet;

static GROUND: Ground = Ground {
    event: "fair",
    row: "booth",
    context: Context::Booths,
    title: Text::new("Gian hàng", "Booths"),
    gone: Text::new(
        "Hội chợ này không còn (đã bị xóa). Bấm Esc để về.",
        "This fair is gone (it was deleted). Press Esc to go back.",
    ),
    draft_id: keep::draft_id,
};

/// The booth grid of a fair. A draft left of it is gone on with.
pub fn open(fair: Id, cx: &Cx<'_>) -> Box<dyn Screen> {
    grid::open(&GROUND, body(), fair, cx)
}

/// The grid that a draft belongs to; none where it is no draft of a booth grid.
pub fn resume(draft: &Draft) -> Option<Box<dyn Screen>> {
    grid::resume(&GROUND, body, draft)
}

fn body() -> Box<dyn Body> {
    Box::new(Booths::default())
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

/// See the module.
struct Booths {
    sheet: Option<Sheet>,
    plan: Option<Plan>,
    focus: Column,
    direction: Direction,
    edit: LineEdit,
    /// Whether the cell's own value was taken into the line, or emptied there.
    opened: bool,
    hits: Vec<Hit>,
    pointer: usize,
    wrong: Option<Message>,
    totals: Totals,
    asked: Option<Asked>,
    cols: Vec<Column>,
}

impl Default for Booths {
    fn default() -> Booths {
        Booths {
            sheet: None,
            plan: None,
            focus: Column::Exhibitor,
            direction: Direction::Right,
            edit: LineEdit::new(),
            opened: false,
            hits: Vec::new(),
            pointer: 0,
            wrong: None,
            totals: Totals::default(),
            asked: None,
            cols: Vec::new(),
        }
    }
}

impl Booths {
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
    }

    /// Takes the cell's value into the line, to change it.
    fn open_cell(&mut self, at: usize) {
        let Some(row) = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(at)) else {
            return;
        };
        let typed = self.focus.typed(row);
        self.edit.set_text(&typed);
        self.opened = true;
    }

    fn rows(&self) -> usize {
        self.sheet.as_ref().map_or(0, |sheet| sheet.rows().len())
    }

    /// Puts the cursor on a cell.
    fn go_to(&mut self, frame: &mut Frame, at: usize, column: Column) {
        frame.at = at.min(self.rows());
        self.focus = column;
        self.enter_cell();
    }

    /// The place of the cursor's column among all.
    fn place(&self) -> usize {
        let all = Column::ALL.iter();
        all.take_while(|column| **column != self.focus).count()
    }

    /// Does something to the sheet, and looks what it adds up to.
    fn step(&mut self, frame: &mut Frame, doing: impl FnOnce(&mut Sheet) -> Option<usize>) -> Option<usize> {
        let sheet = self.sheet.as_mut()?;
        let first = doing(sheet);
        if first.is_some() {
            self.totals = Totals::of(sheet.rows());
            frame.stepped();
        }
        first
    }

    /// Looks whom the exhibitor cell may mean.
    fn find(&mut self, at: usize, cx: &Cx<'_>) {
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
            self.hits = exhibitor::find(&typed, at, sheet, &register);
        }
        self.pointer = self.pointer.min(self.hits.len().saturating_sub(1));
    }

    fn enter(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<(), StoreError> {
        if !self.leave(frame, cx)? {
            return Ok(());
        }
        let at = frame.at;
        match self.direction {
            Direction::Right => self.next_cell(frame),
            // Below the last booth the next column begins.
            Direction::Down if at + 1 < self.rows() => self.go_to(frame, at + 1, self.focus),
            Direction::Down => match Column::ALL.get(self.place() + 1) {
                Some(next) => self.go_to(frame, 0, *next),
                None => self.go_to(frame, at, self.focus),
            },
        }
        Ok(())
    }

    fn next_cell(&mut self, frame: &mut Frame) {
        let at = frame.at;
        let ahead = self.sheet.as_ref().is_some_and(|sheet| sheet.event.is_ahead());
        let stops = |column: &&Column| !ahead || column.is_for_registering();
        match Column::ALL.iter().skip(self.place() + 1).find(stops) {
            // An empty row is not gone through: the fair's list ends there.
            Some(next) if at < self.rows() || self.focus == Column::Number => self.go_to(frame, at, *next),
            Some(_) => {}
            None => self.go_to(frame, at + 1, Column::Exhibitor),
        }
    }

    /// One column to a side, wherever Enter goes.
    fn turn(&mut self, frame: &mut Frame, step: isize, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.leave(frame, cx)? {
            let to = self.place().saturating_add_signed(step).min(Column::ALL.len() - 1);
            let at = frame.at;
            self.go_to(frame, at, Column::ALL[to]);
        }
        Ok(())
    }

    fn climb(&mut self, frame: &mut Frame, to: usize, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.leave(frame, cx)? {
            self.go_to(frame, to, self.focus);
        }
        Ok(())
    }

    fn series(&mut self, frame: &mut Frame) {
        let mut wrong = None;
        let at = frame.at;
        self.step(frame, |sheet| {
            sheet.fill_series(at).unwrap_or_else(|said| {
                wrong = Some(said);
                None
            })
        });
        self.wrong = wrong;
    }

    fn cell_step(&mut self, frame: &mut Frame, action: Action, cx: &Cx<'_>) -> Result<(), StoreError> {
        if action != Action::DittoField && !self.leave(frame, cx)? {
            return Ok(());
        }
        let (at, column) = (frame.at, self.focus);
        match action {
            Action::DittoField => {
                self.step(frame, |sheet| sheet.ditto(at, column));
                self.enter_cell();
                if self.direction == Direction::Right {
                    self.next_cell(frame);
                } else {
                    self.enter(frame, cx)?;
                }
            }
            Action::FillDown => _ = self.step(frame, |sheet| sheet.fill_down(at, column)),
            Action::FillSeries => self.series(frame),
            Action::StateNext => _ = self.step(frame, |sheet| sheet.next_state(at)),
            Action::DeleteRow => _ = self.step(frame, |sheet| sheet.drop_or_keep(at)),
            _ => {}
        }
        Ok(())
    }
}

impl Body for Booths {
    fn load(&mut self, frame: &mut Frame, draft: Option<&Draft>, read: &dyn Read) -> Result<bool, StoreError> {
        let first = self.sheet.is_none();
        self.sheet = Sheet::load(read, frame.event)?;
        let Some(sheet) = &mut self.sheet else {
            return Ok(false);
        };
        if let Some(draft) = draft {
            keep::resume(sheet, draft, read)?;
        }
        if first {
            // Registration goes on behind the last booth; on the day one begins with the first.
            frame.at = if sheet.event.is_ahead() { sheet.rows().len() } else { 0 };
        }
        frame.at = frame.at.min(sheet.rows().len());
        self.plan = Plan::of(read, &sheet.event)?;
        self.totals = Totals::of(sheet.rows());
        self.enter_cell();
        Ok(true)
    }

    fn forget(&mut self) {
        self.sheet = None;
    }

    fn columns(&mut self, frame: &Frame) -> (Vec<table::Column>, usize) {
        let (cols, columns) = columns::shown(self.focus, frame.area.width, frame.lang);
        self.cols = cols;
        let column = self.cols.iter().position(|col| *col == self.focus);
        (columns, column.unwrap_or(0))
    }

    fn go(&mut self, frame: &mut Frame, at: usize, field: Option<&str>) {
        let named = Column::ALL.iter().find(|column| field == Some(column.key()));
        self.go_to(frame, at, named.copied().unwrap_or(self.focus));
    }

    fn choose(&mut self, column: usize) {
        self.focus = self.cols.get(column).copied().unwrap_or(self.focus);
    }

    fn edit_mut(&mut self) -> &mut LineEdit {
        &mut self.edit
    }

    fn point(&mut self, at: usize) {
        self.pointer = at;
    }

    /// Puts what was typed into the cell; whether the cell may be left.
    fn leave(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError> {
        if !self.is_touched() {
            return Ok(true);
        }
        self.edit.leave(&cx.prefs.typing);
        let (at, column) = (frame.at, self.focus);
        let typed = self.edit.text().trim().to_owned();
        if column == Column::Exhibitor && !typed.is_empty() {
            let pointer = self.pointer;
            self.find(at, cx);
            let Some(hit) = self.hits.get(pointer.min(self.hits.len().saturating_sub(1))) else {
                self.wrong = Some(Message::new(
                    format!("Không tìm thấy \"{typed}\". Gõ tên đơn vị, hoặc mã khác."),
                    format!("\"{typed}\" is not found. Type a name, or another code."),
                ));
                return Ok(false);
            };
            let exhibitor = hit.exhibitor.clone();
            self.step(frame, |sheet| sheet.put_exhibitor(at, &exhibitor));
        } else {
            match column.read(&typed, cx.read.known()) {
                Ok(_) if typed.is_empty() && at >= self.rows() => {}
                Ok(None) if matches!(column, Column::State | Column::Number) => {}
                Ok(None) if column == Column::Exhibitor => {
                    let nobody = Exhibitor::Name(String::new());
                    self.step(frame, |sheet| sheet.put_exhibitor(at, &nobody));
                }
                Ok(value) => {
                    self.step(frame, |sheet| sheet.put(at, column, value));
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

    fn finish(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError> {
        self.leave(frame, cx)
    }

    fn work(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Option<Work> {
        let sheet = self.sheet.as_ref().filter(|sheet| sheet.is_changed())?;
        Some(keep::save(sheet, accepted, stopped))
    }

    fn draft(&self) -> Option<Draft> {
        let sheet = self.sheet.as_ref().filter(|sheet| sheet.is_changed())?;
        Some(keep::draft(sheet))
    }

    fn steps(&self) -> u64 {
        self.sheet.as_ref().map_or(0, Sheet::steps)
    }

    fn through_time(&mut self, frame: &mut Frame, action: Action) -> bool {
        let at = self.step(frame, |sheet| match action {
            Action::Undo => sheet.undo(),
            _ => sheet.redo(),
        });
        if let Some(at) = at {
            self.go_to(frame, at, self.focus);
        }
        at.is_some()
    }

    fn act(&mut self, frame: &mut Frame, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError> {
        let touched = self.is_touched();
        match action {
            Action::CopyList => return self.copy_list(frame, cx).map(Some),
            Action::OpenList => return Ok(Some(self.open_list(frame.at, cx))),
            Action::NextField => self.enter(frame, cx)?,
            Action::PreviousField | Action::PreviousPane => self.turn(frame, -1, cx)?,
            Action::NextPane => self.turn(frame, 1, cx)?,
            Action::Right if !touched => self.turn(frame, 1, cx)?,
            Action::Left if !touched => self.turn(frame, -1, cx)?,
            Action::EnterDirection => {
                self.direction = match self.direction {
                    Direction::Right => Direction::Down,
                    Direction::Down => Direction::Right,
                };
            }
            Action::DittoField | Action::FillDown | Action::FillSeries | Action::StateNext | Action::DeleteRow => {
                self.cell_step(frame, action, cx)?;
            }
            Action::First => self.climb(frame, 0, cx)?,
            Action::Last => self.climb(frame, self.rows().saturating_sub(1), cx)?,
            Action::AddRow => {
                if self.leave(frame, cx)? {
                    self.go_to(frame, self.rows(), Column::Exhibitor);
                }
            }
            Action::LineStart | Action::LineEnd if !touched => self.open_cell(frame.at),
            Action::DeleteForward | Action::DeleteBack if !touched => self.opened = true,
            _ => return Ok(None),
        }
        Ok(Some(Vec::new()))
    }

    fn takes(&mut self, _: &mut Frame, _: &Input) -> bool {
        self.wrong = None;
        false
    }

    fn typed(&mut self, frame: &mut Frame, outcome: &Outcome, cx: &Cx<'_>) -> Result<(), StoreError> {
        if matches!(outcome, Outcome::Changed | Outcome::Full) {
            self.pointer = 0;
            self.find(frame.at, cx);
        }
        Ok(())
    }

    fn answered(&mut self, frame: &mut Frame, keys: &[String], cx: &Cx<'_>) -> Result<(), StoreError> {
        self.take_chosen(frame, keys, cx)
    }
}
