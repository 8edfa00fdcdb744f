//! The attendance grid: people × days by exception. Everybody present with one key, then the numbers of those absent; a
//! name typed into the same line adds whoever came by.
//!
//! The list itself and all that can be done with it is `grid::attendance`; here keys become its steps. Every step is
//! kept in a draft, so that Esc, a kill or a power cut lose at most the line being typed.

mod columns;
mod draw;
#[cfg(test)]
mod tests;

use self::columns::{Col, View};
use crate::domain::catalog;
use crate::domain::finding::Level;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Draft, Read, Store, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Receipt, Refusal};
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::form::typist::Writing;
use crate::ui::grid::attendance::keep::{self, Stopped};
use crate::ui::grid::attendance::line::{self, Hit, Reading};
use crate::ui::grid::attendance::people::People;
use crate::ui::grid::attendance::sheet::Cell;
use crate::ui::grid::attendance::{Days, Mark, Naming, Sheet, Totals, invite};
use crate::ui::keymap::{Context, Offer};
use crate::ui::names;
use crate::ui::screen::sheets::{self, Grid};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};
use crate::ui::widget::table::{Outcome as TableOutcome, Table};
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use std::time::Duration;

/// The attendance grid of a session. A draft left of it is gone on with.
pub fn open(training: Id, cx: &Cx<'_>) -> Box<dyn Screen> {
    names::begin_reading(cx.names, cx.store);
    // Drafts that cannot be read are told on the home screen; the list opens all the same.
    let drafts = cx.store.drafts().unwrap_or_default();
    let draft = drafts.into_iter().find(|draft| draft.id == keep::draft_id(training));
    Box::new(AttendanceScreen::new(training, draft))
}

/// The grid that a draft belongs to; none where it is no draft of an attendance list.
pub fn resume(draft: &Draft) -> Option<Box<dyn Screen>> {
    let training = (draft.kind == "attendance").then(|| draft.body["training"].as_str()?.parse().ok())??;
    Some(Box::new(AttendanceScreen::new(training, Some(draft.clone()))))
}

/// Rows changed from which on a list is long.
const LONG: usize = 200;
/// Steps of a long list after which the draft is written though the keys do not rest.
const MOST_UNKEPT: u64 = 20;
/// How long keys rest before the draft of a long list is written.
const REST: Duration = Duration::from_millis(200);

/// Which of the two editors has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// The line for numbers and names.
    Line,
    /// A certificate's number.
    Number,
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
    Sources(Vec<invite::Offered>),
    Kind,
    Certificate,
}

/// See the module.
struct AttendanceScreen {
    training: Id,
    sheet: Option<Sheet>,
    fault: Option<Message>,
    draft: Option<Draft>,
    /// Whether a draft file is there.
    drafted: bool,
    /// The step of the list that the draft has.
    kept: u64,
    at: usize,
    focus: Col,
    naming: Naming,
    line: LineEdit,
    number: LineEdit,
    reading: Reading,
    said: Option<Message>,
    totals: Totals,
    doubt: Option<Doubt>,
    accepted: BTreeSet<usize>,
    stopped: Stopped,
    asked: Option<Asked>,
    table: Table,
    cols: Vec<Col>,
    lang: Lang,
    area: Rect,
}

