//! `check`.

use serde_json::Value as Json;

use crate::desk::Desk;

#[test]
fn a_sound_store_is_found_sound_and_its_records_counted() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    desk.add(&["person", "name=Phạm Thị Hạnh", "birth=1985-06", "code=P1"]);
    desk.add(&[
        "visit",
        "date=2026-05-20",
        "cooperative=HTX001",
        "purposes=DANH_GIA",
        "difficulties=VON",
    ]);
    desk.add(&[
        "role",
        "person=P1",
        "cooperative=HTX001",
        "role=GD",
        "from=2019",
        "--warnings",
        "accept",
    ]);
    // What refers to a deleted record is no fault.
    desk.ok(&["delete", "HTX001"]);
    desk.ok(&["check"]);
    let report: Json = serde_json::from_str(&desk.ok(&["check", "--json"])).unwrap();
    assert_eq!(report["ok"], true);
    assert_eq!(report["findings"], Json::Array(Vec::new()));
    let count = |kind: &str| report["records"][kind].as_u64();
    assert_eq!(
        (count("visit"), count("issue"), count("cooperative")),
        (Some(1), Some(1), Some(0))
    );
}
