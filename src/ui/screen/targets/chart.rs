//! The chart beside the table in a wide window: a column for the end of each week, and a line where the target lies.

use chrono::Datelike;

use super::trend::Weeks;
use crate::domain::text::Text;
use crate::indicator::{Row, shown};
use crate::ui::canvas::Canvas;
use crate::ui::theme::Role;
use crate::vietnamese::number::format_count;

/// Cells of the panel.
pub const WIDTH: u16 = 44;
/// Cells for the figures beside the columns.
const SCALE: u16 = 7;
/// Cells from one column to the next.
const STEP: u16 = 3;

const TITLE: Text = Text::new("12 tuần qua", "The last 12 weeks");
const WAIT: Text = Text::new("đang tính…", "counting…");

/// Draws the chart of a row.
pub fn draw(canvas: &mut Canvas<'_>, row: &Row, weeks: Option<&Weeks>) {
    let lang = canvas.lang;
    let width = canvas.width();
    canvas.text_in(0, 0, width, &row.target.description, Role::Strong);
    let wanted = format!("{} · {}", shown::wanted(row), shown::actual(row));
    canvas.text_in(0, 1, width, &wanted, Role::Text);
    canvas.text(0, 3, TITLE.get(lang), Role::Heading);
    let Some(weeks) = weeks else {
        canvas.text(0, 4, WAIT.get(lang), Role::Dim);
        return;
    };
    let height = canvas.height().saturating_sub(6).min(12);
    if height < 3 {
        return;
    }
    let low = (row.target.low * 10.0) as i128;
    let highest = weeks.points.iter().filter_map(|(_, figure)| *figure).max().unwrap_or(0);
    let top = highest.max(low).max(10);
    let (first, bottom) = (4, 4 + height);
    let row_of = |figure: i128| {
        let cells = (figure.max(0) * i128::from(height) + top / 2) / top;
        bottom - u16::try_from(cells).unwrap_or(height).min(height)
    };
    let line = row_of(low).max(first);
    let rule = canvas
        .theme
        .signs
        .horizontal
        .repeat(usize::from(width.saturating_sub(SCALE)));
    canvas.text(SCALE, line, &rule, Role::Border);
    canvas.text_right(SCALE - 1, line, &tenths(low), Role::Dim);
    if line != bottom {
        canvas.text_right(SCALE - 1, bottom - 1, "0", Role::Dim);
    }
    for (place, (on, figure)) in (0_u16..).zip(&weeks.points) {
        let x = SCALE + place * STEP;
        if let Some(figure) = figure {
            column(canvas, x, (first, bottom), *figure, top);
        }
        if place % 2 == 0 {
            canvas.text(x, bottom, &format!("{}/{}", on.day(), on.month()), Role::Dim);
        }
    }
}

/// One column, filled from below in eighths of a cell.
fn column(canvas: &mut Canvas<'_>, x: u16, (first, bottom): (u16, u16), figure: i128, top: i128) {
    let signs = canvas.theme.signs;
    let height = i128::from(bottom - first);
    let eighths = (figure.max(0) * height * 8 / top).min(height * 8);
    for cell in 0..bottom - first {
        let left = eighths - i128::from(cell) * 8;
        let sign = match left {
            ..=0 => break,
            1..8 => signs.spark[usize::try_from(left - 1).unwrap_or(0)],
            _ => signs.spark[7],
        };
        canvas.text(x, bottom - 1 - cell, &sign.repeat(2), Role::Bar);
    }
}

fn tenths(figure: i128) -> String {
    format_count(i64::try_from(figure / 10).unwrap_or(i64::MAX))
}
