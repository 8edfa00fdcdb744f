//! The targets of the plans: what is wanted, what was reached, how it stands, with a bar for each and, in a wide window,
//! a chart over the weeks; one plan at a time, as of any day. Enter lists the records behind a figure, and those that
//! nearly count with the reason. From here plans and targets are entered, and allotted to the units below.
//!
//! The figures of a plan of several years may take a while, so they are counted on a thread of their own.

pub mod allot;
mod as_of;
mod begin;
mod behind;
mod chart;
mod own;
mod rows;
mod sheet;
mod trend;

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::text::{Lang, Text};
use crate::indicator::Row;
use crate::indicator::evaluate::ended;
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::ask::Answered;
use crate::ui::screen::later::Later;
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::ui::widget::picker::Picked;
use crate::ui::widget::table::{Outcome, Table};
use crate::vietnamese::date::format_date;
use begin::Begin;
use behind::Behind;
use rows::Lines;
use sheet::{Counted, Sheet};
use trend::{Trend, Weeks};

/// From this width on, a chart stands beside the table.
const WIDE: u16 = 132;
/// How long the cursor rests before a chart is counted.
const REST: Duration = Duration::from_millis(250);
/// Rows around the table: the plan's name and a gap above, two lines below.
const ABOVE: u16 = 2;
const BELOW: u16 = 3;

const TITLE: Text = Text::new("Chỉ tiêu", "Targets");
const COUNTING: Text = Text::new("Đang tính các chỉ tiêu…", "Counting the targets…");
const NO_PLAN: Text = Text::new(
    "Chưa có kế hoạch nào của đơn vị. Bấm phím thêm mới để lập kế hoạch.",
    "There is no plan of this unit. Press the key for a new one.",
);
const BY_UNIT: Text = Text::new("theo đơn vị", "by unit");
const NO_TARGET: Text = Text::new("Kế hoạch này chưa có chỉ tiêu nào.", "This plan has no targets yet.");

/// The screen.
pub struct Targets {
    /// The figures in sight; those of before a save stay until the new ones have come.
    sheet: Later<Sheet>,
    store: Arc<Store>,
    /// The plan in sight.
    at: usize,
    units: Units,
    lines: Lines,
    table: Table,
    as_of: NaiveDate,
    today: NaiveDate,
    /// The past weeks of one row: its place in the plan's table, and the figures.
    weeks: Option<(usize, Later<Weeks>)>,
    /// A built-in plan that the officer was asked about.
    adopting: Option<usize>,
    area: Rect,
    lang: Lang,
}

/// Which rows are shown of a target that is for each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    /// How many of the units met it.
    Together,
    /// And each unit.
    Each,
}

/// Which way to turn.
#[derive(Clone, Copy)]
enum Turn {
    Forward,
    Back,
}

impl Targets {
    /// The plans of the office, as of today.
    pub fn new(cx: &Cx<'_>) -> Targets {
        let lang = cx.prefs.lang;
        let today = cx.store.today();
        let mut screen = Targets {
            sheet: Later::Unasked,
            store: Arc::clone(cx.store),
            at: 0,
            units: Units::Together,
            lines: Lines::default(),
            table: Table::list(rows::columns(lang)),
            as_of: today,
            today,
            weeks: None,
            adopting: None,
            area: Rect::default(),
            lang,
        };
        screen.ask();
        screen
    }

    /// Counts all plans of the office on a thread.
    fn ask(&mut self) {
        let as_of = self.as_of;
        self.weeks = None;
        self.sheet.read(&self.store, move |read| Sheet::count(read, as_of));
        self.show();
    }

    fn counted(&self) -> Option<&Counted> {
        self.sheet.get()?.plans.get(self.at)
    }

    fn row(&self) -> Option<&Row> {
        self.lines.row(self.table.row())
    }

