//! The rows of the table of targets, and the lines below it.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::trend::Trend;
use crate::domain::text::Lang;
use crate::domain::unit_tree::UnitTree;
use crate::indicator::state::State;
use crate::indicator::tally::Value;
use crate::indicator::{Row, shown};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, RowId, Rows};
use crate::vietnamese::date::format_date;
use crate::vietnamese::number::format_count;

/// Cells of a bar.
const BAR: usize = 8;
/// Cells of what is wanted.
const WANTED: u16 = 11;

/// The columns; they fit 80 cells.
pub fn columns(lang: Lang) -> Vec<Column> {
    let title = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    vec![
        Column::text(title("Chỉ tiêu", "Target"), 16, 70),
        Column::number(title("Kế hoạch", "Wanted"), WANTED),
        Column::number(title("Thực hiện", "Actual"), 11),
        Column::number("%", 9),
        Column::fixed(title("Tiến độ", "Progress"), 8),
        Column::fixed(title("Đánh giá", "State"), 8),
    ]
}

/// The rows in sight.
#[derive(Debug, Default)]
pub struct Lines {
    rows: Vec<Row>,
    cells: Vec<[String; 6]>,
}

impl Lines {
    /// Of one plan, whose own unit need not be named in each row.
    pub fn new(rows: Vec<(Row, Trend)>, own: &str, tree: &UnitTree, as_of: NaiveDate, lang: Lang) -> Lines {
        let cells = rows
            .iter()
            .map(|(row, trend)| cells(row, *trend, own, tree, as_of, lang))
            .collect();
        Lines {
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            cells,
        }
    }

    /// A row.
    pub fn row(&self, row: usize) -> Option<&Row> {
        self.rows.get(row)
    }
}

fn cells(row: &Row, trend: Trend, own: &str, tree: &UnitTree, as_of: NaiveDate, lang: Lang) -> [String; 6] {
    let target = match own == row.unit {
        true => match period_told(&row.target.period, lang) {
            Some(period) => format!("{period}: {}", row.target.description),
            None => row.target.description.clone(),
        },
        false => format!("  {}", tree.name(&row.unit)),
    };
    let percent = row.tenths_of_target().map_or_else(String::new, shown::percent);
    let sign = match trend {
        Trend::Up => " ▲",
        Trend::Down => " ▼",
        Trend::Level => "  ",
    };
    [
        target,
        wanted(row),
        actual(row),
        format!("{percent}{sign}"),
        bar(row.tenths_of_target(), by_now(row, as_of)),
        row.state.short().get(lang).to_string(),
    ]
}

/// A period that is more than one year, as the table has room for it: "đến 2030".
fn period_told(period: &str, lang: Lang) -> Option<String> {
    let to = period.strip_prefix("to-")?;
    Some(match lang {
        Lang::Vi => format!("đến {to}"),
        Lang::En => format!("to {to}"),
    })
}

/// What is wanted, as the table has room for it; the line below tells what is counted.
fn wanted(row: &Row) -> String {
    let whole = shown::wanted(row);
    match whole.strip_suffix(row.target.measure.as_str()) {
        Some(figure) if whole.chars().count() > usize::from(WANTED) => figure.trim_end().to_string(),
        _ => whole,
    }
}

/// The figure in short; of a share its two numbers, for the line below tells the percentage.
fn actual(row: &Row) -> String {
    match row.value {
        Some(Value::Share { part, whole }) => format!("{}/{}", format_count(part), format_count(whole)),
        _ => shown::actual(row),
    }
}

/// How much is reached, as full cells of eight, with a stroke where it should stand by now.
fn bar(tenths: Option<i128>, by_now: Option<i64>) -> String {
    let Some(tenths) = tenths else { return String::new() };
    let full = usize::try_from(tenths * BAR as i128 / 1000).unwrap_or(0).min(BAR);
    let now = by_now.and_then(|share| usize::try_from(share * BAR as i64 / 100).ok());
    let cell = |place: usize| match (place < full, now == Some(place)) {
        (true, _) => '█',
        (false, true) => '│',
        (false, false) => '·',
    };
    (0..BAR).map(cell).collect()
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
            (4, _) => Role::Bar,
            (5, Some(State::Met | State::Exceeded)) => Role::Good,
            (5, Some(State::NotMet)) => Role::Warning,
            (5, Some(State::Unknown)) => Role::Dim,
            _ => Role::Text,
        }
    }
}

/// The figure in full: "120/240 = 50,0% · kế hoạch ≥ 50% · hạn 31/12/2024 · dự kiến đến nay 47%".
pub fn figure(row: &Row, as_of: NaiveDate, lang: Lang) -> String {
    let word = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    let mut parts = vec![
        format!("{} {}", word("thực hiện", "actual"), shown::actual(row)),
        format!("{} {}", word("kế hoạch", "wanted"), shown::wanted(row)),
    ];
    if row.target.allotted {
        parts.push(word("mức được giao", "as allotted").to_string());
    }
    if let Some(due) = row.target.due {
        parts.push(format!("{} {}", word("hạn", "due"), format_date(due)));
    }
    if let Some(share) = by_now(row, as_of) {
        parts.push(format!("{} {share}%", word("dự kiến đến nay", "expected by now")));
    }
    parts.join(" · ")
}

/// What else is to be said of a row: its code and clause, what is undecided, how the figure is to be read.
pub fn told(row: &Row, lang: Lang) -> String {
    let word = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    // In the table the words of a target may have been cut.
    let mut parts = vec![row.target.description.clone(), row.target.indicator.clone()];
    parts.extend(row.target.clause.clone());
    let undecided = row.tally.undecided.len();
    if undecided > 0 {
        parts.push(format!("{undecided} {}", word("chưa đủ dữ liệu", "undecided")));
    }
    parts.extend(row.tally.marks.iter().map(|mark| mark.text().get(lang).to_string()));
    if let (State::Unknown, Some(why)) = (row.state, row.tally.undecided.first()) {
        parts.push(why.reason.get(lang).to_string());
    }
    parts.join(" · ")
}

/// What part of the way, in percent, lies behind by a day if it is gone evenly: a hint and no more.
fn by_now(row: &Row, as_of: NaiveDate) -> Option<i64> {
    let (from, due) = (row.window?.from, row.target.due?);
    let whole = (due - from).num_days();
    let gone = (as_of - from).num_days();
    (!row.due_passed && whole > 0 && gone >= 0).then(|| gone.min(whole) * 100 / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_eight_cells_with_a_stroke_where_it_should_stand_by_now() {
        assert_eq!(bar(Some(500), Some(75)), "████··│·");
        assert_eq!(bar(Some(500), Some(25)), "████····");
        assert_eq!(bar(Some(1200), None), "████████");
        assert_eq!(bar(None, Some(50)), "");
    }
}
