//! One line of the attendance list: who, marked how on which day, with what certificate.

use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::value::{Slot, Value};
use crate::ui::grid::sheet::{Line, Standing};
use crate::vietnamese::fold::fold;
use std::sync::Arc;

/// Days of a session that the list can hold.
pub const MOST_DAYS: usize = 60;

/// One person on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not called yet.
    Open,
    /// There.
    Present,
    /// Not there.
    Absent,
}

impl Mark {
    /// The next one, for the key that goes round.
    pub fn next(self) -> Mark {
        match self {
            Mark::Open => Mark::Present,
            Mark::Present => Mark::Absent,
            Mark::Absent => Mark::Open,
        }
    }
}

/// The marks of one person, a bit a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    called: u64,
    present: u64,
}

impl Marks {
    /// The mark of a day, counted from 0.
    pub fn get(self, day: usize) -> Mark {
        let bit = 1u64 << day.min(MOST_DAYS);
        match (self.called & bit != 0, self.present & bit != 0) {
            (false, _) => Mark::Open,
            (true, true) => Mark::Present,
            (true, false) => Mark::Absent,
        }
    }

    /// Marks a day.
    pub fn set(&mut self, day: usize, mark: Mark) {
        let bit = 1u64 << day.min(MOST_DAYS);
        self.called &= !bit;
        self.present &= !bit;
        if mark != Mark::Open {
            self.called |= bit;
        }
        if mark == Mark::Present {
            self.present |= bit;
        }
    }

    /// Days present.
    pub fn days_present(self) -> u32 {
        self.present.count_ones()
    }

    /// All days taken together: there on any day, else absent where called at all.
    pub fn whole(self) -> Mark {
        match (self.called != 0, self.present != 0) {
            (_, true) => Mark::Present,
            (true, false) => Mark::Absent,
            (false, false) => Mark::Open,
        }
    }

    /// The days up to the last that was called, as the record holds them.
    pub fn list(self) -> Vec<bool> {
        let count = (u64::BITS - self.called.leading_zeros()) as usize;
        (0..count).map(|day| self.get(day) == Mark::Present).collect()
    }

    /// The two words of bits, for drafts.
    pub fn bits(self) -> (u64, u64) {
        (self.called, self.present)
    }

    /// Back from [`Marks::bits`].
    pub fn from_bits(called: u64, present: u64) -> Marks {
        Marks {
            called,
            present: present & called,
        }
    }
}

/// Whether a person was trained as a manager before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// This is the first time, if she is present.
    Time,
    /// It is not, or the session does not train managers, or she is none.
    #[default]
    No,
}

/// Where a person's record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// On record.
    Person(Id),
    /// To be put on record with this list, with this telephone number (empty for none).
    NewPerson(Id, String),
    /// A name alone.
    Name,
}

/// Who a line is about, as far as the list shows it.
///
/// It is `Eq` so that rows that share one compare by its address alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Where the person's record stands.
    pub known: Known,
    /// The name.
    pub name: String,
    /// The name folded, for every letter typed looks through the whole list.
    pub folded: String,
    /// `NU`, `NAM`.
    pub gender: Option<&'static str>,
    /// The cooperative of the person's role on that day.
    pub cooperative: Option<Id>,
    /// Its name, or the unit of an officer's post.
    pub place: String,
    /// The role or post, in words.
    pub role: Message,
    /// The kind of attendee that follows from the role.
    pub kind: Option<&'static str>,
    /// Whether this would be a manager's first training.
    pub first: First,
}

impl Who {
    /// A name alone.
    pub fn name_alone(name: &str, gender: Option<&'static str>) -> Who {
        Who {
            known: Known::Name,
            name: name.to_owned(),
            folded: fold(name),
            gender,
            cooperative: None,
            place: String::new(),
            role: Message::default(),
            kind: None,
            first: First::No,
        }
    }

