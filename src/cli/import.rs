//! `sohoi import`: a list from a file into the store, every row judged first, all accepted rows in one batch.

use std::io::{IsTerminal, Write, stderr};
use std::path::PathBuf;

use chrono::Local;
use clap::{Args, ValueEnum};

use super::add::DoubtArgs;
use super::failure::Failure;
use super::given::Office;
use super::lookup::kind_named;
use super::{Answer, Desk, tell};
use crate::domain::record::Kind;
use crate::domain::text::{Message, Text};
use crate::import::decisions::{Capitals, Decisions};
use crate::import::event::Event;
use crate::import::fault::Fault;
use crate::import::file::Grid;
use crate::import::headings::{self, Names};
use crate::import::mapping::OwnMap;
use crate::import::plan::{self, Halt, Job, Plan};
use crate::import::table::{self, Choice, Table};
use crate::import::verdict::State;
use crate::import::watch::{Go, JUDGING, READING, WRITING};
use crate::import::{file, kept, refused};
use crate::report::{file as report_file, xlsx};
use crate::vietnamese::legacy::Encoding as Legacy;

/// The words after `sohoi import`.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// Tệp danh sách: xlsx, xls, ods, csv, tsv; nhiều nhất 20 MB (bung ra 200 MB), 60 trang, 400 cột, 50.000 dòng một
    /// trang, 2 triệu ô ¦ the list: xlsx, xls, ods, csv, tsv; at most 20 MB (200 MB unpacked), 60 sheets, 400 columns,
    /// 50,000 rows a sheet, 2 million cells
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Loại bản ghi: visit, cooperative, person … ¦ the kind: visit, cooperative, person …
    #[arg(long = "as", value_name = "KIND")]
    pub kind: String,
    /// Tệp chỉ rõ cột nào vào trường nào ¦ a file that says which column is which field
    #[arg(long, value_name = "MAP.toml")]
    pub map: Option<PathBuf>,
    /// Mã chữ; auto: tự nhận từng ô ¦ the encoding; auto: found out cell by cell
    #[arg(long, value_enum, value_name = "ENCODING", default_value = "auto")]
    pub encoding: Encoding,
    /// Chỉ xem sẽ ra sao, không ghi gì ¦ only tell what would happen; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Nhập thẳng vào một lớp (attendance) hay một hội chợ (booth): id, mã hoặc tên
    /// ¦ straight into one session (attendance) or fair (booth): id, code or name
    #[arg(long, value_name = "ID")]
    pub into: Option<String>,
    /// Viết lại họ tên gõ toàn chữ hoa: NGUYỄN THỊ HẰNG → Nguyễn Thị Hằng ¦ set names typed in capitals right
    #[arg(long)]
    pub proper_names: bool,
    #[command(flatten)]
    pub doubts: DoubtArgs,
}

/// `--encoding`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// Found out, cell by cell.
    Auto,
    /// As it stands.
    Unicode,
    /// ABC fonts: .VnTime.
    Tcvn3,
    /// VNI fonts: VNI-Times.
    Vni,
}

impl From<Encoding> for Choice {
    fn from(encoding: Encoding) -> Choice {
        match encoding {
            Encoding::Auto => Choice::Auto,
            Encoding::Unicode => Choice::As(Legacy::Unicode),
            Encoding::Tcvn3 => Choice::As(Legacy::Tcvn3),
            Encoding::Vni => Choice::As(Legacy::Vni),
        }
    }
}

