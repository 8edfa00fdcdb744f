//! The tree of units as of a day, built-in ones and the office's own as one: what counts with a unit that is asked for.
//!
//! A record keeps the unit that it was made in. Asked on a later day it counts where that unit's history belongs by then:
//! with the successor of a unit that has ended, under the parents of that day. Joined on uid only, for codes were used
//! again in 2025. Where a commune was split among several, the officer decides which takes its records: a record of the
//! kind `unit` that bears the commune's uid and names the one. Until then the proposed one stands.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::catalog::{Unit, units};
use super::entry::Entry;
use super::record::Record;
use super::unit::OwnUnit;
use crate::arrange::Arrange;
use crate::vietnamese::collate::compare;

/// The level of communes and wards among the built-in units.
const COMMUNE: u8 = 3;

/// The office's own units, on top of the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct UnitTree {
    own: HashMap<String, OwnUnit>,
    /// Of split communes, the unit that the officer gave their records to.
    decided: HashMap<String, String>,
}

impl UnitTree {
    /// From the records of the kind `unit`.
    pub fn new(own: impl IntoIterator<Item = Entry>) -> UnitTree {
        let mut tree = UnitTree::default();
        for unit in own.into_iter().map(|entry| OwnUnit::read(&entry)) {
            match unit.uid.clone() {
                Some(uid) if units().get(&uid).is_some() => {
                    let follower = unit.successors.into_iter().next();
                    tree.decided.extend(follower.map(|follower| (uid, follower)));
                }
                Some(uid) => _ = tree.own.insert(uid, unit),
                None => {}
            }
        }
        tree
    }

    /// The built-in unit that a built-in one's records count with on a day: itself while it stands, then its successor.
    pub fn as_of<'t>(&'t self, uid: &'t str, on: NaiveDate) -> Option<Unit<'t>> {
        let decided = self.decided.get(uid).filter(|_| ended(uid, on).is_some());
        units().as_of(decided.map_or(uid, String::as_str), on)
    }

    /// The communes that were split by a day, with a part in the area of a unit, of which nobody has decided yet which
    /// unit takes their records.
    pub fn undecided(&self, uid: &str, on: NaiveDate) -> Vec<Unit<'static>> {
        let mut found: Vec<Unit<'static>> = Vec::new();
        let area = std::iter::once(uid.to_string()).chain(self.at_level(uid, COMMUNE, on));
        for unit in area {
            let before = units().predecessors(&unit).into_iter();
            for old in before.filter_map(|(old, _)| units().get(old)) {
                let is_open = old.is_split && old.ended_before(on) && !self.decided.contains_key(old.uid);
                if is_open && !found.contains(&old) {
                    found.push(old);
                }
            }
        }
        found
    }

    /// The unit asked for and all below it, as of a day.
    pub fn scope<'t>(&'t self, asked: &str, on: NaiveDate) -> Scope<'t> {
        Scope {
            tree: self,
            asked: asked.to_string(),
            on,
            without: Vec::new(),
            known: RefCell::new(HashMap::new()),
        }
    }

    /// The unit asked for alone, without the units right below it and theirs, as of a day.
    pub fn direct<'t>(&'t self, asked: &str, on: NaiveDate) -> Scope<'t> {
        Scope {
            without: self.children(asked, on),
            ..self.scope(asked, on)
        }
    }

    /// Whether there is such a unit, built in or own.
    pub fn contains(&self, uid: &str) -> bool {
        self.own.contains_key(uid) || units().get(uid).is_some()
    }

    /// The name of a unit: "Xã Quỳnh Phụ"; the uid itself where it is not known.
    pub fn name(&self, uid: &str) -> String {
        let own = self.own.get(uid).and_then(|unit| unit.name.clone());
        let builtin = || units().get(uid).map(|unit| unit.name.to_string());
        own.or_else(builtin).unwrap_or_else(|| uid.to_string())
    }

    /// The uids right below a unit that stand on a day: built-in ones in the order of their codes, then own ones by name.
    pub fn children(&self, uid: &str, on: NaiveDate) -> Vec<String> {
        let mut own: Vec<&OwnUnit> = self.own.values().collect();
        own.retain(|unit| unit.parent.as_deref() == Some(uid) && unit.uid.as_deref() != Some(uid) && stands(unit, on));
        let name = |unit: &OwnUnit| unit.name.clone().unwrap_or_default();
        own.arrange_by(|a, b| compare(&name(a), &name(b)).then_with(|| a.uid.cmp(&b.uid)));
        let builtin = match ended(uid, on) {
            Some(_) => self.at_level(uid, COMMUNE, on),
            None => units().children(uid, on).map(|unit| unit.uid.to_string()).collect(),
        };
        let own = own.into_iter().filter_map(|unit| unit.uid.clone());
        builtin.into_iter().chain(own).collect()
    }

    /// The uids of the built-in units of a level (2 districts, 3 communes) below a unit, as of a day. Below one that has
    /// ended by then stand the units that its own communes went to, not all of the unit that it was merged into.
    pub fn at_level(&self, uid: &str, level: u8, on: NaiveDate) -> Vec<String> {
        let Some(last) = ended(uid, on) else {
            let below = units().descendants(uid, on).into_iter();
            return below
                .filter(|unit| unit.level == level)
                .map(|unit| unit.uid.to_string())
                .collect();
        };
        let mut found: Vec<Unit<'_>> = Vec::new();
        for unit in units().descendants(uid, last) {
            // An island district without communes (Lý Sơn) became a unit of their level itself.
            let is_lowest = unit.level == COMMUNE || units().children(unit.uid, last).next().is_none();
            let follower = is_lowest.then(|| self.as_of(unit.uid, on)).flatten();
            if let Some(follower) = follower.filter(|follower| follower.level == level)
                && !found.iter().any(|unit| unit.uid == follower.uid)
            {
                found.push(follower);
            }
        }
        found.arrange_by_key(|unit| unit.uid);
        found.into_iter().map(|unit| unit.uid.to_string()).collect()
    }

    /// Whether a built-in unit counts with another: after a split where the officer put it, and always with what it was
    /// below of old.
    fn counts_with(&self, uid: &str, asked: &str, on: NaiveDate) -> bool {
        match self.decided.get(uid).filter(|_| ended(uid, on).is_some()) {
            Some(follower) => {
                let below_of_old = |last| units().is_below(uid, asked, last);
                units().is_below(follower, asked, on) || ended(asked, on).is_some_and(below_of_old)
            }
            None => units().is_below(uid, asked, on),
        }
    }

    fn is_within(&self, uid: &str, asked: &str, on: NaiveDate) -> bool {
        let mut uid = uid;
        // Every own unit is passed at most once, so units that hang below each other in a ring come to an end.
        for _ in 0..=self.own.len() {
            if uid == asked {
                return true;
            }
            let Some(unit) = self.own.get(uid) else {
                return self.counts_with(uid, asked, on);
            };
            let ended = unit.valid_to.is_some_and(|last| last < on);
            let follower = unit.successors.first().filter(|_| ended);
            match follower.or(unit.parent.as_ref()) {
                Some(next) => uid = next,
                None => return false,
            }
        }
        false
    }
}

