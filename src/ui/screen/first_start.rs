//! The first start: which office this is (by province, then commune, of the units that stand today), by which plans it
//! works, who types, and how. Six steps, each one question; Esc goes back a step. It also changes the office later, from the settings.

use crate::domain::catalog::units;
use crate::domain::catalog::units::CENTRE;
use crate::domain::known::unit_name;
use crate::domain::settings::{Office, Settings};
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::data::{Read, Warnings, Work};
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome};
use crate::ui::keymap::{Context, Offer};
use crate::ui::look::TypingPrefs;
use crate::ui::office;
use crate::ui::screen::{Command, Cx, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::ui::widget::picker::{Choice, Item, Outcome as Picked, PickList};
use crate::vietnamese::name::tidy_name;
use chrono::NaiveDate;
use ratatui::layout::Rect;

/// Rows above the question: welcome, a blank, the answers, a blank.
const HEAD: u16 = 9;
/// Column of the answers.
const ANSWERS: u16 = 22;

const TITLE: Text = Text::new("Sổ Hội · Bắt đầu", "Sổ Hội · Getting started");
const WELCOME: Text = Text::new(
    "Chào chị. Sáu câu hỏi ngắn rồi bắt đầu ghi sổ; đổi lại được trong Cài đặt.",
    "Welcome. Six short questions and the logbook is ready; Settings changes them later.",
);

/// The questions, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Province,
    Commune,
    Plans,
    Officer,
    Method,
    Trial,
}

impl Step {
    const ALL: [Step; 6] = [
        Step::Province,
        Step::Commune,
        Step::Plans,
        Step::Officer,
        Step::Method,
        Step::Trial,
    ];

    fn label(self) -> Text {
        match self {
            Step::Province => Text::new("Tỉnh, thành phố", "Province, city"),
            Step::Commune => Text::new("Xã, phường", "Commune, ward"),
            Step::Plans => Text::new("Kế hoạch", "Plans"),
            Step::Officer => Text::new("Họ tên cán bộ", "Officer's name"),
            Step::Method => Text::new("Kiểu gõ", "Typing method"),
            Step::Trial => Text::new("Gõ thử", "Try it"),
        }
    }

    fn asks(self) -> Text {
        match self {
            Step::Province => Text::new(
                "Gõ vài chữ của tên tỉnh, không cần dấu, rồi Enter.",
                "Type a few letters of the province, without tones, then Enter.",
            ),
            Step::Commune => Text::new(
                "Gõ vài chữ của tên xã, phường, đặc khu. Dòng đầu là cơ quan cấp tỉnh.",
                "Type a few letters of the commune. The first line is the provincial office.",
            ),
            Step::Plans => Text::new(
                "Kế hoạch, Đề án có sẵn mà đơn vị theo. Đã chọn sẵn theo địa bàn: Enter là xong.",
                "The built-in plans that the office works by. Those of its area are chosen: Enter goes on.",
            ),
            Step::Officer => Text::new(
                "Tên người dùng sổ này; để trống nếu nhiều người dùng chung.",
                "Who uses this logbook; leave it empty if several do.",
            ),
            Step::Method => Text::new(
                "Kiểu gõ tiếng Việt có sẵn trong Sổ Hội; máy không cần cài bộ gõ.",
                "The built-in way to type Vietnamese; the machine needs no other.",
            ),
            Step::Trial => Text::new(
                "Gõ thử: Hội Liên hiệp Phụ nữ. Được rồi thì Enter để bắt đầu.",
                "Try typing: Hội Liên hiệp Phụ nữ. Enter begins.",
            ),
        }
    }
}

/// What each built-in method is called, and how it types.
fn methods(lang: Lang) -> Vec<Item> {
    let item = |(name, label, note)| Item::new(name, label, note);
    office::methods(lang).into_iter().map(item).collect()
}

/// The built-in plans, those of the unit first and chosen, unless the officer chose others before; and none of them.
fn plans(office: &Office, cx: &Cx<'_>) -> PickList {
    const NONE: Text = Text::new("Không theo kế hoạch có sẵn nào", "None of these");
    let (all, mut chosen) = office::plans(office, cx.read);
    let mut items: Vec<Item> = all
        .iter()
        .map(|plan| Item::new(plan.code.as_str(), plan.title.as_str(), plan.issuer.as_str()))
        .collect();
    items.push(Item::new("", NONE.get(cx.prefs.lang), ""));
    if chosen.is_empty() {
        chosen.push(String::new());
    }
    PickList::new(items, Choice::Several).with_chosen(&chosen)
}

/// The screen.
pub struct FirstStart {
    step: Step,
    settings: Settings,
    province: Option<String>,
    list: PickList,
    officer: LineEdit,
    trial: LineEdit,
    names: [String; 2],
}

