//! Making two records one: what refers to the one that goes is found, changed to refer to the one that stays, and all of
//! it is one transaction, which one undo takes back.
//!
//! Finding what refers reads whole kinds where no index knows it, so it is planned apart (on a thread, with a gauge) and
//! then carried out as planned, unless something was saved in between.

use std::collections::BTreeMap;

use super::fault::StoreError;
use super::map::Order;
use super::read::Read;
use super::txn::{Refusal, Txn};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::merge::{self, Merged};
use crate::domain::record::{KINDS, Kind};
use crate::domain::schema::Field;

/// States in which an attendance counts: of two rows of one person in one session such a one is kept.
const COUNTING: [&str; 2] = ["CO_MAT", "HOAN_THANH"];

/// What making two records one will do.
#[derive(Clone, Debug)]
pub struct Merging {
    /// The staying record as it will be, and what becomes of fields that differ.
    pub merged: Merged,
    /// The record that goes.
    pub goes: Entry,
    /// Records that referred to it, as they will be.
    pub carried: Vec<Entry>,
    /// Records that would say the same twice: one of each two goes.
    pub doubled: Vec<(&'static str, Id)>,
    version: u64,
}

impl Merging {
    /// Plans it. `go_on` is told the number of records looked at, and says whether to go on; `None` where it said no, or
    /// where one of the two is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn plan(
        kind: &'static dyn Kind,
        (stays, goes): (Id, Id),
        read: &dyn Read,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Option<Merging>, StoreError> {
        let (Some(here), Some(gone)) = (read.get(kind.key(), stays)?, read.get(kind.key(), goes)?) else {
            return Ok(None);
        };
        let merged = merge::merge(&here, &gone, read.schema().fields(kind));
        let Some(referring) = referring(kind, goes, read, go_on)? else {
            return Ok(None);
        };
        let mut merging = Merging {
            merged,
            goes: gone,
            carried: Vec::new(),
            doubled: Vec::new(),
            version: read.version(),
        };
        for entry in referring
            .into_values()
            .filter(|entry| entry.id != stays && entry.id != goes)
        {
            let fields = read.schema().fields_of(entry.kind);
            if let Some(entry) = merge::redirected(&entry, fields, goes, stays) {
                merging.carry(entry, kind, stays, read)?;
            }
        }
        Ok(Some(merging))
    }

    /// Takes a record along, unless the staying one has the same already.
    fn carry(&mut self, entry: Entry, kind: &'static dyn Kind, stays: Id, read: &dyn Read) -> Result<(), StoreError> {
        for field in indexed_to(kind, entry.kind) {
            for other in read.refers(stays, entry.kind, field.key, Order::Forward) {
                let Some(other) = read.get(entry.kind, other?.id)?.filter(|other| other.id != entry.id) else {
                    continue;
                };
                let seat = |entry: &Entry| entry.reference("training").zip(entry.reference("person"));
                if entry.kind == "attendance" {
                    // Two names alike on a list of one session can be two people.
                    if seat(&entry).is_some() && seat(&entry) == seat(&other) {
                        self.unite_attendance(entry, other, read);
                        return Ok(());
                    }
                } else if merge::says_the_same(&entry, &other) {
                    self.doubled.push((entry.kind, entry.id));
                    return Ok(());
                }
            }
        }
        self.carried.push(entry);
        Ok(())
    }

    /// One person sits in a session once: the row that counts stays, with what the other one has to add.
    fn unite_attendance(&mut self, entry: Entry, other: Entry, read: &dyn Read) {
        let counts = |entry: &Entry| entry.text("state").is_some_and(|state| COUNTING.contains(&state));
        let (stays, goes) = if counts(&entry) && !counts(&other) {
            (entry, other)
        } else {
            (other, entry)
        };
        let merged = merge::merge(&stays, &goes, read.schema().fields_of("attendance"));
        self.carried.push(merged.entry);
        self.doubled.push(("attendance", goes.id));
    }

    /// Whether the store is still as it was planned over.
    pub fn is_current(&self, read: &dyn Read) -> bool {
        self.version == read.version()
    }

