//! `sohoi export`: the living records of a kind, all or those asked for, as a file; the blank template from which such
//! records are imported; the blank sheet of a session or fair, to print.
//!
//! A person's data stay out unless `--personal` asks for them; then that is said and written into the journal.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::Local;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::lookup::kind_named;
use super::query::{QueryArgs, Question};
use super::{Answer, Desk, tell};
use crate::domain::record::Kind;
use crate::domain::text::{Message, Text};
use crate::import::event::Event;
use crate::report::error::ReportError;
use crate::report::export::{self, Exported, Personal};
use crate::report::{blank, csv, docx, file, xlsx};
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
    #[command(flatten)]
    pub query: QueryArgs,
    /// Kèm dữ liệu cá nhân (điện thoại, năm sinh, địa chỉ); việc này được ghi lại trong sổ
    /// ¦ with personal data (telephone, birth, address); that is written into the journal
    #[arg(long, conflicts_with = "template")]
    pub personal: bool,
    /// Tệp trống để điền rồi nhập, có danh sách để chọn ¦ a blank sheet to fill in and import, with lists to choose from
    #[arg(long)]
    pub template: bool,
    /// Tờ trống để in: danh sách điểm danh của một lớp (attendance), danh sách gian hàng của một hội chợ (booth); id, mã
    /// hoặc tên ¦ a blank sheet to print: a session's sign-in sheet (attendance), a fair's list of booths (booth)
    #[arg(long, value_name = "ID", conflicts_with_all = ["template", "personal"])]
    pub blank: Option<String>,
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
    /// A document; for blank sheets.
    Docx,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Docx => "docx",
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
    let bytes = match &args.blank {
        Some(event) => blank_sheet(kind, event, format, desk)?,
        None if args.template => template(kind, format, desk)?,
        None => list(args, kind, format, desk)?,
    };
    let path = match (&args.out, format) {
        (Some(path), _) => path.clone(),
        (None, Format::Xlsx | Format::Docx) => free_name(kind, args, format),
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

fn blank_sheet(kind: &'static dyn Kind, event: &str, format: Format, desk: &Desk) -> Result<Vec<u8>, Failure> {
    let reader = desk.store.reader();
    let event = Event::find(kind.key(), event, &reader).map_err(|said| Failure::Refused(vec![said]))?;
    let made = Local::now().naive_local();
    let Some(blank) = blank::sheet(&reader, &event.entry, made)? else {
        return Err(no_such_form(Format::Docx));
    };
    match format {
        Format::Docx => docx::write(&blank.doc()).map_err(refused),
        Format::Xlsx => xlsx::write(&blank.workbook()).map_err(refused),
        Format::Csv | Format::Json => Err(Failure::refused(
            "Tờ trống để in chỉ có dạng xlsx hoặc docx. Chưa ghi gì. Hãy dùng --format xlsx hoặc docx.",
            "A blank sheet is an xlsx or a docx. Nothing was written. Use --format xlsx or docx.",
        )),
    }
}

fn no_such_form(format: Format) -> Failure {
    let name = format.extension();
    Failure::refused(
        format!(
            "Danh sách không xuất được ra {name}; {name} chỉ dùng với --blank. Chưa ghi gì. Hãy dùng xlsx, csv, json."
        ),
        format!("A list is no {name}; that goes with --blank. Nothing was written. Use xlsx, csv or json."),
    )
}

fn list(args: &ExportArgs, kind: &'static dyn Kind, format: Format, desk: &Desk) -> Result<Vec<u8>, Failure> {
    let personal = if args.personal {
        Personal::Included
    } else {
        Personal::LeftOut
    };
    if format == Format::Docx {
        return Err(no_such_form(format));
    }
    let reader = desk.store.reader();
    let question = Question::read(kind, &args.query, &reader)?;
    let found = question.entries(&reader)?;
    let bytes = match format {
        Format::Json => export::json(&reader, kind, found, personal)?,
        Format::Csv => csv::write(&export::collect_these(&reader, kind, found, personal)?.table),
        Format::Xlsx | Format::Docx => {
            let Exported { table, too_long, .. } = export::collect_these(&reader, kind, found, personal)?;
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
fn free_name(kind: &'static dyn Kind, args: &ExportArgs, format: Format) -> PathBuf {
    let stem = match args.blank {
        Some(_) => "to-trong",
        None if args.template => "mau-nhap",
        None => "danh-sach",
    };
    file::free_name(Path::new(""), &format!("{stem}-{}", kind.key()), format.extension())
}
