//! `sohoi check`: looks the whole logbook over, says what is wrong, and mends what can be mended when asked to.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::{Answer, Desk, data_folder, log, tell};
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message};
use crate::store::Store;
use crate::store::check::{Checkup, Finding};
use crate::store::opening::Trust;
use crate::store::probe::Probe;

/// The words after `sohoi check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Sửa những gì sửa được; tệp hỏng vẫn được giữ lại ¦ mend what can be mended; damaged files are kept
    #[arg(long)]
    pub repair: bool,
    /// Lấy phần còn lành từ bản sao lưu này trước khi sửa ¦ first take what is whole from this backup
    #[arg(long, value_name = "DIR", requires = "repair")]
    pub backup: Option<PathBuf>,
    /// Xem cửa sổ này có đủ chữ Việt không, và làm gì khi thiếu; không mở sổ
    /// ¦ see whether this window has all Vietnamese letters, and what to do; opens no logbook
    #[arg(long, conflicts_with_all = ["repair", "backup", "json"])]
    pub terminal: bool,
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Opens the logbook with its map in doubt, so that all of it is read, and prints what is wrong.
///
/// # Errors
/// Anything wrong, also where it was mended: exit 1.
pub fn run(args: &CheckArgs, data: Option<PathBuf>, lang: Option<Lang>, out: &mut Answer) -> Result<(), Failure> {
    let folder = data_folder(data)?;
    let probe = Probe::this_program();
    let (store, opened) = Store::open_as(&folder, Trust::Doubt, &probe, &mut |_| {})?;
    log::begin(&folder);
    let lang = lang.or(store.settings().lang).unwrap_or_default();
    for note in &opened.notes {
        tell(lang, note);
    }
    let checkup = store.check(&opened)?;
    let is_sound = checkup.findings.is_empty();
    if !args.repair || (is_sound && args.backup.is_none()) {
        let desk = Desk { store, lang };
        print(&checkup.findings, &checkup, args, &desk, out)?;
        desk.store.close()?;
        return if is_sound { Ok(()) } else { Err(Failure::Partly) };
    }
    let repaired = store.repair(checkup, args.backup.as_deref(), &probe, &mut |_| {})?;
    let desk = Desk {
        store: repaired.store,
        lang,
    };
    print(&repaired.findings, &repaired.after, args, &desk, out)?;
    desk.store.close()?;
    if is_sound { Ok(()) } else { Err(Failure::Partly) }
}

fn print(
    findings: &[Finding],
    checkup: &Checkup,
    args: &CheckArgs,
    desk: &Desk,
    out: &mut Answer,
) -> Result<(), Failure> {
    if args.json {
        let told: Vec<Json> = findings.iter().map(|finding| to_json(finding, desk.lang)).collect();
        let answer = json!({ "ok": findings.is_empty(), "records": checkup.records, "findings": told });
        writeln!(out, "{answer}")?;
        return Ok(());
    }
    for finding in findings {
        writeln!(out, "{}: {}", finding.place, finding.what.get(desk.lang))?;
    }
    let count = checkup.records.values().sum();
    tell(desk.lang, &summary(count, findings.len(), checkup.findings.len(), args));
    Ok(())
}

fn to_json(finding: &Finding, lang: Lang) -> Json {
    let lost = finding
        .lost
        .as_ref()
        .map(|ids| ids.iter().map(Id::to_string).collect::<Vec<_>>());
    json!({
        "where": finding.place,
        "what": finding.what.get(lang),
        "lost": lost,
        "lost_at_most": finding.lost_at_most,
    })
}

fn summary(records: u64, wrong: usize, left: usize, args: &CheckArgs) -> Message {
    if wrong == 0 {
        return Message::new(
            format!("Đã xem {records} bản ghi: không có gì sai."),
            format!("{records} records looked at: nothing is wrong."),
        );
    }
    if !args.repair {
        return Message::new(
            format!(
                "Đã xem {records} bản ghi: {wrong} chỗ sai. Chưa sửa gì. Để sửa: sohoi check --repair, có bản sao lưu thì thêm --backup THƯ_MỤC."
            ),
            format!(
                "{records} records looked at: {wrong} faults. Nothing was changed. To mend: sohoi check --repair, with a backup also --backup DIR."
            ),
        );
    }
    match left {
        0 => Message::new(
            format!("Đã xem {records} bản ghi: {wrong} chỗ sai, nay đã sửa xong."),
            format!("{records} records looked at: {wrong} faults, all mended now."),
        ),
        _ => Message::new(
            format!(
                "Đã xem {records} bản ghi: {wrong} chỗ sai, còn {left} chỗ không tự sửa được; thử lại với bản sao lưu khác nếu có."
            ),
            format!(
                "{records} records looked at: {wrong} faults, {left} of which cannot be mended here; try another backup if there is one."
            ),
        ),
    }
}
