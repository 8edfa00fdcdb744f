//! All living records of a kind as one table that can be read by people and taken in again by the import: Vietnamese
//! headings, typed cells, labels for codes, `HTX032 · HTX An Khang` for references; and the blank sheet to fill in.
//!
//! What is written here is what [`crate::domain::reading`] and the import read back: a code's label only where it reads
//! back to that code, a list by semicolons or, where its texts hold semicolons themselves, as JSON.

use chrono::NaiveDateTime;
use serde_json::{Map, Value as Json, json};

use super::cell::Cell;
use super::doc::Column;
use super::table::Table;
use super::workbook::{Choices, Hint, Sheet, SheetKind, Workbook};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::{Entry, FIELD_NOTES, MISSING};
use crate::domain::reading::read_code;
use crate::domain::record::{Kind, kind};
use crate::domain::schema::{Field, FieldKind, Privacy};
use crate::domain::text::Text;
use crate::domain::value::Value;
use crate::store::{Read, StoreError};
use crate::vietnamese::fold::fold;

/// What stands between the code or id of a reference and the name beside it.
pub const NAME_AFTER: &str = " · ";
/// What marks a heading whose column must be filled.
pub const REQUIRED_MARK: &str = "*";
/// The heading of the column with the records' ids.
pub const ID: &str = "id";
/// The characters that a spreadsheet's cell holds.
const CELL_LIMIT: usize = 32_767;
/// Records offered in a template's list to choose from.
const OFFERED: usize = 500;
/// Rows of a template that have lists to choose from.
const TEMPLATE_ROWS: u32 = 500;
/// What stands about a record beside its fields, and is written where any record has it.
const ABOUT: [&str; 2] = [MISSING, FIELD_NOTES];

/// What becomes of a person's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// Left out.
    LeftOut,
    /// Written, because somebody asked for them.
    Included,
}

/// The records of a kind, laid out.
#[derive(Clone, Debug)]
pub struct Exported {
    /// One row a record, in the order of entry.
    pub table: Table,
    /// The fields with a person's data that were left out, or were written.
    pub personal: Vec<Text>,
    /// Cells that are longer than a spreadsheet's cell holds, and are cut there.
    pub too_long: usize,
}

/// Lays out all living records of a kind.
///
/// # Errors
/// The store.
pub fn collect(read: &dyn Read, kind: &'static dyn Kind, personal: Personal) -> Result<Exported, StoreError> {
    collect_these(read, kind, read.scan(kind.key()), personal)
}

/// Lays out these records of a kind, in this order.
///
/// # Errors
/// The store.
pub fn collect_these(
    read: &dyn Read,
    kind: &'static dyn Kind,
    entries: impl IntoIterator<Item = Result<Entry, StoreError>>,
    personal: Personal,
) -> Result<Exported, StoreError> {
    let fields = fields(read, kind, personal);
    let mut rows = Vec::new();
    let mut about: Vec<&'static str> = Vec::new();
    for entry in entries {
        let entry = entry?;
        let met = ABOUT.into_iter().filter(|key| entry.get(key).is_some());
        let new: Vec<&'static str> = met.filter(|key| !about.contains(key)).collect();
        about.extend(new);
        rows.push(entry);
    }
    let mut columns: Vec<Column> = headings(&fields)
        .into_iter()
        .zip(&fields)
        .map(|(heading, field)| column(heading, field.kind))
        .collect();
    columns.extend(about.iter().map(|key| Column::text(*key)));
    columns.push(Column::text(ID));
    let mut table = Table::new(columns);
    let mut too_long = 0;
    for entry in rows {
        let cells = row(read, &fields, &about, &entry)?;
        let long = |cell: &&Cell| matches!(cell, Cell::Text(text) if text.encode_utf16().count() > CELL_LIMIT);
        too_long += cells.iter().filter(long).count();
        table.push(cells);
    }
    Ok(Exported {
        table,
        personal: personal_fields(read, kind),
        too_long,
    })
}

