//! The attendance grid: people × days by exception. Everybody present with one key, then the numbers of those absent; a
//! name typed into the same line adds whoever came by.
//!
//! The list itself and all that can be done with it is `grid::attendance`; here keys become its steps, in the frame that
//! both grids share.

mod columns;
mod lists;
mod look;
#[cfg(test)]
mod tests;

use self::columns::Col;
use self::lists::Asked;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Draft, Read, StoreError};
use crate::ui::action::Action;
use crate::ui::data::Work;
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::form::typist::Writing;
use crate::ui::grid::attendance::line::{self, Hit, Reading};
use crate::ui::grid::attendance::people::People;
use crate::ui::grid::attendance::sheet::Cell;
use crate::ui::grid::attendance::{Days, Mark, Naming, Sheet, Totals, Who, keep};
use crate::ui::grid::sheet::Stopped;
use crate::ui::keymap::Context;
use crate::ui::screen::grid::{self, Body, Frame, Ground, Look};
use crate::ui::screen::{Command, Cx, Input, Screen};
use crate::ui::widget::table::Column;
use std::collections::BTreeSet;

static GROUND: Ground = Ground {
    event: "training",
    row: "attendance",
    context: Context::Attendance,
    title: Text::new("Điểm danh", "Attendance"),
    gone: Text::new(
        "Lớp này không còn (đã bị xóa). Bấm Esc để về.",
        "This session is gone (it was deleted). Press Esc to go back.",
    ),
    draft_id: keep::draft_id,
};

/// The attendance grid of a session. A draft left of it is gone on with.
pub fn open(training: Id, cx: &Cx<'_>) -> Box<dyn Screen> {
    grid::open(&GROUND, body(), training, cx)
}

/// The grid that a draft belongs to; none where it is no draft of an attendance list.
pub fn resume(draft: &Draft) -> Option<Box<dyn Screen>> {
    grid::resume(&GROUND, body, draft)
}

fn body() -> Box<dyn Body> {
    Box::new(Attendance::default())
}

/// Rows changed from which on a list is long.
const LONG: usize = 200;

/// Which of the two editors has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// The line for numbers and names.
    Line,
    /// A certificate's number.
    Number,
}

/// See the module.
struct Attendance {
    sheet: Option<Sheet>,
    focus: Col,
    naming: Naming,
    line: LineEdit,
    number: LineEdit,
    reading: Reading,
    totals: Totals,
    asked: Option<Asked>,
    cols: Vec<Col>,
}

impl Default for Attendance {
    fn default() -> Attendance {
        Attendance {
            sheet: None,
            focus: Col::Day(0),
            naming: Naming::Absent,
            line: LineEdit::new(),
            number: LineEdit::of(Writing::Plain),
            reading: Reading::default(),
            totals: Totals::default(),
            asked: None,
            cols: Vec::new(),
        }
    }
}

impl Attendance {
    fn rows(&self) -> usize {
        self.sheet.as_ref().map_or(0, |sheet| sheet.rows().len())
    }

    /// Which editor has the keys.
    fn typing(&self) -> Typing {
        if self.focus == Col::Number && self.rows() > 0 {
            Typing::Number
        } else {
            Typing::Line
        }
    }

    /// The days that marks are about: of a session of one day always all.
    fn days(&self) -> Days {
        match (self.focus, &self.sheet) {
            (Col::Day(day), Some(sheet)) if sheet.event.days > 1 => Days::One(day),
            _ => Days::All,
        }
    }

    /// Does something to the list, and looks what it adds up to.
    fn step(&mut self, frame: &mut Frame, doing: impl FnOnce(&mut Sheet) -> Option<usize>) -> Option<usize> {
        let sheet = self.sheet.as_mut()?;
        let first = doing(sheet);
        if first.is_some() {
            self.totals.follow(sheet.touched());
            frame.stepped();
        }
        first
    }

