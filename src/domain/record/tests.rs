//! What scripts and forms rely on in the registry of kinds.

use super::*;
use crate::domain::catalog;

/// The kinds and their field keys, which scripts rely on; `*` after a field that must be filled.
const PROMISED: &str = "
    unit: uid* code name* level* parent valid_from valid_to successors
    unit_year: unit* year* members chapters officers_full_time officers_committee officers_chapter officers_economic
    unit_figures: unit* period* code* value* women received_on
    person: code name* gender birth phone email address network_since priority_groups consent_on consent_form \
        consent_purposes consent_withdrawn_on
    post: person* unit* officer_kind* title economic from to
    cooperative: code kind* name* area address phone tax_code registration_no registered_on origin origin_unit sectors \
        features size predecessor
    cooperative_mark: cooperative* feature* from* to score
    role: person* cooperative* role* from to
    measurement: cooperative* date* status status_since members members_women workers workers_women \
        workers_women_stable members_working_women finance_year capital revenue profit income rating rating_year source
    visit: date* cooperative* officers purposes* mode area status status_since members members_women workers \
        workers_women workers_women_stable members_working_women finance_year capital revenue profit income rating \
        rating_year difficulties difficulty_text advice supports next_visit met findings proposal needs partners \
        programmes
    issue: cooperative* opened_on* difficulty* text state* escalated_to escalated_on reply due closed_on visit programmes
    training: code title* topics* mode from* to days venue area organiser union_part audience partners funding cost \
        planned_count state count_total count_women priority_counts programmes
    attendance: training* person name gender kind cooperative state* days certificate certificate_no
    fair: title* kind* from* to venue area organiser union_part partners planned_booths state programmes
    booth: fair* number* exhibitor person exhibitor_name categories products ocop_star revenue contracts \
        contract_value visitors state* registered_on confirmed_on
    product: cooperative* name* ocop_group ocop_star decided_on expires_on trademark_no trademark_on trace_on \
        planting_code standard channels
    support: date* cooperative person kind* partner asked granted granted_on in_kind_value contracts contract_value \
        funding state outcome priority_counts programmes
    funds: unit* year* plan side* source* amount* in_kind partner date
    outreach: date* form* title* area sessions items channel link cooperative audience reach reach_women \
        reach_members_new partners priority_counts programmes
    formation: name* kind* step* step_on* founders from_group cooperative reason programmes
    contest_entry: contest year* title* person cooperative field stage* registered_on sent_on region_final_on result \
        award_level award programmes
    inspection: date* level subjects findings proposals programmes
    commendation: date* round* title* subjects collective programmes
    partner: name* kind* area phone
    plan: code* number date issuer unit* title* programme* from* to* parents role_set eligible_rule manager_scope \
        founded_from founded_before maintained_needs_consolidated jobs_new_method cutoff_half cutoff_year
    target: plan* indicator* period* operator* low* high scope cumulative_from due topics baseline baseline_on literal \
        clause
    allocation: target* unit* year* low*
    plan_task: plan* task* lead partners due state
    emulation_score: unit* year* criterion* max self score
    report_text: report* period* unit* part* text
    closed_report: report* period* unit* closed_on* lines
    filing: plan unit* report* period* due* received_on number
    rollout: plan* unit* sent_on acknowledged_on own_plan_no own_plan_on steering_on";

#[test]
fn every_kind_has_the_fields_that_scripts_rely_on_and_no_others() {
    let mut kinds = 0;
    for line in PROMISED.trim().lines() {
        let (key, fields) = line.trim().split_once(": ").unwrap();
        let kind = kind(key).unwrap_or_else(|| panic!("no kind {key}"));
        let mut promised: Vec<String> = fields.split_whitespace().map(str::to_string).collect();
        promised.push("note".to_string());
        if !promised.contains(&"unit*".to_string()) {
            promised.push("unit*".to_string());
        }
        let starred = |field: &Field| format!("{}{}", field.key, if field.is_required() { "*" } else { "" });
        let mut present: Vec<String> = kind.fields().iter().map(starred).collect();
        promised.sort();
        present.sort();
        assert_eq!(present, promised, "{key}");
        kinds += 1;
    }
    assert_eq!(kinds, KINDS.len());
}

#[test]
fn every_field_names_things_that_exist() {
    for kind in KINDS {
        for field in kind.fields() {
            let at = format!("{}.{}", kind.key(), field.key);
            if let Some(list) = field.kind.list() {
                assert!(catalog::list(list).is_some(), "{at}: no list {list}");
            }
            if let Some(target) = field.kind.target() {
                assert!(super::kind(target).is_some(), "{at}: no kind {target}");
            }
            for other in field.part_of.iter().chain(&field.not_before) {
                assert!(kind.field(other).is_some(), "{at}: no field {other}");
            }
            assert!(!field.label.vi.is_empty() && !field.label.en.is_empty(), "{at}");
        }
        for key in kind.cover().iter().chain(&kind.when()).chain(&kind.name_field()) {
            assert!(kind.field(key).is_some(), "{}: no field {key}", kind.key());
        }
    }
}

#[test]
fn a_date_that_orders_a_kind_of_activity_can_be_searched_by_period() {
    for kind in KINDS.iter().filter(|kind| kind.is_activity()) {
        let when = kind.when().and_then(|key| kind.field(key)).unwrap();
        assert!(when.indexed, "{}.{}", kind.key(), when.key);
    }
}

#[test]
fn a_field_whose_name_rust_keeps_for_itself_has_its_own_key() {
    let mut entry = Entry::new("emulation_score");
    entry.set("self", Some(crate::domain::value::Value::Decimal(9.5)));
    let score = crate::domain::emulation::EmulationScore::read(&entry);
    assert_eq!(score.own, Some(9.5));
    let mut written = Entry::new("emulation_score");
    score.write(&mut written);
    assert_eq!(written.get("self"), entry.get("self"));
}
