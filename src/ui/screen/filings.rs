//! Who below has handed in a report, who is late, who has not sent: a line for each unit that is expected. Enter notes
//! that a report came, or opens the filing that is there.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::catalog;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::report::filings::{self, Deadline, Owed, Standing};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Outcome, RowId, Rows, Table};
use crate::vietnamese::date::format_date;

const NO_UNITS: Text = Text::new(
    "Đơn vị không có đơn vị trực thuộc vào ngày hạn.",
    "There are no units below on the due day.",
);

impl Standing {
    fn label(self) -> Text {
        match self {
            Standing::InTime => Text::new("đúng hạn", "in time"),
            Standing::Late => Text::new("nộp trễ", "late"),
            Standing::Awaited => Text::new("chờ nộp", "awaited"),
            Standing::NotSent => Text::new("chưa gửi", "not sent"),
        }
    }

    fn role(self) -> Role {
        match self {
            Standing::InTime => Role::Good,
            Standing::Awaited => Role::Dim,
            Standing::Late | Standing::NotSent => Role::Warning,
        }
    }
}

struct Lines {
    owed: Vec<Owed>,
    today: NaiveDate,
    lang: Lang,
}

impl Rows for Lines {
    fn len(&self) -> usize {
        self.owed.len()
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let Some(owed) = self.owed.get(row) else {
            return Cow::Borrowed("");
        };
        match column {
            0 => Cow::Borrowed(&owed.name),
            1 => format_date(owed.due).into(),
            2 => owed.received_on.map(format_date).unwrap_or_default().into(),
            _ => owed.standing(self.today).label().get(self.lang).into(),
        }
    }

    fn role(&self, row: usize, column: usize) -> Role {
        match (column, self.owed.get(row)) {
            (3, Some(owed)) => owed.standing(self.today).role(),
            (1, _) => Role::Dim,
            _ => Role::Text,
        }
    }
}

/// The screen.
pub struct Filings {
    deadline: Deadline,
    store: Arc<Store>,
    lines: Lines,
    table: Table,
}

impl Filings {
    /// Of one report of the office's units.
    pub fn new(deadline: Deadline, cx: &Cx<'_>) -> Filings {
        let lang = cx.prefs.lang;
        let title = |text: Text| text.get(lang).to_string();
        let columns = vec![
            // In a wide window the days would lie too far from the names to be read across.
            Column {
                grows: 0,
                ..Column::text(title(Text::new("Đơn vị", "Unit")), 20, 50)
            },
            Column::fixed(title(Text::new("Hạn cuối", "Due")), 10),
            Column::fixed(title(Text::new("Ngày nhận", "Received")), 10),
            Column::fixed(title(Text::new("Tình trạng", "State")), 10),
        ];
        let mut screen = Filings {
            deadline,
            store: Arc::clone(cx.store),
            lines: Lines {
                owed: Vec::new(),
                today: cx.store.today(),
                lang,
            },
            table: Table::list(columns),
        };
        screen.read();
        screen
    }

    fn read(&mut self) {
        let reader = self.store.reader();
        let office = Read::known(&reader).office();
        let owed = office.map(|office| filings::owed(&reader, &office, &self.deadline));
        self.lines.owed = owed.and_then(Result::ok).unwrap_or_default();
        self.table.go(self.table.row(), &self.lines);
    }

    fn open(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(owed) = self.lines.owed.get(self.table.row()) else {
            return Vec::new();
        };
        let text = |text: &str| Value::Text(text.to_string());
        let screen = match owed.filing {
            Some(filing) => openers::record("filing", filing, cx),
            None => {
                let given = vec![
                    ("unit", text(&owed.unit)),
                    ("report", text(&self.deadline.report)),
                    ("period", text(&self.deadline.period)),
                    ("due", Value::Date(self.deadline.due)),
                    ("received_on", Value::Date(self.lines.today)),
                ];
                openers::new_with("filing", given, cx)
            }
        };
        Command::push(screen)
    }
}

impl Screen for Filings {
    fn contexts(&self) -> &'static [Context] {
        Context::Targets.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match self.table.update(input, &self.lines) {
            Outcome::Open(_) => self.open(cx),
            Outcome::Moved | Outcome::Marked => Vec::new(),
            Outcome::Pass => match input.action() {
                Some(Action::Open | Action::Edit | Action::New) => self.open(cx),
                _ => vec![Command::Pass],
            },
        }
    }

    fn reload(&mut self, _: &dyn Read) {
        self.read();
    }

    fn layout(&mut self, area: Rect) {
        self.table.layout(area, &self.lines);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        if self.lines.owed.is_empty() {
            canvas.text(2, 1, NO_UNITS.get(canvas.lang), Role::Dim);
            return;
        }
        self.table.draw(canvas, &self.lines);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let kind = catalog::list("report_kind").and_then(|list| list.get(&self.deadline.report));
        let name = kind.map_or(self.deadline.report.as_str(), |kind| kind.label.get(lang));
        let come = self
            .lines
            .owed
            .iter()
            .filter(|owed| owed.has_come(self.lines.today))
            .count();
        let word = Text::new("đã gửi", "have sent").get(lang);
        Heading::new(format!("{name} · {}", self.deadline.period))
            .fact(format!("{come}/{} {word}", self.lines.owed.len()))
    }

    fn offers(&self) -> Vec<Offer> {
        let open = match self.lines.owed.get(self.table.row()) {
            Some(owed) if owed.filing.is_none() => Text::new("ghi đã nhận", "note as received"),
            _ => Action::Open.label(),
        };
        vec![Offer::named(Action::Open, open), Action::Back.into()]
    }
}
