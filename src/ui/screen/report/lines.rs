//! The report as lines of the window, in the order of the document: figures, points to note, next week, the officer's
//! own words. Only lines with anything in them, as in the document.

use super::Preview;
use super::write::Part;
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::report::doc::NOTHING_HAPPENED;
use crate::report::weekly::attention::Topic;
use crate::report::weekly::layout::Shown;
use crate::report::weekly::sending::Parting;
use crate::report::weekly::{Attention, Column, Measure, Source, SummaryLine, Wanted};
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::roll;
use crate::vietnamese::number::{format_count, format_millions, format_percent};
use chrono::Datelike;

const RESULTS: Text = Text::new("I. KẾT QUẢ TRONG TUẦN", "I. RESULTS OF THE WEEK");
const POINTS: Text = Text::new("II. ĐIỂM CẦN CHÚ Ý", "II. POINTS TO NOTE");
const NEXT: Text = Text::new("III. VIỆC TUẦN TỚI", "III. NEXT WEEK");
const REMARKS: Text = Text::new("IV. NHẬN XÉT", "IV. REMARKS");
const PROPOSALS: Text = Text::new("V. KIẾN NGHỊ", "V. PROPOSALS");
const BY_UNIT: Text = Text::new("THEO ĐƠN VỊ TRỰC THUỘC", "BY UNIT BELOW");
const NONE_BELOW: Text = Text::new(
    "Không đơn vị trực thuộc nào có số liệu riêng.",
    "No unit below has figures of its own.",
);
const DECLARED: Text = Text::new(
    "(*) Có số liệu do đơn vị gửi",
    "(*) Holds figures that the unit declared",
);
const NO_FIGURES: Text = Text::new("Không có số liệu", "Without figures");
const TO_WRITE: Text = Text::new("(chưa có; Enter để viết)", "(none yet; Enter to write)");
const TARGET: Text = Text::new("chỉ tiêu", "target");
const OTHERS: Text = Text::new("và {} trường hợp khác", "and {} more");
const NONE: Text = Text::new(NOTHING_HAPPENED, "Nothing to report");

/// What a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// A record.
    Record(&'static str, Id),
    /// Several, behind a title.
    Records(Message, Vec<Id>),
    /// Writing the officer's own words.
    Write(Part),
}

/// One line of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A space.
    Blank,
    /// The heading of a part.
    Title(Text),
    /// The heading of the figures, with the names of their columns.
    Columns,
    /// A line of figures, by its place in the summary, and its name as far as one row has room for it.
    Figure(usize, String),
    /// Words, and where they lead; a line that goes on leads nowhere.
    Words {
        /// Cells that they are indented.
        indent: u16,
        /// The words, as wide as the window.
        text: String,
        /// What Enter opens.
        leads: Option<Leads>,
    },
    /// The main figures of a unit below, by its place.
    Unit(usize),
}

impl Line {
    /// Whether the cursor stops there.
    pub fn stop(&self) -> roll::Line {
        match self {
            Line::Figure(..) | Line::Words { leads: Some(_), .. } => roll::Line::Stop,
            _ => roll::Line::Plain,
        }
    }
}

/// The lines of a report in a window of a width.
pub fn of(preview: &Preview, lang: Lang, width: u16) -> Vec<Line> {
    let mut lines = Lines {
        lines: vec![Line::Columns],
        width: width.saturating_sub(2),
        lang,
    };
    lines.figures(preview);
    lines.points(preview);
    lines.next_week(preview);
    lines.written(REMARKS, Part::Remarks, &preview.frame.remarks.remarks);
    lines.written(PROPOSALS, Part::Proposals, &preview.frame.remarks.proposals);
    lines.lines
}

struct Lines {
    lines: Vec<Line>,
    width: u16,
    lang: Lang,
}

impl Lines {
    fn title(&mut self, title: Text) {
        self.lines.extend([Line::Blank, Line::Title(title)]);
    }

    /// Words on as many lines as they need; the first leads somewhere.
    fn words(&mut self, indent: u16, text: &str, leads: Option<Leads>) {
        let room = usize::from(self.width.saturating_sub(indent + 2)).max(10);
        for (row, text) in wrap(text, room).into_iter().enumerate() {
            self.lines.push(Line::Words {
                indent: if row == 0 { indent } else { indent + 2 },
                text,
                leads: leads.clone().filter(|_| row == 0),
            });
        }
    }

