//! The grid as it is worked: before, keys, after, read from the store.

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::store::{Read, Store};
use crate::ui::grid::booths::sheet::entries;
use crate::ui::harness::Harness;
use crate::ui::screen::grid::testing::{self, add, begin, with};
use serde_json::{Value as Json, json};
use std::sync::Arc;

struct Office {
    store: Arc<Store>,
    fair: Id,
}

const NAMES: [&str; 6] = [
    "HTX Dược liệu An Khang",
    "HTX Rau an toàn Khánh Linh",
    "HTX May Trà Lý",
    "HTX Bún khô An Bài",
    "HTX Nấm Đông Hải",
    "HTX Cói Quỳnh Phụ",
];

impl Office {
    fn new(fair: Json) -> Office {
        Office::over(Store::memory(), fair)
    }

    fn over(store: Store, fair: Json) -> Office {
        begin(&store);
        for name in NAMES {
            add(&store, "cooperative", json!({"kind": "HTX", "name": name}));
        }
        add(
            &store,
            "person",
            json!({"name": "Phạm Thị Hạnh", "phone": "0912345678"}),
        );
        let usual = json!({"title": "Ngày phụ nữ khởi nghiệp", "kind": "NGAY_PN_KN", "from": "2026-10-10", "planned_booths": 12});
        let fair = add(&store, "fair", with(usual, fair));
        Office {
            store: Arc::new(store),
            fair,
        }
    }

    fn open(&self) -> Harness {
        self.open_at((80, 24))
    }

    fn open_at(&self, size: (u16, u16)) -> Harness {
        testing::open(&super::GROUND, super::body(), self.fair, &self.store, size)
    }

    /// A line a booth: number, exhibitor, groups, stars, state.
    fn booths(&self) -> Vec<String> {
        let reader = self.store.reader();
        let line = |entry: &Entry| {
            let exhibitor = match entry.reference("exhibitor").or(entry.reference("person")) {
                Some(id) => reader.get_any(id).unwrap().unwrap().text("code").unwrap().to_owned(),
                None => entry.text("exhibitor_name").unwrap_or("?").to_owned(),
            };
            let groups: Vec<String> = entry.field("categories");
            let text = |key: &str| entry.text(key).unwrap_or("-").to_owned();
            format!(
                "{} {exhibitor} {} {} {}",
                text("number"),
                groups.join("+"),
                text("ocop_star"),
                text("state")
            )
        };
        self.rows().iter().map(line).collect()
    }

    fn rows(&self) -> Vec<Entry> {
        entries(&self.store.reader(), self.fair).unwrap()
    }
}

#[test]
fn enter_goes_right_and_then_to_a_new_row_with_the_next_number() {
    for (keys, booths) in [
        (
            "1 enter 2 enter enter 4 enter enter 3 enter 2 enter enter enter enter",
            vec!["1 HTX001 HTX_NU 4 DANG_KY", "2 HTX003 HTX_NU - DANG_KY"],
        ),
        (
            "htx004 enter 1 enter enter 3 enter 2 enter",
            vec!["1 HTX004 HTX_THT_HOI 3 XAC_NHAN"],
        ),
        ("1 enter 2 enter enter 4 ctrl-s", vec!["1 HTX001 HTX_NU 4 DANG_KY"]),
        ("0912345678 enter", vec!["1 N0001  - DANG_KY"]),
        ("enter enter enter", vec![]),
        ("1 enter ctrl-z", vec![]),
        ("1 enter ctrl-z ctrl-y", vec!["1 HTX001  - DANG_KY"]),
        ("1 enter f5", vec!["1 HTX001  - XAC_NHAN"]),
        ("1 enter f5 f5 f5", vec!["1 HTX001  - HUY"]),
        ("1 enter f5 f5 f5 f5", vec!["1 HTX001  - DANG_KY"]),
        ("1 enter 9 enter", vec![]),
        ("1 enter 9 enter backspace 3 enter", vec!["1 HTX001 OCOP - DANG_KY"]),
        (
            "1 enter 2 enter enter 4 enter enter 2 enter ctrl-d",
            vec!["1 HTX001 HTX_NU 4 DANG_KY", "2 HTX002 HTX_NU - DANG_KY"],
        ),
        ("1 enter alt-delete", vec![]),
        ("1 enter alt-delete alt-delete", vec!["1 HTX001  - DANG_KY"]),
    ] {
        let office = Office::new(json!({}));
        office.open().keys(keys).keys("ctrl-s");
        assert_eq!(office.booths(), booths, "{keys}");
    }
}

