//! `sohoi targets`: every row of every plan, in the shape that scripts read.

use serde_json::{Value as Json, json};

use super::desk::Desk;

fn rows(desk: &Desk, words: &[&str]) -> Vec<Json> {
    let words: Vec<&str> = ["targets", "--json"].iter().chain(words).copied().collect();
    let answer: Json = serde_json::from_str(&desk.ok(&words)).unwrap();
    answer.as_array().unwrap().clone()
}

#[test]
fn every_built_in_plan_lists_all_its_rows_and_each_has_the_promised_keys() {
    let desk = Desk::new();
    // A row a target; and where a target is for each district, one for each of the eight.
    for (plan, count) in [
        ("DA01-THAIBINH-2024", 5 + 2 * 8),
        ("DA01-QUANGNGAI-126", 21),
        ("DA01-CHOMOI-1369", 6),
        ("DA939-THAIBINH-2024", 17 + 3 * 8),
        ("DA01-TRANGDINH-2023", 16),
        ("DA939-TW", 3),
        ("DA2415-TW", 7),
    ] {
        let rows = rows(&desk, &["--plan", plan, "--as-of", "2026-06-30"]);
        assert_eq!(rows.len(), count, "{plan}");
        for row in &rows {
            let mut keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            keys.sort_unstable();
            let promised = "actual code counted denominator due_passed high low numerator operator percent_of_target period \
                plan scope_unit state undecided unit";
            assert_eq!(keys.join(" "), promised);
            assert_eq!(row["plan"], plan);
            let states = ["met", "exceeded", "not_met", "in_progress", "unknown"];
            assert!(states.contains(&row["state"].as_str().unwrap()));
        }
    }
}

#[test]
fn a_share_has_one_decimal_its_parts_and_the_records_behind_it() {
    let desk = Desk::new();
    let id = |kind: &str, json: Json| {
        let done = desk.feed(&["add", kind, "--json", "-", "--warnings", "accept"], json.to_string());
        assert_eq!(done.code, 0, "{}", done.err);
        done.out.trim().to_string()
    };
    let unit = "P51-A";
    let htx = id(
        "cooperative",
        json!({"kind": "HTX", "name": "HTX Sa Huỳnh", "unit": unit}),
    );
    let session = json!({"title": "Quản trị", "topics": ["QUAN_TRI"], "from": "2024-05-01", "unit": unit});
    let session = id("training", session);
    let mut women = Vec::new();
    for name in ["Hạnh", "Hà", "Lan"] {
        let woman = id("person", json!({"name": name, "gender": "NU", "unit": unit}));
        id(
            "role",
            json!({"person": woman, "cooperative": htx, "role": "TV_HDQT", "from": "2020", "unit": unit}),
        );
        women.push(woman);
    }
    for woman in &women[..2] {
        id(
            "attendance",
            json!({"training": session, "person": woman, "state": "CO_MAT", "unit": unit}),
        );
    }
    let plan = ["--plan", "da01-quangngai-126", "--as-of", "2025-12-31"];
    let rows = rows(&desk, &plan);
    let row = rows
        .iter()
        .find(|row| row["code"] == "MANAGERS_TRAINED_PCT" && row["period"] == "to-2025")
        .unwrap();
    let figures = json!([
        row["low"],
        row["high"],
        row["unit"],
        row["actual"],
        row["numerator"],
        row["denominator"]
    ]);
    assert_eq!(figures, json!([100, null, "%", 66.7, 2, 3]));
    assert_eq!(
        (&row["percent_of_target"], &row["state"]),
        (&json!(66.7), &json!("not_met"))
    );
    assert_eq!(
        (&row["scope_unit"], &row["due_passed"]),
        (&json!("P51-A"), &json!(true))
    );
    assert_eq!(row["counted"], json!(women[..2]));
    let listed = desk.ok(&[
        "targets",
        "MANAGERS_TRAINED_PCT",
        "--records",
        "--plan",
        plan[1],
        "--as-of",
        plan[3],
    ]);
    assert!(
        listed.contains("2/3 = 66,7%") && listed.contains("Hạnh") && listed.contains("Chưa được tính (1)"),
        "{listed}"
    );
}

