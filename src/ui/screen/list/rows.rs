//! The rows behind a table of records: ids in an order, cells read for the rows in sight and kept, the texts of all rows
//! once a filter asks for them; kept up by each save without reading everything again.

use super::columns::Shown;
use super::order::Sorting;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::FieldKind;
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::{Order, Read, Store, StoreError};
use crate::ui::data::Touched;
use crate::ui::screen::Progress;
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Direction, RowId, Rows};
use crate::vietnamese::fold::{fold, words};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Rows read at once when a table opens; the others come on a thread.
const FIRST: usize = 500;
/// Rows kept read.
const KEPT: usize = 4_000;
/// Records saved at once up to which rows are kept up one by one.
const FEW: usize = 1_000;

/// What was read on a thread is of this version of the store.
#[derive(Clone, Debug)]
pub(super) struct Of<T> {
    pub(super) version: u64,
    pub(super) what: T,
}

/// Where the rows after the first come from.
enum Rest {
    /// They are all there.
    None,
    /// They have yet to be asked for.
    Wanted,
    /// A thread reads them.
    Coming(Receiver<Of<Vec<Id>>>),
}

/// The records of a kind, in an order, filtered.
pub(super) struct Listed {
    kind: &'static dyn Kind,
    shown: Vec<Shown>,
    sorting: Sorting,
    all: Vec<Id>,
    rest: Rest,
    /// Places in `all` that fit the filter; none where nothing is filtered.
    fitting: Option<Vec<u32>>,
    query: String,
    read: HashMap<Id, Vec<String>>,
    /// The folded text of every row, in the order of `all`, once a filter asked for it.
    texts: Option<Vec<Box<str>>>,
    version: u64,
}

impl Listed {
    /// The first records of a kind in its natural order; [`Listed::fetch_rest`] gets the others.
    pub(super) fn new(kind: &'static dyn Kind, shown: Vec<Shown>, read: &dyn Read) -> Listed {
        let mut listed = Listed {
            sorting: Sorting::natural(kind, &shown),
            kind,
            shown,
            all: Vec::new(),
            rest: Rest::None,
            fitting: None,
            query: String::new(),
            read: HashMap::new(),
            texts: None,
            version: 0,
        };
        listed.read_anew(read);
        listed
    }

    /// Reads the order anew: the first rows now, the others when there is a thread for them.
    pub(super) fn read_anew(&mut self, read: &dyn Read) {
        // A fault of the store leaves rows out; what opens or saves one tells of it.
        if let Some(ids) = self.sorting.indexed(self.kind, read) {
            self.all = ids.filter_map(Result::ok).take(FIRST).collect();
            self.rest = Rest::Wanted;
        }
        if self.all.len() < FIRST {
            self.rest = Rest::None;
            let ids = self.sorting.read_all(self.kind, read).and_then(Result::ok);
            self.all = ids.unwrap_or_else(|| std::mem::take(&mut self.all));
        }
        self.version = read.version();
        self.texts = None;
        self.read.clear();
        self.refilter();
    }

    /// Lets a thread read the rows after the first, if they are wanted. Says whether something is to come.
    pub(super) fn fetch_rest(&mut self, store: &Arc<Store>) -> bool {
        if matches!(self.rest, Rest::Wanted) {
            let (sender, coming) = channel();
            let (kind, sorting, store) = (self.kind, self.sorting.clone(), Arc::clone(store));
            let work = move || {
                let read = store.reader();
                let version = read.version();
                // Where they cannot be read, the first rows stay; the table itself may be gone by now.
                if let Some(Ok(what)) = sorting.read_all(kind, &read) {
                    let _ = sender.send(Of { version, what });
                }
            };
            // Without a thread there is no more to be seen than the first rows, and that is said.
            if std::thread::Builder::new().name("rows".into()).spawn(work).is_ok() {
                self.rest = Rest::Coming(coming);
            }
        }
        !self.is_whole()
    }