/// The fields of a kind that hold a person's data.
pub fn personal_fields(read: &dyn Read, kind: &'static dyn Kind) -> Vec<Text> {
    let fields = read.schema().fields(kind);
    fields
        .filter(|field| field.privacy == Privacy::Personal)
        .map(|field| field.label)
        .collect()
}

/// A record as `{id, code, filled fields by key}`, in the order of the form; references as ids, units as uid. Fields
/// that this version does not know come last, as they are.
pub fn to_json(kind: &'static dyn Kind, entry: &Entry, read: &dyn Read) -> Json {
    let mut object = Map::new();
    object.insert("id".to_string(), json!(entry.id.to_string()));
    let code = read.schema().fields(kind).filter(|field| field.key == "code");
    let fields = code.chain(read.schema().fields(kind));
    for (key, value) in fields.filter_map(|field| Some((field.key, entry.get(field.key)?))) {
        object.entry(key).or_insert_with(|| value.to_json());
    }
    for (key, value) in entry.filled() {
        object.entry(key).or_insert_with(|| value.to_json());
    }
    Json::Object(object)
}

/// Records as `list` gives them, one a line.
///
/// # Errors
/// The store.
pub fn json(
    read: &dyn Read,
    kind: &'static dyn Kind,
    entries: impl IntoIterator<Item = Result<Entry, StoreError>>,
    personal: Personal,
) -> Result<Vec<u8>, StoreError> {
    let hidden: Vec<&str> = read
        .schema()
        .fields(kind)
        .filter(|field| personal == Personal::LeftOut && field.privacy == Privacy::Personal)
        .map(|field| field.key)
        .collect();
    let mut bytes = Vec::from(b"[");
    let mut before = "\n";
    for entry in entries {
        let mut record = to_json(kind, &entry?, read);
        if let Json::Object(fields) = &mut record {
            fields.retain(|key, _| !hidden.contains(&key.as_str()));
        }
        bytes.extend(format!("{before}{record}").bytes());
        before = ",\n";
    }
    bytes.extend(b"\n]\n");
    Ok(bytes)
}

/// A list as a workbook: frozen heading, filters, typed cells.
pub fn workbook(kind: &'static dyn Kind, table: Table, author: String, made: NaiveDateTime) -> Workbook {
    let label = kind.label().vi;
    let title = format!("Danh sách: {label}");
    Workbook {
        title: title.clone(),
        author,
        made,
        sheets: vec![Sheet::list(label, title, table)],
    }
}

/// A blank sheet to fill in and import: headings marked where they must be filled, explained, with lists to choose from.
///
/// # Errors
/// The store, asked for the records that a column may name.
pub fn template(
    read: &dyn Read,
    kind: &'static dyn Kind,
    author: String,
    made: NaiveDateTime,
) -> Result<Workbook, StoreError> {
    let typed = |field: &&&Field| !field.hidden && field.kind != FieldKind::Json;
    let all = fields(read, kind, Personal::Included);
    let fields: Vec<&Field> = all.iter().filter(typed).copied().collect();
    let (mut columns, mut choices, mut hints) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (heading, field)) in headings(&fields).into_iter().zip(&fields).enumerate() {
        let heading = if field.is_required() && field.key != "unit" {
            format!("{heading} {REQUIRED_MARK}")
        } else {
            heading
        };
        columns.push(column(heading, field.kind));
        let values = offered(read, field)?;
        if !values.is_empty() {
            choices.push(Choices { column: at, values });
        }
        hints.push(Hint {
            column: at,
            text: explained(field),
        });
    }
    let label = kind.label().vi;
    let title = format!("Mẫu nhập danh sách: {label}");
    let mut sheet = Sheet::list(label, title.clone(), Table::new(columns));
    sheet.titles.push(format!(
        "Mỗi dòng một bản ghi. Cột có dấu {REQUIRED_MARK} phải điền; cột khác để trống được. Giữ nguyên dòng tiêu đề."
    ));
    sheet.kind = SheetKind::Form {
        rows: TEMPLATE_ROWS,
        choices,
        hints,
    };
    Ok(Workbook {
        title,
        author,
        made,
        sheets: vec![sheet],
    })
}

