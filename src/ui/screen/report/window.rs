//! What the windows of the weekly and the periodic report do alike: they say why there is nothing to see yet, write the
//! report to a file and tell its path, and close the figures with it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::entry::Entry;
use crate::domain::text::{Lang, Message, Text};
use crate::report::file;
use crate::report::weekly::sending::{Format, Parting};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::data::{Warnings, Work};
use crate::ui::screen::later::Later;
use crate::ui::screen::{Answer, Command, Cx, Heading, Notice, Task};
use crate::ui::theme::Role;
use crate::vietnamese::date::format_date;

const READING: Text = Text::new("Đang tính số liệu…", "Counting…");
const NO_OFFICE: Text = Text::new(
    "Sổ này chưa biết là của cơ quan nào, nên chưa có báo cáo. Hãy đặt cơ quan trong Cài đặt.",
    "This logbook does not know its office yet, so there is no report. Set the office in Settings.",
);
const NOTHING_BEHIND: Text = Text::new(
    "Số này không có bản ghi nào đằng sau.",
    "There are no records behind this number.",
);
const EXPORTING: Text = Text::new("Đang xuất báo cáo", "Exporting the report");
const CLOSED: Text = Text::new("đã chốt", "closed");

/// A file that was written.
struct Exported(PathBuf, Format);

/// Draws why there is no report to show: a fault, no office, or figures still on their way.
pub fn draw_absent<T: Send + 'static>(canvas: &mut Canvas<'_>, preview: &Later<Option<T>>) {
    let lang = canvas.lang;
    if let Some(why) = preview.failure() {
        canvas.text(1, 1, why.get(lang), Role::Error);
        return;
    }
    let said = if preview.is_here() { NO_OFFICE } else { READING };
    for (row, line) in (1..).zip(wrap(said.get(lang), usize::from(canvas.width()) - 2)) {
        canvas.text(1, row, &line, Role::Dim);
    }
}

/// A heading with the day on which the figures were closed, if they were.
pub fn with_closing(heading: Heading, closed_on: Option<NaiveDate>, lang: Lang) -> Heading {
    match closed_on {
        Some(on) => heading.fact(format!("{} {}", CLOSED.get(lang), format_date(on))),
        None => heading,
    }
}

/// What an action exports, if it does.
pub fn format_of(action: Action) -> Option<Format> {
    Some(match action {
        Action::ExportDocx | Action::Export => Format::Docx,
        Action::ExportXlsx => Format::Xlsx,
        Action::ExportCsv => Format::Csv,
        Action::ExportMarkdown => Format::Markdown,
        Action::ExportText => Format::Text,
        _ => return None,
    })
}

/// The units below told apart where they stood together, and the other way round.
pub fn turned(parting: Parting) -> Parting {
    match parting {
        Parting::Whole => Parting::ByUnit,
        Parting::ByUnit => Parting::Whole,
    }
}

/// There is no report without an office.
pub fn tell_no_office() -> Vec<Command> {
    vec![Command::Tell(Notice::warning(NO_OFFICE))]
}

/// A number that counts nothing.
pub fn tell_nothing_behind() -> Vec<Command> {
    vec![Command::Tell(Notice::warning(NOTHING_BEHIND))]
}

/// Makes a file for the folder that reports go to, and writes it, on a thread.
pub fn export(
    format: Format,
    cx: &Cx<'_>,
    make: impl FnOnce(&dyn Read, &Path) -> Result<(PathBuf, Vec<u8>), Message> + Send + 'static,
) -> Vec<Command> {
    let store = cx.store.clone();
    let work = move |_: &_| {
        let folder = std::env::current_dir().unwrap_or_default();
        let (path, bytes) = make(&store.reader(), &folder)?;
        file::save(&path, &bytes).map_err(|error| error.message())?;
        Ok(Answer::new(Exported(path, format)))
    };
    vec![Command::Spawn(Task {
        title: EXPORTING,
        work: Box::new(work),
    })]
}

/// Tells where the file is; a document that is sent closes the figures.
pub fn exported(answer: &Answer, close: impl FnOnce() -> Option<Vec<Command>>) -> Vec<Command> {
    let Some(Exported(path, format)) = answer.get::<Exported>() else {
        return Vec::new();
    };
    let mut commands = vec![Command::Tell(Notice::good(Message::new(
        format!("Đã xuất ra {}", path.display()),
        format!("Exported to {}", path.display()),
    )))];
    if format.is_sent() {
        commands.extend(close().unwrap_or_default());
    }
    commands
}

/// Saves the frozen figures; none where they stand so already.
pub fn freeze(frozen: Result<Option<Entry>, StoreError>, said: Message) -> Option<Vec<Command>> {
    let entry = match frozen {
        Ok(entry) => entry?,
        Err(error) => return Some(vec![Command::Tell(Notice::bad(error.message()))]),
    };
    Some(vec![Command::Save(Work::transaction(move |txn| {
        txn.save(entry, Warnings::Accept)?;
        Ok(said)
    }))])
}
