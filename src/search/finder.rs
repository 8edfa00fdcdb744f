//! The one door to finding: asks the list, narrows from key stroke to key stroke, and tells what was hit.

use super::list::{KINDS, List};
use super::load::Loader;
use super::query::Query;
use super::rank::{self, Glance, Key, Pass, Ready};
use super::texts;
use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::domain::record;
use crate::store::{Read, StoreError, Touched};

/// What a text begins with that is to be looked for in notes and texts: `=thiếu vốn`.
pub const TEXT_PREFIX: char = '=';

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What was typed.
    pub text: &'a str,
    /// One kind alone, by its key.
    pub kind: Option<&'a str>,
    /// As many hits at most.
    pub limit: usize,
}

/// A hit, best first among its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The record's kind.
    pub kind: &'static str,
    /// Its id.
    pub id: Id,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Its name exactly as stored.
    pub title: String,
    /// What else tells it from others; in a search through texts the words around the hit.
    pub detail: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best hits.
    pub rows: Vec<(&'static str, Id)>,
    /// How many there are in all.
    pub total: usize,
}

/// The list, and what the last key stroke left.
#[derive(Default)]
pub struct Finder {
    loader: Loader,
    list: Option<List>,
    version: u64,
    last: Last,
    best: Vec<(Key, u32)>,
}

/// The rows that the last query found, from which a longer one narrows.
#[derive(Default)]
struct Last {
    ready: Ready,
    kind: Option<usize>,
    rows: Vec<u32>,
    /// Whether `rows` are those of `ready`.
    holds: bool,
}

impl Finder {
    /// A finder that has read nothing yet.
    pub fn new() -> Finder {
        Finder::default()
    }

    /// The list, if it was asked for.
    pub fn list(&self) -> Option<&List> {
        self.list.as_ref()
    }

    /// A finder over a list that is at hand, in step with a version of the store.
    pub fn over(list: List, version: u64) -> Finder {
        Finder {
            list: Some(list),
            version,
            ..Finder::default()
        }
    }

    /// Lets the list be read anew when it is next asked.
    pub fn forget(&mut self) {
        self.list = None;
        self.last.holds = false;
    }

    /// Takes in what a save touched. Without it the next question reads the list anew.
    ///
    /// # Errors
    /// The store cannot be read; the list is then read anew when it is next asked.
    pub fn keep_up(&mut self, touched: &[Touched], read: &dyn Read) -> Result<(), StoreError> {
        let Some(list) = &mut self.list else { return Ok(()) };
        self.last.holds = false;
        self.version = read.version();
        match self.loader.keep_up(list, touched, read) {
            Ok(true) => Ok(()),
            Ok(false) => {
                self.forget();
                Ok(())
            }
            Err(error) => {
                self.forget();
                Err(error)
            }
        }
    }

    /// Reads the list if it was not read, or if the store has gone on without it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn prepare(&mut self, read: &dyn Read) -> Result<(), StoreError> {
        if self.list.is_none() || self.version != read.version() {
            let touched = read.touched_since(self.version).filter(|_| self.list.is_some());
            match touched {
                Some(touched) => self.keep_up(&touched, read)?,
                None => self.forget(),
            }
        }
        if self.list.is_none() {
            self.list = Some(self.loader.load(read)?);
            self.version = read.version();
            self.last = Last::default();
        }
        Ok(())
    }

    /// The best hits in the list.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn find(&mut self, asked: &Asked<'_>, read: &dyn Read) -> Result<Found, StoreError> {
        self.prepare(read)?;
        Ok(self.find_in_list(asked))
    }

    /// The best hits in the list as it is.
    pub fn find_in_list(&mut self, asked: &Asked<'_>) -> Found {
        let kind = asked.kind.map(|kind| KINDS.iter().position(|known| *known == kind));
        let (Some(list), false) = (&self.list, kind == Some(None)) else {
            return Found::default();
        };
        let kind = kind.flatten();
        let query = Query::parse(asked.text);
        if query.is_empty() {
            self.last.holds = false;
            return Found::default();
        }
        let narrow = self.last.holds && self.last.kind == kind && query.narrows(self.last.ready.query());
        let ready = Ready::new(query, list, std::mem::take(&mut self.last.ready));
        let mut rows = std::mem::take(&mut self.last.rows);
        let mut best = Best::new(asked.limit, std::mem::take(&mut self.best));
        let right = Look::new(list, &ready, Pass::Right, &[]);
        if narrow {
            rows.retain(|row| right.at(*row, kind, &mut best));
        } else {
            rows.clear();
            rows.extend(list.rows(kind).filter(|row| right.at(*row, kind, &mut best)));
        }
        if best.seen < asked.limit {
            let wrong = Look::new(list, &ready, Pass::Wrong, &rows);
            for row in list.rows(kind) {
                wrong.at(row, kind, &mut best);
            }
        }
        let total = best.total();
        let found = best.take();
        let hits = found.iter().take(asked.limit);
        let rows_found = hits
            .map(|(_, row)| (KINDS[list.kind(*row).unwrap_or(0)], list.id(*row)))
            .collect();
        self.best = found;
        self.last = Last {
            ready,
            kind,
            rows,
            holds: true,
        };
        Found {
            rows: rows_found,
            total,
        }
    }

    /// What was found, by code and name alone: the list has them, so that no record is read for a hit that is only listed.
    pub fn listed(&self, found: &Found) -> Vec<Hit> {
        let Some(list) = &self.list else { return Vec::new() };
        let hit = |(kind, id): &(&'static str, Id)| {
            let place = KINDS.iter().position(|known| known == kind)?;
            let (code, title) = list.label(place, *id)?;
            Some(Hit {
                kind,
                id: *id,
                code: Some(code).filter(|code| !code.is_empty()).map(str::to_owned),
                title: title.to_owned(),
                detail: String::new(),
            })
        };
        found.rows.iter().filter_map(hit).collect()
    }

    /// Whether the last question's best hit has all its words right.
    fn found_right(&self) -> bool {
        self.best.first().is_some_and(|(key, _)| rank::is_right(*key))
    }

    /// What `find` answers: the best hits with what tells them apart. A text that begins with [`TEXT_PREFIX`], a kind
    /// that is not in the list, and words that are no name, are looked for in notes and texts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn answer(&mut self, asked: &Asked<'_>, read: &dyn Read) -> Result<Vec<Hit>, StoreError> {
        let texts = |text, limit| {
            let asked = Asked { text, limit, ..*asked };
            texts::search(&asked, read, &mut |_| texts::Go::On)
        };
        if let Some(text) = asked.text.trim_start().strip_prefix(TEXT_PREFIX) {
            return texts(text, asked.limit);
        }
        if asked.kind.is_some_and(|kind| !KINDS.contains(&kind)) {
            return texts(asked.text, asked.limit);
        }
        let found = self.find(asked, read)?;
        let mut hits = Vec::new();
        for (kind, id) in found.rows {
            hits.extend(hit(kind, id, read)?);
        }
        if !self.found_right() && hits.len() < asked.limit {
            let more = texts(asked.text, asked.limit)?;
            let more = more.into_iter().filter(|more| hits.iter().all(|hit| hit.id != more.id));
            let more: Vec<Hit> = more.take(asked.limit - hits.len()).collect();
            hits.extend(more);
        }
        Ok(hits)
    }
}