    /// The person's id, on record or to be put there.
    pub fn person(&self) -> Option<Id> {
        match &self.known {
            Known::Person(id) | Known::NewPerson(id, _) => Some(*id),
            Known::Name => None,
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The record's id.
    pub id: Id,
    /// Who it is.
    pub who: Arc<Who>,
    /// The kind of attendee.
    pub kind: Option<&'static str>,
    /// The cooperative that the record names.
    pub cooperative: Option<Id>,
    /// Day by day.
    pub marks: Marks,
    /// Whether the course was completed, where present.
    pub completed: bool,
    /// The certificate: a code of its list, none for the usual `KHONG`.
    pub certificate: Option<&'static str>,
    /// Its number; empty for none.
    pub number: Arc<str>,
    /// Whether it stays.
    pub standing: Standing,
}

impl Row {
    /// A new line for a person, not called yet.
    pub fn new(who: Who) -> Row {
        Row {
            id: Id::now(),
            kind: who.kind,
            cooperative: who.cooperative,
            who: Arc::new(who),
            marks: Marks::default(),
            completed: false,
            certificate: None,
            number: Arc::from(""),
            standing: Standing::Kept,
        }
    }

    /// A line from its record; kind and cooperative from the role where the record has none.
    pub fn read(entry: &Entry, who: Who, days: usize) -> Row {
        let mut marks = Marks::default();
        let listed: Vec<bool> = entry.field("days");
        for (day, present) in listed.iter().enumerate().take(MOST_DAYS) {
            marks.set(day, if *present { Mark::Present } else { Mark::Absent });
        }
        let state = entry.text("state").unwrap_or("DANG_KY");
        if listed.is_empty() || marks.whole() != whole(state) {
            for day in 0..days {
                marks.set(day, whole(state));
            }
        }
        Row {
            id: entry.id,
            kind: code("attendee_kind", entry.text("kind")).or(who.kind),
            cooperative: entry.reference("cooperative").or(who.cooperative),
            who: Arc::new(who),
            marks,
            completed: state == "HOAN_THANH",
            certificate: code("certificate", entry.text("certificate")).filter(|code| *code != NO_CERTIFICATE),
            number: Arc::from(entry.text("certificate_no").unwrap_or_default()),
            standing: Standing::Kept,
        }
    }

    /// Whether it stays on the list.
    pub fn is_kept(&self) -> bool {
        self.standing == Standing::Kept
    }

    /// Whether the person was there on any day.
    pub fn is_present(&self) -> bool {
        self.marks.whole() == Mark::Present
    }

    /// A code of `attendance_state`.
    pub fn state(&self) -> &'static str {
        match self.marks.whole() {
            Mark::Present if self.completed => "HOAN_THANH",
            Mark::Present => "CO_MAT",
            Mark::Absent => "VANG",
            Mark::Open => "DANG_KY",
        }
    }

    /// Writes the line into its record; what the grid does not show stays as it is.
    pub fn write(&self, entry: &mut Entry, training: Id, days: usize) {
        entry.set("training", Some(Value::Id(training)));
        let text = |text: &str| (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        match self.who.person() {
            Some(person) => {
                entry.set("person", Some(Value::Id(person)));
                entry.set("name", None);
                entry.set("gender", None);
            }
            None => {
                entry.set("person", None);
                entry.set("name", text(&self.who.name));
                entry.set("gender", self.who.gender.and_then(text));
            }
        }
        entry.set("kind", self.kind.and_then(text));
        entry.set("cooperative", self.cooperative.map(Value::Id));
        entry.set("state", text(self.state()));
        entry.set("days", if days > 1 { self.marks.list().put() } else { None });
        entry.set("certificate", text(self.certificate.unwrap_or(NO_CERTIFICATE)));
        entry.set("certificate_no", text(&self.number));
    }
}

impl Line for Row {
    fn id(&self) -> Id {
        self.id
    }

    fn standing(&self) -> Standing {
        self.standing
    }

    fn stand(&mut self, standing: Standing) {
        self.standing = standing;
    }
}

/// The code of no certificate.
pub const NO_CERTIFICATE: &str = "KHONG";

fn whole(state: &str) -> Mark {
    match state {
        "CO_MAT" | "HOAN_THANH" => Mark::Present,
        "VANG" => Mark::Absent,
        _ => Mark::Open,
    }
}

/// A code as its list has it.
pub fn code(list: &str, code: Option<&str>) -> Option<&'static str> {
    Some(catalog::list(list)?.get(code?)?.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(state: &str, days: &[bool]) -> Entry {
        let mut entry = Entry::new("attendance");
        entry.set("state", Some(Value::Text(state.into())));
        entry.set("days", days.to_vec().put());
        entry
    }

    #[test]
    fn marks_and_state_of_a_record_come_back_as_they_were() {
        for (state, days, count) in [
            ("CO_MAT", vec![true, false, true], 3),
            ("HOAN_THANH", vec![true, true, true], 3),
            ("VANG", vec![false, false], 2),
            ("DANG_KY", vec![], 2),
            ("CO_MAT", vec![], 1),
            ("VANG", vec![], 1),
        ] {
            let row = Row::read(&entry(state, &days), Who::name_alone("Vũ Thị Lụa", Some("NU")), count);
            let mut back = Entry::new("attendance");
            row.write(&mut back, Id::now(), count);
            assert_eq!(back.text("state"), Some(state));
            let expected = if count > 1 { days } else { vec![] };
            assert_eq!(back.field::<Vec<bool>>("days"), expected, "{state}");
        }
    }

    #[test]
    fn a_state_without_days_holds_for_all_of_them() {
        let row = Row::read(&entry("CO_MAT", &[]), Who::name_alone("Vũ Thị Lụa", None), 3);
        assert_eq!(row.marks.days_present(), 3);
        let against = Row::read(&entry("VANG", &[true]), Who::name_alone("Vũ Thị Lụa", None), 2);
        assert_eq!(
            against.state(),
            "VANG",
            "the state decides where the days say otherwise"
        );
    }

    #[test]
    fn a_day_not_called_yet_behind_one_that_was_is_not_written() {
        let mut marks = Marks::default();
        marks.set(0, Mark::Absent);
        marks.set(1, Mark::Present);
        assert_eq!(marks.list(), [false, true]);
        marks.set(1, Mark::Open);
        assert_eq!(marks.list(), [false]);
        assert_eq!(marks.whole(), Mark::Absent);
        marks.set(63, Mark::Present);
        assert_eq!(marks.get(63), Mark::Present);
    }
}
