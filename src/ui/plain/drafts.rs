//! What was begun and not saved, here or on the screen: gone on with, or dropped.

use super::talk::{Stop, Talk};
use super::{Desk, form, people, pick, stalls};
use crate::domain::id::Id;
use crate::domain::text::{Message, Text};
use crate::store::Draft;
use crate::ui::form::Form;
use crate::ui::screen::home::draft_words;

/// Lists the drafts and goes on with the one chosen.
///
/// # Errors
/// The conversation cannot go on.
pub fn begin(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let drafts = desk.store.drafts()?;
    if drafts.is_empty() {
        return talk.say(Text::new("Không có bản nháp nào.", "There are no drafts."));
    }
    let items: Vec<String> = {
        let read = desk.store.reader();
        let words = |draft: &Draft| draft_words(draft, &read).get(desk.lang()).to_owned();
        drafts.iter().map(words).collect()
    };
    let Some(place) = talk.choose(Text::new("Bản nháp nào?", "Which draft?"), &items)? else {
        return Ok(());
    };
    let what = [
        Text::new("Làm tiếp", "Go on with it"),
        Text::new("Bỏ bản nháp này", "Drop it"),
    ];
    let what = what.map(|text| text.get(desk.lang()).to_owned());
    let name = Message::new(format!("{}.", items[place]), format!("{}.", items[place]));
    match talk.choose(name, &what)? {
        Some(0) => go_on(&drafts[place], desk, talk),
        Some(_) => drop_it(&drafts[place], &items[place], desk, talk),
        None => Ok(()),
    }
}

fn go_on(draft: &Draft, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let id = |key: &str| draft.body[key].as_str().and_then(|id| id.parse::<Id>().ok());
    match draft.kind.as_str() {
        "attendance" if id("training").is_some() => people::list(id("training").unwrap_or(draft.id), desk, talk),
        "booth" if id("fair").is_some() => stalls::list(id("fair").unwrap_or(draft.id), desk, talk),
        _ => {
            let form = {
                let read = desk.store.reader();
                Form::resume(draft, &desk.form_cx(&read))
            };
            match form {
                Some(form) => form::go_on(form, desk, talk),
                None => talk.say(Text::new(
                    "Bản nháp này không mở được; nó vẫn được giữ.",
                    "This draft cannot be opened; it is kept.",
                )),
            }
        }
    }
}

fn drop_it(draft: &Draft, name: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let sure = talk.ask(Message::new(
        format!("Bỏ hẳn \"{name}\"? {}", pick::YES_OR_ENTER.vi),
        format!("Drop \"{name}\" for good? {}", pick::YES_OR_ENTER.en),
    ))?;
    if !pick::is_yes(&sure) {
        return Ok(());
    }
    desk.store.remove_draft(draft.id)?;
    talk.say(Text::new("Đã bỏ bản nháp.", "The draft was dropped."))
}
