//! The command palette: everything that can be done here, by name, with its key; what is chosen is done on the screen
//! below, as if its key had been pressed there.

use crate::arrange::Arrange;
use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Keymap, Offer};
use crate::ui::screen::{Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::widget::picker::{Choice, Item, Outcome, PickList};
use crate::ui::widget::popup;
use ratatui::layout::Rect;

const TITLE: Text = Text::new("Lệnh: gõ tên việc cần làm", "Commands: type what you want to do");

/// The palette over a screen.
pub struct Palette {
    list: PickList,
}

impl Palette {
    /// For the screen that has the keys.
    pub fn new(cx: &Cx<'_>) -> Palette {
        let items = actions(cx.keymap, cx.contexts)
            .into_iter()
            .map(|action| item(action, cx))
            .collect();
        Palette {
            list: PickList::new(items, Choice::One),
        }
    }
}

/// What can be done in a place: all that has a key there, then what works from everywhere; moving and typing last.
fn actions(keymap: &Keymap, contexts: &[Context]) -> Vec<Action> {
    let here = |action: &Action| keymap.key_for(contexts, *action).is_some();
    let anywhere = |action: &Action| keymap.key_for(Context::Home.chain(), *action).is_some() && !is_small(*action);
    let mut found: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|action| here(action) || anywhere(action) && works_anywhere(*action))
        .filter(|action| !matches!(action, Action::Palette))
        .collect();
    found.arrange_by_key(|action| is_small(*action));
    found
}

/// What needs no name to be found: moving about and typing.
fn is_small(action: Action) -> bool {
    action.is_quiet()
}

/// Whether an action is the interface's own, whatever screen is seen.
fn works_anywhere(action: Action) -> bool {
    use Action::*;
    action.id().starts_with("go-")
        || matches!(
            action,
            NewVisit | NewTraining | NewFair | NewCooperative | NewPerson | ReportWeek | Lookup | Messages | Help
        )
}

fn item(action: Action, cx: &Cx<'_>) -> Item {
    let key = cx.keymap.key_for(cx.contexts, action);
    let key = key.or_else(|| cx.keymap.key_for(Context::Home.chain(), action));
    Item::new(action.id(), action.doc().get(cx.prefs.lang), key.unwrap_or_default())
}

impl Screen for Palette {
    fn contexts(&self) -> &'static [Context] {
        Context::Palette.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if input.action() == Some(Action::Palette) {
            return vec![Command::Pop];
        }
        match self.list.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            Outcome::Moved | Outcome::Create(_) => Vec::new(),
            Outcome::Chosen(ids) => {
                let action = ids.first().and_then(|id| Action::by_name(id));
                std::iter::once(Command::Pop).chain(action.map(Command::Run)).collect()
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
        vec![
            Offer::named(Action::Accept, Text::new("làm việc này", "do it")),
            Action::Down.into(),
            Action::Back.into(),
        ]
    }

    fn extent(&self) -> Extent {
        Extent::Popup {
            width: self.list.wanted().0.min(100),
            height: popup::TALLEST,
        }
    }
}
