//! Everything that can go wrong below the store, in one type, with what an officer is told about it.
//!
//! Each variant is a situation, not a place in the code: what happened, what is kept, what to do. Causes of the
//! operating system are sorted into situations once, in [`StoreError::io`], so that a full disk is a full disk wherever
//! it is met.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::domain::text::Message;

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another running program holds the data folder.
    #[error("{} is in use by another program", path.display())]
    Locked {
        /// The data folder.
        path: PathBuf,
    },
    /// No room is left, or less than the store keeps free for itself.
    #[error("disk full at {} ({free:?} bytes free)", path.display())]
    DiskFull {
        /// Where room was needed.
        path: PathBuf,
        /// Bytes free, where known.
        free: Option<u64>,
    },
    /// The folder or a file in it cannot be written.
    #[error("{} cannot be written", path.display())]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// The folder was there and is gone (a USB stick pulled out).
    #[error("{} is gone", path.display())]
    FolderVanished {
        /// The folder that is missing.
        path: PathBuf,
    },
    /// The folder was written by a newer program.
    #[error("store format {found} is newer than {supported}")]
    NewerFormat {
        /// The version found in the folder.
        found: u32,
        /// The newest version this program reads.
        supported: u32,
    },
    /// Bytes are not what was written.
    #[error("damaged: {what}")]
    Damaged {
        /// Which part, and how it shows.
        what: String,
    },
    /// One value or one frame is larger than the format allows.
    #[error("{bytes} bytes, at most {limit}")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The disk refused a write or a sync, so nothing more may be acknowledged until the folder is opened anew.
    #[error("writing to {} failed before; open the store anew", path.display())]
    Halted {
        /// The journal's folder.
        path: PathBuf,
    },
    /// The journal has a save that the map could not take; reading lacks it until the store is opened anew.
    #[error("the map in {} refused a change that the journal has", path.display())]
    Behind {
        /// The data folder.
        path: PathBuf,
    },
    /// More batches are open at once than a segment's header can name.
    #[error("too many batches at once")]
    TooManyBatches,
    /// The folder given as a backup holds none.
    #[error("no backup in {}", path.display())]
    NoBackup {
        /// The folder looked into.
        path: PathBuf,
    },
    /// The backup belongs to another logbook.
    #[error("{} is the backup of another store", path.display())]
    ForeignBackup {
        /// The backup's folder.
        path: PathBuf,
    },
    /// A restore or backup was to go where something else already is.
    #[error("{} is not empty", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The officer stopped long work.
    #[error("stopped")]
    Stopped,
    /// Any other refusal of the operating system.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

