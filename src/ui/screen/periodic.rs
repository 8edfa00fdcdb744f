//! The periodic reports: which period and programme, what only the officer can write, and the report as it will be sent.
//! One key exports; a report that was sent is closed, and what changes afterwards is told in it.

mod figures;
mod form;
mod lines;
mod preview;

use std::path::PathBuf;
use std::time::Duration;

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::domain::period::{Period, PeriodKind};
use crate::domain::text::{Lang, Message, Text};
use crate::report::periodic::closing::{self, Freeze};
use crate::report::periodic::fill;
use crate::report::periodic::sending::{self, Format, Parting};
use crate::report::periodic::words::PARTS;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::records::RecordList;
use crate::ui::screen::report::which::{self, Chosen, Which};
use crate::ui::screen::report::window;
use crate::ui::screen::report::write::{Place, Write};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::widget::roll::{self, Cursor, Roll};
use lines::Line;
use preview::{Preview, Programmes};

const TITLE: Text = Text::new("Báo cáo", "Report");
const ALREADY: Text = Text::new(
    "Kỳ này đã chốt đúng số này rồi.",
    "The period is closed with just these figures.",
);
const CLOSED: Text = Text::new(
    "Đã chốt số liệu của kỳ; thay đổi về sau sẽ ghi là bổ sung sau báo cáo.",
    "The period's figures are closed; later changes will be told as supplements.",
);

/// The screen.
pub struct PeriodicScreen {
    period: Period,
    programmes: Programmes,
    parting: Parting,
    preview: Later<Option<Preview>>,
    /// What was asked for before the figures were there.
    wanted: Option<Format>,
    /// Whether a form was asked for, not a period.
    asks_form: bool,
    lines: Vec<Line>,
    roll: Roll,
    which: Which,
    area: Rect,
}

impl PeriodicScreen {
    /// The half-year or the year whose report is due next.
    pub fn new(cx: &Cx<'_>) -> PeriodicScreen {
        let today = cx.store.today();
        let half = sending::holding(PeriodKind::HalfYear, today);
        // In the second half the report owed next is the year's.
        let in_first = half.is_some_and(|half| half.from.month() == 1);
        let year = || sending::holding(PeriodKind::Year, today);
        let period = if in_first { half } else { year() };
        PeriodicScreen::of(period.unwrap_or(Period {
            kind: PeriodKind::Range,
            from: today,
            to: today,
        }))
    }

    /// The report on a period.
    pub fn of(period: Period) -> PeriodicScreen {
        PeriodicScreen {
            period,
            programmes: Programmes::Both,
            parting: Parting::Whole,
            preview: Later::Unasked,
            wanted: None,
            asks_form: false,
            lines: Vec::new(),
            roll: Roll::default(),
            which: Which::default(),
            area: Rect::default(),
        }
    }

    fn shown(&self) -> Option<&Preview> {
        self.preview.get().and_then(Option::as_ref)
    }

    fn read(&mut self, cx: &Cx<'_>) {
        let (period, programmes, parting) = (self.period, self.programmes, self.parting);
        self.preview
            .read(cx.store, move |read| Preview::read(read, period, programmes, parting));
        self.arrange();
    }

    /// Makes the lines anew, for another width or preview.
    fn arrange(&mut self) {
        let lines = self.shown().map(|preview| lines::of(preview, self.area.width));
        self.lines = lines.unwrap_or_default();
        self.roll.set_lines(self.lines.iter().map(Line::stop).collect());
        self.roll.layout(self.area);
    }

    fn go_to(&mut self, period: Option<Period>, cx: &Cx<'_>) -> Vec<Command> {
        if let Some(period) = period {
            self.period = period;
            self.preview = Later::Unasked;
            self.read(cx);
            self.roll.go(0);
        }
        Vec::new()
    }

    /// The period of the same sort after this one, if it has begun.
    fn following(&self, today: NaiveDate) -> Option<Period> {
        let next = self.period.to.succ_opt()?;
        sending::holding(self.period.kind, next).filter(|next| next.from <= today)
    }

    /// Writes the part under the cursor, or lists the records behind the figure.
    fn open(&self, line: usize, lang: Lang) -> Vec<Command> {
        match self.lines.get(line) {
            Some(Line::Part(part)) => self.write(*part, lang),
            Some(Line::Figure(figure)) if figure.ids.is_empty() => window::tell_nothing_behind(),
            Some(Line::Figure(figure)) => {
                let list = RecordList::new(figure.title.clone(), figure.ids.clone());
                vec![Command::Push(Box::new(list))]
            }
            _ => Vec::new(),
        }
    }

    fn write(&self, part: usize, lang: Lang) -> Vec<Command> {
        let (Some(preview), Some((key, title))) = (self.shown(), PARTS.get(part)) else {
            return Vec::new();
        };
        let asked = &preview.report.asked;
        let place = Place {
            title: title.get(lang).to_string(),
            report: asked.report(),
            period: asked.period,
            unit: asked.unit.clone(),
            part: key,
        };
        vec![Command::Push(Box::new(Write::new(place, preview.report.words.of(key))))]
    }

