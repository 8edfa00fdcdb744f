//! The list of a session and all that can be done with it. Every method is one step that undo takes back.

use super::people::People;
use super::row::{self, Known, Mark, Row, Who};
use super::session::Session;
use super::totals::Totals;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Read, StoreError};
use crate::ui::grid::{numbers, sheet};
use crate::vietnamese::fold::fold;
use crate::vietnamese::name::{split_name, tidy_name};
use std::sync::Arc;

/// What numbers typed into the line mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// Those absent.
    #[default]
    Absent,
    /// Those present.
    Present,
}

impl Naming {
    /// The mark that a number gives.
    pub fn mark(self) -> Mark {
        match self {
            Naming::Absent => Mark::Absent,
            Naming::Present => Mark::Present,
        }
    }
}

/// Which days a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// All of them.
    All,
    /// One, counted from 0.
    One(usize),
}

/// The columns whose value can be filled down or gone round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The kind of attendee.
    Kind,
    /// The sex, of those not on record.
    Gender,
    /// Presence.
    Mark(Days),
    /// The certificate.
    Certificate,
    /// Its number.
    Number,
}

/// The list of a session.
pub type Sheet = sheet::Sheet<Session, Row>;

impl Sheet {
    /// Reads the list of a session; `None` where the session is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(read: &dyn Read, training: Id) -> Result<Option<Sheet>, StoreError> {
        let Some(session) = Session::load(read, training)? else {
            return Ok(None);
        };
        let entries = entries(read, training)?;
        let people = People::of(read, &session);
        let mut stored = Vec::with_capacity(entries.len());
        for entry in &entries {
            stored.push(Row::read(entry, people.of_record(entry)?, session.days));
        }
        Ok(Some(Sheet::of(session, stored)))
    }

    /// The totals as they stand.
    pub fn totals(&self) -> Totals {
        Totals::of(self.rows(), self.event.days)
    }

    /// Everybody marked alike.
    pub fn mark_all(&mut self, days: Days, mark: Mark) -> Option<usize> {
        let rows = self.rows().iter().enumerate();
        let kept: Vec<usize> = rows.filter(|(_, row)| row.is_kept()).map(|(at, _)| at).collect();
        self.mark(&kept, days, mark)
    }

    /// The rows of these places marked alike.
    pub fn mark(&mut self, places: &[usize], days: Days, mark: Mark) -> Option<usize> {
        let count = self.event.days;
        self.change_at(places, |row| put_mark(row, days, mark, count))
    }

    /// Present where not, absent where present.
    pub fn toggle(&mut self, at: usize, days: Days) -> Option<usize> {
        let mark = match self.rows().get(at).map(|row| mark_of(row, days)) {
            Some(Mark::Present) => Mark::Absent,
            _ => Mark::Present,
        };
        self.mark(&[at], days, mark)
    }

    /// The next value of a cell: of marks not called, present, completed, absent; of certificates the list's; of sex
    /// the other. Says why it cannot be.
    ///
    /// # Errors
    /// What is to be done instead.
    pub fn next(&mut self, at: usize, cell: Cell) -> Result<Option<usize>, Message> {
        let Some(row) = self.rows().get(at) else {
            return Ok(None);
        };
        match cell {
            Cell::Mark(days) => {
                let (mark, completed) = match (mark_of(row, days), row.completed) {
                    (Mark::Present, false) if days == Days::All || self.event.days == 1 => (Mark::Present, true),
                    (mark, _) => (mark.next(), false),
                };
                let count = self.event.days;
                Ok(self.change_at(&[at], |row| {
                    put_mark(row, days, mark, count);
                    row.completed = completed;
                }))
            }
            Cell::Certificate => {
                let next = next_code("certificate", row.certificate.unwrap_or(row::NO_CERTIFICATE));
                Ok(self.put_certificate(at, next))
            }
            Cell::Gender => {
                let next = if row.who.gender == Some("NU") { "NAM" } else { "NU" };
                self.put_gender(at, next)
            }
            Cell::Kind => {
                let next = next_code("attendee_kind", row.kind.unwrap_or_default());
                Ok(self.put_kind(at, next))
            }
            Cell::Number => Ok(None),
        }
    }

    /// Sets a kind of attendee.
    pub fn put_kind(&mut self, at: usize, kind: Option<&'static str>) -> Option<usize> {
        self.change_at(&[at], |row| row.kind = kind)
    }

    /// Sets a certificate.
    pub fn put_certificate(&mut self, at: usize, certificate: Option<&'static str>) -> Option<usize> {
        let certificate = certificate.filter(|code| *code != row::NO_CERTIFICATE);
        self.change_at(&[at], |row| row.certificate = certificate)
    }

    /// Sets a certificate's number; a number makes a certificate.
    pub fn put_number(&mut self, at: usize, number: &str) -> Option<usize> {
        let number = number.trim();
        self.change_at(&[at], |row| number_row(row, number, None))
    }

    /// Sets the sex of somebody not on record.
    ///
    /// # Errors
    /// The person is on record: it is changed there.
    pub fn put_gender(&mut self, at: usize, gender: &'static str) -> Result<Option<usize>, Message> {
        let Some(row) = self.rows().get(at) else {
            return Ok(None);
        };
        if let Known::Person(_) = row.who.known {
            let name = &row.who.name;
            return Err(Message::new(
                format!("{name} có hồ sơ riêng; sửa giới tính ở hồ sơ cá nhân."),
                format!("{name} is on record; change the sex in the person's record."),
            ));
        }
        Ok(self.change_at(&[at], |row| {
            row.who = Arc::new(Who {
                gender: Some(gender),
                ..Who::clone(&row.who)
            });
        }))
    }

    /// The value of a cell put into all rows below; certificates only to those present. Gives the first row changed.
    pub fn fill_down(&mut self, at: usize, cell: Cell) -> Option<usize> {
        let source = self.rows().get(at)?.clone();
        let count = self.event.days;
        self.change(|rows| {
            for row in rows.iter_mut().skip(at + 1).filter(|row| row.is_kept()) {
                match cell {
                    Cell::Kind => row.kind = source.kind,
                    Cell::Mark(days) => {
                        put_mark(row, days, mark_of(&source, days), count);
                        row.completed = source.completed && row.is_present();
                    }
                    Cell::Certificate if row.is_present() => row.certificate = source.certificate,
                    Cell::Gender if !matches!(row.who.known, Known::Person(_)) => {
                        row.who = Arc::new(Who {
                            gender: source.who.gender,
                            ..Who::clone(&row.who)
                        });
                    }
                    _ => {}
                }
            }
        })
    }

    /// Certificates numbered by series, from a row that has the first number, for all present from there on.
    ///
    /// # Errors
    /// There is no number to begin with, or it has no digits.
    pub fn fill_series(&mut self, at: usize) -> Result<Option<usize>, Message> {
        let first = self
            .rows()
            .get(at)
            .map(|row| (Arc::clone(&row.number), row.certificate));
        let Some((number, certificate)) = first.filter(|(number, _)| !number.is_empty()) else {
            return Err(Message::new(
                "Gõ số đầu tiên vào cột Số của dòng này, rồi đánh số tiếp.",
                "Type the first number into the number column of this row, then number on.",
            ));
        };
        if numbers::following(&number).is_none() {
            return Err(Message::new(
                format!("\"{number}\" không có chữ số để đánh số tiếp. Sửa số đầu tiên."),
                format!("\"{number}\" has no digits to count on. Correct the first number."),
            ));
        }
        Ok(self.change(|rows| {
            let mut number = number.to_string();
            for row in rows
                .iter_mut()
                .skip(at + 1)
                .filter(|row| row.is_kept() && row.is_present())
            {
                let Some(next) = numbers::following(&number) else { break };
                number = next;
                number_row(row, &number, certificate);
            }
        }))
    }

    /// Puts people on the list who are not there yet; gives the place of the first, and how many there were.
    pub fn add(&mut self, people: Vec<Who>) -> (Option<usize>, usize) {
        let mut here: std::collections::HashSet<Id> = self
            .rows()
            .iter()
            .filter(|row| row.is_kept())
            .filter_map(|row| row.who.person())
            .collect();
        let named: std::collections::HashSet<String> = self
            .rows()
            .iter()
            .filter(|row| row.is_kept() && row.who.person().is_none())
            .map(|row| row.who.folded.clone())
            .collect();
        let fallback = self.event.kind;
        let new: Vec<Row> = people
            .into_iter()
            .filter(|who| match who.person() {
                Some(id) => here.insert(id),
                None => !named.contains(&who.folded),
            })
            .map(|who| {
                let mut row = Row::new(who);
                row.kind = row.kind.or(fallback);
                row
            })
            .collect();
        let count = new.len();
        (self.extend(new), count)
    }

    /// Puts somebody on the list who has come by: present, or registered where the session lies ahead. One who is on
    /// it already is marked there. Gives the place.
    pub fn walk_in(&mut self, who: Who, days: Days) -> usize {
        let mark = if self.event.is_ahead { Mark::Open } else { Mark::Present };
        let count = self.event.days;
        if let Some(at) = who.person().and_then(|person| self.place_of(person)) {
            self.mark(&[at], days, mark);
            return at;
        }
        let mut row = Row::new(who);
        row.kind = row.kind.or(self.event.kind);
        put_mark(&mut row, days, mark, count);
        self.extend(vec![row]);
        self.rows().len().saturating_sub(1)
    }

    /// The place of a person on the list.
    pub fn place_of(&self, person: Id) -> Option<usize> {
        self.rows()
            .iter()
            .position(|row| row.is_kept() && row.who.person() == Some(person))
    }
}

