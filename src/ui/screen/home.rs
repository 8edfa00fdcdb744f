//! Home: the week so far, what waits, drafts left open, the latest records. Enter on any line opens what it is about.
//!
//! It stands before the store is open, and reads on a thread, so that neither a large logbook nor a slow disk is waited
//! for. What it shows is read anew each time it is come back to.

pub mod latest;
pub mod overview;
mod sections;
mod split;

pub use sections::draft_words;

use crate::domain::catalog;
use crate::domain::period::Period;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Draft, Read};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::ask::{Answered, Ask};
use crate::ui::screen::filings::Filings;
use crate::ui::screen::later::Later;
use crate::ui::screen::records::RecordList;
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen, openers};
use crate::ui::theme::Role;
use crate::ui::widget::picker::Picked;
use crate::ui::widget::roll::{self, Cursor, Roll};
use overview::{Leads, Overview};
use ratatui::layout::Rect;
use sections::{Line, WEEK_LINES};
use std::time::Duration;

/// From this width on, the week and what waits stand side by side.
const WIDE: u16 = 132;
/// Cells between the two.
const GUTTER: u16 = 3;

const NAME: Text = Text::new("Sổ Hội", "Sổ Hội");
const OPENING: Text = Text::new("Đang mở sổ…", "Opening the logbook…");
const NO_OFFICE: Text = Text::new(
    "Sổ này chưa biết là của cơ quan nào. Enter để đặt.",
    "This logbook does not know its office yet. Enter to set it.",
);
const DROP_TITLE: Text = Text::new("Bỏ bản nháp?", "Drop the draft?");
const DROPPED: Text = Text::new("Đã bỏ bản nháp.", "The draft was dropped.");

/// A draft left open, as home names it.
#[derive(Clone, Debug)]
pub struct LeftOpen {
    draft: Draft,
    /// The kind's name, and the field it was left at.
    what: Message,
}

/// The two columns of a wide window; a narrow one has the first alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pane {
    #[default]
    First,
    Second,
}

/// The first screen.
pub struct Home {
    overview: Later<Overview>,
    drafts: Vec<LeftOpen>,
    /// The office's name and the week, for the top line.
    head: Option<(String, Message)>,
    first_keys: Vec<(String, Text)>,
    panes: [Vec<Line>; 2],
    rolls: [Roll; 2],
    pane: Pane,
    area: Rect,
}

impl Default for Home {
    fn default() -> Home {
        Home::new()
    }
}

impl Home {
    /// Home before anything is read.
    pub fn new() -> Home {
        Home {
            overview: Later::Unasked,
            drafts: Vec::new(),
            head: None,
            first_keys: Vec::new(),
            panes: Default::default(),
            rolls: Default::default(),
            pane: Pane::First,
            area: Rect::default(),
        }
    }

    fn is_wide(&self) -> bool {
        self.area.width >= WIDE
    }

    /// Shares the lines out to the columns that there are.
    fn arrange(&mut self) {
        let blank = self.overview.get().is_some_and(Overview::is_blank);
        let week = sections::week(self.overview.get());
        let todo = sections::todo(self.overview.get(), self.drafts.len());
        let latest = if blank {
            sections::first_steps(self.first_keys.len())
        } else {
            sections::latest(self.overview.get())
        };
        let gap = || vec![Line::Blank];
        self.panes = if self.is_wide() {
            [[week, gap(), latest].concat(), todo]
        } else {
            [[week, gap(), todo, gap(), latest].concat(), Vec::new()]
        };
        for (roll, lines) in self.rolls.iter_mut().zip(&self.panes) {
            roll.set_lines(lines.iter().map(Line::stop).collect());
        }
        if self.overview.is_here() && self.roll().at().is_none() {
            self.pane = match self.pane {
                Pane::Second => Pane::First,
                Pane::First if self.rolls[1].at().is_some() => Pane::Second,
                Pane::First => Pane::First,
            };
        }
        self.place();
    }

    fn roll(&self) -> &Roll {
        &self.rolls[self.pane as usize]
    }

    /// The rectangles of the columns, in cells of the window.
    fn columns(&self) -> [Rect; 2] {
        if !self.is_wide() {
            return [self.area, Rect { width: 0, ..self.area }];
        }
        let left = (self.area.width - GUTTER) / 2;
        [
            Rect {
                width: left,
                ..self.area
            },
            Rect {
                x: self.area.x + left + GUTTER,
                width: self.area.width - GUTTER - left,
                ..self.area
            },
        ]
    }