    fn figures(&mut self, preview: &Preview) {
        let shown = Shown::new(&preview.summary, preview.frame.sent.as_ref());
        if preview.summary.is_quiet() {
            self.words(0, NONE.get(self.lang), None);
        }
        let columns = shown.columns();
        for (at, line) in preview.summary.lines.iter().enumerate() {
            let filled = columns.iter().any(|column| shown.value(&line.code, *column) != 0);
            if filled || line.target.is_some() {
                self.figure(at, line, columns.len());
            }
        }
        if preview.parting == Parting::ByUnit {
            self.title(BY_UNIT);
            if preview.frame.parts.is_empty() {
                self.words(0, NONE_BELOW.get(self.lang), None);
            }
            let parts = &preview.frame.parts;
            let filled = (0..parts.len()).filter(|at| !parts[*at].is_empty());
            self.lines.extend(filled.map(Line::Unit));
            if parts.iter().any(|part| part.source == Source::Declared) {
                self.words(0, DECLARED.get(self.lang), None);
            }
            let quiet: Vec<&str> = preview.frame.quiet().map(|part| part.name.as_str()).collect();
            if !quiet.is_empty() {
                let text = format!("{} ({}): {}", NO_FIGURES.get(self.lang), quiet.len(), quiet.join(", "));
                self.words(0, &text, None);
            }
        }
    }

    /// A line of figures; a name too long for its column goes on below.
    fn figure(&mut self, at: usize, line: &SummaryLine, columns: usize) {
        let (indent, label) = label(line, self.lang);
        let room = places(self.width + 1, columns).label.saturating_sub(indent);
        let mut parts = wrap(&label, usize::from(room)).into_iter();
        self.lines.push(Line::Figure(at, parts.next().unwrap_or_default()));
        self.lines.extend(parts.map(|text| Line::Words {
            indent: indent + 2,
            text,
            leads: None,
        }));
    }

    fn points(&mut self, preview: &Preview) {
        self.title(POINTS);
        if preview.summary.attention.is_empty() {
            self.words(0, NONE.get(self.lang), None);
        }
        for point in &preview.summary.attention {
            let leads = (!point.ids.is_empty()).then(|| Leads::Records(point.text.clone(), point.ids.clone()));
            self.words(0, &format!("- {}", point.text.get(self.lang)), leads);
            for named in &point.named {
                let leads = Leads::Record(kind_named(point), named.id);
                self.words(2, &format!("+ {}", named.text.get(self.lang)), Some(leads));
            }
            if point.others > 0 {
                let others = OTHERS.get(self.lang).replace("{}", &format_count(point.others as i64));
                self.words(2, &format!("+ {others}"), None);
            }
        }
    }

    fn next_week(&mut self, preview: &Preview) {
        self.title(NEXT);
        if preview.summary.next_week.is_empty() {
            self.words(0, NONE.get(self.lang), None);
        }
        for coming in &preview.summary.next_week {
            let who = match coming.officers.as_slice() {
                [] => String::new(),
                officers => format!(" – {}", officers.join(", ")),
            };
            let said = format!("- {}: {}{who}", coming.day().get(self.lang), coming.text.get(self.lang));
            let leads = match coming.ids.as_slice() {
                [one] => Leads::Record(coming.kind, *one),
                several => Leads::Records(coming.text.clone(), several.to_vec()),
            };
            self.words(0, &said, Some(leads));
        }
    }

    fn written(&mut self, title: Text, part: Part, words: &[String]) {
        self.title(title);
        if words.is_empty() {
            self.words(0, TO_WRITE.get(self.lang), Some(Leads::Write(part)));
        }
        for line in words {
            self.words(0, &format!("- {line}"), Some(Leads::Write(part)));
        }
    }
}

/// The kind of the records that a point names.
fn kind_named(point: &Attention) -> &'static str {
    match point.topic {
        Topic::Overdue => "issue",
        Topic::Deadline => "filing",
        Topic::Managers => "role",
        _ => "cooperative",
    }
}

/// The columns of figures that a report has.
pub fn columns(preview: &Preview) -> Vec<Column> {
    Shown::new(&preview.summary, None).columns()
}

/// What a column is called.
pub fn heading(preview: &Preview, column: Column) -> Message {
    match column {
        Column::This => Message::new("tuần này", "this week"),
        Column::Previous => Message::new("tuần trước", "last week"),
        Column::Year => Message::new("năm nay", "this year"),
        Column::ClosedYear => {
            let year = preview.summary.period.to.year() - 1;
            Message::new(format!("cả năm {year}"), format!("all {year}"))
        }
    }
}

/// Where the columns of figures end, the first first, and where the target begins; none where there is no room.
struct Places {
    label: u16,
    ends: Vec<u16>,
    target: Option<u16>,
}

fn places(width: u16, columns: usize) -> Places {
    // Room for this period, the others, and the target.
    let (this, other, target) = match width {
        0..70 => (9, 11, 0),
        70..110 => (9, 11, 14),
        _ => (12, 14, 24),
    };
    let others = u16::try_from(columns).unwrap_or(1).saturating_sub(1);
    let figures = this + other * others;
    // Beyond this the figures would lie too far from their names to be read across.
    let label = width.saturating_sub(figures + target + 1).min(64);
    Places {
        label,
        ends: (0..=others).map(|column| label + this + column * other).collect(),
        target: (target > 0).then_some(label + figures + 2),
    }
}

