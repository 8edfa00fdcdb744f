//! Which screen stands behind what: an action, a record, a draft, the first start. One table; a new screen is one line.

use crate::domain::id::Id;
use crate::domain::text::Text;
use crate::domain::value::Value;
use crate::store::Draft;
use crate::ui::action::Action;
use crate::ui::app::Opener;
use crate::ui::keymap::Offer;
use crate::ui::screen::edit::EditScreen;
use crate::ui::screen::first_start::FirstStart;
use crate::ui::screen::help::Help;
use crate::ui::screen::history::History;
use crate::ui::screen::kinds::Kinds;
use crate::ui::screen::list::ListScreen;
use crate::ui::screen::lookup::Lookup;
use crate::ui::screen::messages::Messages;
use crate::ui::screen::palette::Palette;
use crate::ui::screen::periodic::PeriodicScreen;
use crate::ui::screen::record::RecordPage;
use crate::ui::screen::report::ReportScreen;
use crate::ui::screen::settings::SettingsScreen;
use crate::ui::screen::targets::Targets;
use crate::ui::screen::{Cx, Screen, attendance, booths, import};

/// The table over actions.
pub fn table() -> Opener {
    Box::new(open)
}

/// The screen that an action opens from anywhere; none where it opens none.
fn open(action: Action, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    Some(match action {
        Action::Lookup => Box::new(Lookup::new(cx.names, cx)),
        Action::Help => Box::new(Help::new(cx)),
        Action::Palette => Box::new(Palette::new(cx)),
        Action::Messages => Box::new(Messages::new(cx)),
        Action::GoCooperatives => list("cooperative", cx)?,
        Action::GoVisits => list("visit", cx)?,
        Action::GoTrainings => list("training", cx)?,
        Action::GoFairs => list("fair", cx)?,
        Action::GoPeople => list("person", cx)?,
        Action::GoOther => Box::new(Kinds::new(cx)),
        Action::GoTargets => Box::new(Targets::new(cx)),
        Action::Import => import::open(cx),
        Action::GoSettings => Box::new(SettingsScreen::new(cx)),
        Action::ReportWeek => Box::new(ReportScreen::new()),
        Action::GoReports => Box::new(PeriodicScreen::new(cx)),
        Action::NewVisit => new("visit", cx)?,
        Action::NewTraining => new("training", cx)?,
        Action::NewFair => new("fair", cx)?,
        Action::NewCooperative => new("cooperative", cx)?,
        Action::NewPerson => new("person", cx)?,
        _ => return None,
    })
}

/// The table of a kind.
pub fn list(kind: &str, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    let screen = ListScreen::new(kind, cx)?;
    Some(Box::new(screen))
}

/// The form of a new record of a kind.
pub fn new(kind: &str, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    new_with(kind, Vec::new(), cx)
}

/// The form of a new record of which something is known already.
pub fn new_with(kind: &str, given: Vec<(&'static str, Value)>, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    let screen = EditScreen::create(kind, given, cx)?;
    Some(Box::new(screen))
}

/// What Enter on a record opens: its page, where it has one, else its form; none where it is gone.
pub fn record(kind: &str, id: Id, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    if !RecordPage::has_page(kind) {
        return form(kind, id, cx);
    }
    cx.read.get(kind, id).ok().flatten()?;
    let page = RecordPage::new(kind, id, cx)?;
    Some(Box::new(page))
}

/// Who changed what in a record, and when; none for a kind that is not there.
pub fn history(kind: &str, id: Id, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    let screen = History::new(kind, id, cx)?;
    Some(Box::new(screen))
}

/// The form of a record; none where it is gone.
pub fn form(kind: &str, id: Id, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    let entry = cx.read.get(kind, id).ok().flatten()?;
    let screen = EditScreen::open(entry, cx)?;
    Some(Box::new(screen))
}

/// Whether the records of a kind have a grid of their own behind them.
pub fn has_rows(kind: &str) -> bool {
    matches!(kind, "training" | "fair")
}

/// An action on a kind of record as the bottom line says it: the grid behind it by its own name.
pub fn offer(action: Action, kind: &str) -> Offer {
    match (action, kind) {
        (Action::OpenRows, "training") => Offer::named(action, Text::new("điểm danh", "attendance")),
        (Action::OpenRows, "fair") => Offer::named(action, Text::new("gian hàng", "booths")),
        _ => action.into(),
    }
}

/// The grid behind a record: of a session its attendance, of a fair its booths; none of any other.
pub fn rows(kind: &str, id: Id, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    match kind {
        "training" => Some(attendance::open(id, cx)),
        "fair" => Some(booths::open(id, cx)),
        _ => None,
    }
}

/// The form of a draft as it was left; none where nothing can go on with it.
pub fn draft(draft: &Draft, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    attendance::resume(draft).or_else(|| booths::resume(draft)).or_else(|| {
        let screen = EditScreen::resume(draft, cx)?;
        Some(Box::new(screen) as Box<dyn Screen>)
    })
}

/// The screen that asks for office, officer and typing before anything else.
pub fn first_start() -> Option<Box<dyn Screen>> {
    Some(Box::new(FirstStart::new()))
}
