//! The rows of the sheet and all that can be done with them; every method is one step that undo takes back.

use super::column::Column;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::store::{Read, StoreError};
use crate::ui::grid::numbers::following;
use crate::ui::grid::sheet::{self, Line, Standing};
use crate::vietnamese::fold::fold;
use chrono::{Datelike, NaiveDate};

/// What the sheet needs of a fair.
#[derive(Clone, Debug, PartialEq)]
pub struct Fair {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// Its last day.
    to: Option<NaiveDate>,
    /// Booths planned for it.
    pub planned: Option<i64>,
    /// Today, for the day of registration.
    today: NaiveDate,
}

impl Fair {
    /// Reads a fair; `None` where it is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(read: &dyn Read, id: Id) -> Result<Option<Fair>, StoreError> {
        let entry = read.get("fair", id)?;
        Ok(entry.map(|entry| Fair {
            id,
            title: entry.text("title").unwrap_or_default().to_owned(),
            from: entry.date("from"),
            to: entry.date("to").or(entry.date("from")),
            planned: entry.number("planned_booths"),
            today: read.today(),
        }))
    }

    /// Whether booths are still being registered: it has not begun.
    pub fn is_ahead(&self) -> bool {
        self.from.is_none_or(|from| from > self.today)
    }

    /// The year it is held in.
    pub fn year(&self) -> i32 {
        self.from.unwrap_or(self.today).year()
    }

    /// The state that a new row has: registered before the fair, shown once it has begun.
    fn first_state(&self) -> &'static str {
        if self.is_ahead() { "DANG_KY" } else { "DA_TRUNG_BAY" }
    }
}

/// Who shows in a booth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exhibitor {
    /// A cooperative, by id and name.
    Cooperative(Id, String),
    /// A person.
    Person(Id, String),
    /// A name alone.
    Name(String),
}

impl Exhibitor {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Exhibitor::Cooperative(_, name) | Exhibitor::Person(_, name) | Exhibitor::Name(name) => name,
        }
    }

    fn write(&self, row: &mut Row) {
        let (mut cooperative, mut person, mut name) = (None, None, None);
        match self {
            Exhibitor::Cooperative(id, _) => cooperative = Some(Value::Id(*id)),
            Exhibitor::Person(id, _) => person = Some(Value::Id(*id)),
            Exhibitor::Name(typed) => name = Some(Value::Text(typed.clone())),
        }
        row.entry.set("exhibitor", cooperative);
        row.entry.set("person", person);
        row.entry.set("exhibitor_name", name);
        row.exhibitor = self.name().to_owned();
    }
}

/// One booth.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The record as it is to be saved.
    pub entry: Entry,
    /// The exhibitor's name.
    pub exhibitor: String,
    /// Whether it stays.
    pub standing: Standing,
}

impl Row {
    /// A row of a record.
    ///
    /// # Errors
    /// The store cannot be asked for the exhibitor's name.
    pub fn read(entry: Entry, read: &dyn Read) -> Result<Row, StoreError> {
        let exhibitor = match (entry.reference("exhibitor"), entry.reference("person")) {
            (Some(id), _) => read.name_of("cooperative", id)?,
            (None, Some(id)) => read.name_of("person", id)?,
            (None, None) => entry.text("exhibitor_name").unwrap_or_default().to_owned(),
        };
        Ok(Row {
            entry,
            exhibitor,
            standing: Standing::Kept,
        })
    }

    /// Whether it stays.
    pub fn is_kept(&self) -> bool {
        self.standing == Standing::Kept
    }

    /// A code of `booth_state`.
    pub fn state(&self) -> &str {
        self.entry.text("state").unwrap_or("DANG_KY")
    }

    /// The booth's number.
    pub fn number(&self) -> &str {
        self.entry.text("number").unwrap_or_default()
    }
}

impl Line for Row {
    fn id(&self) -> Id {
        self.entry.id
    }

    fn standing(&self) -> Standing {
        self.standing
    }

    fn stand(&mut self, standing: Standing) {
        self.standing = standing;
    }
}

/// The sheet of a fair. Behind the last row stands one more, empty, which becomes a row when something is put in.
pub type Sheet = sheet::Sheet<Fair, Row>;

