//! A record asked for field by field. The form engine walks, reads and checks; here a line becomes its answer, and what
//! the engine asks for is done: drafts after every answer, saving at the end, a new record for a field that names one.

use super::pick::{self, Meant};
use super::question;
use super::talk::{Stop, Talk};
use super::{Desk, people, stalls};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::schema::FieldKind;
use crate::domain::text::{Message, Text};
use crate::domain::value::Value;
use crate::store::Read;
use crate::ui::action::Action;
use crate::ui::data::{Refusal, Warnings, Work};
use crate::ui::form::by_line::Said;
use crate::ui::form::engine::Carried;
use crate::ui::form::field::{Editor, Filled};
use crate::ui::form::{Asked, Form, FormCx, LineEdit, by_line, show};
use crate::ui::look::TypingPrefs;
use crate::vietnamese::fold::fold;

/// How a form was left.
enum Left {
    /// These records were saved.
    Saved(Vec<Entry>),
    /// What was answered is in a draft, or nothing was.
    Kept,
}

/// What came of a line.
enum Then {
    /// The next question.
    Ask,
    /// The engine asks for something.
    Do(Asked),
    /// The officer stops.
    Stop,
}

/// Asks for new records of a kind, one after the other, until the officer has enough; then for the list behind the last.
///
/// # Errors
/// The conversation cannot go on; what was answered is in a draft.
pub fn create(key: &str, given: Vec<(&'static str, Value)>, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let (mut carried, mut given) = (Carried::default(), given);
    loop {
        let read = desk.store.reader();
        let Some(form) = Form::new(key, std::mem::take(&mut given), carried, &desk.form_cx(&read)) else {
            return Ok(());
        };
        drop(read);
        let (form, left) = fill(form, desk, talk)?;
        let Left::Saved(saved) = left else { return Ok(()) };
        if rows_behind(key, form.id(), desk, talk)? {
            return Ok(());
        }
        let label = form.kind().label();
        let more = Message::new(
            format!(
                "Ghi tiếp một {} nữa? {}",
                show::lower_first(label.vi),
                pick::YES_OR_ENTER.vi
            ),
            format!("Another {}? {}", show::lower_first(label.en), pick::YES_OR_ENTER.en),
        );
        if !pick::is_yes(&talk.ask(more)?) {
            return Ok(());
        }
        carried = form.carry(&saved);
    }
}

/// Goes on with a form: a record that is there, or a draft.
///
/// # Errors
/// As [`create`].
pub fn go_on(form: Form, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let is_new = form.is_new();
    let (form, left) = fill(form, desk, talk)?;
    if let (Left::Saved(_), true) = (left, is_new) {
        rows_behind(form.kind().key(), form.id(), desk, talk)?;
    }
    Ok(())
}

/// Goes on to the list behind a session or a fair; whether there is one.
fn rows_behind(key: &str, id: Id, desk: &Desk, talk: &mut Talk<'_>) -> Result<bool, Stop> {
    match key {
        "training" => people::list(id, desk, talk)?,
        "fair" => stalls::list(id, desk, talk)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Asks until the record is saved or left.
fn fill(mut form: Form, desk: &Desk, talk: &mut Talk<'_>) -> Result<(Form, Left), Stop> {
    let lang = desk.lang();
    talk.line("")?;
    talk.say(Message::new(
        format!("{}. Gõ ? để nghe cách trả lời.", form.kind().label().vi),
        format!("{}. ? tells how to answer.", form.kind().label().en),
    ))?;
    say_given(&form, 0, form.at(), talk)?;
    loop {
        let read = desk.store.reader();
        for line in question::of(&mut form, &read, lang) {
            talk.line(line)?;
        }
        let at = form.at();
        let asked = match answer(&mut form, desk, talk)? {
            Then::Ask => continue,
            Then::Do(asked) => asked,
            Then::Stop => return leave(form, desk, talk),
        };
        match asked {
            Asked::Save(entries) => match save(&mut form, entries, desk, talk)? {
                Some(saved) => return Ok((form, Left::Saved(saved))),
                None => continue,
            },
            Asked::Create { kind, name } => create_for(&mut form, kind, &name, desk, talk)?,
            Asked::Open(kind, id) => say_there(kind, id, desk, talk)?,
            Asked::Back => return leave(form, desk, talk),
            Asked::Left | Asked::Nothing | Asked::Pass | Asked::Copy(_) => {}
        }
        if form.is_dirty() {
            desk.store.save_draft(form.draft())?;
        }
        if form.at() > at {
            say_given(&form, at + 1, form.at(), talk)?;
        }
    }
}

/// Tells what the program filled in between two questions, so that nothing is passed over in silence.
fn say_given(form: &Form, from: usize, to: usize, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let lang = talk.lang;
    for (at, cell) in form.cells().iter().enumerate().take(to).skip(from) {
        if cell.filled == Filled::ByDefault && !cell.is_empty() {
            let said = Text::new("Điền sẵn", "Filled in").get(lang);
            let change = Text::new("đổi bằng", "change it by").get(lang);
            let label = cell.field.label.get(lang);
            talk.line(format!("{said}: {label} {} ({change} #{})", cell.shown(lang), at + 1))?;
        }
    }
    Ok(())
}

/// One answer, read.
fn answer(form: &mut Form, desk: &Desk, talk: &mut Talk<'_>) -> Result<Then, Stop> {
    let line = talk.answer()?;
    let read = desk.store.reader();
    let cx = desk.form_cx(&read);
    let asked = match line.as_str() {
        "" => form.go_on(&cx),
        "?" => return help(form, &cx, talk),
        "*" => {
            for line in question::all(form, talk.lang) {
                talk.line(line)?;
            }
            return Ok(Then::Ask);
        }
        "." => form.order(Action::Save, &cx),
        ".." => return Ok(Then::Stop),
        "<" => form.order(Action::PreviousField, &cx),
        ">" => form.order(Action::BlockToggle, &cx),
        "!" => form.order(Action::AcceptWarning, &cx),
        "\"" => form.order(Action::DittoField, &cx),
        "-" => {
            form.write(Said::Nothing, &cx);
            form.go_on(&cx)
        }
        line => match line
            .strip_prefix('#')
            .and_then(|number| number.trim().parse::<usize>().ok())
        {
            Some(number) if (1..=form.cells().len()).contains(&number) => form.go_to_cell(number - 1, &cx),
            Some(_) => {
                talk.no_such_number(form.cells().len())?;
                return Ok(Then::Ask);
            }
            None => return take(line, form, &cx, talk),
        },
    };
    Ok(Then::Do(asked))
}

/// An answer that is a value.
fn take(line: &str, form: &mut Form, cx: &FormCx<'_>, talk: &mut Talk<'_>) -> Result<Then, Stop> {
    let at = form.at();
    let cell = &form.cells()[at];
    let (is_choice, target) = (matches!(cell.editor, Editor::Choice(_)), cell.field.kind.target());
    let takes_names = matches!(&cell.editor, Editor::Choice(chooser) if chooser.takes_new_names());
    if let (Some(kind), Some(name)) = (target, line.strip_prefix('+')) {
        let name = composed(name.trim(), &cx.typing.spelled_out());
        return Ok(Then::Do(Asked::Create { kind, name }));
    }
    if takes_names {
        name_somebody(line, form, cx, talk)?;
    } else if is_choice {
        match pick::read(line, form, cx, talk)? {
            Meant::These(hits) => form.write(Said::Choices(hits), cx),
            Meant::Nothing(typed) => {
                talk.say(pick::nothing_fits(&typed))?;
                if target.is_some() {
                    talk.say(Message::new(
                        format!("Để tạo mới: + {typed}"),
                        format!("To create it: + {typed}"),
                    ))?;
                }
                return Ok(Then::Ask);
            }
            Meant::Left => return Ok(Then::Ask),
        }
    } else {
        let mut whole = line.to_owned();
        while form.cells()[at].field.kind == FieldKind::Lines && whole.ends_with('\\') {
            whole.pop();
            whole = format!("{}\n{}", whole.trim_end(), talk.answer()?);
        }
        write_words(&whole, form, cx);
    }
    say_alike(form, talk)?;
    let asked = form.go_on(cx);
    let shown = form.cells()[at].shown(talk.lang);
    if form.cells()[at].fault.is_none() && !shown.is_empty() && shown != line {
        talk.say(Message::new(format!("Ghi là: {shown}"), format!("Taken as: {shown}")))?;
    }
    Ok(Then::Do(asked))
}

/// Somebody by name: one on record, if the officer says so, else a new one.
fn name_somebody(line: &str, form: &mut Form, cx: &FormCx<'_>, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let name = fold(&composed(line, &cx.typing.spelled_out()));
    let mut same = form.fitting(&name, cx);
    same.retain(|hit| fold(&hit.label) == name || fold(&hit.key) == name);
    let items: Vec<String> = same.iter().map(pick::spoken).collect();
    let chosen = match items.as_slice() {
        [] => None,
        items => talk.choose(
            Text::new(
                "Trong sổ đã có người tên này. Chọn số; 0 là người mới.",
                "Somebody of this name is on record. Choose by number; 0 is somebody new.",
            ),
            items,
        )?,
    };
    match chosen {
        Some(place) => form.write(Said::Choices(vec![same[place].clone()]), cx),
        None => write_words(line, form, cx),
    }
    Ok(())
}

/// Words into the field: composed from keystrokes, unless they came composed or shall stay as they are.
fn write_words(line: &str, form: &mut Form, cx: &FormCx<'_>) {
    match line.strip_prefix('\\') {
        Some(exact) => form.write(Said::Text(exact), cx),
        None if is_composed(line) => form.write(Said::Text(line), cx),
        None => form.write(Said::Keys(line), cx),
    }
}

/// Whether a line has letters of Vietnamese already: an input method of the system made them.
fn is_composed(line: &str) -> bool {
    line.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// A line of words as the built-in typing composes it.
pub fn composed(line: &str, typing: &TypingPrefs) -> String {
    if let Some(exact) = line.strip_prefix('\\') {
        return exact.to_owned();
    }
    if is_composed(line) {
        return line.to_owned();
    }
    let mut edit = LineEdit::new();
    by_line::press(&mut edit, line, typing);
    edit.leave(typing);
    edit.text().to_owned()
}

fn help(form: &mut Form, cx: &FormCx<'_>, talk: &mut Talk<'_>) -> Result<Then, Stop> {
    for hit in form.fitting("", cx) {
        talk.line(pick::spoken(&hit))?;
    }
    for line in question::HELP {
        talk.say(*line)?;
    }
    Ok(Then::Ask)
}

/// Tells of records that may be the one being entered.
fn say_alike(form: &Form, talk: &mut Talk<'_>) -> Result<(), Stop> {
    for hit in form.alike() {
        let there = pick::spoken(hit);
        talk.say(Message::new(
            format!("Có thể đã có trong sổ: {there}. Nếu là một, gõ .. để dừng."),
            format!("May be in the logbook already: {there}. If it is the same, .. stops."),
        ))?;
    }
    Ok(())
}

fn say_there(kind: &str, id: Id, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let read = desk.store.reader();
    let name = read.name_of(kind, id)?;
    talk.say(Message::new(
        format!("Đã có: {name}."),
        format!("There already: {name}."),
    ))
}

/// Makes the record that a field names, and brings it back to the field.
fn create_for(form: &mut Form, key: &'static str, name: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let field = kind(key).and_then(|kind| kind.name_field());
    let given = field
        .filter(|_| !name.is_empty())
        .map(|field| (field, Value::Text(name.to_owned())));
    let made = {
        let read = desk.store.reader();
        Form::new(
            key,
            given.into_iter().collect(),
            Carried::default(),
            &desk.form_cx(&read),
        )
    };
    let Some(made) = made else { return Ok(()) };
    // Should the lines end in there, this form is kept too.
    if form.is_dirty() {
        desk.store.save_draft(form.draft())?;
    }
    let (made, left) = fill(made, desk, talk)?;
    if let Left::Saved(_) = left {
        let read = desk.store.reader();
        form.answer(made.id(), &desk.form_cx(&read));
    }
    Ok(())
}

/// Saves as the form's screen does; none where something stands in the way, which is asked then.
fn save(form: &mut Form, entries: Vec<Entry>, desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<Vec<Entry>>, Stop> {
    if !form.is_dirty() && !form.is_new() {
        return Ok(Some(Vec::new()));
    }
    let said = show::saved(&entries, desk.store.reader().known());
    let saving = entries.clone();
    let work = Work::transaction(move |txn| {
        for entry in saving {
            txn.save(entry, Warnings::Refuse)?;
        }
        Ok(said)
    });
    match work.carry_out(&desk.store) {
        Ok(receipt) => {
            desk.store.remove_draft(form.id())?;
            form.forget();
            talk.say(receipt.said)?;
            let read = desk.store.reader();
            if let Some(code) = read
                .get_any(form.id())?
                .and_then(|entry| entry.text("code").map(str::to_owned))
            {
                talk.say(Message::new(format!("Mã: {code}."), format!("Code: {code}.")))?;
            }
            Ok(Some(entries))
        }
        Err(Refusal::Findings(findings)) => {
            let read = desk.store.reader();
            form.take_findings(findings, &desk.form_cx(&read));
            Ok(None)
        }
        Err(refusal) => {
            for message in refusal.messages() {
                talk.say(message)?;
            }
            desk.store.save_draft(form.draft())?;
            Ok(None)
        }
    }
}

/// Stops: what was answered is kept as a draft.
fn leave(form: Form, desk: &Desk, talk: &mut Talk<'_>) -> Result<(Form, Left), Stop> {
    if form.is_dirty() {
        desk.store.save_draft(form.draft())?;
        talk.say(Text::new(
            "Đã giữ bản nháp; mở lại bằng mục Bản nháp.",
            "The draft is kept; the menu's Drafts opens it again.",
        ))?;
    }
    Ok((form, Left::Kept))
}