/// Takes the list in and prints how many rows were new, changed, the same, doubtful and refused.
///
/// # Errors
/// A file that cannot be read; or rows that were refused, told one by one and written beside the file.
pub fn run(args: &ImportArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let kind = kind_named(&args.kind)?;
    let event = match &args.into {
        Some(text) => {
            Some(Event::find(kind.key(), text, &desk.store.reader()).map_err(|said| Failure::Refused(vec![said]))?)
        }
        None => None,
    };
    let grids = file::open(&args.file, &|done, all| gauge(READING, done, all, desk)).map_err(refusal)?;
    let table = table_of(args, &grids, kind, event.as_ref(), desk)?;
    about_columns(kind, &table, desk);
    let decisions = Decisions {
        warnings: args.doubts.warnings.into(),
        capitals: match args.proper_names {
            true => Capitals::SetRight,
            false => Capitals::AsTyped,
        },
        left_out: table.aside.clone(),
        ..Decisions::default()
    };
    let job = Job {
        kind,
        table: &table,
        event: event.as_ref(),
        decisions: &decisions,
    };
    let plan = plan::judge(&desk.store, job, &|done, all| gauge(JUDGING, done, all, desk)).map_err(halted)?;
    if !args.dry_run {
        let name = args
            .file
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        plan.write(&desk.store, &format!("nhập từ tệp {name}"), &|done, all| {
            gauge(WRITING, done, all, desk)
        })
        .map_err(halted)?;
    }
    summary(&plan, args, desk, out)?;
    about_refused(args, &table, &plan, desk)
}

/// The table by the map given, else by the one kept for headings like these, else as the headings say.
fn table_of(
    args: &ImportArgs,
    grids: &[Grid],
    kind: &'static dyn Kind,
    event: Option<&Event>,
    desk: &Desk,
) -> Result<Table, Failure> {
    let schema = desk.store.schema();
    let map = own_map(args, kind, event, desk)?;
    let find = |map: &OwnMap| table::find(grids, &Names::new(kind, schema, map, event), map, args.encoding.into());
    if args.map.is_none()
        && let Ok(guessed) = table::guess(
            grids,
            &Names::new(kind, schema, &map, event),
            &map,
            args.encoding.into(),
        )
        && let Some(kept) = kept::find(&desk.store.settings(), kind.key(), &guessed.headings)
    {
        let kept = OwnMap {
            sheet: Some(guessed.sheet),
            line: Some(guessed.line),
            ..kept
        };
        return find(&kept).map_err(refusal);
    }
    find(&map).map_err(refusal)
}

/// Lines passed over that are named.
const AT_MOST: usize = 20;
/// Rows between two words of the gauge.
const STEP: u64 = 500;

/// Shows somebody who sits at the terminal how far it is. Ctrl-C stops: what is not finished is taken back at the next
/// opening, so that nothing of it stays.
fn gauge(what: Text, done: u64, all: u64, desk: &Desk) -> Go {
    if done > 0 && done.is_multiple_of(STEP) && stderr().is_terminal() {
        let of = if all > 0 { format!("/{all}") } else { String::new() };
        // A terminal that went away is told by the answer that cannot be written.
        let _ = write!(stderr(), "\r{} {done}{of}\x1b[K\r", what.get(desk.lang));
    }
    Go::On
}

fn halted(halt: Halt) -> Failure {
    match halt {
        Halt::Refused(refusal) => refusal.into(),
        Halt::Stopped => Failure::Refused(halt.messages()),
    }
}

fn refusal(fault: Fault) -> Failure {
    Failure::Refused(vec![fault.message()])
}

fn own_map(args: &ImportArgs, kind: &'static dyn Kind, event: Option<&Event>, desk: &Desk) -> Result<OwnMap, Failure> {
    let Some(path) = &args.map else {
        return Ok(OwnMap::default());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| refusal(Fault::Unreadable(format!("{}: {error}", path.display()))))?;
    OwnMap::read(&text, kind, desk.store.schema(), event).map_err(refusal)
}

