//! The form of any kind of record, drawn from its fields: the main path, further blocks, earlier values beside, and below
//! them a panel that says what is to be known at the field under the cursor: what is wrong, what can be chosen, a hint.
//! It never opens a box over what is being typed.
//!
//! The engine is [`Form`]; this screen saves what it hands over, keeps its drafts and goes on to the next record.

mod panel;
mod sheet;

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::store::{Draft, Store};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Refusal, Warnings, Work};
use crate::ui::form::LineEdit;
use crate::ui::form::engine::{Carried, Mode};
use crate::ui::form::field::Editor;
use crate::ui::form::{Asked, Form, FormCx, show};
use crate::ui::keymap::{Context, Offer};
use crate::ui::names;
use crate::ui::screen::second_entry::{Decided, SecondEntry};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, MouseAct, Notice, Screen, openers};
use ratatui::layout::Rect;

/// Keys while choices are open: those of pick lists first, the form's behind them.
const CHOOSING: &[Context] = &[Context::Picker, Context::Form, Context::Text, Context::Global];

const UNSAVED: Text = Text::new("chưa lưu", "not saved");
const NEW: Text = Text::new("mới", "new");
const NO_FIGURES: Text = Text::new(
    "Phiếu này không có số liệu để nhập lần hai.",
    "There are no figures here to enter a second time.",
);
const KEPT: Text = Text::new(
    "Đã giữ bản nháp; mở lại ở trang chính.",
    "The draft is kept; the home screen opens it again.",
);

/// What comes after a record was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Afterwards {
    /// The next new record.
    Next,
    /// On to the grid behind the record: attendance, booths.
    Rows,
    /// Back to where it was opened.
    Back,
    /// Back to the field that asked for it.
    Answer,
}

/// The record that was created in place, for the screen that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Created(pub Id);

/// Words that need the store, made when something changed.
#[derive(Default)]
struct Words {
    title: String,
    /// Earlier values, by cell.
    beside: Vec<String>,
    /// What the program would fill in, by cell.
    ghosts: Vec<String>,
    lang: Lang,
}

/// The form of one record.
pub struct EditScreen {
    form: Form,
    afterwards: Afterwards,
    saving: Vec<Entry>,
    words: Words,
    sheet: sheet::Sheet,
    panel: Rect,
    /// Where it stands in the window, for the mouse.
    origin: (u16, u16),
}

