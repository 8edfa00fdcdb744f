//! `sohoi show`: one record by its code or its id; of a cooperative its status.

use std::io::Write;

use clap::Args;

use super::failure::Failure;
use super::lookup::{kind_named, record_named};
use super::shown::{in_words, to_json};
use super::{Answer, Desk, status};
use crate::domain::entry::Entry;
use crate::domain::record::Kind;
use crate::domain::text::Lang;
use crate::store::Read;

/// The words after `sohoi show`.
#[derive(Args, Clone, Debug)]
pub struct ShowArgs {
    /// Mã (HTX007) hoặc id của bản ghi ¦ the record's code (HTX007) or id
    #[arg(value_name = "CODE|ID")]
    pub name: String,
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Prints the record.
///
/// # Errors
/// No such record.
pub fn run(args: &ShowArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let entry = record_named(&args.name, &reader)?;
    if entry.kind == "cooperative" {
        return status::write(entry.id, args.json, desk, out);
    }
    let kind = kind_named(entry.kind)?;
    if args.json {
        return Ok(writeln!(out, "{}", to_json(kind, &entry, &reader))?);
    }
    write_record(kind, &entry, &reader, desk.lang, out)
}

/// A record in words, a field a line.
fn write_record(
    kind: &'static dyn Kind,
    entry: &Entry,
    read: &dyn Read,
    lang: Lang,
    out: &mut Answer,
) -> Result<(), Failure> {
    writeln!(out, "{}: {}", kind.label().get(lang), kind.title(entry, read.known()))?;
    writeln!(out, "  id: {}", entry.id)?;
    for field in read.schema().fields(kind) {
        if let Some(value) = entry.get(field.key) {
            let words = in_words(Some(field), value, read, lang)?;
            writeln!(out, "  {}: {}", field.label.get(lang), words.replace('\n', "\n    "))?;
        }
    }
    Ok(())
}
