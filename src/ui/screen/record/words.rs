//! What a line of a time line says of its record: the few fields that tell it from others of its kind, in words.

use crate::domain::entry::Entry;
use crate::domain::record::{Kind, kind};
use crate::domain::schema::FieldKind;
use crate::domain::text::Lang;
use crate::store::Read;
use crate::ui::form::show;

/// The fields that a line shows of a kind, in their order; a kind that is not here shows its name.
fn telling(kind: &str) -> &'static [&'static str] {
    match kind {
        "visit" => &["cooperative", "purposes", "status", "difficulty_text", "advice"],
        "measurement" => &["status", "members", "workers", "workers_women", "revenue"],
        "role" => &["role", "person", "cooperative"],
        "post" => &["title", "officer_kind", "unit"],
        "issue" => &["difficulty", "text", "state"],
        "training" => &["title"],
        "attendance" => &["training", "state", "certificate"],
        "booth" => &["fair", "number", "state", "revenue"],
        "product" => &["name", "ocop_star"],
        "support" => &["kind", "cooperative", "person", "granted", "state"],
        "outreach" => &["form", "title"],
        "formation" => &["name", "step"],
        "contest_entry" => &["title", "stage", "result"],
        "cooperative_mark" => &["feature", "score"],
        "cooperative" => &["kind", "name"],
        _ => &[],
    }
}

/// A record in one line, without what it belongs to.
pub fn of(read: &dyn Read, entry: &Entry, owner: &str, lang: Lang) -> String {
    let Some(kind) = kind(entry.kind) else {
        return String::new();
    };
    let told: Vec<String> = telling(entry.kind)
        .iter()
        .filter_map(|key| value(read, kind, entry, key, owner, lang))
        .collect();
    if told.is_empty() {
        kind.title(entry, read.known())
    } else {
        told.join(" · ")
    }
}

fn value(
    read: &dyn Read,
    kind: &'static dyn Kind,
    entry: &Entry,
    key: &str,
    owner: &str,
    lang: Lang,
) -> Option<String> {
    let field = read.schema().field(kind, key)?;
    if entry.kind != owner && matches!(field.kind, FieldKind::Ref(to) if to == owner) {
        return None;
    }
    // A row without a certificate is the usual one.
    if key == "certificate" && entry.text(key) == Some("KHONG") {
        return None;
    }
    let words = show::value(field, entry.get(key)?, read.known(), lang);
    // Numbers and amounts say nothing without their names.
    let named = field.kind.is_number() || matches!(field.kind, FieldKind::Plain);
    Some(if named {
        let label = field.label.get(lang);
        let label = label.strip_suffix(" (đ)").unwrap_or(label);
        format!("{} {words}", show::lower_first(label))
    } else {
        words
    })
}
