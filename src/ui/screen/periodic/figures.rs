//! The figures of a period as lines that lead to the records behind them: what the summary counts, then the targets of
//! the plans.

use crate::domain::id::Id;
use crate::domain::text::{Lang, Message};
use crate::indicator::shown;
use crate::report::periodic::Periodic;
use crate::report::weekly::Column;
use crate::ui::canvas::Canvas;
use crate::ui::screen::report::lines;
use crate::ui::theme::Role;

/// Where figures end in a wide window: further from their names they would not be read across.
const VALUES_END: u16 = 110;

/// A figure of the period with the records that it counts.
pub struct Figure {
    indent: u16,
    /// As it stands in its line.
    name: Message,
    /// As the title of its records.
    pub title: Message,
    value: String,
    /// The records.
    pub ids: Vec<Id>,
}

impl Figure {
    /// Draws it into a row.
    pub fn draw(&self, row: &mut Canvas<'_>) {
        let end = row.width().saturating_sub(2).min(VALUES_END);
        let x = row.text_right(end, 0, &self.value, Role::Strong);
        let room = x.saturating_sub(self.indent + 2);
        row.text_in(self.indent, 0, room, self.name.get(row.lang), Role::Text);
    }
}

/// The lines of the summary that count something in the period, then what the plans want and has come of it.
pub fn of(report: &Periodic) -> Vec<Figure> {
    let counted = report.now.lines.iter().filter(|line| line.value(Column::This) != 0);
    let mut figures: Vec<Figure> = counted
        .map(|line| Figure {
            indent: 1 + lines::label(line, Lang::Vi).0,
            name: Message::new(lines::label(line, Lang::Vi).1, lines::label(line, Lang::En).1),
            title: line.label.clone(),
            value: lines::figure(line.value(Column::This), line.measure),
            ids: report.now.ids(&line.code, Column::This).to_vec(),
        })
        .collect();
    let held = report.plans.iter().flat_map(|result| &result.held);
    figures.extend(held.filter(|held| !held.row.tally.counted.is_empty()).map(|held| {
        let told = held.row.target.description.as_str();
        let name = Message::new(format!("Chỉ tiêu: {told}"), format!("Target: {told}"));
        Figure {
            indent: 1,
            title: name.clone(),
            name,
            value: format!("{} / {}", shown::actual(&held.row), shown::wanted(&held.row)),
            ids: held.row.tally.counted.clone(),
        }
    }));
    figures
}
