//! The plans for cooperatives: of Thái Bình, Quảng Ngãi, Chợ Mới and Tràng Định.

use super::*;

#[test]
fn every_target_of_thai_binh_2024_for_cooperatives() {
    let plan = "DA01-THAIBINH-2024";
    let world = World::new("P34-A");
    own_plan(&world, plan, "P34-A", "DA01");
    let fair = |kind: &str, more| {
        let fair = json!({"title": "Ngày hội", "kind": kind, "from": "2024-10-12", "programmes": ["DA01", "DA939"]});
        world.add("fair", with(fair, more))
    };
    let day = fair("NGAY_PN_KN", json!({}));
    let others = [
        fair("HOI_CHO", json!({})),
        fair("NGAY_PN_KN", json!({"union_part": "THAM_GIA"})),
    ];
    let booth = |fair: Id, number: usize, state: &str| {
        world.add(
            "booth",
            json!({"fair": fair.to_string(), "number": number.to_string(), "exhibitor_name": "HTX", "state": state}),
        )
    };
    for number in 1..=13 {
        booth(day, number, "DA_TRUNG_BAY");
    }
    booth(day, 14, "HUY");
    for fair in others {
        booth(fair, 1, "DA_TRUNG_BAY");
    }
    for unit in &DISTRICTS[..7] {
        world.add("rollout", json!({"plan": plan, "unit": unit, "sent_on": "2024-01-20"}));
    }
    world.add("rollout", json!({"plan": plan, "unit": "D344-A"}));
    let filing = |unit: &str, report: &str, due: &str, received: &str| {
        let period = if report == "BC_6T" { "2024-H1" } else { "2024" };
        world.add(
            "filing",
            json!({"unit": unit, "report": report, "period": period, "due": due, "received_on": received}),
        )
    };
    for (unit, received) in [
        ("D336-A", "2024-06-14"),
        ("D338-A", "2024-06-15"),
        ("D339-A", "2024-06-01"),
    ] {
        filing(unit, "BC_6T", "2024-06-14", received);
    }
    for unit in DISTRICTS {
        filing(unit, "BC_NAM", "2024-11-29", "2024-11-29");
    }

    // 13 booths shown on the start-up day held (the 14th called off; neither the other fair's nor that of the day in
    // which the Union only took part): between 12 and 15. One such day. Sent to 7 of 8 districts, the eighth without a
    // day. Before 15/6 is by 14/6: D336 and D339 in time, D338 a day late, five not sent: 2 of 8. All 8 by 29/11.
    let expected = [
        "P34-A FAIR_BOOTHS 2024: 13 met",
        "P34-A FAIRS_HELD 2024: 1 met",
        "P34-A PLAN_ROLLOUT_DISTRICTS 2024: 7 of 8 not_met",
        "P34-A REPORT_6M_ON_TIME 2024: 2/8 not_met",
        "D336-A REPORT_6M_ON_TIME 2024: 1/1 met",
        "D338-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "D339-A REPORT_6M_ON_TIME 2024: 1/1 met",
        "D340-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "D341-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "D342-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "D343-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "D344-A REPORT_6M_ON_TIME 2024: 0/1 not_met",
        "P34-A REPORT_12M_ON_TIME 2024: 8/8 met",
    ];
    let rows = world.said(plan, "2024-12-31");
    assert_eq!(rows[..13], expected);
    let each = DISTRICTS.map(|unit| format!("{unit} REPORT_12M_ON_TIME 2024: 1/1 met"));
    assert_eq!(rows[13..], each);
    // In May the half-year's deadline lies ahead: what is not in yet is not late.
    let may = world.said(plan, "2024-05-31");
    assert_eq!(may[3], "P34-A REPORT_6M_ON_TIME 2024: 0/8 in_progress");
}

