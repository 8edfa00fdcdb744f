//! What is below what, on a day; and where a unit's history belongs once the unit has ended.

use chrono::NaiveDate;

use super::{CENTRE, Unit, Units};
use crate::arrange::Arrange;

impl Units {
    /// The unit right above, on a day: the recorded parent, or what had become of it by then (Đồng Nai's communes of
    /// July 2025 stand under the new city since 30/04/2026). None for the Centre and an unknown uid.
    pub fn parent(&self, uid: &str, on: NaiveDate) -> Option<Unit<'_>> {
        let recorded = self.get(self.get(uid)?.parent?)?;
        Some(self.renewed(recorded, on))
    }

    /// The units above, nearest first and the Centre last, on a day. For a unit that does not stand on that day, as they
    /// were on the nearest day on which it did.
    pub fn ancestors(&self, uid: &str, on: NaiveDate) -> impl Iterator<Item = Unit<'_>> {
        let on = self.get(uid).map_or(on, |unit| nearest_day(&unit, on));
        std::iter::successors(self.parent(uid, on), move |unit| self.parent(unit.uid, on))
    }

    /// The units right below one that stand on that day and stood under it then: of today's province its communes, of a
    /// province of 2024 its districts; nothing for a unit that had ended.
    pub fn children<'a>(&'a self, uid: &str, on: NaiveDate) -> impl Iterator<Item = Unit<'a>> + use<'a> {
        let place = self.place(uid);
        let mut parents = place.map(|place| self.forerunners(place)).unwrap_or_default();
        parents.extend(place);
        let mut below: Vec<u16> = parents
            .into_iter()
            .flat_map(|parent| self.recorded_below(parent))
            .copied()
            .collect();
        below.arrange();
        let stands_here = move |unit: &Unit<'_>| {
            let parent = self.parent(unit.uid, on).and_then(|parent| self.place(parent.uid));
            unit.valid_on(on) && parent == place
        };
        below
            .into_iter()
            .map(|place| self.unit(usize::from(place)))
            .filter(stands_here)
    }

    /// All units below one on a day, each before its own children.
    pub fn descendants(&self, uid: &str, on: NaiveDate) -> Vec<Unit<'_>> {
        let mut found = Vec::new();
        for unit in self.children(uid, on) {
            found.push(unit);
            found.extend(self.descendants(unit.uid, on));
        }
        found
    }

    /// Where a unit's history belongs on a day: the unit itself while it stands (or before it did), then the proposed
    /// successor; where there is none to propose (a district, a commune split without a default), the province.
    pub fn as_of(&self, uid: &str, on: NaiveDate) -> Option<Unit<'_>> {
        self.line(uid, on).last()
    }

    /// Whether a unit counts with `ancestor` on a day: it is that unit or below it, or its history belongs there by then
    /// (a commune of Thái Bình counts with Hưng Yên in 2026, not in 2024).
    ///
    /// An `ancestor` that ended before that day keeps its area: its own units, and the units that its communes' records
    /// moved to; never the whole of a merged province.
    ///
    /// A few microseconds: over many records ask once for each uid.
    pub fn is_below(&self, uid: &str, ancestor: &str, on: NaiveDate) -> bool {
        let counts_with = |unit: Unit<'_>, on| {
            unit.uid == ancestor || self.ancestors(unit.uid, on).any(|above| above.uid == ancestor)
        };
        if self.line(uid, on).any(|unit| counts_with(unit, on)) {
            return true;
        }
        let ended = self
            .get(ancestor)
            .filter(|unit| unit.ended_before(on))
            .and_then(|unit| unit.valid_to);
        ended.is_some_and(|last| self.origins(uid).into_iter().any(|unit| counts_with(unit, last)))
    }

    /// The unit, and each unit that its history moved to, up to the one that stands on that day.
    fn line(&self, uid: &str, on: NaiveDate) -> impl Iterator<Item = Unit<'_>> {
        std::iter::successors(self.get(uid), move |unit| {
            if !unit.ended_before(on) {
                return None;
            }
            self.get(unit.successor.or(unit.parent.filter(|parent| *parent != CENTRE))?)
        })
    }

    /// A unit, or the proposed successor that had taken its place by that day.
    fn renewed<'a>(&'a self, unit: Unit<'a>, on: NaiveDate) -> Unit<'a> {
        let next = |unit: &Unit<'a>| {
            unit.successor
                .filter(|_| unit.ended_before(on))
                .and_then(|uid| self.get(uid))
        };
        std::iter::successors(Some(unit), next).last().unwrap_or(unit)
    }

    /// The unit and those whose whole history it took over. A merged province is more than any one of its old ones, so
    /// only communes, and units that came of one alone, reach back.
    fn origins(&self, uid: &str) -> Vec<Unit<'_>> {
        let Some(unit) = self.get(uid) else { return Vec::new() };
        let before = self.predecessors(uid);
        let mut found = vec![unit];
        if unit.level == 3 || before.len() == 1 {
            let proposed = before.into_iter().filter(|(_, proposed)| *proposed);
            found.extend(proposed.flat_map(|(uid, _)| self.origins(uid)));
        }
        found
    }

    /// Places of all units that, over one or more steps, moved to this one by proposal.
    fn forerunners(&self, place: usize) -> Vec<usize> {
        let olds = self
            .links_to(place)
            .filter(|link| link.proposed)
            .map(|link| usize::from(link.old));
        olds.flat_map(|old| std::iter::once(old).chain(self.forerunners(old)))
            .collect()
    }

    /// Places of the units whose recorded parent is the one at `parent`.
    fn recorded_below(&self, parent: usize) -> &[u16] {
        let above = |place: &u16| self.rows[usize::from(*place)].parent.map(usize::from);
        let first = self.by_parent.partition_point(|place| above(place) < Some(parent));
        let end = self.by_parent.partition_point(|place| above(place) <= Some(parent));
        &self.by_parent[first..end]
    }
}

/// The day itself when the unit stood on it, else its first or last one.
fn nearest_day(unit: &Unit<'_>, on: NaiveDate) -> NaiveDate {
    let on = unit.valid_to.map_or(on, |last| on.min(last));
    unit.valid_from.map_or(on, |first| on.max(first))
}