impl AttendanceScreen {
    fn new(training: Id, draft: Option<Draft>) -> AttendanceScreen {
        AttendanceScreen {
            training,
            sheet: None,
            fault: None,
            drafted: draft.is_some(),
            kept: 0,
            draft,
            at: 0,
            focus: Col::Day(0),
            naming: Naming::Absent,
            line: LineEdit::new(),
            number: LineEdit::of(Writing::Plain),
            reading: Reading::default(),
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
        self.sheet = Sheet::load(read, self.training)?;
        let Some(sheet) = &mut self.sheet else {
            self.fault = Some(Message::new(
                "Lớp này không còn (đã bị xóa). Bấm Esc để về.",
                "This session is gone (it was deleted). Press Esc to go back.",
            ));
            return Ok(());
        };
        if first {
            self.focus = columns::first_stop(&sheet.session);
        }
        if let Some(draft) = self.draft.take() {
            let line = keep::resume(sheet, &draft, read)?;
            self.line.set_text(&line);
            self.said = Some(Message::new(
                "Đang nhập tiếp bản nháp; hoàn tác để bỏ.",
                "Going on with the draft; undo drops it.",
            ));
        }
        self.at = self.at.min(sheet.rows().len().saturating_sub(1));
        self.totals = sheet.totals();
        self.kept = sheet.steps();
        self.arrange();
        Ok(())
    }

    /// Which editor has the keys.
    fn typing(&self) -> Typing {
        let rows = self.sheet.as_ref().map_or(0, |sheet| sheet.rows().len());
        if self.focus == Col::Number && rows > 0 {
            Typing::Number
        } else {
            Typing::Line
        }
    }

    fn edit(&self) -> &LineEdit {
        match self.typing() {
            Typing::Line => &self.line,
            Typing::Number => &self.number,
        }
    }

    /// The days that marks are about: of a session of one day always all.
    fn days(&self) -> Days {
        match (self.focus, &self.sheet) {
            (Col::Day(day), Some(sheet)) if sheet.session.days > 1 => Days::One(day),
            _ => Days::All,
        }
    }

    /// Columns for the window's width and the cursor's column.
    fn arrange(&mut self) {
        let Some(sheet) = &self.sheet else { return };
        let (cols, columns) = columns::shown(sheet, self.focus, self.area.width, self.lang);
        if cols != self.cols || columns != self.table.columns() {
            self.table.set_columns(columns);
            self.cols = cols;
        }
        let column = self.cols.iter().position(|col| *col == self.focus).unwrap_or(0);
        self.table.choose(column);
    }

    /// Does something to the list, and looks what it adds up to.
    fn step(&mut self, doing: impl FnOnce(&mut Sheet) -> Option<usize>) -> Option<usize> {
        let sheet = self.sheet.as_mut()?;
        let first = doing(sheet);
        if first.is_some() {
            self.totals = sheet.totals();
            self.doubt = None;
        }
        first
    }

    fn go(&mut self, at: usize) {
        let rows = self.sheet.as_ref().map_or(0, |sheet| sheet.rows().len());
        self.at = at.min(rows.saturating_sub(1));
        self.show_number();
    }

    /// The number of the row under the cursor, in its editor.
    fn show_number(&mut self) {
        let number = self
            .sheet
            .as_ref()
            .and_then(|sheet| sheet.rows().get(self.at))
            .map(|row| row.number.clone());
        if number.as_deref() != Some(self.number.text()) {
            self.number = LineEdit::of(Writing::Plain).with_text(number.as_deref().unwrap_or_default());
        }
    }

    /// Puts a number that was typed into its row.
    fn leave_number(&mut self) {
        if self.typing() == Typing::Number {
            let (at, number) = (self.at, self.number.text().to_owned());
            self.step(|sheet| sheet.put_number(at, &number));
        }
    }

    fn turn(&mut self, step: isize) {
        let Some(sheet) = &self.sheet else { return };
        let stops = columns::stops(&sheet.session);
        let here = stops.iter().position(|col| *col == self.focus).unwrap_or(0);
        let to = here.saturating_add_signed(step).min(stops.len() - 1);
        self.leave_number();
        self.focus = stops[to];
        self.show_number();
        self.arrange();
    }

    fn reread(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        match Reading::of(self.line.text(), sheet, cx.names, cx.read) {
            Ok(reading) => {
                self.reading = reading;
                Vec::new()
            }
            Err(error) => vec![Command::Tell(Notice::bad(error.message()))],
        }
    }

    /// Does what the line says; whether it is empty then.
    fn take_line(&mut self, cx: &Cx<'_>) -> Result<bool, StoreError> {
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
            self.step(|sheet| sheet.mark(&rows, days, naming.mark()));
            self.at = rows[0];
            self.said = Some(match naming {
                Naming::Absent => {
                    Message::new(format!("{} người vắng.", rows.len()), format!("{} absent.", rows.len()))
                }
                Naming::Present => Message::new(
                    format!("{} người có mặt.", rows.len()),
                    format!("{} present.", rows.len()),
                ),
            });
        } else if let Some(hit) = self.reading.chosen().cloned() {
            self.take_hit(&hit, cx)?;
        } else if !self.line.text().trim().is_empty() {
            return Ok(false);
        }
        self.line = LineEdit::new();
        self.reading = Reading::default();
        Ok(true)
    }

