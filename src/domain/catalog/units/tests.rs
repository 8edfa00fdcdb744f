//! The built-in units: all of them read, looked up, followed through their mergers.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use unicode_normalization::is_nfc;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 22)
}

fn unit(uid: &str) -> Unit<'static> {
    units().get(uid).unwrap_or_else(|| panic!("there is a {uid}"))
}

fn standing(level: u8, on: NaiveDate) -> usize {
    units()
        .iter()
        .filter(|unit| unit.level == level && unit.valid_on(on))
        .count()
}

#[test]
fn there_are_14160_units_and_the_centre_above_them() {
    assert_eq!(units().len(), 14_160);
    assert_eq!(
        units().iter().map(|unit| unit.uid).collect::<HashSet<_>>().len(),
        14_160
    );
    assert_eq!(unit(CENTRE).org_level(), "TW");
    assert_eq!(unit(CENTRE).parent, None);
}

#[test]
fn today_34_provinces_and_3321_communes_stand_and_all_of_them_hang_in_the_tree() {
    assert_eq!(
        (standing(1, today()), standing(2, today()), standing(3, today())),
        (34, 0, 3_321)
    );
    assert_eq!(units().provinces(today()).count(), 34);
    assert_eq!(units().descendants(CENTRE, today()).len(), 34 + 3_321);
}

#[test]
fn on_the_last_day_of_june_2025_the_three_old_levels_stand() {
    let last = day(2025, 6, 30);
    assert_eq!(
        (standing(1, last), standing(2, last), standing(3, last)),
        (63, 696, 10_035)
    );
    assert_eq!(units().descendants(CENTRE, last).len(), 63 + 696 + 10_035);
    assert_eq!(standing(2, day(2025, 7, 1)), 0);
    assert_eq!(units().descendants(CENTRE, day(2025, 7, 1)).len(), 34 + 3_321);
}

#[test]
fn every_district_ends_on_30_june_2025() {
    let districts: Vec<_> = units().iter().filter(|unit| unit.level == 2).collect();
    assert_eq!(districts.len(), 696);
    assert!(districts.iter().all(|unit| unit.valid_to == Some(day(2025, 6, 30))));
}

#[test]
fn a_code_used_again_is_two_units() {
    assert_eq!((unit("P91-A").code, unit("P91-A").name), ("91", "Tỉnh Kiên Giang"));
    assert_eq!((unit("P91-B").code, unit("P91-B").name), ("91", "Tỉnh An Giang"));
    assert_eq!(unit("P89-A").successor, Some("P91-B"));
}

#[test]
fn the_communes_of_thai_binh_went_to_hung_yen() {
    let last = day(2025, 6, 30);
    let communes: Vec<_> = units()
        .descendants("P34-A", last)
        .into_iter()
        .filter(|unit| unit.level == 3)
        .collect();
    assert_eq!(communes.len(), 242);
    for commune in communes {
        let successors = units().successors(commune.uid);
        assert!(!successors.is_empty(), "{} has a successor", commune.uid);
        for (uid, _) in successors {
            assert_eq!(unit(uid).parent, Some("P33-B"), "{uid}");
        }
        assert!(units().is_below(commune.uid, "P33-B", today()));
        assert!(!units().is_below(commune.uid, "P33-B", day(2024, 12, 31)));
        assert!(units().is_below(commune.uid, "P34-A", day(2024, 12, 31)));
    }
}

#[test]
fn a_split_commune_has_two_or_more_successors_and_proposes_one_of_them_if_any() {
    let split: Vec<_> = units().iter().filter(|unit| unit.is_split).collect();
    assert_eq!(split.len(), 471);
    for unit in &split {
        let successors = units().successors(unit.uid);
        assert!(successors.len() >= 2);
        assert_eq!(unit.successor, successors[0].1.then_some(successors[0].0));
        assert!(!successors[1].1, "only one is proposed");
    }
    assert_eq!(split.iter().filter(|unit| unit.successor.is_none()).count(), 3);
}

#[test]
fn what_is_split_without_a_proposal_belongs_to_the_province_in_the_end() {
    assert_eq!(unit("C25534-A").successor, None);
    assert_eq!(units().as_of("C25534-A", today()).unwrap().name, "Tỉnh Tây Ninh");
}

