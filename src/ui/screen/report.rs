//! The weekly summary: what the document says, in the window. Enter on a number lists the records behind it; what only
//! the officer can write is written in its place; one key exports, and the file's path is told.
//!
//! A week exported as a document is closed: the next week's report shows it as it was sent.

pub mod lines;
pub mod which;
pub mod window;
pub mod write;

use crate::domain::id::Id;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::text::{Lang, Message, Text};
use crate::report::weekly::layout::Frame;
use crate::report::weekly::sending::{self, Format, Parting};
use crate::report::weekly::{self, Column, Sent, WeeklySummary, closed};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::records::RecordList;
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen, openers};
use crate::ui::widget::roll::{self, Cursor, Roll};
use lines::{Leads, Line};
use ratatui::layout::Rect;
use std::time::Duration;
use which::{Chosen, Which};
use write::Write;

const TITLE: Text = Text::new("Báo cáo tuần", "Weekly report");
const ALREADY: Text = Text::new(
    "Tuần này đã chốt đúng số này rồi.",
    "The week is closed with just these figures.",
);
const CLOSED: Text = Text::new(
    "Đã chốt số liệu của tuần; báo cáo tuần sau sẽ so với số này.",
    "The week's figures are closed; next week's report will compare with them.",
);

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The figures.
    pub summary: WeeklySummary,
    /// What stands around them.
    pub frame: Frame,
    /// The report as it was sent, if it was.
    pub closed: Option<Sent>,
    /// Whether the units below are told apart.
    pub parting: Parting,
}

impl Preview {
    /// None where the office is not set.
    fn read(read: &dyn Read, period: Period, parting: Parting) -> Result<Option<Preview>, StoreError> {
        let Some(office) = read.office() else { return Ok(None) };
        let summary = weekly::collect(read, period, &office)?;
        let frame = sending::frame(read, &summary, sending::now(read), parting)?;
        let closed = Sent::of(read, period, &office)?;
        Ok(Some(Preview {
            summary,
            frame,
            closed,
            parting,
        }))
    }
}

/// The weekly report.
pub struct ReportScreen {
    /// The week; the usual one once there is a clock to ask.
    period: Option<Period>,
    parting: Parting,
    preview: Later<Option<Preview>>,
    /// What was asked for before the figures were there.
    wanted: Option<Format>,
    lines: Vec<Line>,
    roll: Roll,
    /// The column of figures that Enter looks behind.
    column: usize,
    which: Which,
    lang: Lang,
    area: Rect,
}

impl Default for ReportScreen {
    fn default() -> ReportScreen {
        ReportScreen::new()
    }
}

impl ReportScreen {
    /// The report of the usual week: the last whole one, or this one from Friday noon.
    pub fn new() -> ReportScreen {
        ReportScreen {
            period: None,
            parting: Parting::Whole,
            preview: Later::Unasked,
            wanted: None,
            lines: Vec::new(),
            roll: Roll::default(),
            column: 0,
            which: Which::default(),
            lang: Lang::Vi,
            area: Rect::default(),
        }
    }

    /// The report of a week.
    pub fn of(week: Period) -> ReportScreen {
        ReportScreen {
            period: Some(week),
            ..ReportScreen::new()
        }
    }

    fn shown(&self) -> Option<&Preview> {
        self.preview.get().and_then(Option::as_ref)
    }

    fn read(&mut self, cx: &Cx<'_>) {
        let start = cx.settings.week_start.weekday();
        let usual = || sending::usual_week(sending::now(cx.read), start);
        let period = *self.period.get_or_insert_with(usual);
        let parting = self.parting;
        self.lang = cx.prefs.lang;
        self.preview
            .read(cx.store, move |read| Preview::read(read, period, parting));
        self.arrange();
    }

