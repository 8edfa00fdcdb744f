//! Filtering the rows of a table while typing, and the filters that are kept.

use super::rows::{self, Of};
use super::{AT_ONCE, Asking, ListScreen, on_thread};
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::form::line_edit::{LineEdit, Outcome as Edited};
use crate::ui::screen::{Command, Cx, Input, Notice, Progress};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

const READING: Text = Text::new("Đang đọc các dòng", "Reading the rows");
const TITLE: Text = Text::new("Bộ lọc đã lưu", "Saved filters");
/// What the entries of the list are that stand for no filter.
const KEEP: &str = "+";
const DROP: &str = "-";

/// What the filter line is doing.
#[derive(Debug, Default)]
pub(super) enum Filter {
    /// Nothing is filtered.
    #[default]
    Off,
    /// The line has the keys.
    Typing(LineEdit),
    /// Filtered, and the table has the keys.
    Kept(LineEdit),
}

impl Filter {
    pub(super) fn line(&self) -> Option<&LineEdit> {
        match self {
            Filter::Off => None,
            Filter::Typing(line) | Filter::Kept(line) => Some(line),
        }
    }

    /// What is typed in it.
    fn text(&self) -> &str {
        self.line().map_or("", LineEdit::text).trim()
    }
}

/// The texts of all rows, read on a thread: of these ids.
#[derive(Clone)]
pub(super) struct Texts(Vec<Id>, Of<Vec<Box<str>>>);

impl ListScreen {
    pub(super) fn begin_filter(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        self.filter = match std::mem::take(&mut self.filter) {
            Filter::Off => Filter::Typing(LineEdit::new()),
            Filter::Typing(line) | Filter::Kept(line) => Filter::Typing(line),
        };
        self.need_texts(cx)
    }

    /// Reads the texts of all rows, if they are not there: at once where they are few.
    fn need_texts(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        if self.listed.has_texts() {
            return Vec::new();
        }
        let lang = cx.prefs.lang;
        self.listed.wait_for_rest(cx.store, cx.read, lang);
        let (kind, ids, shown) = (self.kind, self.listed.all().to_vec(), self.listed.shown().to_vec());
        if ids.len() > AT_ONCE {
            if std::mem::replace(&mut self.texts_coming, true) {
                return Vec::new();
            }
            return on_thread(READING, cx.store, move |read, progress| {
                let texts = rows::texts_of(kind, &ids, &shown, read, lang, progress)?;
                Ok(Texts(ids, texts))
            });
        }
        match rows::texts_of(kind, &ids, &shown, cx.read, lang, &Progress::default()) {
            Ok(texts) => self.take_texts(&Texts(ids, texts), cx),
            Err(said) => return vec![Command::Tell(Notice::bad(said))],
        }
        Vec::new()
    }

    pub(super) fn take_texts(&mut self, Texts(ids, texts): &Texts, cx: &Cx<'_>) {
        self.texts_coming = false;
        let (ids, texts) = (ids.clone(), texts.clone());
        self.keeping_place(|listed| listed.take_texts(texts, &ids, cx.read, cx.prefs.lang));
        self.filter_again();
    }

    /// After a save that could not be followed row by row, what is filtered is read again; where the rows are many the
    /// filter is dropped rather than shown over rows that it was not asked for.
    pub(super) fn renew_texts(&mut self, cx: &Cx<'_>) {
        if self.filter.line().is_none() || self.listed.has_texts() || self.texts_coming {
            return;
        }
        if self.listed.count() <= AT_ONCE {
            self.need_texts(cx);
        } else {
            self.clear_filter();
        }
    }

    /// The reading of all rows was stopped: without their texts there is no filter.
    pub(super) fn stopped(&mut self) {
        if std::mem::take(&mut self.texts_coming) {
            self.clear_filter();
        }
    }

    /// Takes the rows that a thread has read, if it has.
    pub(super) fn take_rest(&mut self, cx: &Cx<'_>) {
        self.listed.fetch_rest(cx.store);
        self.keeping_place(|listed| _ = listed.take_rest(cx.read, cx.prefs.lang));
    }

