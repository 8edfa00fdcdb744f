//! What can go wrong between a finished report and its file.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::text::Message;

/// A report that was not written. Whatever stood at the path before still stands there.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("the folder {0} does not exist")]
    FolderMissing(PathBuf),
    #[error("no permission to write {0}")]
    NotAllowed(PathBuf),
    #[error("{0} is open in another program")]
    InUse(PathBuf),
    #[error("no space left on the disk for {0}")]
    DiskFull(PathBuf),
    #[error("{0} is a folder, not a file")]
    IsFolder(PathBuf),
    #[error("cannot write {path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("the document could not be put together: {0}")]
    Docx(String),
    #[error("the workbook could not be put together: {0}")]
    Xlsx(String),
    #[error("{rows} rows are more than a sheet can hold ({limit})")]
    TooManyRows { rows: usize, limit: usize },
}

impl ReportError {
    /// Sorts an error of the file system by what the officer can do about it.
    pub(super) fn from_io(path: &Path, source: io::Error) -> ReportError {
        use io::ErrorKind;
        let path = path.to_path_buf();
        if in_use(&source) {
            return ReportError::InUse(path);
        }
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReportError::FolderMissing(folder_of(&path)),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => ReportError::NotAllowed(path),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ReportError::DiskFull(path),
            ErrorKind::IsADirectory => ReportError::IsFolder(path),
            _ => ReportError::Io { path, source },
        }
    }

    /// What happened, what is kept and what to do.
    pub fn message(&self) -> Message {
        let (vi, en) = match self {
            ReportError::FolderMissing(folder) => (
                format!(
                    "Không có thư mục {}. Chưa ghi gì. Hãy tạo thư mục hoặc chọn nơi khác.",
                    folder.display()
                ),
                format!(
                    "There is no folder {}. Nothing was written. Make it or choose another.",
                    folder.display()
                ),
            ),
            ReportError::NotAllowed(path) => (
                format!(
                    "Không được phép ghi {}. Chưa ghi gì. Hãy chọn thư mục khác.",
                    path.display()
                ),
                format!(
                    "You may not write {}. Nothing was written. Choose another folder.",
                    path.display()
                ),
            ),
            ReportError::InUse(path) => (
                format!(
                    "{} đang mở ở chương trình khác. Tệp cũ còn nguyên. Hãy đóng tệp rồi xuất lại.",
                    path.display()
                ),
                format!(
                    "{} is open in another program. The old file is kept. Close it, then export again.",
                    path.display()
                ),
            ),
            ReportError::DiskFull(path) => (
                format!(
                    "Ổ đĩa đã đầy, không ghi được {}. Tệp cũ còn nguyên. Hãy xóa bớt rồi xuất lại.",
                    path.display()
                ),
                format!(
                    "The disk is full: {} was not written. The old file is kept. Make room, then export again.",
                    path.display()
                ),
            ),
            ReportError::IsFolder(path) => (
                format!("{} là một thư mục. Chưa ghi gì. Hãy đặt tên tệp khác.", path.display()),
                format!(
                    "{} is a folder. Nothing was written. Give the file another name.",
                    path.display()
                ),
            ),
            ReportError::Io { path, source } => (
                format!(
                    "Không ghi được {} ({source}). Tệp cũ còn nguyên. Hãy thử nơi khác.",
                    path.display()
                ),
                format!(
                    "{} could not be written ({source}). The old file is kept. Try another place.",
                    path.display()
                ),
            ),
            ReportError::Docx(cause) | ReportError::Xlsx(cause) => (
                format!("Không tạo được tệp ({cause}). Số liệu còn nguyên. Hãy xuất dạng khác."),
                format!("The file could not be made ({cause}). The data is kept. Export in another format."),
            ),
            ReportError::TooManyRows { rows, limit } => (
                format!("Có {rows} dòng, một trang tính chỉ chứa {limit}. Chưa ghi gì. Hãy lọc bớt hoặc xuất csv."),
                format!("{rows} rows; a sheet holds {limit}. Nothing was written. Filter them or export csv."),
            ),
        };
        Message { vi, en }
    }
}

/// The folder that a path lies in, "." for a bare file name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Windows refuses to replace a file that a program such as Word holds open: sharing (32) or lock (33) violation.
#[cfg(windows)]
fn in_use(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(32 | 33)) || error.kind() == io::ErrorKind::ResourceBusy
}

/// Elsewhere an open file can be replaced; only a busy device or program file is refused.
#[cfg(not(windows))]
fn in_use(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    )
}