    /// Makes the lines anew, for another width, language or preview.
    fn arrange(&mut self) {
        self.lines = match self.shown() {
            Some(preview) if self.area.width > 0 => lines::of(preview, self.lang, self.area.width),
            _ => Vec::new(),
        };
        self.roll.set_lines(self.lines.iter().map(Line::stop).collect());
        self.roll.layout(self.area);
    }

    fn columns(&self) -> Vec<Column> {
        self.shown().map(lines::columns).unwrap_or_default()
    }

    fn go_to(&mut self, period: Option<Period>, cx: &Cx<'_>) -> Vec<Command> {
        let Some(period) = period else { return Vec::new() };
        self.period = Some(period);
        self.preview = Later::Unasked;
        self.read(cx);
        self.roll.go(0);
        Vec::new()
    }

    fn open(&self, line: usize, cx: &Cx<'_>) -> Vec<Command> {
        let Some(line) = self.lines.get(line) else {
            return Vec::new();
        };
        match line {
            Line::Figure(at, _) => self.open_figure(*at),
            Line::Words { leads: Some(leads), .. } => self.follow(leads.clone(), cx),
            _ => Vec::new(),
        }
    }

    /// The records behind the number under the cursor.
    fn open_figure(&self, at: usize) -> Vec<Command> {
        let (Some(preview), Some(column)) = (self.shown(), self.columns().get(self.column).copied()) else {
            return Vec::new();
        };
        let Some(line) = preview.summary.lines.get(at) else {
            return Vec::new();
        };
        let ids = line
            .counted(column)
            .map(|counted| counted.ids.clone())
            .unwrap_or_default();
        if ids.is_empty() {
            return window::tell_nothing_behind();
        }
        let heading = lines::heading(preview, column);
        let title = Message::new(
            format!("{} · {}", line.label.vi, heading.vi),
            format!("{} · {}", line.label.en, heading.en),
        );
        list(title, ids)
    }

    fn follow(&self, leads: Leads, cx: &Cx<'_>) -> Vec<Command> {
        match leads {
            Leads::Record(kind, id) => Command::push(openers::record(kind, id, cx)),
            Leads::Records(title, ids) => list(title, ids),
            Leads::Write(part) => {
                let Some(preview) = self.shown() else { return Vec::new() };
                let screen = Write::of_week(part, &preview.summary, &preview.frame.remarks, self.lang);
                vec![Command::Push(Box::new(screen))]
            }
        }
    }

    /// Writes the file on a thread; where the figures are not there yet, once they are.
    fn export(&mut self, format: Format, cx: &Cx<'_>) -> Vec<Command> {
        if !self.preview.is_here() {
            self.wanted = Some(format);
            return Vec::new();
        }
        let Some(preview) = self.shown().cloned() else {
            return window::tell_no_office();
        };
        let lang = cx.prefs.lang;
        window::export(format, cx, move |read, folder| {
            let made = sending::now(read);
            let bytes = format.write(read, &preview.summary, &preview.frame, made, lang)?;
            Ok((sending::free_path(folder, read, &preview.summary, format), bytes))
        })
    }

    /// Freezes the figures of the week; none where they stand so already.
    fn close(&self, cx: &Cx<'_>, said: Message) -> Option<Vec<Command>> {
        let summary = &self.shown()?.summary;
        let own = cx.read.office().as_deref() == Some(&summary.unit);
        if !own || summary.period.kind != PeriodKind::Week {
            return None;
        }
        window::freeze(closed::frozen(cx.read, summary, cx.read.today()), said)
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Vec<Command> {
        let columns = self.columns().len();
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(columns.saturating_sub(1)),
            Action::PeriodBack => return self.go_to(self.period.and_then(|period| period.previous()), cx),
            Action::PeriodForward => {
                let this = Period::week_of(cx.read.today(), cx.settings.week_start.weekday());
                let next = self.period.and_then(|period| period.next_week());
                return self.go_to(next.filter(|next| next.from <= this.from), cx);
            }
            Action::ChoosePeriod => return self.which.ask(PeriodKind::Week, cx),
            Action::ByUnit => {
                self.parting = window::turned(self.parting);
                self.read(cx);
            }
            Action::ClosePeriod => {
                let told = || vec![Command::Tell(Notice::good(ALREADY))];
                return self.close(cx, CLOSED.into()).unwrap_or_else(told);
            }
            // Already here.
            Action::ReportWeek | Action::GoReports => {}
            _ => {
                return match window::format_of(action) {
                    Some(format) => self.export(format, cx),
                    None => vec![Command::Pass],
                };
            }
        }
        Vec::new()
    }

