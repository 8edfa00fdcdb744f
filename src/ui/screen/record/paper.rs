//! A status card as a document in the current folder, as `show` and the reports write it.

use crate::domain::text::{Lang, Message};
use crate::report::{docx, file, status_card as document};
use crate::search::status::Status;
use crate::ui::screen::{Command, Notice};

/// Writes the card and tells where it is.
pub fn export(status: &Status, lang: Lang) -> Vec<Command> {
    let name = document::file_name(status);
    let path = std::env::current_dir().unwrap_or_default().join(&name);
    let written = docx::write(&document::document(status, lang)).and_then(|bytes| file::save(&path, &bytes));
    let notice = match written {
        Ok(()) => Notice::good(Message::new(
            format!("Đã xuất ra {}.", path.display()),
            format!("Exported to {}.", path.display()),
        )),
        Err(error) => Notice::bad(error.message()),
    };
    vec![Command::Tell(notice)]
}
