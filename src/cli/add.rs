//! `sohoi add`: records from JSON or from KEY=VALUE, through the same checks as the form.
//!
//! An array is one transaction: all of it is saved or nothing. A stream is one transaction a line: an id on standard
//! output means that the record is on the disk.

use std::fs;
use std::io::{self, BufRead, Read as _, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value as Json};

use super::failure::Failure;
use super::given::{self, Given, Office, Pair};
use super::lookup::kind_named;
use super::{Answer, Desk, tell};
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::schema::FieldKind;
use crate::domain::text::{Message, Text};
use crate::indicator::adopt::plan_record;
use crate::indicator::plan::built_in;
use crate::store::{Txn, Warnings};

/// The words after `sohoi add`.
#[derive(Args, Clone, Debug)]
pub struct AddArgs {
    /// Loại bản ghi: visit, cooperative, person … ¦ the kind: visit, cooperative, person …
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// Giá trị từng trường; thêm vào mọi bản ghi đọc từ JSON ¦ the fields; added to every record read from JSON
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<Pair>,
    /// Đọc một đối tượng JSON hoặc một mảng (tất cả hoặc không gì cả); - là đầu vào chuẩn
    /// ¦ read a JSON object or an array (all or nothing); - is standard input
    #[arg(long, value_name = "FILE|-", conflicts_with = "stream")]
    pub json: Option<PathBuf>,
    /// Mỗi dòng ở đầu vào chuẩn là một đối tượng JSON, lưu riêng từng dòng
    /// ¦ one JSON object a line on standard input, each saved by itself
    #[arg(long)]
    pub stream: bool,
    #[command(flatten)]
    pub doubts: DoubtArgs,
}

/// `--warnings`, shared by the subcommands that save.
#[derive(Args, Clone, Copy, Debug)]
pub struct DoubtArgs {
    /// Với cảnh báo: từ chối (refuse) hay vẫn lưu (accept) ¦ with warnings: refuse, or accept and save
    #[arg(long, value_enum, value_name = "HOW", default_value = "refuse")]
    pub warnings: Doubts,
}

/// What to do with doubtful values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Doubts {
    /// Refuse the record and list them.
    Refuse,
    /// Save it, with the acceptance.
    Accept,
}

impl From<Doubts> for Warnings {
    fn from(doubts: Doubts) -> Warnings {
        match doubts {
            Doubts::Refuse => Warnings::Refuse,
            Doubts::Accept => Warnings::Accept,
        }
    }
}

/// Adds what is given and prints the ids, one a line, in order.
///
/// # Errors
/// Anything wrong with any record: then nothing is saved, or nothing of that line of a stream.
pub fn run(args: &AddArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let request = Request {
        kind: kind_named(&args.kind)?,
        pairs: &args.pairs,
        warnings: args.doubts.warnings.into(),
        desk,
    };
    if args.stream {
        return request.stream(io::stdin().lock(), out);
    }
    let ids = match &args.json {
        None => request.together(&[Json::Object(Map::new())], Places::One)?,
        Some(path) => match parse(&source(path)?)? {
            Json::Array(items) => request.together(&items, Places::Array)?,
            one => request.together(&[one], Places::One)?,
        },
    };
    for id in ids {
        writeln!(out, "{id}")?;
    }
    Ok(())
}

/// Whether records have a place to be named by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// There is one record.
    One,
    /// It is one of an array.
    Array,
}

struct Request<'a> {
    kind: &'static dyn Kind,
    pairs: &'a [Pair],
    warnings: Warnings,
    desk: &'a Desk,
}