#[test]
fn every_target_of_quang_ngai_126() {
    let world = World::new("P51-A");
    let operating = |coop, figures| {
        world.measured(coop, "2025-06-01", with(json!({"status": "DANG_HOAT_DONG"}), figures));
    };
    let a = world.founded("HTX", "HTX A", "2020-01-01");
    operating(
        a,
        json!({"workers": 70, "workers_women": 62, "workers_women_stable": 60, "members_women": 20, "members_working_women": 10}),
    );
    let b = world.founded("HTX", "HTX B", "2024-03-01");
    operating(
        b,
        json!({"workers": 90, "workers_women": 52, "workers_women_stable": 50, "members_women": 15, "members_working_women": 7}),
    );
    let c = world.add(
        "cooperative",
        json!({"kind": "HTX", "name": "HTX C", "registered_on": "2019-01-01", "origin": "TU_THANH_LAP"}),
    );
    operating(
        c,
        json!({"workers": 30, "workers_women": 5, "workers_women_stable": 5, "members_women": 4, "members_working_women": 2}),
    );
    let d = world.founded("HTX", "HTX D", "2024-06-01");
    world.measured(
        d,
        "2025-06-01",
        json!({"status": "TAM_NGUNG", "workers_women_stable": 9}),
    );
    let e = world.founded("THT", "THT E", "2021-01-01");
    operating(e, json!({"workers_women_stable": 30}));
    let f = world.founded("THT", "THT F", "2022-01-01");
    operating(f, json!({"workers_women_stable": 25}));
    let hanh = world.woman_at("Hạnh", a, "GD", json!({"from": "2020"}));
    let ha = world.woman_at("Hà", b, "CT_HDQT", json!({"from": "2024-03"}));
    let man = world.add("person", json!({"name": "Nam", "gender": "NAM"}));
    world.role(man, c, "GD", json!({"from": "2019"}));
    let lan = world.woman_at("Lan", d, "GD", json!({"from": "2024-06"}));
    world.woman_at("Mai", e, "TV_HDQT", json!({"from": "2021"}));
    world.woman_at("Nga", f, "TO_TRUONG", json!({"from": "2022"}));
    world.add("visit", visit(a, "2024-05-05", json!({})));
    world.add("visit", visit(b, "2024-05-05", json!({"mode": "DIEN_THOAI"})));
    world.add(
        "visit",
        visit(e, "2025-02-02", json!({"mode": "DIEN_THOAI", "supports": ["TMDT"]})),
    );
    world.add("support", support(a, "2024-08-01", "DIEU_LE"));
    world.add(
        "support",
        with(support(b, "2024-08-01", "DIEU_LE"), json!({"state": "DE_NGHI"})),
    );
    let course = |from: &str, topic: &str| world.add("training", session(from, &[topic]));
    let lead = world.add(
        "training",
        with(session("2024-04-01", &["QUAN_TRI"]), json!({"union_part": "PHOI_HOP"})),
    );
    world.attends(lead, hanh);
    world.row(lead, json!({"person": lan.to_string(), "state": "DANG_KY"}));
    world.attends(course("2024-09-01", "CNTT_QUAN_TRI"), ha);
    let oanh = officer(&world, "Oanh", "P51-A", "CB_CHUYEN_TRACH", true);
    officer(&world, "Yến", "P51-A", "CB_CHUYEN_TRACH", true);
    world.attends(course("2023-04-01", "KTTT_CAN_BO"), oanh);
    world.attends(course("2023-05-01", "KY_NANG_TUYEN_TRUYEN_VAN_DONG"), oanh);
    world.add(
        "unit_year",
        json!({"unit": "P51-A", "year": 2025, "officers_full_time": 2, "officers_committee": 5, "officers_chapter": 3, "officers_economic": 4}),
    );
    let worker = world.woman_at("Sen", a, "LAO_DONG", json!({"from": "2022"}));
    world.attends(course("2024-02-01", "NGHE"), worker);
    world.row(
        course("2024-03-01", "TMDT"),
        json!({"name": "Lụa", "gender": "NU", "kind": "TV_HTX", "state": "HOAN_THANH"}),
    );

    // Maintained: founded with the Union, operating, woman-managed, consolidated since 2023: A (visited on site); B was
    // only telephoned, D is suspended, C founded itself: 1. Groups: E (a call that named a support); F's leader holds no
    // role of the plan's set: 1. Stable jobs: 60 + 50 + 5 = 115 in cooperatives operating; 30 + 25 = 55 in groups.
    // New since 2023: B and D, both managed by women: 2 of 3. Women managing cooperatives: Hạnh, Hà, Lan; Hạnh and Hà
    // trained, Lan only registered: 2/3. Officers for cooperatives: Oanh and Yến listed, 4 declared; Oanh trained: 1/4.
    // All officers: 2 listed, 2 + 5 + 3 = 10 declared; Oanh: 1/10. Guided in reorganising: of A and B (woman-managed,
    // operating) A had its charter done, B's is only asked for: 1/2. Workers: A 20 + 62 - 10 = 72, B 15 + 52 - 7 = 60,
    // C 4 + 5 - 2 = 7, D unknown: 139; Sen and Lụa trained: 2/139. IT: of the same three women Hà: 1/3 = 33,3 % of 30 %.
    let expected = [
        "P51-A HTX_MAINTAINED to-2025: 1 not_met",
        "P51-A THT_MAINTAINED to-2025: 1 not_met",
        "P51-A JOBS_HTX_WOMEN to-2025: 115 exceeded",
        "P51-A JOBS_THT_WOMEN to-2025: 55 not_met",
        "P51-A HTX_NEW to-2025: 2 not_met",
        "P51-A MANAGERS_TRAINED_PCT to-2025: 2/3 not_met",
        "P51-A OFFICERS_KTTT_TRAINED_PCT to-2025: 1/4 not_met",
        "P51-A OFFICERS_SKILL_PCT to-2025: 1/10 not_met",
        "P51-A HTX_MAINTAINED to-2030: 1 in_progress",
        "P51-A THT_MAINTAINED to-2030: 1 in_progress",
        "P51-A JOBS_HTX_WOMEN to-2030: 115 in_progress",
        "P51-A JOBS_THT_WOMEN to-2030: 55 in_progress",
        "P51-A HTX_NEW to-2030: — unknown",
        "P51-A MANAGERS_TRAINED_PCT to-2030: 2/3 in_progress",
        "P51-A OFFICERS_KTTT_TRAINED_PCT to-2030: 1/4 in_progress",
        "P51-A OFFICERS_SKILL_PCT to-2030: 1/10 in_progress",
        "P51-A HTX_REORG_GUIDED_PCT to-2030: 1/2 in_progress",
        "P51-A WORKERS_TRAINED_PCT to-2030: 2/139 in_progress",
        "P51-A MANAGERS_IT_PCT to-2030: 1/3 exceeded",
        "P51-A HTX_BASELINE baseline-2022: 12 unknown",
        "P51-A THT_BASELINE baseline-2022: 18 unknown",
    ];
    assert_eq!(world.said("DA01-QUANGNGAI-126", "2025-12-31"), expected);
}