    fn place(&mut self) {
        let columns = self.columns();
        for (roll, column) in self.rolls.iter_mut().zip(columns) {
            roll.layout(column);
        }
    }

    fn open(&self, line: usize, cx: &Cx<'_>) -> Vec<Command> {
        let Some(line) = self.panes[self.pane as usize].get(line) else {
            return Vec::new();
        };
        match *line {
            Line::Draft(at) => self.go_on(at, cx),
            Line::Todo(at) => self.lead(at, cx),
            Line::Latest(at) => match self.overview.get().and_then(|overview| overview.latest.get(at)) {
                Some(latest) => Command::push(openers::record(latest.kind, latest.id, cx)),
                None => Vec::new(),
            },
            Line::Week(at) => self.open_figure(at),
            Line::NoOffice => Command::push(openers::first_start()),
            _ => Vec::new(),
        }
    }

    fn go_on(&self, at: usize, cx: &Cx<'_>) -> Vec<Command> {
        let Some(left) = self.drafts.get(at) else {
            return Vec::new();
        };
        match openers::draft(&left.draft, cx) {
            Some(screen) => vec![Command::Push(screen)],
            None => vec![Command::Tell(Notice::warning(Message::new(
                format!("Chưa mở lại được bản nháp “{}”; bản nháp vẫn được giữ.", left.what.vi),
                format!("The draft “{}” cannot be opened; it is kept.", left.what.en),
            )))],
        }
    }

    fn lead(&self, at: usize, cx: &Cx<'_>) -> Vec<Command> {
        let todo = self.overview.get().and_then(|overview| overview.todo.get(at));
        match todo.map(|todo| &todo.leads) {
            Some(Leads::Record(kind, id)) => Command::push(openers::record(kind, *id, cx)),
            Some(Leads::Records(title, ids)) => list(title.clone(), ids.clone()),
            Some(Leads::Report) => vec![Command::Run(Action::GoReports)],
            Some(Leads::Split(uid)) => Command::push(split::ask(uid, cx)),
            Some(Leads::Filings(deadline)) => Command::push(Some(Box::new(Filings::new(deadline.clone(), cx)))),
            None => Vec::new(),
        }
    }

    /// The records behind a figure of this week; where there are none, the report that has the other columns.
    fn open_figure(&self, at: usize) -> Vec<Command> {
        let week = self.overview.get().and_then(|overview| overview.week.as_ref());
        let (Some((summary, _)), Some((code, _))) = (week, WEEK_LINES.get(at)) else {
            return Vec::new();
        };
        let ids = summary.ids(code, crate::report::weekly::Column::This);
        match summary.line(code) {
            Some(line) if !ids.is_empty() => list(line.label.clone(), ids.to_vec()),
            _ => vec![Command::Run(Action::ReportWeek)],
        }
    }

    /// The draft under the cursor.
    fn draft_here(&self) -> Option<&LeftOpen> {
        let line = self.panes[self.pane as usize].get(self.roll().at()?)?;
        match line {
            Line::Draft(at) => self.drafts.get(*at),
            _ => None,
        }
    }

    fn ask_to_drop(left: &LeftOpen) -> Vec<Command> {
        let said = Message::new(
            format!("Bản nháp “{}” sẽ mất hẳn, không hoàn tác được.", left.what.vi),
            format!("The draft “{}” will be gone and cannot be brought back.", left.what.en),
        );
        vec![Command::Push(Box::new(Ask::new(DROP_TITLE, said)))]
    }

    fn drop_draft(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(id) = self.draft_here().map(|left| left.draft.id) else {
            return Vec::new();
        };
        let told = match cx.store.remove_draft(id) {
            Ok(()) => Notice::good(DROPPED),
            Err(error) => Notice::bad(error.message()),
        };
        self.read_drafts(cx);
        self.arrange();
        vec![Command::Tell(told)]
    }

    fn read_drafts(&mut self, cx: &Cx<'_>) {
        // Drafts that cannot be listed are still there; home is no place to say what ails the folder.
        let drafts = cx.store.drafts().unwrap_or_default();
        let left = |draft: Draft| LeftOpen {
            what: sections::draft_words(&draft, cx.read),
            draft,
        };
        self.drafts = drafts.into_iter().map(left).collect();
    }
}

