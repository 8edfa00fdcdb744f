//! A figure with the records behind it, those that could not be decided, and those that nearly counted.

use std::collections::HashSet;

use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::domain::text::Message;

/// What an indicator measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number of entities, people, turns.
    Count(i64),
    /// A share: the part, and the whole (nothing when 0).
    Share {
        /// How many of them.
        part: i64,
        /// Of how many.
        whole: i64,
    },
    /// Units counted, of the units there are.
    Units {
        /// How many units.
        counted: i64,
        /// Of how many.
        of: i64,
    },
    /// A figure that was entered and not counted.
    Entered(f64),
}

/// A record and what is to be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The record, or the uid of a unit.
    pub about: About,
    /// Why it stands here.
    pub reason: Message,
}

/// What a remark is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A record.
    Record(Id),
    /// A unit, by uid.
    Unit(String),
    /// The target itself: of the plan of this code.
    Plan(String),
}

impl About {
    /// Its id as scripts read it.
    pub fn text(&self) -> String {
        match self {
            About::Record(id) => id.to_string(),
            About::Unit(uid) => uid.clone(),
            About::Plan(code) => code.clone(),
        }
    }
}

/// How a figure is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It holds figures older than twelve months.
    Old,
    /// It holds a class's own count, for want of a list.
    AsDeclaredByClass,
    /// It holds figures that units below declared.
    DeclaredByUnits,
    /// It is an estimate.
    Estimated,
}

impl Mark {
    /// The mark in words.
    pub fn text(self) -> crate::domain::text::Text {
        use crate::domain::text::Text;
        match self {
            Mark::Old => Text::new("có số cũ", "holds old figures"),
            Mark::AsDeclaredByClass => Text::new("theo báo cáo lớp", "as declared by the class"),
            Mark::DeclaredByUnits => Text::new("có số đơn vị gửi", "holds figures that units declared"),
            Mark::Estimated => Text::new("ước tính", "estimated"),
        }
    }
}

/// What a formula found over one area.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The figure.
    pub value: Value,
    /// The records counted: of a share, those of its part.
    pub counted: Vec<Id>,
    /// What could not be decided.
    pub undecided: Vec<Remark>,
    /// What was looked at and did not count, with the reason.
    pub nearly: Vec<Remark>,
    /// How it is to be read.
    pub marks: Vec<Mark>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new() -> Tally {
        Tally {
            value: Value::Count(0),
            counted: Vec::new(),
            undecided: Vec::new(),
            nearly: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// The figure is the number of records counted.
    pub fn counting(mut self) -> Tally {
        self.value = Value::Count(count(self.counted.len()));
        self
    }

    /// The figure is the records counted, of a whole.
    pub fn share_of(mut self, whole: i64) -> Tally {
        self.value = Value::Share {
            part: count(self.counted.len()),
            whole,
        };
        self
    }

    /// Adds to a count.
    pub fn add(&mut self, more: i64) {
        if let Value::Count(number) = &mut self.value {
            *number = number.saturating_add(more);
        }
    }

    /// Takes in what was found of one record.
    pub fn take(&mut self, id: Id, verdict: Verdict) {
        match verdict {
            Verdict::Yes => self.counted.push(id),
            Verdict::No(reason) => self.not(id, reason),
            Verdict::Unknown(reason) => self.unknown(id, reason),
        }
    }

    /// Notes a record that could not be decided.
    pub fn unknown(&mut self, id: Id, reason: Message) {
        let about = About::Record(id);
        self.undecided.push(Remark { about, reason });
    }

    /// Notes a record that does not count.
    pub fn not(&mut self, id: Id, reason: Message) {
        let about = About::Record(id);
        self.nearly.push(Remark { about, reason });
    }

    /// Notes a unit that does not count.
    pub fn not_unit(&mut self, uid: &str, vi: &str, en: &str) {
        self.nearly.push(Remark {
            about: About::Unit(uid.to_string()),
            reason: Message::new(vi, en),
        });
    }

    /// Marks the figure.
    pub fn mark(&mut self, mark: Mark) {
        if !self.marks.contains(&mark) {
            self.marks.push(mark);
        }
    }

    /// Each record once in each list, in the order of entry, and no record both counted and nearly counted.
    pub fn tidy(mut self) -> Tally {
        self.counted.arrange();
        self.counted.dedup();
        let counted: HashSet<Id> = self.counted.iter().copied().collect();
        self.nearly.retain(|remark| match remark.about {
            About::Record(id) => !counted.contains(&id),
            _ => true,
        });
        for list in [&mut self.undecided, &mut self.nearly] {
            let mut seen = HashSet::new();
            list.retain(|remark| seen.insert((remark.about.clone(), remark.reason.vi.clone())));
        }
        self
    }
}

impl Default for Tally {
    fn default() -> Tally {
        Tally::new()
    }
}

/// What is known of one record against one condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It holds.
    Yes,
    /// It does not, and why.
    No(Message),
    /// It cannot be told, and why.
    Unknown(Message),
}

impl Verdict {
    /// Both: a plain "no" decides, then what is unknown. The second is only looked at where it matters.
    pub fn and(self, other: impl FnOnce() -> Verdict) -> Verdict {
        match self {
            Verdict::Yes => other(),
            Verdict::No(_) => self,
            Verdict::Unknown(_) => match other() {
                Verdict::No(reason) => Verdict::No(reason),
                _ => self,
            },
        }
    }

    /// Either: a plain "yes" decides, then what is unknown.
    pub fn or(self, other: impl FnOnce() -> Verdict) -> Verdict {
        match self {
            Verdict::Yes => self,
            Verdict::No(_) => other(),
            Verdict::Unknown(_) => match other() {
                Verdict::Yes => Verdict::Yes,
                _ => self,
            },
        }
    }

    /// Yes or no, for what is always known.
    pub fn of(holds: bool, vi: &str, en: &str) -> Verdict {
        match holds {
            true => Verdict::Yes,
            false => Verdict::No(Message::new(vi, en)),
        }
    }

    /// Whether it surely holds.
    pub fn is_yes(&self) -> bool {
        *self == Verdict::Yes
    }
}

/// A length as a figure.
pub fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
