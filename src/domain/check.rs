//! What every kind of record obeys, derived from its fields: required fields, codes, references, counts, order of dates,
//! unique codes; and the doubts that hold for any field of a sort. A kind's own rules stand in its own file.

use super::catalog;
use super::entry::{ACCEPTED, Entry, MISSING};
use super::finding::{Finding, Findings, Level};
use super::known::Known;
use super::record::Kind;
use super::schema::{Field, FieldKind, Near};
use super::text::Message;
use super::title::in_sentence;
use super::value::Value;
use crate::arrange::Arrange;
use crate::vietnamese::phone::{self, PhoneDoubt};
use crate::vietnamese::{date, fold, name, number, tax_code};

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
    accepted.arrange();
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
                format!("Chưa nhập {}.", in_sentence(field.label.vi)),
                format!("{} is missing.", field.label.en),
            ),
        );
    }
}

fn codes_and_references(field: &Field, value: &Value, known: &dyn Known, findings: &mut Findings) {
    for item in value.items() {
        let Some((rule, vi, en)) = wrong_item(field, item, known) else {
            continue;
        };
        let text = Message::new(format!("{}: {vi}", field.label.vi), format!("{}: {en}", field.label.en));
        findings.error(rule, field.key, text);
    }
}

/// What is wrong with one value of a field by itself: the rule broken and the two halves of its message.
fn wrong_item(field: &Field, item: &Value, known: &dyn Known) -> Option<(&'static str, String, String)> {
    match (field.kind, item) {
        (FieldKind::Choice(list) | FieldKind::Choices(list), Value::Text(code)) => {
            let absent = catalog::list(list).is_some_and(|list| !list.contains(code));
            absent.then(|| {
                let vi = format!("mã \"{code}\" không có trong danh mục; chọn lại.");
                ("code", vi, format!("there is no code \"{code}\"; choose another."))
            })
        }
        (FieldKind::Ref(kind) | FieldKind::Refs(kind), Value::Id(id)) => known.record(kind, *id).is_none().then(|| {
            let vi = "bản ghi được nhắc tới không có hoặc đã xóa; chọn lại.";
            let en = "the record referred to is absent or deleted; choose another.";
            ("reference", vi.to_string(), en.to_string())
        }),
        (FieldKind::Unit | FieldKind::Units, Value::Text(uid)) => known.unit(uid).is_none().then(|| {
            let vi = format!("không có đơn vị \"{uid}\"; chọn lại.");
            ("reference", vi, format!("there is no unit \"{uid}\"; choose another."))
        }),
        (FieldKind::Count | FieldKind::Money, Value::Number(number)) => (*number < 0).then(|| {
            let (vi, en) = ("số không được âm; nhập lại.", "must not be negative; enter it again.");
            ("negative", vi.to_string(), en.to_string())
        }),
        _ => None,
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
            in_sentence(whole.vi)
        );
        let en = format!(
            "{} ({part}) is more than {} ({total}).",
            field.label.en,
            in_sentence(whole.en)
        );
        findings.error("part-over-whole", field.key, Message::new(vi, en));
    }
    if let Some(start) = field.not_before
        && let (Some(from), Some(to)) = (entry.get(start).and_then(first_day), last_day(value))
        && to < from
    {
        let start = label(start);
        let vi = format!("{} trước {}.", field.label.vi, in_sentence(start.vi));
        let en = format!("{} lies before {}.", field.label.en, in_sentence(start.en));
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
    if let Some((rule, vi, en)) = doubt(field, value, known) {
        let text = Message::new(format!("{}: {vi}", field.label.vi), format!("{}: {en}", field.label.en));
        findings.warn(rule, field.key, text);
    }
}

/// What is doubtful about a value by itself: the rule and the two halves of its message.
fn doubt(field: &Field, value: &Value, known: &dyn Known) -> Option<(&'static str, String, String)> {
    match (field.kind, value) {
        (FieldKind::Date | FieldKind::Partial, value) if field.near == Near::Past => {
            let ahead = value.as_date().filter(|day| *day > known.today())?;
            let day = date::format_date(ahead);
            let vi = format!("ngày {day} ở sau hôm nay. Xem lại ngày.");
            Some(("future-date", vi, format!("{day} lies ahead. Look at the date.")))
        }
        (FieldKind::Name, Value::Text(text)) => {
            let doubt = name::doubt_name(text)?;
            Some(("odd-name", doubt.vi().to_string(), doubt.en().to_string()))
        }
        (FieldKind::TaxCode, Value::Text(text)) => {
            let doubt = tax_code::check_tax_code(text).err()?;
            Some(("tax-code", doubt.vi().to_string(), doubt.en().to_string()))
        }
        (FieldKind::Phone, Value::Text(text)) => {
            // A prefix that is not known may be a new one: only what cannot be dialled is worth a question.
            let doubt = phone::read_phone(text)
                .err()
                .filter(|doubt| *doubt != PhoneDoubt::UnknownPrefix)?;
            Some(("phone", doubt.vi().to_string(), doubt.en().to_string()))
        }
        (_, value) if out_of_bounds(field, value) => {
            let bound = |bound: Option<i64>| bound.map_or("…".to_string(), number::format_count);
            let (least, most) = (bound(field.at_least), bound(field.at_most));
            let vi = format!("ngoài khoảng {least}–{most}. Xem lại số này.");
            Some((
                "out-of-bounds",
                vi,
                format!("outside {least}–{most}. Look at the number."),
            ))
        }
        (FieldKind::Money, Value::Number(0)) => {
            let vi = "số tiền bằng 0. Nếu chưa biết thì để trống.".to_string();
            Some((
                "amount-zero",
                vi,
                "the amount is 0. Leave it empty if it is not known.".to_string(),
            ))
        }
        _ => None,
    }
}

