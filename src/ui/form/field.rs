//! One field of a form: its editor, what was read from it, and why it cannot be read. Grids use it for their cells too.

use super::chooser::{Chooser, Looking};
use super::line_edit::{LineEdit, Lines};
use super::mask::Mask;
use super::show;
use super::typist::Writing;
use crate::domain::known::Known;
use crate::domain::reading;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::store::Read;
use crate::ui::screen::TypingPrefs;

/// How a field is typed into.
#[derive(Clone, Debug)]
pub enum Editor {
    /// Text, numbers, dates, codes.
    Line(Box<LineEdit>),
    /// Choices and references.
    Choice(Box<Chooser>),
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filled {
    /// Typed, chosen or copied by the officer, or as it stands in the record.
    #[default]
    ByHand,
    /// Put there by the program: today, the last officer. Enter passes over it; arrows stop.
    ByDefault,
}

/// Why a field is left empty on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody knows.
    Unknown,
    /// It does not apply here.
    NotApplicable,
}

impl Missing {
    /// The code that the record keeps.
    pub fn code(self) -> &'static str {
        match self {
            Missing::Unknown => "KHONG_BIET",
            Missing::NotApplicable => "KHONG_AP_DUNG",
        }
    }

    /// Back from the code.
    pub fn of(code: &str) -> Option<Missing> {
        [Missing::Unknown, Missing::NotApplicable]
            .into_iter()
            .find(|missing| missing.code() == code)
    }

    /// As it is shown in the field.
    pub fn label(self) -> Text {
        match self {
            Missing::Unknown => Text::new("(không biết)", "(not known)"),
            Missing::NotApplicable => Text::new("(không áp dụng)", "(not applicable)"),
        }
    }
}

/// What a cell holds, to be put back by undo and by drafts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The text typed, a query included.
    pub text: String,
    /// The value read or chosen.
    pub value: Option<Value>,
    /// Why it is empty.
    pub missing: Option<Missing>,
}

/// A field with its editor.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Which record of the form it belongs to; 0 is the form's own.
    pub part: usize,
    /// The field.
    pub field: Field,
    /// Its editor.
    pub editor: Editor,
    /// Where the value came from.
    pub filled: Filled,
    /// What was typed cannot be read, and why.
    pub fault: Option<Message>,
    /// Why it is left empty.
    pub missing: Option<Missing>,
    value: Option<Value>,
}

impl Cell {
    /// An empty cell of a field.
    pub fn new(part: usize, field: Field) -> Cell {
        let editor = match Chooser::of(&field) {
            Some(chooser) => Editor::Choice(Box::new(chooser)),
            None => Editor::Line(Box::new(line_for(&field))),
        };
        Cell {
            part,
            field,
            editor,
            filled: Filled::default(),
            fault: None,
            missing: None,
            value: None,
        }
    }

