//! Reading a field's value from what was typed or stands in a file. The one border: behind it values have their types,
//! codes are in their lists and references are ids of living records.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::catalog;
use super::id::Id;
use super::known::Known;
use super::period::Period;
use super::schema::{Field, FieldKind};
use super::text::Message;
use super::title::in_sentence;
use super::value::Value;
use crate::vietnamese::{date, fold, number, phone, tax_code};

/// Why a text or a JSON value is no value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The rule broken: `type`, `code`, `reference`, `date`, `negative`.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub text: Message,
}

impl Wrong {
    fn new(rule: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Wrong {
        Wrong {
            rule,
            text: Message::new(vi, en),
        }
    }
}

/// Reads what an officer typed or a command line holds: dates and numbers as in the form, lists by comma. Blank text is
/// an empty field.
pub fn from_text(field: &Field, text: &str, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    let text = clean(text, field.kind);
    if text.is_empty() {
        return Ok(None);
    }
    let list = |separator: char, one: &dyn Fn(&str) -> Result<Value, Wrong>| -> Result<Option<Value>, Wrong> {
        let items = text.split(separator).map(str::trim).filter(|item| !item.is_empty());
        let values = items.map(one).collect::<Result<Vec<_>, _>>()?;
        Ok((!values.is_empty()).then_some(Value::List(values)))
    };
    match field.kind {
        FieldKind::Choices(key) => list(',', &|item| read_code(key, item)),
        FieldKind::Refs(kind) => list(',', &|item| read_reference(kind, item, known)),
        FieldKind::Units => list(',', &|item| read_unit(item, known)),
        FieldKind::Days => list(',', &|item| read_flag(item)),
        FieldKind::Texts => list(';', &|item| Ok(Value::Text(item.to_string()))),
        FieldKind::Counts(key) => read_counts_text(key, &text),
        FieldKind::Json => serde_json::from_str(&text)
            .map(|json| Some(Value::Json(json)))
            .map_err(|_| Wrong::new("type", "không phải JSON", "not JSON")),
        _ => read_single(field, &text, known).map(Some),
    }
}

/// Reads a JSON value: a string serves a number field and a number a text field; `null` and "" are empty.
pub fn from_json(field: &Field, json: &Json, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    match (field.kind, json) {
        (_, Json::Null) => Ok(None),
        (FieldKind::Json, other) => Ok(Some(Value::Json(other.clone()))),
        (_, Json::String(text)) if field.kind == FieldKind::Texts => {
            let text = clean(text, field.kind);
            Ok((!text.is_empty()).then_some(Value::List(vec![Value::Text(text)])))
        }
        (_, Json::String(text)) => from_text(field, text, known),
        (FieldKind::Flag, Json::Bool(flag)) => Ok(Some(Value::Bool(*flag))),
        (FieldKind::Counts(key), Json::Object(counts)) => {
            let counts = counts.iter().map(|(code, count)| read_count_of(key, code, count));
            let counts = counts.collect::<Result<BTreeMap<_, _>, _>>()?;
            Ok((!counts.is_empty()).then_some(Value::Counts(counts)))
        }
        (kind, Json::Array(items)) if kind.is_multiple() && !matches!(kind, FieldKind::Counts(_)) => {
            let mut values = Vec::new();
            for item in items {
                if let Some(value) = read_item(field, item, known)? {
                    values.push(value);
                }
            }
            Ok((!values.is_empty()).then_some(Value::List(values)))
        }
        (_, Json::Number(number)) => read_json_number(field, number, known),
        _ => Err(wrong_type(field)),
    }
}

fn read_item(field: &Field, item: &Json, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    let text = match item {
        Json::String(text) => clean(text, field.kind),
        Json::Number(number) => number.to_string(),
        Json::Bool(flag) if field.kind == FieldKind::Days => return Ok(Some(Value::Bool(*flag))),
        _ => return Err(wrong_type(field)),
    };
    if text.is_empty() {
        return Ok(None);
    }
    match field.kind {
        FieldKind::Choices(key) => read_code(key, &text),
        FieldKind::Refs(kind) => read_reference(kind, &text, known),
        FieldKind::Units => read_unit(&text, known),
        FieldKind::Days => read_flag(&text),
        _ => Ok(Value::Text(text)),
    }
    .map(Some)
}

fn read_json_number(field: &Field, number: &serde_json::Number, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    let whole = number.as_i64().or_else(|| {
        number
            .as_f64()
            .filter(|n| n.fract() == 0.0 && n.abs() < 9e15)
            .map(|n| n as i64)
    });
    match (field.kind, whole) {
        (FieldKind::Decimal, _) => Ok(number.as_f64().map(Value::Decimal)),
        (FieldKind::Count | FieldKind::Money, Some(n)) if n < 0 => Err(negative()),
        (FieldKind::Count | FieldKind::Money | FieldKind::Balance, Some(n)) => Ok(Some(Value::Number(n))),
        (kind, Some(n)) if !kind.is_number() => from_text(field, &n.to_string(), known),
        (FieldKind::Year, Some(n)) => from_text(field, &n.to_string(), known),
        (kind, None) if kind.is_prose() || kind == FieldKind::Plain => from_text(field, &number.to_string(), known),
        _ => Err(wrong_type(field)),
    }
}

fn read_single(field: &Field, text: &str, known: &dyn Known) -> Result<Value, Wrong> {
    let today = known.today();
    match field.kind {
        FieldKind::Choice(key) => read_code(key, text),
        FieldKind::Ref(kind) => read_reference(kind, text, known),
        FieldKind::Unit => read_unit(text, known),
        FieldKind::Date => {
            let day = date::read_date(text, today, field.near);
            day.map(Value::Date)
                .map_err(|fault| Wrong::new("date", fault.vi(), fault.en()))
        }
        FieldKind::Partial => {
            let day = date::read_partial(text, today, field.near);
            day.map(Value::Partial)
                .map_err(|fault| Wrong::new("date", fault.vi(), fault.en()))
        }
        FieldKind::Year => read_year(text, today),
        FieldKind::Count => match number::parse_count(text) {
            Ok(count) if count < 0 => Err(negative()),
            Ok(count) => Ok(Value::Number(count)),
            Err(fault) => Err(Wrong::new("type", fault.vi(), fault.en())),
        },
        FieldKind::Money | FieldKind::Balance => match number::parse_money(text) {
            Ok(amount) if amount < 0 && field.kind == FieldKind::Money => Err(negative()),
            Ok(amount) => Ok(Value::Number(amount)),
            Err(fault) => Err(Wrong::new("type", fault.vi(), fault.en())),
        },
        FieldKind::Decimal => read_decimal(text),
        FieldKind::Flag => read_flag(text),
        FieldKind::Phone => Ok(Value::Text(phone::normalise(text))),
        FieldKind::TaxCode => Ok(Value::Text(tax_code::normalise(text))),
        FieldKind::Period => match Period::parse(text) {
            Some(period) => Ok(Value::Text(period.to_string())),
            None => Err(Wrong::new(
                "date",
                format!("kỳ \"{text}\" không đúng; ví dụ: 2026-W21, 2026-05, 2026-Q2, 2026-H1, 2026"),
                format!("\"{text}\" is no period; examples: 2026-W21, 2026-05, 2026-Q2, 2026-H1, 2026"),
            )),
        },
        _ => Ok(Value::Text(text.to_string())),
    }
}

/// A code of a list: the code itself, in any case, or its label.
pub fn read_code(list: &str, text: &str) -> Result<Value, Wrong> {
    let Some(codes) = catalog::list(list) else {
        return Ok(Value::Text(text.to_string()));
    };
    if let Some(code) = codes.get(text) {
        return Ok(Value::Text(code.code.to_string()));
    }
    let folded = fold::fold(text);
    let said = |label: &str| !folded.is_empty() && fold::fold(label) == folded;
    let found = codes.codes.iter().find(|code| {
        let labels = [code.label.vi, code.label.en, code.short().vi];
        code.code.eq_ignore_ascii_case(text) || labels.into_iter().any(said) || also_known_as(code).any(said)
    });
    match found {
        Some(code) => Ok(Value::Text(code.code.to_string())),
        None => Err(Wrong::new(
            "code",
            format!(
                "mã \"{text}\" không có trong danh mục {list}; các mã: {}",
                sample(codes)
            ),
            format!("code \"{text}\" is not in list {list}; codes: {}", sample(codes)),
        )),
    }
}

/// Other words by which a code is read.
fn also_known_as(code: &catalog::Code) -> impl Iterator<Item = &'static str> {
    code.text("aka").unwrap_or_default().split(',')
}

