//! The units whose records count with a unit asked for, as of the end of a window.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::catalog::units;
use crate::domain::known::Known;
use crate::domain::unit_tree::{Scope, UnitTree};

/// A unit and all below it. A record made in a unit that came only later (an old activity keyed in today, in the
/// commune of today) counts where that commune's own land belonged.
pub struct Area<'b> {
    scope: Scope<'b>,
    tree: &'b UnitTree,
    known: &'b dyn Known,
    later: RefCell<HashMap<String, bool>>,
}

impl<'b> Area<'b> {
    /// A unit's area on a day.
    pub fn new(tree: &'b UnitTree, known: &'b dyn Known, unit: &str, on: NaiveDate) -> Area<'b> {
        Area {
            scope: tree.scope(unit, on),
            tree,
            known,
            later: RefCell::default(),
        }
    }

    /// The unit asked for.
    pub fn unit(&self) -> &str {
        self.scope.unit()
    }

    /// The day.
    pub fn on(&self) -> NaiveDate {
        self.scope.on()
    }

    /// Whether records of a unit count.
    pub fn contains(&self, uid: &str) -> bool {
        self.scope.contains(uid) || self.came_later(uid)
    }

    /// Whether a record counts; one without a unit counts nowhere.
    pub fn holds(&self, unit: Option<&str>) -> bool {
        unit.is_some_and(|uid| self.contains(uid))
    }

    /// The area of another unit on the same day.
    pub fn of(&self, unit: &str) -> Area<'b> {
        Area::new(self.tree, self.known, unit, self.on())
    }

    /// The units right below the one asked for, that stand on the day.
    pub fn children(&self) -> Vec<String> {
        self.tree.children(self.unit(), self.on())
    }

    /// The units of a level (2 districts, 3 communes) below the one asked for, as of the day.
    pub fn at_level(&self, level: u8) -> Vec<String> {
        self.tree.at_level(self.unit(), level, self.on())
    }

    /// The units above one, nearest first.
    pub fn above(&self, uid: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut at = uid.to_string();
        while units().get(&at).is_none() {
            match self.known.unit(&at).and_then(|unit| unit.parent) {
                Some(parent) if !found.contains(&parent) => {
                    found.push(parent.clone());
                    at = parent;
                }
                _ => return found,
            }
        }
        found.extend(units().ancestors(&at, self.on()).map(|unit| unit.uid.to_string()));
        found
    }

    fn came_later(&self, uid: &str) -> bool {
        if let Some(known) = self.later.borrow().get(uid) {
            return *known;
        }
        let builtin = std::iter::once(uid.to_string()).chain(self.above(uid));
        let builtin = builtin.into_iter().find_map(|uid| units().get(&uid));
        let since = builtin.and_then(|unit| Some((unit, unit.valid_from?)));
        let counts =
            since.is_some_and(|(unit, since)| since > self.on() && units().is_below(unit.uid, self.unit(), since));
        self.later.borrow_mut().insert(uid.to_string(), counts);
        counts
    }
}
