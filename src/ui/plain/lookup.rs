//! Look-up line by line: words in, hits by number, then the card of a cooperative or the lines of any other record, and
//! what can be done with it.

use std::sync::PoisonError;

use super::talk::{Stop, Talk};
use super::{Desk, form, people, stalls};
use crate::domain::known::Known;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::search::status::{Status, plain};
use crate::search::{Asked, Hit};
use crate::store::Read;
use crate::ui::form::{Form, show};

/// Hits that are read out.
const MOST: usize = 12;

/// Asks for words until the officer goes back.
///
/// # Errors
/// The conversation cannot go on.
pub fn begin(desk: &mut Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    loop {
        let typed = talk.ask(Text::new(
            "Tra cứu: gõ mã, tên không cần dấu, chữ cái đầu, hoặc điện thoại. Enter để về.",
            "Look up by code, name without tones, initials, or telephone. Enter goes back.",
        ))?;
        if typed.is_empty() || typed == "0" || typed == ".." {
            return Ok(());
        }
        let read = desk.store.reader();
        let asked = Asked {
            text: &typed,
            kind: None,
            limit: MOST,
        };
        let hits = desk
            .names
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answer(&asked, &read)?;
        let chosen = match hits.as_slice() {
            [] => {
                talk.say(Message::new(
                    format!("Không tìm thấy \"{typed}\". Thử ít chữ hơn."),
                    format!("\"{typed}\" is not found. Try fewer letters."),
                ))?;
                None
            }
            [only] => Some(only),
            several => {
                let items: Vec<String> = several.iter().map(|hit| spoken(hit, desk.lang())).collect();
                let found = Message::new(
                    format!("{} kết quả.", several.len()),
                    format!("{} found.", several.len()),
                );
                talk.choose(found, &items)?.map(|place| &several[place])
            }
        };
        if let Some(hit) = chosen {
            open(hit, desk, talk)?;
        }
    }
}

fn spoken(hit: &Hit, lang: Lang) -> String {
    let label = kind(hit.kind).map_or(hit.kind, |kind| kind.label().get(lang));
    let code = hit.code.as_deref().unwrap_or_default();
    let named = format!("{code} {}", hit.title);
    let parts = [named.trim(), hit.detail.as_str(), label];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(", ")
}

/// Reads a record out and asks what to do with it.
fn open(hit: &Hit, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    for line in lines(hit, desk)? {
        talk.line(line)?;
    }
    let edit = Text::new("Sửa", "Change it");
    let more = match hit.kind {
        "cooperative" => Some(Text::new("Ghi lượt thăm", "Record a visit")),
        "training" => Some(Text::new("Điểm danh", "Attendance")),
        "fair" => Some(Text::new("Gian hàng", "Booths")),
        _ => None,
    };
    let items: Vec<String> = std::iter::once(edit)
        .chain(more)
        .map(|text| text.get(desk.lang()).to_owned())
        .collect();
    match (talk.choose(Text::new("Làm gì tiếp?", "What next?"), &items)?, hit.kind) {
        (Some(0), _) => edit_it(hit, desk, talk),
        (Some(_), "cooperative") => {
            let given = vec![("cooperative", Value::Id(hit.id))];
            form::create("visit", given, desk, talk)
        }
        (Some(_), "training") => people::list(hit.id, desk, talk),
        (Some(_), _) => stalls::list(hit.id, desk, talk),
        (None, _) => Ok(()),
    }
}

fn edit_it(hit: &Hit, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let form = {
        let read = desk.store.reader();
        let entry = read.get(hit.kind, hit.id)?;
        entry.and_then(|entry| Form::edit(entry, &desk.form_cx(&read)))
    };
    match form {
        Some(form) => form::go_on(form, desk, talk),
        None => talk.say(Text::new("Bản ghi này không còn.", "This record is gone.")),
    }
}

fn lines(hit: &Hit, desk: &Desk) -> Result<Vec<String>, Stop> {
    let (read, lang) = (desk.store.reader(), desk.lang());
    if hit.kind == "cooperative"
        && let Some(status) = Status::of(&read, hit.id)?
    {
        return Ok(plain::write(&status, lang).lines().map(unruled).collect());
    }
    let (Some(kind), Some(entry)) = (kind(hit.kind), read.get(hit.kind, hit.id)?) else {
        return Ok(Vec::new());
    };
    let mut lines = vec![format!(
        "{}: {}",
        kind.label().get(lang),
        kind.title(&entry, read.known())
    )];
    for field in read.schema().fields(kind).filter(|field| !field.hidden) {
        if let Some(value) = entry.get(field.key) {
            let words = show::value(field, value, read.known(), lang);
            lines.push(format!("{}: {words}", field.label.get(lang)));
        }
    }
    Ok(lines)
}

/// A line of the card without its columns and trends, which say nothing when they are read out.
fn unruled(line: &str) -> String {
    let words = line
        .split_whitespace()
        .filter(|word| !word.chars().all(|c| ('▁'..='█').contains(&c)));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_out_without_columns_and_trends() {
        assert_eq!(
            unruled("Thành viên            45  nữ 30    22/5/26  ▂▃▅▆"),
            "Thành viên 45 nữ 30 22/5/26"
        );
    }
}
