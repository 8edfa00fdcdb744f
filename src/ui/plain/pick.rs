//! From words to the choices that they mean: one where it is clear, by a number of those that fit where it is not.

use super::talk::{Stop, Talk};
use crate::domain::schema::Field;
use crate::domain::text::{Message, Text};
use crate::ui::form::picks::Hit;
use crate::ui::form::{Form, FormCx};
use crate::vietnamese::fold::fold;

/// Choices that are read out to choose from.
const MOST: usize = 9;

/// What an answer means in a field of choices.
pub enum Meant {
    /// These.
    These(Vec<Hit>),
    /// Nothing fits this part of it.
    Nothing(String),
    /// The officer does not choose.
    Left,
}

/// The choices that an answer names, for the field under the form's cursor; several are parted by commas.
///
/// # Errors
/// The conversation cannot go on.
pub fn read(answer: &str, form: &mut Form, cx: &FormCx<'_>, talk: &mut Talk<'_>) -> Result<Meant, Stop> {
    let field = form.cells()[form.at()].field;
    let mut meant = Vec::new();
    for part in parts(answer, &field) {
        let hits = form.fitting(part, cx);
        match clear(&hits, part) {
            Some(hit) => meant.push(hit.clone()),
            None if hits.is_empty() => return Ok(Meant::Nothing(part.to_owned())),
            None => match choose(&hits, part, talk)? {
                Some(hit) => meant.push(hit),
                None => return Ok(Meant::Left),
            },
        }
    }
    Ok(Meant::These(meant))
}

/// One of several that fit, by its number.
///
/// # Errors
/// The conversation cannot go on.
pub fn choose(hits: &[Hit], typed: &str, talk: &mut Talk<'_>) -> Result<Option<Hit>, Stop> {
    let items: Vec<String> = hits.iter().take(MOST).map(spoken).collect();
    let more = if hits.len() > MOST {
        Message::new(
            format!("Nhiều mục hợp với \"{typed}\"; đây là {MOST} mục đầu. Chọn số:"),
            format!("Many fit \"{typed}\"; these are the first {MOST}. Choose by number:"),
        )
    } else {
        Message::new(
            format!("{} mục hợp với \"{typed}\". Chọn số:", hits.len()),
            format!("{} fit \"{typed}\". Choose by number:", hits.len()),
        )
    };
    Ok(talk.choose(more, &items)?.map(|place| hits[place].clone()))
}

/// A choice in words.
pub fn spoken(hit: &Hit) -> String {
    let named = format!("{} {}", hit.key, hit.label);
    match hit.detail.as_str() {
        "" => named.trim().to_owned(),
        detail => format!("{}, {detail}", named.trim()),
    }
}

/// What was typed, where nothing fits.
pub fn nothing_fits(typed: &str) -> Message {
    Message::new(
        format!("Không có mục nào hợp với \"{typed}\". Gõ lại, hoặc ? để nghe các lựa chọn."),
        format!("Nothing fits \"{typed}\". Type it again, or ? for the choices."),
    )
}

/// The parts of an answer: one, or several where the field holds several.
fn parts<'a>(answer: &'a str, field: &Field) -> Vec<&'a str> {
    let numbers = answer.bytes().all(|b| b.is_ascii_digit() || b" ,;".contains(&b));
    let splits = |c: char| c == ',' || c == ';' || (numbers && field.kind.list().is_some() && c == ' ');
    if !field.kind.is_multiple() {
        return vec![answer];
    }
    answer
        .split(splits)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The one that is meant, where there is no doubt: the only one, a code or place typed whole, a name typed whole.
fn clear<'h>(hits: &'h [Hit], typed: &str) -> Option<&'h Hit> {
    let typed = fold(typed);
    let whole = |hit: &&Hit| fold(&hit.key) == typed || fold(&hit.label) == typed;
    match hits {
        [only] => Some(only),
        hits => {
            let mut named = hits.iter().filter(whole);
            named.next().filter(|_| named.next().is_none())
        }
    }
}

/// Whether an answer says yes.
pub fn is_yes(answer: &str) -> bool {
    matches!(fold(answer).as_str(), "1" | "c" | "co" | "y" | "yes")
}

/// The question that [`is_yes`] answers.
pub const YES_OR_ENTER: Text = Text::new("Gõ 1 nếu có, Enter nếu không.", "1 for yes, Enter for no.");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::FieldKind;
    use crate::domain::value::Value;

    fn hit(key: &str, label: &str) -> Hit {
        Hit {
            value: Value::Text(key.to_owned()),
            key: key.to_owned(),
            label: label.to_owned(),
            detail: String::new(),
        }
    }

    #[test]
    fn only_what_leaves_no_doubt_is_taken_without_asking() {
        let hits = [hit("1", "Thiếu vốn"), hit("10", "Vốn góp"), hit("3", "Khác")];
        let key = |typed: &str| clear(&hits, typed).map(|hit| hit.key.as_str());
        assert_eq!(key("1"), Some("1"));
        assert_eq!(key("khác"), Some("3"));
        assert_eq!(key("von"), None);
        assert_eq!(clear(&hits[..1], "v").map(|hit| hit.key.as_str()), Some("1"));
    }

    #[test]
    fn several_are_parted_by_commas_and_numbers_of_a_list_by_blanks_too() {
        let label = Text::new("x", "x");
        let list = Field::new("x", FieldKind::Choices("difficulty"), label);
        let people = Field::new("x", FieldKind::Refs("person"), label);
        assert_eq!(parts("1 8,3", &list), ["1", "8", "3"]);
        assert_eq!(parts("thiếu vốn; kho", &list), ["thiếu vốn", "kho"]);
        assert_eq!(parts("Phạm Thu Hằng, Đỗ Hà", &people), ["Phạm Thu Hằng", "Đỗ Hà"]);
        assert_eq!(parts("12 345", &people), ["12 345"]);
    }
}
