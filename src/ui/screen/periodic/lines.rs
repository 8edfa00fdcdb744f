//! The report as lines of the window: what the officer writes, the figures with the records behind them, and the document
//! as it will be sent.

use super::figures::{self, Figure};
use super::preview::Preview;
use crate::domain::text::Text;
use crate::report::periodic::words::PARTS;
use crate::report::plain;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Role;
use crate::ui::widget::roll;

const TO_WRITE: Text = Text::new("PHẦN CÁN BỘ VIẾT", "WHAT THE OFFICER WRITES");
const FIGURES: Text = Text::new("SỐ LIỆU, VÀ BẢN GHI ĐẰNG SAU", "FIGURES, AND THE RECORDS BEHIND");
const PREVIEW: Text = Text::new("XEM TRƯỚC", "PREVIEW");
const NOT_WRITTEN: Text = Text::new("(chưa có; Enter để viết)", "(none yet; Enter to write)");
const CARRIED: Text = Text::new("(chép từ kỳ trước)", "(carried over)");
/// Cells of a line that the cursor and the mark of more lines take.
const MARGIN: u16 = 4;

/// A line of the window.
pub enum Line {
    /// A space.
    Blank,
    /// The heading of a part of the window.
    Title(Text),
    /// A part that the officer writes, by its place.
    Part(usize),
    /// A figure of the period.
    Figure(Figure),
    /// A line of the report.
    Text(String),
}

/// The lines of a report in a window of this width.
pub fn of(preview: &Preview, width: u16) -> Vec<Line> {
    let mut lines = vec![Line::Title(TO_WRITE)];
    lines.extend((0..PARTS.len()).map(Line::Part));
    let figures = figures::of(&preview.report);
    if !figures.is_empty() {
        lines.extend([Line::Blank, Line::Title(FIGURES)]);
        lines.extend(figures.into_iter().map(Line::Figure));
    }
    lines.extend([Line::Blank, Line::Title(PREVIEW)]);
    let text = plain::write_within(&preview.doc, usize::from(width.saturating_sub(MARGIN)));
    lines.extend(text.lines().map(|line| Line::Text(line.to_string())));
    lines
}

impl Line {
    /// Whether the cursor stops here.
    pub fn stop(&self) -> roll::Line {
        match self {
            Line::Part(_) | Line::Figure(_) => roll::Line::Stop,
            Line::Text(text) if !text.is_empty() => roll::Line::Stop,
            Line::Text(_) | Line::Blank | Line::Title(_) => roll::Line::Plain,
        }
    }

    /// Draws it into a row.
    pub fn draw(&self, preview: &Preview, row: &mut Canvas<'_>) {
        match self {
            Line::Blank => {}
            Line::Title(title) => _ = row.text(0, 0, title.get(row.lang), Role::Heading),
            Line::Part(part) => draw_part(row, preview, *part),
            Line::Figure(figure) => figure.draw(row),
            Line::Text(text) => _ = row.text_in(0, 0, row.width(), text, Role::Text),
        }
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
