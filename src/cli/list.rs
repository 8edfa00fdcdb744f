//! `sohoi list`: the living records of a kind, all of them or those asked for.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::Value as Json;

use super::failure::Failure;
use super::lookup::kind_named;
use super::query::{Found, QueryArgs, Question};
use super::shown::{in_words, to_json};
use super::table::{Side, Table};
use super::{Answer, Desk, tell};
use crate::arrange::Arrange;
use crate::domain::record::Kind;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Message};
use crate::report::csv::guarded;
use crate::store::Read;

/// The words after `sohoi list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// Loại bản ghi: visit, cooperative, person … ¦ the kind: visit, cooperative, person …
    #[arg(value_name = "KIND")]
    pub kind: String,
    #[command(flatten)]
    pub query: QueryArgs,
    /// Dạng in ra: table, json, csv ¦ the form: table, json, csv
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `--format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the eye: headings and names.
    Table,
    /// For scripts: an array of objects.
    Json,
    /// For scripts and sheets: the keys as headings, the values as in JSON.
    Csv,
}

/// Prints the records.
///
/// # Errors
/// An unknown kind, field, code, id or unit, an impossible date.
pub fn run(args: &ListArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let kind = kind_named(&args.kind)?;
    let reader = desk.store.reader();
    let read: &dyn Read = &reader;
    let question = Question::read(kind, &args.query, read)?;
    write(args.format, kind, question.entries(read)?, read, desk.lang, out)
}

fn write(
    format: Format,
    kind: &'static dyn Kind,
    entries: Found<'_>,
    read: &dyn Read,
    lang: Lang,
    out: &mut Answer,
) -> Result<(), Failure> {
    match format {
        Format::Json => write_json(kind, entries, read, out),
        Format::Csv => write_csv(kind, entries, read, out),
        Format::Table => write_table(kind, entries, read, lang, out),
    }
}

/// One record a line, so that a long list needs no memory and reads well.
fn write_json(kind: &'static dyn Kind, entries: Found<'_>, read: &dyn Read, out: &mut Answer) -> Result<(), Failure> {
    let mut before = "[";
    for entry in entries {
        write!(out, "{before}\n{}", to_json(kind, &entry?, read))?;
        before = ",";
    }
    if before == "[" {
        write!(out, "[")?;
    } else {
        writeln!(out)?;
    }
    Ok(writeln!(out, "]")?)
}

fn write_csv(kind: &'static dyn Kind, entries: Found<'_>, read: &dyn Read, out: &mut Answer) -> Result<(), Failure> {
    let mut keys = vec!["id"];
    let fields = || read.schema().fields(kind).map(|field| field.key);
    keys.extend(fields().filter(|key| *key == "code"));
    keys.extend(fields().filter(|key| *key != "code"));
    let mut sheet = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Output(error),
        other => Failure::Output(std::io::Error::other(format!("{other:?}"))),
    };
    sheet.write_record(&keys).map_err(failed)?;
    for entry in entries {
        let json = to_json(kind, &entry?, read);
        let cells = keys.iter().map(|key| csv_cell(json.get(key)));
        sheet.write_record(cells).map_err(failed)?;
    }
    Ok(sheet.flush()?)
}

/// A value as in JSON; lists by comma, so that it can be given back as KEY=VALUE.
fn csv_cell(value: Option<&Json>) -> String {
    match value {
        None => String::new(),
        Some(Json::String(text)) => guarded(text),
        Some(Json::Array(items)) if items.iter().all(|item| !item.is_object() && !item.is_array()) => items
            .iter()
            .map(|item| csv_cell(Some(item)))
            .collect::<Vec<_>>()
            .join(","),
        Some(other) => other.to_string(),
    }
}

fn write_table(
    kind: &'static dyn Kind,
    entries: Found<'_>,
    read: &dyn Read,
    lang: Lang,
    out: &mut Answer,
) -> Result<(), Failure> {
    let fields: Vec<&Field> = columns(kind, read);
    let heading = |field: &&Field| {
        let side = if field.kind.is_number() {
            Side::Right
        } else {
            Side::Left
        };
        (field.label.get(lang).to_string(), side)
    };
    let mut headings: Vec<(String, Side)> = fields.iter().map(heading).collect();
    headings.push(("Id".to_string(), Side::Left));
    let mut table = Table::new(headings);
    let mut count = 0u64;
    for entry in entries {
        let entry = entry?;
        let mut cells = Vec::with_capacity(fields.len() + 1);
        for field in &fields {
            let value = entry.get(field.key);
            cells.push(value.map_or(Ok(String::new()), |value| in_words(Some(field), value, read, lang))?);
        }
        cells.push(entry.id.to_string());
        table.push(cells);
        count += 1;
    }
    if count == 0 {
        let label = kind.label();
        let text = Message::new(
            format!("{}: không có bản ghi nào.", label.vi),
            format!("{}: no records.", label.en),
        );
        tell(lang, &text);
        return Ok(());
    }
    Ok(table.write(out)?)
}

/// The fields of the table: the code, then the main path of the form, without long texts.
fn columns<'a>(kind: &'static dyn Kind, read: &'a dyn Read) -> Vec<&'a Field> {
    let long = |field: &Field| matches!(field.kind, FieldKind::Lines | FieldKind::Texts | FieldKind::Json);
    let main =
        |field: &&Field| field.kind == FieldKind::Code || (field.block.is_none() && !field.hidden && !long(field));
    let mut fields: Vec<&Field> = read.schema().fields(kind).filter(main).collect();
    fields.arrange_by_key(|field| field.kind != FieldKind::Code);
    fields
}