    /// Writes the file; where the figures are not there yet, once they are.
    fn export(&mut self, format: Format, cx: &Cx<'_>) -> Vec<Command> {
        if !self.preview.is_here() {
            self.wanted = Some(format);
            return Vec::new();
        }
        self.write_file(format, None, cx)
    }

    /// Writes the file on a thread, as a filled form where one was chosen.
    fn write_file(&self, format: Format, form: Option<PathBuf>, cx: &Cx<'_>) -> Vec<Command> {
        let Some(preview) = self.shown().cloned() else {
            return window::tell_no_office();
        };
        window::export(format, cx, move |read, folder| {
            let made = sending::now(read);
            let bytes = match &form {
                Some(form) => fill::fill(form, &preview.report, &preview.frame, made.date())?,
                None => sending::write(format, &preview.report, &preview.frame, made)?,
            };
            Ok((sending::free_path(folder, &preview.report, format.extension()), bytes))
        })
    }

    /// Freezes the figures of the period; none where they stand so already.
    fn close(&self, cx: &Cx<'_>, freeze: Freeze, said: Message) -> Option<Vec<Command>> {
        let report = &self.shown()?.report;
        window::freeze(closing::frozen(cx.read, report, cx.read.today(), freeze), said)
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Vec<Command> {
        match action {
            Action::PeriodBack => return self.go_to(self.period.previous(), cx),
            Action::PeriodForward => return self.go_to(self.following(cx.store.today()), cx),
            Action::ChoosePeriod => {
                self.asks_form = false;
                return self.which.ask(self.period.kind, cx);
            }
            Action::Left | Action::Right => {
                self.programmes = self.programmes.next();
                self.preview = Later::Unasked;
                self.read(cx);
            }
            Action::ByUnit => {
                self.parting = window::turned(self.parting);
                self.read(cx);
            }
            Action::ClosePeriod => {
                let told = || vec![Command::Tell(Notice::good(ALREADY))];
                return self.close(cx, Freeze::Again, CLOSED.into()).unwrap_or_else(told);
            }
            Action::ExportForm => {
                self.asks_form = true;
                return form::ask(cx);
            }
            // Already here.
            Action::GoReports => {}
            _ => {
                return match window::format_of(action) {
                    Some(format) => self.export(format, cx),
                    None => vec![Command::Pass],
                };
            }
        }
        Vec::new()
    }
}

impl Screen for PeriodicScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Report.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Tick => {
                self.preview.look();
                if self.preview.is_here() {
                    self.arrange();
                }
                return match self.wanted.take() {
                    Some(format) if self.preview.failure().is_none() => self.export(format, cx),
                    _ => Vec::new(),
                };
            }
            Input::Finished(Ok(answer)) => {
                return window::exported(answer, || self.close(cx, Freeze::First, Message::default()));
            }
            Input::Answer(answer) if std::mem::take(&mut self.asks_form) => {
                let form = form::chosen(answer);
                return form.map_or_else(Vec::new, |(path, format)| self.write_file(format, Some(path), cx));
            }
            Input::Answer(answer) => {
                return match self.which.chosen(answer, cx.read.today()) {
                    Chosen::Period(week) if week.kind == PeriodKind::Week => {
                        vec![Command::Replace(which::report(week))]
                    }
                    Chosen::Period(other) => self.go_to(Some(other), cx),
                    Chosen::Step(commands) => commands,
                };
            }
            _ => {}
        }
        match (self.roll.update(input), input.action()) {
            (roll::Outcome::Open(line), _) => self.open(line, cx.prefs.lang),
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
            if let Some(line) = self.lines.get(line) {
                line.draw(preview, row);
            }
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        let period = self.period.label();
        let heading = Heading::new(format!("{} · {}", TITLE.get(lang), period.get(lang)));
        let mut heading = heading.fact(self.programmes.label().get(lang));
        if self.parting == Parting::ByUnit {
            heading = heading.fact(Text::new("theo đơn vị", "by unit").get(lang));
        }
        window::with_closing(heading, self.shown().and_then(|preview| preview.closed_on), lang)
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = [Action::ExportDocx, Action::ExportXlsx].map(Offer::from).to_vec();
        let open = match self.roll.at().and_then(|at| self.lines.get(at)) {
            Some(Line::Part(_)) => Some(Text::new("viết", "write")),
            Some(Line::Figure(_)) => Some(Text::new("xem bản ghi", "records")),
            _ => None,
        };
        offers.extend(open.map(|label| Offer::named(Action::Open, label)));
        offers.extend([
            Offer::named(Action::ChoosePeriod, Text::new("chọn kỳ", "choose period")),
            Offer::named(Action::Right, Text::new("Đề án", "programme")),
            Action::ByUnit.into(),
            Action::ClosePeriod.into(),
            Action::Back.into(),
            Action::PeriodBack.into(),
            Action::ExportCsv.into(),
            Action::ExportMarkdown.into(),
            Action::ExportText.into(),
            Action::ExportForm.into(),
        ]);
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.preview.wakes_after()
    }
}

#[cfg(test)]
mod tests;
