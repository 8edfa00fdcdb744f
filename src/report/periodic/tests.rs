//! The periodic report over a small commune's half-year.

use serde_json::json;

use super::by_unit::Source;
use super::closing::Freeze;
use super::collect::{Asked, Periodic, collect};
use super::layout::{Frame, doc};
use super::{annex, closing};
use crate::domain::known::Known;
use crate::domain::period::Period;
use crate::domain::programme::Line;
use crate::domain::testing::day;
use crate::indicator::fixture::{World, session, with};
use crate::indicator::plan;
use crate::report::markdown;
use crate::store::Warnings;

const UNIT: &str = "C12472-B";

fn world() -> World {
    let world = World::new(UNIT);
    world.add(
        "plan",
        json!({"code": "KH-2026", "title": "Kế hoạch năm 2026", "number": "12/KH-HPN", "unit": UNIT, "programme": "DA01",
            "from": "2026-01-01", "to": "2026-12-31", "cutoff_half": "05-31", "parents": ["QĐ 01/QĐ-TTg"]}),
    );
    let target = |code: &str, low: i64| {
        world.add(
            "target",
            json!({"plan": "KH-2026", "indicator": code, "period": "2026", "operator": ">=", "low": low, "cumulative_from": "2026-01-01"}),
        )
    };
    target("THT_NEW", 4);
    target("VISITS", 2);
    let htx = world.founded("HTX", "HTX An Khang", "2024-03-01");
    world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2024"}));
    for date in ["2026-03-10", "2026-05-31", "2026-06-10"] {
        let visit =
            json!({"cooperative": htx.to_string(), "date": date, "purposes": ["DANH_GIA"], "difficulties": ["VON"]});
        world.add("visit", visit);
    }
    world.founded("THT", "THT Cói", "2026-04-01");
    let both = with(
        session("2026-04-02", &["QUAN_TRI"]),
        json!({"programmes": ["DA01", "DA2415"], "priority_counts": {"DTTS": 4, "HO_NGHEO": 5}}),
    );
    world.add("training", both);
    world
}

fn asked(world: &World, period: &str) -> Asked {
    let reader = world.store().reader();
    let plans = vec![plan::find(&reader, "KH-2026").unwrap().unwrap()];
    let lines = vec![Line::Cooperatives, Line::StartUps];
    Asked::new(Period::parse(period).unwrap(), UNIT, lines, plans, reader.today())
}

fn report(world: &World, period: &str) -> Periodic {
    collect(&world.store().reader(), asked(world, period)).unwrap()
}

fn printed(world: &World, period: &str) -> String {
    let reader = world.store().reader();
    let report = report(world, period);
    let frame = Frame {
        annexes: annex::annexes(&reader, &report).unwrap(),
        supplements: closing::supplements(&reader, &report).unwrap(),
        ..Frame::default()
    };
    markdown::write(&doc(&report, &frame, day("2026-06-05").and_hms_opt(8, 0, 0).unwrap()))
}

#[test]
fn the_half_year_has_every_part_of_the_outline_in_its_order() {
    let text = printed(&world(), "2026-H1");
    let mut from = 0;
    for heading in [
        "BÁO CÁO",
        "6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026",
        "Số liệu từ 01/01/2026 đến 31/05/2026",
        "Căn cứ QĐ 01/QĐ-TTg; Kế hoạch năm 2026 số 12/KH-HPN",
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ THỰC HIỆN",
        "A. Đề án",
        "B. Đề án 2415",
        "Bảng 2",
        "Bảng 3",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. NHIỆM VỤ 6 THÁNG CUỐI NĂM",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
        "Phụ lục 1",
    ] {
        let found = text[from..].find(heading);
        from += found.unwrap_or_else(|| panic!("{heading} is not there, or not in its place:\n{text}"));
    }
}