    fn tick(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        self.preview.look();
        self.arrange();
        match self.wanted.take() {
            Some(format) if self.preview.failure().is_none() => self.export(format, cx),
            _ => Vec::new(),
        }
    }
}

fn list(title: Message, ids: Vec<Id>) -> Vec<Command> {
    vec![Command::Push(Box::new(RecordList::new(title, ids)))]
}

impl Screen for ReportScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Report.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Tick => return self.tick(cx),
            Input::Finished(Ok(answer)) => {
                return window::exported(answer, || self.close(cx, Message::default()));
            }
            Input::Answer(answer) => {
                return match self.which.chosen(answer, cx.read.today()) {
                    Chosen::Period(week) if week.kind == PeriodKind::Week => self.go_to(Some(week), cx),
                    Chosen::Period(other) => vec![Command::Replace(which::report(other))],
                    Chosen::Step(commands) => commands,
                };
            }
            _ => {}
        }
        match (self.roll.update(input), input.action()) {
            (roll::Outcome::Open(line), _) => self.open(line, cx),
            (roll::Outcome::Moved, _) => Vec::new(),
            (roll::Outcome::Pass, Some(action)) => self.act(action, cx),
            (roll::Outcome::Pass, None) => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.read(cx);
    }

    fn layout(&mut self, area: Rect) {
        let other = self.area.width != area.width;
        self.area = area;
        if other {
            self.arrange();
        } else {
            self.roll.layout(area);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Some(preview) = self.shown() else {
            return window::draw_absent(canvas, &self.preview);
        };
        self.roll.draw(canvas, Cursor::Shown, |row, line| {
            let here = self.roll.at() == Some(line);
            lines::draw(&self.lines[line], preview, here.then_some(self.column), row);
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        let period = self.period.map(|period| period.label());
        let title = match &period {
            Some(period) => format!("{} · {}", TITLE.get(lang), period.get(lang)),
            None => TITLE.get(lang).to_owned(),
        };
        let closed = self.shown().and_then(|preview| preview.closed.as_ref());
        window::with_closing(Heading::new(title), closed.and_then(|sent| sent.closed_on), lang)
    }

    fn offers(&self) -> Vec<Offer> {
        let open = match self.roll.at().and_then(|line| self.lines.get(line)) {
            Some(Line::Words {
                leads: Some(Leads::Write(_)),
                ..
            }) => Some(Text::new("viết", "write")),
            Some(Line::Figure(..)) => Some(Text::new("xem bản ghi", "records")),
            Some(_) => Some(Action::Open.label()),
            None => None,
        };
        let mut offers: Vec<Offer> = [
            Action::ExportDocx,
            Action::ExportXlsx,
            Action::ExportCsv,
            Action::ExportText,
        ]
        .map(Offer::from)
        .to_vec();
        offers.extend(open.map(|label| Offer::named(Action::Open, label)));
        offers.extend([
            Offer::named(Action::PeriodBack, Text::new("tuần trước", "week before")),
            Offer::named(Action::ChoosePeriod, Text::new("chọn kỳ", "choose period")),
            Action::Back.into(),
            Action::ByUnit.into(),
            Action::ClosePeriod.into(),
            Action::ExportMarkdown.into(),
        ]);
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.preview.wakes_after()
    }
}
