//! What one grid has its own way, for the frame: how it looks, and how it is worked.

use super::Frame;
use crate::domain::text::{Lang, Message};
use crate::store::{Draft, Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Work;
use crate::ui::form::line_edit::{LineEdit, Outcome};
use crate::ui::grid::sheet::Stopped;
use crate::ui::keymap::Offer;
use crate::ui::screen::{Command, Cx, Input};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, Rows};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whom the line may mean: how many, and which of them Enter takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many.
    pub count: usize,
    /// The one that is taken.
    pub pointer: usize,
}

/// How a grid looks.
pub trait Look {
    /// Title and first day of the event, once it is read; none where it is gone.
    fn event(&self) -> Option<(&str, Option<NaiveDate>)>;

    /// Whether the event is there.
    fn is_there(&self) -> bool {
        self.event().is_some()
    }

    /// Whether anything is not saved.
    fn is_unsaved(&self) -> bool;

    /// The rows as the table asks for them; `signs` are those of this terminal for yes and no.
    fn view<'a>(&'a self, frame: &Frame, lang: Lang, signs: [&'static str; 2]) -> Box<dyn Rows + 'a>;

    /// What is said instead of the rows while there are none.
    fn without_rows(&self, lang: Lang) -> Vec<&'static str>;

    /// The words before the line.
    fn prompt(&self, frame: &Frame, lang: Lang) -> String;

    /// What stands dim behind the cursor while nothing is typed.
    fn hint(&self, frame: &Frame, lang: Lang) -> String;

    /// The line being typed.
    fn edit(&self) -> &LineEdit;

    /// Whom the line may mean.
    fn hits(&self) -> Hits;

    /// One of them: the name, and what tells it from others.
    fn hit(&self, at: usize, lang: Lang) -> (String, String);

    /// What a row is called where it held the save.
    fn row_name(&self, at: usize, lang: Lang) -> String;

    /// What is wrong with what is typed.
    fn wrong(&self) -> Option<&Message>;

    /// What else there is to say of the line.
    fn note(&self, canvas: &Canvas<'_>) -> Option<(String, Role)>;

    /// What the rows add up to, in two lines.
    fn totals(&self, lang: Lang) -> [String; 2];

    /// What can be done now.
    fn offers(&self, frame: &Frame) -> Vec<Offer>;
}

/// How a grid is worked.
pub trait Body: Look {
    /// Reads the rows anew and lays a draft over them; whether the event is there.
    ///
    /// # Errors
    /// The store cannot be read.
    fn load(&mut self, frame: &mut Frame, draft: Option<&Draft>, read: &dyn Read) -> Result<bool, StoreError>;

    /// Forgets the rows: they cannot be read.
    fn forget(&mut self);

    /// The columns that have room, and the one with the cursor.
    fn columns(&mut self, frame: &Frame) -> (Vec<Column>, usize);

    /// Puts the cursor on a row, and into the column of a field where one is named.
    fn go(&mut self, frame: &mut Frame, at: usize, field: Option<&str>);

    /// Puts the cursor into one of the columns in sight, clicked at.
    fn choose(&mut self, _column: usize) {}

    /// The line being typed.
    fn edit_mut(&mut self) -> &mut LineEdit;

    /// Points at one of those whom the line may mean.
    fn point(&mut self, at: usize);

    /// Puts what is typed into the row, as far as that needs nobody to be asked.
    fn put_in(&mut self, _frame: &mut Frame) {}

    /// Leaves the row; whether it may be left.
    ///
    /// # Errors
    /// The store cannot be read.
    fn leave(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError>;

    /// Puts in all that is typed, to be saved; whether that could be.
    ///
    /// # Errors
    /// The store cannot be read.
    fn finish(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<bool, StoreError>;

    /// The work of saving; none where nothing is new. `accepted` are the places of rows whose warnings are let through.
    fn work(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Option<Work>;

    /// What is not saved; none where there is nothing.
    fn draft(&self) -> Option<Draft>;

    /// Steps made so far, back and forth.
    fn steps(&self) -> u64;

    /// Whether so many rows are changed that writing the draft takes longer than a key may.
    fn is_long(&self) -> bool {
        false
    }

    /// Takes a step back or forth; whether there was one.
    fn through_time(&mut self, frame: &mut Frame, action: Action) -> bool;

    /// Actions of this grid alone; `None` for what is the line's.
    ///
    /// # Errors
    /// The store cannot be read.
    fn act(&mut self, frame: &mut Frame, action: Action, cx: &Cx<'_>) -> Result<Option<Vec<Command>>, StoreError>;

    /// Takes an input before the line gets it; whether it did.
    fn takes(&mut self, frame: &mut Frame, input: &Input) -> bool;

    /// An action that the line has no use for, the cursor being at its end, say; whether it was one for the grid.
    fn goes_beyond(&mut self, _frame: &mut Frame, _action: Action) -> bool {
        false
    }

    /// The line took an input, with this outcome.
    ///
    /// # Errors
    /// The store cannot be read.
    fn typed(&mut self, frame: &mut Frame, outcome: &Outcome, cx: &Cx<'_>) -> Result<(), StoreError>;

    /// Takes what was chosen in a list that the grid opened.
    ///
    /// # Errors
    /// The store cannot be read.
    fn answered(&mut self, frame: &mut Frame, keys: &[String], cx: &Cx<'_>) -> Result<(), StoreError>;
}
