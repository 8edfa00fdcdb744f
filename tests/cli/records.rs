//! `setup`, `edit`, `delete`, `undo`, `history`.

use serde_json::{Value as Json, json};

use crate::desk::{Desk, OFFICE};

fn history(desk: &Desk, id: &str) -> Vec<Json> {
    serde_json::from_str(&desk.ok(&["history", id, "--json"])).unwrap()
}

#[test]
fn the_office_must_be_a_known_unit_and_the_method_a_known_one() {
    let desk = Desk::empty();
    assert!(desk.refused(&["setup", "--unit", "khong-co"]).contains("khong-co"));
    let said = desk.refused(&["setup", "--unit", OFFICE, "--typing", "telx"]);
    assert!(said.contains("telex"), "{said}");
    assert!(
        desk.refused(&["add", "person", "name=Phạm Thị Hạnh"]).contains("unit"),
        "nothing was set"
    );
    desk.ok(&[
        "setup",
        "--unit",
        OFFICE,
        "--officer",
        "Nguyễn Thị Hằng",
        "--typing",
        "vni",
    ]);
    assert!(
        desk.refused(&["setup", "--unit", OFFICE, "--plans", "DA01-KHONG"])
            .contains("DA01-CHOMOI-1369")
    );
    desk.ok(&["setup", "--unit", OFFICE, "--plans", "da01-quangngai-126"]);
    desk.ok(&["setup", "--unit", OFFICE]);
    let targets = desk.ok(&["targets"]);
    assert!(
        targets.contains("DA01-QUANGNGAI-126") && !targets.contains("DA2415-TW"),
        "{targets}"
    );
    let settings = std::fs::read_to_string(desk.folder().join("settings.toml")).unwrap();
    assert!(
        settings.contains("vni") && settings.contains("Nguyễn Thị Hằng"),
        "what is not given stays: {settings}"
    );
}

#[test]
fn an_own_unit_may_be_the_office() {
    let desk = Desk::new();
    desk.add(&[
        "unit",
        "uid=CUM-1",
        "name=Cụm 1",
        "level=CHI_HOI",
        &format!("parent={OFFICE}"),
        "--warnings",
        "accept",
    ]);
    desk.ok(&["setup", "--unit", "CUM-1"]);
    desk.add(&["person", "name=Phạm Thị Hạnh"]);
    assert_eq!(desk.list("person")[0]["unit"], "CUM-1");
}

#[test]
fn an_edit_changes_what_it_names_and_empties_what_it_leaves_blank() {
    let desk = Desk::new();
    let id = desk.cooperative("HTX An Khang");
    assert_eq!(desk.ok(&["edit", &id, "address=Thôn 3", "phone=0912345678"]).trim(), id);
    assert_eq!(
        desk.ok(&["edit", "htx001", "phone=", "name=HTX An Khang Mới"]).trim(),
        id,
        "a code serves as well"
    );
    let record = &desk.list("cooperative")[0];
    assert_eq!(
        (&record["name"], &record["address"]),
        (&json!("HTX An Khang Mới"), &json!("Thôn 3"))
    );
    assert!(record.get("phone").is_none());
}

#[test]
fn a_wrong_edit_changes_nothing() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let before = desk.list("cooperative");
    for pairs in [
        &["colour=xanh"][..],
        &["kind=XANH"],
        &["address=Thôn 3", "name="],
        &["id=x"],
        &["registered_on=31/02/2026"],
    ] {
        desk.refused(&[&["edit", "HTX001"], pairs].concat());
    }
    desk.refused(&["edit", "HTX999", "address=Thôn 3"]);
    desk.refused(&["edit", "01890000-0000-7000-8000-000000000001", "address=Thôn 3"]);
    assert_eq!(desk.list("cooperative"), before);
    assert_eq!(history(&desk, "HTX001").len(), 1);
}

#[test]
fn a_deleted_record_is_gone_from_lists_and_says_so_and_undo_brings_it_back() {
    let desk = Desk::new();
    let id = desk.cooperative("HTX An Khang");
    let before = desk.list("cooperative");
    assert_eq!(desk.ok(&["delete", &id]).trim(), id);
    assert!(desk.list("cooperative").is_empty());
    for words in [["show", &id], ["delete", &id], ["show", "HTX001"]] {
        desk.refused(&words);
    }
    assert!(desk.refused(&["edit", &id, "name=HTX Khác"]).contains("đã bị xóa"));
    assert_eq!(desk.ok(&["undo"]).trim(), id);
    assert_eq!(desk.list("cooperative"), before);
}

#[test]
fn undo_takes_back_as_many_saves_as_asked_newest_first() {
    let desk = Desk::new();
    desk.cooperative("HTX Một");
    desk.cooperative("HTX Hai");
    desk.ok(&["edit", "HTX001", "address=Thôn 3"]);
    desk.ok(&["undo", "2"]);
    let left = desk.list("cooperative");
    assert_eq!((left.len(), left[0].get("address")), (1, None));
    let said = desk.run(&["undo", "5"]);
    assert_eq!(said.code, 1, "only one save is left");
    assert!(said.err.contains("Không còn thao tác nào"), "{}", said.err);
    assert!(
        desk.list("cooperative").is_empty(),
        "those taken back before stay taken back"
    );
}

#[test]
fn history_tells_who_changed_what_from_what_to_what() {
    let desk = Desk::new();
    let id = desk.cooperative("HTX An Khang");
    desk.ok(&["setup", "--unit", OFFICE, "--officer", "Trần Thị Mai"]);
    desk.ok(&["edit", &id, "address=Thôn 3"]);
    desk.ok(&["delete", &id]);
    let told = history(&desk, &id);
    let deeds: Vec<(&str, &str)> = told
        .iter()
        .map(|past| (past["deed"].as_str().unwrap(), past["user"].as_str().unwrap()))
        .collect();
    assert_eq!(
        deeds,
        [
            ("deleted", "Trần Thị Mai"),
            ("edited", "Trần Thị Mai"),
            ("created", "Nguyễn Thị Hằng")
        ]
    );
    assert_eq!(
        told[1]["fields"],
        json!([{"key": "address", "before": null, "after": "Thôn 3"}])
    );
    let words = desk.ok(&["history", &id]);
    assert!(words.contains("Địa chỉ: – → Thôn 3"), "{words}");
    assert!(
        words.contains("Loại hình: – → Hợp tác xã"),
        "codes are told by their labels: {words}"
    );
    desk.refused(&["history", "01890000-0000-7000-8000-000000000001"]);
    desk.refused(&["history", "HTX999"]);
}
