//! What every kind of record obeys, derived from its fields: required fields, codes, references, counts, order of dates,
//! unique codes; and the doubts that hold for any field of a sort. A kind's own rules stand in its own file.

use super::catalog;
use super::entry::{ACCEPTED, Entry, MISSING};
use super::finding::{Finding, Findings, Level};
use super::known::Known;
use super::record::Kind;
use super::schema::{Field, FieldKind, Near};
use super::text::Message;
use super::value::Value;
use crate::vietnamese::{date, fold, name, phone, tax_code};

/// All findings about a record: common rules, then its kind's. `before` is the record as it stands in the store; what
/// has not changed since is not held against it again where the world around it changed (a deleted reference).
pub fn check(kind: &'static dyn Kind, entry: &Entry, before: Option<&Entry>, known: &dyn Known) -> Vec<Finding> {
    let mut findings = Findings::default();
    let fields: Vec<&Field> = known.schema().fields(kind).collect();
    for field in fields {
        let changed = before.is_none_or(|before| before.get(field.key) != entry.get(field.key));
        match entry.get(field.key) {
            None => missing(field, entry, &mut findings),
            Some(value) => {
                if changed {
                    codes_and_references(field, value, known, &mut findings);
                    doubts(field, value, known, &mut findings);
                }
                against_other_fields(kind, field, value, entry, &mut findings);
                if field.kind == FieldKind::Code && changed {
                    unique(kind, field, value, entry, known, &mut findings);
                }
            }
        }
    }
    kind.check(entry, before, known, &mut findings);
    findings.0
}

/// The warnings that the record does not bear the acceptance of.
pub fn open_warnings(entry: &Entry, findings: &[Finding]) -> Vec<Finding> {
    let open = |finding: &&Finding| finding.level == Level::Warning && !entry.names(ACCEPTED, &finding.acceptance());
    findings.iter().filter(open).cloned().collect()
}

/// Marks all open warnings as accepted, in the record.
pub fn accept(entry: &mut Entry, findings: &[Finding]) {
    let mut accepted: Vec<String> = entry.field(ACCEPTED);
    accepted.extend(open_warnings(entry, findings).iter().map(Finding::acceptance));
    accepted.sort();
    accepted.dedup();
    let values: Vec<Value> = accepted.into_iter().map(Value::Text).collect();
    entry.set(ACCEPTED, (!values.is_empty()).then_some(Value::List(values)));
}

fn missing(field: &Field, entry: &Entry, findings: &mut Findings) {
    let explained = matches!(entry.get(MISSING), Some(Value::Json(marks)) if marks.get(field.key).is_some());
    if field.is_required() && !(explained && field.kind.is_number()) {
        findings.error(
            "required",
            field.key,
            Message::new(
                format!("Chưa nhập {}.", field.label.vi.to_lowercase()),
                format!("{} is missing.", field.label.en),
            ),
        );
    }
}

fn codes_and_references(field: &Field, value: &Value, known: &dyn Known, findings: &mut Findings) {
    for item in value.items() {
        match (field.kind, item) {
            (FieldKind::Choice(list) | FieldKind::Choices(list), Value::Text(code))
                if catalog::list(list).is_some_and(|list| list.get(code).is_none()) =>
            {
                let vi = format!("{}: mã \"{code}\" không có trong danh mục.", field.label.vi);
                findings.error(
                    "code",
                    field.key,
                    Message::new(vi, format!("{}: no code \"{code}\".", field.label.en)),
                );
            }
            (FieldKind::Ref(kind) | FieldKind::Refs(kind), Value::Id(id)) if known.record(kind, *id).is_none() => {
                let vi = format!("{}: bản ghi được nhắc tới không có hoặc đã xóa.", field.label.vi);
                let en = format!("{}: the record referred to is absent or deleted.", field.label.en);
                findings.error("reference", field.key, Message::new(vi, en));
            }
            (FieldKind::Unit | FieldKind::Units, Value::Text(uid)) if known.unit(uid).is_none() => {
                let vi = format!("{}: không có đơn vị \"{uid}\".", field.label.vi);
                findings.error("reference", field.key, Message::new(vi, format!("no unit \"{uid}\".")));
            }
            (FieldKind::Count | FieldKind::Money, Value::Number(number)) if *number < 0 => {
                let vi = format!("{}: số không được âm.", field.label.vi);
                findings.error(
                    "negative",
                    field.key,
                    Message::new(vi, format!("{}: must not be negative.", field.label.en)),
                );
            }
            _ => {}
        }
    }
}

