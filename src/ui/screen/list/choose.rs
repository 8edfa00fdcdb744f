//! Choosing the columns of a table and their order. It closes with [`ChosenColumns`].

use super::columns::Shown;
use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const TITLE: Text = Text::new("Cột của bảng", "The table's columns");
const SHOW: Text = Text::new("hiện, ẩn", "show, hide");
const EARLIER: Text = Text::new("lên trước", "earlier");
const LATER: Text = Text::new("ra sau", "later");
const DONE: Text = Text::new("xong", "done");
const NONE: Text = Text::new(
    "Ẩn hết là trở về các cột thường dùng.",
    "Hiding all brings back the usual columns.",
);

/// The columns chosen, by their ids, in order; none for the usual ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChosenColumns(pub(super) Vec<String>);

struct Line {
    id: &'static str,
    label: Text,
    is_shown: bool,
}

/// The columns that a table can have, those shown first.
pub(super) struct Columns {
    lines: Vec<Line>,
    at: usize,
    top: usize,
    height: usize,
}

impl Columns {
    /// Of all columns, those shown now in their order, then the others.
    pub(super) fn new(shown: &[Shown], all: &[Shown]) -> Columns {
        let is_shown = |one: &Shown| shown.iter().any(|other| other.id() == one.id());
        let line = |one: &Shown, is_shown| Line {
            id: one.id(),
            label: one.label(),
            is_shown,
        };
        let mut lines: Vec<Line> = shown.iter().map(|one| line(one, true)).collect();
        lines.extend(all.iter().filter(|one| !is_shown(one)).map(|one| line(one, false)));
        Columns {
            lines,
            at: 0,
            top: 0,
            height: 1,
        }
    }

    fn go(&mut self, to: usize) {
        self.at = to.min(self.lines.len().saturating_sub(1));
        self.top = self.top.clamp((self.at + 1).saturating_sub(self.height), self.at);
    }

    /// Moves the line under the cursor to another place, and the cursor with it.
    fn carry(&mut self, to: usize) {
        if to < self.lines.len() {
            let line = self.lines.remove(self.at);
            self.lines.insert(to, line);
            self.go(to);
        }
    }

    fn close(&self) -> Vec<Command> {
        let shown = self.lines.iter().filter(|line| line.is_shown);
        let chosen = ChosenColumns(shown.map(|line| line.id.to_owned()).collect());
        vec![Command::Close(Answer::new(chosen))]
    }
}

impl Screen for Columns {
    fn contexts(&self) -> &'static [Context] {
        Context::Dialog.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        match input.action() {
            Some(Action::Up) => self.go(self.at.saturating_sub(1)),
            Some(Action::Down) => self.go(self.at + 1),
            Some(Action::PageUp) => self.go(self.at.saturating_sub(self.height)),
            Some(Action::PageDown) => self.go(self.at + self.height),
            Some(Action::First) => self.go(0),
            Some(Action::Last) => self.go(self.lines.len()),
            Some(Action::Left) => self.carry(self.at.wrapping_sub(1)),
            Some(Action::Right) => self.carry(self.at + 1),
            Some(Action::Mark) => {
                if let Some(line) = self.lines.get_mut(self.at) {
                    line.is_shown = !line.is_shown;
                }
                self.go(self.at + 1);
            }
            Some(Action::Accept | Action::Open) => return self.close(),
            _ => return vec![Command::Pass],
        }
        Vec::new()
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(1)).max(1);
        self.go(self.at);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let signs = canvas.theme.signs;
        for (place, line) in self.lines.iter().enumerate().skip(self.top).take(self.height) {
            let y = u16::try_from(place - self.top).unwrap_or(u16::MAX);
            let role = if line.is_shown {
                canvas.text(1, y, signs.yes, Role::Marked);
                Role::Text
            } else {
                Role::Dim
            };
            canvas.text(3, y, line.label.get(canvas.lang), role);
            if place == self.at {
                canvas.shade(0, y, canvas.width(), Role::Selected);
            }
        }
        let bottom = canvas.height().saturating_sub(1);
        canvas.text_in(
            1,
            bottom,
            canvas.width().saturating_sub(1),
            NONE.get(canvas.lang),
            Role::Dim,
        );
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang))
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::named(Action::Mark, SHOW),
            Offer::named(Action::Left, EARLIER),
            Offer::named(Action::Right, LATER),
            Offer::named(Action::Accept, DONE),
            Action::Back.into(),
        ]
    }

    fn extent(&self) -> Extent {
        let widest = |text: Text| text.vi.width().max(text.en.width());
        let labels = self.lines.iter().map(|line| widest(line.label) + 3);
        let width = labels.chain([widest(NONE) + 2]).max().unwrap_or(30);
        Extent::Popup {
            width: u16::try_from(width).unwrap_or(60),
            height: u16::try_from(self.lines.len() + 1).unwrap_or(u16::MAX),
        }
    }
}
