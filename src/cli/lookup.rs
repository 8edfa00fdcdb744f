//! Finding what a request names: a kind by its key, a record by its id or its code.

use super::failure::Failure;
use super::near::near;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::Schema;
use crate::domain::text::Message;
use crate::store::{Read, StoreError};

/// The kind of a key.
///
/// # Errors
/// An unknown key, with those near it.
pub fn kind_named(key: &str) -> Result<&'static dyn Kind, Failure> {
    let kinds = || KINDS.iter().map(|kind| kind.key());
    kind(key).ok_or_else(|| {
        let (vi, en) = offer(&near(key, kinds()), kinds());
        Failure::refused(
            format!("Không có loại bản ghi \"{key}\". Chưa làm gì. {vi}"),
            format!("There is no kind \"{key}\". Nothing was done. {en}"),
        )
    })
}

/// Names near the one given, or all there are, as the end of a message in both languages.
fn offer<'a>(near: &[&'a str], all: impl Iterator<Item = &'a str>) -> (String, String) {
    if near.is_empty() {
        let names = all.collect::<Vec<_>>().join(", ");
        return (format!("Có: {names}."), format!("There are: {names}."));
    }
    let names = near.join(", ");
    (format!("Có phải là: {names}?"), format!("Did you mean: {names}?"))
}

/// That a kind has no such field, with those near it.
pub fn unknown_field(kind: &'static dyn Kind, key: &str, schema: &Schema) -> Message {
    let keys = || schema.fields(kind).map(|field| field.key);
    let (label, (vi, en)) = (kind.label(), offer(&near(key, keys()), keys()));
    Message::new(
        format!("{} không có trường \"{key}\". {vi}", label.vi),
        format!("{} has no field \"{key}\". {en}", label.en),
    )
}

/// A living record by its id, or by its code among all kinds.
///
/// # Errors
/// None such, a deleted one, or a code that several kinds know.
pub fn record_named(name: &str, read: &dyn Read) -> Result<Entry, Failure> {
    if let Ok(id) = name.parse::<Id>() {
        return match read.get_any(id)? {
            Some(entry) => Ok(entry),
            None => Err(absent(id, read)?),
        };
    }
    let mut found = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.code_field().is_some()) {
        if let Some(id) = read.known().by_code(kind.key(), name) {
            found.extend(read.get(kind.key(), id)?);
        }
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::refused(
            format!("Không có bản ghi nào mang mã \"{name}\". Chưa làm gì. Hãy xem mã bằng lệnh list."),
            format!("No record has the code or id \"{name}\". Nothing was done. See the codes with list."),
        )),
        _ => Err(ambiguous(name, &found)),
    }
}

/// That a record is not there, or not any more.
fn absent(id: Id, read: &dyn Read) -> Result<Failure, StoreError> {
    Ok(match read.grave(id)? {
        Some(grave) => Failure::refused(
            format!(
                "Bản ghi {id} (\"{}\") đã bị xóa. Chưa làm gì. Lệnh history {id} cho biết ai xóa, khi nào.",
                grave.title
            ),
            format!(
                "Record {id} (\"{}\") was deleted. Nothing was done. history {id} tells who deleted it, and when.",
                grave.title
            ),
        ),
        None => Failure::refused(
            format!("Không có bản ghi {id}. Chưa làm gì. Hãy xem các bản ghi bằng lệnh list."),
            format!("There is no record {id}. Nothing was done. See the records with list."),
        ),
    })
}

fn ambiguous(name: &str, found: &[Entry]) -> Failure {
    let list: Vec<String> = found
        .iter()
        .map(|entry| format!("{} {}", entry.kind, entry.id))
        .collect();
    let list = list.join(", ");
    Failure::refused(
        format!("Mã \"{name}\" có ở nhiều bản ghi: {list}. Chưa làm gì. Hãy dùng id."),
        format!("The code \"{name}\" is borne by several records: {list}. Nothing was done. Use the id."),
    )
}