    /// How many records are carried over, by kind.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.carried {
            *counts.entry(entry.kind).or_default() += 1;
        }
        counts
    }

    /// Stages all of it. What is carried over is not checked anew and causes nothing: what happened stays what it was,
    /// only at whom it happened is told rightly now.
    ///
    /// # Errors
    /// The store changed since (`ChangedSince`), or cannot take it.
    pub fn carry_out(self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        if !txn.with(|read| self.is_current(read)) {
            return Err(Refusal::ChangedSince(crate::domain::text::Message::new(
                "Dữ liệu vừa thay đổi; chưa gộp gì. Mở lại việc gộp để xem lại.",
                "The data have just changed; nothing was merged. Begin the merge again.",
            )));
        }
        let kind = self.goes.kind;
        for (kind, id) in self.doubled {
            let of = crate::domain::record::kind(kind).ok_or(Refusal::Absent(id))?;
            txn.stage_deletion(of, id)?;
        }
        for entry in self.carried {
            txn.stage(entry)?;
        }
        let of = crate::domain::record::kind(kind).ok_or(Refusal::Absent(self.goes.id))?;
        // The one that goes first: its code and number are free then.
        txn.stage_deletion(of, self.goes.id)?;
        txn.stage(self.merged.entry)
    }
}

/// The fields of a kind that refer to another one and have an index.
fn indexed_to(target: &'static dyn Kind, kind: &str) -> impl Iterator<Item = &'static Field> {
    let of = crate::domain::record::kind(kind);
    let fields = of.map(|of| of.fields()).unwrap_or_default().iter();
    fields.filter(move |field| field.indexed && field.kind.target() == Some(target.key()))
}

/// Everything that refers to a record, by id.
fn referring(
    target: &'static dyn Kind,
    goes: Id,
    read: &dyn Read,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Option<BTreeMap<Id, Entry>>, StoreError> {
    let mut found = BTreeMap::new();
    let mut seen = 0;
    for kind in KINDS {
        let fields: Vec<&Field> = read
            .schema()
            .fields(*kind)
            .filter(|field| field.kind.target() == Some(target.key()))
            .collect();
        if fields.iter().all(|field| field.indexed) {
            for field in fields {
                for item in read.refers(goes, kind.key(), field.key, Order::Forward) {
                    let id = item?.id;
                    found.extend(read.get(kind.key(), id)?.map(|entry| (id, entry)));
                }
            }
            continue;
        }
        for entry in read.scan(kind.key()) {
            let entry = entry?;
            seen += 1;
            if seen % 512 == 0 && !go_on(seen) {
                return Ok(None);
            }
            if merge::redirected(&entry, fields.iter().copied(), goes, goes).is_some() {
                found.insert(entry.id, entry);
            }
        }
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reading;
    use crate::domain::record::kind;
    use crate::store::{Store, Warnings};
    use serde_json::{Value as Json, json};

    fn store() -> Store {
        let store = Store::memory();
        let mut settings = store.settings().as_ref().clone();
        settings.office.unit = Some("C12472-B".into());
        store.set_settings(settings).unwrap();
        store
    }

    fn add(store: &Store, key: &str, json: Json) -> Id {
        let kind = kind(key).unwrap();
        let mut entry = Entry::new(kind.key());
        {
            let reader = store.reader();
            for (name, value) in json.as_object().unwrap() {
                let field = kind.field(name).unwrap();
                entry.set(name, reading::from_json(field, value, reader.known()).unwrap());
            }
        }
        let mut txn = store.txn();
        let id = txn.save(entry, Warnings::Accept).unwrap();
        txn.commit().unwrap();
        id
    }

    fn state(store: &Store) -> Vec<Entry> {
        let reader = store.reader();
        KINDS
            .iter()
            .flat_map(|kind| reader.scan(kind.key()).map(Result::unwrap).collect::<Vec<_>>())
            .collect()
    }

    fn merge(store: &Store, key: &str, stays: Id, goes: Id) -> Merging {
        let merging = Merging::plan(kind(key).unwrap(), (stays, goes), &store.reader(), &mut |_| true);
        let merging = merging.unwrap().unwrap();
        let mut txn = store.txn();
        merging.clone().carry_out(&mut txn).unwrap();
        txn.commit().unwrap();
        merging
    }

    #[test]
    fn everything_that_referred_to_the_one_refers_to_the_other_and_one_undo_brings_all_back() {
        let store = store();
        let stays = add(&store, "cooperative", json!({"kind": "HTX", "name": "HTX An Khang"}));
        let goes = add(
            &store,
            "cooperative",
            json!({"kind": "HTX", "name": "HTX Dược liệu An Khang", "phone": "0912345678"}),
        );
        for day in 1..=28 {
            let date = format!("2026-05-{day:02}");
            let visit = json!({"date": date, "cooperative": goes.to_string(), "purposes": ["DANH_GIA"], "difficulties": ["VON"]});
            add(&store, "visit", visit);
        }
        let fair = add(
            &store,
            "fair",
            json!({"title": "Hội chợ", "kind": "HOI_CHO", "from": "2026-05-01"}),
        );
        add(
            &store,
            "booth",
            json!({"fair": fair.to_string(), "number": "1", "exhibitor": goes.to_string(), "state": "DANG_KY"}),
        );
        let outreach =
            json!({"date": "2026-05-01", "form": "HOI_NGHI", "title": "Họp", "cooperative": goes.to_string()});
        add(&store, "outreach", outreach);
        let before = state(&store);
        let merging = merge(&store, "cooperative", stays, goes);
        assert_eq!(merging.counts().get("visit"), Some(&28));
        let now = state(&store);
        let json = |entries: &[Entry]| format!("{entries:?}");
        assert!(
            !json(&now).contains(&goes.to_string()),
            "nothing refers to the one that went"
        );
        assert_eq!(now.len(), before.len() - 1);
        let reader = store.reader();
        let kept = reader.get("cooperative", stays).unwrap().unwrap();
        assert_eq!(
            (kept.text("name"), kept.text("phone")),
            (Some("HTX An Khang"), Some("0912345678"))
        );
        assert_eq!(reader.refers(stays, "visit", "cooperative", Order::Forward).count(), 28);
        drop(reader);
        store.undo().unwrap();
        assert_eq!(state(&store), before);
    }

    #[test]
    fn a_person_sits_once_in_a_session_and_holds_a_role_once() {
        let store = store();
        let person = |name: &str| add(&store, "person", json!({"name": name, "gender": "NU"}));
        let (stays, goes) = (person("Phạm Thị Hạnh"), person("Phạm Thị Hạnh"));
        let coop = add(&store, "cooperative", json!({"kind": "HTX", "name": "HTX An Khang"}));
        for who in [stays, goes] {
            let role = json!({"person": who.to_string(), "cooperative": coop.to_string(), "role": "GD"});
            add(&store, "role", role);
        }
        let training = json!({"title": "Quản trị", "topics": ["KY_NANG_SO"], "from": "2026-05-01"});
        let training = add(&store, "training", training);
        for (who, state, number) in [(stays, "VANG", ""), (goes, "CO_MAT", "12")] {
            let row = json!({"training": training.to_string(), "person": who.to_string(), "state": state, "certificate_no": number});
            add(&store, "attendance", row);
        }
        merge(&store, "person", stays, goes);
        let reader = store.reader();
        let rows: Vec<Entry> = reader.scan("attendance").map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].text("state"), rows[0].text("certificate_no")),
            (Some("CO_MAT"), Some("12"))
        );
        assert_eq!(rows[0].reference("person"), Some(stays));
        assert_eq!(reader.scan("role").count(), 1);
    }

    #[test]
    fn all_who_came_to_a_session_for_two_cooperatives_made_one_stay_on_its_list() {
        let store = store();
        let one = add(&store, "cooperative", json!({"kind": "HTX", "name": "HTX An Khang"}));
        let two = add(
            &store,
            "cooperative",
            json!({"kind": "HTX", "name": "HTX Dược liệu An Khang"}),
        );
        let session = json!({"title": "Lớp kế toán", "topics": ["TAI_CHINH_KE_TOAN"], "from": "2026-05-11"});
        let session = add(&store, "training", session).to_string();
        for (name, cooperative) in [("Trần Thị Mai", one), ("Trần Thị Mai", two), ("Phạm Thị Hạnh", two)]
        {
            let row = json!({"training": session, "name": name, "gender": "NU", "state": "CO_MAT",
                "cooperative": cooperative.to_string()});
            add(&store, "attendance", row);
        }
        merge(&store, "cooperative", one, two);
        let reader = store.reader();
        let rows: Vec<Entry> = reader.scan("attendance").collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.reference("cooperative") == Some(one)));
    }

    #[test]
    fn what_was_planned_before_a_save_is_not_carried_out() {
        let store = store();
        let coop = |name: &str| add(&store, "cooperative", json!({"kind": "HTX", "name": name}));
        let (stays, goes) = (coop("HTX An Khang"), coop("HTX Bình Minh"));
        let plan = Merging::plan(
            kind("cooperative").unwrap(),
            (stays, goes),
            &store.reader(),
            &mut |_| true,
        );
        let plan = plan.unwrap().unwrap();
        coop("HTX Mới");
        let refused = plan.carry_out(&mut store.txn());
        assert!(matches!(refused, Err(Refusal::ChangedSince(_))));
    }
}
