//! The command line: one file a subcommand, each a thin layer over the floors below.
//!
//! Answers go to standard output, messages to standard error. Exit 0: done; 1: the request failed or was refused; 2:
//! only the command line's own words are wrong. A kind, a field, an id, a unit is a word of the request, not of the
//! command line, so they are plain strings here and looked up by the subcommands.

mod add;
mod answer;
mod backup;
mod check;
pub mod crash;
mod data_folder;
mod delete;
pub mod demo;
mod edit;
mod export;
mod failure;
mod find;
mod given;
mod history;
mod import;
mod interface;
pub mod keys;
mod list;
mod log;
mod lookup;
mod manual;
mod near;
mod periodic;
mod plain;
mod query;
mod report;
mod setup;
mod show;
mod shown;
mod status;
mod table;
mod targets;
mod terminal;
pub mod type_keys;
mod undo;
mod words;

use std::io;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::domain::text::Lang;
use crate::store::Store;

pub use answer::{Answer, tell};
pub use data_folder::data_folder;
pub use failure::Failure;
pub use interface::interface;
pub use plain::plain;
pub use words::{language_asked, parse};

/// The words of the command line. Help texts hold both languages, parted by `¦`; [`parse`] keeps the one asked for.
#[derive(Parser, Debug)]
#[command(
    name = "sohoi",
    version,
    about = "Sổ Hội: sổ công tác của cán bộ Hội LHPN về HTX, tập huấn, hội chợ ¦ \
             Sổ Hội: the Women's Union officer's logbook of cooperatives, training and fairs",
    after_help = "Không có lệnh nào thì mở màn hình làm việc. ¦ Without a command, opens the interface."
)]
pub struct Cli {
    /// Thư mục dữ liệu (nếu không: SOHOI_DATA, thư mục sohoi-data cạnh chương trình, thư mục riêng của người dùng)
    /// ¦ the data folder (else SOHOI_DATA, a folder sohoi-data beside the program, the user's own data folder)
    #[arg(long, global = true, value_name = "DIR", display_order = 100)]
    pub data: Option<PathBuf>,
    /// Ngôn ngữ: vi (mặc định) hoặc en ¦ the language: vi (default) or en
    #[arg(long, global = true, value_enum, value_name = "LANG", display_order = 101)]
    pub lang: Option<Language>,
    /// Từng dòng một, cho trình đọc màn hình và máy cũ: hỏi bằng số, không vẽ khung, không màu
    /// ¦ line by line, for a reader of the screen and for any terminal: numbered questions, no boxes, no colours
    #[arg(long, display_order = 102)]
    pub plain: bool,
    /// What to do; none to open the interface.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// `--lang`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Vi => Lang::Vi,
            Language::En => Lang::En,
        }
    }
}

/// The subcommands, in the order of the help.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Đặt đơn vị, cán bộ, kiểu gõ cho sổ này ¦ set this logbook's office, officer and typing method
    Setup(setup::SetupArgs),
    /// Tạo dữ liệu mẫu để dùng thử ¦ make demo data to try the program on
    Demo(demo::DemoArgs),
    /// Thêm bản ghi ¦ add records
    Add(add::AddArgs),
    /// Sửa một bản ghi ¦ edit a record
    Edit(edit::EditArgs),
    /// Xóa một bản ghi (hoàn tác được) ¦ delete a record (can be undone)
    Delete(delete::DeleteArgs),
    /// Hoàn tác thao tác vừa lưu ¦ take back what was saved last
    Undo(undo::UndoArgs),
    /// Ai đã sửa gì, khi nào ¦ who changed what, and when
    History(history::HistoryArgs),
    /// Liệt kê bản ghi ¦ list records
    List(list::ListArgs),
    /// Tìm HTX, người, lớp, hội chợ như ô tra cứu ¦ find as the look-up does
    Find(find::FindArgs),
    /// Xem một bản ghi theo mã ¦ show one record by its code or id
    Show(show::ShowArgs),
    /// Báo cáo tuần: số liệu, điểm cần chú ý, việc tuần tới ¦ reports: figures, points to note, what lies ahead
    Report(report::ReportArgs),
    /// Chỉ tiêu kế hoạch: đã đạt bao nhiêu, dựa trên bản ghi nào ¦ the plans' targets: how far, by which records
    Targets(targets::TargetsArgs),
    /// Nhập danh sách từ xlsx, xls, ods, csv ¦ import a list from xlsx, xls, ods or csv
    Import(import::ImportArgs),
    /// Xuất danh sách ra xlsx, csv, json; hoặc tệp mẫu để nhập ¦ export a list as xlsx, csv, json; or a blank template
    Export(export::ExportArgs),
    /// Kiểm tra toàn bộ dữ liệu ¦ check all data
    Check(check::CheckArgs),
    /// Sao lưu sổ, ví dụ ra USB ¦ back the logbook up, to a USB stick say
    Backup(backup::BackupArgs),
    /// Khôi phục sổ từ bản sao lưu ¦ restore the logbook from a backup
    Restore(backup::RestoreArgs),
    /// Gõ thử tiếng Việt: phím vào, chữ ra ¦ try typing Vietnamese: keystrokes in, text out
    Type(type_keys::TypeArgs),
    /// Bảng phím tắt; kiểm tra tệp phím riêng ¦ the table of keys; check a keymap file
    Keys(keys::KeysArgs),
    /// Tự hoàn thành lệnh cho shell ¦ completions for a shell
    Completions(manual::CompletionsArgs),
    /// Trang hướng dẫn dạng man ¦ the manual page
    Man(manual::ManArgs),
}