    /// The number of the row under the cursor, in its editor.
    fn show_number(&mut self, at: usize) {
        let row = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(at));
        let number = row.map(|row| row.number.clone());
        if number.as_deref() != Some(self.number.text()) {
            self.number = LineEdit::of(Writing::Plain).with_text(number.as_deref().unwrap_or_default());
        }
    }

    fn turn(&mut self, frame: &mut Frame, step: isize) {
        let Some(sheet) = &self.sheet else { return };
        let stops = columns::stops(&sheet.event);
        let here = stops.iter().position(|col| *col == self.focus).unwrap_or(0);
        let to = here.saturating_add_signed(step).min(stops.len() - 1);
        self.put_in(frame);
        self.focus = stops[to];
        self.show_number(frame.at);
    }

    /// Does what the line says; whether it is empty then.
    fn take_line(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError> {
        self.line.leave(&cx.prefs.typing);
        let Some(sheet) = &self.sheet else { return Ok(true) };
        let pointer = self.reading.pointer;
        self.reading = Reading::of(self.line.text(), sheet, cx.names, cx.read)?;
        self.reading.pointer = pointer.min(self.reading.hits.len().saturating_sub(1));
        if self.reading.wrong.is_some() {
            return Ok(false);
        }
        let (days, naming) = (self.days(), self.naming);
        if !self.reading.rows.is_empty() {
            let rows = std::mem::take(&mut self.reading.rows);
            self.step(frame, |sheet| sheet.mark(&rows, days, naming.mark()));
            frame.at = rows[0];
            let count = rows.len();
            frame.said = Some(match naming {
                Naming::Absent => Message::new(format!("{count} người vắng."), format!("{count} absent.")),
                Naming::Present => Message::new(format!("{count} người có mặt."), format!("{count} present.")),
            });
        } else if let Some(hit) = self.reading.chosen().cloned() {
            self.take_hit(frame, &hit, cx)?;
        } else if !self.line.text().trim().is_empty() {
            return Ok(false);
        }
        self.clear_line();
        Ok(true)
    }

    fn clear_line(&mut self) {
        self.line = LineEdit::new();
        self.reading = Reading::default();
    }

    fn take_hit(&mut self, frame: &mut Frame, hit: &Hit, cx: &Cx<'_>) -> Result<(), StoreError> {
        let (days, naming) = (self.days(), self.naming);
        let who = match hit {
            Hit::Listed(at) => {
                let at = *at;
                // A name on the list says what its number would.
                self.step(frame, |sheet| sheet.mark(&[at], days, naming.mark()));
                frame.at = at;
                self.say_row(frame, at);
                return Ok(());
            }
            Hit::Person { id, .. } => {
                let Some(sheet) = &self.sheet else { return Ok(()) };
                People::of(cx.read, &sheet.event).person(*id)?
            }
            Hit::New(_) => match line::unknown(self.line.text()) {
                Some((who, phone)) if !phone.is_empty() => keep::to_be_recorded(who, &phone),
                Some((who, _)) => who,
                None => return Ok(()),
            },
        };
        self.walk_in(frame, who);
        Ok(())
    }

    fn walk_in(&mut self, frame: &mut Frame, who: Who) {
        let days = self.days();
        let mut at = frame.at;
        self.step(frame, |sheet| {
            at = sheet.walk_in(who, days);
            Some(at)
        });
        frame.at = at;
        self.say_row(frame, at);
    }

    fn say_row(&self, frame: &mut Frame, at: usize) {
        let Some(sheet) = &self.sheet else { return };
        let Some(row) = sheet.rows().get(at) else { return };
        let (name, number) = (&row.who.name, at + 1);
        let sex = |lang| columns::gender(row, lang);
        let mark = |lang: Lang| match row.marks.whole() {
            Mark::Present => Text::new("có mặt", "present").get(lang),
            Mark::Absent => Text::new("vắng", "absent").get(lang),
            Mark::Open => Text::new("đăng ký", "registered").get(lang),
        };
        frame.said = Some(Message::new(
            format!("{number} {name} ({}): {}.", sex(Lang::Vi), mark(Lang::Vi)),
            format!("{number} {name} ({}): {}.", sex(Lang::En), mark(Lang::En)),
        ));
    }

    fn enter(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<(), StoreError> {
        let at = frame.at;
        if self.typing() == Typing::Number {
            self.put_in(frame);
            let next = self.sheet.as_ref().and_then(|sheet| {
                let rows = sheet.rows().iter().enumerate().skip(at + 1);
                rows.filter(|(_, row)| row.is_kept() && row.is_present())
                    .map(|(at, _)| at)
                    .next()
            });
            self.go(frame, next.unwrap_or(at), None);
        } else if self.line.text().trim().is_empty() {
            self.go(frame, at + 1, None);
        } else {
            self.take_line(frame, cx)?;
        }
        Ok(())
    }

    /// Puts the name in the line on record as a new person, and on the list.
    fn create_person(&mut self, frame: &mut Frame, cx: &Cx<'_>) {
        self.line.leave(&cx.prefs.typing);
        match line::unknown(self.line.text()) {
            Some((who, phone)) => {
                self.walk_in(frame, keep::to_be_recorded(who, &phone));
                self.clear_line();
            }
            None => {
                frame.said = Some(Message::new(
                    "Gõ họ tên (và số điện thoại nếu có) rồi bấm lại để lập hồ sơ mới.",
                    "Type a name (and a telephone number, if there is one), then press again for a new record.",
                ));
            }
        }
    }

    /// A step at the cursor's cell that may have to say why it cannot be.
    fn at_cell(
        &mut self,
        frame: &mut Frame,
        doing: impl FnOnce(&mut Sheet, usize, Cell) -> Result<Option<usize>, Message>,
    ) {
        let (at, Some(cell)) = (frame.at, self.focus.cell()) else {
            return;
        };
        let mut wrong = None;
        self.step(frame, |sheet| {
            if at >= sheet.rows().len() {
                return None;
            }
            doing(sheet, at, cell).unwrap_or_else(|said| {
                wrong = Some(said);
                None
            })
        });
        if wrong.is_some() {
            frame.said = wrong;
        }
        self.show_number(at);
    }

    fn mark_everybody(&mut self, frame: &mut Frame, mark: Mark, naming: Naming) {
        let days = self.days();
        self.naming = naming;
        self.step(frame, |sheet| sheet.mark_all(days, mark));
        frame.said = Some(match naming {
            Naming::Absent => Message::new(
                "Mọi người có mặt. Gõ số của người vắng.",
                "Everybody is present. Type the numbers of those absent.",
            ),
            Naming::Present => Message::new(
                "Mọi người vắng. Gõ số của người có mặt.",
                "Everybody is absent. Type the numbers of those present.",
            ),
        });
    }

    fn toggle(&mut self, frame: &mut Frame) {
        let (at, days) = (frame.at, self.days());
        self.step(frame, |sheet| sheet.toggle(at, days));
        self.go(frame, at + 1, None);
    }

    fn leave_row(&mut self, frame: &mut Frame, to: usize) {
        self.put_in(frame);
        self.go(frame, to, None);
    }
}

impl Body for Attendance {
    fn load(&mut self, frame: &mut Frame, draft: Option<&Draft>, read: &dyn Read) -> Result<bool, StoreError> {
        let first = self.sheet.is_none();
        self.sheet = Sheet::load(read, frame.event)?;
        let Some(sheet) = &mut self.sheet else {
            return Ok(false);
        };
        if first {
            self.focus = columns::first_stop(&sheet.event);
        }
        if let Some(draft) = draft {
            self.line.set_text(&keep::resume(sheet, draft, read)?);
        }
        frame.at = frame.at.min(sheet.rows().len().saturating_sub(1));
        self.totals = sheet.totals();
        Ok(true)
    }

    fn forget(&mut self) {
        self.sheet = None;
    }

    fn columns(&mut self, frame: &Frame) -> (Vec<Column>, usize) {
        let Some(sheet) = &self.sheet else {
            return Default::default();
        };
        let (cols, columns) = columns::shown(sheet, self.focus, frame.area.width, frame.lang);
        self.cols = cols;
        let column = self.cols.iter().position(|col| *col == self.focus);
        (columns, column.unwrap_or(0))
    }

    fn go(&mut self, frame: &mut Frame, at: usize, _: Option<&str>) {
        frame.at = at.min(self.rows().saturating_sub(1));
        self.show_number(frame.at);
    }

    fn edit_mut(&mut self) -> &mut LineEdit {
        match self.typing() {
            Typing::Line => &mut self.line,
            Typing::Number => &mut self.number,
        }
    }

    fn point(&mut self, at: usize) {
        self.reading.pointer = at;
    }

    /// Puts a certificate's number that was typed into its row.
    fn put_in(&mut self, frame: &mut Frame) {
        if self.typing() == Typing::Number {
            let (at, number) = (frame.at, self.number.text().to_owned());
            self.step(frame, |sheet| sheet.put_number(at, &number));
        }
    }

    fn leave(&mut self, frame: &mut Frame, _: &Cx<'_>) -> Result<bool, StoreError> {
        self.put_in(frame);
        Ok(true)
    }

    fn finish(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError> {
        self.put_in(frame);
        Ok(self.typing() == Typing::Number || self.take_line(frame, cx)?)
    }

    fn work(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Option<Work> {
        let sheet = self.sheet.as_ref().filter(|sheet| sheet.is_changed())?;
        Some(keep::save(sheet, accepted, stopped))
    }

    fn draft(&self) -> Option<Draft> {
        let sheet = self.sheet.as_ref()?;
        let is_there = sheet.is_changed() || !self.line.is_empty();
        is_there.then(|| keep::draft(sheet, self.line.text()))
    }

    fn steps(&self) -> u64 {
        self.sheet.as_ref().map_or(0, Sheet::steps)
    }

    fn is_long(&self) -> bool {
        let sheet = self.sheet.as_ref();
        sheet.is_some_and(|sheet| sheet.unsaved() > LONG)
    }

    fn through_time(&mut self, frame: &mut Frame, action: Action) -> bool {
        let at = self.step(frame, |sheet| match action {
            Action::Undo => sheet.undo(),
            _ => sheet.redo(),
        });
        if let Some(at) = at {
            self.go(frame, at, None);
        }
        at.is_some()
    }

    fn act(&mut self, frame: &mut Frame, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError> {
        let empty = self.edit().is_empty();
        let at = frame.at;
        match action {
            Action::Accept => self.enter(frame, cx)?,
            // As in a form's list: the first step back drops what was looked up.
            Action::Back if !self.reading.hits.is_empty() => self.clear_line(),
            Action::AllPresent => self.mark_everybody(frame, Mark::Present, Naming::Absent),
            Action::AllAbsent => self.mark_everybody(frame, Mark::Absent, Naming::Present),
            Action::TogglePresent => self.toggle(frame),
            Action::CopyList => return self.copy_list(cx).map(Some),
            Action::OpenList => return self.open_list(cx).map(Some),
            Action::AddRow => self.create_person(frame, cx),
            Action::DeleteRow => _ = self.step(frame, |sheet| sheet.drop_or_keep(at)),
            Action::StateNext => self.at_cell(frame, |sheet, at, cell| sheet.next(at, cell)),
            Action::FillDown => {
                self.put_in(frame);
                self.at_cell(frame, |sheet, at, cell| Ok(sheet.fill_down(at, cell)));
            }
            Action::FillSeries => {
                self.put_in(frame);
                // Enter has gone on from the row in which the first number was typed.
                self.at_cell(frame, |sheet, at, _| {
                    let numbered = sheet.rows().iter().take(at + 1).rposition(|row| !row.number.is_empty());
                    sheet.fill_series(numbered.unwrap_or(at))
                });
            }
            Action::LineStart | Action::First if empty => self.leave_row(frame, 0),
            Action::LineEnd | Action::Last if empty => self.leave_row(frame, usize::MAX),
            Action::NextPane => self.turn(frame, 1),
            Action::PreviousPane => self.turn(frame, -1),
            Action::Right if empty => self.turn(frame, 1),
            Action::Left if empty => self.turn(frame, -1),
            _ => return Ok(None),
        }
        Ok(Some(Vec::new()))
    }

    /// The space bar calls the next one, where no name is being typed.
    fn takes(&mut self, frame: &mut Frame, input: &Input) -> bool {
        let calls = input.typed() == Some(' ') && self.typing() == Typing::Line && self.line.is_empty();
        if calls {
            self.toggle(frame);
        }
        calls
    }

    /// At the ends of the text the arrows go on to the next column.
    fn goes_beyond(&mut self, frame: &mut Frame, action: Action) -> bool {
        match action {
            Action::Right => self.turn(frame, 1),
            Action::Left => self.turn(frame, -1),
            _ => return false,
        }
        true
    }

    fn typed(&mut self, _: &mut Frame, _: &Outcome, cx: &Cx<'_>) -> Result<(), StoreError> {
        if let (Typing::Line, Some(sheet)) = (self.typing(), &self.sheet) {
            self.reading = Reading::of(self.line.text(), sheet, cx.names, cx.read)?;
        }
        Ok(())
    }

    fn answered(&mut self, frame: &mut Frame, keys: &[String], cx: &Cx<'_>) -> Result<(), StoreError> {
        self.take_chosen(frame, keys, cx)
    }
}
