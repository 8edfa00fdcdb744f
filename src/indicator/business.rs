//! Businesses of women: advised, restructured, newly founded, grown into enterprises; and women helped to start.

use std::collections::BTreeSet;

use super::books::Sex;
use super::predicates::{Asked, Found};
use super::tally::{Tally, Verdict};
use crate::domain::contest::ContestEntry;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::record::Record;
use crate::domain::text::Message;
use crate::store::{Order, StoreError};

/// Advised on law.
pub fn advised_on_law(asked: &Asked) -> Found {
    beneficiaries(asked, &["PHAP_LY"])
}

/// Advised on credit and funds.
pub fn advised_on_credit(asked: &Asked) -> Found {
    beneficiaries(asked, &["VON_TIN_DUNG", "QUY_HTX"])
}

/// Helped to restructure.
pub fn restructured(asked: &Asked) -> Found {
    beneficiaries(asked, &["TAI_CAU_TRUC"])
}

/// Advised on founding.
pub fn newly_advised(asked: &Asked) -> Found {
    beneficiaries(asked, &["TU_VAN_THANH_LAP"])
}

/// Whoever got a completed support of these kinds, or a visit that named one.
fn beneficiaries(asked: &Asked, kinds: &[&str]) -> Found {
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let (mut tally, mut found) = (Tally::new(), BTreeSet::new());
    for item in asked.books.read.dated("support", "date", from, to, Order::Forward) {
        let item = item?;
        let of_kind = item.cover.text("kind").is_some_and(|kind| kinds.contains(&kind));
        if !of_kind || !asked.area.holds(item.cover.unit()) {
            continue;
        }
        match item.cover.text("state") {
            Some("DA_HOAN_THANH") => found.extend(item.cover.id("cooperative").or_else(|| item.cover.id("person"))),
            _ => tally.not(
                item.id,
                Message::new("hỗ trợ chưa hoàn thành", "the support is not completed"),
            ),
        }
    }
    for item in asked.books.read.dated("visit", "date", from, to, Order::Forward) {
        let cover = item?.cover;
        if cover.codes("supports").iter().any(|kind| kinds.contains(kind)) && asked.area.holds(cover.unit()) {
            found.extend(cover.id("cooperative"));
        }
    }
    tally.counted = living(asked, found)?;
    Ok(tally.counting())
}

fn living(asked: &Asked, ids: BTreeSet<Id>) -> Result<Vec<Id>, StoreError> {
    let mut living = Vec::new();
    for id in ids {
        let read = asked.books.read;
        if read.get("cooperative", id)?.is_some() || read.get("person", id)?.is_some() {
            living.push(id);
        }
    }
    Ok(living)
}

/// Household businesses that became enterprises in the window.
pub fn became_enterprises(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&["DN"])? {
        let Some(before) = coop.predecessor else { continue };
        let before = asked.books.read.get("cooperative", before)?;
        let grown = before.is_some_and(|before| before.text("kind") == Some("HKD"));
        let grown = Verdict::of(
            grown,
            "không phát triển từ hộ kinh doanh",
            "not grown out of a household business",
        );
        tally.take(coop.id, grown.and(|| asked.registered(&coop)));
    }
    Ok(tally.counting())
}

/// Women whom a support or a contest entry of the window names.
pub fn women_supported(asked: &Asked) -> Found {
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let mut people = BTreeSet::new();
    for item in asked.books.read.dated("support", "date", from, to, Order::Forward) {
        let cover = item?.cover;
        people.extend(cover.id("person").filter(|_| asked.area.holds(cover.unit())));
    }
    for field in ["registered_on", "sent_on", "region_final_on"] {
        for item in asked.books.read.dated("contest_entry", field, from, to, Order::Forward) {
            let cover = item?.cover;
            people.extend(cover.id("person").filter(|_| asked.area.holds(cover.unit())));
        }
    }
    let mut tally = Tally::new();
    people.extend(by_year_alone(asked, &mut tally)?);
    for person in people {
        match asked.books.sex(person)? {
            Sex::Woman => tally.counted.push(person),
            Sex::Unknown => tally.unknown(person, Message::new("chưa ghi giới tính", "the sex is not on record")),
            Sex::Man | Sex::Gone => {}
        }
    }
    Ok(tally.counting())
}

/// Whom entries name that bear no day but a year: all in the window where the whole year is, none where no day of it is,
/// and else it cannot be told.
fn by_year_alone(asked: &Asked, tally: &mut Tally) -> Result<Vec<Id>, StoreError> {
    let mut people = Vec::new();
    for entry in asked.books.read.scan("contest_entry") {
        let entry = entry?;
        let record = ContestEntry::read(&entry);
        let days = [record.registered_on, record.sent_on, record.region_final_on];
        let Some(person) = record.person.filter(|_| days.iter().all(Option::is_none)) else {
            continue;
        };
        let year = record.year.and_then(|year| Period::year(i32::try_from(year).ok()?));
        let Some(year) = year.filter(|year| asked.area.holds(entry.unit()) && asked.window.meets(*year)) else {
            continue;
        };
        if asked.window.contains(year.from) && asked.window.contains(year.to) {
            people.push(person);
        } else {
            let reason = Message::new("ý tưởng chưa ghi ngày nào", "the entry bears no day");
            tally.unknown(entry.id, reason);
        }
    }
    Ok(people)
}
