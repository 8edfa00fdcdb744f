//! Which period a report is on: the list that both reports open, and a line for any other period. A week is told by the
//! weekly report, any other span by the periodic one.

use chrono::NaiveDate;

use crate::domain::period::{Period, PeriodKind};
use crate::domain::text::{Message, Text};
use crate::report::periodic::sending::holding;
use crate::ui::form::LineEdit;
use crate::ui::form::Writing;
use crate::ui::screen::periodic::PeriodicScreen;
use crate::ui::screen::prompt::Prompt;
use crate::ui::screen::report::ReportScreen;
use crate::ui::screen::{Answer, Command, Cx, Screen};
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};

/// Weeks that can be chosen from the list.
const WEEKS: usize = 12;
/// The choice that asks for a line.
const OTHER: &str = "other";

const WHICH: Text = Text::new("Báo cáo kỳ nào?", "Which period?");
const TYPED: Text = Text::new(
    "Kỳ khác: gõ tháng, năm, từ ngày đến ngày…",
    "Another: type a month, a year, two days…",
);
const TITLE: Text = Text::new("Kỳ nào?", "Which period?");
const HINT: Text = Text::new("Như 5/2026, 2025, 1/3-15/4/2026.", "As 5/2026, 2025, 1/3-15/4/2026.");
const WRONG: Text = Text::new(
    "Chưa rõ kỳ nào. Viết như 5/2026, 2025, 1/3-15/4/2026.",
    "No such period. As 5/2026, 2025, 1/3-15/4/2026.",
);

/// The periods of the list that is open.
#[derive(Default)]
pub struct Which(Vec<Period>);

/// What came of the list.
pub enum Chosen {
    /// A period.
    Period(Period),
    /// Another step is to be taken, or none.
    Step(Vec<Command>),
}

impl Which {
    /// Opens the list: the latest weeks, half-years, years, quarters and months, those of the report's own sort first.
    pub fn ask(&mut self, of: PeriodKind, cx: &Cx<'_>) -> Vec<Command> {
        let (lang, today) = (cx.prefs.lang, cx.read.today());
        let back = |from, count| std::iter::successors(from, Period::previous).take(count);
        let week = Period::week_of(today, cx.settings.week_start.weekday());
        let weeks: Vec<Period> = back(Some(week), WEEKS).collect();
        let mut spans: Vec<Period> = Vec::new();
        for (kind, count) in [
            (PeriodKind::HalfYear, 4),
            (PeriodKind::Year, 3),
            (PeriodKind::Quarter, 4),
            (PeriodKind::Month, 12),
        ] {
            spans.extend(back(holding(kind, today), count));
        }
        let first = if of == PeriodKind::Week { WEEKS } else { 7 };
        self.0 = match of {
            PeriodKind::Week => [weeks, spans].concat(),
            _ => [spans, weeks].concat(),
        };
        let note = |period: &Period| match period.kind {
            PeriodKind::Week if *period == week => Text::new("tuần này", "this week"),
            PeriodKind::Week if Some(*period) == week.previous() => Text::new("tuần trước", "last week"),
            _ => Text::default(),
        };
        let items = self.0.iter().enumerate();
        let items =
            items.map(|(at, period)| Item::new(at.to_string(), period.label().get(lang), note(period).get(lang)));
        let mut items: Vec<Item> = items.collect();
        items.insert(first.min(items.len()), Item::new(OTHER, TYPED.get(lang), ""));
        let list = PickList::new(items, Choice::One);
        vec![Command::Push(Box::new(PickerScreen::new(WHICH.get(lang), list)))]
    }

    /// What was chosen in the list, or typed.
    pub fn chosen(&self, answer: &Answer, today: NaiveDate) -> Chosen {
        if let Some(period) = answer.get::<Period>() {
            return Chosen::Period(*period);
        }
        let key = match answer.get::<Picked>() {
            Some(Picked::Chosen(keys)) => keys.first().map_or("", String::as_str),
            _ => "",
        };
        if key == OTHER {
            let read = move |text: &str| Period::typed(text, today).map(Answer::new).ok_or(Message::from(WRONG));
            let prompt = Prompt::new(TITLE, HINT, LineEdit::of(Writing::Plain), Box::new(read));
            return Chosen::Step(vec![Command::Push(Box::new(prompt))]);
        }
        let period = key.parse().ok().and_then(|at: usize| self.0.get(at));
        period.map_or(Chosen::Step(Vec::new()), |period| Chosen::Period(*period))
    }
}

/// The report on a period.
pub fn report(period: Period) -> Box<dyn Screen> {
    match period.kind {
        PeriodKind::Week => Box::new(ReportScreen::of(period)),
        _ => Box::new(PeriodicScreen::of(period)),
    }
}
