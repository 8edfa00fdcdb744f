//! `sohoi demo` on the command line.

use std::path::{Path, PathBuf};

use chrono::{Local, NaiveDate};
use clap::Args;

use super::{Found, Size, fill, look};
use crate::cli::{Desk, Failure, tell};
use crate::domain::text::Message;

/// The folder used where none is named.
const FOLDER: &str = "sohoi-demo";

/// The words after `sohoi demo`.
#[derive(Args, Clone, Debug)]
pub struct DemoArgs {
    /// Số HTX, THT ¦ how many cooperatives and groups
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=5000))]
    pub cooperatives: u32,
    /// Số tuần hoạt động ¦ how many weeks of activity
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=520))]
    pub weeks: u32,
    /// Ngày cuối, mặc định hôm nay ¦ the last day, today unless told
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Số gieo: cùng số, cùng dữ liệu ¦ the seed: the same number, the same data
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Mở màn hình làm việc sau khi tạo ¦ open the interface afterwards
    #[arg(long)]
    pub open: bool,
}

impl DemoArgs {
    /// The data folder: the one named, else one of its own in the current folder.
    pub fn folder(data: Option<PathBuf>) -> PathBuf {
        data.unwrap_or_else(|| PathBuf::from(FOLDER))
    }

    fn size(&self, today: NaiveDate) -> Result<Size, Failure> {
        let until = match &self.until {
            None => today,
            Some(text) => read_day(text, today)?,
        };
        Ok(Size {
            cooperatives: self.cooperatives as usize,
            weeks: self.weeks,
            until,
            seed: self.seed,
        })
    }
}

fn read_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    use crate::vietnamese::date::{Near, read_date};
    read_date(text, today, Near::Past).map_err(|fault| {
        Failure::refused(
            format!("--until \"{text}\": {}", fault.vi()),
            format!("--until \"{text}\": {}", fault.en()),
        )
    })
}

/// Fills the store, unless it holds demo data already.
///
/// # Errors
/// A wrong date; a store with real records; a store that cannot be written. Then nothing counts of what was made.
pub fn run(args: &DemoArgs, desk: &Desk) -> Result<(), Failure> {
    let folder = desk.store.dir().unwrap_or(Path::new(FOLDER));
    let size = args.size(Local::now().date_naive())?;
    match look(&desk.store).map_err(|message| Failure::Refused(vec![message]))? {
        Found::Demo => tell(desk.lang, &made(folder, Made::Before)),
        Found::Empty => {
            fill(&desk.store, size).map_err(|error| Failure::Refused(error.messages()))?;
            tell(desk.lang, &made(folder, Made::Now));
        }
    }
    Ok(())
}

enum Made {
    Now,
    Before,
}

fn made(folder: &Path, made: Made) -> Message {
    let folder = folder.display();
    match made {
        Made::Now => Message::new(
            format!("Đã tạo dữ liệu mẫu (người và HTX đều hư cấu) trong {folder}."),
            format!("Demo data (people and cooperatives are made up) are in {folder}."),
        ),
        Made::Before => Message::new(
            format!("Dùng lại dữ liệu mẫu đã có trong {folder}."),
            format!("The demo data that are in {folder} are used again."),
        ),
    }
}
