//! Putting a finished report on disk: all of it or nothing of it.
//!
//! The bytes go to a file of another name in the same folder, are synced, and take the report's name in one step. A
//! power cut leaves either the old report or the new one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{ReportError, folder_of};

/// Writes `bytes` to `path`, replacing what stood there.
///
/// # Errors
/// When the folder is missing, writing is not allowed, the disk is full, or another program holds the file. What
/// stood at `path` is then still there, and nothing else is left behind.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let wrong = |error: io::Error| ReportError::from_io(path, error);
    let target = target_of(path).map_err(wrong)?;
    let folder = folder_of(&target);
    let mut file = new_file(&folder).map_err(wrong)?;
    file.write_all(bytes).map_err(wrong)?;
    file.as_file().sync_all().map_err(wrong)?;
    file.persist(&target).map_err(|refused| wrong(refused.error))?;
    sync_folder(&folder);
    Ok(())
}

/// A name in a folder that no file has yet: `danh-sach.xlsx`, then `danh-sach-2.xlsx`.
pub fn free_name(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    let name = |number: u32| match number {
        1 => folder.join(format!("{stem}.{extension}")),
        _ => folder.join(format!("{stem}-{number}.{extension}")),
    };
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}

/// The file that will be replaced: the one behind a link, and one that may be written and that nobody holds.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path.to_path_buf()),
        Err(error) => return Err(error),
    };
    if target.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Renaming over a file that Word holds open is refused with "access denied"; opening it says why.
    fs::OpenOptions::new().write(true).open(&target)?;
    Ok(target)
}

/// A new file of a name that nothing has, readable by whom the system's settings say (not by its owner alone).
#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new()
        .prefix(".sohoi-")
        .permissions(mode)
        .tempfile_in(folder)
}

/// A new file of a name that nothing has; it takes its permissions from the folder.
#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".sohoi-").tempfile_in(folder)
}

/// Makes the new name last through a power cut. The report is whole without it, so a refusal is no error.
#[cfg(unix)]
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Windows writes names through by itself and cannot sync a folder.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_replaces_the_one_before_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Báo cáo tuần 21.docx");
        save(&path, b"old").unwrap();
        save(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("không có");
        let error = save(&missing.join("a.docx"), b"x").unwrap_err();
        assert!(
            matches!(&error, ReportError::FolderMissing(named) if *named == missing),
            "{error:?}"
        );
        let message = error.message();
        assert!(message.vi.starts_with("Không có thư mục") && message.en.starts_with("There is no folder"));
    }

    #[test]
    fn a_folder_is_never_taken_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(save(folder.path(), b"x"), Err(ReportError::IsFolder(_))));
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_a_missing_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tệp");
        save(&file, b"x").unwrap();
        assert!(matches!(
            save(&file.join("a.docx"), b"x"),
            Err(ReportError::FolderMissing(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_keeps_pointing_and_what_it_points_to_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        save(&real, b"old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        save(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn a_report_is_no_more_private_than_any_other_file_of_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, other) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
        save(&ours, b"x").unwrap();
        fs::write(&other, b"x").unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&other));
    }

    #[test]
    fn a_full_disk_and_a_refusal_are_told_apart() {
        let path = Path::new("a.docx");
        let sorted = |kind: io::ErrorKind| ReportError::from_io(path, kind.into());
        assert!(matches!(sorted(io::ErrorKind::StorageFull), ReportError::DiskFull(_)));
        assert!(matches!(
            sorted(io::ErrorKind::PermissionDenied),
            ReportError::NotAllowed(_)
        ));
        assert!(matches!(sorted(io::ErrorKind::ResourceBusy), ReportError::InUse(_)));
        assert!(matches!(sorted(io::ErrorKind::BrokenPipe), ReportError::Io { .. }));
    }
}
