//! Forms as an officer sees and types them: the visit form beside the last visit, what holds and what is let through,
//! drafts.

mod support;

use serde_json::json;
use sohoi::domain::text::Lang;
use sohoi::ui::harness::Harness;
use support::office::Office;

#[test]
fn the_visit_form_reads_well_in_every_size_and_language() {
    for (name, size, lang) in [
        ("80x24_vi", (80, 24), Lang::Vi),
        ("60x20_vi", (60, 20), Lang::Vi),
        ("160x50_vi", (160, 50), Lang::Vi),
        ("80x24_en", (80, 24), Lang::En),
    ] {
        let office = Office::new();
        let mut harness = office.harness_at(size, Some(lang));
        harness
            .keys("v")
            .typed("7")
            .keys("enter")
            .typed("2")
            .keys("enter")
            .typed("4");
        harness
            .keys("enter")
            .typed("45")
            .keys("enter")
            .typed("30")
            .keys("enter")
            .typed("38");
        harness
            .keys("enter")
            .typed("27")
            .keys("enter enter")
            .typed("1")
            .keys("enter");
        harness.typed("thieeus voons luwu ddoongj");
        insta::assert_snapshot!(format!("visit_{name}"), harness.text());
    }
}

#[test]
fn the_further_fields_open_by_one_key() {
    let office = Office::new();
    let mut harness = office.harness_at((160, 50), Some(Lang::Vi));
    harness.keys("v").typed("7").keys("enter alt-m");
    insta::assert_snapshot!("visit_open_160x50", harness.text());
    let mut narrow = office.harness();
    narrow.keys("v").typed("7").keys("enter alt-m");
    insta::assert_snapshot!("visit_open_80x24", narrow.text());
}

#[test]
fn tables_show_registers_by_name_and_journals_by_day() {
    let office = Office::new();
    for (name, keys) in [
        ("cooperatives", "g c"),
        ("visits", "g v"),
        ("people", "g n"),
        ("fairs", "g h"),
    ] {
        let mut harness = office.harness();
        harness.keys(keys);
        insta::assert_snapshot!(format!("list_{name}"), harness.text());
    }
}

#[test]
fn a_cooperative_is_entered_with_its_figures_and_its_director_in_one_go() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("+ c");
    insta::assert_snapshot!("cooperative_empty", harness.text());
    harness.typed("2").typed("HTX Buns khoo An Baif").keys("enter");
    insta::assert_snapshot!("cooperative_area", harness.text());
    harness.typed("quynh ph").keys("enter enter enter enter enter enter");
    harness
        .typed("3")
        .typed("25")
        .keys("enter")
        .typed("20")
        .keys("enter enter");
    harness.typed("Phamj Thij Hanhj");
    insta::assert_snapshot!("cooperative_director", harness.text());
    harness.keys("enter").typed("1").typed("0912345678").keys("enter");
    let saved = office.all("cooperative").pop().unwrap();
    assert_eq!(saved.text("name"), Some("HTX Bún khô An Bài"), "{}", harness.text());
    let figures = office.all("measurement").pop().unwrap();
    assert_eq!(figures.reference("cooperative"), Some(saved.id));
    assert_eq!(
        (figures.number("members"), figures.number("members_women")),
        (Some(25), Some(20))
    );
    let director = office.all("person").pop().unwrap();
    assert_eq!(
        (director.text("name"), director.text("phone")),
        (Some("Phạm Thị Hạnh"), Some("0912345678"))
    );
    let role = office.all("role").pop().unwrap();
    assert_eq!(
        (role.reference("person"), role.text("role")),
        (Some(director.id), Some("GD"))
    );
}

#[test]
fn an_edited_record_shows_what_was_changed_and_what_stood_there() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c enter e down").typed(" Xanh").keys("down up");
    insta::assert_snapshot!("cooperative_edited", harness.text());
}

/// The visit and the difficulty that it opened are of one save: what their ids have of chance must not order them.
#[test]
fn what_one_save_wrote_stands_in_one_order_on_the_time_line() {
    for _ in 0..12 {
        let office = Office::new();
        let mut harness = office.harness();
        harness.keys("g c enter");
        let shown = harness.text();
        let line = |of: &str| shown.lines().position(|line| line.contains(of));
        let (issue, visit) = (line("14/04/2026 Khó khăn"), line("14/04/2026 Lượt thăm"));
        assert!(issue.is_some() && issue < visit, "{shown}");
    }
}