impl Sheet {
    /// Reads the booths of a fair; `None` where the fair is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(read: &dyn Read, fair: Id) -> Result<Option<Sheet>, StoreError> {
        let Some(fair) = Fair::load(read, fair)? else {
            return Ok(None);
        };
        let mut stored = Vec::new();
        for entry in entries(read, fair.id)? {
            stored.push(Row::read(entry, read)?);
        }
        Ok(Some(Sheet::of(fair, stored)))
    }

    /// The number that the next booth gets.
    pub fn next_number(&self) -> String {
        let last = self.rows().iter().rev().find(|row| !row.number().is_empty());
        last.and_then(|row| following(row.number()))
            .unwrap_or_else(|| (self.rows().len() + 1).to_string())
    }

    /// A new row of this fair, with a number.
    fn new_row(&self, number: String) -> Row {
        let mut entry = Entry::new("booth");
        entry.set("fair", Some(Value::Id(self.event.id)));
        entry.set("number", Some(Value::Text(number)));
        entry.set("state", Some(Value::Text(self.event.first_state().to_owned())));
        if self.event.to.is_none_or(|to| self.event.today <= to) {
            entry.set("registered_on", Some(Value::Date(self.event.today)));
        }
        Row {
            entry,
            exhibitor: String::new(),
            standing: Standing::Kept,
        }
    }

    /// Changes one row; the empty one behind the last becomes a row.
    fn at(&mut self, at: usize, mut changing: impl FnMut(&mut Row)) -> Option<usize> {
        if at < self.rows().len() {
            return self.change_at(&[at], changing);
        }
        let mut row = self.new_row(self.next_number());
        changing(&mut row);
        self.extend(vec![row])
    }

    /// Puts a value into a cell, or empties it.
    pub fn put(&mut self, at: usize, column: Column, value: Option<Value>) -> Option<usize> {
        self.at(at, |row| row.entry.set(column.key(), value.clone()))
    }

    /// Puts an exhibitor into a row.
    pub fn put_exhibitor(&mut self, at: usize, exhibitor: &Exhibitor) -> Option<usize> {
        self.at(at, |row| exhibitor.write(row))
    }

    /// The cell above into this one.
    pub fn ditto(&mut self, at: usize, column: Column) -> Option<usize> {
        let above = self.rows().get(at.checked_sub(1)?)?.clone();
        self.at(at, |row| copy(&above, row, column))
    }

    /// The cell into all below.
    pub fn fill_down(&mut self, at: usize, column: Column) -> Option<usize> {
        let source = self.rows().get(at)?.clone();
        self.change(|rows| {
            for row in rows.iter_mut().skip(at + 1).filter(|row| row.is_kept()) {
                copy(&source, row, column);
            }
        })
    }

    /// Numbers from a row on by series.
    ///
    /// # Errors
    /// The row has no number to count on from.
    pub fn fill_series(&mut self, at: usize) -> Result<Option<usize>, Message> {
        let first = self
            .rows()
            .get(at)
            .map(|row| row.number().to_owned())
            .unwrap_or_default();
        if following(&first).is_none() {
            return Err(Message::new(
                "Gõ số gian đầu tiên vào dòng này (ví dụ A1), rồi đánh số tiếp.",
                "Type the first booth number into this row (A1, say), then number on.",
            ));
        }
        Ok(self.change(|rows| {
            let mut number = first;
            for row in rows.iter_mut().skip(at + 1).filter(|row| row.is_kept()) {
                let Some(next) = following(&number) else { break };
                number = next;
                row.entry.set("number", Some(Value::Text(number.clone())));
            }
        }))
    }

    /// The next state: registered, confirmed, shown, cancelled, and round.
    pub fn next_state(&mut self, at: usize) -> Option<usize> {
        let list = crate::domain::catalog::list("booth_state")?;
        let here = list.index(self.rows().get(at)?.state()).unwrap_or(0);
        let next = list.codes.get(here % list.codes.len())?.code;
        self.put(at, Column::State, Some(Value::Text(next.to_owned())))
    }

    /// Takes over the exhibitors of an earlier fair that are not here yet, with what they showed; gives the first row
    /// and how many came.
    pub fn copy_from(&mut self, earlier: &[Row]) -> (Option<usize>, usize) {
        let name = |row: &Row| fold(&row.exhibitor);
        let mut here: std::collections::HashSet<String> =
            self.rows().iter().filter(|row| row.is_kept()).map(name).collect();
        let mut number = self.next_number();
        let mut new = Vec::new();
        for row in earlier
            .iter()
            .filter(|row| row.state() != "HUY" && !row.exhibitor.is_empty())
        {
            if !here.insert(name(row)) {
                continue;
            }
            let mut copied = self.new_row(number.clone());
            for column in [Column::Exhibitor, Column::Categories, Column::Products, Column::Star] {
                copy(row, &mut copied, column);
            }
            new.push(copied);
            number = following(&number).unwrap_or_default();
        }
        let count = new.len();
        (self.extend(new), count)
    }
}

fn copy(from: &Row, to: &mut Row, column: Column) {
    let keys: &[&str] = match column {
        Column::Exhibitor => &["exhibitor", "person", "exhibitor_name"],
        column => &[column.key()],
    };
    for key in keys {
        to.entry.set(key, from.entry.get(key).cloned());
    }
    if column == Column::Exhibitor {
        to.exhibitor.clone_from(&from.exhibitor);
    }
}

/// The booths of a fair, in the order of entry.
///
/// # Errors
/// The store cannot be read.
pub fn entries(read: &dyn Read, fair: Id) -> Result<Vec<Entry>, StoreError> {
    sheet::entries(read, "booth", "fair", fair)
}