/// The attendance records of a session, in the order of entry.
///
/// # Errors
/// The store cannot be read.
pub fn entries(read: &dyn Read, training: Id) -> Result<Vec<Entry>, StoreError> {
    sheet::entries(read, "attendance", "training", training)
}

/// The mark of a cell.
pub fn mark_of(row: &Row, days: Days) -> Mark {
    match days {
        Days::All => row.marks.whole(),
        Days::One(day) => row.marks.get(day),
    }
}

fn put_mark(row: &mut Row, days: Days, mark: Mark, count: usize) {
    match days {
        Days::All => (0..count).for_each(|day| row.marks.set(day, mark)),
        Days::One(day) => row.marks.set(day, mark),
    }
    row.completed &= row.is_present();
}

fn number_row(row: &mut Row, number: &str, certificate: Option<&'static str>) {
    row.number = Arc::from(number);
    if !number.is_empty() && row.certificate.is_none() {
        row.certificate = certificate.or(row::code("certificate", Some("GIAY_CHUNG_NHAN")));
    }
}

fn next_code(list: &str, code: &str) -> Option<&'static str> {
    let codes = &catalog::list(list)?.codes;
    let at = codes.iter().position(|other| other.code == code);
    Some(codes.get(at.map_or(0, |at| (at + 1) % codes.len()))?.code)
}

/// A name typed for somebody not on record, tidied, with the sex that the name tells (`Thị`, `Văn`); a woman where it
/// tells nothing, for most who come are.
pub fn unknown_person(name: &str) -> Who {
    let name = tidy_name(name);
    let middle = fold(split_name(&name).middle);
    let male = middle.split(' ').any(|word| word == "van") && !middle.split(' ').any(|word| word == "thi");
    let gender = row::code("gender", Some(if male { "NAM" } else { "NU" }));
    Who::name_alone(&name, gender)
}

/// Those on the list whose name fits what is typed, by place.
pub fn listed(rows: &[Row], typed: &str) -> Vec<usize> {
    let typed = fold(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let fits = |row: &Row| {
        let begins = |wanted: &str| row.who.folded.split(' ').any(|word| word.starts_with(wanted));
        row.is_kept() && typed.split(' ').all(begins)
    };
    let mut places: Vec<usize> = (0..rows.len()).filter(|at| fits(&rows[*at])).collect();
    places.arrange_by_key(|at| (rows[*at].who.folded.len(), *at));
    places
}
