//! What the lists that are worked on line by line have in common, attendance and booths: how one is chosen, read out,
//! taken a step back, saved, and kept in a draft.

use super::Desk;
use super::talk::{Stop, Talk};
use crate::domain::finding::{Finding, Level};
use crate::domain::id::Id;
use crate::domain::text::{Message, Text};
use crate::store::{Draft, Order, Read};
use crate::ui::data::{Refusal, Work};
use crate::ui::grid::sheet::{Line, Sheet, Stopped};
use crate::vietnamese::date::format_date;
use std::collections::BTreeSet;

/// Sessions or fairs that are read out to choose from.
const LATEST: usize = 9;

/// The rows that are worked on, whatever event they are of.
pub trait Rows {
    /// How many there are.
    fn count(&self) -> usize;
    /// Whether anything is to be saved.
    fn is_changed(&self) -> bool;
    /// Takes the last step back.
    fn undo(&mut self);
    /// Drops a row, or takes it up again.
    fn drop_or_keep(&mut self, at: usize);
}

impl<E, R: Line> Rows for Sheet<E, R> {
    fn count(&self) -> usize {
        self.rows().len()
    }

    fn is_changed(&self) -> bool {
        Sheet::is_changed(self)
    }

    fn undo(&mut self) {
        Sheet::undo(self);
    }

    fn drop_or_keep(&mut self, at: usize) {
        Sheet::drop_or_keep(self, at);
    }
}

/// A list of rows that is worked on.
pub trait Listed {
    /// Its rows.
    fn rows(&self) -> &dyn Rows;
    /// The same, to change them.
    fn rows_mut(&mut self) -> &mut dyn Rows;
    /// What its draft is called.
    fn draft_id(&self) -> Id;
    /// Its draft.
    fn draft(&self) -> Draft;
    /// The work of saving it, the doubts about some rows accepted; `stopped` tells the row that was refused.
    fn saving(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Work;
    /// All that can be typed.
    fn help(&self) -> &'static [Text];

    /// Says what is asked for next, before every answer.
    ///
    /// # Errors
    /// The output is gone.
    fn say_next(&self, _: &mut Talk<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// Says how many there are.
    ///
    /// # Errors
    /// The output is gone.
    fn say_totals(&self, talk: &mut Talk<'_>) -> Result<(), Stop>;

    /// Reads a row out.
    ///
    /// # Errors
    /// The output is gone.
    fn say_row(&self, at: usize, talk: &mut Talk<'_>) -> Result<(), Stop>;

    /// Takes a line that means something to this list alone.
    ///
    /// # Errors
    /// The conversation cannot go on.
    fn take(&mut self, answer: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop>;
}

/// Takes line after line, until the list is saved or left.
///
/// # Errors
/// The conversation cannot go on; what was done is in a draft.
pub fn converse(list: &mut dyn Listed, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let mut accepted = BTreeSet::new();
    loop {
        list.say_next(talk)?;
        let answer = talk.answer()?;
        match answer.as_str() {
            "" => list.say_totals(talk)?,
            "?" => list.help().iter().try_for_each(|line| talk.say(*line))?,
            "*" => {
                for at in 0..list.rows().count() {
                    list.say_row(at, talk)?;
                }
                list.say_totals(talk)?;
            }
            "<" => {
                list.rows_mut().undo();
                list.say_totals(talk)?;
            }
            "." | "!" => {
                if answer == "!" {
                    accepted.extend(0..list.rows().count());
                }
                if save(list, &accepted, desk, talk)? {
                    return Ok(());
                }
            }
            ".." => {
                if list.rows().is_changed() {
                    talk.say(Text::new("Đã giữ bản nháp.", "The draft is kept."))?;
                }
                return Ok(());
            }
            line => match line.strip_prefix('~') {
                Some(number) => {
                    if let Some(at) = place(list, number, talk)? {
                        list.rows_mut().drop_or_keep(at);
                        list.say_row(at, talk)?;
                    }
                }
                None => list.take(line, desk, talk)?,
            },
        }
        keep(list, desk)?;
    }
}

/// The row that a number names; where there is none, that is said.
///
/// # Errors
/// The output is gone.
pub fn place(list: &dyn Listed, number: &str, talk: &mut Talk<'_>) -> Result<Option<usize>, Stop> {
    let rows = list.rows().count();
    match number.trim().parse::<usize>() {
        Ok(number) if (1..=rows).contains(&number) => Ok(Some(number - 1)),
        _ => talk.no_such_number(rows).map(|()| None),
    }
}

/// Saves all rows that changed; whether that is done. A doubt is told and `!` accepts it.
fn save(list: &dyn Listed, accepted: &BTreeSet<usize>, desk: &Desk, talk: &mut Talk<'_>) -> Result<bool, Stop> {
    if !list.rows().is_changed() {
        talk.say(Text::new("Không có gì mới để lưu.", "There is nothing new to save."))?;
        return Ok(true);
    }
    let stopped = Stopped::default();
    match list.saving(accepted, stopped.clone()).carry_out(&desk.store) {
        Ok(receipt) => {
            desk.store.remove_draft(list.draft_id())?;
            talk.say(receipt.said)?;
            Ok(true)
        }
        Err(refusal) => {
            if let Some(at) = stopped.get() {
                list.say_row(at, talk)?;
            }
            say_refusal(&refusal, talk)?;
            Ok(false)
        }
    }
}

/// Writes the draft, or takes it away where nothing is left to save.
///
/// # Errors
/// The draft cannot be written.
pub fn keep(list: &dyn Listed, desk: &Desk) -> Result<(), Stop> {
    if list.rows().is_changed() {
        desk.store.save_draft(list.draft())?;
    } else {
        desk.store.remove_draft(list.draft_id())?;
    }
    Ok(())
}

/// Asks for one of the latest sessions or fairs, but for one of them; `none` is said where there is none.
///
/// # Errors
/// The conversation cannot go on.
pub fn choose_event(
    kind: &'static str,
    but: Option<Id>,
    (question, none): (Text, Text),
    desk: &Desk,
    talk: &mut Talk<'_>,
) -> Result<Option<Id>, Stop> {
    let (mut ids, mut items) = (Vec::new(), Vec::new());
    {
        let read = desk.store.reader();
        for item in read.dated(kind, "from", None, None, Order::Backward).take(LATEST) {
            let item = item?;
            if Some(item.id) != but {
                items.push(format!("{}, {}", read.name_of(kind, item.id)?, format_date(item.on)));
                ids.push(item.id);
            }
        }
    }
    if ids.is_empty() {
        talk.say(none)?;
        return Ok(None);
    }
    Ok(talk.choose(question, &items)?.and_then(|place| ids.get(place).copied()))
}

/// Why a list was not saved, and what to do.
fn say_refusal(refusal: &Refusal, talk: &mut Talk<'_>) -> Result<(), Stop> {
    for message in refusal.messages() {
        talk.say(message)?;
    }
    let is_doubt = |findings: &[Finding]| findings.iter().all(|finding| finding.level == Level::Warning);
    let (vi, en) = match refusal {
        Refusal::Findings(findings) if is_doubt(findings) => (
            "Chưa lưu. Gõ ! để lưu dù vậy; nếu không, sửa rồi gõ .",
            "Not saved. ! saves all the same; else mend it, then type .",
        ),
        _ => (
            "Chưa lưu; bản nháp được giữ. Sửa rồi gõ .",
            "Not saved; the draft is kept. Mend it, then type .",
        ),
    };
    talk.say(Message::new(vi, en))
}