    fn take_hit(&mut self, hit: &Hit, cx: &Cx<'_>) -> Result<(), StoreError> {
        let (days, naming) = (self.days(), self.naming);
        let who = match hit {
            Hit::Listed(at) => {
                let at = *at;
                // A name on the list says what its number would.
                self.step(|sheet| sheet.mark(&[at], days, naming.mark()));
                self.at = at;
                self.say_row(at);
                return Ok(());
            }
            Hit::Person { id, .. } => {
                let Some(sheet) = &self.sheet else { return Ok(()) };
                People::of(cx.read, &sheet.session).person(*id)?
            }
            Hit::New(_) => match line::unknown(self.line.text()) {
                Some((who, phone)) if !phone.is_empty() => keep::to_be_recorded(who, &phone),
                Some((who, _)) => who,
                None => return Ok(()),
            },
        };
        self.walk_in(who);
        Ok(())
    }

    fn walk_in(&mut self, who: crate::ui::grid::attendance::Who) {
        let days = self.days();
        let mut at = self.at;
        self.step(|sheet| {
            at = sheet.walk_in(who, days);
            Some(at)
        });
        self.at = at;
        self.say_row(at);
    }

    fn say_row(&mut self, at: usize) {
        let Some(sheet) = &self.sheet else { return };
        let Some(row) = sheet.rows().get(at) else { return };
        let (name, number) = (&row.who.name, at + 1);
        let sex = |lang| draw::sex(sheet, at, lang);
        let mark = |lang: Lang| match row.marks.whole() {
            Mark::Present => Text::new("có mặt", "present").get(lang),
            Mark::Absent => Text::new("vắng", "absent").get(lang),
            Mark::Open => Text::new("đăng ký", "registered").get(lang),
        };
        self.said = Some(Message::new(
            format!("{number} {name} ({}): {}.", sex(Lang::Vi), mark(Lang::Vi)),
            format!("{number} {name} ({}): {}.", sex(Lang::En), mark(Lang::En)),
        ));
    }

    fn enter(&mut self, cx: &Cx<'_>) -> Result<(), StoreError> {
        if self.typing() == Typing::Number {
            self.leave_number();
            let next = self.sheet.as_ref().and_then(|sheet| {
                let rows = sheet.rows().iter().enumerate().skip(self.at + 1);
                rows.filter(|(_, row)| row.is_kept() && row.is_present())
                    .map(|(at, _)| at)
                    .next()
            });
            self.go(next.unwrap_or(self.at));
            return Ok(());
        }
        if self.line.text().trim().is_empty() {
            self.go(self.at + 1);
            return Ok(());
        }
        self.take_line(cx).map(|_| ())
    }

    fn save(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        self.leave_number();
        if self.typing() == Typing::Line && !self.take_line(cx)? {
            return Ok(Vec::new());
        }
        let Some(sheet) = &self.sheet else {
            return Ok(Vec::new());
        };
        if !sheet.is_changed() {
            let said = Text::new("Không có gì mới để lưu.", "There is nothing new to save.");
            return Ok(vec![Command::Tell(Notice::good(said))]);
        }
        let work = keep::save(sheet, &self.accepted, self.stopped.clone());
        Ok(vec![Command::Save(work)])
    }

    fn saved(&mut self, outcome: &Result<Receipt, Refusal>, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match outcome {
            Ok(_) => {
                self.accepted.clear();
                self.doubt = None;
                self.said = None;
                self.drafted = false;
                self.load(cx.read)?;
                cx.store.remove_draft(keep::draft_id(self.training))?;
            }
            Err(Refusal::Findings(findings)) => {
                let worst = findings.iter().max_by_key(|finding| finding.level);
                if let (Some(at), Some(finding)) = (self.stopped.get(), worst) {
                    self.go(at);
                    self.doubt = Some(Doubt {
                        at,
                        level: finding.level,
                        said: finding.text.clone(),
                    });
                }
            }
            Err(_) => {}
        }
        Ok(Vec::new())
    }

