//! One field changed in many records: its value first, then what that would change row by row, then all of it in one
//! transaction, which one undo takes back.

mod preview;

use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Read, Warnings};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Work;
use crate::ui::form::chooser::{Chose, Looking};
use crate::ui::form::field::{Cell, Editor};
use crate::ui::form::line_edit::{Focus, Outcome as Edited};
use crate::ui::form::references::Candidates;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Notice, Progress, Screen, Task};
use crate::ui::theme::Role;
use preview::{Preview, Wanted};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Most records changed at once.
pub(super) const MOST: usize = 5_000;
/// Up to so many records the preview is made at once; for more on a thread.
const AT_ONCE: usize = 200;
/// Rows of the preview, and of a list to choose from.
const ROWS: u16 = 8;

const PREVIEW: Text = Text::new("xem trước", "preview");
const SAVE: Text = Text::new("lưu thay đổi", "save the changes");
const AGAIN: Text = Text::new("sửa lại", "change it");
const CHECKING: Text = Text::new("Đang xem trước", "Looking ahead");
const TYPE: Text = Text::new(
    "Gõ giá trị mới cho mọi dòng; để trống là xóa ô này ở mọi dòng.",
    "Type the new value of every row; left empty, the field is emptied in every row.",
);

/// The fields that can be changed in many records: what tells a record from others is not among them.
pub(super) fn fields<'r>(kind: &'static dyn Kind, read: &'r dyn Read) -> impl Iterator<Item = &'r Field> {
    let single = Some("name").filter(|name| kind.name_field() == Some(name));
    read.schema().fields(kind).filter(move |field| {
        let own = matches!(
            field.kind,
            FieldKind::Code | FieldKind::TaxCode | FieldKind::Json | FieldKind::Days
        ) || matches!(field.kind, FieldKind::Counts(_));
        !field.hidden && !own && Some(field.key) != single
    })
}

/// Changing one field of several records. It closes once they are saved.
pub(super) struct Change {
    kind: &'static dyn Kind,
    field: Field,
    ids: Arc<Vec<Id>>,
    cell: Cell,
    candidates: Candidates,
    preview: Option<Preview>,
}

impl Change {
    /// Changing a field of these records.
    pub(super) fn new(kind: &'static dyn Kind, field: Field, ids: Vec<Id>, cx: &Cx<'_>) -> Change {
        let mut change = Change {
            kind,
            field,
            ids: Arc::new(ids),
            cell: Cell::new(0, field),
            candidates: Candidates::default(),
            preview: None,
        };
        change.with_cell(cx, |cell, looking| cell.enter(looking));
        change
    }

