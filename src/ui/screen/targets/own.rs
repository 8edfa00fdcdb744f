//! Plans and targets of the office's own: what a form begins with, and how a built-in plan becomes the office's.

use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::indicator::adopt::{plan_record, target_record};
use crate::indicator::plan::Plan;
use crate::ui::data::{Warnings, Work};
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
    let (record, targets) = (plan_record(plan), plan.targets.clone());
    Work::transaction(move |txn| {
        let id = txn.save(record, Warnings::Accept)?;
        for target in &targets {
            txn.save(target_record(target, id), Warnings::Accept)?;
        }
        let count = targets.len();
        Ok(Message::new(
            format!("Đã chép kế hoạch và {count} chỉ tiêu vào sổ; từ nay sửa và phân bổ được."),
            format!("The plan and its {count} targets are in the logbook; they can be edited and allotted now."),
        ))
    })
}
