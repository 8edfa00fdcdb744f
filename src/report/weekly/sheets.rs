//! The summary as a workbook: a sheet of figures, and one for each list behind them, so that every number can be looked
//! into. Lists are made of the kinds' own fields; a person's data (telephone, birth, address, notes) never stand there.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::layout::{self, Frame};
use super::{Column, SummaryLine, WeeklySummary};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::schema::{Field, FieldKind, Privacy};
use crate::domain::value::Value;
use crate::report::doc::{self, Block, Cell, Table};
use crate::report::workbook::{Sheet, Workbook};
use crate::store::{Read, StoreError};

/// A list behind some lines: which records, and which of their fields.
struct List {
    name: &'static str,
    kind: &'static str,
    codes: &'static [&'static str],
    fields: &'static [&'static str],
    /// Columns that are summed.
    sums: &'static [&'static str],
}

const LISTS: [List; 11] = [
    List {
        name: "Lượt thăm",
        kind: "visit",
        codes: &["VISITS", "VISITS_REMOTE"],
        fields: &[
            "date",
            "cooperative",
            "purposes",
            "mode",
            "status",
            "difficulties",
            "advice",
            "next_visit",
            "unit",
        ],
        sums: &[],
    },
    List {
        name: "Khó khăn",
        kind: "issue",
        codes: &["ISSUES_OPENED", "ISSUES_CLOSED", "ISSUES_ESCALATED", "ISSUES_OPEN"],
        fields: &[
            "opened_on",
            "cooperative",
            "difficulty",
            "text",
            "state",
            "due",
            "escalated_to",
            "closed_on",
            "unit",
        ],
        sums: &[],
    },
    List {
        name: "Lớp tập huấn",
        kind: "training",
        codes: &["TRAIN_SESSIONS"],
        fields: &[
            "from",
            "to",
            "title",
            "topics",
            "venue",
            "organiser",
            "union_part",
            "unit",
        ],
        sums: &[],
    },
    List {
        name: "Người dự tập huấn",
        kind: "attendance",
        codes: &["TRAIN_ATTEND"],
        fields: &[
            "training",
            "person",
            "gender",
            "kind",
            "cooperative",
            "state",
            "certificate",
        ],
        sums: &[],
    },
    List {
        name: "Bồi dưỡng lần đầu",
        kind: "person",
        codes: &["MANAGERS_TRAINED_FIRST", "OFFICERS_TRAINED_FIRST"],
        fields: &["code", "name", "gender"],
        sums: &[],
    },
    List {
        name: "Hỗ trợ",
        kind: "support",
        codes: &["SUPPORTS", "SUPPORT_GRANTED"],
        fields: &[
            "date",
            "cooperative",
            "person",
            "kind",
            "partner",
            "granted",
            "granted_on",
            "state",
            "unit",
        ],
        sums: &["granted"],
    },
    List {
        name: "Thành lập mới",
        kind: "cooperative",
        codes: &["HTX_NEW", "THT_NEW"],
        fields: &["code", "name", "kind", "registered_on", "predecessor", "area", "unit"],
        sums: &[],
    },
    List {
        name: "Vận động thành lập",
        kind: "formation",
        codes: &["FORMATIONS"],
        fields: &["step_on", "name", "kind", "step", "founders", "from_group", "unit"],
        sums: &[],
    },
    List {
        name: "Gian hàng",
        kind: "booth",
        codes: &["BOOTHS_SHOWN", "BOOTHS_REGISTERED", "BOOTHS_CONFIRMED"],
        fields: &[
            "fair",
            "number",
            "exhibitor",
            "products",
            "state",
            "registered_on",
            "confirmed_on",
            "revenue",
        ],
        sums: &["revenue"],
    },
    List {
        name: "Truyền thông",
        kind: "outreach",
        codes: &["OUTREACH", "MEDIA_ITEMS"],
        fields: &[
            "date",
            "form",
            "title",
            "area",
            "sessions",
            "reach",
            "reach_women",
            "items",
            "unit",
        ],
        sums: &["sessions", "reach", "reach_women", "items"],
    },
    List {
        name: "Ý tưởng dự thi",
        kind: "contest_entry",
        codes: &["IDEAS_REGISTERED", "IDEAS_SENT"],
        fields: &["title", "contest", "stage", "registered_on", "sent_on", "unit"],
        sums: &[],
    },
];

/// The workbook: the report's table with its text, all figures by code, then each list that has anything in it.
pub fn workbook(
    read: &dyn Read,
    summary: &WeeklySummary,
    frame: &Frame,
    made: NaiveDateTime,
) -> Result<Workbook, StoreError> {
    let mut doc = layout::doc(summary, frame, made);
    // The table says by itself that it is the first part; below it the text begins with the second.
    if matches!(doc.blocks.first(), Some(Block::Heading { .. })) {
        doc.blocks.remove(0);
    }
    let mut book = Workbook::of(&doc);
    book.sheets.push(figures(summary, frame));
    for list in &LISTS {
        if let Some(sheet) = sheet(read, summary, list)? {
            book.sheets.push(sheet);
        }
    }
    Ok(book)
}

/// All figures by code, without the purposes, kinds and steps that the period has nothing of.
fn figures(summary: &WeeklySummary, frame: &Frame) -> Sheet {
    let has_any = |line: &SummaryLine| Column::ALL.into_iter().any(|column| line.value(column) != 0);
    let mut told = summary.clone();
    told.lines
        .retain(|line| !line.code.contains('.') || line.target.is_some() || has_any(line));
    Sheet::list("Số liệu", "SỐ LIỆU THEO MÃ", layout::plain_table(&told, frame))
}

