//! The office's own fields: a TOML text that adds fields to kinds of records without a new build. They stand in form,
//! table, export and import like the built-in ones, and their values in the record like any other.
//!
//! ```toml
//! [[field]]
//! kind = "cooperative"                 # which kind of record
//! key = "zalo"                         # its name in files: small letters, digits, _ ; never changed afterwards
//! label = "Nhóm Zalo"                  # its heading
//! type = "choice"                      # see TYPES
//! codes = ["CO = Có dùng", "KHONG = Không dùng"]
//! ```
//!
//! A text that is wrong anywhere is refused whole, with the line and the reason: half of an office's fields would make
//! exports that lack columns. Reads no files itself.

use serde::Deserialize;
use toml::Spanned;

use super::catalog::lists::{self, OwnCode};
use super::record::{KINDS, Kind, kind};
use super::schema::{Field, FieldKind, Schema};
use super::text::{Message, Text};

/// The longest key, so that headings of exported files stay readable.
const LONGEST_KEY: usize = 40;
/// Most fields that one kind may get: more is no form any longer.
const MOST: usize = 40;

/// The types that a field may have, as they are written in the file.
pub const TYPES: &[&str] = &[
    "text", "lines", "number", "money", "decimal", "year", "date", "yes-no", "phone", "choice", "choices",
];

/// Why the text was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, without a full stop.
    pub why: Message,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    field: Vec<Spanned<Given>>,
}

/// One field as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    kind: Spanned<String>,
    key: Spanned<String>,
    label: Spanned<String>,
    label_en: Option<String>,
    #[serde(rename = "type")]
    holds: Spanned<String>,
    /// Codes of its own: "CODE = Nhãn", or "CODE = Nhãn | Label".
    codes: Option<Spanned<Vec<String>>>,
    /// A built-in list instead.
    list: Option<Spanned<String>>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    sticky: bool,
    min: Option<Spanned<i64>>,
    max: Option<Spanned<i64>>,
    max_length: Option<u16>,
    hint: Option<String>,
    hint_en: Option<String>,
}

/// The fields in force: the built-in ones and those of the text.
///
/// # Errors
/// The first thing that is wrong with it; nothing of it is taken then.
pub fn read(text: &str) -> Result<Schema, Fault> {
    let file: File = toml::from_str(text).map_err(|error| Fault {
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        why: Message::new(
            format!("không đúng mẫu TOML ({})", error.message()),
            format!("not in the form ({})", error.message()),
        ),
    })?;
    let mut schema = Schema::builtin();
    for given in file.field {
        add(&mut schema, given.get_ref(), text)?;
    }
    Ok(schema)
}

fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn add(schema: &mut Schema, given: &Given, text: &str) -> Result<(), Fault> {
    let wrong = |at: usize, vi: String, en: String| Fault {
        line: line_at(text, at),
        why: Message::new(vi, en),
    };
    let of = given.kind.get_ref();
    let kind = kind(of).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.key()).collect();
        let known = known.join(", ");
        wrong(
            given.kind.span().start,
            format!("không có loại bản ghi \"{of}\"; các loại: {known}"),
            format!("there is no kind \"{of}\"; the kinds are: {known}"),
        )
    })?;
    let key = checked_key(given, schema, kind).map_err(|why| wrong(given.key.span().start, why.vi, why.en))?;
    let label = given.label.get_ref().trim();
    if label.is_empty() {
        let (vi, en) = ("thiếu nhãn (label)", "the label is empty");
        return Err(wrong(given.label.span().start, vi.into(), en.into()));
    }
    let holds = field_kind(given, kind, key).map_err(|(at, why)| wrong(at, why.vi, why.en))?;
    let mut field = Field::new(key, holds, leaked(label, given.label_en.as_deref())).either();
    if given.required {
        field = field.required();
    }
    if given.personal {
        field = field.personal();
    }
    if given.sticky {
        field = field.sticky();
    }
    field.hint = leaked(given.hint.as_deref().unwrap_or_default(), given.hint_en.as_deref());
    field.max = given.max_length.unwrap_or(0);
    let bound = |bound: &Option<Spanned<i64>>| bound.as_ref().map(|bound| *bound.get_ref());
    (field.at_least, field.at_most) = (bound(&given.min), bound(&given.max));
    if let Some(first) = given.min.as_ref().or(given.max.as_ref()) {
        if !holds.is_number() {
            let (vi, en) = ("min, max chỉ dùng cho kiểu số", "min and max are for numbers only");
            return Err(wrong(first.span().start, vi.into(), en.into()));
        }
        if field
            .at_least
            .zip(field.at_most)
            .is_some_and(|(least, most)| least > most)
        {
            let (vi, en) = ("min lớn hơn max", "min is more than max");
            return Err(wrong(first.span().start, vi.into(), en.into()));
        }
    }
    schema.add_own(kind, field);
    Ok(())
}