impl StoreError {
    /// Sorts an error of the operating system, met at `path`, into its situation.
    pub fn io(path: &Path, source: io::Error) -> StoreError {
        use io::ErrorKind::*;
        let path_buf = path.to_path_buf();
        match source.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => StoreError::DiskFull {
                path: path_buf,
                free: None,
            },
            ReadOnlyFilesystem | PermissionDenied => StoreError::ReadOnly { path: path_buf },
            _ => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() && !parent.exists() => StoreError::FolderVanished {
                    path: parent.to_path_buf(),
                },
                _ => StoreError::Io { path: path_buf, source },
            },
        }
    }

    /// A closure for `map_err` at one path.
    pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
        move |source| StoreError::io(path, source)
    }

    /// Damage described in a few words (for the log and for `check`; never a person's data).
    pub(crate) fn damaged(what: impl Into<String>) -> StoreError {
        StoreError::Damaged { what: what.into() }
    }

    /// What the officer is told: what happened, what is kept, what to do.
    pub fn message(&self) -> Message {
        match self {
            StoreError::Locked { path } => Message::new(
                format!(
                    "Sổ Hội đang mở dữ liệu này ở một cửa sổ khác ({}). Dữ liệu vẫn nguyên vẹn. Hãy đóng cửa sổ kia rồi mở lại.",
                    path.display()
                ),
                format!(
                    "These data are open in another Sổ Hội window ({}). Nothing is harmed. Close that window, then try again.",
                    path.display()
                ),
            ),
            StoreError::DiskFull { path, free } => disk_full(path, *free),
            StoreError::ReadOnly { path } => Message::new(
                format!(
                    "Không ghi được vào {}: thư mục chỉ cho đọc. Dữ liệu đã lưu vẫn nguyên vẹn. Hãy bỏ chế độ chỉ đọc, hoặc chép thư mục sang chỗ ghi được.",
                    path.display()
                ),
                format!(
                    "{} cannot be written: the folder is read-only. What was saved is untouched. Make it writable, or copy the folder to a place that is.",
                    path.display()
                ),
            ),
            StoreError::FolderVanished { path } => Message::new(
                format!(
                    "Không còn thấy thư mục {} (có thể USB đã bị rút). Những gì đã báo lưu thì còn trong thư mục đó. Hãy cắm lại rồi mở lại chương trình.",
                    path.display()
                ),
                format!(
                    "The folder {} is gone (was the USB stick pulled out?). All that was reported as saved is in that folder. Plug it in again and reopen the program.",
                    path.display()
                ),
            ),
            StoreError::NewerFormat { found, supported } => Message::new(
                format!(
                    "Dữ liệu này do bản Sổ Hội mới hơn ghi (định dạng {found}; bản này đọc được đến {supported}). Chưa có gì bị thay đổi. Hãy dùng bản Sổ Hội mới."
                ),
                format!(
                    "These data were written by a newer Sổ Hội (format {found}; this one reads up to {supported}). Nothing was changed. Use the newer program."
                ),
            ),
            StoreError::Damaged { what } => Message::new(
                format!(
                    "Một phần dữ liệu bị hỏng ({what}). Phần còn lành được giữ nguyên, không gì bị xóa. Hãy chạy “sohoi check” để xem, và giữ lại bản sao lưu."
                ),
                format!(
                    "A part of the data is damaged ({what}). What is sound is kept, nothing was deleted. Run “sohoi check” to see, and keep your backups."
                ),
            ),
            StoreError::TooLarge { bytes, limit } => Message::new(
                format!("Nội dung quá dài ({bytes} byte, tối đa {limit}). Chưa lưu gì. Hãy rút gọn rồi lưu lại."),
                format!(
                    "The content is too long ({bytes} bytes, at most {limit}). Nothing was saved. Shorten it and save again."
                ),
            ),
            StoreError::Halted { path } => Message::new(
                format!(
                    "Ổ đĩa vừa từ chối ghi vào {}. Những gì đã báo lưu thì vẫn còn; bản đang nhập được giữ làm bản nháp. Hãy đóng chương trình, kiểm tra ổ đĩa, rồi mở lại.",
                    path.display()
                ),
                format!(
                    "The disk refused to write to {}. All that was reported as saved is kept, and what you are typing is kept as a draft. Close the program, check the disk, and open it again.",
                    path.display()
                ),
            ),
            StoreError::Behind { path } => Message::new(
                format!(
                    "Bản lưu gần nhất đã nằm an toàn trong sổ ghi, nhưng kho tra cứu trong {} chưa nhận được. Hãy đóng chương trình rồi mở lại: kho sẽ tự dựng lại, không mất gì.",
                    path.display()
                ),
                format!(
                    "The last save is safe in the journal, but the store in {} could not take it yet. Close the program and open it again: the store rebuilds itself, nothing is lost.",
                    path.display()
                ),
            ),
            StoreError::TooManyBatches => Message::new(
                "Đang có quá nhiều lần nhập dữ liệu cùng lúc. Chưa lưu gì thêm. Hãy chờ các lần nhập kia xong.",
                "Too many imports run at once. Nothing more was saved. Wait for the others to end.",
            ),
            StoreError::NoBackup { path } => Message::new(
                format!(
                    "Không thấy bản sao lưu nào trong {}. Hãy chọn đúng thư mục sao lưu.",
                    path.display()
                ),
                format!(
                    "There is no backup in {}. Choose the folder of the backup.",
                    path.display()
                ),
            ),
            StoreError::ForeignBackup { path } => Message::new(
                format!(
                    "Bản sao lưu trong {} là của một sổ khác. Không ghi gì vào đó. Hãy chọn một thư mục khác.",
                    path.display()
                ),
                format!(
                    "The backup in {} belongs to another logbook. Nothing was written there. Choose another folder.",
                    path.display()
                ),
            ),
            StoreError::NotEmpty { path } => Message::new(
                format!(
                    "Thư mục {} đã có dữ liệu. Không ghi đè gì. Hãy chọn một thư mục mới.",
                    path.display()
                ),
                format!(
                    "The folder {} already holds data. Nothing was overwritten. Choose a new folder.",
                    path.display()
                ),
            ),
            StoreError::Stopped => Message::new(
                "Đã dừng theo yêu cầu. Những gì đã xong trước đó vẫn còn.",
                "Stopped as asked. What was finished before is kept.",
            ),
            StoreError::Io { path, source } => Message::new(
                format!(
                    "Máy không đọc hoặc ghi được {} ({source}). Những gì đã báo lưu thì vẫn còn. Hãy kiểm tra ổ đĩa rồi thử lại.",
                    path.display()
                ),
                format!(
                    "The computer could not read or write {} ({source}). All that was reported as saved is kept. Check the disk and try again.",
                    path.display()
                ),
            ),
        }
    }
}

fn disk_full(path: &Path, free: Option<u64>) -> Message {
    let megabytes = free.map(|bytes| bytes / (1 << 20));
    let (vi, en) = match megabytes {
        Some(left) => (format!(", chỉ còn {left} MB"), format!(", only {left} MB left")),
        None => (String::new(), String::new()),
    };
    Message::new(
        format!(
            "Ổ đĩa chứa {} đã đầy{vi}. Chưa lưu bản này; bản đang nhập được giữ lại, dữ liệu cũ còn nguyên. Hãy xóa bớt tệp không cần rồi lưu lại.",
            path.display()
        ),
        format!(
            "The disk that holds {} is full{en}. This was not saved; what you typed is kept, and all earlier data are whole. Free some room and save again.",
            path.display()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_read_only_folder() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x");
        let full = StoreError::io(&file, io::Error::from(io::ErrorKind::StorageFull));
        assert!(matches!(full, StoreError::DiskFull { .. }));
        let refused = StoreError::io(&file, io::Error::from(io::ErrorKind::PermissionDenied));
        assert!(matches!(refused, StoreError::ReadOnly { .. }));
    }

    #[test]
    fn any_error_under_a_folder_that_is_gone_says_that_the_folder_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let gone = dir.path().join("stick");
        let error = StoreError::io(&gone.join("x"), io::Error::from(io::ErrorKind::NotFound));
        assert!(
            matches!(error, StoreError::FolderVanished { ref path } if *path == gone),
            "{error:?}"
        );
        let there = StoreError::io(&dir.path().join("x"), io::Error::from(io::ErrorKind::NotFound));
        assert!(matches!(there, StoreError::Io { .. }));
    }

    #[test]
    fn a_full_disk_says_how_much_is_left() {
        let error = StoreError::DiskFull {
            path: "d".into(),
            free: Some(5 << 20),
        };
        assert!(error.message().vi.contains("chỉ còn 5 MB"));
        assert!(error.message().en.contains("only 5 MB left"));
    }
}