/// The fields written: the code first, then as in the form.
fn fields<'a>(read: &'a dyn Read, kind: &'static dyn Kind, personal: Personal) -> Vec<&'a Field> {
    let mut fields: Vec<&Field> = read
        .schema()
        .fields(kind)
        .filter(|field| personal == Personal::Included || field.privacy == Privacy::Open)
        .collect();
    fields.arrange_by_key(|field| field.kind != FieldKind::Code);
    fields
}

/// The headings: labels, with the key behind those that another field has too.
pub fn headings(fields: &[&Field]) -> Vec<String> {
    let alike = |label: &str| {
        fields
            .iter()
            .filter(|other| fold(other.label.vi) == fold(label))
            .count()
            > 1
    };
    let heading = |field: &&Field| match alike(field.label.vi) {
        true => format!("{} ({})", field.label.vi, field.key),
        false => field.label.vi.to_string(),
    };
    fields.iter().map(heading).collect()
}

/// The column of a field: figures to the right, codes narrow.
pub fn column(heading: String, kind: FieldKind) -> Column {
    match kind {
        kind if kind.is_number() => Column::figures(heading),
        FieldKind::Date | FieldKind::Partial | FieldKind::Flag => Column::marks(heading),
        FieldKind::Code | FieldKind::Phone | FieldKind::TaxCode | FieldKind::Period => Column::text(heading).weight(12),
        _ => Column::text(heading),
    }
}

fn row(read: &dyn Read, fields: &[&Field], about: &[&str], entry: &Entry) -> Result<Vec<Cell>, StoreError> {
    let mut cells = Vec::with_capacity(fields.len() + about.len() + 1);
    for field in fields {
        let value = entry.get(field.key);
        cells.push(value.map_or(Ok(Cell::Blank), |value| cell(read, field, value))?);
    }
    let text = |key: &&str| {
        entry
            .get(key)
            .map_or(Cell::Blank, |value| value.to_json().to_string().into())
    };
    cells.extend(about.iter().map(text));
    cells.push(entry.id.to_string().into());
    Ok(cells)
}

/// A field's value as a cell.
///
/// # Errors
/// The store, asked for the name of a reference.
pub fn cell(read: &dyn Read, field: &Field, value: &Value) -> Result<Cell, StoreError> {
    Ok(match (field.kind, value) {
        (FieldKind::Year, Value::Number(year)) => i32::try_from(*year).map_or(Cell::Count(*year), Cell::Year),
        (FieldKind::Money | FieldKind::Balance, Value::Number(amount)) => Cell::Money(*amount),
        (_, Value::Number(count)) => Cell::Count(*count),
        (_, Value::Decimal(number)) => Cell::decimal(*number),
        (_, Value::Date(day)) => Cell::Date(*day),
        (_, Value::Partial(partial)) => match partial.day() {
            Some(day) => Cell::Date(day),
            None => Cell::text(partial.to_string()),
        },
        (_, value) => Cell::text(in_text(read, field.kind, value)?),
    })
}

fn in_text(read: &dyn Read, kind: FieldKind, value: &Value) -> Result<String, StoreError> {
    let list = match (kind, value) {
        (FieldKind::Json, value) => return Ok(value.to_json().to_string()),
        (_, Value::List(items)) => items,
        (FieldKind::Counts(list), Value::Counts(counts)) => {
            let items = counts
                .iter()
                .map(|(code, count)| format!("{}: {count}", label_of(list, code)));
            return Ok(items.collect::<Vec<_>>().join("; "));
        }
        (_, single) => return one(read, kind, single),
    };
    let mut words = Vec::with_capacity(list.len());
    for item in list {
        words.push(one(read, kind, item)?);
    }
    let unclear = |word: &String| word.contains([';', '\n']) || word.trim_start().starts_with('[');
    if kind == FieldKind::Texts && words.iter().any(unclear) {
        return Ok(value.to_json().to_string());
    }
    Ok(words.join("; "))
}

