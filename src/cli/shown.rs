//! How a record is shown: as JSON for scripts, as words for people.

use serde_json::Value as Json;

pub use crate::report::export::to_json;

use crate::domain::catalog;
use crate::domain::record::kind;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::Lang;
use crate::domain::value::Value;
use crate::store::{Read, StoreError};
use crate::vietnamese::{date, number};

/// A field's value in words: names for references, labels for codes, dates as dd/mm/yyyy; several after each other.
///
/// # Errors
/// The store, asked for the name of a reference.
pub fn in_words(field: Option<&Field>, value: &Value, read: &dyn Read, lang: Lang) -> Result<String, StoreError> {
    let mut words = Vec::new();
    for item in value.items() {
        words.push(one_in_words(field.map(|field| field.kind), item, read, lang)?);
    }
    Ok(words.join(", "))
}

fn one_in_words(field: Option<FieldKind>, value: &Value, read: &dyn Read, lang: Lang) -> Result<String, StoreError> {
    let yes_no = |flag: bool| match (flag, lang) {
        (true, Lang::Vi) => "có",
        (false, Lang::Vi) => "không",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    };
    Ok(match (field, value) {
        (Some(FieldKind::Ref(kind) | FieldKind::Refs(kind)), Value::Id(id)) => read.name_of(kind, *id)?,
        (Some(FieldKind::Choice(list) | FieldKind::Choices(list)), Value::Text(code)) => label_of(list, code, lang),
        (Some(FieldKind::Unit | FieldKind::Units), Value::Text(uid)) => {
            read.known().unit(uid).map_or_else(|| uid.clone(), |unit| unit.name)
        }
        (Some(FieldKind::Counts(list)), Value::Counts(counts)) => {
            let items = counts
                .iter()
                .map(|(code, count)| format!("{} {count}", label_of(list, code, lang)));
            items.collect::<Vec<_>>().join(", ")
        }
        (Some(FieldKind::Year), Value::Number(year)) => year.to_string(),
        (_, Value::Number(count)) => number::format_count(*count),
        (_, Value::Decimal(decimal)) => decimal.to_string().replace('.', ","),
        (_, Value::Bool(flag)) => yes_no(*flag).to_string(),
        (_, Value::Date(day)) => date::format_date(*day),
        (_, Value::Partial(partial)) => partial.to_string(),
        (_, Value::Text(text)) => text.clone(),
        (_, other) => other.to_json().to_string(),
    })
}

fn label_of(list: &str, code: &str, lang: Lang) -> String {
    let known = catalog::list(list).and_then(|list| list.get(code));
    known.map_or_else(|| code.to_string(), |code| code.short().get(lang).to_string())
}

/// A value that stands in the journal as JSON, in words, where its field is known.
///
/// # Errors
/// See [`in_words`].
pub fn past_in_words(
    kind_key: &str,
    key: &str,
    json: &Json,
    read: &dyn Read,
    lang: Lang,
) -> Result<String, StoreError> {
    let field = kind(kind_key).and_then(|kind| read.schema().field(kind, key));
    match crate::store::codec::decode_value(field.map(|field| field.kind), json.clone()) {
        Some(value) => in_words(field, &value, read, lang),
        None => Ok("–".to_string()),
    }
}
