//! Why a subcommand did not do what was asked, as the officer is told it.

use std::io;

use thiserror::Error;

use crate::domain::text::{Lang, Message};
use crate::store::{Refusal, StoreError};

/// The end of a subcommand that was refused or failed: exit 1.
#[derive(Debug, Error)]
pub enum Failure {
    /// The request cannot be met; each message is one line.
    #[error("{}", .0.iter().map(|message| message.en.as_str()).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Message>),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Standard output could not take the answer.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
    /// Some of it was refused, and that was told when it happened.
    #[error("some of it was refused")]
    Partly,
}

impl Failure {
    /// One message.
    pub fn refused(vi: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure::Refused(vec![Message::new(vi, en)])
    }

    /// What is told, line by line.
    pub fn messages(&self) -> Vec<Message> {
        match self {
            Failure::Refused(messages) => messages.clone(),
            Failure::Store(error) => vec![error.message()],
            Failure::Output(error) => vec![Message::new(
                format!("Không ghi được ra màn hình hoặc tệp nhận kết quả ({error}). Dữ liệu trong sổ vẫn nguyên vẹn."),
                format!("The answer could not be written ({error}). The data in the logbook are whole."),
            )],
            Failure::Partly => Vec::new(),
        }
    }

    /// Whether whoever read standard output went away: no fault of the request, and nothing to tell.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Sorts an error of a subcommand that reads one file and writes one answer: the words say which file it was.
    pub fn from_reading(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe | io::ErrorKind::StorageFull => Failure::Output(error),
            _ => Failure::refused(error.to_string(), error.to_string()),
        }
    }

    /// Tells it on standard error.
    pub fn tell(&self, lang: Lang) {
        for message in self.messages() {
            super::tell(lang, &message);
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::Store(error) => Failure::Store(error),
            other => Failure::Refused(other.messages()),
        }
    }
}
