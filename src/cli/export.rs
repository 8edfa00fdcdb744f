//! `sohoi export`: all living records of a kind as a file, or the blank sheet from which such records are imported.
//!
//! A person's data stay out unless `--personal` asks for them; then that is said and written into the journal.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::Local;
use clap::{Args, ValueEnum};
use serde_json::Value as Json;

use super::failure::Failure;
use super::lookup::kind_named;
use super::shown::to_json;
use super::{Answer, Desk, tell};
use crate::domain::record::Kind;
use crate::domain::schema::Privacy;
use crate::domain::text::{Message, Text};
use crate::report::error::ReportError;
use crate::report::export::{self, Exported, Personal};
use crate::report::{csv, file, xlsx};
use crate::store::Read;

/// The words after `sohoi export`.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// Loại bản ghi: visit, cooperative, person … ¦ the kind: visit, cooperative, person …
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// Dạng tệp (nếu không: theo đuôi tệp --out, hoặc xlsx) ¦ the format (else that of --out, or xlsx)
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Ghi vào tệp này ¦ write to this file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Kèm dữ liệu cá nhân (điện thoại, năm sinh, địa chỉ); việc này được ghi lại trong sổ
    /// ¦ with personal data (telephone, birth, address); that is written into the journal
    #[arg(long, conflicts_with = "template")]
    pub personal: bool,
    /// Tệp trống để điền rồi nhập, có danh sách để chọn ¦ a blank sheet to fill in and import, with lists to choose from
    #[arg(long)]
    pub template: bool,
}

/// `--format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// Text with commas, as Excel reads it.
    Csv,
    /// The records as `list` gives them.
    Json,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    fn of_file(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        let formats = Format::value_variants().iter().copied();
        formats.into_iter().find(|format| format.extension() == extension)
    }
}

/// Writes the file, or csv and JSON without `--out` to standard output.
///
/// # Errors
/// An unknown kind, a file that cannot be written, or a template that is no workbook.
pub fn run(args: &ExportArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let kind = kind_named(&args.kind)?;
    let asked = args.format.or_else(|| args.out.as_deref().and_then(Format::of_file));
    let format = asked.unwrap_or(Format::Xlsx);
    let bytes = if args.template {
        template(kind, format, desk)?
    } else {
        list(args, kind, format, desk)?
    };
    let path = match (&args.out, format) {
        (Some(path), _) => path.clone(),
        (None, Format::Xlsx) => free_name(kind, args),
        (None, _) => return Ok(out.write_all(&bytes)?),
    };
    file::save(&path, &bytes).map_err(refused)?;
    Ok(writeln!(out, "{}", path.display())?)
}

fn refused(error: ReportError) -> Failure {
    Failure::Refused(vec![error.message()])
}

fn template(kind: &'static dyn Kind, format: Format, desk: &Desk) -> Result<Vec<u8>, Failure> {
    if format != Format::Xlsx {
        return Err(Failure::refused(
            "Tệp mẫu chỉ có dạng xlsx. Chưa ghi gì. Hãy dùng --format xlsx.",
            "A template is an xlsx only. Nothing was written. Use --format xlsx.",
        ));
    }
    let reader = desk.store.reader();
    let book = export::template(&reader, kind, office(&reader), Local::now().naive_local())?;
    xlsx::write(&book).map_err(refused)
}

fn list(args: &ExportArgs, kind: &'static dyn Kind, format: Format, desk: &Desk) -> Result<Vec<u8>, Failure> {
    let personal = if args.personal {
        Personal::Included
    } else {
        Personal::LeftOut
    };
    let reader = desk.store.reader();
    let bytes = match format {
        Format::Json => json(kind, personal, &reader)?,
        Format::Csv => csv::write(&export::collect(&reader, kind, personal)?.table),
        Format::Xlsx => {
            let Exported { table, too_long, .. } = export::collect(&reader, kind, personal)?;
            if too_long > 0 {
                tell(desk.lang, &cut(too_long));
            }
            let made = Local::now().naive_local();
            xlsx::write(&export::workbook(kind, table, office(&reader), made)).map_err(refused)?
        }
    };
    let fields = export::personal_fields(&reader, kind);
    if !fields.is_empty() {
        about_personal(kind, personal, &fields, desk)?;
    }
    Ok(bytes)
}

/// The records as `list` gives them, one a line.
fn json(kind: &'static dyn Kind, personal: Personal, read: &dyn Read) -> Result<Vec<u8>, Failure> {
    let hidden: Vec<&str> = read
        .schema()
        .fields(kind)
        .filter(|field| personal == Personal::LeftOut && field.privacy == Privacy::Personal)
        .map(|field| field.key)
        .collect();
    let mut bytes = Vec::from(b"[");
    let mut before = "\n";
    for entry in read.scan(kind.key()) {
        let mut record = to_json(kind, &entry?, read);
        if let Json::Object(fields) = &mut record {
            fields.retain(|key, _| !hidden.contains(&key.as_str()));
        }
        bytes.extend(format!("{before}{record}").bytes());
        before = ",\n";
    }
    bytes.extend(b"\n]\n");
    Ok(bytes)
}

/// Says what became of a person's data, and writes into the journal that they were taken out.
fn about_personal(kind: &'static dyn Kind, personal: Personal, fields: &[Text], desk: &Desk) -> Result<(), Failure> {
    let names = |pick: fn(&Text) -> &'static str| fields.iter().map(pick).collect::<Vec<_>>().join(", ");
    let (vi, en) = (names(|text| text.vi), names(|text| text.en));
    let message = match personal {
        Personal::LeftOut => Message::new(
            format!("Không xuất dữ liệu cá nhân ({vi}). Cần thì thêm --personal; việc ấy được ghi lại."),
            format!("Personal data are left out ({en}). Add --personal if they are needed; that is recorded."),
        ),
        Personal::Included => {
            let note = format!("xuất dữ liệu cá nhân: {} ({vi})", kind.label().vi);
            desk.store.leave_note(&note)?;
            Message::new(
                format!("Tệp có dữ liệu cá nhân ({vi}). Đã ghi lại việc xuất; hãy giữ tệp kín, dùng xong thì xóa."),
                format!("The file holds personal data ({en}). The export was recorded; keep the file safe."),
            )
        }
    };
    tell(desk.lang, &message);
    Ok(())
}

fn cut(count: usize) -> Message {
    Message::new(
        format!(
            "{count} ô dài hơn mức một ô Excel chứa được (32.767 ký tự) nên bị cắt. Muốn đủ, hãy xuất csv hoặc json."
        ),
        format!(
            "{count} cells are longer than Excel holds (32,767 characters) and were cut. Export csv or json for all."
        ),
    )
}

fn office(read: &dyn Read) -> String {
    let known = read.known();
    let unit = known.office().and_then(|uid| known.unit(&uid));
    unit.map(|unit| unit.name).unwrap_or_default()
}

/// `danh-sach-visit.xlsx` in the current folder; a number is added rather than overwrite another.
fn free_name(kind: &'static dyn Kind, args: &ExportArgs) -> PathBuf {
    let stem = if args.template { "mau-nhap" } else { "danh-sach" };
    let name = |number: u32| match number {
        1 => PathBuf::from(format!("{stem}-{}.xlsx", kind.key())),
        _ => PathBuf::from(format!("{stem}-{}-{number}.xlsx", kind.key())),
    };
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}