#[test]
fn an_exhibitor_is_found_by_name_without_tones_or_recorded_by_a_name_typed_in_vietnamese() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    harness.typed("rau an toan");
    assert!(
        harness.text().contains("▶ HTX Rau an toàn Khánh Linh"),
        "{}",
        harness.text()
    );
    harness
        .keys("enter ctrl-n")
        .typed("Toor theeu Minh Khai")
        .keys("enter ctrl-s");
    assert_eq!(
        office.booths(),
        ["1 HTX002  - DANG_KY", "2 Tổ thêu Minh Khai  - DANG_KY"]
    );
}

#[test]
fn an_exhibitor_that_has_a_booth_already_is_shown_with_it() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    harness.keys("1 enter ctrl-n 1");
    assert!(harness.text().contains("HTX001 · đã có ở gian 1"), "{}", harness.text());
}

#[test]
fn enter_runs_down_a_column_for_the_day_and_for_the_takings() {
    let office = Office::new(json!({"from": "2026-05-20", "to": "2026-05-21"}));
    for at in 1..=3 {
        let number = at.to_string();
        add(
            &office.store,
            "booth",
            json!({"fair": office.fair.to_string(), "number": number, "exhibitor": format!("HTX00{at}"), "state": "XAC_NHAN"}),
        );
    }
    let mut harness = office.open();
    harness.keys("right right right right alt-e 3 enter 3 enter 4 enter");
    harness.typed("1,5 tr\n2tr\n\n2\n1\n");
    harness.keys("ctrl-s");
    let booths = office.rows();
    let states: Vec<&str> = booths.iter().filter_map(|row| row.text("state")).collect();
    assert_eq!(states, ["DA_TRUNG_BAY", "DA_TRUNG_BAY", "HUY"]);
    let takings: Vec<Option<i64>> = booths.iter().map(|row| row.number("revenue")).collect();
    assert_eq!(takings, [Some(1_500_000), Some(2_000_000), None]);
    let contracts: Vec<Option<i64>> = booths.iter().map(|row| row.number("contracts")).collect();
    assert_eq!(contracts, [Some(2), Some(1), None]);
}

#[test]
fn one_key_fills_a_state_or_numbers_down() {
    let office = Office::new(json!({}));
    office.open().keys("1 enter ctrl-n 2 enter ctrl-n 3 enter ctrl-home f5 right right right alt-d left left left left left A 5 enter alt-u ctrl-s");
    let booths = office.booths();
    assert!(
        booths
            .iter()
            .all(|booth| booth.ends_with("XAC_NHAN") || booth.ends_with("DANG_KY")),
        "{booths:?}"
    );
    let numbers: Vec<String> = office
        .rows()
        .iter()
        .map(|row| row.field::<Option<String>>("number").unwrap())
        .collect();
    assert_eq!(numbers, ["A5", "A6", "A7"]);
}

#[test]
fn booths_are_copied_from_an_earlier_fair_without_those_cancelled_or_here() {
    let office = Office::new(json!({}));
    let earlier = add(
        &office.store,
        "fair",
        json!({"title": "Ngày phụ nữ khởi nghiệp 2025", "kind": "NGAY_PN_KN", "from": "2025-10-10"}),
    );
    for (at, state) in [(1, "DA_TRUNG_BAY"), (2, "HUY"), (3, "DA_TRUNG_BAY")] {
        add(
            &office.store,
            "booth",
            json!({"fair": earlier.to_string(), "number": format!("B{at}"), "exhibitor": format!("HTX00{at}"),
                "categories": ["OCOP"], "products": "trà gừng", "ocop_star": "4", "revenue": 1_000_000, "state": state}),
        );
    }
    office.open().keys("3 enter ctrl-n alt-l enter ctrl-s");
    assert_eq!(office.booths(), ["1 HTX003  - DANG_KY", "2 HTX001 OCOP 4 DANG_KY"]);
    assert_eq!(office.rows()[1].number("revenue"), None);
    assert_eq!(office.rows()[1].text("products"), Some("trà gừng"));
}

#[test]
fn the_totals_name_what_is_missing_to_the_plan() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    harness.keys("1 enter f5 ctrl-n 2 enter ctrl-n 3 enter f5 f5 f5 right up");
    let text = harness.text();
    assert!(
        text.contains("2 gian · kế hoạch 12: còn thiếu 10 · đăng ký 1 · đã xác nhận 1 · hủy, vắng 1"),
        "{text}"
    );
}

