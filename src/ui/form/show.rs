//! Values as officers read them, in forms and tables: labels for codes, names for references, dates and numbers the
//! Vietnamese way. [`typed`] gives the text that is edited, which reads back as the same value.

use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::known::{Known, name_of, unit_name};
use crate::domain::record::kind;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::vietnamese::date::format_date;
use crate::vietnamese::number::format_count;

/// Yes and no as words.
pub const YES_NO: [Text; 2] = [Text::new("Có", "Yes"), Text::new("Không", "No")];

/// A value in one line, for reading: "4 Tạm ngừng", "HTX Dược liệu An Khang", "22/05/2026", "1.200.000".
pub fn value(field: &Field, value: &Value, known: &dyn Known, lang: Lang) -> String {
    let items: Vec<String> = match value {
        Value::List(items) => items.iter().map(|item| one(field, item, known, lang)).collect(),
        single => vec![one(field, single, known, lang)],
    };
    items.join(if field.kind == FieldKind::Texts { "; " } else { ", " })
}

fn one(field: &Field, value: &Value, known: &dyn Known, lang: Lang) -> String {
    match (field.kind, value) {
        (FieldKind::Choice(list) | FieldKind::Choices(list), Value::Text(code)) => code_label(list, code, lang),
        (FieldKind::Unit | FieldKind::Units, Value::Text(uid)) => unit_name(known, Some(uid)),
        (FieldKind::Ref(kind) | FieldKind::Refs(kind), Value::Id(id)) => name_of(known, kind, Some(*id)),
        (_, Value::Bool(flag)) => YES_NO[usize::from(!flag)].get(lang).to_owned(),
        (FieldKind::Counts(list), Value::Counts(counts)) => {
            let each = counts
                .iter()
                .map(|(code, count)| format!("{} {count}", code_label(list, code, lang)));
            each.collect::<Vec<_>>().join(", ")
        }
        _ => typed(field, value).replace('\n', " "),
    }
}

/// "Đã lưu lượt thăm: 22/05/2026 · HTX Dược liệu An Khang."
pub fn saved(entries: &[Entry], known: &dyn Known) -> Message {
    let first = entries.first().and_then(|entry| Some((entry, kind(entry.kind)?)));
    let Some((entry, kind)) = first else {
        return Message::default();
    };
    let title = kind.title(entry, known);
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(": {title}")
    };
    Message::new(
        format!("Đã lưu {}{title}.", lower_first(kind.label().vi)),
        format!("Saved {}{title}.", lower_first(kind.label().en)),
    )
}

/// A label inside a sentence; what is written in capitals stays (HTX, THT).
pub fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars.next();
    let second_is_lower = chars.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(c) if second_is_lower => c.to_lowercase().chain(chars).collect(),
        _ => label.to_owned(),
    }
}

/// The short label of a code; the code itself where the list does not have it.
pub fn code_label(list: &str, code: &str, lang: Lang) -> String {
    let found = catalog::list(list).and_then(|list| list.get(code));
    found.map_or(code, |code| code.short().get(lang)).to_owned()
}

/// The text by which a value is edited; it reads back as the same value.
pub fn typed(field: &Field, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) if field.kind == FieldKind::Year => number.to_string(),
        Value::Number(number) => format_count(*number),
        Value::Decimal(number) => number.to_string().replace('.', ","),
        Value::Bool(flag) => YES_NO[usize::from(!flag)].vi.to_owned(),
        Value::Date(date) => format_date(*date),
        Value::Partial(partial) => match partial.day() {
            Some(day) => format_date(day),
            None => {
                let iso = partial.to_string();
                iso.split_once('-')
                    .map_or(iso.clone(), |(year, month)| format!("{month}/{year}"))
            }
        },
        Value::Id(id) => id.to_string(),
        Value::List(items) => {
            let texts: Vec<String> = items.iter().map(|item| typed(field, item)).collect();
            texts.join(if field.kind == FieldKind::Texts { "; " } else { ", " })
        }
        Value::Counts(counts) => {
            let each = counts.iter().map(|(code, count)| format!("{code}={count}"));
            each.collect::<Vec<_>>().join(", ")
        }
        Value::Json(json) => json.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reading::from_text;
    use crate::domain::testing::{World, day};
    use crate::vietnamese::date::Partial;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_edited_reads_back_as_the_same_value() {
        let world = World::new();
        let label = Text::new("x", "x");
        let partial = |text: &str| Value::Partial(text.parse::<Partial>().unwrap());
        for (kind, value) in [
            (FieldKind::Date, Value::Date(day("2026-05-22"))),
            (FieldKind::Partial, partial("1984")),
            (FieldKind::Partial, partial("1984-03")),
            (FieldKind::Partial, partial("1984-03-09")),
            (FieldKind::Money, Value::Number(1_200_000_000)),
            (FieldKind::Balance, Value::Number(-1_500_000)),
            (FieldKind::Count, Value::Number(45)),
            (FieldKind::Year, Value::Number(2025)),
            (FieldKind::Decimal, Value::Decimal(79.5)),
            (
                FieldKind::Texts,
                Value::List(vec![Value::Text("a, b".into()), Value::Text("c".into())]),
            ),
            (
                FieldKind::Days,
                Value::List(vec![Value::Bool(true), Value::Bool(false)]),
            ),
            (
                FieldKind::Counts("priority_group"),
                Value::Counts(BTreeMap::from([("DTTS".to_owned(), 12)])),
            ),
        ] {
            let field = Field::new("x", kind, label);
            let text = typed(&field, &value);
            assert_eq!(from_text(&field, &text, &world), Ok(Some(value)), "{text}");
        }
    }
}
