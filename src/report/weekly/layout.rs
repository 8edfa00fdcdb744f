//! The summary as an administrative report: the table of the week, points to note, next week, proposals, with letterhead
//! and signature. Shape after the weekly report that commune offices send (letterhead after Nghị định 30/2020/NĐ-CP).
//!
//! Reports are in Vietnamese whatever the interface speaks: they are sent to Vietnamese offices.

use chrono::{Datelike, NaiveDateTime};

use super::attention::Topic;
use super::{Column, Nature, Remarks, Sent, Source, SummaryLine, UnitPart, WeeklySummary};
use super::{by_unit, rows};
use crate::domain::catalog;
use crate::domain::period::Period;
use crate::domain::programme::{self, Line};
use crate::domain::text::{Lang, Message};
use crate::report::doc::{self, Block, Cell, Closing, Doc, Letterhead, Level, NOTHING_HAPPENED, RowStyle, Signature};
use crate::report::doc::{Table, Title};
use crate::vietnamese::date::format_date;
use crate::vietnamese::number::format_count;

/// A summary as it is shown: with last week's figures as they were sent.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The figures.
    pub summary: &'a WeeklySummary,
    /// Last week's report, if it was sent.
    pub sent: Option<&'a Sent>,
}

impl<'a> Shown<'a> {
    /// Over last week's report as it was sent.
    pub fn new(summary: &'a WeeklySummary, sent: Option<&'a Sent>) -> Shown<'a> {
        Shown { summary, sent }
    }

    /// The number of a line in a column, as it is printed.
    pub fn value(&self, code: &str, column: Column) -> i64 {
        let sent = self.sent.filter(|_| column == Column::Previous);
        let figure = sent.and_then(|sent| sent.figures.get(code)).copied();
        figure.unwrap_or_else(|| self.summary.value(code, column))
    }

    /// The columns of figures that the period has, in the order of the table.
    pub fn columns(&self) -> Vec<Column> {
        let order = [Column::This, Column::Previous, Column::ClosedYear, Column::Year];
        let has = |column: &Column| {
            let first = self.summary.lines.first();
            first.is_some_and(|line| line.counted(*column).is_some())
        };
        order.into_iter().filter(has).collect()
    }

    /// The heading of a column.
    pub fn heading(&self, column: Column) -> String {
        let period = self.summary.period;
        match column {
            Column::This => "Tuần này".to_string(),
            Column::Previous => "Tuần trước".to_string(),
            Column::Year => "Lũy kế năm".to_string(),
            Column::ClosedYear => format!("Cả năm {}", period.to.year() - 1),
        }
    }
}

/// What a report needs beside the figures.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The letterhead; none for a report without one.
    pub letterhead: Option<Letterhead>,
    /// Who signs.
    pub signature: Option<Signature>,
    /// The officer's own words.
    pub remarks: Remarks,
    /// Last week's report, if it was sent.
    pub sent: Option<Sent>,
    /// The units below, where they are asked for.
    pub parts: Vec<UnitPart>,
    /// The unit reported on, where another office reports.
    pub about: Option<String>,
}

impl Frame {
    /// The units below that have figures, and the unit itself.
    pub fn filled(&self) -> impl Iterator<Item = &UnitPart> {
        self.parts.iter().filter(|part| !part.is_empty())
    }

    /// The units below that have none.
    pub fn quiet(&self) -> impl Iterator<Item = &UnitPart> {
        self.parts.iter().filter(|part| part.is_empty())
    }
}

/// "Tuần 21"; a week that does not begin on Monday has no number.
pub fn week_name(period: Period) -> Message {
    match period.iso_week() {
        Some(_) => {
            let week = period.from.iso_week().week();
            Message::new(format!("Tuần {week}"), format!("Week {week}"))
        }
        None => Message::new("Tuần", "Week"),
    }
}

/// The report as a document, made at a moment: the hour at which the figures were cut off.
pub fn doc(summary: &WeeklySummary, frame: &Frame, made: NaiveDateTime) -> Doc {
    let mut doc = Doc::new(title(summary, frame, made), made);
    doc.letterhead.clone_from(&frame.letterhead);
    let shown = Shown::new(summary, frame.sent.as_ref());
    results(&mut doc.blocks, &shown, frame);
    attention(&mut doc.blocks, summary);
    next_week(&mut doc.blocks, summary);
    let part = |blocks: &mut Vec<Block>, heading: &str, lines: &[String]| {
        blocks.push(Block::heading(Level::Part, heading));
        blocks.extend(bullets(lines.iter().map(|line| ended(line))));
    };
    if frame.remarks.remarks.is_empty() {
        part(&mut doc.blocks, "IV. KIẾN NGHỊ", &frame.remarks.proposals);
    } else {
        part(&mut doc.blocks, "IV. NHẬN XÉT", &frame.remarks.remarks);
        part(&mut doc.blocks, "V. KIẾN NGHỊ", &frame.remarks.proposals);
    }
    if frame.signature.is_some() {
        doc.closing = Closing::Official;
        doc.signature.clone_from(&frame.signature);
    }
    doc
}

