//! The targets of the plans: what is wanted, what was reached, how it stands, with a bar for each; one plan at a time.
//! Enter lists the records behind a figure, and those that nearly count with the reason.
//!
//! The figures of a plan of several years may take a while, so they are counted on a thread of their own.

mod behind;
mod rows;

use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::indicator::books::Books;
use crate::indicator::plan::{self, Plan};
use crate::indicator::{Question, Row, evaluate};
use crate::report::periodic::lines::WeeklyLines;
use crate::store::{Read as Reading, Store, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::edit::EditScreen;
use crate::ui::screen::later::Later;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Outcome, Table};
use behind::Behind;
use chrono::NaiveDate;
use ratatui::layout::Rect;
use rows::Lines;
use std::sync::Arc;

const TITLE: Text = Text::new("Chỉ tiêu", "Targets");
const COUNTING: Text = Text::new("Đang tính các chỉ tiêu…", "Counting the targets…");
const NO_PLAN: Text = Text::new(
    "Chưa có kế hoạch nào của đơn vị. Thêm kế hoạch ở mục hoạt động khác.",
    "There is no plan of this unit. Add one under other work.",
);
const BY_UNIT: Text = Text::new("theo đơn vị", "by unit");

/// A plan with its rows.
#[derive(Clone, Debug)]
struct Counted {
    plan: Plan,
    rows: Vec<Row>,
}

/// The screen.
pub struct Targets {
    /// The figures in sight; those of before a save stay until the new ones have come.
    plans: Vec<Counted>,
    coming: Later<Vec<Counted>>,
    store: Arc<Store>,
    /// The plan in sight.
    at: usize,
    /// Whether rows of single units are shown.
    units: Units,
    lines: Lines,
    table: Table,
    as_of: NaiveDate,
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

impl Targets {
    /// The plans of the office, as of today.
    pub fn new(cx: &Cx<'_>) -> Targets {
        let lang = cx.prefs.lang;
        let mut screen = Targets {
            plans: Vec::new(),
            coming: Later::Unasked,
            store: Arc::clone(cx.store),
            at: 0,
            units: Units::Together,
            lines: Lines::default(),
            table: Table::list(rows::columns(lang)),
            as_of: cx.store.today(),
            lang,
        };
        screen.ask();
        screen
    }

    /// Counts all plans of the office on a thread.
    fn ask(&mut self) {
        self.coming.read(&self.store, counted);
        self.take();
    }

    fn counted(&self) -> Option<&Counted> {
        self.plans.get(self.at)
    }

    /// Takes in the figures, where they have come.
    fn take(&mut self) {
        self.coming.look();
        if self.coming.get().is_some()
            && let Later::Here(plans) = std::mem::replace(&mut self.coming, Later::Unasked)
        {
            self.plans = plans;
            self.at = self.at.min(self.plans.len().saturating_sub(1));
            self.show();
        }
    }

    fn show(&mut self) {
        let rows = self.counted().map(|counted| {
            let shown = |row: &&Row| self.units == Units::Each || row.unit == counted.plan.unit;
            counted.rows.iter().filter(shown).cloned().collect()
        });
        self.lines = Lines::new(
            rows.unwrap_or_default(),
            self.counted().map(|counted| counted.plan.unit.as_str()),
            self.lang,
        );
        self.table.go(self.table.row(), &self.lines);
    }

