//! The rows of the table of targets, and the line below it.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::text::Lang;
use crate::indicator::state::State;
use crate::indicator::{Row, shown};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, RowId, Rows};
use crate::vietnamese::date::format_date;

/// Cells of a bar.
const BAR: usize = 10;

/// The columns.
pub fn columns(lang: Lang) -> Vec<Column> {
    let title = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    vec![
        Column::text(title("Chỉ tiêu", "Target"), 16, 60),
        Column::fixed(title("Kỳ", "Period"), 8),
        Column::number(title("Kế hoạch", "Wanted"), 12),
        Column::number(title("Thực hiện", "Actual"), 14),
        Column::number("%", 7),
        Column::fixed(title("Tiến độ", "Progress"), 10),
        Column::fixed(title("Đánh giá", "State"), 15),
    ]
}

/// The rows in sight.
#[derive(Debug, Default)]
pub struct Lines {
    rows: Vec<Row>,
    cells: Vec<[String; 7]>,
}

impl Lines {
    /// Of one plan, whose own unit need not be named in each row.
    pub fn new(rows: Vec<Row>, own: Option<&str>, lang: Lang) -> Lines {
        let cells = rows.iter().map(|row| cells(row, own, lang)).collect();
        Lines { rows, cells }
    }

    /// A row.
    pub fn row(&self, row: usize) -> Option<&Row> {
        self.rows.get(row)
    }
}

fn cells(row: &Row, own: Option<&str>, lang: Lang) -> [String; 7] {
    let units = crate::domain::catalog::units();
    let name = units.get(&row.unit).map_or(row.unit.as_str(), |unit| unit.name);
    let target = match own == Some(row.unit.as_str()) {
        true => row.target.description.clone(),
        false => format!("  {name}"),
    };
    [
        target,
        row.target.period.clone(),
        shown::wanted(row),
        shown::actual(row),
        row.tenths_of_target().map_or_else(String::new, shown::percent),
        bar(row.tenths_of_target()),
        row.state.label().get(lang).to_string(),
    ]
}

/// How much is reached, as full cells of ten.
fn bar(tenths: Option<i128>) -> String {
    let Some(tenths) = tenths else { return String::new() };
    let full = usize::try_from(tenths / 100).unwrap_or(0).min(BAR);
    format!("{}{}", "█".repeat(full), "·".repeat(BAR - full))
}

impl Rows for Lines {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let cell = self.cells.get(row).and_then(|cells| cells.get(column));
        cell.map_or(Cow::Borrowed(""), |cell| Cow::Borrowed(cell.as_str()))
    }

    fn role(&self, row: usize, column: usize) -> Role {
        let state = self.rows.get(row).map(|row| row.state);
        match (column, state) {
            (5, _) => Role::Bar,
            (6, Some(State::Met | State::Exceeded)) => Role::Good,
            (6, Some(State::NotMet)) => Role::Warning,
            (6, Some(State::Unknown)) | (1, _) => Role::Dim,
            _ => Role::Text,
        }
    }
}

/// What is to be said of a row: its code and clause, by when, where it should stand by now, what is undecided.
pub fn told(row: &Row, as_of: NaiveDate, lang: Lang) -> String {
    let word = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    let mut parts = vec![row.target.indicator.clone()];
    parts.extend(row.target.clause.clone());
    if let Some(due) = row.target.due {
        parts.push(format!("{} {}", word("hạn", "due"), format_date(due)));
    }
    if let Some(share) = by_now(row, as_of) {
        parts.push(format!("{} {share}%", word("dự kiến đến nay", "expected by now")));
    }
    let undecided = row.tally.undecided.len();
    if undecided > 0 {
        parts.push(format!("{undecided} {}", word("chưa đủ dữ liệu", "undecided")));
    }
    parts.extend(row.tally.marks.iter().map(|mark| mark.text().get(lang).to_string()));
    parts.join(" · ")
}

/// What part of the way, in percent, lies behind by a day if it is gone evenly: a hint and no more.
fn by_now(row: &Row, as_of: NaiveDate) -> Option<i64> {
    let (from, due) = (row.window?.from, row.target.due?);
    let whole = (due - from).num_days();
    let gone = (as_of - from).num_days();
    (!row.due_passed && whole > 0 && gone >= 0).then(|| gone.min(whole) * 100 / whole)
}