#[test]
fn every_target_of_cho_moi_1369() {
    let world = World::new("D893-A");
    let coop = |kind: &str, name: &str, figures| {
        let coop = world.add(
            "cooperative",
            json!({"kind": kind, "name": name, "registered_on": "2019-01-01", "origin": "TU_THANH_LAP"}),
        );
        world.measured(coop, "2024-06-01", with(json!({"status": "DANG_HOAT_DONG"}), figures));
        coop
    };
    let a = coop(
        "HTX",
        "HTX A",
        json!({"workers_women_stable": 200, "workers_women": 210, "workers": 300, "members_women": 30, "members_working_women": 0}),
    );
    let b = coop("THT", "THT B", json!({"workers_women_stable": 67}));
    let c = coop("HTX", "HTX C", json!({"members": 10}));
    let gam = world.woman_at("Gấm", a, "GD", json!({"from": "2019"}));
    let kim = world.woman_at("Kim", a, "KE_TOAN", json!({"from": "2019"}));
    let tam = world.woman_at("Tâm", b, "TO_TRUONG", json!({"from": "2019"}));
    let man = world.add("person", json!({"name": "Nam", "gender": "NAM"}));
    world.role(man, c, "GD", json!({"from": "2019"}));
    let course = world.add("training", session("2024-05-10", &["QUAN_TRI"]));
    world.row(
        course,
        json!({"person": gam.to_string(), "state": "HOAN_THANH", "certificate": "CHUNG_CHI"}),
    );
    world.row(
        course,
        json!({"person": kim.to_string(), "state": "CO_MAT", "certificate": "GIAY_CHUNG_NHAN"}),
    );
    world.attends(course, tam);
    let one = officer(&world, "Oanh", "D893-A", "CB_CHUYEN_TRACH", true);
    let two = officer(&world, "Yến", "D893-A", "CB_BCH_CO_SO", false);
    world.attends(world.add("training", session("2024-05-20", &["LUAT_HTX"])), one);
    let skill = world.add("training", session("2024-05-21", &["KY_NANG_TUYEN_TRUYEN_VAN_DONG"]));
    world.attends(skill, one);
    world.attends(skill, two);
    world.add(
        "training",
        with(
            session("2024-07-01", &["KHKT"]),
            json!({"audience": ["LD_HTX"], "count_total": 130, "count_women": 115}),
        ),
    );
    let list = world.add("training", session("2024-08-01", &["TMDT"]));
    for name in ["Sen", "Cúc", "Mai", "Đào", "Huệ"] {
        world.row(
            list,
            json!({"name": name, "gender": "NU", "kind": "TV_HTX", "state": "CO_MAT"}),
        );
    }
    world.row(
        list,
        json!({"name": "Nam", "gender": "NAM", "kind": "TV_HTX", "state": "CO_MAT"}),
    );

    // Stable jobs: 200 + 67 = 267, C's figure blank and so undecided. Women managing, with accountants and group leaders:
    // Gấm, Kim, Tâm, all trained: 3/3; one qualification among three: 33,3 % of 30 %. One officer for cooperatives,
    // trained; two officers, both trained in outreach: 100 % of at least 80 %. Members and workers: A 30 + 210 - 0 = 240
    // (C undecided); 115 by the class's own count and five by name: 120/240, just the half asked for.
    let expected = [
        "D893-A JOBS_HTX_THT_WOMEN 2024: 267 met",
        "D893-A MANAGERS_TRAINED_PCT 2024: 3/3 met",
        "D893-A OFFICERS_KTTT_TRAINED_PCT 2024: 1/1 met",
        "D893-A OFFICERS_SKILL_PCT 2024: 2/2 exceeded",
        "D893-A MANAGERS_CERT_PCT 2024: 1/3 exceeded",
        "D893-A WORKERS_TRAINED_PCT 2024: 120/240 met",
    ];
    assert_eq!(world.said("DA01-CHOMOI-1369", "2024-12-31"), expected);
}