/// Draws a line on a canvas of one row; `column` is the column of figures under the cursor, where that is here.
pub fn draw(line: &Line, preview: &Preview, column: Option<usize>, row: &mut Canvas<'_>) {
    match line {
        Line::Blank => {}
        Line::Title(text) => _ = row.text(0, 0, text.get(row.lang), Role::Heading),
        Line::Columns => draw_columns(preview, row),
        Line::Figure(at, label) => {
            if let Some(line) = preview.summary.lines.get(*at) {
                draw_figures(preview, (line, label), column, row);
            }
        }
        Line::Words { indent, text, .. } => _ = row.text(*indent, 0, text, Role::Text),
        Line::Unit(at) => draw_unit(preview, *at, row),
    }
}

fn draw_columns(preview: &Preview, row: &mut Canvas<'_>) {
    let columns = columns(preview);
    let places = places(row.width(), columns.len());
    row.text_in(0, 0, places.label, RESULTS.get(row.lang), Role::Heading);
    for (column, end) in columns.into_iter().zip(&places.ends) {
        row.text_right(*end, 0, heading(preview, column).get(row.lang), Role::Dim);
    }
    if let Some(x) = places.target {
        row.text(x, 0, TARGET.get(row.lang), Role::Dim);
    }
}

fn draw_figures(preview: &Preview, (line, name): (&SummaryLine, &str), cursor: Option<usize>, row: &mut Canvas<'_>) {
    let shown = Shown::new(&preview.summary, preview.frame.sent.as_ref());
    let columns = columns(preview);
    let places = places(row.width(), columns.len());
    let indent = if line.code.contains('.') { SORT } else { 0 };
    row.text_in(indent, 0, places.label.saturating_sub(indent), name, Role::Text);
    for (place, (column, end)) in columns.iter().zip(&places.ends).enumerate() {
        let value = shown.value(&line.code, *column);
        let role = match (cursor, column) {
            _ if value == 0 => Role::Dim,
            (_, Column::This) => Role::Strong,
            _ => Role::Text,
        };
        let figure = figure(value, line.measure);
        // The number that Enter looks behind stands in brackets: without colours too it is seen.
        if cursor == Some(place) {
            row.text_right(*end + 1, 0, &format!("[{figure}]"), role);
        } else {
            row.text_right(*end, 0, &figure, role);
        }
    }
    if let (Some(x), Some(wanted)) = (places.target, line.target) {
        let year = line.value(Column::Year);
        let role = if year as f64 >= wanted.low {
            Role::Good
        } else {
            Role::Text
        };
        row.text(x, 0, &target(wanted, year, line.measure), role);
    }
}

/// Cells that sorts of visits and supports are indented.
const SORT: u16 = 2;

/// What a line is called here, and how far it is indented: the sorts of visits and supports stand below their sum.
pub fn label(line: &SummaryLine, lang: Lang) -> (u16, String) {
    let label = line.label.get(lang);
    let sort = label.split_once(": ").filter(|_| line.code.contains('.'));
    let (indent, label) = sort.map_or((0, label.to_owned()), |(_, sort)| (SORT, format!("- {sort}")));
    match line.measure {
        Measure::Dong => (
            indent,
            label.replace("(đồng)", Text::new("(triệu đồng)", "(million đồng)").get(lang)),
        ),
        Measure::Number => (indent, label),
    }
}

/// A figure: money in millions, nothing as a dash.
pub fn figure(value: i64, measure: Measure) -> String {
    match (value, measure) {
        (0, _) => "–".to_owned(),
        (value, Measure::Dong) => format_millions(value),
        (value, Measure::Number) => format_count(value),
    }
}

/// "220 (36,4%)", "12–15".
fn target(wanted: Wanted, year: i64, measure: Measure) -> String {
    let low = wanted.low.ceil() as i64;
    match wanted.high {
        Some(high) => format!("{}–{}", figure(low, measure), figure(high as i64, measure)),
        None if low > 0 => {
            let percent = format_percent(year, low);
            format!("{} ({}%)", figure(low, measure), percent.trim_end_matches('%'))
        }
        None => figure(low, measure),
    }
}

/// The main figures of a unit below: visits, issues noted, attendances, of the week and the year.
fn draw_unit(preview: &Preview, at: usize, row: &mut Canvas<'_>) {
    let Some(part) = preview.frame.parts.get(at) else {
        return;
    };
    let figures = [
        ("VISITS", Text::new("thăm", "visits")),
        ("TRAIN_ATTEND", Text::new("tập huấn", "training")),
        ("OUTREACH", Text::new("truyền thông", "outreach")),
    ];
    let words: Vec<String> = figures
        .iter()
        .map(|(code, word)| {
            let (this, year) = (part.value(code, Column::This), part.value(code, Column::Year));
            format!("{} {this}/{year}", word.get(row.lang))
        })
        .collect();
    let words = words.join(" · ");
    let end = row.width();
    let x = row.text_right(end.saturating_sub(2), 0, &words, Role::Text);
    let name = part.source.named(&part.name, row.lang);
    row.text_in(0, 0, x.saturating_sub(2), &name, Role::Text);
}
