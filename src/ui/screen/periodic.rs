//! The periodic reports: which period and programme, what only the officer can write, and the report as it will be sent.
//! One key exports; a report that was sent is closed, and what changes afterwards is told in it.

mod form;

mod figures;

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::period::{Period, PeriodKind};
use crate::domain::programme::Line as Programme;
use crate::domain::text::{Lang, Message, Text};
use crate::report::periodic::closing::{self, Freeze};
use crate::report::periodic::layout::Frame;
use crate::report::periodic::sending::{self, Format, Parting};
use crate::report::periodic::words::PARTS;
use crate::report::periodic::{Asked, Periodic, collect, fill};
use crate::report::{file, plain};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Warnings, Work};
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::records::RecordList;
use crate::ui::screen::report::NOTHING_BEHIND;
use crate::ui::screen::report::which::{self, Chosen, Which};
use crate::ui::screen::report::write::{Place, Write};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task};
use crate::ui::theme::Role;
use crate::ui::widget::roll::{self, Cursor, Roll};
use crate::vietnamese::date::format_date;
use figures::Figure;

const TITLE: Text = Text::new("Báo cáo", "Report");
const READING: Text = Text::new("Đang tính số liệu…", "Counting…");
const NO_OFFICE: Text = Text::new(
    "Sổ này chưa biết là của cơ quan nào, nên chưa có báo cáo. Hãy đặt cơ quan trong Cài đặt.",
    "This logbook does not know its office yet, so there is no report. Set the office in Settings.",
);
const TO_WRITE: Text = Text::new("PHẦN CÁN BỘ VIẾT", "WHAT THE OFFICER WRITES");
const FIGURES: Text = Text::new("SỐ LIỆU, VÀ BẢN GHI ĐẰNG SAU", "FIGURES, AND THE RECORDS BEHIND");
const PREVIEW: Text = Text::new("XEM TRƯỚC", "PREVIEW");
const NOT_WRITTEN: Text = Text::new("(chưa có; Enter để viết)", "(none yet; Enter to write)");
const CARRIED: Text = Text::new("(chép từ kỳ trước)", "(carried over)");
const ALREADY: Text = Text::new(
    "Kỳ này đã chốt đúng số này rồi.",
    "The period is closed with just these figures.",
);
const CLOSED: Text = Text::new(
    "Đã chốt số liệu của kỳ; thay đổi về sau sẽ ghi là bổ sung sau báo cáo.",
    "The period's figures are closed; later changes will be told as supplements.",
);
/// Cells of a line that the cursor and the mark of more lines take.
const MARGIN: u16 = 4;

/// Which programmes are reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Programmes {
    Both,
    Cooperatives,
    StartUps,
}

impl Programmes {
    fn lines(self) -> Vec<Programme> {
        match self {
            Programmes::Both => sending::BOTH.to_vec(),
            Programmes::Cooperatives => vec![Programme::Cooperatives],
            Programmes::StartUps => vec![Programme::StartUps],
        }
    }

    fn next(self) -> Programmes {
        match self {
            Programmes::Both => Programmes::Cooperatives,
            Programmes::Cooperatives => Programmes::StartUps,
            Programmes::StartUps => Programmes::Both,
        }
    }

    fn label(self) -> Text {
        match self {
            Programmes::Both => Text::new("cả hai Đề án", "both programmes"),
            Programmes::Cooperatives => Text::new("Đề án 01", "cooperatives"),
            Programmes::StartUps => Text::new("Đề án khởi nghiệp", "start-ups"),
        }
    }
}

/// A report as it is shown.
#[derive(Clone, Debug)]
struct Preview {
    report: Periodic,
    frame: Frame,
    doc: crate::report::doc::Doc,
    closed_on: Option<NaiveDate>,
}

impl Preview {
    /// None where the office is not set.
    fn read(
        read: &dyn Read,
        period: Period,
        programmes: Programmes,
        parting: Parting,
    ) -> Result<Option<Preview>, StoreError> {
        let Some(office) = read.office() else { return Ok(None) };
        let now = sending::now(read);
        let lines = programmes.lines();
        let mut plans = sending::usual_plans(read, &office, period)?;
        if let [one] = lines.as_slice() {
            plans.retain(|plan| (plan.programme == "DA01") == (*one == Programme::Cooperatives));
        }
        let report = collect(read, Asked::new(period, &office, lines, plans, now.date()))?;
        let frame = sending::frame(read, &report, now, parting)?;
        let doc = crate::report::periodic::doc(&report, &frame, now);
        Ok(Some(Preview {
            doc,
            closed_on: closing::closed_on(read, &report.asked)?,
            report,
            frame,
        }))
    }
}