    /// Makes the lines anew, for other figures or another plan.
    fn show(&mut self) {
        let plans = self.sheet.get().map_or(0, |sheet| sheet.plans.len());
        self.at = self.at.min(plans.saturating_sub(1));
        self.lines = match (self.sheet.get(), self.counted()) {
            (Some(sheet), Some(counted)) => {
                let own = &counted.plan.unit;
                let shown = |(row, _): &&(Row, Trend)| self.units == Units::Each || row.unit == *own;
                let rows = counted.rows.iter().filter(shown).cloned().collect();
                Lines::new(rows, own, &sheet.tree, self.as_of, self.lang)
            }
            _ => Lines::default(),
        };
        self.table.go(self.table.row(), &self.lines);
    }

    fn turn(&mut self, turn: Turn) {
        let count = self.sheet.get().map_or(0, |sheet| sheet.plans.len());
        if count > 0 {
            self.at = match turn {
                Turn::Forward => (self.at + 1) % count,
                Turn::Back => (self.at + count - 1) % count,
            };
            self.weeks = None;
            self.show();
            self.table.go(0, &self.lines);
        }
    }

    fn tick(&mut self) {
        if self.sheet.wakes_after().is_some() {
            self.sheet.look();
            self.show();
        }
        if let Some((_, weeks)) = &mut self.weeks {
            weeks.look();
        }
        self.chart();
    }

    /// Counts the past weeks of the row under the cursor, where there is room to show them.
    fn chart(&mut self) {
        let at = self.table.row();
        let is_there = self.weeks.as_ref().is_some_and(|(of, _)| *of == at);
        if !self.is_wide() || is_there || !self.sheet.is_here() {
            return;
        }
        let (Some(plan), Some(row)) = (self.counted().map(|counted| counted.plan.clone()), self.row().cloned()) else {
            return;
        };
        let (as_of, mut weeks) = (self.as_of, Later::Unasked);
        weeks.read(&self.store, move |read| trend::weeks(read, &plan, &row, as_of));
        self.weeks = Some((at, weeks));
    }

    fn is_wide(&self) -> bool {
        self.area.width >= WIDE
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        let nothing = Vec::new();
        Some(match action {
            Action::Open => self.open(),
            Action::PeriodBack => {
                self.turn(Turn::Back);
                nothing
            }
            Action::PeriodForward => {
                self.turn(Turn::Forward);
                nothing
            }
            Action::ChoosePeriod => vec![Command::Push(Box::new(as_of::ask(self.as_of, self.today)))],
            Action::ByUnit => {
                self.units = match self.units {
                    Units::Together => Units::Each,
                    Units::Each => Units::Together,
                };
                self.weeks = None;
                self.show();
                nothing
            }
            Action::New => self.menu(),
            Action::Edit => self.edit(cx),
            // Already here.
            Action::GoTargets => nothing,
            _ => return None,
        })
    }

    fn open(&self) -> Vec<Command> {
        self.row()
            .map(|row| Command::Push(Box::new(Behind::new(row.clone(), &self.store, self.lang))))
            .into_iter()
            .collect()
    }

    fn answered(&mut self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        if let Some(day) = answer.get::<NaiveDate>() {
            self.as_of = *day;
            self.ask();
            return Vec::new();
        }
        if let Some(Answered::Yes) = answer.get::<Answered>()
            && self.adopting.take() == Some(self.at)
        {
            return self.begin(Begin::Adopt, cx);
        }
        match answer.get::<Picked>().and_then(Begin::picked) {
            Some(begin) => self.begin(begin, cx),
            None => Vec::new(),
        }
    }
}

