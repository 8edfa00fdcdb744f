//! A date against a cooperative's registration: what happened at a cooperative before it was registered is doubtful,
//! unless it grew out of something earlier.

use chrono::NaiveDate;

use super::cooperative::Cooperative;
use super::finding::Findings;
use super::id::Id;
use super::known::Known;
use super::record::Record;
use super::text::Message;
use crate::vietnamese::date::format_date;

/// Warns where the day in `field` lies before the day on which the cooperative was registered.
pub fn check(
    known: &dyn Known,
    cooperative: Option<Id>,
    on: Option<NaiveDate>,
    field: &'static str,
    findings: &mut Findings,
) {
    let entry = cooperative.and_then(|id| known.record("cooperative", id));
    let (Some(on), Some(entry)) = (on, entry) else { return };
    let cooperative = Cooperative::read(&entry);
    let Some(registered) = cooperative.registered_on.filter(|registered| on < *registered) else {
        return;
    };
    if cooperative.predecessor.is_some() {
        return;
    }
    let (name, on, registered) = (
        cooperative.name.unwrap_or_default(),
        format_date(on),
        format_date(registered),
    );
    let vi = format!("Ngày {on} trước ngày {name} được cấp giấy, ký hợp đồng ({registered}). Xem lại ngày.");
    let en = format!("{on} lies before {name} was registered ({registered}). Look at the date.");
    findings.warn("before-registration", field, Message::new(vi, en));
}
