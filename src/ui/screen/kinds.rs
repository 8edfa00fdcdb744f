//! The other sorts of work, to choose one and see its table: what has no key of its own on the home screen.

use crate::domain::record::KINDS;
use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Extent, Heading, Input, Screen, openers};
use crate::ui::widget::picker::{Choice, Item, Outcome, PickList};
use crate::ui::widget::popup;
use ratatui::layout::Rect;

const TITLE: Text = Text::new("Hoạt động và sổ khác", "Other work and registers");

/// What has a table of its own on the home screen, or is kept by the program for the officer.
const ELSEWHERE: [&str; 6] = ["cooperative", "visit", "training", "fair", "person", "closed_report"];

/// The sorts of records to choose from.
pub struct Kinds {
    list: PickList,
}

impl Kinds {
    /// All that stand nowhere else.
    pub fn new(cx: &Cx<'_>) -> Kinds {
        let others = KINDS.iter().filter(|kind| !ELSEWHERE.contains(&kind.key()));
        let items = others.map(|kind| Item::new(kind.key(), kind.label().get(cx.prefs.lang), ""));
        Kinds {
            list: PickList::new(items.collect(), Choice::One),
        }
    }
}

impl Screen for Kinds {
    fn contexts(&self) -> &'static [Context] {
        Context::Picker.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match self.list.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            Outcome::Moved | Outcome::Create(_) => Vec::new(),
            Outcome::Chosen(keys) => {
                let screen = keys.first().and_then(|kind| openers::list(kind, cx));
                screen.map(Command::Replace).into_iter().collect()
            }
        }
    }

    fn layout(&mut self, area: Rect) {
        self.list.stand(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.list.draw(canvas);
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang)).typing(self.list.editor().typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Action::Accept.into(), Action::Down.into(), Action::Back.into()]
    }

    fn extent(&self) -> Extent {
        let (width, height) = self.list.wanted();
        Extent::Popup {
            width,
            height: height.min(popup::TALLEST),
        }
    }
}