    /// Accepts the warning that held the save, and saves.
    fn accept_warning(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match &self.doubt {
            Some(doubt) if doubt.level == Level::Warning => {
                self.accepted.insert(doubt.at);
                self.save(cx)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Puts the name in the line on record as a new person, and on the list.
    fn create_person(&mut self, cx: &Cx<'_>) {
        self.line.leave(&cx.prefs.typing);
        match line::unknown(self.line.text()) {
            Some((who, phone)) => {
                self.walk_in(keep::to_be_recorded(who, &phone));
                self.line = LineEdit::new();
                self.reading = Reading::default();
            }
            None => {
                self.said = Some(Message::new(
                    "Gõ họ tên (và số điện thoại nếu có) rồi bấm lại để lập hồ sơ mới.",
                    "Type a name (and a telephone number, if there is one), then press again for a new record.",
                ));
            }
        }
    }

    fn copy_list(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let Some(sheet) = &self.sheet else {
            return Ok(Vec::new());
        };
        let sources = invite::sources(cx.read, &sheet.session, cx.prefs.lang)?;
        let items = sources.iter().enumerate();
        let items = items.map(|(at, source)| Item::new(at.to_string(), source.label.clone(), source.note.clone()));
        let list = PickList::new(items.collect(), Choice::One);
        let title = Text::new("Chép danh sách từ", "Copy the list from").get(cx.prefs.lang);
        self.asked = Some(Asked::Sources(sources));
        Ok(vec![Command::Push(Box::new(PickerScreen::new(title, list)))])
    }

    fn open_list(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let (asked, key) = match self.focus {
            Col::Certificate => (Asked::Certificate, "certificate"),
            Col::Kind => (Asked::Kind, "attendee_kind"),
            _ => return self.copy_list(cx),
        };
        let Some(list) = catalog::list(key) else {
            return Ok(Vec::new());
        };
        let items = list
            .codes
            .iter()
            .map(|code| Item::new(code.code, code.label.get(cx.prefs.lang), ""));
        let picker = PickList::new(items.collect(), Choice::One);
        self.asked = Some(asked);
        Ok(vec![Command::Push(Box::new(PickerScreen::new(
            list.title.get(cx.prefs.lang),
            picker,
        )))])
    }

    fn answered(&mut self, picked: &Picked, cx: &Cx<'_>) -> Result<(), StoreError> {
        let (Some(asked), Picked::Chosen(keys)) = (self.asked.take(), picked) else {
            return Ok(());
        };
        let Some(key) = keys.first() else { return Ok(()) };
        let at = self.at;
        match asked {
            Asked::Sources(sources) => {
                let source = key.parse::<usize>().ok().and_then(|at| sources.get(at));
                if let (Some(source), Some(sheet)) = (source, &self.sheet) {
                    let people = invite::people(cx.read, &sheet.session, &source.source)?;
                    self.invite(people, &source.label);
                }
            }
            Asked::Blank => {}
            Asked::Kind => {
                let kind = crate::ui::grid::attendance::row::code("attendee_kind", Some(key));
                self.step(|sheet| sheet.put_kind(at, kind));
            }
            Asked::Certificate => {
                let certificate = crate::ui::grid::attendance::row::code("certificate", Some(key));
                self.step(|sheet| sheet.put_certificate(at, certificate));
            }
        }
        Ok(())
    }

    fn invite(&mut self, people: Vec<crate::ui::grid::attendance::Who>, from: &str) {
        let all = people.len();
        let mut added = 0;
        let first = self.step(|sheet| {
            let (first, count) = sheet.add(people);
            added = count;
            first
        });
        if let Some(first) = first {
            self.go(first);
        }
        let known = all - added;
        self.said = Some(Message::new(
            format!("Thêm {added} người từ {from}; {known} người đã có sẵn."),
            format!("Added {added} from {from}; {known} were there already."),
        ));
    }

    /// A step at the cursor's cell that may have to say why it cannot be.
    fn at_cell(&mut self, doing: impl FnOnce(&mut Sheet, usize, Cell) -> Result<Option<usize>, Message>) {
        let (at, Some(cell)) = (self.at, self.focus.cell()) else {
            return;
        };
        let mut wrong = None;
        self.step(|sheet| {
            if at >= sheet.rows().len() {
                return None;
            }
            doing(sheet, at, cell).unwrap_or_else(|said| {
                wrong = Some(said);
                None
            })
        });
        if wrong.is_some() {
            self.said = wrong;
        }
        self.show_number();
    }

    fn mark_everybody(&mut self, mark: Mark, naming: Naming) {
        let days = self.days();
        self.naming = naming;
        self.step(|sheet| sheet.mark_all(days, mark));
        self.said = Some(match naming {
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

    fn through_time(&mut self, action: Action) -> Option<usize> {
        let at = self.step(|sheet| {
            if action == Action::Undo {
                sheet.undo()
            } else {
                sheet.redo()
            }
        })?;
        self.go(at);
        Some(at)
    }

    fn grid(&self) -> Grid {
        match self.sheet.as_ref().is_some_and(Sheet::is_changed) {
            true => Grid::Unsaved,
            false => Grid::Saved,
        }
    }

    /// Actions on the list; `None` for what is the line's.
    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError> {
        let empty = self.edit().is_empty();
        let page = usize::from(self.area.height.saturating_sub(6)).max(1);
        let at = self.at;
        match action {
            Action::Accept => self.enter(cx)?,
            Action::Save => return self.save(cx).map(Some),
            Action::AcceptWarning => return self.accept_warning(cx).map(Some),
            Action::AllPresent => self.mark_everybody(Mark::Present, Naming::Absent),
            Action::AllAbsent => self.mark_everybody(Mark::Absent, Naming::Present),
            Action::TogglePresent => self.toggle(),
            Action::CopyList => return self.copy_list(cx).map(Some),
            Action::Export => {
                self.asked = Some(Asked::Blank);
                return Ok(Some(vec![sheets::ask(cx.prefs.lang)]));
            }
            Action::Import => return Ok(Some(sheets::take_in(self.grid(), "training", self.training, cx))),
            Action::OpenList => return self.open_list(cx).map(Some),
            Action::AddRow => self.create_person(cx),
            Action::DeleteRow => {
                self.step(|sheet| (at < sheet.rows().len()).then(|| sheet.drop_or_keep(at))?);
            }
            Action::StateNext => self.at_cell(|sheet, at, cell| sheet.next(at, cell)),
            Action::FillDown => {
                self.leave_number();
                self.at_cell(|sheet, at, cell| Ok(sheet.fill_down(at, cell)));
            }
            Action::FillSeries => {
                self.leave_number();
                self.at_cell(|sheet, at, _| sheet.fill_series(at));
            }
            Action::Up | Action::Down if !self.reading.hits.is_empty() => {
                let last = self.reading.hits.len() - 1;
                let pointer = self.reading.pointer;
                self.reading.pointer = if action == Action::Up {
                    pointer.saturating_sub(1)
                } else {
                    (pointer + 1).min(last)
                };
            }
            Action::Up => self.leave_row(at.saturating_sub(1)),
            Action::Down => self.leave_row(at + 1),
            Action::PageUp => self.leave_row(at.saturating_sub(page)),
            Action::PageDown => self.leave_row(at + page),
            Action::LineStart | Action::First if empty => self.leave_row(0),
            Action::LineEnd | Action::Last if empty => self.leave_row(usize::MAX),
            Action::NextPane => self.turn(1),
            Action::PreviousPane => self.turn(-1),
            Action::Right if empty => self.turn(1),
            Action::Left if empty => self.turn(-1),
            _ => return Ok(None),
        }
        Ok(Some(Vec::new()))
    }

    fn leave_row(&mut self, to: usize) {
        self.leave_number();
        self.go(to);
    }

    fn toggle(&mut self) {
        let (at, days) = (self.at, self.days());
        self.step(|sheet| (at < sheet.rows().len()).then(|| sheet.toggle(at, days))?);
        self.go(at + 1);
    }

    fn type_into(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if input.typed() == Some(' ') && self.typing() == Typing::Line && self.line.is_empty() {
            self.toggle();
            return Vec::new();
        }
        let typing = self.typing();
        let edit = match typing {
            Typing::Line => &mut self.line,
            Typing::Number => &mut self.number,
        };
        let mut commands = match edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => match input.action() {
                Some(action @ (Action::Undo | Action::Redo)) => match self.through_time(action) {
                    Some(_) => Vec::new(),
                    None => vec![Command::Pass],
                },
                // At the ends of the text the arrows go on to the next column.
                Some(Action::Right) => {
                    self.turn(1);
                    Vec::new()
                }
                Some(Action::Left) => {
                    self.turn(-1);
                    Vec::new()
                }
                _ => vec![Command::Pass],
            },
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            Outcome::Moved | Outcome::Changed | Outcome::Full | Outcome::AtStart => Vec::new(),
        };
        if typing == Typing::Line {
            commands.extend(self.reread(cx));
        }
        commands
    }

    fn take(&mut self, input: &Input, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        match input {
            Input::Answer(answer) => {
                if let Some(picked) = answer.get::<Picked>() {
                    if matches!(self.asked, Some(Asked::Blank)) {
                        self.asked = None;
                        return Ok(sheets::write(picked, "training", self.training, cx));
                    }
                    self.answered(picked, cx)?;
                }
                Ok(Vec::new())
            }
            Input::Saved(outcome) => self.saved(outcome, cx),
            Input::Mouse(_) => {
                self.click(input);
                Ok(Vec::new())
            }
            Input::Key {
                action: Some(action), ..
            } => match self.act(*action, cx)? {
                Some(commands) => Ok(commands),
                None => Ok(self.type_into(input, cx)),
            },
            _ => Ok(self.type_into(input, cx)),
        }
    }

    fn click(&mut self, input: &Input) {
        let Some(sheet) = &self.sheet else { return };
        let view = self.view(sheet);
        let mut table = self.table.clone();
        if !matches!(table.update(input, &view), TableOutcome::Pass) {
            let to = table.row();
            self.table = table;
            self.leave_row(to);
        }
    }

    fn view<'a>(&'a self, sheet: &'a Sheet) -> View<'a> {
        View {
            sheet,
            cols: &self.cols,
            pending: &self.reading.rows,
            naming: (self.naming, self.days()),
            lang: self.lang,
            signs: ("", ""),
        }
    }

    /// Steps that no draft has yet.
    fn unkept(&self) -> u64 {
        self.sheet.as_ref().map_or(0, |sheet| sheet.steps().abs_diff(self.kept))
    }

    /// Whether the draft is to be written now: after every step, but of a long list once the keys rest, for it takes
    /// longer than a key may.
    fn is_draft_due(&self, input: &Input) -> bool {
        let is_long = || {
            self.sheet
                .as_ref()
                .is_some_and(|sheet| sheet.changed().nth(LONG).is_some())
        };
        match self.unkept() {
            0 => false,
            steps => matches!(input, Input::Tick) || steps >= MOST_UNKEPT || !is_long(),
        }
    }

    /// Writes the draft, or takes it away where nothing is left to save.
    fn keep(&mut self, store: &Store) -> Result<(), StoreError> {
        let Some(sheet) = &self.sheet else { return Ok(()) };
        self.kept = sheet.steps();
        if sheet.is_changed() || !self.line.is_empty() {
            store.save_draft(keep::draft(sheet, self.line.text()))?;
            self.drafted = true;
        } else if self.drafted {
            store.remove_draft(keep::draft_id(self.training))?;
            self.drafted = false;
        }
        Ok(())
    }
}

impl Screen for AttendanceScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Attendance.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        if self.sheet.is_none() {
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
        if self.sheet.as_ref().is_some_and(Sheet::is_changed) {
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
        table.layout(draw::list_area(area), &view);
        table.go(self.at, &view);
        let prompt = unicode_width::UnicodeWidthStr::width(self.prompt(sheet, self.lang).as_str());
        self.table = table;
        let room = area.width.saturating_sub(2 + u16::try_from(prompt).unwrap_or(u16::MAX));
        self.line.layout(room, 1);
        self.number.layout(room, 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_all(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let what = Text::new("Điểm danh", "Attendance").get(lang);
        let Some(sheet) = &self.sheet else {
            return Heading::new(what);
        };
        let session = &sheet.session;
        let from = session
            .from
            .map(crate::vietnamese::date::format_date)
            .unwrap_or_default();
        let heading = Heading::new(format!("{what}: {} · {from}", session.title)).typing(self.edit().typing_here());
        if sheet.is_changed() {
            heading.fact(Text::new("chưa lưu", "not saved").get(lang))
        } else {
            heading
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        if !self.reading.hits.is_empty() {
            return vec![
                named(Action::Accept, "thêm", "add"),
                named(Action::Down, "chọn", "choose"),
                named(Action::AddRow, "lập hồ sơ mới", "new record"),
                Action::Back.into(),
            ];
        }
        let mut offers = Vec::new();
        if self.doubt.as_ref().is_some_and(|doubt| doubt.level == Level::Warning) {
            offers.push(named(Action::AcceptWarning, "vẫn lưu", "save anyway"));
        }
        match self.focus {
            Col::Number => offers.push(Action::FillSeries.into()),
            Col::Certificate | Col::Kind | Col::Gender => {
                offers.extend([named(Action::StateNext, "đổi", "change"), Action::FillDown.into()]);
            }
            _ if self.totals.listed == 0 => offers.push(Action::CopyList.into()),
            _ => {}
        }
        offers.extend([
            Action::AllPresent.into(),
            Action::AllAbsent.into(),
            Action::Save.into(),
            named(Action::TogglePresent, "có/vắng", "present/absent"),
            Action::CopyList.into(),
            named(Action::NextPane, "cột sau", "next column"),
            Action::DeleteRow.into(),
            Action::Undo.into(),
            Action::Back.into(),
        ]);
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        (self.unkept() > 0).then_some(REST)
    }

    fn keep_draft(&mut self, store: &Store) {
        self.leave_number();
        // The way out cannot tell of a fault any more; the last step's draft is there.
        let _ = self.keep(store);
    }
}
