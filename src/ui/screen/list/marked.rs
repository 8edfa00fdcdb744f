//! What is done to the marked rows of a table at once, or to the one under the cursor where none is marked: they are
//! deleted, merged, or one field of all is changed.

use super::change::{self, Change};
use super::{Asking, ListScreen, id_of, row_of};
use crate::domain::id::Id;
use crate::domain::text::{Message, Text};
use crate::ui::action::Action;
use crate::ui::data::Work;
use crate::ui::form::show::lower_first;
use crate::ui::screen::{Command, Cx, Notice, Screen, merge};
use crate::ui::widget::picker::{Choice, Item, PickList, PickerScreen};

const FIELDS: Text = Text::new("Sửa ô nào ở các dòng này?", "Which field of these rows?");

impl ListScreen {
    /// The marked rows in their order; without marks, as many of the rows seen as are asked for.
    pub(super) fn marked_or(&self, unmarked: impl FnOnce() -> Vec<Id>) -> Vec<Id> {
        let marks = self.table.marks();
        if marks.is_empty() {
            return unmarked();
        }
        let all = self.listed.all().iter().copied();
        all.filter(|id| marks.contains(&row_of(*id))).collect()
    }

    fn marked_or_current(&self) -> Vec<Id> {
        self.marked_or(|| self.current().into_iter().collect())
    }

    /// Merges the marked rows into one.
    pub(super) fn merge(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let marked: Vec<Id> = self.table.marks().iter().copied().map(id_of).collect();
        let commands = merge::begin(self.kind, &marked, cx);
        if commands.iter().any(|command| matches!(command, Command::Push(_))) {
            // One of them will be gone.
            self.table.clear_marks();
        }
        commands
    }

    /// Deletes the marked rows, or the one under the cursor. It can be undone, so it is not asked about.
    pub(super) fn delete(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let ids = self.marked_or_current();
        if ids.is_empty() {
            return Vec::new();
        }
        let kind = self.kind.key();
        let title = match ids.as_slice() {
            [one] => cx.read.name_of(kind, *one).unwrap_or_default(),
            several => several.len().to_string(),
        };
        let undo = cx.keymap.key_for(self.contexts(), Action::Undo).unwrap_or_default();
        let said = Message::new(
            format!(
                "Đã xóa {} {title}. Bấm {undo} để lấy lại.",
                lower_first(self.kind.label().vi)
            ),
            format!(
                "Deleted {} {title}. Press {undo} to bring it back.",
                lower_first(self.kind.label().en)
            ),
        );
        self.deleting = Some(self.table.row());
        vec![Command::Save(Work::transaction(move |txn| {
            for id in ids {
                txn.delete(kind, id)?;
            }
            Ok(said)
        }))]
    }

    /// Asks which field of the marked rows, or of the one under the cursor, is to be changed.
    pub(super) fn choose_field(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let count = self.marked_or_current().len();
        if count == 0 {
            return Vec::new();
        }
        if count > change::MOST {
            let most = change::MOST;
            return vec![Command::Tell(Notice::warning(Message::new(
                format!("Đang đánh dấu {count} dòng; mỗi lần sửa được {most} dòng. Hãy lọc bớt rồi đánh dấu lại."),
                format!("{count} rows are marked; {most} can be changed at once. Filter them and mark again."),
            )))];
        }
        let lang = cx.prefs.lang;
        let fields = change::fields(self.kind, cx.read);
        let items: Vec<Item> = fields
            .map(|field| Item::new(field.key, field.label.get(lang), ""))
            .collect();
        self.asking = Some(Asking::Field);
        let list = PickList::new(items, Choice::One);
        vec![Command::Push(Box::new(PickerScreen::new(FIELDS.get(lang), list)))]
    }

    pub(super) fn change_field(&self, key: &str, cx: &Cx<'_>) -> Vec<Command> {
        let Some(field) = change::fields(self.kind, cx.read).find(|field| field.key == key) else {
            return Vec::new();
        };
        let ids = self.marked_or_current();
        vec![Command::Push(Box::new(Change::new(self.kind, *field, ids, cx)))]
    }
}
