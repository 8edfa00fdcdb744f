//! Paper and files around a grid: the blank sheet to print, as a document or a workbook, and a filled-in list taken in.

use chrono::Local;

use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::report::{blank, docx, file, xlsx};
use crate::ui::screen::{Command, Cx, Notice, import};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

const TITLE: Text = Text::new("Tờ trống để in", "A blank sheet to print");
const DOCX: &str = "docx";
const XLSX: &str = "xlsx";

/// Asks in which form the blank sheet is wanted.
pub fn ask(lang: Lang) -> Command {
    let item = |key: &str, text: Text| Item::new(key, text.get(lang), key);
    let items = vec![
        item(DOCX, Text::new("Word, in ngay", "Word, to print")),
        item(
            XLSX,
            Text::new("Excel, in hoặc điền trên máy", "Excel, to print or fill in"),
        ),
    ];
    let list = PickList::new(items, Choice::One);
    Command::Push(Box::new(PickerScreen::new(TITLE.get(lang), list)))
}

/// Writes the blank sheet of a session or fair into the current folder and says where.
pub fn write(picked: &Picked, kind: &str, id: Id, cx: &Cx<'_>) -> Vec<Command> {
    let Picked::Chosen(keys) = picked else {
        return Vec::new();
    };
    let form = if keys.iter().any(|key| key == XLSX) { XLSX } else { DOCX };
    let notice = match written(form, kind, id, cx) {
        Ok(said) => Notice::good(said),
        Err(said) => Notice::bad(said),
    };
    vec![Command::Tell(notice)]
}

fn written(form: &str, kind: &str, id: Id, cx: &Cx<'_>) -> Result<Message, Message> {
    let gone = || {
        Message::new(
            "Bản ghi này đã bị xóa. Chưa ghi gì.",
            "The record was deleted. Nothing was written.",
        )
    };
    let event = cx
        .read
        .get(kind, id)
        .map_err(|error| error.message())?
        .ok_or_else(gone)?;
    let sheet = blank::sheet(cx.read, &event, Local::now().naive_local());
    let sheet = sheet.map_err(|error| error.message())?.ok_or_else(gone)?;
    let bytes = match form {
        XLSX => xlsx::write(&sheet.workbook()),
        _ => docx::write(&sheet.doc()),
    };
    let stem = match kind {
        "training" => "diem-danh",
        _ => "gian-hang",
    };
    let path = file::free_name(&std::env::current_dir().unwrap_or_default(), stem, form);
    let saved = bytes.and_then(|bytes| file::save(&path, &bytes));
    saved.map_err(|error| error.message())?;
    Ok(Message::new(
        format!("Đã xuất tờ trống ra {}.", path.display()),
        format!("The blank sheet is in {}.", path.display()),
    ))
}

/// Whether what stands in the grid is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// It is.
    Saved,
    /// Something is not.
    Unsaved,
}

/// Takes a list from a file straight into the session or fair; what is not saved must be saved first.
pub fn take_in(grid: Grid, kind: &str, id: Id, cx: &Cx<'_>) -> Vec<Command> {
    if grid == Grid::Unsaved {
        return vec![Command::Tell(Notice::warning(Message::new(
            "Trong bảng còn điều chưa lưu. Hãy lưu trước rồi nhập tệp.",
            "Something in the grid is not saved. Save it first, then import.",
        )))];
    }
    let event = cx.read.get(kind, id).ok().flatten();
    Command::push(event.and_then(|event| import::open_into(event, cx)))
}
