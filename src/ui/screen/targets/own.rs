//! Plans and targets of the office's own: what a form begins with, and how a built-in plan becomes the office's.

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::indicator::plan::{Eligible, NewJobs, Plan, Reach, Target};
use crate::ui::data::{Warnings, Work};
use crate::vietnamese::date::Partial;
use chrono::{Datelike, NaiveDate};

/// What the form of a new plan begins with: the year's own plan of the office.
pub fn new_plan(office: Option<String>, today: NaiveDate) -> Vec<(&'static str, Value)> {
    let year = today.year();
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(Value::Date);
    let mut given = vec![
        ("code", Value::Text(format!("KH-{year}"))),
        ("title", Value::Text(format!("Kế hoạch công tác năm {year}"))),
        ("programme", Value::Text("DA01".into())),
    ];
    given.extend(office.map(|unit| ("unit", Value::Text(unit))));
    given.extend(day(1, 1).map(|day| ("from", day)));
    given.extend(day(12, 31).map(|day| ("to", day)));
    given
}

/// What the form of a new target of a plan begins with.
pub fn new_target(plan: &Plan, id: Id) -> Vec<(&'static str, Value)> {
    let one_year = plan.from.year() == plan.to.year();
    let period = if one_year {
        plan.to.year().to_string()
    } else {
        format!("to-{}", plan.to.year())
    };
    vec![
        ("plan", Value::Id(id)),
        ("period", Value::Text(period)),
        ("operator", Value::Text(">=".into())),
        ("scope", Value::Text("WHOLE".into())),
        ("cumulative_from", Value::Date(plan.from)),
        ("due", Value::Date(plan.to)),
    ]
}

/// Makes a built-in plan the office's own, with all its targets, so that they can be edited and allotted.
pub fn adopt(plan: &Plan) -> Work {
    let (record, targets) = (plan_entry(plan), plan.targets.clone());
    Work::transaction(move |txn| {
        let id = txn.save(record, Warnings::Accept)?;
        for target in &targets {
            txn.save(target_entry(target, id), Warnings::Accept)?;
        }
        let count = targets.len();
        Ok(Message::new(
            format!("Đã chép kế hoạch và {count} chỉ tiêu vào sổ; từ nay sửa và phân bổ được."),
            format!("The plan and its {count} targets are in the logbook; they can be edited and allotted now."),
        ))
    })
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_string()))
}

fn codes(codes: &[String]) -> Option<Value> {
    let codes: Vec<Value> = codes.iter().map(|code| Value::Text(code.clone())).collect();
    (!codes.is_empty()).then_some(Value::List(codes))
}

fn plan_entry(plan: &Plan) -> Entry {
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

fn target_entry(target: &Target, plan: Id) -> Entry {
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
