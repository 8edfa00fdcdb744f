//! The records behind a figure: those counted, those that cannot be decided, those that nearly count, each with its
//! reason. Enter opens the record.

use std::borrow::Cow;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::Lang;
use crate::indicator::tally::{About, Remark};
use crate::indicator::{Row, shown};
use crate::store::{Read as _, Store};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Outcome, RowId, Rows, Table};

/// The screen.
pub struct Behind {
    title: String,
    lines: Records,
    table: Table,
}

/// Why a record stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Counted,
    Undecided,
    Nearly,
}

impl Place {
    fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Place::Counted, Lang::Vi) => "được tính",
            (Place::Counted, Lang::En) => "counted",
            (Place::Undecided, Lang::Vi) => "chưa đủ dữ liệu",
            (Place::Undecided, Lang::En) => "undecided",
            (Place::Nearly, Lang::Vi) => "chưa được tính",
            (Place::Nearly, Lang::En) => "not counted",
        }
    }

    fn role(self) -> Role {
        match self {
            Place::Counted => Role::Good,
            Place::Undecided => Role::Warning,
            Place::Nearly => Role::Dim,
        }
    }
}

#[derive(Debug)]
struct Record {
    place: Place,
    kind: Option<&'static str>,
    id: Option<Id>,
    name: String,
    reason: String,
}

#[derive(Debug)]
struct Records {
    list: Vec<Record>,
    lang: Lang,
}

impl Behind {
    /// Of a row.
    pub fn new(row: Row, store: &Arc<Store>, lang: Lang) -> Behind {
        let reader = store.reader();
        let named = |id: Id| {
            let entry = reader.get_any(id).ok().flatten();
            let title = entry
                .as_ref()
                .and_then(|entry| Some(kind(entry.kind)?.title(entry, reader.known())));
            (entry.map(|entry| entry.kind), title.unwrap_or_else(|| id.to_string()))
        };
        let mut list = Vec::new();
        for id in &row.tally.counted {
            let (kind, name) = named(*id);
            list.push(Record {
                place: Place::Counted,
                kind,
                id: Some(*id),
                name,
                reason: String::new(),
            });
        }
        let mut add = |place: Place, remarks: &[Remark]| {
            for remark in remarks {
                let (kind, id, name) = match &remark.about {
                    About::Record(id) => {
                        let (kind, name) = named(*id);
                        (kind, Some(*id), name)
                    }
                    About::Unit(uid) => (
                        None,
                        None,
                        reader.known().unit(uid).map_or_else(|| uid.clone(), |unit| unit.name),
                    ),
                    About::Plan(code) => (None, None, code.clone()),
                };
                let reason = remark.reason.get(lang).to_string();
                list.push(Record {
                    place,
                    kind,
                    id,
                    name,
                    reason,
                });
            }
        };
        add(Place::Undecided, &row.tally.undecided);
        add(Place::Nearly, &row.tally.nearly);
        let title = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
        let mut columns = vec![Column::fixed("", 15), Column::text(title("Bản ghi", "Record"), 16, 44)];
        // What counts needs no reason: where all does, the names have the room.
        if list.iter().any(|record| !record.reason.is_empty()) {
            columns.push(Column::text(title("Lý do", "Reason"), 16, 60));
        }
        Behind {
            title: format!("{} · {}", row.target.description, shown::actual(&row)),
            lines: Records { list, lang },
            table: Table::list(columns),
        }
    }

    fn open(&self, cx: &Cx<'_>) -> Vec<Command> {
        let record = self.lines.list.get(self.table.row());
        Command::push(record.and_then(|record| openers::record(record.kind?, record.id?, cx)))
    }
}

impl Rows for Records {
    fn len(&self) -> usize {
        self.list.len()
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let Some(record) = self.list.get(row) else {
            return Cow::Borrowed("");
        };
        match column {
            0 => Cow::Borrowed(record.place.label(self.lang)),
            1 => Cow::Borrowed(&record.name),
            _ => Cow::Borrowed(&record.reason),
        }
    }

    fn role(&self, row: usize, column: usize) -> Role {
        match (column, self.list.get(row)) {
            (0, Some(record)) => record.place.role(),
            (2, _) => Role::Dim,
            _ => Role::Text,
        }
    }
}

impl Screen for Behind {
    fn contexts(&self) -> &'static [Context] {
        Context::Targets.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match self.table.update(input, &self.lines) {
            Outcome::Open(_) => self.open(cx),
            Outcome::Moved | Outcome::Marked => Vec::new(),
            Outcome::Pass => match input.action() {
                Some(Action::Open | Action::Edit) => self.open(cx),
                _ => vec![Command::Pass],
            },
        }
    }

    fn layout(&mut self, area: Rect) {
        self.table.layout(area, &self.lines);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        if self.lines.is_empty() {
            let said = match canvas.lang {
                Lang::Vi => "Chưa có bản ghi nào.",
                Lang::En => "There is no record.",
            };
            canvas.text(2, 1, said, Role::Dim);
            return;
        }
        self.table.draw(canvas, &self.lines);
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new(self.title.clone()).fact(self.table.place(&self.lines))
    }

    fn offers(&self) -> Vec<Offer> {
        [Action::Open, Action::Back].into_iter().map(Offer::from).collect()
    }
}
