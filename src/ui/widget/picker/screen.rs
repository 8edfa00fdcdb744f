//! The pick list as a popup.

use super::{Choice, Outcome, PickList};
use crate::domain::text::Lang;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::widget::popup;
use ratatui::layout::Rect;

/// A pick list as a popup. It closes with [`Picked`].
pub struct PickerScreen {
    title: String,
    list: PickList,
}

/// How a [`PickerScreen`] was left, other than by Esc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// These keys were chosen.
    Chosen(Vec<String>),
    /// This shall be created.
    Create(String),
}

impl PickerScreen {
    /// A popup with a title.
    pub fn new(title: impl Into<String>, list: PickList) -> PickerScreen {
        PickerScreen {
            title: title.into(),
            list,
        }
    }
}

impl Screen for PickerScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Picker.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match self.list.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            Outcome::Moved => Vec::new(),
            Outcome::Chosen(keys) => vec![Command::Close(Answer::new(Picked::Chosen(keys)))],
            Outcome::Create(text) => vec![Command::Close(Answer::new(Picked::Create(text)))],
        }
    }

    fn layout(&mut self, area: Rect) {
        self.list.stand(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.list.draw(canvas);
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new(self.title.clone()).typing(self.list.editor().typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = vec![Action::Accept.into()];
        if self.list.choice == Choice::Several {
            offers.push(Action::PickSeveral.into());
        }
        offers.push(Action::Back.into());
        offers
    }

    fn extent(&self) -> Extent {
        let (width, height) = self.list.wanted();
        Extent::Popup {
            width: width.min(70),
            height: height.min(popup::TALLEST),
        }
    }
}
