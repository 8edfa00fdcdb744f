//! The ten traps of counting, and the rules that every figure obeys.

use serde_json::json;

use super::fixture::{World, session, with};
use super::state::{State, judge};
use super::tally::{Mark, Value};

const QUANG_NGAI: &str = "DA01-QUANGNGAI-126";
const THAI_BINH: &str = "DA939-THAIBINH-2024";

#[test]
fn a_woman_in_three_courses_counts_once_in_a_share_and_three_times_in_turns() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    let hanh = world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2020"}));
    let ha = world.woman_at("Đỗ Thu Hà", htx, "CT_HDQT", json!({"from": "2020"}));
    let rows: Vec<_> = ["2023-03-01", "2023-06-01", "2024-03-01"]
        .map(|day| world.attends(world.add("training", session(day, &["QUAN_TRI"])), hanh))
        .into();
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    // Two women manage, Hạnh alone was trained: 1 of 2, though she was there three times.
    assert_eq!(row.value, Some(Value::Share { part: 1, whole: 2 }));
    assert_eq!(row.tally.counted, [hanh]);
    assert_eq!(row.tally.nearly.len(), 1, "{ha} is listed as not trained");
    assert_eq!(rows.len(), 3, "three turns are three rows");
}

#[test]
fn a_manager_trained_in_2023_who_left_in_2024_is_in_neither_part_of_the_share() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    let hanh = world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2020", "to": "2024-05-31"}));
    world.woman_at("Đỗ Thu Hà", htx, "GD", json!({"from": "2024-06-01"}));
    world.attends(world.add("training", session("2023-03-01", &["QUAN_TRI"])), hanh);
    let share = |as_of| world.row_of(QUANG_NGAI, as_of, "MANAGERS_TRAINED_PCT", "to-2025").value;
    assert_eq!(share("2024-05-31"), Some(Value::Share { part: 1, whole: 1 }));
    assert_eq!(
        share("2025-12-31"),
        Some(Value::Share { part: 0, whole: 1 }),
        "Hà alone, not trained"
    );
}

#[test]
fn chair_and_director_in_one_person_count_once() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    let hanh = world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2020"}));
    world.role(hanh, htx, "CT_HDQT", json!({"from": "2021"}));
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    assert_eq!(row.value, Some(Value::Share { part: 0, whole: 1 }));
}

#[test]
fn a_group_that_became_a_cooperative_is_new_there_gone_here_and_its_jobs_are_not_doubled() {
    let world = World::new("P51-A");
    let tht = world.founded("THT", "THT Rau Nghĩa Hiệp", "2021-01-01");
    world.measured(
        tht,
        "2023-01-10",
        json!({"status": "DANG_HOAT_DONG", "workers": 20, "workers_women": 15, "workers_women_stable": 12}),
    );
    world.measured(tht, "2024-05-01", json!({"status": "CHUYEN_HTX"}));
    let htx = world.add(
        "cooperative",
        json!({"kind": "HTX", "name": "HTX Rau Nghĩa Hiệp", "registered_on": "2024-05-01", "origin": "HOI_THANH_LAP",
            "predecessor": tht.to_string()}),
    );
    world.measured(
        htx,
        "2024-05-02",
        json!({"status": "DANG_HOAT_DONG", "workers": 20, "workers_women": 15, "workers_women_stable": 12}),
    );
    world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2024-05-01"}));
    world.woman_at("Đỗ Thu Hà", tht, "CT_HDQT", json!({"from": "2021-01-01"}));
    let row = |code| world.row_of(QUANG_NGAI, "2025-12-31", code, "to-2025");
    assert_eq!(row("HTX_NEW").tally.counted, [htx]);
    assert_eq!(
        row("THT_MAINTAINED").value,
        Some(Value::Count(0)),
        "the group has ended"
    );
    assert_eq!(row("JOBS_HTX_WOMEN").value, Some(Value::Count(12)));
    assert_eq!(row("JOBS_THT_WOMEN").value, Some(Value::Count(0)), "12 women, not 24");
}

