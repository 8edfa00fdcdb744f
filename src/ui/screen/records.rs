//! The records behind a number: a list, each line a record, Enter opens it, Esc goes back to the number.

use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Outcome, RowId, Rows, Table};
use crate::vietnamese::number::format_count;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::time::Duration;

/// Records read at most; a longer list is cut, and says so.
const MOST: usize = 2000;

const READING: Text = Text::new("Đang đọc…", "Reading…");
const DELETED: Text = Text::new("(đã xóa)", "(deleted)");

/// One record as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    kind: &'static str,
    id: Id,
    label: Text,
    title: String,
}

struct Shown<'a> {
    found: &'a [Found],
    lang: Lang,
}

impl Rows for Shown<'_> {
    fn len(&self) -> usize {
        self.found.len()
    }

    fn id(&self, row: usize) -> RowId {
        self.found
            .get(row)
            .map_or(0, |found| RowId::from_be_bytes(found.id.bytes()))
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        match (self.found.get(row), column) {
            (None, _) => "".into(),
            (Some(found), 0) => found.label.get(self.lang).into(),
            (Some(found), _) => found.title.as_str().into(),
        }
    }

    fn role(&self, _: usize, column: usize) -> Role {
        if column == 0 { Role::Dim } else { Role::Text }
    }
}

/// The list of records behind a number.
pub struct RecordList {
    title: Message,
    ids: Vec<Id>,
    found: Later<Vec<Found>>,
    table: Table,
    lang: Lang,
}

impl RecordList {
    /// The records of these ids, of whatever kinds.
    pub fn new(title: Message, ids: Vec<Id>) -> RecordList {
        RecordList {
            title,
            ids,
            found: Later::Unasked,
            table: Table::list(columns(Lang::Vi)),
            lang: Lang::Vi,
        }
    }

    fn rows(&self) -> Shown<'_> {
        Shown {
            found: self.found.get().map_or(&[], Vec::as_slice),
            lang: self.lang,
        }
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    let name = Text::new("Bản ghi", "Record");
    let sort = Text::new("Loại", "Kind");
    vec![Column::fixed(sort.get(lang), 14), Column::text(name.get(lang), 30, 60)]
}

fn read_titles(read: &dyn Read, ids: &[Id]) -> Result<Vec<Found>, StoreError> {
    let mut found: Vec<Found> = Vec::with_capacity(ids.len());
    for id in ids {
        // Records behind one number are mostly of one kind: it is asked for first.
        let likely = found.last().map(|last| last.kind);
        let entry = match likely {
            Some(key) => match read.get(key, *id)? {
                Some(entry) => Some(entry),
                None => read.get_any(*id)?,
            },
            None => read.get_any(*id)?,
        };
        match entry.and_then(|entry| Some((kind(entry.kind)?, entry))) {
            Some((kind, entry)) => found.push(Found {
                kind: kind.key(),
                id: *id,
                label: kind.label(),
                title: kind.title(&entry, read.known()),
            }),
            None => found.push(Found {
                kind: "",
                id: *id,
                label: DELETED,
                title: read.grave(*id)?.map(|grave| grave.title).unwrap_or_default(),
            }),
        }
    }
    Ok(found)
}

impl Screen for RecordList {
    fn contexts(&self) -> &'static [Context] {
        Context::Help.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if self.lang != cx.prefs.lang {
            self.lang = cx.prefs.lang;
            self.table.set_columns(columns(self.lang));
        }
        if let Input::Tick = input {
            self.found.look();
            return Vec::new();
        }
        let mut table = std::mem::take(&mut self.table);
        let outcome = table.update(input, &self.rows());
        self.table = table;
        match outcome {
            Outcome::Open(row) => {
                let found = self.found.get().and_then(|found| found.get(row));
                Command::push(found.and_then(|found| openers::record(found.kind, found.id, cx)))
            }
            Outcome::Moved | Outcome::Marked => Vec::new(),
            Outcome::Pass => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        if self.lang != cx.prefs.lang {
            self.lang = cx.prefs.lang;
            self.table.set_columns(columns(self.lang));
        }
        let ids: Vec<Id> = self.ids.iter().copied().take(MOST).collect();
        self.found.read(cx.store, move |read| read_titles(read, &ids));
    }

    fn layout(&mut self, area: Rect) {
        let mut table = std::mem::take(&mut self.table);
        table.layout(area, &self.rows());
        self.table = table;
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        if let Some(why) = self.found.failure() {
            canvas.text(1, 1, why.get(canvas.lang), Role::Error);
        } else if self.found.get().is_none() {
            canvas.text(1, 1, READING.get(canvas.lang), Role::Dim);
        } else {
            self.table.draw(canvas, &self.rows());
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let count = self.ids.len();
        let shown = count.min(MOST);
        let fact = if shown < count {
            format!("{}/{}", format_count(shown as i64), format_count(count as i64))
        } else {
            format_count(count as i64)
        };
        Heading::new(self.title.get(lang)).fact(fact)
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = vec![Offer::from(Action::Back)];
        if self.found.get().is_some_and(|found| !found.is_empty()) {
            offers.insert(0, Action::Open.into());
            offers.insert(1, Action::Down.into());
        }
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.found.wakes_after()
    }
}
