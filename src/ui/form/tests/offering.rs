//! What a form offers: choices, suggestions, people who are there already, records made in place.

use super::*;

#[test]
fn what_a_target_counts_is_chosen_by_its_name() {
    let desk = Desk::new();
    let chosen = |keys: &str| {
        let mut form = desk.form("target");
        desk.press(&mut form, "alt-g chi_tieu enter");
        assert_eq!(here(&form), "indicator");
        desk.press(&mut form, keys);
        json_of(&form, "indicator")
    };
    assert_eq!(chosen("luot_tham enter"), json!("VISITS"));
    assert_eq!(chosen("nu_quan_ly_duoc_dao enter"), json!("MANAGERS_TRAINED_PCT"));
    assert_eq!(chosen("HTX_NEW enter"), json!("HTX_NEW"));
    assert_eq!(chosen("visits.tu_van enter"), json!("VISITS.TU_VAN"));
    assert_eq!(chosen("khong_co_gi_nhu_vay enter"), Json::Null);
    let mut form = desk.form("target");
    desk.press(&mut form, "alt-g chi_tieu enter luot_tham enter");
    let cell = form.cells().iter().find(|cell| cell.key() == "indicator").unwrap();
    assert!(
        cell.shown(Lang::Vi).starts_with("VISITS Lượt thăm"),
        "{}",
        cell.shown(Lang::Vi)
    );
}

#[test]
fn what_is_created_in_place_has_the_kind_that_its_name_says() {
    let desk = Desk::new();
    for (name, kind) in [
        ("THT Nấm Đông Hải", json!("THT")),
        ("Hợp tác xã May", json!("HTX")),
        ("HTXY", Json::Null),
        ("Nấm", Json::Null),
    ] {
        let given = vec![("name", Value::Text(name.into()))];
        let form = desk.on(|cx| Form::new("cooperative", given.clone(), Carried::default(), cx).unwrap());
        assert_eq!(json_of(&form, "kind"), kind, "{name}");
        assert_eq!(here(&form), if kind.is_null() { "kind" } else { "area" }, "{name}");
    }
}

#[test]
fn a_suggestion_shows_behind_the_cursor_and_one_key_takes_it() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "advice");
    desk.press(&mut form, "hu");
    assert_eq!(form.suggestion(), Some("hướng dẫn lập phương án vay"));
    desk.press(&mut form, "right enter");
    assert_eq!(json_of(&form, "advice"), json!("hướng dẫn lập phương án vay"));
    let mut several = visit_at(&desk, "difficulty_text");
    desk.press(&mut several, "giasw;_thi");
    assert_eq!(several.suggestion(), Some("thiếu vốn mua giống"));
    desk.press(&mut several, "ctrl-e up");
    assert_eq!(json_of(&several, "difficulty_text")[1], json!("thiếu vốn mua giống"));
}

#[test]
fn a_person_who_is_there_already_is_shown_while_typing() {
    let desk = Desk::new();
    let mut form = desk.form("person");
    desk.press(&mut form, "nguyeenx_thij");
    assert_eq!(form.alike().len(), 1);
    assert!(matches!(desk.press(&mut form, "alt-e"), Asked::Open("person", _)));
    desk.press(&mut form, "_lan");
    assert!(form.alike().is_empty());
    let to = form.cells().iter().position(|cell| cell.key() == "phone").unwrap();
    desk.on(|cx| form.go_to(to, cx));
    desk.press(&mut form, "091200011");
    assert!(form.alike().is_empty());
}

#[test]
fn what_is_not_found_is_created_and_comes_back_to_its_field() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "officers");
    let asked = desk.press(&mut form, "phamj_thij_lan ctrl-n");
    let Asked::Create { kind, name } = asked else {
        panic!("{asked:?}")
    };
    assert_eq!((kind, name.as_str()), ("person", "phamj thij lan"));
    let created = desk.add("person", json!({"name": "Phạm Thị Lan"}));
    desk.on(|cx| form.answer(created.id, cx));
    assert_eq!(form.value("officers").unwrap().items().len(), 2);
    assert_eq!(here(&form), "purposes");
}
