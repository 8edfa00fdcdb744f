//! The journal as the damaged side: what the map still has of the lost frames is written into the journal again.
//!
//! The journal is what everything can be built from, so it must not stay behind the map. The state of every record whose
//! history leads into lost frames becomes a new operation, and so does every deletion that only a lost frame told of.
//! These transactions are no deeds of an officer: undo passes them over.

use std::ops::RangeInclusive;

use super::Store;
use super::codec::{self, Fields, Operation, Stored, Transaction};
use super::fault::StoreError;
use super::index;
use super::keys::GRAVES;
use super::map::{Order, Tree};
use super::read::{Grave, Read};
use super::replay::OPERATIONS_A_STEP;
use super::txn::{Refusal, Txn, known_kind};
use crate::domain::id::Id;
use crate::domain::record::{KINDS, kind};
use serde_json::Value as Json;

/// The note of a transaction that only writes again what was lost.
const RESTATED: &str = "restated";

impl Transaction {
    /// Whether it only writes again what the journal had lost.
    pub(super) fn is_restatement(&self) -> bool {
        self.note.as_deref() == Some(RESTATED)
    }
}

impl Store {
    /// Writes into the journal again what the map still has and the journal has lost: the state of every record whose
    /// history leads into the lost frames, and every deletion that was told by one. Gives the number of records.
    pub fn restate_lost(&self, lost: &[RangeInclusive<u64>]) -> Result<u64, StoreError> {
        let Some(first_lost) = lost.iter().map(|range| *range.start()).min() else {
            return Ok(0);
        };
        let mut affected: Vec<Stored> = Vec::new();
        let mut count = 0;
        for kind in KINDS {
            let reader = self.reader();
            for id in reader.ids(kind.key()) {
                let Some(stored) = reader.stored(kind.key(), id?)? else {
                    continue;
                };
                if stored.last.0 >= first_lost && self.is_broken(&stored, lost)? {
                    affected.push(stored);
                }
                if affected.len() >= OPERATIONS_A_STEP {
                    count += self.restate(std::mem::take(&mut affected), Vec::new())?;
                }
            }
        }
        let mut graves = Vec::new();
        for item in self.map.prefixed(Tree::Derived, GRAVES, Order::Forward) {
            let (key, bytes) = item?;
            let grave: Grave = serde_json::from_slice(&bytes).map_err(|_| StoreError::damaged("grave"))?;
            if let Some(id) = index::id_at_end(&key)
                && lost.iter().any(|range| range.contains(&grave.last.0))
            {
                graves.push((id, grave));
            }
        }
        count += self.restate(affected, graves)?;
        Ok(count)
    }

    /// Whether a record's chain of operations leads into lost frames.
    fn is_broken(&self, stored: &Stored, lost: &[RangeInclusive<u64>]) -> Result<bool, StoreError> {
        let first_lost = lost.iter().map(|range| *range.start()).min().unwrap_or(u64::MAX);
        let mut position = Some(stored.last);
        while let Some(at) = position.filter(|at| at.0 >= first_lost) {
            if lost.iter().any(|range| range.contains(&at.0)) {
                return Ok(true);
            }
            let Some((transaction, _)) = self.transaction(at.0)? else {
                return Ok(true);
            };
            let previous = transaction
                .operations
                .get(at.1 as usize)
                .and_then(|operation| operation.previous);
            position = previous.filter(|previous| *previous < at);
        }
        Ok(false)
    }

    /// Writes records and deletions again in one transaction.
    pub(super) fn restate(&self, affected: Vec<Stored>, graves: Vec<(Id, Grave)>) -> Result<u64, StoreError> {
        if affected.is_empty() && graves.is_empty() {
            return Ok(0);
        }
        let count = affected.len() + graves.len();
        let mut txn = self.txn();
        let sort = |refusal| match refusal {
            Refusal::Store(error) => error,
            _ => StoreError::damaged("a record that cannot be written again"),
        };
        for stored in &affected {
            txn.restate(stored).map_err(sort)?;
        }
        for (id, grave) in graves {
            txn.restate_grave(id, grave)?;
        }
        let (writer, operations, changes, _) = txn.into_parts();
        let head = Transaction {
            note: Some(RESTATED.to_string()),
            ..writer.head()
        };
        writer.write(head, operations, changes)?;
        Ok(count as u64)
    }
}

impl Txn<'_> {
    /// Writes a record's whole state as a new operation, because the journal has lost one that it came from. Fields it
    /// does not have are named as empty, so that older values cannot come back.
    fn restate(&mut self, stored: &Stored) -> Result<(), Refusal> {
        let kind = known_kind(&stored.entry)?;
        let mut after: Fields = self
            .world
            .schema
            .fields_of(stored.entry.kind)
            .map(|field| (field.key.to_string(), Json::Null))
            .collect();
        after.extend(codec::encode_values(&stored.entry, self.world.schema));
        let now = Stored {
            last: self.next_position(),
            clock: self.writer.clock,
            ..stored.clone()
        };
        self.put_record(kind, Some(stored), &now)?;
        self.push(Operation {
            kind: kind.key().to_string(),
            record: stored.entry.id,
            before: None,
            after: Some(after),
            previous: None,
        });
        Ok(())
    }

    /// Writes a deletion again, because the journal has lost it: else the record would be back when the map is built anew.
    fn restate_grave(&mut self, id: Id, grave: Grave) -> Result<(), StoreError> {
        let name = kind(&grave.kind).and_then(|kind| kind.name_field());
        let before: Fields = name
            .map(|name| (name.to_string(), Json::from(grave.title.clone())))
            .into_iter()
            .collect();
        let operation = Operation {
            kind: grave.kind.clone(),
            record: id,
            before: Some(before),
            after: None,
            previous: None,
        };
        let last = self.next_position();
        self.put_grave(id, &Grave { last, ..grave })?;
        self.push(operation);
        Ok(())
    }
}