impl FirstStart {
    /// The first question. What is set already is read when the screen comes up.
    pub fn new() -> FirstStart {
        FirstStart {
            step: Step::Province,
            settings: Settings::default(),
            province: None,
            list: PickList::new(Vec::new(), Choice::One),
            officer: LineEdit::new(),
            trial: LineEdit::new(),
            names: Default::default(),
        }
    }

    fn go(&mut self, step: Step, cx: &Cx<'_>) {
        self.step = step;
        match step {
            Step::Province => self.list = provinces(cx.read.today()),
            Step::Commune => self.list = communes(self.province.as_deref().unwrap_or(CENTRE), cx),
            Step::Plans => self.list = plans(&self.settings.office, cx),
            Step::Method => {
                let chosen = [self.settings.typing.method.clone()];
                self.list = PickList::new(methods(cx.prefs.lang), Choice::One).with_chosen(&chosen);
            }
            Step::Officer | Step::Trial => {}
        }
    }

    fn back(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let at = Step::ALL.iter().position(|step| *step == self.step).unwrap_or(0);
        match at.checked_sub(1) {
            Some(before) => {
                self.go(Step::ALL[before], cx);
                Vec::new()
            }
            None => vec![Command::Pass],
        }
    }

    fn chosen(&mut self, keys: Vec<String>, cx: &Cx<'_>) -> Vec<Command> {
        if self.step == Step::Plans {
            let plans = keys.into_iter().filter(|key| !key.is_empty()).collect();
            self.settings.office.plans = Some(plans);
            self.go(Step::Officer, cx);
            return Vec::new();
        }
        let Some(key) = keys.into_iter().next() else {
            return Vec::new();
        };
        match self.step {
            Step::Province => {
                self.names = [unit_name(cx.read.known(), Some(&key)), String::new()];
                self.province = Some(key);
                self.go(Step::Commune, cx);
            }
            Step::Commune => {
                self.names[1] = unit_name(cx.read.known(), Some(&key));
                if self.settings.office.unit.as_ref() != Some(&key) {
                    self.settings.office.plans = None;
                }
                self.settings.office.unit = Some(key);
                self.go(Step::Plans, cx);
            }
            _ => {
                self.settings.typing.method = key;
                self.settings.typing.on = true;
                self.trial = LineEdit::new();
                self.go(Step::Trial, cx);
                // Followed at once, so that the top line says what is tried.
                let mut settings = cx.settings.clone();
                settings.typing = self.settings.typing.clone();
                return vec![Command::Set(Box::new(settings))];
            }
        }
        Vec::new()
    }

    fn typed(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let line = if self.step == Step::Officer {
            &mut self.officer
        } else {
            &mut self.trial
        };
        match input.action() {
            Some(Action::NextField | Action::Save | Action::Accept) => {
                line.leave(&cx.prefs.typing);
                if self.step == Step::Trial {
                    return self.finish(cx);
                }
                let name = tidy_name(self.officer.text());
                self.officer.set_text(&name);
                self.go(Step::Method, cx);
                Vec::new()
            }
            Some(Action::Back | Action::PreviousField) => self.back(cx),
            _ => match line.update(input, &cx.prefs.typing) {
                Outcome::Pass => vec![Command::Pass],
                Outcome::AtStart => self.back(cx),
                Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
                _ => Vec::new(),
            },
        }
    }

    /// Keeps the answers; the officer becomes a person of the register, so that visits can name her.
    fn finish(&self, cx: &Cx<'_>) -> Vec<Command> {
        let name = self.officer.text().trim();
        let mut settings = office::settled(cx.settings, self.settings.office.unit.clone(), name);
        settings.office.plans.clone_from(&self.settings.office.plans);
        let mut commands = vec![Command::Set(Box::new(settings))];
        if let Some(person) = office::officer_record(cx.read, name) {
            commands.push(Command::Save(Work::transaction(move |txn| {
                txn.save(person, Warnings::Accept)?;
                Ok(Message::default())
            })));
        }
        commands.push(Command::Pop);
        commands
    }

    fn answer(&self, step: Step) -> String {
        match step {
            Step::Province => self.names[0].clone(),
            Step::Commune => self.names[1].clone(),
            Step::Plans => self.settings.office.plans.as_deref().unwrap_or_default().join(", "),
            Step::Officer => self.officer.text().to_owned(),
            Step::Method => {
                let chosen = TypingPrefs::of(&self.settings.typing.method).unwrap_or_default();
                chosen.method.label().to_owned()
            }
            Step::Trial => String::new(),
        }
    }

    fn picks(&self) -> bool {
        !matches!(self.step, Step::Officer | Step::Trial)
    }
}

impl Default for FirstStart {
    fn default() -> FirstStart {
        FirstStart::new()
    }
}