/// The rows of one pass, looked at one after the other.
struct Look<'a> {
    list: &'a List,
    ready: &'a Ready,
    pass: Pass,
    /// Hits of an earlier pass: they are none of this one.
    known: &'a [u32],
    /// The best key that a hit of each kind can have.
    bounds: [Option<Key>; KINDS.len()],
}

impl<'a> Look<'a> {
    fn new(list: &'a List, ready: &'a Ready, pass: Pass, known: &'a [u32]) -> Look<'a> {
        Look {
            list,
            ready,
            pass,
            known,
            bounds: std::array::from_fn(|kind| ready.bound(kind, pass)),
        }
    }

    /// Looks at a row, of this kind if one is asked for; says whether it is a hit.
    fn at(&self, row: u32, kind: Option<usize>, best: &mut Best) -> bool {
        let glance = self.ready.glance(self.list, row, self.pass);
        if glance == Glance::No {
            return false;
        }
        // Fewer than are asked for, where there are any: looking through them is quick.
        if self.known.contains(&row) {
            return false;
        }
        let Some(own) = self.list.kind(row).filter(|own| kind.is_none_or(|kind| kind == *own)) else {
            return false;
        };
        // A hit that cannot come among the best is counted and no more.
        if glance == Glance::Hit && self.bounds[own].is_some_and(|bound| bound > best.bound) {
            best.count();
            return true;
        }
        let Some(key) = self.ready.key(self.list, row, self.pass) else {
            return false;
        };
        best.add(key, row);
        true
    }
}

/// The best so far: no more are kept than twice as many as are wanted.
struct Best {
    keep: usize,
    rows: Vec<(Key, u32)>,
    bound: Key,
    seen: usize,
    toned: usize,
    untoned: usize,
}

impl Best {
    fn new(limit: usize, mut rows: Vec<(Key, u32)>) -> Best {
        rows.clear();
        Best {
            keep: limit.max(1),
            rows,
            bound: Key::MAX,
            seen: 0,
            toned: 0,
            untoned: 0,
        }
    }

    /// Counts a hit whose tones are right and whose key is not needed.
    fn count(&mut self) {
        self.seen += 1;
        self.toned += 1;
    }

    fn add(&mut self, key: Key, row: u32) {
        self.seen += 1;
        if rank::is_right(key) {
            *(if rank::is_untoned(key) {
                &mut self.untoned
            } else {
                &mut self.toned
            }) += 1;
        }
        if key > self.bound {
            return;
        }
        self.rows.push((key, row));
        if self.rows.len() >= self.keep.saturating_mul(2).max(64) && self.rows.len() > self.keep {
            self.rows.select_nth_unstable(self.keep - 1);
            self.rows.truncate(self.keep);
            self.bound = self.rows.iter().map(|(key, _)| *key).max().unwrap_or(Key::MAX);
        }
    }

    /// Where some have the tones that were typed, the others are no hits.
    fn narrows_by_tone(&self) -> bool {
        self.toned > 0 && self.untoned > 0
    }

    fn total(&self) -> usize {
        if self.narrows_by_tone() {
            self.seen - self.untoned
        } else {
            self.seen
        }
    }

    fn take(mut self) -> Vec<(Key, u32)> {
        if self.narrows_by_tone() {
            self.rows
                .retain(|(key, _)| !(rank::is_right(*key) && rank::is_untoned(*key)));
        }
        self.rows.arrange();
        self.rows.truncate(self.keep);
        self.rows
    }
}

/// A record as a hit, with what tells it from others; none for one that is gone.
///
/// # Errors
/// The store cannot be read.
pub fn hit(kind: &'static str, id: Id, read: &dyn Read) -> Result<Option<Hit>, StoreError> {
    let Some(entry) = read.get(kind, id)? else {
        return Ok(None);
    };
    let Some(of_kind) = record::kind(kind) else {
        return Ok(None);
    };
    Ok(Some(Hit {
        kind,
        id,
        code: of_kind
            .code_field()
            .and_then(|field| entry.text(field.key))
            .map(str::to_string),
        title: of_kind.title(&entry, read.known()),
        detail: super::detail::of(&entry, read)?,
    }))
}