fn title(summary: &WeeklySummary, frame: &Frame, made: NaiveDateTime) -> Title {
    let period = summary.period;
    let list = catalog::list("programme");
    let programmes = [Line::Cooperatives, Line::StartUps]
        .into_iter()
        .flat_map(|line| programme::in_force(line, period.to))
        .filter_map(|code| Some(list?.get(&code)?.short().vi))
        .collect::<Vec<_>>()
        .join(" và ");
    let subject = if programmes.is_empty() {
        "Kết quả hỗ trợ phụ nữ phát triển kinh tế tập thể, khởi nghiệp".to_string()
    } else {
        format!("Kết quả thực hiện {programmes}")
    };
    let cut_off = format!(
        "{} giờ {:02} ngày {}",
        made.format("%H"),
        made.format("%M"),
        short_day(made)
    );
    let mut title = Title::new(format!("BÁO CÁO {}", week_name(period).vi.to_uppercase()), subject);
    title.period = vec![format!(
        "(từ {} đến {}; chốt số {cut_off})",
        short(period.from),
        short(period.to)
    )];
    title
        .subject
        .extend(frame.about.iter().map(|unit| format!("Đơn vị: {unit}")));
    title
}

fn short(day: chrono::NaiveDate) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

fn short_day(made: NaiveDateTime) -> String {
    short(made.date())
}

fn results(blocks: &mut Vec<Block>, shown: &Shown<'_>, frame: &Frame) {
    blocks.push(Block::heading(Level::Part, "I. KẾT QUẢ TRONG TUẦN"));
    if shown.summary.is_quiet() {
        blocks.push(Block::paragraph(format!(
            "Trong tuần: {}.",
            NOTHING_HAPPENED.to_lowercase()
        )));
    }
    blocks.push(Block::Table(rows::table(shown)));
    if let Some(note) = supplements(shown) {
        blocks.push(Block::Note(note));
    }
    if !frame.parts.is_empty() {
        blocks.push(Block::Table(parts_table(frame)));
        let quiet: Vec<&str> = frame.quiet().map(|part| part.name.as_str()).collect();
        let any_declared = frame.parts.iter().any(|part| part.source == Source::Declared);
        blocks.extend(by_unit::notes(any_declared, &quiet));
        if any_declared {
            let text = "Dòng Cộng gồm cả số liệu do đơn vị gửi; bảng kết quả của tuần chỉ đếm bản ghi trong sổ.";
            blocks.push(Block::Note(text.to_string()));
        }
    }
}

/// "Bổ sung sau báo cáo tuần trước (chốt ngày 15/05/2026): lượt thăm +1 …".
fn supplements(shown: &Shown<'_>) -> Option<String> {
    let sent = shown.sent?;
    let supplements = sent.supplements(shown.summary);
    let changes: Vec<String> = supplements
        .iter()
        .map(|change| {
            let sign = if change.now >= change.sent { "+" } else { "-" };
            let difference = i64::try_from(change.now.abs_diff(change.sent)).unwrap_or(i64::MAX);
            format!("{} {sign}{}", change.label.vi.to_lowercase(), format_count(difference))
        })
        .collect();
    let closed = sent
        .closed_on
        .map(|on| format!(" (chốt ngày {})", format_date(on)))
        .unwrap_or_default();
    (!changes.is_empty()).then(|| {
        format!(
            "Bổ sung sau báo cáo tuần trước{closed}: {}. Lũy kế năm đã gồm phần bổ sung.",
            changes.join("; ")
        )
    })
}

/// The main figures of each unit below, this week and the year so far.
fn parts_table(frame: &Frame) -> Table {
    let figures = [
        ("VISITS", "Lượt thăm"),
        ("ISSUES_OPENED", "Khó khăn mới"),
        ("TRAIN_ATTEND", "Lượt tập huấn"),
        ("SUPPORTS", "Hỗ trợ"),
        ("OUTREACH", "Truyền thông"),
    ];
    let mut columns = vec![doc::Column::index(), doc::Column::text("Đơn vị").weight(24)];
    for (_, heading) in figures {
        columns.push(doc::Column::figures("Tuần").under(heading).weight(7));
        columns.push(doc::Column::figures("Năm").under(heading).weight(7));
    }
    let mut table = Table::new(columns);
    table.caption = Some("Theo đơn vị trực thuộc".to_string());
    let columns = figures.map(|(code, _)| [(code, Column::This), (code, Column::Year)]);
    let columns = columns.as_flattened();
    for (part, number) in frame.filled().zip(1..) {
        let mut cells = vec![Cell::Count(number), Cell::text(part.source.named(&part.name, Lang::Vi))];
        let value = |(code, column): &(&str, Column)| Cell::Count(part.value(code, *column));
        cells.extend(columns.iter().map(value));
        table.push(cells);
    }
    let sum = |(code, column): &(&str, Column)| frame.parts.iter().map(|part| part.value(code, *column)).sum();
    let mut cells = vec![Cell::Blank, Cell::text("Cộng")];
    cells.extend(columns.iter().map(|column| Cell::Count(sum(column))));
    table.push_styled(RowStyle::Total, cells);
    table
}

