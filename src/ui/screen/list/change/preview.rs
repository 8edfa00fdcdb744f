//! What changing a field of many records would do to each of them, looked at before any is changed.

use crate::domain::check;
use crate::domain::entry::Entry;
use crate::domain::finding::Level;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::Field;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::store::{Read, Refusal, Store, StoreError, Txn};
use crate::ui::canvas::Canvas;
use crate::ui::form::show;
use crate::ui::screen::Progress;
use crate::ui::theme::Role;
use std::sync::Arc;

const EMPTY: Text = Text::new("(trống)", "(empty)");

/// The change that is wanted.
pub(super) struct Wanted {
    pub(super) kind: &'static dyn Kind,
    pub(super) field: Field,
    /// The new value; none empties the field.
    pub(super) value: Option<Value>,
    pub(super) ids: Arc<Vec<Id>>,
    pub(super) lang: Lang,
}

impl Wanted {
    /// Looks at every record; nothing is changed.
    pub(super) fn preview(&self, store: &Store, progress: &Progress) -> Result<Preview, Message> {
        let read = store.reader();
        let shown = |value: Option<&Value>| match value {
            Some(value) => show::value(&self.field, value, read.known(), self.lang),
            None => EMPTY.get(self.lang).to_owned(),
        };
        let mut preview = Preview {
            after: shown(self.value.as_ref()),
            ..Preview::default()
        };
        for (done, id) in self.ids.iter().enumerate() {
            progress.report(done as u64, self.ids.len() as u64);
            if progress.stopped() {
                return Err(StoreError::Stopped.message());
            }
            let Some(entry) = read.get(self.kind.key(), *id).map_err(|error| error.message())? else {
                continue;
            };
            let title = self.kind.title(&entry, read.known());
            let before = entry.get(self.field.key).cloned();
            if before == self.value {
                preview.same += 1;
                continue;
            }
            match self.doubts(entry, &store.txn()) {
                Ok(doubts) => {
                    preview.doubtful += usize::from(doubts > 0);
                    preview.changed.push((*id, title, shown(before.as_ref())));
                }
                Err(why) => preview.refused.push((title, why)),
            }
        }
        Ok(preview)
    }

    /// The warnings about a record with the field changed; why it cannot be saved so.
    fn doubts(&self, mut entry: Entry, txn: &Txn<'_>) -> Result<usize, Message> {
        entry.set(self.field.key, self.value.clone());
        let reason = |refusal: Refusal| refusal.messages().into_iter().next().unwrap_or_default();
        let (entry, findings) = txn.check(&entry).map_err(reason)?;
        match findings.iter().find(|finding| finding.level == Level::Error) {
            Some(error) => Err(error.text.clone()),
            None => Ok(check::open_warnings(&entry, &findings).len()),
        }
    }
}

/// What would change.
#[derive(Clone, Debug, Default)]
pub(super) struct Preview {
    /// The records that change, with title and the field before.
    pub(super) changed: Vec<(Id, String, String)>,
    /// Records that have this value already.
    same: usize,
    /// Records that cannot have it, and why.
    refused: Vec<(String, Message)>,
    /// Records about which there is a doubt; saving accepts it.
    doubtful: usize,
    /// The value as it is shown.
    pub(super) after: String,
}

impl Preview {
    /// Draws how many rows change, then those that cannot and those that do.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        let (width, lang) = (canvas.width().saturating_sub(1), canvas.lang);
        canvas.text_in(1, 2, width, &self.summary(lang), Role::Strong);
        let refused = self.refused.iter().map(|(title, why)| {
            let why = why.get(lang);
            (format!("{title}: {why}"), Role::Error)
        });
        let changed = self
            .changed
            .iter()
            .map(|(_, title, before)| (format!("{title}: {before} → {}", self.after), Role::Text));
        for (y, (line, role)) in (4..4 + super::ROWS).zip(refused.take(3).chain(changed)) {
            canvas.text_in(1, y, width, &line, role);
        }
    }

    /// How many rows change, stay, are refused and doubtful.
    fn summary(&self, lang: Lang) -> String {
        let (changed, same) = (self.changed.len(), self.same);
        let (refused, doubtful) = (self.refused.len(), self.doubtful);
        let parts: [(usize, &str, &str); 4] = [
            (changed, "dòng sẽ đổi", "rows change"),
            (same, "dòng đã như vậy", "are so already"),
            (refused, "dòng không sửa được", "cannot be changed"),
            (
                doubtful,
                "dòng có điều cần xem lại, lưu là chấp nhận",
                "have doubts, which saving accepts",
            ),
        ];
        let said = parts.iter().filter(|(count, ..)| *count > 0).map(|(count, vi, en)| {
            let words = if lang == Lang::Vi { vi } else { en };
            format!("{count} {words}")
        });
        said.collect::<Vec<_>>().join(" · ")
    }
}