#[test]
fn every_target_of_trang_dinh_2023() {
    let world = World::new("D180-A");
    let htx = |name: &str, day: &str, women: i64| {
        let coop = world.founded("HTX", name, day);
        world.measured(
            coop,
            "2025-06-01",
            json!({"status": "DANG_HOAT_DONG", "workers": 20, "workers_women": women}),
        );
        let woman = world.woman_at(&format!("Giám đốc {name}"), coop, "GD", json!({"from": "2023"}));
        (coop, woman)
    };
    let (first, trained) = htx("Một", "2023-05-01", 11);
    htx("Hai", "2024-05-01", 10);
    let (third, _) = htx("Ba", "2025-05-01", 20);
    for name in ["a", "b", "c", "d"] {
        let tht = world.founded("THT", &format!("THT {name}"), "2024-02-01");
        if name == "a" {
            world.measured(tht, "2025-06-01", json!({"workers_women": 5}));
        }
    }
    world.add("visit", visit(first, "2024-01-15", json!({})));
    world.add("support", support(third, "2025-07-01", "KHCN"));
    world.attends(world.add("training", session("2024-03-01", &["QUAN_TRI"])), trained);
    let officer = officer(&world, "Oanh", "D180-A", "CB_BCH_CO_SO", false);
    world.attends(
        world.add("training", session("2024-03-02", &["KY_NANG_TUYEN_TRUYEN_VAN_DONG"])),
        officer,
    );
    for (day, round) in [
        ("2024-10-20", "2024"),
        ("2025-03-08", "8/3/2025"),
        ("2025-03-09", "8/3/2025"),
    ] {
        world.add(
            "commendation",
            json!({"date": day, "round": round, "title": "Giấy khen"}),
        );
    }
    for day in ["2024-06-01", "2025-06-01", "2025-09-01"] {
        world.add("inspection", json!({"date": day, "subjects": "HTX Một"}));
    }

    // New by the end of 2025, woman-managed and more than half women: Một (11 of 20) and Ba; Hai has just half: 2, within
    // 2–3. Four groups are more than three. New jobs: 11 + 10 + 20 + 5 = 46, three groups without a figure: within 35–50.
    // The plan does not say from when 2030 counts. Consolidated: of three operating Một (visit) and Ba (support): 2/3.
    // Women managing: three, one trained. No officer for cooperatives, listed or declared: no share. One officer in post,
    // trained. Two years from 2025: one round, twice noted. Inspections of 2025: two.
    let expected = [
        "D180-A HTX_NEW to-2025: 2 met",
        "D180-A THT_NEW to-2025: 4 met",
        "D180-A JOBS_NEW_WOMEN to-2025: 46 met",
        "D180-A HTX_NEW to-2030: — unknown",
        "D180-A THT_NEW to-2030: — unknown",
        "D180-A JOBS_NEW_WOMEN to-2030: — unknown",
        "D180-A HTX_THT_CONSOLIDATED_PCT to-2025: 2/3 not_met",
        "D180-A MANAGERS_TRAINED_PCT to-2025: 1/3 not_met",
        "D180-A OFFICERS_KTTT_TRAINED_PCT to-2025: — unknown",
        "D180-A OFFICERS_SKILL_PCT to-2025: 1/1 exceeded",
        "D180-A HTX_THT_CONSOLIDATED_PCT to-2030: 2/3 in_progress",
        "D180-A MANAGERS_TRAINED_PCT to-2030: 1/3 in_progress",
        "D180-A OFFICERS_KTTT_TRAINED_PCT to-2030: — unknown",
        "D180-A OFFICERS_SKILL_PCT to-2030: 1/1 exceeded",
        "D180-A COMMENDATION_ROUNDS every-2-years: 1 met",
        "D180-A INSPECTIONS_HELD yearly: 2 exceeded",
    ];
    assert_eq!(world.said("DA01-TRANGDINH-2023", "2025-12-31"), expected);
}
