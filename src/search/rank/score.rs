//! How good a hit is: what the fits of all words of a query make together, as one number.

use super::fit::{Fit, Group, Place};
use crate::search::list::{KINDS, Part, Row};

/// How good a hit is: the smaller the better.
pub type Key = u64;

/// The fits of all words of a query, and what they make together.
pub(super) struct Fits {
    kind: u8,
    used: u32,
    names: u8,
    group: Group,
    in_group: u8,
    untoned: bool,
    /// A code was typed in full.
    pub(super) code: bool,
    /// Some words stand outside the name, and not one after the other in one other name.
    pub(super) scattered: bool,
    pub(super) outside: u8,
    begun: u8,
    /// Where the words stand in the name: the first, the last so far, whether in order and without a gap.
    span: Option<(u8, u8)>,
    pub(super) disorder: u8,
    covered: u8,
}

impl Fits {
    /// No word fitted yet.
    pub(super) fn new(row: &Row<'_>) -> Fits {
        let names = row.tokens.iter().filter(|token| token.part() == Part::Name).count();
        Fits {
            used: row.used,
            names: u8::try_from(names).unwrap_or(u8::MAX),
            ..Fits::empty(row.kind)
        }
    }

    /// Nothing known yet of a row of a kind; used just now, for all that is known.
    fn empty(kind: u8) -> Fits {
        Fits {
            kind,
            used: u32::MAX,
            names: 0,
            group: Group::Right,
            in_group: 0,
            untoned: false,
            code: false,
            scattered: false,
            outside: 0,
            begun: 0,
            span: None,
            disorder: 0,
            covered: 0,
        }
    }

    /// The best that a row of a kind can be, with words of this group of which so many are begun.
    pub(super) fn best(kind: u8, group: Group, begun: u8) -> Fits {
        Fits {
            group,
            in_group: u8::from(group == Group::Wrong),
            begun,
            ..Fits::empty(kind)
        }
    }

    /// Takes in how one more word fits, in the order of the query.
    pub(super) fn add(&mut self, fit: Fit) {
        if fit.group > self.group {
            (self.group, self.in_group) = (fit.group, 0);
        }
        self.in_group += u8::from(fit.group == self.group && fit.group > Group::Right);
        self.untoned |= !fit.toned;
        self.code |= fit.place == Place::Code && fit.whole;
        self.outside += u8::from(fit.place == Place::Rest);
        self.begun += u8::from(!fit.whole) + u8::from(fit.by_number);
        let Some((from, to)) = fit.span else { return };
        self.covered = self.covered.saturating_add(to - from + 1);
        self.span = Some(match self.span {
            None => (from, to),
            Some((first, last)) => {
                let disorder = if from == last.saturating_add(1) {
                    0
                } else if from > last {
                    1
                } else {
                    2
                };
                self.disorder = self.disorder.max(disorder);
                (first, to)
            }
        });
    }

    /// Where in the name: the whole of it, its beginning, somewhere, or not there alone.
    pub(super) fn place(&self) -> u64 {
        let from_start = self.span.is_some_and(|(first, _)| first == 0);
        // People are called by their given name, the last word.
        let given =
            KINDS[usize::from(self.kind)] == "person" && self.span.is_some_and(|(first, _)| first + 1 == self.names);
        match (self.outside, self.disorder) {
            (0, 0) if from_start && self.covered == self.names && self.begun == 0 => 0,
            (0, 0) if from_start || given => 1,
            (0, _) => 2,
            _ => 3,
        }
    }

    /// The key, with the most important first in its highest bits.
    pub(super) fn key_at(&self, place: u64) -> Key {
        let parts = [
            (self.group as u64, 2),
            (u64::from(self.in_group), 4),
            (u64::from(self.untoned), 1),
            (u64::from(!self.code), 1),
            (u64::from(self.kind), 3),
            (u64::from(self.scattered), 1),
            (u64::from(self.outside), 4),
            (u64::from(self.begun), 4),
            (place, 2),
            (u64::from(self.disorder), 2),
            (0xf_ffff - u64::from(self.used.min(0xf_ffff)), 20),
        ];
        parts
            .iter()
            .fold(0, |key, (value, bits)| key << bits | (value & ((1 << bits) - 1)))
    }
}

/// The bits of a key below that of the tones.
const BELOW_TONE: u32 = 1 + 3 + 1 + 4 + 4 + 2 + 2 + 20;

/// Whether a hit lacks a tone or mark that was typed.
pub fn is_untoned(key: Key) -> bool {
    key >> BELOW_TONE & 1 == 1
}

/// Whether all words of a hit are right ones: no initials, no letter wrong.
pub fn is_right(key: Key) -> bool {
    key >> (BELOW_TONE + 5) == 0
}