#[test]
fn leaving_a_form_keeps_a_draft_of_what_was_typed_and_nothing_where_nothing_was() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = sohoi::store::Store::open(folder.path()).unwrap();
    let office = Office::over(store);
    let mut harness = office.harness();
    harness.keys("v esc");
    assert!(office.store.drafts().unwrap().is_empty());
    at_members(&mut harness).typed("45").keys("esc");
    assert_eq!(harness.app().depth(), 1);
    let drafts = office.store.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(
        drafts[0].body["cells"]["0.members"]["text"], "45",
        "even the field being typed"
    );
    harness
        .keys("v")
        .typed("7")
        .keys("enter")
        .typed("2")
        .keys("enter ctrl-s");
    assert_eq!(office.all("visit").len(), 2);
    assert_eq!(office.store.drafts().unwrap().len(), 1, "a saved form leaves no draft");
}

#[test]
fn two_marked_cooperatives_are_made_one_after_a_look_and_one_undo_parts_them() {
    let office = Office::new();
    office.add(
        "cooperative",
        json!({"code": "HTX090", "kind": "HTX", "name": "HTX DL An Khang", "phone": "0912345678", "area": "C12472-B"}),
    );
    let before = [office.all("cooperative"), office.all("visit")];
    let mut harness = office.harness();
    harness.keys("g c").keys("&");
    assert!(harness.text().contains("Đánh dấu đúng hai dòng"), "{}", harness.text());
    let row = |harness: &Harness, code: &str| {
        let text = harness.text();
        let here = text.lines().position(|line| line.starts_with('▶')).unwrap();
        text.lines()
            .position(|line| line.contains(code))
            .unwrap()
            .abs_diff(here)
    };
    for code in ["HTX007", "HTX090"] {
        harness.keys("home");
        for _ in 0..row(&harness, code) {
            harness.keys("down");
        }
        harness.keys("space");
    }
    harness.keys("&").settle();
    insta::assert_snapshot!("merge_80x24", harness.text());
    harness.keys("tab").settle();
    assert!(harness.text().contains("Giữ lại    HTX090"), "{}", harness.text());
    harness.keys("enter");
    let codes = |office: &Office| -> Vec<String> {
        let all = office.all("cooperative");
        all.iter()
            .filter_map(|entry| entry.text("code").map(str::to_owned))
            .collect()
    };
    assert!(!codes(&office).contains(&"HTX007".to_owned()), "{}", harness.text());
    assert!(!harness.text().contains("●"), "no mark is left: {}", harness.text());
    let stays = office.all("cooperative").pop().unwrap();
    assert_eq!(office.all("visit")[0].reference("cooperative"), Some(stays.id));
    harness.keys("ctrl-z");
    assert_eq!([office.all("cooperative"), office.all("visit")], before);
}

#[test]
fn what_is_still_open_is_listed_and_gone_to() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("v alt-l");
    insta::assert_snapshot!("visit_still_open", harness.text());
    harness.keys("alt-l");
    assert!(
        harness.text().contains("▶HTX, THT: "),
        "the same key goes round: {}",
        harness.text()
    );
    // Narrowed by name, gone to, filled in; then it is open no longer.
    harness.typed("muc dich").keys("enter").typed("2").keys("enter alt-l");
    let text = harness.text();
    assert!(text.contains("▶HTX, THT: ") && !text.contains("Mục đích: "), "{text}");
    harness.keys("enter").typed("7").keys("enter alt-l");
    assert!(harness.text().contains("Không còn ô nào thiếu"), "{}", harness.text());
    harness.keys("esc ctrl-s");
    assert_eq!(office.all("visit").len(), 2, "{}", harness.text());
}

#[test]
fn a_doubt_is_open_until_it_is_accepted() {
    let office = Office::new();
    let mut harness = office.harness();
    at_members(&mut harness);
    // Twice as many members as at the last visit, and the status the same: a doubt, which Enter lets through at first.
    harness.typed("45").keys("enter").typed("30").keys("enter");
    harness.typed("9").keys("enter enter");
    harness.keys("alt-l");
    let text = harness.text();
    assert!(text.contains("Còn phải xem:"), "{text}");
    insta::assert_snapshot!("visit_open_doubt", text);
}

#[test]
fn marks_and_notes_are_seen_in_every_kind_of_field() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("v").typed("7").keys("enter");
    // A choice, a text of several lines and a number.
    harness
        .keys("alt-g")
        .typed("tình")
        .keys("enter f7")
        .typed("hoir laij")
        .keys("enter");
    let text = harness.text();
    assert!(
        text.contains("Ghi chú cho ô này: hỏi lại") && text.contains("3 Đang hoạt động"),
        "{text}"
    );
    harness.keys("alt-n alt-g").typed("tư vấn").keys("enter alt-u");
    let text = harness.text();
    let line = |label: &str| {
        text.lines()
            .find(|line| line.contains(label))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(line("Tình trạng").contains("… (không áp dụng)"), "{text}");
    assert!(line("Hướng dẫn").contains("(không biết)"), "{text}");
    harness.keys("up up up up up up up up");
    assert!(harness.text().contains("(không áp dụng)"), "{}", harness.text());
}

