//! The summary as JSON, for scripts: every line, also those that are nought.

use serde_json::{Map, Value as Json, json};

use super::{Attention, Column, Coming, Source, SummaryLine, UnitPart, Wanted, WeeklySummary};
use crate::domain::text::Lang;

/// The whole summary; with `units` where it was parted by unit.
pub fn to_json(summary: &WeeklySummary, parts: Option<&[UnitPart]>, lang: Lang) -> Json {
    let period = summary.period;
    let lines = |lines: &[SummaryLine]| lines.iter().map(|line| line_json(line, lang)).collect::<Vec<_>>();
    let mut object = Map::new();
    object.insert(
        "period".to_string(),
        json!({
            "kind": period.kind.name(),
            "iso": period.iso_week(),
            "from": period.from.to_string(),
            "to": period.to.to_string(),
        }),
    );
    object.insert("unit".to_string(), json!(summary.unit));
    object.insert("lines".to_string(), json!(lines(&summary.lines)));
    let attention = summary.attention.iter().map(|point| attention_json(point, lang));
    object.insert("attention".to_string(), attention.collect());
    let coming = summary.next_week.iter().map(|coming| coming_json(coming, lang));
    object.insert("next_week".to_string(), coming.collect());
    if let Some(parts) = parts {
        let part = |part: &UnitPart| {
            json!({
                "unit": part.unit,
                "name": part.name,
                "declared": part.source == Source::Declared,
                "direct": part.source == Source::Own,
                "lines": lines(&part.lines),
            })
        };
        object.insert("units".to_string(), parts.iter().map(part).collect());
    }
    Json::Object(object)
}

fn line_json(line: &SummaryLine, lang: Lang) -> Json {
    let mut object = Map::new();
    object.insert("code".to_string(), json!(line.code));
    object.insert("label".to_string(), json!(line.label.get(lang)));
    for (key, column) in [
        ("this", Column::This),
        ("previous", Column::Previous),
        ("year", Column::Year),
    ] {
        object.insert(key.to_string(), json!(line.value(column)));
    }
    if line.counted(Column::ClosedYear).is_some() {
        object.insert("closed_year".to_string(), json!(line.value(Column::ClosedYear)));
    }
    object.insert("target".to_string(), line.target.map_or(Json::Null, wanted_json));
    Json::Object(object)
}

fn wanted_json(wanted: Wanted) -> Json {
    json!({"low": number(wanted.low), "high": wanted.high.map(number)})
}

/// Whole numbers without a point.
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

fn attention_json(point: &Attention, lang: Lang) -> Json {
    let named = point
        .named
        .iter()
        .map(|named| json!({"id": named.id.to_string(), "text": named.text.get(lang)}));
    json!({
        "code": point.topic.code(),
        "text": point.text.get(lang),
        "named": named.collect::<Vec<_>>(),
        "others": point.others,
        "ids": point.ids.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn coming_json(coming: &Coming, lang: Lang) -> Json {
    json!({
        "date": coming.on.to_string(),
        "kind": coming.kind,
        "text": coming.text.get(lang),
        "ids": coming.ids.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