/// The last day of a built-in unit that has ended by a day.
fn ended(uid: &str, on: NaiveDate) -> Option<NaiveDate> {
    units().get(uid)?.valid_to.filter(|last| *last < on)
}

fn stands(unit: &OwnUnit, on: NaiveDate) -> bool {
    unit.valid_from.is_none_or(|first| first <= on) && unit.valid_to.is_none_or(|last| on <= last)
}

/// A unit and all below it, as of a day; remembers what it was asked.
#[derive(Debug)]
pub struct Scope<'t> {
    tree: &'t UnitTree,
    asked: String,
    on: NaiveDate,
    /// Units below it that are left out with all below them.
    without: Vec<String>,
    known: RefCell<HashMap<String, bool>>,
}

impl Scope<'_> {
    /// Whether records of a unit count with the unit asked for.
    pub fn contains(&self, uid: &str) -> bool {
        if let Some(known) = self.known.borrow().get(uid) {
            return *known;
        }
        let is_in = |unit: &String| self.tree.is_within(uid, unit, self.on);
        let within = is_in(&self.asked) && !self.without.iter().any(is_in);
        self.known.borrow_mut().insert(uid.to_string(), within);
        within
    }

    /// Whether a record counts; one without a unit counts nowhere.
    pub fn holds(&self, unit: Option<&str>) -> bool {
        unit.is_some_and(|uid| self.contains(uid))
    }

    /// The unit asked for.
    pub fn unit(&self) -> &str {
        &self.asked
    }

    /// The day.
    pub fn on(&self) -> NaiveDate {
        self.on
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::testing::{World, day};

    /// Xã Quỳnh Phụ with a cluster, a chapter in it, and an old chapter that went over to another.
    fn tree() -> UnitTree {
        let mut world = World::new();
        let mut unit = |json| world.add("unit", json);
        unit(json!({"uid": "CUM-1", "name": "Cụm 1", "level": "CHI_HOI", "parent": "C12472-B"}));
        unit(json!({"uid": "CH-3", "name": "Chi hội thôn 3", "level": "CHI_HOI", "parent": "CUM-1"}));
        unit(json!({"uid": "CH-9", "name": "Chi hội khu 9", "level": "CHI_HOI", "parent": "C12619-B"}));
        unit(
            json!({"uid": "CH-0", "name": "Chi hội cũ", "level": "CHI_HOI", "parent": "CUM-1",
            "valid_to": "2025-12-31", "successors": ["CH-9"]}),
        );
        UnitTree::new(world.all("unit"))
    }

    #[test]
    fn own_units_hang_below_the_built_in_ones_up_to_the_province() {
        let tree = tree();
        let on = day("2026-05-24");
        for asked in ["CH-3", "CUM-1", "C12472-B", "P33-B", "TW"] {
            assert!(tree.scope(asked, on).contains("CH-3"), "{asked}");
        }
        assert!(!tree.scope("CH-3", on).contains("CUM-1"));
        assert!(!tree.scope("C12619-B", on).contains("CH-3"));
        assert!(!tree.scope("CH-9", on).contains("C12472-B"));
    }

    #[test]
    fn a_chapter_that_has_ended_counts_with_its_successor_from_then_on() {
        let tree = tree();
        let scope = |asked, on| tree.scope(asked, day(on)).contains("CH-0");
        assert!(scope("C12472-B", "2025-12-31") && !scope("C12619-B", "2025-12-31"));
        assert!(!scope("C12472-B", "2026-01-01") && scope("C12619-B", "2026-01-01"));
    }

    #[test]
    fn a_commune_of_thai_binh_counts_with_hung_yen_only_after_the_merger() {
        let tree = UnitTree::default();
        let old = units()
            .descendants("P34-A", day("2025-06-30"))
            .into_iter()
            .find(|unit| unit.level == 3);
        let old = old.unwrap().uid.to_string();
        assert!(tree.scope("P34-A", day("2025-06-30")).contains(&old));
        assert!(!tree.scope("P33-B", day("2025-06-30")).contains(&old));
        assert!(tree.scope("P33-B", day("2025-07-01")).contains(&old));
    }

    #[test]
    fn below_a_province_that_has_ended_stand_the_units_that_its_own_communes_went_to() {
        let tree = UnitTree::default();
        let (before, after) = (day("2025-06-30"), day("2025-12-31"));
        assert_eq!(tree.children("P51-A", before), tree.at_level("P51-A", 2, before));
        let followers = tree.children("P51-A", after);
        assert_eq!(followers, tree.at_level("P51-A", 3, after));
        assert_eq!(tree.at_level("P51-A", 2, after), Vec::<String>::new());
        let merged = units().as_of("P51-A", after).unwrap();
        let all = units().descendants(merged.uid, after);
        assert!(
            followers.len() > 40 && followers.len() < all.len(),
            "{} of {}",
            followers.len(),
            all.len()
        );
        assert!(followers.iter().all(|uid| units().is_below(uid, merged.uid, after)));
    }

    #[test]
    fn the_records_of_a_split_commune_go_where_the_officer_puts_them() {
        let (on, before) = (day("2026-05-24"), day("2025-06-30"));
        let within = |tree: &UnitTree, asked: &str, on| tree.scope(asked, on).contains("C12322-A");
        let open = |tree: &UnitTree, office| {
            let open = tree.undecided(office, on);
            open.iter().map(|unit| unit.uid).collect::<Vec<_>>()
        };
        let mut tree = UnitTree::default();
        assert!(within(&tree, "C12322-B", on) && !within(&tree, "C11983-B", on));
        assert_eq!(open(&tree, "C11983-B"), ["C12322-A"]);
        assert!(open(&tree, "P33-B").contains(&"C12322-A") && open(&tree, "C12472-B").is_empty());
        let mut world = World::new();
        let commune = json!({"uid": "C12322-A", "successors": ["C11983-B"]});
        assert!(
            world.rules("unit", commune.clone()).is_empty(),
            "name and level are the commune's"
        );
        world.add("unit", commune);
        tree = UnitTree::new(world.all("unit"));
        assert!(within(&tree, "C11983-B", on) && !within(&tree, "C12322-B", on) && within(&tree, "P33-B", on));
        assert!(
            within(&tree, "P33-A", before) && within(&tree, "P33-A", on),
            "its old province keeps it"
        );
        assert!(!within(&tree, "C11983-B", before) && open(&tree, "P33-B").len() == 2);
    }

    #[test]
    fn units_below_each_other_in_a_ring_come_to_an_end() {
        let mut world = World::new();
        let first = world.add("unit", json!({"uid": "A", "name": "A", "level": "CHI_HOI"}));
        world.add(
            "unit",
            json!({"uid": "B", "name": "B", "level": "CHI_HOI", "parent": "A"}),
        );
        world.edit(first, json!({"parent": "B"}));
        let tree = UnitTree::new(world.all("unit"));
        assert!(!tree.scope("C12472-B", day("2026-05-24")).contains("A"));
    }

    #[test]
    fn the_units_right_below_are_built_in_ones_and_own_ones_that_stand() {
        let tree = tree();
        assert_eq!(tree.children("CUM-1", day("2026-05-24")), ["CH-3"]);
        assert_eq!(
            tree.children("CUM-1", day("2025-05-24")),
            ["CH-3", "CH-0"].map(String::from).into_iter().rev().collect::<Vec<_>>()
        );
        assert!(
            tree.children("P33-B", day("2026-05-24"))
                .contains(&"C12472-B".to_string())
        );
        assert_eq!(tree.name("C12472-B"), "Xã Quỳnh Phụ");
        assert_eq!(tree.name("CH-3"), "Chi hội thôn 3");
    }

    #[test]
    fn a_record_without_a_unit_or_of_an_unknown_one_counts_nowhere() {
        let tree = tree();
        let scope = tree.scope("TW", day("2026-05-24"));
        assert!(!scope.holds(None) && !scope.contains("NO-SUCH"));
    }
}