#[test]
fn a_plans_target_of_the_year_goes_before_the_number_planned_with_the_fair() {
    let office = Office::new(json!({}));
    let plan = add(
        &office.store,
        "plan",
        json!({"code": "KH2026", "title": "Kế hoạch 2026", "unit": "C12472-B", "programme": "DA2415", "from": "2026-01-01", "to": "2026-12-31"}),
    );
    add(
        &office.store,
        "target",
        json!({"plan": plan.to_string(), "indicator": "FAIR_BOOTHS", "period": "2026", "operator": "range", "low": 12, "high": 15}),
    );
    assert!(office.open().text().contains("kế hoạch 12–15: còn thiếu 12"));
}

#[test]
fn a_doubt_holds_the_save_at_its_row_until_it_is_accepted() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    harness.keys("1 enter ctrl-n 2 enter ctrl-home left left 7 enter ctrl-end left 7 ctrl-s");
    assert!(office.booths().is_empty(), "{:?}", office.booths());
    assert!(
        harness.text().contains("Hội chợ này đã có gian số 7"),
        "{}",
        harness.text()
    );
    harness.keys("alt-k");
    assert_eq!(office.booths().len(), 2);
}

#[test]
fn one_save_is_one_transaction_and_reading_goes_on_from_the_store() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    harness.keys("1 enter ctrl-n 2 enter ctrl-s");
    assert_eq!(office.booths().len(), 2);
    harness.keys("ctrl-z");
    assert_eq!(office.booths().len(), 0);
    assert!(harness.text().contains("0 gian"), "{}", harness.text());
}

#[test]
fn a_sheet_left_by_a_kill_comes_back_from_its_draft() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path()).unwrap();
    let office = Office::over(store, json!({}));
    let mut harness = office.open();
    harness.keys("1 enter 2 enter enter 4 enter");
    drop(harness);
    assert!(office.booths().is_empty());
    let draft = office.store.drafts().unwrap().remove(0);
    let setup = Harness::setup(
        super::resume(&draft).unwrap(),
        Arc::clone(&office.store),
        Box::new(|_, _| None),
    );
    let mut harness = Harness::over(setup, (80, 24));
    assert!(harness.text().contains("HTX Dược liệu"), "{}", harness.text());
    harness.keys("ctrl-s");
    assert_eq!(office.booths(), ["1 HTX001 HTX_NU 4 DANG_KY"]);
    assert!(office.store.drafts().unwrap().is_empty());
}

#[test]
fn every_key_is_taken_without_harm_on_an_empty_sheet() {
    let office = Office::new(json!({}));
    let mut harness = office.open();
    for key in "enter alt-e enter enter alt-e tab tab tab tab f9 esc f5 ctrl-d alt-d alt-u alt-l alt-delete backspace delete enter home end left left left left left left left left left left up down pagedown ctrl-home ctrl-end alt-k ctrl-z ctrl-y ctrl-s".split(' ') {
        harness.keys(key);
    }
    assert_eq!(office.booths(), Vec::<String>::new());
}

#[test]
fn the_grid_at_three_sizes() {
    let office = Office::new(json!({}));
    for at in 1..=6 {
        let fields = json!({"fair": office.fair.to_string(), "number": at.to_string(), "exhibitor": format!("HTX00{at}"),
            "categories": ["HTX_NU"], "products": "trà gừng, mật ong", "ocop_star": if at % 2 == 0 { "4" } else { "0" },
            "revenue": at * 1_250_000, "contracts": at, "contract_value": at * 10_000_000, "visitors": at * 100,
            "state": if at % 2 == 0 { "XAC_NHAN" } else { "DANG_KY" }});
        add(&office.store, "booth", fields);
    }
    for (size, name) in [((80, 24), "80x24"), ((60, 20), "60x20"), ((160, 50), "160x50")] {
        let mut harness = office.open_at(size);
        harness.keys("ctrl-home right");
        insta::assert_snapshot!(format!("booths_{name}"), harness.text());
    }
    let mut harness = office.open();
    harness.typed("an");
    insta::assert_snapshot!("booths_exhibitor", harness.text());
    let mut harness = office.open_at((60, 20));
    harness.keys("ctrl-home alt-e right right right right right right right");
    insta::assert_snapshot!("booths_takings_60x20", harness.text());
}
