//! Numbers of certificates.

use super::*;

#[test]
fn certificates_are_numbered_by_series_for_those_present() {
    let office = Office::new(5, json!({}));
    let mut harness = office.open();
    harness
        .keys("alt-a")
        .typed("3")
        .keys("enter home tab tab")
        .typed("009/2026")
        .keys("alt-u ctrl-s");
    let numbers: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate_no")).collect();
    let number = |text: &str| Some(text.to_owned());
    assert_eq!(
        numbers,
        [
            number("009/2026"),
            number("010/2026"),
            None,
            number("011/2026"),
            number("012/2026")
        ]
    );
    let certificates: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate")).collect();
    assert_eq!(
        certificates
            .iter()
            .flatten()
            .filter(|code| *code == "GIAY_CHUNG_NHAN")
            .count(),
        4
    );
    assert_eq!(certificates[2].as_deref(), Some("KHONG"));
}

#[test]
fn certificates_typed_one_by_one_go_down_over_those_present() {
    let office = Office::new(4, json!({}));
    office
        .open()
        .keys("alt-a 2 enter home tab tab")
        .typed("A1")
        .keys("enter")
        .typed("A9")
        .keys("enter ctrl-s");
    let numbers: Vec<Option<String>> = office.rows().iter().map(|row| row.field("certificate_no")).collect();
    assert_eq!(numbers, [Some("A1".into()), None, Some("A9".into()), None]);
}
