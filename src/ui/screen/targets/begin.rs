//! What can be begun from the window of targets: plans and targets entered and edited, a built-in plan made the office's
//! own, a target allotted to the units below.

use chrono::Datelike;

use super::allot::Allot;
use super::{Targets, own};
use crate::domain::text::{Message, Text};
use crate::indicator::plan::Plan;
use crate::ui::screen::ask::Ask;
use crate::ui::screen::{Command, Cx, Notice, openers};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

/// What can be begun from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    Target,
    Allot,
    Plan,
    EditPlan,
    Adopt,
}

impl Begin {
    const ALL: [Begin; 5] = [Begin::Target, Begin::Allot, Begin::Plan, Begin::EditPlan, Begin::Adopt];

    fn label(self) -> Text {
        match self {
            Begin::Target => Text::new("Thêm chỉ tiêu cho kế hoạch này", "A target of this plan"),
            Begin::Allot => Text::new(
                "Phân bổ chỉ tiêu đang chọn cho đơn vị",
                "Allot this target to the units",
            ),
            Begin::Plan => Text::new("Lập kế hoạch mới của đơn vị", "A new plan of the office"),
            Begin::EditPlan => Text::new("Sửa kế hoạch này", "Edit this plan"),
            Begin::Adopt => Text::new(
                "Chép kế hoạch có sẵn này vào sổ để sửa",
                "Copy this built-in plan to edit it",
            ),
        }
    }

    /// What was chosen in the menu.
    pub(super) fn picked(picked: &Picked) -> Option<Begin> {
        let Picked::Chosen(keys) = picked else { return None };
        let place: usize = keys.first()?.parse().ok()?;
        Begin::ALL.get(place).copied()
    }
}

impl Targets {
    /// What can be begun for the plan in sight.
    pub(super) fn menu(&self) -> Vec<Command> {
        let own = self.counted().is_some_and(|counted| counted.plan.id.is_some());
        let builtin = self.counted().is_some_and(|counted| counted.plan.id.is_none());
        let fits = |begin: &Begin| match begin {
            Begin::Target | Begin::EditPlan => own,
            Begin::Allot => self.row().is_some_and(|row| row.target.id.is_some()),
            Begin::Plan => true,
            Begin::Adopt => builtin,
        };
        let items = Begin::ALL.iter().enumerate().filter(|(_, begin)| fits(begin));
        let items = items.map(|(place, begin)| Item::new(place.to_string(), begin.label().get(self.lang), ""));
        let list = PickList::new(items.collect(), Choice::One);
        let title = Text::new("Làm gì?", "What to do?").get(self.lang);
        vec![Command::Push(Box::new(PickerScreen::new(title, list)))]
    }

    /// Opens what was chosen, where the plan in sight allows it.
    pub(super) fn begin(&self, begin: Begin, cx: &Cx<'_>) -> Vec<Command> {
        let plan = self.counted().map(|counted| &counted.plan);
        match (begin, plan) {
            (Begin::Plan, _) => {
                let given = own::new_plan(cx.read.office(), self.today);
                Command::push(openers::new_with("plan", given, cx))
            }
            (Begin::Target, Some(plan @ Plan { id: Some(id), .. })) => {
                Command::push(openers::new_with("target", own::new_target(plan, *id), cx))
            }
            (Begin::EditPlan, Some(Plan { id: Some(id), .. })) => Command::push(openers::form("plan", *id, cx)),
            (Begin::Allot, Some(plan)) => self.allot(plan, cx),
            (Begin::Adopt, Some(plan)) => vec![Command::Save(own::adopt(plan))],
            _ => Vec::new(),
        }
    }

    /// The target under the cursor, else the question whether the built-in plan shall become the office's own.
    pub(super) fn edit(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        match self.row().map(|row| row.target.id) {
            Some(Some(id)) => Command::push(openers::form("target", id, cx)),
            Some(None) => {
                self.adopting = Some(self.at);
                let title = Text::new("Chép kế hoạch vào sổ?", "Copy the plan?");
                let said = Message::new(
                    "Đây là kế hoạch có sẵn trong chương trình. Chép vào sổ thì sửa được kế hoạch, chỉ tiêu và phân bổ cho đơn vị.",
                    "This plan is built in. Copied into the logbook, the plan and its targets can be edited and allotted.",
                );
                vec![Command::Push(Box::new(Ask::new(title, said)))]
            }
            None => Vec::new(),
        }
    }

    fn allot(&self, plan: &Plan, cx: &Cx<'_>) -> Vec<Command> {
        let Some((row, id)) = self.row().and_then(|row| Some((row, row.target.id?))) else {
            return Vec::new();
        };
        let on = self.as_of.min(row.target.due.unwrap_or(plan.to)).max(plan.from);
        let tree = self.sheet.get().map(|sheet| &sheet.tree);
        let units = tree.map(|tree| {
            let below = tree.children(&plan.unit, on);
            below.into_iter().map(|uid| (uid.clone(), tree.name(&uid))).collect()
        });
        match Allot::new(row, id, i64::from(on.year()), units.unwrap_or_default(), cx.read) {
            Ok(screen) => vec![Command::Push(Box::new(screen))],
            Err(error) => vec![Command::Tell(Notice::bad(error.message()))],
        }
    }
}
