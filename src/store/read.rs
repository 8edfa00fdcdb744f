//! The boundary `Read`: everything that screens, reports and rules may ask of the store, over committed data or over a
//! transaction in the making alike.

use chrono::NaiveDate;

use super::codec::{Position, Stored};
use super::cover::Cover;
use super::fault::StoreError;
use super::map::Order;
use super::txn::Touched;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::Known;
use crate::domain::settings::Settings;

/// Items that are read when asked for.
pub type Items<'a, T> = Box<dyn Iterator<Item = Result<T, StoreError>> + 'a>;

/// A record found through the date index.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The day in the field asked for.
    pub on: NaiveDate,
    /// The record.
    pub id: Id,
    /// What the index tells of it.
    pub cover: Cover,
}

/// A record found through the reference index.
#[derive(Clone, Debug, PartialEq)]
pub struct Referring {
    /// The day that orders the record's kind; none where the record has none.
    pub on: Option<NaiveDate>,
    /// The record.
    pub id: Id,
    /// What the index tells of it.
    pub cover: Cover,
}

/// What is left of a deleted record.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Grave {
    /// Its kind.
    pub kind: String,
    /// What it was called.
    pub title: String,
    /// The operation that deleted it.
    pub last: Position,
}

/// Reading the store. Iterators read on as they are asked, in memory bounded by what the caller keeps.
pub trait Read: Known + Send + Sync {
    /// A living record.
    fn get(&self, kind: &str, id: Id) -> Result<Option<Entry>, StoreError>;
    /// A living record of whatever kind.
    fn get_any(&self, id: Id) -> Result<Option<Entry>, StoreError>;
    /// A living record with its place in the journal.
    fn stored(&self, kind: &str, id: Id) -> Result<Option<Stored>, StoreError>;
    /// All living records of a kind, in the order of entry.
    fn scan(&self, kind: &str) -> Items<'_, Entry>;
    /// The ids of a kind, in the order of entry, without reading the records.
    fn ids(&self, kind: &str) -> Items<'_, Id>;
    /// The ids of a kind, those entered last first, without reading the records.
    fn latest_ids(&self, kind: &str) -> Items<'_, Id>;
    /// The ids of the records of a kind with a date in a field, by that day, without what the index tells of them.
    fn by_day(&self, kind: &str, field: &str, order: Order) -> Items<'_, Id>;
    /// The records of a kind with a date in a field from one day to another, both included.
    fn dated(
        &self,
        kind: &str,
        field: &str,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        order: Order,
    ) -> Items<'_, Dated>;
    /// The records of a kind that refer to a record in a field, by day.
    fn refers(&self, to: Id, kind: &str, field: &str, order: Order) -> Items<'_, Referring>;
    /// The unit and the few fields that the kind names in `COVER`, of a living record; without reading it, where the kind is
    /// covered by id.
    fn cover(&self, kind: &str, id: Id) -> Result<Option<Cover>, StoreError>;
    /// The same of all living records of a kind, in the order of entry.
    fn covers(&self, kind: &str) -> Items<'_, (Id, Cover)>;
    /// The ids of a kind in Vietnamese order of their names (people by given name).
    fn by_name(&self, kind: &str, order: Order) -> Items<'_, Id>;
    /// What is left of a deleted record.
    fn grave(&self, id: Id) -> Result<Option<Grave>, StoreError>;
    /// The sequence of the last commit: what was derived from the store is in step with it or not.
    fn version(&self) -> u64;
    /// The records touched after a commit; `None` where that is no longer known, and everything must be read anew.
    fn touched_since(&self, version: u64) -> Option<Vec<Touched>>;
    /// The office's settings.
    fn settings(&self) -> &Settings;
    /// This same reader, as what rules may ask.
    fn known(&self) -> &dyn Known;

    /// The name of a record that something refers to: its title, or that it was deleted.
    fn name_of(&self, kind: &str, id: Id) -> Result<String, StoreError> {
        if let (Some(entry), Some(kind)) = (self.get(kind, id)?, crate::domain::record::kind(kind)) {
            return Ok(kind.title(&entry, self.known()));
        }
        Ok(match self.grave(id)? {
            Some(grave) => format!("{} (đã xóa)", grave.title),
            None => "(đã xóa)".to_string(),
        })
    }
}
