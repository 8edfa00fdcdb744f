//! The one implementation of [`Read`], written above bytes from any source: the map, or a transaction laid over it. It
//! also answers the rules ([`Known`]), which see a fault of the store as "not there"; whoever asked them asks for the fault.

use std::ops::Bound;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;

use super::codec::{self, Stored};
use super::cover::Cover;
use super::day::day_bytes;
use super::fault::StoreError;
use super::index;
use super::keys::{code_count_key, grave_key, record_key, records_prefix};
use super::map::{Entries, Order, OrderedMap, Tree, end_of_prefix};
use super::read::{Dated, Grave, Items, Read, Referring};
use super::recent::Recent;
use super::txn::Touched;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::{Known, UnitFacts, builtin_unit, numbered};
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::Schema;
use crate::domain::settings::Settings;

/// Where bytes are read from: the map itself, or the map below a transaction's changes.
pub trait Source: Send + Sync {
    /// See [`OrderedMap::get`].
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// See [`OrderedMap::range`].
    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_>;
}

impl<M: OrderedMap + ?Sized> Source for M {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        OrderedMap::get(self, tree, key)
    }

    fn range(&self, tree: Tree, from: Bound<&[u8]>, to: Bound<&[u8]>, order: Order) -> Entries<'_> {
        OrderedMap::range(self, tree, from, to, order)
    }
}

/// What a reader needs beside the bytes.
#[derive(Clone)]
pub struct World<'a> {
    /// The fields in force.
    pub schema: &'a Schema,
    /// The office's settings.
    pub settings: Arc<Settings>,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The sequence of the last commit.
    pub version: u64,
    /// What the last commits touched.
    pub recent: &'a Recent,
}

/// The one implementation of [`Read`], over any source.
pub struct View<'a, S: Source + ?Sized> {
    source: &'a S,
    world: World<'a>,
    /// The first fault met while answering a rule; rules see "not there", the transaction asks for it afterwards.
    fault: Mutex<Option<StoreError>>,
}