fn provinces(today: NaiveDate) -> PickList {
    let found = units().provinces(today);
    let items = found.map(|unit| Item::new(unit.uid, unit.name, "")).collect();
    PickList::new(items, Choice::One)
}

fn communes(province: &str, cx: &Cx<'_>) -> PickList {
    const PROVINCIAL: Text = Text::new("cơ quan cấp tỉnh", "the provincial office");
    let all = units();
    let itself = all
        .get(province)
        .map(|unit| Item::new(unit.uid, unit.name, PROVINCIAL.get(cx.prefs.lang)));
    let below = all
        .children(province, cx.read.today())
        .map(|unit| Item::new(unit.uid, unit.name, ""));
    PickList::new(itself.into_iter().chain(below).collect(), Choice::One)
}

impl Screen for FirstStart {
    fn contexts(&self) -> &'static [Context] {
        if self.picks() {
            Context::Picker.chain()
        } else {
            Context::Form.chain()
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if !matches!(input, Input::Key { .. } | Input::Paste(_)) {
            return Vec::new();
        }
        if !self.picks() {
            return self.typed(input, cx);
        }
        if input.action() == Some(Action::Back) {
            return self.back(cx);
        }
        match self.list.update(input, &cx.prefs.typing) {
            Picked::Chosen(keys) => self.chosen(keys, cx),
            Picked::Pass => vec![Command::Pass],
            Picked::Moved | Picked::Create(_) => Vec::new(),
        }
    }

    fn reload(&mut self, read: &dyn Read) {
        // Once the officer has begun, only she changes the answers.
        if self.step == Step::Province && self.list.query().is_empty() {
            self.settings = read.settings().clone();
            self.officer = LineEdit::new().with_text(self.settings.office.officer.as_deref().unwrap_or_default());
            self.list = provinces(read.today());
        }
    }

    fn layout(&mut self, area: Rect) {
        let height = area.height.saturating_sub(HEAD + 2);
        self.list.layout(area.width.saturating_sub(4), height);
        self.officer.layout(area.width.saturating_sub(ANSWERS + 2), 1);
        self.trial.layout(area.width.saturating_sub(ANSWERS + 2), 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let width = usize::from(canvas.width().saturating_sub(4));
        let welcome = wrap(WELCOME.get(canvas.lang), width);
        canvas.text(2, 0, welcome.first().map_or("", String::as_str), Role::Text);
        canvas.text(2, 1, welcome.get(1).map_or("", String::as_str), Role::Text);
        for (row, step) in (2..).zip(Step::ALL) {
            if step > self.step {
                break;
            }
            let here = step == self.step;
            let sign = if here {
                canvas.theme.signs.pointer
            } else {
                canvas.theme.signs.done
            };
            canvas.text(1, row, sign, if here { Role::Strong } else { Role::Good });
            canvas.text(
                3,
                row,
                step.label().get(canvas.lang),
                if here { Role::Strong } else { Role::Dim },
            );
            match (here, step) {
                (true, Step::Officer) => draw_typed(&self.officer, row, canvas),
                (true, Step::Trial) => draw_typed(&self.trial, row, canvas),
                (true, _) => {}
                (false, step) => {
                    let room = canvas.width().saturating_sub(ANSWERS + 1);
                    canvas.text_in(ANSWERS, row, room, &self.answer(step), Role::Text);
                }
            }
        }
        for (row, line) in (HEAD..).zip(wrap(self.step.asks().get(canvas.lang), width)) {
            canvas.text(2, row, &line, Role::Dim);
        }
        if self.picks() {
            let part = Rect::new(
                2,
                HEAD + 2,
                canvas.width().saturating_sub(4),
                canvas.height().saturating_sub(HEAD + 2),
            );
            canvas.within(part, |canvas| self.list.draw(canvas));
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let line = match self.step {
            Step::Officer => &self.officer,
            Step::Trial => &self.trial,
            _ => self.list.editor(),
        };
        let at = Step::ALL.iter().position(|step| *step == self.step).unwrap_or(0) + 1;
        Heading::new(TITLE.get(lang))
            .fact(format!("{at}/{}", Step::ALL.len()))
            .typing(line.typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        let forward = if self.picks() {
            Action::Accept
        } else {
            Action::NextField
        };
        let mut offers: Vec<Offer> = vec![forward.into()];
        if self.step == Step::Plans {
            offers.push(Offer::named(Action::PickSeveral, Text::new("chọn, bỏ", "pick, leave")));
        }
        offers.extend([Action::Back, Action::Language].map(Offer::from));
        offers
    }
}

fn draw_typed(line: &LineEdit, row: u16, canvas: &mut Canvas<'_>) {
    canvas.shade(ANSWERS, row, canvas.width().saturating_sub(ANSWERS + 2), Role::Focus);
    line.draw(canvas, ANSWERS, row, Role::Focus, Focus::Here);
}