#[test]
fn dong_nai_became_a_city_on_30_april_2026_with_all_its_communes() {
    let (before, after) = (day(2026, 4, 29), day(2026, 4, 30));
    assert_eq!(unit("P75-B").name, "Tỉnh Đồng Nai");
    assert_eq!(unit("P75-C").name, "Thành phố Đồng Nai");
    assert_eq!(units().children("P75-B", before).count(), 95);
    assert_eq!(units().children("P75-B", after).count(), 0);
    assert_eq!(units().children("P75-C", after).count(), 95);
    assert_eq!(units().children("P75-C", before).count(), 0);
    assert_eq!(unit("C25270-C").kind, UnitKind::Ward);
    assert_eq!(units().as_of("C25270-B", after).unwrap().uid, "C25270-C");

    let kept = units()
        .children("P75-C", after)
        .find(|unit| unit.uid.ends_with("-B"))
        .unwrap();
    assert_eq!(units().parent(kept.uid, before).unwrap().uid, "P75-B");
    assert_eq!(units().parent(kept.uid, after).unwrap().uid, "P75-C");
    assert!(units().is_below(kept.uid, "P75-C", after));
    assert!(
        units().is_below(kept.uid, "P75-B", after),
        "an office set up before keeps its area"
    );
}

#[test]
fn an_ended_district_keeps_its_area_and_not_the_whole_new_province() {
    let cho_moi = "D893-A";
    assert_eq!(unit(cho_moi).name, "Huyện Chợ Mới");
    assert_eq!(units().as_of(cho_moi, today()).unwrap().uid, "P91-B");
    assert!(units().is_below(cho_moi, "P91-B", today()));
    let area: Vec<_> = units()
        .children("P91-B", today())
        .filter(|unit| units().is_below(unit.uid, cho_moi, today()))
        .collect();
    assert!((4..=10).contains(&area.len()), "{} communes", area.len());
    assert!(area.iter().any(|unit| unit.bare_name() == "Chợ Mới"));
    assert!(!units().is_below("P91-B", cho_moi, today()));
    assert!(
        !units().is_below("P33-B", "P34-A", today()),
        "Hưng Yên is more than Thái Bình was"
    );
    assert!(units().is_below("P01-B", "P01-A", today()), "Hà Nội was not merged");
}

#[test]
fn the_chain_above_a_unit_is_that_of_its_own_time() {
    let above = |uid, on| units().ancestors(uid, on).map(|unit| unit.uid).collect::<Vec<_>>();
    let commune = units().children(unit("D893-A").uid, day(2025, 6, 30)).next().unwrap();
    assert_eq!(above(commune.uid, today()), ["D893-A", "P89-A", CENTRE]);
    assert_eq!(above("P33-B", today()), [CENTRE]);
    assert!(above(CENTRE, today()).is_empty() && above("no such uid", today()).is_empty());
}

#[test]
fn predecessors_answer_successors() {
    let forward: HashSet<_> = units()
        .iter()
        .flat_map(|old| units().successors(old.uid).into_iter().map(move |new| (old.uid, new.0)))
        .collect();
    let back: HashSet<_> = units()
        .iter()
        .flat_map(|new| {
            units()
                .predecessors(new.uid)
                .into_iter()
                .map(move |old| (old.0, new.uid))
        })
        .collect();
    assert_eq!(forward.len(), 10_676);
    assert_eq!(forward, back);
}

#[test]
fn the_union_bears_its_units_name() {
    let quynh_phu = units().find("P33-B", "quynh phu", today())[0];
    assert_eq!(quynh_phu.union_name(), "Hội LHPN xã Quỳnh Phụ");
    assert_eq!(quynh_phu.org_level(), "XA");
    assert_eq!(unit("P33-B").union_name(), "Hội LHPN tỉnh Hưng Yên");
    assert_eq!(unit("P01-B").union_name(), "Hội LHPN thành phố Hà Nội");
    assert_eq!(union_name(&unit(CENTRE)), "Trung ương Hội LHPN Việt Nam");
    assert_eq!(unit("D893-A").org_level(), "HUYEN");
}

#[test]
fn every_name_begins_with_its_kind_and_is_clean() {
    for unit in units().iter() {
        assert!(unit.name.starts_with(unit.kind.prefix()), "{}", unit.name);
        assert!(
            is_nfc(unit.name) && unit.name.trim() == unit.name && !unit.name.contains("  "),
            "{:?}",
            unit.name
        );
        assert!(
            !unit.bare_name().is_empty() && unit.bare_name() != unit.name,
            "{}",
            unit.name
        );
        assert!(unit.parent.is_some() && !unit.code.is_empty(), "{}", unit.uid);
    }
}

#[test]
fn the_first_use_takes_no_noticeable_time() {
    let start = Instant::now();
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/units.bin"));
    assert_eq!(pack::unpack(packed).unwrap().len(), 14_160);
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
}

#[test]
fn an_unknown_uid_is_no_error() {
    assert!(units().get("").is_none() && units().get("P33").is_none());
    assert!(units().successors("x").is_empty() && units().predecessors("x").is_empty());
    assert_eq!(units().children("x", today()).count(), 0);
    assert!(!units().is_below("x", CENTRE, today()) && !units().is_below("P33-B", "x", today()));
}