#[test]
fn vocational_training_is_told_by_its_three_sorts_and_contests_on_the_law_by_themselves() {
    let world = world();
    for (day, part, women) in [
        ("2026-02-01", "TO_CHUC", 12),
        ("2026-03-01", "PHOI_HOP", 7),
        ("2026-04-01", "GIOI_THIEU", 5),
        ("2026-07-01", "GIOI_THIEU", 90),
    ] {
        let counts = json!({"union_part": part, "count_total": 99, "count_women": women});
        world.add("training", with(session(day, &["NGHE"]), counts));
    }
    world.add(
        "outreach",
        json!({"date": "2026-03-08", "form": "CUOC_THI", "title": "Tìm hiểu Luật HTX", "reach": 150}),
    );
    let text = printed(&world, "2026-H1");
    assert!(text.contains("giới thiệu: 24 người"), "{text}");
    assert!(
        text.contains("Hội tổ chức dạy nghề 12; phối hợp, hỗ trợ đào tạo 7; giới thiệu học nghề 5"),
        "{text}"
    );
    assert!(text.contains("Luật HTX: 1 cuộc, 150 lượt người dự"), "{text}");
}

#[test]
fn a_year_is_held_against_the_year_before_and_its_open_difficulties_stand_as_they_stood() {
    let world = world();
    let htx = world.founded("HTX", "HTX Trà Lý", "2024-03-01");
    world.add(
        "issue",
        json!({"cooperative": htx.to_string(), "opened_on": "2025-11-01", "difficulty": "VON", "text": "thiếu vốn mua máy",
            "state": "DA_GIAI_QUYET", "closed_on": "2026-02-03"}),
    );
    let text = printed(&world, "2025");
    assert!(text.contains("| Năm nay | Năm trước | Tăng, giảm |"), "{text}");
    assert!(
        text.contains("thiếu vốn mua máy | Giải quyết ngày 03/02/2026"),
        "{text}"
    );
}

#[test]
fn ideas_stand_by_the_units_below_through_their_mergers() {
    let world = world();
    // An old commune of Thái Bình, and one of Hưng Yên of today.
    for (unit, sent) in [("C12472-A", "2026-03-01"), ("C12472-B", ""), ("C12619-B", "2026-08-01")] {
        let mut idea =
            json!({"year": 2026, "title": "Trà sen", "stage": "Y_TUONG", "registered_on": "2026-02-01", "unit": unit});
        if !sent.is_empty() {
            idea["sent_on"] = json!(sent);
        }
        world.add("contest_entry", idea);
    }
    let asked = Asked::new(
        Period::parse("2026-H1").unwrap(),
        "P33-B",
        vec![Line::StartUps],
        Vec::new(),
        day("2026-12-31"),
    );
    let report = collect(&world.store().reader(), asked).unwrap();
    let ideas: Vec<_> = report
        .registers
        .ideas
        .iter()
        .map(|(unit, counts)| (unit.as_str(), *counts))
        .collect();
    assert_eq!(ideas, [("Xã Diên Hà", [1, 0, 0, 0]), ("Xã Quỳnh Phụ", [2, 1, 0, 0])]);
}

#[test]
fn figures_end_with_the_plans_cut_off_and_the_year_reaches_on() {
    let world = world();
    let half = report(&world, "2026-H1");
    // Of three visits that of 10 June comes after 31 May.
    assert_eq!((half.asked.cut_off, half.value("VISITS")), (day("2026-05-31"), 2));
    let held = |report: &Periodic| -> Vec<String> {
        let held = report.plans[0].held.iter().map(|held| &held.row);
        held.map(|row| {
            format!(
                "{} {} {}",
                row.target.indicator,
                crate::indicator::shown::actual(row),
                row.state.name()
            )
        })
        .collect()
    };
    assert_eq!(held(&half), ["THT_NEW 1 in_progress", "VISITS 2 met"]);
    assert_eq!(
        held(&report(&world, "2026")),
        ["THT_NEW 1 not_met", "VISITS 3 exceeded"]
    );
}

#[test]
fn an_activity_of_both_programmes_is_in_both_columns_and_once_in_the_total() {
    let report = report(&world(), "2026-H1");
    let (_, sessions) = report.shared[1];
    assert_eq!(
        (sessions.cooperatives, sessions.start_ups, sessions.both, sessions.total),
        (1, 1, 1, 1)
    );
}

