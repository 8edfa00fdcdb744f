//! A week that was sent stays as it was sent, and what came later shows beside it.

use serde_json::json;
use sohoi::domain::id::Id;
use sohoi::domain::period::Period;
use sohoi::report::weekly::{Column, Sent, closed};
use sohoi::store::Warnings;

use super::office::{OFFICE, Office};

fn close(office: &Office, week: &str) -> Option<Id> {
    let summary = office.week(week);
    let entry = closed::frozen(&office.store.reader(), &summary, "2026-05-22".parse().unwrap()).unwrap()?;
    let mut txn = office.store.txn();
    let id = txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    Some(id)
}

fn sent(office: &Office, week: &str) -> Option<Sent> {
    Sent::of(&office.store.reader(), Period::parse(week).unwrap(), OFFICE).unwrap()
}

#[test]
fn what_is_entered_after_a_week_was_sent_is_a_supplement_to_it() {
    let mut office = Office::new();
    let at = office.cooperative("HTX", "HTX An Khang").to_string();
    let visit = |date: &str| json!({"date": date, "cooperative": at, "purposes": ["TU_VAN"]});
    office.add("visit", visit("2026-05-12"));
    assert!(sent(&office, "2026-W20").is_none());
    let id = close(&office, "2026-W20").unwrap();
    assert_eq!(close(&office, "2026-W20"), None, "nothing has changed");

    office.add("visit", visit("2026-05-13"));
    let sent = sent(&office, "2026-W20").unwrap();
    assert_eq!(sent.figures["VISITS"], 1);
    let summary = office.week("2026-W21");
    assert_eq!(summary.value("VISITS", Column::Previous), 2);
    let supplements = sent.supplements(&summary);
    let visits = supplements.iter().find(|change| change.code == "VISITS").unwrap();
    assert_eq!((visits.sent, visits.now), (1, 2));
    assert!(
        supplements.iter().all(|change| change.code != "COOPS_VISITED"),
        "the same cooperative again"
    );

    // Sent anew before the next week is: the same record, with the new figures.
    assert_eq!(close(&office, "2026-W20"), Some(id));
    close(&office, "2026-W21").unwrap();
    office.add("visit", visit("2026-05-14"));
    assert_eq!(
        close(&office, "2026-W20"),
        None,
        "the week after was sent: this one stays as it was"
    );
}

#[test]
fn a_week_with_thousands_of_rows_still_fits_a_record() {
    let mut office = Office::new();
    let session = office
        .add(
            "training",
            json!({"title": "Lớp", "topics": ["NGHE"], "from": "2026-05-20"}),
        )
        .to_string();
    for number in 0..1_500 {
        office.add(
            "attendance",
            json!({"training": session, "name": format!("Người {number}"), "state": "CO_MAT"}),
        );
    }
    close(&office, "2026-W21").unwrap();
    assert_eq!(sent(&office, "2026-W21").unwrap().figures["TRAIN_ATTEND"], 1_500);
}