fn one(read: &dyn Read, field: FieldKind, value: &Value) -> Result<String, StoreError> {
    Ok(match (field, value) {
        (FieldKind::Choice(list) | FieldKind::Choices(list), Value::Text(code)) => label_of(list, code),
        (FieldKind::Ref(to) | FieldKind::Refs(to), Value::Id(id)) => {
            let name = read.name_of(to, *id)?;
            let entry = read.get(to, *id)?;
            let code = entry.as_ref().and_then(|entry| code_of(to, entry)).map(str::to_string);
            let key = code.filter(|code| read.known().by_code(to, code) == Some(*id));
            named(&key.unwrap_or_else(|| id.to_string()), &name)
        }
        (FieldKind::Unit | FieldKind::Units, Value::Text(uid)) => {
            named(uid, &read.known().unit(uid).map(|unit| unit.name).unwrap_or_default())
        }
        (_, Value::Bool(true)) => "có".to_string(),
        (_, Value::Bool(false)) => "không".to_string(),
        (_, Value::Text(text)) => text.clone(),
        (_, other) => other.to_json().to_string(),
    })
}

/// A reference as it is written: what finds the record, then its name on one line, without what parts a list.
fn named(key: &str, name: &str) -> String {
    let name = name.replace([';', ',', '\n', '['], " ");
    match name.trim() {
        "" => key.to_string(),
        name => format!("{key}{NAME_AFTER}{name}"),
    }
}

fn code_of<'a>(to: &str, entry: &'a Entry) -> Option<&'a str> {
    let field = kind(to)?.code_field()?;
    entry
        .text(field.key)
        .filter(|code| !code.contains(['·', ';', ',', '\n', '[']))
}

/// A code's label where that reads back to the code, else the code itself.
fn label_of(list: &str, code: &str) -> String {
    let label = catalog::list(list)
        .and_then(|list| list.get(code))
        .map(|code| code.label.vi);
    let reads_back =
        |label: &&str| !label.contains([';', ':']) && read_code(list, label) == Ok(Value::Text(code.to_string()));
    label.filter(reads_back).unwrap_or(code).to_string()
}

/// What may be chosen in a column of a template.
fn offered(read: &dyn Read, field: &Field) -> Result<Vec<String>, StoreError> {
    if let FieldKind::Choice(list) | FieldKind::Choices(list) = field.kind {
        let codes = catalog::list(list)
            .map(|list| list.codes.as_slice())
            .unwrap_or_default();
        return Ok(codes.iter().map(|code| label_of(list, code.code)).collect());
    }
    match field.kind {
        FieldKind::Flag => Ok(vec!["có".to_string(), "không".to_string()]),
        FieldKind::Ref(to) | FieldKind::Refs(to) => {
            let mut words = Vec::new();
            for id in read.ids(to).take(OFFERED) {
                words.push(one(read, FieldKind::Ref(to), &Value::Id(id?))?);
            }
            Ok(words)
        }
        _ => Ok(Vec::new()),
    }
}

