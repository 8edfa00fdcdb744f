//! Backup, restore and healing of a whole data folder.
//!
//! A backup is a data folder without sled: the journal's segments, the version, and the office's settings. It can be
//! opened where it lies, and nothing but the segments is ever needed to have every record back.

use std::fs;
use std::path::{Path, PathBuf};

use super::Store;
use super::durable;
use super::fault::StoreError;
use super::folder::FORMAT;
use super::journal::{self, Copied, Healed, Journal, Restored, Until, Watch};
use super::log::Log;

/// Small files that go with the journal.
const BESIDE: [&str; 1] = [super::settings::FILE];

/// Brings the backup in `target` up to the store in `root`, whose journal is given open.
///
/// # Errors
/// As [`Journal::copy_to`]; `NotEmpty` where the target is the store itself or lies in it.
pub fn backup(root: &Path, journal: &Journal, target: &Path, watch: Watch<'_>) -> Result<Copied, StoreError> {
    if !target.is_dir() {
        durable::make_folder(target)?;
    }
    if let (Ok(root), Ok(target)) = (root.canonicalize(), target.canonicalize())
        && target.starts_with(root)
    {
        return Err(StoreError::NotEmpty { path: target });
    }
    refuse_newer(target)?;
    let copied = journal.copy_to(&target.join("journal"), watch)?;
    copy_beside(root, target)?;
    durable::write_whole(&target.join("FORMAT"), format!("{FORMAT}\n").as_bytes())?;
    Ok(copied)
}

/// Makes a data folder in `root`, which must not have a journal, from a backup. The first opening builds the rest.
///
/// # Errors
/// As [`journal::restore`]. A restore that did not end is no store: its segments are under `journal.part` until the end.
pub fn restore(backup: &Path, root: &Path, until: Until, watch: Watch<'_>) -> Result<Restored, StoreError> {
    refuse_newer(backup)?;
    let place = root.join("journal");
    if place.is_dir() && place.read_dir().map_err(StoreError::at(&place))?.next().is_some() {
        return Err(StoreError::NotEmpty {
            path: root.to_path_buf(),
        });
    }
    let part = root.join("journal.part");
    if part.is_dir() {
        fs::remove_dir_all(&part).map_err(StoreError::at(&part))?;
    }
    let restored = journal::restore(&backup.join("journal"), &part, until, watch)?;
    copy_beside(backup, root)?;
    if place.is_dir() {
        fs::remove_dir(&place).map_err(StoreError::at(&place))?;
    }
    durable::put_in_place(&part, &place)?;
    durable::write_whole(&root.join("FORMAT"), format!("{FORMAT}\n").as_bytes())?;
    Ok(restored)
}

/// Mends the journal from a backup's; see [`Journal::heal_from`].
pub fn heal(journal: &Journal, backup: &Path) -> Result<Healed, StoreError> {
    refuse_newer(backup)?;
    journal.heal_from(&backup.join("journal"))
}

impl Store {
    /// Brings the backup in `target` up to this store; see [`backup`].
    ///
    /// # Errors
    /// As [`backup`]; `NoBackup` for a store in memory, which has nothing to copy.
    pub fn backup_to(&self, target: &Path, watch: Watch<'_>) -> Result<Copied, StoreError> {
        match (self.dir(), &self.log) {
            (Some(root), Log::Journal(journal)) => backup(root, journal, target, watch),
            _ => Err(StoreError::NoBackup {
                path: target.to_path_buf(),
            }),
        }
    }
}

/// What the daily backup did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Daily {
    /// No folder is set for it.
    NotSet,
    /// The folder that is set is not there (no USB stick).
    Absent(PathBuf),
    /// It was done today, and nothing was saved since.
    Done,
    /// It was made now.
    Made(Copied),
}

/// The note of the last daily backup: its day and the sequence it reached.
const LAST: &str = "backed-up";

impl Store {
    /// The daily backup, for when the interface is left: into the folder of the settings (`backup`; one that is not
    /// absolute lies in the data folder's parent), if it is there. A second time on one day it is made only where something
    /// was saved since. `watch` is its gauge, and stops it.
    ///
    /// # Errors
    /// As [`backup`]; the store itself is never touched by it. `Stopped` where the officer skipped it.
    pub fn backup_daily(&self, watch: Watch<'_>) -> Result<Daily, StoreError> {
        let (Some(target), Some(root)) = (self.backup_folder(), self.dir()) else {
            return Ok(Daily::NotSet);
        };
        if !target.is_dir() {
            return Ok(Daily::Absent(target));
        }
        if self.is_backed_up(root, &target) {
            return Ok(Daily::Done);
        }
        let mark = self.backup_mark(&target);
        let copied = self.backup_to(&target, watch)?;
        durable::write_whole(&root.join(LAST), mark.as_bytes())?;
        Ok(Daily::Made(copied))
    }

    /// The folder of the daily backup, where one is to be made now: it is set, it is there, and it lacks today's last save.
    pub fn backup_due(&self) -> Option<PathBuf> {
        let target = self.backup_folder().filter(|target| target.is_dir())?;
        let root = self.dir()?;
        (self.log.last_seq() > 0 && !self.is_backed_up(root, &target)).then_some(target)
    }

    fn backup_folder(&self) -> Option<PathBuf> {
        let settings = self.settings();
        let set = settings
            .backup
            .as_deref()
            .map(str::trim)
            .filter(|set| !set.is_empty())?;
        let root = self.dir()?;
        Some(root.parent().unwrap_or(root).join(set))
    }

    fn backup_mark(&self, target: &Path) -> String {
        format!("{} {} {}\n", self.today(), self.log.last_seq(), target.display())
    }

    fn is_backed_up(&self, root: &Path, target: &Path) -> bool {
        let mark = self.backup_mark(target);
        fs::read_to_string(root.join(LAST)).is_ok_and(|last| last == mark) && target.join("journal").is_dir()
    }
}

fn refuse_newer(folder: &Path) -> Result<(), StoreError> {
    let told = fs::read_to_string(folder.join("FORMAT"))
        .ok()
        .and_then(|text| text.trim().parse::<u32>().ok());
    match told.filter(|found| *found > FORMAT) {
        Some(found) => Err(StoreError::NewerFormat {
            found,
            supported: FORMAT,
        }),
        None => Ok(()),
    }
}

fn copy_beside(from: &Path, to: &Path) -> Result<(), StoreError> {
    for name in BESIDE {
        let path = from.join(name);
        match fs::read(&path) {
            Ok(bytes) => durable::write_whole(&to.join(name), &bytes)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&path, error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
