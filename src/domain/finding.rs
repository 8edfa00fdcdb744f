//! What a check finds: an error holds the record back, a warning can be accepted.

use super::text::Message;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Doubtful: saved once accepted.
    Warning,
    /// Wrong: not saved.
    Error,
}

/// One finding about one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Error or warning.
    pub level: Level,
    /// A stable name of the rule: `required`, `women-over-total`, `future-date` …
    pub rule: &'static str,
    /// The field it is about; none for the record as a whole.
    pub field: Option<String>,
    /// What is wrong and what to do, for the officer.
    pub text: Message,
}

impl Finding {
    /// What is kept when an officer accepts a warning: `rule:field`.
    pub fn acceptance(&self) -> String {
        format!("{}:{}", self.rule, self.field.as_deref().unwrap_or_default())
    }
}

/// A list of findings in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds an error.
    pub fn error(&mut self, rule: &'static str, field: impl Into<Option<&'static str>>, text: Message) {
        self.add(Level::Error, rule, field.into(), text);
    }

    /// Adds a warning.
    pub fn warn(&mut self, rule: &'static str, field: impl Into<Option<&'static str>>, text: Message) {
        self.add(Level::Warning, rule, field.into(), text);
    }

    fn add(&mut self, level: Level, rule: &'static str, field: Option<&str>, text: Message) {
        self.0.push(Finding {
            level,
            rule,
            field: field.map(str::to_string),
            text,
        });
    }
}
