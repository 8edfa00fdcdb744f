//! A question with a yes and a no, for the few steps that nothing can take back. It closes with [`Answered`]; Esc is a no.

use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;

/// Cells across.
const WIDTH: u16 = 56;

/// What the officer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A question.
pub struct Ask {
    title: Text,
    said: Message,
}

impl Ask {
    /// A question: what is asked, and what a yes means.
    pub fn new(title: Text, said: Message) -> Ask {
        Ask { title, said }
    }
}

impl Screen for Ask {
    fn contexts(&self) -> &'static [Context] {
        Context::Dialog.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        match input.action() {
            Some(Action::Yes | Action::Accept) => vec![Command::Close(Answer::new(Answered::Yes))],
            Some(Action::No | Action::Back) => vec![Command::Close(Answer::new(Answered::No))],
            Some(action) if action.is_movement() => Vec::new(),
            _ => vec![Command::Pass],
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = wrap(self.said.get(canvas.lang), usize::from(canvas.width()));
        for (row, line) in (0u16..).zip(&lines) {
            canvas.text(0, row, line, Role::Text);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(self.title.get(lang))
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Action::Yes.into(), Action::No.into()]
    }

    fn extent(&self) -> Extent {
        Extent::of_words(&self.said, WIDTH)
    }
}