fn list(title: Message, ids: Vec<crate::domain::id::Id>) -> Vec<Command> {
    vec![Command::Push(Box::new(RecordList::new(title, ids)))]
}

/// What the office is called: "Hội LHPN xã Quỳnh Phụ".
fn office_name(read: &dyn Read) -> Option<String> {
    let uid = read.office()?;
    let built_in = catalog::units().get(&uid).map(|unit| unit.union_name());
    built_in.or_else(|| read.unit(&uid).map(|unit| unit.name))
}

impl Screen for Home {
    fn contexts(&self) -> &'static [Context] {
        Context::Home.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Tick => {
                self.overview.look();
                self.arrange();
                return Vec::new();
            }
            Input::Answer(answer) => {
                return match (answer.get::<Answered>(), answer.get::<Picked>()) {
                    (Some(Answered::Yes), _) => self.drop_draft(cx),
                    (_, Some(Picked::Chosen(keys))) => split::keep(keys),
                    _ => Vec::new(),
                };
            }
            _ => {}
        }
        match (self.rolls[self.pane as usize].update(input), input.action()) {
            (roll::Outcome::Open(line), _) => self.open(line, cx),
            (roll::Outcome::Moved, _) => Vec::new(),
            (_, Some(Action::NextPane | Action::PreviousPane | Action::Left | Action::Right)) => {
                let other = if self.pane == Pane::First {
                    Pane::Second
                } else {
                    Pane::First
                };
                if self.is_wide() && self.rolls[other as usize].at().is_some() {
                    self.pane = other;
                }
                Vec::new()
            }
            (_, Some(Action::Delete)) => self.draft_here().map_or_else(Vec::new, Home::ask_to_drop),
            _ => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        let week = Period::week_of(cx.read.today(), cx.settings.week_start.weekday()).label();
        self.head = office_name(cx.read).map(|office| (office, week));
        let key = |(action, text): (Action, Text)| Some((cx.keymap.key_for(cx.contexts, action)?, text));
        self.first_keys = sections::FIRST_STEPS.into_iter().filter_map(key).collect();
        self.read_drafts(cx);
        self.overview.read(cx.store, Overview::read);
        self.arrange();
    }

    fn layout(&mut self, area: Rect) {
        let was_wide = self.is_wide();
        self.area = area;
        if was_wide != self.is_wide() {
            self.arrange();
        } else {
            self.place();
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        if matches!(self.overview, Later::Unasked) {
            canvas.text(2, 1, OPENING.get(canvas.lang), Role::Dim);
            return;
        }
        let lang = canvas.lang;
        if let Some(why) = self.overview.failure() {
            canvas.text(2, 1, why.get(lang), Role::Error);
            return;
        }
        let (x, y) = (self.area.x, self.area.y);
        for (at, (roll, column)) in self.rolls.iter().zip(self.columns()).enumerate() {
            let here = at == self.pane as usize;
            let cursor = if here { Cursor::Shown } else { Cursor::Hidden };
            let part = Rect {
                x: column.x - x,
                y: column.y - y,
                ..column
            };
            canvas.within(part, |canvas| {
                roll.draw(canvas, cursor, |row, line| {
                    sections::draw(self, &self.panes[at][line], row);
                });
            });
        }
        if self.is_wide() {
            canvas.rule_down(self.columns()[0].width + 1, 0, self.area.height);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let title = match &self.head {
            Some((office, week)) => format!("{} · {office} · {}", NAME.get(lang), week.get(lang)),
            None => NAME.get(lang).to_owned(),
        };
        Heading::new(title)
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = vec![
            Action::Lookup.into(),
            Action::NewVisit.into(),
            Action::NewTraining.into(),
            Action::NewFair.into(),
            Offer::named(Action::ReportWeek, Text::new("báo cáo tuần", "week report")),
            Action::Palette.into(),
        ];
        if self.draft_here().is_some() {
            offers.insert(0, Offer::named(Action::Open, Text::new("nhập tiếp", "go on")));
            offers.insert(1, Offer::named(Action::Delete, Text::new("bỏ nháp", "drop it")));
        }
        offers.extend([
            Offer::from(Action::GoCooperatives),
            Action::GoVisits.into(),
            Action::GoPeople.into(),
            Action::Quit.into(),
        ]);
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.overview.wakes_after()
    }
}