#[test]
fn without_a_plan_the_offices_own_and_those_above_it_are_shown() {
    let desk = Desk::new();
    desk.ok(&[
        "add",
        "plan",
        "code=KH-2026",
        "title=Năm 2026",
        "unit=C12472-B",
        "programme=DA01",
        "from=2026-01-01",
        "to=2026-12-31",
    ]);
    desk.ok(&[
        "add",
        "target",
        "plan=KH-2026",
        "indicator=VISITS",
        "period=2026",
        "operator=>=",
        "low=10",
    ]);
    let rows = rows(&desk, &["--as-of", "2026-06-30"]);
    let mut plans: Vec<&str> = rows.iter().map(|row| row["plan"].as_str().unwrap()).collect();
    plans.dedup();
    // Those that run come first. Xã Quỳnh Phụ came of communes of Thái Bình, whose plans of 2024 are above it.
    assert_eq!(
        plans,
        [
            "KH-2026",
            "DA2415-TW",
            "DA01-THAIBINH-2024",
            "DA939-THAIBINH-2024",
            "DA939-TW"
        ]
    );
    assert_eq!(
        (&rows[0]["actual"], &rows[0]["state"]),
        (&json!(0), &json!("in_progress"))
    );
}

#[test]
fn what_is_not_there_is_refused_with_what_is_near() {
    let desk = Desk::new();
    let refused = |words: &[&str]| {
        let done = desk.run(words);
        assert_eq!(done.code, 1, "{words:?}");
        done.err
    };
    assert!(refused(&["targets", "--plan", "DA01-QUANGNGAI-125"]).contains("DA01-QUANGNGAI-126"));
    assert!(refused(&["targets", "HTX_NEWS"]).contains("HTX_NEW"));
    assert!(refused(&["targets", "--unit", "P99-X"]).contains("P99-X"));
    assert!(refused(&["targets", "--as-of", "31/02/2026"]).contains("31/02/2026"));
}

