//! The rows behind a table of records: ids in the order of an index, texts read for those in sight and kept.

use super::columns::{self, Shown};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError};
use crate::ui::form::picks::fit;
use crate::ui::screen::Progress;
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Direction, RowId, Rows};
use crate::vietnamese::collate;
use crate::vietnamese::fold::fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Rows kept read.
const KEPT: usize = 4_000;

/// The records of a kind, in an order, filtered.
pub(super) struct Listed {
    kind: &'static dyn Kind,
    shown: Vec<Shown>,
    all: Vec<Id>,
    /// Places in `all` that fit the filter.
    fitting: Vec<usize>,
    read: HashMap<Id, Vec<String>>,
    /// The folded text of every row, in the order of `all`, once a filter asked for it.
    texts: Option<Vec<String>>,
}

/// Rows in another order.
#[derive(Clone, Debug)]
pub(super) struct Sorted {
    pub(super) column: usize,
    pub(super) way: Direction,
    ids: Vec<Id>,
}

impl Listed {
    /// All records of a kind in their natural order.
    pub(super) fn new(kind: &'static dyn Kind, read: &dyn Read, lang: Lang) -> Listed {
        let shown = columns::of(kind, read);
        // A fault of the store leaves rows out; what opens or saves one tells of it.
        let all: Vec<Id> = natural_order(kind, read).unwrap_or_default();
        let mut listed = Listed {
            kind,
            fitting: (0..all.len()).collect(),
            shown,
            all,
            read: HashMap::new(),
            texts: None,
        };
        listed.fetch(0..100, read, lang);
        listed
    }

    /// The columns with their widths.
    pub(super) fn columns(&self, lang: Lang) -> Vec<Column> {
        self.shown.iter().map(|shown| shown.column(lang)).collect()
    }

    /// The column that the natural order goes by.
    pub(super) fn sorted_by_index(&self) -> Option<(usize, Direction)> {
        let (key, way) = match (self.kind.when(), self.kind.name_field()) {
            (Some(when), _) => (when, Direction::Down),
            (None, Some(name)) => (name, Direction::Up),
            (None, None) => return None,
        };
        let column = self.shown.iter().position(|shown| shown.key() == Some(key))?;
        Some((column, way))
    }

    /// How many there are, filtered or not.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// All ids in order.
    pub(super) fn all(&self) -> Vec<Id> {
        self.all.clone()
    }

    /// Reads the rows of a range that are not yet read.
    pub(super) fn fetch(&mut self, range: Range<usize>, read: &dyn Read, lang: Lang) {
        if self.read.len() > KEPT {
            self.read.clear();
        }
        for row in range.start..range.end.min(self.fitting.len()) {
            let id = self.all[self.fitting[row]];
            if !self.read.contains_key(&id) {
                let cells = self.cells_of(id, read, lang);
                self.read.insert(id, cells);
            }
        }
    }

    fn cells_of(&self, id: Id, read: &dyn Read, lang: Lang) -> Vec<String> {
        match read.get(self.kind.key(), id) {
            Ok(Some(entry)) => self.shown.iter().map(|shown| shown.text(&entry, read, lang)).collect(),
            _ => vec![String::new(); self.shown.len()],
        }
    }

    /// The texts of one row, read now.
    pub(super) fn read_row(&self, row: usize, read: &dyn Read, lang: Lang) -> Vec<String> {
        self.cells_of(self.all[self.fitting[row]], read, lang)
    }

    /// Whether a filter can be asked.
    pub(super) fn has_texts(&self) -> bool {
        self.texts.is_some()
    }

    /// Reads the text of every row.
    pub(super) fn read_texts(&mut self, read: &dyn Read, lang: Lang) {
        if self.texts.is_none() {
            self.texts = texts_of(self.kind, &self.all, read, lang, &Progress::default()).ok();
        }
    }

    /// Takes the texts of every row, read elsewhere; those of another state are dropped.
    pub(super) fn take_texts(&mut self, texts: Vec<String>) {
        self.texts = Some(texts).filter(|texts| texts.len() == self.all.len());
    }

    /// Shows the rows whose text has words that begin with every word typed.
    pub(super) fn filter(&mut self, query: &str) {
        let query = fold(query);
        self.fitting = match &self.texts {
            Some(texts) if !query.is_empty() => {
                let fits = |text: &String| fit(text, &query).is_some();
                (0..self.all.len()).filter(|row| fits(&texts[*row])).collect()
            }
            _ => (0..self.all.len()).collect(),
        };
    }

    /// Takes another order.
    pub(super) fn take_order(&mut self, sorted: Sorted) {
        if let Some(texts) = self.texts.take() {
            let mut by_id: HashMap<Id, String> = self.all.iter().copied().zip(texts).collect();
            let moved = sorted.ids.iter().map(|id| by_id.remove(id).unwrap_or_default());
            self.texts = Some(moved.collect());
        }
        self.all = sorted.ids;
        self.fitting = (0..self.all.len()).collect();
    }
}

