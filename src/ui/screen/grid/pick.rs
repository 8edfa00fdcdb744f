//! The pick lists that a grid opens.

use crate::domain::catalog::CodeList;
use crate::domain::text::Lang;
use crate::ui::screen::Command;
use crate::ui::widget::picker::{Choice, Item, PickList, PickerScreen};

/// Opens a list under a title.
pub fn pick(title: &str, list: PickList) -> Vec<Command> {
    vec![Command::Push(Box::new(PickerScreen::new(title, list)))]
}

/// Opens a code list, these codes chosen.
pub fn pick_code(list: &CodeList, choice: Choice, chosen: &[String], lang: Lang) -> Vec<Command> {
    let items = list.codes.iter();
    let items = items.map(|code| Item::new(code.code, code.label.get(lang), ""));
    pick(
        list.title.get(lang),
        PickList::new(items.collect(), choice).with_chosen(chosen),
    )
}