/// The sheet of a list; none where the week has nothing of it.
fn sheet(read: &dyn Read, summary: &WeeklySummary, list: &List) -> Result<Option<Sheet>, StoreError> {
    let Some(of_kind) = kind(list.kind) else {
        return Ok(None);
    };
    let open = |key: &&str| of_kind.field(key).filter(|field| field.privacy == Privacy::Open);
    let mut fields: Vec<&Field> = list.fields.iter().filter_map(open).collect();
    let mut records = Vec::new();
    for id in ids(summary, list) {
        records.extend(read.get(list.kind, id)?);
    }
    if let Some(when) = of_kind.when() {
        records.arrange_by_key(|entry| (entry.date(when), entry.id));
    }
    let mut rows = Vec::new();
    for entry in &records {
        rows.push(
            fields
                .iter()
                .map(|field| cell(read, field, entry))
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    // A column that nothing stands in only takes room.
    let filled: Vec<bool> = (0..fields.len())
        .map(|place| {
            rows.iter()
                .any(|row| !matches!(row[place], Cell::Blank | Cell::Nothing))
        })
        .collect();
    let mut places = filled.iter();
    fields.retain(|_| places.next() == Some(&true));
    let mut columns = vec![doc::Column::index()];
    columns.extend(fields.iter().map(|field| column(field)));
    let mut table = Table::new(columns);
    for (row, number) in rows.into_iter().zip(1..) {
        let kept = row
            .into_iter()
            .zip(&filled)
            .filter(|(_, filled)| **filled)
            .map(|(cell, _)| cell);
        table.push(std::iter::once(Cell::Count(number)).chain(kept).collect());
    }
    if table.rows.is_empty() {
        return Ok(None);
    }
    let sums = list.sums.iter();
    let totals = sums.filter_map(|key| fields.iter().position(|field| field.key == *key).map(|place| place + 1));
    let mut sheet = Sheet::list(list.name, list.name.to_uppercase(), table);
    sheet.totals = totals.collect();
    Ok(Some(sheet))
}

/// The records behind a list's lines, each once, in the order of their days.
fn ids(summary: &WeeklySummary, list: &List) -> Vec<Id> {
    let mut seen = HashSet::new();
    let is_of = |line: &&SummaryLine| {
        let family = line.code.split('.').next().unwrap_or_default();
        list.codes
            .iter()
            .any(|code| line.code == *code || (*code == "FORMATIONS" && family == *code))
    };
    let counted = summary
        .lines
        .iter()
        .filter(is_of)
        .filter_map(|line| line.counted(Column::This));
    let mut ids: Vec<Id> = counted.flat_map(|counted| counted.ids.iter().copied()).collect();
    ids.retain(|id| seen.insert(*id));
    ids
}

fn column(field: &Field) -> doc::Column {
    let heading = field.label.vi;
    match field.kind {
        FieldKind::Date | FieldKind::Partial | FieldKind::Year => doc::Column::marks(heading).weight(11),
        FieldKind::Count | FieldKind::Money | FieldKind::Balance | FieldKind::Decimal => {
            doc::Column::figures(heading).weight(12)
        }
        FieldKind::Ref(_) | FieldKind::Text | FieldKind::Name => doc::Column::text(heading).weight(26),
        FieldKind::Lines | FieldKind::Choices(_) | FieldKind::Texts => doc::Column::text(heading).weight(30),
        _ => doc::Column::text(heading).weight(16),
    }
}

/// A field as a cell; of a person no more than the name.
fn cell(read: &dyn Read, field: &Field, entry: &Entry) -> Result<Cell, StoreError> {
    if field.key == "person" && entry.get("person").is_none() {
        // A row with a name alone.
        return Ok(entry.text("name").map_or(Cell::Nothing, Cell::text));
    }
    if field.key == "gender"
        && let Some(person) = entry.reference("person")
        && let Some(person) = read.get("person", person)?
        && let Some(gender) = person.text("gender")
    {
        return Ok(Cell::text(label("gender", gender)));
    }
    let Some(value) = entry.get(field.key) else {
        return Ok(Cell::Blank);
    };
    Ok(match (field.kind, value) {
        (_, Value::Date(day)) => Cell::Date(*day),
        (FieldKind::Money | FieldKind::Balance, Value::Number(amount)) => Cell::Money(*amount),
        (FieldKind::Count, Value::Number(count)) => Cell::Count(*count),
        (FieldKind::Ref(kind) | FieldKind::Refs(kind), value) => {
            let mut names = Vec::new();
            for id in value.items().iter().filter_map(Value::as_id) {
                names.push(read.name_of(kind, id)?);
            }
            Cell::text(names.join("; "))
        }
        (FieldKind::Choice(list) | FieldKind::Choices(list), value) => {
            let codes = value.items().iter().filter_map(Value::as_text);
            let labels: Vec<&str> = codes.map(|code| label(list, code)).collect();
            Cell::text(labels.join("; "))
        }
        (FieldKind::Unit, Value::Text(uid)) => Cell::text(read.unit(uid).map_or_else(|| uid.clone(), |unit| unit.name)),
        (_, Value::Text(text)) => Cell::text(text),
        (_, Value::Partial(partial)) => Cell::text(partial.to_string()),
        (_, Value::Number(number)) => Cell::text(number.to_string()),
        _ => Cell::Blank,
    })
}

fn label<'a>(list: &str, code: &'a str) -> &'a str {
    let found = catalog::list(list).and_then(|list| list.get(code));
    found.map_or(code, |code| code.short().vi)
}