#[test]
fn fewer_than_five_of_a_group_are_not_printed() {
    let text = printed(&world(), "2026-H1");
    let line = |name: &str| text.lines().find(|line| line.contains(name)).unwrap().to_string();
    assert!(
        line("Dân tộc thiểu số").contains("<5") || line("Dân tộc thiểu số").contains("&lt;5"),
        "{text}"
    );
    assert!(line("nghèo").contains('5'));
}

#[test]
fn the_officers_words_stand_in_their_part_and_carry_over() {
    let world = world();
    world.add(
        "report_text",
        json!({"report": "BC_6T", "period": "2025-H1", "unit": UNIT, "part": "strengths", "text": "- Hội viên hưởng ứng"}),
    );
    assert!(printed(&world, "2026-H1").contains("Hội viên hưởng ứng"));
    assert_eq!(report(&world, "2026-H1").words.carried, ["strengths"]);
    world.add(
        "report_text",
        json!({"report": "BC_6T", "period": "2026-H1", "unit": UNIT, "part": "strengths", "text": "Chủ động"}),
    );
    let text = printed(&world, "2026-H1");
    assert!(text.contains("Chủ động") && !text.contains("Hội viên hưởng ứng"));
}

#[test]
fn what_is_entered_after_the_report_was_sent_is_told_with_the_difference() {
    let world = world();
    let reader = world.store().reader();
    let sent = report(&world, "2026-H1");
    let entry = closing::frozen(&reader, &sent, day("2026-06-05"), Freeze::First)
        .unwrap()
        .unwrap();
    let mut txn = world.store().txn();
    txn.save(entry, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    assert!(
        closing::supplements(&world.store().reader(), &report(&world, "2026-H1"))
            .unwrap()
            .is_none()
    );
    world.founded("THT", "THT Mây", "2026-05-01");
    let told = closing::supplements(&world.store().reader(), &report(&world, "2026-H1"))
        .unwrap()
        .unwrap();
    assert!(
        told.starts_with("Bổ sung sau báo cáo (chốt ngày 05/06/2026)") && told.contains("1 → 2 (+1)"),
        "{told}"
    );
}

#[test]
fn a_month_in_which_nothing_happened_still_has_its_report() {
    let text = printed(&world(), "2026-02");
    assert!(
        text.contains("Trong kỳ: không phát sinh.") && text.contains("tháng 2/2026"),
        "{text}"
    );
}

#[test]
fn the_period_before_and_the_year_before_stand_beside_the_period() {
    let world = world();
    let coop = world.founded("HTX", "HTX May", "2020-01-01");
    for date in ["2025-08-01", "2025-09-01", "2025-10-01", "2025-03-01"] {
        let visit = json!({"cooperative": coop.to_string(), "date": date, "purposes": ["DANH_GIA"]});
        world.add("visit", visit);
    }
    let half = report(&world, "2026-H1");
    // Two of this half-year by 31 May; three of the half-year before; one from January to May a year before.
    assert_eq!(
        (half.value("VISITS"), half.before("VISITS"), half.a_year_ago("VISITS")),
        (2, Some(3), Some(1))
    );
    let text = printed(&world, "2026-H1");
    assert!(text.contains("(kỳ trước 3; cùng kỳ năm trước 1)"), "{text}");
    let weeks: i64 = half.visits_by_week.iter().map(|(_, visits)| visits).sum();
    assert_eq!(weeks, 2, "the weeks of the period hold its visits and no others");
}

#[test]
fn what_was_sent_stays_while_later_reports_are_written_until_it_is_closed_again() {
    let world = world();
    let close = |freeze| {
        let entry = closing::frozen(
            &world.store().reader(),
            &report(&world, "2026-H1"),
            day("2026-06-05"),
            freeze,
        );
        let Some(entry) = entry.unwrap() else { return false };
        let mut txn = world.store().txn();
        txn.save(entry, Warnings::Accept).unwrap();
        txn.commit().unwrap();
        true
    };
    let told = || closing::supplements(&world.store().reader(), &report(&world, "2026-H1")).unwrap();
    assert!(close(Freeze::First));
    world.founded("THT", "THT Mây", "2026-05-01");
    assert!(
        !close(Freeze::First),
        "the report was sent with one group, and stays so"
    );
    assert!(told().is_some_and(|told| told.contains("1 → 2 (+1)")));
    assert!(close(Freeze::Again));
    assert!(told().is_none());
}

#[test]
fn units_stand_with_their_records_with_what_they_declared_or_with_nothing() {
    let world = World::new("D338-A");
    world.founded("THT", "THT Quỳnh Phụ", "2024-04-01");
    world.add(
        "unit_figures",
        json!({"unit": "D339-A", "period": "2024", "code": "VISITS", "value": 7}),
    );
    let reader = world.store().reader();
    let asked = Asked::new(
        Period::parse("2024").unwrap(),
        "P34-A",
        vec![Line::Cooperatives],
        Vec::new(),
        reader.today(),
    );
    let report = collect(&reader, asked).unwrap();
    let parts = super::by_unit::parts(&reader, &report).unwrap();
    let of = |unit: &str| parts.iter().find(|part| part.unit == unit).unwrap();
    // The eight districts of 2024, though none of them stands today.
    assert_eq!(parts.len(), 8);
    assert_eq!(
        (of("D338-A").source, of("D338-A").value("THT_NEW")),
        (Source::Records, 1)
    );
    assert_eq!(
        (of("D339-A").source, of("D339-A").value("VISITS")),
        (Source::Declared, 7)
    );
    assert!(of("D340-A").figures.is_empty());
    let annex = super::by_unit::annex(&report, &parts, 1);
    let text = format!("{:?}", annex.blocks);
    assert!(
        text.contains("Huyện Hưng Hà (*)") && text.contains("Không có số liệu (6)"),
        "{text}"
    );
}

#[test]
fn a_report_of_2024_has_the_units_of_2024_and_the_same_records_count_for_their_successor_in_2026() {
    // Thị trấn Quỳnh Côi, huyện Quỳnh Phụ, tỉnh Thái Bình: since 1/7/2025 a part of xã Quỳnh Phụ, tỉnh Hưng Yên.
    let world = World::new("C12472-A");
    world.founded("THT", "THT Quỳnh Côi", "2024-04-01");
    let reader = world.store().reader();
    let report = |unit: &str, period: &str| {
        let period = Period::parse(period).unwrap();
        let asked = Asked::new(period, unit, vec![Line::Cooperatives], Vec::new(), reader.today());
        collect(&reader, asked).unwrap()
    };
    let district = report("D338-A", "2024");
    assert_eq!(
        (district.unit_name.as_str(), district.value("THT_NEW")),
        ("Huyện Quỳnh Phụ", 1)
    );
    let communes = super::by_unit::parts(&reader, &district).unwrap();
    let own = communes.iter().find(|part| part.unit == "C12472-A").unwrap();
    assert_eq!((own.name.as_str(), own.value("THT_NEW")), ("Thị trấn Quỳnh Côi", 1));
    assert!(
        communes.iter().all(|part| !part.unit.ends_with("-B")),
        "no commune of 2025"
    );
    // In 2026 the year so far of 2026 has none, but the group of 2024 is one of the commune's and the province's.
    let kept = |unit: &str| {
        let report = report(unit, "2026");
        let row = report.measure(Line::Cooperatives, "THT_MAINTAINED").unwrap().clone();
        row.tally.undecided.len() + row.tally.counted.len() + row.tally.nearly.len()
    };
    assert_eq!((kept("C12472-B"), kept("P33-B"), kept("P33-A")), (1, 1, 0));
    let changed = annex::annexes(&reader, &report("P34-A", "2025")).unwrap();
    let changed = changed
        .iter()
        .find(|annex| annex.title.starts_with("Thay đổi đơn vị"))
        .unwrap();
    assert!(format!("{:?}", changed.blocks).contains("Huyện Quỳnh Phụ"));
}

#[test]
fn what_was_allotted_to_units_stands_in_the_first_table() {
    let world = World::new("D338-A");
    world.add(
        "plan",
        json!({"code": "KH-TB", "title": "Kế hoạch 2024", "unit": "P34-A", "programme": "DA01", "from": "2024-01-01", "to": "2024-12-31"}),
    );
    let target = world.add(
        "target",
        json!({"plan": "KH-TB", "indicator": "THT_NEW", "period": "2024", "operator": ">=", "low": 8, "cumulative_from": "2024-01-01", "due": "2024-12-31"}),
    );
    world.add(
        "allocation",
        json!({"target": target.to_string(), "unit": "D338-A", "year": 2024, "low": 1}),
    );
    world.founded("THT", "THT Quỳnh Phụ", "2024-04-01");
    let reader = world.store().reader();
    let plans = vec![plan::find(&reader, "KH-TB").unwrap().unwrap()];
    let asked = Asked::new(
        Period::parse("2024").unwrap(),
        "P34-A",
        vec![Line::Cooperatives],
        plans,
        reader.today(),
    );
    let report = collect(&reader, asked).unwrap();
    let table = super::tables::allotted(&report.plans[0]).unwrap();
    let text = format!("{:?}", table.rows);
    assert_eq!(table.rows.len(), 1);
    assert!(text.contains("Huyện Quỳnh Phụ") && text.contains("đạt"), "{text}");
}

#[test]
fn names_in_a_form_stand_for_figures_targets_facts_and_words() {
    use super::fill::value;
    use crate::report::template::Filled;
    let world = world();
    world.add(
        "report_text",
        json!({"report": "BC_6T", "period": "2026-H1", "unit": UNIT, "part": "next", "text": "Một\nHai"}),
    );
    let report = report(&world, "2026-H1");
    let of = |name: &str| value(name, &report, &Frame::default(), day("2026-06-05"));
    let text = |text: &str| Some(Filled::Text(text.to_string()));
    assert_eq!(of("VISITS"), Some(Filled::Number(2)));
    assert_eq!(of("visits.year"), Some(Filled::Number(2)));
    assert_eq!(of("VISITS.DANH_GIA.this"), Some(Filled::Number(2)));
    assert_eq!(of("THT_NEW.wanted"), text("≥ 4 THT"));
    assert_eq!(of("THT_NEW.actual"), Some(Filled::Number(1)));
    assert_eq!(of("THT_NEW.done"), text("25,0%"));
    assert_eq!(of("MANAGERS_TRAINED_PCT.whole"), Some(Filled::Number(1)));
    assert_eq!(of("MANAGERS_TRAINED_PCT.percent"), text("0,0%"));
    assert_eq!(of("DA2415.CONTEST_IDEAS_SENT"), Some(Filled::Number(0)));
    assert_eq!((of("unit"), of("to")), (text("Xã Quỳnh Phụ"), text("31/05/2026")));
    assert_eq!(of("text.next"), text("Một\nHai"));
    for unknown in ["HTX_NEU.year", "VISITS.wanted2", "text.nothing", ""] {
        assert_eq!(of(unknown), None, "{unknown}");
    }
}

#[test]
fn ratings_stand_in_the_order_of_their_list_and_groups_with_priority_below_a_caption() {
    let world = world();
    for (name, rating) in [("HTX Một", "KHA"), ("HTX Hai", "TRUNG_BINH"), ("HTX Ba", "TOT")] {
        let htx = world.founded("HTX", name, "2020-03-01");
        world.add(
            "measurement",
            json!({"cooperative": htx.to_string(), "date": "2026-03-01", "rating": rating, "rating_year": 2025}),
        );
    }
    let printed = printed(&world, "2026-H1");
    assert!(
        printed.contains("Xếp loại HTX, THT: tốt 1; khá 1; trung bình 1."),
        "{printed}"
    );
    assert!(
        printed.contains("Bảng 4. Người thuộc nhóm ưu tiên dự các hoạt động"),
        "{printed}"
    );
}
