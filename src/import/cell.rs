//! A cell read as a value of its field: days that Excel keeps as numbers, telephone numbers that lost their nought, codes
//! by code, label or nearly so, references by code or by a name that only one record bears.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value as Json, json};

use super::file::{Raw, serial_day};
use super::headings::distance_is_one;
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::known::Known;
use crate::domain::reading::{self, Wrong};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Message;
use crate::domain::value::Value;
use crate::report::export::NAME_AFTER;
use crate::vietnamese::date::Partial;
use crate::vietnamese::{fold, tax_code};

/// Labels that a message names.
const OFFERED: usize = 8;

/// Reads a cell; blank cells and dashes are empty.
///
/// # Errors
/// What cannot be a value of the field, in words for the officer.
pub fn read(field: &Field, raw: &Raw, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    match raw {
        Raw::Empty => Ok(None),
        Raw::Text(text) => read_text(field, text, known),
        Raw::Number(number) => read_number(field, *number, known),
        Raw::Day(day) => read_day(field, *day, known),
        Raw::Flag(flag) => read_text(field, if *flag { "có" } else { "không" }, known),
        Raw::Error(error) => Err(wrong(
            "type",
            format!("ô có lỗi công thức {error}; hãy sửa trong Excel"),
            format!("the formula gives {error}; mend it in Excel"),
        )),
    }
}

fn wrong(rule: &'static str, vi: String, en: String) -> Wrong {
    Wrong {
        rule,
        text: Message::new(vi, en),
    }
}

fn read_number(field: &Field, number: f64, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    let whole = number.fract() == 0.0 && number.abs() < 9e15;
    let digits = if whole {
        format!("{number:.0}")
    } else {
        number.to_string()
    };
    match field.kind {
        FieldKind::Date | FieldKind::Partial if (10_000.0..80_000.0).contains(&number) => {
            let day = serial_day(number);
            day.map_or_else(
                || reading::from_text(field, &digits, known),
                |day| read_day(field, day, known),
            )
        }
        FieldKind::Decimal => Ok(Some(Value::Decimal(number))),
        kind if kind.is_number() && whole => reading::from_json(field, &json!(number as i64), known),
        kind if kind.is_number() => Err(wrong(
            "type",
            format!("{}: cần một số nguyên", digits.replace('.', ",")),
            format!("{digits}: a whole number is needed"),
        )),
        FieldKind::TaxCode if digits.len() == 9 => {
            let restored = format!("0{digits}");
            let fits = tax_code::check_tax_code(&restored).is_ok();
            reading::from_text(field, if fits { &restored } else { &digits }, known)
        }
        _ => read_text(field, &digits, known),
    }
}

fn read_day(field: &Field, day: NaiveDate, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    match field.kind {
        FieldKind::Date => Ok(Some(Value::Date(day))),
        FieldKind::Partial => Ok(Some(Value::Partial(Partial::Day(day)))),
        FieldKind::Year => Ok(Some(Value::Number(i64::from(day.year())))),
        _ => read_text(field, &crate::vietnamese::date::format_date(day), known),
    }
}

fn read_text(field: &Field, text: &str, known: &dyn Known) -> Result<Option<Value>, Wrong> {
    let text = text.trim();
    if matches!(text, "" | "-" | "–" | "—") {
        return Ok(None);
    }
    match field.kind {
        FieldKind::Phone | FieldKind::TaxCode | FieldKind::Plain if says_none(text) => Ok(None),
        FieldKind::Choice(list) => read_code(list, text).map(Some),
        FieldKind::Choices(list) => match read_code(list, text) {
            Ok(code) => Ok(Some(Value::List(vec![code]))),
            Err(_) => several(text, |item| read_code(list, item)),
        },
        FieldKind::Ref(kind) => reference(kind, text, known).map(Some),
        FieldKind::Refs(kind) => several(text, |item| reference(kind, item, known)),
        FieldKind::Unit => unit(field, text, known).map(Some),
        FieldKind::Units => several(text, |item| unit(field, item, known)),
        FieldKind::Texts if text.starts_with('[') => match serde_json::from_str::<Json>(text) {
            Ok(json) => reading::from_json(field, &json, known),
            Err(_) => reading::from_text(field, text, known),
        },
        FieldKind::Days => reading::from_text(field, &text.replace(';', ","), known),
        FieldKind::Counts(list) if !text.starts_with('{') => counts(list, text),
        FieldKind::Date | FieldKind::Partial => {
            let read = reading::from_text(field, &plain_date(text), known);
            read.map_err(|_| not_a_date(field, text))
        }
        FieldKind::TaxCode | FieldKind::Code | FieldKind::Plain => {
            reading::from_text(field, text.trim_start_matches('\''), known)
        }
        _ => reading::from_text(field, text, known),
    }
}

/// Words for "there is none", where a number or an address is asked for.
fn says_none(text: &str) -> bool {
    matches!(
        fold::fold(text).as_str(),
        "khong" | "khong co" | "ko co" | "chua co" | "k co"
    )
}