impl EditScreen {
    /// A new record of a kind, with what is known of it. `None` for an unknown kind.
    pub fn create(kind: &str, given: Vec<(&'static str, Value)>, cx: &Cx<'_>) -> Option<EditScreen> {
        let form = Form::new(kind, given, Carried::default(), &form_cx(cx))?;
        let afterwards = after_new(&form);
        Some(EditScreen::over(form, afterwards, cx))
    }

    /// A record that is there.
    pub fn open(entry: Entry, cx: &Cx<'_>) -> Option<EditScreen> {
        let form = Form::edit(entry, &form_cx(cx))?;
        Some(EditScreen::over(form, Afterwards::Back, cx))
    }

    /// A draft, where it was left.
    pub fn resume(draft: &Draft, cx: &Cx<'_>) -> Option<EditScreen> {
        let form = Form::resume(draft, &form_cx(cx))?;
        let afterwards = if form.is_new() {
            after_new(&form)
        } else {
            Afterwards::Back
        };
        Some(EditScreen::over(form, afterwards, cx))
    }

    fn over(form: Form, afterwards: Afterwards, cx: &Cx<'_>) -> EditScreen {
        names::begin_reading(cx.names, cx.store);
        let mut screen = EditScreen {
            form,
            afterwards,
            saving: Vec::new(),
            words: Words::default(),
            sheet: sheet::Sheet::default(),
            panel: Rect::default(),
            origin: (0, 0),
        };
        screen.find_words(cx);
        screen
    }

    /// Whether a grid stands behind the record; none while it is made for a field of another one.
    fn opens_rows(&self) -> bool {
        self.afterwards != Afterwards::Answer && openers::has_rows(self.form.kind().key())
    }

    /// The engine, for tests.
    pub fn form(&self) -> &Form {
        &self.form
    }

    fn find_words(&mut self, cx: &Cx<'_>) {
        let (known, lang) = (cx.read.known(), cx.prefs.lang);
        let beside = |cell: &crate::ui::form::field::Cell| {
            let earlier = self.form.earlier(cell)?;
            Some(show::value(&cell.field, earlier, known, lang))
        };
        let ghost = |cell: &crate::ui::form::field::Cell| {
            let value = self.form.ghost(cell)?;
            Some(show::value(&cell.field, value, known, lang))
        };
        self.words = Words {
            title: self.form.title(cx.read),
            beside: self
                .form
                .cells()
                .iter()
                .map(|cell| beside(cell).unwrap_or_default())
                .collect(),
            ghosts: self
                .form
                .cells()
                .iter()
                .map(|cell| ghost(cell).unwrap_or_default())
                .collect(),
            lang,
        };
    }

    /// What has the keys.
    fn typed_into(&self) -> &LineEdit {
        match (self.form.mode(), &self.form.cells()[self.form.at()].editor) {
            (Mode::Note(line), _) => line,
            (Mode::Jump(jump), _) => &jump.query,
            (_, Editor::Line(line)) => line,
            (_, Editor::Choice(chooser)) => chooser.query(),
        }
    }

    fn carry_out(&mut self, asked: Asked, cx: &Cx<'_>) -> Vec<Command> {
        match asked {
            Asked::Pass => vec![Command::Pass],
            Asked::Nothing => Vec::new(),
            Asked::Left => {
                self.find_words(cx);
                self.write_draft(cx.store)
            }
            Asked::Save(entries) => self.save(entries, cx),
            Asked::Create { kind, name } => self.create_in_place(kind, name, cx),
            Asked::Open(kind, id) => self.open_that(kind, id, cx),
            Asked::Copy(text) => vec![Command::Copy(text)],
            Asked::Back => self.step_back(cx),
        }
    }

    fn write_draft(&self, store: &Store) -> Vec<Command> {
        if !self.form.is_dirty() {
            return Vec::new();
        }
        match store.save_draft(self.form.draft()) {
            Ok(()) => Vec::new(),
            Err(error) => vec![Command::Tell(Notice::bad(error.message()))],
        }
    }

    fn save(&mut self, entries: Vec<Entry>, cx: &Cx<'_>) -> Vec<Command> {
        if !self.form.is_dirty() && !self.form.is_new() {
            return vec![Command::Pop];
        }
        let said = show::saved(&entries, cx.read.known());
        self.saving.clone_from(&entries);
        vec![Command::Save(Work::transaction(move |txn| {
            for entry in entries {
                txn.save(entry, Warnings::Refuse)?;
            }
            Ok(said)
        }))]
    }

    fn saved(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let saved = std::mem::take(&mut self.saving);
        let mut commands = Vec::new();
        if let Err(error) = cx.store.remove_draft(self.form.id()) {
            commands.push(Command::Tell(Notice::bad(error.message())));
        }
        let kind = self.form.kind().key();
        let id = self.form.id();
        let rows = (self.afterwards == Afterwards::Rows)
            .then(|| openers::rows(kind, id, cx))
            .flatten();
        let cx = form_cx(cx);
        match self.afterwards {
            Afterwards::Rows => {
                self.form.forget();
                commands.push(rows.map_or(Command::Pop, Command::Replace));
            }
            Afterwards::Answer => {
                self.form.forget();
                commands.push(Command::Close(Answer::new(Created(id))));
            }
            Afterwards::Back => {
                self.form.forget();
                commands.push(Command::Pop);
            }
            Afterwards::Next => {
                let Some(blank) = Form::new(kind, Vec::new(), Carried::default(), &cx) else {
                    return commands;
                };
                let carried = std::mem::replace(&mut self.form, blank).carry(&saved);
                if let Some(next) = Form::new(kind, Vec::new(), carried, &cx) {
                    self.form = next;
                }
            }
        }
        commands
    }

    /// Goes on to the grid behind the record; what is typed is saved first.
    fn open_rows(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let (kind, id) = (self.form.kind().key(), self.form.id());
        if !self.form.is_dirty() && !self.form.is_new() {
            return Command::push(openers::rows(kind, id, cx));
        }
        let Input::Key { key, .. } = input else {
            return Vec::new();
        };
        self.afterwards = Afterwards::Rows;
        let save = Input::Key {
            key: *key,
            action: Some(Action::Save),
        };
        let asked = self.form.update(&save, &form_cx(cx));
        self.carry_out(asked, cx)
    }

    fn create_in_place(&self, kind: &'static str, name: String, cx: &Cx<'_>) -> Vec<Command> {
        let field = self::kind(kind).and_then(|kind| kind.name_field());
        let given = field
            .filter(|_| !name.is_empty())
            .map(|field| (field, Value::Text(name)));
        let form = Form::new(kind, given.into_iter().collect(), Carried::default(), &form_cx(cx));
        form.map(|form| Command::Push(Box::new(EditScreen::over(form, Afterwards::Answer, cx))))
            .into_iter()
            .collect()
    }

    /// The second pass over the figures.
    fn enter_again(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let figures = self.form.figures(&form_cx(cx));
        if figures.is_empty() {
            return vec![Command::Tell(Notice::warning(NO_FIGURES))];
        }
        vec![Command::Push(Box::new(SecondEntry::new(figures)))]
    }

    fn take_second(&mut self, answer: &Answer, cx: &Cx<'_>) -> Vec<Command> {
        let Some(Decided(decided)) = answer.get::<Decided>() else {
            return Vec::new();
        };
        let asked = self.form.take_figures(decided.clone(), &form_cx(cx));
        self.carry_out(asked, cx)
    }

    fn open_that(&self, kind: &'static str, id: Id, cx: &Cx<'_>) -> Vec<Command> {
        if self.afterwards == Afterwards::Answer {
            return vec![Command::Close(Answer::new(Created(id)))];
        }
        Command::push(openers::form(kind, id, cx))
    }

    fn step_back(&self, cx: &Cx<'_>) -> Vec<Command> {
        let mut commands = self.write_draft(cx.store);
        if self.form.is_dirty() && commands.is_empty() {
            commands.push(Command::Tell(Notice::good(KEPT)));
        }
        commands.push(Command::Pop);
        commands
    }
}

/// What comes after a new record: its grid, where the kind has one, else the next record.
fn after_new(form: &Form) -> Afterwards {
    if openers::has_rows(form.kind().key()) {
        Afterwards::Rows
    } else {
        Afterwards::Next
    }
}

/// What the engine may ask, of what the screen may ask.
pub fn form_cx<'a>(cx: &Cx<'a>) -> FormCx<'a> {
    FormCx {
        read: cx.read,
        names: cx.names,
        typing: &cx.prefs.typing,
        lang: cx.prefs.lang,
        officer: &cx.prefs.officer,
    }
}