#[test]
fn ten_women_of_twenty_workers_are_not_more_than_half() {
    let world = World::new("P51-A");
    for (name, women) in [("HTX Một", 10), ("HTX Hai", 11)] {
        let htx = world.founded("HTX", name, "2024-01-01");
        world.measured(htx, "2024-02-01", json!({"workers": 20, "workers_women": women}));
        let man = world.add("person", json!({"name": format!("Giám đốc {name}"), "gender": "NAM"}));
        world.role(man, htx, "GD", json!({"from": "2024"}));
    }
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "HTX_NEW", "to-2025");
    assert_eq!(row.value, Some(Value::Count(1)), "11 of 20 alone");
}

#[test]
fn the_share_of_women_is_of_one_day_never_of_two() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2024-01-01");
    let man = world.add("person", json!({"name": "Trần Văn Nam", "gender": "NAM"}));
    world.role(man, htx, "GD", json!({"from": "2024"}));
    world.measured(htx, "2024-02-01", json!({"workers": 30, "workers_women": 14}));
    world.measured(htx, "2024-06-01", json!({"workers": 20}));
    // 14 of 20 would be more than half, but the 14 were of the 30 of February.
    assert_eq!(
        world.row_of(QUANG_NGAI, "2025-12-31", "HTX_NEW", "to-2025").value,
        Some(Value::Count(0))
    );
}

#[test]
fn a_fair_of_two_programmes_is_one_fair_in_the_totals() {
    let world = World::new("P34-A");
    let fair = world.add(
        "fair",
        json!({"title": "Ngày PN khởi nghiệp", "kind": "NGAY_PN_KN", "from": "2024-10-12", "state": "DA_TO_CHUC",
            "programmes": ["DA01", "DA939"]}),
    );
    let of = |plan| world.row_of(plan, "2024-12-31", "FAIRS_HELD", "2024");
    let rows = [of("DA01-THAIBINH-2024"), of(THAI_BINH)];
    assert!(rows.iter().all(|row| row.value == Some(Value::Count(1))));
    assert_eq!(
        super::evaluate::once_each(&rows),
        [fair],
        "in both plans, and one in all"
    );
}

#[test]
fn a_communes_history_rolls_up_to_its_successor_and_an_ended_plan_keeps_its_own_area() {
    // Thị trấn Quỳnh Côi (C12472-A, huyện Quỳnh Phụ, tỉnh Thái Bình) became a part of xã Quỳnh Phụ (C12472-B, tỉnh Hưng
    // Yên) on 1 July 2025.
    let world = World::new("C12472-A");
    let htx = world.founded("HTX", "HTX Quỳnh Côi", "2024-03-01");
    let plan = |code: &str, unit: &str, from: &str, to: &str| {
        world.add(
            "plan",
            json!({"code": code, "title": code, "unit": unit, "programme": "DA01", "from": from, "to": to}),
        );
        world.add(
            "target",
            json!({"plan": code, "indicator": "HTX_NEW", "period": "kỳ", "operator": ">=", "low": 1, "cumulative_from": "2024-01-01", "due": to}),
        );
    };
    plan("KH-QP-2024", "D338-A", "2024-01-01", "2024-12-31");
    plan("KH-XQP-2026", "C12472-B", "2024-01-01", "2026-12-31");
    plan("KH-HY-2026", "P33-B", "2024-01-01", "2026-12-31");
    plan("KH-TB-2026", "P34-A", "2024-01-01", "2026-12-31");
    plan("KH-HYCU-2026", "P33-A", "2024-01-01", "2026-12-31");
    let counted = |plan: &str, as_of| world.row_of(plan, as_of, "HTX_NEW", "kỳ").tally.counted;
    for (plan, as_of) in [
        ("KH-QP-2024", "2026-12-31"),
        ("KH-XQP-2026", "2026-12-31"),
        ("KH-HY-2026", "2026-12-31"),
        ("KH-TB-2026", "2026-12-31"),
    ] {
        assert_eq!(counted(plan, as_of), [htx], "{plan}");
    }
    assert!(
        counted("KH-HYCU-2026", "2026-12-31").is_empty(),
        "old Hưng Yên keeps its own land"
    );
    assert!(counted("KH-HY-2026", "2025-06-30").is_empty(), "not before the merger");
}

