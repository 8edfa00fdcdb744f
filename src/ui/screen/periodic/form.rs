//! A form of the office's own, to be filled in with the figures of the report: which file it is.

use std::path::{Path, PathBuf};

use crate::arrange::Arrange;
use crate::domain::text::Text;
use crate::report::periodic::sending::Format;
use crate::ui::screen::{Answer, Command, Cx};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

const WHICH: Text = Text::new("Điền vào mẫu nào?", "Into which form?");
const ELSEWHERE: Text = Text::new(
    "Mẫu ở nơi khác: gõ đường dẫn, rồi ^N",
    "A form elsewhere: type its path, then ^N",
);

/// The forms (docx, xlsx) of the folder that reports go to; the path of another can be typed.
pub fn ask(cx: &Cx<'_>) -> Vec<Command> {
    let lang = cx.prefs.lang;
    let folder = std::env::current_dir().unwrap_or_default();
    let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = files
        .map(|file| file.path())
        .filter(|path| format(path).is_some())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.arrange();
    let item = |name: String| Item::new(folder.join(&name).display().to_string(), name, "");
    let mut items: Vec<Item> = names.into_iter().map(item).collect();
    items.push(Item::new("", ELSEWHERE.get(lang), ""));
    let list = PickList::new(items, Choice::One).typed_plain();
    vec![Command::Push(Box::new(PickerScreen::new(WHICH.get(lang), list)))]
}

/// The form that was chosen or typed, and what the filled one is.
pub fn chosen(answer: &Answer) -> Option<(PathBuf, Format)> {
    let path = match answer.get::<Picked>()? {
        Picked::Chosen(keys) => keys.first()?,
        Picked::Create(path) => path,
    };
    let path = (!path.is_empty()).then(|| PathBuf::from(path))?;
    let format = format(&path).unwrap_or(Format::Docx);
    Some((path, format))
}

/// What a form is, by the ending of its name.
fn format(form: &Path) -> Option<Format> {
    let extension = form.extension()?.to_str()?;
    let is = |format: &Format| format.extension().eq_ignore_ascii_case(extension);
    [Format::Docx, Format::Xlsx].into_iter().find(is)
}
