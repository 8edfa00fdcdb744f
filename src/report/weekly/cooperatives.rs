//! The latest news of a cooperative, from index entries alone: when it was last visited, what its status was on a day,
//! when a figure was last measured.

use chrono::NaiveDate;

use crate::domain::figures::SOURCES;
use crate::domain::id::Id;
use crate::store::{Cover, Order, Read, StoreError};

/// A figure's latest day and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Latest {
    /// The day of the visit or measurement.
    pub on: NaiveDate,
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: &'static str,
    /// The code, for a field that holds one.
    pub code: Option<String>,
}

/// The latest visit or measurement of a cooperative that holds a field, up to and including a day; of one day the one
/// entered last. The field must be in the cover of both kinds.
pub fn latest(read: &dyn Read, cooperative: Id, key: &str, up_to: NaiveDate) -> Result<Option<Latest>, StoreError> {
    let mut found: Option<Latest> = None;
    for kind in SOURCES {
        for item in read.refers(cooperative, kind, "cooperative", Order::Backward) {
            let item = item?;
            let Some(on) = item.on.filter(|on| *on <= up_to) else {
                continue;
            };
            if !holds(&item.cover, key) {
                continue;
            }
            if found.as_ref().is_none_or(|known| (known.on, known.id) < (on, item.id)) {
                let code = item.cover.text(key).map(str::to_string);
                found = Some(Latest {
                    on,
                    id: item.id,
                    kind,
                    code,
                });
            }
            break;
        }
    }
    Ok(found)
}

fn holds(cover: &Cover, key: &str) -> bool {
    cover.text(key).is_some() || cover.number(key).is_some()
}

/// The day of the last visit that was no telephone call, up to and including a day.
pub fn last_visit(read: &dyn Read, cooperative: Id, up_to: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    for item in read.refers(cooperative, "visit", "cooperative", Order::Backward) {
        let item = item?;
        if let Some(on) = item.on.filter(|on| *on <= up_to)
            && item.cover.text("mode") != Some("DIEN_THOAI")
        {
            return Ok(Some(on));
        }
    }
    Ok(None)
}
