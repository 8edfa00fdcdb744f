//! What becomes of a row, and why.

use crate::domain::entry::Entry;
use crate::domain::text::Message;
use crate::domain::value::Value;

/// Why a row, or one cell of it, is not taken or is doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The field whose cell it is about; none for the row as a whole.
    pub field: Option<String>,
    /// The reason, for the officer.
    pub text: Message,
}

/// A field of a record that is there, and what the row says instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field's key.
    pub key: String,
    /// What stands there.
    pub before: Option<Value>,
    /// What the row says.
    pub after: Option<Value>,
    /// Whether what the row says is taken.
    pub taken: bool,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A new record.
    New,
    /// Changes these fields of a record that is there.
    Update(Vec<Change>),
    /// The record is there and says the same.
    Same,
    /// Would be taken if its warnings were accepted.
    Doubtful(Vec<Reason>),
    /// Cannot be taken.
    Refused(Vec<Reason>),
    /// The officer leaves it out.
    LeftOut,
}

/// The kinds of verdict, for counting and filtering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    New,
    Update,
    Same,
    Doubtful,
    Refused,
    LeftOut,
}

impl Verdict {
    /// Its kind.
    pub fn state(&self) -> State {
        match self {
            Verdict::New => State::New,
            Verdict::Update(_) => State::Update,
            Verdict::Same => State::Same,
            Verdict::Doubtful(_) => State::Doubtful,
            Verdict::Refused(_) => State::Refused,
            Verdict::LeftOut => State::LeftOut,
        }
    }

    /// Why it is not taken; empty where it is, or need not be.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Verdict::Doubtful(reasons) | Verdict::Refused(reasons) => reasons,
            _ => &[],
        }
    }

    /// The fields that it would change in a record that is there.
    pub fn changes(&self) -> &[Change] {
        match self {
            Verdict::Update(changes) => changes,
            _ => &[],
        }
    }
}

/// A row judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its line in the file.
    pub line: u32,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Doubts that were accepted.
    pub waved: Vec<Reason>,
    /// What is saved for it, in this order: the person behind it where there was none, and its record.
    pub(super) entries: Vec<Entry>,
}

impl Judged {
    pub(super) fn bare(line: u32, verdict: Verdict) -> Judged {
        Judged {
            line,
            verdict,
            waved: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Whether anything is written for it.
    pub fn is_accepted(&self) -> bool {
        !self.entries.is_empty()
    }

    /// Whether it makes a person, or tells more about one, beside its own record.
    pub fn makes_person(&self) -> bool {
        self.entries.len() > 1
    }
}