    fn with_cell<T>(&mut self, cx: &Cx<'_>, ask: impl FnOnce(&mut Cell, &mut Looking<'_>) -> T) -> T {
        let mut looking = Looking {
            read: cx.read,
            names: cx.names,
            candidates: &mut self.candidates,
            typing: &cx.prefs.typing,
            lang: cx.prefs.lang,
        };
        ask(&mut self.cell, &mut looking)
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if matches!(input.action(), Some(Action::Save)) {
            return self.look_ahead(cx);
        }
        let is_list = matches!(self.cell.editor, Editor::Choice(_));
        let leaves = matches!(input.action(), Some(Action::NextField));
        let took = self.with_cell(cx, |cell, looking| match &mut cell.editor {
            Editor::Choice(chooser) => match chooser.update(input, looking) {
                Chose::Pass => None,
                chose => Some((chose == Chose::Done, None)),
            },
            Editor::Line(line) => match line.update(input, looking.typing) {
                Edited::Pass => None,
                Edited::Copied(text) | Edited::Cut(text) => Some((false, Some(text))),
                _ => Some((false, None)),
            },
        });
        match took {
            Some((true, _)) => self.look_ahead(cx),
            Some((false, copied)) => copied.map(Command::Copy).into_iter().collect(),
            None if leaves || (is_list && input.action() == Some(Action::Accept)) => self.look_ahead(cx),
            None => vec![Command::Pass],
        }
    }

    /// Reads what was typed, and what it would change.
    fn look_ahead(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        if !self.with_cell(cx, |cell, looking| cell.leave(looking)) {
            return Vec::new();
        }
        let wanted = Wanted {
            kind: self.kind,
            field: self.field,
            value: self.cell.value().cloned(),
            ids: Arc::clone(&self.ids),
            lang: cx.prefs.lang,
        };
        if self.ids.len() <= AT_ONCE {
            match wanted.preview(cx.store, &Progress::default()) {
                Ok(preview) => self.preview = Some(preview),
                Err(said) => return vec![Command::Tell(Notice::bad(said))],
            }
            return Vec::new();
        }
        let store = Arc::clone(cx.store);
        vec![Command::Spawn(Task {
            title: CHECKING,
            work: Box::new(move |progress| wanted.preview(&store, progress).map(Answer::new)),
        })]
    }

    fn confirm(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input.action() {
            Some(Action::Accept | Action::Yes | Action::Save) => self.save(),
            Some(Action::No | Action::Back) => {
                self.preview = None;
                self.with_cell(cx, |cell, looking| cell.enter(looking));
                Vec::new()
            }
            Some(action) if action.is_movement() => Vec::new(),
            _ => vec![Command::Pass],
        }
    }

    fn save(&self) -> Vec<Command> {
        let changed = self
            .preview
            .as_ref()
            .map(|preview| &preview.changed[..])
            .unwrap_or_default();
        let ids: Vec<Id> = changed.iter().map(|(id, ..)| *id).collect();
        if ids.is_empty() {
            return vec![Command::Pop];
        }
        let (kind, key, value) = (self.kind.key(), self.field.key, self.cell.value().cloned());
        let (label, count) = (self.field.label, ids.len());
        vec![Command::Save(Work::transaction(move |txn| {
            for id in ids {
                // What went meanwhile is left out: there is nothing to change in it.
                if let Some(mut entry) = txn.with(|read| read.get(kind, id))? {
                    entry.set(key, value.clone());
                    txn.save(entry, Warnings::Accept)?;
                }
            }
            Ok(Message::new(
                format!("Đã sửa ô “{}” ở {count} dòng; hoàn tác một lần là về như cũ.", label.vi),
                format!("Changed “{}” in {count} rows; one undo takes it back.", label.en),
            ))
        }))]
    }

    fn draw_typing(&self, canvas: &mut Canvas<'_>) {
        let y = 3;
        if let Some(fault) = &self.cell.fault {
            canvas.text_in(
                1,
                y,
                canvas.width().saturating_sub(1),
                fault.get(canvas.lang),
                Role::Error,
            );
            return;
        }
        let Editor::Choice(chooser) = &self.cell.editor else {
            canvas.text_in(1, y, canvas.width().saturating_sub(1), TYPE.get(canvas.lang), Role::Dim);
            return;
        };
        let (hits, at) = chooser.hits();
        let first = (at + 1).saturating_sub(usize::from(ROWS));
        for (line, (place, hit)) in (y..).zip(hits.iter().enumerate().skip(first)).take(usize::from(ROWS)) {
            let x = canvas.text(1, line, &format!("{:>4} ", hit.key), Role::Dim);
            canvas.text_in(x, line, canvas.width().saturating_sub(x), &hit.label, Role::Text);
            if place == at && chooser.is_open() {
                canvas.shade(0, line, canvas.width(), Role::Selected);
            }
        }
    }
}

impl Screen for Change {
    fn contexts(&self) -> &'static [Context] {
        let chooses = matches!(&self.cell.editor, Editor::Choice(chooser) if chooser.is_open());
        match self.preview {
            Some(_) => Context::Dialog.chain(),
            None if chooses => Context::Picker.chain(),
            None => Context::Form.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Saved(Ok(_)) => vec![Command::Pop],
            Input::Finished(Ok(answer)) => {
                self.preview = answer.get::<Preview>().cloned();
                Vec::new()
            }
            Input::Key { .. } | Input::Paste(_) if self.preview.is_some() => self.confirm(input, cx),
            Input::Key { .. } | Input::Paste(_) => self.type_in(input, cx),
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        let width = area.width.saturating_sub(2);
        match &mut self.cell.editor {
            Editor::Line(line) => _ = line.layout(width, 1),
            Editor::Choice(chooser) => _ = chooser.query_mut().layout(width / 2, 1),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let label = self.field.label.get(canvas.lang);
        let x = canvas.text(1, 0, &format!("{label}: "), Role::Strong);
        if let Some(preview) = &self.preview {
            canvas.text_in(x, 0, canvas.width().saturating_sub(x), &preview.after, Role::Text);
            preview.draw(canvas);
            return;
        }
        match &self.cell.editor {
            Editor::Line(line) => line.draw(canvas, 1, 1, Role::Focus, Focus::Here),
            Editor::Choice(chooser) => {
                let chosen: Vec<&str> = chooser.chosen().iter().map(|chosen| chosen.label.as_str()).collect();
                let mut at = 1;
                if !chosen.is_empty() {
                    at = canvas.text(1, 1, &format!("{} ", chosen.join(", ")), Role::Text);
                }
                chooser.query().draw(canvas, at, 1, Role::Focus, Focus::Here);
            }
        }
        self.draw_typing(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let count = self.ids.len();
        Heading::new(match lang {
            Lang::Vi => format!("Sửa một ô ở {count} dòng"),
            Lang::En => format!("Change one field in {count} rows"),
        })
    }

    fn offers(&self) -> Vec<Offer> {
        match self.preview {
            None => vec![Offer::named(Action::NextField, PREVIEW), Action::Back.into()],
            Some(_) => vec![Offer::named(Action::Accept, SAVE), Offer::named(Action::Back, AGAIN)],
        }
    }

    fn extent(&self) -> Extent {
        Extent::Popup {
            width: 74,
            height: 4 + ROWS,
        }
    }
}