/// Whether a number lies outside the bounds that the office set for its own field.
fn out_of_bounds(field: &Field, value: &Value) -> bool {
    let outside = |number: f64| {
        field.at_least.is_some_and(|least| number < least as f64)
            || field.at_most.is_some_and(|most| number > most as f64)
    };
    match value {
        Value::Number(number) => outside(*number as f64),
        Value::Decimal(number) => outside(*number),
        _ => false,
    }
}

/// The folded form under which a name is compared with others.
pub fn name_key(name: &str) -> String {
    fold::fold(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::id::Id;
    use crate::domain::testing::World;

    #[test]
    fn what_must_be_filled_is_an_error_where_it_is_not() {
        let world = World::new();
        let missing = [
            "error required:date",
            "error required:cooperative",
            "error required:purposes",
        ];
        assert_eq!(world.rules("visit", json!({})), missing);
    }

    #[test]
    fn wrong_values_are_refused_at_the_border() {
        let world = World::new();
        let read = |key: &str, value: serde_json::Value| world.read("visit", json!({key: value})).unwrap_err();
        assert_eq!(read("purposes", json!(["DANH_GIA", "NO_SUCH"])), "code: purposes");
        assert_eq!(read("date", json!("30/02/2026")), "date: date");
        assert_eq!(read("members", json!("mười")), "type: members");
        assert_eq!(read("members", json!(-1)), "negative: members");
        assert_eq!(
            read("cooperative", json!(Id::now().to_string())),
            "reference: cooperative"
        );
        assert_eq!(read("area", json!("NO-SUCH")), "reference: area");
    }

    #[test]
    fn a_reference_deleted_since_is_held_against_new_records_only() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang");
        let visit = json!({"date": "2026-05-20", "cooperative": htx.to_string(), "purposes": ["TU_VAN"]});
        let entry = world.read("visit", visit.clone()).unwrap();
        let id = world.add("visit", visit);
        world.delete(htx);
        assert!(world.edit_rules(id, json!({"advice": "hẹn lại"})).is_empty());
        let findings = check(crate::domain::record::kind("visit").unwrap(), &entry, None, &world);
        assert!(
            findings
                .iter()
                .any(|finding| finding.acceptance() == "reference:cooperative")
        );
    }

    #[test]
    fn a_day_ahead_is_doubtful_where_something_was_done_and_not_where_it_is_planned() {
        let mut world = World::new();
        let htx = world.cooperative("HTX An Khang").to_string();
        let visit =
            json!({"date": "2026-05-23", "cooperative": htx, "purposes": ["TU_VAN"], "next_visit": "2026-06-05"});
        assert_eq!(world.rules("visit", visit), ["warning future-date:date"]);
    }

    #[test]
    fn an_accepted_warning_is_kept_with_the_record_and_not_asked_again() {
        let world = World::new();
        let mut entry = world.read("person", json!({"name": "Nguyễn Thị Hoa 2"})).unwrap();
        let kind = crate::domain::record::kind("person").unwrap();
        kind.complete(&mut entry, None, &world);
        let findings = check(kind, &entry, None, &world);
        assert_eq!(open_warnings(&entry, &findings).len(), 1);
        accept(&mut entry, &findings);
        assert!(entry.names(ACCEPTED, "odd-name:name"));
        assert!(open_warnings(&entry, &findings).is_empty());
    }

    #[test]
    fn every_finding_speaks_both_languages() {
        let world = World::new();
        let doubtful = json!({"name": "Hoa 2", "phone": "09", "priority_groups": ["HIV"], "code": ""});
        for finding in world.findings("person", doubtful) {
            assert!(!finding.text.vi.is_empty() && !finding.text.en.is_empty());
            assert!(
                finding.text.vi.ends_with('.') && finding.text.en.ends_with('.'),
                "{:?}",
                finding.text
            );
        }
    }
}