fn sample(codes: &catalog::CodeList) -> String {
    let mut names: Vec<&str> = codes.codes.iter().take(12).map(|code| code.code).collect();
    if codes.codes.len() > names.len() {
        names.push("…");
    }
    names.join(", ")
}

/// A reference: the id of a living record, or its code.
pub fn read_reference(kind: &str, text: &str, known: &dyn Known) -> Result<Value, Wrong> {
    let found = match text.parse::<Id>() {
        Ok(id) => known.record(kind, id).map(|entry| entry.id),
        Err(_) => known.by_code(kind, text),
    };
    found.map(Value::Id).ok_or_else(|| {
        let label = super::record::kind(kind).map(|kind| kind.label()).unwrap_or_default();
        Wrong::new(
            "reference",
            format!("không tìm thấy {} \"{text}\" (hoặc đã bị xóa)", in_sentence(label.vi)),
            format!("no {} \"{text}\" (or it was deleted)", in_sentence(label.en)),
        )
    })
}

fn read_unit(text: &str, known: &dyn Known) -> Result<Value, Wrong> {
    match known.unit(text) {
        Some(unit) => Ok(Value::Text(unit.uid)),
        None => Err(Wrong::new(
            "reference",
            format!("không có đơn vị mang mã định danh (uid) \"{text}\""),
            format!("no unit has the uid \"{text}\""),
        )),
    }
}