    /// Takes the rows that the thread has read, if it has. Says whether all are there now.
    pub(super) fn take_rest(&mut self, read: &dyn Read, lang: Lang) -> bool {
        let Rest::Coming(coming) = &self.rest else {
            return self.is_whole();
        };
        match coming.try_recv() {
            Ok(rest) => self.take_order(rest, read, lang),
            Err(TryRecvError::Disconnected) => self.rest = Rest::Wanted,
            Err(TryRecvError::Empty) => {}
        }
        self.is_whole()
    }

    /// Waits for the rows that are still coming: a filter and a sort need all of them.
    pub(super) fn wait_for_rest(&mut self, store: &Arc<Store>, read: &dyn Read, lang: Lang) {
        self.fetch_rest(store);
        if let Rest::Coming(coming) = &self.rest
            && let Ok(rest) = coming.recv()
        {
            self.take_order(rest, read, lang);
        }
    }

    /// Whether all rows are there.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.rest, Rest::None)
    }

    /// The columns with their widths.
    pub(super) fn columns(&self, lang: Lang) -> Vec<Column> {
        self.shown.iter().map(|shown| shown.column(lang)).collect()
    }

    /// What the columns show.
    pub(super) fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// Shows other columns.
    pub(super) fn show(&mut self, shown: Vec<Shown>) {
        self.shown = shown;
        self.read.clear();
        self.texts = None;
    }

    /// The column that it is sorted by, where that is shown, and which way.
    pub(super) fn sorted(&self) -> Option<(usize, Direction)> {
        let by = self.sorting.by.as_ref()?.id();
        let column = self.shown.iter().position(|shown| shown.id() == by)?;
        Some((column, self.sorting.way))
    }

    /// Sorts in an order that an index has. Says whether one has it.
    pub(super) fn sort_by_index(&mut self, sorting: &Sorting, read: &dyn Read) -> bool {
        if sorting.indexed(self.kind, read).is_none() {
            return false;
        }
        let texts = self.texts.take();
        let before = std::mem::take(&mut self.all);
        self.sorting = sorting.clone();
        if texts.is_some() {
            // What is filtered needs all rows anyway.
            self.all = sorting
                .read_all(self.kind, read)
                .and_then(Result::ok)
                .unwrap_or_default();
            self.rest = Rest::None;
        } else {
            self.read_anew(read);
        }
        self.move_texts(texts, &before);
        self.refilter();
        true
    }

    /// How many there are, filtered or not.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// All ids in order.
    pub(super) fn all(&self) -> &[Id] {
        &self.all
    }

    /// The ids of the rows that fit, in order.
    pub(super) fn seen(&self) -> Vec<Id> {
        (0..self.len()).map(|row| self.id_at(row)).collect()
    }

    fn id_at(&self, row: usize) -> Id {
        match &self.fitting {
            Some(fitting) => self.all[fitting[row] as usize],
            None => self.all[row],
        }
    }

    /// Reads the rows of a range that are not yet read.
    pub(super) fn fetch(&mut self, range: Range<usize>, read: &dyn Read, lang: Lang) {
        if self.read.len() > KEPT {
            self.read.clear();
        }
        for row in range.start..range.end.min(self.len()) {
            let id = self.id_at(row);
            if !self.read.contains_key(&id) {
                let cells = self.cells_of(id, read, lang);
                self.read.insert(id, cells);
            }
        }
    }

    fn cells_of(&self, id: Id, read: &dyn Read, lang: Lang) -> Vec<String> {
        match read.get(self.kind.key(), id) {
            Ok(Some(entry)) => cells(&self.shown, &entry, read, lang),
            _ => vec![String::new(); self.shown.len()],
        }
    }

    /// Whether a filter can be asked.
    pub(super) fn has_texts(&self) -> bool {
        self.texts.is_some()
    }

    /// Takes the texts of every row.
    pub(super) fn take_texts(&mut self, texts: Of<Vec<Box<str>>>, ids: &[Id], read: &dyn Read, lang: Lang) {
        self.move_texts(Some(texts.what), ids);
        // What was saved while they were read is told by the store; what it no longer knows is read again.
        if texts.version != read.version() {
            match read.touched_since(texts.version) {
                Some(touched) if touched.len() <= FEW => self.mend_texts(&touched, read, lang),
                Some(_) | None => self.texts = None,
            }
        }
        self.refilter();
    }

    /// Puts texts that stood in another order of ids into this one.
    fn move_texts(&mut self, texts: Option<Vec<Box<str>>>, before: &[Id]) {
        let Some(texts) = texts else { return };
        if before == self.all {
            self.texts = Some(texts);
            return;
        }
        let mut by_id: HashMap<Id, Box<str>> = before.iter().copied().zip(texts).collect();
        let moved = self.all.iter().map(|id| by_id.remove(id).unwrap_or_default());
        self.texts = Some(moved.collect());
    }

    /// Shows the rows whose text has words that begin with every word typed.
    pub(super) fn filter(&mut self, query: &str) {
        let query = fold(query);
        let narrows = !self.query.is_empty() && query.starts_with(&self.query);
        self.query = query;
        let within = self.fitting.take().filter(|_| narrows);
        let Some(texts) = self.texts.as_ref().filter(|_| !self.query.is_empty()) else {
            return;
        };
        let wanted: Vec<&str> = words(&self.query).collect();
        let fits = |row: &u32| has_words(&texts[*row as usize], &wanted);
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        self.fitting = Some(match within {
            Some(within) => within.into_iter().filter(fits).collect(),
            None => (0..count).filter(fits).collect(),
        });
    }

    fn refilter(&mut self) {
        let query = std::mem::take(&mut self.query);
        self.fitting = None;
        self.filter(&query);
    }

    /// Takes another order of all rows.
    pub(super) fn take_order(&mut self, order: Of<Vec<Id>>, read: &dyn Read, lang: Lang) {
        let texts = self.texts.take();
        let before = std::mem::replace(&mut self.all, order.what);
        self.rest = Rest::None;
        self.version = order.version;
        self.move_texts(texts, &before);
        self.keep_up(read, lang);
        self.refilter();
    }

    /// The same, sorted by something else.
    pub(super) fn take_sorted(&mut self, sorting: Sorting, order: Of<Vec<Id>>, read: &dyn Read, lang: Lang) {
        self.sorting = sorting;
        self.take_order(order, read, lang);
    }

    /// Takes in what was saved since it was read: those rows alone where that is known, else all anew.
    pub(super) fn keep_up(&mut self, read: &dyn Read, lang: Lang) {
        if self.version == read.version() {
            return;
        }
        let touched = read.touched_since(self.version);
        let few = touched.filter(|touched| touched.len() <= FEW && self.is_whole());
        let Some(touched) = few else {
            self.read_anew(read);
            return;
        };
        self.version = read.version();
        // A cell may show the name of any record.
        self.read.clear();
        for own in touched.iter().filter(|touched| touched.kind == self.kind.key()) {
            self.place_anew(own.id, read, lang);
        }
        self.mend_texts(&touched, read, lang);
        self.refilter();
    }

    /// Takes a row out, and puts it where it belongs now if the record is still there.
    fn place_anew(&mut self, id: Id, read: &dyn Read, lang: Lang) {
        if let Some(place) = self.all.iter().position(|other| *other == id) {
            self.all.remove(place);
            if let Some(texts) = &mut self.texts {
                texts.remove(place);
            }
        }
        if let Ok(Some(entry)) = read.get(self.kind.key(), id) {
            let place = self.sorting.place(self.kind, &self.all, &entry, read, lang);
            self.all.insert(place, id);
            if let Some(texts) = &mut self.texts {
                texts.insert(place, Box::default());
            }
        }
    }

    /// Reads the texts again of the rows that were touched, and of those that show something of what was: a cooperative
    /// its last visit, a visit the name of its cooperative.
    fn mend_texts(&mut self, touched: &[Touched], read: &dyn Read, lang: Lang) {
        let Some(mut texts) = self.texts.take() else { return };
        let mut stale: BTreeSet<Id> = BTreeSet::new();
        for Touched { kind, id } in touched {
            if *kind == self.kind.key() {
                stale.insert(*id);
                continue;
            }
            if let Ok(Some(entry)) = read.get(kind, *id) {
                stale.extend(entry.values.values().flat_map(Value::items).filter_map(Value::as_id));
            }
            for shown in self.shown.iter().filter_map(Shown::field) {
                let names = matches!(shown.kind, FieldKind::Ref(to) | FieldKind::Refs(to) if to == *kind);
                if names && shown.indexed {
                    let referring = read.refers(*id, self.kind.key(), shown.key, Order::Forward);
                    stale.extend(referring.filter_map(Result::ok).map(|row| row.id));
                }
            }
        }
        for (place, id) in self.all.iter().enumerate() {
            if stale.contains(id) {
                let cells = self.cells_of(*id, read, lang);
                texts[place] = fold(&cells.join(" ")).into();
            }
        }
        self.texts = Some(texts);
    }
}

