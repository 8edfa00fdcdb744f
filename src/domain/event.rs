//! What sessions and fairs share: a state that follows from the day unless the officer says it.

use chrono::NaiveDate;

use super::finding::Findings;
use super::text::Message;
use crate::vietnamese::date::format_date;

/// The state of an event that names none: held when it began today or earlier, else planned.
fn by_day(from: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let code = if from? <= today { "DA_TO_CHUC" } else { "DU_KIEN" };
    Some(code.to_string())
}

/// An event's state and first day.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// A code of `event_state`.
    pub state: &'a Option<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
}

/// The state as it is to be stored: given where it is given, by the day where it is empty; and where an edit moved the
/// first day of an event whose state followed from the day, it follows again (a planned session put forward to today).
pub fn state(now: Event<'_>, before: Option<Event<'_>>, today: NaiveDate) -> Option<String> {
    let moved = before.is_some_and(|before| {
        before.from != now.from && before.state == now.state && *before.state == by_day(before.from, today)
    });
    match now.state {
        Some(state) if !moved => Some(state.clone()),
        _ => by_day(now.from, today),
    }
}

/// Warns where an event that is still to come is called held.
pub fn check(now: Event<'_>, before: Option<Event<'_>>, today: NaiveDate, findings: &mut Findings) {
    let same = before.is_some_and(|before| before.from == now.from && before.state == now.state);
    let ahead = now.from.filter(|from| *from > today);
    if let (Some(from), Some("DA_TO_CHUC"), false) = (ahead, now.state.as_deref(), same) {
        let day = format_date(from);
        let vi = format!("Ngày {day} ở sau hôm nay mà đã ghi là đã tổ chức. Xem lại ngày hoặc tình trạng.");
        let en = format!("{day} lies ahead, yet it is called held. Look at the date or the state.");
        findings.warn("future-date", "from", Message::new(vi, en));
    }
}
