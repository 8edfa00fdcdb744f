//! What is seen of a table, taken out of the program: as text with tabs for a sheet, and as a workbook.
//!
//! The rows are the marked ones, else all that fit the filter, in their order; the columns those shown. A person's data
//! stay in: they leave by `sohoi export --personal` alone, which is written into the journal.

use super::columns::Shown;
use super::rows::{cells, each};
use super::{AT_ONCE, ListScreen, on_thread};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message, Text};
use crate::report::cell::Cell;
use crate::report::doc::Column;
use crate::report::table::Table;
use crate::report::{export, file, xlsx};
use crate::store::Read;
use crate::ui::screen::{Command, Cx, Notice, Progress};
use chrono::Local;
use std::path::PathBuf;

/// Most rows that are copied at once.
const COPIED: usize = 10_000;

/// How rows leave the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As text for the clipboard.
    Copied,
    /// As a workbook in the current folder.
    Exported,
}

/// What has left: the text, or the path of the workbook, and how many rows it has.
pub(super) struct Taken {
    way: Way,
    what: String,
    rows: usize,
}

impl ListScreen {
    /// Takes out what is seen: the marked rows, or all that fit; many of them on a thread.
    pub(super) fn take_out(&mut self, way: Way, cx: &Cx<'_>) -> Vec<Command> {
        self.listed.wait_for_rest(cx.store, cx.read, cx.prefs.lang);
        let mut ids = self.marked_or(|| self.listed.seen());
        if way == Way::Copied {
            ids.truncate(COPIED);
        }
        let (kind, shown, lang) = (self.kind, self.listed.shown().to_vec(), cx.prefs.lang);
        let (title, count) = (way.title(), ids.len());
        let take = move |read: &dyn Read, progress: &Progress| {
            let seen = Seen {
                kind,
                ids: &ids,
                shown: &shown,
                read,
                lang,
                progress,
            };
            let what = match way {
                Way::Copied => seen.text()?,
                Way::Exported => seen.workbook()?.display().to_string(),
            };
            let rows = ids.len();
            Ok(Taken { way, what, rows })
        };
        if count > AT_ONCE {
            return on_thread(title, cx.store, take);
        }
        match take(cx.read, &Progress::default()) {
            Ok(taken) => self.taken(&taken),
            Err(said) => vec![Command::Tell(Notice::bad(said))],
        }
    }

    /// Says what has left, and puts it on the clipboard where it goes there.
    pub(super) fn taken(&self, taken: &Taken) -> Vec<Command> {
        let left_out = left_out(self.listed.shown());
        let Taken { way, what, rows } = taken;
        match way {
            Way::Copied => {
                let said = Message::new(
                    format!("Đã sao chép {rows} dòng.{}", left_out.vi),
                    format!("Copied {rows} rows.{}", left_out.en),
                );
                vec![Command::Copy(what.clone()), Command::Tell(Notice::good(said))]
            }
            Way::Exported => vec![Command::Tell(Notice::good(Message::new(
                format!("Đã xuất {rows} dòng ra {what}.{}", left_out.vi),
                format!("Exported {rows} rows to {what}.{}", left_out.en),
            )))],
        }
    }
}

impl Way {
    fn title(self) -> Text {
        match self {
            Way::Copied => Text::new("Đang sao chép", "Copying"),
            Way::Exported => Text::new("Đang xuất", "Exporting"),
        }
    }
}

/// The rows and columns that leave the program.
struct Seen<'a> {
    kind: &'static dyn Kind,
    ids: &'a [Id],
    shown: &'a [Shown],
    read: &'a dyn Read,
    lang: Lang,
    progress: &'a Progress,
}

impl Seen<'_> {
    fn columns(&self) -> Vec<Shown> {
        let open = self.shown.iter().filter(|shown| !shown.is_personal());
        open.cloned().collect()
    }

    /// Headings and rows with tabs between the cells.
    ///
    /// # Errors
    /// The store, or that it was to stop.
    fn text(&self) -> Result<String, Message> {
        let shown = self.columns();
        let headings: Vec<&str> = shown.iter().map(|shown| shown.label().get(self.lang)).collect();
        let line = |entry: Option<&Entry>| {
            let cells = entry
                .map(|entry| cells(&shown, entry, self.read, self.lang))
                .unwrap_or_default();
            let cells = cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " "));
            cells.collect::<Vec<_>>().join("\t")
        };
        let rows = each(self.kind, self.ids, self.read, self.progress, line)?;
        Ok(format!("{}\n{}", headings.join("\t"), rows.join("\n")))
    }

    /// Writes a workbook into the current folder; gives its path.
    ///
    /// # Errors
    /// The store, the file, or that it was to stop; nothing is written then.
    fn workbook(&self) -> Result<PathBuf, Message> {
        let shown = self.columns();
        let fields: Vec<_> = shown.iter().map(|shown| (shown.label().vi, shown.field())).collect();
        let columns = fields.iter().map(|(label, field)| match field {
            Some(field) => export::column((*label).to_owned(), field.kind),
            None => Column::text(*label),
        });
        let mut table = Table::new(columns.collect());
        let row = |entry: Option<&Entry>| -> Vec<Cell> {
            let Some(entry) = entry else { return Vec::new() };
            shown.iter().map(|shown| self.cell(shown, entry)).collect()
        };
        for cells in each(self.kind, self.ids, self.read, self.progress, row)? {
            table.push(cells);
        }
        let known = self.read.known();
        let office = known.office().and_then(|uid| known.unit(&uid));
        let author = office.map(|unit| unit.name).unwrap_or_default();
        let book = export::workbook(self.kind, table, author, Local::now().naive_local());
        let bytes = xlsx::write(&book).map_err(|error| error.message())?;
        let stem = format!("danh-sach-{}", self.kind.key());
        let path = file::free_name(&std::env::current_dir().unwrap_or_default(), &stem, "xlsx");
        file::save(&path, &bytes).map_err(|error| error.message())?;
        Ok(path)
    }

    fn cell(&self, shown: &Shown, entry: &Entry) -> Cell {
        let value = shown.field().and_then(|field| Some((field, entry.get(field.key)?)));
        match (value, shown) {
            (Some((field, value)), _) => export::cell(self.read, field, value).unwrap_or(Cell::Blank),
            (None, Shown::Field(_)) => Cell::Blank,
            (None, shown) => Cell::text(shown.text(entry, self.read, self.lang)),
        }
    }
}

/// What is said of columns that stay in; empty where none does.
fn left_out(shown: &[Shown]) -> Message {
    let personal: Vec<_> = shown.iter().filter(|shown| shown.is_personal()).collect();
    if personal.is_empty() {
        return Message::default();
    }
    let names = |lang: Lang| {
        personal
            .iter()
            .map(|shown| shown.label().get(lang))
            .collect::<Vec<_>>()
            .join(", ")
    };
    Message::new(
        format!(" Không kèm dữ liệu cá nhân ({}).", names(Lang::Vi)),
        format!(" Personal data are left out ({}).", names(Lang::En)),
    )
}
