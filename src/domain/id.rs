//! The identity of a record: a UUIDv7, so that ids sort by the moment of entry.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Local, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A record's id. Written as a hyphenated lower-case UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// A new id of this moment.
    pub fn now() -> Id {
        Id(Uuid::now_v7())
    }

    /// An id of a given moment and given randomness: the same arguments, the same id (demo data).
    pub fn at(millis: u64, random: [u8; 10]) -> Id {
        Id(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// An id that follows from this one and a name: the same two, the same id. It keeps the moment.
    pub fn derived(self, name: &str) -> Id {
        // FNV-1a, twice from different bases: spread enough for ids that differ in their own 74 random bits already.
        let hash = |basis: u64| {
            let bytes = self.bytes().into_iter().chain(name.bytes());
            bytes.fold(basis, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        };
        let (high, low) = (hash(0xcbf2_9ce4_8422_2325), hash(0x9e37_79b9_7f4a_7c15));
        let mut random = [0; 10];
        random[..8].copy_from_slice(&high.to_be_bytes());
        random[8..].copy_from_slice(&low.to_be_bytes()[..2]);
        Id::at(self.millis(), random)
    }

    /// The moment that it carries, in milliseconds since 1970 UTC.
    pub fn millis(self) -> u64 {
        let bytes = self.bytes();
        bytes[..6]
            .iter()
            .fold(0, |millis, byte| (millis << 8) | u64::from(*byte))
    }

    /// The 16 bytes, in an order that sorts by moment.
    pub fn bytes(self) -> [u8; 16] {
        *self.0.as_bytes()
    }

    /// Back from [`Id::bytes`].
    pub fn from_bytes(bytes: [u8; 16]) -> Id {
        Id(Uuid::from_bytes(bytes))
    }

    /// The day on which the record was entered, by the clock of the machine that entered it; `None` where the id
    /// carries no moment (made by another program).
    pub fn entered_on(self) -> Option<NaiveDate> {
        let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
        let moment = DateTime::<Utc>::from_timestamp(i64::try_from(seconds).ok()?, nanos)?;
        Some(moment.with_timezone(&Local).date_naive())
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Id, uuid::Error> {
        Uuid::try_parse(text.trim()).map(Id)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_moment_sorts_by_it_and_tells_the_day() {
        let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let first = Id::at(day("2026-05-18T05:00:00Z").timestamp_millis() as u64, [9; 10]);
        let second = Id::at(day("2026-05-19T05:00:00Z").timestamp_millis() as u64, [0; 10]);
        assert!(first < second);
        assert!(first.bytes() < second.bytes());
        assert_eq!(first.entered_on(), NaiveDate::from_ymd_opt(2026, 5, 18));
        assert_eq!(first.to_string().parse::<Id>().unwrap(), first);
    }

    #[test]
    fn text_that_is_no_uuid_is_no_id() {
        assert!("HTX007".parse::<Id>().is_err());
    }
}