impl Rows for Listed {
    fn len(&self) -> usize {
        self.fitting.len()
    }

    fn id(&self, row: usize) -> RowId {
        RowId::from_be_bytes(self.all[self.fitting[row]].bytes())
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let id = self.all[self.fitting[row]];
        let text = self.read.get(&id).and_then(|cells| cells.get(column));
        Cow::from(text.map_or("", String::as_str))
    }

    fn role(&self, _: usize, column: usize) -> Role {
        match self.shown.get(column).and_then(|shown| shown.key()) {
            Some(key) if Some(key) == self.kind.name_field() => Role::Strong,
            _ => Role::Text,
        }
    }
}

/// By day, the last first; by name; else by entry, the last first.
fn natural_order(kind: &'static dyn Kind, read: &dyn Read) -> Result<Vec<Id>, StoreError> {
    let key = kind.key();
    let when = kind
        .when()
        .filter(|when| kind.field(when).is_some_and(|field| field.indexed));
    let mut ids: Vec<Id> = match (when, kind.name_field()) {
        (Some(when), _) => {
            let dated = read.dated(key, when, None, None, Order::Backward);
            dated
                .map(|dated| dated.map(|dated| dated.id))
                .collect::<Result<_, _>>()?
        }
        (None, Some(_)) => read.by_name(key, Order::Forward).collect::<Result<_, _>>()?,
        (None, None) => {
            let mut ids: Vec<Id> = read.ids(key).collect::<Result<_, _>>()?;
            ids.reverse();
            ids
        }
    };
    // What has no day or no name stands at the end.
    let known: std::collections::HashSet<Id> = ids.iter().copied().collect();
    for id in read.ids(key) {
        let id = id?;
        if !known.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The folded text of every row, for filtering.
pub(super) fn texts_of(
    kind: &'static dyn Kind,
    ids: &[Id],
    read: &dyn Read,
    lang: Lang,
    progress: &Progress,
) -> Result<Vec<String>, Message> {
    let shown = columns::of(kind, read);
    let text = |entry: &Entry| {
        let cells: Vec<String> = shown.iter().map(|shown| shown.text(entry, read, lang)).collect();
        fold(&cells.join(" "))
    };
    each(kind, ids, read, progress, |entry| entry.map(text).unwrap_or_default())
}

/// Reads each record in turn, reporting how far it is, until asked to stop.
fn each<T>(
    kind: &'static dyn Kind,
    ids: &[Id],
    read: &dyn Read,
    progress: &Progress,
    make: impl Fn(Option<&Entry>) -> T,
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

/// A value as it sorts: numbers and days by size, texts in Vietnamese order; what is empty stands last.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum SortKey {
    Number(f64),
    Text(Vec<u8>),
}

/// Sorts by a column.
pub(super) fn sort(
    kind: &'static dyn Kind,
    ids: &[Id],
    column: usize,
    way: Direction,
    read: &dyn Read,
    lang: Lang,
    progress: &Progress,
) -> Result<Sorted, Message> {
    let Some(shown) = columns::of(kind, read).into_iter().nth(column) else {
        return Ok(Sorted {
            column,
            way,
            ids: ids.to_vec(),
        });
    };
    let is_name = shown.key() == kind.name_field() && kind.key() == "person";
    let key = |entry: Option<&Entry>| -> Option<SortKey> {
        let entry = entry?;
        let value = shown.key().and_then(|key| entry.get(key));
        match value {
            Some(Value::Number(number)) => Some(SortKey::Number(*number as f64)),
            Some(Value::Decimal(number)) => Some(SortKey::Number(*number)),
            Some(value) if value.as_date().is_some() => {
                value.as_date().map(|day| SortKey::Text(day.to_string().into_bytes()))
            }
            _ => {
                let text = shown.text(entry, read, lang);
                let order = if is_name {
                    collate::name_key(&text)
                } else {
                    collate::sort_key(&text)
                };
                (!text.is_empty()).then_some(SortKey::Text(order))
            }
        }
    };
    let mut keyed: Vec<(Option<SortKey>, Id)> = each(kind, ids, read, progress, key)?
        .into_iter()
        .zip(ids.iter().copied())
        .collect();
    keyed.arrange_by(|(one, _), (other, _)| match (one, other) {
        (None, None) => std::cmp::Ordering::Equal,
        (None, _) => std::cmp::Ordering::Greater,
        (_, None) => std::cmp::Ordering::Less,
        (Some(one), Some(other)) => {
            let order = one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal);
            if way == Direction::Up { order } else { order.reverse() }
        }
    });
    Ok(Sorted {
        column,
        way,
        ids: keyed.into_iter().map(|(_, id)| id).collect(),
    })
}
