//! What was accepted written in one batch, and what was not beside its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{PreviewScreen, first};
use crate::domain::text::{Lang, Message};
use crate::import::plan::{Halt, Plan};
use crate::import::refused;
use crate::import::table::Table as List;
use crate::import::watch::{WRITING, Watch};
use crate::report::{file, xlsx};
use crate::store::Store;
use crate::ui::action::Action;
use crate::ui::keymap::Context;
use crate::ui::screen::import::go;
use crate::ui::screen::{Answer, Command, Cx, Notice, Task};

/// What came of writing.
pub(super) struct Written {
    records: u64,
    /// Where the rows that were not taken are.
    beside: Option<Result<PathBuf, Message>>,
}

impl PreviewScreen {
    /// The rows that are not taken, as a workbook beside the file.
    pub(super) fn write_refused(&self) -> Vec<Command> {
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        let notice = match beside(&self.list, &seen.plan, &self.path, self.lang) {
            None => Notice::warning(Message::new(
                "Không có dòng nào bị từ chối hay nghi ngờ.",
                "No row is refused or doubtful.",
            )),
            Some(Ok(path)) => Notice::good(Message::new(
                format!("Các dòng chưa nhập, kèm lý do, ở tệp {}.", path.display()),
                format!("The rows not taken, with the reasons, are in {}.", path.display()),
            )),
            Some(Err(said)) => Notice::bad(said),
        };
        vec![Command::Tell(notice)]
    }

    /// Writes the accepted rows, and beside the file those that are not taken.
    pub(super) fn write(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        if seen.plan.accepted() == 0 {
            return vec![Command::Tell(Notice::warning(Message::new(
                "Không có dòng nào để ghi: đều đã có, bị từ chối hoặc còn nghi ngờ. Chưa ghi gì.",
                "There is no row to write: all are there already, refused or doubtful. Nothing was written.",
            )))];
        }
        let (seen, store, list) = (Arc::clone(seen), Arc::clone(cx.store), Arc::clone(&self.list));
        let (path, name, lang) = (self.path.clone(), self.name.clone(), self.lang);
        self.busy = true;
        let work = move |progress: &_| {
            let watch = |done, all| go(progress, done, all);
            let records = write_all(&store, &seen.plan, &name, &watch).map_err(|halt| first(&halt))?;
            let beside = beside(&list, &seen.plan, &path, lang);
            Ok(Answer::new(Written { records, beside }))
        };
        vec![Command::Spawn(Task {
            title: WRITING,
            work: Box::new(work),
        })]
    }

    /// What came of writing; on success the way back to where the import began.
    pub(super) fn written(&self, written: &Written, cx: &Cx<'_>) -> Vec<Command> {
        let undo = cx
            .keymap
            .key_for(Context::Table.chain(), Action::Undo)
            .unwrap_or_default();
        let (records, name) = (written.records, &self.name);
        let mut said = Message::new(
            format!("Đã nhập {records} bản ghi từ {name}. Bấm {undo} để bỏ cả lần nhập."),
            format!("Took {records} records from {name}. {undo} takes the whole import back."),
        );
        let mut commands = vec![Command::Pop, Command::Pop, Command::Pop];
        match &written.beside {
            Some(Ok(path)) => {
                let path = path.display();
                said.vi.push_str(&format!(" Dòng chưa nhập: {path}"));
                said.en.push_str(&format!(" Rows not taken: {path}"));
            }
            Some(Err(why)) => commands.push(Command::Tell(Notice::bad(why.clone()))),
            None => {}
        }
        commands.push(Command::Tell(Notice::good(said)));
        commands
    }
}

/// Writes in one batch; what goes wrong leaves nothing behind.
fn write_all(store: &Store, plan: &Plan, name: &str, watch: Watch<'_>) -> Result<u64, Halt> {
    plan.write(store, &format!("nhập từ tệp {name}"), watch)
}

/// Writes the rows that are not taken beside their file; none where all are.
fn beside(list: &List, plan: &Plan, path: &Path, lang: Lang) -> Option<Result<PathBuf, Message>> {
    let book = refused::workbook(list, plan, lang, chrono::Local::now().naive_local())?;
    let beside = refused::path_beside(path);
    let written = xlsx::write(&book).and_then(|bytes| file::save(&beside, &bytes));
    Some(written.map(|()| beside).map_err(|error| error.message()))
}