#[test]
fn the_share_99_96_is_never_a_hundred() {
    let world = World::new("P51-A");
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    let share = Value::Share {
        part: 2499,
        whole: 2500,
    };
    assert_eq!(judge(share, &row.target, true), State::NotMet);
    assert_eq!(judge(share, &row.target, false), State::InProgress);
    let all = Value::Share {
        part: 2500,
        whole: 2500,
    };
    assert_eq!(judge(all, &row.target, true), State::Met);
}

#[test]
fn a_prize_of_the_province_is_no_regional_final_and_an_idea_sent_stays_sent() {
    let world = World::new("D338-A");
    let idea = |title: &str, more| {
        world.add(
            "contest_entry",
            with(json!({"title": title, "year": 2024, "stage": "CAP_TINH"}), more),
        )
    };
    idea(
        "Trà hoa hòe",
        json!({"result": "DAT_GIAI", "award_level": "Cấp tỉnh", "registered_on": "2024-02-01"}),
    );
    let sent = idea("Mắm cáy", json!({"sent_on": "2024-06-20", "result": "KHONG_DUOC_CHON"}));
    let of_unit = |code: &str| {
        let rows = world.rows(THAI_BINH, "2024-12-31");
        let found = rows
            .into_iter()
            .find(|row| row.target.indicator == code && row.unit == "D338-A");
        found.unwrap().tally.counted
    };
    assert_eq!(of_unit("CONTEST_IDEAS_SENT"), [sent]);
    assert!(of_unit("CONTEST_REGION_FINAL").is_empty());
}

#[test]
fn a_flow_grows_by_what_each_week_adds() {
    let world = World::new("P51-A");
    let plan = json!({"code": "KH", "title": "Năm 2026", "unit": "P51-A", "programme": "DA01", "from": "2026-01-01", "to": "2026-12-31"});
    world.add("plan", plan);
    world.add(
        "target",
        json!({"plan": "KH", "indicator": "THT_NEW", "period": "2026", "operator": ">=", "low": 9, "cumulative_from": "2026-01-01"}),
    );
    for day in ["2026-01-04", "2026-05-17", "2026-05-18", "2026-05-24", "2026-05-25"] {
        world.founded("THT", &format!("THT {day}"), day);
    }
    let up_to = |as_of| world.row_of("KH", as_of, "THT_NEW", "2026").tally.counted.len();
    // The week of 18 to 24 May founded two: 2 by the Sunday before, 2 + 2 by its own Sunday.
    assert_eq!(
        (up_to("2026-05-17"), up_to("2026-05-24"), up_to("2026-05-31")),
        (2, 4, 5)
    );
}

#[test]
fn what_is_not_known_is_listed_and_not_guessed() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    let someone = world.add("person", json!({"name": "Nguyễn Minh"}));
    world.role(someone, htx, "GD", json!({"from": "2020"}));
    let dateless = world.woman_at("Phạm Thị Hạnh", htx, "CT_HDQT", json!({}));
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    assert_eq!(
        row.value,
        Some(Value::Share { part: 0, whole: 1 }),
        "Hạnh; Minh may be a man"
    );
    let listed: Vec<_> = row.tally.undecided.iter().map(|remark| remark.about.text()).collect();
    assert!(listed.contains(&someone.to_string()) && listed.contains(&dateless.to_string()));
    let jobs = world.row_of(QUANG_NGAI, "2025-12-31", "JOBS_HTX_WOMEN", "to-2025");
    assert_eq!(jobs.value, Some(Value::Count(0)));
    assert_eq!(jobs.tally.undecided.len(), 1, "no status, so not known to operate");
}

