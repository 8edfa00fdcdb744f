//! Bringing a data folder of an older format up to today's, one version at a time, after a backup of all of it.
//!
//! A newer format is refused before anything is touched (`folder.rs`). The journal is the truth, so a step changes the
//! journal, the settings or the drafts; a map of an older form need only be left out of use, and is built anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::durable;
use super::fault::StoreError;
use super::folder::{DataFolder, FORMAT};
use crate::domain::text::Message;

/// One step from a version to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The version it starts from; it ends at the one above.
    pub from: u32,
    /// What is done to the folder. Interrupted, it is run again from the start, on what it has left.
    pub run: fn(&Path) -> Result<(), StoreError>,
}

/// The steps there are. The second format and the third have further index entries in the map, which `reindex.rs` adds:
/// nothing of the folder itself changes, but a program that does not know them must not write into it.
pub const STEPS: [Step; 2] = [
    Step {
        from: 1,
        run: |_| Ok(()),
    },
    Step {
        from: 2,
        run: |_| Ok(()),
    },
];

/// What of a folder is kept before it is changed. The map can be built anew.
const KEPT: [&str; 4] = ["journal", "drafts", "settings.toml", "FORMAT"];

/// Brings a folder of the version found up to [`FORMAT`], and says so; does nothing where it is there already.
///
/// # Errors
/// `Damaged` where no step leads on from that version (the folder is as it was), and what the disk refuses.
pub fn bring_up(folder: &DataFolder, found: u32, steps: &[Step]) -> Result<Option<Message>, StoreError> {
    bring_up_to(folder, found, FORMAT, steps)
}

fn bring_up_to(folder: &DataFolder, found: u32, wanted: u32, steps: &[Step]) -> Result<Option<Message>, StoreError> {
    if found >= wanted {
        return Ok(None);
    }
    let mut path = Vec::new();
    for version in found..wanted {
        let step = steps.iter().find(|step| step.from == version);
        path.push(step.ok_or_else(|| StoreError::damaged(format!("a store of the unknown format {version}")))?);
    }
    let kept = keep(folder.root(), found)?;
    for step in path {
        (step.run)(folder.root())?;
        folder.set_format(step.from + 1)?;
    }
    Ok(Some(Message::new(
        format!(
            "Sổ được chuyển từ dạng {found} sang dạng {wanted}; bản trước khi chuyển được giữ ở {}.",
            kept.display()
        ),
        format!(
            "The logbook was brought from format {found} to {wanted}; as it was before, it is kept in {}.",
            kept.display()
        ),
    )))
}

/// Copies the folder's own files beside, as one step; a copy made before an interrupted migration stands.
fn keep(root: &Path, version: u32) -> Result<PathBuf, StoreError> {
    let kept = root.join(format!("truoc-nang-cap-{version}"));
    if kept.is_dir() {
        return Ok(kept);
    }
    let part = kept.with_extension("part");
    if part.is_dir() {
        fs::remove_dir_all(&part).map_err(StoreError::at(&part))?;
    }
    durable::make_folder(&part)?;
    for name in KEPT {
        copy(&root.join(name), &part.join(name))?;
    }
    durable::put_in_place(&part, &kept)?;
    Ok(kept)
}

fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    if from.is_dir() {
        durable::make_folder(to)?;
        for entry in fs::read_dir(from).map_err(StoreError::at(from))? {
            let entry = entry.map_err(StoreError::at(from))?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    match fs::read(from) {
        Ok(bytes) => durable::write_whole(to, &bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io(from, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, DataFolder) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("journal")).unwrap();
        fs::write(dir.path().join("journal/00000001.log"), "frames").unwrap();
        fs::write(dir.path().join("FORMAT"), "1\n").unwrap();
        let (folder, _) = DataFolder::open(dir.path()).unwrap();
        (dir, folder)
    }

    fn append(root: &Path, word: &str) -> Result<(), StoreError> {
        let path = root.join("settings.toml");
        let text = fs::read_to_string(&path).unwrap_or_default() + word;
        fs::write(&path, text).map_err(StoreError::at(&path))
    }

    #[test]
    fn the_steps_are_taken_in_order_and_what_was_there_is_kept() {
        let (dir, folder) = folder();
        let steps = [
            Step {
                from: 2,
                run: |root| append(root, "b"),
            },
            Step {
                from: 1,
                run: |root| append(root, "a"),
            },
        ];
        let note = bring_up_to(&folder, 1, 3, &steps).unwrap().unwrap();
        assert!(note.vi.contains("truoc-nang-cap-1"), "{note:?}");
        let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!((read("settings.toml"), read("FORMAT")), ("ab".into(), "3\n".into()));
        assert_eq!(read("truoc-nang-cap-1/journal/00000001.log"), "frames");
        assert_eq!(read("truoc-nang-cap-1/FORMAT"), "1\n");
        assert!(!dir.path().join("truoc-nang-cap-1/settings.toml").exists());
    }

    #[test]
    fn a_version_from_which_no_step_leads_is_refused_and_nothing_is_changed() {
        let (dir, folder) = folder();
        let refused = bring_up_to(
            &folder,
            1,
            3,
            &[Step {
                from: 2,
                run: |root| append(root, "b"),
            }],
        );
        assert!(matches!(refused, Err(StoreError::Damaged { .. })));
        assert!(!dir.path().join("truoc-nang-cap-1").exists());
        assert_eq!(fs::read_to_string(dir.path().join("FORMAT")).unwrap(), "1\n");
    }

    #[test]
    fn todays_format_is_left_as_it_is() {
        let (dir, folder) = folder();
        assert!(bring_up(&folder, FORMAT, &STEPS).unwrap().is_none());
        assert!(!dir.path().join("truoc-nang-cap-1").exists());
    }
}