fn checked_key(given: &Given, schema: &Schema, kind: &'static dyn Kind) -> Result<&'static str, Message> {
    let key = given.key.get_ref().as_str();
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !key.starts_with(|c: char| c.is_ascii_lowercase()) || !key.chars().all(good) || key.len() > LONGEST_KEY {
        return Err(Message::new(
            format!("key \"{key}\" phải bắt đầu bằng chữ thường, chỉ gồm a-z, 0-9, _ và không quá {LONGEST_KEY} chữ"),
            format!(
                "the key \"{key}\" must begin with a small letter and have only a-z, 0-9 and _, at most {LONGEST_KEY}"
            ),
        ));
    }
    if matches!(key, "id" | "extra") || schema.field(kind, key).is_some() {
        return Err(Message::new(
            format!("{} đã có trường \"{key}\"; chọn key khác", kind.label().vi),
            format!("{} has a field \"{key}\" already; choose another key", kind.label().en),
        ));
    }
    if schema.own(kind).len() >= MOST {
        return Err(Message::new(
            format!("quá {MOST} trường riêng cho {}", kind.label().vi),
            format!("more than {MOST} own fields of {}", kind.label().en),
        ));
    }
    Ok(leak(key))
}

fn field_kind(given: &Given, kind: &'static dyn Kind, key: &str) -> Result<FieldKind, (usize, Message)> {
    let holds = given.holds.get_ref().as_str();
    let chosen = matches!(holds, "choice" | "choices");
    if !chosen && let Some(at) = given.codes.as_ref().map(|codes| codes.span().start) {
        let (vi, en) = (
            "codes chỉ dùng cho kiểu choice, choices",
            "codes are for choice and choices only",
        );
        return Err((at, Message::new(vi, en)));
    }
    Ok(match holds {
        "text" => FieldKind::Text,
        "lines" => FieldKind::Lines,
        "number" => FieldKind::Count,
        "money" => FieldKind::Money,
        "decimal" => FieldKind::Decimal,
        "year" => FieldKind::Year,
        "date" => FieldKind::Date,
        "yes-no" => FieldKind::Flag,
        "phone" => FieldKind::Phone,
        "choice" => FieldKind::Choice(list_of(given, kind, key)?),
        "choices" => FieldKind::Choices(list_of(given, kind, key)?),
        other => {
            let known = TYPES.join(", ");
            return Err((
                given.holds.span().start,
                Message::new(
                    format!("không có kiểu \"{other}\"; các kiểu: {known}"),
                    format!("there is no type \"{other}\"; the types are: {known}"),
                ),
            ));
        }
    })
}

/// The code list of a choice: a built-in one, or one of its own.
fn list_of(given: &Given, kind: &'static dyn Kind, key: &str) -> Result<&'static str, (usize, Message)> {
    match (&given.list, &given.codes) {
        (Some(list), None) => lists::list(list.get_ref()).map(|list| list.key).ok_or_else(|| {
            let name = list.get_ref();
            (
                list.span().start,
                Message::new(
                    format!("không có danh mục \"{name}\""),
                    format!("there is no list \"{name}\""),
                ),
            )
        }),
        (None, Some(codes)) => {
            let own: Result<Vec<OwnCode>, Message> = codes.get_ref().iter().map(|line| own_code(line)).collect();
            let own = own.map_err(|why| (codes.span().start, why))?;
            let twice = own
                .iter()
                .enumerate()
                .find(|(at, code)| own[..*at].iter().any(|other| other.code == code.code));
            if let Some((_, code)) = twice {
                let why = Message::new(
                    format!("mã \"{}\" có hai lần", code.code),
                    format!("the code \"{}\" stands there twice", code.code),
                );
                return Err((codes.span().start, why));
            }
            if own.is_empty() {
                let why = Message::new("codes không có mã nào", "codes are empty");
                return Err((codes.span().start, why));
            }
            let title = leaked(given.label.get_ref().trim(), given.label_en.as_deref());
            Ok(lists::own(&format!("{}.{key}", kind.key()), title, &own).key)
        }
        _ => Err((
            given.holds.span().start,
            Message::new(
                "kiểu choice, choices cần codes (mã riêng) hoặc list (danh mục có sẵn), một trong hai",
                "choice and choices need codes of their own or a built-in list, one of the two",
            ),
        )),
    }
}

/// "CO = Có dùng", "CO = Có dùng | In use".
fn own_code(line: &str) -> Result<OwnCode, Message> {
    let (code, label) = line
        .split_once('=')
        .map(|(code, label)| (code.trim(), label.trim()))
        .unwrap_or_default();
    let good = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if code.is_empty() || label.is_empty() || !code.chars().all(good) {
        return Err(Message::new(
            format!("mã \"{line}\" phải viết như \"CO_DUNG = Có dùng\""),
            format!("the code \"{line}\" must be written as \"IN_USE = In use\""),
        ));
    }
    let (vi, en) = label.split_once('|').unwrap_or((label, label));
    Ok(OwnCode {
        code: code.to_owned(),
        vi: vi.trim().to_owned(),
        en: en.trim().to_owned(),
    })
}

/// The fields are read once when a store opens and stand as long as the program does, as the built-in ones.
fn leak(text: &str) -> &'static str {
    if text.is_empty() {
        ""
    } else {
        Box::leak(text.to_owned().into_boxed_str())
    }
}

fn leaked(vi: &str, en: Option<&str>) -> Text {
    let vi = leak(vi);
    Text::new(vi, en.map_or(vi, leak))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog;

    const GOOD: &str = r#"
[[field]]
kind = "cooperative"
key = "zalo"
label = "Nhóm Zalo"
type = "choice"
codes = ["CO = Có dùng | In use", "KHONG = Không dùng"]

[[field]]
kind = "visit"
key = "distance"
label = "Quãng đường (km)"
label_en = "Distance (km)"
type = "number"
min = 1
max = 200
"#;

    #[test]
    fn own_fields_stand_behind_the_main_path_and_before_the_further_blocks() {
        let schema = read(GOOD).unwrap();
        let fields: Vec<&Field> = schema.fields_of("cooperative").collect();
        let at = fields.iter().position(|field| field.key == "zalo").unwrap();
        assert!(fields[..at].iter().all(|field| field.block.is_none()));
        assert!(fields[at + 1..].iter().all(|field| field.block.is_some()));
        let FieldKind::Choice(list) = fields[at].kind else {
            panic!()
        };
        let list = catalog::list(list).unwrap();
        assert_eq!(list.get("CO").unwrap().label, Text::new("Có dùng", "In use"));
        assert_eq!(list.index("KHONG"), Some(2));
        let distance = schema.fields_of("visit").find(|field| field.key == "distance").unwrap();
        assert_eq!((distance.at_least, distance.at_most), (Some(1), Some(200)));
    }

    #[test]
    fn a_wrong_text_is_refused_with_its_line_and_the_reason() {
        for (from, to, line, says) in [
            ("kind = \"visit\"", "kind = \"visits\"", 10, "visits"),
            ("key = \"distance\"", "key = \"members\"", 11, "members"),
            ("key = \"distance\"", "key = \"Km đường\"", 11, "Km đường"),
            ("type = \"number\"", "type = \"text\"", 15, "min"),
            ("type = \"number\"", "type = \"integer\"", 14, "integer"),
            ("min = 1", "min = 300", 15, "min"),
            ("min = 1", "minimum = 1", 15, "minimum"),
            ("\"KHONG = Không dùng\"", "\"Không dùng\"", 7, "Không dùng"),
            ("\"KHONG = Không dùng\"", "\"CO = Không dùng\"", 7, "CO"),
            ("codes = [", "list = \"no_such\" #", 7, "no_such"),
            ("label = \"Nhóm Zalo\"", "label = \"  \"", 5, "nhãn"),
            ("type = \"choice\"", "type = \"choice", 6, "TOML"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD, "{from}");
            let fault = read(&text).unwrap_err();
            assert_eq!(fault.line, line, "{to}: {:?}", fault.why);
            assert!(fault.why.vi.contains(says), "{to}: {}", fault.why.vi);
        }
    }

    #[test]
    fn an_empty_text_adds_nothing() {
        let schema = read("# chưa có trường riêng nào\n").unwrap();
        assert!(KINDS.iter().all(|kind| schema.own(*kind).is_empty()));
    }
}