#[test]
fn attendance_is_not_added_from_a_cooperatives_page() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g c enter n");
    let text = harness.text();
    assert!(text.contains("Lượt thăm") && text.contains("Thêm gì"), "{text}");
    assert!(!text.contains("Điểm danh"), "{text}");
}

#[test]
fn an_own_field_stands_in_the_form_and_in_the_table() {
    let mut store = sohoi::store::Store::memory();
    let fields = "[[field]]\nkind = \"cooperative\"\nkey = \"zalo\"\nlabel = \"Nhóm Zalo\"\ntype = \"choice\"\n\
        codes = [\"CO = Có dùng\", \"KHONG = Không dùng\"]\n";
    store.set_schema(sohoi::domain::own_fields::read(fields).unwrap());
    let office = Office::over(store);
    let mut harness = office.harness_at((160, 50), None);
    harness
        .keys("g c e alt-g")
        .typed("zalo")
        .keys("enter")
        .typed("1")
        .keys("ctrl-s");
    assert_eq!(
        office.all("cooperative")[0].text("zalo"),
        Some("CO"),
        "{}",
        harness.text()
    );
    assert!(
        harness.text().contains("Nhóm Zalo") && harness.text().contains("Có dùng"),
        "{}",
        harness.text()
    );
}

#[test]
fn figures_typed_a_second_time_are_compared_and_decided_one_by_one() {
    let office = Office::new();
    let mut harness = office.harness();
    at_members(&mut harness)
        .typed("45")
        .keys("enter")
        .typed("30")
        .keys("enter f5");
    assert!(
        !harness.text().contains("45"),
        "the first entry is hidden: {}",
        harness.text()
    );
    harness.typed("54").keys("enter").typed("3o").keys("enter");
    assert!(
        harness.text().contains("số"),
        "what is no figure is held: {}",
        harness.text()
    );
    harness.keys("backspace").typed("0").keys("ctrl-s");
    insta::assert_snapshot!("second_entry_80x24", harness.text());
    harness.keys("right enter ctrl-s");
    let saved = office.all("visit").pop().unwrap();
    assert_eq!(
        (saved.number("members"), saved.number("members_women")),
        (Some(54), Some(30)),
        "{}",
        harness.text()
    );
}

#[test]
fn two_entries_alike_change_nothing_and_esc_keeps_the_first() {
    let office = Office::new();
    let mut harness = office.harness();
    at_members(&mut harness)
        .typed("45")
        .keys("enter f5")
        .typed("45")
        .keys("enter ctrl-s");
    assert!(harness.text().contains("khớp nhau"), "{}", harness.text());
    harness.keys("f5").typed("99").keys("esc ctrl-s");
    assert_eq!(office.all("visit").pop().unwrap().number("members"), Some(45));
}

/// A new visit to the seventh cooperative, its purpose and its status chosen: the cursor stands in the members.
fn at_members(harness: &mut Harness) -> &mut Harness {
    harness
        .keys("v")
        .typed("7")
        .keys("enter")
        .typed("2")
        .keys("enter")
        .typed("3")
}

/// Presses a key until the pointer stands on a row with these words.
fn go_to_row(harness: &mut Harness, key: &str, words: &str) {
    let is_there = |harness: &Harness| {
        let text = harness.text();
        text.lines().any(|line| line.contains('▶') && line.contains(words))
    };
    for _ in 0..40 {
        if is_there(harness) {
            return;
        }
        harness.keys(key);
    }
    panic!("{words}: {}", harness.text());
}

#[test]
fn an_abbreviation_is_added_in_the_settings_and_spelled_out_from_then_on() {
    let office = Office::new();
    let mut harness = office.harness();
    harness.keys("g i");
    go_to_row(&mut harness, "down", "Gõ tắt");
    harness.keys("enter n").typed("U B").keys("enter");
    assert!(harness.text().contains("chữ thường"), "{}", harness.text());
    harness
        .keys("ctrl-u")
        .typed("ubx")
        .keys("enter")
        .typed("uyr ban xax")
        .keys("enter");
    insta::assert_snapshot!("abbreviations_80x24", harness.text());
    let own = || office.store.settings().typing.abbreviations.clone();
    assert_eq!(own().get("ubx").map(String::as_str), Some("ủy ban xã"));
    harness
        .keys("esc esc v")
        .typed("7")
        .keys("enter alt-g")
        .typed("huong dan")
        .keys("enter")
        .typed("ubx ");
    assert!(harness.text().contains("ủy ban xã"), "{}", harness.text());
    harness.keys("esc g i");
    go_to_row(&mut harness, "down", "Gõ tắt");
    harness.keys("enter end");
    go_to_row(&mut harness, "up", "ubx");
    harness.keys("delete");
    assert!(own().is_empty(), "{:?}", own());
}