fn attention(blocks: &mut Vec<Block>, summary: &WeeklySummary) {
    blocks.push(Block::heading(Level::Part, "II. ĐIỂM CẦN CHÚ Ý"));
    let points = summary.attention.iter().flat_map(|point| {
        let mut named: Vec<String> = point.named.iter().map(|named| named.text.vi.clone()).collect();
        if point.others > 0 {
            named.push(format!("và {} trường hợp khác", point.others));
        }
        let text = &point.text.vi;
        if named.is_empty() {
            return vec![Block::bullet(format!("{text}."))];
        }
        // Names with a number of days each are read in one line; what is the matter with each takes a line of its own.
        if point.topic == Topic::NotVisited {
            return vec![Block::bullet(format!("{text}: {}.", named.join(", ")))];
        }
        let last = named.len() - 1;
        let details = named.iter().enumerate().map(|(place, text)| {
            let end = if place == last { '.' } else { ';' };
            Block::sub_bullet(format!("{text}{end}"))
        });
        std::iter::once(Block::bullet(format!("{text}:")))
            .chain(details)
            .collect()
    });
    or_nothing(blocks, points.collect());
}

fn next_week(blocks: &mut Vec<Block>, summary: &WeeklySummary) {
    let span = summary.period.next_week().map(|week| {
        let (from, to) = (week.from, week.to);
        format!(" ({}/{} - {})", from.day(), from.month(), short(to))
    });
    let heading = format!("III. VIỆC TUẦN TỚI{}", span.unwrap_or_default());
    blocks.push(Block::heading(Level::Part, heading));
    let coming = summary.next_week.iter().map(|coming| {
        let who = match coming.officers.as_slice() {
            [] => String::new(),
            officers => format!(" - đ/c {}", officers.join(", ")),
        };
        ended(&format!("{}: {}{who}", coming.day().vi, coming.text.vi))
    });
    blocks.extend(bullets(coming));
}

/// A line for each text, "Không phát sinh" for none.
fn bullets(texts: impl Iterator<Item = String>) -> Vec<Block> {
    let mut blocks = Vec::new();
    or_nothing(&mut blocks, texts.map(Block::bullet).collect());
    blocks
}

fn or_nothing(blocks: &mut Vec<Block>, found: Vec<Block>) {
    if found.is_empty() {
        blocks.push(Block::bullet(format!("{NOTHING_HAPPENED}.")));
    } else {
        blocks.extend(found);
    }
}

/// With a full stop unless it ends with a mark of its own.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', ';', '!', '?', ':']) {
        text.to_string()
    } else {
        format!("{text}.")
    }
}

/// Every line by its code, for a sheet that programs read; where it is parted by unit, the whole first and then each
/// unit below.
pub fn plain_table(summary: &WeeklySummary, frame: &Frame) -> Table {
    let shown = Shown::new(summary, frame.sent.as_ref());
    let shown_columns = shown.columns();
    let mut columns = vec![
        doc::Column::text("Mã").weight(22),
        doc::Column::text("Nội dung").weight(44),
    ];
    columns.extend(
        shown_columns
            .iter()
            .map(|column| doc::Column::figures(shown.heading(*column)).weight(14)),
    );
    columns.push(doc::Column::figures("Chỉ tiêu năm, từ").weight(14));
    columns.push(doc::Column::figures("Chỉ tiêu năm, đến").weight(14));
    let by_unit = !frame.parts.is_empty();
    if by_unit {
        columns.insert(0, doc::Column::text("Đơn vị").weight(22));
        columns.push(doc::Column::text("Ghi chú").weight(16));
    }
    let mut table = Table::new(columns);
    let mut add = |unit: &str, note: &str, lines: &[SummaryLine], value: &dyn Fn(&SummaryLine, Column) -> i64| {
        for line in lines {
            let mut cells: Vec<Cell> = by_unit.then(|| Cell::text(unit)).into_iter().collect();
            cells.extend([Cell::text(&line.code), Cell::text(plain_label(line))]);
            cells.extend(shown_columns.iter().map(|column| Cell::Count(value(line, *column))));
            cells.push(line.target.map_or(Cell::Nothing, |wanted| rows::bound(wanted.low)));
            let high = line.target.and_then(|wanted| wanted.high);
            cells.push(high.map_or(Cell::Nothing, rows::bound));
            cells.extend(by_unit.then(|| Cell::text(note)));
            table.push(cells);
        }
    };
    let of_whole = |line: &SummaryLine, column| shown.value(&line.code, column);
    add(&summary.unit_name, "", &summary.lines, &of_whole);
    for part in frame.filled() {
        add(&part.name, part.source.note(), &part.lines, &SummaryLine::value);
    }
    table
}

fn plain_label(line: &SummaryLine) -> String {
    match line.nature {
        Nature::Flow | Nature::Distinct => line.label.vi.clone(),
        Nature::Stock => format!("{} (đến hết kỳ)", line.label.vi),
    }
}