    /// The field's key.
    pub fn key(&self) -> &'static str {
        self.field.key
    }

    /// Lets a name that is chosen from no list stand: a new record is made of it when the form is saved.
    pub fn take_new_names(&mut self) {
        if let Editor::Choice(chooser) = &mut self.editor {
            chooser.take_new_names();
        }
    }

    /// The value, as last read.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// Whether there is nothing in it: no value, no text that could not be read.
    pub fn is_empty(&self) -> bool {
        self.value.is_none() && self.text().is_empty()
    }

    /// The text typed: of a chooser, its query.
    pub fn text(&self) -> &str {
        match &self.editor {
            Editor::Line(line) => line.text(),
            Editor::Choice(chooser) => chooser.query().text(),
        }
    }

    /// Puts a value in, as if it had been typed.
    pub fn set(&mut self, value: Option<Value>, read: &dyn Read, lang: Lang) {
        self.fault = None;
        if value.is_some() {
            self.missing = None;
        }
        match &mut self.editor {
            Editor::Line(line) => {
                let text = value
                    .as_ref()
                    .map(|value| show::typed(&self.field, value))
                    .unwrap_or_default();
                if line.text() != text {
                    line.set_text(&text);
                }
            }
            Editor::Choice(chooser) => chooser.set(&self.field, value.as_ref(), read, lang),
        }
        self.value = value;
    }

    /// Puts text in, to be read when the field is left.
    pub fn set_text(&mut self, text: &str) {
        match &mut self.editor {
            Editor::Line(line) => line.set_text(text),
            Editor::Choice(chooser) => chooser.query_mut().set_text(text),
        }
    }

    /// What it holds now.
    pub fn content(&self) -> Content {
        Content {
            text: self.text().to_owned(),
            value: self.value.clone(),
            missing: self.missing,
        }
    }

    /// Puts back what it held.
    pub fn restore(&mut self, content: &Content, read: &dyn Read, lang: Lang) {
        self.set(content.value.clone(), read, lang);
        self.missing = content.missing;
        if self.text() != content.text {
            self.set_text(&content.text);
        }
    }

    /// The cursor comes in: choices are looked up, a number or date is selected so that typing replaces it.
    pub fn enter(&mut self, looking: &mut Looking<'_>) {
        match &mut self.editor {
            Editor::Choice(chooser) => chooser.enter(looking),
            Editor::Line(line) => {
                // What was typed here before is one step of the form now.
                line.forget_steps();
                if !self.field.kind.is_prose() {
                    line.select_all();
                }
            }
        }
    }

    /// The cursor goes: the last word ends, what was typed is read and written as it is understood. `false` where it
    /// cannot be read; `fault` says why.
    pub fn leave(&mut self, looking: &mut Looking<'_>) -> bool {
        self.fault = None;
        match &mut self.editor {
            Editor::Choice(chooser) => {
                if !chooser.settle(looking) {
                    self.fault = Some(nothing_fits(chooser));
                }
                self.value = chooser.value();
            }
            Editor::Line(line) => {
                line.leave(looking.typing);
                let text = line.text().to_owned();
                self.read_text(&text, looking.read.known(), looking.typing);
            }
        }
        if self.value.is_some() {
            self.missing = None;
        }
        self.fault.is_none()
    }

    fn read_text(&mut self, text: &str, known: &dyn Known, _typing: &TypingPrefs) {
        let Editor::Line(line) = &mut self.editor else { return };
        match reading::from_text(&self.field, text, known) {
            Ok(value) => {
                let written = value
                    .as_ref()
                    .map(|value| show::typed(&self.field, value))
                    .unwrap_or_default();
                if written != text {
                    line.set_text(&written);
                }
                self.value = value;
            }
            Err(wrong) => {
                self.value = None;
                self.fault = Some(sentence(&wrong.text));
            }
        }
    }

    /// In one line, for a cell without the cursor.
    pub fn shown(&self, lang: Lang) -> String {
        match &self.editor {
            Editor::Line(line) => line.text().replace('\n', " "),
            Editor::Choice(chooser) => {
                let labels = chooser.chosen().iter().map(|chosen| chosen.label.as_str());
                let mut parts: Vec<&str> = labels.collect();
                if !chooser.query().is_empty() {
                    parts.push(chooser.query().text());
                }
                parts.join(", ")
            }
        }
        .trim_end()
        .to_owned()
            + self.missing.map_or("", |missing| missing.label().get(lang))
    }
}

/// A reason as a sentence of its own.
fn sentence(message: &Message) -> Message {
    let mend = |text: &str| {
        let mut chars = text.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{first}{}{end}", chars.as_str())
    };
    Message::new(mend(&message.vi), mend(&message.en))
}

fn nothing_fits(chooser: &Chooser) -> Message {
    let typed = chooser.query().text();
    match chooser.source() {
        super::chooser::Source::Records(_) => Message::new(
            format!("Không có \"{typed}\". Gõ mã, tên không dấu hoặc số điện thoại; hoặc tạo mới rồi về lại ô này."),
            format!(
                "There is no \"{typed}\". Type a code, a name without tones or a telephone; or create it in place."
            ),
        ),
        super::chooser::Source::Indicators => Message::new(
            format!("Không có chỉ tiêu nào hợp với \"{typed}\". Gõ vài chữ của tên chỉ tiêu, hoặc mã."),
            format!("No indicator fits \"{typed}\". Type some letters of its name, or its code."),
        ),
        _ => Message::new(
            format!("Không có mục nào hợp với \"{typed}\". Gõ số thứ tự hoặc vài chữ của mục."),
            format!("Nothing fits \"{typed}\". Type the number or a few letters of the entry."),
        ),
    }
}

fn line_for(field: &Field) -> LineEdit {
    let line = match field.kind {
        FieldKind::Text | FieldKind::Name | FieldKind::Texts => LineEdit::new(),
        FieldKind::Lines => LineEdit::new().with_lines(Lines::Many),
        FieldKind::Date | FieldKind::Partial => LineEdit::new().with_mask(Mask::Date),
        FieldKind::Year => LineEdit::new().with_mask(Mask::Digits(4)),
        FieldKind::Count | FieldKind::Money | FieldKind::Balance | FieldKind::Decimal => {
            LineEdit::new().with_mask(Mask::Number)
        }
        FieldKind::Phone => LineEdit::new().with_mask(Mask::Phone),
        FieldKind::Code => LineEdit::new().with_mask(Mask::Code),
        _ => LineEdit::of(Writing::Plain),
    };
    if field.max > 0 {
        line.with_max(usize::from(field.max))
    } else {
        line
    }
}