fn read_year(text: &str, today: NaiveDate) -> Result<Value, Wrong> {
    use chrono::Datelike;
    let year = text.parse::<i64>().ok().map(|year| match year {
        0..=99 if text.len() == 2 => {
            let century = i64::from(today.year()) / 100 * 100;
            if century + year > i64::from(today.year()) + 10 {
                century - 100 + year
            } else {
                century + year
            }
        }
        other => other,
    });
    match year {
        Some(year @ 1900..=2200) => Ok(Value::Number(year)),
        _ => Err(Wrong::new(
            "type",
            format!("\"{text}\" không phải là năm"),
            format!("\"{text}\" is no year"),
        )),
    }
}

fn read_decimal(text: &str) -> Result<Value, Wrong> {
    match number::parse_decimal(text) {
        Ok(decimal) => Ok(Value::Decimal(decimal.to_f64())),
        Err(fault) => Err(Wrong::new("type", fault.vi(), fault.en())),
    }
}

fn read_flag(text: &str) -> Result<Value, Wrong> {
    match fold::fold(text).as_str() {
        "yes" | "y" | "true" | "1" | "co" | "c" | "x" => Ok(Value::Bool(true)),
        "no" | "n" | "false" | "0" | "khong" | "k" => Ok(Value::Bool(false)),
        _ => Err(Wrong::new(
            "type",
            format!("\"{text}\": cần có hoặc không"),
            format!("\"{text}\": yes or no is needed"),
        )),
    }
}

fn read_counts_text(list: &str, text: &str) -> Result<Option<Value>, Wrong> {
    if text.starts_with('{') {
        let counts: BTreeMap<String, Json> = serde_json::from_str(text).map_err(|_| wrong_counts(text))?;
        let counts = counts.iter().map(|(code, count)| read_count_of(list, code, count));
        return counts
            .collect::<Result<BTreeMap<_, _>, _>>()
            .map(|counts| Some(Value::Counts(counts)));
    }
    let mut counts = BTreeMap::new();
    for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (code, count) = item.split_once(['=', ':', ' ']).ok_or_else(|| wrong_counts(item))?;
        let (code, count) = read_count_of(list, code.trim(), &Json::String(count.trim().to_string()))?;
        counts.insert(code, count);
    }
    Ok((!counts.is_empty()).then_some(Value::Counts(counts)))
}

fn read_count_of(list: &str, code: &str, count: &Json) -> Result<(String, i64), Wrong> {
    let Value::Text(code) = read_code(list, code)? else {
        return Err(wrong_counts(code));
    };
    let count = match count {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => number::parse_count(text).ok(),
        _ => None,
    };
    match count {
        Some(count) if count < 0 => Err(negative()),
        Some(count) => Ok((code, count)),
        None => Err(wrong_counts(&code)),
    }
}

fn wrong_counts(text: &str) -> Wrong {
    Wrong::new(
        "type",
        format!("\"{text}\": cần MÃ=SỐ, cách nhau bằng dấu phẩy"),
        format!("\"{text}\": CODE=COUNT by comma is needed"),
    )
}

fn negative() -> Wrong {
    Wrong::new("negative", "số không được âm", "must not be negative")
}

fn wrong_type(field: &Field) -> Wrong {
    let (vi, en) = match field.kind {
        FieldKind::Date | FieldKind::Partial => ("cần một ngày", "a date is needed"),
        FieldKind::Flag | FieldKind::Days => ("cần true hoặc false", "true or false is needed"),
        kind if kind.is_number() => ("cần một số nguyên", "a whole number is needed"),
        kind if kind.is_multiple() => ("cần một danh sách", "a list is needed"),
        _ => ("cần một dòng chữ", "text is needed"),
    };
    Wrong::new(
        "type",
        format!("giá trị không đúng kiểu: {vi}"),
        format!("wrong type: {en}"),
    )
}

/// NFC, trimmed, without control characters; line ends stay in fields of several lines.
fn clean(text: &str, kind: FieldKind) -> String {
    let keep_lines = matches!(kind, FieldKind::Lines | FieldKind::Texts | FieldKind::Json);
    let text = fold::nfc(text);
    let kept = text.chars().filter_map(|c| match c {
        '\n' if keep_lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        c if c.is_control() || c == '\u{feff}' => None,
        c => Some(c),
    });
    kept.collect::<String>().trim().to_string()
}