/// In words for a list: what helps at the keyboard (`h-1`) stands in no file.
fn not_a_date(field: &Field, text: &str) -> Wrong {
    let example = if field.kind == FieldKind::Partial {
        "05/06/1985, 06/1985, 1985"
    } else {
        "05/06/2024"
    };
    wrong(
        "type",
        format!("\"{text}\" không đọc được thành ngày. Ghi như: {example}"),
        format!("\"{text}\" is no date. Write: {example}"),
    )
}

fn several(text: &str, one: impl Fn(&str) -> Result<Value, Wrong>) -> Result<Option<Value>, Wrong> {
    let separator: &[char] = if text.contains([';', '\n']) {
        &[';', '\n']
    } else {
        &[',']
    };
    let items = text
        .split(separator)
        .map(|item| item.trim().trim_start_matches(['-', '+', '•']).trim());
    let values = items
        .filter(|item| !item.is_empty())
        .map(one)
        .collect::<Result<Vec<_>, _>>()?;
    Ok((!values.is_empty()).then_some(Value::List(values)))
}

/// A code, its label, or what differs from exactly one label by a letter or begins it.
fn read_code(list: &str, text: &str) -> Result<Value, Wrong> {
    reading::read_code(list, text).or_else(|wrong| {
        let folded = fold::fold(text);
        let codes = catalog::list(list)
            .map(|list| list.codes.as_slice())
            .unwrap_or_default();
        let near = |label: &str| {
            let label = fold::fold(label);
            (folded.len() >= 4 && distance_is_one(&label, &folded))
                || (folded.len() >= 3 && label.starts_with(&format!("{folded} ")))
        };
        let mut found = codes.iter().filter(|code| near(code.label.vi) || near(code.short().vi));
        match (found.next(), found.next()) {
            (Some(code), None) => Ok(Value::Text(code.code.to_string())),
            _ if codes.is_empty() => Err(wrong),
            _ => Err(not_in_list(codes, text)),
        }
    })
}

/// That a word is in no list, with what may stand there as the officer calls it.
fn not_in_list(codes: &[catalog::Code], text: &str) -> Wrong {
    let some = |label: fn(&catalog::Code) -> &'static str| {
        let labels: Vec<&str> = codes.iter().take(OFFERED).map(label).collect();
        let more = if codes.len() > OFFERED { " …" } else { "" };
        format!("{}{more}", labels.join("; "))
    };
    wrong(
        "code",
        format!(
            "\"{text}\" không có trong danh sách. Có: {}",
            some(|code| code.label.vi)
        ),
        format!(
            "\"{text}\" is not in the list. There are: {}",
            some(|code| code.label.en)
        ),
    )
}

fn reference(kind: &str, text: &str, known: &dyn Known) -> Result<Value, Wrong> {
    let key = text.split(NAME_AFTER).next().unwrap_or(text).trim();
    if let Ok(id) = key.parse::<Id>() {
        // Whether it is there is asked when the record is checked: one that refers to what was deleted since may stay.
        return Ok(Value::Id(id));
    }
    reading::read_reference(kind, key, known).or_else(|wrong| {
        let named = known.named(kind, text);
        match named.as_slice() {
            [one] => Ok(Value::Id(one.id)),
            [] => Err(wrong),
            many => Err(self::wrong(
                "reference",
                format!("có {} bản ghi cùng tên \"{text}\"; hãy ghi mã", many.len()),
                format!("{} records are called \"{text}\"; give the code", many.len()),
            )),
        }
    })
}

/// A unit by uid, or by a name that one unit of the office's province bears today.
fn unit(field: &Field, text: &str, known: &dyn Known) -> Result<Value, Wrong> {
    let key = text.split(NAME_AFTER).next().unwrap_or(text).trim();
    if let Some(unit) = known.unit(key) {
        return Ok(Value::Text(unit.uid));
    }
    let mut top = known.office();
    while let Some(parent) = top
        .as_deref()
        .and_then(|uid| known.unit(uid))
        .and_then(|unit| unit.parent)
        && known.unit(&parent).is_some_and(|unit| unit.parent.is_some())
    {
        top = Some(parent);
    }
    let found = top
        .map(|top| catalog::units().find(&top, text, known.today()))
        .unwrap_or_default();
    let folded = fold::fold(text);
    let mut same = found
        .iter()
        .filter(|unit| fold::fold(unit.name) == folded || fold::fold(unit.bare_name()) == folded);
    match (same.next(), same.next()) {
        (Some(unit), None) => Ok(Value::Text(unit.uid.to_string())),
        _ => {
            let single = Field {
                kind: FieldKind::Unit,
                ..*field
            };
            reading::from_text(&single, key, known).map(|value| value.unwrap_or(Value::Text(key.to_string())))
        }
    }
}