impl Screen for EditScreen {
    fn contexts(&self) -> &'static [Context] {
        if self.form.is_choosing() {
            CHOOSING
        } else {
            Context::Form.chain()
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Key {
                action: Some(Action::OpenRows),
                ..
            } if self.opens_rows() => {
                let commands = self.open_rows(input, cx);
                self.find_words(cx);
                commands
            }
            Input::Key {
                action: Some(Action::SecondEntry),
                ..
            } => self.enter_again(cx),
            Input::Key {
                action: Some(Action::History),
                ..
            } if !self.form.is_new() => Command::push(openers::history(self.form.kind().key(), self.form.id(), cx)),
            Input::Key { .. } | Input::Paste(_) => {
                let before = self.form.at();
                let asked = self.form.update(input, &form_cx(cx));
                let moved = self.form.at() != before;
                let commands = self.carry_out(asked, cx);
                if moved {
                    self.find_words(cx);
                }
                commands
            }
            Input::Mouse(mouse) if mouse.what == MouseAct::Click => {
                let (x, y) = self.origin;
                let at = mouse.x.checked_sub(x).zip(mouse.y.checked_sub(y));
                let cell = at.and_then(|(x, y)| self.sheet.cell_at(x, y));
                let asked = cell.map(|cell| self.form.stand_on(cell, &form_cx(cx)));
                let commands = asked.map_or_else(Vec::new, |asked| self.carry_out(asked, cx));
                self.find_words(cx);
                commands
            }
            Input::Mouse(_) => vec![Command::Pass],
            Input::Answer(answer) => match answer.get::<Created>() {
                Some(Created(id)) => {
                    let asked = self.form.answer(*id, &form_cx(cx));
                    self.carry_out(asked, cx)
                }
                None => self.take_second(answer, cx),
            },
            Input::Saved(Ok(_)) => {
                let commands = self.saved(cx);
                self.find_words(cx);
                commands
            }
            Input::Saved(Err(Refusal::Findings(findings))) => {
                self.form.take_findings(findings.clone(), &form_cx(cx));
                self.find_words(cx);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        self.origin = (area.x, area.y);
        let panel = panel::height(area);
        let sheet = Rect::new(0, 0, area.width, area.height.saturating_sub(panel));
        self.panel = Rect::new(0, sheet.height, area.width, panel);
        self.sheet.layout(&mut self.form, sheet, self.words.lang);
        panel::layout(&mut self.form, self.panel);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.sheet.draw(&self.form, &self.words, canvas);
        canvas.within(self.panel, |canvas| panel::draw(&self.form, &self.words, canvas));
    }

    fn heading(&self, lang: Lang) -> Heading {
        let kind = self.form.kind().label().get(lang);
        let title = match self.words.title.as_str() {
            "" if self.form.is_new() => format!("{kind} · {}", NEW.get(lang)),
            title => format!("{kind} · {title}"),
        };
        let mut heading = Heading::new(title);
        if self.form.is_dirty() {
            heading = heading.fact(UNSAVED.get(lang));
        }
        heading.typing(self.typed_into().typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        match self.form.mode() {
            Mode::Fields => {}
            Mode::Jump(_) => return vec![Action::Accept.into(), Action::Down.into(), Action::Back.into()],
            Mode::Note(_) => return vec![Action::NextField.into(), Action::Back.into()],
        }
        let mut offers: Vec<Action> = Vec::new();
        if self.form.has_doubt_here() {
            offers.push(Action::AcceptWarning);
        }
        if !self.form.alike().is_empty() {
            offers.push(Action::OpenThat);
        }
        let cell = &self.form.cells()[self.form.at()];
        if self.form.is_choosing() {
            offers.push(Action::Accept);
            if cell.field.kind.is_multiple() {
                offers.push(Action::PickSeveral);
            }
        } else {
            offers.push(Action::NextField);
            if !self.form.is_at_first() {
                offers.push(Action::PreviousField);
            }
        }
        if cell.field.kind.target().is_some() {
            offers.push(Action::Create);
        }
        if self.form.suggestion().is_some() {
            offers.push(Action::AcceptSuggestion);
        }
        if self.opens_rows() {
            offers.push(Action::OpenRows);
        }
        offers.extend([
            Action::Save,
            Action::DittoField,
            Action::BlockToggle,
            Action::Back,
            Action::Undo,
            Action::GoField,
        ]);
        let kind = self.form.kind().key();
        let named = offers.into_iter().map(|action| openers::offer(action, kind));
        named.collect()
    }

    fn keep_draft(&mut self, store: &Store) {
        // On the way out nobody can be told; what was left of each field before is in the last draft.
        let _ = self.write_draft(store);
    }
}