impl<'a, S: Source + ?Sized> View<'a, S> {
    /// A reader over a source.
    pub fn new(source: &'a S, world: World<'a>) -> View<'a, S> {
        View {
            source,
            world,
            fault: Mutex::new(None),
        }
    }

    /// The first fault that a rule's question met, if any.
    pub fn take_fault(&self) -> Option<StoreError> {
        self.fault
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .take()
    }

    fn answer<T: Default>(&self, result: Result<T, StoreError>) -> T {
        result.unwrap_or_else(|error| {
            let mut fault = self.fault.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            fault.get_or_insert(error);
            T::default()
        })
    }

    fn prefixed(&self, tree: Tree, prefix: Vec<u8>, order: Order) -> Entries<'a> {
        let end = end_of_prefix(&prefix);
        let to = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        self.source.range(tree, Bound::Included(&prefix), to, order)
    }

    fn decode(&self, kind: &'static str, key: &[u8], bytes: &[u8]) -> Result<Stored, StoreError> {
        let id = index::id_at_end(key).ok_or_else(|| StoreError::damaged("record key"))?;
        codec::decode_record(kind, id, bytes, self.world.schema)
    }

    fn code_id(&self, kind: &str, code: &str) -> Result<Option<Id>, StoreError> {
        let bytes = self.source.get(Tree::Index, &index::code_key(kind, code))?;
        Ok(bytes.and_then(|bytes| bytes.try_into().ok().map(Id::from_bytes)))
    }

    fn records_named(&self, kind: &str, name: &str) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for item in self.prefixed(Tree::Index, index::named_prefix(kind, name), Order::Forward) {
            if let Some(id) = index::id_at_end(&item?.0) {
                found.extend(self.get(kind, id)?);
            }
        }
        Ok(found)
    }

    fn records_referring(&self, kind: &str, field: &str, to: Id) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for item in self.refers(to, kind, field, Order::Forward) {
            found.extend(self.get(kind, item?.id)?);
        }
        Ok(found)
    }

    fn records_bearing(&self, kind: &str, field: &str, text: &str) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        let prefix = index::bearing_prefix(kind, field, text);
        for item in self.prefixed(Tree::Index, prefix, Order::Forward) {
            if let Some(id) = index::id_at_end(&item?.0) {
                found.extend(self.get(kind, id)?);
            }
        }
        Ok(found)
    }

    fn latest_referring(
        &self,
        kind: &str,
        field: &str,
        to: Id,
        on: NaiveDate,
        wanted: &dyn Fn(&Entry) -> bool,
    ) -> Result<Option<Entry>, StoreError> {
        for item in self.refers(to, kind, field, Order::Backward) {
            let item = item?;
            if item.on.is_some_and(|day| day <= on)
                && let Some(entry) = self.get(kind, item.id)?.filter(|entry| wanted(entry))
            {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn own_unit(&self, uid: &str) -> Result<Option<UnitFacts>, StoreError> {
        let Some(id) = self.code_id("unit", uid)? else {
            return Ok(None);
        };
        let Some(entry) = self.get("unit", id)? else {
            return Ok(None);
        };
        let level = entry.text("level").unwrap_or("CHI_HOI");
        let level = crate::domain::catalog::list("org_level")
            .and_then(|list| list.get(level))
            .map_or("CHI_HOI", |code| code.code);
        Ok(Some(UnitFacts {
            uid: uid_of(&entry, uid),
            name: entry.text("name").unwrap_or_default().to_string(),
            level,
            parent: entry.text("parent").map(str::to_string),
            valid_from: entry.date("valid_from"),
            valid_to: entry.date("valid_to"),
        }))
    }

    /// The number that the last code with a prefix bears; the next ones may be taken all the same, by codes typed in.
    fn last_code(&self, kind: &str, prefix: &str) -> Result<u64, StoreError> {
        let bytes = self.source.get(Tree::Derived, &code_count_key(kind, prefix))?;
        Ok(bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_le_bytes))
    }

    fn free_code(&self, kind: &str, prefix: &str) -> Result<String, StoreError> {
        let mut next = self.last_code(kind, prefix)? + 1;
        loop {
            let code = numbered(kind, prefix, next);
            if self.code_id(kind, &code)?.is_none() {
                return Ok(code);
            }
            next += 1;
        }
    }
}

fn uid_of(entry: &Entry, asked: &str) -> String {
    entry.text("uid").unwrap_or(asked).to_string()
}

impl<S: Source + ?Sized> Known for View<'_, S> {
    fn today(&self) -> NaiveDate {
        self.world.today
    }

    fn schema(&self) -> &Schema {
        self.world.schema
    }

    fn office(&self) -> Option<String> {
        self.world.settings.office.unit.clone()
    }

    fn record(&self, kind: &str, id: Id) -> Option<Entry> {
        self.answer(self.get(kind, id))
    }

    fn by_code(&self, kind: &str, code: &str) -> Option<Id> {
        self.answer(self.code_id(kind, code))
    }

    fn named(&self, kind: &str, name: &str) -> Vec<Entry> {
        self.answer(self.records_named(kind, name))
    }

    fn bearing(&self, kind: &str, field: &str, text: &str) -> Vec<Entry> {
        self.answer(self.records_bearing(kind, field, text))
    }

    fn referring(&self, kind: &str, field: &str, to: Id) -> Vec<Entry> {
        self.answer(self.records_referring(kind, field, to))
    }

    fn latest(&self, kind: &str, field: &str, to: Id, on: NaiveDate, wanted: &dyn Fn(&Entry) -> bool) -> Option<Entry> {
        self.answer(self.latest_referring(kind, field, to, on, wanted))
    }

    fn unit(&self, uid: &str) -> Option<UnitFacts> {
        builtin_unit(uid).or_else(|| self.answer(self.own_unit(uid)))
    }

    fn next_code(&self, kind: &str, prefix: &str) -> String {
        self.answer(self.free_code(kind, prefix))
    }
}