fn counts(list: &str, text: &str) -> Result<Option<Value>, Wrong> {
    // A label may hold a comma itself, so the whole is tried first.
    let items: Vec<&str> = match count(list, text) {
        Ok(_) => vec![text],
        Err(_) if text.contains(';') => text.split(';').collect(),
        Err(_) => text.split(',').collect(),
    };
    let mut counts = std::collections::BTreeMap::new();
    for item in items.into_iter().map(str::trim).filter(|item| !item.is_empty()) {
        let (code, count) = count(list, item)?;
        counts.insert(code, count);
    }
    Ok((!counts.is_empty()).then_some(Value::Counts(counts)))
}

/// One group and its number: `Hộ nghèo: 3`.
fn count(list: &str, item: &str) -> Result<(String, i64), Wrong> {
    let parts = item.rsplit_once([':', '=']).or_else(|| item.rsplit_once(' '));
    let read = parts.and_then(|(code, count)| Some((code.trim(), count.trim().parse::<i64>().ok()?)));
    let Some((code, count)) = read.filter(|(_, count)| *count >= 0) else {
        return Err(wrong(
            "type",
            format!("\"{item}\": cần tên nhóm và số, ví dụ: Hộ nghèo: 3"),
            format!("\"{item}\": a group and a number are needed"),
        ));
    };
    match read_code(list, code)? {
        Value::Text(code) => Ok((code, count)),
        _ => Ok((code.to_owned(), count)),
    }
}

/// A date without the hour behind it and without words: `2024-06-05 00:00:00`, `ngày 5 tháng 6 năm 2024`.
fn plain_date(text: &str) -> String {
    let folded = fold::fold(text);
    if folded.contains("thang") || folded.contains("nam ") {
        let numbers: Vec<&str> = folded
            .split_whitespace()
            .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
            .collect();
        return numbers.join("/");
    }
    match text.split_once(['T', ' ']) {
        Some((day, hour)) if hour.contains(':') => day.to_string(),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;
    use crate::domain::testing::World;

    fn value(of: &str, key: &str, raw: Raw) -> Result<Option<Json>, String> {
        let world = World::new();
        let field = kind(of).unwrap().field(key).unwrap();
        let read = read(field, &raw, &world).map_err(|wrong| wrong.text.vi)?;
        Ok(read.map(|value| value.to_json()))
    }

    #[test]
    fn days_are_read_in_all_the_shapes_that_people_type() {
        let day = Ok(Some(json!("2024-06-05")));
        for raw in [
            Raw::Number(45_448.0),
            Raw::text("5/6/2024"),
            Raw::text("05.06.24"),
            Raw::text("05-06-2024"),
            Raw::text("2024-06-05 00:00:00"),
            Raw::text("ngày 5 tháng 6 năm 2024"),
        ] {
            assert_eq!(value("visit", "date", raw.clone()), day, "{raw:?}");
        }
        assert_eq!(value("person", "birth", Raw::Number(1985.0)), Ok(Some(json!("1985"))));
        assert_eq!(
            value("person", "birth", Raw::text("06/1985")),
            Ok(Some(json!("1985-06")))
        );
        assert!(value("visit", "date", Raw::Number(1985.0)).is_err());
    }

    #[test]
    fn a_telephone_number_and_a_tax_code_get_their_nought_back() {
        assert_eq!(
            value("person", "phone", Raw::Number(912_345_678.0)),
            Ok(Some(json!("0912345678")))
        );
        assert_eq!(
            value("cooperative", "tax_code", Raw::Number(100_233_488.0)),
            Ok(Some(json!("0100233488")))
        );
    }

    #[test]
    fn numbers_are_read_with_dots_and_as_excel_has_them() {
        assert_eq!(value("visit", "members", Raw::text("1.200")), Ok(Some(json!(1200))));
        assert_eq!(value("visit", "members", Raw::Number(12.0)), Ok(Some(json!(12))));
        assert_eq!(
            value("visit", "capital", Raw::text("1,5 tỷ")),
            Ok(Some(json!(1_500_000_000i64)))
        );
        assert!(value("visit", "members", Raw::Number(12.5)).is_err());
        assert!(
            value("visit", "members", Raw::Error("#REF!".into()))
                .unwrap_err()
                .contains("#REF!")
        );
        assert_eq!(value("visit", "members", Raw::text("–")), Ok(None));
    }

    #[test]
    fn a_code_is_read_by_its_label_and_by_nearly_that() {
        assert_eq!(value("person", "gender", Raw::text("nữ")), Ok(Some(json!("NU"))));
        let kind = |text: &str| value("cooperative", "kind", Raw::text(text));
        assert_eq!(kind("hợp tác xã"), Ok(Some(json!("HTX"))));
        assert_eq!(kind("Hợp tác xá"), kind("HTX"));
        assert_eq!(kind("Hợp tác xạm"), kind("HTX"));
        assert!(value("person", "gender", Raw::text("bla bla")).is_err());
    }
}