#[test]
fn figures_older_than_twelve_months_count_and_are_marked() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    world.measured(
        htx,
        "2024-12-31",
        json!({"status": "DANG_HOAT_DONG", "workers_women_stable": 7}),
    );
    let jobs = |as_of| world.row_of(QUANG_NGAI, as_of, "JOBS_HTX_WOMEN", "to-2025");
    assert!(jobs("2025-12-30").tally.marks.is_empty());
    assert!(
        jobs("2025-12-31").tally.marks.is_empty(),
        "twelve months to the day are not more"
    );
    world.measured(htx, "2024-01-01", json!({"status": "DANG_HOAT_DONG"}));
    let later = world.row_of(QUANG_NGAI, "2026-06-30", "JOBS_HTX_WOMEN", "to-2030");
    assert_eq!(
        (later.value, later.tally.marks),
        (Some(Value::Count(7)), vec![Mark::Old])
    );
}

#[test]
fn a_target_without_a_beginning_is_unknown_and_shows_both_readings() {
    let world = World::new("P51-A");
    for (name, day) in [("HTX Cũ", "2024-01-01"), ("HTX Mới", "2026-03-01")] {
        let htx = world.founded("HTX", name, day);
        world.woman_at(name, htx, "GD", json!({"from": day}));
    }
    let row = world.row_of(QUANG_NGAI, "2026-12-31", "HTX_NEW", "to-2030");
    assert_eq!((row.state, row.value), (State::Unknown, None));
    let reason = &row.tally.undecided[0].reason.en;
    assert!(reason.contains("from 01/01/2023: 2; from 01/01/2026: 1"), "{reason}");
}

#[test]
fn a_share_of_nothing_is_no_figure() {
    let world = World::new("P51-A");
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    assert_eq!(
        (row.value, row.state, row.actual_tenths()),
        (None, State::Unknown, None)
    );
}

#[test]
fn a_unit_without_records_of_its_own_is_counted_by_what_it_declared() {
    let world = World::new("D338-A");
    world.founded("THT", "THT Quỳnh Phụ", "2024-04-01");
    let declare = |unit: &str, period: &str, value: i64| {
        let figures = json!({"unit": unit, "period": period, "code": "THT_NEW", "value": value});
        world.add("unit_figures", figures)
    };
    declare("D339-A", "2024-H1", 2);
    declare("D339-A", "2024-05", 1);
    declare("D338-A", "2024", 9);
    // Quỳnh Phụ has its own record, so its 9 do not stand; Hưng Hà's half-year holds its May.
    let row = world.row_of(THAI_BINH, "2024-12-31", "THT_NEW", "2024");
    assert_eq!(
        (row.value, row.tally.marks),
        (Some(Value::Count(3)), vec![Mark::DeclaredByUnits])
    );
}

#[test]
fn members_are_the_units_own_number_else_the_sum_below_never_both() {
    let world = World::new("P34-A");
    let year =
        |unit: &str, members: i64| world.add("unit_year", json!({"unit": unit, "year": 2024, "members": members}));
    let reach = json!({"date": "2024-03-08", "form": "SINH_HOAT", "title": "Khởi nghiệp", "programmes": ["DA939"], "reach_members_new": 700});
    world.add("outreach", reach);
    let share = || world.row_of(THAI_BINH, "2024-12-31", "MEMBERS_AWARE_PCT", "2024").value;
    year("D338-A", 400);
    year("C12472-A", 100);
    year("D339-A", 600);
    assert_eq!(
        share(),
        Some(Value::Share { part: 700, whole: 1000 }),
        "the commune is in its district's 400"
    );
    year("P34-A", 500);
    assert_eq!(
        share(),
        Some(Value::Share { part: 500, whole: 500 }),
        "capped at the whole"
    );
}