impl<S: Source + ?Sized> Read for View<'_, S> {
    fn get(&self, kind: &str, id: Id) -> Result<Option<Entry>, StoreError> {
        Ok(self.stored(kind, id)?.map(|stored| stored.entry))
    }

    fn get_any(&self, id: Id) -> Result<Option<Entry>, StoreError> {
        for kind in KINDS {
            if let Some(entry) = self.get(kind.key(), id)? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn stored(&self, key: &str, id: Id) -> Result<Option<Stored>, StoreError> {
        let Some(kind) = kind(key) else { return Ok(None) };
        let bytes = self.source.get(Tree::Records, &record_key(key, id))?;
        bytes
            .map(|bytes| codec::decode_record(kind.key(), id, &bytes, self.world.schema))
            .transpose()
    }

    fn scan(&self, key: &str) -> Items<'_, Entry> {
        let Some(kind) = kind(key) else {
            return Box::new(std::iter::empty());
        };
        let entries = self.prefixed(Tree::Records, records_prefix(key), Order::Forward);
        Box::new(entries.map(move |item| {
            let (key, bytes) = item?;
            self.decode(kind.key(), &key, &bytes).map(|stored| stored.entry)
        }))
    }

    fn ids(&self, kind: &str) -> Items<'_, Id> {
        let entries = self.prefixed(Tree::Records, records_prefix(kind), Order::Forward);
        Box::new(entries.map(|item| index::id_at_end(&item?.0).ok_or_else(|| StoreError::damaged("record key"))))
    }

    fn latest_ids(&self, kind: &str) -> Items<'_, Id> {
        let entries = self.prefixed(Tree::Records, records_prefix(kind), Order::Backward);
        Box::new(entries.map(|item| index::id_at_end(&item?.0).ok_or_else(|| StoreError::damaged("record key"))))
    }

    fn by_day(&self, kind: &str, field: &str, order: Order) -> Items<'_, Id> {
        let entries = self.prefixed(Tree::Index, index::dated_prefix(kind, field), order);
        Box::new(entries.map(|item| index::id_at_end(&item?.0).ok_or_else(|| StoreError::damaged("index key"))))
    }

    fn dated(
        &self,
        key: &str,
        field: &str,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        order: Order,
    ) -> Items<'_, Dated> {
        let Some(kind) = kind(key) else {
            return Box::new(std::iter::empty());
        };
        let prefix = index::dated_prefix(key, field);
        let bound = |day: NaiveDate| [prefix.as_slice(), &day_bytes(day)].concat();
        let low = from.map_or_else(|| prefix.clone(), bound);
        let high = match to.map(|day| day.succ_opt()) {
            Some(Some(after)) => Some(bound(after)),
            _ => end_of_prefix(&prefix),
        };
        let high = high.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let entries = self.source.range(Tree::Index, Bound::Included(&low), high, order);
        Box::new(entries.map(move |item| dated_entry(kind, item?)))
    }

    fn refers(&self, to: Id, key: &str, field: &str, order: Order) -> Items<'_, Referring> {
        let Some(kind) = kind(key) else {
            return Box::new(std::iter::empty());
        };
        let entries = self.prefixed(Tree::Index, index::referring_prefix(to, key, field), order);
        Box::new(entries.map(move |item| {
            let (key, cover) = item?;
            let id = index::id_at_end(&key).ok_or_else(|| StoreError::damaged("index key"))?;
            let blank = key.get(key.len() - 20..key.len() - 16) == Some(&[0; 4]);
            let on = if blank { None } else { index::day_at_end(&key) };
            Ok(Referring {
                on,
                id,
                cover: Cover::new(kind, cover),
            })
        }))
    }

    fn cover(&self, key: &str, id: Id) -> Result<Option<Cover>, StoreError> {
        let Some(kind) = kind(key) else { return Ok(None) };
        if !kind.is_covered_by_id() {
            let entry = self.get(key, id)?;
            return Ok(entry.map(|entry| Cover::of(kind, &entry)));
        }
        let bytes = self.source.get(Tree::Index, &index::cover_key(key, id))?;
        Ok(bytes.map(|bytes| Cover::new(kind, bytes)))
    }

    fn covers(&self, key: &str) -> Items<'_, (Id, Cover)> {
        let Some(kind) = kind(key) else {
            return Box::new(std::iter::empty());
        };
        if !kind.is_covered_by_id() {
            return Box::new(self.scan(key).map(move |entry| {
                let entry = entry?;
                Ok((entry.id, Cover::of(kind, &entry)))
            }));
        }
        let entries = self.prefixed(Tree::Index, index::covers_prefix(key), Order::Forward);
        Box::new(entries.map(move |item| {
            let (key, cover) = item?;
            let id = index::id_at_end(&key).ok_or_else(|| StoreError::damaged("index key"))?;
            Ok((id, Cover::new(kind, cover)))
        }))
    }

    fn by_name(&self, kind: &str, order: Order) -> Items<'_, Id> {
        let entries = self.prefixed(Tree::Index, index::sorted_prefix(kind), order);
        Box::new(entries.map(|item| index::id_at_end(&item?.0).ok_or_else(|| StoreError::damaged("index key"))))
    }

    fn grave(&self, id: Id) -> Result<Option<Grave>, StoreError> {
        let bytes = self.source.get(Tree::Derived, &grave_key(id))?;
        bytes
            .map(|bytes| serde_json::from_slice(&bytes).map_err(|_| StoreError::damaged("grave")))
            .transpose()
    }

    fn version(&self) -> u64 {
        self.world.version
    }

    fn touched_since(&self, version: u64) -> Option<Vec<Touched>> {
        self.world.recent.since(version)
    }

    fn settings(&self) -> &Settings {
        &self.world.settings
    }

    fn known(&self) -> &dyn Known {
        self
    }
}

fn dated_entry(kind: &'static dyn Kind, (key, cover): (Vec<u8>, Vec<u8>)) -> Result<Dated, StoreError> {
    let id = index::id_at_end(&key).ok_or_else(|| StoreError::damaged("index key"))?;
    let on = index::day_at_end(&key).ok_or_else(|| StoreError::damaged("index key"))?;
    Ok(Dated {
        on,
        id,
        cover: Cover::new(kind, cover),
    })
}
