//! The one pick list: typing narrows it (tone marks may be left out, and narrow when they are typed), a number chooses by
//! place, and where the code list allows it several are chosen.
//!
//! `PickList` is the list itself, for a form to hang below a field; `PickerScreen` is the same as a popup.

mod screen;

use crate::arrange::Arrange;
use crate::domain::text::Lang;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome as Edited};
use crate::ui::form::typist::Writing;
use crate::ui::screen::{Input, Mouse, MouseAct, TypingPrefs};
use crate::ui::theme::Role;
use crate::vietnamese::fold;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

pub use screen::{Picked, PickerScreen};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is stored: a code, an id.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// What stands dim beside it: the code, the commune.
    pub note: String,
    /// Folded label, key and note, for narrowing.
    folded: String,
}

impl Item {
    /// Something to choose.
    pub fn new(key: impl Into<String>, label: impl Into<String>, note: impl Into<String>) -> Item {
        let (key, label, note) = (key.into(), label.into(), note.into());
        let folded = fold::fold(&format!("{label} {note} {key}"));
        Item {
            key,
            label,
            note,
            folded,
        }
    }
}

/// How many may be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// One.
    #[default]
    One,
    /// Several.
    Several,
}

/// What became of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not for the list.
    Pass,
    /// The list narrowed, or the cursor moved.
    Moved,
    /// These keys were chosen, in the order of choosing.
    Chosen(Vec<String>),
    /// What was typed is in no item, and shall be created.
    Create(String),
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct PickList {
    items: Vec<Item>,
    choice: Choice,
    query: LineEdit,
    /// Places of the items that fit the query, the best first.
    fitting: Vec<usize>,
    at: usize,
    top: usize,
    chosen: Vec<usize>,
    height: usize,
    /// Where it stands in the window, for the mouse.
    place: Rect,
}

impl PickList {
    /// A list of items in their order.
    pub fn new(items: Vec<Item>, choice: Choice) -> PickList {
        let fitting = (0..items.len()).collect();
        PickList {
            items,
            choice,
            query: LineEdit::new(),
            fitting,
            at: 0,
            top: 0,
            chosen: Vec::new(),
            height: 1,
            place: Rect::default(),
        }
    }

    /// With these keys chosen already; the cursor stands on the first of them.
    pub fn with_chosen(mut self, keys: &[String]) -> PickList {
        let places: Vec<usize> = keys
            .iter()
            .filter_map(|key| self.items.iter().position(|item| item.key == *key))
            .collect();
        self.at = places.first().copied().unwrap_or(0);
        if self.choice == Choice::Several {
            self.chosen = places;
        }
        self
    }

    /// What is typed is no Vietnamese text: names of files, paths.
    pub fn typed_plain(mut self) -> PickList {
        self.query = LineEdit::of(Writing::Plain);
        self
    }

    /// What was typed.
    pub fn query(&self) -> &str {
        self.query.text()
    }

    /// The editor of the query, for the top line's typing word.
    pub fn editor(&self) -> &LineEdit {
        &self.query
    }

    /// Narrows the list to a query, as typing it would.
    pub fn narrow(&mut self, query: &str) {
        self.query.set_text(query);
        self.fit_again();
    }

    /// The item under the cursor.
    pub fn current(&self) -> Option<&Item> {
        self.fitting.get(self.at).and_then(|place| self.items.get(*place))
    }

    /// How many items fit.
    pub fn fitting(&self) -> usize {
        self.fitting.len()
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, prefs: &TypingPrefs) -> Outcome {
        if let Input::Mouse(mouse) = input {
            return self.mouse(*mouse);
        }
        match input.action() {
            Some(Action::Up) => self.go(self.at.saturating_sub(1)),
            Some(Action::Down | Action::OpenList) => self.go(self.at + 1),
            Some(Action::PageUp) => self.go(self.at.saturating_sub(self.height)),
            Some(Action::PageDown) => self.go(self.at + self.height),
            Some(Action::First) => self.go(0),
            Some(Action::Last) => self.go(self.fitting.len()),
            Some(Action::Accept | Action::NextField) => return self.accept(),
            Some(Action::PickSeveral) if self.choice == Choice::Several => self.toggle(),
            Some(Action::Create) if !self.query.is_empty() => {
                return Outcome::Create(self.query.text().trim().to_owned());
            }
            _ => {
                return match self.query.update(input, prefs) {
                    Edited::Pass => Outcome::Pass,
                    Edited::Changed | Edited::Full | Edited::Cut(_) => {
                        self.fit_again();
                        Outcome::Moved
                    }
                    Edited::Moved | Edited::AtStart | Edited::Copied(_) => Outcome::Moved,
                };
            }
        }
        Outcome::Moved
    }

    fn go(&mut self, to: usize) {
        self.at = to.min(self.fitting.len().saturating_sub(1));
    }

    fn accept(&mut self) -> Outcome {
        let Some(place) = self.fitting.get(self.at).copied() else {
            return Outcome::Moved;
        };
        if self.choice == Choice::One {
            return Outcome::Chosen(vec![self.items[place].key.clone()]);
        }
        // Enter takes what is under the cursor along, unless something was chosen and nothing typed since.
        if !self.chosen.contains(&place) && (self.chosen.is_empty() || !self.query.is_empty()) {
            self.chosen.push(place);
        }
        Outcome::Chosen(self.chosen.iter().map(|place| self.items[*place].key.clone()).collect())
    }