impl Command {
    /// The data folder that the interface is to be opened on once the command is done: `demo --open`.
    pub fn opens(&self, data: Option<PathBuf>) -> Option<PathBuf> {
        match self {
            Command::Demo(args) if args.open => Some(demo::DemoArgs::folder(data)),
            _ => None,
        }
    }
}

/// An open store, with the language to speak.
pub struct Desk {
    /// The records.
    pub store: Store,
    /// The language of messages and labels.
    pub lang: Lang,
}

/// How a subcommand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Exit 0.
    Done,
    /// Exit 1; why was told on standard error.
    Failed,
}

/// Does what a subcommand asks, and tells on standard error why it could not. What was acknowledged before stands.
pub fn run(command: &Command, data: Option<PathBuf>, lang: Option<Lang>) -> Ending {
    let alone = match command {
        Command::Restore(args) => Some(backup::restore(args, data.clone(), lang.unwrap_or_default())),
        Command::Check(args) if !args.terminal => {
            let mut answer = Answer::begin();
            let done = check::run(args, data.clone(), lang, &mut answer);
            let sent = answer.end();
            Some(done.and(sent))
        }
        other => run_without_store(other, lang.unwrap_or_default()),
    };
    let (done, lang) = match alone {
        Some(done) => (done, lang.unwrap_or_default()),
        None => match open(folder_of(command, data), lang) {
            Ok(desk) => (run_on_store(command, &desk), desk.lang),
            Err(failure) => (Err(failure), lang.unwrap_or_default()),
        },
    };
    match done {
        Ok(()) => Ending::Done,
        // Whoever read the answer has read enough.
        Err(failure) if failure.is_broken_pipe() => Ending::Done,
        Err(failure) => {
            failure.tell(lang);
            Ending::Failed
        }
    }
}

/// The data folder named; demo data have one of their own where none is.
fn folder_of(command: &Command, data: Option<PathBuf>) -> Option<PathBuf> {
    match command {
        Command::Demo(_) => Some(demo::DemoArgs::folder(data)),
        _ => data,
    }
}

/// The subcommands that open no store; `None` for the others.
fn run_without_store(command: &Command, lang: Lang) -> Option<Result<(), Failure>> {
    let mut answer = Answer::begin();
    let done = match command {
        Command::Type(args) => type_keys::run(io::stdin().lock(), &mut answer, args).map_err(Failure::from_reading),
        Command::Keys(args) => print_keys(args, lang, &mut answer),
        Command::Completions(args) => manual::completions(args, lang, &mut answer),
        Command::Man(args) => manual::man(args, lang, &mut answer),
        Command::Check(args) if args.terminal => terminal::run(lang, &mut answer),
        _ => return None,
    };
    let sent = answer.end();
    Some(done.and(sent))
}

fn print_keys(args: &keys::KeysArgs, lang: Lang, answer: &mut Answer) -> Result<(), Failure> {
    let named = |error: io::Error| match &args.check {
        Some(path) => io::Error::new(error.kind(), format!("{}: {error}", path.display())),
        None => error,
    };
    match keys::run(args, lang, answer).map_err(|error| Failure::from_reading(named(error)))? {
        keys::Verdict::Fine => Ok(()),
        keys::Verdict::Faulty(_) => Err(Failure::Partly),
    }
}

fn run_on_store(command: &Command, desk: &Desk) -> Result<(), Failure> {
    let mut answer = Answer::begin();
    let done = match command {
        Command::Setup(args) => setup::run(args, desk),
        Command::Demo(args) => demo::run(args, desk),
        Command::Add(args) => add::run(args, desk, &mut answer),
        Command::Edit(args) => edit::run(args, desk, &mut answer),
        Command::Delete(args) => delete::run(args, desk, &mut answer),
        Command::Undo(args) => undo::run(args, desk, &mut answer),
        Command::History(args) => history::run(args, desk, &mut answer),
        Command::List(args) => list::run(args, desk, &mut answer),
        Command::Find(args) => find::run(args, desk, &mut answer),
        Command::Show(args) => show::run(args, desk, &mut answer),
        Command::Report(args) => report::run(args, desk, &mut answer),
        Command::Targets(args) => targets::run(args, desk, &mut answer),
        Command::Import(args) => import::run(args, desk, &mut answer),
        Command::Export(args) => export::run(args, desk, &mut answer),
        Command::Backup(args) => backup::run(args, desk, &mut answer),
        // They open the store themselves.
        Command::Restore(_) | Command::Check(_) => Ok(()),
        Command::Type(_) | Command::Keys(_) | Command::Completions(_) | Command::Man(_) => Ok(()),
    };
    // What was saved is on the disk already; this spares the next opening the replay.
    let closed = desk.store.close().map_err(Failure::from);
    let sent = answer.end();
    done.and(sent).and(closed)
}

/// Opens the store of the data folder in force, and says what opening it found.
///
/// # Errors
/// No folder to be found, or a store that cannot be opened (held by another program, damaged, of a newer version).
pub fn open(data: Option<PathBuf>, lang: Option<Lang>) -> Result<Desk, Failure> {
    let folder = data_folder(data)?;
    let (store, report) = Store::open(&folder)?;
    log::begin(&folder);
    let lang = lang.or(store.settings().lang).unwrap_or_default();
    for note in report.notes.iter().chain(&report.clock) {
        tell(lang, note);
    }
    Ok(Desk { store, lang })
}
