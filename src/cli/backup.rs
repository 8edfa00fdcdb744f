//! `sohoi backup` and `sohoi restore`: the journal's segments to a USB stick and back.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use clap::Args;

use super::failure::Failure;
use super::{Answer, Desk, data_folder, tell};
use crate::domain::record::KINDS;
use crate::domain::text::{Lang, Message};
use crate::store::backup;
use crate::store::journal::{Moment, Until};
use crate::store::{Read, Store, StoreError};

/// The words after `sohoi backup`.
#[derive(Args, Clone, Debug)]
pub struct BackupArgs {
    /// Thư mục sao lưu, ví dụ trên USB ¦ the folder of the backup, on a USB stick say
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// The words after `sohoi restore`.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// Thư mục sao lưu ¦ the folder of the backup
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    /// Lấy lại đến thời điểm: 2026-05-22 hoặc 2026-05-22T16:30 ¦ up to a moment: 2026-05-22 or 2026-05-22T16:30
    #[arg(long, value_name = "MOMENT")]
    pub until: Option<String>,
    /// Thay cho sổ đang có bản ghi (sổ cũ được giữ lại) ¦ in place of a logbook with records (the old one is kept)
    #[arg(long)]
    pub force: bool,
}

/// Copies what the backup lacks, and says up to which moment it reaches.
///
/// # Errors
/// A folder that cannot be written, a full stick, another logbook's backup.
pub fn run(args: &BackupArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let copied = desk.store.backup_to(&args.out, &mut |_| ControlFlow::Continue(()))?;
    let reaches = copied.reaches.map_or_else(|| "–".to_string(), shown);
    writeln!(out, "{}", args.out.display())?;
    tell(
        desk.lang,
        &Message::new(
            format!("Đã sao lưu vào {} đến {reaches}.", args.out.display()),
            format!("Backed up to {}, up to {reaches}.", args.out.display()),
        ),
    );
    if copied.damaged_here.is_empty() {
        return Ok(());
    }
    let count = copied.damaged_here.len();
    Err(Failure::refused(
        format!(
            "{count} đoạn của sổ ghi ở máy này bị hỏng; bản sao lưu giữ nguyên phần lành của nó. Hãy chạy: sohoi check --repair --backup {}",
            args.out.display()
        ),
        format!(
            "{count} segments of the journal here are damaged; the backup keeps its own whole ones. Run: sohoi check --repair --backup {}",
            args.out.display()
        ),
    ))
}

/// Brings a backup back into the data folder, and opens it to see that it is whole.
///
/// # Errors
/// No backup there; a logbook with records in the way and no `--force`; a moment that is none.
pub fn restore(args: &RestoreArgs, data: Option<PathBuf>, lang: Lang) -> Result<(), Failure> {
    let folder = data_folder(data)?;
    let until = match &args.until {
        None => Until::End,
        Some(text) => Until::Time(moment(text)?),
    };
    if folder.join("journal").is_dir() {
        make_way(&folder, args, lang)?;
    }
    crate::store::durable::make_folder(&folder)?;
    let restored = backup::restore(&args.from, &folder, until, &mut |_| ControlFlow::Continue(()))?;
    let (store, report) = Store::open(&folder)?;
    for note in &report.notes {
        tell(lang, note);
    }
    store.close()?;
    let reaches = restored.reaches.map_or_else(|| "–".to_string(), shown);
    tell(
        lang,
        &Message::new(
            format!("Đã khôi phục vào {} đến {reaches}.", folder.display()),
            format!("Restored into {}, up to {reaches}.", folder.display()),
        ),
    );
    let lost: u64 = restored.damages.iter().map(|damage| damage.lost_frames()).sum();
    if lost == 0 {
        return Ok(());
    }
    Err(Failure::refused(
        format!("Bản sao lưu bị hỏng một phần: mất {lost} giao dịch; phần còn lại đã khôi phục đủ."),
        format!("The backup is damaged in part: {lost} transactions are lost; all the rest is back."),
    ))
}

/// Puts the logbook that is there aside, whole, if it may be.
fn make_way(folder: &Path, args: &RestoreArgs, lang: Lang) -> Result<(), Failure> {
    let has_records = {
        let (store, _) = Store::open(folder)?;
        let reader = store.reader();
        let any = KINDS.iter().any(|kind| reader.ids(kind.key()).next().is_some());
        store.close()?;
        any
    };
    if has_records && !args.force {
        return Err(Failure::refused(
            format!(
                "Sổ trong {} đang có bản ghi. Chưa thay đổi gì. Thêm --force để thay bằng bản sao lưu; sổ cũ vẫn được giữ lại.",
                folder.display()
            ),
            format!(
                "The logbook in {} has records. Nothing was changed. Add --force to put the backup in its place; the old one is kept.",
                folder.display()
            ),
        ));
    }
    let kept = folder.join(format!("truoc-khoi-phuc-{}", Local::now().format("%Y%m%d-%H%M%S")));
    let at = |error| Failure::Store(StoreError::io(&kept, error));
    std::fs::create_dir(&kept).map_err(at)?;
    for file in std::fs::read_dir(folder).map_err(at)? {
        let file = file.map_err(at)?;
        let name = file.file_name();
        let is_older = name.to_string_lossy().starts_with("truoc-khoi-phuc-");
        if !is_older && name != "LOCK" {
            std::fs::rename(file.path(), kept.join(&name)).map_err(at)?;
        }
    }
    tell(
        lang,
        &Message::new(
            format!("Sổ cũ được giữ ở {}.", kept.display()),
            format!("The old logbook is kept in {}.", kept.display()),
        ),
    );
    Ok(())
}

/// A day (to its end) or a day and a time, of this machine's zone, in milliseconds since 1970.
fn moment(text: &str) -> Result<u64, Failure> {
    let text = text.trim();
    let whole_day = text
        .parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.succ_opt())
        .map(|day| (day.and_time(NaiveTime::MIN), 1));
    let formats = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ];
    let timed = formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|at| (at, 0));
    let zoned = DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp_millis());
    let local = whole_day
        .or(timed)
        .and_then(|(at, less)| Some(Local.from_local_datetime(&at).latest()?.timestamp_millis() - less));
    zoned.or(local).and_then(|millis| u64::try_from(millis).ok()).ok_or_else(|| {
        Failure::refused(
            format!("--until \"{text}\" không phải là thời điểm; ví dụ 2026-05-22 hoặc 2026-05-22T16:30. Chưa thay đổi gì."),
            format!("--until \"{text}\" is no moment; 2026-05-22 or 2026-05-22T16:30 say. Nothing was changed."),
        )
    })
}

fn shown(moment: Moment) -> String {
    let at = DateTime::from_timestamp_millis(i64::try_from(moment.time_ms).unwrap_or(0)).unwrap_or_default();
    at.with_timezone(&Local).format("%d/%m/%Y %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_to_its_end_or_a_day_and_a_time() {
        let day = moment("2026-05-22").unwrap();
        let next = moment("2026-05-23T00:00").unwrap();
        assert_eq!(day + 1, next);
        assert!(moment("2026-05-22T16:30:05").unwrap() < day);
        assert!(moment("hôm qua").is_err());
    }
}