    fn toggle(&mut self) {
        let Some(place) = self.fitting.get(self.at).copied() else {
            return;
        };
        match self.chosen.iter().position(|chosen| *chosen == place) {
            Some(at) => _ = self.chosen.remove(at),
            None => self.chosen.push(place),
        }
        if self.query.is_empty() {
            self.go(self.at + 1);
        } else {
            self.query.set_text("");
            self.fit_again();
        }
    }

    fn fit_again(&mut self) {
        let query = self.query.text().trim().to_owned();
        let folded = fold::fold(&query);
        let mut ranked: Vec<(u8, usize)> = (0..self.items.len())
            .filter_map(|place| rank(&self.items[place], place, &query, &folded).map(|rank| (rank, place)))
            .collect();
        ranked.arrange();
        self.fitting = ranked.into_iter().map(|(_, place)| place).collect();
        (self.at, self.top) = (0, 0);
    }

    /// A click puts the cursor on an item, and chooses the one it stands on; the wheel moves it.
    fn mouse(&mut self, mouse: Mouse) -> Outcome {
        match mouse.what {
            MouseAct::WheelUp => self.go(self.at.saturating_sub(1)),
            MouseAct::WheelDown => self.go(self.at + 1),
            MouseAct::Click => {
                let row = mouse.y.checked_sub(self.place.y + 1).map(usize::from);
                let line = row.filter(|row| *row < self.height).map(|row| self.top + row);
                let inside = self.place.contains((mouse.x, mouse.y).into());
                match line.filter(|line| inside && *line < self.fitting.len()) {
                    Some(line) if line == self.at => return self.accept(),
                    Some(line) => self.at = line,
                    None => {}
                }
            }
        }
        Outcome::Moved
    }

    /// Gets to know its place in the window.
    pub fn stand(&mut self, area: Rect) {
        self.place = area;
        self.layout(area.width, area.height);
    }

    /// Gets to know how many rows it has, the query's included.
    pub fn layout(&mut self, width: u16, height: u16) {
        self.height = usize::from(height.saturating_sub(1)).max(1);
        self.query.layout(width.saturating_sub(2), 1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + self.height {
            self.top = self.at + 1 - self.height;
        }
    }

    /// Draws the query and the items that fit.
    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let signs = canvas.theme.signs;
        canvas.text(0, 0, ">", Role::Dim);
        self.query.draw(canvas, 2, 0, Role::Text, Focus::Here);
        let digits = self.items.len().to_string().len();
        for (line, place) in self.fitting.iter().enumerate().skip(self.top).take(self.height) {
            let y = u16::try_from(line - self.top + 1).unwrap_or(u16::MAX);
            let item = &self.items[*place];
            if self.chosen.contains(place) {
                canvas.text(0, y, signs.yes, Role::Marked);
            }
            let x = canvas.text(1, y, &format!("{:>digits$} ", place + 1), Role::Dim);
            let note = u16::try_from(item.note.width()).unwrap_or(0);
            let end = canvas.width();
            let with_note = note > 0 && end > x + note + 8;
            let room = end.saturating_sub(x + if with_note { note + 1 } else { 0 });
            canvas.text_in(x, y, room, &item.label, Role::Text);
            if with_note {
                canvas.text_right(end, y, &item.note, Role::Dim);
            }
            if line == self.at {
                canvas.shade(0, y, end, Role::Selected);
            }
        }
        if self.fitting.is_empty() {
            let none = match canvas.lang {
                Lang::Vi => "Không có mục nào khớp",
                Lang::En => "Nothing fits",
            };
            canvas.text(1, 1, none, Role::Dim);
        }
    }

    /// The cells that it would like, across and down, the query's row included.
    pub fn wanted(&self) -> (u16, u16) {
        let digits = self.items.len().to_string().len();
        let width = self
            .items
            .iter()
            .map(|item| item.label.width() + item.note.width() + digits + 4)
            .max()
            .unwrap_or(0);
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        (cells(width.max(30)), cells(self.items.len().saturating_add(1)))
    }
}

/// How well an item fits, 0 the best; `None` where it does not. A number is a place in the list before all else.
fn rank(item: &Item, place: usize, query: &str, folded: &str) -> Option<u8> {
    if query.is_empty() {
        return Some(5);
    }
    if query.parse::<usize>().is_ok_and(|number| number == place + 1) {
        return Some(0);
    }
    if fold::has_marks(query) && !fold::match_tones(query, &format!("{} {}", item.label, item.note)) {
        return None;
    }
    let label = fold::fold(&item.label);
    if fold::fold(&item.key) == *folded || label == *folded {
        return Some(1);
    }
    if label.starts_with(folded) {
        return Some(2);
    }
    let begins = |wanted: &str| fold::words(&item.folded).any(|word| word.starts_with(wanted));
    if fold::words(folded).all(begins) {
        return Some(3);
    }
    if fold::initials(&label).starts_with(folded) {
        return Some(4);
    }
    None
}

#[cfg(test)]
mod tests;
