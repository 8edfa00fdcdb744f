//! `sohoi targets`: how the plans stand, target by target; for one indicator, the records behind it.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::near::near;
use super::table::{Side, Table};
use super::{Answer, Desk};
use crate::arrange::Arrange;
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Message};
use crate::indicator::books::Books;
use crate::indicator::evaluate::ended;
use crate::indicator::plan::{self, Plan};
use crate::indicator::shown;
use crate::indicator::tally::{About, Remark, Value};
use crate::indicator::{Question, Row, evaluate};
use crate::report::periodic::lines::WeeklyLines;
use crate::store::{Read, StoreError};
use crate::vietnamese::date::{Near, format_date, read_date};

/// The words after `sohoi targets`.
#[derive(Args, Clone, Debug)]
pub struct TargetsArgs {
    /// Mã chỉ tiêu (HTX_NEW): chỉ các dòng của chỉ tiêu ấy ¦ an indicator's code (HTX_NEW): its rows only
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// Liệt kê các bản ghi được tính và chưa đủ dữ liệu ¦ list the records counted, and those that lack data
    #[arg(long, requires = "code")]
    pub records: bool,
    /// Mã hoặc id kế hoạch; nếu không thì mọi kế hoạch của đơn vị và cấp trên
    /// ¦ the plan's code or id; else all plans of the office and the units above it
    #[arg(long, value_name = "ID")]
    pub plan: Option<String>,
    /// Tính đến ngày; nếu không thì hôm nay ¦ as of this day; else today
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Chỉ tính cho đơn vị này ¦ for this unit alone
    #[arg(long, value_name = "UID")]
    pub unit: Option<String>,
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Prints the rows.
///
/// # Errors
/// An unknown plan, indicator or unit, an impossible date.
pub fn run(args: &TargetsArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let read: &dyn Read = &reader;
    let question = Question {
        as_of: day(args.as_of.as_deref(), read.known().today())?,
        unit: unit(args.unit.as_deref(), read)?,
    };
    let plans = chosen(args, read, question.as_of)?;
    let lines = WeeklyLines::default();
    let books = Books::open(read)?.with_lines(&lines);
    let mut found: Vec<(&Plan, Vec<Row>)> = Vec::new();
    for plan in &plans {
        let rows = match &args.code {
            // All targets of an indicator stay together, for a phase begins where the one before it ends.
            Some(code) => {
                let mut only = plan.clone();
                only.targets
                    .retain(|target| target.indicator.eq_ignore_ascii_case(code));
                evaluate(&books, &only, &question)?
            }
            None => evaluate(&books, plan, &question)?,
        };
        found.push((plan, rows));
    }
    if let Some(code) = args
        .code
        .as_deref()
        .filter(|_| found.iter().all(|(_, rows)| rows.is_empty()))
    {
        return Err(no_such_indicator(code, &plans));
    }
    if args.json {
        let rows: Vec<Json> = found
            .iter()
            .flat_map(|(_, rows)| rows)
            .map(|row| to_json(row, desk.lang))
            .collect();
        return Ok(writeln!(out, "{}", Json::Array(rows))?);
    }
    for (plan, rows) in found.iter().filter(|(_, rows)| !rows.is_empty()) {
        if args.records {
            write_records(plan, rows, &books, desk.lang, out)?;
        } else {
            write_table(plan, rows, &question, &books, desk.lang, out)?;
        }
    }
    Ok(())
}

fn day(text: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let Some(text) = text else { return Ok(today) };
    read_date(text, today, Near::Past).map_err(|wrong| {
        Failure::refused(
            format!(
                "--as-of {text}: {}. Viết ngày như 2026-05-22 hoặc 22/5/2026.",
                wrong.vi()
            ),
            format!(
                "--as-of {text}: {}. Write the day as 2026-05-22 or 22/5/2026.",
                wrong.en()
            ),
        )
    })
}

fn unit(uid: Option<&str>, read: &dyn Read) -> Result<Option<String>, Failure> {
    let Some(uid) = uid.map(str::trim) else { return Ok(None) };
    match read.known().unit(uid) {
        Some(unit) => Ok(Some(unit.uid)),
        None => Err(Failure::refused(
            format!("Không có đơn vị mang mã định danh (uid) \"{uid}\". Chưa làm gì."),
            format!("No unit has the uid \"{uid}\". Nothing was done."),
        )),
    }
}

fn chosen(args: &TargetsArgs, read: &dyn Read, as_of: NaiveDate) -> Result<Vec<Plan>, Failure> {
    let Some(name) = &args.plan else {
        return Ok(plan::of_office(read, read.known().office().as_deref(), as_of)?);
    };
    if let Some(plan) = plan::find(read, name)? {
        return Ok(vec![plan]);
    }
    let all = plan::all(read)?;
    let codes: Vec<&str> = all.iter().map(|plan| plan.code.as_str()).collect();
    let (vi, en) = offer(name, &codes);
    Err(Failure::refused(
        format!("Không có kế hoạch \"{name}\". Chưa làm gì. {vi}"),
        format!("There is no plan \"{name}\". Nothing was done. {en}"),
    ))
}

fn no_such_indicator(code: &str, plans: &[Plan]) -> Failure {
    let mut codes: Vec<&str> = plans
        .iter()
        .flat_map(|plan| plan.targets.iter().map(|target| target.indicator.as_str()))
        .collect();
    codes.arrange();
    codes.dedup();
    let (vi, en) = offer(code, &codes);
    Failure::refused(
        format!("Các kế hoạch này không có chỉ tiêu \"{code}\". Chưa làm gì. {vi}"),
        format!("These plans have no target \"{code}\". Nothing was done. {en}"),
    )
}

fn offer(name: &str, all: &[&str]) -> (String, String) {
    let folded: Vec<String> = all.iter().map(|code| code.to_lowercase()).collect();
    let found = near(name, folded.iter().map(String::as_str));
    let close: Vec<&str> = all
        .iter()
        .copied()
        .filter(|code| found.contains(&code.to_lowercase().as_str()))
        .collect();
    match close.is_empty() {
        false => (
            format!("Có phải là: {}?", close.join(", ")),
            format!("Did you mean: {}?", close.join(", ")),
        ),
        true => (
            format!("Có: {}.", all.join(", ")),
            format!("There are: {}.", all.join(", ")),
        ),
    }
}

/// A row as scripts read it. Whole figures have no point; of a share, `actual` has one decimal.
pub(super) fn to_json(row: &Row, lang: Lang) -> Json {
    let (numerator, denominator) = match row.value {
        Some(Value::Share { part, whole }) => (json!(part), json!(whole)),
        Some(Value::Units { counted, of }) => (json!(counted), json!(of)),
        None => match row.tally.value {
            Value::Share { part, whole } => (json!(part), json!(whole)),
            _ => (Json::Null, Json::Null),
        },
        _ => (Json::Null, Json::Null),
    };
    let undecided = row.tally.undecided.iter();
    json!({
        "plan": row.plan,
        "code": row.target.indicator,
        "period": row.target.period,
        "scope_unit": row.unit,
        "operator": row.target.operator.code(),
        "low": number(row.target.low),
        "high": row.target.high.map(number),
        "unit": row.target.measure,
        "actual": actual(row),
        "numerator": numerator,
        "denominator": denominator,
        "percent_of_target": row.tenths_of_target().map(decimal),
        "state": row.state.name(),
        "due_passed": row.due_passed,
        "counted": row.tally.counted.iter().map(|id| id.to_string()).collect::<Vec<_>>(),
        "undecided": undecided
            .map(|remark| json!({"id": remark.about.text(), "reason": remark.reason.get(lang)}))
            .collect::<Vec<_>>(),
    })
}

fn number(number: f64) -> Json {
    match number.fract() == 0.0 && number.abs() < 9e15 {
        true => json!(number as i64),
        false => json!(number),
    }
}

fn decimal(tenths: i128) -> Json {
    json!(tenths as f64 / 10.0)
}

fn actual(row: &Row) -> Json {
    match row.value {
        None => Json::Null,
        Some(Value::Count(count)) => json!(count),
        Some(Value::Units { counted, .. }) => json!(counted),
        Some(Value::Entered(figure)) => number(figure),
        Some(Value::Share { .. }) => row.actual_tenths().map_or(Json::Null, decimal),
    }
}

fn write_table(
    plan: &Plan,
    rows: &[Row],
    question: &Question,
    books: &Books,
    lang: Lang,
    out: &mut Answer,
) -> Result<(), Failure> {
    let (as_of, title) = (format_date(question.as_of), &plan.title);
    let heading = Message::new(
        format!("{} — {title} (tính đến {as_of})", plan.code),
        format!("{} — {title} (as of {as_of})", plan.code),
    );
    writeln!(out, "{}", heading.get(lang))?;
    if let Some(last) = ended(&plan.unit, question.as_of) {
        let (unit, day) = (books.tree.name(&plan.unit), format_date(last));
        let closed = Message::new(
            format!("{unit} kết thúc ngày {day}: các chỉ tiêu đóng từ ngày ấy, vẫn tính trên địa bàn cũ."),
            format!("{unit} ended on {day}: its targets are closed since, and count over its old area."),
        );
        writeln!(out, "{}", closed.get(lang))?;
    }
    let columns = [
        ("Mã", "Code", Side::Left),
        ("Kỳ", "Period", Side::Left),
        ("Đơn vị", "Unit", Side::Left),
        ("Kế hoạch", "Wanted", Side::Right),
        ("Thực hiện", "Actual", Side::Right),
        ("% KH", "% of it", Side::Right),
        ("Đánh giá", "State", Side::Left),
        ("Chưa đủ", "Undecided", Side::Right),
    ];
    let heading = |(vi, en, side): &(&str, &str, Side)| (if lang == Lang::Vi { *vi } else { *en }.to_string(), *side);
    let mut table = Table::new(columns.iter().map(heading).collect());
    for row in rows {
        let undecided = row.tally.undecided.len();
        table.push(vec![
            row.target.indicator.clone(),
            row.target.period.clone(),
            if row.unit == plan.unit {
                String::new()
            } else {
                books.tree.name(&row.unit)
            },
            shown::wanted(row),
            shown::actual(row),
            row.tenths_of_target().map_or_else(String::new, shown::percent),
            shown::state(row, lang),
            if undecided == 0 {
                String::new()
            } else {
                undecided.to_string()
            },
        ]);
    }
    table.write(out)?;
    Ok(writeln!(out)?)
}

fn write_records(plan: &Plan, rows: &[Row], books: &Books, lang: Lang, out: &mut Answer) -> Result<(), Failure> {
    for row in rows {
        writeln!(
            out,
            "{} · {} · {} · {}: {} ({})",
            plan.code,
            row.target.indicator,
            row.target.period,
            books.tree.name(&row.unit),
            shown::actual(row),
            shown::state(row, lang)
        )?;
        let heading = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
        writeln!(
            out,
            "  {} ({})",
            heading("Được tính", "Counted"),
            row.tally.counted.len()
        )?;
        for id in &row.tally.counted {
            writeln!(out, "    {}  {}", id, name(*id, books.read)?)?;
        }
        let lists = [
            (heading("Chưa đủ dữ liệu", "Undecided"), &row.tally.undecided),
            (heading("Chưa được tính", "Not counted"), &row.tally.nearly),
        ];
        for (heading, remarks) in lists.into_iter().filter(|(_, remarks)| !remarks.is_empty()) {
            writeln!(out, "  {heading} ({})", remarks.len())?;
            for remark in remarks {
                writeln!(out, "    {}", said(remark, books, lang)?)?;
            }
        }
    }
    Ok(())
}

fn said(remark: &Remark, books: &Books, lang: Lang) -> Result<String, StoreError> {
    let about = match &remark.about {
        About::Record(id) => format!("{id}  {}", name(*id, books.read)?),
        About::Unit(uid) => format!("{uid}  {}", books.tree.name(uid)),
        About::Plan(code) => code.clone(),
    };
    Ok(format!("{about}: {}", remark.reason.get(lang)))
}

fn name(id: Id, read: &dyn Read) -> Result<String, StoreError> {
    let entry = read.get_any(id)?;
    Ok(entry
        .and_then(|entry| Some(kind(entry.kind)?.title(&entry, read.known())))
        .unwrap_or_default())
}