/// A line of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Title(Text),
    /// A part that the officer writes.
    Part(usize),
    /// A figure of the period.
    Figure(usize),
    /// A line of the report.
    Text(usize),
}

/// A file that was written.
struct Exported(PathBuf, Format);

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
    figures: Vec<Figure>,
    /// The report as text, as wide as the window.
    text: Vec<String>,
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
        let in_first = half.is_some_and(|half| chrono::Datelike::month(&half.from) == 1);
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
            figures: Vec::new(),
            text: Vec::new(),
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

    fn arrange(&mut self) {
        let mut lines = Vec::new();
        let width = usize::from(self.area.width.saturating_sub(MARGIN));
        let text = self.shown().map(|preview| plain::write_within(&preview.doc, width));
        self.text = text.unwrap_or_default().lines().map(str::to_string).collect();
        self.figures = self
            .shown()
            .map(|preview| figures::of(&preview.report))
            .unwrap_or_default();
        if self.shown().is_some() {
            lines.push(Line::Title(TO_WRITE));
            lines.extend((0..PARTS.len()).map(Line::Part));
            if !self.figures.is_empty() {
                lines.extend([Line::Blank, Line::Title(FIGURES)]);
                lines.extend((0..self.figures.len()).map(Line::Figure));
            }
            lines.extend([Line::Blank, Line::Title(PREVIEW)]);
            lines.extend((0..self.text.len()).map(Line::Text));
        }
        self.lines = lines;
        let text = &self.text;
        let stop = |line: &Line| match line {
            Line::Part(_) | Line::Figure(_) => roll::Line::Stop,
            Line::Text(at) if text.get(*at).is_some_and(|text| !text.is_empty()) => roll::Line::Stop,
            Line::Text(_) | Line::Blank | Line::Title(_) => roll::Line::Plain,
        };
        self.roll.set_lines(self.lines.iter().map(stop).collect());
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

    /// The records behind a figure.
    fn open_figure(&self, at: usize) -> Vec<Command> {
        let Some(figure) = self.figures.get(at) else {
            return Vec::new();
        };
        if figure.ids.is_empty() {
            return vec![Command::Tell(Notice::warning(NOTHING_BEHIND))];
        }
        let list = RecordList::new(figure.title.clone(), figure.ids.clone());
        vec![Command::Push(Box::new(list))]
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
            return vec![Command::Tell(Notice::warning(NO_OFFICE))];
        };
        let store = cx.store.clone();
        let work = move |_: &_| {
            let made = sending::now(&store.reader());
            let bytes = match &form {
                Some(form) => fill::fill(form, &preview.report, &preview.frame, made.date())?,
                None => sending::write(format, &preview.report, &preview.frame, made)?,
            };
            let folder = std::env::current_dir().unwrap_or_default();
            let path = sending::free_path(&folder, &preview.report, format.extension());
            file::save(&path, &bytes).map_err(|error| error.message())?;
            Ok(Answer::new(Exported(path, format)))
        };
        vec![Command::Spawn(Task {
            title: Text::new("Đang xuất báo cáo", "Exporting the report"),
            work: Box::new(work),
        })]
    }

    fn exported(&self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        let Some(Exported(path, format)) = answer.get::<Exported>() else {
            return Vec::new();
        };
        let mut commands = vec![Command::Tell(Notice::good(Message::new(
            format!("Đã xuất ra {}", path.display()),
            format!("Exported to {}", path.display()),
        )))];
        if format.is_sent() {
            commands.extend(self.close(cx, Freeze::First, Message::default()).unwrap_or_default());
        }
        commands
    }

    /// Freezes the figures of the period; none where they stand so already.
    fn close(&self, cx: &Cx<'_>, freeze: Freeze, said: Message) -> Option<Vec<Command>> {
        let preview = self.shown()?;
        let entry = match closing::frozen(cx.read, &preview.report, cx.read.today(), freeze) {
            Ok(entry) => entry?,
            Err(error) => return Some(vec![Command::Tell(Notice::bad(error.message()))]),
        };
        Some(vec![Command::Save(Work::transaction(move |txn| {
            txn.save(entry, Warnings::Accept)?;
            Ok(said)
        }))])
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
                self.parting = match self.parting {
                    Parting::Whole => Parting::ByUnit,
                    Parting::ByUnit => Parting::Whole,
                };
                self.read(cx);
            }
            Action::ClosePeriod => {
                let told = || vec![Command::Tell(Notice::good(ALREADY))];
                return self.close(cx, Freeze::Again, CLOSED.into()).unwrap_or_else(told);
            }
            Action::ExportDocx | Action::Export => return self.export(Format::Docx, cx),
            Action::ExportXlsx => return self.export(Format::Xlsx, cx),
            Action::ExportCsv => return self.export(Format::Csv, cx),
            Action::ExportMarkdown => return self.export(Format::Markdown, cx),
            Action::ExportText => return self.export(Format::Text, cx),
            Action::ExportForm => {
                self.asks_form = true;
                return form::ask(cx);
            }
            // Already here.
            Action::GoReports => {}
            _ => return vec![Command::Pass],
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
            Input::Finished(Ok(answer)) => return self.exported(answer, cx),
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
            (roll::Outcome::Open(line), _) => match self.lines.get(line) {
                Some(Line::Part(part)) => self.write(*part, cx.prefs.lang),
                Some(Line::Figure(at)) => self.open_figure(*at),
                _ => Vec::new(),
            },
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
        let lang = canvas.lang;
        if let Some(why) = self.preview.failure() {
            canvas.text(1, 1, why.get(lang), Role::Error);
            return;
        }
        let Some(preview) = self.shown() else {
            let said = if self.preview.is_here() { NO_OFFICE } else { READING };
            for (row, line) in (1..).zip(crate::ui::chrome::wrap(said.get(lang), usize::from(canvas.width()) - 2)) {
                canvas.text(1, row, &line, Role::Dim);
            }
            return;
        };
        self.roll.draw(canvas, Cursor::Shown, |row, line| {
            let width = row.width();
            match self.lines.get(line) {
                Some(Line::Title(title)) => _ = row.text(0, 0, title.get(lang), Role::Heading),
                Some(Line::Part(part)) => draw_part(row, preview, *part),
                Some(Line::Figure(at)) => {
                    if let Some(figure) = self.figures.get(*at) {
                        figure.draw(row);
                    }
                }
                Some(Line::Text(at)) => {
                    if let Some(text) = self.text.get(*at) {
                        row.text_in(0, 0, width, text, Role::Text);
                    }
                }
                Some(Line::Blank) | None => {}
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
        match self.shown().and_then(|preview| preview.closed_on) {
            Some(on) => {
                let word = Text::new("đã chốt", "closed").get(lang);
                heading.fact(format!("{word} {}", format_date(on)))
            }
            None => heading,
        }
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

/// A part, and its first line or what is to be done.
fn draw_part(row: &mut Canvas<'_>, preview: &Preview, part: usize) {
    let Some((key, title)) = PARTS.get(part) else { return };
    let lang = row.lang;
    let words = &preview.report.words;
    let column = 43.min(row.width() * 3 / 5);
    row.text_in(1, 0, column.saturating_sub(2), title.get(lang), Role::Text);
    let room = row.width().saturating_sub(column);
    match words.of(key) {
        [] => _ = row.text_in(column, 0, room, NOT_WRITTEN.get(lang), Role::Dim),
        [first, rest @ ..] => {
            let more = if rest.is_empty() {
                String::new()
            } else {
                format!(" (+{})", rest.len())
            };
            let carried = words.carried.iter().any(|carried| carried == key);
            let note = if carried {
                format!(" {}", CARRIED.get(lang))
            } else {
                String::new()
            };
            let role = if carried { Role::Warning } else { Role::Text };
            row.text_in(column, 0, room, &format!("{first}{more}{note}"), role);
        }
    }
}

#[cfg(test)]
mod tests;