impl Request<'_> {
    /// Saves all records in one transaction; each sees those before it.
    fn together(&self, items: &[Json], places: Places) -> Result<Vec<Id>, Failure> {
        let mut txn = self.desk.store.txn();
        let mut ids = Vec::new();
        let mut told = Vec::new();
        let mut findings: Vec<Finding> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = (places == Places::Array).then(|| record_number(index + 1));
            match self.stage(&mut txn, item)? {
                Ok(id) => ids.push(id),
                Err(found) => {
                    told.extend(found.iter().map(|finding| given::line(finding, place.as_ref())));
                    findings.extend(found);
                }
            }
        }
        if told.is_empty() {
            txn.commit()?;
            return Ok(ids);
        }
        let kept = Message::new("Chưa ghi gì vào sổ.", "Nothing was written.");
        told.extend(given::advice(&findings, &kept, Office::of(self.desk)));
        Err(Failure::Refused(told))
    }

    /// Saves a record a line. A refused line is told and passed over.
    fn stream(&self, lines: impl BufRead, out: &mut Answer) -> Result<(), Failure> {
        let mut refused = false;
        for (index, line) in lines.split(b'\n').enumerate() {
            let line = line.map_err(unreadable_input)?;
            let place = Message::new(format!("dòng {}", index + 1), format!("line {}", index + 1));
            match self.save_line(&line, &place) {
                Ok(None) => {}
                Ok(Some(id)) => {
                    writeln!(out, "{id}")?;
                    out.flush()?;
                }
                Err(Failure::Refused(messages)) => {
                    refused = true;
                    for message in &messages {
                        tell(self.desk.lang, message);
                    }
                }
                Err(other) => return Err(other),
            }
        }
        if refused { Err(Failure::Partly) } else { Ok(()) }
    }

    fn save_line(&self, line: &[u8], place: &Message) -> Result<Option<Id>, Failure> {
        let unread = |vi: String, en: String| {
            Failure::refused(
                format!(
                    "lỗi, {}: {vi}. Dòng này chưa được ghi; các dòng khác vẫn ghi.",
                    place.vi
                ),
                format!("error, {}: {en}. This line was not written; the others are.", place.en),
            )
        };
        let text = decode(line.to_vec()).ok_or_else(|| unread(NO_TEXT.vi.to_string(), NO_TEXT.en.to_string()))?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let item: Json = serde_json::from_str(&text).map_err(|error| {
            let (vi, en) = no_json(&error);
            let column = error.column();
            unread(format!("{vi}, ở cột {column}"), format!("{en}, at column {column}"))
        })?;
        let mut txn = self.desk.store.txn();
        match self.stage(&mut txn, &item)? {
            Ok(id) => {
                txn.commit()?;
                Ok(Some(id))
            }
            Err(findings) => {
                let mut told: Vec<Message> = findings
                    .iter()
                    .map(|finding| given::line(finding, Some(place)))
                    .collect();
                let kept = Message::new(
                    "Dòng này chưa được ghi; các dòng khác vẫn ghi.",
                    "This line was not written; the others are.",
                );
                told.extend(given::advice(&findings, &kept, Office::of(self.desk)));
                Err(Failure::Refused(told))
            }
        }
    }

    /// A built-in plan that a record names is made a record first: it is there, so it can be referred to.
    fn adopt_plans(&self, txn: &mut Txn<'_>, item: &Json) -> Result<(), Failure> {
        let fields = self.kind.fields().iter();
        for key in fields
            .filter(|field| field.kind == FieldKind::Ref("plan"))
            .map(|field| field.key)
        {
            let pair = self.pairs.iter().rev().find(|pair| pair.key == key);
            let named = pair.map(|pair| pair.value.as_str()).or_else(|| item.get(key)?.as_str());
            let missing = |code: &&str| txn.with(|read| read.known().by_code("plan", code).is_none());
            if let Some(plan) = named.filter(missing).and_then(built_in) {
                txn.save(plan_record(&plan), Warnings::Accept).map_err(Failure::from)?;
            }
        }
        Ok(())
    }

    fn stage(&self, txn: &mut Txn<'_>, item: &Json) -> Result<Result<Id, Vec<Finding>>, Failure> {
        self.adopt_plans(txn, item)?;
        let mut given = Given::new(Entry::new(self.kind.key()));
        match item {
            Json::Object(object) => txn.with(|read| {
                given.take_object(self.kind, object, read);
                given.take_pairs(self.kind, self.pairs, read);
            }),
            _ => {
                return Ok(Err(vec![Finding {
                    level: Level::Error,
                    rule: "type",
                    field: None,
                    text: Message::new("cần một đối tượng JSON { … }", "a JSON object { … } is needed"),
                }]));
            }
        }
        given.save(txn, self.warnings)
    }
}

fn record_number(number: usize) -> Message {
    Message::new(format!("bản ghi thứ {number}"), format!("record {number}"))
}

/// The text of a file, or of standard input for `-`.
fn source(path: &PathBuf) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable_input)?;
    } else {
        bytes = fs::read(path).map_err(|error| {
            Failure::refused(
                format!("Không đọc được tệp {} ({error}). Chưa ghi gì vào sổ.", path.display()),
                format!(
                    "The file {} cannot be read ({error}). Nothing was written.",
                    path.display()
                ),
            )
        })?;
    }
    decode(bytes).ok_or_else(|| {
        Failure::refused(
            format!(
                "Đầu vào {}. Chưa ghi gì vào sổ. Hãy lưu lại tệp với mã UTF-8.",
                NO_TEXT.vi
            ),
            format!(
                "The input is {}. Nothing was written. Save the file as UTF-8.",
                NO_TEXT.en
            ),
        )
    })
}

fn unreadable_input(error: io::Error) -> Failure {
    Failure::refused(
        format!("Không đọc được đầu vào chuẩn ({error}). Những gì đã in id thì đã lưu."),
        format!("Standard input cannot be read ({error}). What had its id printed is saved."),
    )
}

/// What is said of bytes that are no text.
const NO_TEXT: Text = Text::new("không phải là chữ Unicode (UTF-8)", "no Unicode text (UTF-8)");

/// Bytes as text: UTF-8, or UTF-16 with its mark, as Windows' own shell writes files. `None` for anything else.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let utf16 = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => utf16(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => utf16(u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }?;
    Some(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

/// The JSON of a text.
fn parse(text: &str) -> Result<Json, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let ((vi, en), line, column) = (no_json(&error), error.line(), error.column());
        Failure::refused(
            format!("Đầu vào {vi}, ở dòng {line}, cột {column}. Chưa ghi gì vào sổ. Hãy sửa chỗ ấy rồi làm lại."),
            format!(
                "The input is {en}, at line {line}, column {column}. Nothing was written. Correct it and try again."
            ),
        )
    })
}

/// Why a text is no JSON, without the place.
fn no_json(error: &serde_json::Error) -> (String, String) {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let vi = if error.is_eof() {
        "thiếu đoạn cuối"
    } else {
        "sai cú pháp"
    };
    (
        format!("không phải JSON: {vi} ({reason})"),
        format!("no JSON: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_from_utf8_with_a_mark_and_from_utf16() {
        assert_eq!(decode("\u{feff}ắ".as_bytes().to_vec()).unwrap(), "ắ");
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend("ắ{}".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(utf16).unwrap(), "ắ{}");
        assert_eq!(decode(vec![0xC3, 0x28]), None);
    }

    #[test]
    fn what_is_no_json_is_told_with_line_and_column() {
        let message = parse("{\n  \"a\": 1,\n  b\n}").unwrap_err().messages().remove(0);
        assert!(message.vi.contains("dòng 3, cột 3"), "{}", message.vi);
        assert!(parse("").is_err());
    }
}