impl Screen for Targets {
    fn contexts(&self) -> &'static [Context] {
        Context::Targets.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Tick => {
                self.tick();
                return Vec::new();
            }
            Input::Answer(answer) => return self.answered(answer, cx),
            _ => {}
        }
        match self.table.update(input, &self.lines) {
            Outcome::Open(_) => self.open(),
            Outcome::Moved | Outcome::Marked => Vec::new(),
            Outcome::Pass => match input.action() {
                Some(action) => self.act(action, cx).unwrap_or_else(|| vec![Command::Pass]),
                None => vec![Command::Pass],
            },
        }
    }

    fn reload(&mut self, _: &dyn Read) {
        self.ask();
    }

    fn layout(&mut self, area: Rect) {
        self.area = area;
        let beside = if self.is_wide() { chart::WIDTH + 3 } else { 0 };
        let table = Rect {
            y: area.y + ABOVE,
            width: area.width - beside,
            height: area.height.saturating_sub(ABOVE + BELOW),
            ..area
        };
        self.table.layout(table, &self.lines);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        let (width, height) = (canvas.width(), canvas.height());
        let room = width.saturating_sub(2);
        if let Some(why) = self.sheet.failure() {
            canvas.text(2, 1, why.get(lang), Role::Error);
            return;
        }
        let Some(counted) = self.counted() else {
            let said = if self.sheet.get().is_some() { NO_PLAN } else { COUNTING };
            canvas.text_in(2, 1, room, said.get(lang), Role::Dim);
            return;
        };
        canvas.text_in(1, 0, room, &counted.plan.title, Role::Strong);
        let beside = if self.is_wide() { chart::WIDTH + 3 } else { 0 };
        let table = Rect::new(0, ABOVE, width - beside, height.saturating_sub(ABOVE + BELOW));
        if counted.rows.is_empty() {
            canvas.text(2, ABOVE, NO_TARGET.get(lang), Role::Dim);
        }
        canvas.within(table, |canvas| self.table.draw(canvas, &self.lines));
        let Some(row) = self.row() else { return };
        let bottom = height.saturating_sub(2);
        canvas.text_in(1, bottom, room, &rows::figure(row, self.as_of, lang), Role::Text);
        canvas.text_in(1, bottom + 1, room, &rows::told(row, lang), Role::Dim);
        if self.is_wide() {
            canvas.rule_down(table.width + 1, ABOVE, table.height);
            let panel = Rect::new(table.width + 3, ABOVE, chart::WIDTH, table.height);
            let weeks = self.weeks.as_ref().filter(|(of, _)| *of == self.table.row());
            canvas.within(panel, |canvas| {
                chart::draw(canvas, row, weeks.and_then(|(_, weeks)| weeks.get()));
            });
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let mut heading = Heading::new(TITLE.get(lang));
        let plans = self.sheet.get().map_or(0, |sheet| sheet.plans.len());
        if let Some(counted) = self.counted() {
            heading.title = format!("{} · {}", TITLE.get(lang), counted.plan.code);
            heading = heading.fact(format!("{}/{plans}", self.at + 1));
            if let Some(last) = ended(&counted.plan.unit, self.as_of) {
                let word = Text::new("đóng", "closed").get(lang);
                heading = heading.fact(format!("{word} {}", format_date(last)));
            }
        }
        if self.as_of != self.today {
            let word = Text::new("tính đến", "as of").get(lang);
            heading = heading.fact(format!("{word} {}", format_date(self.as_of)));
        }
        if self.units == Units::Each {
            heading = heading.fact(BY_UNIT.get(lang));
        }
        heading
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::named(Action::Open, Text::new("xem bản ghi", "records")),
            Offer::named(Action::PeriodForward, Text::new("kế hoạch sau", "next plan")),
            Action::ByUnit.into(),
            Offer::named(Action::ChoosePeriod, Text::new("tính đến ngày", "as of")),
            Offer::named(Action::New, Text::new("lập, giao", "enter, allot")),
            Action::Edit.into(),
            Action::Back.into(),
        ]
    }

    fn wakes_after(&self) -> Option<Duration> {
        let chart = || match &self.weeks {
            Some((of, weeks)) if *of == self.table.row() => weeks.wakes_after(),
            _ => (self.is_wide() && self.row().is_some()).then_some(REST),
        };
        self.sheet.wakes_after().or_else(chart)
    }
}

#[cfg(test)]
mod tests;