fn against_other_fields(kind: &'static dyn Kind, field: &Field, value: &Value, entry: &Entry, findings: &mut Findings) {
    let label = |key: &str| kind.field(key).map(|field| field.label).unwrap_or_default();
    if let (Some(whole), Value::Number(part)) = (field.part_of, value)
        && let Some(total) = entry.number(whole)
        && *part > total
    {
        let whole = label(whole);
        let vi = format!(
            "{} ({part}) lớn hơn {} ({total}).",
            field.label.vi,
            whole.vi.to_lowercase()
        );
        let en = format!(
            "{} ({part}) is more than {} ({total}).",
            field.label.en,
            whole.en.to_lowercase()
        );
        findings.error("part-over-whole", field.key, Message::new(vi, en));
    }
    if let Some(start) = field.not_before
        && let (Some(from), Some(to)) = (entry.get(start).and_then(first_day), last_day(value))
        && to < from
    {
        let start = label(start);
        let vi = format!("{} trước {}.", field.label.vi, start.vi.to_lowercase());
        let en = format!("{} lies before {}.", field.label.en, start.en.to_lowercase());
        findings.error("end-before-start", field.key, Message::new(vi, en));
    }
}

fn first_day(value: &Value) -> Option<chrono::NaiveDate> {
    value.as_date()
}

fn last_day(value: &Value) -> Option<chrono::NaiveDate> {
    match value {
        Value::Partial(partial) => Some(partial.last_day()),
        other => other.as_date(),
    }
}

fn unique(kind: &dyn Kind, field: &Field, value: &Value, entry: &Entry, known: &dyn Known, findings: &mut Findings) {
    let Some(code) = value.as_text() else { return };
    if known.by_code(kind.key(), code).is_some_and(|other| other != entry.id) {
        let vi = format!("{} \"{code}\" đã có ở bản ghi khác.", field.label.vi);
        let en = format!("{} \"{code}\" is already used by another record.", field.label.en);
        findings.error("code-used", field.key, Message::new(vi, en));
    }
}

fn doubts(field: &Field, value: &Value, known: &dyn Known, findings: &mut Findings) {
    match (field.kind, value) {
        (FieldKind::Date | FieldKind::Partial, value) if field.near == Near::Past => {
            if let Some(day) = value.as_date().filter(|day| *day > known.today()) {
                let shown = date::format_date(day);
                let vi = format!("{} {shown} ở sau hôm nay.", field.label.vi);
                findings.warn(
                    "future-date",
                    field.key,
                    Message::new(vi, format!("{} {shown} lies ahead.", field.label.en)),
                );
            }
        }
        (FieldKind::Name, Value::Text(text)) => {
            if let Some(doubt) = name::doubt_name(text) {
                findings.warn("odd-name", field.key, doubtful(field, text, doubt.vi(), doubt.en()));
            }
        }
        (FieldKind::TaxCode, Value::Text(text)) => {
            if let Err(doubt) = tax_code::check_tax_code(text) {
                findings.warn("tax-code", field.key, doubtful(field, text, doubt.vi(), doubt.en()));
            }
        }
        (FieldKind::Phone, Value::Text(text)) => {
            if let Err(doubt) = phone::read_phone(text) {
                findings.warn("phone", field.key, doubtful(field, text, doubt.vi(), doubt.en()));
            }
        }
        (FieldKind::Money, Value::Number(0)) => {
            let vi = format!("{} bằng 0.", field.label.vi);
            findings.warn(
                "amount-zero",
                field.key,
                Message::new(vi, format!("{} is 0.", field.label.en)),
            );
        }
        _ => {}
    }
}

fn doubtful(field: &Field, text: &str, vi: &str, en: &str) -> Message {
    Message::new(
        format!("{} \"{text}\": {vi}", field.label.vi),
        format!("{} \"{text}\": {en}", field.label.en),
    )
}

/// The folded form under which a name is compared with others.
pub fn name_key(name: &str) -> String {
    fold::fold(name)
}
