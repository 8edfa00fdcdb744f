//! Who changed what in a record, when, and from what to what; the latest first.

use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Text};
use crate::store::codec::decode_value;
use crate::store::history::{Deed, Past};
use crate::store::{Read, Store, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::form::show;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::ui::widget::roll::{Cursor, Line, Outcome, Roll};
use chrono::{DateTime, Local, Utc};
use ratatui::layout::Rect;
use serde_json::Value as Json;
use std::sync::Arc;
use std::time::Duration;

const TITLE: Text = Text::new("Lịch sử", "History");
const READING: Text = Text::new("Đang đọc…", "Reading…");
const NOBODY: Text = Text::new("(chưa đặt tên cán bộ)", "(no officer set)");
const NONE: Text = Text::new("Không có lịch sử nào.", "There is no history.");

/// One change as it is read: who and when, then a line a field.
struct Change {
    head: String,
    fields: Vec<String>,
}

/// The history of a record.
pub struct History {
    kind: &'static dyn Kind,
    id: Id,
    name: String,
    changes: Later<Vec<Change>>,
    /// The lines as they are wrapped, the heads of changes first of each.
    lines: Vec<(Line, String)>,
    width: u16,
    roll: Roll,
}

impl History {
    /// The history of a record, deleted or not; none for a kind that is not there.
    pub fn new(key: &str, id: Id, cx: &Cx<'_>) -> Option<History> {
        Some(History {
            kind: kind(key)?,
            id,
            name: cx.read.name_of(key, id).unwrap_or_default(),
            changes: Later::Unasked,
            lines: Vec::new(),
            width: 0,
            roll: Roll::default(),
        })
    }

    fn arrange(&mut self) {
        self.lines.clear();
        let room = usize::from(self.width.saturating_sub(5));
        for change in self.changes.get().into_iter().flatten() {
            self.lines.push((Line::Stop, change.head.clone()));
            let fields = change.fields.iter().flat_map(|field| wrap(field, room));
            self.lines.extend(fields.map(|line| (Line::Plain, line)));
        }
        self.roll.set_lines(self.lines.iter().map(|(line, _)| *line).collect());
    }
}

fn read_changes(store: &Store, read: &dyn Read, id: Id, lang: Lang) -> Result<Vec<Change>, StoreError> {
    let history = store.history(id)?;
    Ok(history.iter().map(|past| change(past, read, lang)).collect())
}

fn change(past: &Past, read: &dyn Read, lang: Lang) -> Change {
    let millis = i64::try_from(past.at_ms).unwrap_or(i64::MAX);
    let at = DateTime::<Utc>::from_timestamp_millis(millis).map(|at| at.with_timezone(&Local));
    let at = at.map(|at| at.format("%d/%m/%Y %H:%M").to_string()).unwrap_or_default();
    let who = past.user.as_deref().unwrap_or(NOBODY.get(lang));
    let note = past
        .note
        .as_deref()
        .map(|note| format!(" · {note}"))
        .unwrap_or_default();
    let seen = past.fields.iter().filter(|(key, ..)| !key.starts_with('_'));
    let fields = seen.map(|(key, before, after)| {
        let field = kind(&past.kind).and_then(|kind| read.schema().field(kind, key));
        let words = |json: &Json| {
            let value = decode_value(field.map(|field| field.kind), json.clone());
            let shown = field
                .zip(value)
                .map(|(field, value)| show::value(field, &value, read.known(), lang));
            shown.unwrap_or_else(|| {
                if json.is_null() {
                    "–".to_owned()
                } else {
                    json.to_string()
                }
            })
        };
        let label = field.map_or(key.as_str(), |field| field.label.get(lang));
        match past.deed {
            Deed::Created => format!("{label}: {}", words(after)),
            _ => format!("{label}: {} → {}", words(before), words(after)),
        }
    });
    Change {
        head: format!("{at}  {who}  {}{note}", past.label().get(lang)),
        fields: fields.collect(),
    }
}

impl Screen for History {
    fn contexts(&self) -> &'static [Context] {
        Context::Help.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        if let Input::Tick = input {
            self.changes.look();
            self.arrange();
            return Vec::new();
        }
        match (self.roll.update(input), input.action()) {
            (Outcome::Moved | Outcome::Open(_), _) => Vec::new(),
            (Outcome::Pass, Some(Action::History)) => vec![Command::Pop],
            (Outcome::Pass, _) => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        let (store, id, lang) = (Arc::clone(cx.store), self.id, cx.prefs.lang);
        self.changes
            .read(cx.store, move |read| read_changes(&store, read, id, lang));
        self.arrange();
    }

    fn layout(&mut self, area: Rect) {
        if self.width != area.width {
            self.width = area.width;
            self.arrange();
        }
        self.roll.layout(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        let said = match (self.changes.failure(), self.changes.get()) {
            (Some(why), _) => Some(why.get(lang)),
            (None, None) => Some(READING.get(lang)),
            (None, Some(changes)) if changes.is_empty() => Some(NONE.get(lang)),
            _ => None,
        };
        if let Some(said) = said {
            canvas.text(1, 1, said, Role::Dim);
        }
        self.roll.draw(canvas, Cursor::Shown, |row, line| {
            let Some((line, words)) = self.lines.get(line) else {
                return;
            };
            let (x, role) = match line {
                Line::Stop => (1, Role::Strong),
                Line::Plain => (3, Role::Text),
            };
            row.text(x, 0, words, role);
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        let label = self.kind.label().get(lang);
        Heading::new(format!("{} · {label} · {}", TITLE.get(lang), self.name))
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = vec![Offer::from(Action::Back)];
        if self.roll.in_sight().end < self.roll.len() {
            offers.extend([Offer::from(Action::Down), Action::PageDown.into()]);
        }
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.changes.wakes_after()
    }
}