#[test]
fn new_jobs_are_those_of_the_latest_figures_and_a_group_that_grew_takes_its_own_along() {
    let world = World::new("D180-A");
    let coop = |kind: &str, name: &str, status: &str, women: i64| {
        let coop = world.founded(kind, name, "2023-05-01");
        world.measured(
            coop,
            "2024-05-01",
            json!({"status": status, "workers": 20, "workers_women": women}),
        );
        coop
    };
    let going = coop("HTX", "HTX Một", "DANG_HOAT_DONG", 11);
    let resting = coop("HTX", "HTX Hai", "TAM_NGUNG", 7);
    coop("THT", "THT Ba", "CHUYEN_HTX", 9);
    let row = world.row_of("DA01-TRANGDINH-2023", "2025-12-31", "JOBS_NEW_WOMEN", "to-2025");
    // 11 + 7; the nine of the group that became a cooperative count there.
    assert_eq!(row.value, Some(Value::Count(18)));
    assert_eq!(row.tally.counted, [going, resting]);
}

#[test]
fn a_class_without_a_list_is_named_where_nobody_can_tell_which_managers_were_there() {
    let world = World::new("P51-A");
    let htx = world.founded("HTX", "HTX Sa Huỳnh", "2020-01-01");
    world.woman_at("Phạm Thị Hạnh", htx, "GD", json!({"from": "2020"}));
    let class = |audience: &str| {
        let counts = json!({"audience": [audience], "count_total": 30, "count_women": 28});
        world.add("training", with(session("2024-03-01", &["QUAN_TRI"]), counts))
    };
    let (of_managers, _) = (class("QL_HTX"), class("HOI_VIEN"));
    let row = world.row_of(QUANG_NGAI, "2025-12-31", "MANAGERS_TRAINED_PCT", "to-2025");
    assert_eq!(row.value, Some(Value::Share { part: 0, whole: 1 }));
    let listed: Vec<_> = row.tally.undecided.iter().map(|remark| remark.about.text()).collect();
    assert_eq!(listed, [of_managers.to_string()]);
}

#[test]
fn an_entry_with_a_year_alone_counts_where_the_whole_year_lies_in_the_window() {
    let world = World::new("P33-B");
    let entry = |name: &str, year: i32| {
        let woman = world.woman(name);
        let entry = json!({"title": name, "year": year, "stage": "Y_TUONG", "person": woman.to_string()});
        (woman, world.add("contest_entry", entry))
    };
    let (in_2020, _) = entry("Lụa", 2020);
    let (_, half_in) = entry("Là", 2017);
    entry("Sen", 2016);
    let row = world.row_of("DA939-TW", "2026-12-31", "WOMEN_STARTUP_SUPPORTED", "to-2025");
    // The programme begins on 30/6/2017: an entry of that year may be of before.
    assert_eq!(row.tally.counted, [in_2020]);
    let listed: Vec<_> = row.tally.undecided.iter().map(|remark| remark.about.text()).collect();
    assert_eq!(listed, [half_in.to_string()]);
}

#[test]
fn a_plan_passed_on_to_a_commune_that_was_merged_reached_what_came_of_it() {
    let world = World::new("P34-A");
    world.add(
        "plan",
        json!({"code": THAI_BINH, "title": THAI_BINH, "unit": "P34-A", "programme": "DA939", "from": "2024-01-01", "to": "2024-12-31"}),
    );
    // Xã Quỳnh Hải (C12487-A) stood until the end of 2024; a unit that is no commune of Thái Bình reaches nothing.
    world.add(
        "rollout",
        json!({"plan": THAI_BINH, "unit": "C12472-A", "sent_on": "2024-02-01"}),
    );
    world.add(
        "rollout",
        json!({"plan": THAI_BINH, "unit": "P51-A", "sent_on": "2024-02-01"}),
    );
    let row = world.row_of(THAI_BINH, "2024-12-31", "COVERAGE_COMMUNES", "2024");
    assert_eq!(row.value, Some(Value::Units { counted: 1, of: 242 }));
}