    fn filter_again(&mut self) {
        let query = self.filter.text().to_owned();
        self.keeping_place(|listed| listed.filter(&query));
    }

    pub(super) fn clear_filter(&mut self) -> Vec<Command> {
        self.filter = Filter::Off;
        self.filter_again();
        Vec::new()
    }

    pub(super) fn filter_input(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input.action() {
            Some(Action::Accept) => {
                if let Filter::Typing(line) = std::mem::take(&mut self.filter) {
                    self.filter = if line.is_empty() {
                        Filter::Off
                    } else {
                        Filter::Kept(line)
                    };
                }
                return Vec::new();
            }
            Some(Action::Back) => return self.clear_filter(),
            Some(Action::Up | Action::Down | Action::PageUp | Action::PageDown) => {
                self.table.update(input, &self.listed);
                return Vec::new();
            }
            _ => {}
        }
        let Filter::Typing(line) = &mut self.filter else {
            return Vec::new();
        };
        match line.update(input, &cx.prefs.typing) {
            Edited::Changed | Edited::Cut(_) => {
                let query = self.filter.text().to_owned();
                self.listed.filter(&query);
                self.table.go(0, &self.listed);
                self.need_texts(cx)
            }
            Edited::Pass => vec![Command::Pass],
            _ => Vec::new(),
        }
    }

    /// The kept filters, to choose one; to keep the one in use, under its own words or a name typed; to drop it.
    pub(super) fn saved_filters(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let (lang, text) = (cx.prefs.lang, self.filter.text());
        let mut items: Vec<Item> = Vec::new();
        let is_kept = self.view.filters.iter().any(|filter| filter.text == text);
        let own = |key: &str, vi: &str, en: &str| Item::new(key, if lang == Lang::Vi { vi } else { en }, text);
        match (text.is_empty(), is_kept) {
            (true, _) => {}
            (false, false) => items.push(own(KEEP, "Lưu bộ lọc đang dùng", "Keep the filter in use")),
            (false, true) => items.push(own(
                DROP,
                "Bỏ bộ lọc đang dùng khỏi danh sách",
                "Drop the filter in use",
            )),
        }
        let kept = self.view.filters.iter().enumerate();
        items.extend(kept.map(|(place, filter)| Item::new(place.to_string(), &filter.name, &filter.text)));
        if items.is_empty() {
            return vec![Command::Tell(Notice::warning(Message::new(
                "Chưa có bộ lọc nào được lưu. Hãy lọc bảng trước, rồi mở lại danh sách này để lưu.",
                "No filter is kept yet. Filter the table first, then open this list again to keep it.",
            )))];
        }
        self.asking = Some(Asking::Filter);
        let list = PickList::new(items, Choice::One);
        vec![Command::Push(Box::new(PickerScreen::new(TITLE.get(lang), list)))]
    }

    pub(super) fn take_saved(&mut self, picked: &Picked, cx: &Cx<'_>) -> Vec<Command> {
        let text = self.filter.text().to_owned();
        match picked {
            Picked::Create(name) if !text.is_empty() => self.view.keep(name, &text),
            Picked::Create(_) => return Vec::new(),
            Picked::Chosen(keys) => match keys.first().map(String::as_str) {
                Some(KEEP) => self.view.keep(&text, &text),
                Some(DROP) => self.view.filters.retain(|filter| filter.text != text),
                Some(place) => return self.use_saved(place, cx),
                None => return Vec::new(),
            },
        }
        self.keep_view(cx)
    }

    fn use_saved(&mut self, place: &str, cx: &Cx<'_>) -> Vec<Command> {
        let filter = place
            .parse::<usize>()
            .ok()
            .and_then(|place| self.view.filters.get(place));
        let Some(filter) = filter else { return Vec::new() };
        self.filter = Filter::Kept(LineEdit::new().with_text(&filter.text));
        self.filter_again();
        self.need_texts(cx)
    }
}
