//! What is seen of a table, taken out of the program: as text with tabs for a sheet, and as a workbook.
//!
//! The rows are the marked ones, else all that fit the filter, in their order; the columns those shown. A person's data
//! stay in: they leave by `sohoi export --personal` alone, which is written into the journal.

use super::columns::Shown;
use super::rows::{cells, each};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message};
use crate::report::cell::Cell;
use crate::report::doc::Column;
use crate::report::table::Table;
use crate::report::{export, file, xlsx};
use crate::store::Read;
use crate::ui::screen::Progress;
use chrono::Local;
use std::path::PathBuf;

/// What leaves the program.
pub(super) struct Seen<'a> {
    pub(super) kind: &'static dyn Kind,
    pub(super) ids: &'a [Id],
    pub(super) shown: &'a [Shown],
    pub(super) read: &'a dyn Read,
    pub(super) lang: Lang,
    pub(super) progress: &'a Progress,
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
    pub(super) fn text(&self) -> Result<String, Message> {
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
    pub(super) fn workbook(&self) -> Result<PathBuf, Message> {
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

    /// What is said of columns that stay in; empty where none does.
    pub(super) fn left_out(shown: &[Shown]) -> Message {
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
}
