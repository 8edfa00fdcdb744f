//! What the grid needs of a training session: its name, its days, whom it trains.

use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::training::{MANAGERS_TRAINED, Training};
use crate::store::{Read, StoreError};
use chrono::{Days, NaiveDate};

use super::row::{self, MOST_DAYS};

/// A session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// How many days it has, at least one.
    pub days: usize,
    /// Whether its days follow on each other, so that each has a date.
    dated: bool,
    /// Whether its topics train managers of cooperatives.
    pub trains_managers: bool,
    /// The kind of attendee, where it is for one kind alone.
    pub kind: Option<&'static str>,
    /// Whether it lies ahead: who is added then is registered and not present.
    pub is_ahead: bool,
}

impl Session {
    /// Reads a session; `None` where it is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(read: &dyn Read, id: Id) -> Result<Option<Session>, StoreError> {
        let Some(entry) = read.get("training", id)? else {
            return Ok(None);
        };
        let training = Training::read(&entry);
        let span = match (training.from, training.to) {
            (Some(from), Some(to)) => usize::try_from((to - from).num_days() + 1).unwrap_or(1),
            _ => 1,
        };
        let days = training
            .days
            .and_then(|days| usize::try_from(days).ok())
            .filter(|days| *days > 0);
        let days = days.unwrap_or(span).clamp(1, MOST_DAYS);
        let mut kinds = training.audience.iter();
        let kind = match (kinds.next(), kinds.next()) {
            (Some(only), None) => row::code("attendee_kind", Some(only)),
            _ => None,
        };
        Ok(Some(Session {
            id,
            days,
            dated: days == span,
            trains_managers: training
                .topics
                .iter()
                .any(|topic| MANAGERS_TRAINED.contains(&topic.as_str())),
            kind,
            is_ahead: training.from.is_some_and(|from| from > read.today()),
            title: training.title.unwrap_or_default(),
            from: training.from,
        }))
    }

    /// What a day is called in its column: `21/5`, or its number where the session's days are apart.
    pub fn day_label(&self, day: usize) -> String {
        let date = self
            .from
            .filter(|_| self.dated)
            .and_then(|from| from.checked_add_days(Days::new(day as u64)));
        match date {
            Some(date) => date.format("%-d/%-m").to_string(),
            None => (day + 1).to_string(),
        }
    }
}