    fn turn(&mut self, forward: Forward) {
        let count = self.plans.len();
        if count > 0 {
            self.at = match forward {
                Forward::Yes => (self.at + 1) % count,
                Forward::No => (self.at + count - 1) % count,
            };
            self.show();
            self.table.go(0, &self.lines);
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        Some(match action {
            Action::Open => self.open(),
            Action::PeriodBack => {
                self.turn(Forward::No);
                Vec::new()
            }
            Action::PeriodForward | Action::ChoosePeriod => {
                self.turn(Forward::Yes);
                Vec::new()
            }
            Action::ByUnit => {
                self.units = match self.units {
                    Units::Together => Units::Each,
                    Units::Each => Units::Together,
                };
                self.show();
                Vec::new()
            }
            Action::New => {
                let plan = self.counted().and_then(|counted| counted.plan.id);
                let given = plan.map(|id| ("plan", Value::Id(id))).into_iter().collect();
                form(EditScreen::create("target", given, cx))
            }
            Action::Edit => {
                let target = self.lines.row(self.table.row()).and_then(|row| row.target.id);
                let entry = target.and_then(|id| cx.read.get("target", id).ok().flatten());
                form(entry.and_then(|entry| EditScreen::open(entry, cx)))
            }
            _ => return None,
        })
    }

    fn open(&self) -> Vec<Command> {
        let row = self.lines.row(self.table.row());
        row.map(|row| Command::Push(Box::new(Behind::new(row.clone(), &self.store, self.lang))))
            .into_iter()
            .collect()
    }
}

/// Which way to turn.
#[derive(Clone, Copy)]
enum Forward {
    Yes,
    No,
}

fn form(screen: Option<EditScreen>) -> Vec<Command> {
    screen
        .map(|screen| Command::Push(Box::new(screen)))
        .into_iter()
        .collect()
}

fn counted(read: &dyn Reading) -> Result<Vec<Counted>, StoreError> {
    let today = read.known().today();
    let lines = WeeklyLines::default();
    let books = Books::open(read)?.with_lines(&lines);
    let question = Question {
        as_of: today,
        unit: None,
    };
    let mut found = Vec::new();
    for plan in plan::of_office(read, read.known().office().as_deref(), today)? {
        let rows = evaluate(&books, &plan, &question)?;
        found.push(Counted { plan, rows });
    }
    Ok(found)
}

impl Screen for Targets {
    fn contexts(&self) -> &'static [Context] {
        Context::Targets.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if matches!(input, Input::Tick) {
            self.take();
            return Vec::new();
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
        let table = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(4),
            ..area
        };
        self.table.layout(table, &self.lines);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        match (&self.coming, self.counted()) {
            (Later::Failed(why), _) => {
                canvas.text(2, 1, why.get(lang), Role::Error);
            }
            (Later::Unasked, None) => {
                canvas.text(2, 1, NO_PLAN.get(lang), Role::Dim);
            }
            (_, None) => {
                canvas.text(2, 1, COUNTING.get(lang), Role::Dim);
            }
            (_, Some(counted)) => {
                let width = canvas.width().saturating_sub(2);
                canvas.text_in(1, 0, width, &counted.plan.title, Role::Strong);
                let table = Rect::new(0, 2, canvas.width(), canvas.height().saturating_sub(4));
                canvas.within(table, |canvas| self.table.draw(canvas, &self.lines));
                let bottom = canvas.height().saturating_sub(1);
                if let Some(row) = self.lines.row(self.table.row()) {
                    canvas.text_in(1, bottom, width, &rows::told(row, self.as_of, lang), Role::Dim);
                }
            }
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let mut heading = Heading::new(TITLE.get(lang));
        if let Some(counted) = self.counted() {
            heading.title = format!("{} · {}", TITLE.get(lang), counted.plan.code);
            heading = heading.fact(format!("{}/{}", self.at + 1, self.plans.len()));
        }
        if self.units == Units::Each {
            heading = heading.fact(BY_UNIT.get(lang));
        }
        heading
    }

    fn offers(&self) -> Vec<Offer> {
        [
            Action::Open,
            Action::PeriodForward,
            Action::ByUnit,
            Action::New,
            Action::Edit,
        ]
        .into_iter()
        .map(Offer::from)
        .collect()
    }

    fn wakes_after(&self) -> Option<std::time::Duration> {
        self.coming.wakes_after()
    }
}

#[cfg(test)]
mod tests;
