//! How a built-in plan becomes a record of the office's own, to be edited, allotted and referred to.

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::value::Value;
use crate::indicator::plan::{Eligible, NewJobs, Plan, Reach, Target};
use crate::vietnamese::date::Partial;

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_string()))
}

fn codes(codes: &[String]) -> Option<Value> {
    let codes: Vec<Value> = codes.iter().map(|code| Value::Text(code.clone())).collect();
    (!codes.is_empty()).then_some(Value::List(codes))
}

/// The record of a plan, without its targets: a record that bears a built-in plan's code has that plan's targets.
pub fn plan_record(plan: &Plan) -> Entry {
    let mut entry = Entry::new("plan");
    let rule = match plan.eligible {
        Eligible::Either => "MOT_TRONG_HAI",
        Eligible::Both => "CA_HAI",
        Eligible::NotAsked => "KHONG",
    };
    let method = match plan.new_jobs {
        NewJobs::Founded => "MOI_THANH_LAP",
        NewJobs::Difference => "CHENH_LECH",
    };
    let issued = plan.date.as_deref().and_then(|date| date.parse::<Partial>().ok());
    for (key, value) in [
        ("code", text(&plan.code)),
        ("title", text(&plan.title)),
        ("unit", text(&plan.unit)),
        ("programme", text(&plan.programme)),
        ("from", Some(Value::Date(plan.from))),
        ("to", Some(Value::Date(plan.to))),
        ("number", plan.number.as_deref().and_then(text)),
        ("date", issued.map(Value::Partial)),
        ("issuer", text(&plan.issuer)),
        ("parents", codes(&plan.parents)),
        ("role_set", codes(&plan.role_set)),
        ("eligible_rule", text(rule)),
        ("manager_scope", codes(&plan.manager_scope)),
        ("founded_from", plan.founded_from.map(Value::Date)),
        ("founded_before", plan.founded_before.map(Value::Date)),
        (
            "maintained_needs_consolidated",
            plan.needs_consolidated.then_some(Value::Bool(true)),
        ),
        ("jobs_new_method", text(method)),
    ] {
        entry.set(key, value);
    }
    entry
}

/// The record of a target, of the plan of an id.
pub fn target_record(target: &Target, plan: Id) -> Entry {
    let mut entry = Entry::new("target");
    let scope = match target.reach {
        Reach::Whole => "WHOLE",
        Reach::EachUnit => "EACH_UNIT",
    };
    let (baseline, baseline_on) = target.baseline.map_or((None, None), |(figure, on)| (Some(figure), on));
    for (key, value) in [
        ("plan", Some(Value::Id(plan))),
        ("indicator", text(&target.indicator)),
        ("period", text(&target.period)),
        ("operator", text(target.operator.code())),
        ("low", Some(Value::Decimal(target.low))),
        ("high", target.high.map(Value::Decimal)),
        ("scope", text(scope)),
        ("cumulative_from", target.cumulative_from.map(Value::Date)),
        ("due", target.due.map(Value::Date)),
        ("topics", codes(&target.topics)),
        ("baseline", baseline.map(Value::Decimal)),
        ("baseline_on", baseline_on.map(Value::Date)),
        ("literal", target.literal.as_deref().and_then(text)),
        ("clause", target.clause.as_deref().and_then(text)),
        ("note", target.note.as_deref().and_then(text)),
    ] {
        entry.set(key, value);
    }
    entry
}