/// Says which column goes where, so that a wrong guess is seen.
fn about_columns(kind: &'static dyn Kind, table: &Table, desk: &Desk) {
    let named = table
        .headings
        .iter()
        .zip(&table.targets)
        .filter(|(heading, _)| !heading.is_empty());
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for (heading, target) in named {
        match target {
            Some(target) => taken.push(format!("{heading} → {}", target.key())),
            None => left.push(heading.as_str()),
        }
    }
    let taken = taken.join(" · ");
    tell(
        desk.lang,
        &Message::new(format!("Các cột: {taken}"), format!("Columns: {taken}")),
    );
    if !left.is_empty() {
        let left = left.join(" · ");
        let text = Message::new(format!("Cột không nhập: {left}"), format!("Columns left out: {left}"));
        tell(desk.lang, &text);
    }
    if headings::leaves_figures(kind, &table.headings, &table.targets, desk.store.schema()) {
        let again = " (--as measurement)";
        let Text { vi, en } = headings::FIGURES_LEFT;
        tell(desk.lang, &Message::new(format!("{vi}{again}"), format!("{en}{again}")));
    }
    if !table.aside.is_empty() {
        let lines: Vec<String> = table.aside.iter().take(AT_MOST).map(u32::to_string).collect();
        let more = if table.aside.len() > AT_MOST { " …" } else { "" };
        let lines = lines.join(", ") + more;
        let text = Message::new(
            format!("Bỏ qua dòng {lines}: không có số thứ tự, là tên nhóm hay chỗ ký."),
            format!("Lines {lines} were passed over: without a number, they name a group or sign the list."),
        );
        tell(desk.lang, &text);
    }
    if !table.converted.is_empty() {
        let count = table.converted.len();
        let text = Message::new(
            format!("{count} ô ở mã chữ cũ (TCVN3, VNI…) đã chuyển sang Unicode."),
            format!("{count} cells in an old encoding (TCVN3, VNI …) were turned into Unicode."),
        );
        tell(desk.lang, &text);
    }
}

fn summary(plan: &Plan, args: &ImportArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let states = [State::New, State::Update, State::Same, State::Doubtful, State::Refused];
    let [new, update, same, doubtful, refused] = states.map(|state| plan.count(state));
    let text = Message::new(
        format!("Mới {new} · sửa {update} · không đổi {same} · nghi ngờ {doubtful} · từ chối {refused}"),
        format!("New {new} · changed {update} · same {same} · doubtful {doubtful} · refused {refused}"),
    );
    writeln!(out, "{}", text.get(desk.lang))?;
    if args.dry_run {
        tell(
            desk.lang,
            &Message::new("Xem thử: chưa ghi gì vào sổ.", "A trial: nothing was written."),
        );
    } else if plan.accepted() > 0 {
        let text = Message::new(
            "Đã ghi vào sổ. Muốn bỏ cả lần nhập này: sohoi undo.",
            "Written. To take the whole import back: sohoi undo.",
        );
        tell(desk.lang, &text);
    }
    Ok(())
}

/// Tells why each row was not taken and writes those rows beside the file.
fn about_refused(args: &ImportArgs, table: &Table, plan: &Plan, desk: &Desk) -> Result<(), Failure> {
    let refused = plan.rows.iter().filter(|row| !row.verdict.reasons().is_empty());
    for row in refused {
        for reason in row.verdict.reasons() {
            let text = Message::new(
                format!("dòng {}: {}", row.line, reason.text.vi),
                format!("line {}: {}", row.line, reason.text.en),
            );
            tell(desk.lang, &text);
        }
    }
    let Some(book) = refused::workbook(table, plan, desk.lang, Local::now().naive_local()) else {
        return Ok(());
    };
    if !args.dry_run {
        let path = refused::path_beside(&args.file);
        let bytes = xlsx::write(&book).map_err(|error| Failure::Refused(vec![error.message()]))?;
        report_file::save(&path, &bytes).map_err(|error| Failure::Refused(vec![error.message()]))?;
        let text = Message::new(
            format!("Các dòng chưa nhập, kèm lý do, ở tệp {}.", path.display()),
            format!("The rows not taken, with the reasons, are in {}.", path.display()),
        );
        tell(desk.lang, &text);
    }
    if plan.count(State::Doubtful) > 0 {
        let text = Message::new(
            "Dòng nghi ngờ mà đúng thì nhập lại với --warnings accept.",
            "If the doubtful rows are right, import again with --warnings accept.",
        );
        tell(desk.lang, &text);
    }
    if Office::of(desk) == Office::None {
        let text = Message::new(
            "Sổ này chưa đặt đơn vị: chạy sohoi setup --unit UID một lần rồi nhập.",
            "This logbook has no office yet: run sohoi setup --unit UID once, then import.",
        );
        tell(desk.lang, &text);
    }
    Err(Failure::Partly)
}
