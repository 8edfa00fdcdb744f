//! One line that is asked for in a popup: a day, a period. What cannot be read is told below it and can be mended; it
//! closes with what was read.

use ratatui::layout::Rect;

use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::LineEdit;
use crate::ui::form::line_edit::{Focus, Outcome};
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;

/// Cells across.
const WIDTH: u16 = 52;

/// Reads what was typed, or says what is wrong with it.
pub type Reading = Box<dyn Fn(&str) -> Result<Answer, Message>>;

/// The popup.
pub struct Prompt {
    title: Text,
    hint: Text,
    edit: LineEdit,
    read: Reading,
    wrong: Option<Message>,
}

impl Prompt {
    /// Asks for a line: what for, how it may be written, what stands there already.
    pub fn new(title: Text, hint: Text, mut edit: LineEdit, read: Reading) -> Prompt {
        edit.select_all();
        Prompt {
            title,
            hint,
            edit,
            read,
            wrong: None,
        }
    }
}

impl Screen for Prompt {
    fn contexts(&self) -> &'static [Context] {
        Context::Form.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if matches!(input.action(), Some(Action::NextField | Action::Save)) {
            match (self.read)(self.edit.text().trim()) {
                Ok(answer) => return vec![Command::Close(answer)],
                Err(wrong) => self.wrong = Some(wrong),
            }
            return Vec::new();
        }
        match self.edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => match input.action() {
                Some(Action::PreviousField) => Vec::new(),
                _ => vec![Command::Pass],
            },
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            _ => {
                self.wrong = None;
                Vec::new()
            }
        }
    }

    fn layout(&mut self, area: Rect) {
        self.edit.layout(area.width, 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.edit.draw(canvas, 0, 0, Role::Text, Focus::Here);
        match &self.wrong {
            Some(wrong) => canvas.text(0, 1, wrong.get(canvas.lang), Role::Error),
            None => canvas.text(0, 1, self.hint.get(canvas.lang), Role::Dim),
        };
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(self.title.get(lang)).typing(self.edit.typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        let take = Text::new("xem", "show");
        vec![Offer::named(Action::NextField, take), Action::Back.into()]
    }

    fn extent(&self) -> Extent {
        Extent::Popup {
            width: WIDTH,
            height: 2,
        }
    }
}
