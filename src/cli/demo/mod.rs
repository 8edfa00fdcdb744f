//! `sohoi demo`: fictional, plausible data of one commune office, so that anybody can see the program at work at once.
//!
//! The commune is a real one of today's Hưng Yên; people, cooperatives and figures are made up. The story is told in the
//! order of its days: the register first, then weeks of visits, sessions, support and a fair.

mod activities;
mod chance;
mod command;
mod cooperatives;
mod maker;
mod office;
mod texts;

use chrono::NaiveDate;

pub use command::{DemoArgs, run};
pub use maker::DemoError;
use maker::Maker;

use crate::domain::settings::Settings;
use crate::domain::text::Message;
use crate::store::{Read, Refusal, Store};

/// The commune whose office the data are of: Xã Quỳnh Phụ, Hưng Yên.
pub const COMMUNE: &str = "C12472-B";

/// How much to make.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Cooperatives and groups.
    pub cooperatives: usize,
    /// Weeks of lively activity before the end.
    pub weeks: u32,
    /// The last day.
    pub until: NaiveDate,
    /// Other seeds, other data.
    pub seed: u64,
}

/// Whether a store may be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is empty.
    Empty,
    /// It holds demo data already, to be used as they are.
    Demo,
}

/// Looks whether a store is empty or holds demo data; any other is refused.
pub fn look(store: &Store) -> Result<Found, Message> {
    if store.settings().office.demo {
        return Ok(Found::Demo);
    }
    let reader = store.reader();
    let has_records = crate::domain::record::KINDS
        .iter()
        .any(|kind| reader.ids(kind.key()).next().is_some());
    if has_records {
        return Err(Message::new(
            "Thư mục này đã có dữ liệu thật nên không ghi dữ liệu mẫu vào. Chưa thay đổi gì; hãy chọn thư mục khác bằng --data.",
            "This folder holds real data, so no demo data are written into it. Nothing was changed; name another folder with --data.",
        ));
    }
    Ok(Found::Empty)
}

/// Fills an empty store.
pub fn fill(store: &Store, size: Size) -> Result<(), DemoError> {
    let mut settings = Settings::clone(&store.settings());
    settings.office.unit = Some(COMMUNE.to_string());
    settings.office.officer = Some(office::OFFICER.to_string());
    settings.office.device = Some("demo".to_string());
    store.set_settings(settings.clone()).map_err(Refusal::Store)?;

    let days = u64::from(size.weeks) * 7;
    let lively = size
        .until
        .checked_sub_days(chrono::Days::new(days))
        .unwrap_or(size.until);
    let began = lively.checked_sub_days(chrono::Days::new(400)).unwrap_or(lively);
    let mut maker = Maker::new(store, size.seed, began)?;
    let people = office::make(&mut maker, size.until)?;
    let cooperatives = cooperatives::make(&mut maker, &people, size.cooperatives)?;
    activities::make(&mut maker, &people, &cooperatives, lively, size.until)?;

    // Only a whole set is marked as demo data, to be used again.
    settings.office.demo = true;
    store.set_settings(settings).map_err(Refusal::Store)?;
    Ok(())
}

#[cfg(test)]
mod tests;