/// What stands in the note at a heading.
fn explained(field: &Field) -> String {
    let how = match field.kind {
        FieldKind::Choice(_) => "Chọn trong danh sách.",
        FieldKind::Choices(_) => "Chọn trong danh sách; nhiều mục thì cách nhau bằng dấu chấm phẩy (;).",
        FieldKind::Ref(_) => "Mã của bản ghi đã có trong sổ; chọn trong danh sách.",
        FieldKind::Refs(_) => "Mã của các bản ghi đã có trong sổ, cách nhau bằng dấu chấm phẩy (;).",
        FieldKind::Unit | FieldKind::Units => "Mã định danh (uid) của đơn vị; để trống là đơn vị của sổ này.",
        FieldKind::Date => "Ngày, ví dụ 05/06/2026.",
        FieldKind::Partial => "Ngày, hoặc tháng/năm, hoặc chỉ năm: 05/06/1985, 06/1985, 1985.",
        FieldKind::Year => "Năm, bốn chữ số.",
        FieldKind::Count => "Số nguyên.",
        FieldKind::Money | FieldKind::Balance => "Số tiền bằng đồng, ví dụ 12.500.000 hoặc 12,5 tr.",
        FieldKind::Decimal => "Số, ví dụ 8,5.",
        FieldKind::Flag => "có hoặc không.",
        FieldKind::Days => "Từng ngày: có; không; có.",
        FieldKind::Texts => "Nhiều ý thì cách nhau bằng dấu chấm phẩy (;).",
        FieldKind::Counts(_) => "Từng nhóm và số người: Dân tộc thiểu số: 12; Hộ nghèo: 3.",
        FieldKind::Period => "Kỳ: 2026-W21, 2026-05, 2026-Q2, 2026-H1, 2026.",
        FieldKind::Phone => "Số điện thoại, có số 0 ở đầu.",
        FieldKind::Code => "Mã riêng; để trống thì chương trình tự đặt nếu cần.",
        _ => "",
    };
    let need = if field.is_required() && field.key != "unit" {
        "Phải điền."
    } else {
        ""
    };
    let parts = [need, field.hint.vi, how];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if said.is_empty() {
        "Để trống được.".to_string()
    } else {
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::KINDS;
    use crate::store::{Store, Warnings};

    #[test]
    fn no_two_headings_of_a_kind_are_alike() {
        for kind in KINDS {
            let fields: Vec<&Field> = kind.fields().iter().collect();
            let mut folded: Vec<String> = headings(&fields).iter().map(|heading| fold(heading)).collect();
            folded.sort();
            let all = folded.len();
            folded.dedup();
            assert_eq!(folded.len(), all, "{}", kind.key());
        }
    }

    #[test]
    fn every_code_is_written_so_that_it_reads_back() {
        for list in catalog::lists() {
            for code in &list.codes {
                let written = label_of(list.key, code.code);
                assert_eq!(read_code(list.key, &written), Ok(Value::Text(code.code.to_string())));
                assert!(!written.contains(';'), "{written}");
            }
        }
    }

    #[test]
    fn a_persons_data_are_left_out_unless_asked_for() {
        let store = Store::memory();
        let mut person = Entry::new("person");
        person.set("name", Some(Value::Text("Nguyễn Thị Hoa".to_string())));
        person.set("phone", Some(Value::Text("0912345678".to_string())));
        person.set("unit", Some(Value::Text("C12472-B".to_string())));
        let mut txn = store.txn();
        txn.save(person, Warnings::Accept).unwrap();
        txn.commit().unwrap();
        let kind = kind("person").unwrap();
        let holds = |personal| {
            let table = collect(&store.reader(), kind, personal).unwrap().table;
            let cells: Vec<String> = table.rows[0].cells.iter().map(Cell::to_string).collect();
            assert!(cells.contains(&"Nguyễn Thị Hoa".to_string()), "{cells:?}");
            assert_eq!(cells.len(), table.columns.len());
            cells.contains(&"0912345678".to_string())
        };
        assert!(!holds(Personal::LeftOut));
        assert!(holds(Personal::Included));
    }

    #[test]
    fn a_template_has_a_note_at_every_heading_and_no_column_for_what_nobody_types() {
        let store = Store::memory();
        for kind in KINDS {
            let made = "2026-05-22T08:00:00".parse().unwrap();
            let book = template(&store.reader(), *kind, String::new(), made).unwrap();
            let SheetKind::Form { hints, .. } = &book.sheets[0].kind else {
                panic!("a form");
            };
            assert_eq!(hints.len(), book.sheets[0].table.columns.len());
            assert!(hints.iter().all(|hint| !hint.text.is_empty()));
        }
    }
}