/// Whether words of a folded text begin with each word wanted.
fn has_words(text: &str, wanted: &[&str]) -> bool {
    let begins = |word: &str| {
        let mut from = 0;
        while let Some(at) = text[from..].find(word) {
            let place = from + at;
            if place == 0 || text.as_bytes()[place - 1] == b' ' {
                return true;
            }
            from = place + word.len();
        }
        false
    };
    wanted.iter().all(|word| begins(word))
}

impl Rows for Listed {
    fn len(&self) -> usize {
        self.fitting.as_ref().map_or(self.all.len(), Vec::len)
    }

    fn id(&self, row: usize) -> RowId {
        RowId::from_be_bytes(self.id_at(row).bytes())
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let text = self.read.get(&self.id_at(row)).and_then(|cells| cells.get(column));
        Cow::from(text.map_or("", String::as_str))
    }

    fn role(&self, _: usize, column: usize) -> Role {
        match self.shown.get(column).and_then(Shown::key) {
            Some(key) if Some(key) == self.kind.name_field() => Role::Strong,
            _ => Role::Text,
        }
    }
}

/// The cells of a record.
pub(super) fn cells(shown: &[Shown], entry: &Entry, read: &dyn Read, lang: Lang) -> Vec<String> {
    shown.iter().map(|shown| shown.text(entry, read, lang)).collect()
}

