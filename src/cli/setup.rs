//! `sohoi setup`: the office of this store, as the first start of the interface asks it.

use chrono::NaiveDate;
use clap::Args;

use super::failure::Failure;
use super::near::near;
use super::{Desk, tell};
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::known::{Known, UnitFacts};
use crate::domain::text::Message;
use crate::vietnamese::fold;
use crate::vietnamese::typing::METHODS;

/// The words after `sohoi setup`.
#[derive(Args, Clone, Debug)]
pub struct SetupArgs {
    /// Mã định danh (uid) của đơn vị ¦ the uid of the office's unit
    #[arg(long, value_name = "UID")]
    pub unit: String,
    /// Họ tên cán bộ ¦ the officer's name
    #[arg(long, value_name = "NAME")]
    pub officer: Option<String>,
    /// Mã các kế hoạch có sẵn mà đơn vị theo, cách nhau bằng dấu phẩy; nếu không thì theo địa bàn
    /// ¦ codes of the built-in plans that the office works by, by comma; else those of its area
    #[arg(long, value_name = "CODES")]
    pub plans: Option<String>,
    /// Kiểu gõ tiếng Việt: telex, telex-simple, vni, viqr ¦ the typing method: telex, telex-simple, vni, viqr
    #[arg(long, value_name = "METHOD")]
    pub typing: Option<String>,
}

/// Keeps the office, and of the rest what is given.
///
/// # Errors
/// An unknown unit or typing method: then nothing is changed.
pub fn run(args: &SetupArgs, desk: &Desk) -> Result<(), Failure> {
    let unit = unit_of(args, desk)?;
    let mut settings = (*desk.store.settings()).clone();
    if let Some(method) = &args.typing {
        settings.typing.method = method_of(method)?;
    }
    if let Some(officer) = &args.officer {
        let officer = fold::nfc(officer).trim().to_string();
        settings.office.officer = (!officer.is_empty()).then_some(officer);
    }
    if let Some(plans) = &args.plans {
        settings.office.plans = Some(plans_of(plans)?);
    } else if settings.office.unit.as_ref() != Some(&unit.uid) {
        settings.office.plans = None;
    }
    settings.office.unit = Some(unit.uid.clone());
    settings.office.device.get_or_insert_with(new_device);
    desk.store.set_settings(settings)?;
    let text = Message::new(
        format!("Sổ này là của {} ({}).", unit.name, unit.uid),
        format!("This logbook belongs to {} ({}).", unit.name, unit.uid),
    );
    tell(desk.lang, &text);
    if let Some(note) = ended(&unit, desk.store.today()) {
        tell(desk.lang, &note);
    }
    Ok(())
}

fn unit_of(args: &SetupArgs, desk: &Desk) -> Result<UnitFacts, Failure> {
    let uid = args.unit.trim();
    desk.store.reader().unit(uid).ok_or_else(|| {
        Failure::refused(
            format!("Không có đơn vị mang mã định danh (uid) \"{uid}\". Cài đặt vẫn như cũ."),
            format!("No unit has the uid \"{uid}\". The settings are as they were."),
        )
    })
}

fn plans_of(typed: &str) -> Result<Vec<String>, Failure> {
    let all = catalog::plans::plans();
    let mut codes = Vec::new();
    for code in typed.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let Some(plan) = all.iter().find(|plan| plan.code.eq_ignore_ascii_case(code)) else {
            let names: Vec<&str> = all.iter().map(|plan| plan.code.as_str()).collect();
            let names = names.join(", ");
            return Err(Failure::refused(
                format!("Không có kế hoạch có sẵn mang mã \"{code}\". Cài đặt vẫn như cũ. Có: {names}."),
                format!("No built-in plan has the code \"{code}\". The settings are as they were. There are: {names}."),
            ));
        };
        codes.push(plan.code.clone());
    }
    Ok(codes)
}

fn method_of(method: &str) -> Result<String, Failure> {
    if METHODS.contains(&method) {
        return Ok(method.to_string());
    }
    let near = near(method, METHODS);
    let names = if near.is_empty() { METHODS.to_vec() } else { near }.join(", ");
    Err(Failure::refused(
        format!("Không có kiểu gõ \"{method}\". Cài đặt vẫn như cũ. Các kiểu gõ: {names}."),
        format!("There is no typing method \"{method}\". The settings are as they were. Methods: {names}."),
    ))
}

/// A name for this machine in the journal that tells nothing of its owner.
fn new_device() -> String {
    let id = Id::now().to_string();
    format!("may-{}", &id[id.len() - 4..])
}

/// That a unit no longer exists, and what became of it.
fn ended(unit: &UnitFacts, today: NaiveDate) -> Option<Message> {
    let last = unit.valid_to.filter(|last| *last < today)?;
    let units = catalog::units();
    let successors = units.successors(&unit.uid);
    let names: Vec<String> = successors
        .iter()
        .filter_map(|(uid, _)| units.get(uid))
        .map(|unit| format!("{} ({})", unit.name, unit.uid))
        .collect();
    let (day, names) = (crate::vietnamese::date::format_date(last), names.join(", "));
    let (vi, en) = if names.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" Nay là: {names}."), format!(" It became: {names}."))
    };
    Some(Message::new(
        format!("Đơn vị này chỉ tồn tại đến hết {day}.{vi} Vẫn dùng như đã chọn; chạy lại setup nếu cần đổi."),
        format!("This unit existed until {day}.{en} It is used as chosen; run setup again to change it."),
    ))
}