#[test]
fn the_half_year_is_written_as_text_as_figures_and_as_a_document_that_is_frozen() {
    let desk = Desk::new();
    let coop = desk.cooperative("HTX An Khang");
    desk.ok(&[
        "add",
        "visit",
        &format!("cooperative={coop}"),
        "date=2026-03-10",
        "purposes=DANH_GIA",
        "--warnings",
        "accept",
    ]);
    let text = desk.ok(&["report", "half-year", "2026-H1"]);
    assert!(
        text.contains("6 tháng đầu năm 2026") && text.contains("Lượt thăm, rà soát tại cơ sở: 1"),
        "{text}"
    );
    let figures: Json =
        serde_json::from_str(&desk.ok(&["report", "half-year", "2026-H1", "--format", "json"])).unwrap();
    assert_eq!(
        (&figures["report"], &figures["period"]["name"]),
        (&json!("BC_6T"), &json!("2026-H1"))
    );
    let visits = figures["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["code"] == "VISITS")
        .unwrap();
    assert_eq!(visits["this"], 1);
    let file = desk.folder().join("h1.docx");
    desk.ok(&["report", "half-year", "2026-H1", "--out", file.to_str().unwrap()]);
    assert!(std::fs::read(&file).unwrap().starts_with(b"PK"));
    let closed = desk.list("closed_report");
    assert_eq!(
        (&closed[0]["report"], &closed[0]["period"]),
        (&json!("BC_6T"), &json!("2026-H1"))
    );
    for (kind, period) in [("month", "2026-03"), ("quarter", "2026-Q1"), ("year", "2026")] {
        assert!(desk.ok(&["report", kind, period]).contains("Lượt thăm"), "{kind}");
    }
    let range = desk.ok(&["report", "range", "--from", "2026-03-01", "--to", "2026-03-20"]);
    assert!(range.contains("từ 01/03/2026 đến 20/03/2026"), "{range}");
    desk.refused(&["report", "half-year", "2026-Q1"]);
    desk.refused(&["report", "range"]);
}

/// One row of a plan, of the whole plan.
fn row_of(desk: &Desk, plan: &str, code: &str, as_of: &str) -> Json {
    let rows = rows(desk, &["--plan", plan, "--as-of", as_of]);
    rows.into_iter().find(|row| row["code"] == code).unwrap()
}

fn add(desk: &Desk, kind: &str, json: Json) -> String {
    let done = desk.feed(&["add", kind, "--json", "-", "--warnings", "accept"], json.to_string());
    assert_eq!(done.code, 0, "{}", done.err);
    done.out.trim().to_string()
}

#[test]
fn a_built_in_plan_can_be_named_by_a_roll_out_and_a_refused_one_leaves_no_trace() {
    let desk = Desk::new();
    let plan = "DA01-THAIBINH-2024";
    let done = desk.feed(
        &["add", "rollout", "--json", "-"],
        json!({"plan": plan, "unit": "NO-SUCH"}).to_string(),
    );
    assert_eq!(done.code, 1);
    assert_eq!(desk.ok(&["list", "plan", "--format", "json"]).trim(), "[]");
    let before = row_of(&desk, plan, "PLAN_ROLLOUT_DISTRICTS", "2024-12-31");
    add(
        &desk,
        "rollout",
        json!({"plan": plan, "unit": "D336-A", "sent_on": "2024-03-01"}),
    );
    let after = row_of(&desk, plan, "PLAN_ROLLOUT_DISTRICTS", "2024-12-31");
    assert_eq!((&before["actual"], &after["actual"]), (&json!(0), &json!(1)));
    assert_eq!(after["low"], before["low"]);
    let listed: Json = serde_json::from_str(&desk.ok(&["list", "plan", "--format", "json"])).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

#[test]
fn a_plan_of_a_merged_province_still_looks_at_the_communes_that_its_own_went_to() {
    let desk = Desk::new();
    let plan = json!({"code": "KH", "title": "KH", "unit": "P51-A", "programme": "DA01", "from": "2024-01-01", "to": "2030-12-31"});
    add(&desk, "plan", plan);
    let target = json!({"plan": "KH", "indicator": "COVERAGE_COMMUNES", "period": "2030", "operator": "=", "low": 96,
        "cumulative_from": "2024-01-01", "due": "2030-12-31"});
    add(&desk, "target", target);
    add(
        &desk,
        "rollout",
        json!({"plan": "KH", "unit": "C21109-B", "sent_on": "2025-08-01"}),
    );
    let row = row_of(&desk, "KH", "COVERAGE_COMMUNES", "2025-12-31");
    assert_eq!(row["numerator"], 1, "{row}");
    assert_eq!(row["denominator"], 56, "{row}");
}

#[test]
fn inspections_are_those_of_the_year_asked_about_whatever_the_target_s_due() {
    let desk = Desk::new();
    let plan = json!({"code": "KH", "title": "KH", "unit": "P34-A", "programme": "DA01", "from": "2024-01-01", "to": "2024-12-31"});
    add(&desk, "plan", plan);
    let target = json!({"plan": "KH", "indicator": "INSPECTIONS_HELD", "period": "2024", "operator": ">=", "low": 1,
        "cumulative_from": "2024-01-01", "due": "2024-12-31"});
    add(&desk, "target", target);
    add(
        &desk,
        "inspection",
        json!([
            {"date": "2024-04-02", "unit": "D336-A"}, {"date": "2026-01-23", "unit": "C12472-B"},
        ]),
    );
    for (as_of, actual) in [("2024-12-31", 1), ("2025-06-30", 0), ("2026-05-22", 1)] {
        assert_eq!(
            row_of(&desk, "KH", "INSPECTIONS_HELD", as_of)["actual"],
            actual,
            "{as_of}"
        );
    }
}

#[test]
fn a_share_of_less_than_nothing_is_no_share() {
    let desk = Desk::new();
    let htx = json!({"kind": "HTX", "name": "HTX M", "registered_on": "2022-01-01", "unit": "P51-A"});
    let htx = add(&desk, "cooperative", htx);
    add(
        &desk,
        "measurement",
        json!([
            {"cooperative": htx, "date": "2023-06-01", "members_women": 20, "members_working_women": 18, "workers_women": 18},
            {"cooperative": htx, "date": "2024-06-01", "members_women": 5, "workers_women": 6},
        ]),
    );
    let row = row_of(&desk, "DA01-QUANGNGAI-126", "WORKERS_TRAINED_PCT", "2024-12-31");
    assert_eq!((&row["actual"], &row["denominator"]), (&Json::Null, &json!(0)), "{row}");
}
