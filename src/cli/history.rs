//! `sohoi history`: who changed what in a record, when, and from what to what; newest first.

use std::io::Write;

use chrono::{DateTime, Local, SecondsFormat, Utc};
use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::lookup::record_named;
use super::shown::past_in_words;
use super::{Answer, Desk};
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Text};
use crate::store::Read;
use crate::store::history::{Deed, Past};

/// The words after `sohoi history`.
#[derive(Args, Clone, Debug)]
pub struct HistoryArgs {
    /// Id hoặc mã của bản ghi; bản ghi đã xóa thì dùng id ¦ the record's id or code; the id for a deleted record
    #[arg(value_name = "ID")]
    pub id: String,
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Prints the history.
///
/// # Errors
/// An id or code that no record ever had.
pub fn run(args: &HistoryArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let reader = desk.store.reader();
    let id = match args.id.parse::<Id>() {
        // Deleted records have a history too.
        Ok(id) => id,
        Err(_) => record_named(&args.id, &reader)?.id,
    };
    let history = desk.store.history(id)?;
    if history.is_empty() {
        record_named(&args.id, &reader)?;
    }
    if args.json {
        let all = Json::Array(history.iter().map(to_json).collect());
        return Ok(writeln!(out, "{all:#}")?);
    }
    for past in &history {
        write_past(past, &reader, desk.lang, out)?;
    }
    Ok(())
}

fn moment(past: &Past) -> Option<DateTime<Local>> {
    let millis = i64::try_from(past.at_ms).ok()?;
    Some(DateTime::<Utc>::from_timestamp_millis(millis)?.with_timezone(&Local))
}

fn to_json(past: &Past) -> Json {
    let deed = match past.deed {
        Deed::Created => "created",
        Deed::Edited => "edited",
        Deed::Deleted => "deleted",
    };
    let fields = past.fields.iter().filter(|(key, ..)| !key.starts_with('_'));
    let fields: Vec<Json> = fields
        .map(|(key, before, after)| json!({ "key": key, "before": before, "after": after }))
        .collect();
    json!({
        "at": moment(past).map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, false)),
        "user": past.user,
        "device": past.device,
        "kind": past.kind,
        "deed": deed,
        "undo": past.is_undo,
        "note": past.note,
        "fields": fields,
    })
}

fn write_past(past: &Past, read: &dyn Read, lang: Lang, out: &mut Answer) -> Result<(), Failure> {
    let at = moment(past)
        .map(|at| at.format("%d/%m/%Y %H:%M:%S").to_string())
        .unwrap_or_default();
    let nobody = Text::new("(chưa đặt tên cán bộ)", "(no officer set)").get(lang);
    let who = past.user.as_deref().unwrap_or(nobody);
    let note = past
        .note
        .as_deref()
        .map(|note| format!(" · {note}"))
        .unwrap_or_default();
    writeln!(out, "{at}  {who}  {}{note}", past.label().get(lang))?;
    for (key, before, after) in past.fields.iter().filter(|(key, ..)| !key.starts_with('_')) {
        let field = kind(&past.kind).and_then(|kind| read.schema().field(kind, key));
        let label = field.map_or(key.as_str(), |field| field.label.get(lang));
        let from = past_in_words(&past.kind, key, before, read, lang)?;
        let to = past_in_words(&past.kind, key, after, read, lang)?;
        writeln!(out, "    {label}: {from} → {to}")?;
    }
    Ok(())
}