/// The folded text of every row, for filtering.
///
/// # Errors
/// The store, or that it was to stop.
pub(super) fn texts_of(
    kind: &'static dyn Kind,
    ids: &[Id],
    shown: &[Shown],
    read: &dyn Read,
    lang: Lang,
    progress: &Progress,
) -> Result<Of<Vec<Box<str>>>, Message> {
    let version = read.version();
    let text = |entry: Option<&Entry>| {
        let cells = entry.map(|entry| cells(shown, entry, read, lang)).unwrap_or_default();
        fold(&cells.join(" ")).into()
    };
    let what = each(kind, ids, read, progress, text)?;
    Ok(Of { version, what })
}

/// Reads each record in turn, reporting how far it is, until asked to stop.
///
/// # Errors
/// The store, or that it was to stop.
pub(super) fn each<T>(
    kind: &'static dyn Kind,
    ids: &[Id],
    read: &dyn Read,
    progress: &Progress,
    mut make: impl FnMut(Option<&Entry>) -> T,
) -> Result<Vec<T>, Message> {
    let mut made = Vec::with_capacity(ids.len());
    for (done, id) in ids.iter().enumerate() {
        if done % 256 == 0 {
            progress.report(done as u64, ids.len() as u64);
            if progress.stopped() {
                return Err(StoreError::Stopped.message());
            }
        }
        let entry = read.get(kind.key(), *id).map_err(|error| error.message())?;
        made.push(make(entry.as_ref()));
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_begin_and_in_any_order() {
        let text = "htx007 htx duoc lieu an khang";
        for (wanted, fits) in [
            (&["an", "du"][..], true),
            (&["htx", "kh"], true),
            (&["lieu an"], true),
            (&["ang"], false),
            (&["tx"], false),
            (&["an", "mai"], false),
        ] {
            assert_eq!(has_words(text, wanted), fits, "{wanted:?}");
        }
    }
}
